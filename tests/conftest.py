"""What several tests share: the shipped record as read and as built, and a copy of the project's inputs to spoil."""

import shutil
from pathlib import Path

import pytest

from scripts.build import gather, prepare
from scripts.schema.table_schema import ROOT, load


@pytest.fixture(scope="session")
def schemas():
    return load()


@pytest.fixture(scope="session")
def rows():
    return gather(ROOT)


@pytest.fixture(scope="session")
def built(rows):
    return prepare(rows)[0]


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder with records/ and rules/ as they stand here, and the releases to compare with."""
    for folder in ("records", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "releases").symlink_to(ROOT / "releases")
    return tmp_path
