"""States of transfers as known on given days, written by hand from rules and records by a reader who saw no derived output.

A row revised since says so in its reason, and why.
"""

import csv
import datetime
from pathlib import Path

import pandas as pd
import pytest

EXPECTED = list(csv.DictReader((Path(__file__).parent / "expected_history.csv").open(encoding="utf-8", newline="")))
STATE = [column for column in EXPECTED[0] if column not in ("transfer_id", "day", "reason")]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['transfer_id']} {row['day']}")
def test_the_state_expected_by_hand_is_derived(row, built):
    day, history = datetime.date.fromisoformat(row["day"]), built["transfer_history"]
    lines = history[(history["transfer_id"] == row["transfer_id"]) & (history["known_from"] <= day) & (history["known_to"].isna() | (history["known_to"] > day))]
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
