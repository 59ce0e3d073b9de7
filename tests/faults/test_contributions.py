"""Twenty wrong contributions that look right. What a machine can know to be wrong is refused, or warned of where it is
only unlikely; the rest is listed for review: `make release` names each changed cell of what was released, and each row
that is gone, until records/changes.yaml or records/retired_ids.yaml says why."""

import json
import shutil
from pathlib import Path

import pytest

from scripts import build
from scripts.normalise.tables import Tables
from scripts.releases.differences import compare
from scripts.releases.package import Package
from scripts.releases.reasons import with_reasons
from scripts.releases.store import read_text_csv
from scripts.schema.table_schema import load
from tests import invented
from tests.checking import issues_and_warnings
from tests.planting import planted

HERALD, GAZETTE = invented.HERALD, invented.GAZETTE
MEDIA = "records/actors/media.yaml"
KNOWN = {  # what was done: the edit, the field that is named, and a word of the message
    "a number misread": ({"put": {"statements/1/value": 540}}, "value", "value_text"),
    "a hedge dropped": ({"put": {"statements/0/value_modifier": "exact"}}, "value_modifier", "words"),
    "another's spokesman": ({"put": {"statements/1/speaker_id": "ali-kestrel"}}, "speaks_for_id", "state"),
    "a reprint as a second page": (
        {
            "also": {
                "records/sources/2022/the-wire-2022-11-02-kestrels.yaml": invented.source(
                    "the-wire", "2022-11-02", url="http://www.the-herald.example.org/2022-11-02/?utm_source=x"
                )
            },
            "put": {},
        },
        "url",
        "entered twice",
    ),
    "a derived cell written by hand": (
        {"file": "records/transfers/irn-rus-uavs.yaml", "put": {"transferred_status": "officials"}},
        "transferred_status",
        "unknown key",
    ),
    "an ID renamed in one place": (
        {"put": {"statements/8/transfer_id": "irn-rus-drone-deliveries"}},
        "transfer_id",
        "key into transfers",
    ),
    "a retired ID taken again": (
        {
            "also": {"records/transfers/irn-rus-drones.yaml": invented.transfer("Drone deal", "uavs")},
            "put": {},
        },
        "retired_id",
        "use",
    ),
    "a century mistyped": ({"put": {"statements/6/said_stated": "1922-10-30"}}, "said", "1980"),
    "a denial as a plain negative": (
        {"put": {"statements/4/stance": "assert", "statements/4/polarity": "negated"}},
        "stance",
        "den",
    ),
    "an unnamed official as his state": (
        {"put": {"statements/0/authority": "state_position"}},
        "authority",
        "individual official",
    ),
    "a paper as a government": ({"put": {"statements/9/speaker_id": "the-wire"}}, "authority", ""),
    "a range in kilograms": ({"put": {"statements/2/unit": "kg"}}, "unit", "aspect"),
    "a delivery before it can have been": (
        {"put": {"statements/1/event_stated": "2023-06"}},
        "event",
        "begun",
    ),
    "a news agency of the state as free": (
        {"file": MEDIA, "put": {"0/state_controlled": False}},
        "kind",
        "state",
    ),
}
TABLES = {"url": "sources", "kind": "sources", "retired_id": "retired_ids"}  # of the fields that others have
FOR_REVIEW = {  # what was done: the edit, and the row and column that the list for review must name
    "a number misread with its words": (
        {"put": {"statements/9/value": 6, "statements/9/value_text": "6 a day"}},
        ("the-herald-2022-11-02-kestrels.10", "value"),
    ),
    "a title's 'confirms' as a stance": (
        {"put": {"statements/5/stance": "assert"}},
        ("the-herald-2022-11-02-kestrels.06", "stance"),
    ),
    "a certainty that nobody voiced": (
        {"put": {"statements/8/certainty": "certain"}},
        ("the-herald-2022-11-02-kestrels.09", "certainty"),
    ),
    "a limit that widens a denial": (
        {"file": GAZETTE, "put": {"statements/0/limits": "total"}},
        ("the-gazette-2022-11-05-denial.01", "limits"),
    ),
    "a copy as a new voice": (
        {
            "file": GAZETTE,
            "put": {
                f"statements/1/{name}": value
                for name, value in {
                    "coded_from": "original",
                    "via_id": None,
                    "original_source_id": None,
                    "relays_statement_id": None,
                }.items()
            },
        },
        ("the-gazette-2022-11-05-denial.02", "relays_statement_id"),
    ),
    "a summary that says more": (
        {"put": {"statements/7/summary": "The spokesman proves that Iran made the wing."}},
        ("the-herald-2022-11-02-kestrels.08", "summary"),
    ),
    "a passage that is another": (
        {"put": {"statements/3/anchor_sha256": "ab" * 32}},
        ("the-herald-2022-11-02-kestrels.04", "anchor_sha256"),
    ),
}


def test_there_are_twenty_and_one():
    assert len(KNOWN) + len(FOR_REVIEW) == 21


@pytest.fixture(scope="module")
def project(invented_template, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("contributions") / "project"
    shutil.copytree(invented_template, root)
    return root


@pytest.mark.slow  # a table is checked for each
@pytest.mark.parametrize("name", KNOWN)
def test_what_a_machine_can_know_is_refused_or_warned_of(name, project):
    edit, field, words = KNOWN[name]
    with planted(edit, project):
        issues, warnings = issues_and_warnings(project, TABLES.get(field, "statements"))
    found = [issue for issue in issues + warnings if issue.field == field and words in issue.rule]
    assert found, [issue.render() for issue in issues + warnings]
    assert all(issue.file.startswith("records/") and issue.line and issue.fix for issue in found)


def package(tables: Tables, root: Path) -> Package:
    """The package of a project with these tables, in memory, for comparison."""
    files = build.render(tables, root)
    descriptor = json.loads(files["datapackage.json"])
    paths = {r["name"]: r["path"] for r in descriptor["resources"] if r["format"] == "csv"}
    held = {name: files.get(path) or (root / path).read_bytes() for name, path in paths.items()}
    return Package(descriptor, {name: read_text_csv(content) for name, content in held.items()})


def listed(old: Package, new: Package) -> set[tuple[str, str]]:
    """The rows and columns that a release would list for want of a reason."""
    retirable = load()["retired_ids"].field("table_name")["constraints"]["enum"]
    rows, _ = with_reasons(compare(old, new, retirable, [], []), [], [])
    return {(row["row_id"], row["column_name"]) for row in rows if row["reason"] is None}


@pytest.mark.slow  # a project is built
def test_what_no_machine_can_know_is_listed_for_review(project, small_tables):
    """All at once: none is refused, none is warned of, each is listed, and nothing besides."""
    released = package(small_tables, project)
    edits = list(FOR_REVIEW.values())
    merged: dict[str, dict] = {}
    for edit, _ in edits:
        merged.setdefault(edit.get("file", HERALD), {}).update(edit["put"])
    with planted({"put": {}, "also_put": merged}, project):
        assert issues_and_warnings(project) == ([], [])
        changed = package(build.build_tables(build.load_inputs(project), project).tables, project)
    found, wanted = listed(released, changed), {place for _, place in edits}
    assert wanted <= found
    assert {row for row, _ in found} == {row for row, _ in wanted}
