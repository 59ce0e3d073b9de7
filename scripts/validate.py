"""Validates a package as it stands on disk: the one built here, or any copy that was downloaded.

Checked are the descriptor against the official Data Package v2 profile; every file against its hash and size;
every CSV by frictionless and, with the row rules, by pandera; and every Parquet file cell by cell against its CSV.
All failures are printed, each with file, line, field, what was found, what is allowed and the fix; exit code 1 if any.
"""

import time

STARTED = time.perf_counter()

import argparse
import hashlib
import importlib.util
import json
import sys
from pathlib import Path

import jsonschema
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from scripts.export import tables  # noqa: F401 (statement_rules registers its rules)
from scripts.schema.table_schema import ROOT, Schema, arrow, load
from scripts.validation import (
    by_pandera,  # noqa: F401 (statement_rules registers its rules)
    row_rules,  # noqa: F401 (statement_rules registers its rules)
    statement_rules,  # noqa: F401 (statement_rules registers its rules)
)
from scripts.validation import constraints as checks  # noqa: F401 (statement_rules registers its rules)
from scripts.validation.issues import Problem, Refused

REBUILD = "run make data; if the file was downloaded, download it again"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.validate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder with datapackage.json (default: this project)"
    )
    root = parser.parse_args().root
    imported = time.perf_counter()
    problems, ran = validate(root)
    if problems:
        print(Refused(problems).render(root).replace("; nothing was written", ""), file=sys.stderr)
        return 1
    print(
        f"valid: {ran}; seconds: imports {imported - STARTED:.2f}, checks {time.perf_counter() - imported:.2f}"
    )
    return 0


def validate(root: Path) -> tuple[list[Problem], str]:
    """Every problem of the package below `root`, and in words what was checked."""
    where = "datapackage.json"
    try:
        package = json.loads((root / where).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [Problem(where, (), "file", "a readable descriptor", str(error), "JSON", REBUILD)], ""
    problems = against_profile(package)
    problems += missing_or_changed(package, root)
    if problems:  # what follows would only repeat that a file is not the one described
        return problems, ""
    found, schemas = {}, load()
    for resource in package["resources"]:
        if resource["format"] == "csv":
            table, wrong = read(root, resource["path"], schemas[resource["name"]])
            problems += wrong
            if table is not None:
                found[resource["name"]] = table
    problems += by_frictionless(root)
    problems += parquet_differences(found, package, root, schemas)
    if problems:
        return problems, ""
    frames = {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in found.items()}
    total = 0
    for name, frame in frames.items():
        failures, count = checks.run(
            schemas[name],
            checks.schema_checks(schemas[name], schemas) + row_rules.rules_of(name),
            frames,
            by_pandera.masks,
        )
        total += count
        problems += [
            Problem(
                schemas[name].csv_path,
                failure.row + 2,
                failure.check.field,
                failure.check.rule,
                failure.found,
                failure.check.allowed,
                failure.check.fix,
            )
            for failure in failures
        ]
    cells = sum(
        table.num_rows * table.num_columns for name, table in found.items() if not schemas[name].is_rule
    )
    return (
        problems,
        f"{len(package['resources'])} files, {len(frames)} tables, {total} pandera checks, {cells} cells the same in CSV and Parquet",
    )


def against_profile(package: dict) -> list[Problem]:
    """The descriptor against the official profile, which ships in dplib and covers resources and schemas too."""
    folder = Path(importlib.util.find_spec("dplib").origin).parent / "profiles/2.0"
    profile = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return [
        Problem(
            "datapackage.json",
            (),
            "/".join(map(str, error.absolute_path)) or "package",
            "Data Package v2 profile",
            str(error.instance)[:120],
            error.message[-160:],
            REBUILD,
        )
        for error in jsonschema.Draft7Validator(profile).iter_errors(package)
    ]


def missing_or_changed(package: dict, root: Path) -> list[Problem]:
    """Files that are absent, are not the ones described, or stand in data/ undescribed."""
    problems, described = [], set()
    for resource in package["resources"]:
        path = root / resource["path"]
        described.add(path)
        content = path.read_bytes() if path.is_file() else None
        found = f"sha256:{hashlib.sha256(content).hexdigest()}" if content is not None else "no file"
        if found != resource["hash"] or len(content) != resource["bytes"]:
            problems.append(
                Problem(
                    resource["path"],
                    (),
                    "file",
                    "the file that datapackage.json describes",
                    found,
                    resource["hash"],
                    REBUILD,
                )
            )
    for path in sorted((root / "data").rglob("*")):
        if path.is_file() and path not in described:
            problems.append(
                Problem(
                    str(path.relative_to(root)),
                    (),
                    "file",
                    "every file in data/ is described",
                    path.name,
                    "files named in datapackage.json",
                    "remove it",
                )
            )
    return problems


def read(root: Path, path: str, schema: Schema) -> tuple[pa.Table | None, list[Problem]]:
    try:
        table = tables.read_csv(root / path, schema)
    except pa.ArrowInvalid as error:
        return None, [
            Problem(
                path,
                (),
                "file",
                "cells of the declared types",
                str(error)[:160],
                "the types of the schema",
                REBUILD,
            )
        ]
    if table.column_names != schema.columns():
        return None, [
            Problem(
                path,
                1,
                "header",
                "columns of the schema",
                ", ".join(table.column_names),
                ", ".join(schema.columns()),
                REBUILD,
            )
        ]
    return table, []


def by_frictionless(root: Path) -> list[Problem]:
    """The whole package by frictionless: types, constraints, keys between tables."""
    import frictionless

    outcome = frictionless.validate(str(root / "datapackage.json"))
    problems = [
        Problem(
            "datapackage.json",
            (),
            "package",
            error.title,
            error.note,
            "a package that frictionless accepts",
            REBUILD,
        )
        for error in outcome.errors
    ]
    for task in outcome.tasks:
        for error in task.errors:
            line, field = getattr(error, "row_number", None) or 1, getattr(error, "field_name", None) or "row"
            problems.append(
                Problem(
                    task.place, line, field, error.title, str(getattr(error, "cell", "")), error.note, REBUILD
                )
            )
    return problems


def parquet_differences(
    found: dict[str, pa.Table], package: dict, root: Path, schemas: dict[str, Schema]
) -> list[Problem]:
    """Cells, or types, in which a Parquet file differs from the CSV of its name."""
    problems = []
    for resource in package["resources"]:
        name = resource["name"].removesuffix("_parquet")
        if resource["format"] == "csv" or name not in found:
            continue
        table, text = pyarrow.parquet.read_table(root / resource["path"]), found[name]
        if not table.schema.equals(arrow(schemas[name])):
            problems.append(
                Problem(
                    resource["path"],
                    (),
                    "file",
                    "the types of the schema",
                    str(table.schema)[:160],
                    str(arrow(schemas[name]))[:160],
                    REBUILD,
                )
            )
            continue
        if table.num_rows != text.num_rows:
            problems.append(
                Problem(
                    resource["path"],
                    (),
                    "file",
                    "as many rows as the CSV",
                    str(table.num_rows),
                    str(text.num_rows),
                    REBUILD,
                )
            )
            continue
        for column in table.column_names:
            for row, (here, there) in enumerate(zip(table[column].to_pylist(), text[column].to_pylist())):
                if here != there:
                    problems.append(
                        Problem(
                            resource["path"],
                            row + 1,
                            column,
                            "the cell of the CSV",
                            repr(here),
                            repr(there),
                            REBUILD,
                        )
                    )
    return problems


if __name__ == "__main__":
    sys.exit(main())
