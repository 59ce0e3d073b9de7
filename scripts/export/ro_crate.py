"""`ro-crate-metadata.json`: the archive as a research object (RO-Crate 1.1), for repositories that read such.

Every file is named with its media type and its bytes; folders of pages are named as folders.
"""

import json
from typing import Any

from scripts.export import citation
from scripts.schema.table_schema import Schema

NAME = "ro-crate-metadata.json"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".dta": "application/x-stata-dta",
    ".sav": "application/x-spss-sav",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
}
FOLDERS = {
    "sources/": "A page for each source",
    "systems/": "A page for each system",
    "transfers/": "A page for each transfer",
}


def ro_crate(metadata: dict[str, Any], schemas: dict[str, Schema], files: dict[str, bytes]) -> bytes:
    """The description of `files` (path to bytes) as JSON-LD; titles of tables come from their schemas."""
    titles = {schema.csv_path.rpartition(".")[0]: schema.title for schema in schemas.values()}
    parts = [_file(path, content, titles) for path, content in sorted(files.items()) if not _folder(path)]
    folders = sorted({folder for path in files if (folder := _folder(path))})
    parts += [{"@id": folder, "@type": "Dataset", "name": FOLDERS[folder]} for folder in folders]
    steward = {"@id": "#steward", "@type": "Organization", "name": metadata["steward"]}
    licence = {"@id": metadata["licence_data_url"], "@type": "CreativeWork", "name": metadata["licence_data"]}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": metadata["title"],
        "description": metadata["description"],
        "version": metadata["version"],
        "datePublished": metadata["date"].isoformat(),
        "creditText": citation.sentence(metadata),
        "license": {"@id": licence["@id"]},
        "author": {"@id": "#steward"},
        "publisher": {"@id": "#steward"},
        "keywords": citation.keywords(metadata),
        "temporalCoverage": metadata.get("temporal_coverage"),
        "identifier": citation.address(metadata),
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    about = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    filled = {key: value for key, value in root.items() if value}
    graph = [about, filled, steward, licence, *parts]
    out = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _folder(path: str) -> str | None:
    return next((folder for folder in FOLDERS if path.startswith(folder)), None)


def _file(path: str, content: bytes, titles: dict[str, str]) -> dict[str, Any]:
    stem, dot, ending = path.rpartition(".")
    title = titles.get(stem, path.rpartition("/")[2])
    media_type = MEDIA_TYPES.get(dot + ending, "text/plain")
    return {
        "@id": path,
        "@type": "File",
        "name": title,
        "encodingFormat": media_type,
        "contentSize": str(len(content)),
    }
