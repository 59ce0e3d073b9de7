"""Scripts, addresses and worded numbers, each by examples: the small functions that many rules lean on."""

import datetime

import pytest

from scripts.validation.codes import (
    address_is_sound,
    archived_address,
    country_exists,
    date_in,
    folded,
    host_of,
    is_in_letters_of,
    is_written_in,
    language_exists,
    latinised,
    mixes_scripts,
    normal_address,
    script_exists,
    version_number,
)
from scripts.validation.worded_numbers import numbers_in_words


@pytest.mark.parametrize(
    "text,script,expected",
    [
        ("Shahed-136", "Latn", True),
        ("Шахед", "Latn", False),
        ("Шахед", "Cyrl", True),
        ("Шахед 136", "Cyrl", True),
        ("無人機", "Hani", True),
        ("Shahed", "Hani", False),
        ("無人機 Shahed", "Hani", False),
    ],
)
def test_letters_are_of_a_script(text, script, expected):
    assert is_written_in(text, script) is expected


@pytest.mark.parametrize(
    "text,tag,expected",
    [
        ("Drones", "en", True),
        ("Дроны", "en", False),
        ("Дроны Shahed", "ru", True),
        ("Drones", "ru", False),
        ("Drones", "uz", True),
        ("450", "ru", True),
        ("Дрони", "uk-UA", True),
    ],
)
def test_letters_are_of_a_language(text, tag, expected):
    assert is_in_letters_of(text, tag) is expected


def test_spellings_of_one_name_in_latin_letters():
    assert latinised("Oleksiy Kuleba") == latinised("Oleksii Kuleba")
    assert latinised("Sergey Aksyonov") != latinised("Sergey Aksenov")


def test_mixed_and_folded_text():
    assert mixes_scripts("Shаhed") and not mixes_scripts("Shahed Шахед")
    assert folded("The  Wirе!") == folded("the wire") == "thewire"
    assert version_number("1.10.0-dev") == (1, 10, 0) > version_number("1.9.9")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.Example.org/a/",
        "https://m.example.org/a?utm_source=x",
        "https://example.org/a/amp",
        "https://example.org/a/index.html",
        "https://web.archive.org/web/20221102000000/https://example.org/a",
        "https://example.org/a#top",
    ],
)
def test_one_page_has_one_address(url):
    assert (
        normal_address(url)
        == normal_address("https://example.org/a")
        != normal_address("https://example.org/b")
    )
    assert host_of(url) == "example.org"


def test_what_an_address_says():
    assert normal_address("https://example.org/a?b=2&a=1") == normal_address("https://example.org/a?a=1&b=2")
    assert normal_address("https://example.org/a?b=2") != normal_address("https://example.org/a")
    assert archived_address("https://archive.org/20221102/example.org/a") == "https://example.org/a"
    assert archived_address("https://example.org/a") is None
    assert date_in("https://example.org/2022/11/02/a") == datetime.date(2022, 11, 2)
    assert date_in("https://example.org/20221102-a") == datetime.date(2022, 11, 2)
    assert date_in("https://example.org/2022/02/30/a") is date_in("https://example.org/a") is None


@pytest.mark.parametrize(
    "text,numbers",
    [
        ("four hundred and fifty", {450, 4}),
        ("a thousand", {1000}),
        ("a hundred", {100}),
        ("two thousand three hundred", {2300}),
        ("a dozen", {12}),
        ("three dozen", {36}),
        ("a pair", {2}),
        ("twenty-two", {22}),
        ("six Su-35 and two Mi-28", {6, 2}),
        ("two and three", {5, 2, 3}),
        ("two million", {2_000_000}),
        ("half a dozen", set()),
        ("many", set()),
    ],
)
def test_numbers_in_english_words(text, numbers):
    found = numbers_in_words(text)
    assert numbers <= found if "and" in text else found == numbers


@pytest.mark.parametrize(
    "tag,expected",
    [
        ("en", True),
        ("fas", True),
        ("zh-Hant", True),
        ("pt-BR", True),
        ("zh-Hant-TW", True),
        ("xq", False),
        ("xqx", False),
        ("EN", False),
        ("en-Xxxx", False),
        ("en-XQ", False),
        ("en-Latn-XQ", False),
    ],
)
def test_languages(tag, expected):
    assert language_exists(tag) is expected


def test_countries_and_scripts():
    assert country_exists("IRN") and not country_exists("XQX")
    assert [script_exists(code) for code in ("Latn", "Zyyy", "Qaaa", "Xxxx")] == [True, False, False, False]


@pytest.mark.parametrize(
    "url,expected",
    [
        ("https://example.org/a", True),
        ("http://EXAMPLE.org", True),
        ("https://example.org/" + "a" * 980, True),
        ("https://example.org/" + "a" * 981, False),
        ("ftp://example.org/a", False),
        ("https://example.org/a b", False),
        ("https://example.org/a'b", False),
        ("https://me@example.org/a", False),
        ("https://:secret@example.org/a", False),
        ("https://example/a", False),
        ("https:///a", False),
        ("https://example.org:99999/a", False),
        ("https://[example.org/a", False),
    ],
)
def test_sound_addresses(url, expected):
    assert address_is_sound(url) is expected


def test_an_address_that_cannot_be_split_stands_for_itself():
    assert normal_address("https://[a") == host_of("https://[a") == "https://[a"


def test_tracking_is_no_part_of_an_address_and_other_words_are():
    assert normal_address("https://example.org/a?b=1&UTM_source=x") == "example.org/a?b=1"
    assert normal_address("https://example.org/a?b=2&b=1&a=3") == "example.org/a?a=3&b=1&b=2"
