"""Whether a release holds a record, by its ID."""

from pathlib import Path

import pandas as pd

from scripts.releases import store


def why_absent(record: str, version: str, root: Path) -> str | None:
    """Why the release does not hold the record; None where it does."""
    descriptor = store.descriptor(root, version)
    keys = {
        resource["name"]: resource["schema"]["primaryKey"][0]
        for resource in descriptor["resources"]
        if resource["format"] == "csv"
        and len(resource["schema"].get("primaryKey", [])) == 1
        and resource["schema"]["primaryKey"][0].endswith("_id")
        and resource["name"] != "retired_ids"
    }
    tables = store.tables(root, version, *keys, "retired_ids")
    if any(record in set(tables[table][column]) for table, column in keys.items()):
        return None
    return _retirement(record, tables["retired_ids"]) or (
        f"{record}: no such record in {version}; IDs are in the first column of {', '.join(keys)}"
    )


def _retirement(record: str, retired_ids: pd.DataFrame) -> str | None:
    row = retired_ids[retired_ids["retired_id"] == record]
    if row.empty:
        return None
    version, reason, successor = row[["retired_in", "reason", "successor_id"]].iloc[0]
    use = f" Use {successor}." if successor else ""
    return f"{record} was retired in {version}: {reason}{use}"
