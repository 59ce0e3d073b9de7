"""Prints the citation of the package, or of one record of it, as released: ID@version.

The record may be of any table with IDs: a statement, source, transfer, system or actor. Below the citation
it says what became of it since: unchanged; changed, and why; or retired, and what to use instead. Exit code 1
where that release does not hold the record.
"""

import argparse
import sys

from scripts._arguments import add_root
from scripts.export import citation
from scripts.releases import lookup, store


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.cite",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "record", nargs="?", help="ID@version, or ID for the latest release; without it, the package"
    )
    parser.add_argument("--bibtex", action="store_true", help="as BibTeX (@misc)")
    add_root(parser, "releases/")
    arguments = parser.parse_args()
    record, _, version = (arguments.record or "").partition("@")
    released = store.versions(arguments.root)
    version = version or (released[-1] if released else "")
    if version not in released:
        note = " (withdrawn)" if version in store.withdrawn(arguments.root) else ""
        parser.error(f"no release {version or 'yet'}{note}; released: {', '.join(released) or 'none'}")
    metadata = citation.package_metadata(store.descriptor(arguments.root, version))
    if not record:
        print(citation.bibtex(metadata).decode() if arguments.bibtex else citation.sentence(metadata))
        return 0
    cited = lookup.find(record, version, arguments.root)
    if cited is None:
        print(lookup.why_absent(record, version, arguments.root), file=sys.stderr)
        return 1
    if arguments.bibtex:
        print(citation.bibtex(metadata, record, lookup.title(cited)).decode())
    else:
        print(citation.sentence(metadata, record, lookup.words(cited)))
    print(lookup.standing(cited, arguments.root), file=sys.stderr if arguments.bibtex else sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
