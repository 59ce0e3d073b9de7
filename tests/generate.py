"""Random records for the property tests of the derivation, biased toward the rows its rules read.

A `Case` is a record, one row of it, and a source of chance; `case` makes one of a number, `shipped` makes three of every row
of the real record, so that every law finds something to bite on.
Tables are plain rows by table name, as in world.py; a law never changes a row, it adds some or replaces them.
"""

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from unittest import mock

from world import World, count, exact, unchanging

import scripts.record
from scripts.normalise.tables import records
from scripts.origins import OFFICIAL
from scripts.record import Record

RULES = ("aspects", "alignments", "units")
READ = ("statements", "sources", "actors", "actor_members", "transfers", "transfer_links", "systems", *RULES)
DAYS = [date(2022, month, day) for month in range(1, 13) for day in (5, 20)] + [
    date(2023, month, 5) for month in range(1, 4)
]
CAST = [
    "iran",
    "irn-minister",
    "russia",
    "united-states",
    "ryder",
    "us-officials-1",
    "united-kingdom",
    "gb-officials",
    "france",
    "e3",
    "g7",
    "irn-rus-joint",
    "neutral-lab",
    "un-panel",
    "isis-institute",
    "analyst",
    "reuters",
    "cnn-undisclosed",
    "west-officials",
    "tass",
    "european-union",
    "borrell",
]
STAGE_ASPECTS = ("delivery", "delivery", "delivery", "shipment", "agreement")
NEAR = 20
LIMITS = (
    "total",
    "total",
    "quantity_limited",
    "time_limited",
    "legality_only",
    "characterisation",
    "unclear",
)
PLAIN = {
    "relays_statement_id": None,
    "rests_on_statement_id": None,
    "rests_on_actor_id": None,
    "rests_on_certainty": None,
    "original_source_id": None,
    "targets_statement_id": None,
    "stance": "assert",
    "polarity": "affirmed",
    "explicitness": "explicit",
    "certainty": "not_expressed",
    "coded_from": "original",
    "chain_complete": True,
}


def record(tables: dict[str, list[dict]]) -> Record:
    """The record of these rows; `Record` reads frames, and frames are slow to make."""
    with mock.patch.object(scripts.record, "records", lambda rows: rows):
        return Record(tables)


def over(tables: dict[str, list[dict]]) -> World:
    """A World with these rows, to which more can be added while the tables stay as they are."""
    world = object.__new__(World)
    world.tables = {name: list(rows) for name, rows in tables.items()}
    return world


@dataclass
class Case:
    tables: dict[str, list[dict]]
    row: dict
    chance: Random

    @functools.cached_property
    def record(self) -> Record:
        return record(self.tables)

    def day(self) -> date:
        return self.chance.choice(DAYS)

    def transfer(self) -> str:
        """The transfer of the row, now and then another."""
        return (
            self.row["transfer_id"]
            if self.row["transfer_id"] and self.chance.random() < 0.8
            else self.chance.choice(self.tables["transfers"])["transfer_id"]
        )

    def voice(self, actor: str | None = None) -> dict:
        """Cells of a speaker: somebody who speaks in the record, now and then somebody else of its actors."""
        spoken = (
            [row["speaker_id"] for row in self.tables["statements"]] if self.chance.random() < 0.6 else None
        )
        return voice(
            self.tables,
            self.chance,
            actor or self.chance.choice(spoken or [row["actor_id"] for row in self.tables["actors"]]),
        )

    def words(self, row: dict | None = None) -> dict:
        """The cells of the row (the case's own), for another row that says the same on another day."""
        row = {**(row or self.row)}
        for name in ("statement_id", "source_id", "said_basis", "said_min", "said_max"):
            del row[name]
        return {**row, "speaker": row.pop("speaker_id")}

    def claim(self, **cells) -> dict:
        """Cells of a plain assertion, on a stage aspect, of a transfer, by anyone."""
        happened = self.day()
        return {
            **PLAIN,
            **self.voice(),
            "aspect": self.chance.choice(STAGE_ASPECTS),
            "transfer_id": self.transfer(),
            "limits": "total",
            **self.chance.choice(({}, {"event_min": happened, "event_max": happened})),
            **cells,
        }

    def adding(self, *added: dict, on: date | None = None, **changes) -> tuple[dict, list[dict]]:
        """The tables with rows of these cells, each in a source of its own, and the rows."""
        world = over(self.tables)
        world.tables.update(changes)
        for cells in added:
            world.say(str(on or self.day()), **cells)
        return world.tables, world.tables["statements"][len(world.tables["statements"]) - len(added) :]

    def replacing(self, row: dict) -> dict:
        """The tables with this row in place of the one of its name."""
        return {
            **self.tables,
            "statements": [
                row if old["statement_id"] == row["statement_id"] else old
                for old in self.tables["statements"]
            ],
        }


def case(seed: int, size: int) -> Case:
    chance = Random(seed)
    tables = world(chance, size).tables
    told = [row for row in tables["statements"] if row["stance"] == "assert"]
    return Case(
        tables, chance.choice(told if told and chance.random() < 0.7 else tables["statements"]), chance
    )


def shipped(built: dict) -> list[Case]:
    """A case for every row of the real record, in turn: as it stands; plainly asserted with a number; and with a rival beside it."""
    whole = {name: records(built[name]) for name in READ}
    whole["statements"] = [{name: row[name] for name in cells_read()} for row in whole["statements"]]
    cases = []
    for number, row in enumerate(whole["statements"]):
        tables = around(whole, row)
        aspect = (
            {"aspect": "delivery", "basis": None, **exact(100)}
            if row["transfer_id"]
            else {"aspect": "range", "basis": "assessed", **exact(100, scope=None, unit="km")}
        )
        plain = {**row, **PLAIN, **aspect}
        here = Case(tables, row, Random(number))
        alone = Case(here.replacing(plain), plain, Random(number))
        states = [
            actor["actor_id"]
            for actor in tables["actors"]
            if actor["kind"] == "state" and actor["actor_id"] not in (row["speaker_id"], row["speaks_for_id"])
        ]
        rival = {
            **alone.words(),
            **alone.voice(alone.chance.choice(states)),
            **dict.fromkeys(("low", "point", "high"), 300),
        }
        cases.append((here, alone, Case(alone.adding(rival)[0], plain, Random(number)))[number % 3])
    return cases


def around(whole: dict[str, list[dict]], row: dict) -> dict[str, list[dict]]:
    """The record cut to what the row's subject can read: its own rows and those of the classes above it that deny or admit
    for a party, and whatever any of them points to or is pointed at by; every transfer spoken of, and every system above.

    Of a subject with many rows, the row and some others drawn by its name: so the time taken grows with the record, not with its square."""
    parents = {system["system_id"]: system["parent_system_id"] for system in whole["systems"]}
    systems = {transfer["transfer_id"]: transfer["system_id"] for transfer in whole["transfers"]}
    above, here = set(), parents.get(systems.get(row["transfer_id"]))
    while here:
        above.add(here)
        here = parents[here]
    classes = {transfer for transfer, system in systems.items() if system in above}
    subject = (row["transfer_id"], row["system_id"])
    own = [
        other["statement_id"]
        for other in whole["statements"]
        if (other["transfer_id"], other["system_id"]) == subject
    ]
    said = [
        other["statement_id"]
        for other in whole["statements"]
        if other["transfer_id"] in classes
        and other["authority"] == "state_position"
        and other["stance"] in ("deny", "assert")
    ]
    chance = Random(row["statement_id"])
    kept = {
        row["statement_id"],
        *chance.sample(own, min(len(own), NEAR)),
        *chance.sample(said, min(len(said), NEAR)),
    }
    pointers, before = ("relays_statement_id", "rests_on_statement_id", "targets_statement_id"), 0
    while len(kept) > before:
        before = len(kept)
        for other in whole["statements"]:
            ends = {other["statement_id"], *(other[name] for name in pointers)} - {None}
            if ends & kept:
                kept |= ends
    statements = [other for other in whole["statements"] if other["statement_id"] in kept]
    spoken = {other["transfer_id"] for other in statements} - {None} or {whole["transfers"][0]["transfer_id"]}
    return {
        **whole,
        "statements": statements,
        "transfers": [line for line in whole["transfers"] if line["transfer_id"] in spoken],
        "transfer_links": [
            line
            for line in whole["transfer_links"]
            if {line["transfer_id"], line["linked_transfer_id"]} <= spoken
        ],
    }


@functools.cache
def cells_read() -> tuple[str, ...]:
    """The columns of statements that the derivation reads."""
    made = World()
    made.say()
    return tuple(made.tables["statements"][0])


def world(chance: Random, size: int) -> World:
    """A record of about `size` statements on a transfer, its parts, and the classes above it."""
    made = World()
    made.tables |= {name: rule_rows(name) for name in RULES}
    made.transfer("drones", "drones")
    made.transfer("everything", "arms")
    made.transfer("part", "shahed", supplier_actor_id=chance.choice([None, "sahara-thunder"]))
    made.transfer("part-of-part", "shahed")
    made.part("part", "t")
    made.part("part-of-part", "part")
    about, days = (
        chance.choice(("anything", "numbers", "numbers", "parties")),
        chance.choice((DAYS, DAYS[8:16])),
    )
    cast = ["united-states", *chance.sample(CAST, 4)] + {
        "anything": ["iran"],
        "numbers": ["united-kingdom", "france"],
        "parties": ["iran", "iran", "irn-minister", "russia"],
    }[about]
    for _ in range(size):
        say(made, chance, cast, about, days)
    if chance.random() < 0.4:
        withdrawal(made, chance)
    if chance.random() < 0.2:
        withdrawal(made, chance)
    return made


@functools.cache
def rule_rows(name: str) -> list[dict]:
    return records(unchanging(name))


def say(made: World, chance: Random, cast: list[str], about: str, days: list[date]):
    """Add one statement of any kind by one of the cast; about numbers, mostly of items delivered."""
    spoken = made.tables["statements"]
    if spoken and chance.random() < 0.15:
        return relay(made, chance, chance.choice(spoken))
    cells = {"limits": None, **subject(chance), **voice(made.tables, chance, chance.choice(cast))}
    party = cells["authority"] in OFFICIAL and any(
        made_by in ("IRN", "RUS") for made_by in states(made.tables, cells)
    )
    cells["stance"] = chance.choice(
        ("assert", "assert", "deny", "deny", "decline")
        if party
        else ("assert",) * 7 + ("project", "project", "doubt")
    )
    if party and cells["stance"] in ("assert", "deny"):
        cells["limits"] = chance.choice(
            LIMITS + (("system_limited",) if cells["transfer_id"] in ("drones", "everything") else ())
        )
    if about == "numbers" and chance.random() < 0.8:
        cells |= {"aspect": "delivery", "transfer_id": "t", "system_id": None, "basis": None}
    if cells["stance"] in ("assert", "project") and (
        cells["basis"] or chance.random() < (0.95 if about == "numbers" else 0.5)
    ):
        cells |= number(
            chance, "km" if cells["basis"] else chance.choice(["item"] * 5 + ["round"]), not cells["basis"]
        )
    on = chance.choice(days)
    if chance.random() < (0.9 if cells["stance"] == "project" else 0.3):
        first = on + timedelta(chance.choice((-60, 10, 10)))
        cells |= {
            "event_min": first,
            "event_max": first + timedelta(chance.choice((5, 90))) if chance.random() < 0.8 else None,
        }
    for share, rare in (
        (0.1, {"certainty": "possible"}),
        (0.06, {"explicitness": "presupposed"}),
        (0.06, {"polarity": "negated"}),
        (0.15, {"coded_from": "paraphrase_in_relay"}),
        (0.1, {"said_basis": "before_publication", "said_min": None}),
        (0.25, rests(made.tables, chance)),
    ):
        cells |= rare if chance.random() < share else {}
    if chance.random() < 0.1:
        cells["original_source_id"] = made.source(
            str(on - timedelta(chance.choice((1, 40)))), extent=chance.choice(("not_consulted", "full"))
        )
    made.say(str(on), **cells)


def subject(chance: Random) -> dict:
    """What the statement is about: mostly a stage of a transfer, at times an exhibit or a specification."""
    kind = chance.choice(("stage",) * 8 + ("exhibit", "exhibit", "range", "legality"))
    if kind == "range":
        return {
            "aspect": "range",
            "transfer_id": None,
            "system_id": "fateh",
            "basis": chance.choice(("assessed", "not_stated")),
            "evidence": "none_shown",
        }
    transfer = chance.choice(("t",) * 6 + ("part", "part-of-part", "drones", "everything"))
    aspect = {"stage": chance.choice(STAGE_ASPECTS), "exhibit": "manufacture_origin", "legality": "legality"}[
        kind
    ]
    evidence = (
        chance.choice(("physical_shown", "inspection_reported", "image_shown"))
        if kind == "exhibit"
        else "none_shown"
    )
    return {"aspect": aspect, "transfer_id": transfer, "system_id": None, "basis": None, "evidence": evidence}


def voice(tables: dict, chance: Random, actor_id: str) -> dict:
    """Cells of the actor as speaker, in a role that its kind can have."""
    actors = {row["actor_id"]: row for row in tables["actors"]}
    actor = actors[actor_id]
    parent = actors.get(actor["parent_actor_id"])
    cells = {
        "speaker": actor_id,
        "speaks_for_id": None,
        "authority": "none",
        "anonymity": chance.choice(("named", "named", "named", "unnamed_spokesperson")),
        "chain_complete": True,
    }
    if actor["kind"] in ("state", "joint_body"):
        return {
            **cells,
            "speaks_for_id": actor_id,
            "authority": chance.choice(("state_position", "state_position", "official_capacity")),
        }
    if (
        actor["kind"] == "person"
        and parent
        and (parent["kind"] == "state" or parent["state_controlled"] or not parent["state"])
    ):
        return {
            **cells,
            "speaks_for_id": parent["actor_id"],
            "authority": chance.choice(
                ("state_position", "state_position", "official_capacity", "former_official")
            ),
        }
    if actor["kind"] == "anonymous_group":
        return {
            **cells,
            "anonymity": "anonymous_described",
            "authority": "individual_official" if actor["state"] else "none",
            "chain_complete": bool(actor["state"]),
        }
    return cells


def states(tables: dict, cells: dict) -> set[str]:
    """The states of the speaker, of whom it speaks for, and of their members."""
    who = {cells["speaker"], cells["speaks_for_id"]}
    who |= {row["member_actor_id"] for row in tables["actor_members"] if row["actor_id"] in who}
    return {row["state"] for row in tables["actors"] if row["actor_id"] in who}


def number(chance: Random, unit: str, scoped: bool) -> dict:
    """Cells of a number of any shape, seldom pooled."""
    n = chance.randint(1, 9) * 50
    shape = chance.choice(
        ((n, n, n), (n, n, n), (n, n, n), (n, None, None), (None, None, n), (n, None, n + 100))
    )
    scope = (
        chance.choice(("total_to_date",) * 4 + ("batch", "window", "batch", "planned_total"))
        if scoped
        else None
    )
    return count(*shape, scope=scope, unit=unit, pooled=chance.random() < 0.08)


def blank_number() -> dict:
    return dict.fromkeys(("low", "point", "high", "scope", "canonical_unit", "pooled"))


def rests(tables: dict, chance: Random) -> dict:
    """Cells of a row that rests on another, or on an actor."""
    spoken = [row["statement_id"] for row in tables["statements"]]
    on = (
        {"rests_on_statement_id": chance.choice(spoken)}
        if spoken and chance.random() < 0.7
        else {"rests_on_actor_id": chance.choice(("france", "neutral-lab", "e3"))}
    )
    return {**on, "rests_on_certainty": chance.choice(("certain", "certain", "possible"))}


def relay(made: World, chance: Random, row: dict) -> str:
    """Retell the row, before or after it was published itself."""
    case = Case(made.tables, row, chance)
    told = {**case.words(), **(case.voice() if chance.random() < 0.3 else {})}
    return made.say(
        str(chance.choice(DAYS)),
        **{**told, "coded_from": "paraphrase_in_relay", "relays_statement_id": row["statement_id"]},
    )


def withdrawal(made: World, chance: Random, row: dict | None = None, on: date = date(2023, 4, 1)) -> str:
    """Let its speaker withdraw the row, a random one unless told."""
    row = row or chance.choice(made.tables["statements"])
    told = Case(made.tables, row, chance).words()
    return made.say(
        str(on),
        **{
            **told,
            **PLAIN,
            **blank_number(),
            "stance": "withdraw",
            "targets_statement_id": row["statement_id"],
            "event_min": None,
            "event_max": None,
        },
    )
