"""Writes the annotated record of a new source: every key with what it means and what it may say.

Fill in what the document shows and leave the rest empty; then run `make tidy` (which drops the annotations and the
empty keys) and `make data` (which names whatever is still wrong). Repeat the block under `statements` for each row.
"""

import argparse
import re
import sys
import textwrap
from pathlib import Path

from scripts.records.strict_yaml import TEMPLATE_COMMENT
from scripts.schema.table_schema import ROOT, Schema, load, nested


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.new_source",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "source_id", help="publisher, date and a word or two: defense-post-2022-11-02-missile-delivery"
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder that holds records/ (default: this project)"
    )
    arguments = parser.parse_args()
    schemas = load()
    match = re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*-(\d{4})-\d{2}-\d{2}-[a-z0-9-]+", arguments.source_id)
    if not match:
        parser.error(
            f"{arguments.source_id}: write publisher-YYYY-MM-DD-words, in small letters, digits and hyphens"
        )
    path = arguments.root / "records/sources" / match[1] / f"{arguments.source_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template(schemas["sources"], schemas))
    except FileExistsError:
        parser.error(f"{path.relative_to(arguments.root)} exists already")
    print(f"wrote {path.relative_to(arguments.root)}")
    return 0


def template(schema: Schema, schemas: dict[str, Schema], indent: str = "") -> str:
    """The annotated keys of one record, nested tables with one empty entry each."""
    lines = []
    if number := schema.record.get("number"):
        lines += [f"{TEMPLATE_COMMENT} Number of the row in this document; never used again.", f"{number}: 1"]
    for field in schema.fields:
        if field["provenance"] == "coded":
            need = "REQUIRED. " if field["constraints"].get("required") else ""
            allowed = (
                f" One of: {', '.join(field['constraints']['enum'])}."
                if "enum" in field["constraints"]
                else ""
            )
            note = f"{need}{field['description']}{allowed} Example: {field['example']}"
            lines += [f"{TEMPLATE_COMMENT} {part}" for part in textwrap.wrap(note, 110)] + [
                f"{field['name']}:"
            ]
    for child in nested(schema.name, schemas):
        body = template(child, schemas).splitlines()
        first = next(i for i, line in enumerate(body) if not line.startswith(TEMPLATE_COMMENT))
        lines += [
            f"{child.record['key']}:",
            *(f"  {line}" for line in body[:first]),
            f"  - {body[first]}",
            *(f"    {line}" for line in body[first + 1 :]),
        ]
    return "".join(f"{indent}{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
