"""Rows that are right although they look like ones that a rule refuses: the rules must leave them alone."""

import datetime

import pandas as pd
import pytest

from scripts.export.tables import frame
from scripts.normalise.tables import utterance_date
from scripts.schema.table_schema import load
from scripts.validation import (
    package_rules,
    quality_rules,
    source_rules,
    statement_content,
    statement_dates,
    statement_values,
)
from tests.checking import example


def rows(table: str, *changes: dict) -> pd.DataFrame:
    schema = load()[table]
    valid = {field["name"]: example(field) for field in schema.fields}
    return frame([valid | changed for changed in changes], schema)


def test_words_before_a_page_of_several_days_end_with_the_last():
    row = {"said_stated": None, "said_rule": None, "said_basis": "before_publication"}
    assert utterance_date(row, "2022-11-01/2022-11-03", {}) == "../2022-11-03"


@pytest.mark.parametrize(
    ("test", "changed"),
    [
        (statement_content.anchor_has_one_length, {"anchor_chars": None}),
        (
            statement_content.target_is_withdrawn_denied_or_doubted,
            {"statement_id": "a.01", "stance": "deny", "targets_statement_id": "b.01"},
        ),
        (statement_values.none_is_negated, {"value_modifier": "none", "polarity": "negated"}),
        (
            statement_dates.event_days_are_in_order,
            {"event_min": datetime.date(2022, 1, 1), "event_max": datetime.date(2022, 1, 1)},
        ),
        (
            statement_dates.said_days_are_in_order,
            {"said_min": datetime.date(2022, 1, 1), "said_max": datetime.date(2022, 1, 1)},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_statement_is_left_alone(test, changed):
    statements = rows(
        "statements", {"anchor_sha256": "a" * 64, "anchor_chars": 50, "targets_statement_id": None}, changed
    )
    statements.loc[1, "anchor_sha256"] = "a" * 64
    assert test(statements, {"statements": statements}).all()


def test_a_page_that_nobody_read_needs_no_address():
    sources = rows("sources", {"extent": "not_consulted", "url": None}, {"extent": "full", "url": None})
    assert source_rules.original_has_an_address_or_a_copy(sources, {}).tolist() == [True, False]


def test_a_package_without_a_page_read_may_have_any_day():
    tables = {"sources": rows("sources", {"consulted_on": None}), "search_log": rows("search_log")}
    assert package_rules.package_is_dated_near_its_records(rows("package", {}), tables).all()


@pytest.mark.parametrize("cell", [None, "a word"])
def test_a_cell_without_a_number_is_its_own_text(cell):
    assert quality_rules._as_text(cell) == cell


def test_a_claim_of_the_stress_test_is_of_its_document():
    codings = rows(
        "stress_codings",
        {"source_id": "page", "statement_id": "page.01"},
        {"source_id": "other", "statement_id": "page.01"},
    )
    known = {
        "statements": rows("statements", {"statement_id": "page.01"}),
        "retired_ids": rows("retired_ids"),
    }
    assert quality_rules.stress_item_is_a_statement(codings, known).tolist() == [True, False]
