"""The Table Schemas, and the types that are derived from them.

In: `schemas/*.schema.json` (tables) and `schemas/rules/*.schema.json` (rule tables).
Out: `Schema` objects whose fields are plain Table Schema fields, and from one `Schema` the Arrow schema, the
descriptor entry and the record schema for editors. (`data_frame.py` makes the pandera schema of the same fields.)

Beyond Table Schema a field may say
  provenance    coded (a coder writes it in a record), keyed (it follows from where the record is) or derived
  same_as       table.column whose definition it takes over; what it says itself prevails
  path          only in claims_flat: walks along the keys to the column whose cell, and definition, it takes
and a table `record`: where its rows are written (`files`, `csv`, or `within` another
table's records under `key`), and the `folder` it is shipped in where that is not data.
A key, type, format or constraint that is not known here raises SchemaError: nothing falls to a default.
"""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent.parent
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
PROVENANCE = ("coded", "keyed", "derived")
Field = dict[str, Any]
ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string", "minLength": 1},
    "integer": {"type": "integer"},
    "number": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^[0-9]+\.[0-9]+$"}]},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
TABLE_KEYS = {
    "$schema",
    "name",
    "title",
    "description",
    "record",
    "fields",
    "primaryKey",
    "uniqueKeys",
    "foreignKeys",
}
RECORD_KEYS = {"files", "csv", "within", "key", "id", "number", "list", "folder", "internal"}
FIELD_KEYS = {
    "name",
    "type",
    "format",
    "description",
    "example",
    "constraints",
    "categories",
    "provenance",
    "same_as",
    "path",
}
CONSTRAINT_TYPES: dict[str, type | tuple[type, ...]] = {
    "required": bool,
    "enum": list,
    "pattern": str,
    "minimum": (int, float),
    "maximum": (int, float),
    "minLength": int,
    "maxLength": int,
}
FORMATS = {None, "uri"}


class SchemaError(Exception):
    """A schema says something this module does not know; the message names the file and the place."""


@dataclass(frozen=True)
class Schema:
    """One table: its columns as resolved fields, where its rows are written, and its keys."""

    name: str
    title: str
    description: str
    fields: list[Field]
    record: dict[str, Any]
    primary_key: list[str]
    unique_keys: list[list[str]]
    foreign_keys: list[tuple[list[str], str, list[str]]]
    is_rule: bool

    def field(self, name: str) -> Field:
        return self.by_name[name]

    @functools.cached_property
    def by_name(self) -> dict[str, Field]:
        return {field["name"]: field for field in self.fields}

    def columns(self, *provenance: str) -> list[str]:
        """Names of the columns, all of them or those of the given provenance, in the order of the table."""
        return [field["name"] for field in self.fields if not provenance or field["provenance"] in provenance]

    @property
    def csv_path(self) -> str:
        """Where the table is shipped as CSV, below the root; Parquet is beside it."""
        folder = "rules" if self.is_rule else self.record.get("folder", "data")
        return f"{folder}/{self.name}.csv"

    @property
    def written_csv(self) -> str | None:
        """Where the table is written as CSV, below the root; None for tables written in YAML or derived."""
        if self.is_rule:
            return self.csv_path
        return f"records/{self.record['csv']}" if "csv" in self.record else None


Schemas = dict[str, Schema]


@functools.cache
def load(root: Path = ROOT) -> Schemas:
    """All schemas of the project at `root` by table name, tables first; SchemaError on anything unknown."""
    raw: dict[str, dict[str, Any]] = {}
    rules = set()
    folder = root / "schemas"
    for path in [*sorted(folder.glob("*.schema.json")), *sorted((folder / "rules").glob("*.schema.json"))]:
        name = path.name.removesuffix(".schema.json")
        if name in raw:
            raise SchemaError(f"{name}.schema.json: is both in schemas/ and in schemas/rules/")
        raw[name] = _read_json(path)
        if path.parent.name == "rules":
            rules.add(name)
    if not raw:
        raise SchemaError(f"{folder}: no schemas there")
    schemas = {name: _schema(name, raw, name in rules) for name in raw}
    for schema in schemas.values():
        _check_keys(schema, schemas)
    return schemas


def _read_json(path: Path) -> dict[str, Any]:
    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            raise ValueError(f"a key twice among {', '.join(names)}")
        return dict(pairs)

    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=without_duplicates)
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path.name}: not readable as JSON: {error}") from error
    if not isinstance(content, dict):
        raise SchemaError(f"{path.name}: must be an object")
    return content


def _schema(name: str, raw: dict[str, dict[str, Any]], is_rule: bool) -> Schema:
    table, where = raw[name], f"{name}.schema.json"
    if table.get("$schema") != PROFILE or table.get("name") != name:
        raise SchemaError(f"{where}: $schema must be {PROFILE}, name must be {name}")
    unknown = (set(table) - TABLE_KEYS) | (set(table.get("record", {})) - RECORD_KEYS)
    missing = {"title", "description", "fields"} - set(table)
    if unknown or missing:
        raise SchemaError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    fields = [_field(name, field, raw) for field in table["fields"]]
    keys = [
        (key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"])
        for key in table.get("foreignKeys", [])
    ]
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


def _check_keys(schema: Schema, schemas: Schemas) -> None:
    """Keys lead from columns that exist to columns that exist; no column is there twice."""
    where, columns = f"{schema.name}.schema.json", schema.columns()
    if len(set(columns)) < len(columns):
        raise SchemaError(f"{where}: a field is listed twice")
    if not schema.primary_key and not schema.unique_keys:
        raise SchemaError(f"{where}: needs a primaryKey or uniqueKeys")
    for column in [*schema.primary_key, *(name for key in schema.unique_keys for name in key)]:
        if column not in columns:
            raise SchemaError(f"{where}: key of an unknown column, {column}")
    for own, table, other in schema.foreign_keys:
        if len(own) != 1 or len(other) != 1:
            raise SchemaError(f"{where}: a foreign key has one column, found {own}")
        if own[0] not in columns or table not in schemas or other[0] not in schemas[table].columns():
            raise SchemaError(f"{where}: foreign key {own[0]} leads to an unknown column: {table}.{other[0]}")
    parent = schema.record.get("within")
    if parent is not None and parent not in schemas:
        raise SchemaError(f"{where}: written within an unknown table, {parent}")


def _field(table: str, field: Field, raw: dict[str, dict[str, Any]]) -> Field:
    """The field with same_as and path resolved, and enum made from its categories."""
    where = f"{table}.schema.json, field {field.get('name')}"
    if "same_as" in field:
        source, column = field["same_as"].split(".")
        field = {**_definition(source, column, raw, where), **field}
    if "path" in field:
        source, column = _end_of_path(field["path"][0], raw, where)
        inherited = _field(source, _definition(source, column, raw, where), raw)
        inherited = {key: value for key, value in inherited.items() if key != "constraints"}
        field = {**inherited, **field, "provenance": "derived"}
    constraints = dict(field.get("constraints", {}))
    if "categories" in field:
        constraints["enum"] = [category["value"] for category in field.get("categories", [])]
    unknown = (set(field) - FIELD_KEYS) | (set(constraints) - set(CONSTRAINT_TYPES))
    if unknown or field.get("type") not in ARROW_TYPES or field.get("format") not in FORMATS:
        raise SchemaError(
            f"{where}: unknown key, type, format or constraint: "
            f"{sorted(unknown) or [field.get('type'), field.get('format')]}"
        )
    if missing := {"description", "example", "provenance"} - set(field):
        raise SchemaError(f"{where}: {sorted(missing)} missing")
    if field["provenance"] not in PROVENANCE:
        raise SchemaError(f"{where}: provenance {field['provenance']}, allowed {', '.join(PROVENANCE)}")
    for constraint, value in constraints.items():
        if not isinstance(value, CONSTRAINT_TYPES[constraint]):
            raise SchemaError(f"{where}: {constraint} cannot be {value!r}")
    try:
        re.compile(constraints.get("pattern", ""))
    except re.error as error:
        raise SchemaError(f"{where}: pattern is no regular expression: {error}") from error
    return {**field, "constraints": constraints}


def _definition(table: str, column: str, raw: dict[str, dict[str, Any]], where: str) -> Field:
    fields = raw.get(table, {}).get("fields", [])
    field: Field | None = next((field for field in fields if field.get("name") == column), None)
    if field is None:
        raise SchemaError(f"{where}: refers to {table}.{column}, which does not exist")
    if "same_as" not in field:
        return field
    source, other = field["same_as"].split(".")
    return {**_definition(source, other, raw, where), **field}


def _end_of_path(path: str, raw: dict[str, dict[str, Any]], where: str) -> tuple[str, str]:
    table, (*keys, column) = "statements", path.split(".")
    for key in keys:
        targets = [
            foreign["reference"]["resource"] or table
            for foreign in raw[table].get("foreignKeys", [])
            if foreign["fields"] == [key]
        ]
        if not targets:
            raise SchemaError(f"{where}: path {path}: {table}.{key} is no foreign key")
        table = targets[0]
    return table, column


def arrow(schema: Schema) -> pa.Schema:
    """The Arrow schema; each column's description is in its field metadata."""
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


def descriptor(schema: Schema) -> dict[str, Any]:
    """The table's Table Schema as shipped in datapackage.json: without what only this project reads."""
    drop = {"same_as", "path"}
    out: dict[str, Any] = {
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


def nested(table: str, schemas: Schemas) -> list[Schema]:
    """The tables whose rows are written inside the records of this one."""
    return [schema for schema in schemas.values() if schema.record.get("within") == table]


def record_schema(schema: Schema, schemas: Schemas) -> dict[str, Any]:
    """JSON Schema of one record file of the table, nested tables included: what editors complete and check by."""
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": schema.title}
    if schema.record.get("list"):
        return {**head, "type": "array", "items": _mapping(schema, schemas)}
    return {**head, **_mapping(schema, schemas)}


def _mapping(schema: Schema, schemas: Schemas) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    if number := schema.record.get("number"):
        properties[number] = {
            "type": "integer",
            "minimum": 1,
            "description": "Number of the row in this document; never used again.",
        }
        required.append(number)
    for field in schema.fields:
        if field["provenance"] != "coded":
            continue
        properties[field["name"]] = _property(field)
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


def _property(field: Field) -> dict[str, Any]:
    constraints = field["constraints"]
    out = {**JSON_TYPES[field["type"]], "description": field["description"]}
    if "enum" in constraints:
        words = [
            f"{category['value']}: {category['description']}" for category in field.get("categories", [])
        ]
        out = {"enum": constraints["enum"], "description": "\n".join([field["description"], *words])}
    if "pattern" in constraints:
        out["pattern"] = f"^({constraints['pattern']})$"
    if "maxLength" in constraints:
        out["maxLength"] = constraints["maxLength"]
    return out
