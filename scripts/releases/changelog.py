"""CHANGELOG.md: above, what people write about changes to come; below, one block per release, generated
when it is made.

A block says whether a reader must act, what moved from where to where, and then what changed, in counts.
"""

from collections import Counter
from typing import Any

from scripts.validation.package_rules import WHOLE

HEAD, UNRELEASED = "# Changelog\n", "## Unreleased\n"
HINT = "Write here what the next release should say in words; `make release` adds what changed and moves it below.\n"
MOVES = ("renamed", "moved", "retired")

Row = dict[str, Any]


def with_release(page: str, block: str) -> str:
    """The page with what was unreleased moved into the block of its release, which comes first."""
    before, rest = page.split(UNRELEASED, 1)
    written, mark, older = rest.partition("\n## ")
    words = written.replace(HINT, "").strip()
    heading, _, body = block.partition("\n")
    parts = [
        f"{before}{UNRELEASED}\n{HINT}",
        f"{heading}\n{body.rstrip()}",
        *([words] if words else []),
        *([f"## {older.rstrip()}"] if mark else []),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def block(metadata: Row, previous: str | None, level: str, rows: list[Row]) -> str:
    """The generated part of one release."""
    parts = [
        f"## {metadata['version']} ({metadata['date'].isoformat()})",
        must_act(previous, level, rows),
        _moves(rows),
        "\n".join([*_of_tables(rows), *_counts(rows), *_retired(rows)]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def must_act(previous: str | None, level: str, rows: list[Row]) -> str:
    """The first line: whether a reader must act."""
    if previous is None:
        return "**Nothing to act on**: the first release."
    corrected = sum(row["kind"] == "changed" and not _is_derived(row) for row in rows if not _is_whole(row))
    retired = sum(row["kind"] == "retired" for row in rows)
    said = [
        f"{count} {what}{'s' if count > 1 else ''} {done}"
        for count, what, done in ((corrected, "coded cell", "corrected"), (retired, "ID", "retired"))
        if count
    ]
    if level == "major":
        also = f"; {' and '.join(said)}" if said else ""
        what = f"columns, vocabularies or rules changed since {previous}{also}"
        return f"**You must act**: {what}. Read the list before you load it."
    if said:
        what = f"{' and '.join(said)} since {previous}"
        return f"**Look whether you must act**: {what}; the table `changes` says which and why."
    if rows:
        return f"**Nothing to act on**: only new rows, and what follows from them, since {previous}."
    return f"**Nothing to act on**: the same cells as {previous}."


def _moves(rows: list[Row]) -> str:
    """A table from old to new of what has another name, folder or ID; "" where nothing has."""
    moved = [row for row in rows if row["kind"] in MOVES and row["new"]]
    if not moved:
        return ""
    lines = ["| was | is now | what |", "|---|---|---|"]
    for row in sorted(moved, key=lambda row: (MOVES.index(row["kind"]), row["table_name"])):
        what = {"renamed": "table", "moved": "file", "retired": f"ID in `{row['table_name']}`"}[row["kind"]]
        if row["column_name"]:
            what = f"column of `{row['table_name']}`"
        lines.append(f"| `{row['old'] or row['row_id']}` | `{row['new']}` | {what} |")
    return "\n".join(lines)


def _of_tables(rows: list[Row]) -> list[str]:
    """A line for every table and column new, gone or redefined; columns of one table with one reason are one line."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if _is_whole(row) and row["kind"] not in MOVES:
            columns = alike.setdefault((row["table_name"], row["kind"], row["reason"]), [])
            columns += [f"`{row['column_name']}`"] if row["column_name"] else []
    return [
        f"- `{table}`{' ' + ', '.join(columns) if columns else ''} {kind} as a whole: {_reason(reason)}"
        for (table, kind, reason), columns in alike.items()
    ]


def _reason(reason: str) -> str:
    return "by the new rules of the derivation" if reason == "derived:rules" else reason


def _counts(rows: list[Row]) -> list[str]:
    counted = Counter(
        (row["table_name"], row["kind"], _is_derived(row)) for row in rows if not _is_whole(row)
    )
    return [
        f"- `{table}`: {_counted(count, kind, derived)}"
        for (table, kind, derived), count in sorted(counted.items())
    ]


def _counted(count: int, kind: str, derived: bool) -> str:
    """'2 derived cells changed', '1 row added'."""
    what = f"{'derived ' if derived else ''}{'cell' if kind == 'changed' else 'row'}"
    return f"{count} {what}{'s' if count > 1 else ''} {kind}"


def _retired(rows: list[Row]) -> list[str]:
    return [
        f"- retired: {row['table_name']} `{row['row_id']}`. {row['reason']}"
        for row in rows
        if row["kind"] == "retired"
    ]


def _is_derived(row: Row) -> bool:
    return bool(row["reason"].startswith("derived:"))


def _is_whole(row: Row) -> bool:
    return bool(row["row_id"] == WHOLE)
