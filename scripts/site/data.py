"""What the explorer holds: the rows of the shipped tables that its views show, put into words.

Nothing is derived here: cells are those of the tables, and what is added only names, orders and words them.
"""

import functools
from typing import Any

from scripts.export import citation
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import Schemas, load
from scripts.sentences.describe import Describer
from scripts.sentences.words import date_words, number_words
from scripts.site.words import STAGES, Row, Writer, iso, labels

Page = dict[str, list[Row]]
COUNTED = ("status", "n_resting", "n_adversaries")


class Content:
    """The rows of the page, table by table, from the tables of a package."""

    def __init__(self, tables: Tables, package: dict[str, Any]) -> None:
        self.rows = {name: records(frame) for name, frame in tables.items()}
        self.describer = Describer(tables)
        self.writer = Writer(self.describer)
        self.schemas: Schemas = load()
        self.package = package
        self.actors = {row["actor_id"]: row for row in self.rows["actors"]}
        self.labels = labels(self.schemas, self.rows["aspects"])

    @functools.cached_property
    def page(self) -> Page:
        """Every table of the page."""
        return {
            "transfers": self.transfers(),
            "moments": self.moments(),
            "history": self.history(),
            "voices": self.voices(),
            "positions": self.positions(),
            "figures": self.figures(),
            "estimates": self.estimates(),
            "links": picked(
                self.rows["transfer_links"], "transfer_id", "kind", "linked_transfer_id", "reason"
            ),
            "statements": self.statements(),
            "sources": self.sources(),
            "systems": self.systems(),
            "names": picked(self.rows["system_names"], "system_id", "name", "kind", "language"),
            "exhibits": self.exhibits(),
        }

    def head(self) -> Row:
        """Title, version and citation of the package, and the span of days."""
        cited = citation.package_metadata(self.package)
        days = [row["known_from"] for row in self.rows["statements"] if row["known_from"]]
        first = min(row["known_from"] for row in self.rows["transfer_history"])
        return {
            "title": cited["title"],
            "name": cited["name"],
            "description": self.package["description"],
            "version": cited["version"],
            "licence": cited["licence_data"],
            "licence_url": self.package["licenses"][0]["path"],
            "contact": self.package.get("contact", ""),
            "citation": citation.sentence(cited),
            "steward": cited["steward"],
            "date": cited["date"].isoformat(),
            "address": citation.address(cited),
            "first": first.isoformat(),
            "last": max(days).isoformat(),
        }

    def transfers(self) -> list[Row]:
        """The transfers of which something was said."""
        names = self.describer.name
        return [
            {
                "id": row["transfer_id"],
                "title": row["title"],
                "direction": f"{names(row['supplier'])} to {names(row['recipient'])}",
                "supplier": names(row["supplier"]),
                "recipient": names(row["recipient"]),
                "family": self.writer.group(row),
                "system": row["system_id"],
                "mode": row["mode"],
                "event": span(row["event_min"], row["event_max"]),
                "first": iso(row["first_public_on"]),
                "last": iso(row["last_public_on"]),
                "n": row["n_statements"],
                "publishers": row["n_publishers"],
            }
            for row in self.rows["transfers"]
            if row["n_statements"]
        ]

    def moments(self) -> list[Row]:
        """The words about each transfer, from the day on which they changed."""
        return [
            {"transfer": key, "from": day, "short": short, "long": long}
            for key in self.describer.transfers
            for day, short, long in self.writer.moments(key)
        ]

    def history(self) -> list[Row]:
        return [
            {"transfer": row["transfer_id"], "from": iso(row["known_from"]), "to": iso(row["known_to"])}
            | {f"{stage}_{name}": row.get(f"{stage}_{name}") for stage in STAGES for name in COUNTED}
            | {f"{stage}_within": row.get(f"{stage}_within_transfer_id") for stage in STAGES}
            | {f"{stage}_within_status": row.get(f"{stage}_within_status") for stage in STAGES}
            | {party: row[f"{party}_position"] for party in ("supplier", "recipient")}
            | {"inspection": row["transferred_inspection_id"]}
            for row in self.rows["transfer_history"]
        ]

    def voices(self) -> list[Row]:
        return [
            {
                "transfer": row["transfer_id"],
                "stage": row["stage"],
                "kind": row["voice_kind"],
                "voice": self.describer.name(row["voice_id"]),
                "party": self.party(row),
                "says": row["says"],
                "limits": row["limits"],
                "statement": row["statement_id"],
                "words": self.writer.voice(row),
                "joint": row["joint_body_id"] and True,
                "disputed": row["is_disputed_on_page"] or None,
                "from": iso(row["known_from"]),
                "to": iso(row["known_to"]),
            }
            for row in self.rows["voices"]
        ]

    def party(self, row: Row) -> str | None:
        """Which party of the transfer a voice is."""
        transfer = self.describer.transfers[row["transfer_id"]]
        if row["voice_kind"] != "government":
            return None
        return next((name for name in ("supplier", "recipient") if transfer[name] == row["voice_id"]), None)

    def positions(self) -> list[Row]:
        return [
            {
                "transfer": row["transfer_id"],
                "party": row["party"],
                "word": row["word"],
                "statement": row["statement_id"],
                "wider": row["is_wider"] or None,
                "words": self.writer.position(row),
                "from": iso(row["known_from"]),
                "to": iso(row["known_to"]),
            }
            for row in self.rows["positions"]
        ]

    def figures(self) -> list[Row]:
        return [
            {
                "transfer": row["transfer_id"],
                "system": row["system_id"],
                "measure": row["measure"],
                "basis": row["basis"],
                "scope": row["scope"],
                "says": row["says"],
                "kind": row["voice_kind"],
                "speaker": self.describer.speaker(row),
                "stated": row["value_text"],
                "unit": row["unit"],
                "numbers": number_words(
                    row, modifier=self.describer.statements[row["statement_id"]]["value_modifier"]
                ),
                "low": first(row["low"], row["point"], row["high"]),
                "high": first(row["high"], row["point"], row["low"]),
                "window": span(row["window_from"], row["window_to"]),
                "rests": row["rests_on_voice_id"] and self.describer.name(row["rests_on_voice_id"]),
                "statement": row["statement_id"],
                "from": iso(row["known_from"]),
                "to": iso(row["known_to"]),
            }
            for row in self.rows["figures"]
        ]

    def estimates(self) -> list[Row]:
        return [
            {
                "transfer": row["transfer_id"],
                "words": self.writer.estimate(row),
                "from": iso(row["known_from"]),
                "to": iso(row["known_to"]),
            }
            for row in self.rows["estimates"]
        ]

    def statements(self) -> list[Row]:
        return [self.statement(row) for row in self.rows["statements"]]

    def statement(self, row: Row) -> Row:
        speaker = self.actors[row["speaker_id"]]
        spoken_for, via = (self.actors.get(row[name] or "") for name in ("speaks_for_id", "via_id"))
        transfer = self.describer.transfers.get(row["transfer_id"] or "")
        state = speaker["state"]
        return {
            "id": row["statement_id"],
            "source": row["source_id"],
            "locator": row["locator"],
            "speaker": speaker["name"],
            "role": row["speaker_role"],
            "for": spoken_for["name"] if spoken_for and spoken_for is not speaker else None,
            "state": self.describer.name(state) if state else None,
            "via": via and via["name"],
            "use_as": row["use_as"],
            "authority": row["authority"],
            "stance": row["stance"],
            "says": row["says"],
            "stage": row["stage"],
            "aspect": row["aspect"],
            "transfer": row["transfer_id"],
            "system": row["system_id"] or (transfer and transfer["system_id"]),
            "limits": row["limits"],
            "voice_kind": row["voice_kind"],
            "certainty": row["certainty"],
            "evidence": row["evidence"],
            "basis": row["basis"],
            "coded_from": row["coded_from"],
            "exhibit": row["exhibit_id"],
            "relays": row["relays_statement_id"],
            "rests": row["rests_on_statement_id"],
            "resolution": row["resolution"],
            "summary": row["summary"],
            "note": row["coder_note"],
            "stated": row["value_text"],
            "language": row["value_language"],
            "numbers": number_words(row, "canonical_unit", row["value_modifier"]) or None,
            "scope": row["scope"],
            "pooled": row["pooled"] or None,
            "said": date_words(row["said"]),
            "said_min": iso(row["said_min"]),
            "said_max": iso(row["said_max"]),
            "event": date_words(row["event"]) or None,
            "from": iso(row["known_from"]),
        }

    def sources(self) -> list[Row]:
        return [
            {
                "id": row["source_id"],
                "title": row["title"],
                "publisher": self.actors[row["publisher_id"]]["name"],
                "url": row["url"],
                "url_kind": row["url_kind"],
                "archive": row["archive_url"],
                "copy_of": row["copy_of_source_id"],
                "kind": row["kind"],
                "language": row["language"],
                "published": date_words(row["published"]),
                "from": iso(row["published_max"]),
                "extent": row["extent"],
            }
            for row in self.rows["sources"]
        ]

    def systems(self) -> list[Row]:
        names = self.describer.name
        return [
            {
                "id": row["system_id"],
                "name": row["name"],
                "category": row["category"],
                "kind": row["kind"],
                "parent": row["parent_system_id"],
                "origin": row["origin_country"] and names(row["origin_country"]),
                "developer": row["developer_id"] and names(row["developer_id"]),
            }
            for row in self.rows["systems"]
        ]

    def exhibits(self) -> list[Row]:
        return [
            {
                "id": row["exhibit_id"],
                "description": row["description"],
                "found": " ".join(filter(None, [row["found_place"], date_words(row["found"])])),
                "shown": " ".join(filter(None, [row["shown_place"], date_words(row["shown"])])),
                "by": row["first_shown_by_id"] and self.describer.name(row["first_shown_by_id"]),
            }
            for row in self.rows["exhibits"]
        ]


def first(*cells: Any) -> Any:
    return next((cell for cell in cells if cell is not None), None)


def span(begin: Any, end: Any) -> str | None:
    """Two days as words."""
    if begin is None and end is None:
        return None
    if begin == end:
        return str(begin)
    return f"{begin or 'open'} to {end or 'open'}"


def picked(rows: list[Row], *columns: str) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows]
