"""How hard the program is to break: what is counted in the tests, and what long runs wrote to tests/proofs.csv."""

import ast
import csv
from pathlib import Path

import yaml

from scripts.records.strict_yaml import LOADER
from scripts.schema.table_schema import Schema, load
from scripts.validation.row_rules import ROW_RULES

RESULTS = "tests/proofs.csv"
COLUMNS = ["what", "count", "command", "day"]


def block(root: Path) -> str:
    """The table, in Markdown."""
    lines = ["| what | count | command | counted |", "|---|---|---|---|"]
    rows = [[what, count, command, "by each build"] for what, count, command in counted(root)]
    rows += [[row[name] for name in COLUMNS] for row in results(root)]
    lines += [f"| {what} | {count} | `{command}` | {day} |" for what, count, command, day in rows]
    return "\n".join(lines) + "\n"


def counted(root: Path) -> list[tuple[str, str, str]]:
    """What can be counted without running it: what, how many, and the command that tries each."""
    rules = sum(map(len, ROW_RULES.values()))
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / "tests/faults").glob("*.yaml"))]
    planted = sum(len(yaml.load(text, LOADER)) for text in texts)  # noqa: S506 (a safe loader, written in C)
    schemas = list(load(root).values())
    constraints, words, keys = (sum(map(count, schemas)) for count in (_constraints, _words, _keys))
    edits, idle = (_length(root / "tests/oracle/wrong_edits.py", name) for name in ("EDITS", "EQUIVALENT"))
    contributions = root / "tests/faults/test_contributions.py"
    known, unknown = (_length(contributions, name) for name in ("KNOWN", "FOR_REVIEW"))
    return [
        (
            "row rules, each with a fault planted in a record",
            f"{rules:,} rules, {planted:,} faults, all refused or warned of",
            "pytest tests/validation/test_faults.py",
        ),
        (
            "faults made from the schemas",
            f"{constraints:,} constraints, {words:,} words, {keys:,} keys, all refused",
            "pytest tests/faults/test_generated.py",
        ),
        (
            "wrong contributions that look right",
            f"{known + unknown}: {known} refused or warned of, {unknown} that no machine can know listed for review",
            "pytest tests/faults/test_contributions.py",
        ),
        (
            "wrong edits of the derivation's SQL, written by hand",
            f"{edits}, all caught; {idle} more changes nothing",
            "pytest tests/oracle",
        ),
    ]


def _constraints(schema: Schema) -> int:
    return sum(
        constraint != "required" or bool(value)
        for field in schema.fields
        for constraint, value in field["constraints"].items()
    )


def _words(schema: Schema) -> int:
    return sum(len(field["constraints"].get("enum", [])) for field in schema.fields)


def _keys(schema: Schema) -> int:
    own = [key for key in (schema.primary_key, *schema.unique_keys) if key]
    return len(own) + len(schema.foreign_keys)


def _length(path: Path, name: str) -> int:
    """The number of entries of the list or dict of this name in a file of Python."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == name
        ):
            held = node.value
            if isinstance(held, ast.Dict):
                return len(held.keys)
            if isinstance(held, ast.List):
                return len(held.elts)
    raise ValueError(f"{path.name} has no list or dict {name}")


def results(root: Path) -> list[dict[str, str]]:
    """What commands that run long, or on other machines, last wrote."""
    with (root / RESULTS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(root: Path, what: str, count: str, command: str, day: str) -> None:
    """Puts a result in the place of the last one on the same thing, else at the end."""
    new = dict(zip(COLUMNS, (what, count, command, day), strict=True))
    rows = results(root)
    places = [number for number, row in enumerate(rows) if row["what"] == what]
    if places:
        rows[places[0]] = new
    else:
        rows.append(new)
    with (root / RESULTS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
