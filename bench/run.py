"""Measures this project and its peers side by side and writes bench/results.csv.

    python -m bench.run --sizes small|medium|full [--only MEASURE ...]

Every run is a fresh process; contenders of one measure and size take turns, round by round. Seconds are those on the
clock; cpu_seconds the time for which it had a processor, which other work on the machine changes less; peak_mb its
largest resident set. First every contender meets planted traps, faults or mistakes: what it misses stands beside it.
"""

import argparse
import contextlib
import csv
import datetime
import fcntl
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build/bench"
GROWN = WORK / "grown"
RESULTS = ROOT / "bench/results.csv"
COLUMNS = [
    "measure", "contender", "size", "unit", "seconds", "seconds_min", "cpu_seconds", "peak_mb", "rounds",
    "faults_found", "faults_planted", "missed", "value", "machine", "load", "versions", "date",
]  # fmt: skip
SIZES: dict[str, dict[str, list[int]]] = {
    "small": {"statements": [1_000], "documents": [400], "frictionless": [1_000], "mistakes": [1_000]},
    "medium": {
        "statements": [1_000, 10_000, 100_000],
        "documents": [400, 1_014, 4_056],
        "frictionless": [1_000, 10_000],
        "mistakes": [1_000, 10_000],
    },
    "full": {
        "statements": [1_000, 10_000, 100_000, 1_000_000],
        "documents": [400, 1_014, 4_056, 10_140],
        "frictionless": [1_000, 10_000, 100_000, 1_000_000],
        "mistakes": [1_000, 10_000],
    },
}
KNOWN_DAY = "2024-06-30"


@dataclass
class Case:
    """One contender at one size; `may_fail` that its exit code 1 is no failure."""

    measure: str
    contender: str
    size: int
    unit: str
    command: list[str]
    folder: Path = ROOT
    may_fail: bool = False
    runs: list[dict[str, float]] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    found: int | None = None
    planted: int | None = None
    missed: str = ""
    value: str = ""
    clock: float | None = None


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", choices=SIZES, default="small")
    parser.add_argument("--only", nargs="*", choices=MEASURES, help="these measures alone")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--proved", action="store_true", help="take what was found of planted faults from the results"
    )
    parser.add_argument("--statements", type=int, nargs="*", help="these sizes of tables instead")
    parser.add_argument("--documents", type=int, nargs="*", help="these sizes of records instead")
    options = parser.parse_args()
    sizes = SIZES[options.sizes] | {
        unit: sizes for unit in ("statements", "documents") if (sizes := getattr(options, unit)) is not None
    }
    for name in options.only or MEASURES:
        print(f"== {name}", flush=True)
        cases = MEASURES[name](sizes)
        measure(cases, options.rounds)
    return 0


# Running


def python_of(environment: str) -> str:
    """The Python of this project, or of a peer's own environment."""
    return sys.executable if environment == "project" else str(WORK / environment / "bin/python")


def contender(environment: str, module: str, *arguments: object) -> list[str]:
    return [python_of(environment), "-m", f"bench.contenders.{module}", *map(str, arguments)]


def run_once(case: Case) -> None:
    """Runs the case in a fresh process and keeps its seconds, peak memory and last line."""
    out = WORK / f"out-{os.getpid()}.txt"
    start = datetime.datetime.now()
    with out.open("wb") as file:
        process = subprocess.Popen(
            case.command, cwd=case.folder, stdout=file, stderr=subprocess.STDOUT, env=environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = (datetime.datetime.now() - start).total_seconds()
    process.returncode = os.waitstatus_to_exitcode(status)
    text = out.read_text(encoding="utf-8", errors="replace")
    if process.returncode not in ((0, 1) if case.may_fail else (0,)):
        raise RuntimeError(
            f"{case.contender} at {case.size} ended with {process.returncode}:\n{text[-3000:]}"
        )
    case.runs.append(
        {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}
    )
    with contextlib.suppress(ValueError, IndexError):
        case.answer = json.loads(text.strip().rsplit("\n", 1)[-1])
    case.answer = case.answer if isinstance(case.answer, dict) else {}
    case.answer["text"] = text


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "2", "PYTHONWARNINGS": "ignore"}


def measure(cases: list[Case], rounds: int) -> None:
    """All rounds, the contenders of one size in turn; the results are written after each size."""
    for size in dict.fromkeys((case.unit, case.size) for case in cases):
        group = [case for case in cases if (case.unit, case.size) == size]
        for _ in range(rounds):
            for case in group:
                run_once(case)
                last = case.runs[-1]
                print(
                    f"{case.measure}, {case.contender}, {case.size} {case.unit}: {last['seconds']:.2f} s, "
                    f"{last['cpu']:.2f} s of processor, {last['peak_mb']:.0f} MB",
                    flush=True,
                )
        if group[0].measure in AFTERWARDS:
            AFTERWARDS[group[0].measure](group)
        write(group)


def write(cases: list[Case]) -> None:
    """Puts the medians into the results; a row of the same measure, contender, size and unit is replaced."""
    lock = (WORK / "results.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)  # two runs at a time may write
    kept: list[dict[str, str]] = []
    if RESULTS.is_file():
        with RESULTS.open(encoding="utf-8", newline="") as file:
            kept = list(csv.DictReader(file))
    new = [row_of(case) for case in cases]
    keys = {(row["measure"], row["contender"], row["size"], row["unit"]) for row in new}
    rows = [
        row for row in kept if (row["measure"], row["contender"], row["size"], row["unit"]) not in keys
    ] + new
    order = {name: position for position, name in enumerate(MEASURES)}
    rows.sort(
        key=lambda row: (order.get(row["measure"], 99), row["unit"], int(row["size"]), row["contender"])
    )
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def row_of(case: Case) -> dict[str, str]:
    def median(name: str) -> float:
        return statistics.median(run[name] for run in case.runs)

    return {
        "measure": case.measure,
        "contender": case.contender,
        "size": str(case.size),
        "unit": case.unit,
        "seconds": f"{median('seconds'):.2f}" if case.runs else str(case.clock or ""),
        "seconds_min": f"{min(run['seconds'] for run in case.runs):.2f}" if case.runs else "",
        "cpu_seconds": f"{median('cpu'):.2f}" if case.runs else "",
        "peak_mb": f"{max(run['peak_mb'] for run in case.runs):.0f}" if case.runs else "",
        "rounds": str(len(case.runs) or 1),
        "faults_found": "" if case.found is None else str(case.found),
        "faults_planted": "" if case.planted is None else str(case.planted),
        "missed": case.missed,
        "value": case.value,
        "machine": machine(),
        "load": f"{os.getloadavg()[0]:.0f}",
        "versions": versions(case),
        "date": datetime.date.today().isoformat(),
    }


def earlier_proof(measure_: str, name: str, unit: str) -> tuple[int, int, str] | None:
    """With --proved: what the results say of the faults that a contender found."""
    if "--proved" not in sys.argv or not RESULTS.is_file():
        return None
    with RESULTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["measure"], row["contender"], row["unit"]) == (measure_, name, unit) and row[
                "faults_planted"
            ]:
                return int(row["faults_found"]), int(row["faults_planted"]), row["missed"]
    return None


def machine() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} processors, {pages:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def versions(case: Case) -> str:
    """The versions of the contender's main packages, from what is installed in its environment."""
    packages = {
        "nomenklatura": ["nomenklatura", "followthemoney", "duckdb"],
        "pointblank": ["pointblank", "polars"],
        "dataframely": ["dataframely", "polars"],
        "frictionless": ["frictionless"],
        "polars": ["polars"],
        "DuckDB": ["duckdb"],
        "SQLite": [],
        "Spark": ["pyspark", "sqlglot"],
    }
    words = case.contender.split(",")[0].split(" ")
    if words[0] == "R":
        code = "cat(R.version.string, '; data.table ', format(packageVersion('data.table')), sep = '')"
        return subprocess.run([case.command[0], "-e", code], capture_output=True, text=True).stdout.strip()
    wanted = packages.get(words[0], ["duckdb", "pandas", "pandera", "pyarrow"])
    code = f"from importlib.metadata import version\nprint('; '.join(f'{{n}} {{version(n)}}' for n in {wanted!r}))"
    done = subprocess.run([case.command[0], "-c", code], capture_output=True, text=True)
    return done.stdout.strip()


# What is measured


def prepared(size: int) -> Path:
    """The package of grown tables of so many statements; made once."""
    folder = WORK / "packages" / str(size)
    if not (folder / "csv.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        grown(statements=[size])
        subprocess.run(
            contender("project", "derive_project", GROWN / f"statements-{size}", "--out", folder),
            check=True,
            env=environment(),
            stdout=subprocess.DEVNULL,
        )  # noqa: E501
        call(f"prepare.complete_package(Path({str(folder)!r}))")
    return folder


def grown(statements: list[int] = [], documents: list[int] = []) -> None:  # noqa: B006 (never changed)
    """Grows what is not there yet."""
    wanted = {"statements": statements, "documents": documents}
    lacking = {
        unit: [size for size in sizes if not (GROWN / f"{unit}-{size}").is_dir()]
        for unit, sizes in wanted.items()
    }
    if any(lacking.values()):
        words = [str(word) for unit, sizes in lacking.items() for word in (f"--{unit}", *sizes)]
        subprocess.run([sys.executable, "-m", "bench.grow", *words], check=True, env=environment())


def call(code: str) -> Any:
    """What a line of preparation gives, run beside this process so that its memory stays small."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json\nfrom pathlib import Path\nfrom bench import prepare\nprint(json.dumps({code}))",
        ],
        check=True,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.strip().rsplit("\n", 1)[-1])  # DuckDB may draw a bar of progress before


def build_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """The build of the real record, and of grown ones, beside the script that parses the same YAML."""
    real = WORK / "real"
    call(f"prepare.real_project(Path({str(real)!r}))")
    documents = [size for size in sizes["documents"] if size != 400] or sizes["documents"]
    grown(documents=documents)
    roots = [
        (real, 0, "the real record"),
        *((GROWN / f"documents-{size}", size, "documents") for size in documents),
    ]
    cases = []
    for root, size, unit in roots:
        n_documents = size or len(list((root / "records/sources").rglob("*.yaml")))
        cases += [
            Case(
                "build",
                "this project",
                n_documents,
                unit,
                [sys.executable, "-m", "scripts.build", "--root", str(root)],
            ),  # noqa: E501
            Case("build", "imports and PyYAML", n_documents, unit, contender("project", "parse_yaml", root)),
        ]
    return cases


def mistake_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """The build of the real record with wrong words: as many issues as mistakes."""
    real = WORK / "real"
    call(f"prepare.real_project(Path({str(real)!r}))")
    cases = []
    for wanted in sizes["mistakes"]:
        folder = WORK / f"mistakes-{wanted}"
        planted = call(f"prepare.plant_mistakes(Path({str(real)!r}), Path({str(folder)!r}), {wanted})")
        case = Case(
            "mistakes",
            "this project",
            wanted,
            "mistakes",
            [sys.executable, "-m", "scripts.build", "--root", str(folder)],
            may_fail=True,
        )  # noqa: E501
        case.planted = planted
        cases.append(case)
    return cases


def prove_mistakes(cases: list[Case]) -> None:
    for case in cases:
        issues = [line for line in case.answer["text"].split("\n") if line.startswith("records/sources/")]
        case.found = sum(line.endswith(": enum") for line in issues)
        lacking, more = (case.planted or 0) - case.found, len(issues) - case.found
        case.missed = "none" if not lacking else f"{lacking} mistakes"
        case.missed += f"; {more} issues that follow from them" if more else ""


def derive_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """The derivation with its history beside an aggregation and a plain group-by; first, the traps."""
    contenders = {
        "this project": ("project", "derive_project"),
        "this project, DuckDB alone": ("project", "derive_duckdb"),
        "nomenklatura": ("nomenklatura", "derive_nomenklatura"),
        "DuckDB group-by": ("project", "derive_group_by"),
    }
    folder = WORK / "traps"
    source = GROWN / "statements-1000"
    grown(statements=[1_000, *sizes["statements"]])
    call(f"prepare.plant_traps(Path({str(source)!r}), Path({str(folder)!r}))")
    truth = call("prepare.TRAPS") | {"history of the withdrawn word": 1}
    proved = {}
    for name, (environment_, module) in contenders.items():
        if earlier := earlier_proof("derive", name, "statements"):
            proved[name] = earlier
            continue
        case = Case("derive", name, 0, "", contender(environment_, module, derive_input(name, folder)))
        run_once(case)
        given = {trap: case.answer["asserting"].get(f"trap-{trap}", 0) for trap in truth}
        given["history of the withdrawn word"] = case.answer["ever_asserting"]
        missed = [trap for trap, count in truth.items() if given[trap] != count]
        proved[name] = (len(truth) - len(missed), len(truth), ", ".join(missed) or "none")
    cases = []
    for size in sizes["statements"]:
        for name, (environment_, module) in contenders.items():
            place = derive_input(name, GROWN / f"statements-{size}")
            case = Case("derive", name, size, "statements", contender(environment_, module, place))
            case.found, case.planted, case.missed = proved[name]
            cases.append(case)
    return cases


def derive_input(name: str, folder: Path) -> Path:
    """What a contender reads: the grown tables, or the same statements as followthemoney knows them."""
    if name != "nomenklatura":
        return folder
    out = WORK / "followthemoney" / f"{folder.name}.parquet"
    if not out.is_file() or folder.name == "traps":
        call(f"prepare.write_followthemoney(Path({str(folder)!r}), Path({str(out)!r}))")
    return out


def known_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """What was known on a day: the README's filter, and the same in DuckDB."""
    names = {"this project": "known_project", "DuckDB": "known_duckdb"}
    return [
        Case("known", name, size, "statements", contender("project", module, prepared(size), KNOWN_DAY))
        for size in sizes["statements"]
        for name, module in names.items()
    ]


def prove_known(cases: list[Case]) -> None:
    for size in {case.size for case in cases}:
        own, other = [case for case in cases if case.size == size]
        same = {k: v for k, v in own.answer["counts"].items() if v} == other.answer["counts"]
        for case in (own, other):
            case.missed = "none" if same else "the two answers differ"
            case.value = f"{case.answer['after_imports']:.2f} s of processor after the imports"


def validators(kind: str) -> dict[str, tuple[str, str, list[str]]]:
    all_of = {
        "this project": ("project", "validate_project", [kind, "rules"]),
        "this project, schema only": ("project", "validate_project", [kind, "schema"]),
        "dataframely": ("dataframely", "validate_dataframely", [kind]),
        "pointblank": ("pointblank", "validate_pointblank", [kind]),
        "DuckDB SQL": ("project", "validate_duckdb", [kind]),
        "frictionless": ("project", "validate_frictionless", ["csv"]),
    }
    return all_of if kind == "csv" else {name: of for name, of in all_of.items() if name != "frictionless"}


def validate_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """The statements through the same Table Schema; first, the faults. Floors: the hash and the typed read."""
    source, cells, type_ = prepared(1_000), WORK / "faults", WORK / "fault-type"
    planted = call(f"prepare.plant_faults(Path({str(source)!r}), Path({str(cells)!r}), 'cells')")
    call(f"prepare.plant_faults(Path({str(source)!r}), Path({str(type_)!r}), 'type')")
    cases = []
    for kind in ("csv", "parquet"):
        proved = {
            name: earlier_proof("validate", name, f"statements, {kind}")
            or prove_validator(of, planted, cells, type_, kind)
            for name, of in validators(kind).items()
        }
        for size in sizes["statements"]:
            folder = prepared(size)
            group = [
                Case(
                    "validate",
                    name,
                    size,
                    f"statements, {kind}",
                    contender(of[0], of[1], folder, *of[2]),
                )  # noqa: E501
                for name, of in validators(kind).items()
                if name != "frictionless" or size in sizes["frictionless"]
            ]
            for case in group:
                case.found, case.planted, case.missed = proved[case.contender]
            floors = [("floor, SHA-256", "sha256"), ("floor, typed read", "read")]
            cases += group + [
                Case(
                    "validate",
                    name,
                    size,
                    f"statements, {kind}",
                    contender("project", "floor", folder, what, kind),
                )  # noqa: E501
                for name, what in floors
            ]
    return cases


def prove_validator(
    of: tuple[str, str, list[str]], planted: dict[str, int], cells: Path, type_: Path, kind: str
) -> tuple[int, int, str]:
    """How many of the planted faults the validator names, of how many, and which it misses."""
    case = Case("validate", of[1], 0, "", contender(of[0], of[1], cells, *of[2]))
    run_once(case)
    flagged = set(case.answer["rows"])
    missed = [name for name, row in planted.items() if row not in flagged]
    extra = flagged - set(planted.values()) - {0}
    n_planted = len(planted)
    if kind == "csv":
        n_planted += 1
        run_once(typed := Case("validate", of[1], 0, "", contender(of[0], of[1], type_, *of[2])))
        missed += [] if typed.answer["refused"] else ["text for a number"]
    missed_text = ", ".join(missed) or "none"
    return n_planted - len(missed), n_planted, missed_text + (f"; {len(extra)} rows more" if extra else "")


def load_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """Every table of the real record, as a user loads it."""
    real = WORK / "load"
    call(f"prepare.real_project(Path({str(real)!r}))")
    unpack_sqlite(real)
    ways = {
        "this project, load.py": contender("project", "load_tables", real, "pandas"),
        "polars, CSV": contender("dataframely", "load_tables", real, "polars-csv"),
        "polars, Parquet": contender("dataframely", "load_tables", real, "polars-parquet"),
        "SQLite": contender("project", "load_tables", real, "sqlite"),
    }
    cases = [Case("load", name, 1, "real record, all tables", command) for name, command in ways.items()]
    if shutil.which("Rscript"):
        script = ROOT / "bench/contenders/load_tables.R"
        cases.append(
            Case(
                "load",
                "R, load.R with fread",
                1,
                "real record, all tables",
                ["Rscript", str(script)],
                folder=real,
            )
        )
    else:
        print("R is not installed: load.R is not measured")
    return cases


def unpack_sqlite(folder: Path) -> None:
    """The SQLite file of the tables of a folder, as an archive holds it."""
    code = f"""
from pathlib import Path
import pyarrow.parquet
from scripts.export.sqlite import sqlite
from scripts.export.tables import read_csv
from scripts.schema.table_schema import load
folder = Path({str(folder)!r})
schemas = {{n: s for n, s in load().items() if not s.record.get("internal")}}
tables = {{n: read_csv(folder / s.csv_path, s) for n, s in schemas.items()}}
(folder / "package.sqlite").write_bytes(sqlite(tables, schemas, {{"name": "x"}}))
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=environment())


def explorer_cases(sizes: dict[str, list[int]]) -> list[Case]:
    """The explorer of grown records: its build, its size, its first view and a step of the day, in Chromium."""
    documents = [size for size in sizes["documents"] if size in (400, 4_056)]
    grown(documents=documents)
    cases = []
    for size in documents:
        root, out = GROWN / f"documents-{size}", WORK / f"site-{size}"
        if not (root / "datapackage.json").is_file():
            subprocess.run(
                [sys.executable, "-m", "scripts.build", "--root", str(root)],
                check=True,
                env=environment(),
                stdout=subprocess.DEVNULL,
            )  # noqa: E501
        command = [sys.executable, "-m", "scripts.explorer", "--root", str(root), "--out", str(out)]
        cases.append(Case("explorer", "this project", size, "documents", command))
    return cases


def look_at_explorer(cases: list[Case]) -> None:
    for case in cases:
        page = Path(case.command[-1]) / "index.html"
        code = (
            "from scripts.site import bench; import sys; "
            "bench.VIEWS = ('overview', 'transfer/irn-rus-g000-uavs'); sys.argv[1:] = [sys.argv[1]]; bench.main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(page)], capture_output=True, text=True, env=environment()
        )
        if done.returncode:
            case.missed = f"not looked at: {done.stderr.strip().rsplit(chr(10), 1)[-1]}"
        case.value = "; ".join(done.stdout.strip().split("\n"))


MEASURES: dict[str, Callable[[dict[str, list[int]]], list[Case]]] = {
    "build": build_cases,
    "mistakes": mistake_cases,
    "derive": derive_cases,
    "known": known_cases,
    "validate": validate_cases,
    "load": load_cases,
    "explorer": explorer_cases,
}
AFTERWARDS: dict[str, Callable[[list[Case]], None]] = {
    "mistakes": prove_mistakes,
    "known": prove_known,
    "explorer": look_at_explorer,
}


if __name__ == "__main__":
    sys.exit(main())
