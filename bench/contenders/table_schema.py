"""The Table Schema of the statements of a folder, and the keys of other tables, without anything of this project."""

import json
from pathlib import Path
from typing import Any

import polars as pl

TYPES = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
}


def schema_of(folder: Path) -> dict[str, Any]:
    """The Table Schema of statements."""
    package = json.loads((folder / "csv.json").read_text(encoding="utf-8"))
    return next(resource["schema"] for resource in package["resources"] if resource["name"] == "statements")


def read_statements(folder: Path, kind: str) -> pl.DataFrame:
    """The statements with the types of their schema; polars raises where a cell is of another type."""
    if kind == "parquet":
        return pl.read_parquet(folder / "statements.parquet")
    types = {field["name"]: TYPES[field["type"]] for field in schema_of(folder)["fields"]}
    return pl.read_csv(folder / "statements.csv", schema=types)


def foreign_keys(folder: Path) -> list[tuple[str, str, str]]:
    """(column, table, its column) of every foreign key; the table is "" for statements itself."""
    return [
        (key["fields"][0], key["reference"].get("resource", ""), key["reference"]["fields"][0])
        for key in schema_of(folder)["foreignKeys"]
    ]


def keys_of(folder: Path, statements: pl.DataFrame, table: str, column: str) -> pl.Series:
    """The keys that a foreign key may hold."""
    if not table:
        return statements[column]
    return pl.read_parquet(folder / f"{table}.parquet", columns=[column])[column]
