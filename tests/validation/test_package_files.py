"""The files of a package, without building one: descriptor, manifest, hashes, Parquet against CSV."""

import hashlib
import json

import pyarrow.parquet
import pytest

from scripts.export.tables import csv_bytes, parquet_bytes, to_arrow
from scripts.schema.table_schema import load
from scripts.validation.package import (
    changed_since_release,
    missing_or_changed,
    parquet_differences,
    read_descriptor,
    read_tables,
    table_differences,
)
from tests.alone import invented_tables

PATH = "data/reference/actor_members.csv"
SCHEMA = load()["actor_members"]


@pytest.fixture
def members():
    return to_arrow(invented_tables()["actor_members"], SCHEMA)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(root, content: bytes, path: str = PATH) -> dict:
    """Writes a file and gives its entry of a descriptor."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)
    facts = {"path": path, "hash": f"sha256:{digest(content)}", "bytes": len(content)}
    return {"name": "actor_members", "format": path.rpartition(".")[2], **facts}


def found(issues) -> list[tuple]:
    return [(issue.file, issue.line, issue.field, issue.rule) for issue in issues]


def test_a_file_is_the_one_described(tmp_path):
    entry = write(tmp_path, b"x\n")
    rule = "the file that datapackage.json describes"
    assert missing_or_changed({"resources": [entry]}, tmp_path) == []
    for changed in ({"hash": "sha256:0"}, {"bytes": 3}):
        issues = missing_or_changed({"resources": [entry | changed]}, tmp_path)
        assert found(issues) == [(PATH, None, "file", rule)] and issues[0].found == entry["hash"]
    (tmp_path / PATH).unlink()
    (issue,) = missing_or_changed({"resources": [entry]}, tmp_path)
    assert (issue.rule, issue.found, issue.allowed) == (rule, "no file", entry["hash"])


def test_every_file_in_data_is_described(tmp_path):
    entry = write(tmp_path, b"x\n")
    write(tmp_path, b"y\n", "data/more/b.csv")
    write(tmp_path, b"y\n", "data/a.csv")
    issues = missing_or_changed({"resources": [entry]}, tmp_path)
    assert {issue.rule for issue in issues} == {"every file in data/ is described"}
    assert [(issue.file, issue.line, issue.found, issue.fix) for issue in issues] == [
        ("data/a.csv", None, "a.csv", "remove it"),
        ("data/more/b.csv", None, "b.csv", "remove it"),
    ]


def test_the_files_of_an_archive_are_those_of_its_manifest(tmp_path):
    assert changed_since_release(tmp_path) == []
    write(tmp_path, b"x\n")
    manifest = {"files": {PATH: {"sha256": digest(b"x\n")}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert changed_since_release(tmp_path) == []
    (tmp_path / PATH).write_bytes(b"y\n")
    (issue,) = changed_since_release(tmp_path)
    assert (issue.file, issue.rule) == (PATH, "the file that manifest.json names")
    assert (issue.found, issue.allowed) == (digest(b"y\n"), digest(b"x\n"))
    (tmp_path / PATH).unlink()
    assert [issue.found for issue in changed_since_release(tmp_path)] == ["no file"]


@pytest.mark.parametrize(
    "text", ["{", "{}", "[]", '{"files": 3}', '{"files": {"a": {}}}', '{"files": {"a": 3}}']
)
def test_a_manifest_that_cannot_be_read_is_refused(text, tmp_path):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    (issue,) = changed_since_release(tmp_path)
    assert (issue.file, issue.line, issue.field, issue.rule) == (
        "manifest.json",
        None,
        "file",
        "a readable manifest",
    )
    assert issue.found and issue.allowed == "the manifest of a release, as it stands in the archive"


def test_a_descriptor_names_hash_and_size_of_every_file(tmp_path):
    def read(*resources: dict):
        text = json.dumps({"name": "kestrels", "resources": resources})
        (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
        return read_descriptor(tmp_path)

    whole = {"name": "a", "path": "data/a.csv", "hash": "0" * 32, "bytes": 1, "format": "csv"}
    package, issues = read(whole, whole | {"name": "b"})
    assert package is not None and len(package["resources"]) == 2 and issues == []
    for name in ("hash", "bytes", "format"):
        package, (issue,) = read(whole, {key: cell for key, cell in whole.items() if key != name})
        assert package is None and (issue.file, issue.line, issue.field) == (
            "datapackage.json",
            None,
            "resources/1",
        )
        assert (issue.rule, issue.found, issue.allowed) == (
            "every file has path, hash, bytes and format",
            "none",
            name,
        )
    package, (issue,) = read(whole | {"bytes": "many"})
    assert package is None and (issue.field, issue.rule) == ("resources/0/bytes", "Data Package v2 profile")
    assert issue.found == "many" and issue.allowed
    (tmp_path / "datapackage.json").write_text('{"name": "kestrels"}', encoding="utf-8")
    package, (issue,) = read_descriptor(tmp_path)
    assert package is None and issue.field == "package"


def test_tables_are_read_and_what_cannot_be_read_is_told(tmp_path, members):
    schemas, text = load(), csv_bytes(members)
    entry, other = write(tmp_path, text), {"name": "x", "format": "bin", "path": "no-such"}
    tables, issues = read_tables({"resources": [other, entry]}, tmp_path, schemas)
    assert issues == [] and tables["actor_members"].num_rows == members.num_rows
    write(tmp_path, text.replace(b"member_actor_id", b"member", 1))
    tables, (issue,) = read_tables({"resources": [entry, other]}, tmp_path, schemas)
    assert tables == {} and (issue.file, issue.line, issue.field) == (PATH, 1, "header")
    assert (issue.rule, issue.found, issue.allowed) == (
        "columns of the schema",
        "actor_id, member",
        "actor_id, member_actor_id",
    )
    write(tmp_path, text + b'"a","b","c"\n')
    tables, (issue,) = read_tables({"resources": [entry]}, tmp_path, schemas)
    assert tables == {} and (issue.file, issue.line, issue.rule) == (
        PATH,
        None,
        "cells of the declared types",
    )
    assert issue.found and issue.allowed == "the types of the schema"


def test_a_parquet_file_has_the_cells_of_its_csv(tmp_path, members):
    path = "data/reference/actor_members.parquet"
    entry = write(tmp_path, parquet_bytes(members), path) | {"name": "actor_members_parquet", "format": "bin"}
    package, schemas = {"resources": [entry]}, load()
    assert parquet_differences({"actor_members": members}, package, tmp_path, schemas) == []
    assert parquet_differences({}, package, tmp_path, schemas) == []
    other = members.set_column(1, members.schema.field(1), [["ukraine", "iran"]])
    (issue,) = parquet_differences({"actor_members": other}, package, tmp_path, schemas)
    assert (issue.file, issue.line, issue.field, issue.rule) == (
        path,
        3,
        "member_actor_id",
        "the cell of the CSV",
    )
    assert (issue.found, issue.allowed) == ("'united-states'", "'iran'")
    (issue,) = table_differences(tmp_path / path, path, members.slice(1), SCHEMA)
    assert (issue.line, issue.field, issue.rule, issue.found, issue.allowed) == (
        None,
        "file",
        "as many rows as the CSV",
        "2",
        "1",
    )
    pyarrow.parquet.write_table(members.select(["actor_id"]), tmp_path / path)
    (issue,) = table_differences(tmp_path / path, path, members, SCHEMA)
    assert issue.rule == "the types of the schema" and "member_actor_id" not in issue.found
