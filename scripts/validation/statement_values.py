"""How much: figures, words, units, scopes. Each rule has a planted fault in `tests/faults/statements.yaml`."""

import re
import unicodedata
from decimal import Decimal
from itertools import product
from typing import Any

import pandas as pd

from scripts.normalise.tables import QUANTITY, Row, Tables, bounds_of, quantity_lookups, records
from scripts.validation.codes import is_in_letters_of, language_exists
from scripts.validation.rules import (
    Mask,
    Rule,
    cells_passing,
    is_true,
    is_word,
    lookup,
    mask,
    passing_where,
    rows_passing,
)
from scripts.validation.statement_content import is_specification
from scripts.validation.worded_numbers import numbers_in_words

NUMBER = re.compile(r"[0-9]+(?:[  .,'’\u202f\u00a0]?[0-9]+)*")
POWERS = {  # beginnings of the words that follow a number, in the languages of the record
    3: (
        "k",
        "thous",
        "thsd",
        "тыс",
        "тис",
        "tys",
        "mille",
        "mil ",
        "mil.",
        "mila",
        "tausend",
        "tsd",
        "tis",
        "хил",
        "hilj",
        "الف",
        "千",
        "bin ",
        "ezer",
        "nghìn",
        "ngàn",
        "mii",
        "هزار",
        "ألف",
        "آلاف",
        "אלף",
        "हज़ार",
    ),
    4: ("万", "萬", "만"),
    6: (
        "m ",
        "mn",
        "mln",
        "mio",
        "million",
        "мили",
        "ملايين",
        "百万",
        "milion",
        "millon",
        "milhõ",
        "milhã",
        "millió",
        "triệu",
        "млн",
        "мільй",
        "милл",
        "milyon",
        "میلیون",
        "مليون",
        "מיליון",
        "मिलियन",
    ),
    8: ("億", "亿", "억"),
    9: (
        "bn",
        "billion",
        "milliard",
        "mld",
        "mrd",
        "млрд",
        "мільяр",
        "милли",
        "миллиард",
        "milyar",
        "miljard",
        "tỷ",
        "tỉ",
        "мілья",
        "милиард",
        "miliard",
        "milijard",
        "میلیارد",
        "مليار",
    ),
}
# One of these words, at once or after a second number ("20 to 50 thousand").
SCALES = {
    power: re.compile(rf"(?:\D{{0,14}}[0-9][0-9.,]*\W*)?(?:{'|'.join(map(re.escape, words))})")
    for power, words in POWERS.items()
}
SEPARATORS = " -\u2010\u2011\u00a0"
OF_SPECIFICATIONS = {  # the canonical units in which a property of a system can be stated
    "range": {"km"},
    "min_range": {"km"},
    "warhead_mass": {"kg"},
    "payload": {"kg", "item"},
    "launch_mass": {"kg"},
    "length": {"m_length"},
    "speed": {"km_per_h", "mach"},
    "endurance": {"h", "min", "km"},
    "accuracy": {"m_length", "percent"},
    "unit_cost": {"usd_per_item", "eur_per_item", "rub_per_item"},
}
SIZES = {  # from the smallest drone to the largest missile and aircraft, with room
    ("range", "km"): (1, 20_000),
    ("warhead_mass", "kg"): (0.1, 10_000),
    ("payload", "kg"): (0.1, 100_000),
    ("launch_mass", "kg"): (0.5, 500_000),
    ("length", "m_length"): (0.1, 100),
    ("speed", "km_per_h"): (20, 30_000),
    ("speed", "mach"): (0.1, 25),
    ("endurance", "h"): (0.2, 100),
    ("accuracy", "m_length"): (0.1, 5_000),
}
MEASURES = {"km", "m_length", "kg", "km_per_h", "mach", "h"}  # of systems, never an amount transferred
MONEY = {
    "usd",
    "eur",
    "rub",
    "kg_gold",
    "g_gold",
    "tonne_gold",
    "usd_per_item",
    "eur_per_item",
    "rub_per_item",
}
OF_MONEY = (
    "payment",
    "agreement",
    "order",
    "negotiation",
    "consideration",
    "unit_cost",
    "sanction",
    "effect",
)


def figure_is_whole(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A figure is written whole, or not at all."""
    has = statements["value_modifier"].notna()
    whole = mask((True for _ in statements.index), statements)
    for name in ("value_text", "value_language", "pooled"):
        whole &= statements[name].notna() == has
    unit = (statements["unit"].notna() == has) | is_word(statements["value_modifier"], "qualitative")
    without = statements["value"].isna() & statements["value2"].isna()
    return whole & unit & (has | without)


def numbers_fit_the_modifier(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The numbers fit the modifier. (An unknown modifier, unit or aspect passes: its key says so.)"""
    modifiers, units, aspects = quantity_lookups(tables)

    def test(row: Row) -> bool:
        unit = row["unit"] or "item"
        known = row["value_modifier"] in modifiers and unit in units and row["aspect"] in aspects
        return not known or bounds_of({**row, "unit": unit}, modifiers, units, aspects) is not None

    return rows_passing(statements[QUANTITY], test)


HALF = re.compile("half|halb|jumătate|pół|demi|medio|mezzo|полов|buçuk|و نیم")


def value_is_in_its_words(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The number is the one in value_text. (Words without digits pass; thousand, million, billion multiply.)"""
    return passing_where(statements["value_text"].notna(), statements, _value_is_in_words, tables)


def _value_is_in_words(statements: pd.DataFrame, tables: Tables) -> Mask:
    cells = zip(statements["value_text"], statements["value"], statements["value2"], strict=True)

    def passes(text: Any, *values: Any) -> bool:
        if not isinstance(text, str) or not any(c.isdigit() for c in text):
            return True
        stated = numbers_in(text)
        return all(pd.isna(value) or Decimal(str(value)) in stated for value in values)

    return mask((passes(*row) for row in cells), statements)


def numbers_in(text: str) -> set[Decimal]:
    """Every number the digits of a text can mean: a separator is one of thousands, of decimals, or of two numbers."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    numbers: set[Decimal] = set()
    for match in NUMBER.finditer(plain):
        parts = re.split(r"[^0-9]", match[0])
        readings = {"".join(parts), *parts}
        if len(parts) > 1:
            readings.add("".join(parts[:-1]) + "." + parts[-1])
        following = plain[match.end() :].lstrip(SEPARATORS).casefold()
        powers = [0, *(power for power, words in SCALES.items() if words.match(f"{following} "))]
        numbers |= {Decimal(number).scaleb(power) for number, power in product(readings, powers)}
        if HALF.search(following[:24]):
            numbers |= {Decimal(number) + Decimal("0.5") for number in readings}
    return numbers


def number_is_in_its_english_words(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The number is the one that English words in value_text state. (Other languages, and digits, pass.)"""
    cells = zip(
        statements["value_text"],
        statements["value_language"],
        statements["value"],
        statements["value2"],
        strict=True,
    )

    def passes(text: Any, language: Any, *values: Any) -> bool:
        if not isinstance(text, str) or language != "en" or any(c.isdigit() for c in text):
            return True
        stated = numbers_in_words(text)
        return not stated or all(pd.isna(value) or value in stated for value in values)

    return mask((passes(*row) for row in cells), statements)


def modifier_is_that_of_the_words(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The modifier is that of the words in value_text. (Words that are not in rules/quantity_words.csv pass.)

    A number "between A and B" may also be coded in two rows: the range, and the least range.
    """
    patterns = _patterns(tables)
    cells = zip(
        statements["value_text"], statements["value_language"], statements["value_modifier"], strict=True
    )

    def passes(text: Any, language: Any, modifier: Any) -> bool:
        if not isinstance(text, str) or not isinstance(language, str) or not isinstance(modifier, str):
            return True
        known = patterns.get(language.partition("-")[0], [])
        meant = {other for pattern, other in known if pattern.search(text)}
        return not meant or modifier in meant or modifier == "between" or "between" in meant

    return mask((passes(*row) for row in cells), statements)


def _patterns(tables: Tables) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """By language, each phrase of the rule table as a pattern, and the modifier it leads to."""
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in records(tables["quantity_words"]):
        if row["word"] and row["modifier"] and row["language"]:
            words = re.sub(r"\b[NAB]\b", "[0-9][0-9.,\u00a0 ]*", re.escape(row["word"]).replace(r"\ ", " "))
            pattern = re.compile(rf"(?<!\w)(?<!no )(?<!not ){words}(?!\w)", re.IGNORECASE)
            patterns.setdefault(row["language"], []).append((pattern, row["modifier"]))
    return patterns


def language_of_words_is_registered(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The language of the words is a registered one. (A blank one passes.)"""
    return cells_passing(statements["value_language"], language_exists)


def words_are_in_letters_of_their_language(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The words are written in the letters of their language. (Words without letters pass.)"""

    def test(row: Row) -> bool:
        text, language = row["value_text"], row["value_language"]
        return text is None or language is None or is_in_letters_of(text, language)

    return passing_where(
        statements["value_text"].notna(),
        statements[["value_text", "value_language"]],
        lambda rows, _: rows_passing(rows, test),
        tables,
    )


def counts_are_whole(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Counts are whole. (A blank number passes.)"""
    is_count = is_true(lookup(tables, "units", "unit", "is_count", statements["unit"]))
    whole = mask((True for _ in statements.index), statements)
    for name in ("value", "value2"):
        number = statements[name]
        whole &= number.isna() | (number == number.round()).fillna(False).astype(bool)
    return ~is_count | whole


def none_is_negated(statements: pd.DataFrame, tables: Tables) -> Mask:
    """None and zero are negated."""
    return ~is_word(statements["value_modifier"], "none") | is_word(statements["polarity"], "negated")


def number_has_a_scope(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A number has a scope; a specification has none."""
    needs = statements["value_modifier"].notna() & ~is_specification(statements, tables)
    return statements["scope"].notna() == needs


def scope_fits_the_stance(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A planned number is no total to date, and a delivered one is no planned total."""
    past = is_word(statements["aspect"], "delivery", "shipment", "use", "interception")
    planned = is_word(statements["scope"], "planned_total") & past & is_word(statements["stance"], "assert")
    to_date = is_word(statements["scope"], "total_to_date") & is_word(statements["stance"], "project")
    return ~planned & ~to_date


def rate_has_a_unit_of_a_rate(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A rate has a unit of a rate, and nothing else has. (A blank or unknown unit passes.)"""
    is_rate = lookup(tables, "units", "unit", "is_rate", statements["unit"])
    return is_rate.isna() | (is_true(is_rate) == is_word(statements["scope"], "rate"))


def specification_has_a_basis(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A specification has a basis, and nothing else has."""
    return statements["basis"].notna() == is_specification(statements, tables)


def unit_fits_the_aspect(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The unit measures what the aspect speaks of. (A blank or unknown unit passes.)"""
    canonical = lookup(tables, "units", "unit", "canonical_unit", statements["unit"])
    specification = is_specification(statements, tables)
    cells = zip(canonical, statements["aspect"], specification, strict=True)

    def passes(unit: Any, aspect: Any, of_system: bool) -> bool:
        if pd.isna(unit) or not isinstance(aspect, str):
            return True
        if of_system:
            return unit in OF_SPECIFICATIONS.get(aspect, {unit})
        return unit not in MEASURES and (unit not in MONEY or aspect in OF_MONEY)

    return mask((passes(*row) for row in cells), statements)


def metres_are_no_range(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A range in metres is probably meant in kilometres. (Blank passes.)"""
    return ~(is_word(statements["aspect"], "range") & is_word(statements["unit"], "m"))


def specification_is_of_its_size(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A value beyond anything ever built is probably in another unit. (A blank or unknown one passes.)"""
    cells = zip(
        statements["aspect"],
        statements["canonical_unit"],
        statements["low"],
        statements["high"],
        strict=True,
    )

    def passes(aspect: Any, unit: Any, *bounds: Any) -> bool:
        if pd.isna(aspect) or pd.isna(unit) or (aspect, unit) not in SIZES:
            return True
        least, most = SIZES[aspect, unit]
        return all(pd.isna(bound) or least <= bound <= most for bound in bounds)

    return mask((passes(*row) for row in cells), statements)


VALUE_RULES = [
    Rule(
        "value_modifier",
        figure_is_whole,
        allowed="value_text, value_language, value_modifier, pooled, and unit unless qualitative; or none of them",
        fix="fill in what is missing",
    ),
    Rule(
        "value",
        numbers_fit_the_modifier,
        allowed="as many numbers as operands in rules/quantities.csv, above zero, value not above value2",
        fix="correct value, value2 or value_modifier",
    ),
    Rule(
        "value",
        value_is_in_its_words,
        allowed="the number in value_text, times a thousand, million or billion where it says so",
        fix="correct value, value2 or value_text",
    ),
    Rule(
        "value",
        number_is_in_its_english_words,
        allowed="the number in value_text: 4 for four, 12 for a dozen",
        fix="correct value, value2 or value_text",
    ),
    Rule(
        "value_modifier",
        modifier_is_that_of_the_words,
        allowed="the modifier that rules/quantity_words.csv has for those words",
        fix="correct value_modifier",
    ),
    Rule(
        "value_language",
        language_of_words_is_registered,
        allowed="a BCP 47 tag of registered parts: en, fa, zh-Hant, pt-BR",
        fix="look the code up",
    ),
    Rule(
        "value_language",
        words_are_in_letters_of_their_language,
        allowed="the language of value_text",
        fix="correct value_language",
    ),
    Rule(
        "value",
        counts_are_whole,
        allowed="a whole number with a unit that counts",
        fix="write a whole number, or the unit of a measure",
    ),
    Rule("polarity", none_is_negated, allowed="negated with the modifier none", fix="write negated"),
    Rule(
        "scope",
        number_has_a_scope,
        allowed="a scope with value_modifier, blank for specifications",
        fix="say what the number covers, or leave it out",
    ),
    Rule(
        "scope",
        scope_fits_the_stance,
        allowed="planned_total for what is planned, total_to_date for what was",
        fix="correct scope or stance",
    ),
    Rule(
        "unit",
        rate_has_a_unit_of_a_rate,
        allowed="scope rate with a unit per time, or neither",
        fix="choose the unit or the scope that fits",
    ),
    Rule(
        "unit",
        unit_fits_the_aspect,
        allowed="km for ranges, kg for masses, money for prices and payments, counts for what is transferred",
        fix="correct unit or aspect",
    ),
    Rule(
        "basis",
        specification_has_a_basis,
        allowed="basis with the aspects that are specifications",
        fix="fill it in (not_stated where the document does not say), or leave it out",
    ),
    Rule(
        "value",
        specification_is_of_its_size,
        allowed="a size that a drone, missile, aircraft or ship can have",
        fix="check whether value and unit are right",
        is_warning=True,
    ),
    Rule(
        "unit",
        metres_are_no_range,
        allowed="kilometres or miles",
        fix="check whether km is meant",
        is_warning=True,
    ),
]
