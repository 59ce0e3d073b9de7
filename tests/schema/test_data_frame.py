"""What each constraint and key demands, and what is said of a cell that fails."""

import pandas as pd
import pyarrow as pa
import pytest

from scripts.schema.data_frame import constraint_checks, key_checks
from scripts.schema.table_schema import Schema, load


def column(*cells, kind: pa.DataType | None = None) -> pd.Series:
    return pd.Series(pd.array(pa.array(cells, kind), dtype=pd.ArrowDtype(kind or pa.array(cells).type)))


def schema(provenance: str = "coded", **constraints) -> Schema:
    field = {"name": "x", "type": "string", "provenance": provenance, "constraints": constraints}
    return Schema("t", "T", "T", [field], {}, [], [], [], False)


@pytest.mark.parametrize(
    "constraint,value,cells,passed,allowed",
    [
        ("required", True, ["a", None], [True, False], "a value"),
        ("enum", ["a", "b"], ["a", "b", "c"], [True, True, False], "a, b"),
        ("enum", [1, 2], [1, 3], [True, False], "1, 2"),
        ("pattern", "a+", ["aa", "ab", "ba"], [True, False, False], "the pattern a+"),
        ("minimum", 3, [2, 3, 4], [False, True, True], "3 or more"),
        ("maximum", 3, [2, 3, 4], [True, True, False], "3 or less"),
        ("minLength", 2, ["a", "ab", "abc"], [False, True, True], "2 characters or more"),
        ("maxLength", 2, ["a", "ab", "abc"], [True, True, False], "2 characters or fewer"),
    ],
)
def test_constraints(constraint, value, cells, passed, allowed):
    (check,) = constraint_checks(schema(**{constraint: value}), {"x"})
    outcome = check.test(column(*cells))
    assert outcome.tolist() == passed and outcome.dtype == bool
    meaning = check.meaning
    assert (check.name, check.is_of_column) == (f"x {constraint}", True)
    assert (meaning.field, meaning.rule, meaning.allowed) == ("x", constraint, allowed)
    assert (meaning.level, meaning.table) == ("constraint", "")
    fixes = {"required": "fill it in", "enum": "use one of these words"}
    assert meaning.fix == fixes.get(constraint, "write it in that form")


def test_constraints_of_other_columns_and_those_not_demanded_are_no_checks():
    assert constraint_checks(schema(required=True), {"y"}) == []
    assert constraint_checks(schema(required=False), {"x"}) == []
    (check,) = constraint_checks(schema("derived", required=True), {"x"})
    assert check.meaning.fix == "correct what it is derived from"


def keyed(primary: list[str], foreign: list | None = None) -> Schema:
    fields = [{"name": name, "type": "string", "provenance": "coded", "constraints": {}} for name in "xy"]
    return Schema("t", "T", "T", fields, {}, primary, [["x", "y"]], foreign or [], False)


def test_keys_are_unique_and_blank_ones_are_no_two_of_a_kind():
    frame = pd.DataFrame({"x": column("a", "a", "b", None, None), "y": column("a", "a", "a", None, None)})
    one, both = key_checks(keyed(["x"]), {}, {}, {"x", "y"})
    assert one.test(frame).tolist() == [True, False, True, True, True]
    assert both.test(frame).tolist() == [True, False, True, True, True]
    half = pd.DataFrame({"x": column("a", "a"), "y": column(None, None, kind=pa.string())})
    assert both.test(half).tolist() == [True, False]
    assert (one.name, both.name, both.is_of_column) == ("unique x", "unique x + y", False)
    meaning = both.meaning
    assert (meaning.field, meaning.rule, meaning.level) == ("y", "unique x + y", "key")
    assert meaning.allowed == "each combination once"
    assert meaning.fix == "give one of the two another value, or delete it"
    assert [check.name for check in key_checks(keyed(["x"]), {}, {}, {"x"})] == ["unique x"]
    assert key_checks(keyed([]), {}, {}, {"x"}) == []


@pytest.mark.parametrize(
    "table,key,fix",
    [
        ("transfers", "transfer_id", "correct it, or add it under records/transfers"),
        ("aspects", "aspect", "correct it, or add it to rules/aspects.csv"),
        ("actor_members", "actor_id", "correct it, or add it to actor_members"),
    ],
)
def test_a_key_leads_to_a_row(table, key, fix):
    foreign = keyed([], [(["x"], table, [key])])
    tables = {table: pd.DataFrame({key: column("a", None)})}
    (check,) = key_checks(foreign, load(), tables, {"x"})
    assert check.test(column("a", "b")).tolist() == [True, False]
    assert (check.name, check.is_of_column) == (f"x key into {table}", True)
    meaning = check.meaning
    assert (meaning.field, meaning.rule, meaning.level) == ("x", f"key into {table}", "key")
    assert (meaning.allowed, meaning.table) == (f"a row of {table} ({key})", table)
    assert meaning.fix.startswith(fix)
    assert key_checks(foreign, load(), tables, {"y"}) == []
