"""What public bug reports of other projects say goes wrong when others open such files, tried on the archive.

Each test names the report; the list is that of the review of release 3.0.0.
"""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile

import duckdb
import frictionless
import openpyxl
import pandas as pd
import polars
import pyarrow.parquet
import pytest

from scripts.export import archive
from scripts.export.sqlite import sqlite
from scripts.export.tables import number_text, read_csv, to_arrow
from scripts.export.workbook import spreadsheets
from scripts.schema.table_schema import ROOT, load
from tests.export.conftest import DAY

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first


def shipped_csvs(resources):
    return {
        name: resource for name, resource in resources.items() if not resource["path"].startswith("rules/")
    }


def test_decimals_late_in_a_column_do_not_stop_a_reader_that_guesses(unpacked, resources):
    """github.com/pola-rs/polars/issues/12692: a column whole in its first rows was guessed an integer."""
    n_numbers = 0
    for name, resource in shipped_csvs(resources).items():
        frame = polars.read_csv(unpacked / resource["path"])
        for field in resource["schema"]["fields"]:
            if field["type"] == "number" and frame[field["name"]].head(100).is_not_null().any():
                assert frame[field["name"]].dtype == polars.Float64, (name, field["name"])
                n_numbers += 1
    assert n_numbers


def test_numbers_have_a_point_and_no_exponent(contents, resources):
    """github.com/Rdatatable/data.table/issues/2375 (integer64), github.com/gem/oq-engine/issues/3962 (digits)."""
    n_numbers = 0
    for resource in shipped_csvs(resources).values():
        frame = pd.read_csv(io.BytesIO(contents[resource["path"]]), dtype=str, keep_default_na=False)
        for field in resource["schema"]["fields"]:
            if field["type"] == "number":
                cells = frame[field["name"]]
                assert cells[cells != ""].str.fullmatch(r"-?\d+\.\d+").all(), field["name"]
                n_numbers += int((cells != "").sum())
    assert n_numbers > 100


@pytest.mark.parametrize(
    "number, text",
    [(40.0, "40.0"), (6.25, "6.25"), (9999999.0, "9999999.0"), (4e9, "4000000000.0"), (120.7008, "120.7008")]
    + [(1e22, "10000000000000000000000.0"), (1e-7, "0.0000001"), (-0.5, "-0.5"), (None, "")],
)
def test_a_number_keeps_every_digit(number, text):
    assert number_text(number) == text and (number is None or float(text) == number)


def test_parquet_is_compressed_in_a_way_every_reader_knows(unpacked, resources):
    """github.com/frequency-chain/parquetjs/issues/150: JavaScript readers refuse zstd."""
    paths = sorted(unpacked.rglob("*.parquet"))
    assert len(paths) == len(shipped_csvs(resources))
    for path in paths:
        metadata = pyarrow.parquet.read_metadata(path)
        for group in range(metadata.num_row_groups):
            columns = [metadata.row_group(group).column(n) for n in range(metadata.num_columns)]
            assert {column.compression for column in columns} == {"SNAPPY"}


def test_days_in_parquet_compare_after_the_documented_line(unpacked, contents):
    """github.com/catalyst-cooperative/pudl/issues/4326."""
    line = 'frame["known_from"] = pd.to_datetime(frame["known_from"])'
    assert line in contents["docs/datasheet.md"].decode()
    frame = pd.read_parquet(unpacked / "data/claims_flat.parquet")
    exec(line, {"frame": frame, "pd": pd})
    assert (frame["known_from"] <= pd.Timestamp("2022-11-02")).any()


def test_the_zip_is_opened_by_the_tools_of_its_standard(zipped):
    """github.com/frictionlessdata/frictionless-py/issues/1499: no descriptor was found in a folder within."""
    package = frictionless.Package(str(zipped))
    assert package.name == "attested-arms-transfers"
    assert package.get_resource("transfers").read_rows()


def test_every_csv_is_listed_before_any_parquet(contents):
    """`frictionless index` stops at the first resource that is no table."""
    formats = [resource["format"] for resource in json.loads(contents["datapackage.json"])["resources"]]
    assert formats == sorted(formats, key="bin".__eq__) and {*formats} == {"csv", "bin"}


def test_a_clone_on_windows_keeps_every_byte():
    """github.com/pywr/pywr/issues/536: git translated line ends, and no hash held."""
    paths = [
        "data/claims_flat.csv",
        "datapackage.json",
        "rules/aspects.csv",
        "releases/4.0.0/SHA256SUMS",
        "load.py",
    ]
    told = subprocess.run(
        ["git", "check-attr", "text", "--", *paths], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [f"{path}: text: unset" for path in paths]


def test_the_zip_can_be_zipped_again_anywhere(zipped):
    """github.com/buildpacks/pack/issues/184: files of 1980 are earlier than that west of Greenwich."""
    with zipfile.ZipFile(zipped) as opened:
        dates = {entry.date_time for entry in opened.infolist()}
    assert dates == {(DAY.year, DAY.month, DAY.day, 12, 0, 0)}


def test_no_column_is_a_word_of_sql(database, unpacked, resources):
    """github.com/simonw/sqlite-utils/issues/10: `select table from changes` was a syntax error."""
    lite, duck = sqlite3.connect(database), duckdb.connect()
    for name, resource in resources.items():
        columns = [field["name"] for field in resource["schema"]["fields"]]
        duck.execute(
            f"CREATE TABLE {name} AS FROM read_csv('{unpacked / resource['path']}', all_varchar=true)"
        )
        for column in columns:
            lite.execute(f"SELECT {column} FROM {name}")
            duck.execute(f"SELECT {column} FROM {name}")


def test_duckdb_reads_with_columns_and_the_documented_escape(unpacked, resources, expected):
    """github.com/duckdb/duckdb/issues/16476."""
    kinds = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    for name, resource in resources.items():
        columns = {field["name"]: kinds[field["type"]] for field in resource["schema"]["fields"]}
        path = str(unpacked / resource["path"])
        rows = duckdb.read_csv(path, header=True, columns=columns, escapechar='"', quotechar='"').fetchall()
        assert [list(row) for row in rows] == expected[name], name


def test_the_words_none_and_na_are_kept_by_our_loader(unpacked, resources, expected, monkeypatch):
    """github.com/wireservice/csvkit/issues/806: `none` was taken as missing."""
    monkeypatch.syspath_prepend(str(unpacked))
    monkeypatch.delitem(sys.modules, "load", raising=False)
    load_table = __import__("load").load
    place = [field["name"] for field in resources["statements"]["schema"]["fields"]].index("authority")
    n_none = sum(row[place] == "none" for row in expected["statements"])
    assert n_none and (load_table("statements")["authority"] == "none").sum() == n_none


@pytest.mark.parametrize("version, works", [("1.5.3", False), ("2.0.3", True), ("3.1.1", True)])
def test_the_loader_says_which_pandas_it_needs(unpacked, monkeypatch, version, works):
    """github.com/Pyomo/mpi-sppy/issues/612: a TypeError on every table instead."""
    monkeypatch.syspath_prepend(str(unpacked))
    monkeypatch.delitem(sys.modules, "load", raising=False)
    monkeypatch.setattr(pd, "__version__", version)
    if works:
        assert __import__("load").load
        return
    with pytest.raises(ImportError, match="pandas 2.0 or newer; this is pandas 1.5.3"):
        __import__("load")


def test_the_loader_is_read_by_a_python_without_unions_of_types(unpacked):
    """The annotations are not evaluated: `from __future__ import annotations` is its first import."""
    lines = (unpacked / "load.py").read_text(encoding="utf-8").splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    assert imports[0] == "from __future__ import annotations"


def test_other_ways_of_opening_are_documented(contents):
    """Reports whose cause is the other tool: one line each in the datasheet."""
    page = contents["docs/datasheet.md"].decode()
    for words in (".xlsx", "--blanks", "multiLine=True", ".import", "fastparquet", "data_files="):
        assert words in page


def test_the_workbook_says_what_it_is(contents):
    """github.com/vdeminstitute/vdemdata/issues/35: a loaded frame did not say which version it is."""
    book = openpyxl.load_workbook(io.BytesIO(contents["attested-arms-transfers.xlsx"]), read_only=True)
    about = dict(list(book["about"].iter_rows(values_only=True))[1:])
    assert about["version"] == "9.0.0" and about["date"] == "2027-01-31"


def test_every_format_is_the_same_bytes_when_written_again(contents, small_tables, schemas, metadata):
    arrow = {
        name: read_csv(ROOT / schema.csv_path, schema)
        if schema.is_rule
        else to_arrow(small_tables[name], schema, metadata)
        for name, schema in schemas.items()
        if not schema.record.get("internal")
    }
    first = sqlite(arrow, schemas, metadata), spreadsheets(arrow, schemas, metadata)
    second = time.localtime()
    while time.localtime() == second:  # a clock that ticks would show in the bytes
        time.sleep(0.01)
    assert (sqlite(arrow, schemas, metadata), spreadsheets(arrow, schemas, metadata)) == first
    assert archive.zip_bytes(contents, DAY) == archive.zip_bytes(dict(reversed(contents.items())), DAY)


def test_the_archive_brings_the_rules_that_derive_it(contents):
    assert any(path.startswith("rules/derivation/") and path.endswith(".sql") for path in contents)
    assert {schema.csv_path for schema in load().values() if schema.is_rule} <= contents.keys()


def test_the_archive_brings_every_document_and_schema(contents):
    assert [pattern for pattern in archive.COPIED if not list(ROOT.glob(pattern))] == []
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    schemas = {f"schemas/{'rules/' * schema.is_rule}{name}.schema.json" for name, schema in load().items()}
    assert pages | schemas | {"README.md", "CITATION.cff", "LICENSE", "load.py", "load.R"} <= contents.keys()


def test_the_archive_is_light(contents, tables):
    """A statement, in seven formats, on pages, and with all that is derived from it, takes less than 5.2 kB.

    It stands in the archive some twelve times: twice each in CSV, Parquet, workbook and SQLite, once in Stata, SPSS and
    explorer, and on each static page that shows it. So no archive of everything has 3 MB; the explorer alone has.
    """
    assert len(archive.zip_bytes(contents, DAY)) < 5_200 * len(tables["statements"])


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R NOT tested: no Rscript here")
def test_fread_without_bit64_gives_numbers(unpacked):
    read = f'x <- data.table::fread("{unpacked}/data/statements.csv")'
    script = f"{read}; cat(class(x$value), max(x$value, na.rm = TRUE) > 1000)"
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout == "numeric TRUE"
