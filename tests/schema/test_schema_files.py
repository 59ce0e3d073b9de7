"""What a schema file may say: a small valid one, and the nearest wrong ones, each refused with its file named."""

import copy
import json

import pyarrow as pa
import pytest

from scripts.schema.table_schema import PROFILE, SchemaError, arrow, descriptor, load, nested, record_schema

KESTRELS = {
    "$schema": PROFILE,
    "name": "kestrels",
    "title": "Kestrels",
    "description": "Birds.",
    "record": {"files": "kestrels/*.yaml", "number": "number"},
    "fields": [
        {
            "name": "kestrel_id",
            "type": "string",
            "description": "ID.",
            "example": "a",
            "provenance": "keyed",
            "constraints": {"required": True, "pattern": "[a-z]+"},
        },
        {
            "name": "colour",
            "type": "string",
            "description": "Colour.",
            "example": "red",
            "provenance": "coded",
            "constraints": {"required": True},
            "categories": [{"value": "red", "label": "Red", "description": "Like rust."}],
        },
        {
            "name": "note",
            "type": "string",
            "description": "Note.",
            "example": "x",
            "provenance": "coded",
            "constraints": {"required": False, "maxLength": 9, "pattern": "a|b"},
        },
    ],
    "primaryKey": ["kestrel_id"],
}
EGGS = {
    "$schema": PROFILE,
    "name": "eggs",
    "title": "Eggs",
    "description": "Their eggs.",
    "record": {"within": "kestrels", "key": "eggs", "folder": "data/reference"},
    "fields": [
        {
            "name": "kestrel_id",
            "same_as": "kestrels.kestrel_id",
            "provenance": "keyed",
            "description": "Its kestrel.",
        },
        {
            "name": "laid",
            "type": "date",
            "description": "Day.",
            "example": "2022-05-01",
            "provenance": "coded",
        },
    ],
    "uniqueKeys": [["kestrel_id", "laid"]],
    "foreignKeys": [
        {"fields": ["kestrel_id"], "reference": {"resource": "kestrels", "fields": ["kestrel_id"]}}
    ],
}


def write(root, *tables: dict, folder: str = "schemas") -> None:
    (root / folder).mkdir(parents=True, exist_ok=True)
    for table in tables:
        (root / folder / f"{table['name']}.schema.json").write_text(json.dumps(table), encoding="utf-8")


def test_schemas_are_read(tmp_path):
    write(tmp_path, KESTRELS, EGGS)
    write(tmp_path, {**KESTRELS, "name": "rates", "record": {}}, folder="schemas/rules")
    schemas = load(tmp_path)
    kestrels, eggs, rates = (schemas[name] for name in ("kestrels", "eggs", "rates"))
    assert list(schemas) == ["eggs", "kestrels", "rates"]
    assert (kestrels.csv_path, eggs.csv_path, rates.csv_path) == (
        "data/kestrels.csv",
        "data/reference/eggs.csv",
        "rules/rates.csv",
    )
    assert (kestrels.written_csv, rates.written_csv) == (None, "rules/rates.csv")
    assert [schema.is_rule for schema in (kestrels, rates)] == [False, True]
    assert (
        eggs.field("kestrel_id")["example"] == "a"
        and eggs.field("kestrel_id")["description"] == "Its kestrel."
    )
    assert eggs.field("kestrel_id")["constraints"] == {"required": True, "pattern": "[a-z]+"}
    assert kestrels.field("colour")["constraints"] == {"required": True, "enum": ["red"]}
    assert eggs.foreign_keys == [(["kestrel_id"], "kestrels", ["kestrel_id"])]
    assert (kestrels.columns(), kestrels.columns("coded")) == (
        ["kestrel_id", "colour", "note"],
        ["colour", "note"],
    )
    assert (nested("kestrels", schemas), nested("eggs", schemas)) == ([eggs], [])


def test_a_key_into_its_own_table_may_leave_out_the_table(tmp_path):
    key = {"fields": ["note"], "reference": {"resource": "", "fields": ["kestrel_id"]}}
    write(tmp_path, KESTRELS | {"foreignKeys": [key]})
    kestrels = load(tmp_path)["kestrels"]
    assert kestrels.foreign_keys == [(["note"], "kestrels", ["kestrel_id"])]
    assert descriptor(kestrels)["foreignKeys"] == [key]


def test_what_is_shipped_and_what_arrow_knows(tmp_path):
    write(tmp_path, KESTRELS, EGGS)
    eggs = load(tmp_path)["eggs"]
    shipped = descriptor(eggs)
    assert list(shipped) == ["$schema", "fields", "missingValues", "uniqueKeys", "foreignKeys"]
    assert shipped["missingValues"] == [""] and "same_as" not in shipped["fields"][0]
    assert shipped["foreignKeys"] == EGGS["foreignKeys"]
    assert "primaryKey" in descriptor(load(tmp_path)["kestrels"])
    made = arrow(eggs)
    assert made.field("laid").type == pa.date32() and made.field("laid").nullable
    assert not made.field("kestrel_id").nullable
    assert made.metadata == {b"title": b"Eggs", b"description": b"Their eggs."}
    assert made.field("laid").metadata == {b"description": b"Day."}


def test_editors_complete_and_check_a_record(tmp_path):
    write(tmp_path, KESTRELS, EGGS)
    schemas = load(tmp_path)
    whole = record_schema(schemas["kestrels"], schemas)
    assert whole == {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Kestrels",
        "type": "object",
        "description": "Birds.",
        "properties": {
            "number": {
                "type": "integer",
                "minimum": 1,
                "description": "Number of the row in this document; never used again.",
            },
            "colour": {"enum": ["red"], "description": "Colour.\nred: Like rust."},
            "note": {
                "type": "string",
                "minLength": 1,
                "description": "Note.",
                "pattern": "^(a|b)$",
                "maxLength": 9,
            },
            "eggs": {
                "type": "array",
                "description": "Their eggs.",
                "items": {
                    "type": "object",
                    "description": "Their eggs.",
                    "properties": {
                        "laid": {
                            "type": "string",
                            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                            "description": "Day.",
                        }
                    },
                    "required": [],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["number", "colour"],
        "additionalProperties": False,
    }
    write(tmp_path / "listed", KESTRELS | {"record": {"files": "k.yaml", "list": True}})
    listed = load(tmp_path / "listed")
    of_list = record_schema(listed["kestrels"], listed)
    assert (of_list["type"], of_list["title"], of_list["items"]["required"]) == (
        "array",
        "Kestrels",
        ["colour"],
    )


@pytest.mark.parametrize(
    "place,value,words",
    [
        (["$schema"], "x", "$schema must be"),
        (["name"], "merlins", "name must be"),
        (["more"], 1, "unknown keys ['more']"),
        (["record", "more"], 1, "unknown keys ['more']"),
        (["title"], None, "missing keys ['title']"),
        (["description"], None, "missing keys ['description']"),
        (["fields"], None, "missing keys ['fields']"),
        (["fields", 1, "name"], "kestrel_id", "listed twice"),
        (["primaryKey"], None, "needs a primaryKey or uniqueKeys"),
        (["primaryKey"], ["egg"], "unknown column, egg"),
        (["uniqueKeys"], [["egg"]], "unknown column, egg"),
        (["record", "within"], "nests", "unknown table, nests"),
        (["fields", 2, "type"], "geopoint", "field note"),
        (["fields", 2, "format"], "email", "field note"),
        (["fields", 2, "more"], 1, "['more']"),
        (["fields", 2, "constraints"], {"longest": 1}, "['longest']"),
        (["fields", 2, "constraints"], {"maxLength": "9"}, "maxLength cannot be '9'"),
        (["fields", 2, "constraints"], {"pattern": "("}, "no regular expression"),
        (["fields", 2, "description"], None, "['description'] missing"),
        (["fields", 2, "example"], None, "['example'] missing"),
        (["fields", 2, "provenance"], None, "['provenance'] missing"),
        (["fields", 2, "provenance"], "guessed", "provenance guessed"),
        (["fields", 2, "same_as"], "kestrels.egg", "kestrels.egg, which does not exist"),
        (["fields", 2, "same_as"], "nests.egg", "nests.egg, which does not exist"),
        *(
            (["foreignKeys"], [{"fields": own, "reference": {"resource": table, "fields": other}}], words)
            for own, table, other, words in [
                (["egg"], "", ["kestrel_id"], "leads to an unknown column"),
                (["note"], "nests", ["kestrel_id"], "leads to an unknown column"),
                (["note"], "", ["egg"], "leads to an unknown column"),
                (["note", "colour"], "", ["kestrel_id"], "has one column"),
                (["note"], "", ["kestrel_id", "note"], "has one column"),
            ]
        ),
    ],
)
def test_a_wrong_schema_is_refused(place, value, words, tmp_path):
    table = copy.deepcopy(KESTRELS)
    *steps, last = place
    target = table
    for step in steps:
        target = target[step]
    if value is None:
        del target[last]
    else:
        target[last] = value
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/kestrels.schema.json").write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(SchemaError) as refused:
        load(tmp_path)
    assert str(refused.value).startswith("kestrels.schema.json") and words in str(refused.value)


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "a", "name": "b"}'])
def test_a_file_that_is_no_object_of_json_is_refused(text, tmp_path):
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/kestrels.schema.json").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match="kestrels.schema.json"):
        load(tmp_path)


def test_no_schemas_or_one_name_twice_are_refused(tmp_path):
    with pytest.raises(SchemaError, match="no schemas there"):
        load(tmp_path)
    write(tmp_path, KESTRELS)
    write(tmp_path, KESTRELS, folder="schemas/rules")
    with pytest.raises(SchemaError, match="both in schemas/ and in schemas/rules/"):
        load(tmp_path)


def test_a_path_walks_along_keys_to_a_column(tmp_path):
    def flat(path: str) -> dict:
        field = {"name": "colour_of_it", "path": [path]}
        return {**EGGS, "name": "flat", "record": {}, "fields": [field], "uniqueKeys": [["colour_of_it"]]} | {
            "foreignKeys": []
        }

    statements = copy.deepcopy(KESTRELS) | {"name": "statements"}
    statements["foreignKeys"] = [
        {"fields": ["note"], "reference": {"resource": "kestrels", "fields": ["kestrel_id"]}}
    ]
    write(tmp_path / "a", KESTRELS, statements, flat("note.colour"))
    field = load(tmp_path / "a")["flat"].field("colour_of_it")
    assert (field["description"], field["provenance"]) == ("Colour.", "derived")
    assert field["constraints"] == {"enum": ["red"]}
    write(tmp_path / "b", KESTRELS, statements, flat("colour.note"))
    with pytest.raises(SchemaError, match="statements.colour is no foreign key"):
        load(tmp_path / "b")
