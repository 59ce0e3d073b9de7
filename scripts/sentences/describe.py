"""Puts every status, position, figure and voice of a transfer into plain English, as publicly known on one day.

A sentence says no more than the derived cell that it renders, and names the statements behind it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

import pycountry

from scripts.normalise.tables import Row, Tables, records

STAGES = {
    "talks": "talks or a request",
    "agreed": "an agreement, order or payment",
    "transferred": "a transfer",
}
STATUS = {
    "inspected": "an item that was shown or inspected is of the supplier's make, says a named voice that is neither a "
    "party nor a listed adversary of one",
    "acknowledged": "a government that is a party says so, without limits",
    "officials": "{n_official} governments or international bodies other than the parties say so",
    "one_official": "one government or international body other than the parties says so",
    "reported": "an organisation, a person or an unnamed source says so",
    "party_side": "only a party with limits, or a party's own organisation, says so",
    "outlet_only": "only outlets whose source is not told, or speakers at second hand, say so",
    "held_possible": "somebody holds it possible, nobody says that it happened",
    "expected": "only foreseen (planned, expected, feared or held possible)",
    "lapsed": "only foreseen, for days that have passed",
    "implied": "nobody said so of this stage, but a later stage is said to have happened",
    "no_claim": "nobody claimed it",
}
HAPPENED = {
    "negotiation": "there were talks, a visit or a request",
    "agreement": "it was agreed",
    "order": "it was ordered",
    "payment": "a payment was made",
    "training": "the service was carried out",
    "shipment": "it was sent",
    "delivery": "it was delivered",
    "licence_or_technology": "licence or technology was given",
}
EXPECTED = {
    "negotiation": "there would be talks, a visit or a request",
    "agreement": "it would be agreed",
    "order": "it would be ordered",
    "payment": "a payment would be made",
    "training": "the service would be carried out",
    "shipment": "it would be sent",
    "delivery": "it would be delivered",
    "licence_or_technology": "licence or technology would be given",
}
SAYS = {
    "asserts": "said that {happened}",
    "holds_possible": "held it possible that {happened}",
    "expects": "foresaw (expected, planned or feared) that {expected}",
    "expects_not": "said that it was not to be expected or planned that {expected}",
    "denies": "denied that {happened}",
    "says_not": "said that it was not so that {happened}",
    "doubts": "doubted, saw no sign or could not confirm that {happened}",
    "declines": "gave no comment or no reply on whether {happened}",
}
REJECTED = {
    "characterisation": "rejected how it is put that {happened}, and did not say whether it was so",
    "legality_only": "said only that no rule was broken, if {happened}",
}
LIMITS = {
    "purpose_limited": "limited to a purpose",
    "time_limited": "limited in time",
    "system_limited": "limited to some of the systems",
    "quantity_limited": "limited in quantity",
    "actor_limited": "limited to an actor",
    "legality_only": "only that no rule was broken",
    "characterisation": "rejecting how it is put",
    "unclear": "with a limit that only a paraphrase carries",
    "total": "without limits",
}
KINDS = {
    "government": "",
    "international_body": "",
    "organisation": "",
    "person": "",
    "party_side": " (of a party's side)",
    "unnamed": " (an unnamed source)",
    "second_hand": " (at second hand)",
    "outlet_only": " (source not told)",
}
SCOPES = {
    "total_to_date": "total to date",
    "window": "within a stated time",
    "batch": "one lot, contract or part",
    "remaining": "still to come",
    "rate": "rate",
    "planned_total": "planned or expected",
}


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
        self.names = {row["actor_id"]: row["name"] for row in actors}
        self.names |= {row["state"]: row["name"] for row in actors if row["kind"] == "state"}
        self.sources = {row["source_id"]: row for row in records(tables["sources"])}
        self.statements = {row["statement_id"]: row for row in records(tables["statements"])}
        self.derived = {
            name: _by(records(tables[name]), "transfer_id")
            for name in ("transfer_history", "voices", "positions", "figures", "estimates")
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
        for stage, label in STAGES.items():
            if only not in (None, stage):
                continue
            voices = [row for row in now["voices"] if row["stage"] == stage]
            sentences.append(self.status(transfer, history, stage, label, voices))
            sentences += [self.voice(transfer, row) for row in voices]
        sentences += [
            self.position(transfer, row) for row in now["positions"] if only in (None, row["stage"])
        ]
        if only is not None:
            return sentences
        sentences += [self.figure(transfer, row) for row in now["figures"]]
        sentences += [self.estimate(transfer, row) for row in now["estimates"]]
        return sentences

    def status(self, transfer: Row, history: Row, stage: str, label: str, voices: list[Row]) -> Sentence:
        """Status and counts of one stage."""
        cell = {name: history.get(f"{stage}_{name}") for name in COUNTS}
        status = cell["status"]
        text = f"{transfer['title']}: of {label}: {STATUS[status].format(**cell)}"
        parts = []
        if cell["n_official"]:
            parts.append(f"governments and international bodies: {self.name_all(voices, OFFICIAL, transfer)}")
        if cell["n_resting"]:
            parts.append(f"{cell['n_resting']} of these repeat another's information")
        if cell["n_adversaries"]:
            parts.append(f"{cell['n_adversaries']} of these are listed adversaries of a party")
        for name, words in OTHERS.items():
            if cell[name]:
                parts.append(f"{words}: {cell[name]}")
        if cell.get("within_status"):
            narrower = self.transfers[cell["within_transfer_id"]]["title"]
            parts.append(f"of a narrower transfer, {narrower}: {cell['within_status'].replace('_', ' ')}")
        text += "".join(f"; {part}" for part in parts)
        behind = [row["statement_id"] for row in voices if row["says"] in ("asserts", "says_not")]
        return Sentence("status", transfer["transfer_id"], f"{text}.", behind)

    def name_all(self, voices: Iterable[Row], kinds: Iterable[str], transfer: Row) -> str:
        """The asserting voices of some kinds other than the parties, by name."""
        parties = {transfer["supplier"], transfer["recipient"]}
        named = {
            self.name(row["voice_id"])
            for row in voices
            if row["voice_kind"] in kinds and row["says"] == "asserts" and row["voice_id"] not in parties
        }
        return ", ".join(sorted(named))

    def voice(self, transfer: Row, row: Row) -> Sentence:
        """What one voice says of one stage."""
        words = {"happened": HAPPENED[row["aspect"]], "expected": EXPECTED[row["aspect"]]}
        statement = self.statements[row["statement_id"]]
        says = SAYS[row["says"]].format(**words)
        if row["says"] == "expects" and statement["certainty"] == "possible":
            says = f"held it possible that {words['expected']}"
        elif row["says"] == "asserts" and statement["certainty"] == "probable":
            says = f"believed or assessed that {words['happened']}"
        elif row["says"] in ("denies", "says_not") and row["limits"] in REJECTED:
            says = REJECTED[row["limits"]].format(**words)
        elif row["says"] == "denies" and is_ahead(statement):
            says = f"denied that {words['expected']}"
        says += span_of(statement["event_min"], statement["event_max"])
        text = f"{transfer['title']}: {self.speaker(row)} {says}"
        if row["limits"] != "total" and row["limits"] not in REJECTED:
            text += f", {LIMITS[row['limits']]}"
        if row["rests_on_voice_id"]:
            possibly = "possibly " if row["rests_on_certainty"] == "possible" else ""
            text += f", {possibly}on the information of {self.name(row['rests_on_voice_id'])}"
        if row["said_of_transfer_id"] != transfer["transfer_id"]:
            text += f" (said of a part: {self.transfers[row['said_of_transfer_id']]['title']})"
        if row["is_disputed_on_page"]:
            text += "; the page itself disputes it"
        return self.closed("voice", transfer, text, row["statement_id"])

    def position(self, transfer: Row, row: Row) -> Sentence:
        """A party's own latest word."""
        party, statement = self.name(transfer[row["party"]]), self.statements[row["statement_id"]]
        label = STAGES[row["stage"]]
        word = {
            "admits": f"admitted {label}, {LIMITS[row['limits']]}",
            "denies": f"denied {label}, {LIMITS[row['limits']]}",
            "declines": f"gave no comment or no reply on {label}",
        }
        title = transfer["title"]
        if row["is_wider"]:
            title = f"{self.transfers[row['of_transfer_id']]['title']} (wider than: {title})"
        text = f"{title}: {party}, the {row['party']}, {word[row['word']]}"
        if row["limits"] == "time_limited":
            text += span_of(statement["event_min"], statement["event_max"])
        return self.closed("position", transfer, text, row["statement_id"])

    def figure(self, transfer: Row, row: Row) -> Sentence:
        """One number of one voice."""
        verb = {"asserts": "said", "holds_possible": "held possible", "expects": "foresaw"}[row["says"]]
        scope = SCOPES[row["scope"]] if row["scope"] else "specification"
        text = (
            f"{transfer['title']}: {self.speaker(row)} {verb}: {row['measure'].replace('_', ' ')}, {scope}: "
        )
        text += f"“{row['value_text']}”{bounds(row)}{span_of(row['window_from'], row['window_to'])}"
        if row["rests_on_voice_id"]:
            text += f", on the information of {self.name(row['rests_on_voice_id'])}"
        return self.closed("figure", transfer, text, row["statement_id"])

    def estimate(self, transfer: Row, row: Row) -> Sentence:
        """Smallest and largest total over voices."""
        span = f"{row['smallest']:,.15g}"
        if row["largest"] != row["smallest"]:
            span = f"from {span} to {row['largest']:,.15g}"
        measure, n_voices = row["measure"].replace("_", " "), row["n_voices"]
        text = f"{transfer['title']}: {measure}, totals to date as stated in numerals: {span} {row['unit']}"
        text += " or more" if row["is_open_above"] else ""
        text += f", by {n_voices} voice{'s' if n_voices > 1 else ''}, latest as of {row['latest_as_of']}"
        text += "; they contradict each other" if row["is_contradictory"] else ""
        return Sentence("estimate", transfer["transfer_id"], f"{text}.")

    def closed(self, kind: str, transfer: Row, text: str, statement_id: str) -> Sentence:
        """The sentence with the day of the words and the statement behind it."""
        said = self.statements[statement_id]["said"]
        return Sentence(
            kind, transfer["transfer_id"], f"{text} (said {said}; {statement_id}).", [statement_id]
        )

    def speaker(self, row: Row) -> str:
        """The voice by name and kind."""
        joint, speaker_id = row.get("joint_body_id"), self.statements[row["statement_id"]]["speaker_id"]
        through = f" (in a text of {self.name(joint)})" if joint else ""
        if (
            row["voice_kind"] in OFFICIAL
            and not joint
            and self.name(speaker_id) != self.name(row["voice_id"])
        ):
            through = f" ({self.name(speaker_id)})"
        return f"{self.name(row['voice_id'])}{KINDS[row['voice_kind']]}{through}"

    def name(self, voice_id: str) -> str:
        """A voice in words: a state, an actor, or the report that carries an unnamed source."""
        if voice_id in self.names:
            return self.names[voice_id]
        if voice_id in self.sources:
            source = self.sources[voice_id]
            return f"{self.names[source['publisher_id']]}, {source['published']}"
        country = pycountry.countries.get(alpha_3=voice_id)
        if country is None:
            raise KeyError(f"no actor, source or country {voice_id}")
        return getattr(country, "common_name", country.name).split(",")[0]


OFFICIAL = ("government", "international_body")
OTHERS = {
    "n_named": "organisations and persons",
    "n_unnamed": "reports with unnamed sources",
    "n_outlets": "outlets without a source",
    "n_saying_not": "voices other than the parties that say it did not happen",
}
COUNTS = (
    "status",
    "n_official",
    "n_resting",
    "n_adversaries",
    *OTHERS,
    "within_status",
    "within_transfer_id",
)


def as_of(rows: list[Row], day: datetime.date) -> list[Row]:
    """The rows that held on a day: known by then, and not yet ended."""
    return [
        row for row in rows if row["known_from"] <= day and (row["known_to"] is None or row["known_to"] > day)
    ]


def is_ahead(statement: Row) -> bool:
    """Whether the event lies wholly after the words."""
    first, said = statement["event_min"], statement["said_max"]
    return first is not None and said is not None and first > said


def span_of(first: datetime.date | None, last: datetime.date | None) -> str:
    """The days of an event in words; nothing where none is given."""
    if first is None and last is None:
        return ""
    if first == last:
        return f", on {first}"
    if first is None:
        return f", until {last}"
    return f", from {first}" if last is None else f", within {first} to {last}"


def bounds(row: Row) -> str:
    """The bounds of a figure in words; nothing where only words were stated."""
    low, point, high = (
        None if row[name] is None else f"{row[name]:,.15g}" for name in ("low", "point", "high")
    )
    unit = row["unit"] or ""
    if low is not None and low == high:
        words = f"{low} {unit}"
    elif point is not None:
        words = f"about {point} {unit}"
    elif low is not None and high is not None:
        words = f"{low} to {high} {unit}"
    elif low is not None:
        words = f"{low} {unit} or more"
    elif high is not None:
        words = f"{high} {unit} or less"
    else:
        return ""
    return f" ({words}{', converted' if row['is_converted'] else ''})"


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        if row[column] is not None:
            out.setdefault(row[column], []).append(row)
    return out
