"""`claims_flat`: every statement with its names spelt out, made by walking the paths its schema gives."""

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import Schema


def flatten(tables: Tables, schemas: dict[str, Schema]) -> pd.DataFrame:
    """One row a statement; each column is the cell at the end of the first path that leads to a value."""
    columns = {}
    for field in schemas["claims_flat"].fields:
        column = None
        for path in field["path"]:
            found = walk("statements", path.split("."), tables["statements"], tables, schemas)
            column = found if column is None else column.fillna(found)
        columns[field["name"]] = column
    return pd.DataFrame(columns)


def walk(
    table: str, steps: list[str], rows: pd.DataFrame, tables: Tables, schemas: dict[str, Schema]
) -> pd.Series:
    """The cells reached from each row by following the keys in `steps` to its last column."""
    if len(steps) == 1:
        return rows[steps[0]]
    key, *rest = steps
    target, column = next(
        (table, other[0]) for own, table, other in schemas[table].foreign_keys if own == [key]
    )
    reached = walk(target, rest, tables[target], tables, schemas)
    found = rows[key].map(dict(zip(tables[target][column], reached)))
    return found.astype(reached.dtype)
