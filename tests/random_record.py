"""Random records, biased toward what the rules use: relays, restings, joint texts, withdrawals, parts, classes.

A record is what the derivation reads: normalised tables by name. Hypothesis draws a seed and a size; everything else
follows from them, so that a failing example is told by two numbers.
"""

import datetime
import functools
import random

from scripts.derive.shipped import read_shipped
from scripts.export.tables import frame
from scripts.normalise.tables import Tables
from scripts.records.reader import read
from scripts.schema.table_schema import ROOT, load

DAY = datetime.date(2022, 6, 1)
SCHEMAS = load()

ACTORS = [
    # actor_id, kind, state, parent_actor_id, state_controlled
    ("iran", "state", "IRN", None, True),
    ("iran-ministry", "body", "IRN", "iran", True),
    ("iran-minister", "person", None, "iran-ministry", False),
    ("iran-legislator", "person", "IRN", None, False),
    ("iran-agency", "medium", "IRN", "iran", True),
    ("iran-paper", "medium", "IRN", None, False),
    ("russia", "state", "RUS", None, True),
    ("russia-spokesman", "person", "RUS", "russia", False),
    ("russia-firm", "company", "RUS", None, True),
    ("usa", "state", "USA", None, True),
    ("usa-spokesman", "person", "USA", "usa", False),
    ("ukraine", "state", "UKR", None, True),
    ("ukraine-president", "person", "UKR", "ukraine", False),
    ("france", "state", "FRA", None, True),
    ("france-minister", "person", "FRA", "france", False),
    ("eu", "body", None, None, False),
    ("eu-service", "body", None, "eu", False),
    ("eu-spokesman", "person", None, "eu-service", False),
    ("institute", "body", "GBR", None, False),
    ("expert", "person", "GBR", "institute", False),
    ("herald", "medium", "GBR", None, False),
    ("courier", "medium", "USA", None, False),
    ("herald-undisclosed", "anonymous_group", None, "herald", False),
    ("courier-undisclosed", "anonymous_group", None, "courier", False),
    ("officials-a", "anonymous_group", "USA", "usa", False),
    ("officials-b", "anonymous_group", "IRN", "iran", False),
    ("local-reports", "anonymous_group", None, None, False),
    ("e2", "joint_body", None, None, False),
    ("two-parties", "joint_body", None, None, False),
    ("two-papers", "joint_body", None, None, False),
]
MEMBERS = [("e2", "usa"), ("e2", "france"), ("e2", "eu"), ("two-parties", "iran"), ("two-parties", "russia")]
MEMBERS += [("two-papers", "herald"), ("two-papers", "courier")]
SYSTEMS = [
    ("arms", "class", None),
    ("drones", "class", "arms"),
    ("shahed", "class", "drones"),
    ("shahed-136", "model", "drones"),
    ("jets", "model", "arms"),
]
TRANSFERS = [
    ("irn-rus-arms", "IRN", "RUS", "arms", "finished_items"),
    ("irn-rus-drones", "IRN", "RUS", "drones", "finished_items"),
    ("irn-rus-shahed", "IRN", "RUS", "shahed", "finished_items"),
    ("irn-rus-lot", "IRN", "RUS", "drones", "finished_items"),
    ("irn-rus-crews", "IRN", "RUS", "drones", "services"),
    ("irn-rus-plant", "IRN", "RUS", "drones", "licence_technology"),
    ("rus-irn-jets", "RUS", "IRN", "jets", "finished_items"),
]
LINKS = [
    ("irn-rus-lot", "part_of", "irn-rus-drones"),
    ("irn-rus-shahed", "possibly_same_as", "irn-rus-drones"),
]
# speaker, speaks_for, authority, anonymity: whole casts, so that most statements are ones a coder could write.
CAST = [
    ("iran-minister", "iran", "state_position", "named"),
    ("iran-minister", "iran-ministry", "state_position", "named"),
    ("russia-spokesman", "russia", "state_position", "named"),
    ("russia", None, "state_position", "named"),
    ("iran", "iran", "state_position", "named"),
    ("usa-spokesman", "usa", "state_position", "named"),
    ("usa-spokesman", None, "official_capacity", "named"),
    ("ukraine-president", "ukraine", "state_position", "named"),
    ("france-minister", "france", "official_capacity", "unnamed_spokesperson"),
    ("eu-spokesman", "eu-service", "official_capacity", "named"),
    ("e2", "e2", "state_position", "named"),
    ("two-parties", "two-parties", "state_position", "named"),
    ("two-papers", None, "none", "named"),
    ("iran-legislator", None, "individual_official", "named"),
    ("usa-spokesman", None, "former_official", "named"),
    ("iran-agency", None, "none", "named"),
    ("iran-paper", None, "none", "named"),
    ("russia-firm", None, "none", "named"),
    ("institute", None, "none", "named"),
    ("expert", None, "none", "named"),
    ("herald", None, "none", "named"),
    ("herald-undisclosed", None, "none", "anonymous_undescribed"),
    ("courier-undisclosed", None, "none", "anonymous_undescribed"),
    ("local-reports", None, "none", "anonymous_undescribed"),
    ("officials-a", "usa", "individual_official", "anonymous_described"),
    ("officials-b", None, "individual_official", "anonymous_described"),
]
LIMITS = ["total", "total", "total", "time_limited", "quantity_limited", "legality_only", "characterisation"]
TRANSFER_ASPECTS = ["delivery"] * 5 + ["shipment", "agreement", "order", "payment", "negotiation", "training"]
TRANSFER_ASPECTS += ["licence_or_technology", "manufacture_origin", "local_production", "completeness"]
SYSTEM_ASPECTS = ["use", "interception", "range", "range", "warhead_mass", "unit_cost", "effect"]
SCOPES = ["total_to_date", "total_to_date", "total_to_date", "window", "batch", "planned_total", "remaining"]


def random_record(seed: int, size: int, is_dense: bool = False) -> Tables:
    """The tables that the derivation reads, with `size` statements in up to eight sources.

    Dense records have few speakers, transfers and aspects, so that words of one voice meet each other.
    """
    rng = random.Random(seed)
    rows = {name: [] for name in SCHEMAS}
    rows["actors"] = [
        dict(
            zip(("actor_id", "kind", "state", "parent_actor_id", "state_controlled"), actor, strict=True),
            name=actor[0],
        )
        for actor in ACTORS
    ]
    rows["actor_members"] = [{"actor_id": body, "member_actor_id": member} for body, member in MEMBERS]
    rows["systems"] = [
        {"system_id": key, "name": key, "kind": kind, "parent_system_id": parent, "category": "uav"}
        for key, kind, parent in SYSTEMS
    ]
    rows["transfers"] = [
        dict(
            zip(("transfer_id", "supplier", "recipient", "system_id", "mode"), transfer, strict=True),
            title=transfer[0],
        )
        for transfer in TRANSFERS
    ]
    rows["transfer_links"] = [
        {"transfer_id": own, "kind": kind, "linked_transfer_id": other, "decided_on": DAY, "reason": "-"}
        for own, kind, other in LINKS
    ]
    rows["exhibits"] = [
        {
            "exhibit_id": key,
            "system_id": "drones",
            "description": "-",
            "is_lot": False,
            "first_shown_by_id": "institute",
        }
        for key in ("wreck-1", "wreck-2")
    ]
    rows["sources"] = [random_source(rng, number) for number in range(8)]
    for number in range(size):
        row = random_statement(rng, number, rows)
        rows["statements"].append(row | dense_cells(rng, row) if is_dense else row)
    tables = {name: frame(made, SCHEMAS[name]) for name, made in rows.items() if name != "claims_flat"}
    return {**tables, **rule_tables()}


@functools.cache
def rule_tables() -> Tables:
    """The rule tables as they stand in rules/."""
    rows = read(ROOT).rows
    return {name: frame(rows[name], schema) for name, schema in SCHEMAS.items() if schema.is_rule}


def random_source(rng: random.Random, number: int) -> dict:
    """A page; the last two were never read, and some are copies of them."""
    published = DAY + datetime.timedelta(days=rng.randrange(60))
    return {
        "source_id": f"page-{number}",
        "title": "-",
        "publisher_id": rng.choice(["herald", "courier", "institute", "iran-agency"]),
        "url_kind": "original",
        "kind": rng.choice(["newspaper", "newspaper", "official_text"]),
        "language": "en",
        "published": published.isoformat(),
        "published_min": published - datetime.timedelta(days=rng.choice([0, 0, 0, 3])),
        "published_max": published,
        "published_basis": "stated",
        "extent": "not_consulted" if number > 5 else "full",
        "copy_of_source_id": rng.choice(["page-6", "page-0"])
        if number in (1, 2) and rng.random() < 0.3
        else None,
    }


def random_statement(rng: random.Random, number: int, rows: dict) -> dict:
    """A statement that may retell, rest on or take back an earlier one of the same record."""
    earlier = rows["statements"]
    speaker_id, speaks_for_id, authority, anonymity = rng.choice(CAST)
    source = rows["sources"][rng.randrange(6)]
    is_of_transfer = rng.random() < 0.8
    stance = rng.choice(["assert"] * 8 + ["project"] * 3 + ["deny"] * 3 + ["doubt", "decline"])
    row = {
        "statement_id": f"{source['source_id']}.{number:02d}",
        "source_id": source["source_id"],
        "speaker_id": speaker_id,
        "speaks_for_id": speaks_for_id,
        "authority": authority,
        "anonymity": anonymity,
        "attribution": "own_voice" if number % 5 == 4 else "explicit",
        "coded_from": "original",
        "chain_complete": rng.random() < 0.85,
        "via_id": rng.choice([None, None, None, "courier"]),
        "original_source_id": rng.choice([None, None, None, None, "page-6", "page-7", "page-0"]),
        "stance": stance,
        "polarity": "negated" if rng.random() < 0.2 and stance != "deny" else "affirmed",
        "certainty": rng.choice(["not_expressed", "not_expressed", "certain", "probable", "possible"]),
        "limits": rng.choice(LIMITS) if rng.random() < 0.8 else None,
        "explicitness": "presupposed" if rng.random() < 0.08 else "explicit",
        "evidence": rng.choice(
            ["none_shown", "none_shown", "physical_shown", "inspection_reported", "image_shown"]
        ),
        "aspect": rng.choice(TRANSFER_ASPECTS if is_of_transfer else SYSTEM_ASPECTS),
        "transfer_id": rng.choice(TRANSFERS)[0] if is_of_transfer else None,
        "system_id": None if is_of_transfer else rng.choice(SYSTEMS)[0],
        "exhibit_id": rng.choice([None, "wreck-1", "wreck-2"]),
        "summary": "-",
    }
    row |= random_dates(rng, source) | random_figure(rng, row["aspect"])
    if not is_of_transfer and row["aspect"] in ("range", "warhead_mass", "unit_cost"):
        row["basis"] = rng.choice(["advertised", "assessed", "not_stated"])
    if earlier and rng.random() < 0.15:
        row["relays_statement_id"] = rng.choice(earlier)["statement_id"]
    if earlier and rng.random() < 0.15:
        row["rests_on_statement_id"] = rng.choice(earlier)["statement_id"]
        row["rests_on_certainty"] = rng.choice(["certain", "possible"])
    elif rng.random() < 0.1:
        row["rests_on_actor_id"] = rng.choice(["usa", "institute", "eu-service", "officials-a"])
        row["rests_on_certainty"] = "certain"
    if earlier and rng.random() < 0.12:
        row |= {
            "stance": "withdraw",
            "polarity": "affirmed",
            "targets_statement_id": rng.choice(earlier)["statement_id"],
        }
        row |= {"value_text": None, "value": None, "low": None, "point": None, "high": None, "scope": None}
    return row


def dense_cells(rng: random.Random, row: dict) -> dict:
    """Another speaker, subject and aspect out of few; nothing else of the row changes."""
    speaker_id, speaks_for_id, authority, anonymity = rng.choice(
        [CAST[0], CAST[0], CAST[2], CAST[5], CAST[19]]
    )
    return {
        "speaker_id": speaker_id,
        "speaks_for_id": speaks_for_id,
        "authority": authority,
        "anonymity": anonymity,
        "chain_complete": True,
        "relays_statement_id": None,
        "explicitness": "explicit",
        "transfer_id": rng.choice(["irn-rus-drones", "irn-rus-shahed", "irn-rus-shahed", "irn-rus-lot"]),
        "system_id": None,
        "basis": None,
        "aspect": rng.choice(["delivery", "delivery", "delivery", "payment", "agreement"]),
        "scope": row.get("scope") or (rng.choice(SCOPES) if row.get("value_text") else None),
    }


def random_dates(rng: random.Random, source: dict) -> dict:
    """Said before publication; an event blank, past or to come."""
    said = source["published_min"] - datetime.timedelta(days=rng.choice([0, 0, 0, 1, 5, 20]))
    dates = {
        "said_basis": "stated",
        "said": said.isoformat(),
        "said_min": None if rng.random() < 0.1 else said,
        "said_max": said + datetime.timedelta(days=rng.choice([0, 0, 0, 2])),
    }
    if rng.random() < 0.4:
        start = said + datetime.timedelta(days=rng.choice([-40, -5, 0, 5, 15, 40]))
        dates["event_min"] = None if rng.random() < 0.2 else start
        dates["event_max"] = (
            None if rng.random() < 0.2 else start + datetime.timedelta(days=rng.choice([0, 3]))
        )
    return dates


def random_figure(rng: random.Random, aspect: str) -> dict:
    """No figure, words, or a numeral with the bounds of one of the modifiers."""
    is_specification = aspect in ("range", "warhead_mass", "unit_cost")
    if not is_specification and rng.random() < 0.5:
        return {}
    number = float(rng.choice([20, 50, 100, 200, 300, 450]))
    low, point, high, value = rng.choice(
        [
            (number, number, number, number),
            (None, number, None, number),
            (number, None, None, number),
            (None, None, number, number),
            (number, None, number + 50, number),
            (200.0, None, None, None),
            (None, None, None, None),
        ]
    )
    unit, canonical = rng.choice([("km", "km"), ("mi", "km")]) if aspect == "range" else ("item", "item")
    return {
        "value_text": "-",
        "value_modifier": "exact",
        "value": value,
        "low": low,
        "point": point,
        "high": high,
        "unit": unit,
        "canonical_unit": canonical,
        "scope": None if is_specification else rng.choice(SCOPES),
        "pooled": rng.random() < 0.1,
    }


@functools.cache
def tables_on_disk() -> Tables:
    return read_shipped(ROOT)


def shipped_record() -> Tables:
    """The shipped record as the derivation reads it: read once, the frames shared by all tests of a process."""
    return dict(tables_on_disk())
