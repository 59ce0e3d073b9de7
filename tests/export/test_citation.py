"""The latest release says the same version and date everywhere, and its metadata are what their standards ask for."""

import importlib.util
import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema
import pyarrow.parquet
import pytest
import yaml
from datacite import schema45

from scripts.cite import head_of
from scripts.export import citation
from scripts.releases import store as released
from scripts.schema.table_schema import ROOT

VERSION = released.latest(ROOT)
HEAD = head_of(VERSION, ROOT)
DATE = HEAD["date"].isoformat()


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """Every file of the latest archive."""
    with zipfile.ZipFile(released.archive(ROOT, VERSION)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_no_byte_of_a_release_was_altered():
    assert released.problems(ROOT) == []


def test_version_and_date_agree_everywhere(kept):
    told = {}
    package, manifest = json.loads(kept["datapackage.json"]), json.loads(kept["manifest.json"])
    told["descriptor"] = (package["version"], package["created"][:10])
    told["manifest"] = (manifest["version"], manifest["date"])
    cff = yaml.safe_load(kept["CITATION.cff"])
    told["citation"] = (cff["version"], cff["date-released"])
    data = json.loads(kept["datacite.json"])
    told["DataCite"] = (data["version"], data["dates"][0]["date"])
    croissant = json.loads(kept["croissant.json"])
    told["Croissant"] = (croissant["version"], croissant["datePublished"][:10])
    bibtex = kept["citation.bib"].decode()
    told["BibTeX"] = (re.search(r"version = {(.*?)}", bibtex)[1], re.search(r"date = {(.*?)}", bibtex)[1])
    told["changelog"] = re.search(r"^## (\d\S+) \((.*?)\)", kept["CHANGELOG.md"].decode(), re.M).groups()
    for page in ("README.md", "DATASHEET.md"):
        assert citation.sentence(HEAD) in kept[page].decode()
    for path in [path for path in kept if path.endswith(".parquet")]:
        metadata = pyarrow.parquet.read_schema(io.BytesIO(kept[path])).metadata
        told[path] = (metadata[b"version"].decode(), metadata[b"date"].decode())
    assert len(told) > 20 and set(told.values()) == {(VERSION, DATE)}


def test_pages_of_the_work_tree_cite_the_latest_release():
    for page in ("README.md", "DATASHEET.md"):
        assert citation.sentence(HEAD) in (ROOT / page).read_text(encoding="utf-8")


def test_the_descriptor_of_the_work_tree_agrees_with_the_record():
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    written = yaml.safe_load((ROOT / "records/package.yaml").read_text(encoding="utf-8"))
    assert (
        package["version"] == cff["version"] == written["version"]
        and package["created"][:10] == cff["date-released"] == written["date"]
    )


def test_the_citation_file_fits_its_schema(kept):
    folder = Path(importlib.util.find_spec("cffconvert").origin).parent
    schema = json.loads((folder / "schemas/1.2.0/schema.json").read_text(encoding="utf-8"))
    for text in (kept["CITATION.cff"], citation.cff({**HEAD, "description": "d", "doi": "10.1234/abcd"})):
        jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(
            {**yaml.safe_load(kept["CITATION.cff"]), "date-released": "yesterday"}
        )


def test_the_datacite_metadata_fit_their_schema(kept):
    schema45.validator.validate(json.loads(kept["datacite.json"]))
    with pytest.raises(jsonschema.ValidationError):
        schema45.validator.validate({**json.loads(kept["datacite.json"]), "types": {}})


def test_no_identifier_is_invented(kept):
    for path in ("CITATION.cff", "citation.bib", "datacite.json", "croissant.json", "datapackage.json"):
        assert "doi" not in kept[path].decode().lower()
    assert "doi:10.1234/abcd" in citation.sentence({**HEAD, "doi": "10.1234/abcd"})


def test_the_datasheet_counts_what_the_tables_hold(kept):
    page = kept["DATASHEET.md"].decode()
    rows = {name: len(table) for name, table in released.tables(ROOT, VERSION).items()}
    assert (
        f"{rows['statements']} statements" in page
        and f"on {rows['transfers']} transfers and {rows['systems']} systems" in page
        and f"{rows['search_log']} logged searches" in page
    )
    assert len(page) < 4000
