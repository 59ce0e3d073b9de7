"""A package as it is on disk: the descriptor, every file by hash, every table by frictionless and pandera, and Parquet
against CSV, cell by cell. The schemas are those that the package brings with it."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from scripts.export.tables import read_csv
from scripts.schema.shipped import differences, shipped_schemas
from scripts.schema.table_schema import Schema, SchemaError, Schemas, arrow, load
from scripts.validation.check import check_tables, issues_of
from scripts.validation.issues import Issue

DESCRIPTOR, MANIFEST = "datapackage.json", "manifest.json"
PROFILE = Path(__file__).parent / "profiles/datapackage-2.0.json"
REBUILD = "run make data; if the file was downloaded, download it again"


@dataclass(frozen=True)
class Report:
    """What is wrong with a package, and in words what was checked."""

    issues: list[Issue]
    checked: str = ""


def check_package(root: Path) -> Report:
    """Everything that does not hold in the package below `root`; a step that fails hides what only follows from it."""
    package, issues = read_descriptor(root)
    if package is None:
        return Report(issues)
    issues += missing_or_changed(package, root)
    issues += changed_since_release(root)
    if issues:
        return Report(issues)
    try:
        schemas = shipped_schemas(package)
    except (SchemaError, KeyError) as error:
        return Report([_of_descriptor("schema", "types of Table Schema", str(error), "known types")])
    tables, issues = read_tables(package, root, schemas)
    issues += frictionless_issues(root)
    issues += parquet_differences(tables, package, root, schemas)
    if issues:
        return Report(issues)
    return pandera_report(tables, package, schemas)


def pandera_report(tables: dict[str, pa.Table], package: dict[str, Any], schemas: Schemas) -> Report:
    """Constraints, keys and row rules by pandera, as in the build."""
    frames = {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in tables.items()}
    others = differences(schemas, load())
    note = ""
    if others:
        note = f"; no row rules: columns differ from this checkout's in {', '.join(sorted(others)[:5])}"
    else:
        frames["package"] = _package_row(package)
    outcome = check_tables(frames, schemas, tables, with_rules=not others)
    failures = [failure for failure in outcome.failures if failure.meaning.level != "warning"]

    def locate(table: str, row: int, _: str) -> tuple[str, int]:
        return schemas[table].csv_path, row + 2

    n_cells = sum(
        table.num_rows * table.num_columns for name, table in tables.items() if not schemas[name].is_rule
    )
    n_checks = sum(outcome.counts().values())
    checked = (
        f"{len(package['resources'])} files, {len(frames)} tables, {n_checks} checks by pandera, "
        f"{n_cells} cells the same in CSV and Parquet{note}"
    )
    return Report(issues_of(failures, locate, frames, schemas), checked)


def _package_row(package: dict[str, Any]) -> pd.DataFrame:
    """What row rules ask of the package as a whole: its date and version."""
    return pd.DataFrame({"date": [pd.Timestamp(package["created"]).date()], "version": [package["version"]]})


def read_descriptor(root: Path) -> tuple[dict[str, Any] | None, list[Issue]]:
    """The descriptor, where it is JSON and holds to the official profile and names hash and size of every file."""
    try:
        package = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return None, [_of_descriptor("file", "a readable descriptor", str(error), "JSON")]
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    issues = [
        _of_descriptor(
            "/".join(map(str, error.absolute_path)) or "package",
            "Data Package v2 profile",
            str(error.instance)[:120],
            error.message[-160:],
        )
        for error in jsonschema.Draft7Validator(profile).iter_errors(package)
    ]
    if issues:
        return None, issues
    for number, resource in enumerate(package["resources"]):
        if missing := {"path", "hash", "bytes", "format"} - set(resource):
            place = f"resources/{number}"
            issues.append(
                _of_descriptor(
                    place, "every file has path, hash, bytes and format", "none", ", ".join(missing)
                )
            )
    return (None if issues else package), issues


def _of_descriptor(field: str, rule: str, found: str, allowed: str) -> Issue:
    return Issue(DESCRIPTOR, None, field, rule, found, allowed, REBUILD)


def _of_file(
    path: str, rule: str, found: str, allowed: str, line: int | None = None, field: str = "file"
) -> Issue:
    return Issue(path, line, field, rule, found, allowed, REBUILD)


def missing_or_changed(package: dict[str, Any], root: Path) -> list[Issue]:
    """Files that are absent, are not the ones described, or are in data/ undescribed."""
    issues, described = [], set()
    for resource in package["resources"]:
        path = root / resource["path"]
        described.add(path)
        content = path.read_bytes() if path.is_file() else None
        found = "no file" if content is None else f"sha256:{hashlib.sha256(content).hexdigest()}"
        if content is None or found != resource["hash"] or len(content) != resource["bytes"]:
            rule = "the file that datapackage.json describes"
            issues.append(_of_file(resource["path"], rule, found, resource["hash"]))
    for path in sorted((root / "data").rglob("*")):
        if path.is_file() and path not in described:
            rule, allowed = "every file in data/ is described", "files named in datapackage.json"
            where = path.relative_to(root).as_posix()
            issues.append(Issue(where, None, "file", rule, path.name, allowed, "remove it"))
    return issues


def changed_since_release(root: Path) -> list[Issue]:
    """Of an unpacked archive, which brings its manifest: files that are absent or not the ones released."""
    if not (root / MANIFEST).is_file():
        return []
    allowed = "the manifest of a release, as it stands in the archive"
    try:
        stated = json.loads((root / MANIFEST).read_text(encoding="utf-8"))["files"]
        sums = {path: facts["sha256"] for path, facts in stated.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [_of_file(MANIFEST, "a readable manifest", str(error), allowed)]
    issues = []
    for path, wanted in sums.items():
        held = (root / path).read_bytes() if (root / path).is_file() else None
        found = "no file" if held is None else hashlib.sha256(held).hexdigest()
        if found != wanted:
            issues.append(_of_file(path, "the file that manifest.json names", found, wanted))
    return issues


def read_tables(
    package: dict[str, Any], root: Path, schemas: Schemas
) -> tuple[dict[str, pa.Table], list[Issue]]:
    """The tables of the CSV files, and what of them cannot be read."""
    tables, issues = {}, []
    for resource in package["resources"]:
        if resource["format"] == "csv":
            outcome = _read_table(root, resource["path"], schemas[resource["name"]])
            if isinstance(outcome, Issue):
                issues.append(outcome)
            else:
                tables[resource["name"]] = outcome
    return tables, issues


def _read_table(root: Path, path: str, schema: Schema) -> pa.Table | Issue:
    try:
        table = read_csv(root / path, schema)
    except pa.ArrowInvalid as error:
        return _of_file(path, "cells of the declared types", str(error)[:160], "the types of the schema")
    if table.column_names != schema.columns():
        found, allowed = ", ".join(table.column_names), ", ".join(schema.columns())
        return _of_file(path, "columns of the schema", found, allowed, 1, "header")
    return table


def frictionless_issues(root: Path) -> list[Issue]:
    """The whole package by frictionless: types, constraints, keys between tables."""
    import frictionless  # slow to load, and only needed here

    outcome = frictionless.validate(str(root / DESCRIPTOR))
    issues = [
        _of_descriptor("package", error.title, error.note, "a package that frictionless accepts")
        for error in outcome.errors
    ]
    for task in outcome.tasks:
        for error in task.errors:
            line, field = getattr(error, "row_number", None) or 1, getattr(error, "field_name", None) or "row"
            cell = str(getattr(error, "cell", ""))
            issues.append(_of_file(str(task.place), error.title, cell, error.note, line, field))
    return issues


def parquet_differences(
    tables: dict[str, pa.Table], package: dict[str, Any], root: Path, schemas: Schemas
) -> list[Issue]:
    """Cells, or types, in which a Parquet file differs from the CSV of its name."""
    issues = []
    for resource in package["resources"]:
        name = resource["name"].removesuffix("_parquet")
        if resource["format"] != "csv" and name in tables:
            issues += table_differences(
                root / resource["path"], resource["path"], tables[name], schemas[name]
            )
    return issues


def table_differences(file: Path, path: str, text: pa.Table, schema: Schema) -> list[Issue]:
    """Where a Parquet file differs from a table: types, number of rows, cells with the line they have in the CSV."""
    table, wanted = pyarrow.parquet.read_table(file), arrow(schema)
    if not table.schema.equals(wanted):
        return [_of_file(path, "the types of the schema", str(table.schema)[:160], str(wanted)[:160])]
    if table.num_rows != text.num_rows:
        return [_of_file(path, "as many rows as the CSV", str(table.num_rows), str(text.num_rows))]
    issues = []
    for column in table.column_names:
        if table[column].equals(text[column]):
            continue
        cells = zip(table[column].to_pylist(), text[column].to_pylist(), strict=True)
        for row, (here, there) in enumerate(cells):
            if here != there:
                issues.append(_of_file(path, "the cell of the CSV", repr(here), repr(there), row + 2, column))
    return issues
