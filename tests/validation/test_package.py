"""A package on disk is refused when any byte, cell or key of it is not what the descriptor and the rules say."""

import hashlib
import json
import shutil

import pyarrow.parquet
import pytest

from scripts.schema.table_schema import ROOT, arrow
from scripts.validate import by_frictionless, validate

SEED = "defense-post-2022-11-02-missile-delivery"


@pytest.fixture
def package(tmp_path):
    for name in ("data", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


def rewrite(package, path: str, old: str, new: str):
    """Changes a CSV and makes the descriptor agree, so that only the cells are wrong."""
    text = (package / path).read_text(encoding="utf-8")
    assert old in text
    (package / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    agree(package, path)


def agree(package, path: str):
    content = (package / path).read_bytes()
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["path"] == path:
            resource.update(hash=f"sha256:{hashlib.sha256(content).hexdigest()}", bytes=len(content))
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def rules(package) -> list[tuple]:
    return [(problem.where, problem.field, problem.rule) for problem in validate(package)[0]]


def test_what_is_shipped_is_valid():
    problems, said = validate(ROOT)
    assert problems == [] and "cells the same" in said


@pytest.mark.parametrize("path", ["data/statements.csv", "data/transfers.parquet", "rules/aspects.csv"])
def test_any_changed_byte_is_refused(package, path):
    content = bytearray((package / path).read_bytes())
    content[len(content) // 2] ^= 1
    (package / path).write_bytes(bytes(content))
    assert rules(package) == [(path, "file", "the file that datapackage.json describes")]


def test_missing_and_stray_files_are_refused(package):
    (package / "data/actors.csv").unlink()
    (package / "data/more.csv").write_text("x\n")
    assert [(where, rule) for where, _, rule in rules(package)] == [
        ("data/actors.csv", "the file that datapackage.json describes"),
        ("data/more.csv", "every file in data/ is described"),
    ]


def test_a_descriptor_outside_the_official_profile_is_refused(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = 3
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "strin"
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert {rule for _, _, rule in rules(package)} == {"Data Package v2 profile"}
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    assert rules(package) == [("datapackage.json", "file", "a readable descriptor")]


@pytest.mark.parametrize(
    "path,old,new,title",
    [
        ("data/transfers.csv", '"finished_items"', '"finished"', "Constraint Error"),
        ("data/transfers.csv", '"IRN"', '"Iran"', "Constraint Error"),
        ("data/statements.csv", '"iran"', '"no-such-actor"', "ForeignKey Error"),
        ("data/sources.csv", "2022-11-02,", "2022-11-32,", "Type Error"),
        ("data/actors.csv", '"iran","Iran"', '"russia","Iran"', "PrimaryKey Error"),
    ],
)
def test_frictionless_refuses_wrong_cells(package, path, old, new, title):
    rewrite(package, path, old, new)
    problems = [problem for problem in by_frictionless(package) if problem.where == path]
    assert title in {problem.rule for problem in problems} and all(
        isinstance(problem.path, int) for problem in problems
    )


def test_a_csv_that_differs_from_its_parquet_is_refused(package):
    rewrite(package, "data/statements.csv", "450,450,450", "450,451,450")
    assert ("data/statements.parquet", "point", "the cell of the CSV") in rules(package)


def test_a_parquet_of_other_types_is_refused(package):
    path = package / "data/actors.parquet"
    table = pyarrow.parquet.read_table(path)
    pyarrow.parquet.write_table(
        table.replace_schema_metadata(None).cast(
            pyarrow.schema(
                [(name, pyarrow.large_string()) for name in table.column_names[:-1]]
                + [("state_controlled", pyarrow.bool_())]
            )
        ),
        path,
    )
    agree(package, "data/actors.parquet")
    assert ("data/actors.parquet", "file", "the types of the schema") in rules(package)


def test_row_rules_are_run_on_what_is_on_disk(package, schemas):
    from scripts.export.tables import parquet_bytes, read_csv

    rewrite(package, "data/statements.csv", '"unclear"', "")
    (package / "data/statements.parquet").write_bytes(
        parquet_bytes(
            read_csv(package / "data/statements.csv", schemas["statements"]).cast(
                arrow(schemas["statements"])
            )
        )
    )
    agree(package, "data/statements.parquet")
    assert (
        "data/statements.csv",
        "limits",
        "limits stand with a denial and a party's assertion, and nowhere else",
    ) in rules(package)
