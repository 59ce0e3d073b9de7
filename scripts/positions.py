"""Rule R4.2: what supplier and recipient themselves last said of a transfer, beside support and never lowering it."""

from datetime import date

from scripts.record import Record, in_order
from scripts.support import NO_ADMISSION


def positions(record: Record, transfer_id: str) -> dict:
    """supplier_position and recipient_position, as columns of `transfers`."""
    return {f"{side}_position": position(record, transfer_id, side) for side in ("supplier", "recipient")}


def position(record: Record, transfer_id: str, side: str) -> str:
    """What the words the position stands by come to."""
    word = grounds(record, transfer_id, side)
    if not word:
        return "none"
    last = word[-1]
    if last["stance"] == "decline":
        return "declined"
    if any(is_denial(row) != is_denial(last) for row in word):
        return "acknowledged_in_part"
    whole = all(is_whole(record, transfer_id, side, row) for row in word)
    if is_denial(last):
        return "denied" if whole else "denied_in_part"
    return (
        "acknowledged"
        if whole and record.aspects[last["aspect"]]["stage"] == "delivered"
        else "acknowledged_in_part"
    )


def grounds(record: Record, transfer_id: str, side: str) -> list[dict]:
    """The statements a position stands by, the latest last: the latest admission or denial; refusals only where neither stands."""
    rows = spoken(record, transfer_id, side)
    held = (
        [row for row in rows if is_admission(row) or is_denial(row)]
        + admissions_beneath(record, transfer_id, side)
        + class_denials(record, transfer_id, side)
    )
    held = in_order(held, record.sources)
    if not held:
        return [row for row in rows if row["stance"] == "decline"]
    return last_word(held)


def last_word(rows: list[dict]) -> list[dict]:
    """The last row, and what its speaker said on the same day: of two accounts the one that keeps the limit is the fuller."""
    return [
        row
        for row in rows
        if row is rows[-1]
        or row["speaker_id"] == rows[-1]["speaker_id"]
        and row["said_min"]
        and row["said_min"] == rows[-1]["said_min"]
    ]


def spoken(record: Record, transfer_id: str, side: str) -> list[dict]:
    """Explicit state positions of the party on stage aspects, neither relays nor withdrawn."""
    return record.spoken.get((transfer_id, side), [])


def is_admission(row: dict) -> bool:
    return (
        row["stance"] == "assert"
        and row["polarity"] == "affirmed"
        and row["certainty"] != "possible"
        and row["limits"] not in NO_ADMISSION
    )


def is_denial(row: dict) -> bool:
    return row["stance"] == "deny" and row["polarity"] == "affirmed" and row["limits"] not in NO_ADMISSION


def is_whole(record: Record, transfer_id: str, side: str, row: dict) -> bool:
    """Whether it is said of the transfer without limits: not of something beneath, nor of a class and then overtaken."""
    return (row["limits"] or "total") == "total" and (
        row["transfer_id"] == transfer_id
        or is_denial(row)
        and not is_overtaken(record, transfer_id, side, row)
    )


def admissions_beneath(record: Record, transfer_id: str, side: str) -> list[dict]:
    """What the party admits of the other transfers of the family: of this one it admits a part by that."""
    return [
        row
        for other in record.families[transfer_id]
        if other != transfer_id
        for row in spoken(record, other, side)
        if is_admission(row)
    ]


def class_denials(record: Record, transfer_id: str, side: str) -> list[dict]:
    """The last denial of each generic class above the transfer's system that reaches the transfer, with the others of its speaker and day.

    Who denies having given weapons does not deny having sold a licence: it must be of the same mode.
    """
    denials = [
        [
            row
            for other in wider
            for row in spoken(record, other, side)
            if is_denial(row) and row["limits"] != "system_limited" and row["said_min"]
        ]
        for system, wider in record.above[transfer_id].items()
        if record.systems[system]["kind"] == "class"
    ]
    if not any(denials):
        return []
    public = min(
        (
            record.known_from[row["statement_id"]]
            for row in record.of_family(transfer_id)
            if makes_public(record, row)
        ),
        default=date.max,
    )
    claims, found = record.counting(transfer_id), []
    for rows in denials:
        rows = in_order([row for row in rows if public <= row["said_min"]], record.sources)
        while rows:
            word = last_word(rows)
            if all(may_mean(record, row, claims) for row in word):
                found += word
                break
            rows = [row for row in rows if row not in word]
    return found


def may_mean(record: Record, denial: dict, claims: list[dict]) -> bool:
    """Whether the denial names no days, or a claim of the stage denied, else of an earlier one, may lie within them, or nobody claims any."""
    first, last = denial["event_min"] or date.min, denial["event_max"] or date.max
    claims = [row for row in claims if record.stage(row) >= record.stage(denial)] or [
        row for row in claims if record.stage(row) >= 0
    ]
    spans = [
        (row["event_min"] or date.min, row["event_max"] or row["said_max"] or date.max) for row in claims
    ]
    return (
        (first, last) == (date.min, date.max)
        or not spans
        or any(first <= end and start <= last for start, end in spans)
    )


def is_overtaken(record: Record, transfer_id: str, side: str, row: dict) -> bool:
    """Whether its party admitted the class denied, or a system between that and the transfer's, on that day or later."""
    above = list(record.above[transfer_id].items())
    between = [
        other
        for system, wider in above[
            : 1 + [system for system, _ in above].index(record.transfers[row["transfer_id"]]["system_id"])
        ]
        for other in wider
    ]
    return any(
        is_admission(later) and later["said_min"] and row["said_min"] <= later["said_min"]
        for other in between
        for later in spoken(record, other, side)
    )


def makes_public(record: Record, row: dict) -> bool:
    """Explicit, no withdrawal, and neither withdrawn nor the relay of a withdrawn row: withdrawing equals never having had it."""
    if row["explicitness"] != "explicit" or row["stance"] == "withdraw":
        return False
    seen = set()
    while row and row["statement_id"] not in seen:
        if row["statement_id"] in record.withdrawn:
            return False
        seen.add(row["statement_id"])
        row = record.everything.get(row["relays_statement_id"])
    return True
