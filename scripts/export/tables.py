"""Tables as pandas frames, as Arrow tables, and as the bytes of CSV and Parquet.

The CSV is canonical: UTF-8, LF, quoted text, an empty cell for what is missing, numbers that may be decimal
always with a point (40.0) and never with an exponent. Parquet holds the same cells with types.
"""

import io
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from scripts.schema.table_schema import Schema, arrow


def frame(rows: list[dict[str, Any]], schema: Schema) -> pd.DataFrame:
    """Rows as a frame with the columns and Arrow types of the schema."""
    made: pd.DataFrame = pa.Table.from_pylist(rows, schema=arrow(schema)).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    return made


def ordered(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The rows in the order of their key, whatever the order in which they were read."""
    return table.sort_values(schema.primary_key or schema.unique_keys[0], ignore_index=True)


def to_arrow(table: pd.DataFrame, schema: Schema, metadata: dict[str, Any] | None = None) -> pa.Table:
    """The frame as an Arrow table.

    Descriptions are in the metadata of the fields, version and date of the package in those of the table.
    """
    target = arrow(schema)
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None).cast(target)
    dated = {}
    if metadata:
        dated = {b"version": metadata["version"].encode(), b"date": metadata["date"].isoformat().encode()}
    return plain.replace_schema_metadata({**target.metadata, **dated})


def first_row(table: pd.DataFrame, schema: Schema) -> dict[str, Any]:
    """The only row of a table of one, as of `package`; blank cells None."""
    row: dict[str, Any] = to_arrow(table, schema).to_pylist()[0]
    return row


def csv_bytes(table: pa.Table) -> bytes:
    """The canonical CSV; the columns are turned to text and joined, since `write_csv` drops the .0 of whole numbers."""
    header = ",".join(_quoted(name) for name in table.column_names) + "\n"
    if not table.num_rows:
        return header.encode()
    lines = pc.binary_join_element_wise(*(_texts(column) for column in table.columns), ",")
    return (header + "\n".join(lines.to_pylist()) + "\n").encode()


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells as they stand in the CSV."""
    if pa.types.is_floating(column.type):
        return pa.chunked_array([pa.array([number_text(cell) for cell in column.to_pylist()], pa.string())])
    if pa.types.is_string(column.type):
        doubled = pc.replace_substring(column, '"', '""')
        return pc.fill_null(pc.binary_join_element_wise('"', doubled, '"', ""), "")
    return pc.fill_null(pc.cast(column, pa.string()), "")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def number_text(number: float | None) -> str:
    """The shortest digits that give the number back, with a point and without an exponent; "" for None."""
    if number is None:
        return ""
    text = format(Decimal(repr(number)), "f")
    return text if "." in text else f"{text}.0"


def parquet_bytes(table: pa.Table) -> bytes:
    """The Parquet file, compressed with snappy, which every reader knows."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, compression="snappy")
    return out.getvalue()


def read_csv(source: Any, schema: Schema) -> pa.Table:
    """A shipped CSV with the types of its schema; ArrowInvalid where a cell is not of its type."""
    options = pyarrow.csv.ConvertOptions(
        column_types=arrow(schema),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.read_csv(source, convert_options=options, parse_options=parse)
