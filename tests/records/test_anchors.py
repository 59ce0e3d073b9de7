"""Anchors hold a passage in any copy of its text: own text in six scripts, the sources' where texts are at hand."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.records import anchors
from tests.checking import run_plain

TEXTS = os.environ.get("ATTESTED_TEXTS")
OWN = {  # sentences of our own, written for this test: a passage, and a copy of it as other pages would print it
    "Latin": (
        "The depot’s ledger lists 1,000 crates — “none” were opened before Zürich called again.",
        'the depot\'s ledger lists 1000 crates - "none" were  opened before Zu\u0308rich called again',
    ),
    "Cyrillic": (
        "Кладовщик записал: «ящиков — 1 000», и ни один из них ещё не вскрывали до обеда.",
        'КЛАДОВЩИК записал: "ящиков - 1000", и ни один из них еще\u0308 не вскрывали до обеда',
    ),
    "Arabic": (
        "قالَ أمينُ المخزن: «وصلت الصناديق كلّها» ولم يفتح أحدٌ منها شيئاً حتى الظهر.",
        'قال أمين المخزن: "وصلت الصناديق كلها" ولم يفتح أحد منها شيئا حتى الظهر',
    ),
    "Han": (
        "仓库管理员说：“箱子共一千只”，到中午为止没有任何人打开过其中的哪怕一只箱子，也没有人问起它们的来历。",
        "仓库管理员说:「箱子共一千只」, 到中午为止 没有任何人打开过其中的哪怕一只箱子, 也没有人问起它们的来历",
    ),
    "Greek": (
        "Ο αποθηκάριος έγραψε: «χίλια κιβώτια» — κανένα δεν άνοιξε πριν από το μεσημέρι.",
        'Ο αποθηκάριος έγραψε "χίλια κιβώτια" - κανένα δεν άνοιξε πριν από το μεσημέρι',
    ),
    "Hebrew": (
        "המחסנאי רשם: ״אלף ארגזים״ — אף אחד מהם לא נפתח לפני שעת הצהריים ביום שלישי.",
        'המחסנאי רשם: "אלף ארגזים" - אף אחד מהם לא נפתח לפני שעת הצהריים ביום שלישי',
    ),
}


@pytest.mark.parametrize("script", OWN)
def test_copies_of_a_passage_have_its_anchor(script):
    passage, copy = OWN[script]
    chars, digest = anchors.make(passage)
    for text in (
        passage,
        copy,
        passage.upper(),
        f"Before it. {copy} And after it.",
        passage.replace(" ", "\n\u00a0"),
    ):
        assert anchors.find(anchors.normalise(text), chars, digest) is not None
    changed = passage[: len(passage) // 2] + "x" + passage[len(passage) // 2 :]
    assert anchors.find(anchors.normalise(changed), chars, digest) is None


@given(st.text(), st.text("abcdefgh 0123456789", min_size=60, max_size=120), st.text())
def test_a_passage_is_found_where_it_stands(before, passage, after):
    normal = anchors.normalise(passage)
    if anchors.MIN_CHARS <= len(normal):
        chars, digest = anchors.make(passage)
        text = anchors.normalise(before) + normal + anchors.normalise(after)
        start = anchors.find(text, chars, digest)
        assert text[start : start + chars] == normal
        assert digest == hashlib.sha256(normal.encode()).hexdigest()


@pytest.mark.parametrize("passage", ["too short", "long " * 200])
def test_passages_too_short_or_too_long_are_refused(passage):
    with pytest.raises(ValueError, match="12 to 400"):
        anchors.make(passage)


def verb(*words):
    return run_plain("anchor", *map(str, words))


@pytest.mark.slow  # reads the shipped record twice
def test_the_verb_reads_html_and_says_what_is_missing(tmp_path):
    passage = OWN["Latin"][0]
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><script>var x = 1;</script><body><p>{passage[:30]}<b>{passage[30:]}</b></p></body></html>",
        encoding="utf-8",
    )
    made = verb("make", page, passage)
    assert made.returncode == 0 and f'anchor_sha256: "{anchors.make(passage)[1]}"' in made.stdout
    assert "is 0 times in the file" in verb("make", page, passage + " And more.").stderr
    checked = verb("check", "defense-post-2022-11-02-missile-delivery", page)
    assert (
        checked.returncode == 1
        and checked.stdout.count("NOT FOUND") == 22
        and "22 passages not found" in checked.stdout
    )
    unknown = verb("check", "no-such-source", page)
    assert unknown.returncode == 2 and "defense-post" in unknown.stderr
    assert verb("check", "x", tmp_path / "absent.txt").returncode == 2


def test_a_typed_passage_is_anchored_and_a_long_one_refused(monkeypatch):
    def typed(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return verb("typed")

    passage = "seven unmistakable words establishing the anchored passage"
    assert f'anchor_sha256: "{anchors.make(passage)[1]}"' in typed(passage + "\n").stdout
    long = typed("one two three four five six seven eight nine-and-forty-letters-in-all-or-more\n")
    assert long.returncode == 1 and "9 words" in long.stderr
    assert typed("too short\n").returncode == 1


@pytest.mark.skipif(
    not TEXTS, reason="seed anchors NOT verified: ATTESTED_TEXTS names no folder of source texts"
)
def test_every_seed_passage_is_in_its_source(rows):
    """Every text in the folder whose hash a source carries is checked whole; the seed must be among them."""
    sources = {row["text_sha256"]: row["source_id"] for row in rows.rows["sources"] if row["text_sha256"]}
    checked = set()
    for path in sorted(Path(TEXTS).glob("*.txt")):
        text = anchors.normalise(anchors.read_text(path))
        source = sources.get(anchors.sha256(text))
        for row in rows.rows["statements"]:
            if row["source_id"] == source:
                assert anchors.find(text, row["anchor_chars"], row["anchor_sha256"]) is not None, row[
                    "statement_id"
                ]
                checked.add(row["statement_id"])
    assert len([row for row in checked if row.startswith("defense-post-2022-11-02-missile-delivery.")]) == 22
