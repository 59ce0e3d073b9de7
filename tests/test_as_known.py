"""What each history table says of a day is what follows from the rows known by that day, by a second way of deriving it.

`expected` derives the rows of one day with reference.py; it is held against the lines of `as_known` on every day of random
records and of the shipped one. Every planted error must show as a difference.
"""

import datetime
from functools import cache

import pytest
import reference
from generate import READ, case, record
from test_planted_errors import plant
from world import World, exact

from scripts import as_known, estimates, history, positions
from scripts.normalise.tables import records
from scripts.schema.table_schema import load

VALUE = ("statement_id", "low", "point", "high", "is_total", "is_old")


def retells(known, row, root):
    """Whether the row is the root, or retells it at any remove."""
    seen = []
    while row and row not in seen:
        if row["statement_id"] == root:
            return True
        seen.append(row)
        row = known.statements.get(row["relays_statement_id"])
    return False


def spread(known, rows):
    pages = {row["source_id"] for row in rows}
    return {
        "n_statements": len(rows),
        "n_sources": len(pages),
        "n_publishers": len({known.sources[page]["publisher_id"] for page in pages}),
    }


def value(known, rows, latest, unit):
    """One row of origin_values, as RULES.md words it."""
    found = reference.value_of_key(known, rows)
    old = bool(unit in known.count_units and reference.is_history(found, latest))
    bounding = [row for row in rows if row["low"] is not None] or rows
    shown = found["total"] or sorted(bounding, key=lambda row: (row["low"] or 0, row["statement_id"]))[-1]
    return (
        shown["statement_id"],
        found["low"],
        None if old else found["point"],
        None if old else found["high"],
        found["total"] is not None,
        old,
    )


def expected(known, day):
    """{table: {key: cells}} on the day, from `known`, what was public by it."""
    out, tables = {name: {} for name in as_known.KINDS}, reference.derive(known)
    published = [
        source["published_max"] for source in known.sources.values() if source["published_max"] <= day
    ]
    for row in known.rows:
        name = row["statement_id"]
        cut = reference.copy.copy(known)
        cut.sources = {"newest": {"published_max": max(published, default=None)}}
        out["statement_history"][name,] = {
            "is_counting": tables["statements"][name]["is_counting"],
            "resolution": reference.resolution(cut, row),
            **spread(known, [other for other in known.rows if retells(known, other, name)]),
        }
    for transfer_id, transfer in known.transfers.items():
        for side in reference.SIDES:
            said = reference.said_by_party(known, transfer, side)
            words = [row for row in said if reference.is_admission(row) or reference.is_denial(row)]
            words += reference.admissions_beneath(known, transfer, side) + reference.class_denials(
                known, transfer, side
            )
            words = (
                reference.same_day(words, reference.latest(known, words))
                if words
                else [row for row in said if row["stance"] == "decline"]
            )
            out["position_words"] |= {(transfer_id, side, row["statement_id"]): {} for row in words}
        for number, stage in enumerate(reference.STAGES):
            rows = [
                row for row in reference.counting_of_family(known, transfer_id) if known.stage(row) >= number
            ]
            pages = [
                row for row in known.rows if any(retells(known, row, root["statement_id"]) for root in rows)
            ]
            least, most = reference.n_origins(known, rows)
            if rows:
                out["page_history"][transfer_id, stage] = {
                    **spread(known, pages),
                    "n_origins_min": least,
                    "n_origins_max": most,
                }
    for name, line in tables["estimates"].items():
        out["estimate_history"][name,] = {
            column: cell for column, cell in line.items() if column != "estimate_id"
        }
        rows, asserted = (
            behind(known, line),
            [
                row["said_min"]
                for row in known.counting
                if row["said_min"]
                and row["system_id"] == line["system_id"]
                and (line["transfer_id"] is None or row["transfer_id"] in known.families[line["transfer_id"]])
                and known.aspects[row["aspect"]]["measure"] == line["measure"]
            ],
        )
        for key in {known.key(row) for row in rows}:
            cells = value(
                known,
                [row for row in rows if known.key(row) == key],
                max(asserted, default=None),
                line["unit"],
            )
            out["origin_values"][name, key] = dict(zip(VALUE, cells))
    return out


def behind(known, line):
    """The rows an estimate is made of."""
    scopes = (None, "total_to_date", "batch", "window")
    return [
        row
        for row in known.counting
        if (row["transfer_id"], row["system_id"], row["basis"], row["canonical_unit"])
        == (line["transfer_id"], line["system_id"], line["basis"], line["unit"])
        and known.aspects[row["aspect"]]["measure"] == line["measure"]
        and not row["pooled"]
        and row["scope"] in scopes
        and (row["low"], row["point"], row["high"]) != (None, None, None)
    ]


KEYS = {
    "statement_history": ["statement_id"],
    "position_words": ["transfer_id", "side", "statement_id"],
    "page_history": ["transfer_id", "stage"],
    "estimate_history": ["estimate_id"],
    "origin_values": ["estimate_id", "origin_id"],
}


def withdrawn_from_elsewhere(made):
    """A range, taken back in a statement about the transfer."""
    made.withdraw(
        made.usa(
            transfer_id=None,
            system_id="fateh",
            aspect="range",
            basis="assessed",
            **exact(300, scope=None, unit="km"),
        )
    )


def grown_old(made):
    """A total with an upper side, and another origin's a year later."""
    made.usa("2022-01-01", **exact(100))
    made.gbr("2023-01-01", **exact(300))


@cache
def told(seed):
    """A record, random or made by hand, the days on which something may change, and what is expected on each."""
    if callable(seed):
        made = World()
        seed(made)
    tables = made.tables if callable(seed) else case(seed, 4 + seed % 10).tables
    whole = reference.Record(tables)
    days = sorted(
        {
            day + datetime.timedelta(step)
            for day in [*whole.known_from.values(), *(row["published_max"] for row in tables["sources"])]
            for step in (-1, 0)
        }
    )
    return tables, {day: expected(whole.on(day), day) for day in days}


SEEDS = [withdrawn_from_elsewhere, grown_old, *range(60)]


def compare(lines, by_day):
    """Asserts that the lines say on each day what is expected, each line holding once, neighbours differing."""
    for name, rows in lines.items():
        for day, wanted in by_day.items():
            here = [
                row
                for row in rows
                if row["known_from"] <= day and (row["known_to"] is None or day < row["known_to"])
            ]
            found = {
                tuple(row[key] for key in KEYS[name]): {
                    column: cell
                    for column, cell in row.items()
                    if column not in (*KEYS[name], "known_from", "known_to", "rule_version")
                }
                for row in here
            }
            assert len(found) == len(here) and found == wanted[name], (name, day)
        ends = {
            (tuple(row[key] for key in KEYS[name]), row["known_to"]): row for row in rows if row["known_to"]
        }
        for row in rows:
            before = ends.get((tuple(row[key] for key in KEYS[name]), row["known_from"]))
            assert before is None or {**before, "known_from": None, "known_to": None} != {
                **row,
                "known_from": None,
                "known_to": None,
            }, (name, "equal neighbours")


def agrees():
    for seed in SEEDS:
        tables, by_day = told(seed)
        compare(as_known.as_known(record(tables)), by_day)


def test_random_records_agree():
    agrees()
    reached = {
        name: sum(bool(wanted[name]) for seed in SEEDS for wanted in told(seed)[1].values())
        for name in as_known.KINDS
    }
    assert min(reached.values()) > 50, reached


def test_the_shipped_tables_agree(built):
    whole = reference.Record({name: records(built[name]) for name in READ})
    days = sorted({*whole.known_from.values(), datetime.date(2022, 11, 2), datetime.date(2023, 5, 1)})
    compare(
        {name: records(built[name]) for name in as_known.KINDS},
        {day: expected(whole.on(day), day) for day in days},
    )


def test_they_end_where_the_other_tables_stand(built):
    """What lasts is what `statements`, `estimates` and `transfer_history` say of the whole record."""
    last = {
        name: {
            tuple(row[key] for key in KEYS[name]): row
            for row in records(built[name])
            if row["known_to"] is None
        }
        for name in as_known.KINDS
    }
    for row in records(built["statements"]):
        assert all(
            last["statement_history"][row["statement_id"],][column] == row[column]
            for column in ("is_counting", "resolution")
        )
    for row in records(built["estimates"]):
        assert {column: last["estimate_history"][row["estimate_id"],][column] for column in row} == row
    for row in records(built["transfer_history"]):
        for stage in reference.STAGES if row["known_to"] is None else ():
            pages = last["page_history"].get(
                (row["transfer_id"], stage), {"n_origins_min": 0, "n_origins_max": 0}
            )
            assert all(pages[f"n_origins_{end}"] == row[f"{stage}_n_origins_{end}"] for end in ("min", "max"))


def test_their_columns_are_those_of_their_schemas(built):
    assert set(as_known.KINDS) <= set(load()) and all(len(built[name]) for name in as_known.KINDS)


ERRORS = {
    "a day late": (
        history.intervals,
        '["known_to"] = day',
        '["known_to"] = day.fromordinal(day.toordinal() + 1)',
    ),
    "neighbours kept apart": (history.intervals, 'if now.get(name) != line["cells"]', "if True"),
    "lines that never end": (history.intervals, 'running.pop(name)["known_to"] = day', "running.pop(name)"),
    "retold once only": (as_known.with_retellings, "while above in told", "if above in told"),
    "future retellings tallied": (as_known.statement_history, " if record.known_from[other] <= day]", "]"),
    "days of retellings passed over": (
        as_known.statement_history,
        'withdrawals.union(record.known_from[other] for other in told[row["statement_id"]])',
        'withdrawals.union([record.known_from[row["statement_id"]]])',
    ),
    "days of withdrawals passed over": (as_known.statement_history, "withdrawals.union(", "set("),
    "lapsed by what came later": (as_known.statement_history, "if other <= day", "if True"),
    "withdrawals of the future": (
        as_known.statement_history,
        "views[day].is_counting(row)",
        "record.is_counting(row)",
    ),
    "pages of the stage alone": (
        as_known.page_history,
        "view.stage(row) >= number",
        "view.stage(row) == number",
    ),
    "pages without retellings": (
        as_known.page_history,
        'for other in told[row["statement_id"]] if other in known',
        'for other in [row["statement_id"]]',
    ),
    "documents for publishers": (
        as_known.tally,
        'len({record.sources[source]["publisher_id"] for source in sources})',
        "len(sources)",
    ),
    "every denial a position": (positions.grounds, "return last_word(held)", "return held"),
    "refusals beside denials": (
        positions.grounds,
        "if not held:",
        'if not held or any(row["stance"] == "decline" for row in rows):',
    ),
    "no withdrawals": (as_known.of_subjects, " + withdrawals, lambda", ", lambda"),
    "old bounds shown": (estimates.origin_values, "None if gone else value.high", "value.high"),
    "batches for totals": (estimates.origin_values, "value.total is not None", "True"),
    "the wrong statement": (estimates.value_of, "ground=total", "ground=rows[0]"),
}


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_caught(error, monkeypatch):
    plant(monkeypatch, *ERRORS[error])
    with pytest.raises(Exception):
        agrees()
