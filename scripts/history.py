"""Rules R4.4 and R4.5: what became of projections, and every transfer as it was publicly known on any day."""

from collections.abc import Iterable
from datetime import date
from itertools import dropwhile

from scripts.estimates import delivered, estimates
from scripts.positions import positions
from scripts.record import Record
from scripts.support import support


def state(record: Record, transfer_id: str) -> dict:
    """Every derived column of a transfer that its history follows, by the statements in view."""
    found = support(record, transfer_id)
    return {
        **{name: cell for name, cell in found.items() if not name.startswith("event_")},
        **positions(record, transfer_id),
        **delivered(estimates(record, transfer_id, record.of_transfer[transfer_id])),
    }


def history(record: Record, transfer_id: str) -> list[dict]:
    """The transfer's states over half-open intervals; equal neighbours merged, the last without known_to."""
    record = within_reach(record, transfer_id)
    first = min(
        (record.known_from[row["statement_id"]] for row in record.of_transfer[transfer_id]), default=date.max
    )
    nothing = state(record.only(lambda row: False), transfer_id)
    days = dropwhile(
        lambda day: day < first and state(record.known_by(day), transfer_id) == nothing,
        sorted({record.known_from[row["statement_id"]] for row in record.rows}),
    )
    return intervals(
        days,
        lambda day: [{"transfer_id": transfer_id, **state(record.known_by(day), transfer_id)}],
        ["transfer_id"],
    )


def intervals(days: Iterable[date], rows_on, key: list[str]) -> list[dict]:
    """The rows that rows_on(day) gives, over half-open intervals of the days: equal neighbours merged, what lasts without known_to.

    `key` names the columns by which a row of one day is the same line as one of the day before.
    """
    lines, running = [], {}
    for day in days:
        now = {tuple(row[column] for column in key): row for row in rows_on(day)}
        for name, line in list(running.items()):
            if now.get(name) != line["cells"]:
                running.pop(name)["known_to"] = day
        for name in now.keys() - running.keys():
            running[name] = {"known_from": day, "known_to": None, "cells": now[name]}
            lines.append(running[name])
    return [
        {**line["cells"], "known_from": line["known_from"], "known_to": line["known_to"]} for line in lines
    ]


def within_reach(record: Record, transfer_id: str) -> Record:
    """A view with the statements that can matter to the transfer: its states are the same there, and found the faster."""
    near = {row["statement_id"] for row in reach(record, transfer_id)}
    return record.only(lambda row: row["statement_id"] in near)


def reach(record: Record, transfer_id: str) -> list[dict]:
    """The statements a transfer's state can read: its own, what is explicit of its family, what parties say of the systems above it, and withdrawals.

    Of retellings in its family, only those of what was told of another family, or taken for granted: the rest is public as soon as they are.
    """
    family, above = (
        set(record.families[transfer_id]),
        {other for wider in record.above[transfer_id].values() for other in wider},
    )

    def is_read(row: dict) -> bool:
        if row["transfer_id"] == transfer_id or row["stance"] == "withdraw":
            return True
        if row["transfer_id"] in family and row["explicitness"] == "explicit":
            retold = record.everything.get(row["relays_statement_id"])
            return (
                retold is None or retold["transfer_id"] not in family or retold["explicitness"] != "explicit"
            )
        return row["transfer_id"] in above and row["statement_id"] in record.party_words

    return [row for row in record.rows if is_read(row)]


def resolution(record: Record, row: dict, newest: date) -> str | None:
    """What became of an affirmed explicit projection on a stage aspect that is no relay; `newest` is the record's own last day."""
    if (
        row["stance"] != "project"
        or row["polarity"] != "affirmed"
        or row["explicitness"] != "explicit"
        or row["relays_statement_id"]
        or record.stage(row) < 0
    ):
        return None
    if row["statement_id"] in record.withdrawn:
        return "cancelled"
    for other in record.of_transfer[row["transfer_id"]]:
        if (
            record.is_counting(other)
            and record.stage(other) >= record.stage(row)
            and other["event_min"]
            and row["said_min"]
            and other["event_min"] >= row["said_min"]
        ):
            if row["event_max"] is None or other["event_max"] and other["event_max"] <= row["event_max"]:
                return "fulfilled"
    return "lapsed" if row["event_max"] and row["event_max"] < newest else "open"
