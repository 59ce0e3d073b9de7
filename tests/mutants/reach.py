"""Which test reaches which line of the code that is mutated, and how long each test takes."""

import json
import sys
import time
from pathlib import Path

import coverage
import pytest

from scripts.schema.table_schema import ROOT

TESTS = ["normalise", "schema", "validation", "faults", "records", "commands", "reliability"]
FOLDERS = ["normalise", "schema", "validation"]


class Reach:
    """A plugin of pytest that notes, for each test, the seconds it took and, by coverage, the lines it reached."""

    def __init__(self) -> None:
        include = [str(ROOT / "scripts" / folder / "*") for folder in FOLDERS]
        self.coverage = coverage.Coverage(data_file=None, include=include, config_file=False)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.coverage.switch_context(item.nodeid)
        start = time.perf_counter()
        outcome = yield
        self.seconds[item.nodeid] = time.perf_counter() - start
        self.coverage.switch_context("")
        return outcome


def measure() -> dict:
    """{"seconds": {test: seconds}, "tests": {file: {line: tests}}}; RuntimeError where a test fails."""
    reach = Reach()
    reach.coverage.start()
    paths = [str(ROOT / "tests" / folder) for folder in TESTS]
    code = pytest.main(
        ["-q", "-n0", "-p", "no:cacheprovider", "-m", "not slow and not browser", *paths], [reach]
    )
    reach.coverage.stop()
    if code:
        raise RuntimeError("the tests fail without any mutant")
    data = reach.coverage.get_data()
    return {
        "seconds": reach.seconds,
        "tests": {
            Path(file).relative_to(ROOT).as_posix(): {
                line: sorted(filter(None, tests)) for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        },
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(measure()), encoding="utf-8")
