"""Utterances coded unlike: what is compared with what, what differs, when a pair is decided, and what is printed."""

import datetime

import pandas as pd
import pytest

from scripts import unlike as command
from scripts.reliability import unlike
from tests.random_record import shipped_record

DAY = datetime.date(2022, 11, 2)
NEXT = datetime.date(2022, 11, 3)


def row(statement_id: str, day: datetime.date = DAY, **other) -> dict:
    """An assertion of a minister, as a newspaper that heard him tells it."""
    return {
        "statement_id": statement_id,
        "source_id": statement_id.partition(".")[0],
        "speaker_id": "minister",
        "speaks_for_id": "arland",
        "authority": "state_position",
        "anonymity": "named",
        "coded_from": "original",
        "relays_statement_id": None,
        "stance": "assert",
        "polarity": "affirmed",
        "certainty": "not_expressed",
        "limits": "total",
        "aspect": "delivery",
        "stage": "transferred",
        "transfer_id": "arl-bor-kestrels",
        "system_id": None,
        "explicitness": "explicit",
        "summary": "The minister says so.",
        "coder_note": None,
        "value_text": None,
        "value_modifier": None,
        "value": None,
        "value2": None,
        "unit": None,
        "scope": None,
        "pooled": None,
        "said_basis": "stated",
        "said": day.isoformat(),
        "said_min": day,
        "said_max": day,
        "event_min": None,
        "event_max": None,
        **other,
    }


def number(value: float, **other) -> dict:
    return {
        "value_text": str(value),
        "value_modifier": "exact",
        "value": value,
        "unit": "item",
        "scope": "total_to_date",
        "pooled": False,
        **other,
    }


def pairs(*rows: dict) -> list[unlike.Pair]:
    return unlike.unlike_pairs({"statements": pd.DataFrame(list(rows), dtype=object)})


def columns(first: dict, second: dict) -> set[str]:
    return {column for pair in pairs(first, second) for column in pair.columns}


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("stance", {"stance": "deny"}),
        ("polarity", {"polarity": "negated"}),
        ("certainty", {"certainty": "probable"}),
        ("limits", {"limits": "time_limited"}),
        ("aspect", {"aspect": "shipment"}),
        ("aspect", {"aspect": "order", "stage": "agreed"}),
        ("authority", {"authority": "official_capacity"}),
        ("speaks_for_id", {"speaks_for_id": "ministry"}),
        ("anonymity", {"anonymity": "unnamed_spokesperson"}),
        ("relays_statement_id", {"coded_from": "quote_in_relay"}),
    ],
)
def test_rows_of_one_speaker_day_subject_and_stage_differ(column, cells):
    assert columns(row("courier.01"), row("herald.01", **cells)) == {column}


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"stance": "deny", "speaker_id": "envoy"},
        {"stance": "deny", "transfer_id": "arl-bor-merlins"},
        {"stance": "deny", "stage": "talks"},
        {"stance": "deny", "explicitness": "presupposed"},
        {"stance": "deny", "source_id": "courier"},
        {"stance": "deny", "said_min": None},
        {"stance": "deny", "event_min": NEXT, "event_max": NEXT},
        {"limits": None},
        {"value_text": "400", "value": 400.0},
    ],
)
def test_other_words_and_cells_that_one_page_lacks_are_no_difference(cells):
    assert not pairs(row("courier.01", event_min=DAY, event_max=DAY), row("herald.01", **cells))


def test_an_unclear_limit_goes_with_any_but_total():
    assert not columns(row("courier.01", limits="purpose_limited"), row("herald.01", limits="unclear"))
    assert columns(row("courier.01", limits="total"), row("herald.01", limits="unclear")) == {"limits"}


def test_numbers_of_one_unit_are_compared():
    first = row("courier.01", **number(400.0))
    assert columns(first, row("herald.01", **number(400.0, value_modifier="about"))) == {"value_modifier"}
    assert columns(first, row("herald.01", **number(300.0))) == {"value"}
    assert columns(first, row("herald.01", **number(400.0, scope="window"))) == {"scope"}
    assert not pairs(first, row("herald.01", **number(300.0, scope="window")))
    assert not pairs(first, row("herald.01", **number(9.0, unit="flight")))


def test_one_number_of_one_speaker_has_one_subject():
    first, later = row("courier.01", **number(400.0)), DAY + datetime.timedelta(days=2)
    other = {"transfer_id": "arl-bor-merlins"}
    assert columns(first, row("herald.01", later, **number(400.0), **other)) == {"transfer_id"}
    assert columns(first, row("herald.01", later, **number(400.0))) == set()
    assert not pairs(first, row("herald.01", later + datetime.timedelta(days=1), **number(400.0), **other))
    assert not pairs(first, row("herald.01", **number(400.0, unit="flight"), **other))
    assert not pairs(first, row("herald.01", **number(300.0), **other))
    assert not pairs(first, row("herald.01", **number(400.0), **other, stage="agreed"))
    assert not pairs(first, row("herald.01", **number(400.0), **other, relays_statement_id="gazette.01"))
    assert not pairs(first, row("herald.01", **number(400.0), **other, speaker_id="envoy"))
    few, outlet = number(3.0), {"anonymity": "anonymous_undescribed"}
    assert not pairs(row("courier.01", **few), row("herald.01", **few, **other))
    assert not pairs({**first, **outlet}, row("herald.01", **number(400.0), **other, **outlet))


def test_a_day_of_publication_may_be_the_day_after():
    first = row("courier.01")
    by_page = row("herald.01", NEXT, said_basis="publication", stance="deny")
    assert columns(first, by_page) == {"stance"}
    assert not pairs(first, row("herald.01", NEXT, stance="deny"))
    assert not pairs(row("courier.01", NEXT), row("herald.01", DAY, said_basis="publication", stance="deny"))


def test_another_row_of_the_document_that_agrees_is_enough():
    first, second = row("courier.01"), row("courier.02", stance="deny")
    assert not pairs(first, second, row("herald.01"))
    assert len(pairs(first, second, row("herald.01", stance="doubt"))) == 2


def test_a_retelling_is_compared_with_what_it_retells_only():
    retold = {"relays_statement_id": "courier.01", "coded_from": "quote_in_relay"}
    first = row("courier.01", **number(400.0))
    assert not pairs(first, row("herald.01", **retold, aspect="shipment"))
    assert columns(first, row("herald.01", **retold, certainty="possible")) == {"certainty"}
    assert columns(first, row("herald.01", **retold, **number(9.0, unit="flight"))) == {"value", "unit"}
    assert columns(first, row("herald.01", **retold, speaker_id="papers", anonymity="described")) == set()
    early = {"said_min": None, "said_max": DAY - datetime.timedelta(days=1)}
    assert columns(first, row("herald.01", **retold, **early)) == {"said"}
    other = row("gazette.01", certainty="certain")
    assert [pair.columns for pair in pairs(first, row("herald.01", **retold), other)] == [("certainty",)]


def test_a_pair_is_decided_where_one_row_names_the_other():
    first, second = row("courier.01"), row("herald.01", certainty="probable")
    assert not pairs(first, second)[0].is_decided
    assert pairs(first, {**second, "coder_note": "Probably here only (courier.01)."})[0].is_decided
    assert pairs({**first, "coder_note": "Another page hedges (herald.01)."}, second)[0].is_decided


def test_pairs_that_share_a_row_are_printed_together():
    found = pairs(
        row("courier.01"),
        row("gazette.01", certainty="probable"),
        row("herald.01", stance="deny"),
        row("courier.02", transfer_id="arl-bor-merlins"),
        row("herald.02", transfer_id="arl-bor-merlins", polarity="negated"),
    )
    first, second = unlike.groups(found)
    assert unlike.lines(first) == [
        "2022-11-02 minister arl-bor-kestrels delivery: stance, certainty",
        "  courier.01: assert, not_expressed | The minister says so.",
        "  gazette.01: assert, probable | The minister says so.",
        "  herald.01: deny, not_expressed | The minister says so.",
    ]
    assert unlike.lines(second)[1:] == [
        "  courier.02: affirmed | The minister says so.",
        "  herald.02: negated | The minister says so.",
    ]


def test_the_command_lists_what_is_not_decided(monkeypatch, capsys):
    decided = row("herald.01", certainty="probable", coder_note="Probably here only (courier.01).")
    tables = {"statements": pd.DataFrame([row("courier.01"), decided], dtype=object)}
    monkeypatch.setattr(command, "read_shipped", lambda root: tables)
    monkeypatch.setattr("sys.argv", ["unlike"])
    assert command.main() == 0
    assert capsys.readouterr().out == "0 listed; 1 of 1 pairs are decided\n"
    monkeypatch.setattr("sys.argv", ["unlike", "--all"])
    assert command.main() == 0
    assert "  herald.01: probable | " in capsys.readouterr().out
    tables["statements"]["coder_note"] = None
    monkeypatch.setattr("sys.argv", ["unlike"])
    assert command.main() == 1


def test_the_shipped_record_has_utterances_of_every_kind():
    found = unlike.unlike_pairs(shipped_record())
    assert sum(pair.is_decided for pair in found) > 50
    assert {"stance", "certainty", "limits", "value"} <= {column for pair in found for column in pair.columns}
