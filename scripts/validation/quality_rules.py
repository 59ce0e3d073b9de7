"""What must hold of searches, codings, adjudications and reference events. Faults in `tests/faults/quality.yaml`."""

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Row, Tables
from scripts.validation.rules import Mask, Rule, cells_passing, is_word, mask, rows_passing
from scripts.validation.source_rules import before_package_date

FINDING = {  # which of statement_id, recoding_id and variable a finding names; None where it may
    "differ": (True, True, True),
    "only_first": (True, False, False),
    "missed": (True, False, False),
    "corrected": (True, None, True),
    "only_second": (None, True, False),
}


def coding_is_paired_once(codings: pd.DataFrame, tables: Tables) -> Mask:
    """A row of the first coding is paired once, within its document. (A row without a pair passes.)"""
    pairs = zip(codings["source_id"].fillna(""), codings["statement_id"].fillna(""), strict=True)
    own = mask((source == statement.rpartition(".")[0] for source, statement in pairs), codings)
    twice = codings.duplicated(["compared_with", "statement_id"], keep=False)
    return codings["statement_id"].isna() | (own & ~twice)


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


def only_a_found_event_has_a_source(events: pd.DataFrame, tables: Tables) -> Mask:
    """An event that was not found has no source."""
    return ~is_word(events["found"], "no") | events["source_id"].isna()


SECOND_CODING_RULES = [
    Rule(
        "statement_id",
        coding_is_paired_once,
        allowed="a statement of the same source that no other second coding names",
        fix="pair it with another row, or leave it blank",
    ),
]
ADJUDICATION_RULES = [
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
        "n_coded",
        search_codes_no_more_than_it_found,
        allowed="n_pages or less",
        fix="correct n_coded or n_pages",
    ),
]
REFERENCE_EVENT_RULES = [
    Rule("date", event_day_is_edtf, allowed=dates.ALLOWED, fix="correct the date"),
    Rule(
        "source_id",
        only_a_found_event_has_a_source,
        allowed="source_id with found yes or partly",
        fix="leave it out, or correct found",
    ),
]
