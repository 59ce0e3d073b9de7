"""A small record built row by row, for tests of the derivation.

Every statement is an explicit plain assertion of delivery of the transfer `t` by a US spokesperson unless told otherwise;
`t`, `s` and `e` say what scripts/ derive from it.
"""

import datetime
import functools

import pyarrow as pa

from scripts.derive import believe
from scripts.export.tables import frame
from scripts.record import Record
from scripts.records.reader import read
from scripts.schema.table_schema import load

DERIVED = ("statements", "transfers", "systems", "estimates", "transfer_history")
DATES = ("said_min", "said_max", "event_min", "event_max")
ACTORS = [  # id, kind, state, parent, state_controlled
    ("iran", "state", "IRN", None, False),
    ("russia", "state", "RUS", None, False),
    ("ukraine", "state", "UKR", None, False),
    ("united-states", "state", "USA", None, False),
    ("united-kingdom", "state", "GBR", None, False),
    ("france", "state", "FRA", None, False),
    ("turkey", "state", "TUR", None, False),
    ("israel", "state", "ISR", None, False),
    ("us-dod", "body", "USA", "united-states", True),
    ("european-union", "body", None, None, False),
    ("un-panel", "body", None, "united-nations", False),
    ("united-nations", "body", None, None, False),
    ("isis-institute", "body", "USA", None, False),
    ("car", "body", "GBR", None, False),
    ("neutral-lab", "body", None, None, False),
    ("cnn", "medium", "USA", None, False),
    ("reuters", "medium", "GBR", None, False),
    ("tass", "medium", "RUS", None, True),
    ("sahara-thunder", "company", "IRN", None, False),
    ("irn-factory", "company", "IRN", "iran", True),
    ("ryder", "person", "USA", "us-dod", False),
    ("kirby", "person", "USA", "us-dod", False),
    ("analyst", "person", "USA", "isis-institute", False),
    ("loner", "person", "USA", None, False),
    ("us-officials-1", "anonymous_group", "USA", "united-states", False),
    ("us-officials-2", "anonymous_group", "USA", "united-states", False),
    ("gb-officials", "anonymous_group", "GBR", None, False),
    ("west-officials", "anonymous_group", None, None, False),
    ("cnn-undisclosed", "anonymous_group", None, "cnn", False),
    ("reuters-undisclosed", "anonymous_group", None, "reuters", False),
    ("irn-minister", "person", "IRN", "iran", False),
    ("irn-spokesman", "person", "IRN", "iran", False),
    ("rus-minister", "person", "RUS", "russia", False),
    ("borrell", "person", "ESP", "european-union", False),
    ("e3", "joint_body", None, None, False),
    ("g7", "joint_body", None, None, False),
    ("irn-rus-joint", "joint_body", None, None, False),
]
MEMBERS = [
    ("e3", "france"),
    ("e3", "united-kingdom"),
    ("g7", "united-states"),
    ("g7", "france"),
    ("irn-rus-joint", "iran"),
    ("irn-rus-joint", "russia"),
]
SYSTEMS = [
    ("arms", "class", None),
    ("missiles", "class", "arms"),
    ("drones", "class", "arms"),
    ("shahed", "model", "drones"),
    ("shahed-b", "variant", "shahed"),
    ("fateh-family", "family", "missiles"),
    ("fateh", "model", "fateh-family"),
]


def D(text):
    return datetime.date.fromisoformat(text)


@functools.cache
def given():
    """Rows of the package table and the rule tables, as shipped."""
    rows = read().rows
    return {name: rows[name] for name, schema in load().items() if schema.is_rule or name == "package"}


@functools.cache
def unchanging(name):
    return frame(given()[name], load()[name])


class World:
    def __init__(self):
        self.tables = {name: [] for name in ("statements", "sources", "transfers", "transfer_links")}
        self.tables |= {
            "actors": [
                dict(
                    zip(("actor_id", "kind", "state", "parent_actor_id", "state_controlled"), row),
                    name=row[0],
                )
                for row in ACTORS
            ],
            "actor_members": [dict(zip(("actor_id", "member_actor_id"), row)) for row in MEMBERS],
            "systems": [dict(zip(("system_id", "kind", "parent_system_id"), row)) for row in SYSTEMS],
            "aspects": given()["aspects"],
            "alignments": given()["alignments"],
            "units": given()["units"],
        }
        self.transfer("t", "shahed")
        self.seen = {}

    def frames(self):
        """The record as pandas frames by table name, with the columns and types of the schemas."""
        return {
            name: unchanging(name)
            if name in given() and self.tables.get(name) in (None, given()[name])
            else frame(self.tables.get(name, []), schema)
            for name, schema in load().items()
            if name != "claims_flat"
        }

    def record(self):
        return Record(self.frames())

    def derived(self, day=None):
        """Every table as scripts/ derive it (from what was known by the day), as rows."""
        state = repr([day, self.tables])
        if state not in self.seen:
            frames = self.frames()
            record = Record(frames)
            found = believe(frames, record.known_by(D(day)) if day else record, "by test")
            self.seen = {
                state: {
                    name: pa.Table.from_pandas(found[name], preserve_index=False).to_pylist()
                    for name in DERIVED
                }
            }
        return self.seen[state]

    def t(self, transfer_id="t", day=None):
        return next(row for row in self.derived(day)["transfers"] if row["transfer_id"] == transfer_id)

    def s(self, statement_id, day=None):
        return next(row for row in self.derived(day)["statements"] if row["statement_id"] == statement_id)

    def e(self, name="t.delivered.item"):
        return next((row for row in self.derived()["estimates"] if row["estimate_id"] == name), None)

    def history(self, transfer_id="t"):
        return [row for row in self.derived()["transfer_history"] if row["transfer_id"] == transfer_id]

    def transfer(self, transfer_id, system_id, supplier="IRN", recipient="RUS", **more):
        self.tables["transfers"].append(
            {
                "transfer_id": transfer_id,
                "system_id": system_id,
                "supplier": supplier,
                "recipient": recipient,
                "supplier_actor_id": None,
                "recipient_actor_id": None,
                "mode": "finished_items",
            }
            | more
        )

    def part(self, part, whole):
        self.tables["transfer_links"].append(
            {
                "transfer_id": part,
                "kind": "part_of",
                "linked_transfer_id": whole,
                "decided_on": D("2026-01-01"),
            }
        )

    def source(self, published, publisher="reuters", extent="full", name=None, copy_of=None):
        name = name or f"s{len(self.tables['sources']):03d}"
        self.tables["sources"].append(
            {
                "source_id": name,
                "publisher_id": publisher,
                "published_min": D(published),
                "published_max": D(published),
                "extent": extent,
                "copy_of_source_id": copy_of,
            }
        )
        return name

    def say(self, on="2023-01-10", speaker="ryder", **more):
        """Add a statement said and published on a day; return its ID."""
        source = more.pop("source", None) or self.source(on, more.pop("publisher", "reuters"))
        name = f"{source}.{len(self.tables['statements']):02d}"
        row = {
            "statement_id": name,
            "source_id": source,
            "speaker_id": speaker,
            "speaks_for_id": None,
            "authority": "none",
            "anonymity": "named",
            "attribution": "explicit",
            "via_id": None,
            "original_source_id": None,
            "coded_from": "original",
            "chain_complete": True,
            "relays_statement_id": None,
            "rests_on_statement_id": None,
            "rests_on_actor_id": None,
            "rests_on_certainty": None,
            "stance": "assert",
            "polarity": "affirmed",
            "certainty": "not_expressed",
            "limits": None,
            "aspect": "delivery",
            "transfer_id": "t",
            "system_id": None,
            "explicitness": "explicit",
            "evidence": "none_shown",
            "basis": None,
            "targets_statement_id": None,
            "scope": None,
            "pooled": None,
            "low": None,
            "point": None,
            "high": None,
            "canonical_unit": None,
            "said_basis": "publication",
            "said_min": D(on),
            "said_max": D(on),
            "event_min": None,
            "event_max": None,
        }
        for key, value in more.items():
            assert key in row, key
            row[key] = D(value) if key in DATES and isinstance(value, str) else value
        self.tables["statements"].append(row)
        return name

    # the usual speakers
    def usa(self, on="2023-01-10", **more):
        return self.say(
            on,
            **(
                {"speaker": "ryder", "speaks_for_id": "united-states", "authority": "official_capacity"}
                | more
            ),
        )

    def gbr(self, on="2023-01-10", **more):
        return self.say(
            on,
            **(
                {
                    "speaker": "united-kingdom",
                    "speaks_for_id": "united-kingdom",
                    "authority": "official_capacity",
                }
                | more
            ),
        )

    def fra(self, on="2023-01-10", **more):
        return self.say(
            on, **({"speaker": "france", "speaks_for_id": "france", "authority": "official_capacity"} | more)
        )

    def irn(self, on="2023-01-10", **more):
        return self.say(
            on,
            **(
                {
                    "speaker": "irn-minister",
                    "speaks_for_id": "iran",
                    "authority": "state_position",
                    "limits": "total",
                }
                | more
            ),
        )

    def rus(self, on="2023-01-10", **more):
        return self.say(
            on,
            **(
                {
                    "speaker": "rus-minister",
                    "speaks_for_id": "russia",
                    "authority": "state_position",
                    "limits": "total",
                }
                | more
            ),
        )

    def e3(self, on="2023-01-10", **more):
        return self.say(
            on, **({"speaker": "e3", "speaks_for_id": "e3", "authority": "state_position"} | more)
        )

    def lab(self, on="2023-01-10", **more):
        return self.say(on, **({"speaker": "neutral-lab"} | more))

    def pool(self, on="2023-01-10", **more):
        return self.say(
            on,
            **(
                {
                    "speaker": "cnn-undisclosed",
                    "anonymity": "anonymous_undescribed",
                    "chain_complete": False,
                    "coded_from": "paraphrase_in_relay",
                }
                | more
            ),
        )

    def withdraw(self, target, on="2023-02-01", **more):
        return self.usa(on, stance="withdraw", targets_statement_id=target, **more)

    def relay(self, target, on="2023-01-05", **more):
        return self.usa(on, relays_statement_id=target, coded_from="paraphrase_in_relay", **more)


def count(low, point, high, scope="total_to_date", unit="item", pooled=False):
    """The cells of a number of items."""
    return {
        "low": low,
        "point": point,
        "high": high,
        "scope": scope,
        "canonical_unit": unit,
        "pooled": pooled,
    }


def exact(number, **more):
    return count(number, number, number, **more)
