"""The generator of the measures, at a tiny size: what it grows keeps its keys, its order in time and its shape."""

import datetime
import random

import pytest

from bench import grow
from scripts.records.reader import read
from scripts.schema.table_schema import ROOT, load

DAY = datetime.date(2022, 11, 2)


@pytest.fixture(scope="module")
def rows() -> grow.Rows:
    """A made record: two pages that say the same, one that retells the first, and one that takes it back."""
    blank = {name: dict.fromkeys(schema.columns()) for name, schema in load().items()}
    sources = [
        {**blank["sources"], "source_id": f"herald-{day}-x", "publisher_id": "herald", "published": str(day)}
        | {"url": f"https://example.org/{number}", "text_sha256": f"{number}" * 64}
        for number, day in enumerate(DAY + datetime.timedelta(days=number) for number in range(4))
    ]
    statements = [
        {**blank["statements"], "statement_id": f"{source['source_id']}.01", "source_id": source["source_id"]}
        | {"speaker_id": "group", "stance": "assert", "polarity": "affirmed", "transfer_id": "irn-rus-arms"}
        | {"summary": f"Said on {DAY}.", "aspect": "delivery"}
        for source in sources
    ]
    statements[2]["relays_statement_id"] = statements[1]["statement_id"]
    statements[3]["targets_statement_id"] = statements[0]["statement_id"]
    actors = [
        {**blank["actors"], "actor_id": "herald", "name": "Herald", "kind": "medium"},
        {**blank["actors"], "actor_id": "group", "name": "Group", "kind": "anonymous_group"},
    ]
    transfer = {**blank["transfers"], "transfer_id": "irn-rus-arms", "system_id": "arms"}
    system = {**blank["systems"], "system_id": "arms", "kind": "class"}
    made = dict.fromkeys(grow.GROWN, [])
    return made | {
        "sources": sources,
        "statements": statements,
        "actors": actors,
        "transfers": [transfer],
        "systems": [system],
    }


def test_days_move_by_whole_weeks_in_ids_and_dates_and_nowhere_else(rows):
    moved = grow.shifted(rows, -1)
    assert [row["published"] for row in moved["sources"]][:2] == ["2022-10-26", "2022-10-27"]
    assert moved["statements"][3]["targets_statement_id"] == "herald-2022-10-26-x.01"
    assert moved["statements"][0]["summary"] == "Said on 2022-11-02."


def test_a_day_in_the_id_of_a_shared_actor_stays(rows):
    joint = {**rows["actors"][0], "actor_id": "two-states-2022-11-02", "kind": "joint_body"}
    spoken = [{**rows["statements"][0], "speaker_id": joint["actor_id"]}]
    moved = grow.shifted({**rows, "actors": [joint], "statements": spoken}, -1)
    assert moved["statements"][0]["speaker_id"] == moved["actors"][0]["actor_id"] == joint["actor_id"]


def test_a_relay_is_led_only_to_an_earlier_page_that_says_the_same(rows):
    led = {
        grow.redirected(rows, random.Random(seed))["statements"][2]["relays_statement_id"]
        for seed in range(30)
    }
    assert led == {"herald-2022-11-02-x.01", "herald-2022-11-03-x.01"}


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_cut_record_has_the_size_asked_for_and_no_key_that_leads_nowhere(rows, size):
    for seed in range(10):
        cut = grow.trimmed(rows, "statements", size, random.Random(seed))
        there = {row["statement_id"] for row in cut["statements"]}
        assert len(there) == size
        for row in cut["statements"]:
            assert {row["relays_statement_id"], row["targets_statement_id"]} <= there | {None}


def test_copies_have_their_own_ids_and_share_named_actors(rows):
    grown = grow.multiplied(
        grow.parts_of([rows] * grow.N_TEMPLATES, "statements", 10, 1), load(), normalised=False
    )
    assert {name: grown[name].num_rows for name in ("sources", "statements", "actors", "systems")} == {
        "sources": 10,
        "statements": 10,
        "actors": 4,
        "systems": 4,
    }
    statements, actors = grown["statements"].to_pylist(), set(grown["actors"]["actor_id"].to_pylist())
    assert len({row["statement_id"] for row in statements}) == 10
    assert actors == {"herald", "group-g000", "group-g001", "group-g002"}
    for row in statements:
        mark = row["source_id"][-5:]
        assert row["speaker_id"] == f"group{mark}" and row["transfer_id"] == f"irn-rus{mark}-arms"
        assert row["statement_id"] == f"{row['source_id']}.01"
    assert set(grown["systems"]["parent_system_id"].to_pylist()) == {None, "arms"}


def test_copies_have_addresses_and_titles_of_their_own(rows):
    sources = [{**row, "url": f"{row['url']}?utm_source=rss"} for row in rows["sources"]]
    transfers = [{**row, "title": "Arms"} for row in rows["transfers"]]
    made = [{**rows, "sources": sources, "transfers": transfers}] * grow.N_TEMPLATES
    grown = grow.multiplied(grow.parts_of(made, "statements", 8, 1), load(), normalised=False)
    assert "https://example.org/0?utm_source=rss&copy=g001" in grown["sources"]["url"].to_pylist()
    assert grown["transfers"]["title"].to_pylist() == ["Arms 000", "Arms 001"]


def test_records_are_written_as_the_reader_reads_them(rows, tmp_path):
    grown = grow.grow_records(8, 1, [rows] * grow.N_TEMPLATES)
    grow.write_records(grown, tmp_path)
    inputs = read(tmp_path)
    assert not inputs.issues and not inputs.unreadable
    for name in ("sources", "statements", "transfers", "systems", "actors"):
        key = f"{name[:-1]}_id"
        assert sorted(row[key] for row in inputs.rows[name]) == sorted(row[key] for row in grown[name])
    assert (ROOT / "records").is_dir() and not (tmp_path / "records/retired_ids.yaml").exists()
