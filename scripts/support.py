"""Rule R4.1: how far a transfer is supported at each stage, and by how many origins."""

from scripts.origins import certain, count
from scripts.record import STAGES, Record

LEVELS = (
    "documented",
    "acknowledged",
    "acknowledged_in_part",
    "corroborated",
    "reported",
    "held_possible",
    "projected",
    "none",
)
EXHIBITED = ("physical_shown", "document_shown", "inspection_reported")
NO_ADMISSION = ("legality_only", "characterisation")


def support(record: Record, transfer_id: str) -> dict:
    """support_ and _n_origins_min/_max per stage, with event_min and event_max, as columns of `transfers`."""
    transfer, counting = record.transfers[transfer_id], record.counting(transfer_id)
    projected = [
        row
        for row in record.of_family(transfer_id)
        if row["stance"] == "project" and row["polarity"] == "affirmed" and record.stands(row)
    ]
    exhibit = any(is_exhibit(record, row, transfer) for row in counting)
    out = {}
    for number, stage in enumerate(STAGES):
        rows = [row for row in counting if record.stage(row) >= number]
        out[f"support_{stage}"] = level(
            record,
            rows,
            transfer,
            exhibit and stage != "agreed",
            any(record.stage(row) >= number for row in projected),
        )
        least, most = count([record.origins[row["statement_id"]] for row in rows], record.actors)
        out[f"{stage}_n_origins_min"], out[f"{stage}_n_origins_max"] = least, most
    named = [day for row in counting for day in (row["event_min"], row["event_max"]) if day]
    out["event_min"], out["event_max"] = min(named, default=None), max(named, default=None)
    return out


def level(record: Record, rows: list[dict], transfer: dict, exhibit: bool, projected: bool) -> str:
    """The highest level that holds for the counting rows of a stage or a later one."""
    if exhibit:
        return "documented"
    strong = [row for row in rows if record.kept(may_count_above_reported, row)]
    admitted = {
        row["limits"] or "total"
        for row in strong
        if row["authority"] == "state_position"
        and row["certainty"] != "possible"
        and record.sides(row, transfer)
    } - set(NO_ADMISSION)
    if "total" in admitted:
        return "acknowledged"
    if admitted:
        return "acknowledged_in_part"
    sure = [row for row in rows if not record.kept(is_possible, row)]
    told = [
        row
        for row in sure
        if record.kept(may_count_above_reported, row)
        and record.origins[row["statement_id"]].key is not None
        and not record.origins[row["statement_id"]].possible
    ]
    if certain([record.origins[row["statement_id"]] for row in told], record.actors) >= 2 and any(
        record.kept(is_named, row) for row in told
    ):
        return "corroborated"
    return "reported" if sure else "held_possible" if rows else "projected" if projected else "none"


def may_count_above_reported(record: Record, row: dict, way: tuple = ()) -> bool:
    """Coded from the original, or named with a complete chain; and so is every statement it certainly rests on."""
    if not (row["coded_from"] == "original" or row["anonymity"] == "named" and row["chain_complete"]):
        return False
    ground = certain_ground(record, row)
    return (
        ground is None
        or ground["statement_id"] not in way
        and may_count_above_reported(record, ground, (*way, row["statement_id"]))
    )


def is_possible(record: Record, row: dict, way: tuple = ()) -> bool:
    """Whether the speaker, or one it certainly rests on, calls it only possible."""
    ground = certain_ground(record, row)
    return row["certainty"] == "possible" or (
        ground is not None
        and ground["statement_id"] not in way
        and is_possible(record, ground, (*way, row["statement_id"]))
    )


def is_named(record: Record, row: dict, way: tuple = ()) -> bool:
    """Whether the speaker, and every one it certainly rests on, is named: who repeats an unnamed one lends it no name."""
    ground = certain_ground(record, row)
    return row["anonymity"] == "named" and (
        ground is None
        or ground["statement_id"] not in way
        and is_named(record, ground, (*way, row["statement_id"]))
    )


def certain_ground(record: Record, row: dict) -> dict | None:
    return (
        record.everything.get(row["rests_on_statement_id"])
        if row["rests_on_certainty"] == "certain"
        else None
    )


def is_exhibit(record: Record, row: dict, transfer: dict) -> bool:
    """A shown or inspected item made in the supplier's country, by an origin that is neither a party nor its listed
    adversary, and not through a speaker, body or signatory that is; an undated one never counts against a listing."""
    if (
        row["aspect"] != "manufacture_origin"
        or row["evidence"] not in EXHIBITED
        or not may_count_above_reported(record, row)
    ):
        return False
    key, actors = record.origins[row["statement_id"]].key, record.actors
    if key is None:
        return False
    behind = {
        key,
        *(
            actors.key(actor)
            for who in (row["speaker_id"], row["speaks_for_id"], key)
            for actor in actors.signatories(who)
        ),
    }
    states = {
        actors.state(actor)
        for who in (row["speaker_id"], row["speaks_for_id"])
        for actor in actors.signatories(who)
    }
    parties = {
        transfer[name] for name in ("supplier", "recipient", "supplier_actor_id", "recipient_actor_id")
    } - {None}
    parties |= {actors.key(party) for party in parties} - {None}
    listed = {
        line["adversary"]
        for line in record.alignments
        if line["party"] in parties
        and (
            row["said_min"] is None
            or line["from"] <= row["said_min"]
            and (line["to"] is None or row["said_min"] <= line["to"])
        )
    }
    return not (behind | states) & parties and not behind & listed
