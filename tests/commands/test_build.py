"""The build gives the same bytes whatever surrounds it, and is replaced as a whole or not at all."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace as changed

import pyarrow.parquet
import pytest

from scripts import build
from scripts.__main__ import commands
from scripts.export import tables
from scripts.export.publish import publish
from scripts.records.reader import Inputs
from scripts.schema.table_schema import ROOT, arrow
from tests import small
from tests.checking import run, run_plain

PAGES = ["docs/codebook.md", "docs/derivation.md"]
GENERATED = ["data", "schemas/records", *PAGES, "CITATION.cff", ".zenodo.json", "datapackage.json"]
UAVS = "records/transfers/irn-rus-uavs.yaml"


def run_elsewhere(root, umask=-1, **environment):
    """A build in a process of its own, with this environment."""
    return subprocess.run(
        [sys.executable, "-m", "scripts.build", "--root", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        umask=umask,
    )


def fingerprint(root) -> dict[str, str]:
    files = [
        path
        for name in GENERATED
        for path in ([root / name] if (root / name).is_file() else sorted((root / name).rglob("*")))
        if path.is_file()
    ]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_record_holds_and_what_is_committed_is_what_it_gives(built):
    """The one test of `make check` that reads, checks and builds the whole record."""
    files = build.render(built, ROOT)
    assert [issue.file for issue in build.differing(files, ROOT)] == []
    assert set(fingerprint(ROOT)) <= set(files), "files that no build writes"


@pytest.mark.slow  # two builds, each in a process of its own
def test_bytes_do_not_depend_on_surroundings(small_project):
    first = run_elsewhere(small_project, LC_ALL="C", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1")
    before = fingerprint(small_project)
    second = run_elsewhere(
        small_project, umask=0o077, LC_ALL="C.UTF-8", TZ="America/Adak", PYTHONHASHSEED="2"
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert fingerprint(small_project) == before


def test_a_checkout_that_would_end_lines_by_crlf_has_the_same_bytes(small_project, tmp_path):
    """Git for Windows translates line ends unless .gitattributes forbids it; what is read is then what is built."""
    shutil.copy(ROOT / ".gitattributes", small_project)
    small.git(small_project, "init", "-q")
    small.commit(small_project)
    copy = tmp_path / "crlf"
    options = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    small.git(tmp_path, *options, "clone", "-q", str(small_project), str(copy))
    paths = [path.relative_to(small_project) for path in (small_project / "records").rglob("*.*")]
    assert len(paths) > 20
    assert all((copy / path).read_bytes() == (small_project / path).read_bytes() for path in paths)


@pytest.mark.slow  # a build
def test_bytes_do_not_depend_on_the_order_of_reading(small_project, small_tables):
    inputs = build.load_inputs(small_project)
    turned = Inputs(
        {name: list(reversed(rows)) for name, rows in inputs.rows.items()},
        {name: list(reversed(places)) for name, places in inputs.places.items()},
    )
    turned = changed(
        turned, **{name: getattr(inputs, name) for name in vars(inputs) if name not in ("rows", "places")}
    )
    files = [
        build.render(tables, small_project)
        for tables in (small_tables, build.build_tables(turned, small_project).tables)
    ]
    assert files[0] == files[1]


@pytest.mark.slow  # checks a whole project
def test_a_refused_build_leaves_everything_as_it_was(small_project, small_tables):
    publish(build.render(small_tables, small_project), "datapackage.json", build.FOLDERS, small_project)
    before = fingerprint(small_project)
    record = small_project / UAVS
    record.write_text(record.read_text(encoding="utf-8").replace('"IRN"', '"IRX"'), encoding="utf-8")
    refused = run("build", small_project)
    assert refused.returncode == 1 and f"{UAVS}:2: supplier" in refused.stderr
    assert "nothing was written" in refused.stderr and fingerprint(small_project) == before


def test_schemas_are_those_of_the_root(small_project):
    path = small_project / "schemas/transfers.schema.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"type": "string"', '"type": "sting"', 1))
    refused = run("build", small_project)
    assert refused.returncode == 1 and "transfers.schema.json" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow  # a build
def test_strays_in_data_are_removed_and_the_report_says_what_was_done(small_project):
    (small_project / "data").mkdir()
    (small_project / "data/old_table.csv").write_text("x\n")
    done = run("build", small_project)
    assert done.returncode == 0 and not (small_project / "data/old_table.csv").exists()
    for word in ("table", "rows", "checks", "statements", "reading", "deriving", "writing", "claims_flat"):
        assert word in done.stdout


@pytest.mark.slow  # checks a whole project
def test_a_missing_package_file_is_an_issue(small_project):
    (small_project / "records/package.yaml").unlink()
    refused = run("build", small_project)
    assert refused.returncode == 1 and "records/package.yaml" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow  # every table of the shipped record, twice
def test_csv_and_parquet_hold_the_same_cells_with_the_declared_types(schemas):
    compared = 0
    for schema in schemas.values():
        if schema.is_rule or schema.record.get("internal"):
            continue
        parquet = pyarrow.parquet.read_table(ROOT / schema.csv_path.replace(".csv", ".parquet"))
        text = tables.read_csv(ROOT / schema.csv_path, schema)
        assert parquet.schema.equals(arrow(schema)) and text.schema.types == arrow(schema).types
        assert parquet.to_pylist() == text.to_pylist()
        compared += parquet.num_rows * parquet.num_columns
    assert compared > 1000


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_explains_itself(command):
    shown = run_plain(command, "--help")
    assert shown.returncode == 0 and len(shown.stdout) > 200


def test_the_list_of_commands_has_a_line_for_each():
    shown = subprocess.run(
        [sys.executable, "-m", "scripts", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    files = {path.stem for path in (ROOT / "scripts").glob("[a-z]*.py")}
    assert {line.split()[0] for line in shown.stdout.splitlines()[2:]} == files
    assert all(len(line.split()) > 4 for line in shown.stdout.splitlines()[2:])


def test_no_module_starts_a_clock_when_imported():
    for path in (ROOT / "scripts").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "perf_counter()" not in line or line.startswith(" "), path
