"""What must hold of searches, codings, adjudications, reference events and the stress test.

Faults in `tests/faults/quality.yaml`.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Row, Tables, by_key, records
from scripts.reliability.stress import CONDITIONS
from scripts.validation.codes import VERSION, version_number
from scripts.validation.rules import Mask, Rule, cells_passing, is_word, mask, rows_passing
from scripts.validation.source_rules import before_package_date, since_the_record_was_begun

SEASON = datetime.timedelta(days=92)
FINDING = {  # which of statement_id, recoding_id and variable a finding names; None where it may
    "differ": (True, True, True),
    "only_first": (True, False, False),
    "missed": (True, False, False),
    "corrected": (True, None, True),
    "only_second": (None, True, False),
}


def coding_is_paired_once(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A row of the first coding is paired once, within its document. (A row without a pair passes.)"""

    def is_own(row: Row) -> bool:
        return row["statement_id"] is None or row["statement_id"].rpartition(".")[0] == row["source_id"]

    twice = codings.duplicated(["compared_with", "statement_id"], keep=False)
    own = rows_passing(codings[["source_id", "statement_id"]], is_own)
    return codings["statement_id"].isna() | (own & ~twice)


def coding_is_of_a_statement_coded_first(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A second coding is paired with a row of the first coding that it is compared with. (Blank passes.)"""
    first = tables["first_codings"]
    known = set(zip(first["compared_with"], first["statement_id"], strict=True))
    pairs = zip(codings["compared_with"], codings["statement_id"], strict=True)
    return mask((pd.isna(pair[1]) or pair in known for pair in pairs), codings)


def coding_is_of_an_earlier_release(codings: pd.DataFrame, tables: Tables) -> Mask:
    """What is compared with a release is compared with one that was made. (Blank passes: required says so.)"""
    now = tables["package"]["version"].dropna()

    def passes(version: str) -> bool:
        is_version = VERSION.fullmatch(version) is not None
        return is_version and (now.empty or version_number(version) <= version_number(now.iloc[0]))

    return cells_passing(codings["compared_with"], passes)


def _is_known(codings: pd.DataFrame, tables: Tables, column: str, table: str, key: str) -> Mask:
    """Whether a word or ID is, or was when the first coding was made, in its table; a blank one is."""
    known = set(tables[table][key].dropna()) | set(tables["retired_ids"]["retired_id"].dropna())
    known |= set(tables["first_codings"][column].dropna())
    return codings[column].isna() | codings[column].isin(known)


def speaker_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A speaker that is no actor is one that the second coder made. (Blank passes.)"""
    return _is_known(codings, tables, "speaker_id", "actors", "actor_id")


def state_or_body_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """Who is spoken for is or was an actor. (Blank passes.)"""
    return _is_known(codings, tables, "speaks_for_id", "actors", "actor_id")


def outlet_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """The outlet retold is or was an actor. (Blank passes.)"""
    return _is_known(codings, tables, "via_id", "actors", "actor_id")


def transfer_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A transfer that is none is one that the second coder made. (Blank passes.)"""
    return _is_known(codings, tables, "transfer_id", "transfers", "transfer_id")


def system_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """The system is or was one. (Blank passes.)"""
    return _is_known(codings, tables, "system_id", "systems", "system_id")


def aspect_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """The aspect is or was one. (Blank passes.)"""
    return _is_known(codings, tables, "aspect", "aspects", "aspect")


def modifier_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """The modifier is or was one. (Blank passes.)"""
    return _is_known(codings, tables, "value_modifier", "quantities", "modifier")


def unit_is_known(codings: pd.DataFrame, tables: Tables) -> Mask:
    """The unit is or was one. (Blank passes.)"""
    return _is_known(codings, tables, "unit", "units", "unit")


def finding_is_of_its_document(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """A finding belongs to the document of its rows. (Blank passes.)"""
    second = tables["second_codings"]
    there = dict(zip(second["recoding_id"], second["source_id"], strict=True))

    def test(row: Row) -> bool:
        own = row["statement_id"] is None or row["statement_id"].rpartition(".")[0] == row["source_id"]
        return bool(own and there.get(row["recoding_id"], row["source_id"]) == row["source_id"])

    return rows_passing(adjudications[["source_id", "statement_id", "recoding_id"]], test)


def finding_is_of_a_variable(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """A finding is of a column of statements, of the subject, or of the number of rows. (Blank passes.)"""
    known = {*tables["statements"].columns, "subject", "rows"}
    return adjudications["variable"].isna() | adjudications["variable"].isin(known)


def first_coding_is_quoted(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """What a finding gives as the first coding is what the first coding says. (Other kinds of finding pass.)"""
    second = by_key(tables["second_codings"], "recoding_id")
    first = {(row["compared_with"], row["statement_id"]): row for row in records(tables["first_codings"])}

    def coded(row: Row) -> Row | None:
        release = second.get(row["recoding_id"], {}).get("compared_with")
        return first.get((release, row["statement_id"]))

    return _quotes(adjudications, "first", coded)


def second_coding_is_quoted(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """What a finding gives as the second coding is what the second coding says. (Other kinds of finding pass.)"""
    second = by_key(tables["second_codings"], "recoding_id")
    return _quotes(adjudications, "second", lambda row: second.get(row["recoding_id"]))


def _quotes(adjudications: pd.DataFrame, column: str, coded: Callable[[Row], Row | None]) -> Mask:
    def test(row: Row) -> bool:
        coding = coded(row)
        if row["kind"] != "differ" or coding is None or row["variable"] not in coding:
            return True
        return bool(_as_text(coding[row["variable"]]) == row[column])

    return rows_passing(adjudications, test)


def _as_text(value: Any) -> str | None:
    """A cell as the log of findings writes it."""
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else f"{value:.15g}"


def finding_names_its_rows(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """A finding names what it is about."""

    def test(row: Row) -> bool:
        cells = [row[name] is not None for name in ("statement_id", "recoding_id", "variable")]
        wanted = FINDING.get(row["kind"], cells)
        return all(want is None or want == cell for want, cell in zip(wanted, cells, strict=True))

    return rows_passing(adjudications[["kind", "statement_id", "recoding_id", "variable"]], test)


def finding_is_of_a_statement(adjudications: pd.DataFrame, tables: Tables) -> Mask:
    """A finding names a statement that is or was in the record. (Blank passes.)"""
    known = set(tables["statements"]["statement_id"].dropna()) | set(
        tables["retired_ids"]["retired_id"].dropna()
    )
    for name in ("first_codings", "second_codings"):
        if name in tables and "statement_id" in tables[name]:
            known |= set(tables[name]["statement_id"].dropna())
    return adjudications["statement_id"].isna() | adjudications["statement_id"].isin(known)


def search_is_made_by_now(searches: pd.DataFrame, tables: Tables) -> Mask:
    """A search is made no later than a year after the date of the package. (Blank passes: required says so.)"""
    return before_package_date(searches["searched_on"], tables)


def search_is_made_for_this_record(searches: pd.DataFrame, tables: Tables) -> Mask:
    """No search was made before this record was begun, in November 2026. (Blank passes: required says so.)"""
    return since_the_record_was_begun(searches["searched_on"])


def searches_are_in_order(searches: pd.DataFrame, tables: Tables) -> Mask:
    """Searches are numbered in the order in which they were made. (Blank passes: required says so.)"""
    ordered = searches.sort_values("search")
    latest = None
    passed = {}
    for row, day in zip(ordered.index, ordered["searched_on"], strict=True):
        passed[row] = pd.isna(day) or latest is None or day >= latest
        latest = day if latest is None or not pd.isna(day) and day > latest else latest
    return mask((bool(passed[row]) for row in searches.index), searches)


def search_codes_no_more_than_it_found(searches: pd.DataFrame, tables: Tables) -> Mask:
    """A search leads to no more documents than it returned. (Blank passes: required says so.)"""
    return (searches["n_coded"] <= searches["n_pages"]).fillna(True).astype(bool)


def event_day_is_edtf(events: pd.DataFrame, tables: Tables) -> Mask:
    """The day of an event is EDTF. (Blank passes: required says so.)"""
    return cells_passing(events["date"], _is_edtf)


def _is_edtf(text: str) -> bool:
    try:
        dates.parse(text)
    except ValueError:
        return False
    return True


def found_event_has_a_statement(events: pd.DataFrame, tables: Tables) -> Mask:
    """An event counts as found only where its source has a statement in the record."""
    return ~is_word(events["found"], "yes") | events["source_id"].isin(tables["statements"]["source_id"])


def found_event_is_near_its_source(events: pd.DataFrame, tables: Tables) -> Mask:
    """An event found in a document of another season is probably misdated. (Blank passes.)"""
    sources = by_key(tables["sources"], "source_id")

    def test(row: Row) -> bool:
        source = sources.get(row["source_id"], {})
        if row["found"] != "yes" or row["date"] is None or not source.get("published_min"):
            return True
        first, last = dates.parse(row["date"])
        early = last is not None and source["published_min"] - last > SEASON
        late = first is not None and first - source["published_max"] > SEASON
        return not (early or late)

    return rows_passing(events[["found", "date", "source_id"]], test)


def only_a_found_event_has_a_source(events: pd.DataFrame, tables: Tables) -> Mask:
    """An event that was not found has no source."""
    return ~is_word(events["found"], "no") | events["source_id"].isna()


def stress_item_is_a_statement(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A claim of the stress test is or was a statement of its document. (Blank passes: required says so.)"""
    known = set(tables["statements"]["statement_id"].dropna()) | set(
        tables["retired_ids"]["retired_id"].dropna()
    )

    def test(row: Row) -> bool:
        statement, source = row["statement_id"], row["source_id"]
        return None in (statement, source) or (statement in known and statement.rpartition(".")[0] == source)

    return rows_passing(codings[["source_id", "statement_id"]], test)


def stress_item_is_coded_under_every_condition(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A claim of the stress test is coded under every condition, or no condition can be compared. (Blank passes:
    required says so.)
    """
    coded = set(zip(codings["statement_id"], codings["condition"], strict=True))
    whole = (
        pd.isna(statement) or all((statement, name) in coded for name in CONDITIONS)
        for statement in codings["statement_id"]
    )
    return mask(whole, codings)


FIRST_CODING_RULES = [
    Rule(
        "compared_with",
        coding_is_of_an_earlier_release,
        allowed="the version of a release",
        fix="write the version whose rows were compared",
    ),
]
SECOND_CODING_RULES = [
    Rule(
        "compared_with",
        coding_is_of_an_earlier_release,
        allowed="the version of a release",
        fix="write the version whose rows were compared",
    ),
    Rule(
        "statement_id",
        coding_is_of_a_statement_coded_first,
        allowed="a statement_id of first_codings with the same compared_with",
        fix="correct the ID or the version",
    ),
    *(
        Rule(
            column,
            test,
            allowed=f"{what}, in use, retired or of the first coding",
            fix="correct the spelling",
            is_warning=test in (speaker_is_known, transfer_is_known),
        )
        for column, test, what in (
            ("speaker_id", speaker_is_known, "an actor_id"),
            ("speaks_for_id", state_or_body_is_known, "an actor_id"),
            ("via_id", outlet_is_known, "an actor_id"),
            ("transfer_id", transfer_is_known, "a transfer_id"),
            ("system_id", system_is_known, "a system_id"),
            ("aspect", aspect_is_known, "an aspect"),
            ("value_modifier", modifier_is_known, "a modifier"),
            ("unit", unit_is_known, "a unit"),
        )
    ),
    Rule(
        "statement_id",
        coding_is_paired_once,
        allowed="a statement of the same source that no other second coding names",
        fix="pair it with another row, or leave it blank",
    ),
]
ADJUDICATION_RULES = [
    Rule(
        "source_id",
        finding_is_of_its_document,
        allowed="the document of statement_id and recoding_id",
        fix="correct the IDs",
    ),
    Rule(
        "variable",
        finding_is_of_a_variable,
        allowed="a column of statements, subject or rows",
        fix="correct the name",
    ),
    Rule(
        "first",
        first_coding_is_quoted,
        allowed="the cell of first_codings",
        fix="copy the cell; a coding is never changed afterwards",
    ),
    Rule(
        "second",
        second_coding_is_quoted,
        allowed="the cell of second_codings",
        fix="copy the cell; a coding is never changed afterwards",
    ),
    Rule(
        "kind",
        finding_names_its_rows,
        allowed="differ: both rows and the variable; only_first, missed: a statement; only_second: a second coding; "
        "corrected: a statement and the variable",
        fix="fill in what is missing, and leave out what does not belong",
    ),
    Rule(
        "statement_id",
        finding_is_of_a_statement,
        allowed="a statement_id of statements, retired_ids or the second coding",
        fix="correct the ID",
    ),
]
SEARCH_LOG_RULES = [
    Rule(
        "searched_on",
        search_is_made_by_now,
        allowed="a day at most a year after date in records/package.yaml",
        fix="correct the day; if it is right, bring date in records/package.yaml up to date",
    ),
    Rule(
        "searched_on",
        search_is_made_for_this_record,
        allowed="a day from November 2026 on",
        fix="correct the day",
    ),
    Rule(
        "searched_on",
        searches_are_in_order,
        allowed="a day on or after that of the search before",
        fix="correct the day",
    ),
    Rule(
        "n_coded",
        search_codes_no_more_than_it_found,
        allowed="n_pages or less",
        fix="correct n_coded or n_pages",
    ),
]
REFERENCE_EVENT_RULES = [
    Rule(
        "source_id",
        found_event_has_a_statement,
        allowed="with found yes, the source_id of a statement",
        fix="name the source whose statement carries the event, or write other_date or no",
    ),
    Rule(
        "date",
        found_event_is_near_its_source,
        allowed="a day within three months of the publication of source_id",
        fix="check whether the event is in that source, or only spoken of later",
        is_warning=True,
    ),
    Rule("date", event_day_is_edtf, allowed=dates.ALLOWED, fix="correct the date"),
    Rule(
        "source_id",
        only_a_found_event_has_a_source,
        allowed="source_id with found yes or partly",
        fix="leave it out, or correct found",
    ),
]
STRESS_CODING_RULES = [
    Rule(
        "statement_id",
        stress_item_is_a_statement,
        allowed="a statement_id of the same source, in use or retired",
        fix="correct the IDs",
    ),
    Rule(
        "condition",
        stress_item_is_coded_under_every_condition,
        allowed=f"one row each for {', '.join(CONDITIONS)}",
        fix="add the rows that are missing",
    ),
]
