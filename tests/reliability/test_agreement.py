"""Agreement between codings: against another implementation, on codings made up to be counted by hand, and as shipped."""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from scripts.export import tables
from scripts.releases import store as released
from scripts.reliability import agreement
from scripts.reliability.pairing import pairs, paragraph, score
from scripts.schema.table_schema import ROOT, load

WORDS = np.array(["", "total", "time_limited", "unclear"])


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
    found = agreement.variable("limits", first, second, np.repeat(["d", "e"], 50))
    assert (found["n"], found["n_agreed"], found["percent"], found["n_outside_mode"]) == (100, 95, 95.0, 35)
    assert found["alpha_low"] <= found["alpha"] <= found["alpha_high"]
    expected = 1 - (135 * 134 + 65 * 64) / (200 * 199)
    assert found["alpha"] == round(1 - 0.05 / expected, 3)


def test_no_alpha_where_too_few_rows_lie_outside_the_commonest_value():
    first = np.array(["x"] * 181 + ["y"] * 19)
    assert agreement.variable("limits", first, first, first)["alpha"] is None
    assert (
        agreement.variable(
            "limits", np.array([*first, "y"]), np.array([*first, "y"]), np.array([*first, "y"])
        )["alpha"]
        == 1
    )


def test_finding_counted_by_hand():
    rows = pd.DataFrame({"source_id": ["s"] * 5, "statement_id": ["s.01", "s.02", "s.03", "", ""]})
    earlier = pd.DataFrame({"source_id": ["s"] * 4 + ["other"]})
    found = agreement.finding(rows, earlier)
    assert (found["n"], found["n_agreed"], found["precision"], found["recall"], found["f1"]) == (
        6,
        3,
        0.6,
        0.75,
        0.667,
    )


def test_what_a_finding_changed():
    kinds = [
        ("missed", "neither", "added"),
        ("only_second", "second", "added"),
        ("only_second", "first", None),
        ("only_first", "neither", "struck"),
        ("only_first", "first", None),
        ("differ", "second", "mended"),
        ("differ", "neither", "mended"),
        ("differ", "first", None),
        ("differ", "either", None),
        ("mended", "neither", "mended"),
    ]
    for kind, ruling, consequence in kinds:
        assert agreement.consequence({"kind": kind, "ruling": ruling}) == consequence


def row(**other):
    return {
        "locator": "paragraph 2",
        "aspect": "delivery",
        "subject": "t",
        "speaker_id": "a",
        "stance": "assert",
        "authority": "none",
        "polarity": "affirmed",
        "value": "",
        "via_id": "",
        **other,
    }


def test_pairs_are_the_rows_with_most_in_common():
    first = [row(), row(aspect="use", subject="s"), row(locator="paragraph 9")]
    second = [row(aspect="use", subject="s", stance="doubt"), row(locator="paragraph 3")]
    assert pairs(first, second) == {0: 1, 1: 0}
    assert (
        score(first[0], first[2]) == 0 and pairs([], second) == {} and paragraph("after the heading") is None
    )


def test_the_shipped_agreement_follows_from_the_shipped_recodings(built):
    second_codings = tables.read_csv(ROOT / "data/quality/second_codings.csv", load()["second_codings"]).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    first = {version: released.statements(ROOT, version) for version in set(second_codings["compared_with"])}
    told = agreement.measure({**built, "second_codings": second_codings}, load(), first)
    for name, rows in told.items():
        shipped = tables.read_csv(ROOT / load()[name].csv_path, load()[name]).to_pylist()
        key = load()[name].primary_key or load()[name].unique_keys[0]
        assert sorted(rows, key=lambda line: [str(line[c]) for c in key]) == sorted(
            shipped, key=lambda line: [str(line[c]) for c in key]
        )
    assert len(set(second_codings["source_id"])) >= 60 and {row["round"] for row in told["agreement"]} == {
        "pilot",
        "after",
        "mixed",
    }


def test_a_document_is_compared_with_one_release(built):
    """A document that stands in several releases is counted in that one with which its second coding is compared."""
    rows, several = built["second_codings"], 0
    for name, own in rows.groupby("round"):
        there = sum(
            released.statements(ROOT, version)["source_id"].isin(of_version["source_id"]).sum()
            for version, of_version in own.groupby("compared_with")
        )
        finding = built["agreement"].query("round == @name and variable == 'finding'").iloc[0]
        assert finding["n"] == there + len(own) - own["statement_id"].notna().sum()
        several += own["compared_with"].nunique() > 1
    assert several


def test_every_difference_between_the_codings_is_ruled(built):
    """Of every pair and variable that differ, and of every row only one coder has, there is exactly one finding."""
    ruled = built["adjudications"]
    second = agreement.second_codings(built, load())
    expected = set()
    for version, rows in second.groupby("compared_with"):
        earlier = agreement.with_subject(released.statements(ROOT, version))
        earlier = earlier[earlier["source_id"].isin(set(rows["source_id"]))]
        expected |= {
            ("only_second", recoding, "") for recoding in rows.loc[rows["statement_id"] == "", "recoding_id"]
        }
        expected |= {
            ("only_first", statement, "")
            for statement in set(earlier["statement_id"]) - set(rows["statement_id"])
        }
        joined = agreement.with_subject(rows[rows["statement_id"] != ""]).merge(
            earlier, on="statement_id", suffixes=("_second", "_first")
        )
        for name in agreement.variables(load()):
            differ = joined[joined[f"{name}_first"] != joined[f"{name}_second"]]
            if name == "speaker_id":
                differ = differ[
                    (differ["anonymity_first"] == "named") & (differ["anonymity_second"] == "named")
                ]
            expected |= {("differ", recoding, name) for recoding in differ["recoding_id"]}
    found = [
        (
            row["kind"],
            row["statement_id"] if row["kind"] == "only_first" else row["recoding_id"],
            row["variable"] or "",
        )
        for row in ruled.to_dict("records")
        if row["kind"] in ("differ", "only_first", "only_second")
    ]
    found = [tuple("" if cell is pd.NA else cell for cell in line) for line in found]
    assert len(found) == len(set(found)) and set(found) == expected


def test_every_ruling_is_carried_out_in_the_release_that_followed(built):
    """Cells that a ruling leaves or puts stand so in the next release; rows struck are gone from the record, rows added are there or retired."""
    compared = dict(zip(built["second_codings"]["source_id"], built["second_codings"]["compared_with"]))
    order, checked = released.versions(ROOT), 0
    here = set(built["statements"]["statement_id"])
    known = here | set(built["retired_ids"]["retired_id"])
    for version in set(compared.values()):
        if version == order[-1]:
            continue  # the next release is still to come
        after = agreement.with_subject(released.statements(ROOT, order[order.index(version) + 1])).set_index(
            "statement_id"
        )
        rows = [
            {key: None if cell is pd.NA else cell for key, cell in row.items()}
            for row in built["adjudications"].to_dict("records")
            if compared.get(row["source_id"]) == version
        ]
        struck = {
            row["statement_id"]
            for row in rows
            if row["variable"] == "rows" or row["kind"] == "only_first" and row["ruling"] == "neither"
        }
        for row in rows:
            if agreement.consequence(row) == "added":
                assert row["statement_id"] in known, row
            if row["statement_id"] in struck:
                assert row["statement_id"] not in here, row
            elif row["kind"] == "differ":
                cell = after.loc[row["statement_id"], row["variable"]]
                stands = {"first": row["first"], "either": row["first"], "second": row["second"]}
                assert (
                    cell == (stands[row["ruling"]] or "")
                    if row["ruling"] in stands
                    else cell not in (row["first"], row["second"])
                ), row
            checked += 1
    assert checked > 500
