"""Loads a table of this package into pandas with the types of its schema; needs nothing but pandas 2.0 or newer.

    from load import as_of, load
    statements = load("statements")                    # from the folder of this file
    voices = load("voices", "attested-arms-transfers-5.0.0.zip")    # straight from an archive, not unpacked
    voices.attrs["version"]                            # the version of the package
    as_of(voices, "2022-11-05")                        # the rows as publicly known on a day

Text is string, whole numbers Int64, decimals Float64, yes and no boolean, days datetime64, closed vocabularies
categories as listed in the codebook. Blank cells are missing, and nothing else is: "NA" and "none" stay words.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pandas as pd

if int(pd.__version__.split(".")[0]) < 2:
    raise ImportError(f"load.py needs pandas 2.0 or newer; this is pandas {pd.__version__}")

TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def load(table: str, folder: str | Path = Path(__file__).parent) -> pd.DataFrame:
    """The table as a frame, from a folder or a .zip; KeyError with the names of all tables where there is no such."""
    package = json.loads(_read(folder, "datapackage.json"))
    resources = {resource["name"]: resource for resource in package["resources"] if "schema" in resource}
    if table not in resources:
        raise KeyError(f"{table}: no such table; there are {', '.join(resources)}")
    fields = resources[table]["schema"]["fields"]
    frame = pd.read_csv(
        io.BytesIO(_read(folder, resources[table]["path"])),
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


def as_of(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """The rows of a table as publicly known on an ISO day; KeyError where the table has no column known_from.

    Of a derived table, the rows that held on that day; of statements, all that had been published by then.
    """
    at = pd.Timestamp(day)
    known = frame["known_from"] <= at
    if "known_to" in frame:
        known &= ~(frame["known_to"] <= at)
    found = frame[known].copy()
    found.attrs = {**frame.attrs, "as_of": day}
    return found


def _read(folder: str | Path, path: str) -> bytes:
    """A file of the package, which is unpacked in a folder or is a .zip."""
    if Path(folder).is_dir():
        return (Path(folder) / path).read_bytes()
    with zipfile.ZipFile(folder) as archive:
        return archive.read(path)
