"""Says in plain English what the tables say of transfers and systems, as publicly known on a day.

Every derived cell becomes a sentence by template, so that it can be read against the sources: a false sentence is a wrong
record or a wrong rule. Read are the shipped tables; nothing is derived here.
"""

import argparse
import datetime
import sys
from pathlib import Path

import pandas as pd

from scripts.export import tables
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT, load

HOW = {
    "documented": "is documented by an exhibit of a third party",
    "acknowledged": "is acknowledged by a party",
    "acknowledged_in_part": "is acknowledged by a party, within limits",
    "corroborated": "is asserted by two known origins or more",
    "reported": "is reported",
    "held_possible": "is only held possible",
    "projected": "is only foreseen",
    "none": "is asserted outright by nobody in this record",
}
STAGES = {
    "agreed": "That it was agreed, or more,",
    "shipped": "That it was shipped, or more,",
    "delivered": "That it was delivered",
}
POSITIONS = {
    "none": "has no position in this record, by anybody who binds it",
    "acknowledged": "says that it took place",
    "acknowledged_in_part": "admits a part of it, or an earlier stage",
    "declined": "has only refused comment, or answered past the question",
    "denied_in_part": "denies it within limits",
    "denied": "denies it",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.sentences",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("subject", nargs="*", help="transfer_id or system_id (default: all)")
    parser.add_argument(
        "--day",
        type=datetime.date.fromisoformat,
        default=datetime.date.today(),
        help="as publicly known on this day (default: today)",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="folder with data/ (default: this project)")
    arguments = parser.parse_args()
    shipped = {
        name: read(arguments.root, name)
        for name in ("transfers", "systems", "transfer_history", "estimate_history", "position_words")
    }
    known = {*shipped["transfers"]["transfer_id"], *shipped["systems"]["system_id"]}
    if unknown := set(arguments.subject) - known:
        parser.error(
            f"no transfer or system {', '.join(sorted(unknown))}; IDs stand in data/transfers.csv and data/systems.csv"
        )
    for subject in arguments.subject or sorted(known):
        if told := sentences(subject, arguments.day, shipped):
            print(
                "\n".join(
                    [f"{subject}, as publicly known on {arguments.day}", *(f"  {line}" for line in told), ""]
                )
            )
    return 0


def read(root: Path, name: str) -> pd.DataFrame:
    schema = load()[name]
    return tables.read_csv(root / schema.csv_path, schema).to_pandas(types_mapper=pd.ArrowDtype)


def sentences(subject: str, day: datetime.date, shipped: Tables) -> list[str]:
    """What is to be said of one transfer or system; nothing where nothing was public."""
    transfer = next(iter(records(on(shipped["transfer_history"], "transfer_id", subject, day))), None)
    told = (
        of_transfer(transfer, records(on(shipped["position_words"], "transfer_id", subject, day)))
        if transfer
        else []
    )
    for column in ("transfer_id", "system_id"):
        told += [of_estimate(row) for row in records(on(shipped["estimate_history"], column, subject, day))]
    return told


def on(frame: pd.DataFrame, column: str, subject: str, day: datetime.date) -> pd.DataFrame:
    """The lines of a history on one subject that hold on the day."""
    return frame[
        (frame[column] == subject)
        & (frame["known_from"] <= day)
        & (frame["known_to"].isna() | (frame["known_to"] > day))
    ]


def of_transfer(row: dict, words: list[dict]) -> list[str]:
    told = [
        f"{words_of} {HOW[row[f'support_{stage}']]}{behind(row, stage)}."
        for stage, words_of in STAGES.items()
    ]
    for side in ("supplier", "recipient"):
        grounds = ", ".join(word["statement_id"] for word in words if word["side"] == side)
        told.append(f"The {side} {POSITIONS[row[f'{side}_position']]}{f' ({grounds})' if grounds else ''}.")
    if row["delivered_unit"]:
        told.append(
            f"Stated of what was delivered, if it was: {bounds(row['delivered_low'], row['delivered_high'])} {row['delivered_unit']}{best(row['delivered_best'])}."
        )
    return told


def behind(row: dict, stage: str) -> str:
    least, most = row[f"{stage}_n_origins_min"], row[f"{stage}_n_origins_max"]
    return (
        "" if not most else f", behind which {'stands' if most == 1 else 'stand'} {origins_of(least, most)}"
    )


def origins_of(least: int, most: int) -> str:
    return f"{least if least == most else f'{least} to {most}'} origin{'s' if most > 1 else ''}"


def of_estimate(row: dict) -> str:
    basis = (
        ""
        if row["basis"] is None
        else " (basis not stated)"
        if row["basis"] == "not_stated"
        else f" ({row['basis']})"
    )
    conflict = "; the origins contradict one another" if row["conflict"] else ""
    opened = [
        f"the {word} side is open"
        for word, column in (("lower", "low_open"), ("upper", "high_open"))
        if row[column]
    ]
    return (
        f"{row['measure'].replace('_', ' ').capitalize()}{basis}: {bounds(row['low'], row['high'])} {row['unit']}{best(row['best'])}, from {origins_of(row['n_origins_min'], row['n_origins_max'])}, last said {row['latest_said'] or 'on no known day'}"
        f"{'; ' + ' and '.join(opened) if opened else ''}{conflict}."
    )


def bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "a number without bounds, in"
    return (
        number(low)
        if low == high
        else f"at least {number(low)}"
        if high is None
        else f"at most {number(high)}"
        if low is None
        else f"{number(low)} to {number(high)}"
    )


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def best(value: float | None) -> str:
    return "" if value is None else f", best {number(value)}"


if __name__ == "__main__":
    sys.exit(main())
