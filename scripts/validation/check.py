"""Checks tables by pandera and says what failed as issues with file and line.

`run` derives the pandera schema of a table, adds its row rules as named checks and validates lazily. pandera's
verdict is the only one: the rows that failed are read from its errors. Anything else that goes wrong there (columns or
types that are not the schema's, a check that raises, gives a blank, or does not run) is an error of the program.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors

from scripts.normalise.tables import Tables
from scripts.records.suggest import Suggester
from scripts.schema.data_frame import (
    Level,
    Meaning,
    NamedCheck,
    constraint_checks,
    data_frame_schema,
    key_checks,
)
from scripts.schema.table_schema import Schema, Schemas
from scripts.validation.issues import Issue
from scripts.validation.row_rules import ROW_RULES
from scripts.validation.rules import Rule

Locate = Callable[[str, int, str], tuple[str, int]]


class CheckError(Exception):
    """A check could not be run; the message names table and check."""


@dataclass(frozen=True)
class Failure:
    """One row that failed one check; `row` is its position in the table."""

    table: str
    row: int
    check: str
    meaning: Meaning
    found: str


@dataclass
class Outcome:
    """What failed, and per table the names of the checks that ran."""

    failures: list[Failure] = field(default_factory=list)
    ran: dict[str, list[str]] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """Checks that ran, by table."""
        return Counter({table: len(names) for table, names in self.ran.items()})


def check_tables(
    tables: Tables, schemas: Schemas, names: Iterable[str], *provenance: str, with_rules: bool = True
) -> Outcome:
    """Checks the named tables: columns of the given provenance (default: all), and row rules with the coded ones."""
    outcome = Outcome()
    for name in names:
        if not schemas[name].columns(*provenance):
            continue
        checks = checks_of(schemas[name], schemas, tables, *provenance, with_rules=with_rules)
        failures, ran = run(schemas[name], checks, tables[name], *provenance)
        outcome.failures += failures
        outcome.ran[name] = ran
    return outcome


def checks_of(
    schema: Schema, schemas: Schemas, tables: Tables, *provenance: str, with_rules: bool = True
) -> list[NamedCheck]:
    """All checks of a table, or those of the columns of the given provenance; row rules are of the coded ones."""
    columns = set(schema.columns(*provenance))
    is_derived = not schema.columns("coded", "keyed")
    wants_rules = with_rules and (not provenance or "coded" in provenance or is_derived)
    rules = ROW_RULES.get(schema.name, []) if wants_rules else []
    return [
        *constraint_checks(schema, columns),
        *key_checks(schema, schemas, tables, columns),
        *(_of_rule(rule, tables) for rule in rules),
    ]


def _of_rule(rule: Rule, tables: Tables) -> NamedCheck:
    def test(frame: pd.DataFrame) -> "pd.Series[bool]":
        return rule.test(frame, tables)

    level: Level = "warning" if rule.is_warning else "rule"
    meaning = Meaning(rule.field, rule.message, rule.allowed, rule.fix, level)
    return NamedCheck(rule.name, meaning, test, False)


def run(
    schema: Schema, checks: list[NamedCheck], table: pd.DataFrame, *provenance: str
) -> tuple[list[Failure], list[str]]:
    """Failures by row and the names of the checks that ran; CheckError where one could not.

    Types are checked of the columns of the given provenance (default: all).
    """
    frame = table.reset_index(drop=True)
    ran: list[str] = []
    by_name = {check.name: check for check in checks}
    if len(by_name) < len(checks):
        raise CheckError(f"{schema.name}: two checks have one name")
    broken: list[CheckError] = []
    watched = [_watched(schema.name, check, ran, broken) for check in checks]
    try:
        data_frame_schema(schema, watched, *provenance).validate(frame, lazy=True)
        errors = []
    except SchemaErrors as error:
        errors = error.schema_errors
    if broken:
        raise broken[0]
    failures = [failure for error in errors for failure in _failures(schema.name, error, by_name, frame)]
    if idle := set(by_name) - set(ran):
        raise CheckError(f"{schema.name}: checks that did not run: {sorted(idle)}")
    return sorted(failures, key=lambda failure: failure.row), ran


def _watched(table: str, check: NamedCheck, ran: list[str], broken: list[CheckError]) -> NamedCheck:
    """The check, which notes that it ran, or why it could not: pandera takes an exception for a failed check."""

    def test(data: Any) -> "pd.Series[bool]":
        try:
            passed = check.test(data)
        except Exception as error:
            broken.append(CheckError(f"{table}: {check.name} could not run: {error!r}"))
            raise
        if not isinstance(passed, pd.Series) or passed.dtype != bool or not passed.index.equals(data.index):
            broken.append(CheckError(f"{table}: {check.name} gives not one True or False for every row"))
            raise broken[-1]
        ran.append(check.name)
        return passed

    return NamedCheck(check.name, check.meaning, test, check.is_of_column)


def _failures(
    table: str, error: Any, by_name: dict[str, NamedCheck], frame: pd.DataFrame
) -> Iterable[Failure]:
    """The rows that one error of pandera names."""
    check = by_name.get(getattr(error.check, "name", None) or "")
    if check is None or not isinstance(error.check_output, pd.Series):
        raise CheckError(f"{table}: {_first_line(error)}")
    passed = error.check_output
    cells = frame[check.meaning.field]
    for row in passed.index[~passed.to_numpy()]:
        yield Failure(table, int(row), check.name, check.meaning, shown(cells.iloc[row]))


def _first_line(error: Any) -> str:
    cases = error.failure_cases
    if isinstance(cases, pd.DataFrame) and "failure_case" in cases:
        cases = ", ".join(map(str, cases["failure_case"]))
    return f"{error.reason_code}: {error.args[0] if error.args else ''} {cases}".strip()[:400]


def issues_of(failures: Iterable[Failure], locate: Locate, tables: Tables, schemas: Schemas) -> list[Issue]:
    """The failures as issues; `locate` gives file and line of (table, row, field). Unknown words get the nearest."""
    suggester = Suggester()
    words: dict[tuple[str, str], list[str]] = {}
    issues = []
    for failure in failures:
        meaning = failure.meaning
        file, line = locate(failure.table, failure.row, meaning.field)
        fix = meaning.fix
        if (failure.table, failure.check) not in words:
            words[failure.table, failure.check] = _known_words(failure, tables, schemas)
        known = words[failure.table, failure.check]
        near = (
            suggester.nearest(failure.found, known, hash((failure.table, failure.check))) if known else None
        )
        if near:
            fix = f"did you mean {near}? Otherwise {fix}"
        issues.append(Issue(file, line, meaning.field, meaning.rule, failure.found, meaning.allowed, fix))
    return issues


def _known_words(failure: Failure, tables: Tables, schemas: Schemas) -> list[str]:
    """The words a wrong one may have been meant to be: those of the column, or the keys of the table it leads to."""
    schema, meaning = schemas[failure.table], failure.meaning
    if meaning.rule == "enum":
        return list(map(str, schema.field(meaning.field)["constraints"]["enum"]))
    if meaning.table:
        other = next(key[2][0] for key in schema.foreign_keys if key[0] == [meaning.field])
        return [str(key) for key in tables[meaning.table][other].dropna()]
    return []


def shown(cell: Any) -> str:
    """A cell as an issue shows it."""
    if pd.isna(cell):
        return "blank"
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell) or "an empty text"
