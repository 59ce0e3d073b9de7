"""Prepares what the contenders read: packages of grown tables, traps for derivations, faults for validators, mistakes.

A package folder has the derived tables as Parquet, `statements.csv` and the tables that its keys lead to as CSV, and a
descriptor of those (`csv.json`). A trap is a small transfer whose true
answer is known; a fault is one wrong cell in a row of its own; a mistake is one wrong word in a record file.
"""

import datetime
import json
import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet

from bench.contenders.answer import TRAP
from bench.grow import SEED
from scripts.schema.table_schema import ROOT, Field, Schemas, load

Table = pa.Table
DAY = datetime.date(2024, 1, 10)

# The planted faults of statements: name, column and wrong cell. Rules are of this project; peers are given the schema.
SCHEMA_FAULTS: list[tuple[str, str, Any]] = [
    ("unknown word", "stance", "asert"),
    ("unknown word in a derived column", "use_as", "assertion"),
    ("blank required cell", "aspect", None),
    ("pattern", "anchor_sha256", "xyz"),
    ("pattern with a line end", "said", "2024-01-10\n"),
    ("below the minimum", "anchor_chars", 3),
    ("above the maximum", "anchor_chars", 900),
    ("too short", "summary", "short"),
    ("key of another row", "statement_id", "=first"),
    ("unknown speaker", "speaker_id", "nobody-at-all"),
    ("unknown source", "source_id", "no-such-page"),
    ("unknown statement", "relays_statement_id", "no-such-page.01"),
    ("unknown unit", "unit", "furlong"),
]
RULE_FAULTS: list[tuple[str, str, Any]] = [
    ("relays itself", "relays_statement_id", "=own"),
    ("said after its page was published", "said_min", datetime.date(2031, 1, 1)),
    ("said in two orders", "said_max", datetime.date(1990, 1, 1)),
    ("named speaker marked anonymous", "anonymity", "=other anonymity"),
]


def read_folder(folder: Path) -> dict[str, Table]:
    """Every Parquet table of a folder by name."""
    return {path.stem: pyarrow.parquet.read_table(path) for path in sorted(folder.glob("*.parquet"))}


def complete_package(folder: Path) -> None:
    """Beside the derived tables: statements and the tables that their keys lead to as CSV, and a descriptor."""
    schemas = load()
    database = duckdb.connect()
    names = [
        "statements",
        *dict.fromkeys(key[1] for key in schemas["statements"].foreign_keys if key[1] != "statements"),
    ]
    for name in names:
        write_csv(database, folder, name, schemas)
    write_descriptor(folder, names, schemas)


def write_followthemoney(folder: Path, out: Path) -> None:
    """The statements of a folder as followthemoney knows them, in the columns that nomenklatura demands."""
    out.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(
        f"""
        COPY (
            SELECT statement_id AS id, coalesce(transfer_id, system_id) AS entity_id, 'Event' AS "schema",
                'notes' AS prop, concat_ws(' ', stance, speaker_id, aspect, statement_id) AS value,
                'attested' AS dataset, CAST(NULL AS VARCHAR) AS lang, CAST(NULL AS VARCHAR) AS original_value,
                source_id AS origin, FALSE AS "external", CAST(said_min AS TIMESTAMP) AS first_seen,
                CAST(said_max AS TIMESTAMP) AS last_seen
            FROM '{folder}/statements.parquet'
        ) TO '{out}'
        """
    )


def write_csv(database: duckdb.DuckDBPyConnection, folder: Path, name: str, schemas: Schemas) -> None:
    """A table as CSV in the form of this project: text in quotes, a blank cell empty."""
    texts = [f'"{field["name"]}"' for field in schemas[name].fields if field["type"] == "string"]
    database.execute(
        f"COPY (FROM '{folder}/{name}.parquet') TO '{folder}/{name}.csv' (HEADER, FORCE_QUOTE ({', '.join(texts)}))"
    )


def write_descriptor(folder: Path, names: list[str], schemas: Schemas) -> None:
    """A Data Package of the CSV files, with the Table Schemas of this project."""
    resources = []
    for name in names:
        schema = schemas[name]
        table: dict[str, Any] = {
            "fields": [plain(field) for field in schema.fields],
            "primaryKey": schema.primary_key,
        }
        table["foreignKeys"] = [
            {"fields": own, "reference": {"resource": "" if target == name else target, "fields": other}}
            for own, target, other in schema.foreign_keys
            if name == "statements"
        ]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": table,
            }
        )
    (folder / "csv.json").write_text(json.dumps({"name": "grown", "resources": resources}), encoding="utf-8")


def plain(field: Field) -> dict[str, Any]:
    """What Table Schema knows of a field."""
    return {key: field[key] for key in ("name", "type", "constraints") if key in field}


# Faults


def plant_faults(source: Path, folder: Path, kind: str) -> dict[str, int]:
    """A copy of a package with one fault in each of some rows; gives the row of each fault.

    `kind` is `cells` (schema and rules) or `type`, a text in a column of whole numbers, which stands only in the CSV.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    table = pyarrow.parquet.read_table(source / "statements.parquet")
    if kind == "type":
        text = (folder / "statements.csv").read_text(encoding="utf-8")
        chars = str(table["anchor_chars"][4].as_py())
        lines = text.split("\n")
        lines[5] = lines[5].replace(f",{chars},", ",many,", 1)
        (folder / "statements.csv").write_text("\n".join(lines), encoding="utf-8")
        return {"text for a number": 4}
    rows = table.to_pylist()
    free = [
        n for n, row in enumerate(rows) if row["relays_statement_id"] is None and row["anonymity"] == "named"
    ]
    chosen = random.Random(SEED).sample(free[1:], len(SCHEMA_FAULTS) + len(RULE_FAULTS))
    planted = {}
    for (name, column, value), row in zip(SCHEMA_FAULTS + RULE_FAULTS, chosen, strict=True):
        words = {"=first": rows[0]["statement_id"], "=own": rows[row]["statement_id"]}
        words["=other anonymity"] = "anonymous_described"
        rows[row][column] = words.get(value, value)
        planted[name] = row
    fields = [field.with_nullable(True) for field in table.schema]
    pyarrow.parquet.write_table(
        pa.Table.from_pylist(rows, schema=pa.schema(fields)), folder / "statements.parquet"
    )
    write_csv(duckdb.connect(), folder, "statements", load())
    return planted


# Traps

TRAPS = {"relay": 1, "withdrawn": 0, "denied-later": 0, "two-spokesmen": 1, "no-comment": 1}


def plant_traps(source: Path, folder: Path) -> None:
    """A copy of grown tables with transfers of which is known how many voices assert a delivery today."""
    tables = read_folder(source)
    actors = tables["actors"].to_pylist()
    first, second = [
        row["actor_id"]
        for row in actors
        if row["kind"] == "person" and row["state"] == "USA" and row["parent_actor_id"]
    ][:2]
    system = next(
        row["system_id"] for row in tables["systems"].to_pylist() if row["parent_system_id"] == "arms"
    )
    media = [row["actor_id"] for row in actors if row["kind"] == "medium" and not row["state_controlled"]][:2]
    sources, statements, transfers = [], [], []

    def page(number: int) -> str:
        day = DAY + datetime.timedelta(days=number)
        source_id = f"{TRAP}page-{number}"
        sources.append(
            {"source_id": source_id, "publisher_id": media[number % 2], "kind": "newspaper", "extent": "full"}
            | {"published_min": day, "published_max": day, "published": day.isoformat()}
        )
        return source_id

    def say(trap: str, number: int, speaker: str, stance: str = "assert", **cells: Any) -> str:
        day = DAY + datetime.timedelta(days=number)
        row = {
            "statement_id": f"{TRAP}page-{number}.{len(statements) + 1:02d}",
            "source_id": f"{TRAP}page-{number}",
            "speaker_id": speaker,
            "speaks_for_id": "united-states",
            "authority": "state_position",
            "anonymity": "named",
            "attribution": "explicit",
            "coded_from": "original",
            "chain_complete": True,
            "stance": stance,
            "polarity": "affirmed",
            "certainty": "not_expressed",
            "aspect": "delivery",
            "transfer_id": f"{TRAP}{trap}",
            "explicitness": "explicit",
            "evidence": "none_shown",
            "summary": "A trap of the measure.",
            "said_min": day,
            "said_max": day,
            **cells,
        }
        statements.append(row)
        return str(row["statement_id"])

    for number in range(2):
        page(number)
    for trap in TRAPS:
        transfers.append(
            {
                "transfer_id": f"{TRAP}{trap}",
                "title": trap,
                "supplier": "IRN",
                "recipient": "RUS",
                "system_id": system,
            }
            | {"mode": "finished_items"}
        )
    said = say("relay", 0, first)
    say("relay", 1, first, relays_statement_id=said, coded_from="paraphrase_in_relay", via_id=media[0])
    said = say("withdrawn", 0, first)
    say("withdrawn", 1, first, "withdraw", targets_statement_id=said)
    say("denied-later", 0, first)
    say("denied-later", 1, first, polarity="negated", limits="total")
    say("two-spokesmen", 0, first)
    say("two-spokesmen", 1, second)
    say("no-comment", 0, first)
    say("no-comment", 1, first, "decline")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    added = {"sources": sources, "statements": statements, "transfers": transfers}
    for name, table in tables.items():
        if name in added:
            table = pa.concat_tables([table, pa.Table.from_pylist(added[name], schema=table.schema)])
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet")


# Mistakes

WORDS = {
    'stance: "assert"': 'stance: "asert"',
    'polarity: "affirmed"': 'polarity: "afirmed"',
    'explicitness: "explicit"': 'explicitness: "explict"',
    'evidence: "none_shown"': 'evidence: "none_show"',
    'certainty: "not_expressed"': 'certainty: "not_expresed"',
}


def plant_mistakes(source: Path, folder: Path, wanted: int) -> int:
    """A copy of a project with wrong words in so many cells of its sources; gives how many it could plant."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("data"))
    planted = 0
    for path in sorted((folder / "records/sources").rglob("*.yaml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            if planted < wanted and line.strip() in WORDS:
                lines[number] = line.replace(line.strip(), WORDS[line.strip()])
                planted += 1
        path.write_text("\n".join(lines), encoding="utf-8")
        if planted == wanted:
            break
    return planted


def real_project(folder: Path) -> None:
    """A copy of this project as it is, for builds that must not touch the work tree."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("records", "rules", "schemas", "docs", "releases", "data"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("datapackage.json", "load.py", "load.R"):
        shutil.copy(ROOT / name, folder / name)
