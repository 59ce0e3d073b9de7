"""The stress test's table: what is counted as a changed code, and that the codings can be counted."""

import pandas as pd
import pytest

from scripts.export.tables import frame
from scripts.reliability import stress
from scripts.schema.table_schema import load
from scripts.validation.check import checks_of, run
from tests.random_record import shipped_record

STEADY = {variable: pairs[0][0] for variable, pairs in stress.SWAPS.items()}


def codings(*items: dict[str, dict[str, str | None]]) -> dict[str, pd.DataFrame]:
    """Items in which every code is the same, but for what is given by condition."""
    rows = [
        {"condition": name, "source_id": f"page-{n}", "statement_id": f"page-{n}.01", **STEADY}
        | changed.get(name, {})
        for n, changed in enumerate(items)
        for name in stress.CONDITIONS
    ]
    return {"stress_codings": pd.DataFrame(rows, dtype=object)}


def test_nothing_changed_is_counted_as_nothing():
    counted = stress.flips(codings({}, {}))
    assert counted["stance"]["items"] == 2 and counted["all"]["items"] == 2 * len(stress.SWAPS)
    assert sum(sum(counts.values()) - counts["items"] for counts in counted.values()) == 0


@pytest.mark.parametrize("condition", stress.CHANGED)
def test_a_planted_flip_is_counted_in_its_condition_and_variable_only(condition):
    counted = stress.flips(codings({}, {condition: {"evidence": "document_shown"}}))
    assert {name: counted["evidence"][name] for name in stress.CHANGED} == {
        name: int(name == condition) for name in stress.CHANGED
    }
    assert counted["evidence"][f"record/{condition}"] == 1 and counted["evidence"]["record/published"] == 0
    assert counted["all"][condition] == 1 and counted["stance"][condition] == 0


def test_a_code_that_keeps_its_name_against_the_definition_is_counted_as_by_the_name():
    counted = stress.flips(
        codings(
            {"swapped": {"stance": "deny"}},
            {"swapped": {"stance": "deny"}, "neutral": {"stance": "deny"}},
            {"swapped": {"stance": "decline"}},
            {"neutral": {"stance": "deny"}},
        )
    )["stance"]
    assert (counted["swapped"], counted["by name"], counted["by name alone"]) == (3, 2, 1)


def test_an_item_counts_for_a_variable_where_some_sheet_has_a_code_for_it():
    blank = {name: {"scope": None} for name in stress.CONDITIONS}
    counted = stress.flips(codings({}, blank, blank | {"neutral": {"scope": "window"}}))["scope"]
    assert counted["items"] == 2 and counted["neutral"] == 1


def test_all_five_against_the_record_are_counted_once():
    counted = stress.flips(
        codings({"record": {"scope": "rate"}}, {"record": {"scope": "rate"}, "again": {"scope": "rate"}})
    )["scope"]
    assert counted["all five"] == 1
    assert (counted["record/published"], counted["record/again"]) == (2, 1)


def test_the_table_gives_counts_shares_and_what_exceeds_the_noise():
    lines = stress.block(codings({}, {"neutral": {"stance": "deny"}})).splitlines()
    assert (
        "| stance | 2 | 0 | 0 | 1 | 0 | 0.0 / 0.0 / 50.0 / 0.0 | +0 / +1 / +0 | 0 | 0 | 0 / 0 / 0 / 1 / 0 | 0 |"
        in lines
    )
    assert len({line.count("|") for line in lines}) == 1


@pytest.mark.parametrize("code", ["K2", "anonymous_described", None])
def test_a_code_outside_the_vocabulary_is_refused(code):
    schema = load()["stress_codings"]
    rows = codings({"neutral": {"anonymity": code}})["stress_codings"].to_dict("records")
    tables = {**shipped_record(), "stress_codings": frame(rows, schema)}
    checks = [
        check
        for check in checks_of(schema, load(), tables, "coded", "keyed")
        if check.meaning.level == "constraint"
    ]
    failures, _ = run(schema, checks, tables["stress_codings"])
    assert len(failures) == (code != "anonymous_described"), failures


def test_the_swapped_names_are_values_and_none_is_swapped_twice():
    schema = load()["stress_codings"]
    known = {field["name"]: {v["value"] for v in field.get("categories", [])} for field in schema.fields}
    for variable, pairs in stress.SWAPS.items():
        names = [name for pair in pairs for name in pair]
        assert len(names) == len(set(names)), variable
        assert not known[variable] or set(names) <= known[variable], variable
    assert known["condition"] == set(stress.CONDITIONS)


def test_the_shipped_codings_are_113_items_under_every_condition():
    table = shipped_record()["stress_codings"]
    assert table.groupby("condition")["statement_id"].nunique().to_dict() == dict.fromkeys(
        stress.CONDITIONS, 113
    )
    assert table["source_id"].nunique() == 60
