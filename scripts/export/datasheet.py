"""docs/datasheet.md: what the dataset is, how it was made and who answers for it, its numbers counted.

The words are in `datasheet.md` beside this file.
"""

from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from scripts.export import citation
from scripts.normalise.tables import Tables

WORDS = Path(__file__).with_name("datasheet.md")


def datasheet(built: Tables, metadata: dict[str, Any]) -> bytes:
    """The page."""
    words = Template(WORDS.read_text(encoding="utf-8"))
    return words.substitute(_facts(built, metadata)).encode()


def _facts(built: Tables, metadata: dict[str, Any]) -> dict[str, object]:
    """What the page says of this version, by the name it has there."""
    statements, sources = built["statements"], built["sources"]
    read = sources[sources["extent"] != "not_consulted"]
    coded = sources[sources["source_id"].isin(statements["source_id"])]
    n_full = int((coded["extent"] == "full").sum())
    return {
        "citation": citation.sentence(metadata),
        "n_statements": len(statements),
        "n_coded": len(coded),
        "n_read": len(read),
        "n_sources": len(sources),
        "n_transfers": len(built["transfers"]),
        "n_systems": len(built["systems"]),
        "n_actors": len(built["actors"]),
        "n_searches": len(built["search_log"]),
        "n_relays": int(statements["relays_statement_id"].notna().sum()),
        "n_full": n_full,
        "n_partly": len(coded) - n_full,
        "stances": listed(statements["stance"].value_counts()),
        "kinds": listed(coded["kind"].value_counts()),
        "languages": listed(coded["language"].value_counts()),
        "days": listed(coded["consulted_on"].value_counts()),
        "first_day": read["published_min"].min(),
        "last_day": read["published_max"].max(),
        "contact": _contact(metadata),
        **{name: metadata[name] for name in ("steward", "update_rhythm", "licence_data", "licence_code")},
    }


def _contact(metadata: dict[str, Any]) -> str:
    where = f" ({metadata['repository']})" if metadata.get("repository") else ""
    mail = f", or write to {metadata['contact']}" if metadata.get("contact") else ""
    return f"Open an issue in the project's repository{where} and name the ID of the row{mail}."


def listed(counts: "pd.Series[int]") -> str:
    """'en 31, ru 4' from counts, the largest first, ties by name."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return ", ".join(f"{name} {count}" for name, count in ordered)
