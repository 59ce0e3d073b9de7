"""What stands in the archive of a release: the tables in every form, what describes them, the rules to derive them
again, the explorer, and the kit for human coders.
"""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

from scripts.export import citation, ro_crate, tables
from scripts.export.datasette import datasette_metadata
from scripts.export.feed import feed
from scripts.export.hugging_face import card
from scripts.export.sqlite import sqlite
from scripts.export.statistics import TABLES, spss, stata
from scripts.export.workbook import spreadsheets
from scripts.normalise.tables import Tables
from scripts.reliability import coder_kit
from scripts.schema.table_schema import Schema

COPIED = [
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE-DATA",
    "load.py",
    "load.R",
    "docs/*.md",
    "bench/results.csv",
    "bench/growth.svg",
    "rules/derivation/*.sql",
    "schemas/*.schema.json",
    "schemas/rules/*.schema.json",
]
KIT = "kit"
FORMATS = {
    "CSV": ".csv",
    "Parquet": ".parquet",
    "SQLite": ".sqlite",
    "spreadsheets": ".xlsx",
    "Stata": ".dta",
    "SPSS": ".sav",
    "pages": ".html",
    "archive": ".zip",
}
MEDIA_TYPES = [ro_crate.MEDIA_TYPES[ending] for ending in FORMATS.values() if ending in ro_crate.MEDIA_TYPES]


def contents(
    built: Tables,
    schemas: dict[str, Schema],
    metadata: dict[str, Any],
    package: dict[str, bytes],
    pages: dict[str, bytes],
    root: Path,
) -> dict[str, bytes]:
    """Everything in the archive but the manifest.

    `package` has tables, descriptor and citation; `pages` has what is written for readers, the explorer among it.
    """
    from scripts.export.croissant import croissant  # slow to load, and only needed here

    arrow = {
        name: tables.read_csv(root / schema.csv_path, schema)
        if schema.is_rule
        else tables.to_arrow(built[name], schema, metadata)
        for name, schema in schemas.items()
        if not schema.record.get("internal")
    }
    copied = [path for pattern in COPIED for path in sorted(root.glob(pattern))]
    copied += [root / schema.csv_path for schema in schemas.values() if schema.is_rule]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in copied} | package | pages
    files[f"{metadata['name']}.sqlite"] = sqlite(arrow, schemas, metadata)
    files["datasette-metadata.json"] = datasette_metadata(list(arrow), schemas, metadata)
    n_rows = {name: table.num_rows for name, table in arrow.items()}
    files["hugging-face-card.md"] = card(list(arrow), schemas, metadata, n_rows)
    files |= spreadsheets(arrow, schemas, metadata)
    for name in TABLES:
        files[f"stata/{name}.dta"] = stata(arrow[name], schemas[name], metadata)
        files[f"spss/{name}.sav"] = spss(arrow[name], schemas[name], metadata)
    files |= kit_files(built, schemas, metadata, root)
    files["feed.atom"] = feed(metadata, pages["CHANGELOG.md"].decode())
    files["citation.bib"] = citation.bibtex(metadata)
    files["datacite.json"] = citation.datacite(metadata, MEDIA_TYPES)
    files["croissant.json"] = croissant(metadata, schemas, files)
    files[ro_crate.NAME] = ro_crate.ro_crate(metadata, schemas, files)
    return files


def kit_files(
    built: Tables, schemas: dict[str, Schema], metadata: dict[str, Any], root: Path
) -> dict[str, bytes]:
    """The kit for human coders of this release, in its folder; none where the project has no coding manual."""
    manual = root / "docs/coding-manual.md"
    if not manual.is_file():
        return {}
    text, cited = manual.read_text(encoding="utf-8"), citation.sentence(metadata)
    kit = coder_kit.kit(built, schemas, cited, metadata["version"], text)
    return {f"{KIT}/{path}": content for path, content in kit.items()}


def zip_bytes(files: dict[str, bytes], date: datetime.date) -> bytes:
    """A zip that is the same for the same files: names sorted, noon of one day for all, one permission.

    The files stand at its top, so that tools find datapackage.json without unpacking.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, (date.year, date.month, date.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            opened.writestr(entry, content, compresslevel=9)
    return out.getvalue()


def sizes(release: dict[str, bytes]) -> str:
    """Bytes of a release in each format, and what part of the CSV it is."""
    (archive,) = (content for path, content in release.items() if path.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        inside = {entry.filename: entry.file_size for entry in opened.infolist()}
    inside["archive.zip"] = len(archive)
    total = {
        name: sum(
            size
            for path, size in inside.items()
            if path.endswith(ending) and not path.startswith(("rules/", f"{KIT}/"))
        )
        for name, ending in FORMATS.items()
    }
    return "\n".join(
        f"{name:<12}{size:>10,} bytes{100 * size / total['CSV']:>7.0f} % of the CSV"
        for name, size in total.items()
    )
