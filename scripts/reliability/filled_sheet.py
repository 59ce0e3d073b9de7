"""Reads what a human coder filled in; what cannot be read is refused with file, line, field, found, allowed and fix.

A sheet may have been saved by a spreadsheet: comma, semicolon or tab, a byte order mark, TRUE for true, empty lines.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Tables
from scripts.records.suggest import Suggester
from scripts.reliability.agreement import text_of, variables
from scripts.reliability.coder_kit import (
    ANSWERS,
    KEY,
    SHEET,
    allowed_codes,
    field_of,
    is_required,
)
from scripts.schema.table_schema import Schemas
from scripts.validation.issues import Issue, ValidationFailed

Line = tuple[int, dict[str, str]]


def read_key(path: Path) -> pd.DataFrame:
    """The record's codes for a sample; ValidationFailed where the file is missing or no key."""
    fix = f"give the place of {KEY} that was made with this sample: --key FILE"
    try:
        key = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ValidationFailed([_of_file(path, "file", str(error), "a key", fix)]) from error
    if missing := {"sample", "row", "statement_id", "source_id", "given", "weight"} - {*key.columns}:
        raise ValidationFailed([_of_file(path, "header", f"no column {min(missing)}", "a key", fix)])
    return key


def read_filled(path: Path, key: pd.DataFrame, schemas: Schemas, tables: Tables) -> pd.DataFrame:
    """The answered rows, one column a variable that the sheet has; ValidationFailed with all that is wrong."""
    header, lines = _lines(path)
    names = [name for name in variables(schemas) if name in header]
    issues = list(_header_issues(path, header, names))
    if not issues:
        issues = list(_row_issues(path, lines, key, names, schemas, tables))
    if issues:
        raise ValidationFailed(issues)
    answered = [row for _, row in lines if row["answer"]]
    out = pd.DataFrame(answered, columns=["row", "answer", *names])
    for name in names:
        if field_of(name, schemas)["type"] == "number":
            out[name] = [text_of(float(cell)) if cell else "" for cell in out[name]]
    return out


def row_of(path: Path, number: str) -> dict[str, str]:
    """One row of a sheet, filled in or not; ValidationFailed where it has none of that number."""
    _, lines = _lines(path)
    for _, row in lines:
        if row.get("row") == number:
            return row
    raise ValidationFailed([_of_file(path, "row", number, "a row of the sheet", "name another row")])


def _lines(path: Path) -> tuple[list[str], list[Line]]:
    """Header, and every row that is not empty with the line on which it starts; cells trimmed."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValidationFailed(
            [_of_file(path, "file", error.strerror or str(error), "a filled sheet", "name the file")]
        ) from error
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = repr(content[error.start : error.start + 1])
        raise ValidationFailed(
            [
                Issue(
                    str(path),
                    line,
                    "file",
                    "text is in UTF-8",
                    found,
                    "UTF-8",
                    "save the sheet as CSV in UTF-8",
                )
            ]
        ) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        lines, start = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((start, _row(header, cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise ValidationFailed(
            [_of_file(path, "file", str(error), "CSV", "save the sheet as CSV, not as a workbook")]
        ) from error
    return header, lines


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    padded = [*cells, *[""] * (len(header) - len(cells))]
    row = {name: cell.strip() for name, cell in zip(header, padded, strict=False)}
    if extra := "".join(cells[len(header) :]).strip():
        row["beyond the last column"] = extra
    return {
        name: cell.lower() if cell.lower() in ("true", "false") or name == "answer" else cell
        for name, cell in row.items()
    }


def _header_issues(path: Path, header: list[str], names: list[str]) -> Iterator[Issue]:
    if repeated := sorted({name for name in header if name and header.count(name) > 1}):
        yield _of_file(path, "header", f"{repeated[0]} twice", "every column once", "delete one of them", 1)
    for name in ("sample", "row", "answer"):
        if name not in header:
            found = ", ".join(header[:8]) or "an empty file"
            yield _of_file(path, "header", found, f"a column {name}", f"take {SHEET} of the kit", 1)
    if not names:
        yield _of_file(path, "header", "no column of codes", "at least one", f"take {SHEET} of the kit", 1)


def _row_issues(
    path: Path, lines: list[Line], key: pd.DataFrame, names: list[str], schemas: Schemas, tables: Tables
) -> Iterator[Issue]:
    given = {row: cells.split() for row, cells in zip(key["row"], key["given"], strict=True)}
    (sample,) = key["sample"].unique()
    allowed = {name: allowed_codes(name, schemas, tables) for name in names}
    suggester = Suggester()
    first_line: dict[str, int] = {}
    for line, row in lines:
        number = row["row"]
        if "beyond the last column" in row:
            found = row["beyond the last column"]
            yield _of_cell(path, line, "row", found, "nothing beyond the last column", "put it in `note`")
        if row["sample"] != sample:
            yield _of_cell(path, line, "sample", row["sample"], sample, "score it with its own key: --key")
        elif number not in given:
            fix = "write the number of the row in the kit"
            yield _of_cell(path, line, "row", number, f"1 to {len(given)}", fix)
        elif number in first_line:
            fix = f"delete one of the lines {first_line[number]} and {line}"
            yield _of_cell(path, line, "row", number, "every row once", fix)
        elif row["answer"] not in ("", *ANSWERS):
            near = suggester.nearest(row["answer"], ANSWERS) or "coded"
            yield _of_cell(path, line, "answer", row["answer"], ", ".join(ANSWERS), f"write {near}")
        else:
            own = [name for name in names if name not in given[number]]
            yield from _cell_issues(path, line, row, own, allowed, schemas, suggester)
        first_line.setdefault(number, line)


def _cell_issues(
    path: Path,
    line: int,
    row: Mapping[str, str],
    names: list[str],
    allowed: dict[str, set[str]],
    schemas: Schemas,
    suggester: Suggester,
) -> Iterator[Issue]:
    if row["answer"] != "coded":
        if filled := next((name for name in names if row[name]), None):
            found = f"{row['answer'] or 'nothing'} in answer, {row[filled]} in {filled}"
            fix = "write coded in answer, or empty the codes"
            yield _of_cell(path, line, filled, found, "codes where answer is coded", fix)
        return
    for name in names:
        cell = row[name]
        if not cell:
            if is_required(name, schemas):
                fix = "write a code; delete the whole column if you do not code it"
                yield _of_cell(path, line, name, "nothing", _listed(name, allowed[name]), fix)
        elif problem := _problem(name, cell, allowed[name], schemas):
            near = suggester.nearest(cell.lower(), allowed[name], hash(name))
            fix = f"write {near}" if near else "see codes.md"
            yield _of_cell(path, line, name, cell, problem, fix)


def _problem(name: str, cell: str, allowed: set[str], schemas: Schemas) -> str | None:
    """What is allowed, where the cell is not; None where it is."""
    if allowed:
        return None if cell in allowed else _listed(name, allowed)
    if name in ("said", "event"):
        try:
            dates.parse(cell)
        except ValueError:
            return dates.ALLOWED
        return None
    is_number = cell.isascii() and cell.replace(".", "", 1).isdigit()
    return None if is_number else "a number in digits, as 2400 or 0.5"


def _listed(name: str, allowed: set[str]) -> str:
    if len(allowed) > 60:
        return "an ID of subjects.csv" if name == "subject" else "an ID of actors.csv"
    return ", ".join(sorted(allowed)) or "a date or number, as codes.md says"


def _of_cell(path: Path, line: int, field: str, found: str, allowed: str, fix: str) -> Issue:
    return Issue(str(path), line, field, "what the kit allows", found, allowed, fix)


def _of_file(path: Path, field: str, found: str, allowed: str, fix: str, line: int | None = None) -> Issue:
    return Issue(str(path), line, field, "a sheet of the kit, filled in", found, allowed, fix)
