"""Hostile records: whatever is put into a file of the project, the outcome is a clear error or a right value."""

import resource
import shutil
import time
import unicodedata
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.build import load_inputs
from scripts.normalise import dates, quantities
from scripts.records.reader import MAX_BYTES
from scripts.records.strict_yaml import StrictYamlError, emit, read_document
from scripts.validation.codes import address_is_sound, normal_address
from tests import invented
from tests.checking import issues_and_warnings, put_back, run_plain

UAVS = "records/systems/uavs.yaml"
MEDIA = "records/actors/media.yaml"
SECONDS = 5


@pytest.fixture(scope="module")
def project(invented_template, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(invented_template, root)
    return root


@contextmanager
def holding(root: Path, contents: dict[str, bytes]):
    """The project with files of these contents; as it was, afterwards."""
    with put_back(root, *contents):
        for path, content in contents.items():
            (root / path).write_bytes(content)
        yield


TABLES = {"systems": "systems", "sources": "sources", "actors": "actors", "quality": "search_log"}


def issues_with(root: Path, contents: dict[str, bytes]) -> list:
    """What is wrong with the project that holds these files of one table, by the rules of that table."""
    (table,) = {TABLES[path.split("/")[1]] for path in contents}
    start = time.process_time()
    with holding(root, contents):
        issues, _ = issues_and_warnings(root, table)
    assert time.process_time() - start < SECONDS
    return issues


def unreadable_with(root: Path, contents: dict[str, bytes]) -> list:
    """What reading says of the project with these files of systems, of which none can be read.

    What follows from it is hidden, as test_a_file_that_cannot_be_read_reports_itself_alone shows of such a file.
    """
    start = time.process_time()
    with holding(root, contents):
        inputs = load_inputs(root)
    assert time.process_time() - start < SECONDS
    assert "systems" in inputs.unreadable
    assert {issue.file for issue in inputs.issues} == set(contents)
    return inputs.issues


def system_files(cases) -> dict:
    """A file of systems for each case."""
    return {case: f"records/systems/hostile-{number}.yaml" for number, case in enumerate(cases)}


BOMB = "\n".join(
    [
        'a: &a ["x","x","x"]',
        *(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
)
FORMS = {  # what is wrong with the whole file: content, and a word of what is found
    "alias bomb": (BOMB, "&a"),
    "alias bomb by indent": ("a: &a\n  - x\nb: &b\n  - *a\n  - *a\n", "&a"),
    "alias to itself": ("&a\n- *a\n", "&a"),
    "merge key": ("a: 1\n<<: 2\n", "<<"),
    "deep mappings": ("\n".join("  " * n + "a:" for n in range(2000)), "levels"),
    "deep lists": ("- " * 20_000, "levels"),
    "deep flow": ("a: " + "[" * 100_000, "flow"),
    "deep keys": ("? " * 10_000, "a key that is itself"),
    "key given twice": ('category: "uav"\ncategory: "uav"\n', "duplicate key"),
    "python object": ('category: !!python/object/apply:os.system ["true"]\n', "tag"),
    "binary tag": ('category: !!binary "dWF2"\n', "tag"),
    "set tag": ("!!set\n? a\n", "tag"),
    "own tag": ('category: !uav "x"\n', "tag"),
    "two documents": ('category: "uav"\n---\ncategory: "uav"\n', "second document"),
    "directive": ('%TAG ! tag:x,2022:\n---\ncategory: "uav"\n', "directive"),
    "block text with control": ("category: |\n  a\x07b\n", "U+0007"),
    "byte order mark": ('\ufeffcategory: "uav"\n', "byte order mark"),
    "byte order mark within": ('category: "u\ufeffav"\n', "U+FEFF"),
    "CRLF": ('category: "uav"\r\n', "carriage return"),
    "CR": ('category: "uav"\rkind: "class"\r', "carriage return"),
    "NUL": ('category: "u\0av"\n', "U+0000"),
    "huge number": ("category: " + "9" * 100_000 + "\n", "100000 characters"),
    "huge scalar": ('category: "' + "x" * 1_000_000 + '"\n', "1000000 characters"),
    "huge key": ("k" * 1_000_000 + ": 1\n", "1000000 characters"),
    "key of other letters": ('саtegory: "uav"\n', "the key"),
    "a document end": ('category: "uav"\n...\nkind: "class"\n', "YAML syntax"),
    "tab for indent": ("names:\n\t- name: x\n", "U+0009"),
    "open quote": ('category: "uav\n', "YAML syntax"),
    "word alone": ("uav\n", "str"),
    "list for mapping": ('- category: "uav"\n', "list"),
    "nothing": ("", "NoneType"),
}
BYTES = {
    "invalid byte": (b'category: "\xff"\n', "0xff"),
    "overlong slash": (b'category: "\xc0\xaf"\n', "0xc0"),
    "lone surrogate": (b'category: "\xed\xa0\x80"\n', "0xed"),
    "cut character": (b'category: "\xe2\x82', "0xe2"),
    "UTF-16": ('category: "uav"\n'.encode("utf-16"), "0xff"),
    "Latin-1": ('category: "é"\n'.encode("latin-1"), "0xe9"),
    "too many bytes": (b"#" * (MAX_BYTES + 1), "bytes"),
}


HOSTILE = {**{name: (text.encode(), word) for name, (text, word) in FORMS.items()}, **BYTES}
HOSTILE_FILES = system_files(HOSTILE)


@pytest.fixture(scope="module")
def issues_of_forms(project) -> list:
    return unreadable_with(project, {HOSTILE_FILES[name]: content for name, (content, _) in HOSTILE.items()})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_of_hostile_form_is_refused_with_its_line(name, issues_of_forms):
    issues = [issue for issue in issues_of_forms if issue.file == HOSTILE_FILES[name]]
    found = HOSTILE[name][1]
    assert found in issues[0].found and issues[0].fix and issues[0].allowed
    assert issues[0].line or name in ("too many bytes", "word alone", "list for mapping", "nothing")


CHARACTERS = [  # an escape of each kind of character that no reader sees as it is
    *("\\0", "\\a", "\\b", "\\e", "\\t", "\\n", "\\r", "\\N", "\\L", "\\P", "\\_", "\\x7f", "\\x9f"),
    *("\\u00ad", "\\u034f", "\\u061c", "\\u115f", "\\u180e", "\\u2000", "\\u200b", "\\u200c", "\\u200d"),
    *("\\u200e", "\\u200f", "\\u202a", "\\u202b", "\\u202d", "\\u202e", "\\u2060", "\\u2066", "\\u2068"),
    *("\\u2069", "\\u3000", "\\u3164", "\\ufe0f", "\\ufeff", "\\uffa0", "\\ufff9", "\\ufffc", "\\uffff"),
    *(
        "\\ue000",
        "\\U000e0041",
        "\\U000e0100",
        "\\U0010ffff",
        "e\\u0301",
        "\\u1100\\u1161",
        "o\\u0300\\u0301\\u0302\\u0303",
    ),
]


CHARACTER_FILES = system_files(CHARACTERS)


def with_character(escape: str) -> str:
    text = emit(invented.RECORDS[UAVS])
    assert '"Drones"' in text
    return text.replace('"Drones"', f'"Dr{escape}nes"')


@pytest.fixture(scope="module")
def issues_of_characters(project) -> list:
    return unreadable_with(
        project, {path: with_character(escape).encode() for escape, path in CHARACTER_FILES.items()}
    )


@pytest.mark.parametrize("escape", CHARACTERS)
def test_a_character_that_cannot_be_seen_is_refused_where_it_stands(escape, issues_of_characters):
    issues = [issue for issue in issues_of_characters if issue.file == CHARACTER_FILES[escape]]
    lines = with_character(escape).split("\n")
    assert issues[0].line == next(n for n, line in enumerate(lines, 1) if escape in line)


@pytest.mark.parametrize(
    "text", ["Dröne", "Đrones", "Дроны", "پهپاد", "می\u200cگوید", "無人機", "שַׁבָּת", "🛩", "ﬁre", "ａ"]
)
def test_text_of_every_script_is_read_as_it_is(text):
    assert unicodedata.is_normalized("NFC", text)
    assert read_document(f'a: "{text}"\n').value == {"a": text}
    assert read_document(emit({"a": text})).value == {"a": text}


CELLS = {  # field: wrong cells of a source
    "title": ["=1+1", "+1", "-1", "@SUM(A1)", " x", "x  y", ""],
    "publisher_id": [
        "the-hеrald",
        "../the-herald",
        "/etc/passwd",
        "the-herald/",
        "THE-HERALD",
        "the-herald\u2010",
    ],
    "copy_of_source_id": ["../../x", "x" * 9_000],
    "language": ["еn", "en-", "x-y", "EN", "english"],
    "published": ["٢٠٢٢", "2022-02-30", "0000-01-01", "2022-11-02T00:00", "22-11-02", "2022/", "９９９９"],
    "consulted_on": ["2026-13-01", "2026-1-1", "26", "٢٠٢٦-١١-٢٢"],
    "url": [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org/a",
        "http:example.org",
        "https://",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://user:word@example.org/a",
        "https://user@example.org/a",
        "https://exаmple.org/a",
        "https://example.org/a b",
        "https://example.org/'onload='x",
        "https://example.org/<script>",
        "https://example.org\\@evil.org/",
        "https://example.org:port/a",
        "https://example.org:99999/a",
        "https://-example.org/",
        "https://example..org/",
        "https://example.org/" + "a" * 5_000,
    ],
}


SOURCE = {name: cell for name, cell in invented.RECORDS[invented.HERALD].items() if name != "statements"}
SOUND = ("title", "A title as any other")
HOSTILE_CELLS = [SOUND, *((field, cell) for field, cells in CELLS.items() for cell in cells)]
CELL_FILES = {
    case: f"records/sources/2022/the-herald-2022-11-02-hostile-{number}.yaml"
    for number, case in enumerate(HOSTILE_CELLS)
}


def with_cell(field: str, cell: str) -> str:
    """The text of a source with this cell, and an address that no other source has."""
    place = CELL_FILES[field, cell].rpartition("-")[2]
    text = emit({**SOURCE, "url": f"https://example.org/{place}", field: cell})
    return text.replace(emit({"title": SOURCE["title"]}), f'{field}: ""\n') if cell == "" else text


@pytest.fixture(scope="module")
def issues_of_cells(project) -> list:
    return issues_with(project, {path: with_cell(*case).encode() for case, path in CELL_FILES.items()})


@pytest.mark.parametrize("field,cell", HOSTILE_CELLS[1:])
def test_a_hostile_cell_is_refused_on_its_line(field, cell, issues_of_cells):
    hits = [
        issue for issue in issues_of_cells if (issue.file, issue.field) == (CELL_FILES[field, cell], field)
    ]
    assert hits and with_cell(field, cell).splitlines()[hits[0].line - 1].startswith(f"{field}:")


def test_a_source_beside_hostile_ones_is_not_refused(issues_of_cells):
    assert [issue for issue in issues_of_cells if issue.file == CELL_FILES[SOUND]] == []


IDS = [
    "the-wirе",
    "../wire",
    "a/b",
    "a\\\\b",
    "con.",
    "-a",
    "a--b",
    "A",
    "a b",
    "a" * 101,
    "a" * 9_000,
    "..",
    "a%2fb",
]


def test_an_id_that_is_no_slug_is_refused_on_its_line(project):
    actor = invented.RECORDS[MEDIA][-1]
    entries = [{**actor, "actor_id": actor_id, "name": f"Actor {n}"} for n, actor_id in enumerate(IDS)]
    text = emit([*invented.RECORDS[MEDIA], *entries])
    issues = issues_with(project, {MEDIA: text.encode()})
    ids = [line for line in text.splitlines() if "actor_id:" in line]
    refused = {issue.line for issue in issues if (issue.file, issue.field) == (MEDIA, "actor_id")}
    assert [line for n, line in enumerate(text.splitlines(), 1) if n in refused] == ids[-len(IDS) :]


def test_a_file_whose_name_is_no_id_is_refused(project):
    stems = [
        "the-hеrald-2022-11-02-x",
        "The-Herald-2022-11-02",
        "a b-2022",
        "x\u202e-2022",
        "a" * 200 + "-2022",
    ]
    paths = {f"records/sources/2022/{stem}.yaml" for stem in stems}
    issues = issues_with(project, dict.fromkeys(paths, (project / invented.GAZETTE).read_bytes()))
    assert {issue.file for issue in issues if issue.field == "source_id"} == paths


@pytest.mark.parametrize(
    "source_id",
    ["../../x-2022-01-01-a", "/x-2022-01-01-a", "a" * 300 + "-2022-01-01-a", "а-2022-01-01-a", "", "x"],
)
def test_no_record_is_written_under_a_hostile_id(source_id, project):
    before = sorted(project.rglob("*"))
    done = run_plain("new_source", source_id, "--root", str(project))
    assert done.returncode == 2 and "write publisher-YYYY-MM-DD-words" in done.stderr
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("cell", ["=1+1", "@x", "\u202ex", "x\u200b", "e\u0301", "x" * 20_000])
def test_a_hostile_cell_of_a_csv_is_refused_on_its_line(cell, project):
    path = "records/quality/search_log.csv"
    content = f'search,searched_on,query,n_pages,n_coded\n1,2026-11-22,"{cell}",1,1\n'
    (issue,) = issues_with(project, {path: content.encode()})
    assert (issue.file, issue.line, issue.field) == (path, 2, "query")


@pytest.mark.slow  # a file of many statements
def test_many_faulty_statements_are_all_reported_in_seconds(project):
    record = invented.RECORDS[invented.HERALD]
    rows = [
        {**record["statements"][1], "number": n, "stance": "asert", "locator": f"paragraph {n}"}
        for n in range(1, 1000)
    ]
    content = emit({**record, "statements": rows}).encode()
    start = time.process_time()
    with holding(project, {invented.HERALD: content}):
        issues, _ = issues_and_warnings(project, "statements")
    assert time.process_time() - start < 20
    assert len([issue for issue in issues if issue.field == "stance"]) == 999


def test_more_statements_than_numbers_are_refused(project):
    record = invented.RECORDS[invented.HERALD]
    row = {"locator": "x"}
    rows = [{"number": n, **row} for n in (0, 1000, 1001)] + [row]
    issues = issues_with(project, {invented.HERALD: emit({**record, "statements": rows}).encode()})
    assert len([issue for issue in issues if issue.field == "number"]) == 4


@pytest.mark.slow  # a file of many statements
def test_a_hundred_thousand_statements_in_one_file_are_refused_in_seconds(project):
    """As small as they can be, they are below the size of a file; each would lack a dozen cells. One issue says so."""
    text = emit({**invented.RECORDS[invented.HERALD], "statements": [{"number": 1}]})
    content = text + "".join(f"  - number: {n}\n" for n in range(2, 100_001))
    assert len(content) < MAX_BYTES
    start, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with holding(project, {invented.HERALD: content.encode()}):
        inputs = load_inputs(project)
    assert time.process_time() - start < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 1_000_000, "kilobytes"
    (issue,) = [issue for issue in inputs.issues if issue.rule == "size of the record"]
    line = text[: text.index("statements:")].count("\n") + 1
    assert (issue.file, issue.line, issue.field) == (invented.HERALD, line, "statements")
    assert "100000 entries" in issue.found and len(inputs.rows["statements"]) < 1100


def test_a_hundred_thousand_whole_statements_are_refused_unread(project):
    content = b"#" + b"x" * 60_000_000
    start = time.process_time()
    with holding(project, {invented.HERALD: content}):
        inputs = load_inputs(project)
    assert time.process_time() - start < SECONDS
    assert [issue.rule for issue in inputs.issues if issue.file == invented.HERALD] == ["size of the file"]


TEMPLATE = emit(invented.RECORDS[invented.HERALD])


@given(
    st.integers(0, len(TEMPLATE)),
    st.text(max_size=6) | st.sampled_from(list("&*!{}[]|>%@`\"'#?:-\n\t ")),
    st.integers(0, 40),
)
def test_the_reader_of_records_ends_in_a_value_or_in_its_own_error(place, piece, cut):
    text = TEMPLATE[:place] + piece + TEMPLATE[place + cut :]
    try:
        document = read_document(text)
    except StrictYamlError as error:
        assert error.found and error.fix
    else:
        assert all(isinstance(line, int) and line >= 1 for line in document.lines.values())


@given(st.text(max_size=30) | st.from_regex(r"[0-9./~-]{0,24}", fullmatch=True))
def test_the_parser_of_dates_ends_in_days_or_in_its_own_error(text):
    try:
        first, last = dates.parse(text)
    except ValueError:
        return
    assert first is not None or last is not None
    assert first is None or last is None or first <= last


@given(st.text(max_size=12) | st.from_regex(r"[0-9.NAB+*-]{0,8}", fullmatch=True))
def test_the_parser_of_terms_ends_in_a_term_or_in_its_own_error(text):
    try:
        term = quantities.parse_term(text)
    except ValueError:
        return
    assert term["factor"] or term["operand"]


@given(st.text(max_size=60).map(lambda text: f"https://{text}") | st.text(max_size=60))
def test_addresses_are_judged_without_an_error(url):
    normal_address(url)
    if address_is_sound(url):
        assert url.startswith(("http://", "https://", "HTTP", "Http", "http")) and " " not in url
