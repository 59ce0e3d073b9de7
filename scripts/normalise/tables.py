"""What worded names, dates (D2) and numbers (Q3) mean: the derived cells that follow from one row and the rule tables.

Tables are pandas frames by table name with the columns and types of their schemas. A cell whose written operands are
wrong stays blank here; `row_rules.py` and `statement_rules.py` say what is wrong with them.
"""

import pandas as pd
import pyarrow as pa

from scripts.normalise import dates, quantities

Tables = dict[str, pd.DataFrame]


def read_words(tables: Tables) -> Tables:
    """The same tables with names, dates and bounds filled in."""
    tables = dict(tables)
    tables["sources"] = _published(tables["sources"])
    tables["systems"] = _named(tables["systems"], tables["system_names"])
    tables["statements"] = _bounded(_dated(tables["statements"], tables), tables)
    return tables


def fill(frame: pd.DataFrame, columns: dict[str, list]) -> pd.DataFrame:
    """A copy of the frame with the given columns replaced; each keeps its type."""
    return frame.assign(
        **{
            name: pd.Series(values, index=frame.index, dtype=frame[name].dtype)
            for name, values in columns.items()
        }
    )


def records(frame: pd.DataFrame) -> list[dict]:
    """The rows as dicts, blank cells None."""
    return pa.Table.from_pandas(frame, preserve_index=False).to_pylist()


def by_key(frame: pd.DataFrame, key: str) -> dict[str, dict]:
    """The rows as dicts by one column."""
    return {row[key]: row for row in records(frame)}


def _published(sources: pd.DataFrame) -> pd.DataFrame:
    spans = [_span(published) for published in sources["published"]]
    return fill(
        sources,
        {"published_min": [first for first, _ in spans], "published_max": [last for _, last in spans]},
    )


def _named(systems: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    chosen = names[names["kind"] == "designation"].drop_duplicates("system_id").set_index("system_id")["name"]
    return fill(systems, {"name": systems["system_id"].map(chosen).tolist()})


def _span(text) -> dates.Bounds:
    try:
        return dates.parse(text) if isinstance(text, str) else (None, None)
    except ValueError:
        return None, None


def _dated(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")
    out = {name: [] for name in ("said", "said_min", "said_max", "event", "event_min", "event_max")}
    for row in records(statements):
        published = publication(row, sources)
        said = _attempt(said_of, row, published, rules)
        event = _attempt(event_of, row, said, published, rules)
        for name, text in (("said", said), ("event", event)):
            first, last = _span(text)
            out[name].append(text)
            out[f"{name}_min"].append(first)
            out[f"{name}_max"].append(last)
    return fill(statements, out)


def publication(row: dict, sources: dict[str, dict]) -> str | None:
    """Day of publication (EDTF) of the earliest outlet in the chain: the document read, what it copies, what it retells."""
    read = sources.get(row["source_id"], {})
    chain = [
        sources[key]
        for key in (row["source_id"], read.get("copy_of_source_id"), row["original_source_id"])
        if key in sources
    ]
    dated = [source for source in chain if source["published_max"]]
    return min(dated, key=lambda source: source["published_max"])["published"] if dated else None


def said_of(row: dict, published: str, rules: dict) -> str:
    """When the words were spoken (D2); ValueError or KeyError where the written cells do not allow it."""
    if row["said_basis"] == "publication":
        return published
    if row["said_basis"] == "before_publication":
        return f"../{published.rpartition('/')[2]}"
    if row["said_rule"] is None:
        dates.parse(row["said_stated"])
        return row["said_stated"]
    rule = rules[row["said_rule"]]
    return dates.resolve(rule, row["said_stated"] if rule["reference"] == "stated" else published)


def event_of(row: dict, said: str | None, published: str, rules: dict) -> str | None:
    """When the proposition holds (D2); blank without a date or a relative word."""
    if row["event_rule"] is None:
        if row["event_stated"] is not None:
            dates.parse(row["event_stated"])
        return row["event_stated"]
    rule = rules[row["event_rule"]]
    return dates.resolve(
        rule, {"said": said, "publication": published, "stated": row["event_stated"]}[rule["reference"]]
    )


def _attempt(function, *arguments):
    try:
        return function(*arguments)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _bounded(statements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    lookups = quantity_lookups(tables)
    out = [_attempt(bounds_of, row, *lookups) or (None, None, None, None) for row in records(statements)]
    return fill(
        statements,
        {name: [row[i] for row in out] for i, name in enumerate(("low", "point", "high", "canonical_unit"))},
    )


def quantity_lookups(tables: Tables) -> tuple[dict, dict, dict]:
    return (
        by_key(tables["quantities"], "modifier"),
        by_key(tables["units"], "unit"),
        by_key(tables["aspects"], "aspect"),
    )


def bounds_of(row: dict, modifiers: dict, units: dict, aspects: dict) -> tuple:
    """(low, point, high, canonical_unit) of a statement (Q3); all None without a modifier."""
    if row["value_modifier"] is None or row["unit"] is None:
        return None, None, None, None
    unit, aspect = units[row["unit"]], aspects[row["aspect"]]
    found = quantities.bounds(
        modifiers[row["value_modifier"]],
        row["value"],
        row["value2"],
        unit,
        aspect["is_maximum"],
        modifiers["exact"],
    )
    return *found, unit["canonical_unit"]
