"""A package on disk is refused when any byte, cell or key of it is not what the descriptor and the rules say."""

import hashlib
import json
import shutil
from types import SimpleNamespace
from unittest.mock import patch

import pyarrow.parquet
import pytest

from scripts import build
from scripts.export import publish
from scripts.export.tables import parquet_bytes, read_csv
from scripts.schema.table_schema import ROOT, arrow
from scripts.validation.package import check_package, frictionless_issues

pytestmark = pytest.mark.slow  # a package is built, and most tests run frictionless, which takes five seconds


@pytest.fixture(scope="module")
def built_package(invented_template, small_tables, tmp_path_factory):
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(invented_template, root, dirs_exist_ok=True)
    publish.publish(build.render(small_tables, root), "datapackage.json", build.FOLDERS, root)
    return root


@pytest.fixture
def package(built_package, tmp_path):
    for name in ("data", "rules"):
        shutil.copytree(built_package / name, tmp_path / name)
    shutil.copy(built_package / "datapackage.json", tmp_path)
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
    return [(issue.file, issue.field, issue.rule) for issue in check_package(package).issues]


def test_what_is_built_is_valid(package):
    report = check_package(package)
    assert report.issues == [] and "cells the same" in report.checked and "no row rules" not in report.checked


def test_what_is_shipped_is_valid():
    assert check_package(ROOT).issues == []


def test_a_package_with_other_columns_is_checked_by_its_own_schemas(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    name = "data/reference/actor_members"
    for resource in descriptor["resources"]:
        if resource["path"] == f"{name}.csv":
            resource["name"] = "signatories"
        elif resource["path"] == f"{name}.parquet":
            resource["name"] = "signatories_parquet"
    assert "signatories" in {resource["name"] for resource in descriptor["resources"]}
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = check_package(package)
    assert report.issues == [] and "no row rules" in report.checked


def test_missing_and_stray_files_are_refused(package):
    (package / "data/reference/actors.csv").unlink()
    (package / "data/more.csv").write_text("x\n")
    assert [(where, rule) for where, _, rule in rules(package)] == [
        ("data/reference/actors.csv", "the file that datapackage.json describes"),
        ("data/more.csv", "every file in data/ is described"),
    ]


def test_a_descriptor_outside_the_official_profile_is_refused(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = 3
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "strin"
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert {rule for _, _, rule in rules(package)} == {"Data Package v2 profile"}
    (package / "datapackage.json").write_text("{}", encoding="utf-8")
    assert {rule for _, _, rule in rules(package)} == {"Data Package v2 profile"}
    (package / "datapackage.json").write_text("{", encoding="utf-8")
    assert rules(package) == [("datapackage.json", "file", "a readable descriptor")]


def test_frictionless_refuses_wrong_cells(package):
    """All in one run, for it takes five seconds."""
    for path, old, new, _ in WRONG_CELLS:
        rewrite(package, path, old, new)
    issues = frictionless_issues(package)
    for path, _, _, title in WRONG_CELLS:
        hits = [issue for issue in issues if issue.file == path]
        assert title in {issue.rule for issue in hits} and all(issue.line for issue in hits)


WRONG_CELLS = [
    ("data/transfers.csv", '"finished_items"', '"finished"', "Constraint Error"),
    ("data/statements.csv", '"ali-kestrel"', '"no-such-actor"', "ForeignKey Error"),
    ("data/sources.csv", "2022-11-02,", "2022-11-32,", "Type Error"),
]


def test_a_parquet_of_other_cells_or_types_than_its_csv_is_refused(package):
    rewrite(package, "data/statements.csv", "The spokesman makes claim 2.", "The spokesman makes claim 3.")
    path = package / "data/sources.parquet"
    table = pyarrow.parquet.read_table(path)
    pyarrow.parquet.write_table(table.drop_columns([table.column_names[-1]]), path)
    agree(package, "data/sources.parquet")
    assert rules(package) == [
        ("data/sources.parquet", "file", "the types of the schema"),
        ("data/statements.parquet", "summary", "the cell of the CSV"),
    ]


def test_row_rules_are_run_on_what_is_on_disk(package, schemas):
    rewrite(package, "data/statements.csv", '"time_limited"', "")
    table = read_csv(package / "data/statements.csv", schemas["statements"]).cast(
        arrow(schemas["statements"])
    )
    (package / "data/statements.parquet").write_bytes(parquet_bytes(table))
    agree(package, "data/statements.parquet")
    (issue,) = check_package(package).issues
    assert (issue.file, issue.field) == ("data/statements.csv", "limits") and issue.line


def test_what_frictionless_finds_is_shown_with_its_place(tmp_path):
    bad = SimpleNamespace(title="Package Error", note="no name")
    cell = SimpleNamespace(title="Type Error", note="no number", row_number=7, field_name="value", cell="x")
    file = SimpleNamespace(title="Scheme Error", note="not readable")
    task = SimpleNamespace(place="data/statements.csv", errors=[cell, file])
    with patch("frictionless.validate", lambda _: SimpleNamespace(errors=[bad], tasks=[task])):
        found = [(i.file, i.line, i.field, i.rule, i.found, i.allowed) for i in frictionless_issues(tmp_path)]
    assert found == [
        (
            "datapackage.json",
            None,
            "package",
            "Package Error",
            "no name",
            "a package that frictionless accepts",
        ),
        ("data/statements.csv", 7, "value", "Type Error", "x", "no number"),
        ("data/statements.csv", 1, "row", "Scheme Error", "", "not readable"),
    ]


def test_a_type_that_no_schema_here_has_is_told(package):
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "duration"
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (issue,) = check_package(package).issues
    assert (issue.field, issue.rule, issue.allowed) == ("schema", "types of Table Schema", "known types")
    assert "duration" in issue.found
