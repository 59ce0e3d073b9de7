"""Codebook, descriptor and what is read back from it, of one small table: every word of them."""

import datetime
import hashlib
import json
from types import SimpleNamespace

import pandas as pd
import pytest

from scripts.schema import codebook
from scripts.schema.descriptor import package
from scripts.schema.shipped import differences, shipped_schemas
from scripts.schema.table_schema import PROFILE, Schema, SchemaError

COLOUR = {
    "name": "colour",
    "type": "string",
    "provenance": "coded",
    "description": "Colour | of\nthe back.",
    "example": "a|b",
    "constraints": {"required": True, "enum": ["red"]},
    "categories": [{"value": "red", "label": "Red", "description": "Like rust."}],
}
SHARE = {
    "name": "share",
    "type": "number",
    "provenance": "derived",
    "description": "Share.",
    "example": "0.5",
    "constraints": {},
}
SAME = {**COLOUR, "name": "other", "same_as": "kestrels.colour"}
PATH = {**COLOUR, "name": "along", "path": ["a.b"]}
KEYS = [(["colour"], "colours", ["colour"])]


def schema(*fields: dict, name: str = "kestrels", is_rule: bool = False, **record) -> Schema:
    key, unique = ([], [["colour"]]) if is_rule else (["colour"], [])
    title = f"The {name}, all"
    return Schema(name, title, "Birds. And more.", list(fields), record, key, unique, KEYS, is_rule)


def test_the_codebook_of_small_tables():
    rules = {
        "kestrels": [
            SimpleNamespace(field="colour", message="Red is red", allowed="red", is_warning=False),
            SimpleNamespace(field="share", message="Half is likely", allowed="0.5", is_warning=True),
        ]
    }
    schemas = {
        "kestrels": schema(COLOUR, SHARE, SAME, PATH),
        "rates": schema(COLOUR, SHARE, name="rates", is_rule=True),
        "inner": schema(COLOUR, name="inner", internal=True),
    }
    rates = pd.DataFrame({"colour": ["red|brown", None], "share": [0.1 + 0.2, 2.0], "is_rare": [True, None]})
    page = codebook.render({"rates": rates}, schemas, rules)
    assert page.startswith(codebook.HEAD)
    assert page[len(codebook.HEAD) :] == (
        """
- [The kestrels, all](#the-kestrels-all): Birds.
- [The rates, all](#the-rates-all): Birds.

## The kestrels, all

`data/kestrels.csv`. Birds. And more.

Key: `colour`. `colour` leads to `colours`.

| column | type | provenance | description | example |
|---|---|---|---|---|
| `colour` | string, required | coded | Colour \\| of the back. | `a\\|b` |
| `share` | number | derived | Share. | `0.5` |
| `other` | string, required | coded | Colour \\| of the back. | `a\\|b` |
| `along` | string, required | coded | Colour \\| of the back. | `a\\|b` |

**`colour`** — Colour | of
the back.

- `red`: Like rust.

**In every row must also hold:**

- `colour`: Red is red. Allowed: red.

## The rates, all

`rules/rates.csv`. Birds. And more.

`colour` leads to `colours`.

| column | type | provenance | description | example |
|---|---|---|---|---|
| `colour` | string, required | coded | Colour \\| of the back. | `a\\|b` |
| `share` | number | derived | Share. | `0.5` |

**`colour`** — Colour | of
the back.

- `red`: Like rust.

| colour | share | is_rare |
|---|---|---|
| red\\|brown | 0.3 | true |
|  | 2 |  |
"""
    )


def test_the_columns_of_a_table_as_rows():
    rows = codebook.column_rows(["kestrels"], {"kestrels": schema(COLOUR, SHARE)})
    assert rows == [
        {
            "table_name": "kestrels",
            "column_name": "colour",
            "type": "string",
            "provenance": "coded",
            "description": "Colour | of\nthe back.",
            "allowed": "red",
        },
        {
            "table_name": "kestrels",
            "column_name": "share",
            "type": "number",
            "provenance": "derived",
            "description": "Share.",
            "allowed": None,
        },
    ]


HEAD = {
    "name": "birds",
    "title": "Birds of prey",
    "description": "Many.",
    "version": "1.2.3",
    "date": datetime.date(2026, 11, 22),
    "licence_data": "CC0-1.0",
    "licence_data_url": "https://example.org/cc0",
    "steward": "The keeper",
    "doi": None,
}


def test_the_descriptor_of_small_tables():
    files = {"data/kestrels.parquet": b"p", "data/kestrels.csv": b"text\n", "data/notes.txt": b"n"}
    made = package(HEAD, {"kestrels": schema(COLOUR)}, files)
    assert made.endswith(b"}\n") and b"\n {" not in made[:3]
    found = json.loads(made)
    table, parquet = found.pop("resources")
    assert found == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "birds",
        "title": "Birds of prey",
        "description": "Many.",
        "version": "1.2.3",
        "created": "2026-11-22T00:00:00Z",
        "licenses": [{"name": "CC0-1.0", "path": "https://example.org/cc0", "title": "Licence of the data"}],
        "contributors": [{"title": "The keeper", "roles": ["steward", "author"]}],
        "keywords": ["birds"],
    }
    assert table.pop("schema")["$schema"] == PROFILE
    assert table == {
        "name": "kestrels",
        "title": "The kestrels, all",
        "description": "Birds. And more.",
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "mediatype": "text/csv",
        "path": "data/kestrels.csv",
        "hash": f"sha256:{hashlib.sha256(b'text' + bytes([10])).hexdigest()}",
        "bytes": 5,
    }
    assert parquet == {
        "name": "kestrels_parquet",
        "title": "The kestrels, all (Parquet)",
        "description": "The cells of kestrels.csv with their types.",
        "format": "bin",
        "mediatype": "application/vnd.apache.parquet",
        "path": "data/kestrels.parquet",
        "hash": f"sha256:{hashlib.sha256(b'p').hexdigest()}",
        "bytes": 1,
    }


def test_what_an_owner_filled_in_is_in_the_descriptor():
    filled = {
        "doi": "10.1/x",
        "url": "https://u",
        "repository": "https://r",
        "contact": "a@b",
        "keywords": "x; y ;z",
    }
    found = json.loads(package(HEAD | filled, {}, {}))
    assert [found[key] for key in ("id", "homepage", "repository", "contact")] == [
        "10.1/x",
        "https://u",
        "https://r",
        "a@b",
    ]
    assert found["keywords"] == ["x", "y", "z"]
    assert found["contributors"] == [{"title": "The keeper", "email": "a@b", "roles": ["steward", "author"]}]


def resource(**cells) -> dict:
    plain = {"name": "kestrels", "format": "csv", "path": "data/x/kestrels.csv"}
    return plain | {"schema": {"fields": [{"name": "a", "type": "string"}]}} | cells


def test_a_schema_is_read_back_from_the_descriptor():
    key = {"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}
    other = {"fields": ["a"], "reference": {"resource": "eggs", "fields": ["b"]}}
    table = {
        "fields": [{"name": "a", "type": "date", "constraints": {"required": True}}],
        "primaryKey": ["a"],
    }
    table |= {"uniqueKeys": [["a"]], "foreignKeys": [key, other]}
    found = shipped_schemas(
        {
            "resources": [
                resource(schema=table, title="T", description="D"),
                resource(name="rates", path="rules/rates.csv"),
                {"name": "kestrels_parquet", "format": "bin", "path": "data/x/kestrels.parquet"},
                {"name": "unknown", "path": "x"},
            ]
        }
    )
    assert list(found) == ["kestrels", "rates"]
    back, rates = found.values()
    assert (back.name, back.title, back.description) == ("kestrels", "T", "D")
    assert back.fields == [
        {"provenance": "coded", "name": "a", "type": "date", "constraints": {"required": True}}
    ]
    assert (back.primary_key, back.unique_keys, back.is_rule) == (["a"], [["a"]], False)
    assert back.foreign_keys == [(["a"], "kestrels", ["b"]), (["a"], "eggs", ["b"])]
    assert back.csv_path == "data/x/kestrels.csv"
    assert (rates.title, rates.description, rates.is_rule) == ("rates", "", True)
    assert (rates.primary_key, rates.unique_keys, rates.foreign_keys) == ([], [], [])
    assert rates.fields == [{"provenance": "coded", "constraints": {}, "name": "a", "type": "string"}]


@pytest.mark.parametrize("field", [{"name": "a", "type": "geopoint"}, {"name": "a"}])
def test_an_unknown_type_in_a_descriptor_is_refused(field):
    with pytest.raises(SchemaError, match="kestrels.a: unknown type"):
        shipped_schemas({"resources": [resource(schema={"fields": [field]})]})


def test_tables_differ_by_columns_or_types():
    now = {"kestrels": schema(COLOUR), "inner": schema(COLOUR, name="inner", internal=True)}
    assert differences({"kestrels": schema(COLOUR)}, now) == []
    assert differences({"kestrels": schema(COLOUR, SHARE)}, now) == ["kestrels"]
    assert differences({"kestrels": schema({**COLOUR, "type": "date"})}, now) == ["kestrels"]
    assert differences({}, now) == ["kestrels"]
    assert differences({**now, "eggs": schema(COLOUR)}, now) == ["eggs"]
