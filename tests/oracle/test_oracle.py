"""The rules against the second implementation, cell by cell, and wrong edits of the rules against both."""

import re
from pathlib import Path

import pytest

from scripts.derive import derive_tables, rule_files
from scripts.export.tables import frame
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT
from tests.oracle import reference
from tests.oracle.joined import joined
from tests.oracle.wrong_edits import EDITS
from tests.random_record import SCHEMAS, random_record, shipped_record

KEYS = {
    "statements": ["statement_id"],
    "transfers": ["transfer_id"],
    "systems": ["system_id"],
    "voices": ["transfer_id", "stage", "voice_kind", "voice_id", "says", "statement_id", "known_from"],
    "positions": ["transfer_id", "party", "stage", "word", "is_wider", "statement_id", "known_from"],
    "figures": ["statement_id", "voice_kind", "voice_id", "known_from"],
    "estimates": ["estimate_id"],
    "transfer_history": ["transfer_id", "known_from"],
}
SEEDS = [(0, 45, False), (1, 45, False), (2, 45, False), (3, 45, False)]
SEEDS += [(seed, 70, True) for seed in range(11, 16)]


def differences(tables: Tables, derived: Tables, expected: dict[str, list[dict]]) -> list[str]:
    """Every cell in which the derived tables and the second implementation differ."""
    found = []
    for table, key in KEYS.items():
        rules, oracle = (
            {tuple(str(row[name]) for name in key): row for row in rows}
            for rows in (records(derived[table]), expected[table])
        )
        for row_id in sorted(rules.keys() | oracle.keys()):
            if row_id not in rules or row_id not in oracle:
                found.append(f"{table} {row_id}: only {'the oracle' if row_id in oracle else 'the rules'}")
                continue
            columns = oracle[row_id].keys() & rules[row_id].keys()
            found += [
                f"{table} {row_id} {name}: rules {rules[row_id][name]}, oracle {oracle[row_id][name]}"
                for name in sorted(columns)
                if rules[row_id][name] != oracle[row_id][name]
            ]
    return found


def rare_record() -> Tables:
    """A record of what random ones have too seldom: trainees, words that rest on a person below a body, a page that
    doubts what it retells, exhibits of a party or without an ID, two denials or two totals of one day."""
    record = random_record(21, 96, True)
    rows = records(record["statements"])
    sources = {row["source_id"]: row for row in records(record["sources"])}
    for number, row in enumerate(rows):
        row |= rare_cells(number, sources[row["source_id"]])
    return {**record, "statements": frame(rows, SCHEMAS["statements"])}


def rare_cells(number: int, source: dict) -> dict:
    """Other cells for a row, by its number; what is of one page is said on one day."""
    plain = {"stance": "assert", "polarity": "affirmed", "certainty": "certain", "limits": "total"}
    plain |= {"targets_statement_id": None, "authority": "state_position", "anonymity": "named"}
    day = source["published_min"]
    said = {"said": day.isoformat(), "said_min": day, "said_max": day}
    kind, turn = number % 8, number // 8 % 3
    if kind == 0:
        return {
            "rests_on_statement_id": None,
            "rests_on_certainty": "certain",
            "rests_on_actor_id": ["expert", "courier-undisclosed", "iran-ministry"][turn],
        }
    if kind == 1:
        number_cells = {"value_text": "-", "value": [300.0, None, 200.0][turn], "low": 200.0, "pooled": False}
        number_cells |= {"point": None, "high": None, "canonical_unit": "item", "unit": "item"}
        speaker = {"speaker_id": "usa-spokesman", "speaks_for_id": "usa", "transfer_id": "irn-rus-shahed"}
        return plain | said | number_cells | speaker | {"aspect": "delivery", "scope": "total_to_date"}
    if kind == 2:
        own = {"speaker_id": source["publisher_id"], "speaks_for_id": None, "authority": "none"}
        return plain | own | {"stance": "doubt"}
    if kind == 3:
        group = {"speaker_id": "officials-b", "speaks_for_id": None, "anonymity": "anonymous_described"}
        return plain | group | {"authority": "official_capacity"}
    if kind == 4:
        count = {"unit": "person", "canonical_unit": "person", "scope": "total_to_date", "pooled": False}
        count |= {"value_text": "-", "value": 40.0, "low": 40.0, "point": 40.0, "high": 40.0}
        speaker = {"speaker_id": "france-minister", "speaks_for_id": "france"}
        return plain | count | speaker | {"aspect": ["training", "delivery", "shipment"][turn]}
    if kind == 5:
        speaker = {"speaker_id": "iran-minister", "speaks_for_id": "iran", "transfer_id": "irn-rus-drones"}
        limits = {"stance": "deny", "limits": ["total", "quantity_limited", "total"][turn]}
        return plain | said | speaker | limits | {"aspect": "delivery"}
    if kind == 6:
        speaker = {"speaker_id": ["france-minister", "iran-minister", "eu-spokesman"][turn]}
        speaker["speaks_for_id"] = ["france", "iran", "eu"][turn]
        shown = {"aspect": "manufacture_origin", "evidence": "physical_shown"}
        shown["exhibit_id"] = None if turn == 0 else "wreck-1"
        return plain | speaker | shown | {"transfer_id": ["irn-rus-shahed", "irn-rus-lot"][number // 8 % 2]}
    return {}


@pytest.fixture(scope="session")
def case() -> tuple[Tables, dict[str, list[dict]]]:
    """Random records, joined into one, and what the second implementation makes of them."""
    record = joined([*(random_record(*seed) for seed in SEEDS), rare_record()])
    return record, reference.derive(record)


@pytest.mark.slow
def test_both_implementations_agree_on_random_records(case):
    record, expected = case
    assert differences(record, derive_tables(record, rule_files(ROOT)), expected) == []


@pytest.mark.slow
def test_both_implementations_agree_on_the_shipped_record():
    shipped = shipped_record()
    assert differences(shipped, shipped, reference.derive(shipped)) == []


def folded(text: str) -> str:
    """SQL without comments and with white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", text))


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit[0]}: {edit[1][:50]}")
def test_a_wrong_edit_of_the_rules_is_caught(case, edit, tmp_path):
    name, old, new = edit
    rules: list[Path] = []
    for path in rule_files(ROOT):
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            assert folded(text).count(folded(old)) == 1, f"{old} no longer stands once in {name}"
            text = folded(text).replace(folded(old), new)
        rules.append(tmp_path / path.name)
        rules[-1].write_text(text, encoding="utf-8")
    record, expected = case
    assert differences(record, derive_tables(record, rules), expected) != []


@pytest.mark.slow
def test_of_talks_nothing_wider_is_shown(tmp_path):
    """The shipped record with every denial of talks on arms made total, with the words of the rule and without."""
    shipped = shipped_record()
    rows = records(shipped["statements"])
    for row in rows:
        if (
            row["stance"] == "deny"
            and row["aspect"] == "negotiation"
            and row["transfer_id"] == "rus-irn-arms"
        ):
            row["limits"] = "total"
    record = {**shipped, "statements": frame(rows, SCHEMAS["statements"])}
    edited = []
    for path in rule_files(ROOT):
        text = path.read_text(encoding="utf-8").replace("AND spoken.stage <> 'talks'", "")
        edited.append(tmp_path / path.name)
        edited[-1].write_text(text, encoding="utf-8")
    assert wider_talks(derive_tables(record, rule_files(ROOT))) == 0
    assert wider_talks(derive_tables(record, edited)) > 0


def wider_talks(derived: Tables) -> int:
    """How many positions on talks are taken from a wider class."""
    return sum(row["is_wider"] and row["stage"] == "talks" for row in records(derived["positions"]))
