"""What several tests share: schemas, the shipped record as built, and projects to change."""

import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from scripts.build import build_tables, load_inputs
from scripts.schema.table_schema import ROOT, load
from tests import invented

# The same few examples every time, fewer in make check; HYPOTHESIS_PROFILE=search looks for new ones, a hundred a law.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=10, database=None)
settings.register_profile("same", derandomize=True, deadline=None, max_examples=25, database=None)
settings.register_profile("search", deadline=None, max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Tests of these folders share a fixture that takes a minute: each folder runs in one process, and first.
SHARED = ("export", "releases")
# These take longest alone: they start with the first, so that no process is left with them at the end.
LONG = ("validation/test_faults.py", "faults/test_generated.py")
# These too take the shipped record as built: they run in the process that builds it for export.
OF_RECORD = ("commands/test_build.py", "reliability/test_agreement.py")


def scope_of(path: Path) -> str:
    """What runs in one process: a folder of SHARED with what takes the same record, else a module."""
    if path.as_posix().endswith(OF_RECORD):
        return "export"
    return path.parent.name if path.parent.name in SHARED else path.as_posix()


class ByFixture(LoadScopeScheduling):
    """Gives pytest-xdist a folder at a time where tests share a costly fixture, else a module.

    Its own `--dist loadgroup` does nothing under pytest 9.2, which reads the IDs of tests in another place.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(Path(nodeid.partition("::")[0]))


def pytest_xdist_make_scheduler(config, log):
    return ByFixture(config, log)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not (scope_of(item.path) in SHARED or item.path.as_posix().endswith(LONG)))


@pytest.fixture(scope="module")
def no_summary_by_pandera():
    """pandera sums up its errors in a table, which takes longer than to find them and which nothing here reads."""
    with patch("pandera.backends.pandas.base.consolidate_failure_cases", lambda errors: None):
        yield


@pytest.fixture(scope="session")
def schemas():
    return load()


@pytest.fixture(scope="session")
def rows():
    return load_inputs(ROOT)


@pytest.fixture(scope="session")
def built(rows):
    """All tables of the shipped record."""
    return build_tables(rows, ROOT).tables


@pytest.fixture(scope="session")
def invented_template(tmp_path_factory) -> Path:
    return invented.project(tmp_path_factory.mktemp("invented"))


@pytest.fixture
def small_project(invented_template, tmp_path) -> Path:
    """The invented project, to change."""
    shutil.copytree(invented_template, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


@pytest.fixture(scope="session")
def small_tables(invented_template):
    """All tables of the invented project."""
    return build_tables(load_inputs(invented_template), invented_template).tables
