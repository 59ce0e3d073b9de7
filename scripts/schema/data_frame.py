"""The pandera schema of a table, derived from its Table Schema: columns and types, constraints, keys, foreign keys.

Every constraint is a named check; a blank cell passes all of them but `required`. Row rules come as named checks of the
whole frame. pandera runs them, lazily, and its schema errors say which check failed in which rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pandera

from scripts.schema.table_schema import ARROW_TYPES, Field, Schema, Schemas

Test = Callable[[Any], "pd.Series[bool]"]
Level = Literal["constraint", "key", "rule", "warning"]


@dataclass(frozen=True)
class Meaning:
    """What a failed check means for a row; `table` is the one a foreign key leads to."""

    field: str
    rule: str
    allowed: str
    fix: str
    level: Level
    table: str = ""


@dataclass(frozen=True)
class NamedCheck:
    """One check of one column (`is_of_column`) or of the whole frame."""

    name: str
    meaning: Meaning
    test: Test
    is_of_column: bool


def constraint_checks(schema: Schema, columns: set[str]) -> list[NamedCheck]:
    """The checks that the constraints of the given columns demand."""
    return [
        _constraint(field, constraint, value)
        for field in schema.fields
        if field["name"] in columns
        for constraint, value in field["constraints"].items()
        if constraint != "required" or value
    ]


def key_checks(
    schema: Schema, schemas: Schemas, tables: dict[str, pd.DataFrame], columns: set[str]
) -> list[NamedCheck]:
    """The checks that keys and foreign keys of the given columns demand."""
    checks = [
        _unique(key) for key in filter(None, [schema.primary_key, *schema.unique_keys]) if set(key) <= columns
    ]
    for own, table, other in schema.foreign_keys:
        if own[0] in columns:
            checks.append(_foreign(own[0], schemas[table], other[0], tables[table][other[0]]))
    return checks


def data_frame_schema(schema: Schema, checks: list[NamedCheck], *provenance: str) -> pandera.DataFrameSchema:
    """The pandera schema: exactly these columns, in this order, of these types, and the named checks.

    With a provenance: these among others, for a table of which the others are checked apart.
    """
    by_column: dict[str, list[pandera.Check]] = {name: [] for name in schema.columns(*provenance)}
    of_frame = []
    for check in checks:
        if check.is_of_column:
            by_column[check.meaning.field].append(
                pandera.Check(check.test, name=check.name, ignore_na=check.meaning.rule != "required")
            )
        else:
            # one failure case is enough for pandera's own report; which rows failed, the error's mask says
            of_frame.append(pandera.Check(check.test, name=check.name, ignore_na=False, n_failure_cases=1))
    columns = {
        field["name"]: pandera.Column(
            pd.ArrowDtype(ARROW_TYPES[field["type"]]), checks=by_column[field["name"]], nullable=True
        )
        for field in schema.fields
        if field["name"] in by_column
    }
    is_whole = len(columns) == len(schema.fields)
    return pandera.DataFrameSchema(
        columns, checks=of_frame, strict=is_whole, ordered=is_whole, name=schema.name
    )


def _constraint(field: Field, constraint: str, value: Any) -> NamedCheck:
    name = field["name"]
    test, allowed = _constraint_test(constraint, value)
    fix = "write it in that form"
    if constraint == "required":
        fix = "fill it in" if field["provenance"] == "coded" else "correct what it is derived from"
    elif constraint == "enum":
        fix = "use one of these words"
    meaning = Meaning(name, constraint, allowed, fix, "constraint")
    return NamedCheck(f"{name} {constraint}", meaning, test, True)


def _constraint_test(constraint: str, value: Any) -> tuple[Test, str]:
    """The test of one column without its blank cells (`required`: with them), and what is allowed, in words."""
    tests: dict[str, tuple[Test, str]] = {
        "required": (lambda column: column.notna(), "a value"),
        "enum": (
            lambda column: column.isin(value),
            ", ".join(map(str, value)) if constraint == "enum" else "",
        ),
        "pattern": (lambda column: column.str.fullmatch(value).astype(bool), f"the pattern {value}"),
        "minimum": (lambda column: (column >= value).astype(bool), f"{value} or more"),
        "maximum": (lambda column: (column <= value).astype(bool), f"{value} or less"),
        "minLength": (
            lambda column: (column.str.len() >= value).astype(bool),
            f"{value} characters or more",
        ),
        "maxLength": (
            lambda column: (column.str.len() <= value).astype(bool),
            f"{value} characters or fewer",
        ),
    }
    return tests[constraint]


def _unique(columns: list[str]) -> NamedCheck:
    """No two rows with the same key; rows in which the whole key is blank are no two of a kind."""

    def is_first(frame: pd.DataFrame) -> "pd.Series[bool]":
        return ~frame.duplicated(columns) | frame[columns].isna().all(axis=1)

    rule = f"unique {' + '.join(columns)}"
    meaning = Meaning(
        columns[-1], rule, "each combination once", "give one of the two another value, or delete it", "key"
    )
    return NamedCheck(rule, meaning, is_first, False)


def _foreign(own: str, target: Schema, other: str, keys: "pd.Series[Any]") -> NamedCheck:
    def exists(column: "pd.Series[Any]") -> "pd.Series[bool]":
        return column.isin(keys.dropna())

    if "files" in target.record:
        fix = f"correct it, or add it under records/{target.record['files']}"
    else:
        fix = f"correct it, or add it to {target.csv_path if target.is_rule else target.name}"
    meaning = Meaning(
        own, f"key into {target.name}", f"a row of {target.name} ({other})", fix, "key", target.name
    )
    return NamedCheck(f"{own} key into {target.name}", meaning, exists, True)
