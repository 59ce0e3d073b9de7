"""Puts record files into their canonical form: keys in the order of the schema, text quoted, blank keys and the
comments of a template left out. A file with any other comment is refused, for a note is a field (coder_note)."""

import argparse
import re
import sys
from pathlib import Path

from scripts.records.reader import canonical, record_files
from scripts.records.strict_yaml import TEMPLATE_COMMENT, YamlProblem
from scripts.schema.table_schema import ROOT, load
from scripts.validation.issues import Problem, Refused

QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.format",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit code 1 if a file is not canonical"
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder that holds records/ (default: this project)"
    )
    arguments = parser.parse_args()
    try:
        loose = tidy(arguments.root, write=not arguments.check)
    except Refused as refused:
        print(refused.render(arguments.root), file=sys.stderr)
        return 1
    for path in loose:
        print(f"{'not canonical' if arguments.check else 'rewritten'}: {path.relative_to(arguments.root)}")
    return 1 if loose and arguments.check else 0


def tidy(root: Path, write: bool) -> list[Path]:
    """The record files that are not canonical, rewritten if asked; Refused before any is touched if one cannot be read."""
    texts, problems = {}, []
    for schema in load().values():
        for path in record_files(schema, root):
            where, text = str(path.relative_to(root)), path.read_text(encoding="utf-8")
            problems += [
                Problem(
                    where,
                    number,
                    "comment",
                    "comments are lost in canonical form",
                    line.strip(),
                    f"{TEMPLATE_COMMENT} of a template",
                    "move it into coder_note, or delete it",
                )
                for number, line in enumerate(text.splitlines(), start=1)
                if has_comment(line)
            ]
            try:
                texts[path] = (text, canonical(text, schema))
            except YamlProblem as error:
                problems.append(
                    Problem(
                        where,
                        error.line or (),
                        "file",
                        "strict YAML",
                        error.found,
                        "the strict subset of YAML",
                        error.fix,
                    )
                )
    if problems:
        raise Refused(problems)
    loose = [path for path, (text, tidied) in texts.items() if text != tidied]
    for path in loose if write else []:
        path.write_text(texts[path][1], encoding="utf-8")
    return loose


def has_comment(line: str) -> bool:
    """Whether the line carries a comment other than a template's."""
    bare = QUOTED.sub("", line)
    return bool(re.search(r"(^|\s)#", bare)) and not bare.strip().startswith(TEMPLATE_COMMENT)


if __name__ == "__main__":
    sys.exit(main())
