"""A small project with a history of three releases: what each says of the one before, and what is refused on the way."""

import csv
import hashlib
import importlib
import io
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from types import SimpleNamespace

import pytest

from scripts.cite import head_of
from scripts.export.citation import sentence
from scripts.releases import changelog
from scripts.releases import store as released
from scripts.releases.versions import following
from tests import small

DATES = {"0.1.0": "2026-01-10", "0.1.1": "2026-02-10", "0.2.0": "2026-03-10"}


def run(verb: str, root, *arguments: str) -> SimpleNamespace:
    """A verb run in this process, for a new one costs a second: returncode, stdout and stderr."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = [verb, *arguments, "--root", str(root)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = importlib.import_module(f"scripts.{verb}").main()
    except SystemExit as stopped:
        code = stopped.code
    finally:
        sys.argv = before
    return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())


def fingerprint(root) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def refused(root, version: str, *words: str):
    """The release is refused for these words, and nothing at all was written."""
    before, done = fingerprint(root), run("release", root, version)
    assert done.returncode == 1 and "nothing was written" in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    assert fingerprint(root) == before


def rebuilt(root):
    assert run("build", root).returncode == 0
    small.commit(root)


def released_as(root, version: str):
    done = run("release", root, version, "--date", DATES[version])
    assert done.returncode == 0, done.stderr
    small.commit(root)


def reason(root, **entry):
    small.edit(root, "records/changes.yaml", lambda entries: [*entries, entry])


def reword(root, old: str, new: str, path=small.SOURCE):
    (root / path).write_text((root / path).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """First release; a correction; a retired statement and a new source. Every way of doing it wrong is tried first."""
    root = small.project(tmp_path_factory.mktemp("history"))
    refused(root, "0.1.0", "work tree", "commit it")
    small.commit(root)
    refused(root, "0.1.0", "datapackage.json", "run make data and commit")
    rebuilt(root)
    refused(root, "0.2.0", "version", "0.1.0")
    released_as(root, "0.1.0")

    reword(root, '"40"', '"45"')
    reword(root, "value: 40", "value: 45")
    rebuilt(root)
    number = {"table": "statements", "row_id": "herald-2022-11-02-kestrels.01"}
    refused(
        root, "0.1.1", "records/changes.yaml", "herald-2022-11-02-kestrels.01 value", "40 → 45", "say why"
    )
    reason(root, **number, reason="The source says 45.")
    reason(root, table="statements", row_id="herald-2022-11-02-kestrels.02", reason="Needless.")
    rebuilt(root)
    refused(root, "0.1.1", "herald-2022-11-02-kestrels.02", "no such change", "delete it")
    small.edit(root, "records/changes.yaml", lambda entries: entries[:1])
    rebuilt(root)
    refused(root, "0.2.0", "version", "patch", "0.1.1")
    refused(root, "1.0.0", "version", "patch", "0.1.1")
    released_as(root, "0.1.1")

    small.edit(root, small.SOURCE, lambda record: {**record, "statements": record["statements"][:2]})
    other = {
        **small.RECORDS[small.SOURCE],
        "url": "https://example.org/merlins",
        "published": "2022-12-01",
        "statements": [small.counted(1, 60)],
    }
    small.write(root, "records/sources/2022/herald-2022-12-01-merlins.yaml", other)
    rebuilt(root)
    refused(root, "0.2.0", "records/retired_ids.yaml", "herald-2022-11-02-kestrels.03", "never silently gone")
    gone = {
        "retired_id": "herald-2022-11-02-kestrels.03",
        "table": "statements",
        "retired_in": "0.1.2",
        "successor_id": "herald-2022-11-02-kestrels.02",
        "reason": "The same claim twice.",
    }
    small.write(root, "records/retired_ids.yaml", [gone])
    rebuilt(root)
    refused(root, "0.2.0", "retired_in", "0.1.2", 'write "0.2.0"')
    small.write(root, "records/retired_ids.yaml", [{**gone, "retired_in": "0.2.0"}])
    (root / "CHANGELOG.md").write_text(
        (root / "CHANGELOG.md").read_text(encoding="utf-8").replace(changelog.HINT, "Merlins are in.\n"),
        encoding="utf-8",
    )
    rebuilt(root)
    refused(root, "0.1.2", "version", "minor", "0.2.0")
    released_as(root, "0.2.0")
    return root


def changes(root, version: str) -> list[dict]:
    return [
        row
        for row in csv.DictReader(io.StringIO((root / "data/changes.csv").read_text(encoding="utf-8")))
        if row["version"] == version
    ]


def test_a_correction_is_told_with_its_reason_and_what_follows_from_it(history):
    told = {(row["table"], row["row_id"], row["column"]): row for row in changes(history, "0.1.1")}
    assert told["statements", "herald-2022-11-02-kestrels.01", "value"] | {} == {
        "version": "0.1.1",
        "table": "statements",
        "row_id": "herald-2022-11-02-kestrels.01",
        "column": "value",
        "kind": "changed",
        "old": "40",
        "new": "45",
        "reason": "The source says 45.",
    }
    assert (
        told["statements", "herald-2022-11-02-kestrels.01", "low"]["reason"]
        == "derived:herald-2022-11-02-kestrels.01"
    )
    assert (
        told["transfers", "irn-rus-arms-2022", "delivered_low"]["reason"]
        == "derived:herald-2022-11-02-kestrels.01"
    )
    assert {row["table"] for row in told.values()} == {
        "statements",
        "transfers",
        "estimates",
        "transfer_history",
        "leave_one_out",
        "estimate_history",
        "origin_values",
    }


def test_rows_that_came_and_went_are_told(history):
    told = {
        (row["table"], row["row_id"], row["kind"]): row["reason"]
        for row in changes(history, "0.2.0")
        if not row["column"]
    }
    assert told["statements", "herald-2022-11-02-kestrels.03", "retired"] == "The same claim twice."
    assert told["statements", "herald-2022-12-01-merlins.01", "added"] == "added:herald-2022-12-01-merlins"
    assert told["sources", "herald-2022-12-01-merlins", "added"] == "added:record"
    assert any(
        table == "transfer_history" and why.startswith("derived:herald")
        for (table, _, _), why in told.items()
    )


def test_every_release_keeps_the_changes_of_the_ones_before(history):
    assert {row["version"] for row in released.changes(history)} == {"0.1.1", "0.2.0"}


def test_releases_are_chained_and_sound(history):
    assert released.versions(history) == ["0.1.0", "0.1.1", "0.2.0"] and released.problems(history) == []
    assert [
        released.manifest(history, version)["previous"]
        and released.manifest(history, version)["previous"]["version"]
        for version in released.versions(history)
    ] == [None, "0.1.0", "0.1.1"]


def test_afterwards_the_version_is_dev_and_reasons_are_used_up(history):
    assert 'version: "0.2.1-dev"' in (history / "records/package.yaml").read_text(encoding="utf-8")
    assert (history / "records/changes.yaml").read_text(encoding="utf-8") == ""


def test_the_changelog_says_whether_to_act_and_keeps_what_people_wrote(history):
    page = (history / "CHANGELOG.md").read_text(encoding="utf-8")
    blocks = page.split("\n## ")
    assert [block.split("\n")[0] for block in blocks[1:]] == [
        "Unreleased",
        "0.2.0 (2026-03-10)",
        "0.1.1 (2026-02-10)",
        "0.1.0 (2026-01-10)",
    ]
    assert (
        "Look whether you must act" in blocks[2]
        and "1 ID retired" in blocks[2]
        and "Merlins are in." in blocks[2]
        and "Merlins" not in blocks[1]
    )
    assert (
        "4 cells changed" not in blocks[3]
        and "`statements`: 2 cells changed" in blocks[3]
        and "first release" in blocks[4]
    )


def test_a_version_without_dev_names_only_its_release(history, tmp_path):
    root = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    reword(root, "0.2.1-dev", "0.2.1", "records/package.yaml")
    unknown = run("build", root)
    assert unknown.returncode == 1 and "never released" in unknown.stderr and "0.2.1-dev" in unknown.stderr
    reword(root, "0.2.1", "0.2.0", "records/package.yaml")
    same = run("build", root)
    assert same.returncode == 0, same.stderr
    reword(root, '"60"', '"61"', "records/sources/2022/herald-2022-12-01-merlins.yaml")
    other = run("build", root)
    assert other.returncode == 1 and "one version never names two sets of bytes" in other.stderr


def test_the_same_release_made_again_has_the_same_bytes(history, tmp_path):
    root = tmp_path / "again"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    small.git(root, "reset", "-q", "--hard", "HEAD~1")
    released_as(root, "0.2.0")
    assert fingerprint(root / "releases") == fingerprint(history / "releases")


def test_records_are_cited_with_their_version(history):
    assert run("cite", history, "irn-rus-arms-2022@0.1.0").stdout.strip() == sentence(
        head_of("0.1.0", history), "irn-rus-arms-2022"
    )
    assert "version 0.2.0, 10 March 2026" in run("cite", history).stdout
    gone = run("cite", history, "herald-2022-11-02-kestrels.03")
    assert (
        gone.returncode == 1
        and "retired in 0.2.0: The same claim twice. Use herald-2022-11-02-kestrels.02." in gone.stderr
    )
    assert run("cite", history, "herald-2022-11-02-kestrels.03@0.1.1").returncode == 0
    assert (
        run("cite", history, "no-such-id").returncode == 1 and run("cite", history, "x@9.9.9").returncode == 2
    )
    assert "@dataset{attested-arms-transfers-0.2.0" in run("cite", history, "--bibtex").stdout


@pytest.mark.parametrize(
    "version, level, next_version",
    [("0.1.2", "major", "1.0.0"), ("0.1.2", "minor", "0.2.0"), ("1.2.3", "patch", "1.2.4")],
)
def test_versions_follow(version, level, next_version):
    assert following(version, level) == next_version


@pytest.mark.parametrize(
    "path, old, new, words",
    [
        ("rules/quantities.csv", "about,", "about,", None),
        ("records/package.yaml", "R4", "R5", ("rule_version", "D2 O2 Q3 R4 → D2 O2 Q3 R5", "major")),
    ],
)
def test_changed_rules_need_a_major_version_and_a_reason(history, tmp_path, path, old, new, words):
    root = tmp_path / "rules"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    reword(root, old, new, path)
    rebuilt(root)
    if words:
        refused(root, "0.3.0", "1.0.0", *words)
        reason(root, table="package", row_id="*", column="rule_version", reason="A rule was sharpened.")
        rebuilt(root)
        done = run("release", root, "1.0.0", "--date", "2026-04-01")
        assert done.returncode == 0 and "You must act" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    else:
        done = run("release", root, "0.2.1", "--date", "2026-04-01")
        assert done.returncode == 0 and "the same cells as 0.2.0" in (root / "CHANGELOG.md").read_text(
            encoding="utf-8"
        )


ALTERED = [
    "SHA256SUMS",
    "manifest.json",
    "datapackage.json",
    "data/transfers.csv",
    "data/transfers.parquet",
    "attested-arms-transfers-0.1.1.zip",
]


@pytest.mark.parametrize("path", ALTERED)
@pytest.mark.parametrize("place", [0, -1])
def test_any_altered_byte_of_a_release_is_found(history, tmp_path, path, place):
    root = tmp_path / "altered"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    file = root / "releases/0.1.1" / path
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert any(
        f"0.1.1/{path}" in problem.where or path == "SHA256SUMS" for problem in released.problems(root)
    )


@pytest.mark.parametrize("path", ["data/transfers.csv", "manifest.json"])
def test_an_alteration_that_mends_the_sums_is_found_too(history, tmp_path, path):
    root = tmp_path / "mended"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    here = root / "releases/0.1.1"
    (here / path).write_bytes((here / path).read_bytes() + b"\n")
    (here / "SHA256SUMS").write_bytes(
        released.sums(
            {
                str(p.relative_to(here)): p.read_bytes()
                for p in here.rglob("*")
                if p.is_file() and p.name != "SHA256SUMS"
            }
        )
    )
    assert released.problems(root)


def test_a_release_with_a_file_more_or_less_is_found(history, tmp_path):
    root = tmp_path / "more"
    subprocess.run(["git", "clone", "-q", str(history), str(root)], check=True)
    (root / "releases/0.1.0/data/extra.csv").write_text("x\n")
    (root / "releases/0.2.0/data/actors.csv").unlink()
    assert {problem.where for problem in released.problems(root)} == {
        "releases/0.1.0/data/extra.csv",
        "releases/0.2.0/data/actors.csv",
    }


def test_the_archive_holds_what_the_manifest_names(history):
    for version in released.versions(history):
        with zipfile.ZipFile(released.archive(history, version)) as kept:
            assert {name.partition("/")[2] for name in kept.namelist()} == {
                *released.manifest(history, version)["files"],
                "manifest.json",
            }
