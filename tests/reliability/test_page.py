"""The tables of docs/reliability.md, and that they are written between their marks."""

import shutil

import pandas as pd
import pytest

from scripts.reliability import cover, page, proofs
from scripts.reliability.floors import Floor, floors
from scripts.schema.table_schema import ROOT, load
from tests.faults.test_contributions import FOR_REVIEW, KNOWN
from tests.faults.test_generated import constraint_faults
from tests.oracle.wrong_edits import EDITS, EQUIVALENT
from tests.random_record import shipped_record
from tests.validation.test_faults import FAULTS

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
            ("2022-06-30", "yes", "drones"),
            ("2022-07", "no", "local_production"),
            ("2022-08", "no_claim", "drones"),
            ("2023", "yes", "drones"),
            ("2024-03", "no_claim", "payment"),
        )
    )
    assert "| IRN-RUS, 2022 first half | 1 | 1 | 0 | 0 | 0 | 100 |" in table
    assert "| IRN-RUS, 2022 second half | 2 | 0 | 0 | 1 | 1 | 0 |" in table
    assert "| IRN-RUS, 2023 | 1 |" in table
    assert "| local production | 1 | 0 | 0 | 1 | 0 | 0 |" in table
    assert "| payment | 1 | 0 | 0 | 0 | 1 |  |" in table
    assert "| all | 5 | 2 | 0 | 1 | 2 | 67 |" in table


def test_a_table_is_written_between_its_marks_only(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "BLOCKS", {"cover": cover.block})
    tables = events(("2022-07", "yes", "drones"))
    written = page.with_tables("Before.\n<!-- cover -->\nold\n<!-- /cover -->\nAfter.\n", tables, tmp_path)
    assert "| drones | 1 | 1 | 0 | 0 | 0 | 100 |" in written and "old" not in written
    assert written.startswith("Before.") and written.endswith("After.\n")
    assert page.with_tables(written, tables, tmp_path) == written
    assert page.with_tables("No mark.", tables, tmp_path) == "No mark."


def test_a_result_takes_the_place_of_the_last_one(tmp_path):
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / proofs.RESULTS, tmp_path / proofs.RESULTS)
    before = proofs.results(tmp_path)
    proofs.write(tmp_path, before[0]["what"], "7 tried", "make mutants", "2026-12-01")
    proofs.write(tmp_path, "another", "8", "make fuzz", "2026-12-01")
    assert [row["count"] for row in proofs.results(tmp_path)] == [
        "7 tried",
        *(row["count"] for row in before[1:]),
        "8",
    ]


def test_what_is_counted_is_what_the_tests_try():
    lines = {what: count for what, count, _ in proofs.counted(ROOT)}
    edits = lines["wrong edits of the derivation's SQL, written by hand"]
    assert edits.startswith(f"{len(EDITS)}, ") and f"; {len(EQUIVALENT)} more" in edits
    assert lines["wrong contributions that look right"].startswith(f"{len(KNOWN) + len(FOR_REVIEW)}: ")
    assert f"{len(FAULTS):,} faults" in lines["row rules, each with a fault planted in a record"]
    faults = [fault for schema in load().values() for fault in constraint_faults(schema)]
    assert lines["faults made from the schemas"].startswith(f"{len(faults):,} constraints")


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
