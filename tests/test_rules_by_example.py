"""Every sentence of the rules O2 and R4 at a hand-made example or two, against scripts/."""

import pytest
from world import D, World, count, exact

STAGES = ("agreed", "shipped", "delivered")
ANONYMOUS = {"authority": "individual_official", "anonymity": "anonymous_described"}
EXHIBIT = {"aspect": "manufacture_origin", "evidence": "physical_shown"}
CERTAIN, POSSIBLE = {"rests_on_certainty": "certain"}, {"rests_on_certainty": "possible"}


@pytest.fixture
def w():
    return World()


def on(statement_id, certainty=CERTAIN):
    return {"rests_on_statement_id": statement_id} | certainty


def on_actor(actor_id, certainty=CERTAIN):
    return {"rests_on_actor_id": actor_id} | certainty


def supports(w, transfer_id="t", day=None):
    found = w.t(transfer_id, day)
    return [found[f"support_{stage}"] for stage in STAGES]


def origins(w, stage="delivered"):
    found = w.t()
    return found[f"{stage}_n_origins_min"], found[f"{stage}_n_origins_max"]


def positions(w, transfer_id="t", day=None):
    found = w.t(transfer_id, day)
    return found["supplier_position"], found["recipient_position"]


def cells(row, names):
    return tuple(row[name] for name in names.split())


# ------------------------------------------------------------------------------------------------------------- counting rows


@pytest.mark.parametrize(
    "more",
    [
        {"stance": "deny"},
        {"stance": "doubt"},
        {"stance": "decline"},
        {"polarity": "negated"},
        {"explicitness": "presupposed"},
        exact(0),
    ],
    ids=lambda more: "-".join(map(str, list(more.values())[:1])),
)
def test_rows_that_do_not_count(w, more):
    name = w.usa(**more)
    assert not w.s(name)["is_counting"] and supports(w) == ["none"] * 3 and origins(w) == (0, 0)
    assert w.t()["n_statements"] == 1 and w.t()["first_public_on"] == D("2023-01-10")


def test_an_assertion_counts_and_its_relay_does_not(w):
    name = w.usa()
    relay = w.relay(name)
    assert w.s(name)["is_counting"] and not w.s(relay)["is_counting"]
    assert supports(w)[2] == "reported" and origins(w) == (1, 1) and w.t()["n_statements"] == 2


def test_what_is_withdrawn_does_not_count_until_the_withdrawal_is(w):
    name = w.usa()
    first = w.withdraw(name, "2023-02-01")
    assert not w.s(name)["is_counting"] and supports(w)[2] == "none"
    w.withdraw(first, "2023-03-01")
    assert [w.s(name, day)["is_counting"] for day in (None, "2023-02-15", "2023-01-31")] == [
        True,
        False,
        True,
    ]


def test_withdrawals_that_are_relayed_or_presupposed_withdraw_nothing(w):
    name = w.usa()
    w.withdraw(name, relays_statement_id=name), w.withdraw(name, explicitness="presupposed")
    assert w.s(name)["is_counting"]


# ----------------------------------------------------------------------------------------------------------------- O2 origins


@pytest.mark.parametrize(
    ("key", "more"),
    [
        # (2) an incomplete chain, whoever speaks
        (
            None,
            {
                "speaker": "ryder",
                "speaks_for_id": "united-states",
                "authority": "state_position",
                "chain_complete": False,
            },
        ),
        # (3) officials, named or anonymous: whom they speak for, else the speaker's state, else the speaker
        ("USA", {"speaker": "ryder", "speaks_for_id": "us-dod", "authority": "state_position"}),
        ("USA", {"speaker": "us-officials-1"} | ANONYMOUS),
        ("GBR", {"speaker": "gb-officials"} | ANONYMOUS),
        (
            "european-union",
            {"speaker": "borrell", "speaks_for_id": "european-union", "authority": "official_capacity"},
        ),
        (
            "european-union",
            {"speaker": "loner", "speaks_for_id": "european-union", "authority": "official_capacity"},
        ),
        ("e3", {"speaker": "france", "speaks_for_id": "e3", "authority": "state_position"}),
        (
            "un-panel",
            {"speaker": "un-panel", "speaks_for_id": "west-officials", "authority": "official_capacity"},
        ),
        # (4) a joint text
        ("e3", {"speaker": "e3", "speaks_for_id": "e3", "authority": "state_position"}),
        # (5) organisations and their people
        ("isis-institute", {"speaker": "analyst"}),
        ("cnn", {"speaker": "cnn"}),
        ("cnn", {"speaker": "cnn-undisclosed"}),
        ("RUS", {"speaker": "tass"}),
        ("IRN", {"speaker": "iran"}),
        ("USA", {"speaker": "ryder", "authority": "former_official"}),
        (None, {"speaker": "loner"}),
        # (1) what it certainly rests on comes first; the key an official of that actor would have
        (
            "USA",
            {"speaker": "france", "authority": "state_position", "chain_complete": False}
            | on_actor("us-dod"),
        ),
        ("european-union", {"speaker": "france", "authority": "state_position"} | on_actor("european-union")),
        ("e3", {"speaker": "france", "authority": "state_position"} | on_actor("e3")),
        ("cnn", {"speaker": "france", "authority": "state_position"} | on_actor("cnn")),
        ("isis-institute", {"speaker": "france", "authority": "state_position"} | on_actor("isis-institute")),
        (None, {"speaker": "france", "authority": "state_position"} | on_actor("loner")),
    ],
)
def test_key(w, key, more):
    assert cells(w.s(w.say(**more)), "origin_id origin_is_possible") == (key, False)


def test_resting_is_followed_to_the_end_also_to_none(w):
    gbr = w.gbr(**on(w.usa()))
    assert w.s(w.fra(chain_complete=False, **on(gbr)))["origin_id"] == "USA"
    assert w.s(w.gbr(**on(w.pool())))["origin_id"] is None


def test_possible_resting_anywhere_on_the_way_is_possible(w):
    gbr = w.gbr(**on(w.usa(), POSSIBLE))
    assert cells(w.s(gbr), "origin_id origin_is_possible") == ("GBR", True)
    assert cells(w.s(w.fra(**on(gbr))), "origin_id origin_is_possible") == ("GBR", True)
    assert cells(
        w.s(w.relay(w.fra(), **on_actor("united-states", POSSIBLE))), "origin_id origin_is_possible"
    ) == ("FRA", True)


def test_a_relay_has_the_key_of_the_row_it_relays(w):
    relay = w.relay(w.gbr())
    assert w.s(relay)["origin_id"] == "GBR" and w.s(w.fra(**on(relay)))["origin_id"] == "GBR"


def test_circles_of_relays_and_resting_have_no_key(w):
    one = w.usa()
    two = w.usa(**on(one))
    w.tables["statements"][0]["relays_statement_id"] = two
    assert w.s(one)["origin_id"] is None and w.s(two)["origin_id"] is None


def test_least_and_most_origins(w):
    assert origins(w) == (0, 0)
    w.pool(), w.pool(speaker="reuters-undisclosed")
    assert origins(w) == (1, 1)  # one pool, and at least one
    w.usa(), w.usa(speaker="us-officials-1", **ANONYMOUS)
    assert origins(w) == (1, 2)  # one government
    w.gbr(**on_actor("united-states", POSSIBLE))
    assert origins(w) == (1, 3)  # possibly nothing of its own
    w.gbr()
    assert origins(w) == (2, 3)


def test_joint_bodies_in_a_count(w):
    w.e3(), w.e3(), w.say(speaker="g7", speaks_for_id="g7", authority="state_position")
    assert origins(w) == (1, 1)  # together one
    w.gbr()
    assert origins(w) == (2, 2)  # a member of e3 is counted, none of g7
    w.fra()
    assert origins(w) == (2, 2)


def test_counts_are_per_stage_and_keys_of_the_whole_record(w):
    gbr = w.gbr("2023-01-01", **on(w.usa("2023-06-01", aspect="agreement")))
    w.fra(aspect="shipment")
    assert [origins(w, stage) for stage in STAGES] == [(2, 2), (2, 2), (1, 1)]
    assert w.s(gbr, "2023-02-01")["origin_id"] == "USA"


# ---------------------------------------------------------------------------------------------------------------- R4.1 support


def test_a_later_stage_counts_for_earlier_ones(w):
    w.usa(aspect="shipment")
    assert supports(w) == ["reported", "reported", "none"]


@pytest.mark.parametrize(
    "aspect", ["negotiation", "legality", "use", "sanction", "manufacture_origin", "route_or_carrier"]
)
def test_other_aspects_support_nothing(w, aspect):
    w.usa(aspect=aspect)
    assert supports(w) == ["none"] * 3


def test_projected(w):
    name = w.usa(stance="project", aspect="shipment")
    (
        w.usa(stance="project", polarity="negated"),
        w.usa(stance="project", explicitness="presupposed"),
        w.relay(name, stance="project"),
    )
    assert supports(w) == ["projected", "projected", "none"] and origins(w, "agreed") == (0, 0)
    w.withdraw(name)
    assert supports(w) == ["none"] * 3


def test_corroborated_by_two_keys_one_named(w):
    w.usa(speaker="us-officials-1", **ANONYMOUS), w.say(speaker="gb-officials", **ANONYMOUS)
    assert supports(w)[2] == "reported"
    w.usa(coded_from="paraphrase_in_relay")
    assert supports(w)[2] == "corroborated"


@pytest.mark.parametrize(
    "more",
    [
        {"certainty": "possible"},
        {"speaks_for_id": "united-states"},
        {"chain_complete": False},
        {"anonymity": "unnamed_spokesperson", "coded_from": "paraphrase_in_relay"},
        on_actor("france", POSSIBLE),
        on_actor("us-dod"),
    ],
    ids=lambda more: "-".join(map(str, more.values())),
)
def test_not_corroborated(w, more):
    w.usa(), w.gbr(**more)
    assert supports(w)[2] == "reported"


@pytest.mark.parametrize(
    "ground",
    [{"anonymity": "anonymous_described", "coded_from": "paraphrase_in_relay"}, {"certainty": "possible"}],
    ids=["poor", "possible"],
)
def test_not_corroborated_by_what_rests_on_such_a_row(w, ground):
    below = w.fra(aspect="negotiation", **ground)
    w.usa(), w.gbr(**on(w.fra(aspect="negotiation", **on(below))))
    assert origins(w) == (2, 2) and supports(w)[2] == "reported"


def test_acknowledged_and_in_part(w):
    w.irn(aspect="agreement", limits="quantity_limited")
    assert supports(w) == ["acknowledged_in_part", "none", "none"]
    w.rus(limits=None)
    w.irn("2024-01-01", stance="deny")  # lowers nothing
    assert supports(w) == ["acknowledged"] * 3


@pytest.mark.parametrize(
    "more",
    [
        {"certainty": "possible"},
        {"authority": "official_capacity"},
        {"coded_from": "paraphrase_in_relay", "anonymity": "unnamed_spokesperson"},
        {"limits": "legality_only"},
        {"limits": "characterisation"},
        {"speaks_for_id": "turkey", "speaker": "turkey"},
    ],
    ids=lambda more: "-".join(map(str, more.values())),
)
def test_not_acknowledged(w, more):
    w.irn(**more)
    assert supports(w)[2] == ("held_possible" if "certainty" in more else "reported")


def test_not_acknowledged_where_it_repeats_what_may_not_count(w):
    w.irn(
        **on(
            w.say(
                speaker="west-officials",
                anonymity="anonymous_described",
                coded_from="paraphrase_in_relay",
                aspect="negotiation",
            )
        )
    )
    assert supports(w)[2] == "reported"


def test_a_joint_text_is_a_row_of_each_member(w):
    w.say(speaker="irn-rus-joint", speaks_for_id="irn-rus-joint", authority="state_position")
    assert supports(w)[2] == "acknowledged" and positions(w) == ("acknowledged", "acknowledged")


def test_the_actor_named_beside_a_state_is_the_party_too(w):
    w.transfer("other", "shahed", supplier="TUR", supplier_actor_id="sahara-thunder")
    w.say(speaker="sahara-thunder", authority="state_position", transfer_id="other")
    assert positions(w, "other") == ("acknowledged", "none")


def test_documented_by_a_neutral_exhibit(w):
    w.lab(**EXHIBIT)
    assert supports(w) == ["none", "documented", "documented"] and origins(w) == (0, 0)


@pytest.mark.parametrize(
    "more",
    [
        {
            "speaker": "ryder",
            "speaks_for_id": "united-states",
            "authority": "official_capacity",
        },  # a listed adversary
        {"speaker": "ryder", "said_basis": "before_publication", "said_min": None},  # undated
        {"speaker": "ryder"} | on_actor("neutral-lab"),  # an adversary speaks
        {"speaker": "neutral-lab", "speaks_for_id": "us-dod"},
        {"speaker": "e3"},  # speaks for one, is a member
        {"speaker": "neutral-lab", "evidence": "image_shown"},
        {"speaker": "neutral-lab", "evidence": "none_shown"},
        {"speaker": "neutral-lab", "chain_complete": False},  # the pool
        {"speaker": "neutral-lab", "polarity": "negated"},
        {
            "speaker": "cnn-undisclosed",
            "anonymity": "anonymous_described",
            "coded_from": "paraphrase_in_relay",
        },  # may not count above reported
        {"speaker": "rus-minister", "speaks_for_id": "russia", "authority": "state_position"},  # a party
        {"speaker": "irn-minister"} | on_actor("neutral-lab"),  # its speaker's state
        {"speaker": "analyst", "speaks_for_id": "russia"},
        {"speaker": "irn-rus-joint"},
    ],
    ids=str,
)
def test_no_exhibits(w, more):
    w.say(**EXHIBIT | more)
    assert supports(w)[2] == "none"


def test_an_adversary_is_one_only_from_its_day_on_and_a_company_of_its_country_never(w):
    w.gbr("2022-02-23", **EXHIBIT)
    assert supports(w)[2] == "documented"
    other = World()
    other.say(speaker="car", **EXHIBIT)
    assert supports(other)[2] == "documented"


def test_parts_count_for_the_whole_by_its_parties(w):
    (
        w.transfer("part", "shahed"),
        w.transfer("deep", "shahed", supplier="TUR"),
        w.part("part", "t"),
        w.part("deep", "part"),
    )
    w.irn(transfer_id="deep", event_min="2023-01-01", event_max="2023-01-02", **exact(10))
    w.usa(transfer_id="part", stance="project"), w.irn(transfer_id="part", stance="deny")
    assert [supports(w, name)[2] for name in ("t", "part", "deep")] == [
        "acknowledged",
        "acknowledged",
        "reported",
    ]
    assert cells(w.t(), "delivered_n_origins_max event_min event_max family_id") == (
        1,
        D("2023-01-01"),
        D("2023-01-02"),
        "t",
    )
    assert cells(w.t(), "supplier_position delivered_low n_statements") == (
        "none",
        None,
        0,
    )  # never positions, numbers, tallies
    assert w.t("deep")["family_id"] == "t"


def test_projections_of_the_family_project_the_whole(w):
    (
        w.transfer("part", "shahed"),
        w.part("part", "t"),
        w.transfer("wide", "arms"),
        w.transfer("other", "arms", mode="services"),
    )
    w.usa(transfer_id="part", stance="project")
    assert [supports(w, name)[2] for name in ("part", "t", "wide", "other")] == [
        "projected",
        "projected",
        "projected",
        "none",
    ]
    assert cells(w.t("wide"), "delivered_n_origins_max event_min n_statements") == (0, None, 0)


def test_what_is_beneath_counts_for_what_is_above(w):
    (
        w.transfer("wide", "arms"),
        w.transfer("drones", "drones"),
        w.transfer("licence", "drones", mode="licence_technology"),
        w.transfer("missiles", "missiles"),
    )
    w.usa(**exact(10)), w.gbr(transfer_id="drones"), w.irn(transfer_id="drones", limits="time_limited")
    assert [supports(w, name)[2] for name in ("t", "drones", "wide", "licence", "missiles")] == [
        "reported",
        "acknowledged_in_part",
        "acknowledged_in_part",
        "none",
        "none",
    ]
    assert [w.t(name)["delivered_n_origins_max"] for name in ("t", "drones", "wide")] == [1, 3, 3]
    assert [positions(w, name)[0] for name in ("t", "drones", "wide")] == [
        "none",
        "acknowledged_in_part",
        "acknowledged_in_part",
    ]
    assert [w.t(name)["delivered_low"] for name in ("t", "drones", "wide")] == [10, None, None]


# --------------------------------------------------------------------------------------------------------------- R4.2 positions


def test_the_latest_holds_and_refusals_only_where_nothing_else_stands(w):
    seen = []
    for day, more in [
        ("2022-10-01", {"stance": "decline"}),
        ("2022-11-01", {"stance": "deny"}),
        ("2022-12-01", {"stance": "decline"}),
        ("2023-01-01", {"limits": "quantity_limited"}),
        ("2023-02-01", {"stance": "deny", "limits": "time_limited"}),
        ("2023-03-01", {}),
        ("2023-04-01", {"aspect": "shipment"}),
    ]:
        w.irn(day, **more)
        seen.append(positions(w)[0])
    assert seen == [
        "declined",
        "denied",
        "denied",
        "acknowledged_in_part",
        "denied_in_part",
        "acknowledged",
        "acknowledged_in_part",
    ]
    assert positions(w)[1] == "none" and supports(w)[2] == "acknowledged"


@pytest.mark.parametrize(
    "more",
    [
        {"stance": "deny", "limits": "legality_only"},
        {"limits": "characterisation"},
        {"certainty": "possible"},
        {"polarity": "negated"},
        {"stance": "deny", "polarity": "negated"},
        {"stance": "deny", "aspect": "legality"},
        {"authority": "official_capacity"},
        {"explicitness": "presupposed"},
        {"stance": "project"},
    ],
    ids=lambda more: "-".join(more.values()),
)
def test_neither_admission_nor_denial(w, more):
    w.irn(**more)
    assert positions(w)[0] == "none"


def test_relays_and_withdrawn_rows_give_no_position(w):
    name = w.irn(stance="deny")
    w.irn("2023-02-01", relays_statement_id=name)
    assert positions(w)[0] == "denied"
    w.withdraw(name)
    assert positions(w)[0] == "none"


def test_both_on_one_day(w):
    w.irn(stance="deny")
    w.irn(speaker="irn-spokesman")  # the same day, the later statement_id
    assert positions(w)[0] == "acknowledged"
    w.irn(limits="quantity_limited")
    assert positions(w)[0] == "acknowledged_in_part"


def test_undated_rows_only_where_no_dated_one_stands(w):
    w.irn("2023-05-01", said_basis="before_publication", said_min=None)
    assert positions(w)[0] == "acknowledged"
    w.irn("2022-05-01", stance="deny")
    assert positions(w)[0] == "denied"


def test_a_class_denial_reaches_transfers_public_by_then(w):
    w.transfer("generic", "arms")
    w.transfer("licences", "arms", mode="licence_technology")
    w.usa("2022-08-01")
    w.irn(
        "2022-08-15", transfer_id="licences", stance="deny"
    )  # of another mode: who denies a licence does not deny a supply
    assert positions(w) == ("none", "none")
    w.irn("2022-09-01", transfer_id="generic", stance="deny")
    assert positions(w) == ("denied", "none")
    w.irn("2022-09-15", transfer_id="generic", stance="deny", limits="purpose_limited")
    w.rus("2022-09-16", transfer_id="generic", stance="deny")
    w.irn("2022-10-01", transfer_id="generic")  # whatever the class later admitted
    assert positions(w) == ("denied_in_part", "denied") and positions(w, "generic") == (
        "acknowledged",
        "denied",
    )
    assert positions(w, day="2022-08-31") == ("none", "none")
    assert supports(w)[2] == "reported" and cells(w.t(), "n_statements last_public_on") == (
        1,
        D("2022-08-01"),
    )
    w.irn("2022-11-01")
    assert positions(w)[0] == "acknowledged"


@pytest.mark.parametrize(
    ("transfer", "generic", "more"),
    [
        ({}, {}, {"on": "2022-07-31"}),
        ({}, {}, {"limits": "system_limited"}),
        ({}, {}, {"limits": "characterisation"}),
        ({"recipient": "SYR"}, {}, {}),
        ({}, {"system_id": "missiles"}, {}),
        ({"system_id": "fateh"}, {"system_id": "fateh-family"}, {}),
        ({}, {}, {"said_basis": "before_publication", "said_min": None}),
    ],
    ids=[
        "first public after",
        "system_limited",
        "neither",
        "other parties",
        "not above",
        "family",
        "undated",
    ],
)
def test_class_denials_that_do_not_reach(w, transfer, generic, more):
    (
        w.transfer("u", **{"system_id": "shahed"} | transfer),
        w.transfer("generic", **{"system_id": "arms"} | generic),
    )
    w.usa("2022-08-01", transfer_id="u")
    w.irn(**{"on": "2022-09-01", "transfer_id": "generic", "stance": "deny"} | more)
    assert positions(w, "u") == ("none", "none")


@pytest.mark.parametrize(
    ("first", "second", "reaches"),
    [
        ({}, {}, True),
        ({"explicitness": "presupposed"}, {}, True),
        ({"explicitness": "presupposed"}, {"explicitness": "presupposed"}, False),
        ({}, {"explicitness": "presupposed"}, True),
    ],
    ids=["explicit", "presupposed first", "both presupposed", "presupposed second"],
)
def test_class_denials_reach_what_explicit_rows_and_relays_made_public(w, first, second, reaches):
    """The transfer is public by a relay and by a relay of the relay, each explicit or presupposed; the row itself is of another transfer."""
    w.transfer("u", "shahed"), w.transfer("generic", "arms")
    said = w.usa("2022-08-01", aspect="legality")
    relay = w.relay(said, "2022-08-01", transfer_id="u", **first)
    w.relay(relay, "2022-08-01", transfer_id="u", **second)
    w.irn("2022-09-01", transfer_id="generic", stance="deny")
    assert positions(w, "u") == ("denied" if reaches else "none", "none")
    w.withdraw(said)
    assert positions(w, "u") == ("none", "none")


def test_presupposition_hangs_on_the_row_and_not_on_what_it_relays(w):
    w.transfer("u", "shahed"), w.transfer("generic", "arms")
    relay = w.relay(w.usa("2022-08-01"), "2022-08-01")
    w.relay(relay, "2022-08-01", transfer_id="u", explicitness="presupposed")
    w.irn("2022-09-01", transfer_id="generic", stance="deny")
    assert positions(w, "u") == ("none", "none")


# --------------------------------------------------------------------------------------------------------------- R4.3 estimates

NUMBERS = "low best high low_open high_open n_points conflict"


def test_one_value_per_key_smallest_low_largest_high_lower_median(w):
    w.usa("2023-01-01", **exact(100)), w.usa("2023-01-05", **exact(200))  # the latest of the key
    w.gbr("2023-01-02", **exact(300)), w.pool("2023-01-03", **exact(500))
    assert cells(w.e(), NUMBERS) == (200, 300, 500, False, False, 3, True)
    assert cells(w.e(), "n_origins_min n_origins_max has_pool oldest_said latest_said") == (
        2,
        3,
        True,
        D("2023-01-02"),
        D("2023-01-05"),
    )
    w.fra(**exact(400))
    assert w.e()["best"] == 300  # the lower of the middle two
    assert cells(w.t(), "delivered_low delivered_best delivered_high delivered_unit") == (
        200,
        300,
        500,
        "item",
    )


def test_sides_left_open(w):
    w.usa(**count(100, None, None)), w.gbr(**count(None, None, 300))
    assert cells(w.e(), NUMBERS) == (100, None, 300, True, True, 0, False)


@pytest.mark.parametrize(
    "more",
    [
        exact(5, pooled=True),
        exact(5, scope="remaining"),
        exact(5, scope="planned_total"),
        count(None, None, None),
        exact(5) | {"aspect": "route_or_carrier"},
        exact(5) | {"stance": "project"},
        exact(5) | {"stance": "doubt"},
        exact(5, scope="rate", unit="item_per_year"),
        exact(0),
    ],
    ids=lambda more: "-".join(str(cell) for cell in more.values()),
)
def test_numbers_that_enter_no_estimate(w, more):
    w.usa(**more)
    assert w.derived()["estimates"] == []


def test_a_repeated_total_only_where_the_key_has_none_of_its_own(w):
    w.gbr("2023-01-09", **on(w.usa(aspect="route_or_carrier")), **exact(900))
    assert w.e()["high"] == 900
    w.usa("2023-01-02", **exact(100))
    assert w.e()["high"] == 100


def test_batches_and_windows_give_their_lower_bound_only(w):
    w.usa("2023-01-01", **exact(40, scope="batch")), w.gbr("2023-01-02", **exact(60, scope="window"))
    assert cells(w.e(), NUMBERS) == (60, None, None, False, True, 0, False)
    w.fra("2023-01-03", **exact(10))
    assert cells(w.e(), NUMBERS) == (10, 10, 10, False, True, 1, True)


@pytest.mark.parametrize(
    ("total", "batch", "expected"),
    [
        (
            exact(100),
            ("2023-01-09", exact(900, scope="batch")),
            (100, 100, 100, False, False, 1, False),
        ),  # said before the total
        (
            exact(100),
            ("2023-01-10", exact(900, scope="batch")),
            (100, 100, 100, False, False, 1, False),
        ),  # on its day
        (exact(100), ("2023-01-11", exact(150, scope="batch")), (150, None, None, False, True, 0, False)),
        (exact(100), ("2023-01-11", exact(20, scope="window")), (100, None, None, False, True, 0, False)),
        (
            exact(100),
            ("2023-01-11", count(None, None, 50, scope="batch")),
            (100, None, None, False, True, 0, False),
        ),
        (
            count(None, None, 500),
            ("2023-01-11", exact(50, scope="batch")),
            (50, None, None, False, True, 0, False),
        ),
    ],
    ids=["before", "same day", "raises", "smaller", "no lower bound", "no total low"],
)
def test_batches_beside_a_total(w, total, batch, expected):
    w.usa("2023-01-10", **total), w.usa(batch[0], **batch[1])
    assert cells(w.e(), NUMBERS) == expected


def test_a_batch_gives_a_low_to_its_key_but_not_to_the_estimate(w):
    (
        w.gbr("2022-11-01", **exact(400)),
        w.usa("2022-11-01", **count(None, None, 500)),
        w.usa("2022-11-15", **exact(50, scope="batch")),
    )
    assert cells(w.e(), "low low_open") == (400, False)


def test_old_upper_bounds_and_points_of_counts_are_history(w):
    w.usa("2023-01-01", **exact(100)), w.gbr("2023-06-30", **exact(300))  # 180 days
    assert cells(w.e(), NUMBERS) == (100, 100, 300, False, False, 2, True)
    w.tables["statements"][1]["said_min"] = D("2023-07-01")
    assert cells(w.e(), NUMBERS) == (100, None, 300, False, True, 1, False)


def test_a_point_that_a_batch_dropped_blanks_nothing(w):
    (
        w.usa("2022-01-01", **exact(100)),
        w.usa("2022-02-01", **exact(10, scope="batch")),
        w.gbr("2022-11-15", **exact(50)),
    )
    assert w.e()["best"] == 50


def specification(number, basis="assessed", aspect="range", unit="km"):
    return exact(number, unit=unit, scope=None) | {
        "transfer_id": None,
        "system_id": "fateh",
        "aspect": aspect,
        "basis": basis,
    }


def test_specifications_do_not_age_and_are_apart_by_basis_and_unit(w):
    (
        w.usa("2013-01-01", **specification(300)),
        w.gbr(**specification(500)),
        w.fra(**specification(700, "advertised")),
    )
    assert cells(w.e("fateh.range.assessed.km"), NUMBERS) == (300, 300, 500, False, False, 2, True)
    (
        w.usa(**specification(4, aspect="speed", unit="mach")),
        w.gbr(**specification(5000, aspect="speed", unit="km_per_h")),
    )
    assert w.e("fateh.speed.assessed.mach")["n_origins_max"] == 1


def test_the_range_is_that_of_the_basis_with_most_origins(w):
    def stated(system="fateh"):
        row = next(row for row in w.derived()["systems"] if row["system_id"] == system)
        return cells(row, "range_km_min_stated range_km_max_stated range_basis range_n_origins")

    w.usa(**specification(300, "advertised")), w.gbr(**specification(500, "not_stated"))
    assert stated() == (300, 300, "advertised", 1) and stated("shahed") == (None, None, None, 0)
    w.fra(**specification(700, "not_stated"))
    assert stated() == (500, 700, "not_stated", 2)


def test_the_unit_delivered_is_that_with_most_origins_and_a_bound(w):
    w.usa(**exact(3, unit="round")), w.usa(**exact(5))
    assert cells(w.t(), "delivered_unit delivered_low") == ("item", 5)  # ties by name
    w.gbr(**exact(4, unit="round"))
    assert cells(w.t(), "delivered_unit delivered_low") == ("round", 3)
    boundless = World()
    boundless.usa(**count(None, None, 9, scope="batch"))
    assert boundless.e() is None and boundless.t()["delivered_unit"] is None


def test_a_point_without_bounds_stands_for_both_and_contradicts_nothing(w):
    def about(value):
        return specification(value, "assessed") | {"low": None, "high": None}

    w.usa(**about(120))
    name = "fateh.range.assessed.km"
    assert cells(w.e(name), "low best high low_open high_open n_points") == (120, 120, 120, True, True, 1)
    w.gbr(**specification(100, "assessed"))
    assert cells(w.e(name), "low best high conflict") == (100, 100, 120, False)
    w.gbr("2023-02-01", **about(90))  # later, but vaguer than what the same government said before
    assert cells(w.e(name), "low high n_points") == (100, 120, 2)


def test_each_joint_body_has_a_value(w):
    w.gbr(**exact(5)), w.e3(**exact(9))
    assert cells(w.e(), "high n_points n_origins_max") == (9, 2, 1)


# ------------------------------------------------------------------------------------------------- R4.4 resolution, R4.5 history


def test_resolutions(w):
    plan = w.usa("2022-10-01", stance="project", aspect="shipment", event_max="2022-12-31")
    seen = [w.s(plan)["resolution"]]
    w.source("2023-01-01")
    seen.append(w.s(plan)["resolution"])
    w.gbr("2023-02-01", event_min="2022-10-01", event_max="2022-12-31")
    seen.append(w.s(plan)["resolution"])
    w.withdraw(plan)
    assert [*seen, w.s(plan)["resolution"]] == ["open", "lapsed", "fulfilled", "cancelled"]


@pytest.mark.parametrize(
    "more",
    [
        {"event_min": "2022-09-30"},
        {"event_max": "2023-01-01"},
        {"event_min": None},
        {"event_max": None},
        {"aspect": "agreement"},
        {"transfer_id": "part"},
        {"stance": "doubt"},
    ],
    ids=lambda more: "-".join(map(str, *[more.items()])),
)
def test_not_fulfilled(w, more):
    w.transfer("part", "shahed"), w.part("part", "t")
    plan = w.usa("2022-10-01", stance="project", aspect="shipment", event_max="2022-12-31")
    w.gbr("2022-12-30", **{"event_min": "2022-11-01", "event_max": "2022-11-30"} | more)
    assert w.s(plan)["resolution"] == "open"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"stance": "project", "aspect": "negotiation"},
        {"stance": "project", "polarity": "negated"},
        {"stance": "project", "explicitness": "presupposed"},
    ],
    ids=str,
)
def test_no_resolution_of_other_rows(w, more):
    assert w.s(w.usa(**more))["resolution"] is None


def test_known_from(w):
    original = w.source("2022-12-01", extent="not_consulted")
    name = w.usa(original_source_id=original)
    assert (
        w.s(name)["known_from"]
        == w.s(w.usa(source=w.source("2023-01-10", copy_of=original)))["known_from"]
        == D("2022-12-01")
    )
    assert w.s(w.usa(original_source_id=w.source("2022-11-01")))["known_from"] == D(
        "2023-01-10"
    )  # consulted: a row of its own
    w.relay(w.relay(name, "2022-11-20"), "2022-11-10")
    assert w.s(name)["known_from"] == D("2022-11-10")


def test_history_merges_equal_states_and_follows_withdrawals(w):
    first, second = w.usa("2023-01-10"), w.usa("2023-01-15")  # the second changes nothing
    w.gbr("2023-01-20", **exact(5))
    told = "known_from known_to support_delivered delivered_low delivered_n_origins_max"
    assert [cells(row, told) for row in w.history()] == [
        (D("2023-01-10"), D("2023-01-20"), "reported", None, 1),
        (D("2023-01-20"), None, "corroborated", 5, 2),
    ]
    w.withdraw(first), w.withdraw(second, transfer_id="t")
    assert [cells(row, told)[2:] for row in w.history()][2:] == [("reported", 5, 1)]


def test_history_begins_with_a_word_on_the_transfer_or_on_its_parts(w):
    w.transfer("silent", "shahed"), w.transfer("whole", "shahed"), w.part("t", "whole")
    w.usa(aspect="legality")
    assert [len(w.history(name)) for name in ("silent", "t", "whole")] == [0, 1, 0]
    w.usa("2023-02-01")
    assert [row["known_from"] for row in w.history("whole")] == [D("2023-02-01")]


def test_a_day_reads_what_was_known(w):
    w.usa("2023-01-01")
    late = w.gbr("2023-03-01")
    assert w.s(late, "2023-02-01")["known_from"] is None
    assert [supports(w, day=day)[2] for day in ("2023-02-01", "2023-03-01")] == ["reported", "corroborated"]


def test_tallies_and_event_dates(w):
    source = w.source("2023-01-01", "cnn")
    name = w.usa(source=source, aspect="legality", event_min="2020-01-01", event_max="2020-01-01")
    (
        w.gbr(source=source, event_max="2022-01-01"),
        w.fra("2023-02-01", publisher="cnn", explicitness="presupposed"),
        w.relay(name, "2023-03-01", event_min="2019-01-01"),
    )
    assert cells(w.t(), "n_statements n_sources n_publishers first_public_on last_public_on") == (
        4,
        3,
        2,
        D("2023-01-01"),
        D("2023-03-01"),
    )
    assert cells(w.t(), "event_min event_max") == (D("2020-01-01"), D("2022-01-01"))


def test_the_order_of_rows_is_irrelevant_and_every_made_table_says_its_rules(w):
    w.gbr("2023-01-11", **on(w.usa(**exact(5)), POSSIBLE), **exact(9))
    w.withdraw(w.irn(stance="deny"))
    before = w.derived()
    w.tables = {name: rows[::-1] for name, rows in w.tables.items()}
    assert {name: sorted(map(str, rows)) for name, rows in w.derived().items()} == {
        name: sorted(map(str, rows)) for name, rows in before.items()
    }
    assert {row["rule_version"] for name in ("estimates", "transfer_history") for row in before[name]} == {
        "by test"
    }
