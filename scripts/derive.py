"""What follows from the statements: tables in, tables out, nothing here knows about files.

Tables are pandas frames by table name with the columns and types of their schemas. `readings` gives what one row says,
`origins` whose word it is (O2), `record` which statements count, and `support`, `positions`, `estimates`, `history` and `as_known` what is believed (R4).
"""

import pandas as pd

from scripts.as_known import as_known
from scripts.estimates import delivered, estimates, stated_range
from scripts.history import history, resolution, state
from scripts.normalise.tables import Tables, fill
from scripts.record import Record
from scripts.sensitivity import leave_one_out
from scripts.support import support


def believe(tables: Tables, record: Record, version: str) -> Tables:
    """O2 and R4 over the statements in the record's view, those out of it with blank cells; `version` names the rule sets."""
    found = {
        subject: estimates(record, subject, rows)
        for group in (record.of_transfer, record.of_system)
        for subject, rows in group.items()
    }
    return {
        **tables,
        "statements": _statements(tables["statements"], record),
        "transfers": _columns(
            tables["transfers"],
            "transfer_id",
            lambda transfer: _transfer(record, transfer, found.get(transfer, [])),
        ),
        "systems": _columns(
            tables["systems"], "system_id", lambda system: stated_range(found.get(system, []))
        ),
        "estimates": _table(tables["estimates"], [row for rows in found.values() for row in rows], version),
        "transfer_history": _table(
            tables["transfer_history"],
            [row for transfer in record.transfers for row in history(record, transfer)],
            version,
        ),
        "transfer_families": _table(
            tables["transfer_families"],
            [
                {"transfer_id": whole, "member_id": member}
                for whole, family in record.families.items()
                for member in family
            ],
            version,
        ),
        **{name: _table(tables[name], rows, version) for name, rows in as_known(record).items()},
        "leave_one_out": _table(tables["leave_one_out"], leave_one_out(record), version),
    }


def _transfer(record: Record, transfer_id: str, found: list[dict]) -> dict:
    rows = record.of_transfer[transfer_id]
    sources = {row["source_id"] for row in rows}
    public = sorted(record.known_from[row["statement_id"]] for row in rows)
    dates = support(record, transfer_id)
    return {
        **state(record, transfer_id),
        **delivered(found),
        "family_id": whole(record, transfer_id),
        "event_min": dates["event_min"],
        "event_max": dates["event_max"],
        "first_public_on": public[0] if public else None,
        "last_public_on": public[-1] if public else None,
        "n_statements": len(rows),
        "n_sources": len(sources),
        "n_publishers": len({record.sources[source]["publisher_id"] for source in sources}),
    }


def whole(record: Record, transfer_id: str) -> str:
    """The widest transfer this one is part of; the first by name where there are several, itself where there is none."""
    ends, ahead = set(), [transfer_id]
    while ahead:
        here = ahead.pop()
        ahead += record.wholes[here]
        if not record.wholes[here]:
            ends.add(here)
    return min(ends)


def _statements(statements: pd.DataFrame, record: Record) -> pd.DataFrame:
    newest = max((source["published_max"] for source in record.sources.values()), default=None)
    view, columns = (
        {row["statement_id"] for row in record.rows},
        {name: [] for name in ("known_from", "origin_id", "origin_is_possible", "is_counting", "resolution")},
    )
    for statement_id in statements["statement_id"]:
        row, origin = record.everything[statement_id], record.origins[statement_id]
        cells = (
            (
                record.known_from[statement_id],
                origin.key,
                origin.possible,
                record.is_counting(row),
                resolution(record, row, newest),
            )
            if statement_id in view
            else [None] * 5
        )
        for column, cell in zip(columns.values(), cells):
            column.append(cell)
    return fill(statements, columns)


def _columns(table: pd.DataFrame, key: str, derive_row) -> pd.DataFrame:
    rows = [derive_row(value) for value in table[key]]
    return fill(table, {name: [row[name] for row in rows] for name in rows[0]}) if rows else table


def _table(empty: pd.DataFrame, rows: list[dict], version: str) -> pd.DataFrame:
    full = [{**row, "rule_version": version} for row in rows]
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in full], dtype=empty[name].dtype) for name in empty.columns}
    )
