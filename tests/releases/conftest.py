"""The small project with its three releases, made once for all tests of this folder."""

from pathlib import Path

import pytest

from tests.releases.history import make_history


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_history(tmp_path_factory.mktemp("history"))
