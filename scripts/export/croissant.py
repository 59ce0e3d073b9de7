"""`croissant.json`: the tables as schema.org/Croissant 1.1, for search engines of datasets and for machine
learning tools.
"""

import hashlib
import json
from typing import Any

import mlcroissant as mlc

from scripts.export import citation
from scripts.schema.table_schema import Schema

TYPES = {
    "string": mlc.DataType.TEXT,
    "integer": mlc.DataType.INTEGER,
    "number": mlc.DataType.FLOAT,
    "boolean": mlc.DataType.BOOL,
    "date": mlc.DataType.DATE,
}


def croissant(metadata: dict[str, Any], schemas: dict[str, Schema], files: dict[str, bytes]) -> bytes:
    """Every CSV of `files` (path to bytes) as one file and one record set; addresses are relative to this file."""
    context = mlc.Context(conforms_to="http://mlcommons.org/croissant/1.1")
    tables = {name: schema for name, schema in schemas.items() if schema.csv_path in files}
    steward = mlc.Organization(ctx=context, name=metadata["steward"], url=metadata.get("url"))
    described = mlc.Metadata(
        ctx=context,
        name=metadata["name"],
        description=metadata["description"],
        version=metadata["version"],
        license=[metadata["licence_data_url"]],
        date_published=f"{metadata['date'].isoformat()}T00:00:00",
        cite_as=citation.sentence(metadata),
        keywords=citation.keywords(metadata) or None,
        in_language=["en"],
        url=citation.address(metadata),
        same_as=[metadata["repository"]] if metadata.get("repository") else None,
        creators=[steward],
        publisher=[steward],
        distribution=[_file(context, schema, files[schema.csv_path]) for schema in tables.values()],
        record_sets=[_record_set(context, schema) for schema in tables.values()],
    )
    out = {**described.to_json(), **_for_search_engines(metadata)}
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _for_search_engines(metadata: dict[str, Any]) -> dict[str, Any]:
    """What dataset search asks for beside Croissant."""
    out: dict[str, Any] = {"isAccessibleForFree": True}
    if metadata.get("doi"):
        out["identifier"] = f"https://doi.org/{metadata['doi']}"
    if metadata.get("temporal_coverage"):
        out["temporalCoverage"] = metadata["temporal_coverage"]
    if found := citation.places(metadata):
        out["spatialCoverage"] = [{"@type": "Place", "name": place} for place in found]
    return out


def _file(context: mlc.Context, schema: Schema, content: bytes) -> mlc.FileObject:
    return mlc.FileObject(
        ctx=context,
        id=schema.csv_path,
        name=schema.name,
        description=schema.title,
        content_url=schema.csv_path,
        encoding_formats=["text/csv"],
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _record_set(context: mlc.Context, schema: Schema) -> mlc.RecordSet:
    return mlc.RecordSet(
        ctx=context,
        id=schema.name,
        name=schema.name,
        description=schema.description,
        fields=[_field(context, schema, field) for field in schema.fields],
    )


def _field(context: mlc.Context, schema: Schema, field: dict[str, Any]) -> mlc.Field:
    extract = mlc.Extract(ctx=context, column=field["name"])
    return mlc.Field(
        ctx=context,
        id=f"{schema.name}/{field['name']}",
        name=field["name"],
        description=field["description"],
        data_types=[TYPES[field["type"]]],
        source=mlc.Source(ctx=context, file_object=schema.csv_path, extract=extract),
    )
