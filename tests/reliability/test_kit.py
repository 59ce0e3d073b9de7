"""The kit for human coders: what the sample gives away, how it is drawn, how a filled sheet is refused and scored."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from scripts import kit as command
from scripts.records import anchors
from scripts.reliability import coder_kit, coder_score, filled_sheet, sampling
from scripts.reliability.agreement import variables
from scripts.schema.table_schema import ROOT, load
from scripts.validation.issues import ValidationFailed
from tests.random_record import shipped_record

SCHEMAS = load()
NAMES = variables(SCHEMAS)
N = 60


@pytest.fixture(scope="module")
def shipped():
    return shipped_record()


@pytest.fixture(scope="module")
def tables(shipped):
    """The shipped tables with every tenth statement, which are enough to draw from."""
    return {**shipped, "statements": shipped["statements"].iloc[::10].reset_index(drop=True)}


@pytest.fixture(scope="module")
def files(tables):
    manual = (ROOT / "docs/coding-manual.md").read_text(encoding="utf-8")
    return coder_kit.kit(tables, SCHEMAS, "A citation.", "9.9.9", manual, N)


def table(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")


@pytest.fixture
def folder(files, tmp_path):
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


@pytest.fixture
def key(files):
    return table(files[coder_kit.KEY])


@pytest.fixture
def agreeing(files, key):
    """A sheet whose coder found and coded everything as the record does."""
    sheet = table(files[coder_kit.SHEET]).assign(answer="coded")
    for name in NAMES:
        sheet[name] = key[name]
    return sheet


def read(sheet: pd.DataFrame, folder, tables, **form) -> pd.DataFrame:
    path = folder / "filled.csv"
    sheet.to_csv(path, index=False, **form)
    return filled_sheet.read_filled(path, filled_sheet.read_key(folder / coder_kit.KEY), SCHEMAS, tables)


def refused(sheet: pd.DataFrame, folder, tables) -> list:
    with pytest.raises(ValidationFailed) as failed:
        read(sheet, folder, tables)
    return failed.value.issues


def test_the_sample_holds_no_code_but_those_that_say_which_claim_is_meant(files, key):
    sheet = table(files[coder_kit.SHEET])
    for row, told in zip(sheet.to_dict("records"), key.to_dict("records"), strict=True):
        shown = {name for name in NAMES if row[name]}
        assert shown <= set(row["given"].split()) and not row["answer"]
        assert all(row[name] == told[name] for name in row["given"].split())
    assert (sheet["given"] == "").mean() > 0.7
    assert not {"statement_id", "source_id", "weight", "summary", "value_text"} & {*sheet.columns}
    text = files[coder_kit.SHEET].decode()
    assert not any(statement in text for statement in key["statement_id"])


def test_a_passage_with_several_claims_names_what_tells_them_apart():
    row = dict.fromkeys(sampling.TELLING, "") | {"source_id": "s", "anchor_sha256": "a", "aspect": "use"}
    rows = [
        row | {"statement_id": "1", "subject": "x"},
        row | {"statement_id": "2", "subject": "y"},
        row | {"statement_id": "3", "subject": "y", "stance": "deny"},
        row | {"statement_id": "4", "anchor_sha256": "b", "subject": "y"},
    ]
    given = sampling.given_codes(pd.DataFrame(rows))
    assert given == {"1": ["subject"], "2": ["subject", "stance"], "3": ["stance"], "4": []}


@pytest.mark.slow  # draws sixty times
def test_the_draw_follows_from_the_version_and_weights_project_to_the_record():
    random = np.random.default_rng(7)
    rows = pd.DataFrame(
        {
            "statement_id": [f"s.{number}" for number in range(2000)],
            "kind": random.choice(["official_text", "newspaper"], 2000, p=[0.05, 0.95]),
            "stance": random.choice(["deny", "assert"], 2000, p=[0.1, 0.9]),
            "basis": random.choice(["assessed", ""], 2000, p=[0.1, 0.9]),
            "language": random.choice(["fa", "en"], 2000, p=[0.4, 0.6]),
        }
    )
    drawn = sampling.draw(rows, 300, "1.0.0")
    assert len(drawn) == 300 and drawn["statement_id"].is_unique
    assert drawn.equals(sampling.draw(rows, 300, "1.0.0"))
    assert set(drawn["statement_id"]) != set(sampling.draw(rows, 300, "1.0.1")["statement_id"])
    versions = [sampling.draw(rows, 300, str(number)) for number in range(60)]
    for name, is_raised in sampling.strata(rows).items():
        shares = [sampling.strata(one)[name].mean() for one in versions]
        projected = [np.average(sampling.strata(one)[name], weights=one["weight"]) for one in versions]
        assert np.mean(shares) > 1.2 * is_raised.mean(), name
        assert np.mean(projected) == pytest.approx(is_raised.mean(), rel=0.1), name
    assert np.mean([one["weight"].sum() for one in versions]) == pytest.approx(2000, rel=0.05)


def test_no_chance_is_above_one_and_all_rows_are_drawn_where_there_are_few():
    chance = sampling.chances(np.array([100.0, 1, 1, 1, 1]), 3)
    assert chance[0] == 1 and chance.sum() == pytest.approx(3)
    assert sampling.chances(np.ones(4), 10).tolist() == [1, 1, 1, 1]


def test_a_coder_who_codes_as_the_record_agrees_in_everything(agreeing, folder, key, tables):
    filled = read(agreeing, folder, tables)
    assert {row["percent"] for row in coder_score.score(filled, key)} <= {100.0, None}
    assert coder_score.differences(filled, key).empty


@pytest.mark.slow  # scores the shipped record
def test_known_errors_give_the_known_score(agreeing, folder, key, tables):
    is_wrong = agreeing["polarity"].eq("affirmed") & ~agreeing["given"].str.contains("polarity")
    wrong = agreeing.index[is_wrong][:6]
    agreeing.loc[wrong, "polarity"] = "negated"
    agreeing.loc[agreeing.index[-1], ["answer", *NAMES]] = ["no_claim", *[""] * len(NAMES)]
    agreeing.loc[agreeing.index[-2], ["answer", *NAMES]] = ""
    filled = read(agreeing, folder, tables)
    (row,) = [row for row in coder_score.score(filled, key) if row["variable"] == "polarity"]
    compared = key.iloc[: N - 2]
    compared = compared[~compared["given"].str.contains("polarity")]
    assert (row["n"], row["n_agreed"]) == (len(compared), len(compared) - 6)
    assert row["commonest_first"] == "affirmed" and row["n_commonest"] == 6
    weight = compared["weight"].astype(float)
    share = 100 * (1 - weight[weight.index.isin(wrong)].sum() / weight.sum())
    assert row["weighted"] == pytest.approx(share, abs=0.06)
    assert row["weighted_low"] < row["weighted"] < row["weighted_high"]
    listed = coder_score.differences(filled, key)
    assert listed["variable"].value_counts().to_dict() == {"polarity": 6, "answer": 1}
    assert {*listed.loc[listed["variable"] == "polarity", "coder"]} == {"negated"}
    shown = "\n".join(coder_score.report(filled, key, NAMES))
    assert f"{N - 1} of {N} rows answered, 1 not answered" in shown
    assert f"claim found where the page was read: {N - 2} of {N - 1}" in shown


def test_alpha_is_that_of_blind_rounds(agreeing, folder, key, tables):
    agreeing["certainty"] = np.where(agreeing["given"] == "", "certain", agreeing["certainty"])
    (row,) = [
        row
        for row in coder_score.score(read(agreeing, folder, tables), key)
        if row["variable"] == "certainty"
    ]
    assert row["alpha"] is not None and row["alpha"] < 0.1


@pytest.mark.parametrize(
    ("column", "cell", "allowed"),
    [
        ("stance", "denies", "assert, decline, deny, doubt, project, withdraw"),
        ("stance", "", "assert, decline, deny, doubt, project, withdraw"),
        ("chain_complete", "yes", "false, true"),
        ("value", "2,400", "a number in digits, as 2400 or 0.5"),
        ("said", "Sep 22", "2022, 2022-11"),
        ("subject", "kestrels", "an ID of subjects.csv"),
        ("speaker_id", "nobody-at-all", "an ID of actors.csv"),
        ("answer", "done", "coded, page_not_found, passage_not_found, no_claim"),
        ("answer", "no_claim", "codes where answer is coded"),
        ("row", "9999", f"1 to {N}"),
        ("row", "2", "every row once"),
        ("sample", "another", "9.9.9-"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(agreeing, folder, tables, column, cell, allowed):
    place = agreeing.index[agreeing["given"] == ""][3]
    agreeing.loc[place, column] = cell
    issues = refused(agreeing, folder, tables)
    assert len(issues) == 1
    assert issues[0].file.endswith("filled.csv") and issues[0].line == place + 2
    assert issues[0].field == (column if (column, cell) != ("answer", "no_claim") else "subject")
    assert cell in issues[0].found or issues[0].found == "nothing"
    assert allowed in issues[0].allowed and issues[0].fix


def test_a_near_word_is_suggested(agreeing, folder, tables):
    place = agreeing.index[agreeing["given"] == ""][0]
    agreeing.loc[place, "anonymity"] = "Named"
    (issue,) = refused(agreeing, folder, tables)
    assert issue.fix == "write named"


def test_a_sheet_saved_by_a_spreadsheet_reads_alike(agreeing, folder, tables):
    plain = read(agreeing, folder, tables)
    upper = agreeing.assign(
        chain_complete=agreeing["chain_complete"].str.upper(), note="two\nlines; and, marks"
    )
    for form in (
        {"sep": ";", "encoding": "utf-8-sig"},
        {"sep": "\t", "encoding": "utf-16"},
        {"lineterminator": "\r\n", "quoting": csv.QUOTE_ALL},
    ):
        assert read(upper, folder, tables, **form).equals(plain)


def test_a_column_that_is_deleted_is_not_scored(agreeing, folder, key, tables):
    filled = read(agreeing.drop(columns=["said", "event"]), folder, tables)
    assert {row["variable"] for row in coder_score.score(filled, key)} == {*NAMES} - {"said", "event"}
    assert coder_score.report(filled, key, NAMES)[-4].endswith("column of it: said, event")


def test_other_files_are_refused(folder, tables):
    key = filled_sheet.read_key(folder / coder_kit.KEY)
    for content in (
        b"",
        b"a,b\n1,2\n",
        b"sample,row,answer\n",
        "stance\né".encode("latin-1"),
        b"PK\x03\x04\xff",
    ):
        (folder / "other.csv").write_bytes(content)
        with pytest.raises(ValidationFailed):
            filled_sheet.read_filled(folder / "other.csv", key, SCHEMAS, tables)
    with pytest.raises(ValidationFailed):
        filled_sheet.read_filled(folder / "none.csv", key, SCHEMAS, tables)
    with pytest.raises(ValidationFailed):
        filled_sheet.read_key(folder / coder_kit.SHEET)


@pytest.mark.slow  # reads the shipped record
def test_every_code_of_the_record_is_defined_and_allowed(shipped):
    rows = coder_kit.coded_rows(shipped)
    page = coder_kit.codes_page(SCHEMAS, shipped)
    for name in NAMES:
        assert f"## {name}\n" in page
        allowed = coder_kit.allowed_codes(name, SCHEMAS, shipped)
        if allowed:
            assert {*rows[name]} - {""} <= allowed, name


def test_a_passage_is_found_in_a_copy_of_its_page():
    text = "A first line.\nIn the second, “ﬁve” Kestrels were seen; more came.\nA third."
    chars, digest = anchors.make("five Kestrels were")
    found = anchors.passage(text, chars, digest)
    assert "ﬁve” Kestrels were\n" in found and found.endswith("more came.")
    assert anchors.passage("Nothing of it.", chars, digest) is None


@pytest.mark.slow  # makes a kit and scores it twice
def test_the_command_makes_a_kit_refuses_to_overwrite_it_and_scores(
    agreeing, folder, tables, monkeypatch, capsys
):
    monkeypatch.setattr(command, "read_shipped", lambda root: tables)

    def run(*arguments) -> int:
        monkeypatch.setattr("sys.argv", ["kit", *map(str, arguments)])
        return command.main()

    made = folder / "made"
    assert run("make", made, "--rows", 5) == 0
    assert len(table((made / "sample.csv").read_bytes())) == 5
    with pytest.raises(SystemExit):
        run("make", made)
    agreeing.to_csv(folder / "filled.csv", index=False)
    assert run("score", folder / "filled.csv") == 0
    assert (folder / "filled-differences.csv").is_file()
    agreeing.assign(stance="wrong").to_csv(folder / "filled.csv", index=False)
    capsys.readouterr()
    assert run("score", folder / "filled.csv") == 1
    assert "filled.csv:2: stance" in capsys.readouterr().err
