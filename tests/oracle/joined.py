"""Several random records as one, so that a wrong edit of the rules is tried on all of them by one run."""

import pandas as pd

from scripts.normalise.tables import Tables

# The tables whose rows belong to one record, and their keys; actors and rule tables are shared.
OWN = {
    "sources": "source_id",
    "statements": "statement_id",
    "transfers": "transfer_id",
    "systems": "system_id",
    "exhibits": "exhibit_id",
}


def joined(cases: list[Tables]) -> Tables:
    """The records together; every ID of a record ends in the record's number."""
    numbered = [with_number(record, number) for number, record in enumerate(cases)]
    tables = {name: [record[name] for record in numbered] for name in (*OWN, "transfer_links")}
    return {**cases[0], **{name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()}}


def with_number(record: Tables, number: int) -> Tables:
    ids = {key: f"{key}-{number}" for name, column in OWN.items() for key in record[name][column]}
    return {name: with_ids(record[name], ids) for name in (*OWN, "transfer_links")}


def with_ids(frame: pd.DataFrame, ids: dict[str, str]) -> pd.DataFrame:
    """The frame with other IDs in its columns of IDs; those of actors stay."""
    columns = [frame[name] for name in frame.columns if name.endswith("_id")]
    return frame.assign(
        **{
            str(column.name): pd.array([ids.get(cell, cell) for cell in column], dtype=column.dtype)
            for column in columns
        }
    )
