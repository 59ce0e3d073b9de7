"""Rule Q3: the bounds a worded number states, by `rules/quantities.csv` and `rules/units.csv`.

Exact decimal arithmetic throughout. Counts are whole and rounded outward; for a measure the one beside N is N itself,
and a fraction of N is no bound, for nobody stated it.
"""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

TERM = re.compile(r"(?P<factor>\d+(?:\.\d+)?)?(?P<operand>[NAB])?(?P<offset>[+-]\d+)?")
Bounds = tuple[float | None, float | None, float | None]
Row = dict[str, Any]


def bounds(
    modifier: Row, value: float | None, value2: float | None, unit: Row, is_maximum: bool, exact: Row
) -> Bounds:
    """(low, point, high) in the unit's canonical unit, None where no bound is stated.

    `modifier` and `exact` are rows of quantities.csv, `unit` of units.csv; `is_maximum` says that the aspect is itself
    a maximum, of which "up to N" states N. ValueError where the operands do not fit the modifier.
    """
    operands = [number for number in (value, value2) if number is not None]
    if len(operands) != modifier["operands"] or (value is None and value2 is not None):
        raise ValueError(
            f"{modifier['modifier']} takes {modifier['operands']} numbers, found {len(operands)}"
        )
    if any(number <= 0 for number in operands):
        raise ValueError("a number of zero or less; none and zero are coded with the modifier none")
    if value is not None and value2 is not None and value > value2:
        raise ValueError(f"value {value:g} is above value2 {value2:g}")
    if is_maximum and modifier["modifier"] == "up_to":
        modifier = exact
    numbers = {"N": value, "A": value, "B": value2}
    return (
        _bound(modifier["low"], numbers, unit, ROUND_FLOOR),
        _bound(modifier["point"], numbers, unit, None),
        _bound(modifier["high"], numbers, unit, ROUND_CEILING),
    )


def parse_term(text: str) -> re.Match[str]:
    """The parts of a term of `rules/quantities.csv`; ValueError where it is none."""
    match = TERM.fullmatch(text)
    if not match or not (match["factor"] or match["operand"]):
        raise ValueError(
            f"{text!r} is no term: a number, or N, A or B with a factor before or an offset behind"
        )
    return match


def _bound(
    text: str | None, numbers: dict[str, float | None], unit: Row, rounding: str | None
) -> float | None:
    if text is None:
        return None
    term = parse_term(text)
    if term["factor"] and term["operand"] and not unit["is_count"]:
        return None
    bound = Decimal(term["factor"] or 1)
    if term["operand"]:
        number = numbers[term["operand"]]
        if number is None:
            raise ValueError(f"{text!r} needs a number that was not given")
        bound *= Decimal(str(number))
    if unit["is_count"]:
        bound += Decimal(term["offset"] or 0)
        bound = bound.to_integral_value(rounding) if rounding else bound
    return float(bound * Decimal(str(unit["factor"])))
