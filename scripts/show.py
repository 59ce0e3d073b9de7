"""Shows one source as a coder's sheet, for review: its rows by passage, each with what follows from it.

Printed per row: speaker and chain, stance and what it is about, the figure as worded with its bounds, the dates as
read, whose voice it is and as what it is used, summary and note. With --second, rows of the second coding are printed
beside those of the first, with every variable on which the two differ.
"""

import argparse
import sys

from scripts._arguments import add_root
from scripts.build import build_tables, load_inputs
from scripts.schema.table_schema import load
from scripts.sentences.coding_sheet import codings, sheet
from scripts.validation.issues import ValidationFailed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.show",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source_id")
    parser.add_argument(
        "--second", action="store_true", help="compare the first and the second coding instead"
    )
    add_root(parser, "records/ and schemas/")
    arguments = parser.parse_args()
    root, source_id = arguments.root.resolve(), arguments.source_id
    try:
        inputs = load_inputs(root)
        tables = build_tables(inputs, root).tables
    except ValidationFailed as failed:
        print(failed.render(), file=sys.stderr)
        return 1
    known = tables["sources"]["source_id"].tolist()
    if source_id not in known:
        parser.error(f"no source {source_id}; there are: {', '.join(known)}")
    if arguments.second:
        lines = codings(source_id, tables, load(root))
    else:
        lines = sheet(source_id, tables)
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
