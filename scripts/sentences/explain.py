"""Explains a derived cell: the rule in its own words, and the statements behind it."""

import datetime
import difflib
from pathlib import Path

from scripts.derive.docs import head_of
from scripts.sentences.describe import Describer, Row, Sentence, as_of, bounds

RULES_OF = {
    "status": "S1",
    "voice": "V1",
    "position": "P1",
    "figure": "F1",
    "estimate": "F1",
}


class UnknownId(Exception):
    """No transfer, stage, system or statement has this ID; the message names the nearest."""


class Explainer:
    """Explains transfers, stages, systems and statements."""

    def __init__(self, describer: Describer, rules: list[Path]) -> None:
        self.describer = describer
        self.heads = [head_of(path) for path in rules]

    def explain(self, row_id: str, day: datetime.date) -> list[str]:
        """Lines on the cell; UnknownId where there is none."""
        transfer_id, _, stage = row_id.rpartition(".")
        if row_id in self.describer.statements:
            return self.statement(row_id)
        if row_id in self.describer.transfers:
            return self.transfer(row_id, None, day)
        if transfer_id in self.describer.transfers and stage in ("talks", "agreed", "transferred"):
            return self.transfer(transfer_id, stage, day)
        if row_id in self.describer.systems:
            return self.system(row_id, day)
        known = [*self.describer.transfers, *self.describer.systems, *self.describer.statements]
        near = (
            ", ".join(difflib.get_close_matches(row_id, known, n=3)) or "see transfers, systems, statements"
        )
        raise UnknownId(f"nothing is called {row_id}; nearest: {near}")

    def transfer(self, transfer_id: str, stage: str | None, day: datetime.date) -> list[str]:
        """Every sentence of a transfer or of one stage, each followed by its statements, then the rules."""
        lines: list[str] = []
        sentences = self.describer.describe(transfer_id, day, stage)
        for sentence in sentences:
            lines += [sentence.text, *(f"    {line}" for line in self.behind(sentence))]
        if not lines:
            return [f"Nothing had been said of {transfer_id} by {day}."]
        codes = sorted({RULES_OF[sentence.kind] for sentence in sentences})
        return [*lines, "", *(line for code in codes for line in self.rule(code))]

    def behind(self, sentence: Sentence) -> list[str]:
        """The statements behind a sentence, one line each; those of a status stand in its voices."""
        if sentence.kind not in ("position", "figure"):
            return []
        return [self.line(self.describer.statements[key]) for key in sentence.statement_ids]

    def statement(self, statement_id: str) -> list[str]:
        """What a statement says, as what it counts, and which derived rows rest on it."""
        row = self.describer.statements[statement_id]
        lines = [
            self.line(row),
            f"counts as: {row['use_as']}; voice: {row['voice_id']} ({row['voice_kind']})",
        ]
        for name, by_transfer in self.describer.derived.items():
            for rows in by_transfer.values():
                lines += [
                    f"in {name}: {found['transfer_id']}, {found['known_from']} to {found['known_to'] or 'the end'}"
                    for found in rows
                    if found.get("statement_id") == statement_id
                ]
        return lines

    def system(self, system_id: str, day: datetime.date) -> list[str]:
        """Every number said of a system by voice and basis."""
        rows = as_of(self.describer.figures_of_system.get(system_id, []), day)
        lines = [
            f"{row['measure'].replace('_', ' ')}: “{row['value_text']}”{bounds(row)}, "
            f"{row['basis'] or row['scope']}, by {self.describer.speaker(row)} ({row['statement_id']})"
            for row in sorted(rows, key=lambda row: (row["measure"], row["basis"] or "", row["statement_id"]))
        ]
        return [*(lines or [f"No number is said of {system_id}."]), "", *self.rule("F1")]

    def line(self, row: Row) -> str:
        """One statement: ID, day, summary, passage and page."""
        source = self.describer.sources[row["source_id"]]
        return (
            f"{row['statement_id']}, said {row['said']}: {row['summary']} [{row['locator']}, {source['url']}]"
        )

    def rule(self, code: str) -> list[str]:
        """The words of the rules that carry a code."""
        return [line for title, body in self.heads if code in title for line in (title, body, "")]
