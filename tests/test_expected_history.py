"""States of transfers as known on given days, written by hand from rules and records by a reader who saw no derived output.

They were written of the record of release 0.1.0, and are compared with what today's code derives from that release's own
tables. A row revised since says so in its reason, and why.
"""

import csv
import datetime
from pathlib import Path

import pandas as pd
import pytest

from scripts.derive import believe
from scripts.export import tables
from scripts.normalise.tables import read_words
from scripts.record import Record
from scripts.releases.store import descriptor
from scripts.schema.table_schema import ROOT, load

EXPECTED = list(
    csv.DictReader((Path(__file__).parent / "expected_history.csv").open(encoding="utf-8", newline=""))
)
RELEASE = ROOT / "releases/0.1.0"
STATE = [column for column in EXPECTED[0] if column not in ("transfer_id", "day", "reason")]


@pytest.fixture(scope="module")
def history():
    """`transfer_history` as derived now from the tables of that release and the rules in force."""
    schemas = load()
    shipped = {
        resource["name"]: RELEASE / resource["path"]
        for resource in descriptor(ROOT, "0.1.0")["resources"]
        if resource["path"].startswith("data/")
    }
    paths = {
        name: shipped.get(name, ROOT / schema.csv_path)
        for name, schema in schemas.items()
        if name in shipped or schema.is_rule
    }
    frames = {
        name: tables.read_csv(paths[name], schema).to_pandas(types_mapper=pd.ArrowDtype)
        if name in paths
        else tables.frame([], schema)
        for name, schema in schemas.items()
    }
    found = read_words(frames)
    return believe(found, Record(found), "as released")["transfer_history"]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['transfer_id']} {row['day']}")
def test_the_state_expected_by_hand_is_derived(row, history):
    day = datetime.date.fromisoformat(row["day"])
    lines = history[
        (history["transfer_id"] == row["transfer_id"])
        & (history["known_from"] <= day)
        & (history["known_to"].isna() | (history["known_to"] > day))
    ]
    if lines.empty:  # nothing public yet: every word none, every count 0
        assert all(row[column] in ("", "none", "0") for column in STATE)
        return
    found = lines.iloc[0]
    for column in STATE:
        cell = found[column]
        shown = "" if pd.isna(cell) else f"{cell:g}" if isinstance(cell, float) else str(cell)
        assert shown == row[column], (column, row["reason"])


def test_there_are_enough_of_them():
    assert len(EXPECTED) >= 20 and all(row["reason"] for row in EXPECTED)
