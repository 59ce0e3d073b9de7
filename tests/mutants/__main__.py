"""Tries a seeded sample of the mutants of each file; prints the counts, and the survivors that are not listed.

usage: python -m tests.mutants [--sample N] [--seed N] [--only TEXT] [--out FILE]
Exit code 1 where fewer than 90 of 100 are killed, or one survives that tests/mutants/survivors.csv does not list.
"""

import argparse
import csv
import importlib
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from scripts.derive import rule_files
from scripts.schema.table_schema import ROOT
from tests.mutants import python_mutants, sql_mutants
from tests.mutants.python_mutants import Mutant

FOLDERS = ["scripts/normalise", "scripts/validation", "scripts/schema"]
SURVIVORS = ROOT / "tests/mutants/survivors.csv"
MOST_TESTS, MOST_SECONDS = 150, 60.0
# What only a build of the whole record reaches; asked last.
LAST = "tests/commands/test_build.py::test_what_is_committed_is_what_the_records_give"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=30, help="mutants of each file (default: 30)")
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--only", default="", help="files whose path has this text")
    parser.add_argument("--reach", type=Path, help="a file of tests.mutants.reach, instead of measuring anew")
    parser.add_argument("--cases", type=Path, help="pickled records, instead of making them anew")
    parser.add_argument("--out", type=Path, default=ROOT / "build/mutants.csv")
    return parser.parse_args()


def sampled(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """The same mutants every time, as long as the file is not edited."""
    mutants = sorted(mutants, key=lambda mutant: (*mutant.key, mutant.line))
    return random.Random(seed).sample(mutants, min(size, len(mutants)))


def python_outcomes(arguments: argparse.Namespace):
    files = sorted(
        path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).glob("*.py")
    )
    files = [file for file in files if arguments.only in file]
    if not files:
        return
    reach = reached(arguments.reach)
    for file in files:
        importlib.import_module(file.removesuffix(".py").replace("/", "."))
    for module in ("scripts.build", "scripts.validate", "tests.invented", "tests.checking"):
        importlib.import_module(module)
    for file in files:
        mutants = python_mutants.mutants_of(file)
        for mutant in sampled(mutants, arguments.sample, arguments.seed):
            tests = tests_of(mutant, reach)
            seconds = 20 + 5 * sum(reach["seconds"].get(test, 20) for test in tests)
            yield mutant, len(mutants), lambda m=mutant, t=tests, s=seconds: python_mutants.outcome(m, t, s)


def reached(path: Path | None) -> dict:
    """What tests.mutants.reach measures, in a process of its own: no thread may be left where children are forked."""
    import json
    import subprocess

    if path is None:
        path = ROOT / "build/reach.json"
        path.parent.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-m", "tests.mutants.reach", str(path)], cwd=ROOT, check=True)
    return json.loads(path.read_text(encoding="utf-8"))


def tests_of(mutant: Mutant, reach: dict) -> list[str]:
    """The tests that reach the line of the mutant, or else its function: the quickest first, then the build."""
    lines = {int(line): tests for line, tests in reach["tests"].get(mutant.file, {}).items()}
    near = [line for line in lines if line <= mutant.line and lines[line]]
    tests = lines.get(mutant.line) or (lines[max(near)] if near else [])
    chosen, total = [], 0.0
    for test in sorted(tests, key=lambda test: reach["seconds"].get(test, 20)):
        total += reach["seconds"].get(test, 20)
        if len(chosen) == MOST_TESTS or total > MOST_SECONDS:
            break
        chosen.append(test)
    return [*chosen, LAST] if "/schema/" in mutant.file else chosen


def sql_outcomes(arguments: argparse.Namespace):
    files = [path for path in rule_files(ROOT) if arguments.only in path.as_posix()]
    if not files:
        return
    import pickle

    from tests.oracle import reference
    from tests.oracle.test_oracle import SEEDS, differences
    from tests.random_record import random_record

    if arguments.cases and arguments.cases.exists():
        cases = pickle.loads(arguments.cases.read_bytes())  # noqa: S301
    else:
        records = [random_record(*seed) for seed in SEEDS]
        cases = [(record, reference.derive(record)) for record in records]
    folder = Path(tempfile.mkdtemp())
    for path in files:
        mutants = sql_mutants.mutants_of(path)
        for mutant in sampled(mutants, arguments.sample, arguments.seed):
            yield (
                mutant,
                len(mutants),
                lambda m=mutant: sql_mutants.outcome(m, cases, differences, folder, 120),
            )


def listed() -> set[tuple[str, str, str, str]]:
    if not SURVIVORS.exists():
        return set()
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["function"], row["old"], row["new"]) for row in csv.DictReader(file)}


def main() -> int:
    arguments = options()
    start, killed, tried, all_mutants, unlisted = time.monotonic(), Counter(), Counter(), {}, []
    arguments.out.parent.mkdir(exist_ok=True)
    known = listed()
    with arguments.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["file", "function", "line", "old", "new", "outcome", "seconds"])
        for outcomes in (python_outcomes, sql_outcomes):
            for mutant, number, trial in outcomes(arguments):
                begun = time.monotonic()
                result = trial()
                folder = mutant.file.rpartition("/")[0]
                tried[folder] += 1
                killed[folder] += result.startswith("killed")
                all_mutants[mutant.file] = number
                writer.writerow(
                    [*mutant.key[:2], mutant.line, *mutant.key[2:], result, f"{time.monotonic() - begun:.1f}"]
                )
                out.flush()
                if not result.startswith("killed") and mutant.key not in known:
                    unlisted.append(mutant)
    for folder in tried:
        made = sum(number for file, number in all_mutants.items() if file.startswith(f"{folder}/"))
        share = 100 * killed[folder] / tried[folder]
        print(
            f"{folder:<20} {made:>6} mutants, {tried[folder]:>4} tried, {killed[folder]:>4} killed: {share:.1f} %"
        )
    for mutant in unlisted:
        print(
            f"survives and is not listed: {mutant.file}:{mutant.line} {mutant.function}: {mutant.old} → {mutant.new}"
        )
    print(f"{time.monotonic() - start:.0f} seconds")
    enough = all(killed[folder] >= 0.9 * tried[folder] for folder in tried)
    return int(bool(unlisted) or not enough)


if __name__ == "__main__":
    sys.exit(main())
