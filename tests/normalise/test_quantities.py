"""Rule Q3: every modifier's bounds, and that they never fall when the number stated rises."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.build import load_inputs
from scripts.export.tables import frame
from scripts.normalise.quantities import bounds, parse_term
from scripts.normalise.tables import by_key
from scripts.schema.table_schema import load


@pytest.fixture(scope="module")
def rules(invented_template):
    rows, schemas = load_inputs(invented_template).rows, load()
    modifiers, units = (frame(rows[name], schemas[name]) for name in ("quantities", "units"))
    return by_key(modifiers, "modifier"), by_key(units, "unit")


def read(rules, modifier, value=None, value2=None, unit="item", maximum=False):
    modifiers, units = rules
    return bounds(modifiers[modifier], value, value2, units[unit], maximum, modifiers["exact"])


@pytest.mark.parametrize(
    "modifier,numbers,expected",
    [
        ("exact", (450,), (450, 450, 450)),
        ("about", (1000,), (None, 1000, None)),
        ("nearly", (300,), (None, None, 300)),
        ("at_least", (300,), (300, None, None)),
        ("more_than", (300,), (300, None, None)),
        ("less_than", (300,), (None, None, 300)),
        ("up_to", (300,), (None, None, 300)),
        ("between", (300, 700), (300, None, 700)),
    ],
)
def test_bounds_of_counts(rules, modifier, numbers, expected):
    assert read(rules, modifier, *numbers) == expected


def test_every_modifier_of_a_number_is_tested_above(rules):
    tested = {mark for mark in test_bounds_of_counts.pytestmark[0].args[1]}
    assert {modifier for modifier, *_ in tested} == {
        name for name, row in rules[0].items() if row["operands"]
    }


def test_words_without_a_number_state_what_the_rule_table_says(rules):
    """`rules/quantities.csv` decides what "dozens" means: nobody changes a test to change the rule."""
    words = {name: row for name, row in rules[0].items() if not row["operands"]}
    assert {"dozens", "hundreds", "none"} <= set(words)
    for name, row in words.items():
        cells = tuple(None if row[bound] is None else int(row[bound]) for bound in ("low", "point", "high"))
        assert read(rules, name) == cells, name


@pytest.mark.parametrize(
    "modifier,numbers,unit,maximum,expected",
    [
        ("more_than", (300,), "km", False, (300, None, None)),
        ("less_than", (300,), "km", False, (None, None, 300)),
        ("up_to", (2500,), "km", True, (2500, 2500, 2500)),
        ("up_to", (2500,), "km", False, (None, None, 2500)),
        ("up_to", (2500,), "item", True, (2500, 2500, 2500)),
        ("exact", (186,), "mi", False, (299.337984, 299.337984, 299.337984)),
        ("about", (6.5,), "kg", False, (None, 6.5, None)),
        ("nearly", (300,), "km", False, (None, None, 300)),
        ("exact", (1,), "tonne", False, (1000, 1000, 1000)),
    ],
)
def test_measures_are_exact_and_converted(rules, modifier, numbers, unit, maximum, expected):
    assert (
        read(rules, modifier, *numbers, *[None] * (2 - len(numbers)), unit=unit, maximum=maximum) == expected
    )


@pytest.mark.parametrize(
    "modifier,numbers",
    [
        ("exact", ()),
        ("exact", (1, 2)),
        ("between", (1,)),
        ("between", (700, 300)),
        ("few", (3,)),
        ("exact", (0,)),
        ("exact", (-1,)),
        ("none", (0,)),
    ],
)
def test_numbers_that_do_not_fit_are_refused(rules, modifier, numbers):
    with pytest.raises(ValueError):
        read(rules, modifier, *numbers)


@given(st.data())
def test_no_bound_falls_when_the_number_rises(rules, data):
    modifiers, units = rules
    modifier = data.draw(st.sampled_from([name for name, row in modifiers.items() if row["operands"]]))
    unit, maximum = data.draw(st.sampled_from(list(units))), data.draw(st.booleans())
    number = (
        st.integers(1, 10**6)
        if units[unit]["is_count"]
        else st.decimals(Decimal("0.001"), 10**6, places=3).map(float)
    )
    step = data.draw(number)
    first = data.draw(number)
    if modifier == "between":
        second = first + data.draw(number)
        lower, higher = (
            (first, second),
            data.draw(st.sampled_from([(min(first + step, second), second), (first, second + step)])),
        )
    else:
        lower, higher = (first, None), (first + step, None)
    for below, above in zip(
        read(rules, modifier, *lower, unit=unit, maximum=maximum),
        read(rules, modifier, *higher, unit=unit, maximum=maximum),
        strict=True,
    ):
        assert (below is None) == (above is None)
        assert below is None or below <= above


@given(st.data())
def test_low_point_and_high_are_in_order(rules, data):
    modifiers, units = rules
    modifier = data.draw(st.sampled_from(list(modifiers)))
    numbers = sorted(data.draw(st.lists(st.integers(2, 10**6), min_size=2, max_size=2)))
    found = [
        bound
        for bound in read(rules, modifier, *numbers[: modifiers[modifier]["operands"]])
        if bound is not None
    ]
    assert found == sorted(found)
    if modifiers[modifier]["operands"]:
        assert all(bound == int(bound) for bound in found)


@pytest.mark.parametrize("text", ["N*2", "0..8N", "", "B N", "5e-05N"])
def test_a_term_that_is_none_is_a_value_error(text):
    with pytest.raises(ValueError):
        parse_term(text)


def test_an_operand_that_is_not_there_is_a_value_error(rules):
    modifiers, units = rules
    with pytest.raises(ValueError):
        bounds(modifiers["at_least"] | {"low": "B"}, 3, None, units["item"], False, modifiers["exact"])


def test_a_share_bounds_a_count_and_no_measure():
    rule = {"modifier": "x", "operands": 1, "low": "0.5N", "point": None, "high": "2N"}
    count, measure = {"is_count": True, "factor": 1}, {"is_count": False, "factor": 1}
    assert bounds(rule, 100, None, count, False, rule) == (50, None, 200)
    assert bounds(rule, 100, None, measure, False, rule) == (None, None, None)
