"""What changed between two versions of the package, row by row and cell by cell.

In: two `Package`s, what was renamed (records/changes.yaml) and the retired IDs. Out: `Change`s, to which
`reasons.py` adds why. Not a change are: a key that follows a retired ID to its successor, a number written
another way, and the cells of a table or column that is new or gone: that is one change, of the table or
column.
"""

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scripts.releases.package import Cells, Package
from scripts.releases.store import key
from scripts.validation.package_rules import WHOLE

DERIVATION = "rules/derivation"


@dataclass(frozen=True, order=True)
class Change:
    """One row of `changes`, still without its reason; `row_id` is * for a table or column as a whole."""

    table: str
    row_id: str
    column: str
    kind: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Retired:
    """An ID withdrawn: of which table, and what to use instead ("" for nothing)."""

    table: str
    retired_id: str
    successor_id: str


@dataclass(frozen=True)
class Renamed:
    """A table, or a column of it, that had another name; `table` is its name now."""

    table: str
    column: str
    old: str


@dataclass(frozen=True)
class Comparison:
    """The changes from `old` to `new`, `old` with the names and IDs of today."""

    old: Package
    new: Package
    changes: list[Change]

    @property
    def rules_changed(self) -> bool:
        """Whether the rules of the derivation are others: then any derived cell may have changed by them."""
        return any(
            change.row_id == WHOLE and (change.table, change.column) == _RULES for change in self.changes
        )

    @functools.cached_property
    def sources_before(self) -> set[str]:
        """The sources that the old version has statements of."""
        return {row["source_id"] for row in self.old.rows("statements").values()}


_RULES = (DERIVATION, "")


def compare(
    before: Package,
    new: Package,
    retirable: Iterable[str],
    retired: Iterable[Retired] = (),
    renamed: Iterable[Renamed] = (),
) -> Comparison:
    """Every change from one version to the next; rows of `retirable` tables are never removed but retired."""
    names = [name for name in renamed if _is_rename(name, before, new)]
    old = before.renamed(
        {name.old: name.table for name in names if not name.column},
        {(name.table, name.old): name.column for name in names if name.column},
    )
    retirable = set(retirable)
    successors = _successors(old, new, list(retired))
    identities = _identities(old, successors)
    gone = [
        Change(table, row, "", "retired", "", successors.get(table, {}).get(row, ""))
        for table in sorted(retirable & old.schemas.keys() & new.schemas.keys())
        for row in old.rows(table).keys() - new.rows(table).keys()
    ]
    old = old.with_successors(successors, identities)
    changes = [*_renames(names), *_shape_changes(before, old, new, names), *gone]
    for table in sorted(old.schemas.keys() & new.schemas.keys()):
        if key(old.schemas[table]) == key(new.schemas[table]):
            changes += _row_changes(table, old, new, table in retirable)
    return Comparison(old, new, sorted(changes))


def _is_rename(name: Renamed, before: Package, new: Package) -> bool:
    """Whether the old version has only the old name, and the new version only the new name."""
    if not name.column:
        return name.old in before.schemas.keys() - new.schemas.keys() and name.table in new.schemas
    fields = {field["name"] for field in new.schemas.get(name.table, {"fields": []})["fields"]}
    return name.column in fields and name.old not in fields


def _renames(names: Iterable[Renamed]) -> list[Change]:
    return [
        Change(name.table, WHOLE, name.column, "renamed", name.old, name.column or name.table)
        for name in names
    ]


def _successors(old: Package, new: Package, retired: list[Retired]) -> dict[str, dict[str, str]]:
    """By table, the ID of today for every ID that the new version no longer has and that has a successor."""
    follows = {(entry.table, entry.retired_id): entry.successor_id for entry in retired}
    successors: dict[str, dict[str, str]] = {}
    for table in sorted({entry.table for entry in retired} & old.schemas.keys()):
        here = new.rows(table)
        for row in old.rows(table).keys() - here.keys():
            successor, visited = row, {row}
            while successor not in here and (successor := follows.get((table, successor), "")):
                if successor in visited:
                    break
                visited.add(successor)
            if successor in here:
                successors.setdefault(table, {})[row] = successor
    return successors


def _identities(old: Package, successors: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The successors that are new and follow one ID only: the same row under another ID."""
    identities = {}
    for table, ids in successors.items():
        times = Counter(ids.values())
        there = old.rows(table)
        identities[table] = {row: new for row, new in ids.items() if times[new] == 1 and new not in there}
    return identities


def _row_changes(table: str, old: Package, new: Package, retirable: bool) -> list[Change]:
    """Rows added and gone, and cells changed in the columns of both versions."""
    there, here = old.rows(table), new.rows(table)
    changes = [Change(table, row, "", "added") for row in here.keys() - there.keys()]
    if not retirable:
        changes += [Change(table, row, "", "removed") for row in there.keys() - here.keys()]
    types = {field["name"]: field["type"] for field in new.schemas[table]["fields"]}
    columns = [field["name"] for field in old.schemas[table]["fields"] if field["name"] in types]
    for row in here.keys() & there.keys():
        changes += _cell_changes(table, row, columns, types, there[row], here[row])
    return changes


def _cell_changes(
    table: str, row: str, columns: list[str], types: dict[str, str], before: Cells, after: Cells
) -> list[Change]:
    return [
        Change(table, row, column, "changed", before[column], after[column])
        for column in columns
        if before[column] != after[column] and not _same_number(before[column], after[column], types[column])
    ]


def _same_number(before: str, after: str, kind: str) -> bool:
    """Whether both cells are one number, as 40 and 40.0 are."""
    if kind not in ("number", "integer") or not before or not after:
        return False
    try:
        return float(before) == float(after)
    except ValueError:
        return False


def _shape_changes(before: Package, old: Package, new: Package, names: list[Renamed]) -> list[Change]:
    """Changes of tables and columns as wholes, and of the rules: new, gone, redefined, or in another folder."""
    there, here = _shape(old), _shape(new)
    changes = []
    for table, column in sorted(there.keys() | here.keys()):
        was, is_now = there.get((table, column)), here.get((table, column))
        of_other_table = column and ((table, "") not in there or (table, "") not in here)
        if was == is_now or of_other_table:
            continue
        kind = "added" if was is None else "removed" if is_now is None else "changed"
        changes.append(Change(table, WHOLE, column, kind, was or "", is_now or ""))
    renamed = {name.table for name in names if not name.column}
    for table in sorted((old.resources.keys() & new.resources.keys()) - renamed):
        was, is_now = old.resources[table]["path"], new.resources[table]["path"]
        if was != is_now:
            changes.append(Change(table, WHOLE, "", "moved", was, is_now))
    return changes


def _shape(package: Package) -> dict[tuple[str, str], str]:
    """What each table and column may hold, as text."""
    shapes = {}
    if package.programs:
        shapes[_RULES] = _fingerprint(package.programs)
    for table, schema in package.schemas.items():
        shapes[table, ""] = f"key {' '.join(key(schema))}"
        for field in schema["fields"]:
            shapes[table, field["name"]] = _column_shape(field)
    return shapes


def _column_shape(field: dict[str, Any]) -> str:
    return " ".join([field["type"], *field.get("constraints", {}).get("enum", [])])


def _fingerprint(programs: dict[str, str]) -> str:
    """Twelve digits that differ where a rule differs in more than comments and spaces."""
    plain = [f"{path} {' '.join(re.sub(r'--.*', '', text).split())}" for path, text in programs.items()]
    return hashlib.sha256("\n".join(sorted(plain)).encode()).hexdigest()[:12]
