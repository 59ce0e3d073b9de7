"""Rule D2: the parser agrees with the edtf library, and relative words mean the days the rules say."""

import datetime
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.build import load_inputs
from scripts.export.tables import frame
from scripts.normalise import dates
from scripts.normalise.tables import by_key
from scripts.schema.table_schema import load


@pytest.fixture(scope="module")
def rules(invented_template):
    return by_key(frame(load_inputs(invented_template).rows["dates"], load()["dates"]), "date_rule")


days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
points = st.one_of(days.map(date.isoformat), days.map("{:%Y-%m}".format), days.map("{:%Y}".format))


def by_library(text: str) -> tuple[date, date]:
    parsed = edtf.parse_edtf(text)
    return tuple(datetime.date(*struct[:3]) for struct in (parsed.lower_strict(), parsed.upper_strict()))


@given(points)
def test_points_agree_with_the_library(text):
    assert dates.parse(text) == by_library(text)


@given(st.tuples(points, points))
def test_intervals_agree_with_the_library(pair):
    start, end = sorted(pair, key=lambda text: dates.parse(text)[0])
    if dates.parse(start)[0] <= dates.parse(end)[1]:
        assert dates.parse(f"{start}/{end}") == by_library(f"{start}/{end}")


@given(points)
def test_open_ends_are_open(text):
    assert dates.parse(f"../{text}") == (None, by_library(text)[1])
    assert dates.parse(f"{text}/..") == (by_library(text)[0], None)


@given(days)
def test_an_uncertain_day_is_within_three_days(day):
    assert dates.parse(f"{day}~") == (day - timedelta(3), day + timedelta(3))


@given(days, days)
def test_what_is_written_means_the_same_days(start, end):
    start, end = min(start, end), max(start, end)
    assert dates.parse(dates.write(start, end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2022-13",
        "2022/2021",
        "../..",
        "2022-1-1",
        "22-01-01",
        "2022~",
        "2022-11~",
        "2022-11-02?",
        "2022-11-02/",
        "/2022",
        "",
        "2022-21",
        "soon",
        "0000",
        "0000-01-01",
        "0001-01-01~",
        "9999-12-31~",
        "٢٠٢٢",
    ],
)
def test_what_is_outside_the_subset_is_refused(text):
    with pytest.raises(ValueError):
        dates.parse(text)


@pytest.mark.parametrize(
    "rule,reference,meant",
    [
        ("today", "2022-11-02", "2022-11-02"),
        ("tuesday", "2022-11-02", "2022-11-01"),
        ("wednesday", "2022-11-02", "2022-11-02"),
        ("thursday", "2022-11-02", "2022-10-27"),
        ("last_month", "2022-11-02", "2022-10"),
        ("last_month", "2023-01-31", "2022-12"),
        ("last_month", "2022-03-31", "2022-02"),
        ("last_year", "2024-02-29", "2023"),
        ("earlier_this_month", "2022-11-02", "2022-11-01/2022-11-02"),
        ("by_year_end", "2022-11-02", "2022-11-02/2022-12-31"),
        ("last_week", "2022-11-02", "2022-10-24/2022-10-30"),
        ("recent_weeks", "2022-11-02", "2022-09-21/2022-11-02"),
        ("coming_weeks", "2022-11-02", "2022-11-02/2022-12-14"),
        ("imminent", "2022-11-02", "2022-11-02/2022-12-14"),
        ("soon", "2022-11-02", "2022-11-02/2023-01-31"),
        ("before_the_war", "2022-11-02", "../2022-02-23"),
        ("before_the_war", "2022-11-02~", "../2022-02-23"),
        ("since_the_war_began", "2022-11-02~", "2022-02-24/2022-11-02~"),
        ("early_in_month", "2022-10", "2022-10-01/2022-10-10"),
        ("middle_of_month", "2022-10", "2022-10-11/2022-10-20"),
        ("late_in_month", "2022-02", "2022-02-21/2022-02-28"),
        ("late_in_year", "2023", "2023-10-01/2023-12-31"),
        ("until_then", "2022-11-02", "../2022-11-02"),
        ("today", "2022-11-02~", "2022-11-02~"),
        ("last_month", "../2022-11-02", "../2022-10-31"),
        ("recent_weeks", "../2022-11-02~", "../2022-11-02~"),
        ("since_the_war_began", "../2022-11-02", "2022-02-24/2022-11-02"),
        ("earlier_this_month", "2022-10-30/2022-11-02", "2022-10-01/2022-11-02"),
    ],
)
def test_relative_words(rule, reference, meant, rules):
    assert dates.resolve(rules[rule], reference) == meant


@given(st.dates(date(2022, 2, 24), date(2040, 12, 31)))
def test_every_rule_gives_a_date_that_can_be_parsed(rules, day):
    for name, rule in rules.items():
        start, end = dates.parse(dates.resolve(rule, day.isoformat()))
        assert (start or date.min) <= (end or date.max), name


@pytest.mark.parametrize("text", ["someday", "x", "day+99999d", "day+9999y", "month", "", "2022-13-01"])
def test_a_term_that_means_no_day_is_a_value_error(text):
    with pytest.raises(ValueError):
        dates.term(text, date(2022, 11, 2))


def test_a_rule_without_an_end_or_a_reference_is_a_value_error():
    rule = {"date_rule": "x", "starts": "day", "ends": None}
    with pytest.raises(ValueError):
        dates.resolve(rule, "2022-11-02")


def test_an_uncertain_end_widens_an_interval():
    assert dates.parse("2022-11-02~/2022-11-05") == (date(2022, 10, 30), date(2022, 11, 5))
    assert dates.parse("2022-11-02/2022-11-05~") == (date(2022, 11, 2), date(2022, 11, 8))
    assert dates.parse("2022-11-02/2022-11-02") == (date(2022, 11, 2), date(2022, 11, 2))


@pytest.mark.parametrize(
    "start,end,marks,text",
    [
        (date(2022, 11, 2), date(2022, 11, 2), ("", ""), "2022-11-02"),
        (date(2022, 11, 2), date(2022, 11, 2), ("~", "~"), "2022-11-02~"),
        (date(2022, 11, 2), date(2022, 11, 2), ("~", ""), "2022-11-02~/2022-11-02"),
        (date(2022, 11, 1), date(2022, 11, 30), ("", "~"), "2022-11-01/2022-11-30~"),
        (date(2022, 11, 1), date(2022, 11, 30), ("", ""), "2022-11"),
        (date(2022, 1, 1), date(2023, 12, 31), ("", ""), "2022/2023"),
        (date(2022, 1, 1), date(2022, 12, 31), ("", ""), "2022"),
        (date(22, 1, 1), date(22, 12, 31), ("", ""), "0022"),
        (date(22, 1, 1), date(23, 12, 31), ("", ""), "0022/0023"),
        (date(2022, 1, 1), date(2022, 12, 30), ("", ""), "2022-01-01/2022-12-30"),
        (date(2022, 1, 2), date(2022, 12, 31), ("", ""), "2022-01-02/2022-12-31"),
        (date(2022, 2, 1), date(2022, 12, 31), ("", ""), "2022-02-01/2022-12-31"),
        (date(2022, 1, 1), date(2022, 11, 30), ("", ""), "2022-01-01/2022-11-30"),
        (None, date(2022, 11, 2), ("", "~"), "../2022-11-02~"),
        (date(2022, 11, 2), None, ("", ""), "2022-11-02/.."),
    ],
)
def test_days_are_written_as_short_as_they_can_be(start, end, marks, text):
    assert dates.write(start, end, marks) == text


@pytest.mark.parametrize(
    "starts,ends,reference", [(None, "day", "2022"), ("day", None, "2022"), ("day", "day", "")]
)
def test_what_has_no_day_to_count_from_is_a_value_error(starts, ends, reference):
    with pytest.raises(ValueError):
        dates.resolve({"date_rule": "x", "starts": starts, "ends": ends}, reference)


def test_what_is_counted_from_an_open_day_is_open():
    day = {"date_rule": "x", "starts": "day", "ends": "day"}
    assert dates.resolve(day, "2022-11-02/..") == "2022-11-02/.."
    assert dates.resolve(day, "../2022-11-02") == "../2022-11-02"
    with pytest.raises(ValueError, match="no day to count x from"):
        dates.resolve({"date_rule": "x", "starts": "day", "ends": "open"}, "../2022-11-02")


@pytest.mark.parametrize(
    "text,meant",
    [
        ("open", None),
        ("2022-02-24+1d", date(2022, 2, 25)),
        ("day-1d", date(2024, 2, 28)),
        ("day+1m", date(2024, 3, 29)),
        ("day-1y", date(2023, 2, 28)),
        ("week_start", date(2024, 2, 26)),
        ("week_end", date(2024, 3, 3)),
        ("month_start-1m", date(2024, 1, 1)),
        ("month_end+1m", date(2024, 3, 31)),
        ("month_end+1d", date(2024, 3, 1)),
        ("year_start+1y", date(2025, 1, 1)),
        ("year_end", date(2024, 12, 31)),
        ("year_start+1m", date(2024, 2, 1)),
        ("monday", date(2024, 2, 26)),
        ("thursday", date(2024, 2, 29)),
        ("friday-7d", date(2024, 2, 16)),
    ],
)
def test_terms(text, meant):
    """Counted from Thursday, 29 February 2024."""
    assert dates.term(text, date(2024, 2, 29)) == meant
