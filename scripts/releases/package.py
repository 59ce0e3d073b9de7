"""One version of the package as text: its tables, their schemas, and the rules of the derivation.

Two versions are compared only after the older one has been given today's names: of tables and columns that
were renamed, and of IDs that were retired for a successor. What then still differs is a change.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from scripts.releases.store import key

REPEATING = {"claims_flat", "changes"}
Cells = dict[str, str]


@dataclass(frozen=True)
class Package:
    """Its descriptor, its tables (cells as text) by name, and the programs of the derivation (path to text)."""

    descriptor: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    programs: dict[str, str] = field(default_factory=dict)

    @functools.cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The CSV resources compared, by table; tables that repeat others are left out."""
        return {
            resource["name"]: resource
            for resource in self.descriptor["resources"]
            if resource["format"] == "csv" and resource["name"] not in REPEATING
        }

    @functools.cached_property
    def schemas(self) -> dict[str, dict[str, Any]]:
        return {name: resource["schema"] for name, resource in self.resources.items()}

    @functools.cached_property
    def rule_tables(self) -> set[str]:
        return {name for name, resource in self.resources.items() if resource["path"].startswith("rules/")}

    @functools.cached_property
    def _rows(self) -> dict[str, dict[str, Cells]]:
        return {
            table: {row_id(row, schema): row for row in _cells(self.tables[table])}
            for table, schema in self.schemas.items()
            if table in self.tables
        }

    def rows(self, table: str) -> dict[str, Cells]:
        """The rows of a table by ID."""
        return self._rows.get(table, {})

    def renamed(self, tables: dict[str, str], columns: dict[tuple[str, str], str]) -> Package:
        """With other names: `tables` from old to new, `columns` from (new table, old column) to new."""

        def resource_renamed(resource: dict[str, Any]) -> dict[str, Any]:
            if "schema" not in resource:
                return resource
            table = tables.get(resource["name"], resource["name"])
            schema = _schema_renamed(resource["schema"], table, tables, columns)
            return {**resource, "name": table, "schema": schema}

        resources = [resource_renamed(resource) for resource in self.descriptor["resources"]]
        frames = {}
        for name, frame in self.tables.items():
            table = tables.get(name, name)
            names = {old: new for (of_table, old), new in columns.items() if of_table == table}
            frames[table] = frame.rename(columns=names)
        return replace(self, descriptor={**self.descriptor, "resources": resources}, tables=frames)

    def with_successors(
        self, successors: dict[str, dict[str, str]], identities: dict[str, dict[str, str]]
    ) -> Package:
        """With the successor wherever a key leads to a retired ID; by table, from old ID to new.

        `identities` are the successors that are the same row under another ID: the row itself gets it too.
        """
        frames = dict(self.tables)
        for table, schema in self.schemas.items():
            replaced = [(column, successors.get(target)) for column, target in keys_to_rows(table, schema)]
            if len(key(schema)) == 1:
                replaced.append((key(schema)[0], identities.get(table)))
            for column, ids in replaced:
                if ids and table in frames:
                    cells = frames[table][column]
                    frames[table] = frames[table].assign(**{column: cells.map(ids).fillna(cells)})
        return replace(self, tables=frames)


def _cells(table: pd.DataFrame) -> list[Cells]:
    """The rows of a table of text."""
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def _schema_renamed(
    schema: dict[str, Any], table: str, tables: dict[str, str], columns: dict[tuple[str, str], str]
) -> dict[str, Any]:
    def names(of_table: str, old: list[str]) -> list[str]:
        return [columns.get((of_table, name), name) for name in old]

    out = {
        **schema,
        "fields": [{**f, "name": columns.get((table, f["name"]), f["name"])} for f in schema["fields"]],
    }
    if "primaryKey" in schema:
        out["primaryKey"] = names(table, schema["primaryKey"])
    if "uniqueKeys" in schema:
        out["uniqueKeys"] = [names(table, unique) for unique in schema["uniqueKeys"]]
    if "foreignKeys" in schema:
        out["foreignKeys"] = []
        for leads in schema["foreignKeys"]:
            target = tables.get(leads["reference"]["resource"], leads["reference"]["resource"])
            reference = {"resource": target, "fields": names(target or table, leads["reference"]["fields"])}
            out["foreignKeys"].append({"fields": names(table, leads["fields"]), "reference": reference})
    return out


def keys_to_rows(table: str, schema: dict[str, Any]) -> list[tuple[str, str]]:
    """(column, table of the row that it names) of the foreign keys of one column."""
    return [
        (leads["fields"][0], leads["reference"]["resource"] or table)
        for leads in schema.get("foreignKeys", [])
        if len(leads["fields"]) == 1
    ]


def row_id(row: Cells, schema: dict[str, Any]) -> str:
    """The cells of the key, joined by a space."""
    return " ".join(row[column] for column in key(schema))


def is_derived(schema: dict[str, Any], column: str = "") -> bool:
    """Whether the column, or without one every column of the table, is computed."""
    return all(
        field.get("provenance", field.get("made_by")) == "derived"
        for field in schema["fields"]
        if column in ("", field["name"])
    )
