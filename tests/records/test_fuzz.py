"""Five seconds of the fuzzing that `make fuzz` does longer."""

import pytest

from tests.fuzz import TARGETS, run

pytest.importorskip("atheris")


@pytest.mark.slow  # a second of fuzzing each, in a process of its own
@pytest.mark.parametrize("name", TARGETS)
def test_no_input_found_in_a_second_breaks_the_target(name, tmp_path):
    executions, edges, code = run(name, 1, tmp_path)
    assert code == 0 and executions > 50 and edges > 5


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target_are_taken(name):
    test, seeds = TARGETS[name]
    for seed in seeds:
        test(seed)
