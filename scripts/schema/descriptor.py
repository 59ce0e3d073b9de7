"""`datapackage.json`, generated; the descriptor's hashes are the commit mark of a build."""

import hashlib
import json

from scripts.schema.table_schema import Schema, descriptor

# Keys of the descriptor that are blank until an owner fills them: column of `package` by key.
ADDRESSES = {"id": "doi", "homepage": "url", "repository": "repository", "contact": "contact"}
ENCODING = {"encoding": "utf-8", "mediatype": "text/csv"}


def package(head: dict, schemas: dict[str, Schema], files: dict[str, bytes]) -> bytes:
    """The Data Package v2 descriptor over the files written (path to bytes), every one with hash and size."""
    resources = []
    for path, content in files.items():
        stem, _, ending = path.rpartition("/")[2].partition(".")
        facts = {"path": path, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        if ending == "csv":
            schema = schemas[stem]
            resources.append(
                {
                    "name": stem,
                    "title": schema.title,
                    "description": schema.description,
                    "type": "table",
                    "profile": "tabular-data-resource",
                    "format": "csv",
                    **ENCODING,
                    **facts,
                    "schema": descriptor(schema),
                }
            )
        elif ending == "parquet":
            resources.append(
                {
                    "name": f"{stem}_parquet",
                    "title": f"{schemas[stem].title} (Parquet)",
                    "description": f"The cells of {stem}.csv with their types.",
                    "format": "bin",
                    "mediatype": "application/vnd.apache.parquet",
                    **facts,
                }
            )
    resources.sort(
        key=lambda resource: resource["format"] != "csv"
    )  # frictionless index stops at the first other
    out = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        **{key: head[column] for key, column in ADDRESSES.items() if head.get(column)},
        "name": head["name"],
        "title": head["title"],
        "description": head["description"],
        "version": head["version"],
        "created": f"{head['date'].isoformat()}T00:00:00Z",
        "licenses": [
            {"name": head["licence_data"], "path": head["licence_data_url"], "title": "Licence of the data"}
        ],
        "contributors": [
            {
                "title": head["steward"],
                **({"email": head["contact"]} if head.get("contact") else {}),
                "roles": ["steward", "author"],
            }
        ],
        "keywords": [word.strip() for word in (head.get("keywords") or head["name"]).split(";")],
        "resources": resources,
    }
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()
