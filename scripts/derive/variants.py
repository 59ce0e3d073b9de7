"""Derives a package again from fewer statements or by other rules, and says which derived cells move."""

from pathlib import Path

import pandas as pd

from scripts.normalise.tables import Row, Tables, records

KEYS = {
    "transfers": ["transfer_id"],
    "systems": ["system_id"],
    "estimates": ["transfer_id", "system_id", "measure", "unit", "known_from"],
}


def without_voice(statements: pd.DataFrame, voices: pd.DataFrame, voice_ids: set[str]) -> pd.Series:
    """Statements that are not the word of these voices; a joint text goes only if all its signatories do."""
    signed = voices[["statement_id", "voice_id"]].drop_duplicates()
    kept = set(signed.loc[~signed["voice_id"].isin(voice_ids), "statement_id"])
    gone = set(signed.loc[signed["voice_id"].isin(voice_ids), "statement_id"]) - kept
    return ~statements["statement_id"].isin(gone) & ~statements["voice_id"].isin(voice_ids)


def without_source(statements: pd.DataFrame, source_ids: set[str]) -> pd.Series:
    """Statements neither in these sources nor retold from them, at any depth."""
    gone = statements["source_id"].isin(source_ids) | statements["original_source_id"].isin(source_ids)
    while True:
        retold = gone | statements["relays_statement_id"].isin(statements.loc[gone, "statement_id"])
        if (retold == gone).all():
            return ~gone
        gone = retold


def without_unnamed(statements: pd.DataFrame) -> pd.Series:
    """Statements whose speaker is named."""
    return ~statements["anonymity"].str.startswith("anonymous")


def moved(before: Tables, after: Tables) -> list[str]:
    """One line per cell of transfers, systems and estimates that differs, and a count at the end."""
    lines = []
    for table, key in KEYS.items():
        old, new = (_by_key(frame[table], key) for frame in (before, after))
        for row_id in sorted(old.keys() | new.keys()):
            for column in before[table].columns:
                was, now = old.get(row_id, {}).get(column), new.get(row_id, {}).get(column)
                if was != now:
                    lines.append(f"{table} {row_id} {column}: {_shown(was)} → {_shown(now)}")
    return [*lines, f"{len(lines)} cells move"]


def write(tables: Tables, folder: Path) -> None:
    """The derived tables as CSV in a folder that does not exist yet; FileExistsError where it does."""
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)


def _by_key(frame: pd.DataFrame, key: list[str]) -> dict[str, Row]:
    return {
        " ".join(str(row[column]) for column in key if row[column] is not None): row for row in records(frame)
    }


def _shown(cell: object) -> str:
    return "blank" if cell is None else str(cell)
