"""The tables of docs/reliability.md, and that they are written between their marks."""

import pandas as pd
import pytest

from scripts.reliability import cover, page
from scripts.reliability.floors import Floor, floors
from scripts.schema.table_schema import ROOT
from tests.random_record import shipped_record

# What could not be had: docs/reliability.md says why.
UNMET = {
    "official texts",
    "statements of 100 from documents read in full",
    "statements of 100 coded from a retelling",
}


def events(*rows: tuple[str, str, str]) -> dict[str, pd.DataFrame]:
    keys = ("date", "found", "theme")
    return {
        "reference_events": pd.DataFrame(
            [{"direction": "IRN-RUS", **dict(zip(keys, row, strict=True))} for row in rows]
        )
    }


def test_cover_counts_events_by_half_year_and_theme():
    table = cover.block(
        events(
            ("2022-06-30", "yes", "drones"), ("2022-07", "no", "local_production"), ("2023", "yes", "drones")
        )
    )
    assert "| IRN-RUS, 2022 first half | 1 | 1 | 0 | 0 | 100 |" in table
    assert "| IRN-RUS, 2022 second half | 1 | 0 | 0 | 1 | 0 |" in table
    assert "| IRN-RUS, 2023 | 1 |" in table
    assert "| local production | 1 | 0 | 0 | 1 | 0 |" in table
    assert "| all | 3 | 2 | 0 | 1 | 67 |" in table


def test_a_table_is_written_between_its_marks_only(monkeypatch):
    monkeypatch.setattr(page, "BLOCKS", {"cover": cover.block})
    tables = events(("2022-07", "yes", "drones"))
    written = page.with_tables("Before.\n<!-- cover -->\nold\n<!-- /cover -->\nAfter.\n", tables)
    assert "| drones | 1 | 1 | 0 | 0 | 100 |" in written and "old" not in written
    assert written.startswith("Before.") and written.endswith("After.\n")
    assert page.with_tables(written, tables) == written
    assert page.with_tables("No mark.", tables) == "No mark."


@pytest.mark.parametrize(
    ("held", "is_ceiling", "is_met"),
    [(9, False, False), (10, False, True), (10, True, True), (11, True, False)],
)
def test_a_floor_is_met_from_below_and_a_ceiling_from_above(held, is_ceiling, is_met):
    assert Floor("documents", 10, held, is_ceiling).is_met == is_met


def test_the_shipped_record_meets_its_floors():
    assert {floor.what for floor in floors(shipped_record()) if not floor.is_met} <= UNMET


def test_the_page_holds_every_table():
    text = (ROOT / page.PAGE).read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in text for name in page.BLOCKS)
