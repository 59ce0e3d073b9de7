"""Words written by hand, for what random records hardly ever bring together."""

import datetime

from tests.random_record import DAY

USA = {"speaker_id": "usa-spokesman", "speaks_for_id": "usa"}
FRANCE = {"speaker_id": "france-minister", "speaks_for_id": "france"}
IRAN = {"speaker_id": "iran-minister", "speaks_for_id": "iran"}
RUSSIA = {"speaker_id": "russia-spokesman", "speaks_for_id": "russia"}
UKRAINE = {"speaker_id": "ukraine-president", "speaks_for_id": "ukraine"}
EU = {"speaker_id": "eu-spokesman", "speaks_for_id": "eu", "authority": "official_capacity"}
INSTITUTE = {"speaker_id": "institute", "speaks_for_id": None, "authority": "none"}
SHAHED, DRONES, JETS = (
    {"transfer_id": f"{name}"} for name in ("irn-rus-shahed", "irn-rus-drones", "rus-irn-jets")
)
LOT = {"transfer_id": "irn-rus-lot"}
PLANT = {"transfer_id": "irn-rus-plant", "aspect": "order"}
ANONYMOUS = {"speaks_for_id": None, "publisher_id": "courier"}


def total(low: float | None, point: float | None, high: float | None) -> dict:
    number = {"low": low, "point": point, "high": high, "value": low or point or high, "value_text": "-"}
    return number | {"unit": "item", "canonical_unit": "item", "scope": "total_to_date", "pooled": False}


CORNERS: list[tuple[int, dict]] = [  # the day on which each is said and published, and its cells
    # several voices on one number, on two subjects on the same days; of the drones only, time explains no difference
    (1, USA | SHAHED | total(200, None, None)),
    (2, FRANCE | SHAHED | total(300, 300, 300)),
    (3, EU | SHAHED | total(None, 250, None)),
    (4, INSTITUTE | SHAHED | total(100, None, 500)),
    (5, UKRAINE | SHAHED | total(None, None, 50)),
    (1, FRANCE | DRONES | total(90, 90, 90)),
    (2, USA | DRONES | total(40, 40, 40)),
    (2, USA | DRONES | total(10, 10, 10) | {"aspect": "shipment"}),
    (3, USA | DRONES | total(None, None, None) | {"aspect": "payment", "unit": None, "canonical_unit": None}),
    # an outlet that stands behind a report of an unnamed source already
    (5, PLANT | ANONYMOUS | {"speaker_id": "officials-b", "anonymity": "anonymous_described"}),
    (6, PLANT | ANONYMOUS | {"speaker_id": "courier-undisclosed", "anonymity": "anonymous_undescribed"}),
    # a word that is taken back on the day on which it is published, and others later, on days without another word
    (1, FRANCE | JETS),
    (4, FRANCE | JETS),
    (4, FRANCE | JETS | {"stance": "withdraw", "targets_statement_id": "corner-12.01"}),
    (2, USA | JETS | {"aspect": "agreement"}),
    (9, USA | JETS | {"stance": "withdraw", "targets_statement_id": "corner-14.01"}),
    (
        3,
        INSTITUTE
        | JETS
        | {"aspect": "manufacture_origin", "evidence": "physical_shown", "exhibit_id": "wreck-1"},
    ),
    (10, INSTITUTE | JETS | {"stance": "withdraw", "targets_statement_id": "corner-16.01"}),
    (5, RUSSIA | JETS),
    (11, RUSSIA | JETS | {"stance": "withdraw", "targets_statement_id": "corner-18.01"}),
    # former officials of a party, and a word before its speaker was listed as an adversary
    (3, IRAN | DRONES | {"aspect": "payment", "authority": "former_official"}),
    (3, IRAN | DRONES | {"aspect": "payment", "authority": "former_official", "speaks_for_id": None}),
    (-150, UKRAINE | DRONES),
    (6, UKRAINE | DRONES | {"aspect": "shipment", "limits": "time_limited"}),
    # a class is denied after what is no claim of its narrower transfer, and before the first claim
    (1, USA | LOT | {"aspect": "manufacture_origin"}),
    (2, FRANCE | LOT | {"polarity": "negated"}),
    (4, IRAN | LOT | {"transfer_id": "irn-rus-arms", "stance": "deny"}),
    (7, USA | LOT),
    # talks on a narrower class, then a total denial of talks on the wider one
    (1, USA | SHAHED | {"aspect": "negotiation"}),
    (8, RUSSIA | DRONES | {"aspect": "negotiation", "stance": "deny"}),
    # what was foreseen: for days that pass, that come true, that nobody gave
    (2, USA | JETS | {"aspect": "payment", "stance": "project", "event_max": DAY + datetime.timedelta(4)}),
    (2, EU | JETS | {"aspect": "order", "stance": "project", "event_min": DAY + datetime.timedelta(6)}),
    (8, FRANCE | JETS | {"aspect": "order", "event_min": DAY + datetime.timedelta(7)}),
    (2, UKRAINE | JETS | {"aspect": "negotiation", "stance": "project"}),
    (2, EU | PLANT | {"stance": "project", "event_min": DAY + datetime.timedelta(6)}),
    (8, FRANCE | PLANT | {"event_min": DAY + datetime.timedelta(7)}),
    (9, FRANCE | PLANT | {"stance": "withdraw", "targets_statement_id": "corner-35.01"}),
    # two totals of one voice and day, one of which no coder said whether it is pooled; a denial of a negative
    (3, EU | JETS | total(70, 70, 70)),
    (3, EU | JETS | total(50, 50, 50) | {"pooled": None}),
    (
        2,
        IRAN | DRONES | {"aspect": "order", "stance": "deny", "polarity": "negated", "certainty": "possible"},
    ),
    # information of an outlet that a state controls
    (
        3,
        FRANCE
        | SHAHED
        | {"aspect": "payment", "rests_on_actor_id": "iran-agency", "rests_on_certainty": "certain"},
    ),
    # two limited denials of one day: what limits the one published last is not clear
    (4, RUSSIA | JETS | {"aspect": "order", "stance": "deny", "limits": "time_limited"}),
    (
        5,
        RUSSIA
        | JETS
        | {"aspect": "order", "stance": "deny", "limits": "unclear", "said_min": DAY + datetime.timedelta(4)},
    ),
    # "so far": an event that ends with the words and names no day; and one that ended before them
    (12, USA | LOT | {"event_max": DAY + datetime.timedelta(12)}),
    (13, USA | JETS | {"event_max": DAY + datetime.timedelta(5)}),
]
