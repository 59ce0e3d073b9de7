"""The checks that the schemas demand: each is planted in the shipped data and must fail, and none may go missing."""

import datetime

import pandas as pd
import pytest

from scripts.schema import table_schema as schemas_module  # noqa: F401
from scripts.schema.table_schema import load
from scripts.validation import (
    by_pandera,  # noqa: F401
    row_rules,  # noqa: F401
    statement_rules,  # noqa: F401
)
from scripts.validation import constraints as checks  # noqa: F401

ACTIVE = {  # raise a number when a check is added; lowering one needs a reason in the commit
    "actor_members": 7,
    "actors": 21,
    "changes": 16,
    "estimates": 42,
    "retired_ids": 14,
    "sources": 45,
    "statements": 163,
    "system_names": 17,
    "systems": 30,
    "transfer_history": 39,
    "transfer_links": 17,
    "transfers": 67,
    "transfer_families": 9,
    "claims_flat": 51,
    "search_log": 15,
    "leave_one_out": 13,
    "second_codings": 80,
    "adjudications": 23,
    "agreement": 32,
    "confusions": 11,
    "reading_rates": 24,
    "reference_events": 22,
    "statement_history": 23,
    "position_words": 16,
    "page_history": 27,
    "estimate_history": 44,
    "origin_values": 23,
    "alignments": 11,
    "aspects": 19,
    "certainty": 9,
    "dates": 15,
    "quantities": 16,
    "quantity_words": 9,
    "rulings": 10,
    "units": 17,
    "package": 32,
    "reasons": 9,
}
WRONG = {
    "required": lambda field: None,
    "enum": lambda field: "no such word",
    "pattern": lambda field: "§ not of this form §",
    "minimum": lambda field: field["constraints"]["minimum"] - 1,
    "maximum": lambda field: field["constraints"]["maximum"] + 1,
    "minLength": lambda field: "",
}
PLANTS = [
    (schema, field, constraint)
    for schema in load().values()
    if schema.name != "claims_flat"
    for field in schema.fields
    for constraint in field["constraints"]
]


def example(field: dict):
    text, kind = field["example"], field["type"]
    return {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": lambda t: t == "true",
        "date": datetime.date.fromisoformat,
    }[kind](text)


def one_row(schema) -> pd.DataFrame:
    """A table of one row made of the schema's own examples: valid but for its keys into other tables."""
    from scripts.export.tables import frame

    return frame([{field["name"]: example(field) for field in schema.fields}], schema)


@pytest.mark.parametrize("how", [checks.plainly, by_pandera.masks], ids=["plainly", "by pandera"])
@pytest.mark.parametrize("schema", load().values(), ids=lambda schema: schema.name)
def test_no_check_went_missing(schema, how, built):
    failures, ran = checks.run(
        schema, checks.schema_checks(schema, load()) + row_rules.rules_of(schema.name), built, how
    )
    assert failures == []
    assert ran == ACTIVE[schema.name]


@pytest.mark.parametrize(
    "schema,field,constraint",
    PLANTS,
    ids=lambda value: getattr(value, "name", None) or (value["name"] if isinstance(value, dict) else value),
)
def test_every_constraint_refuses_its_planted_fault(schema, field, constraint, built):
    check = next(
        c for c in checks.schema_checks(schema, load()) if c.field == field["name"] and c.rule == constraint
    )
    row = one_row(schema)
    assert check.test(row, built).all(), "the schema's own example must pass"
    spoilt = row.assign(
        **{field["name"]: pd.Series([WRONG[constraint](field)], dtype=row[field["name"]].dtype)}
    )
    assert not check.test(spoilt, built).fillna(False).any()


@pytest.mark.parametrize("schema", load().values(), ids=lambda schema: schema.name)
def test_keys_are_refused_when_broken_and_when_repeated(schema, built):
    row = one_row(schema)
    for check in checks.schema_checks(schema, load()):
        if check.rule.startswith("key into"):
            spoilt = row.assign(**{check.field: pd.Series(["no-such-row"], dtype=row[check.field].dtype)})
            assert not check.test(spoilt, {**built, schema.name: row}).any()
        if check.rule.startswith("unique"):
            twice = pd.concat([row, row], ignore_index=True)
            assert check.test(twice, built).tolist() == [True, False]


@pytest.mark.parametrize("schema", load().values(), ids=lambda schema: schema.name)
def test_pandera_finds_the_same_faults(schema, built):
    """With each column moved down by a row, both ways find the same rows wrong by the same checks."""
    wanted = checks.schema_checks(schema, load()) + row_rules.rules_of(schema.name)
    for column in schema.columns() if len(built[schema.name]) > 1 else []:
        spoilt = built[schema.name].assign(**{column: built[schema.name][column].shift(1)})
        found = [
            outcome(schema, wanted, {**built, schema.name: spoilt}, how)
            for how in (checks.plainly, by_pandera.masks)
        ]
        assert found[0] == found[1]


def outcome(*what):
    """The failures, or that a check could not run on such a table."""
    try:
        return checks.run(*what)[0]
    except RuntimeError:
        return "could not run"


@pytest.mark.parametrize("how", [checks.plainly, by_pandera.masks], ids=["plainly", "by pandera"])
def test_a_check_that_does_not_run_or_raises_is_an_error(schemas, built, how):
    absent = checks.Check("actors", "no_such_column", "x", lambda frame, _: frame["name"].notna(), "", "")
    raising = checks.Check("actors", "name", "x", lambda frame, _: frame["no_such_column"].notna(), "", "")
    for check in (absent, raising):
        with pytest.raises(RuntimeError, match="did not run"):
            checks.run(schemas["actors"], [check], built, how)


@pytest.mark.parametrize("how", [checks.plainly, by_pandera.masks], ids=["plainly", "by pandera"])
def test_a_wrong_type_or_an_extra_column_is_an_error(schemas, built, how):
    for spoilt in (
        built["actors"].assign(extra="x"),
        built["actors"].assign(name=1),
        built["actors"].drop(columns="name"),
    ):
        with pytest.raises((RuntimeError, KeyError)):
            checks.run(schemas["actors"], [], {**built, "actors": spoilt}, how)
