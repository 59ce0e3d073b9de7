"""Grows the record: copies of it with other IDs, days shifted by whole weeks, and relays that retell other rows.

    python -m bench.grow --statements 10000 1000000 --documents 10140

writes, below build/bench/grown, statements-10000 (normalised tables, as Parquet) ... and documents-10140
(records that the build accepts).

The shape stays: each copy has its own sources, statements, transfers, systems, exhibits and anonymous groups; states,
persons, media and other named actors are shared. Copies are made from a few templates. Each template is the record with
the days of its IDs and dates moved by some weeks, and with some relays led to another row that they could retell: of
the same subject, speaker, stance and polarity, on a page published before. A row that a rule refuses after
that is left out, with what refers to it. Nothing in a grown record was ever said by anybody.
"""

import argparse
import datetime
import json
import random
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from scripts.export.tables import csv_bytes, frame
from scripts.normalise.tables import Row, Tables, normalise_tables
from scripts.records.placement import YEAR
from scripts.records.reader import Inputs, read
from scripts.records.strict_yaml import emit
from scripts.schema.table_schema import ROOT, Schema, Schemas, load, nested
from scripts.validation.check import check_tables

WEEKS = (-1, 1, -2)
N_TEMPLATES = 1 + len(WEEKS)
SEED = 17
OUT = ROOT / "build/bench/grown"
COPIED = ("sources", "statements", "transfers", "transfer_links", "systems", "system_names", "exhibits")
SHARED = ("actors", "actor_members")
GROWN = (*COPIED, *SHARED)
UNSHIFTED = {
    "url", "archive_url", "consulted_on", "decided_on", "title", "name", "summary", "coder_note", "locator",
    "speaker_role", "reason", "description", "markings", "value_text", "text_sha256", "anchor_sha256",
}  # fmt: skip
DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
ALIKE = ("transfer_id", "system_id", "speaker_id", "stance", "polarity", "aspect")
SHARE_REDIRECTED = 0.3
Rows = dict[str, list[Row]]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.grow", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, nargs="*", default=[], help="sizes of tables to write")
    parser.add_argument("--documents", type=int, nargs="*", default=[], help="sizes of records to write")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = record_rows()
    copies = [size // len(rows["statements"]) for size in options.statements]
    copies += [size // len(rows["sources"]) for size in options.documents]
    made = templates(rows, options.seed, 1 + max(copies, default=0))
    for unit, sizes in (("statements", options.statements), ("documents", options.documents)):
        for size in sizes:
            out = options.out / f"{unit}-{size}"
            shutil.rmtree(out, ignore_errors=True)
            if unit == "statements":
                grown = grow_tables(size, options.seed, made)
                write_tables(grown, out)
                counts = {name: grown[name].num_rows for name in GROWN}
            else:
                rows = grow_records(size, options.seed, made)
                write_records(rows, out)
                counts = {name: len(rows[name]) for name in GROWN}
            print(json.dumps({"folder": out.name, **counts}), flush=True)
    return 0


# The record and its templates


def record_rows(root: Path = ROOT) -> Rows:
    """The rows that people wrote, by table; only the tables that grow."""
    inputs = read(root)
    return {name: inputs.rows[name] for name in GROWN}


def templates(rows: Rows, seed: int, wanted: int) -> list[Rows]:
    """The first templates, each checked: the record as it is, then with days shifted and relays led elsewhere."""
    schemas = load()
    made = [rows]
    for number, weeks in enumerate(WEEKS[: wanted - 1], 1):
        moved = redirected(shifted(rows, weeks), random.Random(seed + number))
        made.append(without_refused(moved, schemas))
    return made


def shifted(rows: Rows, weeks: int) -> Rows:
    """The rows with every full day moved by whole weeks, in IDs and references too, except of shared actors."""
    step = datetime.timedelta(weeks=weeks)
    shared = {row["actor_id"] for row in rows["actors"] if row["kind"] != "anonymous_group"}

    def move(match: re.Match[str]) -> str:
        try:
            return (datetime.date.fromisoformat(match[0]) + step).isoformat()
        except ValueError:
            return match[0]

    def cell(column: str, value: Any) -> Any:
        if not isinstance(value, str) or column in UNSHIFTED or value in shared:
            return value
        return DAY.sub(move, value)

    return {
        name: [{column: cell(column, value) for column, value in row.items()} for row in table]
        for name, table in rows.items()
    }


def redirected(rows: Rows, rng: random.Random) -> Rows:
    """The rows with some relays led to another row of the same words and subject, published strictly before."""
    published = {row["source_id"]: row["published"] for row in rows["sources"]}
    alike = defaultdict(list)
    for row in rows["statements"]:
        alike[tuple(row[column] for column in ALIKE)].append(row)
    statements = []
    for row in rows["statements"]:
        if row["relays_statement_id"] is not None and rng.random() < SHARE_REDIRECTED:
            candidates = [
                other["statement_id"]
                for other in alike[tuple(row[column] for column in ALIKE)]
                if published[other["source_id"]] < published[row["source_id"]]
            ]
            if candidates:
                row = {**row, "relays_statement_id": rng.choice(candidates)}
        statements.append(row)
    return {**rows, "statements": statements}


def without_refused(rows: Rows, schemas: Schemas) -> Rows:
    """The rows without those that a constraint, key or row rule refuses, and without what refers to them."""
    while True:
        tables = as_tables(rows, schemas)
        outcome = check_tables(tables, schemas, GROWN, "coded", "keyed")
        refused = defaultdict(set)
        for failure in outcome.failures:
            if failure.meaning.level != "warning":
                refused[failure.table].add(failure.row)
        if not refused:
            return rows
        rows = {
            name: [row for position, row in enumerate(table) if position not in refused[name]]
            for name, table in rows.items()
        }


def as_tables(rows: Rows, schemas: Schemas) -> Tables:
    """The rows as normalised tables beside the rule tables of this project; other tables are empty."""
    written = rule_inputs()
    coded = {
        name: frame(rows.get(name, written.rows[name] if schema.is_rule or name == "package" else []), schema)
        for name, schema in schemas.items()
        if name != "claims_flat"
    }
    return normalise_tables(coded)


def rule_inputs() -> Inputs:
    """The rule tables and the package as people wrote them."""
    if not _RULES:
        _RULES.append(read(ROOT))
    return _RULES[0]


_RULES: list[Inputs] = []


def trimmed(rows: Rows, unit: str, size: int, rng: random.Random) -> Rows:
    """The rows of documents drawn, each with all that it refers to, until there are so many statements or documents."""
    of_statement = {row["statement_id"]: row["source_id"] for row in rows["statements"]}
    needs: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows["sources"]:
        needs[row["source_id"]].add(row["copy_of_source_id"])
    for row in rows["statements"]:
        needs[row["source_id"]] |= {
            row["original_source_id"],
            *(of_statement.get(row[f"{kind}_statement_id"]) for kind in ("relays", "rests_on", "targets")),
        }
    weight = Counter(of_statement.values()) if unit == "statements" else Counter(list(needs))
    order = list(needs)
    rng.shuffle(order)
    kept: set[str] = set()
    left = size
    for source_id in order:
        drawn, ahead = set(), [source_id]
        while ahead:
            if (document := ahead.pop()) and document not in kept | drawn:
                drawn.add(document)
                ahead += needs[document]
        if sum(weight[document] for document in drawn) <= left:
            kept |= drawn
            left -= sum(weight[document] for document in drawn)
        if not left:
            break
    return with_whole_keys({**rows, "sources": [row for row in rows["sources"] if row["source_id"] in kept]})


def with_whole_keys(rows: Rows) -> Rows:
    """The rows without those of which a key leads nowhere, until every key leads to a row."""
    schemas = load()
    while True:
        there = {
            (table, column): {row[column] for row in rows[table]}
            for name in GROWN
            for _, table, (column,) in schemas[name].foreign_keys
            if table in GROWN
        }
        kept = {}
        for name in GROWN:
            keys = [
                (own, table, column)
                for (own,), table, (column,) in schemas[name].foreign_keys
                if table in GROWN
            ]
            kept[name] = [
                row
                for row in rows[name]
                if all(row[own] is None or row[own] in there[table, column] for own, table, column in keys)
            ]
        if all(len(kept[name]) == len(rows[name]) for name in GROWN):
            return kept
        rows = kept


# Copies


def references(schemas: Schemas) -> dict[str, dict[str, str]]:
    """Per table, the columns that hold an ID of a table that is copied (or of an actor), and which table."""
    own = {
        "statements": "statement_id",
        **{name: f"{name[:-1]}_id" for name in COPIED if name != "statements"},
    }
    found: dict[str, dict[str, str]] = {}
    for name in GROWN:
        schema = schemas[name]
        columns = {key[0]: table for key, table, _ in schema.foreign_keys if table in GROWN}
        if name in own and own[name] in schema.columns():
            columns[own[name]] = name
        if name == "actors":
            columns["actor_id"] = "actors"
        found[name] = columns
    return found


def copied(template: pa.Table, name: str, numbers: list[int], schemas: Schemas, groups: pa.Array) -> pa.Table:
    """The rows of a template once for each number, with the IDs of that copy; whole columns at a time."""
    n_rows = template.num_rows
    positions = pa.array(np.tile(np.arange(n_rows), len(numbers)))
    of_row = np.repeat(np.arange(len(numbers)), n_rows)
    marks = pa.array([f"-g{number:03d}" for number in numbers]).take(pa.array(of_row))
    columns = {column: template[column].combine_chunks().take(positions) for column in template.column_names}
    for column, target in references(schemas)[name].items():
        columns[column] = renamed(columns[column], marks, target, groups)
    if name == "sources":
        start = pc.if_else(pc.match_substring(columns["url"], "?"), "&copy=", "?copy=")
        columns["url"] = pc.binary_join_element_wise(
            columns["url"], start, pc.utf8_slice_codeunits(marks, 1), ""
        )
        columns["archive_url"] = pa.nulls(len(marks), pa.string())
        text = pc.utf8_slice_codeunits(columns["text_sha256"], 8)
        start = pa.array([f"{number:08x}" for number in numbers]).take(pa.array(of_row))
        columns["text_sha256"] = pc.binary_join_element_wise(start, text, "")
    for column in {"actors": ["name"], "system_names": ["name"], "transfers": ["title"]}.get(name, []):
        columns[column] = pc.binary_join_element_wise(columns[column], pc.utf8_slice_codeunits(marks, 2), " ")
    return pa.table(columns)


def renamed(column: pa.Array, marks: pa.Array, target: str, groups: pa.Array) -> pa.Array:
    """The IDs with the mark of their copy; of actors only those of anonymous groups."""
    if target == "statements":
        stem = pc.replace_substring_regex(column, r"\.[0-9]+$", "")
        tail = pc.replace_substring_regex(column, r"^[^.]*", "")
        return pc.binary_join_element_wise(stem, marks, tail, "")
    if target == "transfers":  # an ID may end with the year of its contract
        parties = pc.replace_substring_regex(column, r"^([a-z]+-[a-z]+).*$", r"\1")
        rest = pc.replace_substring_regex(column, r"^[a-z]+-[a-z]+", "")
        return pc.binary_join_element_wise(parties, marks, rest, "")
    marked = pc.binary_join_element_wise(column, marks, "")
    if target == "actors":
        return pc.if_else(pc.is_in(column, value_set=groups), marked, column)
    return marked


def arrow_rows(rows: Rows, schemas: Schemas, normalised: bool) -> dict[str, pa.Table]:
    """The rows as Arrow tables, with days and bounds filled in where `normalised`."""
    if normalised:
        tables = as_tables(rows, schemas)
    else:
        tables = {name: frame(rows[name], schemas[name]) for name in GROWN}
    return {name: arrow_of(tables[name]) for name in GROWN}


def arrow_of(table: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table; columns that are derived later may be blank."""
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)


def multiplied(
    parts: list[tuple[Rows, list[int]]], schemas: Schemas, normalised: bool
) -> dict[str, pa.Table]:
    """All copies of all templates as one table each, with the shared actors and the root of the class tree once."""
    pieces: dict[str, list[pa.Table]] = {name: [] for name in GROWN}
    shared: dict[str, pa.Table] = {}
    for rows, numbers in parts:
        made = arrow_rows(rows, schemas, normalised)
        is_group = pc.equal(made["actors"]["kind"], "anonymous_group")
        groups = made["actors"].filter(is_group)["actor_id"].combine_chunks()
        shared = shared or {
            "actors": made["actors"].filter(pc.invert(is_group)),
            "actor_members": made["actor_members"],
        }
        for name in COPIED:
            pieces[name].append(copied(made[name], name, numbers, schemas, groups))
        pieces["actors"].append(copied(made["actors"].filter(is_group), "actors", numbers, schemas, groups))
    for name in SHARED:
        pieces[name].append(shared[name])
    out = {
        name: pa.concat_tables([piece.cast(pieces[name][0].schema) for piece in pieces[name]])
        for name in GROWN
    }
    return with_root(out)


def with_root(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with the root of the class tree above the top classes of each copy."""
    systems = tables["systems"]
    parents = pc.fill_null(systems["parent_system_id"], "arms")
    place = systems.column_names.index("parent_system_id")
    systems = systems.set_column(place, systems.schema.field(place), parents)
    root = {"system_id": "arms", "name": "All arms", "category": "mixed", "kind": "class"}
    named = {
        "system_id": "arms",
        "name": "All arms",
        "kind": "designation",
        "language": "en",
        "script": "Latn",
    }
    out = dict(tables)
    for name, table, row in (("systems", systems, root), ("system_names", tables["system_names"], named)):
        out[name] = pa.concat_tables([table, pa.Table.from_pylist([row], schema=table.schema)])
    return out


def parts_of(made: list[Rows], unit: str, size: int, seed: int) -> list[tuple[Rows, list[int]]]:
    """Which copies are made of each template so that `size` is reached; the last copy is cut to fit."""
    table = "sources" if unit == "documents" else unit
    numbers: list[list[int]] = [[] for _ in made]
    left, number = size, 0
    while len(made[number % N_TEMPLATES][table]) <= left:
        numbers[number % N_TEMPLATES].append(number)
        left -= len(made[number % N_TEMPLATES][table])
        number += 1
    parts = [(template, own) for template, own in zip(made, numbers, strict=True) if own]
    if left:
        parts.append((trimmed(made[number % N_TEMPLATES], unit, left, random.Random(seed)), [number]))
    return parts


def grow_tables(statements: int, seed: int, made: list[Rows]) -> dict[str, pa.Table]:
    """Normalised tables with at most so many statements, and the rule tables."""
    schemas = load()
    grown = multiplied(parts_of(made, "statements", statements, seed), schemas, normalised=True)
    rules = as_tables({name: [] for name in GROWN}, schemas)
    return grown | {name: arrow_of(rules[name]) for name, schema in schemas.items() if schema.is_rule}


def write_tables(tables: dict[str, pa.Table], out: Path, as_csv: Iterable[str] = ()) -> None:
    """Each table as Parquet, and those named as the canonical CSV too."""
    out.mkdir(parents=True)
    for name, table in tables.items():
        pyarrow.parquet.write_table(table, out / f"{name}.parquet", compression="snappy")
        if name in as_csv:
            (out / f"{name}.csv").write_bytes(csv_bytes(table))


# Records


def grow_records(documents: int, seed: int, made: list[Rows]) -> Rows:
    """Rows as people would write them, in at most so many documents."""
    parts = parts_of(made, "documents", documents, seed)
    return {name: table.to_pylist() for name, table in multiplied(parts, load(), normalised=False).items()}


def write_records(rows: Rows, out: Path) -> None:
    """A project that the build accepts: the rows as record files, beside the schemas and rules of this one."""
    schemas = load()
    for folder in ("schemas", "rules"):
        shutil.copytree(ROOT / folder, out / folder)
    (out / "records/quality").mkdir(parents=True)
    shutil.copy(ROOT / "records/package.yaml", out / "records/package.yaml")
    for schema in schemas.values():
        if schema.written_csv and not schema.is_rule:
            header = (ROOT / schema.written_csv).open(encoding="utf-8").readline()
            (out / schema.written_csv).write_text(header, encoding="utf-8")
    for name in ("sources", "transfers", "systems", "exhibits", "actors"):
        write_files(rows, schemas[name], schemas, out / "records")


def write_files(rows: Rows, schema: Schema, schemas: Schemas, folder: Path) -> None:
    """The record files of one table, each with the rows nested in it."""
    key = schema.record["id"]
    children = {child.record["key"]: child for child in nested(schema.name, schemas)}
    by_parent: dict[str, defaultdict[str, list[Row]]] = {}
    for child in children.values():
        by_parent[child.name] = defaultdict(list)
        for row in rows[child.name]:
            by_parent[child.name][row[key]].append(row)
    lists: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows[schema.name]:
        entry = written(row, schema)
        for name, child in children.items():
            if below := by_parent[child.name][row[key]]:
                entry[name] = [written(one, child) for one in below]
        if schema.record.get("list"):
            lists[actor_file(row)].append(entry)
            continue
        file = f"{row[key]}.yaml"
        if schema.name == "sources":
            file = f"{(YEAR.findall(row[key]) or [row['published'][:4]])[0]}/{file}"
        path = folder / schema.name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(emit(entry), encoding="utf-8")
    for file, entries in lists.items():
        (folder / schema.name).mkdir(parents=True, exist_ok=True)
        (folder / schema.name / file).write_text(emit(entries), encoding="utf-8")


def actor_file(row: Row) -> str:
    """The file of an actor; bodies may stand in any of the three for bodies."""
    kinds = {"anonymous_group": "anonymous", "person": "persons", "medium": "media", "company": "companies"}
    kinds |= {"state": "states", "joint_body": "joint_bodies", "body": "government_bodies"}
    return f"{kinds[row['kind']]}.yaml"


def written(row: Row, schema: Schema) -> Row:
    """The cells of a row as a record writes them: no blanks, whole numbers as such, days and decimals as text."""
    entry: Row = {}
    if number := schema.record.get("number"):
        entry[number] = int(row[schema.record["id"]].rpartition(".")[2])
    for column in schema.columns("coded"):
        value = row[column]
        if isinstance(value, float):
            value = int(value) if value.is_integer() else str(value)
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        if value is not None:
            entry[column] = value
    return entry


def frames(tables: dict[str, pa.Table]) -> Tables:
    """Arrow tables as frames of Arrow types, as the derivation takes them; derived tables are there, and empty."""
    schemas = load()
    made = {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in tables.items()}
    return {
        name: made.get(name, frame([], schema)) for name, schema in schemas.items() if name != "claims_flat"
    }


if __name__ == "__main__":
    sys.exit(main())
