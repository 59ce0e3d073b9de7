"""The checks of a table run by pandera: its schema is made from the Table Schema, and each check is one of pandera's."""

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import ARROW_TYPES, Schema
from scripts.validation.constraints import Check, mask


def masks(schema: Schema, checks: list[Check], tables: Tables) -> dict[int, pd.Series]:
    """The mask of each check that ran, by its number; RuntimeError where columns or types are not the schema's."""
    found, columns, refused = {}, {}, None
    for field in schema.fields:
        own = [
            pa.Check(_kept(check, number, found, tables), name=f"{number}", ignore_na=False)
            for number, check in enumerate(checks)
            if check.field == field["name"]
        ]
        columns[field["name"]] = pa.Column(
            pd.ArrowDtype(ARROW_TYPES[field["type"]]), checks=own, nullable=True
        )
    try:
        pa.DataFrameSchema(columns, strict=True, ordered=True).validate(tables[schema.name], lazy=True)
    except SchemaErrors as error:
        refused = error
    if refused and len(found) == len(checks) and all(passed.all() for passed in found.values()):
        raise RuntimeError(f"{schema.name}: columns or types are not the schema's") from refused
    return found


def _kept(check: Check, number: int, found: dict[int, pd.Series], tables: Tables):
    """The check as pandera calls it; its mask is kept, for pandera's own report loses the rows of blank cells."""

    def test(_column):
        found[number] = mask(check, tables)
        return found[number]

    return test
