"""Strict YAML: what any reader of YAML would take for something else is refused, with its line."""

import time
import unicodedata

import pytest
import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from scripts.records.strict_yaml import StrictYamlError, emit, parse, read_document
from scripts.records.text import UNSEEN


@pytest.mark.parametrize(
    "text,line,found",
    [
        ("a: 1\na: 2", 2, "duplicate key a"),
        ("a:\n  b: 1\n  b: 2", 3, "duplicate key b"),
        ("a: !!str 3", 1, "the tag"),
        ("a: &x 1\nb: *x", 1, "&x"),
        ("- *x", 1, "*x"),
        ('a: [&x "b", *x]', 1, "flow style"),
        ("a: {b: 010}", 1, "flow style"),
        ("a: []", 1, "flow style"),
        ("a: 010", 1, "010"),
        ("a: 0x10", 1, "0x10"),
        ("a: 0o17", 1, "0o17"),
        ("a: 1_000", 1, "1_000"),
        ("a: 6.5", 1, "6.5"),
        ("a:\n  1e3", 2, "1e3"),
        ("a: 2022-11-02", 1, "2022-11-02"),
        ("a: 12:30", 1, "12:30"),
        ("a: .inf", 1, ".inf"),
        ("a: -0", 1, "-0"),
        ("a: NO", 1, "NO"),
        ("a: on", 1, "on"),
        ("a: y", 1, "y"),
        ("a: ~", 1, "~"),
        ("a: null", 1, "null"),
        ("<<: 1", 1, "<<"),
        ("a: 'x", 1, "YAML syntax"),
        ("? - a\n: 1", 1, "a key that is itself"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("%YAML 1.1\n---\na: 1", 1, "a directive"),
        ("\ufeffa: 1", 1, "byte order mark"),
        ("a: 1\r\nb: 2", 1, "carriage return"),
        ("a: 1\n\tb: 2", 2, "U+0009"),
        ('a: "b\u202ec"', 1, "right-to-left override"),
        ('a: "b\\u202ec"', 1, "right-to-left override"),
        ('a: "b\\0c"', 1, "U+0000"),
        ('a: "b\\nc"', 1, "U+000A"),
        ('a: "b\\u2028c"', 1, "line separator"),
        ('a: "b\u200bc"', 1, "zero width space"),
        ('a: "b\\u00adc"', 1, "soft hyphen"),
        ('a: "b\\U000e0041"', 1, "tag latin"),
        ('a: "e\u0301"', 1, "NFC"),
        ("a: 1" + "0" * 20, 1, "1000"),
        ("a: 1" + "0" * 5000, 1, "1000"),
        ('a: "' + "x" * 20_000 + '"', 1, "20000 characters"),
    ],
)
def test_yaml_that_would_be_misread_is_refused(text, line, found):
    with pytest.raises(StrictYamlError) as refused:
        parse(text)
    assert found in refused.value.found and refused.value.line == line and refused.value.fix


@pytest.mark.parametrize(
    "text",
    ["\n".join("  " * n + "a:" for n in range(2000)), "- " * 5000, "a: " + "[" * 5000],
    ids=["keys", "dashes", "flow"],
)
def test_deep_nesting_is_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(StrictYamlError):
        parse(text)
    assert time.process_time() - start < 3


def test_what_has_one_meaning_is_read():
    assert parse('a: "NO"\nb: true\nc: 7\nd:\ne: word\nf: "می\u200cگوید"\ng: 0\n') == {
        "a": "NO",
        "b": True,
        "c": 7,
        "d": None,
        "e": "word",
        "f": "می\u200cگوید",
        "g": 0,
    }


def test_every_value_has_its_line():
    document = read_document("a: 1\nb:\n  - c: 2\n    d: 3\n  - c: 4\n")
    assert document.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 4,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
    }
    assert document.line_of(("b", 1, "no such key")) == 5


def test_a_document_in_which_nothing_is_written_has_a_line_of_its_text():
    assert read_document("---").lines == {(): 1}


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=20
).map(lambda text: unicodedata.normalize("NFC", text))
scalars = st.one_of(
    st.integers(-(10**9), 10**9), st.booleans(), texts.filter(lambda text: not UNSEEN.search(text))
)
keys = st.text("abcdefgh_", min_size=1, max_size=8)
entries = st.lists(st.dictionaries(keys, scalars, min_size=1, max_size=4), min_size=1, max_size=4)


@given(st.dictionaries(keys, st.one_of(scalars, entries), min_size=1, max_size=6))
def test_what_is_emitted_is_read_back_by_both_readers(record):
    assert parse(emit(record)) == record
    assert yaml_rs.loads(emit(record), parse_datetime=False) == record


def test_an_entry_in_which_nothing_is_written_is_left_out():
    assert emit({"a": [{"b": None}, {"b": "x"}], "c": []}) == 'a:\n  - b: "x"\n'
