"""The package as one workbook for people: claims_flat first, then every table, last the codebook.

Text is written as text: no cell is a formula or a link, whatever it begins with.
"""

import datetime
import io

import pyarrow as pa
import xlsxwriter

from scripts.schema.table_schema import Schema

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDE, NARROW = 60, 14
LONG = {"summary", "coder_note", "title", "description", "reason", "words", "meaning"}


def spreadsheet(tables: dict[str, pa.Table], schemas: dict[str, Schema], head: dict) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties(
        {
            "title": f"{head['title']} {head['version']}",
            "author": head["steward"],
            "created": _midnight(head["date"]),
        }
    )
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({"quote_prefix": True}),
    }
    for name in sorted(tables, key=lambda name: name != "claims_flat"):
        sheet(
            book, name, [field["name"] for field in schemas[name].fields], tables[name].to_pylist(), formats
        )
    sheet(
        book,
        "codebook",
        ["table", "column", "type", "provenance", "description", "allowed"],
        [
            {
                "table": name,
                "column": field["name"],
                "type": field["type"],
                "provenance": field["provenance"],
                "description": field["description"],
                "allowed": ", ".join(field["constraints"].get("enum", [])),
            }
            for name in tables
            for field in schemas[name].fields
        ],
        formats,
    )
    book.close()
    return out.getvalue()


def sheet(book: xlsxwriter.Workbook, name: str, columns: list[str], rows: list[dict], formats: dict):
    """One table: frozen header, a filter on every column, cells with their types, blank cells left empty."""
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for place, column in enumerate(columns):
        page.set_column(place, place, WIDE if column in LONG else max(NARROW, len(column) + 4))
        page.write_string(0, place, column, formats["head"])
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            write(page, line, place, row[column], formats)


def write(page, line: int, place: int, value, formats: dict):
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(line, place, value)
    elif isinstance(value, (int, float)):
        page.write_number(line, place, value)
    elif isinstance(value, str):
        page.write_string(
            line, place, value, formats["text"] if value.startswith(("=", "+", "-", "@")) else None
        )
    else:
        page.write_datetime(line, place, _midnight(value), formats["date"])


def _midnight(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day)
