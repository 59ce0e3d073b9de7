"""How many of the events that the record should hold it does hold, by half-year and by theme."""

from collections import Counter
from typing import Any

from scripts.normalise.tables import Tables

COLUMNS = {
    "yes": "in the record",
    "other_date": "another day of it",
    "no": "not found",
    "no_claim": "pages claim nothing",
}


def block(tables: Tables) -> str:
    """The table, in Markdown: every direction and half-year, every theme, all; the share leaves out `no_claim`."""
    events = tables["reference_events"].to_dict("records")
    lines = [
        f"| stratum | events | {' | '.join(COLUMNS.values())} | of 100 that claim something |",
        f"|{'---|' * (len(COLUMNS) + 3)}",
    ]
    for name, counts in strata(events).items():
        cells = " | ".join(str(counts[found]) for found in COLUMNS)
        claiming = counts.total() - counts["no_claim"]
        share = f"{100 * counts['yes'] / claiming:.0f}" if claiming else ""
        lines.append(f"| {name} | {counts.total()} | {cells} | {share} |")
    return "\n".join(lines) + "\n"


def strata(events: list[dict[Any, Any]]) -> dict[str, Counter[str]]:
    """Events counted by what the record holds of them, per stratum."""
    counted: dict[str, Counter[str]] = {}
    for name in (half_year_of, theme_of):
        for stratum in sorted({name(event) for event in events}):
            counted[stratum] = Counter(event["found"] for event in events if name(event) == stratum)
    return counted | {"all": Counter(event["found"] for event in events)}


def half_year_of(event: dict[Any, Any]) -> str:
    """Direction and half-year, the second half from July; a year alone is its own stratum."""
    year, month = event["date"][:4], event["date"][5:7]
    half = f" {'first' if int(month) < 7 else 'second'} half" if month.isdigit() else ""
    return f"{event['direction']}, {year}{half}"


def theme_of(event: dict[Any, Any]) -> str:
    """The theme, in words."""
    return str(event["theme"]).replace("_", " ")
