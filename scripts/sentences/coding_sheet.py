"""One source as a coder's sheet: its rows by passage with what follows from them, or its two codings side by side."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd

from scripts.normalise.tables import Row, Tables, records
from scripts.reliability.agreement import coded_twice, first_codings_of, variables
from scripts.schema.table_schema import Schemas

WIDTH = 118
CHAIN = (
    ("via", "via_id"),
    ("retells", "relays_statement_id"),
    ("rests on", "rests_on_statement_id"),
    ("rests on", "rests_on_actor_id"),
)


def sheet(source_id: str, tables: Tables) -> list[str]:
    """The lines of the sheet of one source."""
    source = _rows_of(source_id, tables["sources"])[0]
    lines = [
        f"{source_id}: {source['title']}",
        f"{source['publisher_id']}, {source['kind']}, {source['language']}, published {source['published']} "
        f"({source['published_basis']}), read: {source['extent']}",
        source["url"] or "no address",
    ]
    place = None
    for row in sorted(_rows_of(source_id, tables["statements"]), key=_position):
        if row["locator"] != place:
            place = row["locator"]
            lines += ["", f"== {place}"]
        lines += statement_lines(row)
    return lines


def _rows_of(source_id: str, table: pd.DataFrame) -> list[Row]:
    return records(table[table["source_id"] == source_id])


def _position(row: Row) -> tuple[int, int]:
    paragraph = re.search(r"\d+", row["locator"] or "")
    return int(paragraph[0]) if paragraph else 0, int(_number(row["statement_id"]))


def _number(row_id: str) -> str:
    """The number of a row in its document: what follows the last point of its ID."""
    return row_id.rpartition(".")[2]


def statement_lines(row: Row) -> list[str]:
    """One statement in a few lines."""
    subject = row["transfer_id"] or row["system_id"]
    what = _cells(row, "polarity", "certainty", "limits", "explicitness", "evidence", "basis")
    who = _cells(row, "authority", "anonymity", "attribution", "coded_from")
    chain = ["chain complete" if row["chain_complete"] else "chain incomplete"]
    chain += [f"{label} {row[column]}" for label, column in CHAIN if row[column]]
    derived = [f"voice {row['voice_id'] or 'none'}", _cells(row, "use_as", "resolution")]
    lines = [
        f"{_number(row['statement_id'])}  {row['stance']} {row['aspect']} of {subject}: {what}",
        f"    by {row['speaker_id']} for {row['speaks_for_id'] or 'nobody named'}: {who}, {'; '.join(chain)}",
        f"    said {row['said'] or '?'} ({row['said_basis']}), event {row['event'] or 'undated'}; "
        f"{', '.join(filter(None, derived))}",
    ]
    if row["value_modifier"]:
        lines.append(f"    {_figure(row)}")
    notes = [row["summary"], *([f"Note: {row['coder_note']}"] if row["coder_note"] else [])]
    return lines + [f"    {line}" for note in notes for line in textwrap.wrap(note, WIDTH)]


def _cells(row: Row, *columns: str) -> str:
    return ", ".join(str(row[column]) for column in columns if row[column] not in (None, ""))


def _figure(row: Row) -> str:
    low, high = ("…" if row[name] is None else row[name] for name in ("low", "high"))
    pooled = ", pooled" if row["pooled"] else ""
    coded = _cells(row, "value_modifier", "value", "value2", "unit", "scope")
    return f"“{row['value_text']}”, {coded}{pooled} = {low} to {high} {row['canonical_unit'] or ''}".rstrip()


def codings(source_id: str, tables: Tables, schemas: Schemas) -> list[str]:
    """Both codings of a document, pair by pair, with what differs."""
    first, second = coded_twice(tables)
    second = second[second["source_id"] == source_id]
    if second.empty:
        return [f"{source_id} was coded once"]
    first = first_codings_of(first, second)
    unpaired = {row["statement_id"]: row for row in first.to_dict("records")}
    lines = [f"{source_id}: first coding (release {second['compared_with'].iloc[0]}) and second"]
    for row in second.to_dict("records"):
        pair = unpaired.pop(row["statement_id"], None)
        lines += ["", _heading(_number(row["recoding_id"]), row)]
        lines += _differences(pair, row, variables(schemas)) if pair else ["    only the second coder has it"]
    for alone in unpaired.values():
        lines += ["", _heading(_number(alone["statement_id"]), alone), "    only the first coder has it"]
    return lines


def _heading(number: str, row: Mapping[Any, Any]) -> str:
    summary = f": {row['summary']}" if "summary" in row else ""
    return f"{number} {row['locator']}: {row['stance']} {row['aspect']} of {row['subject']}{summary}"


def _differences(first: Mapping[Any, Any], second: Mapping[Any, Any], names: list[str]) -> list[str]:
    return [
        f"    {_heading(_number(first['statement_id']), first)}",
        *(
            f"      {name:<16}{first[name] or '–'} | {second[name] or '–'}"
            for name in names
            if first[name] != second[name]
        ),
    ]
