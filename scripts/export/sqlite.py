"""The package as one SQLite file: types, keys, and full-text search over `claims_flat` and `statements`."""

import tempfile
from pathlib import Path

import pyarrow as pa
from sqlite_utils import Database

from scripts.schema.table_schema import Schema

PYTHON = {"string": str, "integer": int, "number": float, "boolean": bool, "date": str}
SEARCHED = {
    "claims_flat": ["speaker", "outlet", "title", "system", "transfer", "summary", "value_text"],
    "statements": ["summary", "coder_note", "value_text", "speaker_role"],
}


def sqlite(tables: dict[str, pa.Table], schemas: dict[str, Schema], head: dict) -> bytes:
    """Every table with its declared key, its foreign keys and its rows; dates as ISO text, booleans as 0 and 1."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.sqlite"
        database = Database(path)
        for name in parents_first(list(tables), schemas):
            create(database[name], tables[name], schemas[name], [*tables])
        database["package"].insert({key: str(value) for key, value in head.items() if value})
        for name, columns in SEARCHED.items():
            database[name].enable_fts(columns, tokenize="unicode61 remove_diacritics 2")
        database.vacuum()
        database.close()
        return path.read_bytes()


def create(target, table: pa.Table, schema: Schema, present: list[str]):
    single = [
        (own[0], other_table, other[0])
        for own, other_table, other in schema.foreign_keys
        if len(own) == 1 and other_table in present
    ]
    target.create(
        {field["name"]: PYTHON[field["type"]] for field in schema.fields},
        pk=schema.primary_key or None,
        foreign_keys=single,
        not_null={field["name"] for field in schema.fields if field["constraints"].get("required")},
    )
    dates = [field["name"] for field in schema.fields if field["type"] == "date"]
    target.insert_all(
        {**row, **{name: row[name].isoformat() for name in dates if row[name]}} for row in table.to_pylist()
    )


def parents_first(names: list[str], schemas: dict[str, Schema]) -> list[str]:
    """The tables so that each comes after those its keys lead to."""
    done = []
    while left := [name for name in names if name not in done]:
        ready = [
            name
            for name in left
            if all(table in [*done, name] or table not in names for _, table, _ in schemas[name].foreign_keys)
        ]
        done += ready or left[:1]  # of tables that refer to each other, the first
    return done
