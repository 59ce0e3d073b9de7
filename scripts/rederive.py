"""Derives the package again under other rules or from fewer statements, and prints what moves.

Everything is read from the shipped data/ and rules/ (edit a copy of the rules and point --root at it); the tables are
written to --out, never over the shipped ones. Options combine. Without any, nothing may move: the shipped columns are
what the rules give.
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import pandas as pd

from scripts.derive import believe
from scripts.export import flat, tables
from scripts.normalise.tables import Tables, by_key, read_words
from scripts.record import Record
from scripts.schema.table_schema import ROOT, load
from scripts.sensitivity import behind, shown

KEYS = {"transfers": "transfer_id", "systems": "system_id", "estimates": "estimate_id"}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.rederive",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--day", type=datetime.date.fromisoformat, help="only what was public by this day: 2022-11-02"
    )
    parser.add_argument(
        "--tolerance", type=float, help="read a bare number N as N minus and plus this share: 0.1"
    )
    parser.add_argument("--without-anonymous", action="store_true", help="without anonymous speakers")
    parser.add_argument(
        "--without-origin",
        action="append",
        default=[],
        metavar="KEY",
        help="without one origin, such as a government: USA",
    )
    parser.add_argument(
        "--without-source",
        action="append",
        default=[],
        metavar="ID",
        help="without one source and what retells it",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=ROOT,
        help="folder with data/, rules/ and datapackage.json (default: this project)",
    )
    parser.add_argument("--out", type=Path, help="folder to write the tables to, as CSV")
    options = parser.parse_args()
    shipped, version = read_shipped(options.root)
    for given, table, column in (
        (options.without_source, "sources", "source_id"),
        (options.without_origin, "statements", "origin_id"),
    ):
        if unknown := set(given) - set(shipped[table][column].dropna()):
            parser.error(
                f"no {column} {', '.join(unknown)}; there are: {', '.join(sorted(set(shipped[table][column].dropna())))}"
            )
    if options.tolerance is not None and not 0 <= options.tolerance < 1:
        parser.error(f"--tolerance {options.tolerance}: a share from 0 to below 1, such as 0.1")
    found = rederive(shipped, version, options)
    for line in moved(shipped, found):
        print(line)
    if options.out:
        write(found, options.out)
    return 0


def read_shipped(root: Path) -> tuple[Tables, str]:
    """The shipped tables as frames, and the version of the rule sets."""
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    schemas = load()
    return {
        name: tables.read_csv(root / schema.csv_path, schema).to_pandas(types_mapper=pd.ArrowDtype)
        for name, schema in schemas.items()
        if not schema.record.get("internal")
    }, package["ruleVersion"]


def rederive(shipped: Tables, version: str, options: argparse.Namespace) -> Tables:
    """The tables as the options would have them."""
    if options.tolerance is not None:
        shipped = {**shipped, "quantities": tolerant(shipped["quantities"], options.tolerance)}
    found = read_words(shipped)
    record = Record(found)
    view = record.only(
        lambda row: (
            (options.day is None or record.known_from[row["statement_id"]] <= options.day)
            and not (options.without_anonymous and row["anonymity"].startswith("anonymous"))
            and record.origins[row["statement_id"]].key not in options.without_origin
            and not behind(record, row) & set(options.without_source)
        )
    )
    found = believe(
        found,
        view,
        f"{version} varied" if len(view.rows) < len(record.rows) or options.tolerance else version,
    )
    found = {name: tables.ordered(table, load()[name]) for name, table in found.items()}
    found["claims_flat"] = flat.flatten(found, load())
    return found


def tolerant(quantities: pd.DataFrame, share: float) -> pd.DataFrame:
    """The rule table with bare numbers read as N minus and plus a share."""
    bare = quantities["modifier"] == "exact"
    return quantities.assign(
        low=quantities["low"].mask(bare, f"{1 - share:g}N"),
        high=quantities["high"].mask(bare, f"{1 + share:g}N"),
    )


def moved(shipped: Tables, found: Tables) -> list[str]:
    """A line for every cell of transfers, systems and estimates that differs, and a count."""
    lines = []
    for table, key in KEYS.items():
        old, new = (by_key(frame, key) for frame in (shipped[table], found[table]))
        for row in sorted(old.keys() | new.keys()):
            for column in shipped[table].columns:
                before, after = old.get(row, {}).get(column), new.get(row, {}).get(column)
                if before != after and column != "rule_version":
                    lines.append(
                        f"{table} {row} {column}: {shown(before) or 'blank'} -> {shown(after) or 'blank'}"
                    )
    return lines + [f"{len(lines)} cells move"]


def write(found: Tables, folder: Path):
    schemas = load()
    for name, table in found.items():
        path = folder / schemas[name].csv_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tables.csv_bytes(tables.to_arrow(table, schemas[name])))


if __name__ == "__main__":
    sys.exit(main())
