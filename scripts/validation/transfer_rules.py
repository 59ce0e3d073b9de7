"""What must hold of transfers, their links and retired IDs. Faults in `tests/faults/transfers.yaml`."""

import re

import pandas as pd

from scripts.normalise.tables import Row, Tables
from scripts.validation.codes import VERSION, country_exists, folded, version_number
from scripts.validation.rules import (
    Mask,
    Rule,
    acyclic,
    cells_passing,
    equal,
    is_word,
    lookup,
    mask,
    on_one_line,
    rows_passing,
)
from scripts.validation.source_rules import before_package_date, since_the_record_was_begun

KEYS = {
    "transfers": "transfer_id",
    "systems": "system_id",
    "statements": "statement_id",
    "sources": "source_id",
    "actors": "actor_id",
}
YEAR = re.compile(r"(?:^|-)([0-9]{4})(?:-|$)")
LOT = re.compile(r"-(?:contract|cargo|lot|batch|order)-[0-9]{4}$")


def parties_exist_and_differ(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """The parties exist and differ. (A blank one passes: required says so.)"""

    def test(row: Row) -> bool:
        known = all(
            row[side] in (None, "unknown") or country_exists(row[side]) for side in ("supplier", "recipient")
        )
        return known and (row["supplier"] is None or row["supplier"] != row["recipient"])

    return rows_passing(transfers, test)


def id_names_the_parties(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """The ID names the parties."""

    def test(row: Row) -> bool:
        start = f"{row['supplier']}-{row['recipient']}-".lower()
        key = row["transfer_id"]
        return key is not None and key.startswith(start) and key != start

    return rows_passing(transfers, test)


def id_names_the_system(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """An ID that names a system is of a transfer of that system. (Contracts and other IDs pass.)"""
    systems = set(tables["systems"]["system_id"].dropna())

    def test(row: Row) -> bool:
        named = row["transfer_id"] and row["transfer_id"].split("-", 2)[2:]
        return (
            not named or named[0] not in systems or named[0] == row["system_id"] or row["system_id"] is None
        )

    return rows_passing(transfers[["transfer_id", "system_id"]], test)


def id_has_no_year(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """An ID has no year, except that of a contract, cargo, lot, batch or order."""

    def test(row: Row) -> bool:
        key = row["transfer_id"]
        year = key and YEAR.search(key)
        return not year or bool(LOT.search(key)) and 1990 <= int(year[1]) <= 2100

    return rows_passing(transfers, test)


def title_is_distinct(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """No two transfers have the same title. (A blank one passes: required says so.)"""
    title = transfers["title"]
    return title.isna() | ~title.map(folded, na_action="ignore").duplicated()


def programme_is_entered_once(transfers: pd.DataFrame, tables: Tables) -> Mask:
    """One programme of the same parties, system and mode is one transfer, unless the one is part of the other."""
    links = tables["transfer_links"]
    is_part = is_word(links["kind"], "part_of", "enables")
    parts = set(links.loc[is_part, "transfer_id"])
    counted = ~transfers["transfer_id"].isin(parts)
    key = ["supplier", "recipient", "system_id", "mode"]
    return ~(counted & transfers.loc[counted].duplicated(key).reindex(transfers.index, fill_value=False))


def link_leads_to_another_transfer(links: pd.DataFrame, tables: Tables) -> Mask:
    """A link leads to another transfer, and parts form no circle."""
    parts = links[is_word(links["kind"], "part_of")]
    ends = acyclic(parts, "transfer_id", "linked_transfer_id").reindex(links.index, fill_value=True)
    return ends.astype(bool) & ~equal(links["transfer_id"], links["linked_transfer_id"])


def part_has_the_parties_of_the_whole(links: pd.DataFrame, tables: Tables) -> Mask:
    """A part has the parties of the whole."""
    same = mask((True for _ in links.index), links)
    for side in ("supplier", "recipient"):
        same &= equal(*_of_both_ends(links, tables, side))
    return ~is_word(links["kind"], "part_of") | same


def part_has_the_mode_of_the_whole(links: pd.DataFrame, tables: Tables) -> Mask:
    """A part has the mode of the whole."""
    return ~is_word(links["kind"], "part_of") | equal(*_of_both_ends(links, tables, "mode"))


def part_is_of_a_related_system(links: pd.DataFrame, tables: Tables) -> Mask:
    """The system of a part is that of the whole, or is below it, or both are below one category. (Unknown passes.)"""
    part, whole = _of_both_ends(links, tables, "system_id")
    category = [lookup(tables, "systems", "system_id", "category", end) for end in (part, whole)]
    unknown = category[0].isna() | category[1].isna()
    related = equal(category[0], category[1]) | is_word(category[1], "mixed") | equal(part, whole)
    below = on_one_line(part, whole, tables)
    return ~is_word(links["kind"], "part_of") | unknown | related | below


def _of_both_ends(
    links: pd.DataFrame, tables: Tables, column: str
) -> tuple["pd.Series[str]", "pd.Series[str]"]:
    part = lookup(tables, "transfers", "transfer_id", column, links["transfer_id"])
    return part, lookup(tables, "transfers", "transfer_id", column, links["linked_transfer_id"])


def link_is_decided_by_now(links: pd.DataFrame, tables: Tables) -> Mask:
    """A link is decided no later than a year after the date of the package. (Blank passes: required says so.)"""
    return before_package_date(links["decided_on"], tables)


def link_is_decided_for_this_record(links: pd.DataFrame, tables: Tables) -> Mask:
    """No link was decided before this record was begun, in November 2026. (Blank passes: required says so.)"""
    return since_the_record_was_begun(links["decided_on"])


def retired_id_is_not_in_use(retired: pd.DataFrame, tables: Tables) -> Mask:
    """A retired ID is never used again."""
    used = {value for table, key in KEYS.items() for value in tables[table][key].dropna()}
    return ~retired["retired_id"].isin(used)


def retired_id_has_the_form_of_its_table(retired: pd.DataFrame, tables: Tables) -> Mask:
    """A retired ID has the form of the IDs of its table. (A blank one passes: required says so.)"""

    def test(row: Row) -> bool:
        key, table = row["retired_id"], row["table_name"]
        if key is None:
            return True
        is_statement = re.fullmatch(r".+\.[0-9]{2,3}", key) is not None
        if is_statement or table == "statements":
            return is_statement and table == "statements"
        has_parties = re.match(r"(?:[a-z]{3}|unknown)-(?:[a-z]{3}|unknown)-.", key) is not None
        if table == "transfers":
            return has_parties
        return table != "sources" or YEAR.search(key) is not None

    return rows_passing(retired[["retired_id", "table_name"]], test)


def retired_by_the_next_version(retired: pd.DataFrame, tables: Tables) -> Mask:
    """An ID is retired in a version that is released or comes next. (Blank passes: required says so.)"""
    now = tables["package"]["version"].dropna()
    if now.empty:
        return mask((True for _ in retired.index), retired)
    major, minor, patch = version_number(now.iloc[0])
    ahead = {(major, minor, patch + 1), (major, minor + 1, 0), (major + 1, 0, 0)}

    def passes(version: str) -> bool:
        number = version_number(version)
        return number <= (major, minor, patch) or number in ahead

    return cells_passing(
        retired["retired_in"], lambda version: not VERSION.fullmatch(version) or passes(version)
    )


def successor_is_another_row(retired: pd.DataFrame, tables: Tables) -> Mask:
    """A successor is another ID of that table, in use or itself retired. (A blank one passes.)"""
    ids = {table: set(tables[table][key].dropna()) for table, key in KEYS.items()}
    for key, table in zip(retired["retired_id"], retired["table_name"], strict=True):
        if isinstance(table, str) and table in ids:
            ids[table].add(key)

    def test(row: Row) -> bool:
        successor = row["successor_id"]
        return successor is None or (
            successor != row["retired_id"] and successor in ids.get(row["table_name"], set())
        )

    return rows_passing(retired, test)


def successors_form_no_circle(retired: pd.DataFrame, tables: Tables) -> Mask:
    """Following successors comes to an end."""
    return acyclic(retired, "retired_id", "successor_id")


TRANSFER_RULES = [
    Rule(
        "supplier",
        parties_exist_and_differ,
        allowed="two different ISO 3166-1 alpha-3 codes, or unknown",
        fix="look the codes up",
    ),
    Rule(
        "transfer_id",
        id_names_the_parties,
        allowed="supplier-recipient-what, as irn-rus-fath-360",
        fix="rename the file",
    ),
    Rule(
        "system_id",
        id_names_the_system,
        allowed="the system that the ID names",
        fix="correct system_id, or rename the file",
    ),
    Rule(
        "transfer_id",
        id_has_no_year,
        allowed="no year, or -contract-2025, -cargo-2023 at its end",
        fix="rename the file",
    ),
    Rule("title", title_is_distinct, allowed="each title once", fix="say how the two differ"),
    Rule(
        "system_id",
        programme_is_entered_once,
        allowed="each combination of supplier, recipient, system_id and mode once",
        fix="merge the two, or link a separate contract or cargo as part_of",
    ),
]
TRANSFER_LINK_RULES = [
    Rule(
        "linked_transfer_id",
        link_leads_to_another_transfer,
        allowed="another transfer, not one that is part of this one",
        fix="name the transfer it belongs to",
    ),
    Rule(
        "kind",
        part_has_the_parties_of_the_whole,
        allowed="part_of between transfers of the same supplier and recipient",
        fix="use another kind of link",
    ),
    Rule(
        "kind",
        part_has_the_mode_of_the_whole,
        allowed="part_of between transfers of the same mode",
        fix="use another kind of link",
    ),
    Rule(
        "kind",
        part_is_of_a_related_system,
        allowed="part_of between systems of one category",
        fix="use another kind of link, or name the whole it belongs to",
    ),
    Rule(
        "decided_on",
        link_is_decided_by_now,
        allowed="a day at most a year after date in records/package.yaml",
        fix="correct the day; if it is right, bring date in records/package.yaml up to date",
    ),
    Rule(
        "decided_on",
        link_is_decided_for_this_record,
        allowed="a day from November 2026 on",
        fix="correct the day",
    ),
]
RETIRED_ID_RULES = [
    Rule(
        "retired_id",
        retired_id_is_not_in_use,
        allowed="an ID that no row carries",
        fix="give the row in use another ID",
    ),
    Rule(
        "table_name",
        retired_id_has_the_form_of_its_table,
        allowed="statements for IDs that end in .01, transfers for supplier-recipient-what, sources for IDs with year",
        fix="correct table_name",
    ),
    Rule(
        "retired_in",
        retired_by_the_next_version,
        allowed="a released version, or the next one",
        fix="write the version of the next release",
    ),
    Rule(
        "successor_id",
        successor_is_another_row,
        allowed="an ID of that table, other than the one retired",
        fix="name the row to use instead, or leave it out",
    ),
    Rule(
        "successor_id",
        successors_form_no_circle,
        allowed="an ID that does not lead back to this one",
        fix="name the row to use instead",
    ),
]
