"""The rules of derivation a second time, in plain Python: written from their words alone, never from the SQL.

The words are those of the page of derivation rules, the rule tables and the schemas. Everything is derived
day by day: for every day on which anything can change, what was known on that day is looked at afresh
(`Day`), and the runs of days (known_from, known_to) come from comparing each such day with the one before.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

import pandas as pd

Row = dict[str, Any]
Date = datetime.date

NO_DAY = datetime.date.min  # "words without such a day come before all others"
ONE_DAY = datetime.timedelta(days=1)

STAGES = ("talks", "agreed", "transferred")
STATUSES = (
    "inspected",
    "acknowledged",
    "officials",
    "one_official",
    "reported",
    "party_side",
    "outlet_only",
    "held_possible",
    "expected",
    "lapsed",
    "implied",
    "no_claim",
)
SAID_TO_HAVE_HAPPENED = STATUSES[: STATUSES.index("held_possible")]
OFFICIAL = ("government", "international_body")
NAMED = ("organisation", "person")
COUNTED = (*OFFICIAL, *NAMED, "unnamed")
NEGATIVES = ("denies", "says_not")
ABOUT_THE_WHOLE_TOO = ("asserts", "expects", "holds_possible")
NEITHER_ADMITS_NOR_DENIES = ("legality_only", "characterisation")
SHOWN_OR_INSPECTED = ("physical_shown", "inspection_reported")
ESTIMATED_UNITS = ("item", "round", "launcher", "kit")
ALONE = ("individual_official", "former_official")
ON_THE_RECORD = ("state_position", "official_capacity")
BASES = ("advertised", "demonstrated", "assessed", "not_stated")


# ---------------------------------------------------------------------------------------------- the record


class Voice(NamedTuple):
    """Whose word it is: what kind of voice, and which."""

    kind: str
    id: str


@dataclass(frozen=True, eq=False)
class Word:
    """One statement as the word of one voice; a joint text of states is one word of each signatory."""

    statement: Row
    voice: Voice
    joint_body_id: str | None
    says: str | None
    stage: str | None
    said: Date
    limits: str
    rests_on_voice_id: str | None
    rests_on_certainty: str | None

    @cached_property
    def id(self) -> str:
        return self.statement["statement_id"]

    @cached_property
    def aspect(self) -> str:
        return self.statement["aspect"]

    @cached_property
    def transfer_id(self) -> str | None:
        return self.statement["transfer_id"]

    @cached_property
    def is_total(self) -> bool:
        return self.limits == "total"

    @cached_property
    def is_borrowed(self) -> bool:
        return self.rests_on_certainty == "certain"

    @cached_property
    def last_expected_day(self) -> Date | None:
        return self.statement["event_max"]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows as dicts, blank cells None."""
    columns = {name: [None if pd.isna(cell) else cell for cell in table[name]] for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


@dataclass(eq=False)
class Record:
    """What is written in the tables, and what can be told of each statement without asking for a day."""

    tables: dict[str, list[Row]]
    day: Date | None = None
    public: dict[str, Date] = field(default_factory=dict)
    readable: dict[str, list["Word"]] = field(default_factory=dict)
    standing: dict[tuple[str, str], list["Word"]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.statements = self.index("statements", "statement_id")
        self.sources = self.index("sources", "source_id")
        self.actors = self.index("actors", "actor_id")
        self.transfers = self.index("transfers", "transfer_id")
        self.systems = self.index("systems", "system_id")
        self.aspects = self.index("aspects", "aspect")

    def index(self, table: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in sorted(self.tables[table], key=lambda row: row[key])}

    @cached_property
    def last_day(self) -> Date:
        if self.day:
            return self.day
        read = (source for source in self.sources.values() if source["extent"] != "not_consulted")
        return max(source["published_max"] for source in read)

    # V1: when a statement became public

    @cached_property
    def relays(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for statement in self.statements.values():
            if statement["relays_statement_id"]:
                found.setdefault(statement["relays_statement_id"], []).append(statement)
        return found

    def known_from(self, statement: Row) -> Date:
        """The first day on which the statement was public."""
        if statement["statement_id"] not in self.public:
            self.public[statement["statement_id"]] = self.first_public_day(statement)
        return self.public[statement["statement_id"]]

    def first_public_day(self, statement: Row) -> Date:
        """Its page's day, that of an unread page it retells or copies, or of a page that retells it.

        What the page's outlet adds in its own voice is on no page that it retells.
        """
        source = self.sources[statement["source_id"]]
        days = [source["published_max"]]
        is_added = statement["attribution"] == "own_voice" and not statement["relays_statement_id"]
        retold_id = None if is_added else statement["original_source_id"]
        for source_id in (retold_id, source["copy_of_source_id"]):
            if source_id and self.sources[source_id]["extent"] == "not_consulted":
                days.append(self.sources[source_id]["published_max"])
        days += [self.known_from(relay) for relay in self.relays.get(statement["statement_id"], [])]
        return min(days)

    # V1: whose word it is

    def ancestry(self, actor_id: str) -> Iterator[Row]:
        """The actor, what it is part of, what that is part of ..."""
        while actor_id:
            yield self.actors[actor_id]
            actor_id = self.actors[actor_id]["parent_actor_id"]

    def state_of(self, actor_id: str) -> str | None:
        """The state that the actor is, belongs to or speaks for."""
        return next((actor["state"] for actor in self.ancestry(actor_id) if actor["state"]), None)

    def name_of(self, actor_id: str) -> str:
        """A state by its code, any other actor by its ID."""
        actor = self.actors[actor_id]
        return actor["state"] if actor["kind"] == "state" else actor_id

    def official_voice(self, actor_id: str) -> Voice:
        """The state of an office-holder or body, or the body of no state at the top."""
        state = self.state_of(actor_id)
        top = list(self.ancestry(actor_id))[-1]
        return Voice("government", state) if state else Voice("international_body", top["actor_id"])

    def original_report(self, statement: Row) -> str:
        source = self.sources[statement["source_id"]]
        return statement["original_source_id"] or source["copy_of_source_id"] or source["source_id"]

    def outlet(self, statement: Row) -> str:
        """The outlet whose undisclosed source speaks, else the one retold, else the publisher."""
        if statement["anonymity"] == "anonymous_undescribed":
            speaker = self.actors[statement["speaker_id"]]
            if speaker["kind"] != "anonymous_group":
                return speaker["actor_id"]
            if speaker["parent_actor_id"]:
                return speaker["parent_actor_id"]
        if statement["via_id"]:
            return statement["via_id"]
        source = self.sources[statement["source_id"]]
        return self.sources[source["copy_of_source_id"] or source["source_id"]]["publisher_id"]

    def heard_id(self, statement: Row) -> str:
        """Whom the speaker is heard as: the one spoken for, except where the speaker is heard alone."""
        is_alone = statement["authority"] in ALONE or statement["anonymity"] == "anonymous_described"
        return statement["speaker_id"] if is_alone else statement["speaks_for_id"] or statement["speaker_id"]

    def joint_body_id(self, statement: Row) -> str | None:
        """The joint body whose members each speak: of states or international bodies, on the record."""
        heard = self.heard_id(statement)
        is_joint = self.actors[heard]["kind"] == "joint_body"
        return heard if is_joint and statement["authority"] in ON_THE_RECORD else None

    def signatories(self, statement: Row) -> list[str | None]:
        """The members of the joint body that speaks; of any other statement nobody but the speaker."""
        body = self.joint_body_id(statement)
        members = self.tables["actor_members"]
        return (
            sorted(row["member_actor_id"] for row in members if row["actor_id"] == body) if body else [None]
        )

    def is_country_as_such(self, statement: Row) -> bool:
        """Whether a country or capital as such is the speaker, outside an official text of that state or its copy."""
        speaker = self.actors[statement["speaker_id"]]
        source = self.sources[statement["source_id"]]
        publisher_id = self.sources[source["copy_of_source_id"] or source["source_id"]]["publisher_id"]
        is_its_text = source["kind"] == "official_text" and self.state_of(publisher_id) == speaker["state"]
        return speaker["kind"] == "state" and not is_its_text

    def is_controlled_by(self, parties: set[str], actor_id: str) -> bool:
        """Whether the actor is a medium or company that a party controls."""
        actor = self.actors[actor_id]
        is_outlet = actor["kind"] in ("medium", "company")
        return is_outlet and actor["state_controlled"] and self.state_of(actor_id) in parties

    def voice(self, statement: Row, signatory: str | None) -> Voice:
        """The first kind that fits."""
        parties = self.parties_of(statement)
        if statement["anonymity"] == "anonymous_undescribed":
            outlet = self.outlet(statement)
            kind = "party_side" if self.is_controlled_by(parties, outlet) else "outlet_only"
            return Voice(kind, outlet)
        if not statement["chain_complete"] or (not signatory and self.is_country_as_such(statement)):
            return Voice("second_hand", signatory or self.heard_id(statement))
        if statement["anonymity"] == "anonymous_described":
            return Voice("unnamed", self.original_report(statement))
        if statement["authority"] in ON_THE_RECORD:
            return self.official_voice(signatory or self.heard_id(statement))
        return self.own_voice(statement, parties, signatory)

    def own_voice(self, statement: Row, parties: set[str], signatory: str | None) -> Voice:
        """The voice of one who speaks for no state and no body of states."""
        actor_id = signatory or self.heard_id(statement)
        is_of_a_party = statement["authority"] in ALONE and self.state_of(actor_id) in parties
        if is_of_a_party or self.is_controlled_by(parties, actor_id):
            return Voice("party_side", actor_id)
        if self.actors[actor_id]["kind"] == "person":
            return Voice("person", actor_id)
        return Voice("organisation", self.name_of(actor_id))

    def shown_voice(self, statement: Row) -> Voice:
        """The voice of the statement as a whole."""
        body = self.joint_body_id(statement)
        return Voice("joint_text", body) if body else self.voice(statement, None)

    def parties_of(self, statement: Row) -> set[str]:
        """Supplier and recipient of its transfer; of a system any party of the record."""
        transfer = self.transfers.get(statement["transfer_id"])
        rows = [transfer] if transfer else self.transfers.values()
        return {row[party] for row in rows for party in ("supplier", "recipient")}

    def information_of(self, statement: Row) -> str | None:
        """Whose information the statement repeats."""
        if statement["rests_on_statement_id"]:
            return self.shown_voice(self.statements[statement["rests_on_statement_id"]]).id
        if not statement["rests_on_actor_id"]:
            return None
        line = list(self.ancestry(statement["rests_on_actor_id"]))
        if line[0]["kind"] in ("medium", "company"):
            return line[0]["actor_id"]  # no body of the state that controls it
        states = (self.state_of(actor["actor_id"]) for actor in line if self.is_of_a_state(actor))
        return next(states, line[0]["actor_id"])

    @staticmethod
    def is_of_a_state(actor: Row) -> bool:
        """Whether the actor is a state, or a body that one controls."""
        return actor["kind"] == "state" or (actor["kind"] == "body" and actor["state_controlled"])

    def rests_on(self, statement: Row, voice: Voice) -> Row:
        """Whose information the voice repeats, never its own, and how certainly."""
        other = self.information_of(statement)
        rests = other is not None and other != voice.id
        return {
            "rests_on_voice_id": other if rests else None,
            "rests_on_certainty": statement["rests_on_certainty"] if rests else None,
        }

    # C1: what it says, of which stage

    def says(self, statement: Row) -> str | None:
        stance, is_negated = statement["stance"], statement["polarity"] == "negated"
        is_possible = statement["certainty"] == "possible"
        if stance == "withdraw":
            return None
        if stance == "decline":
            return "declines"
        if stance == "doubt":
            return "doubts"
        if stance == "project":
            return "expects_not" if is_negated else "expects"
        if stance == "assert" and not is_negated:
            return "holds_possible" if is_possible else "asserts"
        if stance == "deny":
            return None if is_negated else "denies"  # to deny a negative is no negative
        return "doubts" if is_possible else "says_not"

    @staticmethod
    def is_party(voice: Voice, parties: set[str]) -> bool:
        return voice.kind == "government" and voice.id in parties

    def stage(self, statement: Row) -> str | None:
        aspect = self.aspects[statement["aspect"]]
        transfer = self.transfers.get(statement["transfer_id"])
        if not transfer or aspect["only_mode"] not in (None, transfer["mode"]):
            return None
        return aspect["stage"]

    @cached_property
    def words(self) -> list[Word]:
        """Every statement as the word of each voice."""
        words = [word for statement in self.statements.values() for word in self.words_of(statement)]
        return [word for word in words if word.says]

    def words_of(self, statement: Row) -> list[Word]:
        signatories = self.signatories(statement)
        voices = {signatory: self.voice(statement, signatory) for signatory in signatories}
        return [
            Word(
                statement=statement,
                voice=voice,
                joint_body_id=self.joint_body_id(statement),
                says=self.says(statement),
                stage=self.stage(statement),
                said=statement["said_min"] or NO_DAY,
                limits=statement["limits"] or "total",
                **self.rests_on(statement, voice),
            )
            for voice in voices.values()
        ]

    @cached_property
    def disputes(self) -> set[tuple[str, str | None, str | None]]:
        """Page, transfer and stage of what the page's own publisher doubts, or says is not so."""
        return {
            (word.statement["source_id"], word.transfer_id, word.stage)
            for word in self.words
            if word.says in ("says_not", "doubts")
            and self.is_readable(word.statement)
            and word.voice.kind in ("organisation", "party_side")
            and word.voice.id == self.sources[word.statement["source_id"]]["publisher_id"]
        }

    def is_disputed_on_page(self, word: Word) -> bool:
        """Whether the page's own publisher doubts the assertion, or says it is not so, on the same page."""
        page = (word.statement["source_id"], word.transfer_id, word.stage)
        return word.says == "asserts" and page in self.disputes

    # What may be read on which day

    @staticmethod
    def is_readable(statement: Row) -> bool:
        """Explicit and first-hand."""
        return statement["explicitness"] == "explicit" and not statement["relays_statement_id"]

    @cached_property
    def taken_back_on(self) -> dict[str, Date]:
        """The day on which each statement was first taken back."""
        days: dict[str, Date] = {}
        for statement in self.statements.values():
            if statement["stance"] == "withdraw" and self.is_readable(statement):
                target, known = statement["targets_statement_id"], self.known_from(statement)
                days[target] = min(known, days.get(target, known))
        return days

    def is_taken_back(self, statement: Row, day: Date) -> bool:
        return self.taken_back_on.get(statement["statement_id"], datetime.date.max) <= day

    def is_read(self, statement: Row, day: Date) -> bool:
        """Explicit, first-hand, public by that day, and not taken back by then."""
        if not self.is_readable(statement) or self.known_from(statement) > day:
            return False
        return not self.is_taken_back(statement, day)

    @cached_property
    def readable_words(self) -> list[tuple[Word, Date, Date]]:
        """The words that are ever read, with the days from and until which they are."""
        never = datetime.date.max
        return [
            (word, self.known_from(word.statement), self.taken_back_on.get(word.id, never))
            for word in self.words
            if self.is_readable(word.statement)
        ]

    # What is said of a word on every day on which it stands

    @cache
    def voice_row(self, transfer_id: str, stage: str, word: Word) -> Row:
        return {
            "transfer_id": transfer_id,
            "stage": stage,
            "voice_kind": word.voice.kind,
            "voice_id": word.voice.id,
            "says": word.says,
            "aspect": word.aspect,
            "limits": word.limits,
            "statement_id": word.id,
            "said_of_transfer_id": word.transfer_id,
            "joint_body_id": word.joint_body_id,
            "rests_on_voice_id": word.rests_on_voice_id,
            "rests_on_certainty": word.rests_on_certainty,
            "is_disputed_on_page": self.is_disputed_on_page(word),
        }

    @cache
    def is_number(self, word: Word) -> bool:
        """Whether the word has a number that is not pooled, of an aspect that is measured."""
        is_told = word.says in ABOUT_THE_WHOLE_TOO and word.statement["value_text"]
        return bool(is_told and not word.statement["pooled"] and self.aspects[word.aspect]["measure"])

    @cache
    def kind_of_number(self, word: Word) -> tuple[Any, ...]:
        """Subject, unit, basis, scope, measure, voice and what it says: what two numbers of a series share."""
        columns = ("transfer_id", "system_id", "canonical_unit", "basis", "scope")
        cells = tuple(word.statement[column] for column in columns)
        return (*cells, self.aspects[word.aspect]["measure"], word.voice, word.says)

    @cache
    def figure_row(self, word: Word) -> Row:
        return {
            "transfer_id": word.transfer_id,
            "system_id": word.statement["system_id"],
            "measure": self.aspects[word.aspect]["measure"],
            "unit": word.statement["canonical_unit"],
            "basis": word.statement["basis"],
            "scope": word.statement["scope"],
            "says": word.says,
            "voice_kind": word.voice.kind,
            "voice_id": word.voice.id,
            "value_text": word.statement["value_text"],
            "is_numeral": is_numeral(word),
            "low": word.statement["low"],
            "point": word.statement["point"],
            "high": word.statement["high"],
            "is_converted": word.statement["unit"] != word.statement["canonical_unit"],
            "window_from": word.statement["event_min"],
            "window_to": word.statement["event_max"],
            "as_of": word.statement["said_max"],
            "rests_on_voice_id": word.rests_on_voice_id,
            "statement_id": word.id,
        }

    # Parts and classes

    @cache
    def parts(self, transfer_id: str) -> set[str]:
        """The recorded parts of a transfer, and their parts."""
        links = self.tables["transfer_links"]
        found: set[str] = set()
        new = {transfer_id}
        while new:
            new = {
                link["transfer_id"]
                for link in links
                if link["kind"] == "part_of" and link["linked_transfer_id"] in new
            } - found
            found |= new
        return found

    def wider_systems(self, system_id: str) -> list[str]:
        """The classes above a system, nearest first."""
        found = []
        while system_id := self.systems[system_id]["parent_system_id"]:
            found.append(system_id)
        return found

    def is_part(self, transfer_id: str) -> bool:
        """Whether the transfer is a recorded part of another."""
        links = self.tables["transfer_links"]
        return any(link["kind"] == "part_of" and link["transfer_id"] == transfer_id for link in links)

    @cache
    def narrower_transfers(self, transfer_id: str) -> list[Row]:
        """Transfers of narrower systems between the same parties in the same mode; of a class, never of a part."""
        transfer = self.transfers[transfer_id]
        if self.is_part(transfer_id) or self.systems[transfer["system_id"]]["kind"] != "class":
            return []
        return [
            other
            for other in self.transfers.values()
            if is_same_deal(transfer, other)
            and transfer["system_id"] in self.wider_systems(other["system_id"])
        ]

    @cache
    def first_public(self, transfer_id: str) -> Date:
        """The first day on which anything said of the transfer, a part of it or a narrower one was public."""
        within = {transfer_id} | {other["transfer_id"] for other in self.narrower_transfers(transfer_id)}
        within |= {part for other_id in within for part in self.parts(other_id)}
        about = [row for row in self.statements.values() if row["transfer_id"] in within]
        return min((self.known_from(row) for row in about), default=datetime.date.max)

    @cache
    def first_claimed(self, transfer_id: str) -> Date:
        """The day on which the transfer was first claimed, even if that claim was taken back since."""
        subjects = {transfer_id} | self.parts(transfer_id)
        claims = [
            self.known_from(word.statement)
            for word in self.words
            if word.transfer_id in subjects
            and word.stage
            and word.says in ABOUT_THE_WHOLE_TOO
            and self.is_read(word.statement, self.known_from(word.statement))
        ]
        return min(claims, default=datetime.date.max)

    @cache
    def wider_transfers(self, transfer_id: str) -> list[Row]:
        """The transfers of wider classes between the same parties in the same mode, nearest first."""
        transfer = self.transfers[transfer_id]
        return [
            other
            for system_id in self.wider_systems(transfer["system_id"])
            for other in self.transfers.values()
            if other["system_id"] == system_id
            and is_same_deal(transfer, other)
            and not self.is_part(other["transfer_id"])
        ]

    def is_adversary(self, word: Word, parties: set[str]) -> bool:
        """Whether the voice is listed against a party on the day of its word; undated, at any time."""
        for row in self.tables["alignments"]:
            if row["party"] in parties and row["adversary"] == word.voice.id:
                if word.said == NO_DAY:
                    return True
                if row["listed_from"] <= word.said <= (row["listed_to"] or datetime.date.max):
                    return True
        return False

    def change_days(self) -> list[Date]:
        """Every day on which anything can change, up to the last."""
        days = {self.known_from(statement) for statement in self.statements.values()}
        expected = {word.last_expected_day for word in self.words if word.says == "expects"}
        days |= {day + ONE_DAY for day in expected if day}
        return sorted(day for day in days if day <= self.last_day)


def is_same_deal(one: Row, other: Row) -> bool:
    """Same parties and mode."""
    return all(one[column] == other[column] for column in ("supplier", "recipient", "mode"))


# ---------------------------------------------------------------------------------------------- one day


@dataclass
class Day:
    """The record as publicly known on one day."""

    record: Record
    day: Date

    @cached_property
    def words(self) -> list[Word]:
        return [word for word, first, end in self.record.readable_words if first <= self.day < end]

    @cached_property
    def words_by_transfer(self) -> dict[str, list[Word]]:
        found: dict[str, list[Word]] = {transfer_id: [] for transfer_id in self.record.transfers}
        for word in self.words:
            if word.transfer_id:
                found[word.transfer_id].append(word)
        return found

    def words_on(self, transfer_id: str) -> list[Word]:
        """Words on the transfer, and what is said of its parts as far as that is about the whole too."""
        found = list(self.words_by_transfer[transfer_id])
        for part in sorted(self.record.parts(transfer_id)):
            found += [word for word in self.words_by_transfer[part] if word.says in ABOUT_THE_WHOLE_TOO]
        return found

    @cached_property
    def words_of_voice(self) -> dict[tuple[str, Voice, str | None], list[Word]]:
        """The words on each transfer by voice and stage."""
        found: dict[tuple[str, Voice, str | None], list[Word]] = {}
        for transfer_id in self.record.transfers:
            for word in self.words_on(transfer_id):
                found.setdefault((transfer_id, word.voice, word.stage), []).append(word)
        return found

    def denies_no_stage(self, word: Word) -> bool:
        """A negative of a payment does not say that nothing was agreed."""
        return word.says in NEGATIVES and not self.record.aspects[word.aspect]["denies_stage"]

    # voices

    def standing(self, transfer_id: str, stage: str) -> list[Word]:
        """The words that stand on that day on one stage of one transfer."""
        words = [word for word in self.words_on(transfer_id) if word.stage == stage]
        of_voice: dict[Voice, list[Word]] = {}
        for word in words:
            of_voice.setdefault(word.voice, []).append(word)
        return [
            word
            for word in words
            if not any(self.makes_way(word, later) for later in of_voice[word.voice])
            and not (word.transfer_id != transfer_id and self.is_ended_on_its_part(word))
        ]

    def is_ended_on_its_part(self, word: Word) -> bool:
        """Whether a negative of the part, which says nothing of the whole, ended what was said of the part."""
        return any(
            self.makes_way(word, later)
            for later in self.words_by_transfer[word.transfer_id]
            if later.says in NEGATIVES and (later.voice, later.stage) == (word.voice, word.stage)
        )

    @staticmethod
    def makes_way(word: Word, later: Word) -> bool:
        """Whether the later word of the same voice takes the place of the word, or ends it."""
        if later.said <= word.said:
            return False
        if later.says == word.says and later.is_total == word.is_total:
            return word.is_borrowed or not later.is_borrowed
        if word.says in ("expects", "expects_not", "doubts", "holds_possible"):
            return later.says == "asserts"
        if word.says == "declines":
            return later.says in ("asserts", *NEGATIVES)
        if later.aspect != word.aspect:
            return False
        if word.says == "asserts":
            return later.says in NEGATIVES and later.is_total
        return word.says in NEGATIVES and later.says == "asserts"

    @cached_property
    def standing_words(self) -> dict[tuple[str, str], list[Word]]:
        """Looked at afresh only where something was said, or taken back, since the day before."""
        for transfer_id in self.record.transfers:
            subjects = [transfer_id, *sorted(self.record.parts(transfer_id))]
            readable = [word for subject in subjects for word in self.words_by_transfer[subject]]
            if self.record.readable.get(transfer_id) != readable:
                self.record.readable[transfer_id] = readable
                for stage in STAGES:
                    self.record.standing[transfer_id, stage] = self.standing(transfer_id, stage)
        return dict(self.record.standing)

    def voices(self) -> list[Row]:
        return [
            self.record.voice_row(transfer_id, stage, word)
            for (transfer_id, stage), words in self.standing_words.items()
            for word in words
        ]

    # positions

    def latest_account(self, words: list[Word]) -> list[Word]:
        """The latest word of a party; of accounts of one day a limited one, its limit clear, published last."""

        def rank(word: Word) -> tuple[Date, bool, bool, Date, str]:
            source = self.record.sources[word.statement["source_id"]]
            return (word.said, not word.is_total, word.limits != "unclear", source["published_min"], word.id)

        return sorted(words, key=rank)[-1:]

    def party_words(self, transfer_id: str, party: str, stage: str, *says: str) -> list[Word]:
        """What the party itself says on the record of one stage, as far as it admits, denies or declines."""
        government = Voice("government", self.record.transfers[transfer_id][party])
        return [
            word
            for word in self.words_of_voice.get((transfer_id, government, stage), [])
            if word.says in says
            and word.said != NO_DAY
            and word.limits not in NEITHER_ADMITS_NOR_DENIES
            and not self.denies_no_stage(word)
        ]

    def own_words(self, transfer_id: str, party: str, stage: str) -> dict[str, list[Word]]:
        """The party's latest admission and denial, or its latest refusal where there is neither."""
        admissions = self.latest_account(self.party_words(transfer_id, party, stage, "asserts"))
        denials = self.latest_account(self.party_words(transfer_id, party, stage, *NEGATIVES))
        refusals = self.latest_account(self.party_words(transfer_id, party, stage, "declines"))
        is_refused_only = not admissions and not denials
        return {"admits": admissions, "denies": denials, "declines": refusals if is_refused_only else []}

    def wider_words(self, transfer_id: str, party: str, stage: str, wider_id: str) -> dict[str, list[Word]]:
        """The wider class's latest total denial since this transfer was first claimed, and its admission."""
        first = self.record.first_claimed(transfer_id)
        if first > self.day:
            return {"admits": [], "denies": []}
        denials = self.party_words(wider_id, party, stage, *NEGATIVES)
        limited_days = {word.said for word in denials if not word.is_total}
        denials = [word for word in denials if word.said >= first and word.said not in limited_days]
        admissions = self.party_words(wider_id, party, stage, "asserts") if denials else []
        admissions = [word for word in admissions if word.said >= first]
        return {"admits": self.latest_account(admissions), "denies": self.latest_account(denials)}

    def positions(self) -> list[Row]:
        rows = []
        for transfer_id in self.record.transfers:
            for party in ("supplier", "recipient"):
                for stage in STAGES:
                    head = {"transfer_id": transfer_id, "party": party, "stage": stage}
                    own = self.own_words(transfer_id, party, stage)
                    rows += [head | row for row in self.position_rows(own, transfer_id, None)]
                    wider_transfers = self.record.wider_transfers(transfer_id) if stage != "talks" else []
                    for wider in wider_transfers:
                        words = self.wider_words(transfer_id, party, stage, wider["transfer_id"])
                        if not words["denies"]:
                            continue
                        rows += [
                            head | row for row in self.position_rows(words, transfer_id, wider["transfer_id"])
                        ]
                        break
        return rows

    @staticmethod
    def position_rows(words: dict[str, list[Word]], transfer_id: str, wider_id: str | None) -> list[Row]:
        return [
            {
                "word": what,
                "limits": word.limits,
                "statement_id": word.id,
                "of_transfer_id": wider_id or transfer_id,
                "is_wider": wider_id is not None,
            }
            for what, found in words.items()
            for word in found
        ]

    # figures and estimates

    @cached_property
    def numbers(self) -> list[Word]:
        """Words with a number that stands on that day."""
        numbers = [word for word in self.words if self.record.is_number(word)]
        kinds = [self.record.kind_of_number(word) for word in numbers]
        alike: dict[tuple[Any, ...], list[Word]] = {}
        for word, kind in zip(numbers, kinds, strict=True):
            alike.setdefault(kind, []).append(word)
        return [
            word
            for word, kind in zip(numbers, kinds, strict=True)
            if not any(self.number_makes_way(word, other) for other in alike[kind])
        ]

    def measure(self, word: Word) -> str:
        return self.record.aspects[word.aspect]["measure"]

    def number_makes_way(self, word: Word, other: Word) -> bool:
        """Whether another number of the same voice, subject and measure takes the place of the word's."""
        if self.record.aspects[word.aspect]["is_specification"]:
            return other.said > word.said
        if word.statement["scope"] != "total_to_date":
            return False
        if is_numeral(word):
            return is_numeral(other) and other.said > word.said
        return other.said > word.said or (is_numeral(other) and other.said == word.said)

    def figures(self) -> list[Row]:
        return [self.record.figure_row(word) for word in self.numbers]

    def is_counted_in_estimates(self, word: Word) -> bool:
        """Weapons, rounds, launchers and kits, and persons where training is counted."""
        unit = word.statement["canonical_unit"]
        return unit in ESTIMATED_UNITS or (unit == "person" and self.measure(word) == "trained")

    def estimates(self) -> list[Row]:
        subjects: dict[tuple[Any, ...], list[Word]] = {}
        for word in self.numbers:
            if (
                word.statement["scope"] == "total_to_date"
                and word.says == "asserts"
                and is_numeral(word)
                and word.voice.kind in COUNTED
                and smallest_of(word) is not None
                and self.is_counted_in_estimates(word)
            ):
                statement = word.statement
                key = (
                    word.transfer_id,
                    statement["system_id"],
                    self.measure(word),
                    statement["canonical_unit"],
                )
                subjects.setdefault(key, []).append(word)
        return [
            {"transfer_id": transfer_id, "system_id": system_id, "measure": measure, "unit": unit}
            | estimate(words)
            for (transfer_id, system_id, measure, unit), words in subjects.items()
        ]

    # status and history

    def read_for_status(self, transfer_id: str, stage: str) -> list[Word]:
        """What stands, but an unsourced claim that its own page disputes."""
        return [
            word
            for word in self.standing_words[transfer_id, stage]
            if not (word.voice.kind == "outlet_only" and self.record.is_disputed_on_page(word))
        ]

    def assertions(self, transfer_id: str, stage: str) -> list[Word]:
        return [word for word in self.read_for_status(transfer_id, stage) if word.says == "asserts"]

    def status(self, transfer_id: str, stage: str) -> str:
        """The first that holds."""
        parties = self.parties(transfer_id)
        standing = self.read_for_status(transfer_id, stage)
        asserted = self.assertions(transfer_id, stage)
        kinds = {word.voice.kind for word in asserted}
        if stage == "transferred" and self.inspection(transfer_id):
            return "inspected"
        if any(Record.is_party(word.voice, parties) and word.is_total for word in asserted):
            return "acknowledged"
        if officials := self.officials(transfer_id, stage):
            return "officials" if len({word.voice for word in officials}) > 1 else "one_official"
        if kinds & {*NAMED, "unnamed"}:
            return "reported"
        if kinds & {"government", "party_side"}:
            return "party_side"
        if kinds:
            return "outlet_only"
        if any(word.says == "holds_possible" for word in standing):
            return "held_possible"
        if expected := [word for word in standing if word.says == "expects"]:
            is_passed = all((word.last_expected_day or datetime.date.max) < self.day for word in expected)
            return "lapsed" if is_passed else "expected"
        later_stages = STAGES[STAGES.index(stage) + 1 :]
        if any(self.status(transfer_id, later) in SAID_TO_HAVE_HAPPENED for later in later_stages):
            return "implied"
        return "no_claim"

    def parties(self, transfer_id: str) -> set[str]:
        transfer = self.record.transfers[transfer_id]
        return {transfer["supplier"], transfer["recipient"]}

    def inspection(self, transfer_id: str) -> str | None:
        """The statement by which an exhibit was first shown or inspected, as far as it stands."""
        parties = self.parties(transfer_id)
        found = [word for word in self.words_on(transfer_id) if self.is_inspected(word, parties)]
        return min(
            ((self.record.known_from(word.statement), word.id) for word in found), default=(None, None)
        )[1]

    def is_inspected(self, word: Word, parties: set[str]) -> bool:
        """Whether the word says of an exhibit shown or inspected that it is of the supplier's make."""
        return (
            (word.aspect, word.says) == ("manufacture_origin", "asserts")
            and bool(word.statement["exhibit_id"])
            and word.statement["evidence"] in SHOWN_OR_INSPECTED
            and word.voice.kind in (*OFFICIAL, *NAMED)
            and not Record.is_party(word.voice, parties)
            and not self.record.is_adversary(word, parties)
        )

    def officials(self, transfer_id: str, stage: str) -> list[Word]:
        """Assertions of governments and international bodies other than the parties."""
        parties = self.parties(transfer_id)
        return [
            word
            for word in self.assertions(transfer_id, stage)
            if word.voice.kind in OFFICIAL and not Record.is_party(word.voice, parties)
        ]

    def counts(self, transfer_id: str, stage: str) -> Row:
        parties = self.parties(transfer_id)
        asserted = self.assertions(transfer_id, stage)
        officials = self.officials(transfer_id, stage)
        voices = {word.voice for word in officials}
        not_resting = {word.voice for word in officials if word.rests_on_certainty != "certain"}
        adversaries = {word.voice for word in officials if self.record.is_adversary(word, parties)}
        saying_not = {
            word.voice
            for word in self.standing_words[transfer_id, stage]
            if word.says == "says_not"
            and word.is_total
            and not self.denies_no_stage(word)
            and word.voice.kind in COUNTED
            and not Record.is_party(word.voice, parties)
        }
        return {
            "n_official": len(voices),
            "n_resting": len(voices - not_resting),
            "n_adversaries": len(adversaries),
            "n_named": len({word.voice for word in asserted if word.voice.kind in NAMED}),
            "n_unnamed": len({word.voice for word in asserted if word.voice.kind == "unnamed"}),
            "n_outlets": len(self.outlets(asserted)),
            "n_saying_not": len(saying_not),
        }

    def outlets(self, asserted: list[Word]) -> set[str]:
        """Outlets that do not only retell another one, and are not counted already: as an organisation, as an author of
        a joint text, or as publisher of a report of unnamed sources.
        """
        organisations = {word.voice.id for word in asserted if word.voice.kind == "organisation"}
        members = self.record.tables["actor_members"]
        organisations |= {row["member_actor_id"] for row in members if row["actor_id"] in organisations}
        reports = {word.voice.id for word in asserted if word.voice.kind == "unnamed"}
        publishers = {self.record.sources[source_id]["publisher_id"] for source_id in reports}
        own = [word for word in asserted if word.statement["via_id"] in (None, word.voice.id)]
        outlets = {word.voice.id for word in own if word.voice.kind == "outlet_only"}
        return outlets - organisations - publishers

    def within(self, transfer: Row, stage: str) -> Row:
        """The highest status of any one narrower transfer, and which that is."""
        found = [
            (STATUSES.index(self.status(other["transfer_id"], stage)), other["transfer_id"])
            for other in self.record.narrower_transfers(transfer["transfer_id"])
        ]
        if not found:
            return {"within_status": None, "within_transfer_id": None}
        status, transfer_id = min(found)
        if STATUSES[status] in ("implied", "no_claim"):
            return {"within_status": None, "within_transfer_id": None}
        return {"within_status": STATUSES[status], "within_transfer_id": transfer_id}

    def stage_cells(self, transfer: Row, stage: str) -> Row:
        transfer_id = transfer["transfer_id"]
        cells = {"status": self.status(transfer_id, stage)} | self.counts(transfer_id, stage)
        if stage != "talks":
            cells |= self.within(transfer, stage)
        if stage == "transferred":
            cells["inspection_id"] = self.inspection(transfer_id)
        return {f"{stage}_{name}": cell for name, cell in cells.items()}

    def party_cells(self, transfer_id: str, party: str) -> Row:
        words = self.own_words(transfer_id, party, "transferred")
        said = tuple(what for what, found in words.items() if found)
        admission, denial = (
            max(words[what], key=lambda word: word.id, default=None) for what in ("admits", "denies")
        )
        return {
            f"{party}_position": "_and_".join(said) or "silent",
            f"{party}_admission_id": admission and admission.id,
            f"{party}_admission_limits": admission and admission.limits,
            f"{party}_denial_id": denial and denial.id,
            f"{party}_denial_limits": denial and denial.limits,
        }

    def history_of(self, transfer_id: str) -> Row | None:
        """One transfer as known on that day; None before anything of it was public."""
        if self.record.first_public(transfer_id) > self.day:
            return None
        row: Row = {"transfer_id": transfer_id}
        for stage in STAGES:
            row |= self.stage_cells(self.record.transfers[transfer_id], stage)
        for party in ("supplier", "recipient"):
            row |= self.party_cells(transfer_id, party)
        return row

    def history(self) -> list[Row]:
        return [row for transfer_id in self.record.transfers if (row := self.history_of(transfer_id))]


def is_numeral(word: Word) -> bool:
    return word.statement["value"] is not None


def days_named(statement: Row) -> list[Date]:
    """The first and the last day of the event, as far as they are given; "so far" names none."""
    first, last, said = statement["event_min"], statement["event_max"], statement["said_min"]
    if first is None and last is not None and (said is None or last >= said):
        return []
    return [day for day in (first, last) if day]


def first_given(word: Word, *columns: str) -> float | None:
    return next((word.statement[name] for name in columns if word.statement[name] is not None), None)


def smallest_of(word: Word) -> float | None:
    return first_given(word, "low", "point")


def largest_of(word: Word) -> float | None:
    return first_given(word, "high", "point", "low")


def is_about(word: Word) -> bool:
    """Whether the number is "about" so many: a point without bounds."""
    statement = word.statement
    return statement["point"] is not None and statement["low"] is None and statement["high"] is None


def estimate(words: list[Word]) -> Row:
    """The smallest and the largest total of some voices; nothing is averaged."""
    is_floor = [first_given(word, "point", "high") is None for word in words]
    as_of = [word.statement["said_max"] for word in words if word.statement["said_max"]]
    smallest = min(low for word in words if (low := smallest_of(word)) is not None)
    largest = max(top for word in words if (top := largest_of(word)) is not None)
    about = [word.statement["point"] for word in words if is_about(word)]
    return {
        "smallest": smallest,
        "largest": largest,
        "is_smallest_about": smallest in about,
        "is_largest_about": largest in about,
        "is_open_above": any(is_floor),
        "is_contradictory": any(contradicts(one, other) for one in words for other in words),
        "n_voices": len({word.voice for word in words}),
        "latest_as_of": max(as_of, default=None),
    }


def contradicts(floor: Word, ceiling: Word) -> bool:
    """Whether one voice's floor is above another voice's upper bound, and was said no later."""
    low, high = floor.statement["low"], ceiling.statement["high"]
    is_above = low is not None and high is not None and low > high
    return is_above and floor.voice != ceiling.voice and floor.said <= ceiling.said


# ---------------------------------------------------------------------------------------------- runs of days


def runs(days: Iterable[tuple[Date, list[Row]]]) -> list[Row]:
    """Rows of single days, all of the same columns, as rows of runs of days: a row holds until it is another."""
    found: list[Row] = []
    open_rows: dict[tuple[Any, ...], Row] = {}
    for day, rows in days:
        of_day = {tuple(row.values()): row for row in rows}
        for key in [key for key in open_rows if key not in of_day]:
            open_rows.pop(key)["known_to"] = day
        for key, row in of_day.items():
            if key not in open_rows:
                open_rows[key] = row | {"known_from": day, "known_to": None}
                found.append(open_rows[key])
    return found


# ---------------------------------------------------------------------------------------------- other columns


def use_as(record: Record, statement: Row, says: str | None) -> str | None:
    """As what to count a statement: what it says, or why it is not read."""
    if record.is_taken_back(statement, record.last_day):
        return "taken_back"
    if statement["stance"] == "withdraw":
        return "takes_back"
    if statement["relays_statement_id"]:
        return "retells"
    if statement["explicitness"] == "presupposed":
        return "taken_for_granted"
    return says


def resolution(record: Record, expectation: Word) -> str | None:
    """What became of an expectation of a stage of a transfer, as the record stands on its last day (E1)."""
    if (
        expectation.says != "expects"
        or not expectation.stage
        or not record.is_readable(expectation.statement)
    ):
        return None
    if record.is_taken_back(expectation.statement, record.last_day):
        return "cancelled"
    transfer_id = expectation.statement["transfer_id"]
    subjects = {transfer_id} | record.parts(transfer_id)
    first_expected = expectation.statement["event_min"] or expectation.statement["said_max"]
    last_expected = expectation.last_expected_day or datetime.date.max
    may_lie_within = False
    for word in record.words:
        begins, ends = word.statement["event_min"], word.statement["event_max"]
        if (
            word.says == "asserts"
            and word.stage == expectation.stage
            and word.transfer_id in subjects
            and word.voice.kind in COUNTED
            and word.said > expectation.statement["said_max"]
            and record.is_read(word.statement, record.last_day)
            and (ends or datetime.date.max) >= first_expected
            and (begins or datetime.date.min) <= last_expected
        ):
            may_lie_within = True
            if begins and begins >= first_expected:
                return "fulfilled"
    return "lapsed" if last_expected < record.last_day and not may_lie_within else "open"


def statement_row(record: Record, statement: Row) -> Row:
    word = record.words_of(statement)[0]
    voice = record.shown_voice(statement)
    return {
        "statement_id": statement["statement_id"],
        "known_from": record.known_from(statement),
        "stage": word.stage,
        "voice_kind": voice.kind,
        "voice_id": voice.id,
        "says": word.says,
        "use_as": use_as(record, statement, word.says),
        "resolution": resolution(record, word),
    }


def transfer_row(record: Record, today: Day, transfer_id: str) -> Row:
    history = today.history_of(transfer_id) or {"transfer_id": transfer_id}
    about = [row for row in record.statements.values() if row["transfer_id"] == transfer_id]
    counted = [
        word.statement
        for word in today.words_on(transfer_id)
        if word.says == "asserts" and word.stage == "transferred" and word.voice.kind in COUNTED
    ]
    public = [record.known_from(row) for row in about]
    return history | {
        "event_min": min((min(days_named(row)) for row in counted if days_named(row)), default=None),
        "event_max": max((max(days_named(row)) for row in counted if days_named(row)), default=None),
        "first_public_on": min(public, default=None),
        "last_public_on": max(public, default=None),
        "n_statements": len(about),
        "n_publishers": len({record.sources[row["source_id"]]["publisher_id"] for row in about}),
    }


def system_row(system_id: str, today: Day) -> Row:
    row: Row = {"system_id": system_id}
    for basis in BASES:
        ranges = [
            word
            for word in today.numbers
            if word.says == "asserts"
            and is_numeral(word)
            and (word.statement["system_id"], word.statement["basis"], today.measure(word))
            == (system_id, basis, "range")
        ]
        smallest = [first_given(word, "low", "point", "high") for word in ranges]
        largest = [first_given(word, "high", "point", "low") for word in ranges]
        row[f"range_{basis}_smallest_km"] = min(
            (number for number in smallest if number is not None), default=None
        )
        row[f"range_{basis}_largest_km"] = max(
            (number for number in largest if number is not None), default=None
        )
    return row


def derive(tables: dict[str, pd.DataFrame], day: Date | None = None) -> dict[str, list[Row]]:
    """Every derived table, and the derived columns of statements, transfers and systems."""
    names = ["statements", "sources", "actors", "actor_members", "transfers", "transfer_links", "systems"]
    names += ["aspects", "alignments"]
    record = Record({name: rows_of(tables[name]) for name in names}, day)
    days = [Day(record, day) for day in record.change_days()]
    today = Day(record, record.last_day)
    estimates = runs((day.day, day.estimates()) for day in days)
    for row in estimates:
        subject = row["transfer_id"] or row["system_id"]
        row["estimate_id"] = f"{subject}.{row['measure']}.{row['unit']}.{row['known_from']}"
    return {
        "voices": runs((day.day, day.voices()) for day in days),
        "positions": runs((day.day, day.positions()) for day in days),
        "figures": runs((day.day, day.figures()) for day in days),
        "estimates": estimates,
        "transfer_history": runs((day.day, day.history()) for day in days),
        "statements": [statement_row(record, row) for row in record.statements.values()],
        "transfers": [transfer_row(record, today, transfer_id) for transfer_id in record.transfers],
        "systems": [system_row(system_id, today) for system_id in record.systems],
    }
