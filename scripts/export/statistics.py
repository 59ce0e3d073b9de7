"""The main tables for Stata (.dta) and SPSS (.sav), variables and values labelled.

A column with a closed vocabulary holds numbers, from 1 in the order of the codebook, labelled with its words; yes and
no are 1 and 0, labelled; days are dates. A blank cell is missing, and in text, where neither program knows a missing
value, empty text. `statements` is not among the tables: `claims_flat` has its rows, with names and all keys.
"""

import datetime
import io
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyreadstat

from scripts.schema.table_schema import Field, Schema

TABLES = ("claims_flat", "transfers", "systems", "sources", "voices", "figures")
YES_NO = {0: "no", 1: "yes"}
LONGEST_STATA_LABEL = 80
WIDE = 244  # bytes: longer text is held at its own length, or every row would be as wide as the widest
LONGEST_SPSS_LABEL = 250
CREATION = slice(92, 109)  # of an SPSS file: where it says when it was written


def stata(table: pa.Table, schema: Schema, metadata: dict[str, Any]) -> bytes:
    """The table as Stata 14 and later read it."""
    frame = labelled_numbers(table, schema)
    texts = [field["name"] for field in schema.fields if is_text(field)]
    out = io.BytesIO()
    frame.to_stata(
        out,
        write_index=False,
        version=118,
        time_stamp=midnight(metadata["date"]),
        data_label=data_label(schema, metadata),
        variable_labels={
            field["name"]: short(field["description"], LONGEST_STATA_LABEL) for field in schema.fields
        },
        value_labels=value_labels(schema),  # type: ignore[arg-type]
        convert_dates={field["name"]: "td" for field in schema.fields if field["type"] == "date"},
        convert_strl=[name for name in texts if longest(frame[name]) > WIDE],
    )
    return out.getvalue()


def spss(table: pa.Table, schema: Schema, metadata: dict[str, Any]) -> bytes:
    """The table as SPSS 15 and later, and PSPP, read it; its bytes do not depend on the clock."""
    frame = labelled_numbers(table, schema)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{schema.name}.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=data_label(schema, metadata),
            column_labels=[short(field["description"], LONGEST_SPSS_LABEL) for field in schema.fields],
            variable_value_labels=value_labels(schema),
            variable_format={field["name"]: "SDATE10" for field in schema.fields if field["type"] == "date"},
            row_compress=True,
        )
        content = bytearray(path.read_bytes())
    content[CREATION] = f"{metadata['date']:%d %b %y}12:00:00".encode()
    return bytes(content)


def labelled_numbers(table: pa.Table, schema: Schema) -> pd.DataFrame:
    """The cells as both programs hold them: numbers for words of a vocabulary, empty text for blank text."""
    columns = {}
    for field in schema.fields:
        cells = table[field["name"]].to_pandas(types_mapper=pd.ArrowDtype)
        if words := field["constraints"].get("enum"):
            columns[field["name"]] = cells.map({word: n for n, word in enumerate(words, 1)}).astype("Int32")
        elif field["type"] in ("boolean", "integer"):
            columns[field["name"]] = cells.astype("Int32")
        elif field["type"] == "number":
            columns[field["name"]] = cells.astype("float64")
        elif field["type"] == "date":
            columns[field["name"]] = cells.astype("datetime64[ns]")
        else:
            columns[field["name"]] = cells.astype(object).where(cells.notna(), "")
    return pd.DataFrame(columns)


def value_labels(schema: Schema) -> dict[str, dict[int, str]]:
    """{column: {number: word}} of every column that holds labelled numbers."""
    vocabularies = {
        field["name"]: dict(enumerate(field["constraints"]["enum"], 1))
        for field in schema.fields
        if "enum" in field["constraints"]
    }
    return vocabularies | {field["name"]: YES_NO for field in schema.fields if field["type"] == "boolean"}


def is_text(field: Field) -> bool:
    """Whether a column is text in these files."""
    return field["type"] == "string" and "enum" not in field["constraints"]


def data_label(schema: Schema, metadata: dict[str, Any]) -> str:
    """What the file says it is, its version with it."""
    return short(f"{metadata['title']} {metadata['version']}: {schema.title}", LONGEST_STATA_LABEL)


def short(text: str, longest_label: int) -> str:
    """The text, cut after a word and marked where it is longer than a label may be."""
    if len(text.encode()) <= longest_label:
        return text
    while len(text.encode()) > longest_label - len("…".encode()):
        text = text.rpartition(" ")[0]
    return f"{text}…"


def longest(cells: "pd.Series[Any]") -> int:
    """Bytes of the longest text."""
    return max((len(cell.encode()) for cell in cells), default=0)


def midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day)
