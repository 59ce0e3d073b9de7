"""Rules R2.4 and R2.5: what became of projections, and every transfer as it was publicly known on any day."""

from datetime import date

from scripts.estimates import delivered, estimates
from scripts.positions import positions
from scripts.record import Record
from scripts.support import support


def state(record: Record, transfer_id: str) -> dict:
    """Every derived column of a transfer that its history follows, by the statements in view."""
    found = support(record, transfer_id)
    return {**{name: cell for name, cell in found.items() if not name.startswith("event_")}, **positions(record, transfer_id),
            **delivered(estimates(record, transfer_id, record.of_transfer[transfer_id]))}


def history(record: Record, transfer_id: str) -> list[dict]:
    """The transfer's states over half-open intervals; equal neighbours merged, the last without known_to."""
    near = {row["statement_id"] for row in reach(record, transfer_id)}
    record = record.only(lambda row: row["statement_id"] in near)  # no other row can matter: the states are found the faster
    first = min((record.known_from[row["statement_id"]] for row in record.of_transfer[transfer_id]), default=None)
    intervals, nothing = [], state(record.only(lambda row: False), transfer_id)
    for day in sorted({record.known_from[key] for key in near}):
        now = state(record.known_by(day), transfer_id)
        if not intervals and now == nothing and (first is None or day < first):
            continue
        if not intervals or now != intervals[-1]["state"]:
            if intervals:
                intervals[-1]["known_to"] = day
            intervals.append({"known_from": day, "known_to": None, "state": now})
    return [{"transfer_id": transfer_id, "known_from": line["known_from"], "known_to": line["known_to"], **line["state"]} for line in intervals]


def reach(record: Record, transfer_id: str) -> list[dict]:
    """The statements a transfer's state can read: its own, its parts', denials of the classes above it, and withdrawals."""
    transfer, systems = record.transfers[transfer_id], set()
    above = record.systems[transfer["system_id"]]["parent_system_id"]
    while above:
        systems.add(above)
        above = record.systems[above]["parent_system_id"]
    family, classes = set(record.family(transfer_id)), {other for other, line in record.transfers.items() if line["system_id"] in systems}
    return [row for row in record.rows if row["transfer_id"] in family or row["stance"] == "withdraw"
            or row["stance"] == "deny" and row["transfer_id"] in classes]


def resolution(record: Record, row: dict, newest: date) -> str | None:
    """What became of an affirmed explicit projection on a stage aspect that is no relay; `newest` is the record's own last day."""
    if row["stance"] != "project" or row["polarity"] != "affirmed" or row["explicitness"] != "explicit" or row["relays_statement_id"] or record.stage(row) < 0:
        return None
    if row["statement_id"] in record.withdrawn:
        return "cancelled"
    for other in record.of_transfer[row["transfer_id"]]:
        if record.is_counting(other) and record.stage(other) >= record.stage(row) and other["event_min"] and row["said_min"] and other["event_min"] >= row["said_min"]:
            if row["event_max"] is None or other["event_max"] and other["event_max"] <= row["event_max"]:
                return "fulfilled"
    return "lapsed" if row["event_max"] and row["event_max"] < newest else "open"
