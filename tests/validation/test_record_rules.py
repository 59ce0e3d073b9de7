"""Each rule of sources, actors, systems and transfers on rows that tell it from its nearest wrong neighbours."""

from datetime import date, timedelta

import pytest

from scripts.validation import actor_rules as actors
from scripts.validation import source_rules as sources
from scripts.validation import system_rules as systems
from scripts.validation import transfer_rules as transfers
from tests.alone import verdict
from tests.invented import OFFICIAL

PAGE, OTHER = "the-herald-2022-11-02-kestrels", "the-gazette-2022-11-05-denial"
WIRE, REPRINT = "the-wire-2022-11-01-report", "the-wire-2022-11-06-reprint"
DAY = date(2022, 11, 2)
SAME_HASH = {"text_sha256": "a" * 64}
OF_STATE = {"kind": "state_media"}
PACKAGE_DAY = {"package": [{"date": date(2026, 11, 22)}]}


def named(case: tuple) -> str:
    return case[0].__name__


def addressed(url: str | None, first: date | None = DAY, last: date | None = DAY) -> dict:
    return {"url": url, "published_min": first, "published_max": last}


SOURCES = [
    (sources.publication_day_is_edtf, True, {}),
    (sources.publication_day_is_edtf, True, {"published": None, "published_max": None}),
    (sources.publication_day_is_edtf, False, {"published_max": None}),
    (sources.read_text_has_day_of_reading, True, {}),
    (sources.read_text_has_day_of_reading, False, {"consulted_on": None}),
    (sources.read_text_has_day_of_reading, False, {"extent": "not_consulted"}),
    (sources.read_text_has_day_of_reading, True, {"extent": "not_consulted", "consulted_on": None}),
    (
        sources.read_text_has_day_of_reading,
        False,
        {"extent": "not_consulted", "consulted_on": None, **SAME_HASH},
    ),
    (sources.read_text_has_day_of_reading, True, SAME_HASH),
    (sources.copies_form_no_circle, True, {"copy_of_source_id": WIRE}),
    (sources.copies_form_no_circle, False, {"copy_of_source_id": REPRINT}),
    (sources.copy_is_not_older_than_original, True, {}),
    (sources.copy_is_not_older_than_original, True, {"copy_of_source_id": WIRE}),
    (sources.copy_is_not_older_than_original, False, {"copy_of_source_id": OTHER}),
    (sources.published_days_are_in_order, True, {"published_min": DAY, "published_max": DAY}),
    (sources.published_days_are_in_order, False, {"published_min": DAY + timedelta(1)}),
    (sources.published_before_it_was_read, True, {"consulted_on": DAY}),
    (sources.published_before_it_was_read, False, {"consulted_on": DAY - timedelta(1)}),
    (sources.published_before_it_was_read, True, {"consulted_on": None}),
    *(
        (sources.days_are_not_in_the_future, passes, {column: day}, PACKAGE_DAY)
        for column in ("published_min", "consulted_on")
        for day, passes in [(date(2027, 11, 23), True), (date(2027, 11, 24), False), (None, True)]
    ),
    (sources.days_are_not_in_the_future, True, {"consulted_on": date(2099, 1, 1)}, {"package": []}),
    (sources.read_after_the_record_was_begun, True, {"consulted_on": date(2026, 11, 1)}),
    (sources.read_after_the_record_was_begun, False, {"consulted_on": date(2026, 10, 31)}),
    (sources.read_after_the_record_was_begun, True, {"consulted_on": None}),
    (sources.publisher_publishes, True, {}),
    (sources.publisher_publishes, True, {"publisher_id": "no-such"}),
    (sources.publisher_publishes, False, {"publisher_id": "jane-merlin"}),
    (sources.publisher_publishes, False, {"publisher_id": OFFICIAL}),
    (sources.language_is_registered, True, {"language": "zh-Hant"}),
    (sources.language_is_registered, True, {"language": None}),
    (sources.language_is_registered, False, {"language": "xq"}),
    (sources.addresses_are_sound, True, {"archive_url": "https://web.archive.org/web/2022/x"}),
    (sources.addresses_are_sound, True, {"url": None}),
    (sources.addresses_are_sound, False, {"url": "ftp://example.org/a"}),
    (sources.addresses_are_sound, False, {"archive_url": "ftp://example.org/a"}),
    (sources.page_is_entered_once, True, {}),
    (sources.page_is_entered_once, True, {"url": None}),
    (sources.page_is_entered_once, True, {"url": None}, {"sources": {WIRE: {"url": None}}}),
    (
        sources.page_is_entered_once,
        False,
        {"url": "https://example.org/a/"},
        {"sources": {OTHER: {"url": "http://www.example.org/a"}, WIRE: {"url": None}}},
    ),
    (sources.title_is_in_one_script_a_word, True, {"title": "Шахед Shahed"}),
    (sources.title_is_in_one_script_a_word, False, {"title": "Sh\u0430hed"}),
    (sources.title_is_in_one_script_a_word, True, {"title": None}),
    (sources.original_has_an_address_or_a_copy, True, {}),
    (sources.original_has_an_address_or_a_copy, False, {"url": None}),
    (sources.original_has_an_address_or_a_copy, True, {"url": None, "extent": "not_consulted"}),
    (sources.own_copy_has_other_url_kind, True, {"copy_of_source_id": WIRE}),
    (
        sources.own_copy_has_other_url_kind,
        False,
        {"copy_of_source_id": WIRE},
        {"sources": {WIRE: {"publisher_id": "the-herald"}}},
    ),
    *(
        (sources.id_carries_the_day_of_publication, passes, {"published_min": first, "published_max": last})
        for first, last, passes in [
            (DAY, DAY, True),
            (DAY - timedelta(1), DAY + timedelta(1), True),
            (DAY + timedelta(1), DAY + timedelta(1), False),
            (DAY - timedelta(1), DAY - timedelta(1), False),
            (None, DAY - timedelta(1), True),
            (DAY + timedelta(1), None, True),
        ]
    ),
    (sources.text_is_of_one_document, True, SAME_HASH),
    (
        sources.text_is_of_one_document,
        True,
        {"text_sha256": None},
        {"sources": {OTHER: {"text_sha256": None}}},
    ),
    (
        sources.archived_page_is_the_page,
        True,
        {
            "url": "https://example.org/a",
            "archive_url": "https://web.archive.org/web/2022/https://example.org/a",
        },
    ),
    (
        sources.archived_page_is_the_page,
        False,
        {
            "url": "https://example.org/b",
            "archive_url": "https://web.archive.org/web/2022/https://example.org/a",
        },
    ),
    (sources.archived_page_is_the_page, True, {"archive_url": "https://archive.is/AbCd"}),
    (
        sources.archived_page_is_the_page,
        True,
        {"url": None, "archive_url": "https://web.archive.org/web/2022/https://example.org/a"},
    ),
    (sources.archived_page_is_the_page, True, {"archive_url": None}),
    *(
        (sources.day_from_address_is_in_the_address, passes, {"published_basis": basis, "url": url})
        for basis, url, passes in [
            ("from_address", "https://example.org/a", False),
            ("from_address", None, False),
            ("from_address", "https://example.org/2022", True),
            ("stated", "https://example.org/a", True),
        ]
    ),
    *(
        (sources.published_near_the_day_in_its_address, passes, cells)
        for cells, passes in [
            (addressed("https://example.org/2022/12/03/a"), True),
            (addressed("https://example.org/2022/12/04/a"), False),
            (addressed("https://example.org/2022/10/02/a"), True),
            (addressed("https://example.org/2022/10/01/a"), False),
            (addressed("https://example.org/a"), True),
            (addressed(None), True),
            (addressed("https://example.org/2022/12/04/a", first=None), True),
            (addressed("https://example.org/2022/12/04/a", last=None), True),
        ]
    ),
    (sources.state_medium_is_controlled, True, {}),
    (sources.state_medium_is_controlled, False, OF_STATE),
    (sources.state_medium_is_controlled, True, OF_STATE | {"publisher_id": "the-gazette"}),
    (sources.state_medium_is_controlled, True, OF_STATE | {"publisher_id": "no-such"}),
    *(
        (
            sources.host_is_of_one_publisher,
            passes,
            {"url": "https://gazette.example/b", "url_kind": "original", **cells},
            {"sources": before},
        )
        for cells, before, passes in [
            ({"publisher_id": "the-wire"}, {OTHER: {"url": "https://www.gazette.example/a"}}, False),
            ({"publisher_id": "the-gazette"}, {OTHER: {"url": "https://gazette.example/a"}}, True),
            (
                {"publisher_id": "the-wire", "url_kind": "copy"},
                {OTHER: {"url": "https://gazette.example/a"}},
                True,
            ),
            ({"publisher_id": "the-wire", "url": None}, {OTHER: {"url": None}}, True),
            ({"publisher_id": None}, {OTHER: {"url": "https://gazette.example/a"}}, True),
        ]
    ),
    *(
        (sources.title_is_in_letters_of_its_language, passes, {"title": title, "language": language})
        for title, language, passes in [
            ("Drones", "en", True),
            ("Дроны", "en", False),
            ("[Дроны]", "en", True),
            ("(Дроны)", "en", True),
            (None, "en", True),
            ("Дроны", None, True),
        ]
    ),
]


@pytest.mark.parametrize("case", SOURCES, ids=named)
def test_sources(case):
    rule, passes, cells, *others = case
    key = REPRINT if rule is sources.host_is_of_one_publisher else PAGE
    assert verdict(rule, "sources", key, cells, **(others[0] if others else {})) is passes


def test_a_text_is_of_one_document_unless_it_is_copied():
    before = {"sources": {PAGE: SAME_HASH}}
    rule, last = sources.text_is_of_one_document, "the-wire-2022-11-07-other"
    assert not verdict(rule, "sources", last, SAME_HASH | {"copy_of_source_id": None}, **before)
    assert verdict(rule, "sources", last, SAME_HASH | {"copy_of_source_id": PAGE}, **before)


ACTORS = [
    (actors.state_exists, True, {}),
    (actors.state_exists, True, {"state": None}),
    (actors.state_exists, False, {"state": "XQX"}),
    (actors.controlled_actor_names_its_state, True, {"state": None}),
    (actors.controlled_actor_names_its_state, False, {"state": None, "state_controlled": True}),
    (actors.controlled_actor_names_its_state, False, {"state": None, "kind": "state"}),
    (actors.controlled_actor_names_its_state, True, {"state_controlled": True}),
    *(
        (actors.persons_are_not_controlled, passes, {"kind": kind, "state_controlled": controlled})
        for kind, controlled, passes in [
            ("state", True, True),
            ("body", True, True),
            ("company", True, True),
            ("medium", True, True),
            ("person", True, False),
            ("joint_body", True, False),
            ("person", False, True),
        ]
    ),
    (actors.parents_form_no_circle, True, {}),
    (actors.parents_form_no_circle, False, {"parent_actor_id": "pat-ryder"}),
    (actors.joint_body_has_members, True, {}),
    (actors.joint_body_has_members, False, {"kind": "joint_body"}),
    *(
        (
            actors.joint_body_has_members,
            passes,
            {"kind": kind},
            {"actor_members": [{"actor_id": "pat-ryder", "member_actor_id": f"m{n}"} for n in range(count)]},
        )
        for kind, count, passes in [
            ("joint_body", 1, False),
            ("joint_body", 2, True),
            ("joint_body", 3, True),
            ("body", 1, False),
            ("body", 0, True),
        ]
    ),
    (actors.one_state_one_actor, True, {"state": "IRN"}),
    (
        actors.one_state_one_actor,
        False,
        {"state": "IRN", "kind": "state"},
        {"actors": {"ali-kestrel": {"kind": "state"}}},
    ),
    (
        actors.one_state_one_actor,
        True,
        {"state": None, "kind": "state"},
        {"actors": {"ali-kestrel": {"state": None, "kind": "state"}}},
    ),
    (actors.name_is_distinct, False, {"name": "ALI Kestrel!"}),
    (actors.name_is_distinct, True, {"name": "Ali Kestrel the second"}),
    (actors.name_is_distinct, True, {"name": None}, {"actors": {"ali-kestrel": {"name": None}}}),
    (actors.name_is_in_one_script_a_word, False, {"name": "P\u0430t"}),
    (actors.name_is_in_one_script_a_word, True, {"name": None}),
    *(
        (actors.parent_is_an_organisation, passes, {"parent_actor_id": parent})
        for parent, passes in [
            ("iran", True),
            ("the-wire", True),
            (None, True),
            ("no-such", True),
            ("jane-merlin", False),
            (OFFICIAL, False),
            ("two-states", False),
        ]
    ),
    *(
        (actors.state_is_that_of_the_organisation, passes, {"state": state, "parent_actor_id": parent})
        for state, parent, passes in [
            ("USA", "united-states", True),
            ("USA", "iran", False),
            (None, "iran", True),
            ("USA", "european-union", True),
            ("USA", None, True),
        ]
    ),
    (actors.states_are_marked_alike, True, {"state_controlled": True}),
    (actors.states_are_marked_alike, False, {"kind": "state", "state_controlled": True}),
    (actors.states_are_marked_alike, True, {"kind": "state"}),
    (
        actors.states_are_marked_alike,
        False,
        {"kind": "state"},
        {
            "actors": {
                key: {"state_controlled": True} for key in ("iran", "russia", "ukraine", "united-states")
            }
        },
    ),
    (
        actors.states_are_marked_alike,
        True,
        {"kind": "person", "state_controlled": True},
        {"actors": {key: {"kind": "body"} for key in ("iran", "russia", "ukraine", "united-states")}},
    ),
]


@pytest.mark.parametrize("case", ACTORS, ids=named)
def test_actors(case):
    rule, passes, cells, *others = case
    assert verdict(rule, "actors", "pat-ryder", cells, **(others[0] if others else {})) is passes


@pytest.mark.parametrize(
    "member,passes", [("iran", True), ("two-states", False), ("third", False), ("no-such", True)]
)
def test_a_member_is_another_actor_and_no_joint_body(member, passes):
    cells = {"actor_id": "third", "member_actor_id": member}
    assert verdict(actors.member_is_another_actor, "actor_members", "", cells, actor_members=[]) is passes


def names(*kinds: str) -> dict:
    return {"system_names": [{"system_id": "geran-2", "kind": kind, "name": kind} for kind in kinds]}


SYSTEMS = [
    (systems.system_has_one_designation, True, {}),
    (systems.system_has_one_designation, True, {}, names("designation", "alias")),
    (systems.system_has_one_designation, False, {}, names("designation", "designation")),
    (systems.system_has_one_designation, False, {}, names("alias")),
    (systems.systems_form_one_tree, True, {}),
    (systems.systems_form_one_tree, False, {"parent_system_id": None}),
    (systems.systems_form_one_tree, False, {"parent_system_id": "geran-2"}),
    *(
        (
            systems.class_is_below_classes,
            passes,
            {"kind": kind, "parent_system_id": parent, "origin_country": origin},
        )
        for kind, parent, origin, passes in [
            ("class", "uavs", None, True),
            ("class", None, None, True),
            ("class", "shahed-136", None, False),
            ("class", "uavs", "RUS", False),
            ("model", "shahed-136", "RUS", True),
        ]
    ),
    *(
        (systems.variant_is_below_a_model, passes, {"kind": kind, "parent_system_id": parent}, others)
        for kind, parent, others, passes in [
            ("variant", "shahed-136", {}, True),
            ("variant", "shahed-136", {"systems": {"shahed-136": {"kind": "variant"}}}, True),
            ("variant", "uavs", {}, False),
            ("variant", None, {}, True),
            ("model", "uavs", {}, True),
            ("model", None, {}, True),
            ("model", "shahed-136", {}, False),
            ("class", "shahed-136", {}, True),
        ]
    ),
    *(
        (systems.category_is_that_of_its_class, passes, {"category": category, "parent_system_id": parent})
        for category, parent, passes in [
            ("uav", "uavs", True),
            ("missile", "uavs", False),
            ("missile", "arms", True),
            ("missile", None, True),
            ("air_defence", "missiles", True),
            ("air_defence", "uavs", False),
            ("uav", "missiles", False),
        ]
    ),
    (systems.origin_country_exists, True, {"origin_country": None}),
    (systems.origin_country_exists, False, {"origin_country": "XQX"}),
]


@pytest.mark.parametrize("case", SYSTEMS, ids=named)
def test_systems(case):
    rule, passes, cells, *others = case
    assert verdict(rule, "systems", "geran-2", cells, **(others[0] if others else {})) is passes


@pytest.mark.parametrize(
    "rule,cells,passes",
    [
        (systems.script_is_registered, {"script": "Latn"}, True),
        (systems.script_is_registered, {"script": None}, True),
        (systems.script_is_registered, {"script": "Zyyy"}, False),
        (systems.script_is_registered, {"script": "Qaaa"}, False),
        (systems.name_is_in_its_script, {"name": "Shahed", "script": "Latn"}, True),
        (systems.name_is_in_its_script, {"name": "Shahed", "script": "Cyrl"}, False),
        (systems.name_is_in_its_script, {"name": None, "script": "Cyrl"}, True),
        (systems.name_is_in_its_script, {"name": "Shahed", "script": None}, True),
    ],
)
def test_names_of_systems(rule, cells, passes):
    assert verdict(rule, "system_names", "", cells, system_names=[]) is passes


@pytest.mark.parametrize(
    "found,shown,passes",
    [
        ("2022-10-05", "2022-10-05", True),
        ("2022-10-06", "2022-10-05", False),
        ("2022-10-06", "2022-10", True),
        (None, "2022-10-05", True),
        ("2022-10-06", None, True),
        ("../2022-10-06", "2022-10-05", True),
        ("2022-10-06", "2022-10-05/..", True),
        ("2022-13", None, False),
        (None, "2022-13", False),
    ],
)
def test_days_of_exhibits(found, shown, passes):
    cells = {"found": found, "shown": shown}
    assert verdict(systems.exhibit_dates_are_edtf, "exhibits", "wing-of-kharkiv", cells) is passes


ARMS = {"supplier": "IRN", "recipient": "RUS", "system_id": "uavs", "mode": "finished_items"}
TRANSFERS = [
    *(
        (
            transfers.parties_exist_and_differ,
            "irn-rus-x",
            {"supplier": supplier, "recipient": recipient},
            passes,
        )
        for supplier, recipient, passes in [
            ("IRN", "RUS", True),
            ("unknown", "RUS", True),
            ("IRN", "unknown", True),
            ("IRN", "IRN", False),
            ("XQX", "RUS", False),
            ("IRN", "XQX", False),
            (None, None, True),
            (None, "RUS", True),
        ]
    ),
    (transfers.id_names_the_parties, "irn-rus-x", ARMS, True),
    (transfers.id_names_the_parties, "irn-rus-", ARMS, False),
    (transfers.id_names_the_parties, "rus-irn-x", ARMS, False),
    (transfers.id_names_the_system, "irn-rus-shahed-136", ARMS | {"system_id": "shahed-136"}, True),
    (transfers.id_names_the_system, "irn-rus-shahed-136", ARMS, False),
    (transfers.id_names_the_system, "irn-rus-shahed-136", ARMS | {"system_id": None}, True),
    (transfers.id_names_the_system, "irn-rus-kestrels", ARMS, True),
    (transfers.id_names_the_system, "irn-rus", ARMS, True),
    *(
        (transfers.id_has_no_year, key, ARMS, passes)
        for key, passes in [
            ("irn-rus-x", True),
            ("irn-rus-x-2022", False),
            ("irn-rus-2022-x", False),
            ("irn-rus-x-contract-2022", True),
            ("irn-rus-x-cargo-1990", True),
            ("irn-rus-x-lot-1989", False),
            ("irn-rus-x-batch-2100", True),
            ("irn-rus-x-order-2101", False),
            ("irn-rus-x-contract-2022-b", False),
            ("irn-rus-x-20221", True),
        ]
    ),
    (transfers.title_is_distinct, "irn-rus-x", ARMS | {"title": "Drones from IRAN to Russia"}, False),
    (transfers.title_is_distinct, "irn-rus-x", ARMS | {"title": "Drones from Iran to Syria"}, True),
    (transfers.programme_is_entered_once, "irn-rus-x", ARMS, False),
    (transfers.programme_is_entered_once, "irn-rus-x", ARMS | {"supplier": "USA"}, True),
    (transfers.programme_is_entered_once, "irn-rus-x", ARMS | {"recipient": "USA"}, True),
    (transfers.programme_is_entered_once, "irn-rus-x", ARMS | {"system_id": "arms"}, True),
    (transfers.programme_is_entered_once, "irn-rus-x", ARMS | {"mode": "services"}, True),
]


@pytest.mark.parametrize("case", TRANSFERS, ids=named)
def test_transfers(case):
    rule, key, cells, passes = case
    assert verdict(rule, "transfers", key, cells) is passes


@pytest.mark.parametrize("kind,passes", [("part_of", True), ("enables", True), ("possibly_same_as", False)])
def test_a_programme_that_is_part_of_another_may_be_entered_apart(kind, passes):
    links = [{"transfer_id": "irn-rus-x", "kind": kind, "linked_transfer_id": "irn-rus-uavs"}]
    rule = transfers.programme_is_entered_once
    assert verdict(rule, "transfers", "irn-rus-x", ARMS, transfer_links=links) is passes


def link(part: str, whole: str, kind: str = "part_of") -> dict:
    return {"transfer_id": part, "linked_transfer_id": whole, "kind": kind}


X, UAVS = "irn-rus-x", "irn-rus-uavs"
LINKS = [
    (transfers.link_leads_to_another_transfer, link(X, UAVS), {}, True),
    (transfers.link_leads_to_another_transfer, link(UAVS, UAVS), {}, False),
    (transfers.link_leads_to_another_transfer, link(UAVS, UAVS, "enables"), {}, False),
    (transfers.link_leads_to_another_transfer, link(UAVS, X), {}, False),
    (transfers.link_leads_to_another_transfer, link(UAVS, X, "enables"), {}, True),
    (transfers.part_has_the_parties_of_the_whole, link(X, UAVS), ARMS, True),
    (transfers.part_has_the_parties_of_the_whole, link(X, UAVS), ARMS | {"supplier": "USA"}, False),
    (transfers.part_has_the_parties_of_the_whole, link(X, UAVS), ARMS | {"recipient": "USA"}, False),
    (transfers.part_has_the_parties_of_the_whole, link(X, UAVS, "enables"), ARMS | {"supplier": "USA"}, True),
    (transfers.part_has_the_mode_of_the_whole, link(X, UAVS), ARMS, True),
    (transfers.part_has_the_mode_of_the_whole, link(X, UAVS), ARMS | {"mode": "services"}, False),
    (transfers.part_has_the_mode_of_the_whole, link(X, UAVS, "enables"), ARMS | {"mode": "services"}, True),
    *(
        (transfers.part_is_of_a_related_system, link(X, whole, kind), ARMS | {"system_id": system}, passes)
        for whole, kind, system, passes in [
            (UAVS, "part_of", "uavs", True),
            (UAVS, "part_of", "shahed-136", True),
            (UAVS, "part_of", "fateh-110", False),
            (UAVS, "enables", "fateh-110", True),
            (UAVS, "part_of", "no-such", True),
            ("no-such", "part_of", "fateh-110", True),
            (UAVS, "part_of", "arms", True),
        ]
    ),
    (transfers.link_is_decided_by_now, link(X, UAVS) | {"decided_on": date(2099, 1, 1)}, {}, False),
    (transfers.link_is_decided_by_now, link(X, UAVS) | {"decided_on": None}, {}, True),
    (
        transfers.link_is_decided_for_this_record,
        link(X, UAVS) | {"decided_on": date(2026, 10, 31)},
        {},
        False,
    ),
    (transfers.link_is_decided_for_this_record, link(X, UAVS) | {"decided_on": date(2026, 11, 1)}, {}, True),
]


@pytest.mark.parametrize("case", LINKS, ids=named)
def test_links(case):
    rule, cells, part, passes = case
    first = [link(X, UAVS)] if rule is transfers.link_leads_to_another_transfer else []
    if first and cells == first[0]:
        first = []
    others = {"transfers": {X: ARMS | part}, **PACKAGE_DAY}
    assert verdict(rule, "transfer_links", "", cells, transfer_links=first, **others) is passes


def test_below_a_mixed_class_a_part_may_be_of_any_category():
    others = {"transfers": {X: ARMS | {"system_id": "fateh-110"}, UAVS: {"system_id": "arms"}}}
    rule = transfers.part_is_of_a_related_system
    assert verdict(rule, "transfer_links", "", link(X, UAVS), transfer_links=[], **others)


def test_a_part_may_be_of_the_category_of_the_whole_on_another_branch():
    transfers_of = {X: ARMS | {"system_id": "kite"}, UAVS: {"system_id": "shahed-136"}}
    kite = {"kite": {"category": "uav", "parent_system_id": "uavs"}}
    rule, others = transfers.part_is_of_a_related_system, {"transfers": transfers_of, "systems": kite}
    assert verdict(rule, "transfer_links", "", link(X, UAVS), transfer_links=[], **others)


def retired(key: str | None, table: str | None = "transfers", successor: str | None = None, **cells) -> dict:
    return {"retired_id": key, "table_name": table, "successor_id": successor, "retired_in": "1.0.0", **cells}


RETIRED = [
    (transfers.retired_id_is_not_in_use, retired("irn-rus-x"), True),
    *(
        (transfers.retired_id_is_not_in_use, retired(key), False)
        for key in (UAVS, "uavs", PAGE, f"{PAGE}.01", "iran")
    ),
    *(
        (transfers.retired_id_has_the_form_of_its_table, retired(key, table), passes)
        for key, table, passes in [
            ("a.01", "statements", True),
            ("a.001", "statements", True),
            ("a.1", "statements", False),
            ("a", "statements", False),
            ("a-2022.01", "sources", False),
            ("irn-rus-x", "transfers", True),
            ("unknown-rus-x", "transfers", True),
            ("irn-unknown-x", "transfers", True),
            ("irn-rus-", "transfers", False),
            ("kestrels", "transfers", False),
            ("a-2022-b", "sources", True),
            ("a-b", "sources", False),
            ("a-b", "actors", True),
            (None, "statements", True),
        ]
    ),
    *(
        (transfers.retired_by_the_next_version, retired("irn-rus-x", retired_in=version), passes)
        for version, passes in [
            ("1.2.3", True),
            ("1.2.2", True),
            ("0.9.9", True),
            ("1.2.4", True),
            ("1.2.5", False),
            ("1.3.0", True),
            ("1.3.1", False),
            ("1.4.0", False),
            ("2.0.0", True),
            ("2.0.1", False),
            ("2.1.0", False),
            ("3.0.0", False),
            ("next", True),
            (None, True),
        ]
    ),
    *(
        (transfers.successor_is_another_row, retired("irn-rus-x", "transfers", successor), passes)
        for successor, passes in [
            (None, True),
            (UAVS, True),
            ("irn-rus-x", False),
            ("uavs", False),
            ("irn-rus-old", True),
            ("no-such", False),
        ]
    ),
    (transfers.successor_is_another_row, retired("irn-rus-x", None, UAVS), False),
    (transfers.successor_is_another_row, retired("a", "actors", "irn-rus-old"), False),
    (transfers.successors_form_no_circle, retired("irn-rus-x", "transfers", UAVS), True),
    (transfers.successors_form_no_circle, retired("irn-rus-x", "transfers", "irn-rus-old"), False),
]


@pytest.mark.parametrize("case", RETIRED, ids=named)
def test_retired_ids(case):
    rule, cells, passes = case
    others = {
        "retired_ids": [retired("irn-rus-old", "transfers", "irn-rus-x")],
        "package": [{"version": "1.2.3-dev", "date": DAY}],
    }
    assert verdict(rule, "retired_ids", "", cells, **others) is passes


def test_without_a_version_any_may_have_retired_an_id():
    cells = retired("irn-rus-x", retired_in="9.9.9")
    rule = transfers.retired_by_the_next_version
    assert verdict(rule, "retired_ids", "", cells, retired_ids=[], package=[])
