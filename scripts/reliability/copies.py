"""The originals that the record holds most often retold, with the pages that retell them and the voices they count as.

An original is the report or text from which a statement comes: the document that it retells, or that of the row to
which its pointers lead, or the document of which its page is a copy, else its own document. A page retells an original
if it holds a row of it and is not the original itself. Rows that point to another row (relays_statement_id) are in no
count; those that do not are the first that was read of a claim.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from scripts.normalise.tables import Row, Tables, records

MOST_RETOLD = 20
NOT_READ = ("retells", "taken_for_granted", "taken_back", "takes_back")


@dataclass
class Original:
    """One original with the rows of the record that come from it."""

    source_id: str
    rows: list[Row] = field(default_factory=list)

    @property
    def pages(self) -> set[str]:
        return {row["source_id"] for row in self.rows} - {self.source_id}

    @property
    def n_retelling(self) -> int:
        return sum(row["relays_statement_id"] is not None for row in self.rows)

    @property
    def voices(self) -> set[tuple[str, str]]:
        """Whose words its rows are, by kind and ID, those left out that no rule reads."""
        return {(row["voice_kind"], row["voice_id"]) for row in self.rows if row["use_as"] not in NOT_READ}

    def most_retold(self) -> Row:
        """The row to which most rows point, ties by ID."""
        pointed = [row["relays_statement_id"] for row in self.rows]
        own = [row for row in self.rows if row["relays_statement_id"] is None]
        return min(own, key=lambda row: (-pointed.count(row["statement_id"]), row["statement_id"]))


def originals(tables: Tables) -> list[Original]:
    """Every original that a page retells, the most retold first: by pages, then by rows that point, then by ID."""
    statements = {row["statement_id"]: row for row in records(tables["statements"])}
    copy_of = dict(zip(tables["sources"]["source_id"], tables["sources"]["copy_of_source_id"], strict=True))
    found: dict[str, Original] = {}
    for row in statements.values():
        first = _first(row, statements)
        source_id = _original_document(first["original_source_id"] or first["source_id"], copy_of)
        found.setdefault(source_id, Original(source_id)).rows.append(row)
    retold = [original for original in found.values() if original.pages]
    return sorted(retold, key=lambda one: (-len(one.pages), -one.n_retelling, one.source_id))


def _first(row: Row, statements: dict[str, Row]) -> Row:
    """The row to which its pointers lead in the end, itself where it has none."""
    visited = {row["statement_id"]}
    while (target := row["relays_statement_id"]) and target not in visited and target in statements:
        visited.add(target)
        row = statements[target]
    return row


def _original_document(source_id: str, copy_of: dict[str, str | None]) -> str:
    visited = {source_id}
    while isinstance(above := copy_of.get(source_id), str) and above not in visited:
        visited.add(above)
        source_id = above
    return source_id


def block(tables: Tables) -> str:
    """The table, in Markdown."""
    names = dict(zip(tables["actors"]["actor_id"], tables["actors"]["name"], strict=True))
    pages = {row["source_id"]: row for row in records(tables["sources"])}
    lines = [
        "| original | its row most retold | pages that retell it | rows, of these pointing | voices |",
        "|---|---|---|---|---|",
    ]
    for original in originals(tables)[:MOST_RETOLD]:
        row = original.most_retold()
        told = f"{row['said']}, {names[row['speaker_id']]}: {row['summary']} (`{row['statement_id']}`)"
        counts = f"{len(original.rows)}, {original.n_retelling}"
        cells = [
            f"`{original.source_id}`",
            told.replace("|", "/"),
            _listed_pages(original, pages, names),
            counts,
            _listed_voices(original, pages, names),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _listed_pages(original: Original, pages: dict[str, Row], names: dict[str, str]) -> str:
    told = sorted((pages[page]["published"], names[pages[page]["publisher_id"]]) for page in original.pages)
    return f"{len(told)}: " + "; ".join(f"{publisher} {day}" for day, publisher in told)


def _listed_voices(original: Original, pages: dict[str, Row], names: dict[str, str]) -> str:
    """The voices by kind: 'government: USA; unnamed sources of the report'."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, voice in sorted(original.voices):
        is_report = kind == "unnamed" and voice in pages
        by_kind[kind.replace("_", " ")].append("of the report" if is_report else names.get(voice, voice))
    listed = "; ".join(f"{kind}: {', '.join(sorted(voices))}" for kind, voices in sorted(by_kind.items()))
    return f"{len(original.voices)}: {listed}" if listed else "0"
