"""Runs one rule on one row of the invented project, other rows and tables changed as a case says."""

import functools
import tempfile
from pathlib import Path
from typing import Any

from scripts.build import load_inputs
from scripts.export.tables import frame
from scripts.normalise.tables import Tables, normalise_tables, records
from scripts.schema.table_schema import load
from scripts.validation.rules import RowTest
from tests import invented
from tests.checking import example

Cells = dict[str, Any]
Change = dict[str, Cells] | list[Cells]


@functools.cache
def invented_tables() -> Tables:
    """What people wrote in the invented project, normalised; nothing is derived."""
    with tempfile.TemporaryDirectory() as folder:
        root = invented.project(Path(folder) / "project")
        rows = load_inputs(root).rows
    return normalise_tables(
        {name: frame(rows[name], schema) for name, schema in load().items() if name != "claims_flat"}
    )


@functools.cache
def invented_rows(table: str) -> dict[str, Cells]:
    """The rows of a table of the invented project by their key."""
    return {row[load()[table].primary_key[0]]: row for row in records(invented_tables()[table])}


def verdict(test: RowTest, table: str, key: str, cells: Cells, **others: Change) -> bool:
    """Whether the row of this key, with these cells, passes. A key that is not there is a new row.

    Of other rows, of this table or others, a dict changes cells by key; a list is all rows of its table, each made of
    the examples of the schema.
    """
    mine = others.get(table)
    if isinstance(mine, list):
        changes = {**others, table: [*mine, cells]}
    else:
        changes = {**others, table: {**(mine or {}), key: cells}}
    tables = {**invented_tables(), **{name: changed(name, change) for name, change in changes.items()}}
    passed = test(tables[table], tables)
    assert passed.dtype == bool and passed.index.equals(tables[table].index)
    if isinstance(mine, list):
        return bool(passed.iloc[-1])
    return bool(passed[(tables[table][load()[table].primary_key[0]] == key).fillna(False)].iloc[0])


def changed(table: str, change: Change):
    """The table with the change."""
    schema = load()[table]
    examples = {field["name"]: example(field) for field in schema.fields}
    if isinstance(change, list):
        return frame([examples | cells for cells in change], schema)
    key = schema.primary_key[0]
    rows = dict(invented_rows(table))
    for name, cells in change.items():
        rows[name] = {**rows.get(name, examples), key: name, **cells}
    return frame(list(rows.values()), schema)
