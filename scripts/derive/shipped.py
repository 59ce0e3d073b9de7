"""The tables of a package as shipped: what `rederive`, `describe` and `explain` read."""

from pathlib import Path

import pandas as pd

from scripts.export.tables import read_csv
from scripts.normalise.tables import Tables
from scripts.schema.table_schema import load


def read_shipped(root: Path) -> Tables:
    """Every table below `root` with the types of its schema; FileNotFoundError where one is missing."""
    return {
        name: read_csv(root / schema.csv_path, schema).to_pandas(types_mapper=pd.ArrowDtype)
        for name, schema in load().items()
        if not schema.record.get("internal")
    }
