"""Prints the citation of the package, or of one record of it, as released: ID@version.

The record may be of any table with IDs: a statement, source, transfer, system or actor. Exit code 1 where
that release does not hold it; of a retired ID the successor is told.
"""

import argparse
import sys
from pathlib import Path

from scripts.export import citation
from scripts.releases import lookup, store
from scripts.schema.table_schema import ROOT


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
    released = store.versions(arguments.root)
    version = version or (released[-1] if released else "")
    if version not in released:
        note = " (withdrawn)" if version in store.withdrawn(arguments.root) else ""
        parser.error(f"no release {version or 'yet'}{note}; released: {', '.join(released) or 'none'}")
    if record and (reason := lookup.why_absent(record, version, arguments.root)):
        print(reason, file=sys.stderr)
        return 1
    metadata = citation.package_metadata(store.descriptor(arguments.root, version))
    as_bibtex = citation.bibtex(metadata).decode()
    print(as_bibtex if arguments.bibtex else citation.sentence(metadata, record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
