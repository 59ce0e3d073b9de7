"""What must hold within and between rows, beyond what a schema can say. Every rule has a planted fault in `tests/faults/`.

A rule is a function of one table (and the others) that gives a mask of the rows that pass. The decorator names the
table, the field to mend, the rule as a coder would say it, what is allowed and the fix.
"""

import pandas as pd
import pycountry

from scripts.normalise import dates
from scripts.normalise.tables import Tables, records
from scripts.validation.constraints import Check

RULES: list[Check] = []


def rule(table: str, field: str, says: str, allowed: str, fix: str):
    def keep(test):
        RULES.append(Check(table, field, says, test, allowed, fix))
        return test

    return keep


def rules_of(table: str) -> list[Check]:
    return [check for check in RULES if check.table == table]


def look(tables: Tables, table: str, key: str, column: str, keys: pd.Series) -> pd.Series:
    """The cell of `column` in the row of `table` whose `key` is each of `keys`; blank where there is none."""
    frame = tables[table]
    found = keys.map(dict(zip(frame[key], frame[column])))
    return found.astype(frame[column].dtype)


def equal(left: pd.Series, right: pd.Series) -> pd.Series:
    """Whether two cells hold the same value; a blank one equals nothing."""
    return (left == right).fillna(False).astype(bool)


def acyclic(frame: pd.DataFrame, key: str, parent: str) -> pd.Series:
    """Whether following `parent` from each row comes to an end."""
    up = {a: b for a, b in zip(frame[key], frame[parent]) if not pd.isna(b)}

    def ends(start):
        seen = set()
        while start in up and start not in seen:
            seen.add(start)
            start = up[start]
        return start not in seen

    return frame[key].map(ends).astype(bool)


# Sources


@rule(
    "sources",
    "published",
    "the day is EDTF",
    dates.ALLOWED,
    "write the day that the document or its address gives",
)
def _(frame, tables):
    return frame["published"].isna() | frame["published_max"].notna()


@rule(
    "sources",
    "extent",
    "a text that was read has the day it was read, one that was not has neither day nor hash",
    "consulted_on, or not_consulted without consulted_on and text_sha256",
    "write the day of reading, or set extent to not_consulted",
)
def _(frame, tables):
    unread = frame["extent"] == "not_consulted"
    return (frame["consulted_on"].isna() == unread) & (frame["text_sha256"].isna() | ~unread)


@rule(
    "sources",
    "copy_of_source_id",
    "a copy is of another document, and not in a circle",
    "a document that is no copy of this one",
    "name the document that was first",
)
def _(frame, tables):
    return acyclic(frame, "source_id", "copy_of_source_id")


# Actors


@rule(
    "actors",
    "state",
    "states exist",
    "an ISO 3166-1 alpha-3 code",
    "look the code up; leave it out for international bodies",
)
def _(frame, tables):
    return frame["state"].isna() | frame["state"].map(country_exists).astype(bool)


def country_exists(code) -> bool:
    return not pd.isna(code) and pycountry.countries.get(alpha_3=code) is not None


@rule(
    "actors",
    "state_controlled",
    "who is controlled by a state names it, and a state has a code",
    "state filled in",
    "fill in state",
)
def _(frame, tables):
    needs = frame["state_controlled"].fillna(False) | (frame["kind"] == "state")
    return ~needs | frame["state"].notna()


@rule(
    "actors",
    "parent_actor_id",
    "the organisations an actor is part of form no circle",
    "an actor above this one",
    "name the larger organisation",
)
def _(frame, tables):
    return acyclic(frame, "actor_id", "parent_actor_id")


@rule(
    "actors",
    "kind",
    "a joint body has two members or more, nobody else has members",
    "kind joint_body with members, or another kind without",
    "list the signatories under members, or change the kind",
)
def _(frame, tables):
    count = frame["actor_id"].map(tables["actor_members"]["actor_id"].value_counts().to_dict()).fillna(0)
    return (count >= 2).where(frame["kind"] == "joint_body", count == 0)


# Systems


@rule(
    "systems",
    "name",
    "a system has one designation",
    "one name of kind designation",
    "mark one of its names as the designation",
)
def _(frame, tables):
    names = tables["system_names"]
    return (
        frame["system_id"]
        .map(names.loc[names["kind"] == "designation", "system_id"].value_counts().to_dict())
        .fillna(0)
        == 1
    )


@rule(
    "systems",
    "parent_system_id",
    "systems form one tree",
    "a wider system; none only for arms, the root",
    "name the narrowest class that holds it",
)
def _(frame, tables):
    return acyclic(frame, "system_id", "parent_system_id") & (
        frame["parent_system_id"].isna() == (frame["system_id"] == "arms")
    )


@rule(
    "systems",
    "kind",
    "a class stands under classes only, and has no country of origin",
    "class above class, origin_country blank",
    "move it, or change its kind",
)
def _(frame, tables):
    above = look(tables, "systems", "system_id", "kind", frame["parent_system_id"])
    return (frame["kind"] != "class") | (
        (above.isna() | equal(above, pd.Series("class", frame.index))) & frame["origin_country"].isna()
    )


@rule("systems", "origin_country", "countries exist", "an ISO 3166-1 alpha-3 code", "look the code up")
def _(frame, tables):
    return frame["origin_country"].isna() | frame["origin_country"].map(country_exists).astype(bool)


# Transfers


@rule(
    "transfers",
    "supplier",
    "the parties exist and are two",
    "two different ISO 3166-1 alpha-3 codes, or unknown",
    "look the codes up",
)
def _(frame, tables):
    known = [
        (frame[side] == "unknown") | frame[side].map(country_exists).astype(bool)
        for side in ("supplier", "recipient")
    ]
    return known[0] & known[1] & (frame["supplier"] != frame["recipient"])


@rule(
    "transfers",
    "transfer_id",
    "the name says the parties",
    "supplier-recipient-what, as irn-rus-fath-360",
    "rename the file",
)
def _(frame, tables):
    want = [
        f"{row['supplier']}-{row['recipient']}-".lower()
        for row in records(frame.fillna({"supplier": "", "recipient": ""}))
    ]
    return pd.Series(
        [key.startswith(start) and len(key) > len(start) for key, start in zip(frame["transfer_id"], want)],
        frame.index,
        dtype=bool,
    )


@rule(
    "transfer_links",
    "linked_transfer_id",
    "a link leads to another transfer, and parts form no circle",
    "another transfer, not one that is part of this one",
    "name the transfer it belongs to",
)
def _(frame, tables):
    parts = frame[frame["kind"] == "part_of"]
    ends = acyclic(parts, "transfer_id", "linked_transfer_id").reindex(frame.index, fill_value=True)
    return ends & (frame["transfer_id"] != frame["linked_transfer_id"])


@rule(
    "transfer_links",
    "kind",
    "a part has the parties of the whole",
    "part_of between transfers of the same supplier and recipient",
    "use another kind of link",
)
def _(frame, tables):
    same = [
        equal(
            *(
                look(tables, "transfers", "transfer_id", side, frame[end])
                for end in ("transfer_id", "linked_transfer_id")
            )
        )
        for side in ("supplier", "recipient")
    ]
    return (frame["kind"] != "part_of") | (same[0] & same[1])


@rule(
    "retired_ids",
    "retired_id",
    "a retired ID is never used again",
    "an ID that no row carries",
    "give the row in use another ID",
)
def _(frame, tables):
    used = {
        value
        for table, key in (
            ("transfers", "transfer_id"),
            ("systems", "system_id"),
            ("statements", "statement_id"),
            ("sources", "source_id"),
            ("actors", "actor_id"),
        )
        for value in tables[table][key]
    }
    return ~frame["retired_id"].isin(used)


# Second codings


@rule(
    "recodings",
    "statement_id",
    "a row of the first coding is paired once, within its document",
    "a statement of the same source that no other recoding names",
    "pair it with another row, or leave it blank",
)
def _(frame, tables):
    own = pd.Series(
        [
            source == statement.rpartition(".")[0]
            for source, statement in zip(frame["source_id"], frame["statement_id"].fillna(""))
        ],
        frame.index,
        dtype=bool,
    )
    return frame["statement_id"].isna() | own & ~frame.duplicated(
        ["compared_with", "statement_id"], keep=False
    )


@rule(
    "second_reading",
    "kind",
    "a finding names what it is about",
    "differ: both rows and the variable; only_first, missed: a statement; only_second: a recoding; mended: a statement and the variable",
    "fill in what is missing, and leave out what does not belong",
)
def _(frame, tables):
    there = frame[["statement_id", "recoding_id", "variable"]].notna()
    wanted = {
        "differ": (True, True, True),
        "only_first": (True, False, False),
        "missed": (True, False, False),
        "mended": (True, None, True),
        "only_second": (None, True, False),
    }
    return pd.Series(
        [
            all(want is None or want == cell for want, cell in zip(wanted.get(kind, ()), cells))
            for kind, cells in zip(frame["kind"], there.to_numpy())
        ],
        frame.index,
        dtype=bool,
    )


# Rule tables


@rule(
    "units",
    "canonical_unit",
    "a canonical unit is its own, with factor 1",
    "a unit whose canonical unit is itself",
    "convert to the last unit at once",
)
def _(frame, tables):
    factor = look(tables, "units", "unit", "factor", frame["canonical_unit"])
    return equal(
        look(tables, "units", "unit", "canonical_unit", frame["canonical_unit"]), frame["canonical_unit"]
    ) & (factor == 1).fillna(False).astype(bool)


@rule(
    "aspects",
    "measure",
    "no two aspects feed one measure",
    "each measure once",
    "merge the aspects, or name another measure",
)
def _(frame, tables):
    return frame["measure"].isna() | ~frame["measure"].duplicated()
