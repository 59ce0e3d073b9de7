"""Makes a release, or says what the next one must be and still lacks. Nothing is written unless everything
holds.

ValidationFailed are an unclean work tree, files that a rebuild would change, an earlier release whose bytes
were altered, a version that does not fit what changed, a correction without a reason, an ID gone without a
row in retired_ids, and whatever the build or validation refuses. Afterwards the version is -dev again;
commit what was written, and tag it.
"""

import argparse
import datetime
import sys
from pathlib import Path

from scripts._arguments import add_root
from scripts.releases import making, rebuild, store
from scripts.validation.issues import ValidationFailed


def main() -> int:
    arguments = _parser().parse_args()
    root = arguments.root.resolve()
    for name in store.half_written(root):
        print(
            f"releases/{name} is no release: a command was killed while writing it. Delete it.",
            file=sys.stderr,
        )
    try:
        if arguments.rebuild:
            return _rebuild(root, arguments.rebuild)
        if arguments.version:
            return _make(root, arguments.version, arguments.date)
        return _propose(root)
    except ValidationFailed as failed:
        print(failed.render(), file=sys.stderr)
    except rebuild.NotRebuilt as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.release",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "version",
        nargs="?",
        help="version to release; without one, say which it must be and what is still missing, and write nothing",
    )
    parser.add_argument(
        "--date",
        type=datetime.date.fromisoformat,
        default=datetime.date.today(),
        help="day of the release (default: today)",
    )
    parser.add_argument(
        "--rebuild",
        metavar="VERSION",
        help="make this release once more from its commit, elsewhere, and compare the sums; write nothing",
    )
    add_root(parser, "records/")
    return parser


def _propose(root: Path) -> int:
    words, issues = making.propose(root)
    print(words)
    making.raise_on_issues(issues)
    return 0


def _make(root: Path, version: str, date: datetime.date) -> int:
    print(making.make(root, version, date, lambda words: print(f"{words} ...", flush=True)))
    print(f"released {version}; commit what was written and tag it v{version}")
    return 0


def _rebuild(root: Path, version: str) -> int:
    print(f"making {version} again from its commit, about half a minute ...", flush=True)
    differing = rebuild.differing_files(root, version)
    if differing:
        print(f"{version} rebuilt: {len(differing)} files differ: {', '.join(differing)}", file=sys.stderr)
        return 1
    print(f"{version} rebuilt: every checksum is the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
