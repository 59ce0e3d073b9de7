"""The data and the files of the explorer, without a browser."""

import base64
import datetime
import gzip
import json
import re

import pandas as pd
import pytest
from markupsafe import escape

from scripts.sentences.describe import as_of
from scripts.sentences.words import LIMITS, UNITS, date_words, listed, number_words
from scripts.site.data import Content
from scripts.site.folder import FolderRefused, write_folder
from scripts.site.packing import pack
from scripts.site.page import ScriptError, inert, joined, sha256
from scripts.site.static_pages import SAYINGS
from scripts.site.words import CLAIMED, STAGES, limit_words, official_voices
from tests.browser.conftest import CODE
from tests.random_record import shipped_record

pytestmark = pytest.mark.slow
SYMBOLS = {"km", "kg", "m", "h", "min"}


def test_the_words_name_exactly_the_officials_that_are_counted(content):
    """On every day on which anything changed, of every transfer and stage."""
    rows = content.describer.derived
    n_checked = 0
    for transfer_id, transfer in content.describer.transfers.items():
        parties = (transfer["supplier"], transfer["recipient"])
        for history in rows["transfer_history"].get(transfer_id, []):
            standing = as_of(rows["voices"].get(transfer_id, []), history["known_from"])
            for stage in STAGES:
                claims = [row for row in standing if row["stage"] == stage and row["says"] == "asserts"]
                assert len(official_voices(claims, parties)) == history[f"{stage}_n_official"]
                n_checked += 1
    assert n_checked > 300


def test_the_words_of_a_day_are_those_of_what_was_known_on_it(content):
    writer = content.writer
    for transfer_id in content.describer.transfers:
        moments = writer.moments(transfer_id)
        assert [day for day, _, _ in moments] == sorted({day for day, _, _ in moments})
        for text in (moments[0][0], "2022-11-02", "2024-09-15", moments[-1][0]):
            now = writer.known_on(transfer_id, datetime.date.fromisoformat(text))
            shown = [moment for moment in moments if moment[0] <= text]
            assert bool(shown) == bool(now["transfer_history"])
            if shown:
                assert shown[-1][2] == writer.sentence(now["transfer_history"][0], now, is_long=True)


def test_a_transfer_of_which_nothing_was_said_is_left_out():
    tables = shipped_record()
    row = tables["transfers"].head(1).assign(transfer_id="irn-rus-unheard", n_statements=0)
    tables["transfers"] = pd.concat([tables["transfers"], row])
    shown = {one["id"] for one in Content(tables, {}).transfers()}
    assert shown == set(tables["transfers"]["transfer_id"]) - {"irn-rus-unheard"}


def test_a_claim_is_told_with_who_makes_it(content):
    for row in content.page["history"]:
        if row["transferred_status"] not in CLAIMED:
            continue
        words = [
            one["short"]
            for one in content.page["moments"]
            if one["transfer"] == row["transfer"] and one["from"] <= row["from"]
        ][-1]
        assert re.search(r"\bsays?\b|by the word of", words), words


def test_no_code_of_the_vocabulary_is_in_any_sentence(content):
    page = content.page
    texts = [row[name] for row in page["moments"] for name in ("short", "long")]
    texts += [row["words"] for name in ("voices", "positions", "estimates") for row in page[name]]
    texts += [row["numbers"] or "" for name in ("figures", "statements") for row in page[name]]
    assert [text for text in texts if CODE.search(text)] == []


def test_every_code_shown_has_a_label(content):
    """Columns that the page labels, and the set of labels of each."""
    sets = {
        "voices": {"stage": "stage", "kind": "voice_kind", "says": "says", "limits": "limits"},
        "positions": {"party": "party", "word": "word"},
        "figures": {"measure": "measure", "basis": "basis", "scope": "scope", "says": "says"},
        "statements": {name: name for name in ("use_as", "aspect", "voice_kind", "certainty", "evidence")},
        "sources": {"kind": "source_kind", "extent": "extent", "url_kind": "url_kind"},
        "systems": {"category": "category", "kind": "system_kind"},
        "links": {"kind": "link"},
    }
    for table, columns in sets.items():
        for column, name in columns.items():
            codes = {row[column] for row in content.page[table]} - {None}
            assert codes <= set(content.labels[name]), (table, column)


def test_every_unit_of_a_number_has_words(content):
    units = {row["unit"] for row in content.page["figures"]} - {None}
    assert {unit for unit in units if "_" in unit} <= set(UNITS)
    assert {unit for unit in units if unit not in UNITS} <= SYMBOLS


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-11-05", "2022-11-05"),
        ("2022-11", "2022-11"),
        ("2022-11-05~", "about 2022-11-05"),
        ("../2022-11-05", "by 2022-11-05"),
        ("2022-11-05/..", "from 2022-11-05"),
        ("2022-11-05/2022-12-05~", "2022-11-05 to about 2022-12-05"),
        (None, ""),
    ],
)
def test_days_in_words(edtf, words):
    assert date_words(edtf) == words


def test_lists_and_limits_in_words():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert limit_words("total") == limit_words(None) == ""
    assert limit_words("time_limited") == f" ({LIMITS['time_limited']})"


@pytest.mark.parametrize(
    "cells",
    [["a", "a", None, "a"], ["a", "b"], [None, None], [1, True, 1, 1], [], [0, None, False] * 9],
)
def test_packing_loses_nothing(cells):
    found = unpacked(pack(cells))
    assert [(type(cell), cell) for cell in found] == [(type(cell), cell) for cell in cells]


def test_cells_that_repeat_are_packed_once():
    assert pack(["a", "b", "a", "b"]) == {"cells": ["a", "b"], "rows": [0, 1, 0, 1]}


def unpacked(column):
    return column if isinstance(column, list) else [column["cells"][place] for place in column["rows"]]


# The page


def test_the_page_is_small_and_asks_nothing_of_anybody(files):
    text = files["index.html"].decode()
    assert len(files["index.html"]) < 2_000_000
    head = text[: text.index('id="data"')]
    assert not re.search(r"""(src|srcset)=|url\(|@import""", head)
    assert "unsafe" not in head


def test_the_data_of_the_page_grow_slowly(content, files):
    """Everything that is held, with its share of sources, voices and figures, by statement."""
    written = re.search(r'id="data">([^<]*)<', files["index.html"].decode())[1]
    assert len(written) / len(content.page["statements"]) < 250


def test_the_data_of_the_page_are_plain_gzip_of_all_rows(content, files):
    written = re.search(r'id="data">([A-Za-z0-9+/=]*)</script>', files["index.html"].decode())[1]
    read = json.loads(gzip.decompress(base64.b64decode(written)))
    assert (read["head"], read["labels"]) == (content.head(), content.labels)
    assert read["tables"].keys() == content.page.keys()
    for name, columns in read["tables"].items():
        cells = {column: unpacked(packed) for column, packed in columns.items()}
        assert cells == {
            column: [row[column] for row in content.page[name]] for column in content.page[name][0]
        }


def test_the_policy_allows_exactly_the_style_and_script_of_the_page(files):
    text = files["index.html"].decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL)[1]
    assert f"style-src '{sha256(style)}'" in policy
    assert f"script-src '{sha256(script)}'" in policy
    assert policy.startswith("default-src 'none'")


def test_data_cannot_end_its_element():
    hostile = {"a": "</script><script>alert(1)</script><!--\u2028"}
    text = inert(hostile)
    assert "<" not in text
    assert json.loads(text) == hostile


def test_scripts_that_cannot_be_joined_are_refused(tmp_path):
    (tmp_path / "main.js").write_text('import { a } from "./a.js";\nexport const b = a;\n')
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    assert joined(tmp_path, "main.js") == "const a = 1;\n\nconst b = a;\n"
    (tmp_path / "a.js").write_text("export const a = 1;\nconst b = 2;\n")
    with pytest.raises(ScriptError, match="b stands in a.js and in main.js"):
        joined(tmp_path, "main.js")
    (tmp_path / "a.js").write_text('import { b } from "./main.js";\n')
    with pytest.raises(ScriptError, match="imports itself"):
        joined(tmp_path, "main.js")
    (tmp_path / "a.js").write_text('export default 1;\nexport const a = "";\n')
    with pytest.raises(ScriptError, match="not understood"):
        joined(tmp_path, "main.js")


# The folder


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderRefused, match="not empty"):
        write_folder({"index.html": b"page"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_only_files_of_an_earlier_page_are_deleted(tmp_path):
    write_folder({"index.html": b"one", "sources/a.html": b"a", "sources/b.html": b"b"}, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "sources/mine.html").write_text("mine")
    write_folder({"index.html": b"two", "sources/b.html": b"b"}, tmp_path)
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert found == ["index.html", "manifest.json", "notes.txt", "sources/b.html", "sources/mine.html"]
    assert (tmp_path / "index.html").read_bytes() == b"two"


def test_a_file_of_somebody_else_is_not_written_over(tmp_path):
    write_folder({"index.html": b"one"}, tmp_path)
    (tmp_path / "pages.html").write_text("mine")
    with pytest.raises(FolderRefused, match="was not written by"):
        write_folder({"index.html": b"two", "pages.html": b"two"}, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"one"
    assert (tmp_path / "pages.html").read_text() == "mine"


@pytest.mark.parametrize("name", ["../victim.txt", "/victim.txt"])
def test_a_manifest_that_names_files_elsewhere_is_refused(tmp_path, name):
    folder, victim = tmp_path / "site", tmp_path / "victim.txt"
    victim.write_text("mine")
    write_folder({"index.html": b"one"}, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"].append(name)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(FolderRefused, match="outside"):
        write_folder({"index.html": b"two"}, folder)
    assert victim.read_text() == "mine"


# Pages without script


def test_every_transfer_system_and_source_has_a_page_and_no_link_is_dead(content, files):
    for folder, table in (("transfers", "transfers"), ("systems", "systems"), ("sources", "sources")):
        for row in content.page[table]:
            assert f"{folder}/{row['id']}.html" in files
    for name, body in files.items():
        if name == "index.html":
            continue
        inside = re.findall(r'href="(?!https?:)([^"#]+)', body.decode())
        depth = name.count("/")
        for address in inside:
            target = address.removeprefix("../") if depth else address
            if depth and not address.startswith("../"):
                target = f"{name.split('/')[0]}/{address}"
            assert target in files, (name, address)


def test_every_page_describes_itself(files):
    for name, body in files.items():
        if name == "index.html" or not name.endswith(".html"):
            continue
        linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', body.decode(), re.DOTALL)
        described = json.loads(linked[1])
        assert described["@context"] == "https://schema.org", name


def test_a_page_without_script_keeps_those_who_say_so_from_those_who_deny(content, files):
    """Every voice stands under the heading of its stage and of what it says."""
    headings = {code: title for title, codes in SAYINGS for code in codes}
    n_checked = 0
    for key in ("irn-rus-fath-360", "rus-irn-su-35"):
        voices = [row for row in content.page["voices"] if row["transfer"] == key and not row["to"]]
        stages = files[f"transfers/{key}.html"].decode().split("<h3>")[1:]
        for stage, part in zip(STAGES, stages, strict=True):
            groups = re.split("<p><b>(.*?)</b></p>", part.split("<h2>")[0])[1:]
            told = dict(zip(groups[::2], groups[1::2], strict=True))
            for row in [row for row in voices if row["stage"] == stage]:
                assert str(escape(row["voice"])) in told[headings[row["says"]]]
                n_checked += 1
    assert n_checked > 20


def test_no_code_of_the_vocabulary_is_on_a_page_without_script(files):
    for name in [name for name in files if name.startswith(("transfers/", "systems/"))]:
        body = re.sub(r"<(style|script).*?</\1>", "", files[name].decode(), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", body)
        assert CODE.findall(text) == [], name


def test_people_who_build_are_workers_and_aspects_say_what_they_cover(content):
    row = {"low": 500, "high": 500, "point": 500, "unit": "person", "is_converted": None}
    assert number_words({**row, "aspect": "local_production"}, "unit", "exact") == "500 workers"
    assert number_words({**row, "measure": "produced"}, "unit", "exact") == "500 workers"
    assert number_words({**row, "aspect": "training"}, "unit", "exact") == "500 people"
    label = content.labels["aspect"]["licence_or_technology"][0]
    assert label == "Licence, technology or help with production"
