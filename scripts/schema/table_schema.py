"""The Table Schemas, and everything that is derived from them.

In: `schemas/*.schema.json` (tables) and `schemas/rules/*.schema.json` (rule tables).
Out: `Schema` objects whose fields are plain Table Schema fields, and from one `Schema` the Arrow schema,
the descriptor entry and the record schema for editors. (`by_pandera.py` makes the pandera schema of the same fields.)

Beyond Table Schema a field may say
  made_by       written (in a record), placed (follows from where the record stands) or derived (computed)
  same_as       table.column whose definition it takes over; what it says itself prevails
  path          only in claims_flat: walks along the keys to the column whose cell, and definition, it takes
and a table `record`: where its rows are written (`files`, `csv`, or `within` another
table's records under `key`), and the `folder` it is shipped in where that is not data.
A type, format or constraint that is not known here raises: nothing falls to a default.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent.parent
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
JSON_TYPES = {
    "string": {"type": "string", "minLength": 1},
    "integer": {"type": "integer"},
    "number": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^[0-9]+\.[0-9]+$"}]},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
FIELD_KEYS = {
    "name",
    "type",
    "format",
    "description",
    "example",
    "constraints",
    "categories",
    "made_by",
    "same_as",
    "path",
}
CONSTRAINTS = {"required", "enum", "pattern", "minimum", "maximum", "minLength"}
FORMATS = {None, "uri"}


class SchemaError(Exception):
    """A schema says something this module does not know; the message names the file and the place."""


@dataclass(frozen=True)
class Schema:
    """One table: `name`, `title`, `description`, resolved `fields`, `record`, `primary_key`, `unique_keys`, `foreign_keys`."""

    name: str
    title: str
    description: str
    fields: list[dict]
    record: dict
    primary_key: list[str]
    unique_keys: list[list[str]]
    foreign_keys: list[tuple[list[str], str, list[str]]]
    is_rule: bool

    def field(self, name: str) -> dict:
        return self.by_name[name]

    @functools.cached_property
    def by_name(self) -> dict[str, dict]:
        return {field["name"]: field for field in self.fields}

    def columns(self, *made_by: str) -> list[str]:
        """Names of the columns, all of them or those made in the given ways, in the order of the table."""
        return [field["name"] for field in self.fields if not made_by or field["made_by"] in made_by]

    @property
    def csv_path(self) -> str:
        """Where the table is shipped as CSV, below the root; Parquet stands beside it."""
        folder = "rules" if self.is_rule else self.record.get("folder", "data")
        return f"{folder}/{self.name}.csv"

    @property
    def written_csv(self) -> str | None:
        """Where the table is written as CSV, below the root; None for tables written in YAML or derived."""
        return (
            self.csv_path
            if self.is_rule
            else f"records/{self.record['csv']}"
            if "csv" in self.record
            else None
        )


@functools.cache
def load(root: Path = ROOT) -> dict[str, Schema]:
    """All schemas by table name, tables first; raises SchemaError on anything unknown."""
    raw, rules = {}, set()
    for path in sorted((root / "schemas").glob("*.schema.json")) + sorted(
        (root / "schemas/rules").glob("*.schema.json")
    ):
        raw[path.name.removesuffix(".schema.json")] = json.loads(path.read_text(encoding="utf-8"))
        if path.parent.name == "rules":
            rules.add(path.name.removesuffix(".schema.json"))
    return {name: _schema(name, raw, name in rules) for name in raw}


def _schema(name: str, raw: dict, is_rule: bool) -> Schema:
    table = raw[name]
    keys = [
        (key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"])
        for key in table.get("foreignKeys", [])
    ]
    if table["$schema"] != PROFILE or table["name"] != name:
        raise SchemaError(f"{name}.schema.json: $schema must be {PROFILE}, name must be {name}")
    fields = [_field(name, field, raw) for field in table["fields"]]
    return Schema(
        name,
        table["title"],
        table["description"],
        fields,
        table.get("record", {}),
        table.get("primaryKey", []),
        table.get("uniqueKeys", []),
        keys,
        is_rule,
    )


def _field(table: str, field: dict, raw: dict) -> dict:
    """The field with same_as and path resolved, and enum made from its categories."""
    where = f"{table}.schema.json, field {field['name']}"
    if "same_as" in field:
        source, column = field["same_as"].split(".")
        field = {**_written(source, column, raw), **field}
    if "path" in field:
        source, column = _end_of_path(field["path"][0], raw)
        taken = {
            key: value
            for key, value in _field(source, _written(source, column, raw), raw).items()
            if key != "constraints"
        }
        field = {**taken, **field, "made_by": "derived"}
    constraints = dict(field.get("constraints", {}))
    if "categories" in field:
        constraints["enum"] = [category["value"] for category in field["categories"]]
    unknown = (set(field) - FIELD_KEYS) | (set(constraints) - CONSTRAINTS)
    if unknown or field.get("type") not in ARROW_TYPES or field.get("format") not in FORMATS:
        raise SchemaError(
            f"{where}: unknown key, type, format or constraint: {sorted(unknown) or [field.get('type'), field.get('format')]}"
        )
    if missing := {"description", "example", "made_by"} - set(field):
        raise SchemaError(f"{where}: {sorted(missing)} missing")
    return {**field, "constraints": constraints}


def _written(table: str, column: str, raw: dict) -> dict:
    field = next((field for field in raw[table]["fields"] if field["name"] == column), None)
    if field is None:
        raise SchemaError(f"{table}.schema.json has no field {column}, which another refers to")
    return {**_written(*field["same_as"].split("."), raw), **field} if "same_as" in field else field


def _end_of_path(path: str, raw: dict) -> tuple[str, str]:
    table, (*keys, column) = "statements", path.split(".")
    for key in keys:
        table = next(
            fk["reference"]["resource"] or table for fk in raw[table]["foreignKeys"] if fk["fields"] == [key]
        )
    return table, column


def arrow(schema: Schema) -> pa.Schema:
    """The Arrow schema; each column's description rides in its field metadata."""
    return pa.schema(
        [
            pa.field(
                field["name"],
                ARROW_TYPES[field["type"]],
                nullable=not field["constraints"].get("required", False),
                metadata={"description": field["description"]},
            )
            for field in schema.fields
        ],
        metadata={"title": schema.title, "description": schema.description},
    )


def descriptor(schema: Schema) -> dict:
    """The table's Table Schema as shipped in datapackage.json: standard keys only."""
    drop = {"same_as", "path"}
    out = {
        "$schema": PROFILE,
        "fields": [{k: v for k, v in field.items() if k not in drop} for field in schema.fields],
        "missingValues": [""],
    }
    if schema.primary_key:
        out["primaryKey"] = schema.primary_key
    if schema.unique_keys:
        out["uniqueKeys"] = schema.unique_keys
    if schema.foreign_keys:
        out["foreignKeys"] = [
            {"fields": own, "reference": {"resource": "" if table == schema.name else table, "fields": other}}
            for own, table, other in schema.foreign_keys
        ]
    return out


def nested(table: str, schemas: dict[str, Schema]) -> list[Schema]:
    """The tables whose rows are written inside the records of this one."""
    return [schema for schema in schemas.values() if schema.record.get("within") == table]


def record_schema(schema: Schema, schemas: dict[str, Schema]) -> dict:
    """JSON Schema of one record file of the table, nested tables included: what editors complete and check by."""
    if schema.record.get("list"):
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": schema.title,
            "type": "array",
            "items": _mapping(schema, schemas),
        }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": schema.title,
        **_mapping(schema, schemas),
    }


def _mapping(schema: Schema, schemas: dict[str, Schema]) -> dict:
    properties, required = {}, []
    if number := schema.record.get("number"):
        properties[number] = {
            "type": "integer",
            "minimum": 1,
            "description": "Number of the row in this document; never used again.",
        }
        required.append(number)
    for field in schema.fields:
        if field["made_by"] != "written":
            continue
        rule = {**JSON_TYPES[field["type"]], "description": field["description"]}
        if "enum" in field["constraints"]:
            rule = {
                "enum": field["constraints"]["enum"],
                "description": "\n".join(
                    [
                        field["description"],
                        *(f"{c['value']}: {c['description']}" for c in field["categories"]),
                    ]
                ),
            }
        if "pattern" in field["constraints"]:
            rule["pattern"] = f"^({field['constraints']['pattern']})$"
        properties[field["name"]] = rule
        if field["constraints"].get("required"):
            required.append(field["name"])
    for child in nested(schema.name, schemas):
        properties[child.record["key"]] = {
            "type": "array",
            "description": child.description,
            "items": _mapping(child, schemas),
        }
    return {
        "type": "object",
        "description": schema.description,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
