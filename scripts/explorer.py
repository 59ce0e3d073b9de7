"""Builds the explorer: one page that shows the record as publicly known on any day, in a folder, with no server.

Read are the tables of the latest release, or those below --root, and site/. Written, all at once, is index.html, with data,
style and scripts in it; with --pictures instead the pictures of the README, from the work tree. The page derives nothing:
what held on a day stands in the history tables.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

import jinja2

from scripts.export.publish import publish
from scripts.releases import store as released
from scripts.schema.table_schema import ROOT, load
from scripts.site import charts as site_charts
from scripts.site import data as site_data

FOLDER = ROOT / "site"
PICTURES = {"support": {"day": "2022-11-02"}, "ranges": {"day": "2024-10-31", "measure": "range"}}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.explorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--root",
        type=Path,
        help="folder with data/, rules/ and datapackage.json to read instead of the latest release; . is the work tree",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "build/site",
        help="folder to write index.html to; nothing else in it is touched (default: build/site)",
    )
    parser.add_argument(
        "--pictures",
        action="store_true",
        help="draw only the pictures of the README, site/pictures/, from --root or the work tree",
    )
    options = parser.parse_args()
    start = time.perf_counter()
    if options.pictures:
        root = options.root or ROOT
        publish(
            pictures(site_data.label(site_data.read(root)), site_data.head(root)), "", ["site/pictures"], root
        )
        return 0
    print("Building the explorer, about four seconds ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        root = options.root or unpacked(Path(folder))
        content, version = (
            page(site_data.label(site_data.read(root)), site_data.head(root)),
            site_data.head(root)["version"],
        )
    publish({"index.html": content}, "index.html", [], options.out)
    print(
        f"{options.out / 'index.html'}: version {version}, {len(content) / 1e6:.2f} MB, {time.perf_counter() - start:.1f} s. Open it in a browser; it needs no server."
    )
    return 0


def unpacked(folder: Path) -> Path:
    """The tables of the latest release, as its archive holds them, below `folder`."""
    version = released.latest(ROOT)
    if version is None:
        raise SystemExit("no release yet; name a folder with --root")
    return released.extract(ROOT, version, folder)


def page(found: dict[str, list[dict]], head: dict) -> bytes:
    """index.html."""
    data = {
        "head": head,
        "tables": site_data.packed(found),
        "flat": load()["claims_flat"].columns(),
        "charts": site_charts.compiled(),
        "words": site_data.words(load()),
    }
    days = sorted({row["known_from"] for row in found["statements"]})
    first = min(row["known_from"] for row in found["transfer_history"])
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined
    ).get_template("page.html")
    return template.render(
        head=head,
        css=(FOLDER / "style.css").read_text(encoding="utf-8"),
        data=inert(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
        strip=site_charts.strip([day for day in days if day >= first]),
        charts=inert_script(site_charts.library()),
        datatables=inert_script(datatables()),
        script="".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "js").glob("*.js"))),
    ).encode()


def pictures(found: dict[str, list[dict]], head: dict) -> dict[str, bytes]:
    """The pictures of the README: charts of the page, each on one day. The version is that of the page they stand in."""
    return {
        f"site/pictures/{name}.svg": site_charts.drawn(
            name, found, {"version": f"{head['title']}, {head['licence']}", **chosen}
        )
        for name, chosen in PICTURES.items()
    }


def datatables() -> str:
    """DataTables, as its package ships it, as a module that sets window.DataTable and says so."""
    module = (files("itables") / "html/dt_bundle.js").read_text(encoding="utf-8")
    exported = re.search(r"export\{([^}]*)\};?", module)
    name = re.search(r"(\w+) as default", exported[1])[1]
    return (
        module[: exported.start()]
        + f"window.DataTable={name};dispatchEvent(new Event('datatables'));"
        + module[exported.end() :]
    )


def inert(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c")


def inert_script(text: str) -> str:
    """A script in which no string ends the element it stands in."""
    return text.replace("</script", "<\\/script")


if __name__ == "__main__":
    sys.exit(main())
