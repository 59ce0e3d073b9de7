"""pandera decides: every check runs, and none may be silent. The faults themselves are in tests/faults."""

from unittest.mock import patch

import pandas as pd
import pytest

from scripts.export.tables import frame
from scripts.records.reader import Inputs
from scripts.schema.data_frame import Meaning, NamedCheck, key_checks
from scripts.schema.table_schema import Schema, load
from scripts.validation.check import CheckError, Failure, check_tables, checks_of, run, shown
from scripts.validation.inputs import check_inputs, judged, located
from scripts.validation.issues import ValidationFailed
from scripts.validation.row_rules import ROW_RULES
from scripts.validation.rules import Rule
from tests.alone import changed, invented_tables
from tests.checking import example

TABLES = [name for name in load() if name != "claims_flat"]


def one_row(schema: Schema, **changed) -> pd.DataFrame:
    """A table of one row made of the schema's own examples: valid but for its keys into other tables."""
    return frame([{field["name"]: example(field) for field in schema.fields} | changed], schema)


def test_rows_whose_whole_key_is_blank_are_no_two_of_a_kind():
    schema = load()["sources"]
    rows = [one_row(schema, source_id=key, url=None) for key in ("a", "b")]
    checks = [
        c
        for c in key_checks(
            schema, load(), {"actors": one_row(load()["actors"]), "sources": rows[0]}, {"url"}
        )
    ]
    assert run(schema, checks, pd.concat(rows))[0] == []


@pytest.mark.parametrize("name", list(load()))
def test_every_constraint_key_and_rule_runs_on_every_table(name, small_tables):
    schema = load()[name]
    outcome = check_tables(small_tables, load(), [name])
    constraints = [
        (field["name"], constraint)
        for field in schema.fields
        for constraint, value in field["constraints"].items()
        if constraint != "required" or value
    ]
    keys = [schema.primary_key, *schema.unique_keys] if schema.primary_key else schema.unique_keys
    wanted = len(constraints) + len(keys) + len(schema.foreign_keys) + len(ROW_RULES.get(name, []))
    assert outcome.counts()[name] == len(set(outcome.ran[name])) == wanted
    assert [f for f in outcome.failures if f.meaning.level != "warning"] == []


def test_rules_are_of_tables_that_are_there():
    assert set(ROW_RULES) <= set(load())


@pytest.mark.parametrize("name", list(ROW_RULES))
def test_a_rule_never_gives_a_blank_whatever_is_blank(name, small_tables):
    schema = load()[name]
    blank = frame([dict.fromkeys(schema.columns())] * 2, schema)
    tables = {**small_tables, name: blank}
    checks = checks_of(schema, load(), tables)
    rules = [check for check in checks if check.meaning.level in ("rule", "warning")]
    _, ran = run(schema, rules, blank)
    assert len(ran) == len(ROW_RULES[name])


def named(test) -> NamedCheck:
    return NamedCheck("planted", Meaning("name", "planted", "a", "b", "rule"), test, False)


@pytest.mark.parametrize(
    "test",
    [
        lambda frame: frame["no_such_column"].notna(),
        lambda frame: frame["name"] == pd.NA,
        lambda frame: True,
        lambda frame: frame["name"].notna().iloc[:0],
    ],
    ids=["raises", "blank", "no mask", "other rows"],
)
def test_a_check_that_cannot_run_is_an_error_and_no_verdict(test):
    schema = load()["actors"]
    with pytest.raises(CheckError, match="actors: planted"):
        run(schema, [named(test)], one_row(schema))


def test_two_checks_of_one_name_are_an_error():
    schema = load()["actors"]
    with pytest.raises(CheckError, match="one name"):
        run(schema, [named(lambda frame: frame["name"].notna())] * 2, one_row(schema))


def test_wrong_columns_or_types_are_an_error():
    schema = load()["actors"]
    row = one_row(schema)
    for spoilt in (
        row.assign(extra="x"),
        row.assign(name=1),
        row.drop(columns="name"),
        row[row.columns[::-1]],
    ):
        with pytest.raises(CheckError, match="actors"):
            run(schema, [], spoilt)


def test_a_rule_is_named_and_told_by_its_function():
    def kestrels_fly(table, tables):
        """Kestrels fly. (A blank one passes.)"""

    rule = Rule("name", kestrels_fly, allowed="a", fix="b")
    assert (rule.name, rule.message) == ("kestrels_fly", "Kestrels fly")


def failure(check: str, field: str, rule: str, found: str, table: str = "", level="constraint") -> Failure:
    return Failure("statements", 3, check, Meaning(field, rule, "a", "write it", level, table), found)


@pytest.mark.parametrize(
    "cell,words",
    [
        (None, "blank"),
        (pd.NA, "blank"),
        (True, "true"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        ("", "an empty text"),
        ("x", "x"),
    ],
)
def test_a_cell_is_shown_as_it_is_written(cell, words):
    assert shown(cell) == words


def test_an_unknown_word_gets_the_nearest_of_its_own_list(small_tables):
    failures = [
        failure("a key", "speaker_id", "a key", "asert", "actors"),
        failure("an enum", "stance", "enum", "asert"),
        failure("another key", "speaker_id", "a key", "pat-rider", "actors"),
    ]
    issues = located(failures, Inputs(), small_tables, load())
    fixes = ["write it", *(f"did you mean {word}? Otherwise write it" for word in ("assert", "pat-ryder"))]
    assert [issue.fix for issue in issues] == fixes
    assert {(issue.file, issue.line) for issue in issues} == {("data/statements.csv", 5)}


NOTHING_READ = Inputs({"sources": [], "actors": []}, {"sources": [], "actors": []})


def stance_is_blank(frame: pd.DataFrame, _) -> "pd.Series[bool]":
    """A stance is blank."""
    return frame["stance"].isna()


def test_what_is_found_wrong_is_raised_and_a_warning_is_not(small_tables):
    rule = Rule("stance", stance_is_blank, "a", "b", is_warning=True)
    with patch.dict(ROW_RULES, {"statements": [rule]}):
        outcome = check_tables(small_tables, load(), ["statements"])
    assert outcome.failures and {found.meaning.level for found in outcome.failures} == {"warning"}
    assert len(judged(outcome, NOTHING_READ, small_tables, load()).warnings) == len(outcome.failures)
    outcome.failures.append(failure("a key", "speaker_id", "a key", "pat-rider", "actors", "key"))
    with pytest.raises(ValidationFailed, match="1 issues") as raised:
        judged(outcome, NOTHING_READ, small_tables, load())
    assert "did you mean pat-ryder?" in raised.value.render()


def test_of_what_people_write_an_unknown_word_is_raised_with_the_nearest():
    statements = changed("statements", {"the-herald-2022-11-02-kestrels.02": {"speaker_id": "pat-rider"}})
    with pytest.raises(ValidationFailed) as raised:
        check_inputs(NOTHING_READ, {**invented_tables(), "statements": statements}, load(), ["statements"])
    assert "did you mean pat-ryder?" in raised.value.render()
