"""Wrong derivations, one at a time: each must be caught by what checks the right one.

The checks are hand-made worlds, the laws of `test_laws.py` over a few random records, and the comparison with the second
implementation in `reference.py`. An error is a piece of the source of one function, and what is wrongly put in its place;
where the source has changed so that the piece is gone, the error has to be planted anew.
"""

import inspect
import textwrap

import pytest
import reference
from generate import case, record
from test_laws import LAWS, fates, numbers
from world import D, World, count, exact

from scripts import estimates, history, origins, positions, support
from scripts import record as records

SEEDS = range(40)
EXHIBIT = {"aspect": "manufacture_origin", "evidence": "physical_shown"}
ANONYMOUS = {
    "speaker": "us-officials-1",
    "authority": "individual_official",
    "anonymity": "anonymous_described",
}


# Hand-made worlds: how they are made, and what must follow for `t`


def later_class(w, said, mode="finished_items", **more):
    w.transfer("class", "drones", mode=mode)
    w.usa("2022-06-01")
    w.irn(said, **{"transfer_id": "class", "stance": "deny"} | more)


def part(w):
    w.transfer("part", "shahed")
    w.part("part", "t")


def range_of(number, **more):
    return (
        {"transfer_id": None, "system_id": "fateh", "aspect": "range", "basis": "assessed"}
        | exact(number, unit="km", scope=None)
        | more
    )


def beneath(w, **more):
    w.transfer("narrow", "shahed-b")
    w.usa(transfer_id="narrow", **more)


def denied_above(w, *admitted, wider="missiles", event=("2022-06-15", "2022-07-01"), claim=None, **more):
    """A claim of a Fateh in May, then a denial of missiles in July; admissions as (transfer, day said)."""
    w.transfer("t-class", wider)
    w.transfer("t-family", "fateh-family")
    w.transfer("t-arms", "arms")
    w.tables["transfers"][0]["system_id"] = "fateh"
    w.usa("2022-06-01", event_min="2022-05-01", event_max="2022-05-31", **(claim or {}))
    w.irn("2022-07-01", transfer_id="t-class", stance="deny", event_min=event[0], event_max=event[1], **more)
    for transfer, day in admitted:
        w.irn(day, transfer_id=transfer)


WORLDS = {
    "two governments corroborate": (
        lambda w: (w.usa(), w.gbr()),
        {"support_delivered": "corroborated", "delivered_n_origins_min": 2},
    ),
    "a relay is no origin": (
        lambda w: w.relay(w.usa(), speaker="united-kingdom", speaks_for_id="united-kingdom"),
        {"support_delivered": "reported", "delivered_n_origins_max": 1},
    ),
    "two ministries are one government": (
        lambda w: (w.usa(speaks_for_id="us-dod"), w.usa()),
        {"support_delivered": "reported", "delivered_n_origins_max": 1},
    ),
    "state media is its state": (
        lambda w: (w.rus(authority="official_capacity"), w.say(speaker="tass")),
        {"delivered_n_origins_max": 1},
    ),
    "two joint bodies are one": (
        lambda w: (w.e3(), w.say(speaker="g7", speaks_for_id="g7", authority="state_position")),
        {"delivered_n_origins_max": 1},
    ),
    "a joint body of a member is none": (
        lambda w: (w.e3(), w.gbr()),
        {"delivered_n_origins_max": 1, "support_delivered": "reported"},
    ),
    "a think tank repeats an official": (
        lambda w: w.say(speaker="analyst", rests_on_statement_id=w.usa(), rests_on_certainty="certain"),
        {"delivered_n_origins_max": 1},
    ),
    "a possible resting is possible": (
        lambda w: w.gbr(rests_on_statement_id=w.usa(), rests_on_certainty="possible"),
        {"delivered_n_origins_min": 1, "delivered_n_origins_max": 2},
    ),
    "the pool is not sure": (
        lambda w: (w.pool(), w.usa()),
        {"delivered_n_origins_min": 1, "delivered_n_origins_max": 2},
    ),
    "the least is one": (lambda w: w.pool(), {"delivered_n_origins_min": 1}),
    "a broken chain has no key": (
        lambda w: (w.usa(), w.gbr(chain_complete=False)),
        {"delivered_n_origins_min": 1, "support_delivered": "reported"},
    ),
    "a denial lowers nothing": (
        lambda w: (w.usa(), w.irn("2023-03-01", stance="deny")),
        {"support_delivered": "reported", "supplier_position": "denied"},
    ),
    "a withdrawn row is gone": (lambda w: w.withdraw(w.usa()), {"support_delivered": "none"}),
    "a zero is no delivery": (lambda w: w.usa(**exact(0)), {"support_delivered": "none"}),
    "a shipment is not a delivery": (
        lambda w: w.usa(aspect="shipment"),
        {"support_agreed": "reported", "support_shipped": "reported", "support_delivered": "none"},
    ),
    "a plan is a plan": (
        lambda w: w.usa(stance="project"),
        {"support_delivered": "projected", "delivered_n_origins_max": 0},
    ),
    "a variant supports its model": (
        beneath,
        {"support_delivered": "reported", "delivered_n_origins_max": 1},
    ),
    "a variant foreseen is its model foreseen": (
        lambda w: beneath(w, stance="project"),
        {"support_delivered": "projected"},
    ),
    "a number stays beneath": (lambda w: beneath(w, **exact(100)), {"low": None, "delivered_low": None}),
    "a class supports no model": (
        lambda w: later_class(w, "2022-07-01", stance="assert"),
        {"support_delivered": "reported", "delivered_n_origins_max": 1},
    ),
    "a part goes up by its whole": (
        lambda w: (w.transfer("other", "shahed"), beneath(w), w.part("narrow", "other")),
        {"support_delivered": "none"},
    ),
    "nothing beneath goes into a part": (
        lambda w: (w.transfer("other", "shahed"), w.part("t", "other"), beneath(w)),
        {"support_delivered": "none"},
    ),
    "what may be is held possible": (
        lambda w: w.usa(certainty="possible"),
        {"support_delivered": "held_possible", "delivered_n_origins_max": 1},
    ),
    "a denial of other days": (denied_above, {"supplier_position": "none"}),
    "a denial of days that meet": (
        lambda w: denied_above(w, event=("2022-05-31", "2022-07-01")),
        {"supplier_position": "denied"},
    ),
    "a denial of days when it was claimed": (
        lambda w: (denied_above(w), w.gbr("2022-06-15")),
        {"supplier_position": "denied"},
    ),
    "a denial of days after all claims": (
        lambda w: (denied_above(w), w.gbr("2022-06-14")),
        {"supplier_position": "none"},
    ),
    "a denial of the days of an agreement": (
        lambda w: (denied_above(w), w.gbr("2022-06-20", aspect="agreement", event_min="2022-06-16")),
        {"supplier_position": "none"},
    ),
    "a denial of days after an agreement": (
        lambda w: denied_above(w, claim={"aspect": "agreement"}),
        {"supplier_position": "none"},
    ),
    "a denial once the part was public": (
        lambda w: (
            later_class(w, "2022-05-15"),
            w.transfer("narrow", "shahed-b"),
            w.gbr("2022-05-01", transfer_id="narrow"),
        ),
        {"supplier_position": "denied"},
    ),
    "a denial of what nobody claims": (
        lambda w: denied_above(w, claim={"stance": "project"}),
        {"supplier_position": "denied"},
    ),
    "two accounts, one of other days": (
        lambda w: (denied_above(w), w.irn("2022-07-01", transfer_id="t-class", stance="deny")),
        {"supplier_position": "none"},
    ),
    "an earlier denial that reaches": (
        lambda w: (denied_above(w), w.irn("2022-06-05", transfer_id="t-class", stance="deny")),
        {"supplier_position": "denied"},
    ),
    "a model admitted": (
        lambda w: (w.transfer("narrow", "shahed-b"), w.irn(transfer_id="narrow")),
        {"supplier_position": "acknowledged_in_part", "support_delivered": "acknowledged"},
    ),
    "a model denied": (
        lambda w: (w.transfer("narrow", "shahed-b"), w.irn(transfer_id="narrow", stance="deny")),
        {"supplier_position": "none"},
    ),
    "a denial of no days": (lambda w: denied_above(w, event=(None, None)), {"supplier_position": "denied"}),
    "a denial of the family stays there": (
        lambda w: denied_above(w, wider="fateh-family", event=(None, None)),
        {"supplier_position": "none"},
    ),
    "overtaken by the class": (
        lambda w: denied_above(w, ("t-class", "2022-07-05"), event=(None, None)),
        {"supplier_position": "denied_in_part"},
    ),
    "overtaken by the family on the day": (
        lambda w: denied_above(w, ("t-family", "2022-07-01"), event=(None, None)),
        {"supplier_position": "denied_in_part"},
    ),
    "admitted before, denied after": (
        lambda w: denied_above(w, ("t-family", "2022-06-30"), event=(None, None)),
        {"supplier_position": "denied"},
    ),
    "admitted of what is wider": (
        lambda w: denied_above(w, ("t-arms", "2022-07-05"), event=(None, None)),
        {"supplier_position": "denied"},
    ),
    "a withdrawn plan is gone": (
        lambda w: w.withdraw(w.usa(stance="project")),
        {"support_delivered": "none"},
    ),
    "a part supports the whole": (
        lambda w: (part(w), w.usa(transfer_id="part")),
        {"support_delivered": "reported"},
    ),
    "a neutral exhibit documents": (
        lambda w: w.lab(**EXHIBIT),
        {"support_delivered": "documented", "support_agreed": "none"},
    ),
    "an adversary's exhibit does not": (
        lambda w: w.usa("2023-01-01", **EXHIBIT),
        {"support_delivered": "none"},
    ),
    "a party's exhibit does not": (
        lambda w: w.rus(authority="none", speaks_for_id=None, **EXHIBIT),
        {"support_delivered": "none"},
    ),
    "a minister admits": (
        lambda w: w.irn(),
        {"support_delivered": "acknowledged", "supplier_position": "acknowledged"},
    ),
    "a joint text admits for each": (
        lambda w: w.say(
            speaker="irn-rus-joint", speaks_for_id="irn-rus-joint", authority="state_position", limits="total"
        ),
        {
            "support_delivered": "acknowledged",
            "supplier_position": "acknowledged",
            "recipient_position": "acknowledged",
        },
    ),
    "a minister admits some": (
        lambda w: w.irn(limits="quantity_limited"),
        {"support_delivered": "acknowledged_in_part", "supplier_position": "acknowledged_in_part"},
    ),
    "a minister calls it lawful": (
        lambda w: w.irn(limits="legality_only"),
        {"support_delivered": "reported", "supplier_position": "none"},
    ),
    "a paraphrase does not admit": (
        lambda w: w.irn(coded_from="paraphrase_in_relay", anonymity="unnamed_spokesperson"),
        {"support_delivered": "reported"},
    ),
    "what may be does not corroborate": (
        lambda w: (w.usa(), w.gbr(certainty="possible")),
        {"support_delivered": "reported", "delivered_n_origins_min": 2},
    ),
    "nobody is named": (
        lambda w: (w.usa(**ANONYMOUS), w.gbr(**ANONYMOUS | {"speaker": "gb-officials"})),
        {"support_delivered": "reported"},
    ),
    "the latest word holds": (
        lambda w: (w.irn("2022-10-01", stance="deny"), w.irn("2022-11-05")),
        {"supplier_position": "acknowledged"},
    ),
    "yes and no on one day": (
        lambda w: (w.irn(stance="deny"), w.irn()),
        {"supplier_position": "acknowledged_in_part"},
    ),
    "of two accounts the limit stays": (
        lambda w: (w.irn(stance="deny", limits="time_limited"), w.irn(stance="deny")),
        {"supplier_position": "denied_in_part"},
    ),
    "supply denied, licence not": (
        lambda w: later_class(w, "2022-06-01", mode="licence_technology"),
        {"supplier_position": "none"},
    ),
    "a refusal erases nothing": (
        lambda w: (w.irn("2022-11-05"), w.irn("2022-12-01", stance="decline", limits=None)),
        {"supplier_position": "acknowledged"},
    ),
    "a class denial reaches down": (lambda w: later_class(w, "2022-06-01"), {"supplier_position": "denied"}),
    "a class denial does not look ahead": (
        lambda w: later_class(w, "2022-05-31"),
        {"supplier_position": "none"},
    ),
    "a class admission stays above": (
        lambda w: later_class(w, "2022-07-01", stance="assert"),
        {"supplier_position": "none", "support_delivered": "reported"},
    ),
    "some of a class are not this one": (
        lambda w: later_class(w, "2022-07-01", limits="system_limited"),
        {"supplier_position": "none"},
    ),
    "bounds over origins": (
        lambda w: (w.usa(**exact(100)), w.gbr(**exact(300)), w.fra(**exact(200))),
        {"low": 100, "best": 200, "high": 300, "conflict": True},
    ),
    "the lower median": (lambda w: (w.usa(**exact(100)), w.gbr(**exact(300))), {"best": 100}),
    "the latest total": (
        lambda w: (w.usa("2022-10-01", **exact(300)), w.usa("2022-11-01", **exact(100))),
        {"low": 100, "high": 100},
    ),
    "its own total before a repeated one": (
        lambda w: (
            w.usa("2022-10-01", **exact(100)),
            w.gbr(
                "2022-11-01", rests_on_actor_id="united-states", rests_on_certainty="certain", **exact(900)
            ),
        ),
        {"high": 100},
    ),
    "a batch is not the total": (
        lambda w: (w.usa("2022-10-01", **exact(100)), w.usa("2022-11-01", **exact(20, scope="batch"))),
        {"low": 100, "best": None, "high": None},
    ),
    "a batch raises": (
        lambda w: (w.usa("2022-10-01", **exact(100)), w.usa("2022-11-01", **exact(200, scope="batch"))),
        {"low": 200},
    ),
    "a batch is not without its lower bound": (
        lambda w: w.usa(**count(None, None, 9, scope="batch")),
        {"low": None, "high": None},
    ),
    "a batch above the total": (
        lambda w: (
            w.usa("2022-10-01", **exact(300, scope="batch")),
            w.usa("2022-11-01", **count(None, None, 100)),
        ),
        {"low": 300, "high": 100, "conflict": True},
    ),
    "180 days are not yet history": (
        lambda w: (w.usa("2023-01-01", **exact(100)), w.gbr("2023-06-30", **exact(300))),
        {"best": 100, "high": 300, "conflict": True},
    ),
    "181 days are": (
        lambda w: (w.usa("2023-01-01", **exact(100)), w.gbr("2023-07-01", **exact(300))),
        {"low": 100, "best": None, "high": 300, "conflict": False, "n_points": 1},
    ),
    "a later word without a number is enough": (
        lambda w: (w.usa("2023-01-01", **exact(100)), w.gbr("2023-07-01")),
        {"low": 100, "best": None, "high": None, "high_open": True},
    ),
    "an undated total is history": (
        lambda w: w.usa(said_basis="before_publication", said_min=None, **exact(100)),
        {"low": 100, "best": None, "high": None},
    ),
    "a point without bounds stands for both": (
        lambda w: w.usa(**range_of(120, low=None, high=None)),
        {"range": (120, 120, 120)},
    ),
    "a plain range before a later vague one": (
        lambda w: (
            w.usa("2023-01-01", **range_of(100)),
            w.usa("2023-02-01", **range_of(90, low=None, high=None)),
        ),
        {"range": (100, 100, 100)},
    ),
    "a later word on what is beneath is enough": (
        lambda w: (
            w.usa("2023-01-01", **exact(100)),
            w.transfer("narrow", "shahed-b"),
            w.gbr("2023-07-01", transfer_id="narrow"),
        ),
        {"best": None, "high": None},
    ),
    "a mile more or less": (
        lambda w: (w.usa(**range_of(120)), w.gbr(**range_of(121))),
        {"range": (120, 120, 121), "range_conflict": False},
    ),
    "two miles more or less": (
        lambda w: (w.usa(**range_of(120)), w.gbr(**range_of(122))),
        {"range_conflict": True},
    ),
    "a drone more or less": (lambda w: (w.usa(**exact(120)), w.gbr(**exact(121))), {"conflict": True}),
    "said by the last day": (
        lambda w: w.usa(said_max="2023-01-12", **exact(5)),
        {"latest_said": D("2023-01-12"), "oldest_said": D("2023-01-10")},
    ),
    "pooled numbers stay out": (
        lambda w: (w.usa(**exact(100)), w.gbr(**exact(300, pooled=True))),
        {"high": 100},
    ),
    "planned totals stay out": (
        lambda w: (w.usa(**exact(100)), w.gbr(**exact(300, scope="planned_total"))),
        {"high": 100},
    ),
}


# The checks


def derived(made: World) -> dict:
    """State of the transfer `t`, its estimate of items delivered and the range of a missile."""
    found = record(made.tables)
    told = numbers(found)
    measured = told.get("fateh.range.assessed.km", {})
    return {
        **told.get("t.delivered.item", dict.fromkeys(("low", "best", "high"))),
        **history.state(found, "t"),
        "range": tuple(measured.get(end) for end in ("low", "best", "high")),
        "range_conflict": measured.get("conflict"),
    }


def world_holds(name: str):
    make, expected = WORLDS[name]
    made = World()
    make(made)
    found = derived(made)
    assert {column: found[column] for column in expected} == expected


def agrees(seed: int):
    """The scripts and the second implementation derive the same of a random record."""
    tables = case(seed, 4 + seed % 10).tables
    found, second = record(tables), reference.Record(tables)
    other = reference.derive(second)
    assert found.known_from == second.known_from
    assert {name: (origin.key, origin.possible) for name, origin in found.origins.items()} == {
        name: tuple(second.origins[name]) for name in found.origins
    }
    assert fates(found) == {name: row["resolution"] for name, row in other["statements"].items()}
    assert {
        name: {column: line[column] for column in other["estimates"][name]}
        for name, line in numbers(found).items()
    } == other["estimates"]
    lines = [line for transfer in found.transfers for line in history.history(found, transfer)]
    assert {(line["transfer_id"], line["known_from"]): line for line in lines} == reference.history(second)


def failures():
    """Names of the checks that fail, the quick ones first."""
    checks = [(f"world: {name}", lambda name=name: world_holds(name)) for name in WORLDS]
    checks += [
        (f"law: {law.__name__}", lambda law=law: [law(case(seed, 4 + seed % 10)) for seed in SEEDS])
        for law in LAWS
    ]
    checks += [("reference", lambda: [agrees(seed) for seed in SEEDS])]
    for name, check in checks:
        try:
            check()
        except Exception:  # an error that makes the derivation crash is caught too
            yield name


# The errors

Actors, Record = origins.Actors, records.Record
ERRORS = {  # what is wrong: (function, piece of its source, what stands there instead)
    "the smallest of the highs": (estimates.estimate, "max(tops", "min(tops"),
    "the largest of the lows": (estimates.estimate, "min(floors)", "max(floors)"),
    "the upper median": (estimates.estimate, "(len(points) - 1) // 2", "len(points) // 2"),
    "no conflict": (estimates.estimate, "max(lows) > min(closed)", "False"),
    "a batch outside the conflict": (
        estimates.estimate,
        " + ([largest] if largest is not None and not floors else [])",
        "",
    ),
    "points without bounds left out": (
        estimates.estimate,
        "if value.alone is not None and not old]",
        "if False]",
    ),
    "large numbers left out": (
        estimates.estimate,
        "for high in highs if high is not None]",
        "for high in highs if high is not None and high < 400]",
    ),
    "totals of different years in conflict": (
        estimates.is_history,
        'told - total["said_min"] > HISTORY',
        "False",
    ),
    "history a day early": (estimates.is_history, "> HISTORY", ">= HISTORY"),
    "an undated total for ever": (
        estimates.is_history,
        'total["said_min"] is None or ',
        'total["said_min"] is not None and ',
    ),
    "ageing by numbers only": (
        estimates.grouped,
        'append(row["said_min"] or date.min)',
        'append(row["low"] is not None and row["said_min"] or date.min)',
    ),
    "ageing by its own rows only": (
        estimates.grouped,
        "record.counting(subject_id) if subject_id in record.transfers else filter(record.is_counting, rows)",
        "filter(record.is_counting, rows)",
    ),
    "a rounding taken for dispute": (estimates.estimate, "else CONVERTED", "else 1"),
    "a count almost right": (estimates.estimate, "(1 if rows", "(CONVERTED if rows"),
    "the first day for the last": (
        estimates.estimate,
        'row["said_max"] for row in used',
        'row["said_min"] for row in used',
    ),
    "batches without a bound": (
        estimates.grouped,
        "lower_bounds(found) or not all(is_partial(row) for row in found)",
        "True",
    ),
    "pooled numbers entering": (estimates.grouped, ' and not row["pooled"]', ""),
    "planned totals entering": (estimates.grouped, "in SCOPES", 'in (*SCOPES, "planned_total")'),
    "a batch replacing a total": (estimates.value_of, "if not is_partial(row)]", "]"),
    "a batch lowering low": (
        estimates.value_of,
        "max(lows, default=None), total_low",
        "min(lows, default=None), total_low",
    ),
    "a batch leaving the high": (estimates.value_of, "None if later else total", "total"),
    "the first total for the latest": (estimates.value_of, "record.sources)[-1]", "record.sources)[0]"),
    "a repeated total for its own": (estimates.value_of, "own or totals", "totals"),
    "a vague specification for a plain one": (estimates.value_of, "plain or own", "own"),
    "a relay counted": (records.is_countable, 'not row["relays_statement_id"]', "True"),
    "withdrawn rows kept": (Record._see, "name not in self.withdrawn", "True"),
    "withdrawn plans kept": (Record.stands, ' and row["statement_id"] not in self.withdrawn', ""),
    "a presupposed row supporting": (records.is_countable, 'row["explicitness"] == "explicit"', "True"),
    "a negated row supporting": (records.is_countable, 'row["polarity"] == "affirmed"', "True"),
    "a zero row supporting": (records.is_countable, 'row["high"] != 0', "True"),
    "a projection counted as support": (
        records.is_countable,
        'row["stance"] == "assert"',
        'row["stance"] in ("assert", "project")',
    ),
    "a doubt counted as support": (
        records.is_countable,
        'row["stance"] == "assert"',
        'row["stance"] in ("assert", "doubt")',
    ),
    "a denial lowering support": (
        Record.counting,
        "for row in self.counted[member]",
        'for row in self.counted[member] if not any(other["stance"] == "deny" for other in self.of_transfer[member])',
    ),
    "support going down from the whole": (
        Record._family,
        "here in self.wholes[other]",
        "other in self.wholes[here]",
    ),
    "support going down from the class": (
        Record._family,
        "any(here in wider for wider in self.above[other].values())",
        "any(other in wider for wider in self.above[here].values())",
    ),
    "no support going up": (
        Record._family,
        "any(here in wider for wider in self.above[other].values())",
        "False",
    ),
    "a part going up past its whole": (Record._family, "and not self.wholes[other] and ", "and "),
    "what is beneath going into a part": (Record._family, "or not self.wholes[here] and", "or"),
    "a joint text of no member": (Record._spoken_for, "for actor in who for", "for actor in who[:1] for"),
    "a government per ministry": (Actors.key, 'return actor["state"]', "return actor_id"),
    "state media on their own": (Actors.key, ' or actor["state_controlled"]', ""),
    "joint bodies counted each": (origins._distinct, "bool(alone)", "len(alone)"),
    "a joint body of a counted member": (
        origins._distinct,
        "if not (single - {None}) &",
        "if True or single &",
    ),
    "who rests on an official is an origin": (
        origins.origins,
        'row["rests_on_certainty"] == "certain"',
        "False",
    ),
    "a relay with its own key": (origins.origins, 'if row["relays_statement_id"]:', "if False:"),
    "a key without a chain": (origins.own_key, 'if not row["chain_complete"]:', "if False:"),
    "every row an origin": (
        origins.count,
        "_distinct({origin.key for origin in found}, actors)",
        "len(found)",
    ),
    "the last row for the latest": (
        records.in_order,
        "sorted(dated or rows, key=lambda row: latest(row, sources))",
        "dated or rows",
    ),
    "a possible resting counted": (origins.certain, " and not origin.possible", ""),
    "the pool in the least": (origins.certain, "origin.key is not None and ", ""),
    "the least without its floor": (
        origins.count,
        "max(1, certain(found, actors))",
        "certain(found, actors)",
    ),
    "later stages not counting for earlier": (
        support.support,
        "if record.stage(row) >= number]",
        "if record.stage(row) == number]",
    ),
    "earlier stages counting for later": (
        support.support,
        "if record.stage(row) >= number]",
        "if record.stage(row) >= 0]",
    ),
    "an exhibit of an agreement": (support.support, ' and stage != "agreed"', ""),
    "all to be named": (support.level, ">= 2 and any(", ">= 2 and all("),
    "no projected support": (support.level, '"projected" if projected else ', ""),
    "projections that do not go up": (
        support.support,
        "record.of_family(transfer_id)",
        "record.of_transfer[transfer_id]",
    ),
    "what is held possible reported": (support.level, '"reported" if sure else ', '"reported" if rows else '),
    "the merely possible corroborating": (support.level, " if not record.kept(is_possible, row)]", "]"),
    "a lawful supply an admission": (support.level, " - set(NO_ADMISSION)", ""),
    "hearsay above reported": (support.may_count_above_reported, "if not (", "if False and not ("),
    "an adversary's exhibit documenting": (support.is_exhibit, " and not behind & listed", ""),
    "a party's exhibit documenting": (support.is_exhibit, "not (behind | states) & parties and ", ""),
    "a generic denial reaching a later transfer": (
        positions.class_denials,
        'if public <= row["said_min"]',
        "if public < date.max",
    ),
    "a denial of other days": (positions.may_mean, "first <= end and start <= last", "True"),
    "an undated claim for ever": (positions.may_mean, ' or row["said_max"]', ""),
    "a claim of an earlier stage denied": (
        positions.may_mean,
        "[row for row in claims if record.stage(row) >= record.stage(denial)] or ",
        "",
    ),
    "no claim of the stage denied": (
        positions.may_mean,
        " or [row for row in claims if record.stage(row) >= 0]",
        "",
    ),
    "public by its own rows only": (
        positions.class_denials,
        "record.of_family(transfer_id)",
        "record.of_transfer[transfer_id]",
    ),
    "a clipped account reaching alone": (positions.class_denials, "all(may_mean", "any(may_mean"),
    "an earlier denial forgotten": (
        positions.class_denials,
        "rows = [row for row in rows if row not in word]",
        "break",
    ),
    "an admission that stays beneath": (
        positions.grounds,
        " + admissions_beneath(record, transfer_id, side)",
        "",
    ),
    "an admission of the model in full": (
        positions.is_whole,
        "is_denial(row) and not",
        "not is_denial(row) or not",
    ),
    "a denial of the family going downward": (
        positions.class_denials,
        ' if record.systems[system]["kind"] == "class"',
        "",
    ),
    "an overtaken denial in full": (
        positions.is_whole,
        " and not is_overtaken(record, transfer_id, side, row)",
        "",
    ),
    "overtaken by what was said before": (
        positions.is_overtaken,
        'row["said_min"] <= later["said_min"]',
        "True",
    ),
    "overtaken by what is wider": (positions.is_overtaken, "above[:1 + ", "above[:9 + "),
    "an affirmation going downward": (
        positions.class_denials,
        "if is_denial(row) and",
        "if (is_denial(row) or is_admission(row)) and",
    ),
    "a denial of some of a class going downward": (
        positions.class_denials,
        ' and row["limits"] != "system_limited"',
        "",
    ),
    "a refusal erasing an admission": (
        positions.grounds,
        "if not held:",
        'if not held or any(row["stance"] == "decline" for row in rows):',
    ),
    "limits of a position ignored": (positions.is_whole, '(row["limits"] or "total") == "total"', "True"),
    "two words on a day as one": (positions.last_word, "row is rows[-1] or", "row is rows[-1] and"),
    "a limit lost in a clipped account": (
        positions.position,
        "for row in word)\n    if",
        "for row in word[-1:])\n    if",
    ),
    "a denial of supply denies the licence": (
        Record._above,
        '("supplier", "recipient", "mode")',
        '("supplier", "recipient")',
    ),
    "read a day late": (Record.known_by, "<= day", "< day"),
    "intervals that end a day early": (
        history.intervals,
        '["known_to"] = day',
        '["known_to"] = day.fromordinal(day.toordinal() - 1)',
    ),
    "equal intervals kept apart": (history.intervals, 'if now.get(name) != line["cells"]', "if True"),
    "relays that make nothing known": (
        records.known_from,
        "[own(rows[statement_id]), *later]",
        "[own(rows[statement_id])]",
    ),
    "fulfilled by what was before": (history.resolution, ' and other["event_min"] >= row["said_min"]', ""),
}


def plant(monkeypatch, function, piece: str, instead: str):
    """Let the function do what its source would with another piece in place of this one."""
    source, made = textwrap.dedent(inspect.getsource(function)), {}
    assert piece in source, f"{function.__qualname__} no longer says {piece!r}: plant this error anew"
    exec(compile(source.replace(piece, instead), "<planted>", "exec"), function.__globals__, made)
    monkeypatch.setattr(function, "__code__", made[function.__name__].__code__)


@pytest.mark.parametrize("name", WORLDS)
def test_hand_made_worlds(name):
    world_holds(name)


def test_without_an_error_nothing_fails():
    assert list(failures()) == []


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_caught(error, monkeypatch):
    plant(monkeypatch, *ERRORS[error])
    assert next(failures(), None)
