"""What must hold of the rule tables. Each rule has a planted fault in `tests/faults/rule_tables.yaml`."""

import datetime
import re

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.quantities import parse_term
from scripts.normalise.tables import Row, Tables, records
from scripts.validation.codes import country_exists
from scripts.validation.rules import (
    Mask,
    Rule,
    equal,
    is_true,
    is_word,
    lookup,
    mask,
    not_after_or_blank,
    rows_passing,
)
from scripts.validation.source_rules import language_is_registered

DAY = datetime.date(2022, 6, 15)
LONGEST = datetime.timedelta(days=3660)


def canonical_unit_is_its_own(units: pd.DataFrame, tables: Tables) -> Mask:
    """A canonical unit is its own, with factor 1."""
    canonical = units["canonical_unit"]
    factor = lookup(tables, "units", "unit", "factor", canonical)
    own = equal(lookup(tables, "units", "unit", "canonical_unit", canonical), canonical)
    return own & (factor == 1).fillna(False).astype(bool)


def canonical_unit_is_of_the_same_sort(units: pd.DataFrame, tables: Tables) -> Mask:
    """A unit counts, and is a rate, as its canonical unit does."""
    same = mask((True for _ in units.index), units)
    for name in ("is_count", "is_rate"):
        there = lookup(tables, "units", "unit", name, units["canonical_unit"])
        same &= is_true(there) == is_true(units[name])
    return same


def factor_is_above_zero(units: pd.DataFrame, tables: Tables) -> Mask:
    """A factor is above zero. (A blank one passes: required says so.)"""
    return units["factor"].isna() | (units["factor"] > 0).fillna(False).astype(bool)


def measure_is_of_one_aspect(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """No two aspects feed one measure. (Blank passes.)"""
    return aspects["measure"].isna() | ~aspects["measure"].duplicated()


def stage_is_of_a_transfer(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """Only aspects of transfers support a stage. (Blank passes.)"""
    return aspects["stage"].isna() | is_word(aspects["subject"], "transfer")


def maximum_is_a_specification(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """Only a specification is a maximum."""
    return ~is_true(aspects["is_maximum"]) | is_true(aspects["is_specification"])


def terms_are_bounds(quantities: pd.DataFrame, tables: Tables) -> Mask:
    """Bounds are terms in N, or in A and B, as many as there are operands. (A blank bound passes.)"""
    allowed = {0: set(), 1: {"N"}, 2: {"A", "B"}}

    def test(row: Row) -> bool:
        operands = {parse_term(row[name])["operand"] for name in ("low", "point", "high") if row[name]}
        return operands - {None} <= allowed.get(row["operands"], {"N", "A", "B"})

    return rows_passing(quantities, test)


def words_lead_to_a_modifier(words: pd.DataFrame, tables: Tables) -> Mask:
    """A word with N leads to a modifier with an operand. (An unknown modifier passes: its key says so.)"""
    operands = lookup(tables, "quantities", "modifier", "operands", words["modifier"])
    has_number = words["word"].map(lambda word: bool(re.search(r"\bN\b", word)), na_action="ignore")
    fits = [
        pd.isna(count) or pd.isna(has) or not has or count > 0
        for count, has in zip(operands, has_number, strict=True)
    ]
    return mask(fits, words)


def terms_are_days(rules: pd.DataFrame, tables: Tables) -> Mask:
    """Start and end are terms of days at most ten years off, and end is not before start. (Blank passes: required.)"""

    def test(row: Row) -> bool:
        if row["starts"] is None or row["ends"] is None:
            return True
        start, end = dates.term(row["starts"], DAY), dates.term(row["ends"], DAY)
        near = all(day is None or abs(day - DAY) <= LONGEST for day in (start, end))
        return near and (start is not None or end is not None) and not (start and end and start > end)

    return rows_passing(rules, test)


def weekday_counts_from_publication(rules: pd.DataFrame, tables: Tables) -> Mask:
    """A weekday is counted from the day of publication."""
    weekday = is_word(rules["starts"], *dates.WEEKDAYS) | is_word(rules["ends"], *dates.WEEKDAYS)
    return ~weekday | is_word(rules["reference"], "publication")


def party_is_a_country(alignments: pd.DataFrame, tables: Tables) -> Mask:
    """A party is a country, an adversary another country or an actor. (Blank passes: required says so.)"""
    actors = set(tables["actors"]["actor_id"].dropna())

    def test(row: Row) -> bool:
        party, adversary = row["party"], row["adversary"]
        if party is None or adversary is None:
            return True
        return (
            party != adversary
            and country_exists(party)
            and (country_exists(adversary) or adversary in actors)
        )

    return rows_passing(alignments, test)


def alignment_ends_after_it_begins(alignments: pd.DataFrame, tables: Tables) -> Mask:
    """A listing ends after it begins. (A blank end passes.)"""
    return not_after_or_blank(alignments["listed_from"], alignments["listed_to"])


def alignments_do_not_overlap(alignments: pd.DataFrame, tables: Tables) -> Mask:
    """Two listings of one party and adversary do not overlap."""
    rows = records(alignments)

    def overlaps(row: Row, other: Row) -> bool:
        same = row["party"] == other["party"] and row["adversary"] == other["adversary"]
        first, last = row["listed_from"], other["listed_to"] or datetime.date.max
        return bool(same and first and other["listed_from"] and other["listed_from"] <= first <= last)

    return mask(
        (not any(overlaps(row, other) for other in rows if other is not row) for row in rows), alignments
    )


UNIT_RULES = [
    Rule(
        "canonical_unit",
        canonical_unit_is_its_own,
        allowed="a unit whose canonical unit is itself",
        fix="convert to the last unit at once",
    ),
    Rule(
        "canonical_unit",
        canonical_unit_is_of_the_same_sort,
        allowed="a unit with the same is_count and is_rate",
        fix="correct canonical_unit, is_count or is_rate",
    ),
    Rule("factor", factor_is_above_zero, allowed="a number above zero", fix="correct the factor"),
]
ASPECT_RULES = [
    Rule(
        "measure",
        measure_is_of_one_aspect,
        allowed="each measure once",
        fix="merge the aspects, or name another measure",
    ),
    Rule("stage", stage_is_of_a_transfer, allowed="a stage with the subject transfer", fix="leave it out"),
    Rule(
        "is_maximum",
        maximum_is_a_specification,
        allowed="true with is_specification only",
        fix="correct is_maximum or is_specification",
    ),
]
QUANTITY_RULES = [
    Rule(
        "low",
        terms_are_bounds,
        allowed="0.8N, N+1, A, B, 300; N with one operand, A and B with two, none with none",
        fix="correct low, point, high or operands",
    ),
]
QUANTITY_WORD_RULES = [
    Rule(
        "language",
        language_is_registered,
        allowed="a BCP 47 tag of registered parts: en, fa, zh-Hant, pt-BR",
        fix="look the code up",
    ),
    Rule(
        "modifier",
        words_lead_to_a_modifier,
        allowed="a modifier with operands for words with N",
        fix="correct modifier or word",
    ),
]
CERTAINTY_RULES = [
    Rule(
        "language",
        language_is_registered,
        allowed="a BCP 47 tag of registered parts: en, fa, zh-Hant, pt-BR",
        fix="look the code up",
    ),
]
DATE_TABLE_RULES = [
    Rule(
        "starts",
        terms_are_days,
        allowed="open, a date, or day, week_start, month_end … with +9d, -1m, +1y; start no later than end",
        fix="correct start or end",
    ),
    Rule(
        "reference",
        weekday_counts_from_publication,
        allowed="publication with a weekday",
        fix="write publication",
    ),
]
ALIGNMENT_RULES = [
    Rule(
        "party",
        party_is_a_country,
        allowed="an ISO 3166-1 alpha-3 code, and another one or an actor_id as adversary",
        fix="look the code up",
    ),
    Rule(
        "listed_to",
        alignment_ends_after_it_begins,
        allowed="a day on or after listed_from",
        fix="correct the two days",
    ),
    Rule(
        "listed_from",
        alignments_do_not_overlap,
        allowed="a day after the other listing of the two ended",
        fix="correct listed_from, or merge the two",
    ),
]
