"""The rules against the second implementation, cell by cell, and wrong edits of the rules against both."""

import re

import pytest

from scripts.derive import derive_tables, rule_files
from scripts.export.tables import frame
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT
from tests.oracle import reference
from tests.oracle.edited_rules import Case, EditedRules, differences
from tests.oracle.joined import joined
from tests.oracle.records import corner_record, made_records
from tests.oracle.wrong_edits import EDITS, EQUIVALENT
from tests.random_record import SCHEMAS, shipped_record


@pytest.fixture(scope="session")
def case() -> Case:
    """Random records, joined into one, and what the second implementation makes of them."""
    record = joined(made_records())
    return record, reference.derive(record)


@pytest.fixture(scope="session")
def edited(case) -> EditedRules:
    """The words by hand alone are tried first: they are few, and catch most."""
    by_hand = corner_record()
    return EditedRules([(by_hand, reference.derive(by_hand)), case])


@pytest.mark.slow  # derives records twice
def test_both_implementations_agree_on_random_records(case):
    record, expected = case
    assert differences(record, derive_tables(record, rule_files(ROOT)), expected) == []


@pytest.mark.slow  # derives records twice
def test_both_implementations_agree_on_the_shipped_record():
    shipped = shipped_record()
    assert differences(shipped, shipped, reference.derive(shipped)) == []


def folded(text: str) -> str:
    """SQL without comments and with white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", text))


def edited_text(name: str, old: str, new: str) -> str:
    (path,) = [path for path in rule_files(ROOT) if path.name == name]
    text = folded(path.read_text(encoding="utf-8"))
    assert text.count(folded(old)) == 1, f"{old} no longer stands once in {name}"
    return text.replace(folded(old), new)


@pytest.mark.slow  # derives records twice
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit[0]}: {edit[1][:50]}")
def test_a_wrong_edit_of_the_rules_is_caught(edited, edit):
    assert edited.differ(edit[0], edited_text(*edit))


def test_an_edit_that_changes_nothing_still_stands_in_the_rules():
    assert all(edited_text(*edit) and reason for *edit, reason in EQUIVALENT)


@pytest.mark.slow  # derives records twice
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
        text = path.read_text(encoding="utf-8").replace("AND stage <> 'talks'", "")
        edited.append(tmp_path / path.name)
        edited[-1].write_text(text, encoding="utf-8")
    assert wider_talks(derive_tables(record, rule_files(ROOT))) == 0
    assert wider_talks(derive_tables(record, edited)) > 0


def wider_talks(derived: Tables) -> int:
    """How many positions on talks are taken from a wider class."""
    return sum(row["is_wider"] and row["stage"] == "talks" for row in records(derived["positions"]))
