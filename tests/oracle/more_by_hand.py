"""More words written by hand, on transfers of other parties, so that none meets the words of another scene."""

import datetime

from tests.oracle.by_hand import EU, FRANCE, INSTITUTE, IRAN, RUSSIA, UKRAINE, USA, total
from tests.random_record import DAY

ACTORS = [
    {
        "actor_id": key,
        "kind": kind,
        "state": state,
        "parent_actor_id": parent,
        "state_controlled": True,
        "name": key,
    }
    for key, kind, state, parent in (
        ("bureau", "medium", "IRN", "courier"),
        ("guard", "body", "IRN", None),
        ("guard-press", "body", "IRN", "guard"),
        ("guard-speaker", "person", None, "guard"),
        ("guard-channel", "medium", "IRN", None),
        ("guard-presenter", "person", None, "guard-channel"),
    )
] + [
    {
        "actor_id": "assembly",
        "kind": "body",
        "state": "IRN",
        "parent_actor_id": "iran",
        "state_controlled": False,
        "name": "assembly",
    }
]
ALIGNMENTS = [
    {
        "party": "SYR",
        "adversary": "FRA",
        "listed_from": DAY + datetime.timedelta(2),
        "listed_to": DAY + datetime.timedelta(4),
        "reason": "-",
    },
    {"party": "PRK", "adversary": "RUS", "listed_from": DAY, "listed_to": None, "reason": "-"},
]
TRANSFERS = [
    {
        "transfer_id": key,
        "supplier": supplier,
        "recipient": recipient,
        "system_id": system,
        "mode": mode,
        "title": key,
    }
    for key, supplier, recipient, system, mode in (
        ("irn-syr-arms", "IRN", "SYR", "arms", "finished_items"),
        ("irn-syr-drones", "IRN", "SYR", "drones", "finished_items"),
        ("irn-syr-shahed", "IRN", "SYR", "shahed", "finished_items"),
        ("irn-lbn-drones", "IRN", "LBN", "drones", "finished_items"),
        ("irn-lbn-shahed", "IRN", "LBN", "shahed", "finished_items"),
        ("irn-lbn-lot", "IRN", "LBN", "drones", "finished_items"),
        ("rus-prk-drones", "RUS", "PRK", "drones", "finished_items"),
        ("rus-prk-crews", "RUS", "PRK", "drones", "services"),
        ("rus-irn-arms-crews", "RUS", "IRN", "arms", "services"),
        ("rus-irn-jets-crews", "RUS", "IRN", "jets", "services"),
        ("irn-yem-drones", "IRN", "YEM", "drones", "finished_items"),
        ("irn-yem-shahed", "IRN", "YEM", "shahed", "finished_items"),
        ("irn-yem-crews", "IRN", "YEM", "drones", "services"),
        ("irn-yem-plant", "IRN", "YEM", "drones", "licence_technology"),
        ("irn-irq-drones", "IRN", "IRQ", "drones", "finished_items"),
        ("irn-irq-shahed", "IRN", "IRQ", "shahed", "finished_items"),
        ("irn-irq-shahed-136", "IRN", "IRQ", "shahed-136", "finished_items"),
        ("irn-sdn-arms", "IRN", "SDN", "arms", "finished_items"),
        ("irn-sdn-drones", "IRN", "SDN", "drones", "finished_items"),
        ("irn-sdn-shahed", "IRN", "SDN", "shahed", "finished_items"),
        ("irn-sdn-shahed-136", "IRN", "SDN", "shahed-136", "finished_items"),
        ("irn-sdn-lot", "IRN", "SDN", "drones", "finished_items"),
        ("irn-sdn-crews", "IRN", "SDN", "drones", "services"),
        ("irn-sdn-plant", "IRN", "SDN", "drones", "licence_technology"),
        ("rus-sdn-arms", "RUS", "SDN", "arms", "finished_items"),
        ("rus-sdn-drones", "RUS", "SDN", "drones", "finished_items"),
        ("rus-sdn-jets", "RUS", "SDN", "jets", "finished_items"),
        ("rus-sdn-crews", "RUS", "SDN", "jets", "services"),
        ("irn-egy-drones", "IRN", "EGY", "drones", "finished_items"),
        ("irn-egy-shahed", "IRN", "EGY", "shahed", "finished_items"),
    )
]
LINKS = [
    {
        "transfer_id": "irn-sdn-lot",
        "kind": "part_of",
        "linked_transfer_id": "irn-sdn-drones",
        "decided_on": DAY,
        "reason": "-",
    },
    {
        "transfer_id": "irn-lbn-lot",
        "kind": "part_of",
        "linked_transfer_id": "irn-lbn-drones",
        "decided_on": DAY,
        "reason": "-",
    },
    {
        "transfer_id": "irn-yem-drones",
        "kind": "possibly_same_as",
        "linked_transfer_id": "irn-syr-drones",
        "decided_on": DAY,
        "reason": "-",
    },
]

SYR_ARMS, SYR_DRONES, SYR_SHAHED = (
    {"transfer_id": f"irn-syr-{name}"} for name in ("arms", "drones", "shahed")
)
BORROWED = {"rests_on_actor_id": "institute", "rests_on_certainty": "certain"}
LBN_DRONES, LBN_SHAHED, LBN_LOT = ({"transfer_id": f"irn-lbn-{name}"} for name in ("drones", "shahed", "lot"))
PRK_DRONES, PRK_CREWS = ({"transfer_id": f"rus-prk-{name}"} for name in ("drones", "crews"))
ARMS_CREWS, JETS_CREWS = ({"transfer_id": f"rus-irn-{name}-crews"} for name in ("arms", "jets"))
YEM_DRONES, YEM_SHAHED, YEM_CREWS, YEM_PLANT = (
    {"transfer_id": f"irn-yem-{name}"} for name in ("drones", "shahed", "crews", "plant")
)
SDN_ARMS, SDN_DRONES, SDN_SHAHED, SDN_136, SDN_LOT, SDN_CREWS, SDN_PLANT = (
    {"transfer_id": f"irn-sdn-{name}"}
    for name in ("arms", "drones", "shahed", "shahed-136", "lot", "crews", "plant")
)
RUS_SDN_ARMS, RUS_SDN_DRONES, RUS_SDN_JETS, RUS_SDN_CREWS = (
    {"transfer_id": f"rus-sdn-{name}"} for name in ("arms", "drones", "jets", "crews")
)
EGY_DRONES, EGY_SHAHED = {"transfer_id": "irn-egy-drones"}, {"transfer_id": "irn-egy-shahed"}
IRQ, IRQ_136 = {"transfer_id": "irn-irq-shahed"}, {"transfer_id": "irn-irq-shahed-136"}
AGENCY = {"speaker_id": "iran-agency", "speaks_for_id": None, "authority": "none"}
EXPERT = {"speaker_id": "expert", "authority": "none"}
E2 = {"speaker_id": "e2", "speaks_for_id": "e2"}
HERALD = {"speaker_id": "herald", "authority": "none"}
TWO_PAPERS = {"speaker_id": "two-papers", "authority": "none"}
HERALD_SOURCE = {
    "speaker_id": "herald-undisclosed",
    "authority": "none",
    "anonymity": "anonymous_undescribed",
}
AGENCY_SOURCE = {
    "speaker_id": "local-reports",
    "via_id": "iran-agency",
    "authority": "none",
    "anonymity": "anonymous_undescribed",
}
UNNAMED = {
    "speaker_id": "officials-a",
    "authority": "individual_official",
    "anonymity": "anonymous_described",
}
SHOWN = {"aspect": "manufacture_origin", "evidence": "physical_shown", "exhibit_id": "wreck-1"}
DENY, EXPECT, NOT = {"stance": "deny"}, {"stance": "project"}, {"polarity": "negated"}
MAYBE, DECLINE, DOUBT = {"certainty": "possible"}, {"stance": "decline"}, {"stance": "doubt"}
ORDER, AGREE, TALK = {"aspect": "order"}, {"aspect": "agreement"}, {"aspect": "negotiation"}
LIMITED = {"limits": "quantity_limited"}


def takes_back(statement_id: str) -> dict:
    return {"stance": "withdraw", "targets_statement_id": statement_id}


def day_of(offset: int) -> datetime.date:
    return DAY + datetime.timedelta(offset)


def event(first: int | None, last: int | None) -> dict:
    given = {"event_min": first, "event_max": last}
    return {name: None if offset is None else day_of(offset) for name, offset in given.items()}


def spoken(offset: int) -> dict:
    return {"said": day_of(offset).isoformat(), "said_min": day_of(offset), "said_max": day_of(offset)}


def counted(number: float, unit: str = "item", aspect: str = "delivery") -> dict:
    return total(number, number, number) | {"unit": unit, "canonical_unit": unit, "aspect": aspect}


def reach(system_id: str, number: float, basis: str) -> dict:
    unit = {"unit": "km", "canonical_unit": "km", "scope": None, "transfer_id": None, "aspect": "range"}
    return counted(number) | unit | {"system_id": system_id, "basis": basis}


MORE: list[tuple[int, dict]] = [  # the day on which each is said and published, and its cells
    # a person shows an exhibit; members of a joint body of whom one is listed; a voice that is listed only later
    (12, EXPERT | SHOWN | {"transfer_id": "rus-irn-jets"}),
    (5, E2 | SHOWN | LBN_LOT),
    (-150, UKRAINE | SHOWN | PRK_DRONES),
    (6, UKRAINE | PRK_DRONES),
    # total denials of a class, of which a limited account of the same day comes out later
    (-10, USA | EGY_SHAHED),
    (-5, IRAN | EGY_DRONES | DENY),
    (0, IRAN | EGY_DRONES | DENY),
    (5, IRAN | EGY_DRONES | DENY | LIMITED | spoken(0)),
    # a listing that ends: the days before it, its first, its last and the one after it, and words without a day
    (1, FRANCE | SYR_SHAHED),
    (2, FRANCE | SYR_SHAHED),
    (4, FRANCE | SYR_SHAHED),
    (5, FRANCE | SYR_SHAHED),
    (6, FRANCE | SYR_SHAHED | TALK | {"said": None, "said_min": None, "said_max": None}),
    (1, FRANCE | SYR_SHAHED | ORDER | LIMITED),
    (3, FRANCE | SYR_SHAHED | ORDER),
    # an official of whose two words one repeats another's information
    (2, USA | PRK_CREWS | AGREE | {"rests_on_actor_id": "institute", "rests_on_certainty": "certain"}),
    (2, USA | PRK_CREWS | ORDER),
    # its own word, which words on another's information leave standing; two of those; one that its own word replaces
    (1, FRANCE | JETS_CREWS),
    (2, FRANCE | JETS_CREWS | BORROWED),
    (3, FRANCE | JETS_CREWS | BORROWED),
    (1, EU | JETS_CREWS | BORROWED),
    (2, EU | JETS_CREWS),
    # first claims by an expectation and by a possibility, on the day on which the class is denied
    (2, USA | SYR_DRONES | EXPECT),
    (2, USA | SYR_SHAHED | MAYBE),
    (2, IRAN | SYR_ARMS | DENY),
    (3, IRAN | SYR_DRONES | DECLINE),
    (6, IRAN | SYR_DRONES | DENY),
    (7, IRAN | SYR_DRONES | DECLINE),
    (8, IRAN | SYR_SHAHED | ORDER | DENY),
    (9, IRAN | SYR_SHAHED | ORDER | DECLINE),
    # limited accounts of the day of a total denial of a class: of another stage, party, transfer, day or word
    (1, USA | JETS_CREWS),
    (1, USA | JETS_CREWS | ORDER),
    (2, RUSSIA | ARMS_CREWS | DENY | LIMITED),
    (3, RUSSIA | ARMS_CREWS | DENY),
    (3, RUSSIA | ARMS_CREWS | AGREE | DENY | LIMITED),
    (3, IRAN | ARMS_CREWS | DENY | LIMITED),
    (3, RUSSIA | JETS_CREWS | DENY | LIMITED),
    (3, RUSSIA | ARMS_CREWS | {"limits": "time_limited"}),
    (5, RUSSIA | ARMS_CREWS | AGREE | DENY | {"statement_id": "denied-deal"}),
    # an admission of a class stands beside the denial only while that stands
    (6, RUSSIA | ARMS_CREWS | ORDER),
    (8, RUSSIA | ARMS_CREWS | DENY | {"statement_id": "later-denial"}),
    (11, RUSSIA | ARMS_CREWS | takes_back("later-denial")),
    # a word that is replaced twice by others that are taken back
    (1, FRANCE | LBN_SHAHED),
    (3, FRANCE | LBN_SHAHED | {"statement_id": "first-back"}),
    (5, FRANCE | LBN_SHAHED | takes_back("first-back")),
    (7, FRANCE | LBN_SHAHED | {"statement_id": "second-back"}),
    (9, FRANCE | LBN_SHAHED | takes_back("second-back")),
    # what a voice's later assertion ends, and what it does not
    (1, USA | LBN_SHAHED | ORDER | MAYBE),
    (1, FRANCE | LBN_SHAHED | ORDER | EXPECT),
    (1, EU | LBN_SHAHED | ORDER | EXPECT | NOT),
    (1, UKRAINE | LBN_SHAHED | ORDER | DOUBT),
    (1, INSTITUTE | LBN_SHAHED | ORDER | NOT),
    (1, EXPERT | LBN_SHAHED | ORDER | NOT),
    *((4, voice | LBN_SHAHED | ORDER) for voice in (USA, FRANCE, EU, INSTITUTE)),
    (4, UKRAINE | LBN_SHAHED | AGREE),
    (4, EXPERT | LBN_SHAHED | AGREE),
    (8, USA | LBN_SHAHED | ORDER | NOT),
    (8, FRANCE | LBN_SHAHED | ORDER | NOT | LIMITED),
    (8, EU | LBN_SHAHED | AGREE | NOT),
    (1, USA | LBN_SHAHED | TALK | DECLINE),
    (1, FRANCE | LBN_SHAHED | TALK | DECLINE),
    (3, USA | LBN_SHAHED | TALK | NOT),
    (3, FRANCE | LBN_SHAHED | TALK | DOUBT),
    # what is asserted of a part ends with a negative of that part, of the same aspect only
    (1, USA | LBN_LOT),
    (1, FRANCE | LBN_LOT),
    (1, EU | LBN_DRONES),
    (4, USA | LBN_LOT | NOT),
    (4, FRANCE | LBN_LOT | NOT | {"aspect": "shipment"}),
    (4, EU | LBN_LOT | NOT),
    # a page whose publisher disputes another transfer, another stage, or whose other voices do; and one that disputes
    (2, HERALD_SOURCE | SYR_DRONES | ORDER | {"source_id": "calm-page"}),
    (2, HERALD | SYR_SHAHED | ORDER | NOT | {"source_id": "calm-page"}),
    (2, HERALD | SYR_DRONES | TALK | NOT | {"source_id": "calm-page"}),
    (2, INSTITUTE | SYR_DRONES | ORDER | DOUBT | {"source_id": "calm-page"}),
    (2, HERALD_SOURCE | SYR_DRONES | AGREE | DOUBT | {"source_id": "calm-page"}),
    (3, HERALD | SYR_DRONES | ORDER | DOUBT),
    (4, HERALD_SOURCE | SYR_ARMS | ORDER | {"source_id": "cross-page"}),
    (4, HERALD | SYR_ARMS | AGREE | NOT | {"source_id": "cross-page"}),
    # one number above another, of one subject, measure, unit and time only
    (3, USA | YEM_DRONES | counted(200)),
    (3, FRANCE | YEM_DRONES | counted(50)),
    (3, USA | YEM_SHAHED | counted(200)),
    (3, EU | YEM_SHAHED | counted(200)),
    (3, USA | YEM_DRONES | counted(90, "launcher")),
    (3, FRANCE | YEM_DRONES | counted(90, "launcher")),
    (3, FRANCE | YEM_DRONES | counted(40, "item", "shipment")),
    (3, EU | YEM_DRONES | counted(300, "round")),
    (3, EU | YEM_DRONES | counted(20, "kit")),
    (3, EU | YEM_DRONES | counted(5, "km")),
    (2, USA | YEM_CREWS | counted(50)),
    (4, USA | YEM_CREWS | counted(300)),
    (6, EU | YEM_CREWS | counted(300) | spoken(1)),
    (2, USA | YEM_PLANT | counted(300)),
    (4, EU | YEM_PLANT | counted(50)),
    (
        6,
        USA
        | YEM_PLANT
        | {"value_text": "-", "scope": "total_to_date", "unit": "item", "canonical_unit": "item"},
    ),
    # reaches of two systems and on two grounds, by one voice
    (1, INSTITUTE | reach("drones", 900, "assessed")),
    (2, INSTITUTE | reach("shahed", 1200, "assessed")),
    (3, INSTITUTE | reach("drones", 1500, "advertised")),
    (4, INSTITUTE | reach("drones", 1100, "demonstrated")),
    (4, EXPERT | reach("drones", 700, "demonstrated")),
    # what was expected: the first day, the last one, the day of the word itself, and what came before
    (2, USA | YEM_CREWS | TALK | EXPECT | event(6, 9)),
    (7, FRANCE | YEM_CREWS | TALK | event(6, 7)),
    (7, EU | YEM_CREWS | TALK | event(None, 6)),
    (2, USA | YEM_PLANT | TALK | EXPECT | event(6, 9)),
    (10, FRANCE | YEM_PLANT | TALK | event(9, 9)),
    (2, USA | YEM_DRONES | TALK | EXPECT | event(6, 9)),
    (8, FRANCE | YEM_DRONES | TALK | event(4, 6)),
    (2, USA | YEM_SHAHED | TALK | EXPECT | event(6, 9)),
    (8, FRANCE | YEM_SHAHED | TALK | event(4, 5)),
    (9, EU | YEM_SHAHED | TALK | DOUBT),
    (2, USA | YEM_CREWS | ORDER | EXPECT | event(None, 9)),
    (5, FRANCE | YEM_CREWS | ORDER | event(2, 3)),
    (2, USA | YEM_PLANT | ORDER | EXPECT | event(None, 9)),
    (2, FRANCE | YEM_PLANT | ORDER | event(2, 3)),
    (2, USA | YEM_SHAHED | ORDER | EXPECT | event(6, 9)),
    (12, FRANCE | YEM_SHAHED | ORDER | event(10, 11)),
    # expected for days that had passed when the first word of the transfer became public
    (4, EU | {"transfer_id": "irn-lbn-lot"} | TALK | EXPECT | event(1, 2)),
    # whose text a branch of another state's outlet is, and whose information it is
    (2, {"speaker_id": "bureau", "authority": "none"} | SYR_SHAHED | TALK),
    *(
        (3 + number, FRANCE | SYR_ARMS | TALK | {"rests_on_actor_id": actor, "rests_on_certainty": "certain"})
        for number, actor in enumerate(
            [
                "iran-minister",
                "iran-ministry",
                "assembly",
                "guard",
                "guard-press",
                "guard-speaker",
                "officials-b",
            ]
        )
    ),
    # a party that is listed, and one that repeats another's information; a class that may be another one
    (7, RUSSIA | PRK_DRONES | ORDER),
    (3, IRAN | YEM_CREWS | AGREE | {"rests_on_actor_id": "institute", "rests_on_certainty": "certain"}),
    (5, IRAN | YEM_DRONES | ORDER | DENY),
    # a legislator who speaks alone, though a coder names the state
    (3, IRAN | SYR_SHAHED | AGREE | {"speaker_id": "iran-legislator", "authority": "individual_official"}),
    # an exhibit of an unnamed source shows nothing
    (2, SHOWN | YEM_PLANT | UNNAMED),
    # the last day of the record: what is taken back on it, and what is expected until it
    (2, EU | YEM_PLANT | counted(70, "item", "order") | {"statement_id": "last-total"}),
    (75, EU | YEM_PLANT | takes_back("last-total")),
    (2, EU | YEM_SHAHED | AGREE | EXPECT | event(6, 75)),
    # a country as such in the official text of a body of no state; a negative about a payment
    (3, {"speaker_id": "iran", "kind": "official_text", "publisher_id": "eu"} | YEM_SHAHED),
    (3, FRANCE | YEM_PLANT | NOT | {"aspect": "payment"}),
    # two totals that are about so many
    (3, EU | YEM_SHAHED | total(None, 80, None) | {"aspect": "shipment"}),
    (3, USA | YEM_SHAHED | total(None, 120, None) | {"aspect": "shipment"}),
    # an admission of a class that comes after the denial was taken back
    (9, RUSSIA | ARMS_CREWS | takes_back("denied-deal")),
    (10, RUSSIA | ARMS_CREWS | AGREE),
    # withdrawals that are only taken for granted, or only retold
    (2, FRANCE | YEM_CREWS | AGREE | {"statement_id": "kept-word"}),
    (4, FRANCE | YEM_CREWS | takes_back("kept-word") | {"explicitness": "presupposed"}),
    (5, FRANCE | YEM_CREWS | takes_back("kept-word") | {"relays_statement_id": "last-total"}),
    # an estimate that comes back after another, and one that comes back after none
    (4, USA | YEM_PLANT | counted(90, "item", "order") | {"statement_id": "between"}),
    (6, USA | YEM_PLANT | takes_back("between")),
    (2, USA | YEM_SHAHED | counted(30, "item", "agreement") | {"statement_id": "before-none"}),
    (5, USA | YEM_SHAHED | takes_back("before-none")),
    (8, EU | YEM_SHAHED | counted(30, "item", "agreement") | spoken(2)),
    # an outlet of a state that is no party of the transfer
    (3, AGENCY | PRK_CREWS),
    # two narrower transfers, of which the second stands one status above the first on every day
    (1, USA | IRQ | EXPECT | event(1, 2)),
    (1, USA | IRQ_136 | EXPECT),
    (4, USA | IRQ | EXPECT),
    (4, USA | IRQ_136 | MAYBE),
    (5, USA | IRQ | MAYBE),
    (5, HERALD_SOURCE | IRQ_136),
    (6, HERALD_SOURCE | IRQ),
    (6, AGENCY | IRQ_136),
    (7, AGENCY | IRQ),
    (7, INSTITUTE | IRQ_136),
    (8, INSTITUTE | IRQ),
    (8, USA | IRQ_136),
    (9, USA | IRQ),
    (9, FRANCE | IRQ_136),
    (10, FRANCE | IRQ),
    (10, IRAN | IRQ_136),
    (11, IRAN | IRQ),
    (11, EXPERT | IRQ_136 | SHOWN),
    # an unnamed source that holds possible; a person who repeats; crews that are trained; a retold expectation
    (3, UNNAMED | IRQ | AGREE | MAYBE),
    (3, EXPERT | IRQ | ORDER | {"rests_on_actor_id": "institute", "rests_on_certainty": "certain"}),
    (3, USA | YEM_CREWS | counted(5, "km", "training")),
    (3, USA | IRQ_136 | AGREE | EXPECT | {"relays_statement_id": "last-total"}),
    (3, USA | {"transfer_id": "irn-irq-drones"} | AGREE | EXPECT),
    # a page that was not read, and a retelling in its own voice of what was on it
    (1, USA | SDN_DRONES | {"source_id": "unread-page", "extent": "not_consulted"}),
    (4, EU | SDN_SHAHED | {"statement_id": "told-first"}),
    (
        5,
        FRANCE
        | SDN_SHAHED
        | {
            "attribution": "own_voice",
            "relays_statement_id": "told-first",
            "original_source_id": "unread-page",
        },
    ),
    # a class that is denied before one of its members is claimed, and admitted afterwards
    (3, IRAN | SDN_ARMS | DENY),
    (5, FRANCE | SDN_136),
    (6, IRAN | SDN_ARMS | LIMITED),
    # a class that one party denies and the other admits; one that is admitted below one that is denied
    (6, RUSSIA | {"transfer_id": "irn-rus-arms"}),
    (8, IRAN | SDN_DRONES | LIMITED),
    # words on a part that stand side by side
    (5, IRAN | SDN_LOT | DENY),
    (7, IRAN | SDN_LOT | NOT),
    (5, FRANCE | SDN_LOT),
    (7, FRANCE | SDN_LOT | LIMITED),
    # a denial that was spoken before an admission and published after it
    (6, IRAN | SDN_PLANT | spoken(5)),
    (10, IRAN | SDN_PLANT | DENY | spoken(1)),
    # a denial of a class that ends, or begins, on the day on which an admission begins, or ends
    (1, USA | RUS_SDN_JETS | MAYBE),
    (2, USA | RUS_SDN_DRONES | ORDER | EXPECT),
    (3, RUSSIA | RUS_SDN_ARMS | DENY | {"statement_id": "three-days"}),
    (6, RUSSIA | RUS_SDN_ARMS),
    (6, RUSSIA | RUS_SDN_ARMS | takes_back("three-days")),
    (12, RUSSIA | RUS_SDN_ARMS | DENY),
    (8, RUSSIA | RUS_SDN_ARMS | AGREE | {"statement_id": "two-days"}),
    (10, RUSSIA | RUS_SDN_ARMS | takes_back("two-days")),
    (10, RUSSIA | RUS_SDN_ARMS | AGREE | DENY),
    # an exhibit of which only a picture was shown, and two that were shown on one day
    (2, EXPERT | SHOWN | SDN_CREWS | {"evidence": "image_shown"}),
    (2, EXPERT | SHOWN | SDN_CREWS | MAYBE),
    (3, EXPERT | SHOWN | SDN_PLANT | {"evidence": "inspection_reported"}),
    (4, INSTITUTE | SHOWN | SDN_SHAHED),
    (4, EXPERT | SHOWN | SDN_SHAHED),
    # an outlet that says one stage itself, and another by a source that it does not tell
    (3, HERALD | SDN_CREWS | ORDER),
    (3, HERALD_SOURCE | SDN_CREWS),
    (5, HERALD | SDN_CREWS),
    (3, HERALD | SDN_PLANT | ORDER | EXPECT),
    (3, HERALD_SOURCE | SDN_PLANT | ORDER),
    # two outlets in one text, and one of them by a source that it does not tell
    (3, TWO_PAPERS | SYR_SHAHED | TALK),
    (4, HERALD_SOURCE | SYR_SHAHED | TALK),
    # an outlet that retells another and says more itself on one day; and one that holds possible what it retells
    (4, HERALD_SOURCE | SYR_SHAHED | {"via_id": "courier", "aspect": "shipment"}),
    (4, HERALD_SOURCE | SYR_SHAHED),
    (4, HERALD_SOURCE | SYR_DRONES | {"via_id": "courier", "aspect": "shipment"}),
    (4, HERALD_SOURCE | SYR_DRONES | MAYBE),
    # the last day for which something is expected: another word, the last day of the record
    (2, USA | SDN_CREWS | TALK | EXPECT | event(4, 6)),
    (6, EU | SDN_CREWS | TALK | DOUBT),
    (2, EU | SDN_PLANT | TALK | EXPECT | event(6, 75)),
    # a transfer whose first word expects it for days that have passed; the last day is that of the word
    (4, EU | RUS_SDN_CREWS | TALK | EXPECT | event(1, 2)),
    (6, EU | RUS_SDN_CREWS | ORDER | EXPECT | event(5, 6)),
    (6, EU | RUS_SDN_CREWS | ORDER | NOT),
    (6, FRANCE | RUS_SDN_CREWS | ORDER | NOT),
    # what was expected is said to have happened by an outlet alone, whose source is not told
    (2, USA | RUS_SDN_DRONES | EXPECT | event(3, 5)),
    (6, HERALD_SOURCE | RUS_SDN_DRONES | event(4, 4)),
    # reaches that are replaced, that are words, and that are no range
    (1, INSTITUTE | reach("jets", 100, "assessed")),
    (5, INSTITUTE | reach("jets", 300, "assessed")),
    (5, EXPERT | reach("jets", 400, "assessed") | {"value": None, "low": 50.0, "point": None, "high": None}),
    (5, EXPERT | reach("jets", 20, "assessed") | {"aspect": "min_range"}),
    (5, EXPERT | reach("jets", 900, "demonstrated") | MAYBE),
    # a reach in words takes the place of an earlier number
    (1, INSTITUTE | reach("jets", 800, "not_stated")),
    (5, INSTITUTE | reach("jets", 50, "not_stated") | {"value": None, "point": None, "high": None}),
    # a state in its own official text; a body that a state controls and that speaks for itself
    (3, {"speaker_id": "iran", "kind": "official_text", "publisher_id": "iran-ministry"} | SDN_PLANT | AGREE),
    (3, {"speaker_id": "guard", "authority": "none"} | SDN_CREWS | AGREE),
    # an outlet that a state controls, by a source that it does not tell: of a system, and as no party of a transfer
    (3, reach("jets", 600, "advertised") | AGENCY_SOURCE),
    (4, reach("jets", 700, "advertised") | USA | {"authority": "former_official"}),
    (5, RUS_SDN_CREWS | TALK | AGENCY_SOURCE),
    # a joint text of which one signatory is listed
    (3, E2 | SYR_DRONES | TALK),
    # the same total twice, then another voice; totals in two units
    (2, USA | SDN_SHAHED | counted(10, "item", "order")),
    (4, USA | SDN_SHAHED | counted(10, "item", "order") | spoken(2)),
    (7, EU | SDN_SHAHED | counted(10, "item", "order")),
    (2, USA | SDN_LOT | counted(5, "kit", "order")),
    (4, USA | SDN_LOT | counted(7, "item", "order")),
    # the information of somebody who works for a medium that a state controls
    (
        3,
        FRANCE
        | SDN_CREWS
        | AGREE
        | {"rests_on_actor_id": "guard-presenter", "rests_on_certainty": "certain"},
    ),
]
