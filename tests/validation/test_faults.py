"""Every row rule has a planted fault, and the build refuses it: by that rule, in that file, on that line."""

import functools
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
import yaml

from scripts.build import load_inputs
from scripts.normalise.tables import Tables
from scripts.records.strict_yaml import LOADER, read_document
from scripts.schema.table_schema import Schema, load
from scripts.validation.check import Outcome, checks_of, run
from scripts.validation.inputs import judged
from scripts.validation.issues import Issue, ValidationFailed
from scripts.validation.row_rules import ROW_RULES
from scripts.validation.rules import Rule
from tests import invented
from tests.checking import frames_of, issues_and_warnings
from tests.planting import planted

pytestmark = pytest.mark.usefixtures("no_summary_by_pandera", "parsed_once")
WRITTEN = ("coded", "keyed")
FOLDER = Path(__file__).parent.parent / "faults"
TABLES = {(rule.name, table): rule for table, rules in ROW_RULES.items() for rule in rules}
FAULTS = [
    fault
    for path in sorted(FOLDER.glob("*.yaml"))
    for fault in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
]


def table_of(fault: dict) -> str:
    tables = [table for name, table in TABLES if name == fault["rule"]]
    return fault.get("table", tables[0])


@pytest.fixture(scope="module")
def parsed_once():
    """A file that no fault touches is parsed once."""
    with patch("scripts.records.reader.read_document", functools.cache(read_document)):
        yield


@pytest.fixture(scope="module")
def project(invented_template, tmp_path_factory) -> Path:
    """The invented project, in which one fault after the other is planted and taken back."""
    root = tmp_path_factory.mktemp("faults") / "project"
    shutil.copytree(invented_template, root)
    return root


@pytest.fixture(scope="module")
def whole(project) -> Tables:
    """The tables of the project without a fault."""
    return frames_of(load_inputs(project), load(project))


def expected_line(fault: dict, field: str, text: str) -> int:
    """The line of the rule's field in the entry changed; of the entry, where the field is not written there."""
    lines = text.splitlines()
    if "row" in fault:
        return len(lines)
    if "line_begins" in fault:
        return next(number for number, line in enumerate(lines, 1) if line.startswith(fault["line_begins"]))
    entry = fault["entry"] if "entry" in fault else next(iter(fault["put"])).rpartition("/")[0]
    start, end, indent = 0, len(lines), 0
    for step in filter(None, entry.split("/")):
        if step.isdigit():  # entries of a list begin with a dash, two deeper than their key
            begins = [n for n in range(start, end) if lines[n].startswith(" " * indent + "- ")]
            start, end = begins[int(step)], ([*begins, end])[int(step) + 1]
        else:
            start = next(n for n in range(start, end) if lines[n].startswith(f"{' ' * indent}{step}:")) + 1
        indent += 2
    own = [
        n for n in range(start, end) if lines[n].replace("- ", "  ", 1).startswith(f"{' ' * indent}{field}:")
    ]
    return (own or [start])[0] + 1


def test_the_invented_project_holds(small_project):
    issues, warnings = issues_and_warnings(small_project)
    assert (issues, warnings) == ([], [])


def with_cells(frame: pd.DataFrame, schema: Schema, cells: dict) -> pd.DataFrame:
    """The frame with days overwritten that only a build fills, by the key of their row."""
    frame = frame.copy()
    for key, days in cells.items():
        for column, day in days.items():
            frame.loc[frame[schema.primary_key[0]] == key, column] = date.fromisoformat(day)
    return frame


def changed_columns(frame: pd.DataFrame, before: pd.DataFrame) -> set[str]:
    return {name for name in frame.columns if not frame[name].equals(before[name])}


def issues_by(
    rule: Rule, table: str, root: Path, cells: dict, whole: Tables
) -> tuple[list[Issue], list[Issue]]:
    """What is wrong, or unlikely, by this one rule, the keys, and the constraints of the columns with another cell.

    The other constraints hold, as test_the_invented_project_holds shows: `whole` are its tables.
    """
    schemas, inputs = load(root), load_inputs(root)
    tables = frames_of(inputs, schemas)
    columns = changed_columns(tables[table], whole[table])
    tables[table] = with_cells(tables[table], schemas[table], cells)
    checks = [
        check
        for check in checks_of(schemas[table], schemas, tables, *WRITTEN)
        if check.meaning.level == "key"
        or (check.meaning.level == "constraint" and check.meaning.field in columns)
        or check.name == rule.name
    ]
    failures, ran = run(schemas[table], checks, tables[table], *WRITTEN)
    assert rule.name in ran
    try:
        return [], judged(Outcome(failures, {table: ran}), inputs, tables, schemas).warnings
    except ValidationFailed as failed:
        return failed.issues, []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["rule"])
def test_the_planted_fault_is_refused(fault, project, whole):
    where = fault.get("file", invented.HERALD)
    rule = TABLES[fault["rule"], table_of(fault)]
    with planted(fault | {"table": table_of(fault)}, project):
        issues, warnings = issues_by(rule, table_of(fault), project, fault.get("cells", {}), whole)
        line = expected_line(fault, rule.field, (project / where).read_text(encoding="utf-8"))
    found = warnings if rule.is_warning else issues
    hits = [issue for issue in found if issue.rule == rule.message and issue.field == rule.field]
    assert hits, [issue.render() for issue in issues + warnings]
    places = {(issue.file, issue.line) for issue in hits}
    assert (where, line) in places, (line, places)
    for issue in hits:
        assert issue.found and issue.allowed and issue.fix


def test_every_rule_has_a_fault():
    planted = {(fault["rule"], table_of(fault)) for fault in FAULTS}
    missing = [
        f"plant a fault for {rule} of {table} in tests/faults/" for rule, table in set(TABLES) - planted
    ]
    assert not missing, "; ".join(sorted(missing))
    assert planted <= set(TABLES)
    assert len(planted) == sum(len(rules) for rules in ROW_RULES.values())


def test_the_rules_of_a_table_have_names_of_their_own():
    for table, rules in ROW_RULES.items():
        twice = [name for name, n in Counter(rule.name for rule in rules).items() if n > 1]
        assert not twice, (table, twice)
        for rule in rules:
            assert rule.name != "_" and rule.message and rule.allowed and rule.fix
            assert rule.field in load()[table].columns(), (table, rule.name)
