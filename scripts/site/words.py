"""The words that the explorer shows: a transfer on a day in one sentence, and labels for every code.

Nothing is derived here. Sentences come from `scripts.sentences.describe`, or put together, in the same
words, what stands in `transfer_history`, `voices` and `positions`; labels come from the categories of the
schemas.
"""

import datetime
import re
from collections import Counter
from typing import Any

from scripts.schema.table_schema import Schemas
from scripts.sentences.describe import OFFICIAL, Describer, as_of
from scripts.sentences.words import LIMITS, date_words, listed, plain

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Moment = tuple[str, str, str]

STAGES = {
    "transferred": ("Transferred", "Shipped, delivered, or licence, technology or service given."),
    "agreed": ("Agreed", "An agreement, an order or a payment."),
    "talks": ("Talks", "Talks, a request, an offer or another step before a deal."),
}
DONE = {"services": "carried out", "licence_technology": "handed over"}
FAMILIES = {
    "uav": "Drones",
    "missile": "Missiles",
    "ammunition": "Ammunition",
    "aircraft": "Aircraft",
    "air_defence": "Air defence",
    "launcher": "Launchers",
    "land": "Land systems",
    "mixed": "Arms of several kinds",
    "other": "Other",
}
CLASSES = {"Uncrewed aerial vehicles": "drones"}
HELP = "Plants, parts and services"
ASPECTS = {"licence_or_technology": "Licence, technology or help with production"}
ARTICLE = ("United ", "European ", "Netherlands", "Czech Republic", "Philippines", "Pentagon")
COLUMN = re.compile(r", named in [a-z]+(_[a-z]+)+")  # of the table, which the page does not show
CLAIMED = ("inspected", "acknowledged", "officials", "one_official", "reported", "party_side", "outlet_only")
FORESEEN = {
    "held_possible": "only held possible",
    "expected": "only foreseen",
    "lapsed": "only foreseen, for days now past",
}
LABELLED = {
    "status": "transfer_history.transferred_status",
    "position": "transfer_history.supplier_position",
    "says": "voices.says",
    "use_as": "statements.use_as",
    "stance": "statements.stance",
    "authority": "statements.authority",
    "voice_kind": "statements.voice_kind",
    "limits": "statements.limits",
    "basis": "statements.basis",
    "scope": "statements.scope",
    "certainty": "statements.certainty",
    "evidence": "statements.evidence",
    "explicitness": "statements.explicitness",
    "coded_from": "statements.coded_from",
    "resolution": "statements.resolution",
    "category": "systems.category",
    "system_kind": "systems.kind",
    "name_kind": "system_names.kind",
    "mode": "transfers.mode",
    "link": "transfer_links.kind",
    "source_kind": "sources.kind",
    "extent": "sources.extent",
    "url_kind": "sources.url_kind",
}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Without a capital at its head, unless it is a designation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def labels(schemas: Schemas, aspects: list[Row]) -> dict[str, dict[str, list[str]]]:
    """{set: {code: [label, definition]}}: every code that the page may meet."""
    found = {
        name: {
            item["value"]: [item["label"], COLUMN.sub("", item["description"])]
            for item in schemas[path.split(".")[0]].field(path.split(".")[1])["categories"]
        }
        for name, path in LABELLED.items()
    }
    found["stage"] = {code: list(words) for code, words in STAGES.items()}
    found["party"] = {"supplier": ["Supplier", "Who gives."], "recipient": ["Recipient", "Who gets."]}
    found["word"] = {code: [capital(code), ""] for code in ("admits", "denies", "declines")}
    found["aspect"] = {
        row["aspect"]: [
            ASPECTS.get(row["aspect"], capital(plain(row["aspect"]))),
            f"Such words as: {row['verbs']}.",
        ]
        for row in aspects
    }
    measures = {row["measure"] for row in aspects} - {None}
    found["measure"] = {code: [capital(plain(code)), ""] for code in sorted(measures)}
    return found


class Writer:
    """Puts the rows of a package into the words of the page."""

    def __init__(self, describer: Describer) -> None:
        self.describer = describer

    def name(self, voice_id: str) -> str:
        """A voice in a sentence."""
        name = self.describer.name(voice_id)
        return f"the {name}" if name.startswith(ARTICLE) else name

    def group(self, transfer: Row) -> str:
        """The family under which a transfer is listed."""
        if transfer["mode"] in ("services", "licence_technology", "components", "kits"):
            return HELP
        return FAMILIES[self.describer.systems[transfer["system_id"]]["category"]]

    def moments(self, transfer_id: str) -> list[Moment]:
        """(first day, headline, finding) for every day on which the words about a transfer changed."""
        rows = self.describer.derived
        changes = {
            day
            for name in ("transfer_history", "voices", "positions")
            for row in rows[name].get(transfer_id, [])
            for day in (row["known_from"], row["known_to"])
            if day is not None
        }
        found: list[Moment] = []
        for day in sorted(changes):
            now = self.known_on(transfer_id, day)
            if not now["transfer_history"]:
                continue
            history = now["transfer_history"][0]
            words = tuple(self.sentence(history, now, is_long) for is_long in (False, True))
            if not found or found[-1][1:] != words:
                found.append((day.isoformat(), *words))
        return found

    def known_on(self, transfer_id: str, day: datetime.date) -> Rows:
        """The rows about a transfer that held on a day, and every word of its voices up to then."""
        rows = self.describer.derived
        now: Rows = {
            name: as_of(rows[name].get(transfer_id, []), day)
            for name in ("transfer_history", "voices", "positions")
        }
        return now | {
            "so_far": [row for row in rows["voices"].get(transfer_id, []) if row["known_from"] <= day]
        }

    def sentence(self, history: Row, now: Rows, is_long: bool) -> str:
        """What stands of a transfer: who stands behind it, the parties, who says that it is not so."""
        transfer = self.describer.transfers[history["transfer_id"]]
        parts = [self.stages(transfer, history, now, is_long)]
        for party in ("supplier", "recipient"):
            if word := self.party(transfer, history, now["positions"], party, is_long):
                parts.append(word)
        if n_saying_not := history["transferred_n_saying_not"]:
            parts.append(f"{count(n_saying_not, 'other voice says', 'other voices say')} it did not happen")
        return "; ".join(parts)

    def stages(self, transfer: Row, history: Row, now: Rows, is_long: bool) -> str:
        """The furthest stage and who claims it, and before it an earlier one that somebody better claims."""
        done = DONE.get(transfer["mode"], "transferred")
        status, agreed, talks = (history[f"{stage}_status"] for stage in STAGES)
        parts = []
        if rank(agreed) < rank(status):
            parts.append(f"agreed, {self.behind(transfer, history, now, 'agreed', is_long)}")
        elif rank(status) == rank(agreed) == len(CLAIMED) > rank(talks):
            parts.append(f"talks, {self.behind(transfer, history, now, 'talks', is_long)}")
        if status in CLAIMED:
            parts.append(f"{done}, {self.behind(transfer, history, now, 'transferred', is_long)}")
        elif status in FORESEEN:
            parts.append(f"being {done} is {FORESEEN[status]}")
        elif agreed in FORESEEN:
            parts += [f"an agreement is {FORESEEN[agreed]}", f"no statement here says that it was {done}"]
        elif agreed not in CLAIMED:
            parts.append(f"no statement here says that it was {done}")
        return "; ".join(parts)

    def behind(self, transfer: Row, history: Row, now: Rows, stage: str, is_long: bool) -> str:
        """Who claims a stage: "say 3 governments", or their names."""
        parties = (transfer["supplier"], transfer["recipient"])
        mine = [row for row in now["voices"] if row["stage"] == stage and row["says"] == "asserts"]
        status = history[f"{stage}_status"]
        inspected = "; an item of the supplier's make was shown or inspected" if status == "inspected" else ""
        if status == "acknowledged":
            own = {
                self.name(row["voice_id"])
                for row in mine
                if row["voice_id"] in parties and row["voice_kind"] == "government"
            }
            verb = "say" if len(own) > 1 else "says"
            return f"{verb} {listed(sorted(own))} itself" if len(own) == 1 else f"{verb} both parties"
        officials = official_voices(mine, parties)
        states = [voice for voice, kind in officials.items() if kind == "government"]
        bodies = [voice for voice, kind in officials.items() if kind != "government"]
        if len(officials) == 1 or (officials and is_long):
            names = [self.name(voice) for voice in most_words_first([*states, *bodies], now["so_far"])]
            if len(names) > 6:
                names = [*names[:5], f"{len(names) - 5} more"]
            return f"{'say' if len(officials) > 1 else 'says'} {listed(names)}{inspected}"
        if officials:
            counts = [count(len(states), "government")] if states else []
            counts += [count(len(bodies), "international body", "international bodies")] if bodies else []
            return f"say {listed(counts)}{inspected}"
        return self.behind_unofficial(mine, history, stage, status) + inspected

    def behind_unofficial(self, claims: list[Row], history: Row, stage: str, status: str) -> str:
        """Who claims a stage of which no government but a party speaks."""
        if status == "party_side":
            side = self.describer.of_a_side(claims)
            own = {self.name(row["voice_id"]) for row in claims if row["voice_kind"] == "government"}
            return f"says {listed([*sorted(f'{name}, with limits' for name in own), *filter(None, [side])])}"
        counts = []
        if n_named := history[f"{stage}_n_named"]:
            counts.append(count(n_named, "organisation or person", "organisations and persons"))
        if n_unnamed := history[f"{stage}_n_unnamed"]:
            counts.append(count(n_unnamed, "report with unnamed sources", "reports with unnamed sources"))
        if counts:
            return f"by the word of {listed(counts)}"
        if n_outlets := history[f"{stage}_n_outlets"]:
            who = count(n_outlets, "outlet that does", "outlets that do")
            return f"by the word of {who} not tell the source"
        return "by the word of speakers at second hand"

    def party(self, transfer: Row, history: Row, positions: list[Row], party: str, is_long: bool) -> str:
        """What a party itself says of the delivery; of the wider class where it is silent on this."""
        name = self.name(transfer[party])
        position = history[f"{party}_position"]
        admission = limit_words(history[f"{party}_admission_limits"])
        denial = limit_words(history[f"{party}_denial_limits"])
        day = self.day_of(history[f"{party}_denial_id"]) if is_long else ""
        if position == "admits":
            return f"{name} admits {part_of(admission)}"
        if position == "denies":
            return f"{name} denies{denial}{day}"
        if position == "admits_and_denies":
            return f"{name} has admitted {part_of(admission)} and denied {part_of(denial)}{day}"
        wider = [
            row
            for row in positions
            if row["party"] == party
            and row["is_wider"]
            and row["word"] == "denies"
            and row["stage"] == "transferred"
        ]
        if wider:
            row = wider[-1]
            system = self.describer.systems[self.describer.transfers[row["of_transfer_id"]]["system_id"]]
            day = self.day_of(row["statement_id"]) if is_long else ""
            return f"{name} denies {CLASSES.get(system['name'], lower(system['name']))} as a whole{day}"
        return f"{name} gives no comment" if position == "declines" else ""

    def day_of(self, statement_id: str | None) -> str:
        """ ", last on such a day", from the statement."""
        if statement_id is None:
            return ""
        said = date_words(self.describer.statements[statement_id]["said"])
        if " to " in said:
            return f", last between {said.replace(' to ', ' and ')}"
        return f", last {said}" if re.match("by|about|from", said) else f", last on {said}"

    def voice(self, row: Row) -> str:
        """What a voice says, without who and of what."""
        return f"{capital(self.describer.voice_words(row))}."

    def position(self, row: Row) -> str:
        """A party's word, without who; of a wider transfer, of which."""
        words = f"{self.describer.position_words(row)}."
        return (
            f"{self.describer.transfers[row['of_transfer_id']]['title']}: {words}"
            if row["is_wider"]
            else words
        )

    def estimate(self, row: Row) -> str:
        """The span of totals in words."""
        return f"{capital(self.describer.estimate_words(row))}."


def most_words_first(voices: list[str], rows: list[Row]) -> list[str]:
    """Voices by how much they said so far, the most first."""
    words = Counter(row["voice_id"] for row in rows)
    return sorted(voices, key=lambda voice: (-words[voice], voice))


def rank(status: str) -> int:
    """How well a stage is claimed, best first."""
    return CLAIMED.index(status) if status in CLAIMED else len(CLAIMED)


def official_voices(voices: list[Row], parties: tuple[str, str]) -> dict[str, str]:
    """The governments and international bodies other than the parties, and which they are."""
    return {
        row["voice_id"]: row["voice_kind"]
        for row in voices
        if row["voice_kind"] in OFFICIAL and row["voice_id"] not in parties
    }


def part_of(limits: str) -> str:
    """What a word with such limits is of."""
    return f"some{limits}" if limits else "it"


def limit_words(limits: str | None) -> str:
    """Limits of a position, behind its verb."""
    return "" if limits in (None, "total") else f" ({LIMITS[limits]})"


def iso(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
