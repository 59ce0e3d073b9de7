"""Reads `records/` and `rules/` into rows, each with the place it came from.

In: the record files that the schemas' `record` names, and the rule tables. Out: `Rows`: per table a list of dicts with every
written and placed column (blank ones None) and a parallel list of places; and the problems found on the way, so that
one run reports all of them. A cell of the wrong type is reported and read as blank.
"""

import csv
import datetime
import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from scripts.records.strict_yaml import YamlProblem, emit, parse
from scripts.schema.table_schema import ROOT, Schema, load, nested
from scripts.validation.issues import Problem

Place = tuple[str, tuple | int]


@dataclass
class Rows:
    """`rows` and `places` by table, in reading order, the `problems` found, and the `first` codings that recodings name, by release."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    first: dict = field(default_factory=dict)

    def add(self, table: str, row: dict, place: Place):
        self.rows[table].append(row)
        self.places[table].append(place)


def read(root: Path = ROOT) -> Rows:
    """Everything people write, below `root`."""
    schemas, out = load(), Rows()
    for name in schemas:
        out.rows[name], out.places[name] = [], []
    known = set()
    for schema in schemas.values():
        if schema.written_csv:
            _read_csv(schema, root, out)
            known.add(root / schema.written_csv)
        for path in record_files(schema, root):
            known.add(path)
            _read_yaml(schema, path, root, schemas, out)
    for path in sorted((root / "records").rglob("*")):
        if path.is_file() and path not in known:
            out.problems.append(
                Problem(
                    str(path.relative_to(root)),
                    (),
                    "file",
                    "every file under records/ belongs to a table",
                    path.name,
                    ", ".join(s.record["files"] for s in schemas.values() if "files" in s.record),
                    "move it to where its table is written, with the ending .yaml",
                )
            )
    return out


def record_files(schema: Schema, root: Path = ROOT) -> list[Path]:
    """The files in which rows of the table are written, in the order of their names."""
    return sorted((root / "records").glob(schema.record["files"])) if "files" in schema.record else []


def canonical(text: str, schema: Schema) -> str:
    """The canonical text of one record file of the table: keys in the order of its schema, blank keys left out."""
    schemas = load()
    record = parse(text)
    return emit(
        [_ordered(item, schema, schemas) for item in record]
        if isinstance(record, list)
        else _ordered(record or {}, schema, schemas)
    )


def _ordered(record: dict, schema: Schema, schemas: dict[str, Schema]) -> dict:
    children = {child.record["key"]: child for child in nested(schema.name, schemas)}
    order = [schema.record.get("number"), *schema.columns("coded"), *children]
    out = {
        key: record[key]
        for key in sorted(record, key=lambda key: (key not in order, order.index(key) if key in order else 0))
    }
    for key, child in children.items():
        if isinstance(out.get(key), list):
            out[key] = [_ordered(item, child, schemas) for item in out[key]]
    return out


def _read_yaml(schema: Schema, path: Path, root: Path, schemas: dict[str, Schema], out: Rows):
    where = str(path.relative_to(root))
    try:
        text = path.read_text(encoding="utf-8")
        record = parse(text)
    except YamlProblem as error:
        out.problems.append(
            Problem(
                where,
                error.line or (),
                "file",
                "strict YAML",
                error.found,
                "the strict subset of YAML (docs: scripts/strict_yaml.py)",
                error.fix,
            )
        )
        return
    except UnicodeDecodeError as error:
        out.problems.append(
            Problem(where, (), "file", "UTF-8 text", str(error), "UTF-8", "save the file as UTF-8")
        )
        return
    want = list if schema.record.get("list") else dict
    if record is None and want is list:
        return
    if not isinstance(record, want):
        out.problems.append(
            Problem(
                where,
                (),
                "file",
                "shape of the record",
                type(record).__name__,
                want.__name__,
                "write a list of entries" if want is list else "write keys and values at the top",
            )
        )
        return
    if want is list:
        for position, entry in enumerate(record):
            _tabulate(schema, entry, None, where, (position,), schemas, out)
    else:
        _tabulate(
            schema,
            record,
            {schema.record["id"]: path.stem} if "id" in schema.record else {},
            where,
            (),
            schemas,
            out,
        )


def _tabulate(
    schema: Schema,
    record,
    placed: dict | None,
    where: str,
    path: tuple,
    schemas: dict[str, Schema],
    out: Rows,
):
    """One mapping becomes one row, its nested lists rows of the tables nested in it."""
    if not isinstance(record, dict):
        out.problems.append(
            Problem(
                where,
                path,
                schema.name,
                "shape of the record",
                repr(record)[:60],
                "keys and values",
                "write a mapping",
            )
        )
        return
    children = {child.record["key"]: child for child in nested(schema.name, schemas)}
    written, number = schema.columns("coded"), schema.record.get("number")
    row = dict.fromkeys(schema.columns()) | (placed or {})
    if number:
        value = record.get(number)
        if type(value) is int and value > 0:
            row[schema.record["id"]] = f"{placed[_parent_key(schema, schemas)]}.{value:02d}"
        else:
            out.problems.append(
                Problem(
                    where,
                    path,
                    number,
                    "number of the row",
                    repr(value),
                    "a whole number from 1, once in its document",
                    f"write {number}: and the next free number",
                )
            )
    for key, value in record.items():
        here = (*path, key)
        if key in children:
            continue
        if key not in written:
            if key != number:
                near = difflib.get_close_matches(str(key), written, 1)
                fix = (
                    f"did you mean {near[0]}?"
                    if near
                    else "leave it out; " + ("it is derived" if key in row else "no such column")
                )
                out.problems.append(
                    Problem(
                        where,
                        here,
                        str(key),
                        f"unknown key in {schema.name}",
                        str(key),
                        ", ".join(written),
                        fix,
                    )
                )
            continue
        row[key], wrong = cell(value, schema.field(key)["type"])
        if wrong:
            out.problems.append(
                Problem(
                    where,
                    here,
                    key,
                    "type of the value",
                    repr(value)[:80],
                    wrong,
                    "write it so, or leave the key out",
                )
            )
    out.add(schema.name, row, (where, path))
    for key, child in children.items():
        entries = record.get(key)
        if entries is not None and not isinstance(entries, list):
            out.problems.append(
                Problem(
                    where,
                    (*path, key),
                    key,
                    "shape of the record",
                    repr(entries)[:60],
                    "a list",
                    "write one entry per line, each after a dash",
                )
            )
            continue
        parent = _parent_key(child, schemas)
        for position, entry in enumerate(entries or []):
            _tabulate(child, entry, {parent: row[parent]}, where, (*path, key, position), schemas, out)


def _parent_key(child: Schema, schemas: dict[str, Schema]) -> str:
    return schemas[child.record["within"]].record["id"]


def cell(value, kind: str):
    """(value of the column type, None), or (None, what is allowed) where it is of another type."""
    if value is None:
        return None, None
    if kind == "string" and isinstance(value, str) and value.strip() == value and value:
        return value, None
    if kind == "integer" and type(value) is int or kind == "boolean" and type(value) is bool:
        return value, None
    if kind == "number" and (
        type(value) is int or isinstance(value, str) and re.fullmatch(r"[0-9]+\.[0-9]+", value)
    ):
        return float(value), None
    if kind == "date" and isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value), None
        except ValueError:
            pass
    return None, {
        "string": 'quoted text, not empty, no space at its ends: "text"',
        "integer": "a whole number",
        "boolean": "true or false",
        "number": 'a whole number, or a quoted decimal: "6.5"',
        "date": 'a quoted day that exists: "2022-11-02"',
    }[kind]


def _read_csv(schema: Schema, root: Path, out: Rows):
    where = schema.written_csv
    with (root / where).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if header != schema.columns():
            out.problems.append(
                Problem(
                    where,
                    1,
                    "header",
                    "columns of the rule table",
                    ", ".join(header),
                    ", ".join(schema.columns()),
                    "restore the header",
                )
            )
            return
        for values in reader:
            if len(values) != len(header):
                out.problems.append(
                    Problem(
                        where,
                        reader.line_num,
                        "row",
                        "cells in the row",
                        str(len(values)),
                        str(len(header)),
                        "quote cells that hold a comma",
                    )
                )
                continue
            row = {}
            for name, value in zip(header, values):
                kind = schema.field(name)["type"]
                row[name], wrong = csv_cell(value, kind)
                if wrong:
                    out.problems.append(
                        Problem(
                            where,
                            reader.line_num,
                            name,
                            "type of the value",
                            value,
                            wrong,
                            "write it so, or leave the cell empty",
                        )
                    )
            out.add(schema.name, row, (where, reader.line_num))


def csv_cell(text: str, kind: str):
    """(value, None) of one CSV cell, or (None, what is allowed)."""
    if text == "":
        return None, None
    if kind == "boolean":
        return (text == "true", None) if text in ("true", "false") else (None, "true or false")
    if kind in ("integer", "number") and re.fullmatch(r"[0-9]+", text):
        return cell(int(text), kind)
    return cell(text, kind)
