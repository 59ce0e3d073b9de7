"""Agreement between codings: against another implementation, on codings made up to be counted by hand, and
as shipped.
"""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from scripts.export.tables import frame
from scripts.reliability import agreement, revisions
from scripts.reliability.pairing import paragraph
from scripts.schema.table_schema import load

WORDS = np.array(["", "total", "time_limited", "unclear"])


def made_up(first=(), second=(), retired=(), **others):
    """Tables with these codings, cells left out blank."""
    schemas = load()

    def rows(table, entries):
        columns = dict.fromkeys(schemas[table].columns())
        return frame([columns | entry for entry in entries], schemas[table])

    return {
        "first_codings": rows("first_codings", first),
        "second_codings": rows("second_codings", second),
        "retired_ids": rows("retired_ids", retired),
        "adjudications": rows("adjudications", others.get("adjudications", [])),
        "sources": rows("sources", others.get("sources", [])),
    }


def one(number: int, **other) -> dict:
    row = {"compared_with": "1.0.0", "source_id": "s", "statement_id": f"s.{number:02}", "anonymity": "named"}
    return row | {"transfer_id": "t", "stance": "assert"} | other


def two(number: int, **other) -> dict:
    return one(number) | {"round": "pilot", "recoding_id": f"s.r{number:02}"} | other


def measured(tables, variable: str, round_name: str = "pilot") -> dict:
    rows = agreement.measure(tables, load())
    (row,) = [row for row in rows if (row["round"], row["variable"]) == (round_name, variable)]
    return row


@pytest.mark.parametrize("seed", range(25))
def test_alpha_is_that_of_another_implementation(seed):
    random = np.random.default_rng(seed)
    first = WORDS[random.integers(0, 4, 60)]
    second = np.where(random.random(60) < random.random(), first, WORDS[random.integers(0, 4, 60)])
    codes = {word: number for number, word in enumerate(WORDS)}
    other = krippendorff.alpha(
        reliability_data=[[codes[cell] for cell in row] for row in (first, second)],
        level_of_measurement="nominal",
    )
    assert agreement.alpha(first, second)[0] == pytest.approx(other)


def test_drawing_every_pair_twice_is_having_it_twice():
    first, second = np.array(["a", "b", "a", "c"] * 10), np.array(["a", "b", "b", "c"] * 10)
    assert agreement.alpha(first, second, np.arange(40), np.full((1, 40), 2))[0] == pytest.approx(
        agreement.alpha(np.tile(first, 2), np.tile(second, 2))[0]
    )


def test_one_variable_counted_by_hand():
    first, second = np.array(["x"] * 70 + ["y"] * 30), np.array(["x"] * 65 + ["y"] * 35)
    row = agreement.variable_agreement("limits", first, second, np.repeat(["d", "e"], 50))
    assert (row["n"], row["n_agreed"], row["percent"], row["n_outside_mode"]) == (100, 95, 95.0, 35)
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]
    expected = 1 - (135 * 134 + 65 * 64) / (200 * 199)
    assert row["alpha"] == round(1 - 0.05 / expected, 3)
    assert (row["commonest_first"], row["commonest_second"], row["n_commonest"]) == ("x", "y", 5)


def test_no_alpha_where_too_few_rows_lie_outside_the_commonest_value():
    first = np.array(["x"] * 181 + ["y"] * 19)
    assert agreement.variable_agreement("limits", first, first, first)["alpha"] is None
    more = np.array([*first, "y"])
    assert agreement.variable_agreement("limits", more, more, more)["alpha"] == 1


def test_finding_counted_by_hand():
    second = pd.DataFrame({"source_id": ["s"] * 5, "statement_id": ["s.01", "s.02", "s.03", "", ""]})
    first = pd.DataFrame({"source_id": ["s"] * 4})
    row = agreement.unitising_agreement(second, first)
    counted = (row["n"], row["n_agreed"], row["precision"], row["recall"], row["f1"])
    assert counted == (6, 3, 0.6, 0.75, 0.667)


def test_a_round_without_a_pair_is_measured_too():
    """argmax of nothing and a division by zero, in release 3.0.0."""
    unpaired = two(1, statement_id=None)
    for first in ([], [one(1)]):
        tables = made_up(first, [unpaired])
        finding, stance = measured(tables, "finding"), measured(tables, "stance")
        assert finding["n_agreed"] == 0 and finding["precision"] == 0 and stance["n"] == 0
        assert stance["percent"] is None and stance["alpha"] is None
    assert measured(made_up([], [unpaired]), "finding")["recall"] is None
    anonymous = made_up([one(1, anonymity="none")], [two(1)])
    assert measured(anonymous, "speaker_id")["n"] == 0 and measured(anonymous, "stance")["n"] == 1
    assert agreement.measure(made_up(), load()) == []


def test_a_retired_id_counts_as_its_successor():
    first = [one(1, transfer_id="t-2022"), one(2, transfer_id="u-2022")]
    second = [two(1, transfer_id="t"), two(2, transfer_id="t")]
    retired = [
        {"retired_id": "t-2022", "table_name": "transfers", "successor_id": "t-2023"},
        {"retired_id": "t-2023", "table_name": "transfers", "successor_id": "t"},
        {"retired_id": "u-2022", "table_name": "transfers", "successor_id": "u"},
    ]
    assert measured(made_up(first, second), "subject")["n_agreed"] == 0
    row = measured(made_up(first, second, retired), "subject")
    assert (row["n"], row["n_agreed"], row["commonest_first"], row["commonest_second"]) == (2, 1, "u", "t")


def test_successors_in_a_circle_end():
    retired = pd.DataFrame({"retired_id": ["a", "b"], "successor_id": ["b", "a"]})
    assert agreement.successor_ids(retired) == {"a": "b", "b": "a"}


def test_numbers_are_compared_however_they_are_written():
    row = measured(made_up([one(1, value=40.0)], [two(1, value=40)]), "value")
    assert (row["n"], row["n_agreed"]) == (1, 1)


def test_a_document_is_compared_with_the_release_its_second_coding_names():
    first = [one(1), one(2), one(1, compared_with="2.0.0"), one(9, source_id="other")]
    row = measured(made_up(first, [two(1)]), "finding")
    assert (row["n"], row["n_agreed"], row["recall"]) == (2, 1, 0.5)


def test_what_a_finding_changed():
    kinds = [
        ("missed", "neither", "added"),
        ("only_second", "second", "added"),
        ("only_second", "first", None),
        ("only_first", "neither", "deleted"),
        ("only_first", "first", None),
        ("differ", "second", "corrected"),
        ("differ", "neither", "corrected"),
        ("differ", "first", None),
        ("differ", "either", None),
        ("corrected", "neither", "corrected"),
    ]
    for kind, ruling, consequence in kinds:
        assert revisions.consequence({"kind": kind, "ruling": ruling}) == consequence


def test_revisions_are_counted_by_kind_of_source():
    finding = {"source_id": "s", "kind": "differ", "ruling": "second", "statement_id": "s.01"}
    tables = made_up(
        [one(1), one(2)],
        [two(1)],
        adjudications=[finding, finding, {**finding, "kind": "missed", "statement_id": "s.03"}],
        sources=[{"source_id": "s", "kind": "wire"}],
    )
    counts = {"sources": 1, "rows": 2, "added": 1, "deleted": 0, "corrected": 1}
    assert revisions.revision_rates(tables) == [{"kind": kind, **counts} for kind in ("wire", "all")]
    assert "| wire | 1 | 2 | 1 | 0 | 1 | 50.0 / 0.0 / 50.0 |" in revisions.block(tables)
    assert revisions.revision_rates(made_up()) == []


def test_a_locator_is_read_for_its_paragraph():
    assert paragraph("paragraph 12") == 12 and paragraph("after the heading") is paragraph(None) is None


# The shipped record


@pytest.mark.slow  # measures the shipped record
def test_the_shipped_codings_are_of_sixty_documents_and_eight_rounds(built):
    assert len(set(built["second_codings"]["source_id"])) >= 60
    rounds = {row["round"] for row in built["agreement"].to_dict("records")}
    assert rounds == {"pilot", "after", "mixed", "4.0.0", "5.0.0", "7.0.0", "8.0.0", "10.0.0"}


@pytest.mark.slow  # measures the shipped record
def test_every_pair_has_its_first_coding(built):
    second = built["second_codings"].dropna(subset=["statement_id"])
    first = built["first_codings"]
    known = {*zip(first["compared_with"], first["statement_id"], strict=True)}
    assert {*zip(second["compared_with"], second["statement_id"], strict=True)} <= known


@pytest.mark.slow  # measures the shipped record
def test_every_difference_between_the_codings_is_ruled(built):
    """Of every pair and variable that differ, and of every row only one coder has, there is exactly one finding.

    IDs count as those of their day here: what was ruled on then differed then.
    """
    first, second = agreement.coded_twice({**built, "retired_ids": built["retired_ids"].head(0)})
    here = agreement.first_codings_of(first, second)
    paired = set(second["statement_id"])
    expected = {
        ("only_second", row, "") for row in second.loc[second["statement_id"] == "", "recoding_id"]
    } | {("only_first", row, "") for row in here["statement_id"] if row not in paired}
    pairs = agreement.paired(here, second)
    for name in agreement.variables(load()):
        differ = pairs[pairs[f"{name}_first"] != pairs[f"{name}_second"]]
        if name == "speaker_id":
            named = (differ["anonymity_first"] == "named") & (differ["anonymity_second"] == "named")
            differ = differ[named]
        expected |= {("differ", row, name) for row in differ["recoding_id"]}
    ruled = [
        (
            row["kind"],
            row["statement_id"] if row["kind"] == "only_first" else row["recoding_id"],
            row["variable"] if isinstance(row["variable"], str) else "",
        )
        for row in built["adjudications"].to_dict("records")
        if row["kind"] in ("differ", "only_first", "only_second")
    ]
    assert len(ruled) == len(set(ruled)) and set(ruled) == expected
