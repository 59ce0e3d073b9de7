"""The package as two workbooks for people: the tables for reading in one, every other table in the second.

Each begins with what it is and the codebook of its sheets.
Text is written as text: no cell is a formula or a link, whatever it begins with.
"""

import datetime
import io
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scripts.schema.codebook import column_rows
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
CODEBOOK = ["table_name", "column_name", "type", "provenance", "description", "allowed"]
READING = ("claims_flat", "transfers", "systems", "statements", "sources", "voices", "figures")
ADVICE = {
    "how to read it": "One row of claims_flat is one statement. "
    "It says that somebody said something, never that it is so. "
    "Where use_as is retells, taken_for_granted or taken_back, a row is nobody's own word: do not count it. "
    "Never add numbers over rows.",
    "blank cells": "Not stated, not applicable, or not derivable.",
}

Row = dict[str, Any]


def spreadsheets(
    tables: dict[str, pa.Table], schemas: dict[str, Schema], metadata: dict[str, Any]
) -> dict[str, bytes]:
    """Both workbooks by file name."""
    reading = {name: tables[name] for name in READING}
    others = {name: table for name, table in tables.items() if name not in READING}
    first, second = f"{metadata['name']}.xlsx", f"{metadata['name']}-more.xlsx"
    return {
        first: spreadsheet(reading, schemas, {**metadata, "other tables": f"in {second}"}),
        second: spreadsheet(others, schemas, {**metadata, "tables for reading": f"in {first}"}),
    }


def spreadsheet(tables: dict[str, pa.Table], schemas: dict[str, Schema], metadata: dict[str, Any]) -> bytes:
    """One workbook: what it is (`metadata`), the codebook, and a sheet for each table, in their order."""
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
    about = [{"key": key, "value": str(value)} for key, value in {**metadata, **ADVICE}.items() if value]
    _add_sheet(book, "about", ["key", "value"], about, formats)
    _add_sheet(book, "codebook", CODEBOOK, column_rows(tables, schemas), formats)
    for name, table in tables.items():
        _add_sheet(book, name, schemas[name].columns(), table.to_pylist(), formats)
    book.close()
    return out.getvalue()


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
