"""The difference between two packages made up for it: names, folders and IDs that moved, and reasons for
kinds of change.
"""

import pandas as pd
import pytest

from scripts.releases import changelog
from scripts.releases.attribution import nearest_changes
from scripts.releases.differences import Retired, compare
from scripts.releases.package import Package
from scripts.releases.reasons import renames, with_reasons
from scripts.releases.versions import level

schemas_of = Package.schemas.func

RETIRABLE = ["transfers", "systems", "statements"]
STATEMENTS = {
    "s.01": ("s", "t-2022", "40", "x"),
    "s.02": ("s", "t-2022", "", "x"),
    "z.01": ("z", "u", "6.5", "y"),
}


def field(name: str, kind: str = "string", provenance: str = "coded", key: str = "provenance") -> dict:
    return {"name": name, "type": kind, key: provenance}


def leads(column: str, table: str, target: str) -> dict:
    return {"fields": [column], "reference": {"resource": table, "fields": [target]}}


def resource(name: str, fields: list[dict], key: list[str], keys: list[dict] = (), folder="data") -> dict:
    schema = {"fields": fields, "primaryKey": key, "foreignKeys": list(keys)}
    return {"name": name, "format": "csv", "path": f"{folder}/{name}.csv", "schema": schema}


def package(
    statements=STATEMENTS, transfers=("t-2022", "u"), names=("n1",), derived=None, **other
) -> Package:
    """Statements of two sources on transfers, a table of names, and one derived table."""
    provenance = other.get("provenance", "provenance")
    column, table = other.get("column", "limits"), other.get("table", "known_events")
    status = derived or dict.fromkeys(transfers, "reported")
    resources = [
        resource(
            "statements",
            [
                field("statement_id", key=provenance),
                field("source_id", key=provenance),
                field("transfer_id", key=provenance),
                field("value", "number", key=provenance),
                field(column, key=provenance),
            ],
            ["statement_id"],
            [leads("transfer_id", "transfers", "transfer_id")],
        ),
        resource(
            "transfers",
            [
                field("transfer_id", key=provenance),
                field("status", provenance="derived", key=provenance),
            ],
            ["transfer_id"],
        ),
        resource(table, [field("name", key=provenance)], ["name"], folder=other.get("folder", "data")),
        resource(
            "voices",
            [
                field("transfer_id", provenance="derived", key=provenance),
                field("status", provenance="derived", key=provenance),
            ],
            ["transfer_id"],
            [leads("transfer_id", "transfers", "transfer_id")],
        ),
    ]
    tables = {
        "statements": pd.DataFrame(
            [(name, *cells) for name, cells in statements.items()],
            columns=["statement_id", "source_id", "transfer_id", "value", column],
        ),
        "transfers": pd.DataFrame({"transfer_id": list(status), "status": list(status.values())}),
        table: pd.DataFrame({"name": list(names)}),
        "voices": pd.DataFrame({"transfer_id": list(status), "status": list(status.values())}),
    }
    return Package({"resources": resources}, tables, other.get("programs", {}))


def entry(table: str, reason: str = "Because.", **other: str) -> dict:
    return {"table": table, "row_id": None, "column": None, "source_id": None, "renamed_from": None} | {
        "reason": reason,
        **other,
    }


def told(old: Package, new: Package, entries=(), retired=()) -> tuple[list[tuple], list]:
    """(table, row, column, kind, reason) of every change, and the issues."""
    entries = list(entries)
    rows = [
        {"table_name": table, "retired_id": one, "successor_id": other, "reason": "Renamed."}
        for table, one, other in retired
    ]
    comparison = compare(
        old, new, RETIRABLE, [Retired(table, one, other) for table, one, other in retired], renames(entries)
    )
    changes, issues = with_reasons(comparison, entries, rows)
    columns = ("table_name", "row_id", "column_name", "kind", "reason")
    return [tuple(row[column] for column in columns) for row in changes], issues


def moved(statements=STATEMENTS, to="t") -> dict:
    return {
        name: (source, to if transfer == "t-2022" else transfer, *cells)
        for name, (source, transfer, *cells) in statements.items()
    }


def test_a_key_that_follows_a_retired_id_is_one_row():
    new = package(moved(), ("t", "u"))
    changes, issues = told(package(), new, retired=[("transfers", "t-2022", "t")])
    assert changes == [("transfers", "t-2022", None, "retired", "Renamed.")] and issues == []


def test_a_renamed_row_is_compared_with_itself():
    new = package(moved(), ("t", "u"), derived={"t": "officials", "u": "reported"})
    changes, _ = told(package(), new, retired=[("transfers", "t-2022", "t")])
    assert ("transfers", "t", "status", "changed", "derived:record") in changes and len(changes) == 3


def test_successors_are_followed_to_the_end_and_circles_end():
    new = package(moved(to="w"), ("w", "u"))
    chain = [("transfers", "t-2022", "t"), ("transfers", "t", "w")]
    changes, issues = told(package(), new, retired=chain)
    assert changes == [("transfers", "t-2022", None, "retired", "Renamed.")] and issues == []
    circle = [("transfers", "t-2022", "t"), ("transfers", "t", "t-2022")]
    changes, _ = told(package(), new, retired=circle)
    assert ("statements", "s.01", "transfer_id", "changed", None) in changes


def test_merged_transfers_are_retired_and_the_new_one_added():
    old = package({**STATEMENTS, "z.01": ("z", "t-2023", "6.5", "y")}, ("t-2022", "t-2023"))
    new = package({**moved(), "z.01": ("z", "t", "6.5", "y")}, ("t",))
    both = [("transfers", "t-2022", "t"), ("transfers", "t-2023", "t")]
    changes, issues = told(old, new, retired=both)
    kinds = {(table, row, kind) for table, row, _, kind, _ in changes if table == "transfers"}
    assert kinds == {
        ("transfers", "t-2022", "retired"),
        ("transfers", "t-2023", "retired"),
        ("transfers", "t", "added"),
    }
    assert not any(table == "statements" for table, *_ in changes) and issues == []


def test_an_id_gone_without_a_word_is_refused():
    changes, issues = told(package(), package(moved(), ("t", "u")))
    assert {issue.file for issue in issues} == {"records/retired_ids.yaml", "records/changes.yaml"}


@pytest.mark.parametrize(
    "before, after, same", [("40", "40.0", True), ("40", "40.5", False), ("", "0.0", False)]
)
def test_a_number_written_another_way_is_no_change(before, after, same):
    one = {"s.01": ("s", "u", before, "x")}
    other = {"s.01": ("s", "u", after, "x")}
    assert (told(package(one), package(other))[0] == []) is same


def test_a_descriptor_of_an_earlier_release_says_made_by():
    old = package(provenance="made_by")
    new = package(derived={"t-2022": "officials", "u": "reported"})
    changes, issues = told(old, new)
    assert {reason for *_, reason in changes} == {"derived:record"} and issues == []


def test_renamed_tables_and_columns_are_one_row_each_and_their_cells_compared():
    old = package(names=("n1", "n2"))
    changed = {**STATEMENTS, "s.02": ("s", "t-2022", "", "total")}
    new = package(changed, names=("n1",), table="reference_events", column="limit", folder="data/quality")
    entries = [
        entry("reference_events", row_id="*", renamed_from="known_events"),
        entry("reference_events", "Not needed.", row_id="n2"),
        entry("statements", row_id="*", column="limit", renamed_from="limits"),
        entry("statements", "The page says so.", row_id="s.02", column="limit"),
    ]
    changes, issues = told(old, new, entries)
    assert changes == [
        ("reference_events", "*", None, "renamed", "Because."),
        ("reference_events", "n2", None, "removed", "Not needed."),
        ("statements", "*", "limit", "renamed", "Because."),
        ("statements", "s.02", "limit", "changed", "The page says so."),
    ]
    assert issues == [] and level(compare(old, new, RETIRABLE, [], renames(entries))) == "major"


def test_without_a_word_a_renamed_table_is_one_removed_and_one_added():
    changes, issues = told(package(), package(table="reference_events"))
    assert [(row[0], row[3]) for row in changes] == [
        ("known_events", "removed"),
        ("reference_events", "added"),
    ]
    assert len(issues) == 2


def test_a_moved_table_needs_no_words():
    changes, issues = told(package(), package(folder="data/quality"))
    assert [row[:4] for row in changes] == [("known_events", "*", None, "moved")] and issues == []


def test_one_reason_covers_a_kind_of_change():
    new = {name: (*cells[:3], "total") for name, cells in STATEMENTS.items()}
    changes, issues = told(package(), package(new), [entry("statements", "A new ruling.", column="limits")])
    assert {row[4] for row in changes} == {"A new ruling."} and len(changes) == 3 and issues == []


def test_the_narrowest_reason_is_given():
    new = {name: (*cells[:2], "1.0", "total") for name, cells in STATEMENTS.items()}
    entries = [
        entry("statements", "table"),
        entry("statements", "column", column="limits"),
        entry("statements", "source", source_id="s"),
        entry("statements", "source and column", source_id="s", column="limits"),
        entry("statements", "row", row_id="s.01"),
        entry("statements", "cell", row_id="s.01", column="value"),
    ]
    changes, issues = told(package(), package(new), entries)
    assert {(row, column): reason for _, row, column, _, reason in changes} == {
        ("s.01", "limits"): "row",
        ("s.01", "value"): "cell",
        ("s.02", "limits"): "source and column",
        ("s.02", "value"): "source",
        ("z.01", "limits"): "column",
        ("z.01", "value"): "table",
    }
    assert issues == []


def test_a_reason_for_a_kind_covers_added_rows_of_a_source_already_released():
    new = {**STATEMENTS, "s.03": ("s", "u", "", "x"), "q.01": ("q", "u", "", "x")}
    changes, issues = told(package(), package(new), [entry("statements", "Read again.", source_id="s")])
    assert {row[1]: row[4] for row in changes} == {"s.03": "Read again.", "q.01": "added:q"} and issues == []


def test_a_needless_reason_is_refused():
    _, issues = told(package(), package(), [entry("statements", column="limits")])
    assert [issue.field for issue in issues] == ["statements limits"]


def test_missing_reasons_are_one_issue_a_column():
    new = {name: (*cells[:3], "total") for name, cells in STATEMENTS.items()}
    _, (issue,) = told(package(), package(new))
    assert issue.field == "statements s.01 limits and 2 more" and issue.found == "x → total"


def test_new_rules_need_one_reason_and_none_for_what_they_derive():
    old = package(programs={"rules/derivation/1.sql": "SELECT 1"})
    derived = {"t-2022": "officials", "u": "officials"}
    new = package(derived=derived, programs={"rules/derivation/1.sql": "SELECT 2"})
    changes, (issue,) = told(old, new)
    assert {row[4] for row in changes if row[1] != "*"} == {"derived:rules"}
    assert issue.field == "rules/derivation *"
    assert level(compare(old, new, RETIRABLE)) == "major"


def test_comments_and_spaces_in_rules_are_no_change():
    old = package(programs={"rules/derivation/1.sql": "-- one\nSELECT  1"})
    new = package(programs={"rules/derivation/1.sql": "-- another\nSELECT 1  -- here"})
    assert told(old, new) == ([], [])


def test_the_nearest_changed_row_is_named():
    changed = {**STATEMENTS, "s.02": ("s", "t-2022", "7", "x"), "s.01": ("s", "t-2022", "8", "x")}
    old, new = package(), package(changed, derived={"t-2022": "officials", "u": "reported"})
    changes, _ = told(old, new, [entry("statements")])
    assert {row[4] for row in changes if row[0] in ("transfers", "voices")} == {"derived:s.01"}
    causes = nearest_changes((old, new), {("statements", "z.01")})
    assert ("transfers", "t-2022") not in causes and causes["voices", "u"] == "z.01"


def test_the_changelog_leads_with_what_moved():
    rows = [
        {"table_name": "transfers", "row_id": "t-2022", "column_name": None, "kind": "retired"}
        | {"old": None, "new": "t", "reason": "No year."},
        {"table_name": "adjudications", "row_id": "*", "column_name": None, "kind": "renamed"}
        | {"old": "second_reading", "new": "adjudications", "reason": "Plain."},
        {"table_name": "voices", "row_id": "*", "column_name": None, "kind": "added"}
        | {"old": None, "new": "key", "reason": "derived:rules"},
    ]
    day = pd.Timestamp("2026-12-01").date()
    block = changelog.block({"version": "4.0.0", "date": day}, "3.0.0", "major", rows)
    lines = block.splitlines()
    assert lines[2].startswith("**You must act**")
    assert lines[4:8] == [
        "| was | is now | what |",
        "|---|---|---|",
        "| `second_reading` | `adjudications` | table |",
        "| `t-2022` | `t` | ID in `transfers` |",
    ]
    assert "- `voices` added as a whole: by the new rules of the derivation" in lines


@pytest.mark.slow  # a comparison of many rows
def test_the_schemas_are_read_once_and_not_once_a_row(monkeypatch):
    """35,110 times in release 3.0.0."""
    calls = []
    monkeypatch.setattr(Package.schemas, "func", lambda package: calls.append(1) or schemas_of(package))
    many = {f"s.{n}": ("s", "u", str(n), "x") for n in range(20_000)}
    other = {name: (*cells[:3], "total") for name, cells in many.items()}
    changes, issues = told(package(many), package(other), [entry("statements", column="limits")])
    assert len(changes) == 20_000 and issues == [] and len(calls) < 10
