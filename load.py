"""Loads a table of this package into pandas with the types of its schema; needs nothing but pandas 2.0 or newer.

    from load import load
    statements = load("statements")
    statements.attrs["version"]        # the version of the package

Text is string, whole numbers Int64, decimals Float64, yes and no boolean, days datetime64, closed vocabularies
categories as listed in the codebook. Blank cells are missing, and nothing else is: "NA" and "none" stay words.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

if int(pd.__version__.split(".")[0]) < 2:
    raise ImportError(f"load.py needs pandas 2.0 or newer; this is pandas {pd.__version__}")

TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def load(table: str, folder: str | Path = Path(__file__).parent) -> pd.DataFrame:
    """The table as a frame; KeyError with the names of all tables where there is none of that name."""
    package = json.loads((Path(folder) / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"] if "schema" in resource}
    if table not in resources:
        raise KeyError(f"{table}: no such table; there are {', '.join(resources)}")
    fields = resources[table]["schema"]["fields"]
    frame = pd.read_csv(
        Path(folder) / resources[table]["path"],
        keep_default_na=False,
        na_values=[""],
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
        date_format="%Y-%m-%d",
        dtype={field["name"]: TYPES[field["type"]] for field in fields if field["type"] != "date"},
    )
    for field in fields:
        if words := field.get("constraints", {}).get("enum"):
            frame[field["name"]] = frame[field["name"]].astype(pd.CategoricalDtype(words))
    frame.attrs = {"package": package["name"], "version": package["version"], "table": table}
    return frame
