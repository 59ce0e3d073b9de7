"""Tables as pandas frames, as Arrow tables, and as the bytes of CSV and Parquet.

The CSV is canonical: UTF-8, LF, quoted text, an empty cell for what is missing. Parquet holds the same cells with types.
"""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from scripts.schema.table_schema import Schema, arrow


def frame(rows: list[dict], schema: Schema) -> pd.DataFrame:
    """Rows as a frame with the columns and Arrow types of the schema."""
    return pa.Table.from_pylist(rows, schema=arrow(schema)).to_pandas(types_mapper=pd.ArrowDtype)


def ordered(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The rows in the order of their key, whatever the order in which they were read."""
    return table.sort_values(schema.primary_key or schema.unique_keys[0], ignore_index=True)


def to_arrow(table: pd.DataFrame, schema: Schema, head: dict | None = None) -> pa.Table:
    """The frame as an Arrow table; descriptions ride in the field metadata, version and date of the package in the table's."""
    target = arrow(schema)
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None).cast(target)
    dated = {b"version": head["version"].encode(), b"date": head["date"].isoformat().encode()} if head else {}
    return plain.replace_schema_metadata({**target.metadata, **dated})


def csv_bytes(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.csv.write_csv(table, out)
    return out.getvalue()


def parquet_bytes(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def read_csv(source, schema: Schema) -> pa.Table:
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
