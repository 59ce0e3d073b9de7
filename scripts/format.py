"""Puts record files into their canonical form: keys in the order of the schema, text quoted, blank keys left out.

The comments of a template are left out too. A file with any other comment is refused, for a note is a field
(coder_note). Nothing is rewritten where one file cannot be read.
"""

import argparse
import sys

from scripts._arguments import add_root
from scripts.records.canonical import format_records
from scripts.validation.issues import ValidationFailed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.format",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit code 1 if a file is not canonical"
    )
    add_root(parser, "records/ and schemas/")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    try:
        changed = format_records(root, write=not arguments.check)
    except ValidationFailed as failed:
        print(failed.render(), file=sys.stderr)
        return 1
    for path in changed:
        print(f"{'not canonical' if arguments.check else 'rewritten'}: {path.relative_to(root)}")
    return 1 if changed and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
