"""Writes what was measured where readers look: a picture of growth, ratios in README.md, tables in docs/scale.md.

    build/bench/report/bin/python -m bench.report

Read is bench/results.csv alone. Ratios are of processor seconds, since other work may share the machine; a column named
seconds holds those on the clock. A loss is printed like a gain.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402 (the backend is chosen first)

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results.csv"
PICTURE = ROOT / "bench/growth.svg"
MARKS = ("<!-- bench -->", "<!-- /bench -->")
OURS = "this project"


@dataclass
class Result:
    """One row of the results, its numbers as numbers."""

    measure: str
    contender: str
    size: int
    unit: str
    seconds: float
    cpu: float
    peak_mb: float
    row: dict[str, str]


def main() -> int:
    with RESULTS.open(encoding="utf-8", newline="") as file:
        results = [
            Result(
                row["measure"],
                row["contender"],
                int(row["size"]),
                row["unit"],
                float(row["seconds"]),
                float(row["cpu_seconds"] or 0),
                float(row["peak_mb"] or 0),
                row,
            )
            for row in csv.DictReader(file)
        ]
    draw(results)
    put(ROOT / "README.md", ratio_line(results))
    put(ROOT / "docs/scale.md", all_tables(results))
    return 0


def put(path: Path, block: str) -> None:
    """Replaces what stands between the marks; ValueError where they are missing."""
    text = path.read_text(encoding="utf-8")
    start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    path.write_text(f"{text[:start]}\n{block}\n{text[end:]}", encoding="utf-8")


def select(results: list[Result], measure: str, contender: str, unit: str = "") -> dict[int, Result]:
    """The results of a contender by size."""
    return {
        result.size: result
        for result in results
        if (result.measure, result.contender) == (measure, contender) and unit in ("", result.unit)
    }


def beside(
    results: list[Result], measure: str, other: str, own: str = OURS, unit: str = ""
) -> tuple[int, float] | None:
    """(largest size that both ran, processor seconds of ours over theirs)."""
    ours, theirs = select(results, measure, own, unit), select(results, measure, other, unit)
    if not (both := ours.keys() & theirs.keys()):
        return None
    size = max(both)
    return size, ours[size].cpu / theirs[size].cpu


def growth(by_size: dict[int, Result], name: str) -> tuple[int, int, float] | None:
    """(size, larger size, how many times the value) of the last two sizes ten times apart."""
    pairs = [(a, b) for a in by_size for b in by_size if 9 * a <= b <= 11 * a]
    if not pairs:
        return None
    small, large = max(pairs)
    return small, large, getattr(by_size[large], name) / getattr(by_size[small], name)


def verdict(met: bool) -> str:
    return "met" if met else "**not met**"


def times(ratio: float) -> str:
    return f"{ratio:.1f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def ratios(results: list[Result]) -> list[tuple[str, str, str, str]]:
    """(measure, what was found, goal, verdict) of every goal for which there are figures."""
    rows = []
    if found := beside(results, "build", "imports and PyYAML", unit="the real record"):
        words = f"build of this record ÷ a script that imports the same libraries and parses the same YAML ({found[0]:,} documents)"  # noqa: E501
        rows.append((words, times(found[1]), "≤ 2.5 ×", verdict(found[1] <= 2.5)))
    for name, what in (("cpu", "time"), ("peak_mb", "peak memory")):
        if grown := growth(select(results, "build", OURS, "documents"), name):
            words = f"{what} of a build of {grown[1]:,} documents ÷ of {grown[0]:,}"
            rows.append((words, times(grown[2]), "≤ 11 ×", verdict(grown[2] <= 11)))
    mistakes = select(results, "mistakes", OURS)
    if grown := growth(mistakes, "cpu"):
        words = f"reporting {grown[1]:,} mistakes ÷ {grown[0]:,}"
        rows.append((words, times(grown[2]), "≤ 10 ×", verdict(grown[2] <= 10)))
        seconds = mistakes[grown[1]].cpu
        rows.append((f"reporting {grown[1]:,} mistakes", f"{seconds:.1f} s", "< 20 s", verdict(seconds < 20)))
    for other, goal in (("nomenklatura", 2.0), ("DuckDB group-by", None)):
        if found := beside(results, "derive", other):
            rate = 1 / found[1]
            words = f"rate of derivation with history ÷ {other}’s ({found[0]:,} statements)"
            rows.append(
                (
                    words,
                    times(rate) if rate >= 0.1 else f"{rate:.3f} ×",
                    f"≥ {goal} ×" if goal else "–",
                    verdict(rate >= goal) if goal else "–",
                )
            )  # noqa: E501
    if derived := select(results, "derive", OURS):
        most = derived[max(derived)]
        words = f"peak memory of derivation with history ({most.size:,} statements)"
        rows.append((words, f"{most.peak_mb / 1e3:.1f} GB", "< 4 GB", verdict(most.peak_mb < 4_000)))
    if found := beside(results, "known", "DuckDB"):
        words = f"as known on a day, pandas ÷ DuckDB ({found[0]:,} statements)"
        rows.append((words, times(found[1]), "≤ 1.2 ×", verdict(found[1] <= 1.2)))
    for kind in ("csv", "parquet"):
        rows += validation_ratios(results, kind)
    return rows


def validation_ratios(results: list[Result], kind: str) -> list[tuple[str, str, str, str]]:
    goals = {
        "frictionless": ("≥ 40 ×", 40.0),
        "dataframely": ("≤ 2.5 ×", 2.5),
        "pointblank": ("–", None),
        "DuckDB SQL": ("–", None),
    }  # noqa: E501
    rows = []
    for other, (goal, number) in goals.items():
        found = beside(results, "validate", other, own=f"{OURS}, schema only", unit=f"statements, {kind}")
        if not found:
            continue
        ratio = 1 / found[1] if other == "frictionless" else found[1]
        words = f"validation of {kind.upper() if kind == 'csv' else 'Parquet'}, same schema"
        words += ", frictionless ÷ this project" if other == "frictionless" else f", this project ÷ {other}"
        met = (
            "–"
            if number is None
            else verdict(ratio >= number if other == "frictionless" else ratio <= number)
        )
        rows.append((f"{words} ({found[0]:,} statements)", times(ratio), goal, met))
    return rows


def ratio_line(results: list[Result]) -> str:
    """The ratios in one line, each ours over theirs; README.md is short."""
    own = f"{OURS}, schema only"
    chosen = [
        ("build ÷ YAML parsing", beside(results, "build", "imports and PyYAML", unit="the real record")),
        ("derivation ÷ nomenklatura", beside(results, "derive", "nomenklatura")),
        ("validation ÷ dataframely", beside(results, "validate", "dataframely", own, "statements, csv")),
        ("validation ÷ frictionless", beside(results, "validate", "frictionless", own, "statements, csv")),
        ("as-known ÷ DuckDB", beside(results, "known", "DuckDB")),
    ]
    words = "; ".join(f"{name} {found[1]:.2g}" for name, found in chosen if found)
    return f"[Time ratios](docs/scale.md): {words}."


def all_tables(results: list[Result]) -> str:
    """Every ratio, then every figure by measure."""
    parts = ["| measured | found | goal | |", "|---|---|---|---|"]
    parts += ["| " + " | ".join(row) + " |" for row in ratios(results)]
    machine = {result.row["machine"] for result in results}
    loads = sorted({int(result.row["load"]) for result in results if result.row["load"]})
    parts += ["", f"Machine: {'; '.join(sorted(machine))}. Load while measuring: {loads[0]} to {loads[-1]}."]
    for measure in dict.fromkeys(result.measure for result in results):
        parts += [
            "",
            f"### {measure}",
            "",
            "| contender | size | seconds | of processor | peak MB | rounds | found of planted | missed, or remarks |",
            "|---|---|---|---|---|---|---|---|",
        ]
        parts += [line_of(result) for result in results if result.measure == measure]
    return "\n".join(parts)


def line_of(result: Result) -> str:
    row = result.row
    faults = f"{row['faults_found']} of {row['faults_planted']}" if row["faults_planted"] else ""
    remarks = "; ".join(filter(None, (row["missed"], row["value"])))
    return (
        f"| {result.contender} | {result.size:,} {result.unit} | {row['seconds']} | {row['cpu_seconds']} "
        f"| {row['peak_mb']} | {row['rounds']} | {faults} | {remarks} |"
    )


def draw(results: list[Result]) -> None:
    """Time and memory by size, on logarithmic axes, with the slope of linear growth."""
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    figure, panels = pyplot.subplots(1, 2, figsize=(10, 4.2), constrained_layout=True)
    series = [
        ("build (documents)", select(results, "build", OURS, "documents"), "o-"),
        ("derivation with history", select(results, "derive", OURS), "s-"),
        ("nomenklatura’s aggregation", select(results, "derive", "nomenklatura"), "s:"),
        ("validation with row rules, CSV", select(results, "validate", OURS, "statements, csv"), "^-"),
        ("dataframely, same schema", select(results, "validate", "dataframely", "statements, csv"), "^:"),
        ("frictionless, same schema", select(results, "validate", "frictionless", "statements, csv"), "v:"),
    ]
    for panel, name, label in (
        (panels[0], "cpu", "seconds of processor"),
        (panels[1], "peak_mb", "peak memory, MB"),
    ):
        for title, by_size, style in series:
            if by_size:
                sizes = sorted(by_size)
                panel.plot(
                    sizes, [getattr(by_size[size], name) for size in sizes], style, label=title, markersize=4
                )
        low = 1e3
        panel.plot(
            [low, 1e6],
            [1e-3 * low, 1e3] if name == "cpu" else [10, 1e4],
            color="0.8",
            zorder=0,
            label="linear",
        )
        panel.set(xscale="log", yscale="log", xlabel="statements (build: documents)", ylabel=label)
        panel.grid(True, which="major", color="0.93")
    panels[0].legend(fontsize=7)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
