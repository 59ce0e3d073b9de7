"""Puts every status, position, figure and voice of a transfer into plain English, as publicly known on one day.

A sentence says no more than the derived cell that it renders: the cell in general words, then what the statement behind
it says, in the words of its summary.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

import pycountry

from scripts.normalise.tables import Row, Tables, records
from scripts.sentences.words import (
    DENIES_AHEAD,
    GAVE,
    GAVE_LIKELY,
    GAVE_POSSIBLE_AHEAD,
    KINDS,
    LIMITS,
    OF_CLASS,
    REJECTED,
    SAYS,
    SAYS_LIKELY,
    SAYS_LIKELY_NOT,
    SAYS_POSSIBLE_AHEAD,
    SCOPES,
    STAGES,
    STATUS,
    WORDS_OF_PARTY,
    date_words,
    event_words,
    number_words,
    plain,
    stage_words,
    unit_words,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: what it renders (`status`, `voice`, `position`, `figure` or `estimate`), of which transfer."""

    kind: str
    transfer_id: str
    text: str
    statement_ids: list[str] = field(default_factory=list)


class Describer:
    """Describes transfers from the tables of a package; index once, then ask for any transfer and day."""

    def __init__(self, tables: Tables) -> None:
        self.transfers = {row["transfer_id"]: row for row in records(tables["transfers"])}
        actors = records(tables["actors"])
        self.actors = {row["actor_id"]: row for row in actors}
        self.names = {row["actor_id"]: row["name"] for row in actors}
        self.names |= {row["state"]: row["name"] for row in actors if row["kind"] == "state"}
        self.sources = {row["source_id"]: row for row in records(tables["sources"])}
        self.statements = {row["statement_id"]: row for row in records(tables["statements"])}
        self.derived = {
            name: _by(records(tables[name]), "transfer_id")
            for name in ("transfer_history", "voices", "positions", "figures", "estimates")
        }
        self.classes = {
            row["transfer_id"]
            for row in records(tables["transfer_history"])
            if any(row[f"{stage}_within_transfer_id"] for stage in ("agreed", "transferred"))
        }
        self.systems = {row["system_id"]: row for row in records(tables["systems"])}
        self.figures_of_system = _by(records(tables["figures"]), "system_id")

    def describe(self, transfer_id: str, day: datetime.date, only: str | None = None) -> list[Sentence]:
        """Every sentence of one transfer, or of its stage `only`, as publicly known on `day`; none before the first."""
        now = {name: as_of(rows.get(transfer_id, []), day) for name, rows in self.derived.items()}
        if not now["transfer_history"]:
            return []
        transfer, history = self.transfers[transfer_id], now["transfer_history"][0]
        sentences = []
        for stage in STAGES:
            if only not in (None, stage):
                continue
            voices = [row for row in now["voices"] if row["stage"] == stage]
            sentences.append(self.status(transfer, history, stage, voices))
            sentences += [self.voice(transfer, row) for row in voices]
        sentences += [
            self.position(transfer, row) for row in now["positions"] if only in (None, row["stage"])
        ]
        if only is not None:
            return sentences
        sentences += [self.figure(transfer, row) for row in now["figures"]]
        sentences += [self.estimate(transfer, row, now["figures"]) for row in now["estimates"]]
        return sentences

    def status(self, transfer: Row, history: Row, stage: str, voices: list[Row]) -> Sentence:
        """Status and counts of one stage, and whose words they rest on."""
        cell = {name: history.get(f"{stage}_{name}") for name in COUNTS}
        status = cell["status"]
        claims = [row for row in voices if row["says"] == "asserts"]
        parts = [self.status_words(status, transfer["transfer_id"])]
        if shown := self.statements.get(cell.get("inspection_id") or ""):
            parts.append(f"first {self.name(shown['voice_id'])}: {self.said(shown)}")
        parts += self.claimants(transfer, cell, claims)
        if status in FORESEEN:
            parts.append(f"by {self.all_marked(row for row in voices if row['says'] in FORESEEN[status])}")
            if against := self.all_marked(row for row in voices if row["says"] == "expects_not"):
                parts.append(f"as not planned, not expected or not to be, by {against}")
        if n_saying_not := cell["n_saying_not"]:
            verb = "says" if n_saying_not == 1 else "say"
            parts.append(f"{n_saying_not} other than the parties {verb}, without limits, that it was not so")
        if limited := self.with_later_limits(claims, voices):
            parts.append(f"of these, later, with a limit, that it was not so: {limited}")
        if unread := [row for row in claims if is_unread(row)]:
            parts.append(f"disputed on its own page and not counted: {self.all_names(unread)}")
        if cell.get("within_status"):
            narrower = self.transfers[cell["within_transfer_id"]]
            parts.append(
                f"none of its narrower transfers has a higher status than {narrower['title']}: "
                f"{self.status_words(cell['within_status'], narrower['transfer_id'])}"
            )
        text = f"{self.topic(transfer, stage)}: {'; '.join(parts)}."
        behind = [row["statement_id"] for row in voices if row["says"] in ("asserts", "says_not")]
        behind += [shown["statement_id"]] if shown else []
        return Sentence("status", transfer["transfer_id"], text, behind)

    def status_words(self, status: str, transfer_id: str) -> str:
        """A status in words; where little is said of a class, its narrower transfers may have more."""
        return STATUS[status].format(of_class=OF_CLASS if transfer_id in self.classes else "")

    def claimants(self, transfer: Row, cell: Row, claims: list[Row]) -> list[str]:
        """Who says so, kind by kind: governments and bodies by name, then the parties, then the counts of others."""
        parties = (transfer["supplier"], transfer["recipient"])
        own = [row for row in claims if row["voice_kind"] == "government" and row["voice_id"] in parties]
        officials = [row for row in claims if row["voice_kind"] in OFFICIAL and row not in own]
        parts = []
        if cell["n_official"]:
            parts.append(
                f"governments and international bodies, {cell['n_official']}: {self.all_names(officials)}"
            )
        if n_resting := cell["n_resting"]:
            parts.append(
                f"of these, {n_resting} only {'repeats' if n_resting == 1 else 'repeat'} another's information"
            )
        if n_adversaries := cell["n_adversaries"]:
            kind = "is a listed adversary" if n_adversaries == 1 else "are listed adversaries"
            parts.append(f"of these, {n_adversaries} {kind} of a party")
        parts += sorted(
            {f"a party itself, {LIMITS[row['limits']]}: {self.name(row['voice_id'])}" for row in own}
        )
        if side := self.of_a_side(claims):
            parts.append(f"of a party's side: {side}")
        parts += [f"{words}: {cell[name]}" for name, words in OTHERS.items() if cell[name]]
        for certainty, words in RESTING.items():
            if others := [
                row for row in claims if is_resting(row) and row["rests_on_certainty"] == certainty
            ]:
                parts.append(
                    f"of the organisations, persons, reports and outlets, {words}: {self.all_names(others)}"
                )
        if cell["status"] == "outlet_only":
            retelling = self.all_names(row for row in claims if self.is_retelling_outlet(row))
            second_hand = self.all_names(row for row in claims if row["voice_kind"] == "second_hand")
            parts += [f"outlets that retell another: {retelling}"] if retelling else []
            parts += [f"at second hand: {second_hand}"] if second_hand else []
        return parts

    def is_retelling_outlet(self, row: Row) -> bool:
        """Whether the voice is an outlet that adds something, in its own voice, to another outlet's work."""
        via_id = self.statements[row["statement_id"]]["via_id"]
        return row["voice_kind"] == "outlet_only" and via_id not in (None, row["voice_id"])

    def with_later_limits(self, claims: list[Row], voices: list[Row]) -> str:
        """Who of the claimants later said, with a limit, that it was not so, and when."""
        claimed = {row["voice_id"]: row["known_from"] for row in claims}
        return ", ".join(
            f"{self.name(row['voice_id'])} ({row['known_from']})"
            for row in voices
            if row["says"] == "says_not"
            and row["limits"] != "total"
            and row["known_from"] > claimed.get(row["voice_id"], datetime.date.max)
        )

    def of_a_side(self, claims: list[Row]) -> str:
        """Everybody of a party's side who claims it, each with what he or it is; empty if nobody does."""
        rows = {row["voice_id"]: row for row in claims if row["voice_kind"] == "party_side"}
        return "; ".join(f"{self.name(key)} ({self.side(row)})" for key, row in sorted(rows.items()))

    def side(self, row: Row) -> str:
        """Whose side a voice is of, and as what."""
        statement, actor = self.statements[row["statement_id"]], self.actors[row["voice_id"]]
        role = statement["speaker_role"] or (
            "" if actor["kind"] == "person" else f"state-controlled {actor['kind']}"
        )
        words = [f"of the side of {self.name(self.state_of(row['voice_id']))}", role]
        words.append("source not described" if statement["anonymity"] == "anonymous_undescribed" else "")
        return ", ".join(filter(None, words))

    def state_of(self, actor_id: str) -> str:
        """The state of an actor, its own or that of the nearest above it."""
        actor = self.actors[actor_id]
        return actor["state"] or self.state_of(actor["parent_actor_id"])

    def all_names(self, rows: Iterable[Row]) -> str:
        """Voices by name, each once."""
        return ", ".join(sorted({self.name(row["voice_id"]) for row in rows}))

    def all_marked(self, rows: Iterable[Row]) -> str:
        """Voices by name, each once, with whose side they are of and whether they are heard at second hand."""
        return ", ".join(sorted({self.name(row["voice_id"]) + self.mark(row) for row in rows}))

    def mark(self, row: Row) -> str:
        """What a reader must know of a voice beside its name; empty for governments, bodies, persons and reports."""
        if row["voice_kind"] == "party_side":
            return f" ({self.side(row)})"
        if row["voice_kind"] != "second_hand":
            return ""
        teller = self.tellers(row, self.statements[row["statement_id"]])
        return f" (at second hand{'; ' * bool(teller)}{teller})"

    def topic(self, transfer: Row, stage: str) -> str:
        """Of which stage of which transfer a sentence speaks."""
        return f"{transfer['title']}; of {stage_words(stage, transfer['mode'])}"

    def voice(self, transfer: Row, row: Row) -> Sentence:
        """What one voice says of one stage."""
        text = f"{self.topic(transfer, row['stage'])}: {self.speaker(row)} {self.voice_words(row)}"
        return self.closed("voice", transfer, text, row["statement_id"])

    def voice_words(self, row: Row) -> str:
        """What a voice says of a stage, in general words."""
        statement = self.statements[row["statement_id"]]
        text = SAYS[row["says"]]
        if row["says"] == "expects" and statement["certainty"] == "possible":
            text = SAYS_POSSIBLE_AHEAD
        elif row["says"] == "asserts" and statement["certainty"] == "probable":
            text = SAYS_LIKELY
        elif row["says"] == "says_not" and statement["certainty"] == "probable":
            text = SAYS_LIKELY_NOT
        elif row["says"] in ("denies", "says_not") and row["limits"] in REJECTED:
            text = REJECTED[row["limits"]]
        elif row["says"] == "denies" and is_ahead(statement):
            text = DENIES_AHEAD
        if row["limits"] != "total" and row["limits"] not in REJECTED:
            text += f", {LIMITS[row['limits']]}"
        if row["rests_on_voice_id"]:
            possibly = "possibly " if row["rests_on_certainty"] == "possible" else ""
            text += f", {possibly}on the information of {self.name(row['rests_on_voice_id'])}"
        if row["said_of_transfer_id"] != row["transfer_id"]:
            text += f" (of a part: {self.transfers[row['said_of_transfer_id']]['title']})"
        return f"{text}; the page itself doubts or disputes it" if row["is_disputed_on_page"] else text

    def position(self, transfer: Row, row: Row) -> Sentence:
        """A party's own latest word."""
        party, topic = self.name(transfer[row["party"]]), self.topic(transfer, row["stage"])
        if row["is_wider"]:
            wider = self.transfers[row["of_transfer_id"]]
            topic = f"{self.topic(wider, row['stage'])} (wider than: {transfer['title']})"
        statement = self.statements[row["statement_id"]]
        speaker = self.name(statement["speaker_id"])
        who = {"voice_id": transfer[row["party"]], "voice_kind": "government"}
        notes = [speaker if speaker != party else "", self.tellers(who, statement)]
        words = "; ".join(filter(None, notes))
        text = f"{topic}: {party}, the {row['party']}{f' ({words})' if words else ''}, "
        return self.closed("position", transfer, text + self.position_words(row), row["statement_id"])

    def position_words(self, row: Row) -> str:
        """A party's word with its limits; a refusal has none."""
        words = WORDS_OF_PARTY[row["word"]]
        return words if row["word"] == "declines" else f"{words}, {LIMITS[row['limits']]}"

    def figure(self, transfer: Row, row: Row) -> Sentence:
        """One number of one voice, as stated, and what is counted."""
        statement = self.statements[row["statement_id"]]
        scope = SCOPES[row["scope"]] if row["scope"] else "specification"
        numbers = number_words(row, modifier=statement["value_modifier"])
        text = f"{transfer['title']}; {plain(row['measure'])}, {scope}: {self.speaker(row)} "
        gave = GAVE_LIKELY if self.is_likely(row) else GAVE[row["says"]]
        if row["says"] == "expects" and statement["certainty"] == "possible":
            gave = GAVE_POSSIBLE_AHEAD
        text += f"{gave} “{row['value_text']}”"
        text += f" ({numbers})" if numbers else ""
        if row["rests_on_voice_id"]:
            text += f", on the information of {self.name(row['rests_on_voice_id'])}"
        return self.closed("figure", transfer, text, row["statement_id"])

    def is_likely(self, figure: Row) -> bool:
        """Whether a number is not stated outright but held likely."""
        return (
            figure["says"] == "asserts" and self.statements[figure["statement_id"]]["certainty"] == "probable"
        )

    def estimate(self, transfer: Row, row: Row, figures: list[Row]) -> Sentence:
        """Smallest and largest total over voices, and whose totals these are."""
        totals = [one for one in figures if is_total(one) and is_alike(one, row)]
        likely = self.all_names(one for one in totals if self.is_likely(one))
        words = self.estimate_words(row, totals) + (f"; held likely only: {likely}" if likely else "")
        text = f"{transfer['title']}; {words}."
        behind = [one["statement_id"] for one in totals]
        return Sentence("estimate", transfer["transfer_id"], text, behind)

    def estimate_words(self, row: Row, totals: list[Row] | None = None) -> str:
        """The span of the totals of one measure and unit; with `totals`, by whom they are and how the day is known."""
        names = self.all_names(totals or [])
        smallest = f"{'about ' if row['is_smallest_about'] else ''}{row['smallest']:,.15g}"
        largest = f"{'about ' if row['is_largest_about'] else ''}{row['largest']:,.15g}"
        span = smallest if row["largest"] == row["smallest"] else f"from {smallest} to {largest}"
        measure, n_voices = plain(row["measure"]), row["n_voices"]
        text = f"{measure}, totals to date as stated in numerals: {span} {unit_words(row['unit'], row['measure'])}"
        text += " or more" if row["is_open_above"] else ""
        text += f", by {n_voices} voice{'s' if n_voices > 1 else ''}{f' ({names})' if names else ''}"
        text += f", latest as of {self.latest_day(row['latest_as_of'], totals or [])}"
        return f"{text}; they contradict each other" if row["is_contradictory"] else text

    def latest_day(self, day: datetime.date, totals: list[Row]) -> str:
        """The latest day of which a total speaks; where its words have no day, the days within which it lies."""
        latest = [self.statements[one["statement_id"]] for one in totals if one["as_of"] == day]
        first_days = [statement["said_min"] for statement in latest]
        if not latest or day in first_days:
            return str(day)
        if None in first_days:
            return f"some day up to {day}"
        return f"some day from {max(first_days)} to {day}"

    def closed(self, kind: str, transfer: Row, text: str, statement_id: str) -> Sentence:
        """The sentence with what the statement says, its days, and its ID."""
        text = f"{text}: {self.said(self.statements[statement_id])}."
        return Sentence(kind, transfer["transfer_id"], text, [statement_id])

    def said(self, statement: Row) -> str:
        """What a statement says, its days, and its ID."""
        days = [event_words(statement), f"said {date_words(statement['said'])}", statement["statement_id"]]
        return f"{statement['summary'].removesuffix('.')} ({'; '.join(filter(None, days))})"

    def speaker(self, row: Row) -> str:
        """The voice by name, what kind of voice it is, who spoke, and who passes the words on."""
        statement, kind = self.statements[row["statement_id"]], row["voice_kind"]
        name, speaker = self.name(row["voice_id"]), self.name(statement["speaker_id"])
        notes = [self.side(row) if kind == "party_side" else KINDS[kind]]
        if self.actors[statement["speaker_id"]]["kind"] == "joint_body":
            notes.append(f"in a text of {speaker}" if speaker != name else "")
        elif kind in (*OFFICIAL, "second_hand"):
            notes.append(speaker if speaker != name else "")
        elif kind in ("person", "unnamed"):
            notes.append(statement["speaker_role"] or "")
        notes.append(self.tellers(row, statement))
        words = "; ".join(filter(None, notes))
        return f"{name} ({words})" if words else name

    def tellers(self, row: Row, statement: Row) -> str:
        """Who passes the words on, or whose work the outlet retells that speaks itself; empty where nobody does."""
        if not statement["via_id"] and row["voice_kind"] != "second_hand":
            return ""
        report = self.sources.get(row["voice_id"], {})
        own = (row["voice_id"], report.get("publisher_id"), statement["speaker_id"])
        source = self.sources[statement["source_id"]]
        copied = self.sources.get(source["copy_of_source_id"] or "", source)
        publisher_id = copied["publisher_id"]
        copier = f" (copied by {self.name(source['publisher_id'])})" if copied is not source else ""
        chain = dict.fromkeys(key for key in (statement["via_id"], publisher_id) if key and key not in own)
        if publisher_id in own:
            return f"retelling {self.name(statement['via_id'])}" if chain else ""
        return f"as told by {', then by '.join(self.name(key) for key in chain)}{copier}" if chain else ""

    def name(self, voice_id: str) -> str:
        """A voice in words: a state, an actor, or the report that carries an unnamed source."""
        if voice_id in self.names:
            return self.names[voice_id]
        if voice_id in self.sources:
            source = self.sources[voice_id]
            day = date_words(source["published"])
            if (
                source["extent"] == "not_consulted"
                and source["published_basis"] == "inferred"
                and " " not in day
            ):
                day = f"by {day}"  # inferred from a page that retells it
            return f"report of {self.names[source['publisher_id']]} ({day})"
        country = pycountry.countries.get(alpha_3=voice_id)
        if country is None:
            raise KeyError(f"no actor, source or country {voice_id}")
        return getattr(country, "common_name", country.name).split(",")[0]


OFFICIAL = ("government", "international_body")
OTHERS = {
    "n_named": "organisations and persons",
    "n_unnamed": "reports with unnamed sources",
    "n_outlets": "outlets whose source is not described",
}
RESTING = {"certain": "only on another's information", "possible": "possibly only on another's information"}
FORESEEN = {"held_possible": ("holds_possible",), "expected": ("expects",), "lapsed": ("expects",)}
COUNTS = (
    "status",
    "n_official",
    "n_resting",
    "n_adversaries",
    *OTHERS,
    "n_saying_not",
    "within_status",
    "within_transfer_id",
    "inspection_id",
)


def is_resting(row: Row) -> bool:
    """Whether an organisation, a person or a report only repeats another's information."""
    is_counted_apart = row["voice_kind"] in ("organisation", "person", "unnamed", "outlet_only")
    return is_counted_apart and row["rests_on_voice_id"] is not None


def as_of(rows: list[Row], day: datetime.date) -> list[Row]:
    """The rows that held on a day: known by then, and not yet ended."""
    return [
        row for row in rows if row["known_from"] <= day and (row["known_to"] is None or row["known_to"] > day)
    ]


def is_ahead(statement: Row) -> bool:
    """Whether the event lies wholly after the words."""
    first, said = statement["event_min"], statement["said_max"]
    return first is not None and said is not None and first > said


def is_total(figure: Row) -> bool:
    """Whether a figure is read for estimates: a counted voice's asserted total to date in numerals, no mere ceiling."""
    return (
        figure["says"] == "asserts"
        and figure["scope"] == "total_to_date"
        and figure["is_numeral"]
        and (figure["low"], figure["point"]) != (None, None)
        and figure["voice_kind"] in (*OFFICIAL, "organisation", "person", "unnamed")
    )


def is_alike(figure: Row, estimate: Row) -> bool:
    """Whether a figure is of the measure and unit of an estimate."""
    return (figure["measure"], figure["unit"]) == (estimate["measure"], estimate["unit"])


def is_unread(voice: Row) -> bool:
    """Whether a claim is read for no status: unsourced, and disputed by its own page."""
    return bool(voice["is_disputed_on_page"]) and voice["voice_kind"] == "outlet_only"


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        if row[column] is not None:
            out.setdefault(row[column], []).append(row)
    return out
