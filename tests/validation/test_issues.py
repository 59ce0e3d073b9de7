"""What is printed of issues and warnings, and the warning of rows that nothing uses."""

import pytest

from scripts.build import build_tables, load_inputs
from scripts.schema.table_schema import load
from scripts.validation.issues import Issue, ValidationFailed, shortened
from scripts.validation.unused import by_kind, unused_rows
from tests import invented

ISSUE = Issue("records/a.yaml", 3, "stance", "a rule", "x", "y", "write y")


def test_an_issue_has_place_finding_and_fix_and_the_whole_its_number_and_outcome():
    lines = ISSUE.render().splitlines()
    assert lines[0] == "records/a.yaml:3: stance: a rule"
    assert [line.split() for line in lines[1:]] == [["found", "x"], ["allowed", "y"], ["fix", "write", "y"]]
    one = ValidationFailed([ISSUE, ISSUE], "A note.")
    assert one.render() == f"{ISSUE.render()}\nA note.\n1 issue; nothing was written"
    other = Issue("records/b.yaml", None, "file", "r", "x", "y", "z")
    assert ValidationFailed([ISSUE, other]).render(outcome="refused").endswith("2 issues; refused")


def test_a_finding_is_one_printable_line():
    assert shortened("a\nb\x07") == "a\\u000ab\\u0007"
    assert shortened("x" * 160) == "x" * 160 and shortened("x" * 161) == "x" * 160 + "…"


@pytest.mark.slow  # a build
def test_rows_that_nothing_names_are_told_with_their_line(small_project):
    media = "records/actors/media.yaml"
    idle = invented.actor("the-idler", "The Idler", "medium", "GBR")
    invented.write(small_project, media, [*invented.RECORDS[media], idle])
    built = build_tables(inputs := load_inputs(small_project), small_project)
    unused = [warning for warning in built.warnings if warning.rule == "a row is used by another"]
    line = (small_project / media).read_text(encoding="utf-8").splitlines().index(
        '- actor_id: "the-idler"'
    ) + 1
    assert (media, line, "actor_id", "the-idler") in {(w.file, w.line, w.field, w.found) for w in unused}
    found = {warning.found for warning in unused}
    assert {warning.fix for warning in unused} == {"delete it, or use it"}
    assert not found & {
        "the-gazette-2022-11-05-denial",
        "the-herald",
        "iran",
        "shahed-136",
        "uavs",
        "irn-rus-uavs",
        "wing-of-kharkiv",
    }
    assert {"jane-merlin", "russia"} <= found and "arms" not in found, "a class needs no row that names it"
    assert [w.found for w in unused] == [w.found for w in unused_rows(built.tables, load(), inputs)]


def test_warnings_of_one_kind_are_one_line_with_the_first_three_places():
    alike = [Issue("records/a.yaml", n, "url", "likely a copy", "x", "y", "z") for n in range(1, 6)]
    assert list(by_kind([*alike, ISSUE])) == [
        "warning: 5 × url: likely a copy (records/a.yaml:1, records/a.yaml:2, records/a.yaml:3, …)",
        "warning: 1 × stance: a rule (records/a.yaml:3)",
    ]
