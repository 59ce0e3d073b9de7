"""The data of the explorer as it stands in index.html: JSON by columns, as gzip, in base64. site/js/data.js reads it."""

import base64
import json
from typing import Any

import pyarrow

from scripts.site.data import Page
from scripts.site.words import Row

# pyarrow brings its own zlib. That of Python differs between machines, and with it the bytes of the page.
GZIP = pyarrow.Codec("gzip", compression_level=9)


def packed(head: Row, labels: dict[str, dict[str, list[str]]], page: Page) -> str:
    """Head, labels and tables, as text that HTML leaves as it is."""
    tables = {
        name: {column: pack([row[column] for row in rows]) for column in rows[0]} if rows else {}
        for name, rows in page.items()
    }
    text = json.dumps(
        {"head": head, "labels": labels, "tables": tables}, ensure_ascii=False, separators=(",", ":")
    )
    return base64.b64encode(GZIP.compress(text.encode(), asbytes=True)).decode()


def pack(cells: list[Any]) -> Any:
    """A column: its cells, or, where they repeat, the distinct ones and the place of each among them."""
    places: dict[tuple[type, Any], int] = {}
    numbers = [places.setdefault((type(cell), cell), len(places)) for cell in cells]
    if len(places) > 0.6 * len(cells):
        return cells
    return {"cells": [cell for _, cell in places], "rows": numbers}
