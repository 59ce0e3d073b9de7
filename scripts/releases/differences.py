"""What changed between two versions of the package, row by row and cell by cell, with the reason of each change.

In: two `Package`s, the reasons in records/changes.yaml and the retired IDs. Out: rows of `changes`. A change of a cell that
people write, a row of theirs that is gone, a new statement in a source already released and a change of a table as a whole
need a reason in words; what is derived gets `derived:` and the changed row nearest to it.
"""

from dataclasses import dataclass

import pandas as pd

from scripts.releases.attribution import Causes
from scripts.releases.store import key
from scripts.validation.issues import Problem

REPEATING = {"claims_flat", "changes"}
WHOLE = "*"
REASONS = "records/changes.yaml"


@dataclass(frozen=True)
class Package:
    """One version: its descriptor and its tables (cells as text) by name."""

    descriptor: dict
    tables: dict[str, pd.DataFrame]

    def schemas(self) -> dict[str, dict]:
        return {
            resource["name"]: resource["schema"]
            for resource in self.descriptor["resources"]
            if resource["format"] == "csv" and resource["name"] not in REPEATING
        }

    def rules(self) -> set[str]:
        """Names of the rule tables."""
        return {
            resource["name"]
            for resource in self.descriptor["resources"]
            if resource["path"].startswith("rules/")
        }

    def rows(self, table: str) -> dict[str, dict]:
        """The rows of a table by ID."""
        return (
            {row_id(row, self.schemas()[table]): row for row in self.tables[table].to_dict("records")}
            if table in self.tables
            else {}
        )


@dataclass(frozen=True, order=True)
class Change:
    table: str
    row_id: str
    column: str
    kind: str
    old: str = ""
    new: str = ""


def row_id(row: dict, schema: dict) -> str:
    return " ".join(row[column] for column in key(schema))


def derived(schema: dict, column: str = "") -> bool:
    """Whether the column, or without one every column of the table, is computed."""
    return all(
        field.get("provenance", field.get("made_by")) == "derived"
        for field in schema["fields"]
        if column in ("", field["name"])
    )


def compare(old: Package, new: Package, retirable: list[str]) -> list[Change]:
    """Every change from one version to the next; a table or column that is new, gone or redefined is one change, its cells are none."""
    found, before, after = wholes(old, new), old.schemas(), new.schemas()
    for table in sorted(before.keys() & after.keys()):
        if key(before[table]) != key(after[table]):
            continue
        there, here = old.rows(table), new.rows(table)
        gone = "retired" if table in retirable else "removed"
        found += [Change(table, row, "", gone) for row in there.keys() - here.keys()]
        found += [Change(table, row, "", "added") for row in here.keys() - there.keys()]
        columns = [
            field["name"]
            for field in before[table]["fields"]
            if field["name"] in {other["name"] for other in after[table]["fields"]}
        ]
        found += [
            Change(table, row, column, "changed", there[row][column], here[row][column])
            for row in here.keys() & there.keys()
            for column in columns
            if there[row][column] != here[row][column]
        ]
    return sorted(found)


def wholes(old: Package, new: Package) -> list[Change]:
    """Changes of tables as wholes: tables, keys, columns, their types and vocabularies, and the version of the rules."""
    before, after = shape(old), shape(new)
    kinds = {
        place: "removed" if place not in after else "added" if place not in before else "changed"
        for place in before.keys() | after.keys()
    }
    new_tables = {table for (table, column), kind in kinds.items() if not column and kind != "changed"}
    return [
        Change(table, WHOLE, column, kind, before.get((table, column), ""), after.get((table, column), ""))
        for (table, column), kind in kinds.items()
        if before.get((table, column)) != after.get((table, column))
        and (not column or table not in new_tables)
    ]


def shape(package: Package) -> dict[tuple[str, str], str]:
    """What each table and column may say, as text."""
    found = {("package", "rule_version"): package.descriptor["ruleVersion"], ("package", ""): "table"}
    for table, schema in package.schemas().items():
        found[table, ""] = f"key {' '.join(key(schema))}"
        for field in schema["fields"]:
            found[table, field["name"]] = " ".join(
                [field["type"], *field.get("constraints", {}).get("enum", [])]
            )
    return found


def reasoned(
    changes: list[Change], old: Package, new: Package, reasons: list[dict], retired: list[dict]
) -> tuple[list[dict], list[Problem]]:
    """Rows of `changes` without their version, and a Problem for each missing, needless or repeated reason."""
    schemas = old.schemas() | new.schemas()
    written = {(row["table"], row["row_id"], row["column"] or ""): row["reason"] for row in reasons}
    withdrawn = {(row["table"], row["retired_id"]): row["reason"] for row in retired}
    causes = Causes(
        old,
        new,
        {
            (change.table, change.row_id)
            for change in changes
            if change.table in schemas
            and change.row_id != WHOLE
            and not derived(schemas[change.table], change.column)
        },
    )
    arrived, known = (
        {row: cells["source_id"] for row, cells in package.rows("statements").items()}
        for package in (new, old)
    )
    rows, used, problems = [], set(), []
    for change in changes:
        place = (change.table, change.row_id)
        own = next(((*place, column) for column in (change.column, "") if (*place, column) in written), None)
        if own:
            used.add(own)
        if change.kind == "retired":
            reason = withdrawn.get(place)
        elif change.row_id != WHOLE and derived(schemas[change.table], change.column):
            reason = f"derived:{causes.nearest(*place)}"
        else:
            reason = written.get(own) or (
                added(change, arrived, set(known.values())) if change.kind == "added" else None
            )
        if not reason:
            problems.append(needed(change))
        rows.append(
            {
                "table": change.table,
                "row_id": change.row_id,
                "column": change.column or None,
                "kind": change.kind,
                "old": change.old or None,
                "new": change.new or None,
                "reason": reason,
            }
        )
    problems += [
        Problem(
            REASONS,
            (),
            " ".join(place).strip(),
            "a reason belongs to a change of what people write since the last release",
            "no such change",
            "a table, row_id and column that differ",
            "delete it",
        )
        for place in written.keys() - used
    ]
    return rows, problems


def added(change: Change, source_of: dict[str, str], known: set[str]) -> str | None:
    """The reason that needs no words: a row that came with a source read since, or with the record's growth."""
    if change.row_id == WHOLE:
        return None
    if change.table != "statements":
        return "added:record"
    source = source_of[change.row_id]
    return None if source in known else f"added:{source}"


def needed(change: Change) -> Problem:
    place = " ".join(filter(None, [change.table, change.row_id, change.column]))
    if change.kind == "retired":
        return Problem(
            "records/retired_ids.yaml",
            (),
            place,
            "an ID that a release carried is never silently gone",
            "no row for it",
            "a row with its reason, and its successor if there is one",
            "add it, or restore the row",
        )
    return Problem(
        REASONS,
        (),
        place,
        f"{change.kind} since the last release, without a reason",
        f"{change.old or 'blank'} → {change.new or 'blank'}" if change.column else change.kind,
        f"an entry with table {change.table}, row_id {change.row_id}"
        + (f", column {change.column}" if change.column else ""),
        "say why in records/changes.yaml, or undo the change",
    )
