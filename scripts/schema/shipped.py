"""The schemas that a package on disk brings with it: its descriptor, as `Schema` objects."""

from typing import Any

from scripts.schema.table_schema import ARROW_TYPES, Schema, SchemaError, Schemas


def shipped_schemas(package: dict[str, Any]) -> Schemas:
    """The schema of every table of a descriptor that holds to the official profile; SchemaError on unknown types."""
    return {
        resource["name"]: _schema(resource)
        for resource in package["resources"]
        if resource.get("format") == "csv"
    }


def _schema(resource: dict[str, Any]) -> Schema:
    name, table = resource["name"], resource["schema"]
    fields = [{"provenance": "coded", "constraints": {}, **field} for field in table["fields"]]
    for field in fields:
        if field.get("type") not in ARROW_TYPES:
            raise SchemaError(f"datapackage.json, {name}.{field['name']}: unknown type {field.get('type')}")
    keys = [
        (key["fields"], key["reference"].get("resource") or name, key["reference"]["fields"])
        for key in table.get("foreignKeys", [])
    ]
    folder, _, _ = resource["path"].rpartition("/")
    return Schema(
        name,
        resource.get("title", name),
        resource.get("description", ""),
        fields,
        {"folder": folder},
        table.get("primaryKey", []),
        table.get("uniqueKeys", []),
        keys,
        folder == "rules",
    )


def differences(shipped: Schemas, current: Schemas) -> list[str]:
    """The tables whose columns or types differ between a package and the schemas of a checkout."""

    def columns(schemas: Schemas, name: str) -> list[tuple[str, str]]:
        return [(field["name"], field["type"]) for field in schemas[name].fields] if name in schemas else []

    shared = [name for name, schema in current.items() if not schema.record.get("internal")]
    return [name for name in {*shipped, *shared} if columns(shipped, name) != columns(current, name)]
