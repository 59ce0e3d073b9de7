"""Coverage-guided fuzzing, by Atheris (libFuzzer), of what reads text that others wrote.

usage: python -m tests.fuzz [--seconds N] [--more] [TARGET ...]

The targets are the reader of records, the parsers of dates, of terms of numbers and of dates, and the matcher of
anchors. Each ends in a right value or in its own error; anything else, a hang of 10 seconds or 2 GB, ends the run with
the input that did it in build/fuzz. Inputs that reach new code are kept there and are where the next run begins.
The executions and the edges of the code that were reached are printed, and written to tests/proofs.csv; with --more,
seconds and executions are added to those written there.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from scripts.normalise import dates, quantities
from scripts.records import anchors
from scripts.records.strict_yaml import StrictYamlError, emit, read_document
from scripts.reliability import proofs
from scripts.schema.table_schema import ROOT
from tests import invented

DAY = date(2022, 11, 2)
FOLDER = ROOT / "build/fuzz"


def record(text: str) -> None:
    """What is read is read again from its canonical text; of what is refused, line, finding and fix are told."""
    try:
        document = read_document(text)
    except StrictYamlError as error:
        assert error.found and error.fix and (error.line is None or error.line >= 1)
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in document.lines.values())
    if isinstance(document.value, dict) and all(
        isinstance(value, (str, int)) for value in document.value.values()
    ):
        assert read_document(emit(document.value)).value == (document.value or None)


def day(text: str) -> None:
    """Days are in order; what they are written as means the same days."""
    try:
        first, last = dates.parse(text)
    except ValueError:
        return
    assert first is None or last is None or first <= last
    assert dates.parse(dates.write(first, last)) == (first, last)


def day_term(text: str) -> None:
    try:
        found = dates.term(text, DAY)
    except ValueError:
        return
    assert found is None or isinstance(found, date)


def quantity(text: str) -> None:
    """A bound rises with the number of which it is a bound."""
    rule = {"modifier": "x", "operands": 1, "low": text, "point": None, "high": text}
    unit = {"is_count": True, "factor": 1}
    try:
        low, _, high = quantities.bounds(rule, 100, None, unit, False, rule)
        more, _, _ = quantities.bounds(rule, 200, None, unit, False, rule)
    except ValueError:
        return
    assert low is not None and high is not None and more is not None
    assert low <= high and low <= more


def anchor(text: str) -> None:
    """A passage that is cut from a text is found in it, whatever spaces and points are put around."""
    normal = anchors.normalise(text)
    assert anchors.normalise(normal) == normal
    try:
        length, digest = anchors.make(text)
    except ValueError:
        assert not anchors.MIN_CHARS <= len(normal) <= anchors.MAX_CHARS
        return
    assert anchors.find(anchors.normalise(f"1. {text} —"), length, digest) is not None
    assert anchors.find(normal[1:], length, digest) is None


TARGETS: dict[str, tuple[Callable[[str], None], list[str]]] = {
    "record": (record, [emit(invented.RECORDS[invented.HERALD]), emit({"a": "b", "c": 1}), "---"]),
    "day": (day, ["2022", "2022-11", "2022-11-02~", "../2022-11-02", "2022-08/2022-10"]),
    "day_term": (day_term, ["day+7d", "month_end-1m", "open", "2022-02-24", "monday", "year_start+1y"]),
    "quantity": (quantity, ["N", "2N", "0.5N", "N+1", "100", "N-1"]),
    "anchor": (anchor, ["Iran handed over 450 drones, he said.", "۴۵۰ пуск", "ﬁve"]),
}

WORDS = {
    "record": "the reader of records",
    "day": "the parser of dates",
    "day_term": "the parser of terms of dates",
    "quantity": "the bounds of numbers",
    "anchor": "the matcher of anchors",
}


def fuzz_one(name: str, options: list[str]) -> None:
    """Runs one target in this process until its time is over; ends the process."""
    import atheris

    test, _ = TARGETS[name]
    for module in (dates, quantities, anchors, sys.modules["scripts.records.strict_yaml"]):
        for function in vars(module).values():
            if getattr(function, "__module__", None) == module.__name__ and hasattr(function, "__code__"):
                atheris.instrument_func(function)
    reader = vars(sys.modules["scripts.records.strict_yaml"])["_Reader"]
    for function in vars(reader).values():
        if hasattr(function, "__code__"):
            atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], *options], lambda data: test(data.decode("utf-8", "replace")))
    atheris.Fuzz()


def run(name: str, seconds: int, folder: Path = FOLDER) -> tuple[int, int, int]:
    """Fuzzes one target in a process of its own: executions, edges reached, and the exit code."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name][1]):
        (corpus / f"seed-{number}").write_text(seed, encoding="utf-8")
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-seed=16"]
    options += ["-print_final_stats=1", f"-artifact_prefix={corpus.parent}/{name}-", str(corpus)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--one", name, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
    )
    executions = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    edges = re.findall(r"\bcov: (\d+)", done.stderr)
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    return int(executions[-1]) if executions else 0, int(edges[-1]) if edges else 0, done.returncode


def line(name: str, seconds: int, executions: int, edges: int, failed: bool, is_more: bool) -> None:
    """Writes what a run came to into tests/proofs.csv; one more run is added to those before."""
    what, runs, end = f"fuzzing of {WORDS[name]}", "", "none broke it"
    before = next((row["count"] for row in proofs.results(ROOT) if row["what"] == what), "")
    if is_more and (
        found := re.match(r"([\d,]+) executions in ([\d,]+) seconds.*?, ([\d,]+) edges[^;]*; (.*)", before)
    ):
        done, time, reached = (int(number.replace(",", "")) for number in found.groups()[:3])
        runs, end = f" (runs of {time:,} and {seconds:,})", found[4]
        executions, seconds, edges = executions + done, seconds + time, max(edges, reached)
    count = f"{executions:,} executions in {seconds:,} seconds{runs}, {edges:,} edges of the code reached; "
    count += "one input broke it" if failed else end
    proofs.write(ROOT, what, count, f"make fuzz SECONDS={seconds}", date.today().isoformat())


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        fuzz_one(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--more", action="store_true", help="add to the figures of the runs before")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    arguments = parser.parse_args()
    failed = 0
    for name in arguments.targets or TARGETS:
        executions, edges, code = run(name, arguments.seconds)
        print(
            f"{name:<10}{executions:>12} executions{edges:>8} edges{'  FAILED' if code else ''}", flush=True
        )
        failed += bool(code)
        line(name, arguments.seconds, executions, edges, bool(code), arguments.more)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
