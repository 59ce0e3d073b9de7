"""Reads `records/` and `rules/` into rows, each with the place it came from.

In: the record files that the schemas' `record` names, and the rule tables. Out: `Inputs`: per table a list of dicts
with every column (blank ones None) and a parallel list of places; and the issues of reading, so that one run reports
all of them. A cell of the wrong type is reported and read as blank. Of a file that cannot be read nothing is read.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.records.cells import csv_cell, yaml_cell
from scripts.records.strict_yaml import Document, StrictYamlError, emit, parse, read_document
from scripts.records.suggest import Suggester
from scripts.schema.table_schema import ROOT, Schema, Schemas, load, nested
from scripts.validation.issues import Issue

MAX_BYTES, MAX_ROWS = 5_000_000, 999
Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a row is written: a file, and the line of each of its columns."""

    file: str
    line: int
    document: Document | None = None
    path: tuple[str | int, ...] = ()

    def line_of(self, column: str) -> int:
        """The line of a cell; of the row, where the cell is not written."""
        if self.document is None:
            return self.line
        return self.document.lines.get((*self.path, column), self.line)


@dataclass
class Inputs:
    """What people write: `rows` and their `places` by table, and the `issues` found in reading.

    `unreadable` names the tables of which a file could not be read. Of `rows_in_doubt` (table, position) a cell could
    not be read.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    rows_in_doubt: set[tuple[str, int]] = field(default_factory=set)

    def doubt(self, table: str) -> None:
        """Marks the row that is added next: a cell of it could not be read."""
        self.rows_in_doubt.add((table, len(self.rows[table])))

    def add(self, table: str, row: Row, place: Place) -> None:
        self.rows[table].append(row)
        self.places[table].append(place)


def read(root: Path = ROOT) -> Inputs:
    """Everything people write, below `root`."""
    schemas = load(root)
    return _Reader(root, schemas).read()


def record_files(schema: Schema, root: Path = ROOT) -> list[Path]:
    """The files in which rows of the table are written, in the order of their names."""
    return sorted((root / "records").glob(schema.record["files"])) if "files" in schema.record else []


def canonical(text: str, schema: Schema, schemas: Schemas | None = None) -> str:
    """The canonical text of one record file: keys in the order of its schema, blank keys left out."""
    schemas = schemas or load()
    record = parse(text)
    if record is None:
        return ""
    entries = record if isinstance(record, list) else [record]
    for entry in entries:
        if entry is not None and not isinstance(entry, dict):
            raise StrictYamlError(None, repr(entry)[:60], "write keys and values")
    ordered = [_ordered(entry, schema, schemas) for entry in entries if entry]
    return emit(ordered if isinstance(record, list) else ordered[0] if ordered else {})


def _ordered(record: Row, schema: Schema, schemas: Schemas) -> Row:
    children = {child.record["key"]: child for child in nested(schema.name, schemas)}
    order = [schema.record.get("number"), *schema.columns("coded"), *children]
    known = [key for key in order if key in record]
    out = {key: record[key] for key in [*known, *(key for key in record if key not in order)]}
    for key, child in children.items():
        if isinstance(out.get(key), list):
            out[key] = [_ordered(item, child, schemas) for item in out[key] if isinstance(item, dict)]
    return out


class _Reader:
    """Reads one project."""

    def __init__(self, root: Path, schemas: Schemas):
        self.root, self.schemas, self.inputs = root, schemas, Inputs()
        self.children = {name: nested(name, schemas) for name in schemas}
        self.coded = {name: set(schema.columns("coded")) for name, schema in schemas.items()}
        self.types = {
            name: {field["name"]: field["type"] for field in schema.fields}
            for name, schema in schemas.items()
        }
        self.blank = {name: dict.fromkeys(schema.columns()) for name, schema in schemas.items()}
        self.suggest = Suggester()

    def read(self) -> Inputs:
        known = set()
        for name in self.schemas:
            self.inputs.rows[name], self.inputs.places[name] = [], []
        for schema in self.schemas.values():
            if schema.written_csv:
                known.add(self.root / schema.written_csv)
                self._read_csv(schema)
            for path in record_files(schema, self.root):
                known.add(path)
                self._read_yaml(schema, path)
        self._report_strays(known)
        return self.inputs

    def _issue(self, *words: Any) -> None:
        self.inputs.issues.append(Issue(*words))

    def _unreadable(self, schema: Schema, *words: Any) -> None:
        """An issue of a whole file, of which nothing is read."""
        self._issue(*words)
        self.inputs.unreadable |= {schema.name, *(child.name for child in self.children[schema.name])}

    def _text(self, schema: Schema, path: Path) -> str | None:
        """The text of a file; None, with an issue, where it is no file of text."""
        where = path.relative_to(self.root).as_posix()
        try:
            if path.is_symlink() or not path.is_file():
                found = "nothing" if not path.exists() and not path.is_symlink() else "a folder, link or pipe"
                self._unreadable(
                    schema,
                    where,
                    None,
                    "file",
                    "a file of the project",
                    found,
                    "a plain file",
                    "write the file",
                )
                return None
            if (size := path.stat().st_size) > MAX_BYTES:
                self._unreadable(
                    schema,
                    where,
                    None,
                    "file",
                    "size of the file",
                    f"{size} bytes",
                    f"at most {MAX_BYTES} bytes",
                    "split the record",
                )
                return None
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            found = f"byte 0x{error.object[error.start]:02x}"
            self._unreadable(
                schema, where, line, "file", "UTF-8 text", found, "UTF-8", "save the file as UTF-8"
            )
        except OSError as error:
            self._unreadable(
                schema,
                where,
                None,
                "file",
                "a file of the project",
                str(error),
                "a plain file",
                "write the file",
            )
        return None

    # YAML

    def _read_yaml(self, schema: Schema, path: Path) -> None:
        where = path.relative_to(self.root).as_posix()
        text = self._text(schema, path)
        if text is None:
            return
        try:
            document = read_document(text)
        except StrictYamlError as error:
            self._unreadable(
                schema,
                where,
                error.line,
                "file",
                "strict YAML",
                error.found,
                "keys, lists and quoted text, one value a line (CONTRIBUTING.md)",
                error.fix,
            )
            return
        is_list = bool(schema.record.get("list"))
        if document.value is None and is_list:
            return
        if not isinstance(document.value, list if is_list else dict):
            self._unreadable(
                schema,
                where,
                None,
                "file",
                "shape of the record",
                type(document.value).__name__,
                "a list of entries" if is_list else "keys and values",
                "write entries, each after a dash" if is_list else "write keys and values at the top",
            )
            return
        if is_list:
            for position, entry in enumerate(document.value):
                self._flatten_record(schema, entry, {}, where, (position,), document)
        else:
            keyed = {schema.record["id"]: path.stem} if "id" in schema.record else {}
            self._flatten_record(schema, document.value, keyed, where, (), document)

    def _flatten_record(
        self,
        schema: Schema,
        record: Any,
        keyed: Row,
        where: str,
        path: tuple[str | int, ...],
        document: Document,
    ) -> None:
        """One mapping becomes one row, its nested lists rows of the tables nested in it."""
        line = document.line_of(path)
        if not isinstance(record, dict):
            self._issue(
                where,
                line,
                schema.name,
                "shape of the record",
                repr(record)[:60],
                "keys and values",
                "write a mapping",
            )
            return
        children = {child.record["key"]: child for child in self.children[schema.name]}
        place = Place(where, line, document, path)
        row = self.blank[schema.name] | keyed
        if number := schema.record.get("number"):
            self._number_row(schema, row, record.get(number), number, place)
        types, coded = self.types[schema.name], self.coded[schema.name]
        for key, value in record.items():
            if key in coded:
                row[key], allowed = yaml_cell(value, types[key])
                if allowed:
                    self.inputs.doubt(schema.name)
                    fix = "write it so, or leave the key out"
                    found = repr(value)[:200]
                    self._issue(where, place.line_of(key), key, "type of the value", found, allowed, fix)
            elif key != number and key not in children:
                self._unknown_key(schema, key, place, children)
        self.inputs.add(schema.name, row, place)
        for key, child in children.items():
            self._flatten_children(child, record.get(key), row, (*path, key), place)

    def _flatten_children(
        self, child: Schema, entries: Any, parent: Row, path: tuple[str | int, ...], place: Place
    ) -> None:
        document = place.document
        if entries is None or document is None:
            return
        key = str(path[-1])
        if not isinstance(entries, list):
            found = repr(entries)[:60]
            fix = "write one entry per line, each after a dash"
            self._issue(place.file, place.line_of(key), key, "shape of the record", found, "a list", fix)
            return
        parent_key = self.schemas[child.record["within"]].record["id"]
        if len(entries) > MAX_ROWS:
            allowed, fix = f"at most {MAX_ROWS} entries", "split the record"
            found = f"{len(entries)} entries; the first {MAX_ROWS} are read"
            self.inputs.unreadable.add(child.name)
            self._issue(place.file, place.line_of(key), key, "size of the record", found, allowed, fix)
        for position, entry in enumerate(entries[:MAX_ROWS]):
            keyed = {parent_key: parent[parent_key]}
            self._flatten_record(child, entry, keyed, place.file, (*path, position), document)

    def _number_row(self, schema: Schema, row: Row, value: Any, number: str, place: Place) -> None:
        """The ID of a row that has a number: that of its parent, a point, and the number."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_ROWS:
            parent = row[self.schemas[schema.record["within"]].record["id"]]
            row[schema.record["id"]] = f"{parent}.{value:02d}"
            return
        self.inputs.doubt(schema.name)
        self._issue(
            place.file,
            place.line_of(number),
            number,
            "number of the row",
            repr(value)[:60],
            f"a whole number from 1 to {MAX_ROWS}, once in its document",
            f"write {number}: and the next free number",
        )

    def _unknown_key(self, schema: Schema, key: str, place: Place, children: dict[str, Schema]) -> None:
        self.inputs.doubt(schema.name)
        coded = [*schema.columns("coded"), *children]
        near = self.suggest.nearest(key, coded, hash(schema.name))
        if near:
            fix = f"did you mean {near}?"
        elif key in self.types[schema.name]:
            fix = "leave it out; it is derived"
        else:
            fix = "leave it out; no such column"
        rule = f"unknown key in {schema.name}"
        self._issue(place.file, place.line_of(key), key, rule, key, ", ".join(coded), fix)

    def _report_strays(self, known: set[Path]) -> None:
        for path in sorted((self.root / "records").rglob("*")):
            if path not in known and (path.is_symlink() or not path.is_dir()):
                self._issue(
                    path.relative_to(self.root).as_posix(),
                    None,
                    "file",
                    "every file under records/ belongs to a table",
                    path.name,
                    ", ".join(s.record["files"] for s in self.schemas.values() if "files" in s.record),
                    "move it to where its table is written, with the ending .yaml",
                )

    # CSV

    def _read_csv(self, schema: Schema) -> None:
        where = schema.written_csv or ""
        text = self._text(schema, self.root / where)
        if text is None:
            return
        if fault := _csv_fault(text):
            line, found, allowed, fix = fault
            self._unreadable(schema, where, line, "file", "plain CSV", found, allowed, fix)
            return
        before = len(self.inputs.rows[schema.name])
        try:
            for line, row in self._csv_rows(schema, where, text):
                self.inputs.add(schema.name, row, Place(where, line))
        except csv.Error as error:
            del self.inputs.rows[schema.name][before:], self.inputs.places[schema.name][before:]
            line = _line_of_csv_error(text)
            fix = 'put a cell that holds " or a comma in quotes, and write each " in it twice'
            self._unreadable(
                schema, where, line, "file", "plain CSV", str(error), "cells in whole quotes", fix
            )

    def _csv_rows(self, schema: Schema, where: str, text: str) -> Iterator[tuple[int, Row]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns, types = schema.columns(), self.types[schema.name]
        header = next(reader, [])
        if header != columns:
            allowed, fix = ", ".join(columns), "restore the header"
            self._unreadable(
                schema, where, 1, "header", "columns of the table", ", ".join(header), allowed, fix
            )
            return
        line = 2
        for values in reader:
            first, line = line, reader.line_num + 1
            if len(values) != len(columns):
                found, allowed = f"{len(values)} cells", f"{len(columns)} cells"
                self._issue(
                    where, first, "row", "cells in the row", found, allowed, "quote cells that hold a comma"
                )
                continue
            row = {}
            for name, value in zip(columns, values, strict=True):
                row[name], allowed_type = csv_cell(value, types[name])
                if allowed_type:
                    self.inputs.doubt(schema.name)
                    fix = "write it so, or leave the cell empty"
                    self._issue(where, first, name, "type of the value", value[:200], allowed_type, fix)
            yield first, row


def _csv_fault(text: str) -> tuple[int, str, str, str] | None:
    """Line, found, allowed and fix, where a CSV file has not the form that all readers read alike."""
    if text.startswith("\ufeff"):
        return 1, "a byte order mark", "UTF-8 without a byte order mark", "save the file without it"
    for character, found in (("\r", "a carriage return"), ("\0", "a NUL character")):
        if character in text:
            line = text[: text.index(character)].count("\n") + 1
            return line, found, "lines that end with LF", "leave the character out"
    if text and not text.endswith("\n"):
        return text.count("\n") + 1, "no line end", "a line end after the last row", "end the last line"
    return None


def _line_of_csv_error(text: str) -> int:
    """The line on which the quotes go wrong: where the row begins that no reader can end, or the row in error."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line
