"""The same version, date, identifier and addresses everywhere, in forms that their standards accept."""

import importlib
import io
import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import openpyxl
import pyarrow.parquet
import pytest
import yaml
from datacite import schema45

from scripts.export import citation
from scripts.export.feed import ATOM, feed
from scripts.releases import store
from scripts.schema.table_schema import ROOT
from tests.export.conftest import DAY, FILLED, VERSION

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first

CFF_SCHEMA = json.loads((ROOT / "tests/formats/citation-1.2.0.json").read_text(encoding="utf-8"))


def bibtex_fields(text: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{?(.*?)\}?,$", text, re.M))


def test_no_byte_of_a_release_was_altered():
    assert store.issues(ROOT) == []


def test_version_and_date_agree_everywhere(contents):
    told = {}
    package = json.loads(contents["datapackage.json"])
    told["descriptor"] = (package["version"], package["created"][:10])
    cff = yaml.safe_load(contents["CITATION.cff"])
    told["citation"] = (cff["version"], cff["date-released"])
    data = json.loads(contents["datacite.json"])
    told["DataCite"] = (data["version"], data["dates"][0]["date"])
    zenodo = json.loads(contents[".zenodo.json"])
    told["Zenodo"] = (zenodo["version"], zenodo["publication_date"])
    croissant = json.loads(contents["croissant.json"])
    told["Croissant"] = (croissant["version"], croissant["datePublished"][:10])
    told["changelog"] = re.search(r"^## (\d\S+) \((.*?)\)", contents["CHANGELOG.md"].decode(), re.M).groups()
    for path in [path for path in contents if path.endswith(".parquet")]:
        metadata = pyarrow.parquet.read_schema(io.BytesIO(contents[path])).metadata
        told[path] = (metadata[b"version"].decode(), metadata[b"date"].decode())
    assert len(told) > 20 and set(told.values()) == {(VERSION, DAY.isoformat())}


def test_the_datasheet_cites_the_release_and_counts_its_tables(contents, metadata, tables):
    page = contents["docs/datasheet.md"].decode()
    assert citation.sentence(metadata) in page
    assert f"{len(tables['statements'])} statements" in page
    assert f"on {len(tables['transfers'])} transfers and {len(tables['systems'])} systems" in page


def test_the_descriptor_of_the_work_tree_agrees_with_the_record():
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    written = yaml.safe_load((ROOT / "records/package.yaml").read_text(encoding="utf-8"))
    assert (package["version"], package["created"][:10]) == (written["version"], written["date"])


def test_identifier_addresses_and_contact_reach_every_place(filled_contents, tmp_path):
    """An owner fills in four lines of records/package.yaml; nothing else has to be edited."""
    doi, url, repository, contact = FILLED.values()
    package = json.loads(filled_contents["datapackage.json"])
    assert (package["id"], package["homepage"], package["repository"]) == (doi, url, repository)
    assert package["contact"] == package["contributors"][0]["email"] == contact
    cff = yaml.safe_load(filled_contents["CITATION.cff"])
    assert (cff["doi"], cff["url"], cff["repository"]) == (doi, url, repository)
    assert cff["contact"][0]["email"] == contact
    data = json.loads(filled_contents["datacite.json"])
    assert (data["doi"], data["url"]) == (doi, url)
    assert data["relatedIdentifiers"][0]["relatedIdentifier"] == repository
    assert data["contributors"][0]["contributorType"] == "ContactPerson"
    zenodo = json.loads(filled_contents[".zenodo.json"])
    assert zenodo["doi"] == doi and contact in zenodo["notes"]
    assert [entry["identifier"] for entry in zenodo["related_identifiers"]] == [url, repository]
    croissant = json.loads(filled_contents["croissant.json"])
    assert croissant["identifier"] == croissant["url"] == f"https://doi.org/{doi}"
    assert croissant["sameAs"] == repository and croissant["creator"]["url"] == url
    fields = bibtex_fields(filled_contents["citation.bib"].decode())
    assert (fields["doi"], fields["url"]) == (doi, f"https://doi.org/{doi}")
    page = filled_contents["docs/datasheet.md"].decode()
    assert f"doi:{doi}" in page and repository in page and contact in page
    book = openpyxl.load_workbook(io.BytesIO(filled_contents["attested-arms-transfers.xlsx"]), read_only=True)
    about = dict(list(book["about"].iter_rows(values_only=True))[1:])
    (tmp_path / "p.sqlite").write_bytes(filled_contents["attested-arms-transfers.sqlite"])
    row = sqlite3.connect(tmp_path / "p.sqlite").execute("SELECT doi, url, repository, contact FROM package")
    assert row.fetchone() == tuple(about[key] for key in FILLED) == tuple(FILLED.values())


def test_no_identifier_or_address_is_invented(contents):
    places = ("CITATION.cff", "citation.bib", "datacite.json", "croissant.json", ".zenodo.json")
    for path in (*places, "docs/datasheet.md"):
        text = contents[path].decode().lower()
        assert "doi" not in text and "example.org" not in text, path
    package = json.loads(contents["datapackage.json"])
    assert not package.keys() & {"id", "homepage", "repository", "contact"}


def test_the_citation_file_fits_its_schema(contents, filled_contents):
    validator = jsonschema.Draft7Validator(CFF_SCHEMA)
    for files in (contents, filled_contents):
        validator.validate(yaml.safe_load(files["CITATION.cff"]))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**yaml.safe_load(contents["CITATION.cff"]), "date-released": "yesterday"})


def test_the_datacite_metadata_fit_their_schema(contents, filled_contents):
    for files in (contents, filled_contents):
        schema45.validator.validate(json.loads(files["datacite.json"]))
    with pytest.raises(jsonschema.ValidationError):
        schema45.validator.validate({**json.loads(contents["datacite.json"]), "types": {}})


def test_zenodo_is_told_that_this_is_a_dataset_by_an_organisation(contents, metadata):
    zenodo = json.loads(contents[".zenodo.json"])
    assert zenodo["upload_type"] == "dataset" and zenodo["creators"] == [{"name": metadata["steward"]}]
    assert zenodo["license"] == "cc-by-4.0" and len(zenodo["keywords"]) > 3


def test_what_search_engines_of_datasets_ask_for_is_there(contents, filled_contents, tmp_path):
    """github.com/mlcommons/croissant/issues/725: a file that lacks these is turned down."""
    croissant = json.loads(contents["croissant.json"])
    wanted = {"keywords", "temporalCoverage", "spatialCoverage", "isAccessibleForFree", "license", "creator"}
    assert wanted <= croissant.keys() and croissant["isAccessibleForFree"] is True
    assert {"url", "identifier"} <= json.loads(filled_contents["croissant.json"]).keys()
    (tmp_path / "croissant.json").write_bytes(filled_contents["croissant.json"])
    mlcroissant = importlib.import_module("mlcroissant")  # slow to load
    dataset = mlcroissant.Dataset(jsonld=str(tmp_path / "croissant.json"))
    assert dataset.metadata.issues.errors == set()


def test_bibtex_is_escaped_and_its_entry_is_one_that_classic_bibtex_knows(metadata):
    hostile = {**metadata, "title": "Arms & Co_mpany, 100% #1 $x {y}", "steward": "Três & Sons"}
    text = citation.bibtex({**hostile, **FILLED, "doi": None, "url": "https://example.org/a_b%20c"}).decode()
    assert text.startswith("@misc{") and text.isascii()
    fields = bibtex_fields(text)
    assert fields["title"] == r"{Arms \& Co\_mpany, 100\% \#1 \$x \{y\}}"
    assert fields["url"] == "https://example.org/a_b%20c", "an address stays as it is"
    assert fields["howpublished"] == "Data set" and fields["month"] == "jan"


def test_a_citation_from_a_descriptor_is_that_of_the_record(filled_contents, metadata):
    from_descriptor = citation.package_metadata(json.loads(filled_contents["datapackage.json"]))
    assert citation.sentence(from_descriptor) == citation.sentence({**metadata, **FILLED})
    oldest = citation.package_metadata(store.descriptor(ROOT, "0.1.0"))
    assert citation.sentence(oldest).startswith("Attested Arms Transfers (2026).")


def test_without_an_identifier_the_address_is_cited(metadata):
    assert citation.address(metadata) is None
    assert citation.sentence({**metadata, "repository": "https://e.org/r"}).endswith(
        "CC-BY-4.0. https://e.org/r"
    )
    cited = citation.sentence({**metadata, **FILLED}, "s.01")
    assert cited.endswith(f"doi:10.1234/abcd. Record s.01@{VERSION}.")


def test_standards_kept_here_are_what_they_were():
    stated = re.search(r"sha256 ([0-9a-f]{64})", (ROOT / "tests/formats/README.md").read_text())[1]
    assert store.sha256(Path(ROOT / "tests/formats/citation-1.2.0.json").read_bytes()) == stated


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(path, {"a": ATOM})]


def test_the_feed_names_every_release_with_what_changed(metadata):
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    root = ElementTree.fromstring(feed(metadata, changelog))
    assert texts(root, "a:entry/a:title") == [f"Version {one}" for one in reversed(store.versions(ROOT))]
    identifiers = texts(root, "a:id") + texts(root, "a:entry/a:id")
    assert len(set(identifiers)) == len(identifiers)
    day = store.manifest(ROOT, store.versions(ROOT)[-1])["date"]
    assert texts(root, "a:updated") == texts(root, "a:entry/a:updated")[:1] == [f"{day}T12:00:00Z"]
    assert all("act" in text for text in texts(root, "a:entry/a:summary")[:2])
    contents = root.findall("a:entry/a:content", {"a": ATOM})
    assert all(content.get("type") == "html" for content in contents)
    assert any("<td><code>second_reading</code></td>" in content.text for content in contents)
    assert feed(metadata, changelog) == feed(metadata, changelog)
    assert {child.tag for child in root} >= {
        f"{{{ATOM}}}{tag}" for tag in ("id", "title", "updated", "author")
    }
    assert root.find("a:link", {"a": ATOM}) is None


def test_the_feed_stands_in_the_archive_and_escapes_what_people_write(contents, metadata):
    root = ElementTree.fromstring(contents["feed.atom"])
    assert texts(root, "a:entry/a:title") == [f"Version {VERSION}"]
    filled = {**metadata, **FILLED}
    root = ElementTree.fromstring(
        feed(filled, f"## {VERSION} ({DAY})\n\nA <script>alert(1)</script> & more\n")
    )
    assert "&lt;script&gt;" in texts(root, "a:entry/a:content")[0]
    assert root.find("a:link", {"a": ATOM}).get("href") == FILLED["url"]
