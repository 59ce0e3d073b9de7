"""The reader can derive again: what is shipped follows from data/ and rules/, and other choices move what they should."""

import csv
import shutil
import subprocess
import sys

import pytest

from scripts.schema.table_schema import ROOT


def rederive(*options, root=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "scripts.rederive", "--root", str(root), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_nothing_moves_under_the_shipped_rules():
    assert rederive().stdout == "0 cells move\n"


@pytest.mark.parametrize(
    "options,line",
    [
        (
            ["--day", "2022-11-02"],
            "transfers irn-rus-uavs-2022 support_delivered: acknowledged_in_part -> corroborated",
        ),
        (
            ["--without-origin", "USA"],
            "transfers irn-rus-guided-bombs-2022 support_delivered: reported -> none",
        ),
        (
            ["--without-source", "telegraph-india-2024-02-22-iran-missiles"],
            "transfers irn-rus-ballistic-missiles-2022 delivered_low: 320 -> blank",
        ),
        (["--without-anonymous"], "transfers irn-rus-ballistic-missiles-2022 delivered_low: 320 -> blank"),
        (["--tolerance", "0.1"], "estimates shahed-136.intercepted.item low: 300 -> 270"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_other_choices_move_what_they_should(options, line):
    assert any(moved.startswith(line) for moved in rederive(*options).stdout.splitlines())


def test_edited_rules_are_read_and_tables_are_written_elsewhere(tmp_path):
    for name in ("data", "rules"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name)
    shutil.copy(ROOT / "datapackage.json", tmp_path / "copy")
    rules = tmp_path / "copy/rules/quantities.csv"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("about,0.8N,N,1.2N", "about,0.9N,N,1.1N"), encoding="utf-8"
    )
    done = rederive("--out", str(tmp_path / "out"), root=tmp_path / "copy")
    assert "transfers irn-rus-ballistic-missiles-2022 delivered_low: 320 -> 360" in done.stdout
    with (tmp_path / "out/data/transfers.csv").open(encoding="utf-8", newline="") as file:
        row = next(
            row for row in csv.DictReader(file) if row["transfer_id"] == "irn-rus-ballistic-missiles-2022"
        )
    assert row["delivered_low"] == "360"


@pytest.mark.parametrize(
    "options,said",
    [
        (["--without-source", "no-such-source"], "no source_id no-such-source; there are:"),
        (["--without-origin", "XXX"], "no origin_id XXX"),
        (["--tolerance", "2"], "a share from 0 to below 1"),
        (["--day", "soon"], "invalid"),
    ],
)
def test_choices_that_cannot_be_are_refused(options, said):
    refused = rederive(*options)
    assert refused.returncode == 2 and said in refused.stderr


def test_leave_one_out_agrees_with_leaving_it_out(built):
    rows = built["leave_one_out"].to_dict("records")
    source = "telegraph-india-2024-02-22-iran-missiles"
    told = {(row["transfer_id"], row["column"]) for row in rows if row["source_id"] == source}
    moved = {
        tuple(line.split()[1:3])
        for line in rederive("--without-source", source).stdout.splitlines()
        if line.startswith("transfers ")
    }
    state = {
        "support_agreed",
        "support_shipped",
        "support_delivered",
        "supplier_position",
        "recipient_position",
    }
    assert told and {cell for cell in told if cell[1] in state} == {
        (transfer, column.rstrip(":")) for transfer, column in moved if column.rstrip(":") in state
    }
