"""The explorer as built, without a browser: the same bytes each time, from shipped cells only, with nothing that leaves the page."""

import json
import re

import pytest

from scripts import site
from scripts.releases import store as released
from scripts.schema.table_schema import ROOT, load
from scripts.site import charts as site_charts
from scripts.site import data as site_data

HOSTILE = "</script><script>window.taken = 1</script><img src=x onerror='window.taken = 2'> \"quoted\" \u202eRTL\u202c &amp; {{ 7 * 7 }}"


@pytest.fixture(scope="session")
def found():
    return site_data.label(site_data.read(ROOT))


@pytest.fixture(scope="session")
def page(found):
    return site.page(found, site_data.head(ROOT)).decode()


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def unpacked(columns: dict) -> list[dict]:
    return [
        dict(zip(columns, cells))
        for cells in zip(*([cell["values"][place] for place in cell["rows"]] for cell in columns.values()))
    ]


def test_two_builds_give_the_same_bytes(page, found):
    assert site.page(site_data.label(site_data.read(ROOT)), site_data.head(ROOT)).decode() == page
    assert site.pictures(found, site_data.head(ROOT)) == site.pictures(found, site_data.head(ROOT))


def test_every_cell_on_the_page_is_a_shipped_cell(page, found):
    data, shipped, compared = data_of(page), site_data.read(ROOT), 0
    assert data["flat"] == load()["claims_flat"].columns()
    shipped["statements"] = [flat | row for flat, row in zip(shipped["claims_flat"], shipped["statements"])]
    for name, columns in data["tables"].items():
        keys = load()[name].primary_key or load()[name].unique_keys[0]
        rows = {tuple(row[key] for key in keys): row for row in unpacked(columns)}
        assert len(rows) == len(shipped[name])
        for row in shipped[name]:
            here = rows[tuple(row[key] for key in keys)]
            assert all(
                row[column] == here[column] and type(row[column]) is type(here[column])
                for column in columns
                if column in row
            )
            compared += len(columns)
    assert compared > 30000


def test_cells_of_different_types_are_not_merged():
    assert site_data.pack([1, True, 1.0, "1", None, 1]) == {
        "values": [1, True, 1.0, "1", None],
        "rows": [0, 1, 2, 3, 4, 0],
    }


def test_the_page_asks_for_nothing_and_forbids_asking(page):
    assert "default-src 'none'" in page and "unsafe-eval" not in page
    own = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page, flags=re.S)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=|@import|url\(", own)
    assert len(page.encode()) < 3e6


def test_hostile_strings_stay_strings(found):
    spoilt = {
        **found,
        "statements": [{**found["statements"][0], "summary": HOSTILE}, *found["statements"][1:]],
    }
    page = site.page(spoilt, {**site_data.head(ROOT), "title": HOSTILE}).decode()
    assert HOSTILE not in page and "<script>window.taken" not in page
    assert HOSTILE in data_of(page)["tables"]["statements"]["summary"]["values"]


def test_charts_read_tables_that_the_page_has(found):
    for name, spec in site_charts.compiled().items():
        read = site_charts.tables_of(spec)
        assert read and read <= found.keys(), (name, read)
        assert {"day", "version", "narrow"} <= {signal["name"] for signal in spec["signals"]}


@pytest.mark.parametrize("name", site_charts.specifications())
def test_a_drawing_carries_its_day_its_version_and_its_caveats(name, found):
    svg = site_charts.drawn(
        name,
        found,
        {"day": "2022-11-02", "version": "the version", "subject": "irn-rus-uavs-2022", "label": "Drones"},
    ).decode()
    assert "2022-11-02" in svg and "the version" in svg
    assert re.search("Never add rows|supports nothing|bounds nothing", svg)


def test_the_pictures_of_the_readme_are_those_of_the_data(found):
    for path, content in site.pictures(found, site_data.head(ROOT)).items():
        assert (ROOT / path).read_bytes() == content, f"{path} is old: run make data and commit"
        assert path in (ROOT / "README.md").read_text(encoding="utf-8")


def test_transfers_have_names_that_tell_them_apart(found):
    names = [(row["pair"], row["name"]) for row in found["transfers"]]
    assert len(set(names)) == len(names) and len({row["line"] for row in found["transfers"]}) == len(names)


def test_help_says_what_is_written():
    assert "index.html" in site.__doc__ and "--out" not in site.__doc__


def test_without_a_root_the_page_is_of_the_latest_release(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["site", "--out", str(tmp_path / "out")])
    assert site.main() == 0
    version = released.latest(ROOT)
    assert f"version {version}" in capsys.readouterr().out
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert f'"version":"{version}"' in page and "-dev" not in re.search(r'"head":\{.*?\}', page)[0]
