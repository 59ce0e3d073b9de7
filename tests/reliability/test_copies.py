"""The most retold originals: what is grouped with what, and that a voice is counted once however often it is retold."""

import pandas as pd
import pytest

from scripts.reliability import copies
from scripts.reliability.page import with_tables
from scripts.schema.table_schema import ROOT
from tests.random_record import shipped_record

BLANK = dict.fromkeys(["original_source_id", "relays_statement_id"])


def statement(statement_id: str, **other) -> dict:
    return {
        **BLANK,
        "statement_id": statement_id,
        "source_id": statement_id.partition(".")[0],
        "speaker_id": "pat",
        "said": "2022-11-01",
        "summary": "Pat says so.",
        "voice_kind": "government",
        "voice_id": "ARL",
        "use_as": "retells" if other.get("relays_statement_id") else "asserts",
        **other,
    }


def made_up(*statements: dict, copy_of: dict[str, str] | None = None) -> dict[str, pd.DataFrame]:
    pages = {row["source_id"] for row in statements} | {
        row["original_source_id"] for row in statements if row["original_source_id"]
    }
    return {
        "statements": pd.DataFrame(list(statements)),
        "sources": pd.DataFrame(
            [
                {
                    "source_id": page,
                    "publisher_id": "herald",
                    "published": "2022-11-02",
                    "copy_of_source_id": (copy_of or {}).get(page),
                }
                for page in sorted(pages)
            ]
        ),
        "actors": pd.DataFrame(
            [{"actor_id": "pat", "name": "Pat"}, {"actor_id": "herald", "name": "Herald"}]
        ),
    }


def test_pointers_originals_and_copies_lead_to_one_original():
    tables = made_up(
        statement("one.01", original_source_id="text"),
        statement("two.01", relays_statement_id="one.01"),
        statement("three.01", relays_statement_id="two.01"),
        statement("four.01"),
        statement("other.01"),
        copy_of={"four": "text"},
    )
    (original,) = copies.originals(tables)
    assert original.source_id == "text" and original.pages == {"one", "two", "three", "four"}
    assert original.n_retelling == 2 and original.most_retold()["statement_id"] == "one.01"
    assert original.voices == {("government", "ARL")}


def test_the_document_itself_retells_nothing_and_what_is_not_read_is_no_voice():
    tables = made_up(
        statement("text.01"),
        statement("text.02", voice_id="BOR", use_as="taken_for_granted"),
        statement("one.01", relays_statement_id="text.01", voice_id="CES"),
        statement("one.02", original_source_id="text", voice_kind="outlet_only", voice_id="herald"),
    )
    (original,) = copies.originals(tables)
    assert original.pages == {"one"}
    assert original.voices == {("government", "ARL"), ("outlet_only", "herald")}
    line = copies.block(tables).splitlines()[2]
    assert "| 1: Herald 2022-11-02 | 4, 1 | 2: government: ARL; outlet only: Herald |" in line


def test_pointers_in_a_circle_end():
    tables = made_up(
        statement("one.01", relays_statement_id="two.01"), statement("two.01", relays_statement_id="one.01")
    )
    assert len(copies.originals(tables)) <= 2


@pytest.mark.slow  # reads the shipped record
def test_the_shipped_record_lists_the_most_retold_first():
    shipped = shipped_record()
    found = copies.originals(shipped)
    assert len(found) > copies.MOST_RETOLD
    assert [len(one.pages) for one in found] == sorted((len(one.pages) for one in found), reverse=True)
    assert found[0].source_id == "the-white-house-2022-07-11-press-briefing"
    assert found[0].voices == {("government", "USA")}
    page = with_tables("<!-- copies -->\n<!-- /copies -->\n", shipped, ROOT)
    assert len(page.splitlines()) == copies.MOST_RETOLD + 4
