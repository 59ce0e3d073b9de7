"""A record in the releases, by its ID: what it says, and whether the latest release still says the same."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from scripts.releases import store
from scripts.validation.codes import version_number
from scripts.validation.package_rules import WHOLE

DERIVED = {
    "derived:rules": "it follows from new rules of the derivation",
    "derived:record": "it follows from changes elsewhere in the record",
}
FIRST = ("statements", "sources", "transfers", "systems", "actors")
NOT_RECORDS = ("retired_ids", "claims_flat")
UNKNOWN = "no reason is recorded"


@dataclass(frozen=True)
class Record:
    """One row of a release, with the tables that say more of it."""

    table: str
    record_id: str
    version: str
    row: dict[str, str]
    tables: dict[str, pd.DataFrame]


def find(record: str, version: str, root: Path) -> Record | None:
    """The row with this ID in a release; None where it holds none."""
    keys = _keys(version, root)
    tables = store.tables(root, version, *keys)
    for table, column in keys.items():
        rows = tables[table][tables[table][column] == record]
        if not rows.empty:
            row = {str(name): str(cell) for name, cell in rows.iloc[0].items()}
            return Record(table, record, version, row, tables)
    return None


def _keys(version: str, root: Path) -> dict[str, str]:
    """The column of IDs of every table that has one, the tables that are cited most first."""
    keys = {
        resource["name"]: resource["schema"]["primaryKey"][0]
        for resource in store.descriptor(root, version)["resources"]
        if resource["format"] == "csv"
        and len(resource["schema"].get("primaryKey", [])) == 1
        and resource["schema"]["primaryKey"][0].endswith("_id")
        and resource["name"] not in NOT_RECORDS
    }
    return {name: keys[name] for name in [*FIRST, *sorted(keys)] if name in keys}


def why_absent(record: str, version: str, root: Path) -> str:
    """Why the release does not hold the record."""
    retired_ids = store.tables(root, version, "retired_ids")["retired_ids"]
    return _retirement(record, retired_ids) or (
        f"{record}: no such record in {version}; IDs are in the first column of "
        f"{', '.join(_keys(version, root))}"
    )


def _retirement(record: str, retired_ids: pd.DataFrame) -> str | None:
    row = retired_ids[retired_ids["retired_id"] == record]
    if row.empty:
        return None
    version, reason, successor = row[["retired_in", "reason", "successor_id"]].iloc[0]
    use = f" Use {successor}." if successor else ""
    return f"{record} was retired in {version}: {reason}{use}"


def words(record: Record) -> str:
    """What the record is, for a citation: of a statement the speaker, what was said and the page."""
    row = record.row
    if record.table == "statements":
        speaker = _cell(record, "actors", row["speaker_id"], "name")
        return f"{speaker}, said {row['said']}: {row['summary']} In: {_page(record, row['source_id'])}"
    if record.table == "sources":
        return _page(record, record.record_id)
    return title(record)


def title(record: Record) -> str:
    """What the record is called: of a statement its summary."""
    names = (record.row.get(column) for column in ("summary", "title", "name", "description"))
    return next((name for name in names if name), record.record_id)


def _page(record: Record, source_id: str) -> str:
    title, publisher, published, url = (
        _cell(record, "sources", source_id, column)
        for column in ("title", "publisher_id", "published", "url")
    )
    return f"{_cell(record, 'actors', publisher, 'name')}, “{title}”, {published}, {url}"


def _cell(record: Record, table: str, key: str, column: str) -> str:
    rows = record.tables[table]
    matching = rows[rows[rows.columns[0]] == key]
    return key if matching.empty else str(matching.iloc[0][column])


def standing(record: Record, root: Path) -> str:
    """What became of a cited record since its release: unchanged, changed and why, or retired."""
    latest = store.versions(root)[-1]
    if record.version == latest:
        return f"Unchanged: {latest} is the latest release."
    now = find(record.record_id, latest, root)
    if now is None:
        return f"Retired: {why_absent(record.record_id, latest, root)}"
    shared = [column for column in record.row if column in now.row]
    changed = [column for column in shared if not _is_same(record.row[column], now.row[column])]
    if not changed:
        return f"Unchanged: the latest release, {latest}, says the same."
    log = _changes_after(record, root)
    retired_ids = store.tables(root, latest, "retired_ids")["retired_ids"]
    lines = []
    for column in changed:
        before = record.row[column]
        why = _retirement(before, retired_ids) or _why(log, now, column)
        lines.append(f"- {column}: {_shown(before)} → {_shown(now.row[column])} ({why})")
    return "\n".join([f"Changed: the latest release, {latest}, says otherwise in:", *lines])


def _is_same(before: str, after: str) -> bool:
    """Whether two cells are alike; 40 and 40.0 are one number."""
    if before == after:
        return True
    try:
        return float(before) == float(after)
    except ValueError:
        return False


def _shown(cell: str) -> str:
    return f"“{cell}”" if cell else "blank"


def _changes_after(record: Record, root: Path) -> list[dict[str, Any]]:
    """The logged changes of all later releases, newest first; up to 3.0.0 each release holds the whole log."""
    changes: dict[tuple[str, ...], dict[str, Any]] = {}
    for version in store.versions(root):
        if version_number(version) <= version_number(record.version):
            continue
        log = store.tables(root, version, "changes")["changes"]
        log = log.rename(columns={"table": "table_name", "column": "column_name"})
        for row in log[log["row_id"].isin([record.record_id, WHOLE])].to_dict("records"):
            if version_number(row["version"]) > version_number(record.version):
                place = (row["version"], row["table_name"], row["row_id"], row["column_name"], row["kind"])
                changes[place] = {str(name): cell for name, cell in row.items()}
    return sorted(changes.values(), key=lambda row: version_number(row["version"]), reverse=True)


def _why(log: list[dict[str, Any]], now: Record, column: str) -> str:
    """Version and reason of the last change of a cell, else of its column or table as a whole."""
    tables = {now.table, *(row["old"] for row in log if row["kind"] == "renamed")}
    for record_id, columns in ((now.record_id, (column, "")), (WHOLE, (column, ""))):
        for row in log:
            is_here = row["table_name"] in tables and row["row_id"] == record_id
            if is_here and row["column_name"] in columns:
                return f"in {row['version']}: {_reason(row['reason'])}"
    return UNKNOWN


def _reason(reason: str) -> str:
    if reason in DERIVED:
        return DERIVED[reason]
    if reason.startswith("derived:"):
        return f"it follows from the change of {reason.removeprefix('derived:')}"
    return reason.rstrip(".") or UNKNOWN
