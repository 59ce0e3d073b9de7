"""Builds the explorer: one page that shows the record as publicly known on any day, with no server.

Read are the tables of the work tree, of --root or of a --release; nothing is derived. Written are index.html,
which holds its data, style and scripts and asks nothing of anybody, and for every transfer, system and source
a page that is readable without JavaScript; and feed.atom, the releases for feed readers. --out may be new, empty,
or hold an earlier explorer; nothing else in it is touched.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from scripts._arguments import add_root
from scripts.derive.shipped import read_shipped
from scripts.releases import store
from scripts.schema.table_schema import ROOT
from scripts.site.data import Content
from scripts.site.files import explorer_files
from scripts.site.folder import FolderRefused, earlier_files, write_folder

NEEDED = "data/derived/transfer_history.csv"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.explorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    place = parser.add_mutually_exclusive_group()
    add_root(place, "data/")
    place.add_argument(
        "--release", metavar="VERSION", help="a release of this project, instead of the work tree"
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build/site", help="folder to write to (default: build/site)"
    )
    options = parser.parse_args()
    start = time.perf_counter()
    try:
        earlier_files(options.out)
        with tempfile.TemporaryDirectory() as scratch:
            root = options.root
            if options.release:
                root = store.extract(ROOT, options.release, Path(scratch))
            if not (root / NEEDED).is_file():
                parser.error(
                    f"{options.release or root} holds no {NEEDED}: its tables are older than this page"
                )
            files = render(root)
        write_folder(files, options.out)
    except (FolderRefused, store.NoRelease) as error:
        parser.error(str(error))
    size, seconds = len(files["index.html"]) / 1e6, time.perf_counter() - start
    print(f"{options.out / 'index.html'}: {size:.2f} MB, and {len(files) - 2} static pages; {seconds:.1f} s")
    print("Open it in a browser; it needs no server.")
    return 0


def content_of(root: Path = ROOT) -> Content:
    """The rows and words of the explorer, from the tables below `root`."""
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    return Content(read_shipped(root), package)


def render(root: Path = ROOT) -> dict[str, bytes]:
    """Every file of the explorer, path below its folder to bytes."""
    changelog = root / "CHANGELOG.md"
    releases = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    return explorer_files(content_of(root), releases)


if __name__ == "__main__":
    sys.exit(main())
