"""The archive that a release of the shipped record would have, in memory, on disk and as a zip."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest

from scripts import build
from scripts.export import archive
from scripts.export.datasheet import datasheet
from scripts.export.tables import to_arrow
from scripts.normalise.tables import Tables
from scripts.schema.table_schema import ROOT, Schemas
from scripts.site.data import Content
from scripts.site.files import explorer_files

VERSION, DAY = "9.0.0", datetime.date(2027, 1, 31)
FILLED = {
    "doi": "10.1234/abcd",
    "url": "https://example.org/arms",
    "repository": "https://example.org/git/arms.git",
    "contact": "data@example.org",
}


@pytest.fixture(scope="session")
def tables(built: Tables) -> Tables:
    return built


@pytest.fixture(scope="session")
def metadata(tables: Tables, schemas: Schemas) -> dict[str, Any]:
    row = to_arrow(tables["package"], schemas["package"]).to_pylist()[0]
    return {**row, "version": VERSION, "date": DAY}


def archive_contents(tables: Tables, schemas: Schemas, metadata: dict[str, Any]) -> dict[str, bytes]:
    """Everything in the archive but the manifest."""
    from scripts.releases.making import readme_with_citation, with_metadata

    dated = with_metadata(tables, metadata, [], schemas)
    package = {path: content for path, content in build.render(dated, ROOT).items() if "schemas/" not in path}
    pages = {
        "docs/datasheet.md": datasheet(dated, metadata),
        "README.md": readme_with_citation(ROOT, metadata),
        "CHANGELOG.md": f"# Changelog\n\n## {VERSION} ({DAY})\n".encode(),
    }
    content = Content(dated, json.loads(package["datapackage.json"]))
    pages |= explorer_files(content, pages["CHANGELOG.md"].decode())
    return archive.contents(dated, schemas, metadata, package, pages, ROOT)


@pytest.fixture(scope="session")
def contents(tables: Tables, schemas: Schemas, metadata: dict[str, Any]) -> dict[str, bytes]:
    """The archive with identifier, addresses and contact blank, as in the record."""
    return archive_contents(tables, schemas, metadata)


@pytest.fixture(scope="session")
def filled_contents(small_tables: Tables, schemas: Schemas, metadata: dict[str, Any]) -> dict[str, bytes]:
    """The archive of the invented project with all of them filled."""
    return archive_contents(small_tables, schemas, {**metadata, **FILLED})


@pytest.fixture(scope="session")
def zipped(contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zip") / "package.zip"
    path.write_bytes(archive.zip_bytes(contents, DAY))
    return path


@pytest.fixture(scope="session")
def unpacked(contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def database(unpacked: Path) -> Path:
    return next(unpacked.glob("*.sqlite"))


@pytest.fixture(scope="session")
def resources(contents: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    package = json.loads(contents["datapackage.json"])
    return {resource["name"]: resource for resource in package["resources"] if "schema" in resource}


@pytest.fixture(scope="session")
def expected(contents: dict[str, bytes], resources: dict[str, dict[str, Any]]) -> dict[str, list[list[Any]]]:
    """Every table as lists of Python values, blank cells None: read by the csv module, typed by the schema."""
    return {
        name: [
            [
                typed(cell, field["type"])
                for cell, field in zip(row, resource["schema"]["fields"], strict=True)
            ]
            for row in list(csv.reader(io.StringIO(contents[resource["path"]].decode())))[1:]
        ]
        for name, resource in resources.items()
    }


def typed(cell: str, kind: str) -> Any:
    """A cell of a CSV with the type of its column."""
    make = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": "true".__eq__,
        "date": datetime.date.fromisoformat,
    }[kind]
    return make(cell) if cell else None
