"""Tries the mutants of the Python code or of the SQL; prints the counts, and the survivors that are not listed.

usage: python -m tests.mutants python|sql [--minutes N] [--seconds N] [--seed N] [--only TEXT] [--again] [--out FILE]

All are tried, in an order drawn at random, so that those tried when the time is over are a fair sample. Each is written
down as soon as it is tried, and what is written down is not tried again, but for survivors with --again. Exit code 1
where fewer than 90 of 100 are killed (equivalent ones apart), or one survives that tests/mutants/survivors.csv does not
list.
"""

import argparse
import csv
import importlib
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scripts.derive import rule_files
from scripts.reliability import proofs
from scripts.schema.table_schema import ROOT
from tests.mutants import python_mutants, sql_mutants
from tests.mutants.chosen_tests import TESTS, Chooser, files, in_child, is_caught
from tests.mutants.python_mutants import Mutant
from tests.oracle import reference
from tests.oracle.edited_rules import EditedRules
from tests.oracle.joined import joined
from tests.oracle.records import made_records

SURVIVORS = ROOT / "tests/mutants/survivors.csv"
COLUMNS = ["file", "function", "line", "old", "new", "outcome", "seconds"]
WHAT = {
    "python": "mutants of `normalise/`, `validation/` and `schema/`: small wrong edits made by program",
    "sql": "mutants of the derivation's SQL",
}
HANGS = 300.0  # seconds for one mutant


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=["python", "sql"])
    parser.add_argument("--minutes", type=float, default=600, help="stop then (default: 600)")
    parser.add_argument("--seconds", type=float, default=6, help="of tests for each mutant (default: 6)")
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--only", default="", help="files whose path has this text")
    parser.add_argument("--again", action="store_true", help="try what survived before")
    parser.add_argument("--out", type=Path, help="default: build/mutants-KIND.csv")
    arguments = parser.parse_args()
    arguments.out = arguments.out or ROOT / f"build/mutants-{arguments.kind}.csv"
    return arguments


class Run:
    """Tries mutants, writes down how each ended, and counts."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.end = arguments, time.monotonic() + 60 * arguments.minutes
        self.made: list[Mutant] = []
        self.outcomes: dict[tuple[str, ...], str] = {}
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        if not arguments.out.is_file():
            arguments.out.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
        with arguments.out.open(encoding="utf-8", newline="") as file:
            self.outcomes = {place_of(row): row["outcome"] for row in csv.DictReader(file)}

    def try_all(self, mutants: list[Mutant], trial: Callable[[Mutant], str]) -> None:
        """Tries each that is not written down, until the time is over."""
        self.made = sorted(mutants, key=lambda mutant: (*mutant.key, mutant.line))
        wanted = ["survived"] if self.arguments.again else [None]
        waiting = [mutant for mutant in self.made if self.outcomes.get(mutant.place) in wanted]
        random.Random(self.arguments.seed).shuffle(waiting)
        for mutant in waiting:
            begun = time.monotonic()
            if begun > self.end:
                break
            self.outcomes[mutant.place] = outcome = trial(mutant)
            with self.arguments.out.open("a", encoding="utf-8", newline="") as out:
                row = [*mutant.place, outcome, f"{time.monotonic() - begun:.1f}"]
                csv.writer(out, lineterminator="\n").writerow(row)

    def report(self) -> int:
        """Prints the counts; the exit code."""
        listed = read_survivors()
        tried = [mutant for mutant in self.made if mutant.place in self.outcomes]
        survivors = [mutant for mutant in tried if self.outcomes[mutant.place] == "survived"]
        unlisted = [mutant for mutant in survivors if mutant.key not in listed]
        for mutant in unlisted:
            print(f"not listed: {mutant.file}:{mutant.line} {mutant.function}: {mutant.old} → {mutant.new}")
        reasons = [listed.get(mutant.key, "") for mutant in survivors]
        equivalent = sum(reason.startswith("Equivalent") for reason in reasons)
        killed, counted = len(tried) - len(survivors), len(tried) - equivalent
        if counted and not self.arguments.only:
            count = f"{len(self.made):,} made, {len(tried):,} tried in random order (seed {self.arguments.seed}), "
            count += f"{killed:,} killed: {100 * killed / len(tried):.1f} % (the aim is 90); of the {len(survivors):,} "
            count += f"survivors {equivalent:,} change nothing that any input can show: without them "
            count += (
                f"{100 * killed / counted:.1f} %; {sum(map(bool, reasons)) - equivalent:,} more have a reason"
            )
            proofs.write(ROOT, WHAT[self.arguments.kind], count, "make mutants", date.today().isoformat())
            print(count)
        return int(bool(unlisted) or killed < 0.9 * counted)


def place_of(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in COLUMNS[:5])


class PythonRun:
    """A plugin of pytest that, once all tests are collected, tries mutants instead of running them."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        chosen = [file for file in files() if self.run.arguments.only in file]
        for file in files():
            importlib.import_module(file.removesuffix(".py").replace("/", "."))
        chooser = Chooser(session.items, ROOT / "build/mutants-reached.json")
        make_shared_fixtures(session)

        def trial(mutant: Mutant) -> str:
            seconds = self.run.arguments.seconds
            tests = chooser.tests(mutant.file, mutant.function, mutant.line, seconds)

            def work() -> bool:
                python_mutants.plant(mutant)
                return is_caught(tests)

            return in_child(work, session, HANGS) if tests else "survived"

        self.run.try_all([mutant for file in chosen for mutant in python_mutants.mutants_of(file)], trial)
        return True


def make_shared_fixtures(session: pytest.Session) -> None:
    """Writes the invented project once for all; none of the mutated code takes part in that."""
    item = next(item for item in session.items if item.name == "test_the_invented_project_holds")
    other = next(following for following in session.items if following.path.parent != item.path.parent)
    if is_caught([item], following=other):
        raise RuntimeError("the tests fail without any mutant")


def try_sql(run: Run) -> None:
    """The records of the tests of the derivation, and what the second implementation makes of them, decide."""
    made = made_records()
    edited = EditedRules([(record, reference.derive(record)) for record in (made[0], joined(made))])

    def trial(mutant: Mutant) -> str:
        name = mutant.file.rpartition("/")[2]
        return "killed" if edited.differ(name, mutant.code()) else "survived"

    chosen = [path for path in rule_files(ROOT) if run.arguments.only in path.as_posix()]
    run.try_all([mutant for path in chosen for mutant in sql_mutants.mutants_of(path)], trial)


def read_survivors() -> dict[tuple[str, str, str, str], str]:
    """What survives, and why; of a mutant that no input can tell from the code, the reason begins with Equivalent."""
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return {
            (row["file"], row["function"], row["old"], row["new"]): row["reason"]
            for row in csv.DictReader(file)
        }


def main() -> int:
    run = Run(options())
    if run.arguments.kind == "sql":
        try_sql(run)
    else:
        pytest.main(
            ["-q", "-n0", "-p", "no:cacheprovider", "-m", "not browser", *TESTS],
            [PythonRun(run)],
        )
    return run.report()


if __name__ == "__main__":
    sys.exit(main())
