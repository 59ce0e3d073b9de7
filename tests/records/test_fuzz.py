"""A short run of the fuzzing that `make fuzz` does longer: FUZZ_SECONDS for each target, else one; CI gives twelve."""

import os

import pytest

from tests.fuzz import TARGETS, run

pytest.importorskip("atheris")


@pytest.mark.slow  # a second of fuzzing each, or more, in a process of its own
@pytest.mark.parametrize("name", TARGETS)
def test_no_input_that_is_found_breaks_the_target(name, tmp_path):
    executions, edges, code = run(name, int(os.environ.get("FUZZ_SECONDS", "1")), tmp_path)
    assert code == 0 and executions > 50 and edges > 5


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target_are_taken(name):
    test, seeds = TARGETS[name]
    for seed in seeds:
        test(seed)
