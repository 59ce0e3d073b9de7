"""The small project with its three releases, made once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from scripts import build
from scripts.build import Built
from scripts.records.reader import Inputs
from scripts.schema.table_schema import ROOT
from tests.releases.history import fingerprint, make_history


@pytest.fixture(scope="session", autouse=True)
def tables_are_made_once() -> Iterator[None]:
    """The same records and rules give the same tables, as tests/commands shows: here they are made once."""
    made: dict[str, Built] = {}
    make = build.build_tables

    def remembered(inputs: Inputs, root: Path = ROOT) -> Built:
        key = str([fingerprint(root / folder) for folder in ("records", "rules", "schemas")])
        if key not in made:
            made[key] = make(inputs, root)
        return made[key]

    with patch("scripts.build.build_tables", remembered):
        yield


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("history"))
