"""Rule R2.2: what supplier and recipient themselves last said of a transfer, beside support and never lowering it."""

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
    whole = all((row["limits"] or "total") == "total" for row in word)
    if is_denial(last):
        return "denied" if whole else "denied_in_part"
    return "acknowledged" if whole and record.aspects[last["aspect"]]["stage"] == "delivered" else "acknowledged_in_part"


def grounds(record: Record, transfer_id: str, side: str) -> list[dict]:
    """The statements a position stands by, the latest last: the latest admission or denial; refusals only where neither stands."""
    rows = spoken(record, transfer_id, side)
    held = in_order([row for row in rows if is_admission(row) or is_denial(row)] + class_denials(record, transfer_id, side), record.sources)
    if not held:
        return [row for row in rows if row["stance"] == "decline"]
    return last_word(held)


def last_word(rows: list[dict]) -> list[dict]:
    """The last row, and what its speaker said on the same day: of two accounts the one that keeps the limit is the fuller."""
    return [row for row in rows if row is rows[-1] or row["speaker_id"] == rows[-1]["speaker_id"] and row["said_min"] and row["said_min"] == rows[-1]["said_min"]]


def spoken(record: Record, transfer_id: str, side: str) -> list[dict]:
    """Explicit state positions of the party on stage aspects, neither relays nor withdrawn."""
    transfer = record.transfers[transfer_id]
    return [row for row in record.positions_in[transfer_id] if record.stands(row) and record.stage(row) >= 0 and side in record.sides(row, transfer)]


def is_admission(row: dict) -> bool:
    return row["stance"] == "assert" and row["polarity"] == "affirmed" and row["certainty"] != "possible" and row["limits"] not in NO_ADMISSION


def is_denial(row: dict) -> bool:
    return row["stance"] == "deny" and row["polarity"] == "affirmed" and row["limits"] not in NO_ADMISSION


def class_denials(record: Record, transfer_id: str, side: str) -> list[dict]:
    """The last denial of each generic class above the transfer's system, where the transfer was public when it was said.

    It reaches what is moved in the same mode: who denies having given weapons does not deny having sold a licence.
    """
    public = min((record.known_from[row["statement_id"]] for row in record.of_transfer[transfer_id] if makes_public(record, row)), default=None)
    found = []
    for wider in record.classes[transfer_id] if public else []:
        rows = [row for other in wider for row in spoken(record, other, side) if is_denial(row) and row["limits"] != "system_limited"]
        found += [row for row in (last_word(in_order(rows, record.sources)) if rows else []) if row["said_min"] and public <= row["said_min"]]
    return found


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
