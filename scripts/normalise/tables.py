"""What worded names, dates (D2) and numbers (Q3) mean: the derived cells that follow from one row and the rule tables.

Tables are pandas frames by table name with the columns and types of their schemas. A cell whose written operands are
wrong stays blank here; the row rules in `scripts/validation/` say what is wrong with them.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from scripts.normalise import dates, quantities

Tables = dict[str, pd.DataFrame]
Row = dict[str, Any]
Lookup = dict[str, Row]
Result = TypeVar("Result")
# What is read of a statement: to tell whether the outlet adds it, to date its words and its event, to bound its number.
ADDED = ["attribution", "relays_statement_id"]
CHAIN = ["source_id", "original_source_id", *ADDED]
UTTERANCE = [*CHAIN, "said_basis", "said_stated", "said_rule"]
EVENT = [*CHAIN, "event_stated", "event_rule"]
QUANTITY = ["value_modifier", "unit", "aspect", "value", "value2"]


def normalise_tables(tables: Tables) -> Tables:
    """The same tables with names, dates and bounds filled in."""
    tables = dict(tables)
    tables["sources"] = with_publication_dates(tables["sources"])
    tables["systems"] = with_names(tables["systems"], tables["system_names"])
    tables["statements"] = with_bounds(with_dates(tables["statements"], tables), tables)
    return tables


def fill(frame: pd.DataFrame, columns: dict[str, list[Any]]) -> pd.DataFrame:
    """A copy of the frame with the given columns replaced; each keeps its type."""
    return frame.assign(
        **{
            name: pd.Series(values, index=frame.index, dtype=frame[name].dtype)
            for name, values in columns.items()
        }
    )


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows as dicts, blank cells None."""
    rows: list[Row] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def by_key(frame: pd.DataFrame, key: str) -> Lookup:
    """The rows as dicts by one column."""
    return {row[key]: row for row in records(frame)}


def with_publication_dates(sources: pd.DataFrame) -> pd.DataFrame:
    """First and last day of publication."""
    spans = [_span(published) for published in sources["published"]]
    return fill(
        sources,
        {"published_min": [first for first, _ in spans], "published_max": [last for _, last in spans]},
    )


def with_names(systems: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """The designation of each system."""
    designations = names[names["kind"] == "designation"].drop_duplicates("system_id")
    chosen = designations.set_index("system_id")["name"]
    return fill(systems, {"name": systems["system_id"].map(chosen).tolist()})


def with_dates(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """When each statement was made, and when what it speaks of happens."""
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")
    out: dict[str, list[Any]] = {
        name: [] for name in ("said", "said_min", "said_max", "event", "event_min", "event_max")
    }
    for row in records(statements[list(dict.fromkeys([*UTTERANCE, *EVENT]))]):
        published = publication(row, sources)
        said = _none_if_invalid(utterance_date, row, published, rules)
        event = _none_if_invalid(event_date, row, said, published, rules)
        for name, text in (("said", said), ("event", event)):
            first, last = _span(text)
            out[name].append(text)
            out[f"{name}_min"].append(first)
            out[f"{name}_max"].append(last)
    return fill(statements, out)


def with_bounds(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The bounds that each worded number states, in the canonical unit."""
    lookups = quantity_lookups(tables)
    blank = (None, None, None, None)
    bounds = [_none_if_invalid(bounds_of, row, *lookups) or blank for row in records(statements[QUANTITY])]
    columns = ("low", "point", "high", "canonical_unit")
    return fill(statements, {name: [row[i] for row in bounds] for i, name in enumerate(columns)})


def publication(row: Row, sources: Lookup) -> str | None:
    """Day of publication (EDTF) of the earliest outlet in the chain: what is read, what it copies, what it retells.

    What an outlet adds in its own voice it did not say before its own page, whatever that page retells.
    """
    read = sources.get(row["source_id"], {})
    retold = None if is_added_by_outlet(row) else row["original_source_id"]
    chain = [
        sources[key] for key in (row["source_id"], read.get("copy_of_source_id"), retold) if key in sources
    ]
    dated = [source for source in chain if source["published_max"]]
    return min(dated, key=lambda source: source["published_max"])["published"] if dated else None


def is_added_by_outlet(row: Row) -> bool:
    """Whether the outlet adds the statement, in its own voice, to what its page retells."""
    return row["attribution"] == "own_voice" and row["relays_statement_id"] is None


def utterance_date(row: Row, published: str | None, rules: Lookup) -> str:
    """When the words were spoken (D2); ValueError where the written cells do not allow it."""
    stated, rule_name, basis = row["said_stated"], row["said_rule"], row["said_basis"]
    if basis in ("publication", "before_publication"):
        day = _given(published, "the day of publication")
        return day if basis == "publication" else f"../{day.rpartition('/')[2]}"
    if rule_name is None:
        day = _given(stated, "said_stated")
        dates.parse(day)
        return day
    rule = _row_of(rules, rule_name)
    if rule["reference"] == "stated":
        return dates.resolve(rule, _given(stated, "said_stated"))
    return dates.resolve(rule, _given(published, "the day of publication"))


def event_date(row: Row, said: str | None, published: str | None, rules: Lookup) -> str | None:
    """When the proposition holds (D2); blank without a date or a relative word."""
    stated: str | None = row["event_stated"]
    if row["event_rule"] is None:
        if stated is not None:
            dates.parse(stated)
        return stated
    rule = _row_of(rules, row["event_rule"])
    references = {"said": said, "publication": published, "stated": stated}
    return dates.resolve(rule, _given(references.get(rule["reference"]), rule["reference"]))


def quantity_lookups(tables: Tables) -> tuple[Lookup, Lookup, Lookup]:
    """Modifiers, units and aspects by name."""
    return (
        by_key(tables["quantities"], "modifier"),
        by_key(tables["units"], "unit"),
        by_key(tables["aspects"], "aspect"),
    )


def bounds_of(row: Row, modifiers: Lookup, units: Lookup, aspects: Lookup) -> tuple[Any, ...]:
    """(low, point, high, canonical_unit) of a statement (Q3); all None without a modifier."""
    if row["value_modifier"] is None or row["unit"] is None:
        return None, None, None, None
    unit, aspect = _row_of(units, row["unit"]), _row_of(aspects, row["aspect"])
    modifier, exact = _row_of(modifiers, row["value_modifier"]), _row_of(modifiers, "exact")
    if None in (unit["factor"], unit["is_count"], modifier["operands"]):
        raise ValueError(f"{row['unit']} or {row['value_modifier']} has no factor or operands")
    low, point, high = quantities.bounds(
        modifier, row["value"], row["value2"], unit, bool(aspect["is_maximum"]), exact
    )
    return low, point, high, unit["canonical_unit"]


def _given(text: str | None, name: str) -> str:
    if text is None:
        raise ValueError(f"{name} is blank")
    return text


def _row_of(rows: Lookup, key: str) -> Row:
    if key not in rows:
        raise ValueError(f"{key!r} is not in the rule table")
    return rows[key]


def _span(text: Any) -> dates.Bounds:
    if not isinstance(text, str):
        return None, None
    return _none_if_invalid(dates.parse, text) or (None, None)


def _none_if_invalid(function: Callable[..., Result], *arguments: Any) -> Result | None:
    """What the function gives; None where the written cells do not allow it. Any other error is one of the program."""
    try:
        return function(*arguments)
    except ValueError:
        return None
