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
from scripts.validation.statement_values import MEASURES, MONEY

DAY = datetime.date(2022, 6, 15)
FACTORS = {  # by the SI and the international yard and pound
    "m": 0.001,
    "mi": 1.609344,
    "nmi": 1.852,
    "cm_length": 0.01,
    "ft_length": 0.3048,
    "lb": 0.45359237,
    "tonne": 1000.0,
    "mph": 1.609344,
    "knot": 1.852,
    "m_per_s": 3.6,
    "g_gold": 0.001,
    "tonne_gold": 1000.0,
}
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


def count_is_no_measure(units: pd.DataFrame, tables: Tables) -> Mask:
    """Lengths, masses, speeds, hours, shares, money and rates are measured; everything else is counted."""
    measured = is_word(units["canonical_unit"], *MEASURES, *MONEY, "min", "percent") | is_true(
        units["is_rate"]
    )
    return is_true(units["is_count"]) != measured


def rate_is_named_as_one(units: pd.DataFrame, tables: Tables) -> Mask:
    """A unit per day, month or year is a rate, and nothing else is."""
    named = units["unit"].str.contains("_per_(?:day|week|month|year)$")
    return is_true(units["is_rate"]) == is_true(named)


def factor_is_that_of_the_standard(units: pd.DataFrame, tables: Tables) -> Mask:
    """The factor of a unit of the SI or a customary one is that of the standard. (A blank one passes.)"""
    pairs = zip(units["unit"], units["factor"], strict=True)
    return mask((pd.isna(factor) or FACTORS.get(unit, factor) == factor for unit, factor in pairs), units)


def specification_feeds_its_own_measure(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """A specification feeds the measure of its name."""
    return ~is_true(aspects["is_specification"]) | equal(aspects["measure"], aspects["aspect"])


def property_with_a_least_value_is_a_maximum(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """A property that has a least value of its own (min_range) is a maximum, and the least value is none."""
    names = aspects["aspect"]
    least = is_true(names.str.startswith("min_"))
    has_least = ("min_" + names).isin(aspects["aspect"].dropna())
    return ~(least & is_true(aspects["is_maximum"])) & (~has_least | is_true(aspects["is_maximum"]))


def denied_stage_is_there(aspects: pd.DataFrame, tables: Tables) -> Mask:
    """An aspect whose denial denies a stage has one."""
    return ~is_true(aspects["denies_stage"]) | aspects["stage"].notna()


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


def bounds_are_in_order(quantities: pd.DataFrame, tables: Tables) -> Mask:
    """The low bound is not above the point, and the point not above the high bound. (A blank bound passes.)"""

    def test(row: Row) -> bool:
        sizes = [_size(row[name]) for name in ("low", "point", "high") if row[name]]
        return sizes == sorted(sizes)

    return rows_passing(quantities[["low", "point", "high"]], test)


def _size(text: str) -> float:
    """What a term comes to for N = 100, A = 100 and B = 200."""
    term = parse_term(text)
    size = float(term["factor"] or 1) * {"N": 100, "A": 100, "B": 200, None: 1}[term["operand"]]
    return size + float(term["offset"] or 0)


def exact_is_the_number_itself(quantities: pd.DataFrame, tables: Tables) -> Mask:
    """An exact number has N as both bounds and point."""
    same = mask((True for _ in quantities.index), quantities)
    for name in ("low", "point", "high"):
        same &= equal(quantities[name], quantities["modifier"].map({"exact": "N"}))
    return ~is_word(quantities["modifier"], "exact") | same


def no_phrase_is_exact(words: pd.DataFrame, tables: Tables) -> Mask:
    """No phrase leads to exact: a bare number has no words."""
    return ~is_word(words["modifier"], "exact")


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


def weekday_is_its_own(rules: pd.DataFrame, tables: Tables) -> Mask:
    """A rule named for a weekday starts and ends on it."""
    named = is_word(rules["date_rule"], *dates.WEEKDAYS)
    return ~named | (equal(rules["starts"], rules["date_rule"]) & equal(rules["ends"], rules["date_rule"]))


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
    Rule(
        "is_count",
        count_is_no_measure,
        allowed="true for what is counted, false for what is measured and for rates",
        fix="correct is_count or canonical_unit",
    ),
    Rule(
        "is_rate",
        rate_is_named_as_one,
        allowed="true for units that end in _per_day, _per_week, _per_month or _per_year",
        fix="correct is_rate or unit",
    ),
    Rule(
        "factor",
        factor_is_that_of_the_standard,
        allowed="the factor of the international standard",
        fix="correct the factor",
    ),
    Rule("factor", factor_is_above_zero, allowed="a number above zero", fix="correct the factor"),
]
ASPECT_RULES = [
    Rule(
        "measure",
        specification_feeds_its_own_measure,
        allowed="the name of the aspect, for a specification",
        fix="write the name of the aspect",
    ),
    Rule(
        "is_maximum",
        property_with_a_least_value_is_a_maximum,
        allowed="true for range where there is a min_range, false for min_range",
        fix="correct is_maximum",
    ),
    Rule(
        "stage",
        denied_stage_is_there,
        allowed="a stage with denies_stage true",
        fix="fill in the stage, or write denies_stage false",
    ),
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
        "point",
        bounds_are_in_order,
        allowed="low no higher than point, point no higher than high",
        fix="correct low, point or high",
    ),
    Rule(
        "low",
        exact_is_the_number_itself,
        allowed="N, N, N for exact",
        fix="write N in all three",
    ),
    Rule(
        "low",
        terms_are_bounds,
        allowed="0.8N, N+1, A, B, 300; N with one operand, A and B with two, none with none",
        fix="correct low, point, high or operands",
    ),
]
QUANTITY_WORD_RULES = [
    Rule(
        "modifier",
        no_phrase_is_exact,
        allowed="a modifier other than exact",
        fix="write the modifier that the phrase means, or delete the row",
    ),
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
        weekday_is_its_own,
        allowed="monday for monday, and so on",
        fix="correct starts and ends",
    ),
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
