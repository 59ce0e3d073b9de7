"""Utterances that several documents tell and whose rows cannot all be right.

Two explicit rows of different documents are compared where
- one retells the other (relays_statement_id), or
- neither retells a row, and both have the same speaker, the same subject (one transfer or one system), the same stage
  or the next (the same aspect, where it has none) and the same single day of the words. A day that is only that of
  publication may be the day after, or
- neither retells a row, and both have the same speaker and stage (or aspect), the same number above three with its
  unit and days of the words at most two apart, but not the same subject.

They differ in
- stance, polarity or certainty;
- aspect, unless one retells the other: a retelling may shift it;
- limits, where both have any; `unclear`, the limit that stands in a paraphrase only, goes with any limit but `total`;
- number, modifier, unit, scope or pooled, where both have a number;
- said or event, where their days have none in common (a day of publication says that the words were said by then);
- speaks_for_id, authority or anonymity, where the speaker is the same;
- relays_statement_id, where neither points to the other although one is coded from a retelling.

A speaker often says several things of one subject. So two rows that retell nothing are left out where one of them
agrees with another row of the other's document, where their events have no day in common, and where their numbers have
different units or differ in value and in scope (a night's number and that of the year). A pair is decided where the
coder_note of one row names the ID of the other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, NamedTuple

from scripts.normalise.tables import Row, Tables, records

ALWAYS_ALIKE = ("stance", "polarity", "certainty")
NUMBER = ("value_modifier", "value", "value2", "unit", "scope", "pooled")
SPEAKER = ("speaks_for_id", "authority", "anonymity")
SUBJECT = ("transfer_id", "system_id")
POINTER = "relays_statement_id"
NEXT_STAGE = {"talks": "agreed", "agreed": "transferred"}

Days = tuple[date | None, date | None]


class Utterance(NamedTuple):
    """What its rows have in common."""

    said: date
    speaker_id: str
    subject_id: str
    stage: str


@dataclass(frozen=True)
class Pair:
    """Two rows of one utterance with the columns that cannot both be right."""

    first: Row
    second: Row
    columns: tuple[str, ...]

    @property
    def is_decided(self) -> bool:
        """The note of one row names the other."""
        return _names(self.first, self.second) or _names(self.second, self.first)


def unlike_pairs(tables: Tables) -> list[Pair]:
    """Every pair that differs, decided or not, by the IDs of its rows; the row that is retold stands first."""
    rows = {
        row["statement_id"]: row for row in records(tables["statements"]) if row["explicitness"] == "explicit"
    }
    retelling = [
        Pair(rows[row[POINTER]], row, _columns(rows[row[POINTER]], row))
        for row in rows.values()
        if row[POINTER] in rows
    ]
    pairs = [pair for pair in retelling if pair.columns]
    pairs += _pairs_that_retell_nothing(rows.values()) + _pairs_of_one_number(rows.values())
    return sorted(pairs, key=lambda pair: (pair.first["statement_id"], pair.second["statement_id"]))


def groups(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The pairs that share a row, together, in the order of their first pairs."""
    group_of: dict[str, list[Pair]] = {}
    for pair in pairs:
        ids = (pair.first["statement_id"], pair.second["statement_id"])
        joined = [pair]
        for group in {id(group_of[key]): group_of[key] for key in ids if key in group_of}.values():
            joined = group + joined
        for member in joined:
            group_of[member.first["statement_id"]] = group_of[member.second["statement_id"]] = joined
    return list({id(group): group for group in group_of.values()}.values())


def lines(group: list[Pair]) -> list[str]:
    """What the rows are about, then one line a row: its ID, its cells that differ within the group, its summary."""
    first = group[0].first
    differing = {column for pair in group for column in pair.columns}
    columns = [column for column in first if column in differing]
    rows = {row["statement_id"]: row for pair in group for row in (pair.first, pair.second)}
    about = [first["said"], first["speaker_id"], first["transfer_id"] or first["system_id"], first["aspect"]]
    heading = f"{' '.join(filter(None, about))}: {', '.join(columns)}"
    told = [
        f"  {key}: {', '.join(str(row[column]) for column in columns)} | {row['summary']}"
        for key, row in rows.items()
    ]
    return [heading, *told]


def _pairs_that_retell_nothing(rows: Iterable[Row]) -> list[Pair]:
    alike: set[tuple[str, str]] = set()
    compared: dict[tuple[str, str], Pair] = {}
    for told in _by_utterance(rows).values():
        for first, second in combinations(told, 2):
            if first["source_id"] == second["source_id"] or not _may_be_of_one_day(first, second):
                continue
            pair = Pair(first, second, _columns(first, second))
            compared[first["statement_id"], second["statement_id"]] = pair
            if not pair.columns:
                alike |= {
                    (first["statement_id"], second["source_id"]),
                    (second["statement_id"], first["source_id"]),
                }
    return [
        pair
        for pair in compared.values()
        if pair.columns
        and not _are_two_claims(pair)
        and (pair.first["statement_id"], pair.second["source_id"]) not in alike
        and (pair.second["statement_id"], pair.first["source_id"]) not in alike
    ]


def _pairs_of_one_number(rows: Iterable[Row]) -> list[Pair]:
    """Rows of different documents that give one number of one speaker to different subjects."""
    told: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        is_dated = row["said_min"] is not None and row["said_max"] is not None
        is_outlet = row["anonymity"] == "anonymous_undescribed"
        if is_dated and not is_outlet and not row[POINTER] and (row["value"] or 0) > 3:
            stage = row["stage"] or row["aspect"]
            told[row["speaker_id"], stage, row["value"], row["unit"]].append(row)
    pairs = (
        Pair(first, second, tuple(column for column in SUBJECT if first[column] != second[column]))
        for alike in told.values()
        for first, second in combinations(alike, 2)
        if first["source_id"] != second["source_id"]
        and abs(first["said_min"] - second["said_min"]) <= timedelta(days=2)
    )
    return [pair for pair in pairs if pair.columns]


def _by_utterance(rows: Iterable[Row]) -> dict[Utterance, list[Row]]:
    """The rows that retell no row, by what they say on which day.

    A row stands under its stage and the next, and one that is dated by its page under the day before too.
    """
    found: dict[Utterance, list[Row]] = defaultdict(list)
    for row in rows:
        day = row["said_min"]
        if row[POINTER] or day is None or day != row["said_max"]:
            continue
        is_dated_by_page = row["said_basis"] == "publication"
        days = [day, day - timedelta(days=1)] if is_dated_by_page else [day]
        stage = row["stage"] or row["aspect"]
        stages = [stage, NEXT_STAGE[stage]] if stage in NEXT_STAGE else [stage]
        for said, near in product(days, stages):
            subject = row["transfer_id"] or row["system_id"]
            found[Utterance(said, row["speaker_id"], subject, near)].append(row)
    return found


def _may_be_of_one_day(first: Row, second: Row) -> bool:
    """One day, or the later one is dated by its page."""
    later = max(first, second, key=lambda row: row["said_min"])
    return first["said"] == second["said"] or bool(later["said_basis"] == "publication")


def _columns(first: Row, second: Row) -> tuple[str, ...]:
    """The columns in which two rows of one utterance cannot both be right."""
    compared = [*ALWAYS_ALIKE]
    if not _retells(second, first):
        compared.append("aspect")
    if first["value_text"] and second["value_text"]:
        compared += NUMBER
    if first["speaker_id"] == second["speaker_id"]:
        compared += SPEAKER
    found = [column for column in compared if first[column] != second[column]]
    if not _limits_agree({first["limits"], second["limits"]}):
        found.append("limits")
    if _are_apart(_days_of_words(first), _days_of_words(second)):
        found.append("said")
    if _are_apart(_days_of_event(first), _days_of_event(second)):
        found.append("event")
    if not _retells(second, first) and not first["coded_from"] == second["coded_from"] == "original":
        found.append(POINTER)
    return tuple(found)


def _retells(row: Row, other: Row) -> bool:
    return bool(row[POINTER] == other["statement_id"])


def _are_two_claims(pair: Pair) -> bool:
    """Their events have no day in common, or their numbers count different things."""
    return "event" in pair.columns or "unit" in pair.columns or {"value", "scope"} <= set(pair.columns)


def _limits_agree(limits: set[str | None]) -> bool:
    return len(limits) == 1 or None in limits or ("unclear" in limits and "total" not in limits)


def _days_of_words(row: Row) -> Days:
    """The first day, None where only the publication dates the words, and the last."""
    return None if row["said_basis"] == "publication" else row["said_min"], row["said_max"]


def _days_of_event(row: Row) -> Days:
    return row["event_min"], row["event_max"]


def _are_apart(first: Days, second: Days) -> bool:
    """The days of one end before those of the other begin. (An open end never does.)"""
    return _ends_before(first, second) or _ends_before(second, first)


def _ends_before(days: Days, others: Days) -> bool:
    return days[1] is not None and others[0] is not None and days[1] < others[0]


def _names(row: Row, other: Row) -> bool:
    return other["statement_id"] in (row["coder_note"] or "")
