"""A wrong cell leaves what follows from it blank; an error of the program is never swallowed."""

from datetime import date

import pytest

from scripts.export.tables import frame
from scripts.normalise.tables import (
    _none_if_invalid,
    bounds_of,
    by_key,
    event_date,
    publication,
    quantity_lookups,
    records,
    utterance_date,
    with_dates,
    with_names,
    with_publication_dates,
)
from scripts.schema.table_schema import load
from tests.alone import changed, invented_rows, invented_tables

PAGES = {
    "page": {"published": "2022-11-02", "published_max": date(2022, 11, 2), "copy_of_source_id": None},
    "older": {"published": "2022-11-01", "published_max": date(2022, 11, 1), "copy_of_source_id": None},
    "copy": {"published": "2022-11-03", "published_max": date(2022, 11, 3), "copy_of_source_id": "older"},
    "undated": {"published": "x", "published_max": None, "copy_of_source_id": None},
}
RULES = {
    "that_day": {"date_rule": "that_day", "reference": "publication", "starts": "day", "ends": "day"},
    "said_day": {"date_rule": "said_day", "reference": "said", "starts": "day-1d", "ends": "day"},
    "in_month": {
        "date_rule": "in_month",
        "reference": "stated",
        "starts": "month_start",
        "ends": "month_end",
    },
}


def test_only_invalid_cells_give_blanks():
    def invalid():
        raise ValueError("no such rule")

    def broken():
        raise TypeError("an error of the program")

    assert _none_if_invalid(invalid) is None
    with pytest.raises(TypeError):
        _none_if_invalid(broken)


@pytest.mark.parametrize(
    "source,original,attribution,relays,day",
    [
        ("page", None, "explicit", None, "2022-11-02"),
        ("page", "older", "explicit", None, "2022-11-01"),
        ("page", "copy", "explicit", None, "2022-11-02"),
        ("page", "older", "own_voice", None, "2022-11-02"),
        ("page", "older", "own_voice", "older.01", "2022-11-01"),
        ("copy", None, "own_voice", None, "2022-11-01"),
        ("page", "undated", "explicit", None, "2022-11-02"),
        ("undated", None, "explicit", None, None),
        ("no-such", None, "explicit", None, None),
        ("page", "no-such", "explicit", None, "2022-11-02"),
    ],
)
def test_words_are_published_by_the_earliest_outlet_of_their_chain(
    source, original, attribution, relays, day
):
    row = {"source_id": source, "original_source_id": original, "attribution": attribution}
    assert publication(row | {"relays_statement_id": relays}, PAGES) == day


@pytest.mark.parametrize(
    "basis,stated,rule,published,day",
    [
        ("publication", None, None, "2022-11-02", "2022-11-02"),
        ("before_publication", None, None, "2022-11-02", "../2022-11-02"),
        ("stated", "2022-11-01", None, None, "2022-11-01"),
        ("stated", None, "that_day", "2022-11-02", "2022-11-02"),
        ("stated", "2022-10", "in_month", None, "2022-10"),
        ("publication", None, None, None, ValueError),
        ("before_publication", None, None, None, ValueError),
        ("stated", None, None, "2022-11-02", ValueError),
        ("stated", "2022-13", None, None, ValueError),
        ("stated", None, "no_such", "2022-11-02", ValueError),
        ("stated", None, "that_day", None, ValueError),
        ("stated", None, "in_month", "2022-11-02", ValueError),
    ],
)
def test_when_words_were_said(basis, stated, rule, published, day):
    row = {"said_basis": basis, "said_stated": stated, "said_rule": rule}
    if day is ValueError:
        with pytest.raises(ValueError):
            utterance_date(row, published, RULES)
    else:
        assert utterance_date(row, published, RULES) == day


@pytest.mark.parametrize(
    "stated,rule,said,published,day",
    [
        (None, None, "2022-11-02", "2022-11-03", None),
        ("2022-10", None, None, None, "2022-10"),
        (None, "that_day", "2022-11-02", "2022-11-03", "2022-11-03"),
        (None, "said_day", "2022-11-02", "2022-11-03", "2022-11-01/2022-11-02"),
        ("2022-10", "in_month", "2022-11-02", "2022-11-03", "2022-10"),
        ("2022-13", None, None, None, ValueError),
        (None, "no_such", "2022-11-02", "2022-11-03", ValueError),
        (None, "said_day", None, "2022-11-03", ValueError),
    ],
)
def test_when_what_is_said_happened(stated, rule, said, published, day):
    row = {"event_stated": stated, "event_rule": rule}
    if day is ValueError:
        with pytest.raises(ValueError):
            event_date(row, said, published, RULES)
    else:
        assert event_date(row, said, published, RULES) == day


@pytest.mark.parametrize(
    "cells,bounds",
    [
        ({}, (450, 450, 450, "item")),
        ({"value_modifier": None}, (None, None, None, None)),
        ({"unit": None}, (None, None, None, None)),
        ({"unit": "mi", "aspect": "range", "value_modifier": "up_to"}, (724.2048, 724.2048, 724.2048, "km")),
        ({"unit": "mi", "value_modifier": "up_to"}, (None, None, 724.2048, "km")),
        ({"value_modifier": "between", "value2": 500}, (450, None, 500, "item")),
        ({"unit": "no_such"}, ValueError),
        ({"aspect": "no_such"}, ValueError),
        ({"value_modifier": "no_such"}, ValueError),
        ({"value": None}, ValueError),
    ],
)
def test_bounds_of_a_statement(cells, bounds):
    row = {"value_modifier": "exact", "unit": "item", "aspect": "delivery", "value": 450, "value2": None}
    lookups = quantity_lookups(invented_tables())
    if bounds is ValueError:
        with pytest.raises(ValueError):
            bounds_of(row | cells, *lookups)
    else:
        assert bounds_of(row | cells, *lookups) == bounds


@pytest.mark.parametrize("table,key,cell", [("units", "item", "factor"), ("quantities", "exact", "operands")])
def test_a_unit_without_a_factor_or_a_modifier_without_operands_bounds_nothing(table, key, cell):
    tables = {**invented_tables(), table: changed(table, {key: {cell: None}})}
    row = {"value_modifier": "exact", "unit": "item", "aspect": "delivery", "value": 450, "value2": None}
    with pytest.raises(ValueError):
        bounds_of(row, *quantity_lookups(tables))


def test_the_name_of_a_system_is_its_first_designation():
    schemas = load()
    systems = frame([{"system_id": "a"}, {"system_id": "b"}], schemas["systems"])
    rows = [
        {"system_id": "a", "name": "Alias", "kind": "alias"},
        {"system_id": "a", "name": "First", "kind": "designation"},
        {"system_id": "a", "name": "Second", "kind": "designation"},
    ]
    named = with_names(systems, frame(rows, schemas["system_names"]))
    assert {key: row["name"] for key, row in by_key(named, "system_id").items()} == {"a": "First", "b": None}


def test_the_days_of_publication_of_a_page_and_of_one_without():
    pages = frame([{"source_id": "a", "published": "2022-11"}, {"source_id": "b"}], load()["sources"])
    dated = by_key(with_publication_dates(pages), "source_id")
    assert (dated["a"]["published_min"], dated["a"]["published_max"]) == (
        date(2022, 11, 1),
        date(2022, 11, 30),
    )
    assert dated["b"]["published_min"] is dated["b"]["published_max"] is None


def test_the_days_of_the_words_and_of_what_they_speak_of():
    row = invented_rows("statements")["the-herald-2022-11-02-kestrels.02"] | {
        "said_stated": None,
        "said_rule": None,
        "said_basis": "publication",
    }
    rows = frame([row | {"event_rule": "last_month", "event_stated": None}], load()["statements"])
    (dated,) = records(with_dates(rows, invented_tables()))
    assert (dated["said"], dated["said_min"], dated["said_max"]) == ("2022-11-02", *[date(2022, 11, 2)] * 2)
    assert (dated["event"], dated["event_min"], dated["event_max"]) == (
        "2022-10",
        date(2022, 10, 1),
        date(2022, 10, 31),
    )
