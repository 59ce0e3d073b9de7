"""A user's load of every table of a package: by load.py (pandas), polars from CSV or Parquet, or SQLite."""

import importlib.util
import json
import sqlite3
import sys
from pathlib import Path

from bench.contenders.answer import give

folder, how = Path(sys.argv[1]), sys.argv[2]
resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
paths = {
    resource["name"]: folder / resource["path"] for resource in resources if resource["path"].endswith(".csv")
}
if how == "pandas":
    spec = importlib.util.spec_from_file_location("load", folder / "load.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = sum(len(module.load(name)) for name in paths)
elif how == "sqlite":
    (file,) = folder.glob("*.sqlite")
    database = sqlite3.connect(file)
    rows = sum(len(database.execute(f"SELECT * FROM [{name}]").fetchall()) for name in paths)  # noqa: S608
else:
    import polars as pl

    if how == "polars-csv":
        rows = sum(len(pl.read_csv(path, infer_schema_length=None)) for path in paths.values())
    else:
        rows = sum(
            len(pl.read_parquet(path.with_suffix(".parquet")))
            for path in paths.values()
            if "rules" not in path.parts
        )
        rows += sum(
            len(pl.read_csv(path, infer_schema_length=None))
            for path in paths.values()
            if "rules" in path.parts
        )
give(rows=rows)
