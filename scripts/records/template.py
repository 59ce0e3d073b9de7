"""The annotated keys of a new record."""

import textwrap

from scripts.records.strict_yaml import TEMPLATE_COMMENT
from scripts.schema.table_schema import Field, Schema, Schemas, nested


def template(schema: Schema, schemas: Schemas) -> str:
    """Every key of one record with what it means, nested tables with one empty entry each."""
    lines = []
    if number := schema.record.get("number"):
        lines += [f"{TEMPLATE_COMMENT} Number of the row in this document; never used again.", f"{number}: 1"]
    for field in schema.fields:
        if field["provenance"] == "coded":
            lines += _annotated(field)
    for child in nested(schema.name, schemas):
        lines += _entry(child, schemas)
    return "".join(f"{line}\n" for line in lines)


def _annotated(field: Field) -> list[str]:
    constraints = field["constraints"]
    need = "REQUIRED. " if constraints.get("required") else ""
    allowed = f" One of: {', '.join(constraints['enum'])}." if "enum" in constraints else ""
    note = f"{need}{field['description']}{allowed} Example: {field['example']}"
    return [*(f"{TEMPLATE_COMMENT} {part}" for part in textwrap.wrap(note, 110)), f"{field['name']}:"]


def _entry(child: Schema, schemas: Schemas) -> list[str]:
    """The key of a nested table and one entry below it: the dash is before its first key."""
    body = template(child, schemas).splitlines()
    first = next(i for i, line in enumerate(body) if not line.startswith(TEMPLATE_COMMENT))
    return [
        f"{child.record['key']}:",
        *(f"  {line}" for line in body[:first]),
        f"  - {body[first]}",
        *(f"    {line}" for line in body[first + 1 :]),
    ]
