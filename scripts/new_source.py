"""Writes the annotated record of a new source: every key with what it means and what it may say.

Fill in what the document shows and leave the rest empty; then run `make format-records` (which drops the annotations
and the empty keys) and `make data` (which names whatever is still wrong). Repeat the block under `statements` for each
row.
"""

import argparse
import re
import sys

from scripts._arguments import add_root
from scripts.records.template import template
from scripts.schema.table_schema import load

SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-(\d{4})-\d{2}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.new_source",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "source_id", help="publisher, date and a word or two: defense-post-2022-11-02-missile-delivery"
    )
    add_root(parser, "records/ and schemas/")
    arguments = parser.parse_args()
    root, source_id = arguments.root.resolve(), arguments.source_id
    match = SOURCE_ID.fullmatch(source_id)
    schemas = load(root)
    longest = schemas["sources"].field("source_id")["constraints"]["maxLength"]
    if not match or len(source_id) > longest:
        parser.error(
            f"{source_id}: write publisher-YYYY-MM-DD-words, in small letters, digits and hyphens, at most {longest}"
        )
    path = root / "records/sources" / match[1] / f"{source_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template(schemas["sources"], schemas))
    except FileExistsError:
        parser.error(
            f"{path.relative_to(root)} exists already; to add a statement, copy an entry of it (CONTRIBUTING.md)"
        )
    print(f"wrote {path.relative_to(root)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
