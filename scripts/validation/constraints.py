"""Checks: every constraint of a schema and every row rule, on whole tables: nullable Arrow types, full-match patterns, null-tolerant keys.

The build runs them plainly, `validate` by pandera (`by_pandera.py`), which takes three times as long; what they find is the same.
Each check counts its runs, so that one that silently did nothing is itself a failure.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import ARROW_TYPES, Schema


@dataclass(frozen=True)
class Check:
    """One thing that must hold in one column: `test(table, tables)` gives a mask of the rows that pass."""

    table: str
    field: str
    rule: str
    test: Callable[[pd.DataFrame, Tables], pd.Series]
    allowed: str
    fix: str


@dataclass(frozen=True)
class Failure:
    """One cell that failed one check; `row` is the row's position in its table."""

    check: Check
    row: int
    found: str


def schema_checks(schema: Schema, schemas: dict[str, Schema]) -> list[Check]:
    """The checks that the schema itself demands: constraints, keys and foreign keys."""
    checks = []
    for field in schema.fields:
        name, made = field["name"], field["provenance"]
        for constraint, value in field["constraints"].items():
            test, allowed = CONSTRAINT_TESTS[constraint](name, value)
            fix = {
                "required": "fill it in" if made == "coded" else "mend what it is derived from",
                "enum": "use one of these words",
            }.get(constraint, "write it in that form")
            checks.append(Check(schema.name, name, constraint, test, allowed, fix))
    for columns in filter(None, [schema.primary_key, *schema.unique_keys]):
        checks.append(
            Check(
                schema.name,
                columns[-1],
                f"unique {' + '.join(columns)}",
                _unique(columns),
                "each combination once",
                "give one of the two another value, or delete it",
            )
        )
    for own, table, other in schema.foreign_keys:
        where = schemas[table].record.get("files")
        fix = (
            f"correct it, or add it under records/{where}"
            if where
            else f"correct it, or add it to {schemas[table].csv_path if schemas[table].is_rule else table}"
        )
        checks.append(
            Check(
                schema.name,
                own[0],
                f"key into {table}",
                _key(own[0], table, other[0]),
                f"a {other[0]} of {table}",
                fix,
            )
        )
    return checks


def _unique(columns: list[str]):
    return lambda frame, _: ~frame.duplicated(columns, keep="first") | frame[columns].isna().all(axis=1)


def _key(own: str, table: str, other: str):
    return lambda frame, tables: frame[own].isna() | frame[own].isin(tables[table][other].dropna())


CONSTRAINT_TESTS = {
    "required": lambda name, value: (lambda frame, _: frame[name].notna() | (not value), "a value"),
    "enum": lambda name, value: (lambda frame, _: frame[name].isin([*value, None]), ", ".join(value)),
    "pattern": lambda name, value: (
        lambda frame, _: frame[name].str.fullmatch(value),
        f"the pattern {value}",
    ),
    "minimum": lambda name, value: (lambda frame, _: frame[name] >= value, f"{value} or more"),
    "maximum": lambda name, value: (lambda frame, _: frame[name] <= value, f"{value} or less"),
    "minLength": lambda name, value: (
        lambda frame, _: frame[name].str.len() >= value,
        f"{value} characters or more",
    ),
}


def run(
    schema: Schema, checks: list[Check], tables: Tables, how: Callable | None = None
) -> tuple[list[Failure], int]:
    """Failures of one table, and how many checks ran: its column types and `checks`; `how` runs them (default: plainly).

    RuntimeError where a check raised or did not run, or where columns or types are not the schema's.
    """
    frame = tables[schema.name].reset_index(drop=True)
    masks = (how or plainly)(schema, checks, {**tables, schema.name: frame})
    if idle := [check.rule for number, check in enumerate(checks) if number not in masks]:
        raise RuntimeError(f"{schema.name}: checks that did not run: {idle}")
    failures = [
        Failure(check, row, _shown(frame, check.field, row))
        for number, check in enumerate(checks)
        for row in masks[number].index[~masks[number]]
    ]
    return sorted(failures, key=lambda failure: failure.row), len(checks) + len(schema.fields)


def plainly(schema: Schema, checks: list[Check], tables: Tables) -> dict[int, pd.Series]:
    """The mask of each check by its number, those of columns the table lacks left out."""
    found = tables[schema.name].dtypes.items()
    if list(found) != [(field["name"], pd.ArrowDtype(ARROW_TYPES[field["type"]])) for field in schema.fields]:
        raise RuntimeError(f"{schema.name}: columns or types are not the schema's")
    masks = {}
    for number, check in enumerate(checks):
        try:
            masks |= {number: mask(check, tables)} if check.field in tables[schema.name] else {}
        except Exception as error:
            raise RuntimeError(f"{schema.name}: checks that did not run: {[check.rule]}") from error
    return masks


def mask(check: Check, tables: Tables) -> pd.Series:
    """The rows that pass. A comparison with a blank cell says nothing and passes: where a cell must not be blank, `required` says so."""
    passed = check.test(tables[check.table], tables)
    return passed if passed.dtype == bool else passed.astype("boolean").fillna(True).astype(bool)


def _shown(frame: pd.DataFrame, field: str, row: int) -> str:
    found = frame[field].iloc[row]
    return "blank" if pd.isna(found) else f"{found:g}" if isinstance(found, float) else str(found)
