"""Laws of the derivation, each on random records; `test_shipped.py` runs them over the shipped record."""

import datetime
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.derive import derive_tables, rule_files
from scripts.export.tables import frame, ordered
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT
from tests.random_record import SCHEMAS, random_record, shipped_record

pytestmark = pytest.mark.slow  # each law derives a record two times or more

RULES = rule_files(ROOT)
SEEDS = st.integers(min_value=0, max_value=10**6)
# An eighth of what other laws have, for each derives a record two times or more.
EXAMPLES = settings(max_examples=settings.default.max_examples // 8)
STATUS_ORDER = (
    "no_claim implied lapsed expected held_possible outlet_only party_side reported one_official officials"
)
STATUS_ORDER = [*STATUS_ORDER.split(), "acknowledged", "inspected"]
STAGES = ("talks", "agreed", "transferred")
COUNTS = ("n_official", "n_named", "n_unnamed", "n_outlets")
POSITIONS = [
    f"{party}_{cell}"
    for party in ("supplier", "recipient")
    for cell in ("position", "denial_id", "admission_id")
]
OWN = [f"{stage}_{cell}" for stage in STAGES for cell in ("status", *COUNTS, "n_saying_not")] + POSITIONS


def derive(tables: Tables, **options) -> Tables:
    return derive_tables(tables, RULES, **options)


def with_statements(tables: Tables, rows: list[dict]) -> Tables:
    return {**tables, "statements": frame(rows, SCHEMAS["statements"])}


def own_cells(tables: Tables) -> dict[str, dict]:
    """Status, counts and positions of every transfer."""
    return {
        row["transfer_id"]: {name: blank(name) if row[name] is None else row[name] for name in OWN}
        for row in records(tables["transfers"])
    }


def blank(name: str) -> str | int | None:
    """What a transfer says of which nothing was said."""
    if name.endswith("_status"):
        return "no_claim"
    return "silent" if name.endswith("_position") else None if name.endswith("_id") else 0


def standing(tables: Tables, name: str, columns: list[str], day: datetime.date | None = None) -> list[tuple]:
    """The rows of a derived table that hold on a day, or to the end, without their days."""
    rows = records(tables[name])
    if day is None:
        rows = [row for row in rows if row["known_to"] is None]
    else:
        rows = [r for r in rows if r["known_from"] <= day and (r["known_to"] is None or r["known_to"] > day)]
    return sorted(str([row[column] for column in columns]) for row in rows)


VOICE = ["transfer_id", "stage", "voice_kind", "voice_id", "says", "limits", "statement_id"]
POSITION = ["transfer_id", "party", "stage", "word", "limits", "statement_id", "of_transfer_id", "is_wider"]
FIGURE = [
    "transfer_id",
    "system_id",
    "measure",
    "unit",
    "basis",
    "voice_id",
    "statement_id",
    "low",
    "point",
    "high",
]
ESTIMATE = [
    "transfer_id",
    "system_id",
    "measure",
    "unit",
    "smallest",
    "largest",
    "n_voices",
    "is_contradictory",
]


@EXAMPLES
@given(SEEDS)
def test_order_of_rows_is_irrelevant(seed):
    record = random_record(seed, 50)
    rows = records(record["statements"])
    random.Random(seed).shuffle(rows)
    first, second = derive(record), derive(with_statements(record, rows))
    for name in ("transfers", "systems", "voices", "positions", "figures", "estimates", "transfer_history"):
        pd.testing.assert_frame_equal(first[name], second[name])


@EXAMPLES
@given(SEEDS)
def test_a_relay_changes_no_status_count_or_figure(seed):
    record = random_record(seed, 50)
    rows = records(record["statements"])
    needed = {row["rests_on_statement_id"] for row in rows}
    kept = [row for row in rows if row["relays_statement_id"] is None or row["statement_id"] in needed]
    first, second = derive(record), derive(with_statements(record, kept))
    assert own_cells(first) == own_cells(second)
    assert standing(first, "figures", FIGURE) == standing(second, "figures", FIGURE)
    assert standing(first, "estimates", ESTIMATE) == standing(second, "estimates", ESTIMATE)


@EXAMPLES
@given(SEEDS)
def test_nobody_elses_negative_changes_a_status_or_count(seed):
    record = random_record(seed, 50)
    derived = derive(record)
    rows, voices = records(record["statements"]), records(derived["voices"])
    asserting = {row["voice_id"] for row in voices if row["says"] == "asserts"} | {"IRN", "RUS"}
    mild = {
        row["statement_id"]
        for row in voices
        if row["says"] in ("says_not", "doubts", "declines", "expects_not", "denies")
        and row["voice_id"] not in asserting
    }
    mild -= {row["statement_id"] for row in voices if row["voice_id"] in asserting}
    mild -= {row["rests_on_statement_id"] for row in rows} | {row["targets_statement_id"] for row in rows}
    second = derive(with_statements(record, [row for row in rows if row["statement_id"] not in mild]))
    for transfer_id, cells in own_cells(derived).items():
        other = own_cells(second)[transfer_id]
        assert {k: v for k, v in cells.items() if not k.endswith("n_saying_not")} == {
            k: v for k, v in other.items() if not k.endswith("n_saying_not")
        }


def assertion(seed: int, record: Tables, speaker_id: str, speaks_for_id: str, **cells) -> dict:
    """A plain first-hand assertion of a delivery, said after everything else."""
    rng = random.Random(seed)
    source = rng.choice([row for row in records(record["sources"]) if row["extent"] == "full"])
    return {
        "statement_id": f"{source['source_id']}.99",
        "source_id": source["source_id"],
        "speaker_id": speaker_id,
        "speaks_for_id": speaks_for_id,
        "authority": "state_position",
        "anonymity": "named",
        "chain_complete": True,
        "stance": "assert",
        "polarity": "affirmed",
        "certainty": "certain",
        "limits": "total",
        "explicitness": "explicit",
        "evidence": "none_shown",
        "aspect": "delivery",
        "transfer_id": rng.choice(["irn-rus-drones", "irn-rus-shahed", "rus-irn-jets", "irn-rus-lot"]),
        "said": "2022-09-01",
        "said_min": datetime.date(2022, 9, 1),
        "said_max": datetime.date(2022, 9, 1),
    } | cells


@EXAMPLES
@given(
    SEEDS,
    st.sampled_from([("france-minister", "france"), ("usa-spokesman", "usa"), ("iran-minister", "iran")]),
)
def test_an_added_assertion_lowers_no_status_and_no_count(seed, speaker):
    record = random_record(seed, 50)
    limits = random.Random(seed).choice(["total", "time_limited"])
    added = assertion(seed, record, *speaker, limits=limits)
    first = derive(record)
    second = derive(with_statements(record, [*records(record["statements"]), added]))
    after = own_cells(second)
    for transfer_id, cells in own_cells(first).items():
        for stage in STAGES:
            before_no = STATUS_ORDER.index(cells[f"{stage}_status"])
            assert STATUS_ORDER.index(after[transfer_id][f"{stage}_status"]) >= before_no
            for count in COUNTS:
                assert after[transfer_id][f"{stage}_{count}"] >= cells[f"{stage}_{count}"]


@EXAMPLES
@given(SEEDS)
def test_an_expectation_erases_no_assertion(seed):
    record = random_record(seed, 50)
    rows = records(record["statements"])
    needed = {row["rests_on_statement_id"] for row in rows} | {row["relays_statement_id"] for row in rows}
    kept = [row for row in rows if row["stance"] != "project" or row["statement_id"] in needed]
    first, second = own_cells(derive(record)), own_cells(derive(with_statements(record, kept)))
    for transfer_id, cells in second.items():
        for stage in STAGES:
            if STATUS_ORDER.index(cells[f"{stage}_status"]) >= STATUS_ORDER.index("held_possible"):
                assert first[transfer_id][f"{stage}_status"] == cells[f"{stage}_status"]


@EXAMPLES
@given(SEEDS)
def test_a_second_row_of_a_voice_adds_no_voice(seed):
    record = random_record(seed, 50)
    derived = derive(record)
    asserting = {row["statement_id"] for row in records(derived["voices"]) if row["says"] == "asserts"}
    rows = records(record["statements"])
    asserting -= {row["targets_statement_id"] for row in rows}
    again = [
        {**row, "statement_id": f"{row['source_id']}.{900 + number}"}
        for number, row in enumerate(rows)
        if row["statement_id"] in asserting
    ]
    second = own_cells(derive(with_statements(record, rows + again)))
    for transfer_id, cells in own_cells(derived).items():  # which of two like rows an ID names is free
        names = [name for name in OWN if not name.endswith("_id")]
        assert [second[transfer_id][name] for name in names] == [cells[name] for name in names]


@EXAMPLES
@given(SEEDS)
def test_a_joint_text_adds_exactly_its_signatories(seed):
    record = random_record(seed, 30)
    added = assertion(seed, record, "e2", "e2", transfer_id="rus-irn-jets")
    first = derive(record)
    second = derive(with_statements(record, [*records(record["statements"]), added]))

    def officials(tables: Tables) -> set[str]:
        return {
            row["voice_id"]
            for row in records(tables["voices"])
            if row["transfer_id"] == "rus-irn-jets"
            and row["stage"] == "transferred"
            and row["says"] == "asserts"
            if row["voice_kind"] in ("government", "international_body") and row["known_to"] is None
        }

    assert officials(second) == officials(first) | {"USA", "FRA", "eu"}


@EXAMPLES
@given(SEEDS)
def test_nothing_said_of_one_transfer_changes_another(seed):
    record = random_record(seed, 50)
    rows = records(record["statements"])
    needed = {row["rests_on_statement_id"] for row in rows} | {row["relays_statement_id"] for row in rows}
    gone = {"irn-rus-drones", "irn-rus-lot"}
    kept = [
        row
        for row in rows
        if row["transfer_id"] not in gone or row["statement_id"] in needed or row["stance"] == "withdraw"
    ]
    first, second = derive(record), derive(with_statements(record, kept))
    for transfer_id, cells in own_cells(first).items():
        if transfer_id not in gone:
            assert own_cells(second)[transfer_id] == cells

    def others(tables: Tables) -> list[str]:
        return [
            line
            for line in standing(tables, "figures", FIGURE)
            if not any(f"'{key}'" in line for key in gone)
        ]

    assert others(first) == others(second)


def check_numbers(derived: Tables) -> int:
    """Every number in figures and estimates is a bound of a statement; how many were looked at."""
    stated: dict[str, set] = {}
    numbers = 0
    for row in records(derived["statements"]):
        subject = row["transfer_id"] or row["system_id"]
        stated.setdefault(subject, set()).update((row["low"], row["point"], row["high"]))
    for table, columns in (("figures", ("low", "point", "high")), ("estimates", ("smallest", "largest"))):
        for row in records(derived[table]):
            for column in columns:
                assert row[column] in stated[row["transfer_id"] or row["system_id"]]
                numbers += row[column] is not None
    return numbers


@EXAMPLES
@given(SEEDS)
def test_every_number_stands_in_a_statement(seed):
    assert check_numbers(derive(random_record(seed, 60))) > 0


def check_positions(derived: Tables) -> int:
    """Every position is a dated, first-hand statement by that party, on that stage; how many were looked at."""
    statements = {row["statement_id"]: row for row in records(derived["statements"])}
    transfers = {row["transfer_id"]: row for row in records(derived["transfers"])}
    positions = records(derived["positions"])
    for row in positions:
        statement, transfer = statements[row["statement_id"]], transfers[row["transfer_id"]]
        assert statement["said_min"] is not None and statement["stage"] == row["stage"]
        assert statement["use_as"] in ("asserts", "denies", "says_not", "declines", "taken_back")
        if statement["voice_kind"] == "government":
            assert statement["voice_id"] == transfer[row["party"]]
        else:
            assert statement["voice_kind"] == "joint_text"
    return len(positions)


@EXAMPLES
@given(SEEDS)
def test_every_position_is_a_dated_statement_of_that_party(seed):
    check_positions(derive(random_record(seed, 60)))


def check_history(record: Tables, derived: Tables, day: datetime.date) -> None:
    """What held on a day is what the rules give of what was known by then."""
    known = dict(zip(derived["statements"]["statement_id"], derived["statements"]["known_from"], strict=True))
    then = derive(record, day=day, keep=lambda statements: statements["statement_id"].map(known) <= day)
    history = {
        row["transfer_id"]: row for row in records(derived["transfer_history"]) if row["known_from"] <= day
    }
    history = {key: row for key, row in history.items() if row["known_to"] is None or row["known_to"] > day}
    for transfer_id, cells in own_cells(then).items():
        if transfer_id in history:
            assert cells == {name: history[transfer_id][name] for name in OWN}
    for name, columns in (
        ("voices", VOICE),
        ("positions", POSITION),
        ("figures", FIGURE),
        ("estimates", ESTIMATE),
    ):
        assert standing(then, name, columns) == standing(derived, name, columns, day)


@EXAMPLES
@given(SEEDS, st.integers(min_value=0, max_value=75))
def test_history_is_what_the_rules_give_of_what_was_known(seed, days):
    record = random_record(seed, 60)
    check_history(record, derive(record), datetime.date(2022, 6, 1) + datetime.timedelta(days=days))


def test_the_random_records_reach_the_rules():
    """A law that no example reaches proves nothing: every kind of voice, word and status occurs."""
    wanted = {
        category["value"]
        for name in ("voice_kind", "says")
        for category in SCHEMAS["voices"].field(name)["categories"]
    }
    wanted |= set(STATUS_ORDER) - {"lapsed", "inspected"}
    wanted |= {"admits", "denies", "declines", "wider denies", "retells", "taken_for_granted", "taken_back"}
    for seed in range(20):
        wanted -= reached(derive(random_record(seed, 80)))
        if not wanted:
            break
    assert not wanted


def reached(derived: Tables) -> set[str]:
    """The kinds of voice, words and statuses that occur in a derived record."""
    statements, history, positions = (
        derived[name] for name in ("statements", "transfer_history", "positions")
    )
    found = set(derived["voices"]["voice_kind"]) | set(derived["voices"]["says"]) | set(positions["word"])
    for stage in STAGES:
        found |= set(history[f"{stage}_status"])
    found |= {f"wider {word}" for word in positions.query("is_wider")["word"]}
    return found | set(statements["use_as"].dropna()) | set(statements["resolution"].dropna())


def test_laws_hold_on_the_shipped_record():
    """The laws on numbers, positions and history, and that deriving again gives what is shipped."""
    shipped = shipped_record()
    derived = derive(shipped)
    for name in (
        "statements",
        "transfers",
        "systems",
        "voices",
        "positions",
        "figures",
        "estimates",
        "transfer_history",
    ):
        again, held = (ordered(tables[name], SCHEMAS[name]) for tables in (derived, shipped))
        pd.testing.assert_frame_equal(again, held)
    assert check_numbers(derived) > 100 and check_positions(derived) > 10
    for day in ("2022-07-11", "2022-11-05", "2023-06-12", "2024-02-22", "2024-09-10"):
        check_history(shipped, derived, datetime.date.fromisoformat(day))


def test_no_retelling_and_no_copy_is_a_voice_of_the_shipped_record():
    """A row that points to another is in no derived cell, and takes nothing with it; a copy speaks for nobody new."""
    shipped = shipped_record()
    rows, sources = records(shipped["statements"]), shipped["sources"].set_index("source_id")
    relays = {row["statement_id"] for row in rows if row["relays_statement_id"] is not None}
    named = named_statements(shipped)
    assert len(relays) > 300 and len(named) > 1000 and not relays & named
    needed = {row["rests_on_statement_id"] for row in rows}
    without = derive(with_statements(shipped, [r for r in rows if r["statement_id"] not in relays - needed]))
    assert own_cells(without) == own_cells(shipped)
    for name, columns in (
        ("figures", FIGURE),
        ("estimates", ESTIMATE),
        ("voices", VOICE),
        ("positions", POSITION),
    ):
        assert standing(without, name, columns) == standing(shipped, name, columns)
    copies = [row for row in rows if isinstance(sources.at[row["source_id"], "copy_of_source_id"], str)]
    assert len(copies) > 100
    for row in copies:
        publisher = sources.at[row["source_id"], "publisher_id"]
        spoken_for = {row["speaker_id"], row["speaks_for_id"]}
        assert row["voice_id"] not in {publisher, row["source_id"]} or publisher in spoken_for, row
    for row in rows:
        if row["voice_kind"] == "unnamed" and row["original_source_id"] is not None:
            assert row["voice_id"] == row["original_source_id"], row


def named_statements(tables: Tables) -> set[str]:
    """Every statement that a cell of a derived table names."""
    statements = set(tables["statements"]["statement_id"])
    named: set[str] = set()
    for name in ("transfers", "systems", "voices", "positions", "figures", "estimates", "transfer_history"):
        for column in tables[name].columns:
            named |= statements & set(tables[name][column].dropna().astype(str))
    return named
