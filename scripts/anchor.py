"""Checks the passages of a source against a copy of its text, and makes the anchors of new ones.

check  says of every statement of a source whether its passage is in the file; exit code 1 if one is not
make   prints anchor_chars and anchor_sha256 of passages given as arguments, each found in the file first
typed  prints them of passages typed on standard input, one a line, of a page of which no copy is kept: at most
       eight words
"""

import argparse
import sys
from pathlib import Path

from scripts._arguments import add_root
from scripts.records import anchors
from scripts.records.reader import read

MOST_WORDS = 8


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.anchor",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="are the passages of a source in this file?")
    check.add_argument("source_id")
    check.add_argument("file", type=Path, help="text or HTML file with a copy of the source")
    add_root(check, "records/ and schemas/")
    make = verbs.add_parser("make", help="anchor passages of this file")
    make.add_argument("file", type=Path, help="text or HTML file with the source")
    make.add_argument(
        "passage", nargs="*", help="a passage of 40 to 400 letters and digits, copied from the text"
    )
    verbs.add_parser("typed", help="anchor passages typed on standard input")
    arguments = parser.parse_args()
    if arguments.verb == "typed":
        return make_typed(sys.stdin.read().splitlines())
    try:
        text = anchors.normalise(anchors.read_text(arguments.file))
    except OSError as error:
        parser.error(str(error))
    if arguments.verb == "make":
        return make_all(text, arguments.passage)
    return check_all(text, arguments.source_id, arguments.root.resolve(), parser)


def check_all(text: str, source_id: str, root: Path, parser: argparse.ArgumentParser) -> int:
    rows = read(root).rows
    source = next((row for row in rows["sources"] if row["source_id"] == source_id), None)
    if source is None:
        parser.error(
            f"no source {source_id}; there are: {', '.join(sorted(row['source_id'] for row in rows['sources']))}"
        )
    kept = {
        None: "no hash of the text consulted was kept",
        anchors.sha256(text): "the text consulted, to the letter",
    }
    print(
        f"{source_id}: "
        + kept.get(source["text_sha256"], "another text than the one consulted (other extent or version)")
    )
    missing = 0
    for row in rows["statements"]:
        if row["source_id"] == source_id:
            start = anchors.find(text, row["anchor_chars"], row["anchor_sha256"])
            missing += start is None
            place = "NOT FOUND" if start is None else f"at {100 * start // max(len(text), 1):>3} %"
            print(f"{row['statement_id']}  {place:<10} {row['locator']}: {row['summary']}", flush=True)
    print(f"{missing} passages not found" if missing else "all passages found")
    return 1 if missing else 0


def make_all(text: str, passages: list[str]) -> int:
    print(f'text_sha256: "{anchors.sha256(text)}"')
    wrong = 0
    for passage in passages:
        try:
            chars, digest = anchors.make(passage)
            if (count := text.count(anchors.normalise(passage))) != 1:
                raise ValueError(f"the passage is {count} times in the file, it must be there once")
            print(f'anchor_chars: {chars}\nanchor_sha256: "{digest}"')
        except ValueError as error:
            wrong += 1
            print(f"{passage[:60]!r}: {error}", file=sys.stderr)
    return 1 if wrong else 0


def make_typed(passages: list[str]) -> int:
    """Anchors of short passages, for which nothing of the page need be copied but a few words; they are not kept."""
    wrong = 0
    for passage in filter(str.strip, passages):
        try:
            if len(passage.split()) > MOST_WORDS:
                raise ValueError(
                    f"{len(passage.split())} words; type at most {MOST_WORDS}, that are in the page once"
                )
            chars, digest = anchors.make(passage)
            print(f'anchor_chars: {chars}\nanchor_sha256: "{digest}"')
        except ValueError as error:
            wrong += 1
            print(f"{passage[:60]!r}: {error}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
