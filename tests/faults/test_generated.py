"""Faults made from the rules themselves: one for every constraint, key, word, derived column and shipped file.

Constraints, keys and words are read from the schemas, so that a new one has its fault at once. All faults of a table
are planted together, one a row: the table is written as a record (or CSV), checked once, and every row must be refused
for its own fault, in the file, on the line and in the field where it was planted.
"""

import datetime
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from scripts import build
from scripts.export import publish
from scripts.export.tables import frame, read_csv
from scripts.records.reader import Inputs, Place
from scripts.records.strict_yaml import emit, read_document
from scripts.schema.data_frame import constraint_checks, key_checks
from scripts.schema.table_schema import Field, Schema, load
from scripts.validation.check import run
from scripts.validation.inputs import located
from scripts.validation.issues import Issue
from scripts.validation.package import check_package, missing_or_changed, table_differences
from tests.checking import PARSERS, example

pytestmark = pytest.mark.usefixtures("no_summary_by_pandera")
TABLES = list(load())
WRONG = {
    "required": lambda field: None,
    "enum": lambda field: "no such word",
    "pattern": lambda field: "§ not of this form §",
    "minimum": lambda field: field["constraints"]["minimum"] - 1,
    "maximum": lambda field: field["constraints"]["maximum"] + 1,
    "minLength": lambda field: "",
    "maxLength": lambda field: "a" * (field["constraints"]["maxLength"] + 1),
}


@dataclass(frozen=True)
class Fault:
    """A wrong cell: `kind` is the constraint, key or word that it breaks."""

    column: str
    kind: str
    cell: Any


def valid_row(schema: Schema) -> dict[str, Any]:
    """A row of the schema's own examples."""
    return {field["name"]: example(field) for field in schema.fields}


def constraint_faults(schema: Schema) -> list[Fault]:
    return [
        Fault(field["name"], constraint, WRONG[constraint](field))
        for field in schema.fields
        for constraint, value in field["constraints"].items()
        if constraint != "required" or value
    ]


def word_faults(schema: Schema) -> list[Fault]:
    """Every word of a closed vocabulary, with one letter more."""
    return [
        Fault(field["name"], "enum", f"{word}x")
        for field in schema.fields
        for word in field["constraints"].get("enum", [])
    ]


def foreign_key_faults(schema: Schema) -> list[Fault]:
    return [Fault(own[0], f"key into {table}", "no-such-row") for own, table, _ in schema.foreign_keys]


def keys_of(schema: Schema) -> list[list[str]]:
    return [key for key in (schema.primary_key, *schema.unique_keys) if key]


def key_word_faults(schema: Schema, tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Every word of a rule table that a column leads to, with one letter more."""
    schemas = load()
    return [
        Fault(own[0], f"key into {table}", f"{word}x")
        for own, table, other in schema.foreign_keys
        if schemas[table].is_rule and not schema.is_rule
        for word in tables[table][other[0]]
    ]


def written(schema: Schema, rows: list[dict[str, Any]], root: Path) -> list[Place]:
    """Writes the rows as a record, or leaves them to the CSV that is built, and says where each of them is."""
    if not schema.columns("coded") or schema.written_csv:
        return [Place(schema.written_csv or schema.csv_path, number + 2) for number in range(len(rows))]
    texts = [
        {
            name: cell if isinstance(cell, (str, bool, int)) else str(cell)
            for name, cell in row.items()
            if cell is not None
        }
        for row in rows
    ]
    text = emit([{name: cell for name, cell in row.items() if cell != ""} for row in texts])
    path = root / f"{schema.name}.yaml"
    path.write_text(text, encoding="utf-8")
    document = read_document(text)
    return [Place(path.name, document.line_of((number,)), document, (number,)) for number in range(len(rows))]


def assert_each_is_refused(schema: Schema, faults: list[Fault], checks: list, tables, root: Path) -> None:
    """Each row is refused for its one fault, where it is written; a last row without a fault is not."""
    blank = {own[0]: None for own, _, _ in schema.foreign_keys} if checks_are_keys(checks) else {}
    valid = valid_row(schema) | blank
    rows = [*(valid | {fault.column: fault.cell} for fault in faults), valid]
    places = written(schema, rows, root)
    failures, ran = run(schema, checks, frame(rows, schema))
    assert len(ran) == len(checks)
    issues = located(failures, Inputs({schema.name: rows}, {schema.name: places}), tables, load())
    refused = set()
    for failure, issue in zip(failures, issues, strict=True):
        fault = faults[failure.row]
        assert issue.field == fault.column, (fault, issue)
        assert_names_the_place(issue, fault, places[failure.row], root)
        refused.add((failure.row, issue.rule))
    survivors = [fault for row, fault in enumerate(faults) if (row, fault.kind) not in refused]
    assert survivors == []


def checks_are_keys(checks: list) -> bool:
    return any(check.meaning.level == "key" for check in checks)


def assert_names_the_place(issue: Issue, fault: Fault, place: Place, root: Path) -> None:
    assert issue.file == place.file and issue.allowed and issue.fix and issue.found
    if place.document is None:
        assert issue.line == place.line
        return
    line = (root / place.file).read_text(encoding="utf-8").splitlines()[issue.line - 1]
    if fault.cell in (None, ""):
        assert line.startswith("  - " if line.startswith(" ") else "- "), (
            "a cell that is not written: its entry"
        )
    else:
        assert line.lstrip(" -").startswith(f"{fault.column}:"), line


@pytest.mark.slow  # every table is checked, with hundreds of faults
@pytest.mark.parametrize("name", TABLES)
def test_every_constraint_and_word_refuses_its_fault(name, small_tables, tmp_path):
    schema = load()[name]
    checks = constraint_checks(schema, set(schema.columns()))
    faults = constraint_faults(schema)
    assert [(fault.column, fault.kind) for fault in faults] == [
        (check.meaning.field, check.meaning.rule) for check in checks
    ]
    assert_each_is_refused(schema, [*faults, *word_faults(schema)], checks, small_tables, tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_every_key_refuses_its_fault(name, small_tables, tmp_path):
    schema = load()[name]
    keys = key_checks(schema, load(), small_tables, set(schema.columns()))
    checks = [check for check in keys if not check.meaning.rule.startswith("unique")]
    faults = foreign_key_faults(schema)
    assert [(fault.column, fault.kind) for fault in faults] == [
        (check.meaning.field, check.meaning.rule) for check in checks
    ]
    faults += key_word_faults(schema, small_tables)
    assert_each_is_refused(schema, faults, checks, small_tables, tmp_path)
    assert_uniques(schema, small_tables)


def assert_uniques(schema: Schema, tables) -> None:
    """A row that is there twice is refused once for each of its keys."""
    checks = [
        check
        for check in key_checks(schema, load(), tables, set(schema.columns()))
        if check.meaning.rule.startswith("unique")
    ]
    failures, _ = run(schema, checks, frame([valid_row(schema)] * 2, schema))
    rules = {f"unique {' + '.join(key)}" for key in keys_of(schema)}
    assert {(failure.row, failure.check) for failure in failures} == {(1, rule) for rule in rules}
    assert len(checks) == len(rules)


# What is built


@pytest.fixture(scope="module")
def package(invented_template, small_tables, tmp_path_factory) -> Path:
    """The invented project, built."""
    root = tmp_path_factory.mktemp("package") / "project"
    shutil.copytree(invented_template, root)
    publish.publish(build.render(small_tables, root), "datapackage.json", build.FOLDERS, root)
    return root


def descriptor_of(root: Path) -> dict[str, Any]:
    return json.loads((root / "datapackage.json").read_text(encoding="utf-8"))


def altered(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("way", ["altered", "removed", "truncated", "lengthened", "swapped"])
def test_every_shipped_file_is_refused_when_it_is_another(way, package):
    descriptor = descriptor_of(package)
    paths = [resource["path"] for resource in descriptor["resources"]]
    on_disk = {
        path.relative_to(package).as_posix() for path in (package / "data").rglob("*") if path.is_file()
    }
    assert on_disk <= set(paths) and len(paths) > 40
    assert missing_or_changed(descriptor, package) == []
    held = {path: (package / path).read_bytes() for path in paths}
    for path, other in zip(paths, [*paths[1:], paths[0]], strict=True):
        spoilt = {
            "altered": altered(held[path]),
            "truncated": held[path][:-1],
            "lengthened": held[path] + b"\n",
            "swapped": held[other],
        }
        if way == "removed":
            (package / path).unlink()
        else:
            (package / path).write_bytes(spoilt[way])
    issues = missing_or_changed(descriptor, package)
    for path, content in held.items():
        (package / path).write_bytes(content)
    assert [issue.file for issue in issues] == paths and all(issue.fix for issue in issues)


def derived_columns() -> Iterator[tuple[Schema, Field]]:
    for schema in load().values():
        if not schema.is_rule and not schema.record.get("internal"):
            yield from ((schema, field) for field in schema.fields if field["provenance"] == "derived")


def another(cell: Any, kind: str) -> Any:
    """Another value of the same type."""
    if kind == "boolean":
        return not cell
    if kind == "date":
        return (cell or datetime.date(2022, 1, 1)) + datetime.timedelta(days=1)
    if kind in ("integer", "number"):
        return PARSERS[kind]((cell or 0) + 1)
    return f"{cell or ''}x"


def overwritten(table: pa.Table, field: Field) -> pa.Table:
    """The table with the first cell of the column overwritten."""
    place = table.column_names.index(field["name"])
    cells = table[field["name"]].to_pylist()
    cells[0] = another(cells[0], field["type"])
    return table.set_column(place, table.schema.field(place), pa.array(cells, table.schema.field(place).type))


@pytest.mark.slow  # every column of a package
def test_every_derived_column_is_refused_when_it_is_overwritten_by_hand(package):
    """Whoever writes over a derived cell of a CSV and makes the hash agree is refused by the Parquet file."""
    columns = list(derived_columns())
    held = {schema.name: read_csv(package / schema.csv_path, schema) for schema, _ in columns}
    empty = {name for name, table in held.items() if table.num_rows == 0}
    refused = 0
    for schema, field in columns:
        if schema.name in empty:
            continue
        parquet = schema.csv_path.replace(".csv", ".parquet")
        (issue,) = table_differences(
            package / parquet, parquet, overwritten(held[schema.name], field), schema
        )
        assert (issue.file, issue.field, issue.line) == (parquet, field["name"], 2)
        refused += 1
    assert refused == sum(schema.name not in empty for schema, _ in columns) > 100
    assert empty <= {"changes", "agreement"}, "tables without a row to overwrite"


def test_both_forms_overwritten_are_refused_by_a_build(package, small_tables):
    """Whoever writes over CSV, Parquet and descriptor alike is refused by a release, which derives anew."""
    files = build.render(small_tables, package)
    refused = 0
    for path, content in files.items():
        if not path.startswith("data/"):
            continue
        held = (package / path).read_bytes()
        (package / path).write_bytes(altered(held))
        assert [issue.file for issue in build.differing(files, package)] == [path]
        (package / path).write_bytes(held)
        refused += held == content
    assert (
        refused == sum(path.startswith("data/") for path in files) and build.differing(files, package) == []
    )


@pytest.mark.slow  # a package is read for each of its files
def test_the_descriptor_itself_is_refused_when_a_hash_is_another(package):
    before = (package / "datapackage.json").read_bytes()
    descriptor = descriptor_of(package)
    for number in range(len(descriptor["resources"])):
        changed = json.loads(before)
        changed["resources"][number]["hash"] = f"sha256:{hashlib.sha256(b'another').hexdigest()}"
        (issue,) = missing_or_changed(changed, package)
        assert issue.file == changed["resources"][number]["path"]
    (package / "datapackage.json").write_bytes(before[:-100])
    assert [issue.file for issue in check_package(package).issues] == ["datapackage.json"]
    (package / "datapackage.json").write_bytes(before)
