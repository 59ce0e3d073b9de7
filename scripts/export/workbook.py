"""The package as one workbook for people: claims_flat first, then every table, the codebook, and last what
it is.

Text is written as text: no cell is a formula or a link, whatever it begins with.
"""

import datetime
import io
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scripts.schema.table_schema import Schema

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDE, NARROW = 60, 14
LONG = {"summary", "coder_note", "title", "description", "reason", "words", "meaning", "value"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CODEBOOK = ["table", "column", "type", "provenance", "description", "allowed"]

Row = dict[str, Any]


def spreadsheet(tables: dict[str, pa.Table], schemas: dict[str, Schema], metadata: dict[str, Any]) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties(
        {
            "title": f"{metadata['title']} {metadata['version']}",
            "author": metadata["steward"],
            "created": _midnight(metadata["date"]),
        }
    )
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({"quote_prefix": True}),
    }
    for name in sorted(tables, key=lambda name: name != "claims_flat"):
        columns = [field["name"] for field in schemas[name].fields]
        _add_sheet(book, name, columns, tables[name].to_pylist(), formats)
    _add_sheet(book, "codebook", CODEBOOK, _codebook(tables, schemas), formats)
    about = [{"key": key, "value": str(value)} for key, value in metadata.items() if value]
    _add_sheet(book, "about", ["key", "value"], about, formats)
    book.close()
    return out.getvalue()


def _codebook(tables: dict[str, pa.Table], schemas: dict[str, Schema]) -> list[Row]:
    return [
        {
            "table": name,
            "column": field["name"],
            "type": field["type"],
            "provenance": field.get("provenance", field.get("made_by")),
            "description": field["description"],
            "allowed": ", ".join(field["constraints"].get("enum", [])),
        }
        for name in tables
        for field in schemas[name].fields
    ]


def _add_sheet(
    book: xlsxwriter.Workbook, name: str, columns: list[str], rows: list[Row], formats: dict[str, Format]
) -> None:
    """One table: frozen header, a filter on every column, cells with their types, blank cells left empty."""
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for place, column in enumerate(columns):
        page.set_column(place, place, WIDE if column in LONG else max(NARROW, len(column) + 4))
        page.write_string(0, place, column, formats["head"])
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(page, line, place, row[column], formats)


def _write(page: Worksheet, line: int, place: int, value: Any, formats: dict[str, Format]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(line, place, value)
    elif isinstance(value, (int, float)):
        page.write_number(line, place, value)
    elif isinstance(value, str):
        page.write_string(line, place, value, formats["text"] if value.startswith(FORMULA_STARTS) else None)
    else:
        page.write_datetime(line, place, _midnight(value), formats["date"])


def _midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day)
