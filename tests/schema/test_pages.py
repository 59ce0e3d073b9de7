"""Codebook and descriptor follow from schemas, rules and records/package.yaml alone: those of the invented project are
those that are committed, but for hashes and sizes."""

import json

import pytest

from scripts import build
from scripts.schema import codebook
from scripts.schema.shipped import shipped_schemas
from scripts.schema.table_schema import ROOT, load
from scripts.validation.row_rules import ROW_RULES

HASHED = {"hash", "bytes"}


@pytest.fixture(scope="module")
def descriptor(small_tables, invented_template) -> dict:
    return json.loads(build.render(small_tables, invented_template)["datapackage.json"])


def test_the_codebook_is_that_of_the_schemas(small_tables):
    page = codebook.render(small_tables, load(), ROW_RULES)
    assert page == (ROOT / "docs/codebook.md").read_text(encoding="utf-8")


def test_the_descriptor_is_that_of_the_schemas(descriptor):
    committed = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    for package in (descriptor, committed):
        assert all(HASHED <= set(resource) for resource in package["resources"])
        package["resources"] = [
            {name: value for name, value in resource.items() if name not in HASHED}
            for resource in package["resources"]
        ]
    assert descriptor == committed


def test_schemas_read_back_from_the_descriptor_are_the_schemas(descriptor):
    shipped = shipped_schemas(descriptor)
    for name, schema in load().items():
        if schema.record.get("internal"):
            continue
        back = shipped[name]
        assert (back.csv_path, back.primary_key, back.unique_keys) == (
            schema.csv_path,
            schema.primary_key,
            schema.unique_keys,
        )
        assert back.columns() == schema.columns() and back.description == schema.description
        assert [(f["provenance"], f["constraints"]) for f in back.fields] == [
            (f["provenance"], f["constraints"]) for f in schema.fields
        ]
