"""The Stata and SPSS files, read back: every cell, every label, and the same bytes again."""

import datetime
import io
import json
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from scripts.export.statistics import CREATION, TABLES, YES_NO, short, spss, stata
from scripts.schema.table_schema import load
from tests.export.conftest import DAY, VERSION

pytestmark = pytest.mark.slow  # the archive of the shipped record is made first

READ = {"stata/{}.dta": pyreadstat.read_dta, "spss/{}.sav": pyreadstat.read_sav}
RESERVED = {  # words that neither program takes as the name of a variable
    *"aggregate array boolean break byte case catch class colvector complex const continue default delegate".split(),
    *"double else export external float for friend function global goto if import in inline int local long".split(),
    *"mata matrix namespace new null numeric operator private protected public quad real return rowvector".split(),
    *"scalar short static strl string struct super switch template this throw to try typename union using".split(),
    *"vector version virtual void volatile with all and by eq ge gt le lt ne not or".split(),
}


def words_again(frame: pd.DataFrame, labels: dict[str, dict[float, str]], fields) -> list[list[object]]:
    """The cells of a file as they stand in the CSV, typed by the schema."""
    columns = []
    for field in fields:
        cells, name = frame[field["name"]], field["name"]
        if name in labels:
            cells = cells.map(lambda cell, named=labels[name]: None if pd.isna(cell) else named[cell])
            if field["type"] == "boolean":
                cells = cells.map({"yes": True, "no": False})
        elif field["type"] == "integer":
            cells = cells.map(lambda cell: None if pd.isna(cell) else int(cell))
        elif field["type"] == "date":
            cells = cells.map(lambda cell: None if pd.isna(cell) else pd.Timestamp(cell).date())
        elif field["type"] == "string":
            cells = cells.map(lambda cell: cell or None)
        columns.append([None if pd.isna(cell) else cell for cell in cells])
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("pattern", READ)
@pytest.mark.parametrize("name", TABLES)
def test_every_cell_and_label_comes_back(name, pattern, unpacked, resources, expected):
    fields = resources[name]["schema"]["fields"]
    frame, told = READ[pattern](str(unpacked / pattern.format(name)), dates_as_pandas_datetime=True)
    assert list(frame.columns) == [field["name"] for field in fields]
    labels = told.variable_value_labels
    for field in fields:
        if words := field.get("constraints", {}).get("enum"):
            assert labels[field["name"]] == dict(enumerate(words, 1))
        elif field["type"] == "boolean":
            assert labels[field["name"]] == YES_NO
    described = {field["name"]: field["description"] for field in fields}
    for column, label in told.column_names_to_labels.items():
        assert label and described[column].startswith(label.removesuffix("…"))
    assert VERSION in told.file_label
    if pattern.endswith(".dta"):  # as the datasheet writes it: "denies":use_as
        assert told.variable_to_label == {column: column for column in labels}
    found = words_again(frame, labels, fields)
    assert len(found) == len(expected[name]) > 0
    for number, (here, there) in enumerate(zip(found, expected[name], strict=True)):
        assert here == there, (name, number)


def test_names_are_allowed_in_both_programs():
    for name in TABLES:
        for column in load()[name].columns():
            assert len(column) <= 32 and column.isidentifier() and column not in RESERVED


def test_the_bytes_do_not_depend_on_the_clock(unpacked, contents):
    code = f"""
import datetime, json, sys
from scripts.derive.shipped import read_shipped
from scripts.export.statistics import spss, stata
from scripts.export.tables import read_csv
from scripts.schema.table_schema import load
schema = load()["transfers"]
table = read_csv({str(unpacked / "data/transfers.csv")!r}, schema)
day = datetime.date.fromisoformat("{DAY}")
metadata = {{"title": "Attested Arms Transfers", "version": {VERSION!r}, "date": day}}
print(json.dumps([write(table, schema, metadata).hex() for write in (stata, spss)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for path, written in zip(
        ("stata/transfers.dta", "spss/transfers.sav"), json.loads(done.stdout), strict=True
    ):
        assert bytes.fromhex(written) == contents[path]
    assert contents["spss/transfers.sav"][CREATION] == f"{DAY:%d %b %y}12:00:00".encode()


def test_hostile_cells_come_back(tmp_path):
    schema = load()["retired_ids"]
    cells = ['a "b"\n\tc', "x" * 3000, "é" * 300, "=1+1", "Žižek صدى Шахед"]
    table = pa.table({column: cells for column in schema.columns()})
    for field in schema.fields:  # a vocabulary knows only its own words
        if words := field["constraints"].get("enum"):
            table = table.set_column(
                table.column_names.index(field["name"]), field["name"], pa.array([words[0]] * 5)
            )
    metadata = {"title": "t", "version": "1", "date": datetime.date(2026, 1, 1)}
    (tmp_path / "a.dta").write_bytes(stata(table, schema, metadata))
    (tmp_path / "a.sav").write_bytes(spss(table, schema, metadata))
    for frame, _ in (
        pyreadstat.read_dta(str(tmp_path / "a.dta")),
        pyreadstat.read_sav(str(tmp_path / "a.sav")),
    ):
        assert list(frame["reason"]) == cells
    assert list(pd.read_stata(io.BytesIO(stata(table, schema, metadata)))["reason"]) == cells


@pytest.mark.parametrize(
    "text, label", [("short", "short"), ("a b c d e f", "a b c…"), ("ééé ééé éé", "ééé…")]
)
def test_a_label_is_cut_after_a_word(text, label):
    assert short(text, 9) == label
