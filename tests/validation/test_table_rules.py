"""Each rule of rule tables, quality tables and the package on rows that tell it from its nearest wrong neighbours."""

from datetime import date

import pytest

from scripts.validation import package_rules as package
from scripts.validation import quality_rules as quality
from scripts.validation import rule_table_rules as tables
from tests.alone import verdict

PAGE = "the-herald-2022-11-02-kestrels"
GAZETTE = "the-gazette-2022-11-05-denial"


def named(case: tuple) -> str:
    return case[0].__name__


def unit(canonical: str, factor: float | None = 1, is_count: bool = False, is_rate: bool = False) -> dict:
    return {"canonical_unit": canonical, "factor": factor, "is_count": is_count, "is_rate": is_rate}


UNITS = [
    (tables.canonical_unit_is_its_own, "mi", unit("km", 1.609344), True),
    (tables.canonical_unit_is_its_own, "x", unit("x"), True),
    (tables.canonical_unit_is_its_own, "x", unit("x", 2), False),
    (tables.canonical_unit_is_its_own, "x", unit("mi"), False),
    (tables.canonical_unit_is_its_own, "x", unit("no-such"), False),
    (tables.canonical_unit_is_its_own, "x", unit("x", None), False),
    (tables.canonical_unit_is_of_the_same_sort, "x", unit("km"), True),
    (tables.canonical_unit_is_of_the_same_sort, "x", unit("km", is_count=True), False),
    (tables.canonical_unit_is_of_the_same_sort, "x", unit("km", is_rate=True), False),
    (tables.factor_is_above_zero, "x", unit("x", 0), False),
    (tables.factor_is_above_zero, "x", unit("x", 0.001), True),
    (tables.factor_is_above_zero, "x", unit("x", None), True),
    *(
        (tables.count_is_no_measure, "x", unit(canonical, is_count=is_count, is_rate=is_rate), passes)
        for canonical, is_count, is_rate, passes in [
            ("km", False, False, True),
            ("km", True, False, False),
            ("usd", True, False, False),
            ("min", True, False, False),
            ("min", False, False, True),
            ("percent", False, False, True),
            ("item", True, False, True),
            ("item", False, False, False),
            ("item", False, True, True),
        ]
    ),
    *(
        (tables.rate_is_named_as_one, key, unit("x", is_rate=is_rate), passes)
        for key, is_rate, passes in [
            ("x_per_day", True, True),
            ("x_per_week", True, True),
            ("x_per_month", True, True),
            ("x_per_year", True, True),
            ("x_per_year", False, False),
            ("x_per_item", False, True),
            ("x_per_day_y", True, False),
            ("x", True, False),
        ]
    ),
    (tables.factor_is_that_of_the_standard, "mi", unit("km", 1.6), False),
    (tables.factor_is_that_of_the_standard, "mi", unit("km", None), True),
    (tables.factor_is_that_of_the_standard, "x", unit("km", 1.6), True),
]


@pytest.mark.parametrize("case", UNITS, ids=named)
def test_units(case):
    rule, key, cells, passes = case
    assert verdict(rule, "units", key, cells) is passes


def aspect(**cells) -> dict:
    plain = {"subject": "transfer", "stage": None, "measure": None, "denies_stage": False}
    return plain | {"is_specification": False, "is_maximum": False} | cells


ASPECTS = [
    (tables.specification_feeds_its_own_measure, "x", aspect(is_specification=True, measure="x"), True),
    (tables.specification_feeds_its_own_measure, "x", aspect(is_specification=True, measure="y"), False),
    (tables.specification_feeds_its_own_measure, "x", aspect(measure="y"), True),
    (tables.property_with_a_least_value_is_a_maximum, "min_range", aspect(is_maximum=True), False),
    (tables.property_with_a_least_value_is_a_maximum, "min_range", aspect(), True),
    (tables.property_with_a_least_value_is_a_maximum, "range", aspect(), False),
    (tables.property_with_a_least_value_is_a_maximum, "range", aspect(is_maximum=True), True),
    (tables.property_with_a_least_value_is_a_maximum, "x", aspect(), True),
    (tables.denied_stage_is_there, "x", aspect(denies_stage=True), False),
    (tables.denied_stage_is_there, "x", aspect(denies_stage=True, stage="agreed"), True),
    (tables.denied_stage_is_there, "x", aspect(), True),
    (tables.measure_is_of_one_aspect, "x", aspect(measure="delivered"), False),
    (tables.measure_is_of_one_aspect, "x", aspect(measure="x"), True),
    (tables.measure_is_of_one_aspect, "x", aspect(), True),
    (tables.stage_is_of_a_transfer, "x", aspect(stage="agreed"), True),
    (tables.stage_is_of_a_transfer, "x", aspect(stage="agreed", subject="system"), False),
    (tables.stage_is_of_a_transfer, "x", aspect(subject="system"), True),
    (tables.maximum_is_a_specification, "x", aspect(is_maximum=True), False),
    (tables.maximum_is_a_specification, "x", aspect(is_maximum=True, is_specification=True), True),
    (tables.maximum_is_a_specification, "x", aspect(), True),
]


@pytest.mark.parametrize("case", ASPECTS, ids=named)
def test_aspects(case):
    rule, key, cells, passes = case
    assert verdict(rule, "aspects", key, cells) is passes


@pytest.mark.parametrize(
    "rule,modifier,low,point,high,operands,passes",
    [
        (tables.terms_are_bounds, "x", "N", None, "2N", 1, True),
        (tables.terms_are_bounds, "x", "A", None, None, 1, False),
        (tables.terms_are_bounds, "x", "20", None, None, 0, True),
        (tables.terms_are_bounds, "x", "N", None, None, 0, False),
        (tables.terms_are_bounds, "x", "A", None, "B", 2, True),
        (tables.terms_are_bounds, "x", "N", None, None, 2, False),
        (tables.terms_are_bounds, "x", "N", "A", "B", 3, True),
        (tables.terms_are_bounds, "x", "N*2", None, None, 1, False),
        (tables.terms_are_bounds, "x", None, "A", None, 1, False),
        (tables.terms_are_bounds, "x", None, None, "B", 1, False),
        (tables.bounds_are_in_order, "x", "0.5N", "N", "2N", 1, True),
        (tables.bounds_are_in_order, "x", "2N", "N", None, 1, False),
        (tables.bounds_are_in_order, "x", None, "N", "0.5N", 1, False),
        (tables.bounds_are_in_order, "x", "N+1", None, "N", 1, False),
        (tables.bounds_are_in_order, "x", "N", None, "N+1", 1, True),
        (tables.bounds_are_in_order, "x", "N-1", None, "N", 1, True),
        (tables.bounds_are_in_order, "x", "B", None, "A", 2, False),
        (tables.bounds_are_in_order, "x", "A", None, "B", 2, True),
        (tables.bounds_are_in_order, "x", "101", None, "N", 1, False),
        (tables.bounds_are_in_order, "x", "100", None, "N", 1, True),
        (tables.bounds_are_in_order, "x", "2A", None, "B", 2, True),
        (tables.exact_is_the_number_itself, "exact", "N", "N", "N", 1, True),
        (tables.exact_is_the_number_itself, "exact", None, "N", "N", 1, False),
        (tables.exact_is_the_number_itself, "exact", "N", None, "N", 1, False),
        (tables.exact_is_the_number_itself, "exact", "N", "N", "2N", 1, False),
        (tables.exact_is_the_number_itself, "x", "N", None, None, 1, True),
    ],
)
def test_quantities(rule, modifier, low, point, high, operands, passes):
    cells = {"low": low, "point": point, "high": high, "operands": operands}
    assert verdict(rule, "quantities", modifier, cells) is passes


@pytest.mark.parametrize(
    "rule,modifier,word,passes",
    [
        (tables.no_phrase_is_exact, "exact", "exactly N", False),
        (tables.no_phrase_is_exact, "about", "about N", True),
        (tables.words_lead_to_a_modifier, "about", "about N", True),
        (tables.words_lead_to_a_modifier, "dozens", "dozens", True),
        (tables.words_lead_to_a_modifier, "dozens", "N dozens", False),
        (tables.words_lead_to_a_modifier, "dozens", "dozeNs", True),
        (tables.words_lead_to_a_modifier, "no-such", "N dozens", True),
        (tables.words_lead_to_a_modifier, "dozens", None, True),
    ],
)
def test_words_of_quantities(rule, modifier, word, passes):
    cells = {"modifier": modifier, "word": word}
    assert verdict(rule, "quantity_words", "", cells, quantity_words=[]) is passes


@pytest.mark.parametrize(
    "rule,key,starts,ends,reference,passes",
    [
        (tables.terms_are_days, "x", "day", "day", "said", True),
        (tables.terms_are_days, "x", "day", "day-1d", "said", False),
        (tables.terms_are_days, "x", "open", "day", "said", True),
        (tables.terms_are_days, "x", "day", "open", "said", True),
        (tables.terms_are_days, "x", "open", "open", "said", False),
        (tables.terms_are_days, "x", "day-3660d", "day", "said", True),
        (tables.terms_are_days, "x", "day-3661d", "day", "said", False),
        (tables.terms_are_days, "x", "day", "day+3661d", "said", False),
        (tables.terms_are_days, "x", "someday", "day", "said", False),
        (tables.terms_are_days, "x", None, "someday", "said", True),
        (tables.terms_are_days, "x", "someday", None, "said", True),
        (tables.weekday_counts_from_publication, "x", "monday", "day", "publication", True),
        (tables.weekday_counts_from_publication, "x", "monday", "day", "said", False),
        (tables.weekday_counts_from_publication, "x", "day", "sunday", "said", False),
        (tables.weekday_counts_from_publication, "x", "day", "day", "said", True),
        (tables.weekday_is_its_own, "monday", "monday", "monday", "publication", True),
        (tables.weekday_is_its_own, "monday", "tuesday", "monday", "publication", False),
        (tables.weekday_is_its_own, "monday", "monday", "tuesday", "publication", False),
        (tables.weekday_is_its_own, "x", "monday", "tuesday", "publication", True),
    ],
)
def test_words_of_dates(rule, key, starts, ends, reference, passes):
    cells = {"starts": starts, "ends": ends, "reference": reference}
    assert verdict(rule, "dates", key, cells) is passes


def listing(party: str | None, adversary: str | None, first: date | None, last: date | None = None) -> dict:
    return {"party": party, "adversary": adversary, "listed_from": first, "listed_to": last}


JANUARY, FEBRUARY, MARCH = (date(2022, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    "rule,cells,passes",
    [
        (tables.party_is_a_country, listing("RUS", "UKR", JANUARY), True),
        (tables.party_is_a_country, listing("RUS", "european-union", JANUARY), True),
        (tables.party_is_a_country, listing("RUS", "no-such", JANUARY), False),
        (tables.party_is_a_country, listing("iran", "UKR", JANUARY), False),
        (tables.party_is_a_country, listing("RUS", "RUS", JANUARY), False),
        (tables.party_is_a_country, listing(None, "no-such", JANUARY), True),
        (tables.party_is_a_country, listing("no-such", None, JANUARY), True),
        (tables.alignment_ends_after_it_begins, listing("RUS", "UKR", JANUARY, JANUARY), True),
        (tables.alignment_ends_after_it_begins, listing("RUS", "UKR", FEBRUARY, JANUARY), False),
        (tables.alignments_do_not_overlap, listing("RUS", "USA", MARCH), True),
        (tables.alignments_do_not_overlap, listing("IRN", "UKR", FEBRUARY), True),
        (tables.alignments_do_not_overlap, listing("RUS", "UKR", MARCH), True),
        (tables.alignments_do_not_overlap, listing("RUS", "UKR", FEBRUARY), False),
        (tables.alignments_do_not_overlap, listing("RUS", "UKR", date(2022, 1, 15)), False),
        (tables.alignments_do_not_overlap, listing("RUS", "UKR", date(2021, 1, 1)), True),
        (tables.alignments_do_not_overlap, listing("RUS", "UKR", None), True),
    ],
)
def test_alignments(rule, cells, passes):
    before = [listing("RUS", "UKR", JANUARY, FEBRUARY)]
    assert verdict(rule, "alignments", "", cells, alignments=before) is passes


def test_a_listing_without_an_end_lasts():
    rule, before = tables.alignments_do_not_overlap, [listing("RUS", "UKR", JANUARY)]
    assert not verdict(rule, "alignments", "", listing("RUS", "UKR", MARCH), alignments=before)
    before = [listing("RUS", "UKR", None)]
    assert verdict(rule, "alignments", "", listing("RUS", "UKR", MARCH), alignments=before)


FIRST = {"compared_with": "1.0.0", "source_id": PAGE, "statement_id": f"{PAGE}.02", "speaker_id": "old-one"}
SECOND = {**FIRST, "recoding_id": "r-2"}
CODINGS = [
    (quality.coding_is_paired_once, {"statement_id": f"{PAGE}.03"}, True),
    (quality.coding_is_paired_once, {}, False),
    (quality.coding_is_paired_once, {"compared_with": "2.0.0"}, True),
    (quality.coding_is_paired_once, {"statement_id": f"{GAZETTE}.03"}, False),
    (quality.coding_is_paired_once, {"statement_id": None}, True),
    (quality.coding_is_of_a_statement_coded_first, {}, True),
    (quality.coding_is_of_a_statement_coded_first, {"statement_id": f"{PAGE}.03"}, False),
    (quality.coding_is_of_a_statement_coded_first, {"compared_with": "2.0.0"}, False),
    (quality.coding_is_of_a_statement_coded_first, {"statement_id": None}, True),
    (quality.coding_is_of_an_earlier_release, {"compared_with": "1.2.3"}, True),
    (quality.coding_is_of_an_earlier_release, {"compared_with": "1.2.4"}, False),
    (quality.coding_is_of_an_earlier_release, {"compared_with": "1"}, False),
    (quality.coding_is_of_an_earlier_release, {"compared_with": None}, True),
    *(
        (rule, {column: word}, passes)
        for rule, column, known in [
            (quality.speaker_is_known, "speaker_id", "pat-ryder"),
            (quality.state_or_body_is_known, "speaks_for_id", "iran"),
            (quality.outlet_is_known, "via_id", "the-wire"),
            (quality.transfer_is_known, "transfer_id", "irn-rus-uavs"),
            (quality.system_is_known, "system_id", "uavs"),
            (quality.aspect_is_known, "aspect", "delivery"),
            (quality.modifier_is_known, "value_modifier", "about"),
            (quality.unit_is_known, "unit", "item"),
        ]
        for word, passes in [(known, True), (None, True), ("gone", True), ("no-such", False)]
    ),
    (quality.speaker_is_known, {"speaker_id": "old-one"}, True),
]


@pytest.mark.parametrize("case", CODINGS, ids=named)
def test_second_codings(case):
    rule, cells, passes = case
    others = {
        "first_codings": [FIRST],
        "second_codings": [SECOND | {"recoding_id": "r-1"}],
        "retired_ids": [{"retired_id": "gone"}],
        "package": [{"version": "1.2.3-dev"}],
    }
    assert verdict(rule, "second_codings", "", SECOND | cells, **others) is passes


def test_without_a_version_any_release_may_have_been_compared():
    rule, cells = quality.coding_is_of_an_earlier_release, SECOND | {"compared_with": "9.0.0"}
    assert verdict(rule, "second_codings", "", cells, second_codings=[], package=[])


DIFFER = {
    "kind": "differ",
    "source_id": PAGE,
    "statement_id": f"{PAGE}.02",
    "recoding_id": "r-1",
    "variable": "speaker_id",
    "first": "old-one",
    "second": "new-one",
}
FINDINGS = [
    (quality.finding_is_of_its_document, {}, True),
    (quality.finding_is_of_its_document, {"statement_id": f"{GAZETTE}.02"}, False),
    (quality.finding_is_of_its_document, {"statement_id": None}, True),
    (quality.finding_is_of_its_document, {"source_id": GAZETTE, "statement_id": None}, False),
    (
        quality.finding_is_of_its_document,
        {"source_id": GAZETTE, "statement_id": None, "recoding_id": "no-such"},
        True,
    ),
    (quality.finding_is_of_a_variable, {}, True),
    (quality.finding_is_of_a_variable, {"variable": "subject"}, True),
    (quality.finding_is_of_a_variable, {"variable": "rows"}, True),
    (quality.finding_is_of_a_variable, {"variable": None}, True),
    (quality.finding_is_of_a_variable, {"variable": "no_such"}, False),
    (quality.first_coding_is_quoted, {}, True),
    (quality.first_coding_is_quoted, {"first": "new-one"}, False),
    (quality.first_coding_is_quoted, {"first": "new-one", "kind": "corrected"}, True),
    (quality.first_coding_is_quoted, {"first": "new-one", "statement_id": f"{PAGE}.03"}, True),
    (quality.first_coding_is_quoted, {"first": "new-one", "recoding_id": "no-such"}, True),
    (quality.first_coding_is_quoted, {"first": "new-one", "variable": "rows"}, True),
    (quality.first_coding_is_quoted, {"variable": "value", "first": "450"}, True),
    (quality.first_coding_is_quoted, {"variable": "pooled", "first": "false"}, True),
    (quality.first_coding_is_quoted, {"variable": "unit", "first": None}, True),
    (quality.second_coding_is_quoted, {}, True),
    (quality.second_coding_is_quoted, {"second": "old-one"}, False),
    (quality.second_coding_is_quoted, {"second": "old-one", "kind": "corrected"}, True),
    (quality.second_coding_is_quoted, {"second": "old-one", "recoding_id": "no-such"}, True),
    *(
        (
            quality.finding_names_its_rows,
            {
                "kind": kind,
                "statement_id": f"{PAGE}.02" if statement else None,
                "recoding_id": "r-1" if coding else None,
                "variable": "aspect" if variable else None,
            },
            passes,
        )
        for kind, statement, coding, variable, passes in [
            ("differ", 1, 1, 1, True),
            ("differ", 0, 1, 1, False),
            ("differ", 1, 0, 1, False),
            ("differ", 1, 1, 0, False),
            ("only_first", 1, 0, 0, True),
            ("only_first", 1, 1, 0, False),
            ("only_first", 0, 0, 0, False),
            ("missed", 1, 0, 0, True),
            ("missed", 1, 0, 1, False),
            ("corrected", 1, 0, 1, True),
            ("corrected", 1, 1, 1, True),
            ("corrected", 1, 1, 0, False),
            ("only_second", 0, 1, 0, True),
            ("only_second", 1, 1, 0, True),
            ("only_second", 0, 0, 0, False),
            ("only_second", 0, 1, 1, False),
            ("no_such", 0, 0, 0, True),
        ]
    ),
    (quality.finding_is_of_a_statement, {}, True),
    (quality.finding_is_of_a_statement, {"statement_id": "no-such.01"}, False),
    (quality.finding_is_of_a_statement, {"statement_id": None}, True),
    (quality.finding_is_of_a_statement, {"statement_id": "gone"}, True),
    (quality.finding_is_of_a_statement, {"statement_id": f"{PAGE}.98"}, True),
    (quality.finding_is_of_a_statement, {"statement_id": f"{PAGE}.99"}, True),
]


@pytest.mark.parametrize("case", FINDINGS, ids=named)
def test_findings(case):
    rule, cells, passes = case
    first = FIRST | {"value": 450.0, "pooled": False, "unit": None}
    others = {
        "first_codings": [first, FIRST | {"statement_id": f"{PAGE}.98"}],
        "second_codings": [
            SECOND | {"recoding_id": "r-1", "speaker_id": "new-one"},
            SECOND | {"recoding_id": "r-9", "statement_id": f"{PAGE}.99"},
        ],
        "retired_ids": [{"retired_id": "gone"}],
    }
    assert verdict(rule, "adjudications", "", DIFFER | cells, adjudications=[], **others) is passes


def search(number: int | None, day: date | None, pages: int | None = 8, coded: int | None = 1) -> dict:
    return {"search": number, "searched_on": day, "n_pages": pages, "n_coded": coded}


BEGUN, NEXT = date(2026, 11, 1), date(2026, 11, 2)


@pytest.mark.parametrize(
    "rule,cells,passes",
    [
        (quality.search_is_made_by_now, search(9, date(2099, 1, 1)), False),
        (quality.search_is_made_by_now, search(9, None), True),
        (quality.search_is_made_for_this_record, search(9, BEGUN), True),
        (quality.search_is_made_for_this_record, search(9, date(2026, 10, 31)), False),
        (quality.searches_are_in_order, search(9, NEXT), True),
        (quality.searches_are_in_order, search(9, BEGUN), False),
        (quality.searches_are_in_order, search(3, BEGUN), True),
        (quality.searches_are_in_order, search(1, date(2026, 10, 31)), True),
        (quality.searches_are_in_order, search(9, None), True),
        (quality.search_codes_no_more_than_it_found, search(9, NEXT, 8, 8), True),
        (quality.search_codes_no_more_than_it_found, search(9, NEXT, 8, 9), False),
        (quality.search_codes_no_more_than_it_found, search(9, NEXT, None, 9), True),
    ],
)
def test_searches(rule, cells, passes):
    before = [search(2, BEGUN), search(5, NEXT), search(6, None)]
    assert verdict(rule, "search_log", "", cells, search_log=before) is passes


@pytest.mark.parametrize(
    "rule,found,day,source,passes",
    [
        (quality.event_day_is_edtf, "no", "2022-13", None, False),
        (quality.event_day_is_edtf, "no", "2022-11", None, True),
        (quality.event_day_is_edtf, "no", None, None, True),
        (quality.found_event_has_a_statement, "yes", "2022", PAGE, True),
        (quality.found_event_has_a_statement, "yes", "2022", "the-wire-2022-11-01-report", False),
        (quality.found_event_has_a_statement, "other_date", "2022", None, True),
        (quality.only_a_found_event_has_a_source, "no", "2022", PAGE, False),
        (quality.only_a_found_event_has_a_source, "no", "2022", None, True),
        (quality.only_a_found_event_has_a_source, "yes", "2022", PAGE, True),
        (quality.found_event_is_near_its_source, "yes", "2022-08-02", PAGE, True),
        (quality.found_event_is_near_its_source, "yes", "2022-08-01", PAGE, False),
        (quality.found_event_is_near_its_source, "yes", "2023-02-02", PAGE, True),
        (quality.found_event_is_near_its_source, "yes", "2023-02-03", PAGE, False),
        (quality.found_event_is_near_its_source, "other_date", "2022-08-01", PAGE, True),
        (quality.found_event_is_near_its_source, "yes", None, PAGE, True),
        (quality.found_event_is_near_its_source, "yes", "2022-08-01", None, True),
        (quality.found_event_is_near_its_source, "yes", "2022-08-01/..", PAGE, True),
        (quality.found_event_is_near_its_source, "yes", "../2023-02-03", PAGE, True),
    ],
)
def test_reference_events(rule, found, day, source, passes):
    cells = {"found": found, "date": day, "source_id": source}
    assert verdict(rule, "reference_events", "", cells, reference_events=[]) is passes


def test_a_claim_of_the_stress_test_is_coded_under_every_condition():
    rule = quality.stress_item_is_coded_under_every_condition
    whole = [{"statement_id": f"{PAGE}.02", "condition": name} for name in quality.CONDITIONS]
    assert verdict(rule, "stress_codings", "", whole[-1], stress_codings=whole[:-1])
    for left_out in range(1, len(whole) - 1):
        rest = whole[:left_out] + whole[left_out + 1 : -1]
        assert not verdict(rule, "stress_codings", "", whole[-1], stress_codings=rest)
    assert verdict(rule, "stress_codings", "", {"statement_id": None}, stress_codings=[])


@pytest.mark.parametrize(
    "source,statement,passes",
    [
        (PAGE, f"{PAGE}.02", True),
        (GAZETTE, f"{PAGE}.02", False),
        (PAGE, f"{PAGE}.99", False),
        (PAGE, f"{PAGE}.98", True),
        (None, f"{PAGE}.99", True),
        (PAGE, None, True),
    ],
)
def test_a_claim_of_the_stress_test_is_a_statement(source, statement, passes):
    cells = {"source_id": source, "statement_id": statement}
    others = {"retired_ids": [{"retired_id": f"{PAGE}.98"}]}
    assert (
        verdict(quality.stress_item_is_a_statement, "stress_codings", "", cells, stress_codings=[], **others)
        is passes
    )


def reason(**cells) -> dict:
    return {"table": "statements", "column": "stance", "row_id": f"{PAGE}.02", "source_id": None} | cells


@pytest.mark.parametrize(
    "rule,cells,passes",
    [
        (package.reason_names_a_table, {}, True),
        (package.reason_names_a_table, {"table": "claims_flat"}, True),
        (package.reason_names_a_table, {"table": "package"}, False),
        (package.reason_names_a_table, {"table": "reasons"}, False),
        (package.reason_names_a_table, {"table": "no_such"}, False),
        (package.reason_names_a_table, {"table": "no_such", "row_id": "*"}, True),
        (package.reason_names_a_table, {"table": "no_such", "row_id": None}, False),
        (package.reason_names_a_column, {}, True),
        (package.reason_names_a_column, {"column": "no_such"}, False),
        (package.reason_names_a_column, {"column": None}, True),
        (package.reason_names_a_column, {"column": "no_such", "row_id": "*"}, True),
        (package.reason_names_a_column, {"column": "no_such", "table": "no_such"}, True),
        (package.reason_names_a_row, {}, True),
        (package.reason_names_a_row, {"row_id": "no-such"}, False),
        (package.reason_names_a_row, {"row_id": "gone"}, True),
        (package.reason_names_a_row, {"row_id": None}, True),
        (package.reason_names_a_row, {"row_id": "*"}, True),
        (package.reason_names_a_row, {"row_id": "no-such", "table": "aspects"}, True),
        *(
            (package.reason_names_a_row, {"table": table, "row_id": row}, passes)
            for table, key in [
                ("sources", PAGE),
                ("actors", "iran"),
                ("systems", "uavs"),
                ("transfers", "irn-rus-uavs"),
                ("exhibits", "wing-of-kharkiv"),
            ]
            for row, passes in [(key, True), ("no-such", False)]
        ),
        (package.reason_names_a_source, {}, True),
        (package.reason_names_a_source, {"source_id": PAGE}, True),
        (package.reason_names_a_source, {"source_id": "no-such"}, False),
    ],
)
def test_reasons(rule, cells, passes):
    others = {"retired_ids": [{"retired_id": "gone"}]}
    assert verdict(rule, "reasons", "", reason(**cells), reasons=[], **others) is passes


@pytest.mark.parametrize(
    "day,passes",
    [
        (date(2027, 11, 23), True),
        (date(2027, 11, 24), False),
        (date(2025, 11, 21), True),
        (date(2025, 11, 20), False),
        (None, True),
    ],
)
def test_the_package_is_dated_near_the_last_reading_or_search(day, passes):
    """The last reading and the last search of the invented project are of 22 November 2026."""
    rule = package.package_is_dated_near_its_records
    assert verdict(rule, "package", "", {"date": day}, package=[]) is passes
