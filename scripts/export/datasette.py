"""`datasette-metadata.json`: what Datasette shows beside the SQLite file.

Descriptions of tables and columns come from the schemas; facets and ready-made questions are listed here.

    datasette attested-arms-transfers.sqlite -m datasette-metadata.json
"""

import json
from typing import Any

from scripts.export import citation
from scripts.schema.table_schema import Schema

FACETS = {
    "claims_flat": ["use_as", "voice_kind", "transfer"],
    "statements": ["use_as", "aspect", "stage"],
    "voices": ["says", "voice_kind", "stage"],
    "transfers": ["transferred_status", "supplier_position", "recipient_position"],
    "sources": ["kind", "language", "extent"],
    "figures": ["measure", "voice_kind"],
    "actors": ["kind"],
}
LABELS = {
    "transfers": "title",
    "systems": "name",
    "actors": "name",
    "sources": "title",
    "statements": "summary",
}
QUERIES = {
    "as_known_on_a_day": {
        "title": "What was publicly known on a day",
        "description": "Status and positions of every transfer as known on `day`, for example 2022-11-05.",
        "sql": """
select transfers.title, history.transferred_status, history.supplier_position, history.recipient_position,
  history.known_from
from transfer_history as history join transfers using (transfer_id)
where history.known_from <= :day and (history.known_to is null or history.known_to > :day)
order by transfers.title""",
    },
    "who_denied": {
        "title": "Who denied a transfer, or said that it did not happen",
        "description": "Every such word on a transfer with `words_of_title` in its title, for example Fath-360; "
        "it may have been said of a part of the transfer.",
        "sql": """
select transfers.title, voices.stage, voices.voice_id, voices.says, voices.limits, claims_flat.said,
  claims_flat.summary, claims_flat.url
from voices join transfers using (transfer_id) join claims_flat on claims_flat.claim_id = voices.statement_id
where voices.says in ('denies', 'says_not') and transfers.title like '%' || :words_of_title || '%'
order by claims_flat.known_from, voices.voice_id""",
    },
    "figures_of_a_system": {
        "title": "Every figure of a system, and whose it is",
        "description": "As stated, for systems with `words_of_name` in their name, for example Shahed-136. "
        "Never add rows.",
        "sql": """
select systems.name, figures.measure, figures.value_text, figures.low, figures.point, figures.high, figures.unit,
  figures.voice_id, figures.says, claims_flat.said, claims_flat.summary, claims_flat.url
from figures join systems using (system_id) join claims_flat on claims_flat.claim_id = figures.statement_id
where systems.name like '%' || :words_of_name || '%' and figures.known_to is null
order by systems.name, figures.measure, claims_flat.known_from""",
    },
}


def datasette_metadata(names: list[str], schemas: dict[str, Schema], metadata: dict[str, Any]) -> bytes:
    """The file, over the tables named."""
    out: dict[str, Any] = {
        "title": f"{metadata['title']} {metadata['version']}",
        "description": metadata["description"],
        "license": metadata["licence_data"],
        "license_url": metadata["licence_data_url"],
        "databases": {
            metadata["name"]: {
                "tables": {name: _table(schemas[name]) for name in names},
                "queries": {name: {**query, "sql": query["sql"].strip()} for name, query in QUERIES.items()},
            }
        },
    }
    if where := citation.address(metadata):
        out |= {"source": metadata["title"], "source_url": where}
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _table(schema: Schema) -> dict[str, Any]:
    table: dict[str, Any] = {
        "title": schema.title,
        "description": schema.description,
        "columns": {field["name"]: field["description"] for field in schema.fields},
    }
    if schema.name in FACETS:
        table["facets"] = FACETS[schema.name]
    if schema.name in LABELS:
        table["label_column"] = LABELS[schema.name]
    return table
