"""Prints the citation of the package, or of one record of it, as released: ID@version.

The record may be of any table with IDs: a statement, source, transfer, system or actor. Exit code 1 where that release
does not carry it; a retired ID is told with its successor.
"""

import argparse
import sys
from pathlib import Path

from scripts.export import citation
from scripts.releases import store as released
from scripts.schema.table_schema import ROOT

KEYS = {
    "statements": "statement_id",
    "sources": "source_id",
    "transfers": "transfer_id",
    "systems": "system_id",
    "actors": "actor_id",
    "estimates": "estimate_id",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.cite",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "record", nargs="?", help="ID@version, or ID for the latest release; without it, the package"
    )
    parser.add_argument("--bibtex", action="store_true", help="as BibTeX, of the package")
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder that holds releases/ (default: this project)"
    )
    arguments = parser.parse_args()
    record, _, version = (arguments.record or "").partition("@")
    known = released.versions(arguments.root)
    version = version or (known[-1] if known else "")
    if version not in known:
        parser.error(f"no release {version or 'yet'}; released: {', '.join(known) or 'none'}")
    if record and (problem := absent(record, version, arguments.root)):
        print(problem, file=sys.stderr)
        return 1
    head = head_of(version, arguments.root)
    print(citation.bibtex(head).decode() if arguments.bibtex else citation.sentence(head, record))
    return 0


def absent(record: str, version: str, root: Path) -> str | None:
    """Why the release does not carry the record; None where it does."""
    tables = released.tables(root, version)
    if any(record in set(tables[table][key]) for table, key in KEYS.items()):
        return None
    retired = tables["retired_ids"].set_index("retired_id")
    if record in retired.index:
        row = retired.loc[record]
        return f"{record} was retired in {row['retired_in']}: {row['reason']}" + (
            f" Use {row['successor_id']}." if row["successor_id"] else ""
        )
    return f"{record}: no such record in {version}; IDs stand in the first column of {', '.join(KEYS)}"


def head_of(version: str, root: Path) -> dict:
    """What a citation needs, as that release said it."""
    return citation.head_of(released.descriptor(root, version))


if __name__ == "__main__":
    sys.exit(main())
