"""`croissant.json`: the tables as schema.org/Croissant 1.1, for search engines of datasets and for machine learning tools."""

import json

import mlcroissant as mlc

from scripts.export.citation import sentence
from scripts.releases.store import sha256
from scripts.schema.table_schema import Schema

TYPES = {
    "string": mlc.DataType.TEXT,
    "integer": mlc.DataType.INTEGER,
    "number": mlc.DataType.FLOAT,
    "boolean": mlc.DataType.BOOL,
    "date": mlc.DataType.DATE,
}


def croissant(head: dict, schemas: dict[str, Schema], files: dict[str, bytes]) -> bytes:
    """Every CSV of `files` (path to bytes) as one file and one record set; addresses are relative to this file."""
    context = mlc.Context(conforms_to="http://mlcommons.org/croissant/1.1")
    tables = {name: schema for name, schema in schemas.items() if schema.csv_path in files}
    metadata = mlc.Metadata(
        ctx=context,
        name=head["name"],
        description=head["description"],
        version=head["version"],
        license=[head["licence_data_url"]],
        date_published=f"{head['date'].isoformat()}T00:00:00",
        cite_as=sentence(head),
        creators=[mlc.Organization(ctx=context, name=head["steward"])],
        publisher=[mlc.Organization(ctx=context, name=head["steward"])],
        distribution=[
            mlc.FileObject(
                ctx=context,
                id=schema.csv_path,
                name=name,
                description=schema.title,
                content_url=schema.csv_path,
                encoding_formats=["text/csv"],
                sha256=sha256(files[schema.csv_path]),
            )
            for name, schema in tables.items()
        ],
        record_sets=[record_set(context, schema) for schema in tables.values()],
    )
    return (json.dumps(metadata.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


def record_set(context: mlc.Context, schema: Schema) -> mlc.RecordSet:
    return mlc.RecordSet(
        ctx=context,
        id=schema.name,
        name=schema.name,
        description=schema.description,
        fields=[
            mlc.Field(
                ctx=context,
                id=f"{schema.name}/{field['name']}",
                name=field["name"],
                description=field["description"],
                data_types=[TYPES[field["type"]]],
                source=mlc.Source(
                    ctx=context,
                    file_object=schema.csv_path,
                    extract=mlc.Extract(ctx=context, column=field["name"]),
                ),
            )
            for field in schema.fields
        ],
    )
