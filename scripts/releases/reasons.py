"""Why each change was made: the words of whoever made it, or what it follows from.

A changed cell that people write, a row of theirs that is gone, a new statement in a source already
released, and a change of a table or column as a whole need a reason in words, in records/changes.yaml: for
one cell or row (`row_id`), or for a kind of change (`table`, and if wanted `column` and `source_id`). A
derived cell gets `derived:` and the changed row nearest to it; where the rules changed, `derived:rules`.
"""

from collections import defaultdict
from typing import Any

from scripts.releases.attribution import RECORD, Node, nearest_changes
from scripts.releases.differences import Change, Comparison, Renamed
from scripts.releases.package import is_derived
from scripts.validation.issues import Issue
from scripts.validation.package_rules import WHOLE

REASONS = "records/changes.yaml"
RETIRED = "records/retired_ids.yaml"
RULES_CHANGED = "derived:rules"
MOVED = "The file is in another folder; its rows are compared as before."

Entry = dict[str, Any]
Place = tuple[str, str, str, str]


def renames(entries: list[Entry]) -> list[Renamed]:
    """The tables and columns that records/changes.yaml says were renamed."""
    return [
        Renamed(entry["table"], entry["column"] or "", entry["renamed_from"])
        for entry in entries
        if entry["renamed_from"] and entry["row_id"] == WHOLE
    ]


def with_reasons(
    comparison: Comparison, entries: list[Entry], retired: list[Entry]
) -> tuple[list[Entry], list[Issue]]:
    """Rows of `changes` without their version, and an Issue for each missing or needless reason."""
    written = _Written(entries)
    derived = _derived_reasons(comparison)
    withdrawn = {(row["table_name"], row["retired_id"]): row["reason"] for row in retired}
    rows, missing = [], []
    for change in comparison.changes:
        reason = written.own(change)
        if change.kind == "retired":
            reason = withdrawn.get((change.table, change.row_id))
        elif _is_derived(change, comparison):
            nearest = derived.get((change.table, change.row_id), f"derived:{RECORD}")
            reason = RULES_CHANGED if comparison.rules_changed else nearest
        elif reason is None:
            reason = _default(change, comparison) or written.of_kind(change, _source(change, comparison))
        if reason is None:
            missing.append(change)
        rows.append(_row(change, reason))
    return rows, [*_missing_reasons(missing), *written.needless()]


class _Written:
    """The entries of records/changes.yaml, and which of them were used."""

    def __init__(self, entries: list[Entry]) -> None:
        self.reasons: dict[Place, str] = {
            (entry["table"], entry["row_id"] or "", entry["column"] or "", entry["source_id"] or ""): entry[
                "reason"
            ]
            for entry in entries
        }
        self.used: set[Place] = set()

    def own(self, change: Change) -> str | None:
        """The reason given for this cell, or for its row."""
        return self._first([(change.table, change.row_id, column, "") for column in (change.column, "")])

    def of_kind(self, change: Change, source_id: str) -> str | None:
        """The reason given for changes of this kind, the narrowest first."""
        if change.row_id == WHOLE:
            return None
        return self._first(
            [
                (change.table, "", column, source)
                for source in dict.fromkeys((source_id, ""))
                for column in dict.fromkeys((change.column, ""))
            ]
        )

    def _first(self, places: list[Place]) -> str | None:
        place = next((place for place in places if place in self.reasons), None)
        if place is None:
            return None
        self.used.add(place)
        return self.reasons[place]

    def needless(self) -> list[Issue]:
        return [
            Issue(
                REASONS,
                None,
                " ".join(filter(None, place)),
                "a reason belongs to a change of what people write since the last release",
                "no such change",
                "a table, row_id and column that differ",
                "delete it",
            )
            for place in self.reasons
            if place not in self.used
        ]


def _is_derived(change: Change, comparison: Comparison) -> bool:
    """Whether the cell, row, column or table is computed. A table or column counts only where the rules changed."""
    if change.row_id == WHOLE and (not comparison.rules_changed or change.kind in ("moved", "renamed")):
        return False
    for package in (comparison.new, comparison.old):
        schema = package.schemas.get(change.table)
        if schema and any(change.column in ("", field["name"]) for field in schema["fields"]):
            return is_derived(schema, change.column)
    return False


def _derived_reasons(comparison: Comparison) -> dict[Node, str]:
    """By row, `derived:` and the changed row nearest to it, or a changed rule where there is none."""
    if comparison.rules_changed:
        return {}
    changed = {
        (change.table, change.row_id)
        for change in comparison.changes
        if change.row_id != WHOLE and not _is_derived(change, comparison)
    }
    rules = sorted(node for node in changed if node[0] in comparison.new.rule_tables)
    nearest = nearest_changes((comparison.old, comparison.new), changed)
    default = " ".join(rules[0]) if rules else RECORD
    return {
        (change.table, change.row_id): f"derived:{nearest.get((change.table, change.row_id), default)}"
        for change in comparison.changes
    }


def _default(change: Change, comparison: Comparison) -> str | None:
    """The reason that needs no words: of a file moved, or of a row that came with a source or as the record grew."""
    if change.kind == "moved":
        return MOVED
    if change.kind != "added" or change.row_id == WHOLE:
        return None
    if change.table != "statements":
        return f"added:{RECORD}"
    source = _source(change, comparison)
    return None if source in comparison.sources_before else f"added:{source}"


def _source(change: Change, comparison: Comparison) -> str:
    """The source that the row belongs to; "" where rows of the table belong to none."""
    row = comparison.new.rows(change.table).get(change.row_id)
    row = row or comparison.old.rows(change.table).get(change.row_id) or {}
    return row.get("source_id", "")


def _row(change: Change, reason: str | None) -> Entry:
    return {
        "table_name": change.table,
        "row_id": change.row_id,
        "column_name": change.column or None,
        "kind": change.kind,
        "old": change.old or None,
        "new": change.new or None,
        "reason": reason,
    }


def _missing_reasons(changes: list[Change]) -> list[Issue]:
    """One Issue for all changes of one kind in one column, with the first of them."""
    alike: dict[tuple[str, str, str, bool], list[Change]] = defaultdict(list)
    for change in changes:
        alike[change.table, change.column, change.kind, change.row_id == WHOLE].append(change)
    return [_missing_reason(group) for group in alike.values()]


def _missing_reason(changes: list[Change]) -> Issue:
    first = changes[0]
    place = " ".join(filter(None, [first.table, first.row_id, first.column]))
    if len(changes) > 1:
        place += f" and {len(changes) - 1} more"
    if first.kind == "retired":
        return Issue(
            RETIRED,
            None,
            place,
            "an ID that a release carried is never silently gone",
            "no row for it",
            "a row with its reason, and its successor if there is one",
            "add it, or restore the row",
        )
    found = f"{first.old or 'blank'} → {first.new or 'blank'}" if first.column else first.kind
    entry = f"an entry with table {first.table}" + (f", column {first.column}" if first.column else "")
    if len(changes) == 1:
        entry += f", row_id {first.row_id}"
    return Issue(
        REASONS,
        None,
        place,
        f"{first.kind} since the last release, without a reason",
        found,
        entry,
        f"say why in {REASONS}, or undo the change",
    )
