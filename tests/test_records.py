"""Records are read strictly, are canonical, and every fault in them is reported at once, with its line."""

import subprocess
import sys

import pytest
import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from scripts.format import has_comment
from scripts.records.reader import canonical, read, record_files
from scripts.records.strict_yaml import YamlProblem, emit, parse
from scripts.schema.table_schema import ROOT, load

FILES = [(schema, path) for schema in load().values() for path in record_files(schema)]


@pytest.mark.parametrize("schema,path", FILES, ids=lambda value: getattr(value, "stem", None))
def test_every_file_survives_load_and_save(schema, path):
    text = path.read_text(encoding="utf-8")
    assert canonical(text, schema) == text


@pytest.mark.parametrize(
    "text,found",
    [
        ("a: 1\na: 2", "duplicate"),
        ("a:\n  b: 1\n  b: 2", "duplicate"),
        ("a: !!str 3", "!!str"),
        ("a: &x 1\nb: *x", "&x"),
        ("- *x", "*x"),
        ("a: 010", "010"),
        ("a: 0x10", "0x10"),
        ("a: 1_000", "1_000"),
        ("a: 6.5", "6.5"),
        ("a: 1e3", "1e3"),
        ("a: 2022-11-02", "2022-11-02"),
        ("a: 12:30", "12:30"),
        ("a: .inf", ".inf"),
        ("a: 'x", "YAML"),
    ],
)
def test_yaml_that_would_be_misread_is_refused(text, found):
    with pytest.raises(YamlProblem) as refused:
        parse(text)
    assert found in refused.value.found and refused.value.line


def test_words_that_other_readers_turn_into_booleans_stay_words():
    assert parse("a: NO\nb: yes\nc: on\nd: true\ne: 7\nf:") == {
        "a": "NO",
        "b": "yes",
        "c": "on",
        "d": True,
        "e": 7,
        "f": None,
    }


scalars = st.one_of(
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1),
)
keys = st.text("abcdefgh_", min_size=1)


@given(
    st.dictionaries(
        keys, st.one_of(scalars, st.lists(st.dictionaries(keys, scalars, min_size=1), min_size=1)), min_size=1
    )
)
def test_what_is_emitted_is_read_back(record):
    assert parse(emit(record)) == record
    assert yaml_rs.loads(emit(record), parse_datetime=False) == record


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


def spoil(project, *pairs):
    path = project / "records/sources/2022/defense-post-2022-11-02-missile-delivery.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_all_faults_are_reported_at_once_each_with_its_line(project):
    path = spoil(
        project,
        ('stance: "project"', 'stanze: "project"'),
        ("value: 1000", 'value: "1,000"'),
        ("chain_complete: true", 'chain_complete: "yes"'),
        ('extent: "full"', 'extent: " full"'),
    )
    problems = read(project).problems
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {problem.field for problem in problems} == {"stanze", "value", "chain_complete", "extent"}
    for problem in problems:
        shown = problem.render(project)
        line = int(shown.split(":")[1])
        assert lines[line - 1].lstrip(" -").startswith(f"{problem.field}:")
        assert "fix" in shown and "allowed" in shown and "found" in shown
    assert "did you mean stance?" in next(problem.fix for problem in problems if problem.field == "stanze")


def test_a_file_that_belongs_to_no_table_is_reported(project):
    (project / "records/sources/stray.yaml").write_text('title: "x"\n')
    assert [problem.where for problem in read(project).problems] == ["records/sources/stray.yaml"]


def test_tidy_refuses_comments_and_rewrites_the_rest(project):
    def tidy(*options):
        return subprocess.run(
            [sys.executable, "-m", "scripts.format", "--root", project, *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    path = spoil(project, ('url_kind: "original"', "url_kind: original"))
    assert tidy("--check").returncode == 1 and tidy().returncode == 0 and tidy("--check").returncode == 0
    assert 'url_kind: "original"' in path.read_text(encoding="utf-8")
    spoil(project, ('url_kind: "original"', "url_kind: original  # checked"))
    refused = tidy()
    assert (
        refused.returncode == 1
        and "coder_note" in refused.stderr
        and "# checked" in path.read_text(encoding="utf-8")
    )


def test_a_new_source_starts_as_a_template_that_names_what_is_missing(project):
    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", *words, "--root", project], cwd=ROOT, capture_output=True, text=True
        )

    assert run("scripts.new_source", "foo-2023-01-01-bar").returncode == 0
    path = project / "records/sources/2023/foo-2023-01-01-bar.yaml"
    written = path.read_text(encoding="utf-8")
    for field in load()["statements"].columns("coded"):
        assert f" {field}:\n" in written
    again = run("scripts.new_source", "foo-2023-01-01-bar")
    assert (
        again.returncode == 2
        and "exists already" in again.stderr
        and path.read_text(encoding="utf-8") == written
    )
    assert run("scripts.new_source", "Foo").returncode == 2
    built = run("scripts.build")
    assert built.returncode == 1 and "foo-2023-01-01-bar.yaml:3: title: required" in built.stderr
    assert not (project / "data").exists()
