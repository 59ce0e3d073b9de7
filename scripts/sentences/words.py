"""The words that stand for codes, numbers and days in every sentence: of the commands and of the explorer."""

import calendar
import re
from typing import Any

Row = dict[str, Any]

STAGES = {
    "talks": "talks, a request, an offer or another step before a deal",
    "agreed": "an agreement, order or payment",
    "transferred": "a transfer",
}
TRANSFERRED = {
    "services": "a service rendered",
    "licence_technology": "a licence, technology, material or other help with production given",
}
STATUS = {
    "inspected": "an item that was shown or inspected is of the supplier's make, says a named voice that is neither a "
    "party nor a listed adversary of one",
    "acknowledged": "a government that is a party says so, without limits",
    "officials": "two or more governments or international bodies other than the parties say so, or hold it likely",
    "one_official": "one government or international body other than the parties says so, or holds it likely",
    "reported": "an organisation, a person or an unnamed source says so, or holds it likely",
    "party_side": "a party with limits, or somebody of a party's side, says so or holds it likely, and beside them at "
    "most outlets whose source is not described or speakers at second hand",
    "outlet_only": "in this record only outlets whose source is not described, or speakers at second hand, say so"
    "{of_class}, or hold it likely",
    "held_possible": "held possible, and no statement of this record, retellings aside, says that it is so{of_class}",
    "expected": "in this record only foreseen{of_class} (planned, expected, feared, or possible in days to come)",
    "lapsed": "in this record only foreseen{of_class}, for days that have passed",
    "implied": "no statement of this record, retellings aside, says so of this stage{of_class}, but one says that a "
    "later stage happened",
    "no_claim": "no statement of this record, public by then, claims it{of_class}, retellings aside",
}
OF_CLASS = " of the class as such"
SAYS = {
    "asserts": "said so",
    "holds_possible": "held possible",
    "expects": "spoke of it as planned, expected or feared",
    "expects_not": "spoke of it as not planned, not expected or not to be",
    "denies": "denied",
    "says_not": "said that it was not so",
    "doubts": "doubted, saw no sign or could not confirm",
    "declines": "did not say whether it is so",
}
SAYS_LIKELY = "believed, assessed or held likely that it was so"
SAYS_LIKELY_NOT = "believed, assessed or held likely that it was not so"
SAYS_POSSIBLE_AHEAD = "spoke of it as possible in days to come"
DENIES_AHEAD = "denied, of days to come"
REJECTED = {
    "characterisation": "rejected how it is put, and did not say whether it was so",
    "legality_only": "said only that no rule was broken",
}
WORDS_OF_PARTY = {
    "admits": "admitted",
    "denies": "denied",
    "declines": "did not say whether it is so",
}
LIMITS = {
    "purpose_limited": "limited to a purpose",
    "time_limited": "limited in time",
    "system_limited": "limited to some of the systems",
    "quantity_limited": "limited in quantity",
    "actor_limited": "limited to an actor",
    "legality_only": "only that no rule was broken",
    "characterisation": "rejecting how it is put",
    "unclear": "with a limit that is unclear",
    "total": "without limits",
}
KINDS = {
    "government": "",
    "international_body": "",
    "organisation": "",
    "person": "",
    "party_side": "of a party's side",
    "unnamed": "an unnamed source",
    "second_hand": "at second hand",
    "outlet_only": "source not described",
}
GAVE = {
    "asserts": "gave",
    "holds_possible": "held possible",
    "expects": "spoke, as of something planned, expected or feared, of",
}
GAVE_LIKELY = "believed, assessed or held likely"
GAVE_POSSIBLE_AHEAD = "spoke, as of something possible in days to come, of"
SCOPES = {
    "total_to_date": "total to date",
    "window": "within a stated time",
    "batch": "one lot, contract or part",
    "remaining": "still to come",
    "rate": "rate",
    "planned_total": "planned or expected",
}
UNITS = {
    "item": "items",
    "round": "rounds",
    "launcher": "launchers",
    "component": "components",
    "kit": "kits",
    "shipment": "shipments",
    "container": "containers",
    "flight": "flights",
    "voyage": "voyages",
    "person": "people",
    "organisation": "organisations",
    "instance": "instances",
    "item_per_day": "items a day",
    "item_per_month": "items a month",
    "item_per_year": "items a year",
    "m_length": "m",
    "min": "minutes",
    "h": "hours",
    "km_per_h": "km/h",
    "mach": "times the speed of sound",
    "usd": "US dollars",
    "usd_per_item": "US dollars an item",
    "eur": "euros",
    "eur_per_item": "euros an item",
    "rub": "roubles",
    "rub_per_item": "roubles an item",
    "kg_gold": "kg of gold",
    "percent": "per cent",
}
UNITS_BY_ASPECT = {("local_production", "person"): "workers", ("produced", "person"): "workers"}
MODIFIERS = {  # of a number; those that are not here are words that stand without one
    "exact": "",
    "about": "about ",
    "nearly": "nearly ",
    "at_least": "at least ",
    "more_than": "more than ",
    "less_than": "less than ",
    "up_to": "up to ",
}


def plain(code: str | None) -> str:
    """A code that has no label of its own, as words."""
    return (code or "").replace("_", " ")


def listed(parts: list[str]) -> str:
    """a, b and c"""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def stage_words(stage: str, mode: str) -> str:
    """A stage of a transfer of some mode."""
    return TRANSFERRED.get(mode, STAGES[stage]) if stage == "transferred" else STAGES[stage]


def date_words(edtf: str | None) -> str:
    """A day of EDTF in words, days as ISO."""
    if not edtf:
        return ""
    edtf = re.sub(r"([0-9-]+)~", r"about \1", edtf)
    first, slash, last = edtf.partition("/")
    if not slash:
        return first
    if first == "..":
        return f"by {last}"
    return f"from {first}" if last == ".." else f"{first} to {last}"


def event_words(statement: Row) -> str:
    """The days of which a statement speaks.

    A relative word stands beside its reading; an interval, which the coder put together, is marked as a reading.
    """
    if not statement["event"]:
        return ""
    days, rule = date_words(statement["event"]), plain(statement["event_rule"])
    rule = rule.capitalize() if rule.capitalize() in calendar.day_name else rule
    if rule:
        return f"event: {rule}, read here as {days}"
    return f"event: read here as {days}" if "/" in statement["event"] else f"event: {days}"


def unit_words(unit: str | None, aspect: str = "", is_one: bool = False) -> str:
    """A unit behind a number."""
    code = unit or ""
    words = UNITS_BY_ASPECT.get((aspect, code), UNITS.get(code, plain(code)))
    return code if is_one and words == f"{code}s" else words


def number_words(row: Row, unit: str = "unit", modifier: str | None = None) -> str:
    """A number as stated, with its unit; of a number in words ("dozens") only the unit.

    A converted number is rounded to four digits, or from 1,000 on to a whole one: what was stated had no more.

    `row` has low, point, high, a unit in the column `unit`, and an aspect or measure; `modifier` is value_modifier.
    """
    low, point, high = (row[name] for name in ("low", "point", "high"))
    stated = [number for number in (low, point, high) if number is not None]
    units = unit_words(row[unit], row.get("aspect") or row.get("measure") or "", set(stated) == {1})
    numbers = [f"{number:,.15g}" for number in stated]
    exact = numbers
    if row.get("is_converted"):
        numbers = [f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}" for number in stated]
    if modifier in MODIFIERS and numbers:
        words = f"{MODIFIERS[modifier]}{numbers[0]} {units}"
    elif modifier == "between":
        words = f"{numbers[0]} to {numbers[-1]} {units}"
    elif modifier in (None, "qualitative"):
        return ""
    else:
        words = f"{units}, in words only"
        numbers = exact
    if not row.get("is_converted"):
        return words.strip()
    return f"{words.strip()}, converted" + (" and rounded" if numbers != exact else "")
