"""`claims_flat`: every statement with its names written out, made by walking the paths its schema gives."""

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import Schema


def flatten(tables: Tables, schemas: dict[str, Schema]) -> pd.DataFrame:
    """One row a statement; each column is the cell at the end of the first path that leads to a value."""
    columns = {}
    for field in schemas["claims_flat"].fields:
        first, *others = [_walk("statements", path.split("."), tables, schemas) for path in field["path"]]
        for other in others:
            first = first.fillna(other)
        columns[field["name"]] = first
    return pd.DataFrame(columns)


def _walk(table: str, steps: list[str], tables: Tables, schemas: dict[str, Schema]) -> pd.Series:
    """The cells reached from each row of the table by following the keys in `steps` to the last column."""
    rows = tables[table]
    if len(steps) == 1:
        return rows[steps[0]]
    key, *rest = steps
    target, column = next(
        (target, other[0]) for own, target, other in schemas[table].foreign_keys if own == [key]
    )
    reached = _walk(target, rest, tables, schemas)
    found = rows[key].map(dict(zip(tables[target][column], reached, strict=True)))
    return found.astype(reached.dtype)
