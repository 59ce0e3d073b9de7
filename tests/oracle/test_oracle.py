"""The rules against the second implementation, cell by cell, and wrong edits of the rules against both."""

import re
from pathlib import Path

import pytest

from scripts.derive import derive_tables, rule_files
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT
from tests.oracle import reference
from tests.oracle.wrong_edits import EDITS
from tests.random_record import random_record, shipped_record

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


@pytest.fixture(scope="session")
def cases() -> list[tuple[Tables, dict[str, list[dict]]]]:
    """Random records and what the second implementation makes of them."""
    made = [random_record(*seed) for seed in SEEDS]
    return [(record, reference.derive(record)) for record in made]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_both_implementations_agree_on_random_records(cases, number):
    record, expected = cases[number]
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
def test_a_wrong_edit_of_the_rules_is_caught(cases, edit, tmp_path):
    name, old, new = edit
    rules: list[Path] = []
    for path in rule_files(ROOT):
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            assert folded(text).count(folded(old)) == 1, f"{old} no longer stands once in {name}"
            text = folded(text).replace(folded(old), new)
        rules.append(tmp_path / path.name)
        rules[-1].write_text(text, encoding="utf-8")
    assert any(differences(record, derive_tables(record, rules), expected) for record, expected in cases)
