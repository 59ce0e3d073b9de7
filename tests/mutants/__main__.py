"""Tries a seeded sample of the mutants of each file; prints the counts, and the survivors that are not listed.

usage: python -m tests.mutants [--sample N] [--minutes N] [--seed N] [--only TEXT] [--out FILE]

The files take turns, so that every one has its share when the time is over. Exit code 1 where fewer than 90 of 100 are
killed, or one survives that tests/mutants/survivors.csv does not list.
"""

import argparse
import csv
import importlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from scripts.derive import rule_files
from scripts.schema.table_schema import ROOT
from tests.mutants import python_mutants, sql_mutants
from tests.mutants.chosen_tests import TESTS, Chooser, files, is_caught, is_quick
from tests.mutants.python_mutants import Mutant

SURVIVORS = ROOT / "tests/mutants/survivors.csv"
SECONDS = 300.0  # for one mutant; one that takes longer hangs


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=20, help="mutants of each file (default: 20)")
    parser.add_argument(
        "--minutes", type=float, default=600, help="stop then, whatever is left (default: 600)"
    )
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--only", default="", help="files whose path has this text")
    parser.add_argument("--out", type=Path, default=ROOT / "build/mutants.csv")
    return parser.parse_args()


class Run:
    """Tries mutants, writes down how each ended, and counts."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.end = arguments, time.monotonic() + 60 * arguments.minutes
        self.made: Counter[str] = Counter()
        self.outcomes: dict[Mutant, str] = {}
        self.seconds: dict[Mutant, float] = {}
        arguments.out.parent.mkdir(exist_ok=True)

    def sampled(self, mutants: list[Mutant]) -> list[Mutant]:
        """The same mutants every time, as long as the file is not edited."""
        if mutants:
            self.made[folder_of(mutants[0])] += len(mutants)
        mutants = sorted(mutants, key=lambda mutant: (*mutant.key, mutant.line))
        random.Random(self.arguments.seed).shuffle(mutants)
        return mutants[: self.arguments.sample]

    def try_all(self, mutants: Iterable[Mutant], trial: Callable[[Mutant], str]) -> list[Mutant]:
        """Tries each until the time is over; the survivors. One that is tried again counts once."""
        survivors = []
        for mutant in mutants:
            begun = time.monotonic()
            if begun > self.end:
                break
            outcome = trial(mutant)
            seconds = self.seconds.get(mutant, 0.0) + time.monotonic() - begun
            self.outcomes[mutant], self.seconds[mutant] = outcome, seconds
            if outcome == "survived":
                survivors.append(mutant)
            self.write()
        return survivors

    def write(self) -> None:
        with self.arguments.out.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["file", "function", "line", "old", "new", "outcome", "seconds"])
            for m, outcome in self.outcomes.items():
                writer.writerow([m.file, m.function, m.line, m.old, m.new, outcome, f"{self.seconds[m]:.1f}"])

    def report(self) -> int:
        """Prints the counts; the exit code."""
        listed = read_survivors()
        survivors = [mutant for mutant, outcome in self.outcomes.items() if outcome == "survived"]
        unlisted = [mutant for mutant in survivors if mutant.key not in listed]
        for mutant in unlisted:
            print(f"not listed: {mutant.file}:{mutant.line} {mutant.function}: {mutant.old} → {mutant.new}")
        tried = Counter(folder_of(mutant) for mutant in self.outcomes)
        survived = Counter(folder_of(mutant) for mutant in survivors)
        for folder, number in tried.items():
            killed = number - survived[folder]
            share = 100 * killed / number
            print(
                f"{folder:<20}{self.made[folder]:>6} made{number:>6} tried{killed:>6} killed, {share:.1f} %"
            )
        return int(bool(unlisted) or len(survivors) > 0.1 * len(self.outcomes))


def folder_of(mutant: Mutant) -> str:
    return mutant.file.rpartition("/")[0]


def taking_turns(samples: list[list[Mutant]]) -> Iterator[Mutant]:
    for turn in zip_longest(*samples):
        yield from filter(None, turn)


class PythonRun:
    """A plugin of pytest that, once all tests are collected, tries mutants instead of running them."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        chosen = [file for file in files() if self.run.arguments.only in file]
        for file in chosen:
            importlib.import_module(file.removesuffix(".py").replace("/", "."))
        chooser = Chooser(session.items)
        if is_caught(item for item in session.items if item.name == "test_the_invented_project_holds"):
            raise RuntimeError("the tests fail without any mutant")

        def trial(mutant: Mutant, quick: bool) -> str:
            tests = [item for item in chooser.tests(mutant.function) if is_quick(item) == quick]
            return python_mutants.outcome(mutant, lambda: is_caught(tests), SECONDS)

        mutants = taking_turns([self.run.sampled(python_mutants.mutants_of(file)) for file in chosen])
        survivors = self.run.try_all(mutants, lambda mutant: trial(mutant, quick=True))
        self.run.end += 60 * self.run.arguments.minutes
        self.run.try_all(survivors, lambda mutant: trial(mutant, quick=False))
        return True


def try_sql(run: Run) -> None:
    """The records of the tests of the derivation, and what the second implementation makes of them, decide."""
    chosen = [path for path in rule_files(ROOT) if run.arguments.only in path.as_posix()]
    if not chosen:
        return
    from tests.oracle import reference
    from tests.oracle.test_oracle import SEEDS, differences
    from tests.random_record import random_record

    records = [random_record(*seed) for seed in reversed(SEEDS)]
    cases = [(record, reference.derive(record)) for record in records]
    with tempfile.TemporaryDirectory() as folder:

        def trial(mutant: Mutant) -> str:
            return sql_mutants.outcome(mutant, cases, differences, Path(folder), SECONDS)

        run.try_all(taking_turns([run.sampled(sql_mutants.mutants_of(path)) for path in chosen]), trial)


def read_survivors() -> set[tuple[str, str, str, str]]:
    """What survives for a reason that is written down."""
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["function"], row["old"], row["new"]) for row in csv.DictReader(file)}


def main() -> int:
    run = Run(options())
    try_sql(run)
    run.end = time.monotonic() + 60 * run.arguments.minutes
    if any(run.arguments.only in file for file in files()):
        pytest.main(
            ["-q", "-n0", "-p", "no:cacheprovider", "-m", "not slow and not browser", *TESTS],
            [PythonRun(run)],
        )
    return run.report()


if __name__ == "__main__":
    sys.exit(main())
