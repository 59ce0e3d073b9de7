"""Runs the checks of a project as the build does, without deriving."""

from pathlib import Path

from scripts.build import load_inputs
from scripts.export.tables import frame
from scripts.normalise.tables import normalise_tables
from scripts.schema.table_schema import load
from scripts.validation.inputs import check_inputs
from scripts.validation.issues import Issue, ValidationFailed


def issues_and_warnings(root: Path, *names: str) -> tuple[list[Issue], list[Issue]]:
    """What is wrong with a project (in the tables named), and what is only unlikely."""
    schemas, inputs = load(root), load_inputs(root)
    tables = {
        name: frame(inputs.rows[name], schema) for name, schema in schemas.items() if name != "claims_flat"
    }
    try:
        return [], check_inputs(inputs, normalise_tables(tables), schemas, names).warnings
    except ValidationFailed as failed:
        return failed.issues, []


def issues_of(root: Path) -> list[Issue]:
    return issues_and_warnings(root)[0]
