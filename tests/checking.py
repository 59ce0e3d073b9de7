"""Runs commands, and the checks of a project as the build does, without deriving."""

import datetime
import importlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from scripts.build import load_inputs
from scripts.export.tables import frame
from scripts.normalise.tables import Tables, normalise_tables
from scripts.records.reader import Inputs
from scripts.schema.table_schema import Field, Schema, Schemas, load
from scripts.validation.inputs import check_inputs
from scripts.validation.issues import Issue, ValidationFailed

PARSERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "true",
    "date": datetime.date.fromisoformat,
}


FRAMES: dict[str, tuple[list, pd.DataFrame]] = {}


def cached_frame(rows: list, schema: Schema) -> pd.DataFrame:
    """The frame of the rows; that of the call before, where the rows are the same."""
    if schema.name not in FRAMES or FRAMES[schema.name][0] != rows:
        FRAMES[schema.name] = (rows, frame(rows, schema))
    return FRAMES[schema.name][1]


NORMALISED = {"sources", "systems", "statements"}  # and what their derived cells follow from
READ = {*NORMALISED, "system_names", "dates", "quantities", "units", "aspects"}
LAST: list[Tables] = []


def frames_of(inputs: Inputs, schemas: Schemas) -> Tables:
    """What was read, as normalised tables: those of the call before, where nothing that they follow from is another."""
    names = (name for name in schemas if name != "claims_flat")
    tables = {name: cached_frame(inputs.rows[name], schemas[name]) for name in names}
    if not LAST or any(LAST[0][name] is not tables[name] for name in READ):
        LAST[:] = [tables, normalise_tables(tables)]
    return {**tables, **{name: LAST[1][name] for name in NORMALISED}}


def issues_and_warnings(root: Path, *names: str) -> tuple[list[Issue], list[Issue]]:
    """What is wrong with a project (in the tables named), and what is only unlikely."""
    schemas, inputs = load(root), load_inputs(root)
    try:
        return [], check_inputs(inputs, frames_of(inputs, schemas), schemas, names).warnings
    except ValidationFailed as failed:
        return failed.issues, []


@contextmanager
def put_back(root: Path, *paths: str) -> Iterator[None]:
    """Whatever happens to these files of a project: as they were, afterwards."""
    before = {root / path: (root / path).read_bytes() if (root / path).exists() else None for path in paths}
    try:
        yield
    finally:
        for file, content in before.items():
            if content is None:
                file.unlink()
            else:
                file.write_bytes(content)


def example(field: Field) -> Any:
    """The schema's own example of a cell."""
    return PARSERS[field["type"]](field["example"])


def issues_of(root: Path) -> list[Issue]:
    return issues_and_warnings(root)[0]


def run(command: str, root: Path, *arguments: str) -> SimpleNamespace:
    """A command run in this process, for a new one costs a second: returncode, stdout and stderr."""
    return run_plain(command, *arguments, "--root", str(root))


def run_plain(command: str, *arguments: str) -> SimpleNamespace:
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = [command, *arguments]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = importlib.import_module(f"scripts.{command}").main()
    except SystemExit as stopped:
        code = stopped.code
    finally:
        sys.argv = before
    return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())
