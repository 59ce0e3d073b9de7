"""The files of a release: the tables in every form, what describes them, and the one archive that holds it all."""

import io
import json
import zipfile
from pathlib import Path

from scripts.export import citation, tables
from scripts.export.croissant import croissant
from scripts.export.sqlite import sqlite
from scripts.export.workbook import spreadsheet
from scripts.normalise.tables import Tables
from scripts.releases.store import MANIFEST, SUMS, sha256, sums
from scripts.schema.table_schema import Schema

PAGES = ["RULES.md", "LICENSE", "LICENSE-DATA", "load.py", "load.R"]
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
FORMATS = {
    "CSV": ".csv",
    "Parquet": ".parquet",
    "SQLite": ".sqlite",
    "spreadsheet": ".xlsx",
    "archive": ".zip",
}


def contents(
    built: Tables,
    schemas: dict[str, Schema],
    head: dict,
    package: dict[str, bytes],
    pages: dict[str, bytes],
    root: Path,
) -> dict[str, bytes]:
    """Everything in the archive but the manifest: `package` (tables, rules, descriptor, citation), `pages`, and the other formats."""
    arrow = {
        name: tables.read_csv(root / schema.csv_path, schema)
        if schema.is_rule
        else tables.to_arrow(built[name], schema, head)
        for name, schema in schemas.items()
        if not schema.record.get("internal")
    }
    files = {
        **package,
        **pages,
        **{page: (root / page).read_bytes() for page in PAGES},
        **{
            schema.csv_path: (root / schema.csv_path).read_bytes()
            for schema in schemas.values()
            if schema.is_rule
        },
    }
    files[f"{head['name']}.sqlite"] = sqlite(arrow, schemas, head)
    files[f"{head['name']}.xlsx"] = spreadsheet(arrow, schemas, head)
    files["citation.bib"] = citation.bibtex(head)
    files["datacite.json"] = citation.datacite(
        head,
        [
            "text/csv",
            "application/vnd.apache.parquet",
            "application/vnd.sqlite3",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ],
    )
    files["croissant.json"] = croissant(head, schemas, files)
    return files


def release(files: dict[str, bytes], head: dict, previous: dict | None) -> dict[str, bytes]:
    """What stands in releases/<version>/, path to bytes: tables, descriptor, manifest, archive and sums."""
    manifest = {
        "name": head["name"],
        "version": head["version"],
        "date": head["date"].isoformat(),
        "rule_version": head["rule_version"],
        "previous": previous,
        "files": {
            path: {"sha256": sha256(content), "bytes": len(content)}
            for path, content in sorted(files.items())
        },
    }
    top = f"{head['name']}-{head['version']}"
    everything = {**files, MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()}
    kept = {
        path: content
        for path, content in everything.items()
        if path.startswith("data/") or path in ("datapackage.json", MANIFEST)
    }
    kept[f"{top}.zip"] = zipped({f"{top}/{path}": content for path, content in everything.items()})
    return {**kept, SUMS: sums(kept)}


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip that is the same for the same files: names sorted, one time for all, one permission."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as kept:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            kept.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def sizes(files: dict[str, bytes]) -> str:
    """Bytes in each format, and what part of the CSV it is."""
    total = {
        name: sum(
            len(content)
            for path, content in files.items()
            if path.endswith(ending) and not path.startswith("rules/")
        )
        for name, ending in FORMATS.items()
    }
    return "\n".join(
        f"{name:<12}{size:>10,} bytes{100 * size / total['CSV']:>7.0f} % of the CSV"
        for name, size in total.items()
        if size
    )
