"""scripts/ and reference.py, written independently from the same rules, derive the same cells: of random records, and of the shipped one.

The random records are biased toward rows that rules use; how many of them reach each rule is asserted too.
"""

from collections import Counter

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reference import Record, derive, history
from world import DERIVED, D, World, exact

from scripts import record as scripts_record
from scripts.derive import believe
from scripts.schema.table_schema import load

RECORDS = 200
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)  # shrinking takes minutes
KEYS = {
    "statements": ["statement_id"],
    "transfers": ["transfer_id"],
    "systems": ["system_id"],
    "estimates": ["estimate_id"],
    "transfer_history": ["transfer_id", "known_from"],
}
READINGS = {
    "statements": {
        "low",
        "point",
        "high",
        "canonical_unit",
        "said",
        "said_min",
        "said_max",
        "event",
        "event_min",
        "event_max",
    },
    "systems": {"name"},
}

# ------------------------------------------------------------------------------------------------------------------- comparison


def plain(frames):
    return {
        name: pa.Table.from_pandas(frame, preserve_index=False).to_pylist() for name, frame in frames.items()
    }


def compared(table):
    return set(load()[table].columns("derived")) - READINGS.get(table, set())


def derived_by_scripts(frames, record):
    """{(table, key, column): cell} of every derived cell."""
    found = believe(frames, record, "by test")
    return {
        (name, tuple(row[key] for key in KEYS[name]), column): row[column]
        for name, rows in plain({name: found[name] for name in DERIVED}).items()
        for row in rows
        for column in compared(name)
    }


def derived_by_reference(record, version):
    """The same of the reference; statements that are not read are blank."""
    tables, out = derive(record) | {"transfer_history": history(record)}, {}
    blank = dict.fromkeys(("known_from", "origin_id", "origin_is_possible", "is_counting", "resolution"))
    tables["statements"] = {name: tables["statements"].get(name, blank) for name in record.statements}
    for name, rows in tables.items():
        stamp = {"rule_version": version} if name in ("estimates", "transfer_history") else {}
        out |= {
            (name, key if isinstance(key, tuple) else (key,), column): cell
            for key, row in rows.items()
            for column, cell in (row | stamp).items()
            if column in compared(name)
        }
    return out


def differences(frames, tables, day=None):
    """(number of cells, those on which scripts and reference differ with what either says, all cells), of what was known by the day."""
    record, reference = scripts_record.Record(frames), Record(tables)
    if day:
        record, reference = record.known_by(day), reference.on(day)
    one, two = derived_by_scripts(frames, record), derived_by_reference(reference, "by test")
    said = {cell: (one.get(cell, "no cell"), two.get(cell, "no cell")) for cell in one.keys() | two.keys()}
    return len(said), {cell: pair for cell, pair in said.items() if pair[0] != pair[1]}, one


# --------------------------------------------------------------------------------------------------------------- random records

DAYS = ["2022-02-23", "2022-03-10", "2022-06-01", "2022-06-02", "2022-09-15", "2022-12-05", "2023-01-10"]
TRANSFERS = ["t"] * 6 + ["part", "part", "deep", "generic", "generic", "uavs", "syria", "company", "missile"]
ASPECTS = ["delivery"] * 7 + [
    "shipment",
    "shipment",
    "agreement",
    "manufacture_origin",
    "manufacture_origin",
    "legality",
    "use",
    "range",
    "range",
    "speed",
]
SPEAKERS = [
    "usa",
    "usa",
    "gbr",
    "fra",
    "irn",
    "irn",
    "irn",
    "rus",
    "rus",
    "e3",
    "lab",
    "lab",
    "pool",
    "other",
]
OTHERS = [  # people, groups, bodies and the offices they hold
    {"speaker": "us-officials-1", "authority": "individual_official", "anonymity": "anonymous_described"},
    {"speaker": "gb-officials", "authority": "individual_official", "anonymity": "anonymous_described"},
    {"speaker": "ryder", "authority": "former_official"},
    {"speaker": "loner"},
    {"speaker": "analyst"},
    {"speaker": "cnn"},
    {"speaker": "tass"},
    {"speaker": "car"},
    {"speaker": "borrell", "speaks_for_id": "european-union", "authority": "official_capacity"},
    {"speaker": "irn-spokesman", "speaks_for_id": "iran", "authority": "state_position"},
    {"speaker": "irn-factory", "authority": "none"},
    {"speaker": "sahara-thunder"},
    {"speaker": "g7", "speaks_for_id": "g7", "authority": "state_position"},
    {"speaker": "irn-rus-joint", "speaks_for_id": "irn-rus-joint", "authority": "state_position"},
    {"speaker": "analyst", "speaks_for_id": "russia"},
    {"speaker": "france", "speaks_for_id": "e3", "authority": "state_position"},
    {"speaker": "irn-spokesman", "authority": "state_position"},
]
LIMITS = [
    None,
    "total",
    "total",
    "quantity_limited",
    "time_limited",
    "system_limited",
    "legality_only",
    "characterisation",
]


def stance(rnd, speaker):
    if speaker in ("irn", "rus"):
        return rnd.choice(["assert"] * 3 + ["deny"] * 3 + ["decline", "project"])
    return rnd.choice(["assert"] * 8 + ["project", "project", "doubt", "deny"])


def number(rnd, aspect):
    """Cells of a number; small ones, so that rows agree and conflict."""
    n = rnd.randrange(0, 9) * 50
    cells = exact(n) | dict(
        zip(
            ("low", "point", "high"),
            rnd.choice([(n, n, n), (n, n, n), (n, None, None), (None, None, n), (n, None, n + 100)]),
        )
    )
    if aspect in ("range", "speed"):
        return cells | {"scope": None, "canonical_unit": "km" if aspect == "range" else "mach"}
    return cells | {
        "scope": rnd.choice(["total_to_date"] * 4 + ["batch", "batch", "window", "planned_total"]),
        "canonical_unit": rnd.choice(["item"] * 5 + ["round", "tonne"]),
    }


def flavour(rnd):
    """The cells by which a row belongs to some rule."""
    return rnd.choice(
        [
            lambda: {},
            lambda: {"aspect": "delivery", "stance": "assert", "transfer_id": "t"} | number(rnd, "delivery"),
            lambda: {"aspect": "delivery", "stance": "assert", "transfer_id": "t"} | number(rnd, "delivery"),
            lambda: {
                "by": rnd.choice(["irn", "irn", "rus"]),
                "stance": rnd.choice(["deny", "deny", "assert", "decline"]),
                "transfer_id": rnd.choice(["t", "part", "company"]),
            },
            lambda: {
                "by": rnd.choice(["irn", "irn", "rus"]),
                "stance": "deny",
                "transfer_id": rnd.choice(["generic", "generic", "uavs"]),
                "limits": rnd.choice(LIMITS),
            },
            lambda: {
                "by": rnd.choice(["lab", "lab", "gbr", "other"]),
                "aspect": "manufacture_origin",
                "stance": "assert",
                "evidence": rnd.choice(["physical_shown", "inspection_reported"]),
            },
            lambda: {
                "by": "gbr",
                "aspect": "manufacture_origin",
                "stance": "assert",
                "evidence": "physical_shown",
                "transfer_id": "t",
                "said_basis": "before_publication",
                "said_min": None,
            },
            lambda: (
                {
                    "by": rnd.choice(["usa", "gbr", "lab", "e3", "other"]),
                    "aspect": "range",
                    "stance": "assert",
                    "system_id": "fateh",
                }
                | number(rnd, "range")
            ),
            lambda: {
                "aspect": rnd.choice(["shipment", "agreement"]),
                "stance": "project",
                "transfer_id": "t",
            },
        ]
    )()


def statement(rnd, world):
    """Adds one statement, anything of it chosen."""
    flavoured = flavour(rnd)
    speaker, day = flavoured.pop("by", None) or rnd.choice(SPEAKERS), rnd.choice(DAYS)
    aspect = flavoured.get("aspect") or rnd.choice(
        ASPECTS
        if "transfer_id" not in flavoured
        else ["delivery", "delivery", "shipment", "agreement", "legality"]
    )
    earlier = [row["statement_id"] for row in world.tables["statements"]]
    row = {"aspect": aspect, "transfer_id": rnd.choice(TRANSFERS), "stance": stance(rnd, speaker)}
    row |= rnd.choice(OTHERS) if speaker == "other" else {}
    row["limits"] = rnd.choice(LIMITS) if row["stance"] in ("assert", "deny") else None
    if aspect in ("range", "speed", "use"):
        row |= {"transfer_id": None, "system_id": rnd.choice(["fateh", "shahed"])}
        row["basis"] = (
            rnd.choice(["assessed", "demonstrated", "advertised", "not_stated"]) if aspect != "use" else None
        )
    if aspect == "manufacture_origin":
        row["evidence"] = rnd.choice(
            ["physical_shown", "document_shown", "inspection_reported", "image_shown"]
        )
    if row["stance"] in ("assert", "project") and aspect not in ("use", "legality") and rnd.randrange(10) < 6:
        row |= number(rnd, aspect)
    row |= flavoured
    if row["stance"] == "project" or rnd.randrange(4) == 0:
        row["event_min"], row["event_max"] = rnd.choice(
            [
                (None, DAYS[4]),
                (DAYS[1], DAYS[1]),
                (DAYS[2], DAYS[3]),
                (DAYS[4], DAYS[4]),
                (DAYS[5], None),
                (DAYS[6], "2023-03-31"),
            ]
        )
    for chance, cells in [
        (8, {"certainty": "possible"}),
        (12, {"explicitness": "presupposed"}),
        (12, {"polarity": "negated"}),
        (6, {"coded_from": "paraphrase_in_relay"}),
        (12, {"pooled": True}),
        (12, {"anonymity": "unnamed_spokesperson"}),
        (10, {"said_basis": "before_publication", "said_min": None}),
        (12, {"chain_complete": False}),
    ]:
        row |= cells if rnd.randrange(chance) == 0 else {}
    rest = rnd.randrange(10)
    if rest < 2 and earlier:
        row |= {
            "rests_on_statement_id": rnd.choice(earlier[-4:]),
            "rests_on_certainty": rnd.choice(["certain", "certain", "possible"]),
        }
    elif rest == 2:
        row |= {
            "rests_on_actor_id": rnd.choice(
                ["france", "cnn", "us-dod", "loner", "e3", "neutral-lab", "ryder"]
            ),
            "rests_on_certainty": rnd.choice(["certain", "possible"]),
        }
    elif rest == 3 and earlier:
        row |= {
            "relays_statement_id": rnd.choice(earlier[-4:]),
            "explicitness": rnd.choice(["explicit", "explicit", "presupposed"]),
        }
    if rnd.randrange(8) == 0:
        row["original_source_id"] = world.source(
            rnd.choice(DAYS), extent=rnd.choice(["not_consulted", "full"])
        )
    if rnd.randrange(8) == 0:
        row["source"] = world.source(
            day, "cnn", copy_of=world.source(rnd.choice(DAYS), extent=rnd.choice(["not_consulted", "full"]))
        )
    getattr(world, "say" if speaker == "other" else speaker)(day, **row)


def random_world(rnd):
    """A record: a transfer with parts, classes above it and transfers beside it, up to 36 statements, some withdrawn, in any order."""
    world = World()
    for name, system, more in [
        ("part", "shahed", {}),
        ("deep", "shahed", {}),
        ("generic", "arms", {}),
        ("uavs", "drones", {"mode": "kits"}),
        ("missile", "fateh", {}),
        ("syria", "shahed", {"recipient": "SYR"}),
        ("company", "shahed", {"supplier_actor_id": "sahara-thunder", "recipient_actor_id": "tass"}),
    ]:
        world.transfer(name, system, **more)
    for part, whole in [("part", "t"), ("deep", "part"), ("deep", "company")]:
        if rnd.randrange(3):
            world.part(part, whole)
    for _ in range(rnd.randrange(2, 34)):
        statement(rnd, world)
    for _ in range(rnd.randrange(4)):
        target = rnd.choice(world.tables["statements"])
        world.withdraw(
            target["statement_id"],
            rnd.choice(DAYS[2:]),
            aspect="legality",
            transfer_id="syria",
            explicitness=rnd.choice(["explicit"] * 5 + ["presupposed"]),
        )
    for name in ("statements", "sources", "transfers", "transfer_links"):
        rnd.shuffle(world.tables[name])
    return world


# ---------------------------------------------------------------------------------------------------------------- which rules act

ROWS = {  # rule: (which statements it reads, what they become without it; None: they go)
    "relays": (lambda row: row["relays_statement_id"], None),
    "resting on a statement": (
        lambda row: row["rests_on_statement_id"],
        {"rests_on_statement_id": None, "rests_on_certainty": None},
    ),
    "resting on an actor": (
        lambda row: row["rests_on_actor_id"],
        {"rests_on_actor_id": None, "rests_on_certainty": None},
    ),
    "possible resting": (
        lambda row: row["rests_on_certainty"] == "possible",
        {"rests_on_statement_id": None, "rests_on_actor_id": None, "rests_on_certainty": None},
    ),
    "incomplete chains": (lambda row: not row["chain_complete"], {"chain_complete": True}),
    "paraphrases in relays": (lambda row: row["coded_from"] != "original", {"coded_from": "original"}),
    "joint texts": (lambda row: row["speaker_id"] in ("e3", "g7", "irn-rus-joint"), None),
    "denials": (lambda row: row["stance"] == "deny", None),
    "refusals": (lambda row: row["stance"] == "decline", None),
    "projections": (lambda row: row["stance"] == "project", None),
    "withdrawals": (lambda row: row["stance"] == "withdraw", None),
    "limits": (lambda row: row["limits"], {"limits": None}),
    "limits that make it neither": (
        lambda row: row["limits"] in ("legality_only", "characterisation"),
        {"limits": None},
    ),
    "presupposition": (lambda row: row["explicitness"] == "presupposed", {"explicitness": "explicit"}),
    "negation": (lambda row: row["polarity"] == "negated", {"polarity": "affirmed"}),
    "only possible": (lambda row: row["certainty"] == "possible", {"certainty": "not_expressed"}),
    "exhibits": (lambda row: row["aspect"] == "manufacture_origin", {"evidence": "none_shown"}),
    "undated exhibits": (
        lambda row: row["aspect"] == "manufacture_origin" and row["said_min"] is None,
        {"said_min": D(DAYS[0])},
    ),
    "batches and windows": (lambda row: row["scope"] in ("batch", "window"), None),
    "pooled numbers": (lambda row: row["pooled"], {"pooled": False}),
    "zero": (lambda row: row["high"] == 0, {"low": None, "point": None, "high": None}),
}
TABLES = {  # rule: (table, what its rows become without it; None: they go)
    "parts": ("transfer_links", None),
    "adversaries": ("alignments", None),
    "classes": ("systems", {"parent_system_id": None}),
    "old numbers": ("units", {"is_count": False}),
    "originals not consulted": ("sources", {"extent": "full"}),
    "copies": ("sources", {"copy_of_source_id": None}),
}
WORDS = {  # derived words that every run must have met, by column
    "support_shipped": {
        "documented",
        "acknowledged",
        "acknowledged_in_part",
        "corroborated",
        "reported",
        "projected",
        "none",
    },
    "supplier_position": {
        "none",
        "acknowledged",
        "acknowledged_in_part",
        "declined",
        "denied_in_part",
        "denied",
    },
    "resolution": {"cancelled", "fulfilled", "lapsed", "open"},
    "has_pool": {True, False},
    "conflict": {True, False},
    "low_open": {True, False},
    "high_open": {True, False},
    "origin_is_possible": {True, False},
    "range_basis": {"assessed", "demonstrated", "advertised", "not_stated"},
    "delivered_unit": {"item", "round", "tonne"},
}


def told(record):
    """What is derived but for tallies and statements: the cells in which a rule can show."""
    found = derive(record)
    return {
        name: {
            key: {
                column: cell
                for column, cell in row.items()
                if not column.startswith(("n_s", "n_pub", "last_", "latest_", "oldest_"))
            }
            for key, row in found[name].items()
        }
        for name in ("transfers", "systems", "estimates")
    }


def rules_that_act(tables):
    """The rules without which something else would be derived."""
    base, acting = told(Record(tables)), set()
    for rule, (reads, becomes) in ROWS.items():
        if any(reads(row) for row in tables["statements"]):
            rows = [
                row if not reads(row) else row | becomes
                for row in tables["statements"]
                if becomes is not None or not reads(row)
            ]
            gone = {row["statement_id"] for row in tables["statements"]} - {
                row["statement_id"] for row in rows
            }
            rows = [
                row
                | {
                    name: None
                    for name in ("relays_statement_id", "rests_on_statement_id")
                    if row[name] in gone
                }
                for row in rows
            ]
            acting |= {rule} if told(Record(tables | {"statements": rows})) != base else set()
    for rule, (table, becomes) in TABLES.items():
        rows = [] if becomes is None else [row | becomes for row in tables[table]]
        acting |= {rule} if told(Record(tables | {table: rows})) != base else set()
    return acting


# ------------------------------------------------------------------------------------------------------------------------ tests


def test_random_records_agree():
    cells, seen, reached = [], Counter(), Counter()

    @settings(SETTINGS, max_examples=RECORDS)
    @given(st.randoms(use_true_random=False).map(random_world))
    def compare(world):
        number, differing, found = differences(world.frames(), world.tables)
        assert not differing, [
            {name: cell for name, cell in row.items() if cell is not None}
            for row in world.tables["statements"]
        ]
        cells.append(number)
        seen.update(
            {(column, cell) for (_, _, column), cell in found.items() if column in WORDS and cell is not None}
        )
        reached.update(rules_that_act(world.tables))

    compare()
    assert len(cells) >= RECORDS and sum(cells) > 400 * RECORDS
    share = {rule: reached[rule] / len(cells) for rule in (*ROWS, *TABLES)}
    assert {rule: part for rule, part in share.items() if part < 0.01} == {}
    assert {
        (column, word)
        for column, words in WORDS.items()
        for word in words
        if seen[column, word] < 0.02 * len(cells)
    } == set()


@settings(SETTINGS, max_examples=30)
@given(st.randoms(use_true_random=False).map(random_world), st.sampled_from(DAYS))
def test_what_was_known_by_a_day_agrees(world, day):
    assert not differences(world.frames(), world.tables, D(day))[1]


def test_the_shipped_record_agrees(built):
    tables = plain({name: table for name, table in built.items() if name != "claims_flat"})
    number, differing, found = differences(built, tables)
    assert not differing and number > 600
    for name in DERIVED:  # and is what was built
        for row in tables[name]:
            key = tuple(row[column] for column in KEYS[name])
            assert all(
                row[column] == found[name, key, column] for column in compared(name) - {"rule_version"}
            )


def test_every_derived_column_is_compared():
    record = World()
    record.usa(**exact(5))
    found = derived_by_reference(Record(record.tables), "")
    for name in DERIVED:
        assert {column for table, _, column in found if table == name} >= compared(name)
