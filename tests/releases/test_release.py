"""A history of three releases: what each says of the one before, what is refused, and what an altered byte
does.
"""

import csv
import io
import json
import os
import re
import zipfile

import pytest

from scripts.export.citation import package_metadata, sentence
from scripts.releases import store
from scripts.releases.versions import next_version
from scripts.validation.package import Report
from tests import small
from tests.releases.history import (
    DATES,
    FIRST,
    MERLINS,
    SECOND,
    THIRD,
    clone,
    fingerprint,
    give_reason,
    rebuild,
    refused,
    release,
    reword,
    run,
    withdraw,
)

pytestmark = pytest.mark.slow  # three releases are made first


def changes(root, version: str) -> list[dict]:
    content = store.files(root, version, "changes.csv")["data/changes/changes.csv"].decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_a_correction_is_told_with_its_reason_and_what_follows_from_it(history):
    told = {(row["table_name"], row["row_id"], row["column_name"]): row for row in changes(history, "0.1.1")}
    assert dict(told["statements", FIRST, "value"]) == {
        "version": "0.1.1",
        "table_name": "statements",
        "row_id": FIRST,
        "column_name": "value",
        "kind": "changed",
        "old": "40.0",
        "new": "45.0",
        "reason": "The source says 45.",
    }
    derived = [row for row in told.values() if row["table_name"] == "estimates"]
    assert derived and {row["reason"] for row in derived} == {f"derived:{FIRST}"}


def test_rows_that_came_and_went_are_told(history):
    told = {
        (row["table_name"], row["row_id"], row["kind"]): row
        for row in changes(history, "0.2.0")
        if not row["column_name"]
    }
    gone = told["statements", THIRD, "retired"]
    assert (gone["reason"], gone["new"]) == ("The same claim twice.", SECOND)
    added = told["statements", "herald-2022-12-01-merlins.01", "added"]
    assert added["reason"] == "added:herald-2022-12-01-merlins"
    assert told["sources", "herald-2022-12-01-merlins", "added"]["reason"] == "added:record"


def test_a_release_ships_its_own_changes_and_the_archives_are_the_log(history):
    assert {row["version"] for row in changes(history, "0.2.0")} == {"0.2.0"}
    assert {row["version"] for row in changes(history, "0.1.1")} == {"0.1.1"}
    assert (history / "data/changes/changes.csv").read_text().count("\n") == 1, "empty between releases"


def test_a_release_is_three_files_with_rows_and_commit(history):
    for version in store.versions(history):
        folder = history / "releases" / version
        names = {f"attested-arms-transfers-{version}.zip", "manifest.json", "SHA256SUMS"}
        assert {path.name for path in folder.iterdir()} == names
        assert len((folder / "SHA256SUMS").read_text().splitlines()) == 2
        manifest = store.manifest(history, version)
        tables = store.tables(history, version)
        assert manifest["rows"] == {name: len(table) for name, table in sorted(tables.items())}
        assert re.fullmatch("[0-9a-f]{40}", manifest["commit"])
        assert small.git(history, "cat-file", "-t", manifest["commit"]).strip() == "commit"


def test_releases_are_chained_and_sound(history):
    assert store.versions(history) == ["0.1.0", "0.1.1", "0.2.0"] and store.issues(history) == []
    previous = [store.manifest(history, version)["previous"] for version in store.versions(history)]
    assert [entry and entry["version"] for entry in previous] == [None, "0.1.0", "0.1.1"]


def test_afterwards_the_version_is_dev_and_reasons_are_used_up(history):
    assert 'version: "0.2.1-dev"' in (history / "records/package.yaml").read_text(encoding="utf-8")
    assert (history / "records/changes.yaml").read_text(encoding="utf-8") == ""


def test_the_changelog_says_whether_to_act_and_keeps_what_people_wrote(history):
    page = (history / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased, latest, correction, first = page.split("\n## ")[1:]
    assert [block.split("\n")[0] for block in (latest, correction, first)] == [
        f"{version} ({DATES[version]})" for version in ("0.2.0", "0.1.1", "0.1.0")
    ]
    assert "Look whether you must act" in latest and "1 ID retired" in latest
    assert f"| `{THIRD}` | `{SECOND}` | ID in `statements` |" in latest
    assert "Merlins are in." in latest and "Merlins" not in unreleased
    assert "`statements`: 2 cells changed" in correction and "first release" in first


def test_a_version_without_dev_names_only_its_release(history, tmp_path):
    root = clone(history, tmp_path / "copy")
    reword(root, "0.2.1-dev", "0.2.1", "records/package.yaml")
    unknown = run("build", root)
    assert unknown.returncode == 1 and "never released" in unknown.stderr and "0.2.1-dev" in unknown.stderr
    reword(root, "0.2.1", "0.2.0", "records/package.yaml")
    reword(root, '"60"', '"61"', MERLINS)
    reword(root, "value: 60", "value: 61", MERLINS)
    other = run("build", root)
    assert other.returncode == 1 and "one version never names two sets of bytes" in other.stderr


def test_the_same_release_made_again_has_the_same_bytes(history, tmp_path):
    root = clone(history, tmp_path / "again")
    small.git(root, "reset", "-q", "--hard", "HEAD~1")
    release(root, "0.2.0", DATES["0.2.0"])
    assert fingerprint(root / "releases") == fingerprint(history / "releases")


def test_any_release_is_rebuilt_from_its_commit(history, tmp_path):
    root = clone(history, tmp_path / "rebuilt")
    before = fingerprint(root)
    done = run("release", root, "--rebuild", "0.1.1")
    assert done.returncode == 0 and "every checksum is the same" in done.stdout, done.stderr
    assert fingerprint(root) == before


def test_a_rebuild_that_differs_or_cannot_be_made_is_told(history, tmp_path):
    root = clone(history, tmp_path / "rebuilt")
    assert "no release 9.9.9" in run("release", root, "--rebuild", "9.9.9").stderr
    path = root / "releases/0.1.1/manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["data/transfers.csv"]["sha256"] = "0" * 64
    path.write_text(json.dumps(manifest))
    (root / "releases/0.1.1/SHA256SUMS").write_text("altered")
    done = run("release", root, "--rebuild", "0.1.1")
    assert done.returncode == 1 and "1 files differ: data/transfers.csv" in done.stderr, done.stderr
    del manifest["commit"]
    path.write_text(json.dumps(manifest))
    done = run("release", root, "--rebuild", "0.1.1")
    assert done.returncode == 1 and "does not name the commit" in done.stderr


def test_records_are_cited_with_their_version(history):
    metadata = package_metadata(store.descriptor(history, "0.1.0"))
    cited = run("cite", history, "irn-rus-arms@0.1.0")
    first, *rest = cited.stdout.splitlines()
    title = store.tables(history, "0.1.0", "transfers")["transfers"].set_index("transfer_id")["title"]
    assert first == sentence(metadata, "irn-rus-arms", title["irn-rus-arms"])
    assert rest[0].startswith("Changed: the latest release, 0.2.0,")
    assert "version 0.2.0, 10 March 2026" in run("cite", history).stdout
    gone = run("cite", history, THIRD)
    assert gone.returncode == 1
    assert f"retired in 0.2.0: The same claim twice. Use {SECOND}." in gone.stderr
    assert run("cite", history, f"{THIRD}@0.1.1").returncode == 0
    assert run("cite", history, "no-such-id").returncode == 1
    assert run("cite", history, "x@9.9.9").returncode == 2
    assert "@misc{attested-arms-transfers-0.2.0" in run("cite", history, "--bibtex").stdout


def test_a_cited_record_is_told_unchanged_changed_and_why_or_retired(history):
    corrected = run("cite", history, f"{FIRST}@0.1.0").stdout
    row = store.tables(history, "0.1.0", "statements")["statements"].set_index("statement_id").loc[FIRST]
    assert row["summary"] in corrected.splitlines()[0] and f"Record {FIRST}@0.1.0." in corrected
    assert "- value: “40.0” → “45.0” (in 0.1.1: The source says 45)" in corrected
    assert (
        "Unchanged: the latest release, 0.2.0, says the same."
        in run("cite", history, f"{SECOND}@0.1.0").stdout
    )
    assert "Unchanged: 0.2.0 is the latest release." in run("cite", history, SECOND).stdout
    retired = run("cite", history, f"{THIRD}@0.1.1").stdout
    assert f"Retired: {THIRD} was retired in 0.2.0: The same claim twice. Use {SECOND}." in retired
    entry = run("cite", history, f"{FIRST}@0.1.0", "--bibtex")
    assert entry.stdout.startswith(f"@misc{{{FIRST}-0.1.0,") and f"Record {FIRST}@0.1.0" in entry.stdout
    assert "Changed:" in entry.stderr


@pytest.mark.parametrize(
    "version, level, expected",
    [("0.1.2", "major", "1.0.0"), ("0.1.2", "minor", "0.2.0"), ("1.2.3", "patch", "1.2.4")],
)
def test_versions_follow(version, level, expected):
    assert next_version(version, level) == expected


def test_nothing_changed_is_a_patch_that_says_so(history, tmp_path):
    root = clone(history, tmp_path / "same")
    release(root, "0.2.1", "2026-04-01")
    assert "the same cells as 0.2.0" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_changed_row_of_a_rule_table_needs_a_major_version_and_a_reason(history, tmp_path):
    root = clone(history, tmp_path / "rules")
    path = root / "rules/units.csv"
    header, first, *others = list(csv.reader(path.open(encoding="utf-8", newline="")))
    unit = first[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [header, [*first[:-1], f"{first[-1]} So it is."], *others]
        )
    rebuild(root)
    refused(root, "0.2.1", "1.0.0", f"units {unit}")
    give_reason(root, table="units", row_id=unit, reason="Said more plainly.")
    rebuild(root)
    release(root, "1.0.0", "2026-04-01")
    assert "You must act" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_new_version_of_the_rules_needs_one_reason_and_none_per_derived_cell(history, tmp_path):
    root = clone(history, tmp_path / "rules")
    reword(
        root, "WHERE stage IS NOT NULL", "WHERE true AND stage IS NOT NULL", "rules/derivation/3_latest.sql"
    )
    rebuild(root)
    refused(root, "0.3.0", "1.0.0", "rules/derivation", "major")
    give_reason(root, table="rules/derivation", row_id="*", reason="A rule was sharpened.")
    rebuild(root)
    release(root, "1.0.0", "2026-04-01")


# What is refused, and what a killed command or a takedown leaves


@pytest.mark.parametrize("path", ["SHA256SUMS", "manifest.json", "attested-arms-transfers-0.1.1.zip"])
@pytest.mark.parametrize("place", [0, -1])
def test_any_altered_byte_of_a_release_is_found(history, tmp_path, path, place):
    root = clone(history, tmp_path / "altered")
    file = root / "releases/0.1.1" / path
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    found = [issue.file for issue in store.issues(root)]
    assert any(f"0.1.1/{path}" in where or path == "SHA256SUMS" for where in found)


@pytest.mark.parametrize("path", ["manifest.json", "attested-arms-transfers-0.1.1.zip"])
def test_an_alteration_that_corrects_the_sums_is_found_too(history, tmp_path, path):
    root = clone(history, tmp_path / "corrected")
    here = root / "releases/0.1.1"
    content = (here / path).read_bytes()
    (here / path).write_bytes(content + b"\n" if path == "manifest.json" else content[:-40])
    files = {p.name: p.read_bytes() for p in here.iterdir() if p.name != "SHA256SUMS"}
    (here / "SHA256SUMS").write_bytes(store.sha256sums(files))
    assert store.issues(root)


def test_a_release_with_a_file_more_or_less_is_found(history, tmp_path):
    root = clone(history, tmp_path / "more")
    (root / "releases/0.1.0/data").mkdir()
    (root / "releases/0.1.0/data/extra.csv").write_text("x\n")
    (root / "releases/0.2.0/manifest.json").unlink()
    assert {issue.file for issue in store.issues(root)} == {
        "releases/0.1.0/data/extra.csv",
        "releases/0.2.0/manifest.json",
    }


@pytest.mark.parametrize(
    "name, half", [("9.9.9", ["manifest.json"]), (".9.9.9.new", ["manifest.json"]), ("0.2.1", [])]
)
def test_a_half_written_folder_breaks_no_command_and_is_told(history, tmp_path, name, half):
    root = clone(history, tmp_path / "half")
    folder = root / "releases" / name
    folder.mkdir()
    for path in half:
        (folder / path).write_text("{")
    assert run("build", root).returncode == 0
    assert run("cite", root).returncode == 0
    told = run("release", root)
    assert told.returncode == 0 and f"releases/{name} is no release" in told.stderr
    if name == "0.2.1":
        small.commit(root)
        release(root, "0.2.1", "2026-04-01")
        assert store.half_written(root) == [] and store.issues(root) == []


def test_a_release_killed_before_its_folder_is_in_place_leaves_no_release(history, tmp_path, monkeypatch):
    root = clone(history, tmp_path / "killed")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "rename", killed)
        patched.setattr("scripts.releases.making.check_package", lambda folder: Report([], ""))
        run("release", root, "0.2.1", "--date", "2026-04-01")
    assert store.latest(root) == "0.2.0" and store.half_written(root) == [".0.2.1.new"]
    assert run("build", root).returncode == 0
    small.git(root, "checkout", "-q", ".")
    release(root, "0.2.1", "2026-04-01")
    assert store.issues(root) == []


NOTE = "Withdrawn on 1 April 2026: a source asked for removal. SHA-256 of its manifest: {}\n"


@pytest.mark.parametrize("version, following", [("0.1.1", "0.2.1"), ("0.2.0", "0.3.0")])
def test_a_release_taken_down_breaks_no_later_build_or_release(history, tmp_path, version, following):
    root = clone(history, tmp_path / "withdrawn")
    manifest = store.manifest_hash(root, version)
    withdraw(root, version, "Withdrawn without a hash.\n")
    (issue,) = [issue for issue in store.issues(root) if issue.file.endswith("WITHDRAWN.md")]
    assert issue.rule == "a note on a withdrawn release repeats the hash of its manifest"
    withdraw(root, version, NOTE.format(manifest))
    assert store.issues(root) == [] and version not in store.versions(root)
    rebuild(root)
    release(root, following, "2026-04-02")
    assert store.issues(root) == []
    assert store.manifest(root, following)["previous"]["version"] == "0.2.0"
    gone = run("cite", root, f"{FIRST}@{version}")
    assert gone.returncode == 2 and f"no release {version} (withdrawn)" in gone.stderr


def test_the_archive_holds_what_the_manifest_names_at_its_top(history):
    for version in store.versions(history):
        with zipfile.ZipFile(store.archive(history, version)) as opened:
            names = set(opened.namelist())
            dates = {entry.date_time[:3] for entry in opened.infolist()}
        assert names == {*store.manifest(history, version)["files"], "manifest.json"}
        assert "datapackage.json" in names and any(name.startswith("rules/derivation/") for name in names)
        assert dates == {tuple(map(int, DATES[version].split("-")))}


def test_a_retired_id_stays_retired(history, tmp_path):
    root = clone(history, tmp_path / "copy")
    small.write(root, "records/retired_ids.yaml", [])
    give_reason(root, table="retired_ids", reason="Tidied up.")
    rebuild(root)
    refused(root, "0.3.0", "records/retired_ids.yaml", f"no row for {THIRD}", "stays retired")
