"""One cell: the value a coder wrote, as the type its column has."""

import datetime
import re
from typing import Any

from scripts.records import text as characters

WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
DECIMAL = re.compile(r"[0-9]{1,15}\.[0-9]{1,10}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMULA_STARTS = ("=", "+", "-", "@")
ALLOWED = {
    "string": 'quoted text, not empty, no space at its ends or two in a row, not beginning with = + - @: "text"',
    "integer": "a whole number of at most 15 digits",
    "boolean": "true or false",
    "number": 'a whole number, or a quoted decimal: "6.5"',
    "date": 'a valid date in quotes: "2022-11-02"',
}
Cell = tuple[Any, str | None]


def yaml_cell(value: Any, kind: str) -> Cell:
    """(value of the column type, None), or (None, what is allowed) where it is of another type."""
    if value is None:
        return None, None
    known = _convert(value, kind)
    return (known, None) if known is not None else (None, ALLOWED[kind])


def csv_cell(text: str, kind: str) -> Cell:
    """(value, None) of one cell of a CSV file, or (None, what is allowed)."""
    if text == "":
        return None, None
    if fault := characters.fault_of(text):
        return None, f"{characters.ALLOWED}; found {fault}"
    if kind == "boolean":
        return (text == "true", None) if text in ("true", "false") else (None, ALLOWED[kind])
    if kind in ("integer", "number") and WHOLE.fullmatch(text):
        return yaml_cell(int(text), kind)
    return yaml_cell(text, kind)


def _convert(value: Any, kind: str) -> Any:
    """The value as its column has it; None where it is of another type."""
    if kind == "string":
        return value if isinstance(value, str) and _is_clean(value) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind == "date":
        return _date(value)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if kind == "integer":
        return value if is_whole else None
    if is_whole or isinstance(value, str) and DECIMAL.fullmatch(value):
        return float(value)
    return None


def _is_clean(text: str) -> bool:
    """Whether a text is not blank, has no needless spaces, and is not run by a spreadsheet as a formula."""
    return bool(text) and text.strip(" ") == text and "  " not in text and not text.startswith(FORMULA_STARTS)


def _date(value: Any) -> datetime.date | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
