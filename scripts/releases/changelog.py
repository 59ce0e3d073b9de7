"""CHANGELOG.md: above, what people write about changes to come; below, one block per release, generated when it is made.

The first line of a block says whether a reader must act.
"""

from collections import Counter

HEAD, UNRELEASED = "# Changelog\n", "## Unreleased\n"
HINT = "Write here what the next release should say in words; `make release` adds what changed and moves it below.\n"


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


def block(head: dict, previous: str | None, level: str, rows: list[dict]) -> str:
    """The generated part of one release: whether to act, and what changed, by table and kind."""
    lines = [f"## {head['version']} ({head['date'].isoformat()})", "", must_act(previous, level, rows), ""]
    counted = Counter(
        (row["table"], row["kind"], row["reason"].startswith("derived:"))
        for row in rows
        if row["row_id"] != "*"
    )
    lines += [
        f"- `{row['table']}`{' `' + row['column'] + '`' if row['column'] else ''} {row['kind']} as a whole: {row['reason']}"
        for row in rows
        if row["row_id"] == "*"
    ]
    lines += [
        f"- `{table}`: {count} {'derived ' if derived else ''}{'cell' if kind == 'changed' else 'row'}{'s' if count > 1 else ''} {kind}"
        for (table, kind, derived), count in sorted(counted.items())
    ]
    lines += [
        f"- retired: {row['table']} `{row['row_id']}`. {row['reason']}"
        for row in rows
        if row["kind"] == "retired"
    ]
    return "\n".join(lines).rstrip() + "\n"


def must_act(previous: str | None, level: str, rows: list[dict]) -> str:
    if previous is None:
        return "**Nothing to act on**: the first release."
    corrected = sum(row["kind"] == "changed" and not row["reason"].startswith("derived:") for row in rows)
    retired = sum(row["kind"] == "retired" for row in rows)
    said = [
        f"{count} {what}{'s' if count > 1 else ''} {done}"
        for count, what, done in ((corrected, "coded cell", "corrected"), (retired, "ID", "retired"))
        if count
    ]
    if level == "major":
        return f"**You must act**: columns, vocabularies or rules changed since {previous}{'; ' + ' and '.join(said) if said else ''}. Read the list before you load it."
    if said:
        return f"**Look whether you must act**: {' and '.join(said)} since {previous}; `data/changes.csv` says which and why."
    return (
        f"**Nothing to act on**: only new rows, and what follows from them, since {previous}."
        if rows
        else f"**Nothing to act on**: the same cells as {previous}."
    )
