"""A project of invented records in which every row rule has something to hold of.

The rules and schemas are the project's own; no record of it is read, so that no correction of a record breaks a test.
"""

import shutil
from pathlib import Path

from scripts.records.strict_yaml import emit
from scripts.schema.table_schema import ROOT, load

HERALD = "records/sources/2022/the-herald-2022-11-02-kestrels.yaml"
GAZETTE = "records/sources/2022/the-gazette-2022-11-05-denial.yaml"
OFFICIAL = "the-herald-2022-11-02-us-official"


def anchor(number: int) -> dict:
    return {"anchor_chars": 40 + number, "anchor_sha256": f"{number:064x}"}


def statement(number: int, **other) -> dict:
    """A plain assertion by a named spokesman."""
    row = {
        "number": number,
        "locator": f"paragraph {number}",
        **anchor(number),
        "speaker_id": "pat-ryder",
        "speaker_role": "spokesman",
        "speaks_for_id": "united-states",
        "authority": "state_position",
        "anonymity": "named",
        "attribution": "explicit",
        "coded_from": "original",
        "chain_complete": True,
        "stance": "assert",
        "polarity": "affirmed",
        "certainty": "not_expressed",
        "aspect": "delivery",
        "transfer_id": "irn-rus-shahed-136",
        "explicitness": "explicit",
        "evidence": "none_shown",
        "summary": f"The spokesman makes claim {number}.",
        "said_basis": "publication",
        **other,
    }
    return {key: value for key, value in row.items() if value is not None}


def figure(
    text: str, modifier: str, *values: float, unit: str = "item", scope: str | None = "total_to_date"
) -> dict:
    row = {
        "value_text": text,
        "value_language": "en",
        "value_modifier": modifier,
        "unit": unit,
        "scope": scope,
        "pooled": False,
        **dict(zip(("value", "value2"), values, strict=False)),
    }
    return {key: value for key, value in row.items() if value is not None}


IRANIAN = {
    "speaker_id": "ali-kestrel",
    "speaker_role": "spokesman of the ministry",
    "speaks_for_id": "iran",
    "stance": "deny",
    "limits": "total",
}
HERALD_STATEMENTS = [
    statement(
        1,
        speaker_id=OFFICIAL,
        speaker_role="a United States official",
        authority="individual_official",
        anonymity="anonymous_described",
        coded_from="paraphrase_in_relay",
        via_id="the-wire",
        original_source_id="the-wire-2022-11-01-report",
        stance="project",
        transfer_id="irn-rus-missiles",
        event_stated="2022-12",
        **figure("about 1,000", "about", 1000, scope="planned_total"),
    ),
    statement(2, **figure("450", "exact", 450)),
    statement(
        3,
        transfer_id=None,
        system_id="fateh-110",
        aspect="range",
        basis="assessed",
        **figure("300 to 700 km", "between", 300, 700, unit="km", scope=None),
    ),
    statement(
        4,
        speaker_id="the-herald-undisclosed",
        speaker_role=None,
        speaks_for_id=None,
        authority="none",
        anonymity="anonymous_undescribed",
        attribution="own_voice",
        chain_complete=False,
        aspect="agreement",
        transfer_id="irn-rus-missiles",
    ),
    statement(5, transfer_id="irn-rus-missiles", **IRANIAN),
    statement(6, stance="decline", aspect="agreement", transfer_id="irn-rus-uavs"),
    statement(7, aspect="shipment", said_basis="stated", said_stated="2022-10-30", event_rule="last_month"),
    statement(8, aspect="manufacture_origin", evidence="physical_shown", exhibit_id="wing-of-kharkiv"),
    statement(9, aspect="shipment", transfer_id="irn-rus-uavs", polarity="negated", limits="total"),
    statement(
        10,
        aspect="local_production",
        transfer_id="irn-rus-uav-licence",
        **figure("5 a day", "exact", 5, unit="item_per_day", scope="rate"),
    ),
    statement(11, aspect="agreement", transfer_id="irn-rus-uav-licence"),
    statement(
        12, aspect="agreement", transfer_id="irn-rus-uav-licence", polarity="negated", limits="unclear"
    ),
]
GAZETTE_STATEMENTS = [
    statement(1, transfer_id="irn-rus-uavs", **anchor(21), **(IRANIAN | {"limits": "time_limited"})),
    statement(
        2,
        **anchor(22),
        coded_from="quote_in_relay",
        via_id="the-herald",
        original_source_id="the-herald-2022-11-02-kestrels",
        relays_statement_id="the-herald-2022-11-02-kestrels.02",
        **figure("450", "exact", 450),
    ),
    statement(
        3,
        **anchor(23),
        speaker_id="ukraine",
        speaker_role=None,
        speaks_for_id="ukraine",
        aspect="training",
        rests_on_statement_id="the-herald-2022-11-02-kestrels.02",
        rests_on_certainty="certain",
    ),
    statement(
        4,
        **anchor(24),
        stance="withdraw",
        aspect="shipment",
        targets_statement_id="the-herald-2022-11-02-kestrels.07",
    ),
]


def source(publisher: str, day: str, **other) -> dict:
    row = {
        "title": f"What {publisher} wrote on {day}",
        "publisher_id": publisher,
        "url": f"https://{publisher}.example.org/{day}",
        "url_kind": "original",
        "kind": "newspaper",
        "language": "en",
        "published": day,
        "published_basis": "stated",
        "consulted_on": "2026-11-22",
        "extent": "full",
        **other,
    }
    return {key: value for key, value in row.items() if value is not None}


def actor(actor_id: str, name: str, kind: str, state: str | None = None, **other) -> dict:
    row = {
        "actor_id": actor_id,
        "name": name,
        "kind": kind,
        "state": state,
        "state_controlled": False,
        **other,
    }
    return {key: value for key, value in row.items() if value is not None}


def system(category: str, kind: str, name: str, parent: str | None = None, **other) -> dict:
    row = {"category": category, "kind": kind, "parent_system_id": parent, **other}
    names = [{"name": name, "kind": "designation", "language": "en", "script": "Latn"}]
    return {key: value for key, value in row.items() if value is not None} | {"names": names}


def transfer(title: str, system_id: str, mode: str = "finished_items", **other) -> dict:
    return {
        "title": title,
        "supplier": "IRN",
        "recipient": "RUS",
        "system_id": system_id,
        "mode": mode,
        **other,
    }


RECORDS = {
    "records/actors/states.yaml": [
        actor("iran", "Iran", "state", "IRN"),
        actor("russia", "Russia", "state", "RUS"),
        actor("ukraine", "Ukraine", "state", "UKR"),
        actor("united-states", "United States", "state", "USA"),
    ],
    "records/actors/government_bodies.yaml": [
        actor(
            "iranian-ministry",
            "Iranian ministry",
            "body",
            "IRN",
            parent_actor_id="iran",
            state_controlled=True,
        )
    ],
    "records/actors/international_bodies.yaml": [actor("european-union", "European Union", "body")],
    "records/actors/persons.yaml": [
        actor("ali-kestrel", "Ali Kestrel", "person", "IRN", parent_actor_id="iranian-ministry"),
        actor("jane-merlin", "Jane Merlin", "person", "USA"),
        actor("pat-ryder", "Pat Ryder", "person", "USA", parent_actor_id="united-states"),
    ],
    "records/actors/media.yaml": [
        actor("the-gazette", "The Gazette", "medium", "IRN", state_controlled=True),
        actor("the-herald", "The Herald", "medium", "GBR"),
        actor("the-wire", "The Wire", "medium", "GBR"),
    ],
    "records/actors/anonymous.yaml": [
        actor(OFFICIAL, "A United States official (The Herald)", "anonymous_group"),
        actor("the-herald-undisclosed", "Undisclosed source of The Herald", "anonymous_group"),
    ],
    "records/actors/joint_bodies.yaml": [
        actor("two-states", "Ukraine and the United States", "joint_body")
        | {"members": [{"member_actor_id": "ukraine"}, {"member_actor_id": "united-states"}]}
    ],
    "records/systems/arms.yaml": system("mixed", "class", "Arms"),
    "records/systems/missiles.yaml": system("missile", "class", "Missiles", "arms"),
    "records/systems/uavs.yaml": system("uav", "class", "Drones", "arms"),
    "records/systems/fateh-110.yaml": system(
        "missile", "model", "Fateh-110", "missiles", origin_country="IRN"
    ),
    "records/systems/shahed-136.yaml": system("uav", "model", "Shahed-136", "uavs", origin_country="IRN"),
    "records/systems/geran-2.yaml": system("uav", "variant", "Geran-2", "shahed-136", origin_country="RUS"),
    "records/transfers/irn-rus-missiles.yaml": transfer("Missiles from Iran to Russia", "missiles"),
    "records/transfers/irn-rus-missiles-contract-2022.yaml": transfer(
        "Missile contract of 2022",
        "fateh-110",
        links=[
            {
                "kind": "part_of",
                "linked_transfer_id": "irn-rus-missiles",
                "decided_on": "2026-11-22",
                "reason": "The contract is one of several.",
            }
        ],
    ),
    "records/transfers/irn-rus-uavs.yaml": transfer("Drones from Iran to Russia", "uavs"),
    "records/transfers/irn-rus-shahed-136.yaml": transfer("Shahed-136 from Iran to Russia", "shahed-136"),
    "records/transfers/irn-rus-uav-licence.yaml": transfer(
        "Drones built in Russia", "uavs", "licence_technology"
    ),
    "records/exhibits/wing-of-kharkiv.yaml": {
        "system_id": "shahed-136",
        "description": "A wing found at Kharkiv.",
        "is_lot": False,
        "found": "2022-10-01",
        "shown": "2022-10-05",
        "first_shown_by_id": "ukraine",
    },
    "records/sources/2022/the-wire-2022-11-01-report.yaml": source(
        "the-wire", "2022-11-01", kind="wire", extent="not_consulted", consulted_on=None
    ),
    HERALD: source("the-herald", "2022-11-02") | {"statements": HERALD_STATEMENTS},
    GAZETTE: source("the-gazette", "2022-11-05", kind="state_media") | {"statements": GAZETTE_STATEMENTS},
    "records/sources/2022/the-wire-2022-11-06-reprint.yaml": source(
        "the-wire", "2022-11-06", url_kind="copy", copy_of_source_id="the-herald-2022-11-02-kestrels"
    ),
    "records/retired_ids.yaml": [
        {
            "retired_id": "irn-rus-drones",
            "table_name": "transfers",
            "retired_in": "0.2.0",
            "successor_id": "irn-rus-uavs",
            "reason": "Renamed.",
        }
    ],
    "records/changes.yaml": [],
}
CSV_ROWS = {
    "search_log": ["1,2026-11-22,kestrels november 2022,8,1"],
}


def write(root: Path, path: str, record) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(emit(record), encoding="utf-8")


def project(root: Path) -> Path:
    """The invented project below `root`, nothing built yet."""
    shutil.copytree(ROOT / "rules", root / "rules")
    shutil.copytree(ROOT / "schemas", root / "schemas")
    for path, record in RECORDS.items():
        write(root, path, record)
    (root / "records/quality").mkdir()
    for schema in load().values():
        if "csv" in schema.record:
            lines = [",".join(schema.columns()), *CSV_ROWS.get(schema.name, [])]
            path = root / "records" / schema.record["csv"]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    package = (ROOT / "records/package.yaml").read_text(encoding="utf-8")
    (root / "records/package.yaml").write_text(package, encoding="utf-8")
    return root
