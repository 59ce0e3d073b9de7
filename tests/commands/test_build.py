"""The build gives the same bytes whatever surrounds it, and is replaced as a whole or not at all."""

import hashlib
import json
import os
import subprocess
import sys

import pyarrow.csv
import pyarrow.parquet
import pytest

from scripts import build
from scripts.export import publish, tables
from scripts.records.reader import Rows
from scripts.schema.table_schema import ROOT, arrow

GENERATED = ["data", "schemas/records", "CODEBOOK.md", "CITATION.cff", "datapackage.json"]


def run(root, **environment):
    return subprocess.run(
        [sys.executable, "-m", "scripts.build", "--root", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def fingerprint(root) -> dict[str, str]:
    files = [
        path
        for name in GENERATED
        for path in ([root / name] if (root / name).is_file() else sorted((root / name).rglob("*")))
        if path.is_file()
    ]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_is_committed_is_what_the_records_give(project):
    assert run(project).returncode == 0
    assert fingerprint(project) == fingerprint(ROOT)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "C.UTF-8", "TZ": "America/Adak", "PYTHONHASHSEED": "2"},
    ],
    ids=lambda environment: environment["TZ"],
)
def test_bytes_do_not_depend_on_surroundings(project, environment):
    assert run(project, **environment).returncode == 0
    assert fingerprint(project) == fingerprint(ROOT)


def test_bytes_do_not_depend_on_the_order_of_reading(rows):
    turned = Rows(
        {name: list(reversed(table)) for name, table in rows.rows.items()},
        {name: list(reversed(places)) for name, places in rows.places.items()},
        first=rows.first,
    )
    assert build.render(build.prepare(turned)[0]) == build.render(build.prepare(rows)[0])


def test_a_refused_build_leaves_everything_as_it_was(project):
    assert run(project).returncode == 0
    before = fingerprint(project)
    record = project / "records/transfers/irn-rus-uavs-2022.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace('"IRN"', '"IRX"'), encoding="utf-8")
    refused = run(project)
    assert (
        refused.returncode == 1
        and "irn-rus-uavs-2022.yaml:2: supplier" in refused.stderr
        and "nothing was written" in refused.stderr
    )
    assert fingerprint(project) == before


@pytest.mark.parametrize("killed_at", range(5))
def test_a_build_killed_between_files_is_refused_by_hash_and_healed(project, killed_at, monkeypatch):
    assert run(project).returncode == 0
    record = project / "records/transfers/irn-rus-uavs-2022.yaml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("kind not told", "kind untold"), encoding="utf-8"
    )
    files, replace, calls = build.render(build.prepare(build.gather(project))[0]), os.replace, []

    def killed(*arguments):
        calls.append(arguments)
        if len(calls) > killed_at:
            raise KeyboardInterrupt
        replace(*arguments)

    monkeypatch.setattr(publish.os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        publish.publish(files, "datapackage.json", build.FOLDERS, project)
    monkeypatch.undo()
    validated = subprocess.run(
        [sys.executable, "-m", "scripts.validate", "--root", str(project)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    described = {
        r["path"]: r["hash"] for r in json.loads((project / "datapackage.json").read_text())["resources"]
    }
    whole = all(
        hashlib.sha256((project / path).read_bytes()).hexdigest() == value.removeprefix("sha256:")
        for path, value in described.items()
    ) and not list((project / "data").glob(".*"))
    assert (validated.returncode == 0) == whole
    assert run(project).returncode == 0
    assert {path: hashlib.sha256(content).hexdigest() for path, content in files.items()} == fingerprint(
        project
    )


def test_strays_in_data_are_removed(project):
    assert run(project).returncode == 0
    (project / "data/old_table.csv").write_text("x\n")
    assert run(project).returncode == 0
    assert not (project / "data/old_table.csv").exists()


def test_csv_and_parquet_hold_the_same_cells_with_the_declared_types(schemas):
    compared = 0
    for name, schema in schemas.items():
        if schema.is_rule or schema.record.get("internal"):
            continue
        parquet = pyarrow.parquet.read_table(ROOT / schema.csv_path.replace(".csv", ".parquet"))
        text = tables.read_csv(ROOT / schema.csv_path, schema)
        assert parquet.schema.equals(arrow(schema)) and text.schema.types == arrow(schema).types
        assert parquet.to_pylist() == text.to_pylist()
        for field in schema.fields:
            assert (
                parquet.schema.field(field["name"]).metadata[b"description"].decode() == field["description"]
            )
        compared += parquet.num_rows * parquet.num_columns
    assert compared > 1000


def test_the_report_says_what_was_done_and_help_is_everywhere(project):
    done = run(project).stdout
    for word in (
        "table",
        "rows",
        "checks",
        "statements",
        "imports",
        "reading",
        "deriving",
        "writing",
        "claims_flat",
    ):
        assert word in done
    for verb in ("build", "validate", "tidy", "new_source", "anchor", "rederive", "site", "site_bench"):
        shown = subprocess.run(
            [sys.executable, "-m", f"scripts.{verb}", "--help"], cwd=ROOT, capture_output=True, text=True
        )
        assert shown.returncode == 0 and len(shown.stdout) > 200


def test_the_codebook_names_every_column_and_every_word(schemas):
    page = (ROOT / "CODEBOOK.md").read_text(encoding="utf-8")
    for schema in schemas.values():
        if not schema.record.get("internal"):
            for field in schema.fields:
                assert f"| `{field['name']}` |" in page
                for word in field["constraints"].get("enum", []):
                    assert f"- `{word}`: " in page
