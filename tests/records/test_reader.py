"""Records are read strictly, are canonical, and every fault in them is reported at once, with its line."""

import pytest

from scripts.records.canonical import has_comment
from scripts.records.placement import misplaced
from scripts.records.reader import MAX_BYTES, read
from scripts.schema.table_schema import load
from tests import invented
from tests.checking import issues_and_warnings, issues_of, run


@pytest.mark.parametrize(
    "line,wanted",
    [
        ("a: 1 # note", True),
        ("# note", True),
        ('a: "# no"', False),
        ("#| template", False),
        ("a: 'b # c'", False),
    ],
)
def test_comments_are_seen(line, wanted):
    assert has_comment(line) is wanted


def change(root, *pairs, path=invented.HERALD):
    file = root / path
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return file


def test_all_faults_are_reported_at_once_each_with_its_line(small_project):
    path = change(
        small_project,
        ('stance: "project"', 'stanze: "project"'),
        ("value: 1000", 'value: "1,000"'),
        ("chain_complete: true", 'chain_complete: "yes"'),
        ('extent: "full"', 'extent: " full"'),
        ('kind: "newspaper"', 'kind: "newspapr"'),
    )
    issues, _ = issues_and_warnings(small_project, "sources", "statements")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {issue.field for issue in issues} == {"stanze", "value", "chain_complete", "extent"}
    for issue in issues:
        assert lines[issue.line - 1].lstrip(" -").startswith(f"{issue.field}:")
        assert "fix" in issue.render() and "allowed" in issue.render() and "found" in issue.render()
    assert "did you mean stance?" in next(issue.fix for issue in issues if issue.field == "stanze")


@pytest.mark.slow  # checks a whole project
@pytest.mark.parametrize(
    "old,new,field,near",
    [
        ('speaker_id: "pat-ryder"', 'speaker_id: "pat-rider"', "speaker_id", "pat-ryder"),
        ('stance: "decline"', 'stance: "declin"', "stance", "decline"),
        ('aspect: "delivery"', 'aspect: "delivry"', "aspect", "delivery"),
        ('publisher_id: "the-herald"', 'publisher_id: "the-heralt"', "publisher_id", "the-herald"),
    ],
)
def test_an_unknown_word_suggests_the_nearest_and_hides_what_follows(small_project, old, new, field, near):
    change(small_project, (old, new))
    (issue,) = [issue for issue in issues_of(small_project)]
    assert issue.field == field and issue.fix.startswith(f"did you mean {near}?")


@pytest.mark.slow  # checks a whole project
@pytest.mark.parametrize(
    "path,old,new",
    [
        ("records/actors/persons.yaml", 'name: "Pat Ryder"', 'name: "Pat Ryder'),
        ("records/systems/uavs.yaml", 'category: "uav"', "category: {a: b}"),
        (invented.HERALD, 'title: "', 'title: &x "'),
        ("rules/units.csv", "Kilogram.", 'Kilo"gram".'),
    ],
)
def test_a_file_that_cannot_be_read_reports_itself_alone(small_project, path, old, new):
    change(small_project, (old, new), path=path)
    (issue,) = issues_of(small_project)
    assert issue.file == path and issue.line and issue.fix


@pytest.mark.parametrize(
    "content,found,line",
    [
        (b"a,b\n\xff,1\n", "byte 0xff", 2),
        (b"\xff\xfea\x00", "byte 0xff", 1),
        (b"a,b\r\nc,d\r\n", "carriage return", 1),
        (b"a\rb\r", "carriage return", 1),
        (b"a,b\nc\0,d\n", "NUL", 2),
        (b"a,b\nc,d", "no line end", 2),
        (b'unit,canonical_unit,factor,is_count,is_rate,description\n"open,1\n', "unexpected end of data", 2),
        (b'unit,canonical_unit,factor,is_count,is_rate,description\n"a"b,1\n', "expected after", 2),
        (b"\xef\xbb\xbfa,b\n", "byte order mark", 1),
        (b"a,b\n", "a, b", 1),
        (None, "nothing", None),
    ],
)
def test_a_rule_table_of_another_form_is_an_issue_and_no_traceback(small_project, content, found, line):
    """What follows from it is hidden, as the test above shows of such a table."""
    path = small_project / "rules/units.csv"
    path.unlink() if content is None else path.write_bytes(content)
    inputs = read(small_project)
    (issue,) = inputs.issues
    assert inputs.unreadable == {"units"}
    assert (issue.file, issue.line) == ("rules/units.csv", line) and found in issue.found


def test_cells_of_csv_files_that_are_no_numbers_are_issues(small_project):
    for cell in ("9" * 30, "9" * 5000, "1e3", "-1"):
        path = small_project / "records/quality/search_log.csv"
        path.write_text(f"search,searched_on,query,n_pages,n_coded\n1,2026-11-22,kestrel,{cell},1\n")
        (issue,) = issues_and_warnings(small_project, "search_log")[0]
        assert (issue.line, issue.field) == (2, "n_pages")
    path.write_text(f'search,searched_on,query,n_pages,n_coded\n1,2026-11-22,"{"x" * 200_000}",8,1\n')
    assert len(issues_and_warnings(small_project, "search_log")[0]) == 1


def test_what_is_no_plain_file_is_an_issue(small_project):
    import os

    folder = small_project / "records/systems"
    (folder / "a.yaml").symlink_to(folder / "a.yaml")
    (folder / "b.yaml").mkdir()
    os.mkfifo(folder / "c.yaml")
    (folder / "d.yaml").write_text('title: "' + "x" * MAX_BYTES + '"\n')
    issues = read(small_project).issues
    assert [issue.file for issue in issues] == [f"records/systems/{name}.yaml" for name in "abcd"]


def test_a_file_that_belongs_to_no_table_is_reported(small_project):
    (small_project / "records/sources/stray.yaml").write_text('title: "x"\n')
    assert [issue.file for issue in read(small_project).issues] == ["records/sources/stray.yaml"]


def test_records_in_the_wrong_file_are_reported(small_project):
    path = small_project / invented.HERALD
    (small_project / "records/sources/2023").mkdir()
    path.rename(small_project / "records/sources/2023" / path.name)
    change(small_project, ('kind: "medium"', 'kind: "company"'), path="records/actors/media.yaml")
    assert {issue.rule for issue in misplaced(read(small_project))} == {
        "a source is in the folder of its year",
        "an actor is in the file of its kind",
    }


def test_format_refuses_comments_and_rewrites_the_rest(small_project):
    path = change(small_project, ('url_kind: "original"', "url_kind: original"))
    assert run("format", small_project, "--check").returncode == 1
    assert run("format", small_project).returncode == 0
    assert run("format", small_project, "--check").returncode == 0
    assert 'url_kind: "original"' in path.read_text(encoding="utf-8")
    change(small_project, ('url_kind: "original"', "url_kind: original  # checked"))
    refused = run("format", small_project)
    assert refused.returncode == 1 and "coder_note" in refused.stderr
    assert "# checked" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"word\n", b"- a\n- b\n", b'title: "caf\xe9"\n', b"- - a\n"])
def test_format_refuses_what_is_no_record(small_project, content):
    path = small_project / "records/systems/uavs.yaml"
    path.write_bytes(content)
    refused = run("format", small_project)
    assert refused.returncode == 1 and "records/systems/uavs.yaml" in refused.stderr
    assert "Traceback" not in refused.stderr and path.read_bytes() == content


def test_format_drops_entries_in_which_nothing_is_written(small_project):
    path = change(small_project, ("names:\n", "names:\n  -\n"), path="records/systems/uavs.yaml")
    assert run("format", small_project).returncode == 0
    assert "names:\n  - name:" in path.read_text(encoding="utf-8")


@pytest.mark.slow  # checks a whole project
def test_a_new_source_starts_as_a_template_that_names_what_is_missing(small_project):
    assert run("new_source", small_project, "foo-2023-01-01-bar").returncode == 0
    path = small_project / "records/sources/2023/foo-2023-01-01-bar.yaml"
    written = path.read_text(encoding="utf-8")
    for field in load()["statements"].columns("coded"):
        assert f" {field}:\n" in written
    again = run("new_source", small_project, "foo-2023-01-01-bar")
    assert again.returncode == 2 and "exists already" in again.stderr
    assert path.read_text(encoding="utf-8") == written
    assert run("new_source", small_project, "Foo").returncode == 2
    missing = {issue.field for issue in issues_of(small_project) if issue.rule == "required"}
    assert {"title", "publisher_id", "speaker_id"} <= missing
