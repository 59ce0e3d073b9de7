"""The schemas derive to every type system, and raise on what is not known."""

import json
import shutil

import jsonschema
import pyarrow as pa
import pytest

from scripts.records.reader import record_files
from scripts.records.strict_yaml import parse
from scripts.schema.table_schema import ROOT, SchemaError, arrow, load, record_schema

TWELVE = {
    "transfers",
    "systems",
    "statements",
    "sources",
    "actors",
    "actor_members",
    "system_names",
    "transfer_links",
    "estimates",
    "transfer_history",
    "changes",
    "retired_ids",
}


def test_the_twelve_tables_have_schemas(schemas):
    assert TWELVE <= set(schemas)


def test_every_field_and_every_word_is_described(schemas):
    for schema in schemas.values():
        for field in schema.fields:
            assert field["description"] and field["example"], (schema.name, field["name"])
            for category in field.get("categories", []):
                assert category["value"] and category["label"] and category["description"], (
                    schema.name,
                    field["name"],
                )


def test_arrow_carries_types_and_descriptions(schemas):
    found = arrow(schemas["statements"])
    assert found.field("anchor_chars").type == pa.int64() and not found.field("anchor_chars").nullable
    assert found.field("said_min").type == pa.date32() and found.field("said_min").nullable
    assert found.field("stance").metadata[b"description"].startswith(b"What the speaker does")


@pytest.mark.parametrize(
    "spoil",
    [
        {"type": "geopoint"},
        {"constraints": {"maxLenght": 3}},
        {"format": "email"},
        {"missing": 1},
        {"description": None},
        {"same_as": "statements.no_such_column"},
    ],
    ids=str,
)
def test_what_is_not_known_raises(spoil, tmp_path):
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    path = tmp_path / "schemas/actors.schema.json"
    table = json.loads(path.read_text())
    field = table["fields"][0]
    field.update(spoil)
    if field["description"] is None:
        del field["description"]
    path.write_text(json.dumps(table))
    with pytest.raises(SchemaError):
        load(tmp_path)


@pytest.mark.slow  # every file of the shipped record
def test_every_record_satisfies_the_schema_its_editor_uses(schemas):
    checked = 0
    for schema in schemas.values():
        if "files" not in schema.record:
            continue
        described = record_schema(schema, schemas)
        jsonschema.Draft7Validator.check_schema(described)
        validator = jsonschema.Draft7Validator(described)
        for path in record_files(schema):
            record = parse(path.read_text(encoding="utf-8"))
            if record is not None:
                validator.validate(record)
                checked += 1
    assert checked > 30


def test_the_editor_schema_refuses_what_the_build_refuses(schemas):
    seed = ROOT / "records/sources/2022/defense-post-2022-11-02-missile-delivery.yaml"
    validator = jsonschema.Draft7Validator(record_schema(schemas["sources"], schemas))
    for spoil in (
        {"stanze": "assert"},
        {"stance": "confirm"},
        {"value": 0.5},
        {"chain_complete": "yes"},
        {"number": 0},
        {"low": 800},
    ):
        record = parse(seed.read_text(encoding="utf-8"))
        record["statements"][0].update(spoil)
        assert list(validator.iter_errors(record)), spoil
