"""The archive, loaded in every tool we name: the same rows and the same types everywhere.

What a CSV cell says and what type its schema gives is the measure; each tool must give that back for every
cell of every table.
"""

import ast
import asyncio
import datetime
import importlib
import io
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

import duckdb
import openpyxl
import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet
import pytest

from scripts.export.sqlite import SEARCHED
from scripts.export.workbook import spreadsheet
from scripts.schema.table_schema import ROOT, load
from tests.export.conftest import VERSION, typed

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first

R_CLASSES = {
    "string": "character",
    "integer": "integer",
    "number": "numeric",
    "boolean": "logical",
    "date": "Date",
}


def plain(value):
    """A cell of any library as a plain Python value."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return (
        value.date()
        if isinstance(value, datetime.datetime)
        else value.item()
        if hasattr(value, "item")
        else value
    )


def same(found: dict[str, list], expected: dict[str, list]):
    """Cell by cell, so that a difference is told where it is; and something must have been compared."""
    assert found.keys() == expected.keys() and sum(len(rows) for rows in found.values()) > 500
    for table, rows in expected.items():
        assert len(found[table]) == len(rows), table
        for number, (here, there) in enumerate(zip(found[table], rows, strict=True)):
            here = [plain(cell) for cell in here]
            assert here == there and [type(cell) for cell in here] == [type(cell) for cell in there], (
                table,
                number,
                here,
                there,
            )


def test_pandas_reads_the_csv_with_our_loader(unpacked, resources, expected, monkeypatch):
    monkeypatch.syspath_prepend(str(unpacked))
    monkeypatch.delitem(sys.modules, "load", raising=False)
    loader = importlib.import_module("load")
    frames = {name: loader.load(name) for name in resources}
    for name, frame in frames.items():
        for field in resources[name]["schema"]["fields"]:
            kind = str(frame[field["name"]].dtype)
            want = (
                "category"
                if "enum" in field.get("constraints", {})
                else {
                    "string": "string",
                    "integer": "Int64",
                    "number": "Float64",
                    "boolean": "boolean",
                    "date": "datetime64",
                }[field["type"]]
            )
            assert kind.startswith(want), (name, field["name"], kind)
        assert frame.attrs == {"package": "attested-arms-transfers", "version": VERSION, "table": name}
    same({name: frame.astype(object).values.tolist() for name, frame in frames.items()}, expected)
    with pytest.raises(KeyError, match="there are actor_members"):
        loader.load("no_such_table")


def test_the_loader_reads_from_the_zip_and_as_known_on_a_day(zipped, unpacked, monkeypatch):
    monkeypatch.syspath_prepend(str(unpacked))
    monkeypatch.delitem(sys.modules, "load", raising=False)
    loader = importlib.import_module("load")
    history = loader.load("transfer_history", zipped)
    pd.testing.assert_frame_equal(history, loader.load("transfer_history"))
    assert history.attrs["version"] == VERSION
    then = loader.as_of(history, "2022-11-05")
    day = pd.Timestamp("2022-11-05")
    assert then.attrs == {**history.attrs, "as_of": "2022-11-05"} and "as_of" not in history.attrs
    assert then["transfer_id"].is_unique and len(then) > 5
    assert (then["known_from"] <= day).all() and not (then["known_to"] <= day).any()
    changed = history["known_from"].iloc[1].date().isoformat()
    assert history.index[1] in loader.as_of(history, changed).index, "a row holds from its first day"
    ended = history[history["known_to"].notna()].iloc[0]
    on_its_end = loader.as_of(history, ended["known_to"].date().isoformat())
    assert ended.name not in on_its_end.index, "and no longer on the day that ends it"
    statements = loader.load("statements", zipped)
    assert 0 < len(loader.as_of(statements, "2022-11-05")) < len(statements)
    with pytest.raises(KeyError, match="known_from"):
        loader.as_of(loader.load("actors"), "2022-11-05")
    with pytest.raises(FileNotFoundError):
        loader.load("actors", zipped.with_name("none.zip"))


def test_the_loader_is_in_the_language_of_python_3_9(unpacked):
    """Nothing newer is in its syntax; annotations are not evaluated."""
    ast.parse((unpacked / "load.py").read_text(encoding="utf-8"), feature_version=(3, 9))


R_ZIP = """
source("{folder}/load.R")
for (engine in c("readr", "data.table", "RSQLite")) {{
  history <- load_table("transfer_history", "{zipped}", engine)
  then <- as_of(history, "2022-11-05")
  cat(nrow(history), nrow(then), attr(then, "version"), attr(then, "as_of"), class(then)[1], "\\n")
}}
"""


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R NOT tested: no Rscript here")
def test_r_reads_from_the_zip_and_as_known_on_a_day(zipped, unpacked, expected, resources):
    code = R_ZIP.format(folder=unpacked, zipped=zipped)
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    names = [field["name"] for field in resources["transfer_history"]["schema"]["fields"]]
    rows = [dict(zip(names, row, strict=True)) for row in expected["transfer_history"]]
    day = datetime.date(2022, 11, 5)
    n_then = sum(
        row["known_from"] <= day and not (row["known_to"] and row["known_to"] <= day) for row in rows
    )
    head = f"{len(rows)} {n_then} {VERSION} 2022-11-05"
    wanted = [f"{head} data.frame", f"{head} data.table", f"{head} data.frame"]
    assert [line.strip() for line in done.stdout.splitlines()] == wanted


@pytest.mark.parametrize("tool", ["pandas", "pyarrow", "polars", "DuckDB"])
def test_parquet(tool, unpacked, resources, expected):
    read = {
        "pandas": lambda path: pd.read_parquet(path, dtype_backend="pyarrow").astype(object).values.tolist(),
        "pyarrow": lambda path: [list(row.values()) for row in pyarrow.parquet.read_table(path).to_pylist()],
        "polars": lambda path: [list(row) for row in polars.read_parquet(path).rows()],
        "DuckDB": lambda path: [list(row) for row in duckdb.sql(f"select * from '{path}'").fetchall()],
    }[tool]
    shipped = {
        name: rows for name, rows in expected.items() if not resources[name]["path"].startswith("rules/")
    }
    same(
        {name: read(str(unpacked / resources[name]["path"].replace(".csv", ".parquet"))) for name in shipped},
        shipped,
    )


POLARS = {
    "string": polars.String,
    "integer": polars.Int64,
    "number": polars.Float64,
    "boolean": polars.Boolean,
    "date": polars.Date,
}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


@pytest.mark.parametrize("tool", ["polars", "DuckDB"])
def test_csv_with_the_types_of_the_schema(tool, unpacked, resources, expected):
    def read(resource):
        path, types = (
            unpacked / resource["path"],
            {field["name"]: field["type"] for field in resource["schema"]["fields"]},
        )
        if tool == "polars":
            return [
                list(row)
                for row in polars.read_csv(
                    path, schema={name: POLARS[kind] for name, kind in types.items()}
                ).rows()
            ]
        return [
            list(row)
            for row in duckdb.read_csv(
                str(path),
                columns={name: DUCKDB[kind] for name, kind in types.items()},
                header=True,
                quotechar='"',
                escapechar='"',
            ).fetchall()
        ]

    same({name: read(resource) for name, resource in resources.items()}, expected)


@pytest.mark.skipif(
    not shutil.which("Rscript") and "CI" not in os.environ,
    reason="R NOT tested: no Rscript here; the Debian packages it needs stand in .ci/packages",
)
@pytest.mark.parametrize("engine", ["readr", "data.table", "RSQLite"])
def test_r(engine, unpacked, resources, expected):
    done = subprocess.run(
        ["Rscript", ROOT / "tests/load_all.R", unpacked, engine],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == list(resources)
    for name, resource in resources.items():
        for place, field in enumerate(resource["schema"]["fields"]):
            column = found[name][field["name"]]
            assert column["class"] == (
                "factor" if "enum" in field.get("constraints", {}) else R_CLASSES[field["type"]]
            ), (name, field["name"])
            cells = (
                column["cells"]
                if isinstance(column["cells"], list)
                else [column["cells"]]
                if expected[name]
                else []
            )
            assert [None if cell is None else typed(cell, field["type"]) for cell in cells] == [
                row[place] for row in expected[name]
            ], (name, field["name"])


def test_sqlite_has_the_rows_keys_and_types(database, resources, expected):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for name, resource in resources.items():
        kinds = [field["type"] for field in resource["schema"]["fields"]]
        rows = [
            [
                None
                if cell is None
                else bool(cell)
                if kind == "boolean"
                else datetime.date.fromisoformat(cell)
                if kind == "date"
                else cell
                for cell, kind in zip(row, kinds, strict=True)
            ]
            for row in connection.execute(f"select * from [{name}]")
        ]
        same({name: rows, "": [[1]] * 501}, {name: expected[name], "": [[1]] * 501})
        keys = [
            row[1]
            for row in sorted(connection.execute(f"pragma table_info([{name}])"), key=lambda row: row[5])
            if row[5]
        ]
        assert keys == (resource["schema"].get("primaryKey") or [])
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    for name, resource in resources.items():
        declared = {
            (key["fields"][0], key["reference"]["resource"] or name)
            for key in resource["schema"].get("foreignKeys", [])
            if len(key["fields"]) == 1
        }
        assert {
            (row[3], row[2]) for row in connection.execute(f"pragma foreign_key_list([{name}])")
        } == declared


def test_datasette_opens_it_and_answers_over_its_json_api(database, expected):
    from datasette.app import Datasette

    async def ask(*paths):
        datasette = Datasette([], immutables=[str(database)])
        return [(await datasette.client.get(f"/{database.stem}/{path}")).json() for path in paths]

    kept, searched, one = asyncio.run(
        ask(
            "statements.json?_size=max&_shape=objects&stance=deny",
            "claims_flat.json?_search=Fath-360&_shape=objects&_size=max",
            "transfers/irn-rus-fath-360.json?_shape=objects",
        )
    )
    assert kept["filtered_table_rows_count"] == sum("deny" in row for row in expected["statements"]) > 10
    places = [list(load()["claims_flat"].columns()).index(column) for column in SEARCHED["claims_flat"]]
    holding = [
        row
        for row in expected["claims_flat"]
        if any(re.search(r"\bfath\W360\b", str(row[place]), re.I) for place in places)
    ]
    assert searched["filtered_table_rows_count"] == len(holding) > 10
    assert one["rows"][0]["supplier"] == "IRN"


def test_the_spreadsheet_holds_the_same_cells_and_no_formula(unpacked, resources, expected):
    books = [openpyxl.load_workbook(path) for path in unpacked.glob("*.xlsx")]
    sheets = {sheet.title: sheet for book in books for sheet in book.worksheets}
    assert len(books) == 2 and set(sheets) == {*resources, "codebook", "about"}
    found = {}
    for name in resources:
        sheet = sheets[name]
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
        rows = list(sheet.iter_rows())
        assert [cell.value for cell in rows[0]] == [
            field["name"] for field in resources[name]["schema"]["fields"]
        ]
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in rows for cell in row)
        kinds = [field["type"] for field in resources[name]["schema"]["fields"]]
        found[name] = [
            [
                float(cell.value) if kind == "number" and cell.value is not None else cell.value
                for cell, kind in zip(row, kinds, strict=True)
            ]
            for row in rows[1:]
        ]
    same(
        {
            name: [row for row in rows if any(cell is not None for cell in row)]
            for name, rows in found.items()
        },
        expected,
    )
    n_described = sum(book["codebook"].max_row - 1 for book in books)
    assert n_described == sum(len(resource["schema"]["fields"]) for resource in resources.values())


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path):
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")']
    schema = load()["retired_ids"]
    table = pa.table({column: evil for column in schema.columns()})
    metadata = {"title": "t", "version": "1", "steward": "s", "date": datetime.date(2026, 1, 1)}
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheet({"retired_ids": table}, {"retired_ids": schema}, metadata))
    )
    cells = [cell for row in book["retired_ids"].iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells[:: len(schema.columns())]] == evil
    assert all(cell.data_type == "s" and cell.quotePrefix and cell.hyperlink is None for cell in cells)


def test_no_shipped_text_would_run_as_a_formula_where_the_csv_is_opened_in_a_spreadsheet(expected):
    assert [
        cell
        for rows in expected.values()
        for row in rows
        for cell in row
        if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []


def test_croissant_reads_the_records(unpacked, expected):
    mlcroissant = importlib.import_module("mlcroissant")  # slow to load
    dataset = mlcroissant.Dataset(jsonld=str(unpacked / "croissant.json"))
    assert dataset.metadata.issues.errors == set() and "1.1" in str(
        json.loads((unpacked / "croissant.json").read_text())["conformsTo"]
    )
    for name in ("transfers", "systems"):
        assert len(list(dataset.records(name))) == len(expected[name])
    for name in ("statements", "sources"):  # it reads a hundred rows a second
        assert len(list(itertools.islice(dataset.records(name), 50))) == 50
