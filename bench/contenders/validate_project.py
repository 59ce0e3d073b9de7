"""This project: the statements of a folder by pandera, as the build and validate check them."""

import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet

from bench.contenders.answer import give
from bench.grow import GROWN
from scripts.export.tables import read_csv
from scripts.schema.table_schema import load
from scripts.validation.check import check_tables

folder, kind, rules = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "rules"
schemas = load()
names = [*GROWN, *(name for name, schema in schemas.items() if schema.is_rule)]
try:
    tables = {
        name: (
            read_csv(folder / "statements.csv", schemas[name])
            if name == "statements" and kind == "csv"
            else pyarrow.parquet.read_table(folder / f"{name}.parquet")
        ).to_pandas(types_mapper=pd.ArrowDtype)
        for name in names
    }
except pyarrow.ArrowInvalid:
    give(refused=True, rows=[])
    sys.exit(0)
failures = check_tables(tables, schemas, ["statements"], with_rules=rules).failures
give(refused=False, rows=sorted({f.row for f in failures if f.meaning.level != "warning"}))
