"""What must hold of the package as a whole and of the reasons for changes. Faults in `tests/faults/package.yaml`."""

import pandas as pd

from scripts.normalise.tables import Row, Tables
from scripts.validation.rules import Mask, Rule, cells_passing, mask, rows_passing

WHOLE = "*"  # a reason for a table or column as a whole
YEAR = pd.Timedelta(days=366)


def package_is_dated_near_its_records(package: pd.DataFrame, tables: Tables) -> Mask:
    """A package is dated within a year of the last reading or search. (A blank day passes: required says so.)"""
    days = [*tables["sources"]["consulted_on"].dropna(), *tables["search_log"]["searched_on"].dropna()]
    if not days:
        return mask((True for _ in package.index), package)
    last = pd.Timestamp(max(days))
    return cells_passing(package["date"], lambda day: abs(pd.Timestamp(day) - last) <= YEAR)


def reason_names_a_table(reasons: pd.DataFrame, tables: Tables) -> Mask:
    """A reason is for a table that exists. (One for a table as a whole passes: it may be gone.)"""
    known = {*tables, "claims_flat"} - {"package", "reasons"}
    return reasons["table"].isin(known).astype(bool) | (reasons["row_id"] == WHOLE).fillna(False).astype(bool)


def reason_names_a_column(reasons: pd.DataFrame, tables: Tables) -> Mask:
    """A reason is for a column of its table. (Blank passes, and one for a column as a whole: it may be gone.)"""

    def test(row: Row) -> bool:
        if row["column"] is None or row["row_id"] == WHOLE or row["table"] not in tables:
            return True
        return row["column"] in tables[row["table"]].columns

    return rows_passing(reasons[["table", "column", "row_id"]], test)


def reason_names_a_row(reasons: pd.DataFrame, tables: Tables) -> Mask:
    """A reason is for a row that exists or is retired. (Blank passes, and tables whose key is of several columns.)"""
    retired = set(tables["retired_ids"]["retired_id"].dropna())
    keys = {
        "statements": "statement_id",
        "sources": "source_id",
        "actors": "actor_id",
        "systems": "system_id",
        "transfers": "transfer_id",
        "exhibits": "exhibit_id",
    }
    known = {table: retired | set(tables[table][key].dropna()) for table, key in keys.items()}

    def test(row: Row) -> bool:
        if row["row_id"] in (None, WHOLE) or row["table"] not in known:
            return True
        return row["row_id"] in known[row["table"]]

    return rows_passing(reasons[["table", "row_id"]], test)


def reason_names_a_source(reasons: pd.DataFrame, tables: Tables) -> Mask:
    """A reason for the rows of a source names a source that exists. (Blank passes.)"""
    return reasons["source_id"].isna() | reasons["source_id"].isin(tables["sources"]["source_id"].dropna())


PACKAGE_RULES = [
    Rule(
        "date",
        package_is_dated_near_its_records,
        allowed="a day within a year of the last consulted_on and searched_on",
        fix="correct the date",
    ),
]
REASON_RULES = [
    Rule(
        "table",
        reason_names_a_table,
        allowed="a table of docs/codebook.md",
        fix="correct the name",
    ),
    Rule(
        "column",
        reason_names_a_column,
        allowed="a column of that table",
        fix="correct the name, or leave it out",
    ),
    Rule(
        "row_id",
        reason_names_a_row,
        allowed="an ID of that table, in use or retired",
        fix="correct the ID",
    ),
    Rule(
        "source_id",
        reason_names_a_source,
        allowed="a source_id",
        fix="correct the ID, or leave it out",
    ),
]
