"""What a further reading changed: rows added, deleted and corrected in the documents coded twice, by kind
of source.
"""

from collections import Counter, defaultdict
from typing import Any

from scripts.normalise.tables import Tables

CHANGES = ("added", "deleted", "corrected")


def block(tables: Tables) -> str:
    """The table, in Markdown."""
    lines = [
        "| kind of source | documents | rows | added | deleted | corrected | of 100 rows |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in revision_rates(tables):
        counts = " | ".join(str(row[what]) for what in ("kind", "sources", "rows", *CHANGES))
        rates = " / ".join(f"{100 * row[what] / row['rows']:.1f}" for what in CHANGES) if row["rows"] else ""
        lines.append(f"| {counts} | {rates} |")
    return "\n".join(lines) + "\n"


def revision_rates(tables: Tables) -> list[dict[str, Any]]:
    """Counts by kind of source, and of all: documents read again, rows of their first coding, and rows changed."""
    first, second = tables["first_codings"], tables["second_codings"]
    if second.empty:
        return []
    kinds = dict(zip(tables["sources"]["source_id"], tables["sources"]["kind"], strict=True))
    read_again = {*zip(second["compared_with"], second["source_id"], strict=True)}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for source in {source for _, source in read_again}:
        counted[kinds[source]]["sources"] += 1
    for place in zip(first["compared_with"], first["source_id"], strict=True):
        counted[kinds[place[1]]]["rows"] += place in read_again
    for what, source, _ in _changed_rows(tables["adjudications"].to_dict("records")):
        counted[kinds[source]][what] += 1
    total = sum(counted.values(), Counter[str]())
    keys = ("sources", "rows", *CHANGES)
    return [
        {"kind": kind, **{key: counts[key] for key in keys}}
        for kind, counts in [*sorted(counted.items()), ("all", total)]
    ]


def _changed_rows(findings: list[dict[Any, Any]]) -> set[tuple[str, str, str]]:
    """(consequence, source, statement), each row once however many findings touch it."""
    changed = {(consequence(row), row["source_id"], str(row["statement_id"])) for row in findings}
    return {(what, source, statement) for what, source, statement in changed if what}


def consequence(row: dict[Any, Any]) -> str | None:
    """What a finding changed in the record; None where the first coding was kept."""
    kind, ruling = row["kind"], row["ruling"]
    if kind == "missed" or (kind == "only_second" and ruling == "second"):
        return "added"
    if kind == "only_first" and ruling == "neither":
        return "deleted"
    if kind == "corrected" or (kind == "differ" and ruling in ("second", "neither")):
        return "corrected"
    return None
