"""Warnings: what is not wrong but worth a look, and how the build prints it."""

from collections import defaultdict
from collections.abc import Iterator

from scripts.normalise.tables import Tables
from scripts.records.reader import Inputs
from scripts.schema.table_schema import Schemas
from scripts.validation.issues import Issue

KEYS = {
    "actors": "actor_id",
    "systems": "system_id",
    "transfers": "transfer_id",
    "sources": "source_id",
    "exhibits": "exhibit_id",
}


def unused_rows(tables: Tables, schemas: Schemas, inputs: Inputs) -> list[Issue]:
    """Rows of the record that no other row names."""
    used: dict[str, set[str]] = {table: set() for table in KEYS}
    for schema in schemas.values():
        coded = set(schema.columns("coded", "keyed"))
        for own, table, _ in schema.foreign_keys:
            if table in used and not schema.is_rule and own[0] in coded:
                used[table] |= set(tables[schema.name][own[0]].dropna())
    systems = tables["systems"]
    used["systems"] |= set(systems.loc[systems["kind"] == "class", "system_id"])
    places = {
        (table, row[key]): place
        for table, key in KEYS.items()
        for row, place in zip(inputs.rows[table], inputs.places[table], strict=True)
    }
    return [
        Issue(
            places[table, row].file,
            places[table, row].line,
            KEYS[table],
            "a row is used by another",
            row,
            "a row that another names",
            "delete it, or use it",
        )
        for table, key in KEYS.items()
        for row in tables[table][key]
        if row not in used[table] and (table, row) in places
    ]


def by_kind(warnings: list[Issue]) -> Iterator[str]:
    """One line for each kind of warning, with its number and where the first ones are."""
    kinds: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for warning in warnings:
        kinds[warning.field, warning.rule].append(warning)
    for (field, rule), issues in kinds.items():
        places = [f"{issue.file}:{issue.line}" for issue in issues[:3]]
        more = ", …" if len(issues) > len(places) else ""
        yield f"warning: {len(issues)} × {field}: {rule} ({', '.join(places)}{more})"
