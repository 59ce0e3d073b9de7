"""Sentences: the words of numbers and days, and what every sentence of the shipped record must hold to."""

import datetime
import re

import pytest

from scripts.sentences.describe import Describer, Sentence, is_resting
from scripts.sentences.words import event_words, number_words, stage_words
from tests.random_record import shipped_record

DAYS = ("2022-07-11", "2022-11-05", "2023-06-12", "2024-02-22", "2024-09-10", "2026-11-30")


@pytest.mark.parametrize(
    ("modifier", "bounds", "words"),
    [
        ("exact", (60, 60, 60), "60 items"),
        ("exact", (1, 1, 1), "1 item"),
        ("about", (None, 60, None), "about 60 items"),
        ("nearly", (None, None, 60), "nearly 60 items"),
        ("at_least", (60, None, None), "at least 60 items"),
        ("more_than", (60, None, None), "more than 60 items"),
        ("less_than", (None, None, 60), "less than 60 items"),
        ("up_to", (None, None, 60), "up to 60 items"),
        ("between", (48, None, 72), "48 to 72 items"),
        ("few", (None, None, None), "items, in words only"),
        ("several_hundred", (200, None, None), "items, in words only"),
        ("up_to_several_hundred", (None, None, None), "items, in words only"),
        ("qualitative", (None, None, None), ""),
    ],
)
def test_a_number_keeps_the_modifier_that_was_said(modifier, bounds, words):
    row = dict(zip(("low", "point", "high"), bounds, strict=True)) | {"unit": "item"}
    assert number_words(row, modifier=modifier) == words


def test_a_converted_number_says_so():
    row = {"low": 300, "point": None, "high": None, "unit": "km", "is_converted": True}
    assert number_words(row, modifier="more_than") == "more than 300 km, converted"
    row = {"low": None, "point": None, "high": 1931.2128, "unit": "km", "is_converted": True}
    assert number_words(row, modifier="up_to") == "up to 1,931 km, converted and rounded"
    row = {"low": 45.359237, "point": 45.359237, "high": 45.359237, "unit": "kg", "is_converted": True}
    assert number_words(row, modifier="exact") == "45.36 kg, converted and rounded"


@pytest.mark.parametrize(
    ("event", "rule", "words"),
    [
        (None, None, ""),
        ("2022-11-05", None, "event: 2022-11-05"),
        ("2022-05/2023-01-30", None, "event: read here as 2022-05 to 2023-01-30"),
        ("2022-10-01/2022-12-30", "soon", "event: soon, read here as 2022-10-01 to 2022-12-30"),
        ("../2022-02-23", "before_the_war", "event: before the war, read here as by 2022-02-23"),
        ("2022-11-01", "tuesday", "event: Tuesday, read here as 2022-11-01"),
    ],
)
def test_days_that_are_read_from_words_are_marked_as_a_reading(event, rule, words):
    assert event_words({"event": event, "event_rule": rule}) == words


def test_a_stage_is_named_after_what_is_moved():
    assert stage_words("transferred", "finished_items") == "a transfer"
    assert stage_words("transferred", "services") == "a service rendered"
    assert stage_words("talks", "services") == stage_words("talks", "finished_items")


@pytest.fixture(scope="module")
def describer() -> Describer:
    return Describer(shipped_record())


@pytest.fixture(scope="module")
def sentences(describer: Describer) -> list[Sentence]:
    days = [datetime.date.fromisoformat(day) for day in DAYS]
    return [one for key in describer.transfers for day in days for one in describer.describe(key, day)]


@pytest.mark.slow  # reads the shipped record
def test_every_sentence_of_a_statement_tells_what_it_says_when_and_by_its_id(describer, sentences):
    told = [one for one in sentences if one.kind in ("voice", "position", "figure")]
    assert len(told) > 1000
    for one in told:
        statement = describer.statements[one.statement_ids[0]]
        assert statement["summary"].removesuffix(".") in one.text
        assert one.text.endswith(f"; {statement['statement_id']})."), one.text
        assert not statement["event_rule"] or "read here as" in one.text, one.text


@pytest.mark.slow  # reads the shipped record
def test_no_sentence_holds_a_code_or_a_blank(sentences):
    assert [
        one.text
        for one in sentences
        if re.search(r"\b[a-z]+_[a-z]+|\bNone\b|\bnan\b|[{}]|\( |: :|;;", one.text)
    ] == []


@pytest.mark.slow  # reads the shipped record
def test_words_at_second_hand_name_who_tells_them(describer, sentences):
    found = [one for one in sentences if "(at second hand" in one.text]
    assert len(found) > 100
    assert [one.text for one in found if "as told by" not in one.text and "retelling" not in one.text] == []


@pytest.mark.slow  # reads the shipped record
def test_an_estimate_names_as_many_voices_as_it_counts(describer):
    """Over every estimate and every day on which it began."""
    n_checked = 0
    for key, transfer in describer.transfers.items():
        for row in describer.derived["estimates"].get(key, []):
            text = next(
                one.text
                for one in describer.describe(key, row["known_from"])
                if one.kind == "estimate" and describer.estimate_words(row).split(", by ")[0] in one.text
            )
            names = re.search(r"by (\d+) voices? \((.*)\), latest", text)
            assert int(names[1]) == row["n_voices"] == len(names[2].split(", ")), text
            assert text.startswith(transfer["title"])
            n_checked += 1
    assert n_checked > 2


@pytest.mark.slow  # reads the shipped record
def test_a_status_of_a_party_side_says_whose(describer, sentences):
    statuses = [one.text.partition("none of its narrower")[0] for one in sentences if one.kind == "status"]
    found = [text for text in statuses if ": a party with limits" in text]
    assert found
    assert [text for text in found if "of the side of" not in text and "a party itself" not in text] == []


@pytest.mark.slow  # reads the shipped record
def test_that_no_statement_says_so_is_said_of_a_class_as_such_only(describer, sentences):
    """Of a class a narrower transfer may say it, as of the satellites and the Khayyam."""
    histories = describer.derived["transfer_history"]
    narrower = {f"{stage}_within_transfer_id" for stage in ("agreed", "transferred")}
    n_classes = 0
    for one in sentences:
        if one.kind == "status" and "no statement of this record" in one.text:
            is_class = any(row[name] for row in histories[one.transfer_id] for name in narrower)
            own_words = one.text.partition("none of its narrower")[0]
            assert ("of the class as such" in own_words) == is_class, one.text
            n_classes += is_class
    assert n_classes


@pytest.mark.slow  # reads the shipped record
def test_who_possibly_repeats_another_is_told_apart(describer):
    n_checked = 0
    for key, voices in describer.derived["voices"].items():
        for row in voices:
            if row["says"] != "asserts" or not is_resting(row) or row["rests_on_certainty"] != "possible":
                continue
            status = describer.describe(key, row["known_from"], row["stage"])[0].text
            assert describer.name(row["voice_id"]) in status.partition("possibly only on another's")[2], (
                status
            )
            n_checked += 1
    assert n_checked
