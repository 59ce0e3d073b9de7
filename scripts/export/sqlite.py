"""The package as one SQLite file: types, keys, full-text search over `claims_flat` and `statements`, and a codebook."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.schema.codebook import column_rows
from scripts.schema.table_schema import Schema

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
SEARCHED = {
    "claims_flat": ["speaker", "outlet", "title", "system", "transfer", "summary", "value_text"],
    "statements": ["summary", "coder_note", "value_text", "speaker_role"],
}


def sqlite(tables: dict[str, pa.Table], schemas: dict[str, Schema], metadata: dict[str, Any]) -> bytes:
    """Every table with its declared key, its foreign keys and its rows; dates as ISO text, booleans as 0 and 1."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.sqlite"
        database = sqlite3.connect(path)
        for name in parents_first(list(tables), schemas):
            _create(database, tables[name], schemas[name], tables.keys())
        _add_metadata(database, metadata)
        _add_codebook(database, column_rows(tables, schemas))
        for name, columns in SEARCHED.items():
            _make_searchable(
                database, name, [column for column in columns if column in tables[name].schema.names]
            )
        database.commit()
        database.execute("VACUUM")
        database.close()
        return path.read_bytes()


def _create(database: sqlite3.Connection, table: pa.Table, schema: Schema, present: Any) -> None:
    parts = [
        f"[{field['name']}] {TYPES[field['type']]}{' NOT NULL' if field['constraints'].get('required') else ''}"
        for field in schema.fields
    ]
    if schema.primary_key:
        parts.append(f"PRIMARY KEY ({_names(schema.primary_key)})")
    parts += [
        f"FOREIGN KEY ([{own[0]}]) REFERENCES [{target}]([{other[0]}])"
        for own, target, other in schema.foreign_keys
        if len(own) == 1 and target in present
    ]
    database.execute(_statement(schema.name, parts))
    dates = [field["name"] for field in schema.fields if field["type"] == "date"]
    marks = ", ".join("?" * len(schema.fields))
    database.executemany(
        f"INSERT INTO [{schema.name}] VALUES ({marks})", (_cells(row, dates) for row in table.to_pylist())
    )


def _statement(name: str, parts: list[str]) -> str:
    return f"CREATE TABLE [{name}] (\n  " + ",\n  ".join(parts) + "\n)"


def _cells(row: dict[str, Any], dates: list[str]) -> list[Any]:
    return [value.isoformat() if name in dates and value else value for name, value in row.items()]


def _add_metadata(database: sqlite3.Connection, metadata: dict[str, Any]) -> None:
    """The table `package`: title, version, date and who answers for the data, in one row."""
    filled = {key: str(value) for key, value in metadata.items() if value}
    database.execute(_statement("package", [f"[{key}] TEXT" for key in filled]))
    database.execute(f"INSERT INTO package VALUES ({', '.join('?' * len(filled))})", list(filled.values()))


def _add_codebook(database: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    """The table `codebook`: one row for each column of each table."""
    database.execute(_statement("codebook", [f"{name} TEXT" for name in rows[0]]))
    database.executemany(
        f"INSERT INTO codebook VALUES ({', '.join('?' * len(rows[0]))})",
        [tuple(row.values()) for row in rows],
    )


def _make_searchable(database: sqlite3.Connection, name: str, columns: list[str]) -> None:
    names = _names(columns)
    database.execute(
        f"CREATE VIRTUAL TABLE [{name}_fts] USING fts5("
        f"{names}, content=[{name}], tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO [{name}_fts] (rowid, {names}) SELECT rowid, {names} FROM [{name}]")


def _names(columns: list[str]) -> str:
    return ", ".join(f"[{column}]" for column in columns)


def parents_first(names: list[str], schemas: dict[str, Schema]) -> list[str]:
    """The tables so that each comes after those its keys lead to."""
    done: list[str] = []
    while left := [name for name in names if name not in done]:
        ready = [
            name
            for name in left
            if all(table in [*done, name] or table not in names for _, table, _ in schemas[name].foreign_keys)
        ]
        done += ready or left[:1]  # of tables that refer to each other, the first
    return done
