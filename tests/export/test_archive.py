"""What a reader finds in the archive: the explorer and its pages, no dead link, and what other programs read beside."""

import asyncio
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from scripts.export.datasette import FACETS, QUERIES
from scripts.export.workbook import READING
from tests.export.conftest import VERSION

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first


def html_links(content: bytes) -> list[str]:
    page = BeautifulSoup(content, "html.parser")
    return [
        found[name]
        for found in page.find_all(True)
        for name in ("href", "src")
        if isinstance(found.get(name), str)
    ]


def markdown_links(content: bytes) -> list[str]:
    tokens = [child for token in MarkdownIt().parse(content.decode()) for child in token.children or []]
    return [str(token.attrs[name]) for token in tokens for name in ("href", "src") if name in token.attrs]


def targets(contents: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """(file, link as written, path in the archive that it leads to) of every link that stays in the archive."""
    found = []
    for path, content in contents.items():
        links = {".html": html_links, ".md": markdown_links}.get(PurePosixPath(path).suffix, lambda _: [])(
            content
        )
        for link in links:
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            steps: list[str] = []
            for step in (*PurePosixPath(path).parent.parts, *PurePosixPath(unquote(parts.path)).parts):
                steps = steps[:-1] if step == ".." else [*steps, step]
            found.append((path, link, "/".join(steps)))
    return found


@pytest.fixture(scope="module")
def links(contents):
    """Every link of the archive that stays in it."""
    return targets(contents)


def test_no_link_in_the_archive_is_dead(contents, links):
    assert len(links) > 3000 and {path for path, *_ in links} >= {"README.md", "index.html", "pages.html"}
    assert [(path, link) for path, link, target in links if target not in contents] == []


def test_a_dead_link_would_be_found(contents):
    spoilt = {"docs/a.md": b"[x](gone.md) [y](../README.md)", "pages/b.html": b'<a href="../gone.html">x</a>'}
    dead = [target for *_, target in targets(spoilt) if target not in contents]
    assert dead == ["docs/gone.md", "gone.html"]


def test_every_transfer_system_and_source_has_its_page(contents, expected):
    assert {"index.html", "pages.html", "feed.atom"} <= contents.keys()
    for table in ("transfers", "systems", "sources"):
        assert {f"{table}/{row[0]}.html" for row in expected[table]} <= contents.keys()


def test_the_explorer_in_the_archive_is_that_of_its_version(contents):
    page = BeautifulSoup(contents["index.html"], "html.parser")
    assert f"version {VERSION}" in page.footer.get_text(" ", strip=True).replace("\n", " ")


def test_addresses_within_the_explorer_lead_to_records_that_it_holds(links, expected):
    """The static pages open the explorer at their own record."""
    known = {
        view: {row[0] for row in expected[table]}
        for view, table in (("transfer", "transfers"), ("system", "systems"), ("source", "sources"))
    }
    found = [
        urlsplit(link).fragment
        for path, link, target in links
        if target == "index.html" and urlsplit(link).fragment
    ]
    assert len(found) > 500
    assert all(key in known[view] for view, _, key in (one.partition("/") for one in found))


def test_two_workbooks_one_for_reading(unpacked, resources):
    first, second = (
        openpyxl.load_workbook(unpacked / f"attested-arms-transfers{ending}.xlsx", read_only=True).sheetnames
        for ending in ("", "-more")
    )
    assert first == ["about", "codebook", *READING]
    assert second[:2] == ["about", "codebook"] and {*first, *second} == {"about", "codebook", *resources}


@pytest.fixture(scope="module")
def written(unpacked):
    """The cells of both workbooks, as written."""
    return {ending: cells(unpacked / f"attested-arms-transfers{ending}.xlsx") for ending in ("", "-more")}


@pytest.mark.skipif(not shutil.which("ssconvert"), reason="gnumeric NOT tested: no ssconvert here")
@pytest.mark.parametrize("ending", ["", "-more"])
def test_gnumeric_opens_a_workbook_and_changes_no_cell(ending, written, unpacked, tmp_path):
    """github.com/todogroup/osposurvey/issues/80: codes became days."""
    path = unpacked / f"attested-arms-transfers{ending}.xlsx"
    check_no_cell_changed(
        written[ending], ["ssconvert", path, tmp_path / "again.xlsx"], tmp_path / "again.xlsx"
    )


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice NOT tested: no soffice here")
@pytest.mark.parametrize("ending", ["", "-more"])
def test_libreoffice_opens_a_workbook_and_changes_no_cell(ending, written, unpacked, tmp_path):
    path = unpacked / f"attested-arms-transfers{ending}.xlsx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path, path]
    check_no_cell_changed(written[ending], command, tmp_path / path.name)


def check_no_cell_changed(before, command, again) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    after = cells(again)
    assert before.keys() == after.keys() and sum(map(len, before.values())) > 10_000
    for sheet in before:
        assert before[sheet] == after[sheet], sheet


def cells(path) -> dict[str, dict[tuple[int, int], object]]:
    """{sheet: {place: value}} of every cell that holds anything. (LibreOffice writes true as the formula TRUE().)"""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return {
        sheet.title: {
            (row, column): value
            for row, values in enumerate(sheet.iter_rows(values_only=True))
            for column, value in enumerate(values)
            if value is not None
        }
        for sheet in book.worksheets
    }


def test_datasette_shows_descriptions_facets_and_answers_ready_made_questions(database, contents):
    from datasette.app import Datasette

    told = json.loads(contents["datasette-metadata.json"])

    async def ask(*paths):
        shown = Datasette([], immutables=[str(database)], metadata=told)
        return [await shown.client.get(f"/{database.stem}/{path}") for path in paths]

    page, known, denied, figures = asyncio.run(
        ask(
            "claims_flat",
            "as_known_on_a_day.json?day=2022-11-05&_shape=array",
            "who_denied.json?words_of_title=Fath-360&_shape=array",
            "figures_of_a_system.json?words_of_name=Shahed-136&_shape=array",
        )
    )
    assert page.status_code == 200 and "What kind of voice" in page.text
    assert all(
        f'data-facet-column="{facet}"' in page.text or f"facet-{facet}" in page.text
        for facet in FACETS["claims_flat"]
    )
    rows = {row["title"]: row for row in known.json()}
    assert rows["Drones from Iran to Russia, of any kind"]["transferred_status"] == "officials"
    assert {row["voice_id"] for row in denied.json()} >= {"iran"}
    assert len(figures.json()) > 3 and all("Shahed-136" in row["name"] for row in figures.json())
    assert len(QUERIES) == 3
    tables = told["databases"][database.stem]["tables"]
    assert all(table["description"] and all(table["columns"].values()) for table in tables.values())
    assert FACETS.keys() <= tables.keys()
    assert all(set(names) <= tables[name]["columns"].keys() for name, names in FACETS.items())


def test_the_card_for_hugging_face_names_one_file_a_table(contents, expected):
    """github.com/MIT-LCP/physionet-build/issues/2190: tables that differ cannot be loaded as one."""
    _, head, body = contents["hugging-face-card.md"].decode().split("---\n", 2)
    told = yaml.safe_load(head)
    files = {one["config_name"]: one["data_files"] for one in told["configs"]}
    assert set(files.values()) <= contents.keys()
    filled = {name for name, rows in expected.items() if rows}
    assert (
        {"transfers", "systems", "statements", "sources", "claims_flat", "voices"} <= files.keys() <= filled
    )
    assert [one["config_name"] for one in told["configs"] if one.get("default")] == ["claims_flat"]
    assert told["license"] == "cc-by-4.0" and told["size_categories"] == ["1K<n<10K"]
    assert VERSION in body and "never count those" in body


def test_pages_are_well_formed_and_ask_nothing_of_others(contents):
    pages = [path for path in contents if path.endswith(".html")]
    assert len(pages) > 1000
    for path in pages[::40]:
        page = BeautifulSoup(contents[path], "html.parser")
        assert not page.find_all(["img", "iframe", "link"], src=True) and page.title.string
        assert not [link["href"] for link in page.find_all("link") if re.match("https?:", link["href"])]
    ElementTree.fromstring(contents["feed.atom"])
