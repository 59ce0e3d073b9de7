"""The records on which the two implementations of the rules are compared."""

import datetime

from scripts.export.tables import frame
from scripts.normalise.tables import Tables, records
from tests.oracle.by_hand import CORNERS
from tests.oracle.more_by_hand import ACTORS, ALIGNMENTS, LINKS, MORE, TRANSFERS
from tests.random_record import DAY, SCHEMAS, random_record

SEEDS = [(0, 45, False), (1, 45, False), (2, 45, False), (3, 45, False)]
SEEDS += [(seed, 70, True) for seed in range(11, 16)]


def made_records() -> list[Tables]:
    """Those that find most errors first."""
    shared = {"actors": ACTORS, "alignments": ALIGNMENTS}
    others = [rare_record(), *(random_record(*seed) for seed in reversed(SEEDS))]
    return [corner_record(), *(with_rows(record, shared) for record in others)]


def with_rows(record: Tables, more: dict[str, list[dict]]) -> Tables:
    """The record with more rows in some of its tables."""
    return {
        **record,
        **{name: frame(records(record[name]) + rows, SCHEMAS[name]) for name, rows in more.items()},
    }


def rare_record() -> Tables:
    """A record of what random ones have too seldom: trainees, words that rest on a person below a body, a page that
    doubts what it retells, exhibits of a party or an adversary or without an ID, two denials or two totals of one day,
    a page copied from another publisher's, admissions and denials of classes at two heights."""
    record = random_record(21, 160, True)
    rows = records(record["statements"])
    sources = {row["source_id"]: row for row in records(record["sources"])}
    sources["page-1"] |= {"copy_of_source_id": "page-0", "publisher_id": "iran-agency"}
    sources["page-0"]["publisher_id"] = "herald"
    for number, row in enumerate(rows):
        row |= rare_cells(number, sources[row["source_id"]])
    changed = {"statements": rows, "sources": list(sources.values())}
    return {**record, **{name: frame(rows, SCHEMAS[name]) for name, rows in changed.items()}}


def rare_cells(number: int, source: dict) -> dict:
    """Other cells for a row, by its number; what is of one page is said on one day."""
    plain = {"stance": "assert", "polarity": "affirmed", "certainty": "certain", "limits": "total"}
    plain |= {"targets_statement_id": None, "authority": "state_position", "anonymity": "named"}
    day = source["published_min"]
    said = {"said": day.isoformat(), "said_min": day, "said_max": day}
    kind, turn = number % 10, number // 10 % 3
    if kind == 0:
        return {
            "rests_on_statement_id": None,
            "rests_on_certainty": "certain",
            "rests_on_actor_id": ["expert", "courier-undisclosed", "iran-ministry"][turn],
        }
    if kind == 1:
        number_cells = {"value_text": "-", "value": [300.0, None, 200.0][turn], "low": 200.0, "pooled": False}
        number_cells |= {"point": None, "high": None, "canonical_unit": "item", "unit": "item"}
        speaker = {"speaker_id": "usa-spokesman", "speaks_for_id": "usa", "transfer_id": "irn-rus-shahed"}
        return plain | said | number_cells | speaker | {"aspect": "delivery", "scope": "total_to_date"}
    if kind == 2:
        own = {"speaker_id": source["publisher_id"], "speaks_for_id": None, "authority": "none"}
        return plain | own | {"stance": "doubt"}
    if kind == 3:
        group = {"speaker_id": "officials-b", "anonymity": "anonymous_described"}
        group |= [{"speaks_for_id": None}, {"speaks_for_id": "iran", "chain_complete": False}][turn % 2]
        return plain | group | {"authority": "official_capacity"}
    if kind == 4:
        count = {"unit": "person", "canonical_unit": "person", "scope": "total_to_date", "pooled": False}
        count |= {"value_text": "-", "value": 40.0, "low": 40.0, "point": 40.0, "high": 40.0}
        speaker = {"speaker_id": "france-minister", "speaks_for_id": "france"}
        return plain | count | speaker | {"aspect": ["training", "delivery", "shipment"][turn]}
    return other_rare_cells(number, source, plain, said)


def other_rare_cells(number: int, source: dict, plain: dict, said: dict) -> dict:
    kind, turn = number % 10, number // 10 % 3
    if kind == 5:
        speaker = {"speaker_id": "iran-minister", "speaks_for_id": "iran", "transfer_id": "irn-rus-drones"}
        limits = {"stance": "deny", "limits": ["total", "quantity_limited", "total"][turn]}
        return plain | said | speaker | limits | {"aspect": "delivery"}
    if kind == 6:
        fourth = number // 10 % 4
        speaker = {"speaker_id": ["eu-spokesman", "iran-minister", "usa-spokesman", "eu-spokesman"][fourth]}
        speaker["speaks_for_id"] = ["eu", "iran", "usa", "eu"][fourth]
        shown = {"aspect": "manufacture_origin", "evidence": "physical_shown"}
        shown["exhibit_id"] = None if fourth == 0 else "wreck-1"
        return (
            plain | speaker | shown | {"transfer_id": f"irn-rus-{['lot', 'lot', 'arms', 'shahed'][fourth]}"}
        )
    if kind == 7:
        outlet = ["herald", "herald-undisclosed", "local-reports"][turn]
        speaker = {"speaker_id": outlet, "speaks_for_id": None, "authority": "none", "via_id": None}
        speaker["anonymity"] = "named" if outlet == "herald" else "anonymous_undescribed"
        if outlet == "local-reports" and number // 30 % 2:
            speaker["via_id"] = "iran-paper"
        return plain | speaker | {"aspect": "order", "transfer_id": "irn-rus-shahed"}
    if kind == 8:
        is_early = source["published_max"] < DAY + datetime.timedelta(days=30)
        words = {"stance": "assert" if is_early else "deny", "aspect": "delivery"}
        wider = {"transfer_id": ["irn-rus-drones", "irn-rus-arms"][number // 30 % 2]}
        wider["limits"] = "quantity_limited" if is_early and turn == 1 else "total"
        return plain | said | {"speaker_id": "russia-spokesman", "speaks_for_id": "russia"} | words | wider
    if kind == 9:
        day = DAY - datetime.timedelta(days=1)
        said = {"said": day.isoformat(), "said_min": day, "said_max": day}
        speaker = {"speaker_id": "iran-minister", "speaks_for_id": "iran", "transfer_id": "irn-rus-plant"}
        return plain | said | speaker | {"stance": "deny", "aspect": "agreement"}
    return {}


def corner_record() -> Tables:
    """A record of words written by hand, each on a page of its own unless it names one."""
    record = random_record(41, 0)
    template = records(record["sources"])[0]
    sources, statements = {template["source_id"]: template}, []
    for number, (offset, cells) in enumerate(CORNERS + MORE):
        day, source_id = DAY + datetime.timedelta(offset), cells.get("source_id", f"corner-{number:02d}")
        page = {
            "source_id": source_id,
            "publisher_id": cells.get("publisher_id", "herald"),
            "extent": cells.get("extent", "full"),
        }
        page |= {"published": day.isoformat(), "published_min": day, "published_max": day}
        page |= {"copy_of_source_id": None, "kind": cells.get("kind", "newspaper")}
        sources.setdefault(source_id, template | page)
        ids = {"statement_id": f"corner-{number:02d}.01", "source_id": source_id}
        of_the_page = ("publisher_id", "kind", "extent")
        own = {name: cell for name, cell in cells.items() if name not in of_the_page}
        statements.append(PLAIN | said_on(day) | ids | own)
    changed = {"statements": statements, "sources": list(sources.values())}
    made = {**record, **{name: frame(rows, SCHEMAS[name]) for name, rows in changed.items()}}
    more = {"transfers": TRANSFERS, "transfer_links": LINKS, "actors": ACTORS, "alignments": ALIGNMENTS}
    return with_rows(made, more)


PLAIN = {
    "authority": "state_position",
    "anonymity": "named",
    "attribution": "explicit",
    "coded_from": "original",
    "chain_complete": True,
    "stance": "assert",
    "polarity": "affirmed",
    "certainty": "not_expressed",
    "limits": "total",
    "explicitness": "explicit",
    "evidence": "none_shown",
    "aspect": "delivery",
    "summary": "-",
    "said_basis": "publication",
}


def said_on(day: datetime.date) -> dict:
    return {"said": day.isoformat(), "said_min": day, "said_max": day}
