"""Each rule of statements on rows that tell it from its nearest wrong neighbours: every word of it, every blank."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from scripts.validation import statement_content as content
from scripts.validation import statement_dates as dates
from scripts.validation import statement_speakers as speakers
from scripts.validation import statement_values as values
from tests.alone import verdict
from tests.invented import OFFICIAL

PAGE, OTHER = "the-herald-2022-11-02-kestrels", "the-gazette-2022-11-05-denial"
WIRE, REPRINT = "the-wire-2022-11-01-report", "the-wire-2022-11-06-reprint"
ROW = f"{PAGE}.02"  # the Pentagon's spokesman asserts the delivery of 450 Shahed-136
DAY = date(2022, 11, 2)  # of its page
IRAN = {"speaker_id": "ali-kestrel", "speaks_for_id": "iran"}
NO_NUMBER = dict.fromkeys(
    ("value_text", "value_language", "value_modifier", "value", "value2", "unit", "scope", "pooled")
)
OF_SHAHED = {"transfer_id": None, "system_id": "shahed-136"}
RANGE = {
    **OF_SHAHED,
    "aspect": "range",
    "unit": "km",
    "canonical_unit": "km",
    "scope": None,
    "basis": "assessed",
}
SHOWN = {"exhibit_id": "wing-of-kharkiv", "evidence": "physical_shown"}
UNDESCRIBED = {"anonymity": "anonymous_undescribed", "authority": "none", "speaks_for_id": None}
UNDISCLOSED = {**UNDESCRIBED, "speaker_id": "the-herald-undisclosed", "attribution": "own_voice"}
GROUP = {"speaker_id": OFFICIAL, "anonymity": "anonymous_described", "authority": "individual_official"}
WITHDRAWAL = {**NO_NUMBER, "stance": "withdraw", "targets_statement_id": f"{PAGE}.06"}
NEGATED = {"polarity": "negated", "limits": "total"}
DENIAL = {**IRAN, "stance": "deny", "limits": "total"}


def check(rule, passes, cells, others=None, row=ROW):
    assert verdict(rule, "statements", row, cells, **(others or {})) is passes


def of_kind(kind: str, authority: str) -> tuple[dict, dict]:
    """The row spoken with this authority by an actor of this kind."""
    return {"authority": authority}, {"actors": {"pat-ryder": {"kind": kind}}}


CONTENT = [
    (content.is_party, False, {}),
    (content.is_party, True, IRAN),
    (content.is_party, True, IRAN | {"speaks_for_id": None, "authority": "official_capacity"}),
    (content.is_party, True, IRAN | {"speaks_for_id": None, "authority": "individual_official"}),
    (content.is_party, False, IRAN | {"authority": "former_official"}),
    (content.is_party, True, {"speaks_for_id": "russia"}),
    (content.is_party, True, {"speaker_id": "russia", "speaks_for_id": None}),
    (content.is_party, False, {"speaks_for_id": "ukraine"}),
    (content.is_party, False, IRAN | {"transfer_id": None}),
    *(
        (
            content.is_party,
            True,
            {"speaker_id": "the-wire", "speaks_for_id": None, "authority": "none"},
            {"transfers": {"irn-rus-shahed-136": {f"{side}_actor_id": "the-wire"}}},
        )
        for side in ("supplier", "recipient")
    ),
    (content.is_specification, False, {}),
    (content.is_specification, True, {"aspect": "range"}),
    (content.is_specification, False, {"aspect": "no_such"}),
    (content.single_subject, True, {}),
    (content.single_subject, True, OF_SHAHED),
    (content.single_subject, False, {"transfer_id": None}),
    (content.single_subject, False, {"system_id": "shahed-136"}),
    (content.aspect_fits_subject, True, {}),
    (content.aspect_fits_subject, True, {"aspect": "no_such"}),
    (content.aspect_fits_subject, True, {"aspect": "sanction"}),
    (content.aspect_fits_subject, True, OF_SHAHED | {"aspect": "sanction"}),
    (content.aspect_fits_subject, True, OF_SHAHED | {"aspect": "use"}),
    (content.aspect_fits_subject, False, {"aspect": "use"}),
    (content.aspect_fits_subject, False, OF_SHAHED),
    (content.licence_is_of_a_licence, True, {}),
    (content.licence_is_of_a_licence, False, {"aspect": "licence_or_technology"}),
    (content.licence_is_of_a_licence, False, OF_SHAHED | {"aspect": "licence_or_technology"}),
    (
        content.licence_is_of_a_licence,
        True,
        {"aspect": "licence_or_technology", "transfer_id": "irn-rus-uav-licence"},
    ),
    (content.source_was_read, True, {}),
    (content.source_was_read, False, {"source_id": WIRE}),
    (content.one_row_per_scope, True, {}),
    (content.presupposed_without_explicit, True, {"explicitness": "presupposed"}),
    (content.presupposed_without_explicit, False, {"aspect": "shipment", "explicitness": "presupposed"}),
    (
        content.presupposed_without_explicit,
        True,
        {"aspect": "shipment", "explicitness": "presupposed"},
        {"statements": {f"{PAGE}.07": {"explicitness": "presupposed"}}},
    ),
    (
        content.presupposed_without_explicit,
        True,
        {"aspect": "shipment", "explicitness": "presupposed", "speaker_id": "ali-kestrel"},
    ),
    (
        content.presupposed_without_explicit,
        False,
        {"explicitness": "presupposed", "aspect": "range", "transfer_id": None, "system_id": "fateh-110"},
    ),
    (content.anchor_has_one_length, False, {"anchor_sha256": f"{1:064x}"}),
    (content.anchor_has_one_length, True, {"anchor_sha256": f"{1:064x}", "anchor_chars": 41}),
    (content.anchor_has_one_length, True, {"anchor_sha256": f"{1:064x}", "anchor_chars": None}),
    (content.anchor_has_one_length, True, {"anchor_sha256": None}),
    (content.limits_where_needed, True, {}),
    (content.limits_where_needed, False, {"limits": "total"}),
    (content.limits_where_needed, True, NEGATED),
    (content.limits_where_needed, False, {"polarity": "negated"}),
    (content.limits_where_needed, False, NEGATED | {"stance": "project"}),
    (content.limits_where_needed, True, {"polarity": "negated", "stance": "project"}),
    (content.limits_where_needed, True, IRAN | {"limits": "total"}),
    (content.limits_where_needed, False, IRAN),
    (content.limits_where_needed, False, IRAN | {"stance": "project", "limits": "total"}),
    (content.limits_where_needed, True, DENIAL),
    (content.limits_where_needed, True, {"stance": "deny", "limits": "total"}),
    (content.limits_where_needed, False, {"stance": "deny"}),
    (content.only_a_class_is_limited_to_systems, False, {"limits": "system_limited"}),
    (content.only_a_class_is_limited_to_systems, True, {"limits": "total"}),
    (
        content.only_a_class_is_limited_to_systems,
        True,
        {"limits": "system_limited", "transfer_id": "irn-rus-uavs"},
    ),
    (content.only_a_class_is_limited_to_systems, False, OF_SHAHED | {"limits": "system_limited"}),
    (
        content.only_a_class_is_limited_to_systems,
        True,
        {"transfer_id": None, "system_id": "uavs", "limits": "system_limited"},
    ),
    (content.only_a_party_denies, True, {}),
    (content.only_a_party_denies, True, DENIAL),
    (content.only_a_party_denies, False, {"stance": "deny"}),
    (content.only_a_party_denies, True, OF_SHAHED | {"stance": "deny"}),
    (content.only_a_party_denies, True, {"stance": "deny"}, {"actors": {"pat-ryder": {"kind": "company"}}}),
    (content.negative_of_a_party_is_a_denial, False, IRAN | NEGATED),
    (content.negative_of_a_party_is_a_denial, True, IRAN | NEGATED | {"stance": "project"}),
    (content.negative_of_a_party_is_a_denial, True, IRAN),
    (content.negative_of_a_party_is_a_denial, True, NEGATED),
    (content.withdrawal_names_own_statement, True, WITHDRAWAL),
    (content.withdrawal_names_own_statement, False, WITHDRAWAL | {"value_modifier": "few"}),
    (content.withdrawal_names_own_statement, False, WITHDRAWAL | {"targets_statement_id": ROW}),
    (content.withdrawal_names_own_statement, False, WITHDRAWAL | {"targets_statement_id": f"{PAGE}.05"}),
    (content.withdrawal_names_own_statement, False, WITHDRAWAL | {"targets_statement_id": None}),
    (content.withdrawal_names_own_statement, True, {}),
    *(
        (
            content.target_is_withdrawn_denied_or_doubted,
            passes,
            {"targets_statement_id": f"{PAGE}.06", "stance": stance, "polarity": polarity},
        )
        for stance, polarity, passes in [
            ("withdraw", "affirmed", True),
            ("deny", "affirmed", True),
            ("doubt", "affirmed", True),
            ("assert", "negated", True),
            ("assert", "affirmed", False),
            ("project", "negated", False),
        ]
    ),
    (
        content.target_is_withdrawn_denied_or_doubted,
        False,
        {"targets_statement_id": ROW, "stance": "withdraw"},
    ),
    (content.target_is_withdrawn_denied_or_doubted, True, {}),
    (content.refusal_has_no_number, False, {"stance": "decline"}),
    (content.refusal_has_no_number, True, NO_NUMBER | {"stance": "decline"}),
    (content.refusal_has_no_number, True, {}),
    (content.denial_is_of_something_affirmed, True, DENIAL),
    (content.denial_is_of_something_affirmed, False, DENIAL | {"polarity": "negated"}),
    (content.denial_is_of_something_affirmed, True, NEGATED),
    (content.exhibit_is_of_the_category, True, {}),
    (content.exhibit_is_of_the_category, True, SHOWN),
    (content.exhibit_is_of_the_category, False, SHOWN | {"transfer_id": "irn-rus-missiles"}),
    (content.exhibit_is_of_the_category, False, SHOWN | {"transfer_id": None, "system_id": "fateh-110"}),
    (content.exhibit_is_of_the_category, True, SHOWN | OF_SHAHED),
    (content.exhibit_is_of_the_category, True, SHOWN | {"transfer_id": None, "system_id": None}),
    (content.exhibit_is_of_the_category, True, SHOWN | {"transfer_id": None, "system_id": "arms"}),
    (
        content.exhibit_is_of_the_category,
        True,
        SHOWN | {"transfer_id": "irn-rus-missiles"},
        {"exhibits": {"wing-of-kharkiv": {"system_id": "arms"}}},
    ),
    (content.exhibit_is_of_a_related_system, True, {}),
    (content.exhibit_is_of_a_related_system, True, SHOWN),
    (content.exhibit_is_of_a_related_system, True, SHOWN | {"transfer_id": "irn-rus-uavs"}),
    (content.exhibit_is_of_a_related_system, True, SHOWN | {"transfer_id": None, "system_id": "geran-2"}),
    (content.exhibit_is_of_a_related_system, False, SHOWN | {"transfer_id": None, "system_id": "fateh-110"}),
    (
        content.exhibit_is_of_a_related_system,
        True,
        SHOWN | {"transfer_id": None, "system_id": "fateh-110"},
        {"systems": {"fateh-110": {"family": "one"}, "shahed-136": {"family": "one"}}},
    ),
    *(
        (rule, passes, SHOWN, {"exhibits": {"wing-of-kharkiv": {column: day}}})
        for rule, column in [
            (content.exhibit_was_found_by_then, "found"),
            (content.exhibit_was_shown_by_then, "shown"),
        ]
        for day, passes in [
            ("2022-11-02", True),
            ("2022-11", True),
            ("2022-11-03", False),
            ("../2023", True),
            ("x", True),
            (None, True),
        ]
    ),
    (content.exhibit_was_found_by_then, True, {}),
    (content.exhibit_was_found_by_then, True, {"exhibit_id": "no-such"}),
    (content.exhibit_was_found_by_then, True, SHOWN, {"sources": {PAGE: {"published_max": None}}}),
    (content.exhibit_goes_with_evidence, True, {}),
    (content.exhibit_goes_with_evidence, True, SHOWN),
    (content.exhibit_goes_with_evidence, False, SHOWN | {"evidence": "none_shown"}),
]


@pytest.mark.parametrize("case", CONTENT, ids=lambda case: case[0].__name__)
def test_content(case):
    check(*case)


STATED = {"said_basis": "stated"}
TO_WIRE = {"original_source_id": WIRE, "said_min": DAY}
DATES = [
    (dates.utterance_is_dated_as_its_basis_says, True, {}),
    (dates.utterance_is_dated_as_its_basis_says, False, {"said_stated": "2022-11-01"}),
    (dates.utterance_is_dated_as_its_basis_says, False, {"said_rule": "today"}),
    (dates.utterance_is_dated_as_its_basis_says, False, STATED),
    (dates.utterance_is_dated_as_its_basis_says, True, STATED | {"said_stated": "2022-11-01"}),
    (dates.utterance_is_dated_as_its_basis_says, False, STATED | {"said_stated": "2022-13"}),
    (dates.utterance_is_dated_as_its_basis_says, True, STATED | {"said_rule": "today"}),
    (dates.utterance_is_dated_as_its_basis_says, True, STATED | {"said_rule": "no_such"}),
    (dates.utterance_is_dated_as_its_basis_says, False, STATED | {"said_rule": "early_in_month"}),
    (
        dates.utterance_is_dated_as_its_basis_says,
        True,
        STATED | {"said_rule": "early_in_month", "said_stated": "2022-10"},
    ),
    (
        dates.utterance_is_dated_as_its_basis_says,
        False,
        STATED | {"said_rule": "today", "said_stated": "2022-10"},
    ),
    (dates.utterance_is_dated_as_its_basis_says, True, {"said_basis": None}),
    (dates.utterance_is_dated_as_its_basis_says, True, {"said_basis": None, "said_stated": "2022-11-01"}),
    (
        dates.utterance_is_dated_as_its_basis_says,
        True,
        STATED | {"said_stated": "2022-13"},
        {"sources": {PAGE: {"published": None, "published_max": None}}},
    ),
    (dates.event_is_dated_by_edtf_or_rule, True, {}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_stated": "2022-11"}),
    (dates.event_is_dated_by_edtf_or_rule, False, {"event_stated": "2022-13"}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_rule": "last_month"}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_rule": "monday"}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_rule": "no_such"}),
    (dates.event_is_dated_by_edtf_or_rule, False, {"event_rule": "early_in_month"}),
    (dates.event_is_dated_by_edtf_or_rule, False, {"event_rule": "last_month", "event_stated": "2022-10"}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_rule": "early_in_month", "event_stated": "2022-10"}),
    (dates.event_is_dated_by_edtf_or_rule, True, {"event_stated": "2022-13", "said": None}),
    (
        dates.event_is_dated_by_edtf_or_rule,
        True,
        {"event_stated": "2022-13"},
        {"sources": {PAGE: {"published": None, "published_max": None}}},
    ),
    (dates.said_before_it_was_published, True, {"said_min": DAY}),
    (dates.said_before_it_was_published, True, {"said_min": None}),
    (dates.said_before_it_was_published, False, {"said_min": DAY + timedelta(1)}),
    (dates.said_before_the_document_retold_was_published, False, TO_WIRE),
    (dates.said_before_the_document_retold_was_published, True, TO_WIRE | {"said_min": date(2022, 11, 1)}),
    (dates.said_before_the_document_retold_was_published, True, TO_WIRE | {"attribution": "own_voice"}),
    (
        dates.said_before_the_document_retold_was_published,
        False,
        TO_WIRE | {"attribution": "own_voice", "relays_statement_id": f"{PAGE}.01"},
    ),
    (
        dates.said_before_the_document_retold_was_published,
        False,
        {"said_min": DAY, "attribution": "own_voice"},
        {"sources": {PAGE: {"copy_of_source_id": WIRE}}},
    ),
    (dates.said_days_are_in_order, True, {"said_min": DAY, "said_max": DAY}),
    (dates.said_days_are_in_order, False, {"said_min": DAY + timedelta(1), "said_max": DAY}),
    (dates.event_days_are_in_order, True, {"event_min": DAY, "event_max": None}),
    (dates.event_days_are_in_order, False, {"event_min": DAY + timedelta(1), "event_max": DAY}),
    *(
        (rule, passes, {column: day})
        for rule, columns in [
            (dates.days_are_of_this_age, ("said_min", "said_max")),
            (dates.events_are_of_this_age, ("event_min", "event_max")),
        ]
        for column in columns
        for day, passes in [(date(1980, 1, 1), True), (date(1979, 12, 31), False), (None, True)]
    ),
    *(
        (dates.asserted_event_is_not_ahead, passes, {"stance": stance, "event_min": day})
        for stance, day, passes in [
            ("assert", DAY, True),
            ("assert", DAY + timedelta(1), False),
            ("deny", DAY + timedelta(1), False),
            ("project", DAY + timedelta(1), True),
            ("assert", None, True),
        ]
    ),
    *(
        (
            dates.contract_is_not_asserted_before_its_year,
            passes,
            {"stance": stance, "transfer_id": transfer},
        )
        for stance, transfer, passes in [
            ("assert", "irn-rus-missiles-contract-2023", False),
            ("deny", "irn-rus-missiles-contract-2023", False),
            ("project", "irn-rus-missiles-contract-2023", True),
            ("assert", "irn-rus-missiles-contract-2022", True),
            ("assert", "irn-rus-missiles-contract-2021", True),
            ("assert", "irn-rus-missiles", True),
            ("assert", None, True),
        ]
    ),
    (
        dates.contract_is_not_asserted_before_its_year,
        True,
        {"transfer_id": "irn-rus-missiles-contract-2023"},
        {"sources": {PAGE: {"published_max": None}}},
    ),
    *(
        (dates.asserted_event_is_not_long_past, passes, {"event_max": day})
        for day, passes in [
            (DAY - timedelta(5 * 365), True),
            (DAY - timedelta(5 * 365 + 1), False),
            (None, True),
        ]
    ),
    *(
        (dates.said_shortly_before_it_was_published, passes, {"said_max": day})
        for day, passes in [
            (DAY - timedelta(3 * 365), True),
            (DAY - timedelta(3 * 365 + 1), False),
            (None, True),
        ]
    ),
    *(
        (rule, True, {column: date(1990, 1, 1)}, {"sources": {PAGE: {"published_min": None}}})
        for rule, column in [
            (dates.asserted_event_is_not_long_past, "event_max"),
            (dates.said_shortly_before_it_was_published, "said_max"),
        ]
    ),
    *(
        (dates.projected_event_is_not_over, passes, {"stance": stance, "said_min": DAY, "event_max": day})
        for stance, day, passes in [
            ("project", DAY, True),
            ("project", DAY - timedelta(1), False),
            ("assert", DAY - timedelta(1), True),
            ("project", None, True),
        ]
    ),
]


@pytest.mark.parametrize("case", DATES, ids=lambda case: case[0].__name__)
def test_dates(case):
    check(*case)


SPEAKERS = [
    *(
        (speakers.anonymous_is_a_group, passes, {"speaker_id": speaker, "anonymity": anonymity})
        for speaker, anonymity, passes in [
            ("pat-ryder", "named", True),
            ("pat-ryder", "unnamed_spokesperson", True),
            ("pat-ryder", "anonymous_described", False),
            ("pat-ryder", "anonymous_undescribed", False),
            (OFFICIAL, "named", False),
            (OFFICIAL, "unnamed_spokesperson", False),
            (OFFICIAL, "anonymous_described", True),
            (OFFICIAL, "anonymous_undescribed", True),
            ("no-such", "anonymous_described", True),
        ]
    ),
    *(
        (speakers.unnamed_official_binds_nobody, passes, {"anonymity": anonymity, "authority": authority})
        for anonymity, authority, passes in [
            ("anonymous_described", "state_position", False),
            ("anonymous_undescribed", "official_capacity", False),
            ("anonymous_described", "individual_official", True),
            ("named", "state_position", True),
        ]
    ),
    (speakers.position_is_of_somebody, True, {}),
    (speakers.position_is_of_somebody, False, {"speaks_for_id": None}),
    (speakers.position_is_of_somebody, False, {"speaks_for_id": None, "authority": "official_capacity"}),
    (speakers.position_is_of_somebody, True, {"speaks_for_id": None, "authority": "individual_official"}),
    *(
        (speakers.authority_fits_the_kind_of_speaker, False, *of_kind(kind, authority))
        for kind in ("medium", "company", "anonymous_group")
        for authority in ("state_position", "official_capacity")
    ),
    *(
        (speakers.authority_fits_the_kind_of_speaker, False, *of_kind(kind, authority))
        for kind in ("state", "joint_body", "medium", "company")
        for authority in ("individual_official", "former_official")
    ),
    *(
        (speakers.authority_fits_the_kind_of_speaker, True, *of_kind(kind, authority))
        for kind, authority in [
            ("person", "state_position"),
            ("state", "state_position"),
            ("anonymous_group", "individual_official"),
            ("person", "former_official"),
            ("medium", "none"),
        ]
    ),
    *(
        (
            speakers.person_with_office_has_a_role,
            passes,
            {"speaker_id": speaker, "speaker_role": role, "authority": authority},
        )
        for speaker, role, authority, passes in [
            ("pat-ryder", None, "state_position", True),
            ("jane-merlin", None, "state_position", False),
            ("jane-merlin", None, "official_capacity", False),
            ("jane-merlin", None, "individual_official", True),
            ("jane-merlin", "minister", "state_position", True),
            ("ukraine", None, "state_position", True),
        ]
    ),
    *(
        (speakers.nobody_speaks_for_a_person, passes, {"speaks_for_id": spoken_for})
        for spoken_for, passes in [
            ("iran", True),
            ("the-wire", True),
            (None, True),
            ("jane-merlin", False),
            (OFFICIAL, False),
        ]
    ),
    *(
        (
            speakers.speaker_is_of_the_state_spoken_for,
            passes,
            {"speaker_id": speaker, "speaks_for_id": spoken_for},
        )
        for speaker, spoken_for, passes in [
            ("pat-ryder", "united-states", True),
            ("pat-ryder", "iran", False),
            ("pat-ryder", "european-union", True),
            (OFFICIAL, "iran", True),
        ]
    ),
    *(
        (speakers.former_office_binds_nobody, passes, {"speaker_role": role, "authority": authority})
        for role, authority, passes in [
            ("former adviser", "state_position", False),
            ("Ex-minister", "official_capacity", False),
            ("Former adviser", "former_official", True),
            ("expert", "state_position", True),
            ("adviser, former soldier", "state_position", True),
            (None, "state_position", True),
        ]
    ),
    (speakers.undescribed_source_leaves_the_chain_incomplete, False, UNDISCLOSED),
    (speakers.undescribed_source_leaves_the_chain_incomplete, True, UNDISCLOSED | {"chain_complete": False}),
    (speakers.undescribed_source_leaves_the_chain_incomplete, True, GROUP),
    (speakers.own_voice_is_the_outlet, True, {}),
    (speakers.own_voice_is_the_outlet, False, {"attribution": "own_voice"}),
    (speakers.own_voice_is_the_outlet, True, {"attribution": "own_voice", "speaker_id": "the-herald"}),
    (speakers.own_voice_is_the_outlet, False, UNDISCLOSED),
    (speakers.own_voice_is_the_outlet, True, UNDISCLOSED | {"chain_complete": False}),
    (
        speakers.own_voice_is_the_outlet,
        False,
        GROUP | {"attribution": "own_voice", "chain_complete": False},
    ),
    (speakers.anonymous_group_speaks_in_one_report, False, GROUP),
    (speakers.anonymous_group_speaks_in_one_report, True, GROUP | {"original_source_id": WIRE}),
    (speakers.anonymous_group_speaks_in_one_report, True, GROUP | UNDESCRIBED),
    (speakers.anonymous_group_speaks_in_one_report, True, GROUP | {"speaker_id": None}),
    (
        speakers.anonymous_group_speaks_in_one_report,
        True,
        GROUP | {"source_id": REPRINT},
        {"statements": {f"{PAGE}.01": {"original_source_id": None}}},
    ),
    (speakers.original_is_not_retold, True, {}),
    (speakers.original_is_not_retold, False, {"via_id": "the-wire"}),
    (speakers.original_is_not_retold, False, {"relays_statement_id": f"{PAGE}.01"}),
    (speakers.original_is_not_retold, True, {"via_id": "the-wire", "coded_from": "quote_in_relay"}),
    (speakers.outlet_retold_is_another, True, {}),
    (speakers.outlet_retold_is_another, True, {"via_id": "the-wire"}),
    (speakers.outlet_retold_is_another, False, {"via_id": "the-herald"}),
    (speakers.outlet_retold_publishes, True, {"via_id": "jane-merlin"}),
    (speakers.outlet_retold_publishes, False, {"via_id": OFFICIAL}),
    (speakers.document_retold_is_another, True, {"original_source_id": WIRE}),
    (speakers.document_retold_is_another, False, {"original_source_id": PAGE}),
    (speakers.document_retold_is_not_later, True, {"original_source_id": WIRE}),
    (speakers.document_retold_is_not_later, False, {"original_source_id": OTHER}),
    (
        speakers.document_retold_is_not_later,
        True,
        {"original_source_id": OTHER},
        {"sources": {OTHER: {"published_min": DAY}}},
    ),
    (speakers.relays_form_no_circle, True, {"relays_statement_id": f"{PAGE}.01"}),
    (speakers.relays_form_no_circle, False, {"relays_statement_id": ROW}),
    (speakers.what_rests_on_what_forms_no_circle, True, {"rests_on_statement_id": f"{PAGE}.01"}),
    (speakers.what_rests_on_what_forms_no_circle, False, {"rests_on_statement_id": f"{OTHER}.03"}),
    *(
        (speakers.relay_keeps_stance_and_polarity, passes, {"relays_statement_id": relayed})
        for relayed, passes in [
            (None, True),
            ("no-such.01", True),
            (f"{PAGE}.07", True),
            (f"{PAGE}.06", False),
            (f"{PAGE}.09", False),
        ]
    ),
    (speakers.relay_is_not_earlier_than_what_it_retells, True, {"relays_statement_id": f"{PAGE}.07"}),
    (speakers.relay_is_not_earlier_than_what_it_retells, False, {"relays_statement_id": f"{OTHER}.03"}),
    (speakers.relay_is_not_earlier_than_what_it_retells, True, {}),
    *(
        (
            speakers.relay_is_not_earlier_than_the_words,
            passes,
            {"relays_statement_id": f"{OTHER}.03"},
            {"statements": {f"{OTHER}.03": {"said_min": day}}},
        )
        for day, passes in [(DAY, True), (DAY + timedelta(1), False), (None, True)]
    ),
    (speakers.relay_changes_the_speaker, True, {}),
    (speakers.relay_changes_the_speaker, True, {"relays_statement_id": f"{PAGE}.07"}),
    (speakers.relay_changes_the_speaker, False, {"relays_statement_id": f"{PAGE}.05"}),
    (speakers.relay_changes_the_speaker, False, {"relays_statement_id": f"{PAGE}.01"}),
    (speakers.relay_changes_the_speaker, False, GROUP | {"relays_statement_id": f"{PAGE}.05"}),
    (speakers.relay_changes_the_speaker, True, GROUP | {"relays_statement_id": f"{PAGE}.04"}),
    (speakers.relay_is_of_another_document, False, {"relays_statement_id": f"{PAGE}.07"}),
    (speakers.relay_is_of_another_document, True, {"relays_statement_id": f"{OTHER}.02"}),
    (speakers.relay_keeps_the_subject, True, {"relays_statement_id": f"{PAGE}.07"}),
    (speakers.relay_keeps_the_subject, False, {"relays_statement_id": f"{PAGE}.05"}),
    (speakers.relay_keeps_the_subject, True, {"relays_statement_id": f"{PAGE}.03"}),
    (speakers.relay_keeps_the_subject, True, OF_SHAHED | {"relays_statement_id": f"{PAGE}.05"}),
    *(
        (
            speakers.outlet_retold_published_what_is_retold,
            passes,
            {"original_source_id": original, "via_id": via},
        )
        for original, via, passes in [
            (WIRE, "the-wire", True),
            (WIRE, "the-gazette", False),
            (WIRE, None, True),
            (None, "the-gazette", True),
        ]
    ),
    (speakers.document_retold_is_by_another_publisher, True, {"original_source_id": WIRE}),
    (
        speakers.document_retold_is_by_another_publisher,
        False,
        {"original_source_id": WIRE},
        {"sources": {WIRE: {"publisher_id": "the-herald"}}},
    ),
    *(
        (
            speakers.rests_on_one_thing,
            passes,
            {
                "rests_on_statement_id": f"{PAGE}.01" if on_statement else None,
                "rests_on_actor_id": "iran" if on_actor else None,
                "rests_on_certainty": "certain" if certain else None,
            },
        )
        for on_statement, on_actor, certain, passes in [
            (0, 0, 0, True),
            (0, 0, 1, False),
            (1, 0, 0, False),
            (1, 0, 1, True),
            (0, 1, 0, False),
            (0, 1, 1, True),
            (1, 1, 1, False),
        ]
    ),
    *(
        (
            speakers.rests_on_something_earlier,
            passes,
            {"rests_on_statement_id": f"{OTHER}.03"},
            {"statements": {f"{OTHER}.03": {"said_min": day}}},
        )
        for day, passes in [(DAY, True), (DAY + timedelta(1), False), (None, True)]
    ),
]


@pytest.mark.parametrize("case", SPEAKERS, ids=lambda case: case[0].__name__)
def test_speakers(case):
    check(*case)


def in_words(text: str, *numbers: float, language: str = "en", modifier: str = "exact") -> dict:
    first, second = (*numbers, None, None)[:2]
    return {
        "value_text": text,
        "value_language": language,
        "value_modifier": modifier,
        "value": first,
        "value2": second,
    }


VALUES = [
    (values.figure_is_whole, True, {}),
    (values.figure_is_whole, True, NO_NUMBER),
    *(
        (values.figure_is_whole, False, {name: None})
        for name in ("value_text", "value_language", "value_modifier", "unit", "pooled")
    ),
    (values.figure_is_whole, True, {"value_modifier": "qualitative", "unit": None, "value": None}),
    (values.figure_is_whole, False, NO_NUMBER | {"value": 3}),
    (values.figure_is_whole, False, NO_NUMBER | {"value2": 3}),
    (values.numbers_fit_the_modifier, True, {}),
    (values.numbers_fit_the_modifier, False, {"value": None}),
    (values.numbers_fit_the_modifier, False, {"value": None, "unit": None}),
    (values.numbers_fit_the_modifier, False, {"value2": 500}),
    *(
        (values.numbers_fit_the_modifier, True, {"value": None, name: "no_such"})
        for name in ("value_modifier", "unit", "aspect")
    ),
    (values.value_is_in_its_words, True, in_words("450 of them", 450)),
    (values.value_is_in_its_words, False, in_words("450 of them", 451)),
    (values.value_is_in_its_words, True, in_words("300 to 700", 300, 700)),
    (values.value_is_in_its_words, False, in_words("300 to 700", 300, 800)),
    (values.value_is_in_its_words, True, in_words("many", 451)),
    (values.value_is_in_its_words, True, in_words("450", None)),
    (values.number_is_in_its_english_words, True, in_words("four hundred", 400)),
    (values.number_is_in_its_english_words, False, in_words("four hundred", 450)),
    (values.number_is_in_its_english_words, False, in_words("four or five", 4, 6)),
    (values.number_is_in_its_english_words, True, in_words("four or five", 4, 5)),
    (values.number_is_in_its_english_words, True, in_words("four hundred", 450, language="fa")),
    (values.number_is_in_its_english_words, True, in_words("4 or five", 450)),
    (values.number_is_in_its_english_words, True, in_words("many", 450)),
    (values.modifier_is_that_of_the_words, False, in_words("more than 450", 450)),
    (values.modifier_is_that_of_the_words, True, in_words("more than 450", 450, modifier="more_than")),
    (values.modifier_is_that_of_the_words, True, in_words("more than 450", 450, modifier="between")),
    (values.modifier_is_that_of_the_words, False, in_words("More than 450", 450, language="en-GB")),
    (values.modifier_is_that_of_the_words, True, in_words("no more than 450", 450)),
    (values.modifier_is_that_of_the_words, True, in_words("not more than 450", 450)),
    (values.modifier_is_that_of_the_words, True, in_words("more than 450", 450, language="xx")),
    (values.modifier_is_that_of_the_words, True, in_words("450", 450)),
    (
        values.modifier_is_that_of_the_words,
        True,
        in_words("450", 450),
        {"quantity_words": [{"word": None, "modifier": "more_than", "language": "en"}]},
    ),
    (values.modifier_is_that_of_the_words, True, in_words("more than 450", 450, modifier=None)),
    (values.modifier_is_that_of_the_words, True, in_words("more than 450", 450, language=None)),
    (values.language_of_words_is_registered, True, {}),
    (values.language_of_words_is_registered, True, {"value_language": None}),
    (values.language_of_words_is_registered, False, {"value_language": "xq"}),
    (values.words_are_in_letters_of_their_language, True, {}),
    (values.words_are_in_letters_of_their_language, True, in_words("четыреста", 400, language="ru")),
    (values.words_are_in_letters_of_their_language, False, in_words("четыреста", 400)),
    (values.words_are_in_letters_of_their_language, True, in_words("четыреста", 400, language=None)),
    (values.words_are_in_letters_of_their_language, True, {"value_text": None}),
    (values.counts_are_whole, True, {}),
    (values.counts_are_whole, False, {"value": 450.5}),
    (values.counts_are_whole, False, {"value2": 450.5}),
    (values.counts_are_whole, True, {"value": 450.5, "unit": "kg"}),
    (values.counts_are_whole, True, {"value": 450.5, "unit": None}),
    (values.none_is_negated, True, {}),
    (values.none_is_negated, False, {"value_modifier": "none"}),
    (values.none_is_negated, True, {"value_modifier": "none", "polarity": "negated"}),
    (values.number_has_a_scope, True, {}),
    (values.number_has_a_scope, False, {"scope": None}),
    (values.number_has_a_scope, True, RANGE),
    (values.number_has_a_scope, False, RANGE | {"scope": "batch"}),
    (values.number_has_a_scope, False, {"value_modifier": None}),
    (values.number_has_a_scope, True, NO_NUMBER),
    *(
        (values.scope_fits_the_stance, passes, {"scope": scope, "aspect": aspect, "stance": stance})
        for scope, aspect, stance, passes in [
            ("planned_total", "delivery", "assert", False),
            ("planned_total", "shipment", "assert", False),
            ("planned_total", "use", "assert", False),
            ("planned_total", "interception", "assert", False),
            ("planned_total", "agreement", "assert", True),
            ("planned_total", "delivery", "project", True),
            ("batch", "delivery", "assert", True),
            ("total_to_date", "delivery", "project", False),
            ("total_to_date", "delivery", "assert", True),
            ("batch", "delivery", "project", True),
        ]
    ),
    *(
        (values.rate_has_a_unit_of_a_rate, passes, {"unit": unit, "scope": scope})
        for unit, scope, passes in [
            ("item", "total_to_date", True),
            ("item", "rate", False),
            ("item_per_day", "rate", True),
            ("item_per_day", "total_to_date", False),
            (None, "rate", True),
        ]
    ),
    (values.specification_has_a_basis, True, {}),
    (values.specification_has_a_basis, False, {"basis": "assessed"}),
    (values.specification_has_a_basis, True, RANGE),
    (values.specification_has_a_basis, False, RANGE | {"basis": None}),
    *(
        (values.unit_fits_the_aspect, passes, {"unit": unit, "aspect": aspect})
        for unit, aspect, passes in [
            ("item", "delivery", True),
            ("km", "delivery", False),
            ("usd", "delivery", False),
            ("usd", "payment", True),
            ("km", "range", True),
            ("mi", "range", True),
            ("kg", "range", False),
            ("item", "range", False),
            (None, "range", True),
            ("no_such", "delivery", True),
            ("kg", None, True),
        ]
    ),
    (values.metres_are_no_range, True, RANGE),
    (values.metres_are_no_range, False, RANGE | {"unit": "m"}),
    (values.metres_are_no_range, True, RANGE | {"unit": "m", "aspect": "length"}),
    *(
        (values.specification_is_of_its_size, passes, RANGE | {"low": low, "high": high})
        for low, high, passes in [
            (1, 20_000, True),
            (0.5, 100, False),
            (100, 20_001, False),
            (None, None, True),
            (20_001, None, False),
        ]
    ),
    *(
        (values.specification_is_of_its_size, True, RANGE | {"low": 0.5, name: cell})
        for name, cell in [("aspect", None), ("canonical_unit", None), ("aspect", "use")]
    ),
]


@pytest.mark.parametrize("case", VALUES, ids=lambda case: case[0].__name__)
def test_values(case):
    check(*case)


@pytest.mark.parametrize(
    "text,meant,not_meant",
    [
        ("450", ["450"], ["45", "4500"]),
        ("1,000", ["1000", "1.000"], []),
        ("12.5 km", ["12.5", "125"], ["12.50001"]),
        ("1.5 million", ["1500000"], ["1500"]),
        ("2 thousand", ["2000", "2"], ["2000000"]),
        ("20 to 50 thousand", ["20000", "50000", "20", "50"], []),
        ("2 and a half", ["2.5", "2"], ["1.5"]),
        ("٤٥٠ پهپاد", ["450"], []),
        ("3万", ["30000"], []),
        ("5 kestrels", ["5"], ["5.5"]),
        ("about five", [], ["5"]),
    ],
)
def test_numbers_in_digits(text, meant, not_meant):
    found = values.numbers_in(text)
    assert {Decimal(number) for number in meant} <= found
    assert not {Decimal(number) for number in not_meant} & found
