"""When: the utterance and the event. Each rule has a planted fault in `tests/faults/statements.yaml`."""

import datetime
import re
from typing import Any

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import (
    ADDED,
    EVENT,
    UTTERANCE,
    Lookup,
    Row,
    Tables,
    by_key,
    event_date,
    is_added_by_outlet,
    publication,
    utterance_date,
)
from scripts.validation.rules import (
    CHANGED_AFTER_BUILD,
    Mask,
    Rule,
    above,
    is_word,
    lookup,
    mask,
    not_after_or_blank,
    passing_where,
    rows_passing,
)

EARLIEST = datetime.date(1980, 1, 1)
LONG = datetime.timedelta(days=3 * 365)
LONG_PAST = datetime.timedelta(days=5 * 365)
YEAR_AT_THE_END = re.compile(r"-([0-9]{4})$")


def utterance_is_dated_as_its_basis_says(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The utterance is dated as its basis says. (Where the source has no valid day, that is said there.)"""
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")

    def test(row: Row) -> bool:
        if _is_given(row["said_stated"], row["said_rule"], rules) != (row["said_basis"] == "stated"):
            return row["said_basis"] is None
        published = publication(row, sources)
        if published and row["said_basis"] and (row["said_rule"] is None or row["said_rule"] in rules):
            dates.parse(utterance_date(row, published, rules))
        return True

    return rows_passing(statements[UTTERANCE], test)


def event_is_dated_by_edtf_or_rule(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The event is dated by EDTF or a rule. (Blank passes.)"""
    given = statements["event_stated"].notna() | statements["event_rule"].notna()
    return passing_where(given, statements, _event_is_dated, tables)


def _event_is_dated(statements: pd.DataFrame, tables: Tables) -> Mask:
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")

    def test(row: Row) -> bool:
        _is_given(row["event_stated"], row["event_rule"], rules)
        published = publication(row, sources)
        if published and row["said"] and (row["event_rule"] is None or row["event_rule"] in rules):
            event_date(row, row["said"], published, rules)
        return True

    return rows_passing(statements[[*EVENT, "said"]], test)


def _is_given(stated: str | None, name: str | None, rules: Lookup) -> bool:
    """Whether a date is given, by text or by rule; ValueError where the two do not go together."""
    if name in rules:
        needs_month = rules[str(name)]["reference"] == "stated"
        if needs_month != (stated is not None):
            raise ValueError("a rule for a month or year needs one, another needs none")
    return stated is not None or name is not None


def said_before_it_was_published(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing is said after it is published. (A blank or open day passes.)"""
    published = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    return not_after_or_blank(statements["said_min"], published)


def said_before_the_document_retold_was_published(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing is said after the document that is retold or copied was published.

    (A blank or open day passes, and what the outlet adds to what it retells in its own voice.)
    """
    copied = lookup(tables, "sources", "source_id", "copy_of_source_id", statements["source_id"])
    retold = (statements["original_source_id"], copied)
    days = [lookup(tables, "sources", "source_id", "published_max", source) for source in retold]
    said = statements["said_min"]
    is_added = rows_passing(statements[ADDED], is_added_by_outlet)
    return (not_after_or_blank(said, days[0]) | is_added) & not_after_or_blank(said, days[1])


def said_days_are_in_order(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The earliest day of the utterance is not after the latest. (An open or blank day passes.)"""
    return not_after_or_blank(statements["said_min"], statements["said_max"])


def event_days_are_in_order(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The earliest day of the event is not after the latest. (An open or blank day passes.)"""
    return not_after_or_blank(statements["event_min"], statements["event_max"])


def days_are_of_this_age(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing is said before 1980. (An open or blank day passes.)"""
    return ~above(_as_ordinal(EARLIEST, statements), statements["said_min"]) & ~above(
        _as_ordinal(EARLIEST, statements), statements["said_max"]
    )


def _as_ordinal(day: datetime.date, statements: pd.DataFrame) -> "pd.Series[Any]":
    return pd.Series([day] * len(statements), index=statements.index, dtype=statements["said_min"].dtype)


def asserted_event_is_not_ahead(statements: pd.DataFrame, tables: Tables) -> Mask:
    """What is asserted or denied has begun when it is published. (A blank or open day passes.)"""
    published = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    past = is_word(statements["stance"], "assert", "deny")
    return ~past | ~above(statements["event_min"], published)


def events_are_of_this_age(statements: pd.DataFrame, tables: Tables) -> Mask:
    """No event is before 1980. (An open or blank day passes.)"""
    earliest = _as_ordinal(EARLIEST, statements)
    return ~above(earliest, statements["event_min"]) & ~above(earliest, statements["event_max"])


def contract_is_not_asserted_before_its_year(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing is asserted or denied of a contract, cargo or lot before the year in its ID. (Blank passes.)"""
    published = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    cells = zip(statements["transfer_id"], statements["stance"], published, strict=True)

    def passes(transfer: Any, stance: Any, day: Any) -> bool:
        year = YEAR_AT_THE_END.search(transfer) if isinstance(transfer, str) else None
        return year is None or stance not in ("assert", "deny") or pd.isna(day) or day.year >= int(year[1])

    return mask((passes(*row) for row in cells), statements)


def asserted_event_is_not_long_past(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An event five years before the document that mentions it is probably misdated. (A blank or open day passes.)"""
    published = lookup(tables, "sources", "source_id", "published_min", statements["source_id"])
    days = zip(statements["event_max"], published, strict=True)
    return mask(
        (pd.isna(event) or pd.isna(day) or day - event <= LONG_PAST for event, day in days), statements
    )


def projected_event_is_not_over(statements: pd.DataFrame, tables: Tables) -> Mask:
    """What is projected is not over when it is said. (A blank or open day passes.)"""
    project = is_word(statements["stance"], "project")
    return ~project | ~above(statements["said_min"], statements["event_max"])


def said_shortly_before_it_was_published(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Words said three years before they were published are probably misdated. (A blank or open day passes.)"""
    published = lookup(tables, "sources", "source_id", "published_min", statements["source_id"])
    days = [
        pd.isna(said) or pd.isna(day) or day - said <= LONG
        for said, day in zip(statements["said_max"], published, strict=True)
    ]
    return pd.Series(days, index=statements.index, dtype=bool)


DATE_RULES = [
    Rule(
        "said_stated",
        utterance_is_dated_as_its_basis_says,
        allowed="said_stated or said_rule (both where the rule needs a month or year) with stated, neither otherwise; "
        + dates.ALLOWED,
        fix="correct the three cells",
    ),
    Rule(
        "event_stated",
        event_is_dated_by_edtf_or_rule,
        allowed="event_stated or event_rule, both where the rule needs a month or year; " + dates.ALLOWED,
        fix="correct the two cells",
    ),
    Rule(
        "said",
        said_before_it_was_published,
        allowed="said_min on or before published_max",
        fix="correct the date of the utterance or of the document",
    ),
    Rule(
        "said",
        said_before_the_document_retold_was_published,
        allowed="said_min on or before the day of original_source_id, and of the document that the page copies",
        fix="correct the date of the utterance or of that document",
    ),
    Rule(
        "said",
        said_days_are_in_order,
        allowed="said_min on or before said_max",
        fix=CHANGED_AFTER_BUILD,
    ),
    Rule(
        "event",
        event_days_are_in_order,
        allowed="event_min on or before event_max",
        fix=CHANGED_AFTER_BUILD,
    ),
    Rule(
        "said",
        days_are_of_this_age,
        allowed="a day from 1980 on",
        fix="correct the year",
    ),
    Rule(
        "event",
        asserted_event_is_not_ahead,
        allowed="an event that begins on or before the day of publication",
        fix="write project, or correct the day of the event",
    ),
    Rule(
        "event",
        events_are_of_this_age,
        allowed="a day from 1980 on",
        fix="correct the year",
    ),
    Rule(
        "transfer_id",
        contract_is_not_asserted_before_its_year,
        allowed="a contract, cargo or lot of the year of publication or before",
        fix="name the transfer that the passage speaks of, or correct the stance",
    ),
    Rule(
        "event",
        asserted_event_is_not_long_past,
        allowed="a day within five years before publication",
        fix="check whether the year is right",
        is_warning=True,
    ),
    Rule(
        "event",
        projected_event_is_not_over,
        allowed="an event that ends on or after the day it is spoken of",
        fix="write assert, or correct the day of the event",
    ),
    Rule(
        "said",
        said_shortly_before_it_was_published,
        allowed="a day within three years before publication",
        fix="check whether the year is right",
        is_warning=True,
    ),
]
