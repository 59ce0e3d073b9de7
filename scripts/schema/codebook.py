"""`docs/codebook.md`, rendered from the schemas, the rule tables and the row rules."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import Schema

HEAD = """# Codebook

Generated from `schemas/`, `rules/` and the row rules by `make data`; change those, never this page.

Every blank cell means: not stated, not applicable or not derivable. *Provenance* says where a column comes from:
**coded** by a coder in `records/`, **keyed** by where the record is, **derived** by a published rule. Dates are EDTF
(`2022-11`, `2022-11-02~`, `../2022-11-02`) where the type is string, ISO days where it is date.
Countries are ISO 3166-1 alpha-3, languages BCP 47, scripts ISO 15924.
"""


class DescribedRule(Protocol):
    """A row rule, as the page shows it."""

    @property
    def field(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def allowed(self) -> str: ...
    @property
    def is_warning(self) -> bool: ...


def render(tables: Tables, schemas: dict[str, Schema], rules: Mapping[str, Iterable[DescribedRule]]) -> str:
    """The whole page."""
    shipped = [schema for schema in schemas.values() if not schema.record.get("internal")]
    parts = [
        HEAD,
        "\n".join(
            f"- [{schema.title}](#{_slug(schema.title)}): {schema.description.split('. ')[0].rstrip('.')}."
            for schema in shipped
        ),
    ]
    parts += [_table(schema, tables, rules.get(schema.name, [])) for schema in shipped]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def column_rows(names: Iterable[str], schemas: dict[str, Schema]) -> list[dict[str, Any]]:
    """One row for each column of the tables named: what it is called, its type, who fills it, what it means."""
    return [
        {
            "table_name": name,
            "column_name": field["name"],
            "type": field["type"],
            "provenance": field["provenance"],
            "description": field["description"],
            "allowed": ", ".join(field["constraints"].get("enum", [])) or None,
        }
        for name in names
        for field in schemas[name].fields
    ]


def _slug(title: str) -> str:
    return "".join(c for c in title.lower() if c.isalnum() or c in " -").replace(" ", "-")


def _table(schema: Schema, tables: Tables, rules: Iterable[DescribedRule]) -> str:
    keys = [
        f"Key: {', '.join(f'`{column}`' for column in schema.primary_key)}." if schema.primary_key else ""
    ]
    keys += [f"`{own[0]}` leads to `{table}`." for own, table, _ in schema.foreign_keys]
    parts = [
        f"## {schema.title}",
        f"`{schema.csv_path}`. {schema.description}",
        " ".join(filter(None, keys)),
        _columns(schema),
    ]
    for field in schema.fields:
        if "categories" in field and "same_as" not in field and "path" not in field:
            parts.append(f"**`{field['name']}`** — {field['description']}")
            parts.append(
                "\n".join(
                    f"- `{category['value']}`: {category['description']}" for category in field["categories"]
                )
            )
    refused = [rule for rule in rules if not rule.is_warning]
    if refused:
        parts.append("**In every row must also hold:**")
        parts.append("\n".join(f"- `{rule.field}`: {_sentence(rule)}" for rule in refused))
    if schema.is_rule:
        parts.append(_contents(tables[schema.name]))
    return "\n\n".join(parts)


def _sentence(rule: DescribedRule) -> str:
    """The rule, and what is allowed."""
    return f"{rule.message}. Allowed: {rule.allowed}."


def _columns(schema: Schema) -> str:
    lines = ["| column | type | provenance | description | example |", "|---|---|---|---|---|"]
    for field in schema.fields:
        need = ", required" if field["constraints"].get("required") else ""
        cells = [
            f"`{field['name']}`",
            f"{field['type']}{need}",
            field["provenance"],
            _cell(field["description"]),
            f"`{_cell(field['example'])}`",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _contents(table: pd.DataFrame) -> str:
    rows = table.astype(object).where(table.notna(), "").itertuples(index=False)
    head = [f"| {' | '.join(table.columns)} |", "|" + "---|" * len(table.columns)]
    return "\n".join(head + [f"| {' | '.join(_cell(_plain(value)) for value in row)} |" for row in rows])


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
