"""Explains a derived cell: the rule in its own words, and the statements behind it."""

import datetime
import difflib
from pathlib import Path

from scripts.derive.docs import head_of
from scripts.sentences.describe import Describer, Row, Sentence, as_of
from scripts.sentences.words import SCOPES, number_words, plain

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
        """The passage and page of the statement behind a sentence; those of a status stand in its voices."""
        if sentence.kind == "status":
            return []
        return [self.place(self.describer.statements[key]) for key in sentence.statement_ids]

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
            f"{plain(row['measure'])}: “{row['value_text']}” ({self.number(row)}), "
            f"{plain(row['basis']) or SCOPES[row['scope']]}, by {self.describer.speaker(row)} ({row['statement_id']})"
            for row in sorted(rows, key=lambda row: (row["measure"], row["basis"] or "", row["statement_id"]))
        ]
        return [*(lines or [f"No number is said of {system_id}."]), "", *self.rule("F1")]

    def number(self, row: Row) -> str:
        """A figure of a system as stated, or that no number was."""
        modifier = self.describer.statements[row["statement_id"]]["value_modifier"]
        return number_words(row, modifier=modifier) or "no number"

    def line(self, row: Row) -> str:
        """One statement: ID, day, summary, passage and page."""
        return f"{row['statement_id']}, said {row['said']}: {row['summary']} [{self.place(row)}]"

    def place(self, row: Row) -> str:
        """Where a statement stands: the passage and the address of the page."""
        return f"{row['locator']}, {self.describer.sources[row['source_id']]['url']}"

    def rule(self, code: str) -> list[str]:
        """The words of the rules that carry a code."""
        return [line for title, body in self.heads if code in title for line in (title, body, "")]
