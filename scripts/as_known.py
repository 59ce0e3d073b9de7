"""Rule R4.5 beyond whole transfers: statements, positions, pages, estimates and each origin's own value, as publicly known on any day.

One function a table: each gives its rows over half-open intervals, without their rule_version.
"""

from datetime import date

from scripts.estimates import estimates, origin_values
from scripts.history import intervals, reach, resolution
from scripts.origins import count
from scripts.positions import grounds
from scripts.record import STAGES, Record


def as_known(record: Record) -> dict[str, list[dict]]:
    """The rows of every table in KINDS, by table name."""
    return {name: kind(record) for name, kind in KINDS.items()}


def statement_history(record: Record) -> list[dict]:
    """Whether each statement counted, what had become of a projection, and how far it had been retold."""
    told, published = with_retellings(record), {source["published_max"] for source in record.sources.values()}
    days = sorted({*published, *record.known_from.values()})
    views, newest = (
        {day: record.known_by(day) for day in days},
        {day: max((other for other in published if other <= day), default=None) for day in days},
    )
    withdrawals = {
        record.known_from[row["statement_id"]] for row in record.rows if row["stance"] == "withdraw"
    }

    def line(row: dict, day: date):
        retold = [
            record.everything[other] for other in told[row["statement_id"]] if record.known_from[other] <= day
        ]
        return {
            "statement_id": row["statement_id"],
            "is_counting": views[day].is_counting(row),
            "resolution": resolution(views[day], row, newest[day]),
            **tally(record, retold),
        }

    def days_of(row: dict):
        """The days on which its line can change: any, of a projection; else those of its retellings and of withdrawals."""
        moved = (
            days
            if row["stance"] == "project"
            else sorted(withdrawals.union(record.known_from[other] for other in told[row["statement_id"]]))
        )
        return [day for day in moved if day >= record.known_from[row["statement_id"]]]

    return [
        found
        for row in record.rows
        for found in intervals(days_of(row), lambda day: [line(row, day)], ["statement_id"])
    ]


def position_words(record: Record) -> list[dict]:
    """The statements by which a party's position on a transfer stood."""

    def rows_on(view: Record, transfer: str):
        return [
            {"transfer_id": transfer, "side": side, "statement_id": row["statement_id"]}
            for side in ("supplier", "recipient")
            for row in grounds(view, transfer, side)
        ]

    return [
        line
        for transfer in record.transfers
        for line in over_days(
            record,
            reach(record, transfer),
            lambda view: rows_on(view, transfer),
            ["transfer_id", "side", "statement_id"],
        )
    ]


def page_history(record: Record) -> list[dict]:
    """How many pages carried a stage of a transfer, and how many origins stood behind them."""
    told = with_retellings(record)

    def rows_on(view: Record, transfer: str):
        known, counting = {row["statement_id"]: row for row in view.rows}, view.counting(transfer)
        for number, stage in enumerate(STAGES):
            rows = [row for row in counting if view.stage(row) >= number]
            if rows:
                carried = {
                    other: known[other]
                    for row in rows
                    for other in told[row["statement_id"]]
                    if other in known
                }
                least, most = count([record.origins[row["statement_id"]] for row in rows], record.actors)
                yield {
                    "transfer_id": transfer,
                    "stage": stage,
                    **tally(record, list(carried.values())),
                    "n_origins_min": least,
                    "n_origins_max": most,
                }

    return [
        line
        for transfer in record.transfers
        for line in over_days(
            record,
            carriers(record, transfer, told),
            lambda view: rows_on(view, transfer),
            ["transfer_id", "stage"],
        )
    ]


def estimate_history(record: Record) -> list[dict]:
    """Every estimate."""
    return of_subjects(record, estimates, ["estimate_id"])


def origin_value_history(record: Record) -> list[dict]:
    """Every origin's own value behind every estimate."""
    return of_subjects(record, origin_values, ["estimate_id", "origin_id"])


KINDS = {
    "statement_history": statement_history,
    "position_words": position_words,
    "page_history": page_history,
    "estimate_history": estimate_history,
    "origin_values": origin_value_history,
}


def of_subjects(record: Record, derive, key: list[str]) -> list[dict]:
    """derive(view, subject, its rows) over the days of every transfer and system with statements."""
    withdrawals = [row for row in record.rows if row["stance"] == "withdraw"]
    return [
        line
        for group in ("of_transfer", "of_system")
        for subject, rows in list(getattr(record, group).items())
        if any((row["low"], row["point"], row["high"]) != (None, None, None) for row in rows)
        for line in over_days(
            record,
            (record.of_family(subject) if group == "of_transfer" else rows) + withdrawals,
            lambda view: derive(view, subject, getattr(view, group)[subject]),
            key,
        )
    ]


def carriers(record: Record, transfer: str, told: dict[str, list[str]]) -> list[dict]:
    """The statements a transfer's pages can come from: its family's, those that retell them, and withdrawals."""
    own = [row["statement_id"] for row in record.of_family(transfer)]
    return [record.everything[name] for row in own for name in told[row]] + [
        row for row in record.rows if row["stance"] == "withdraw"
    ]


def over_days(record: Record, rows: list[dict], rows_on, key: list[str]) -> list[dict]:
    """The intervals of rows_on(view), the view holding what was known of the rows by each day on which one of them became so."""
    near = {row["statement_id"] for row in rows}
    record = record.only(lambda row: row["statement_id"] in near)
    return intervals(
        sorted({record.known_from[name] for name in near}), lambda day: rows_on(record.known_by(day)), key
    )


def with_retellings(record: Record) -> dict[str, list[str]]:
    """Every statement with those that retell it, at any remove."""
    told = {row["statement_id"]: [row["statement_id"]] for row in record.rows}
    for row in record.rows:
        above, way = row["relays_statement_id"], {row["statement_id"]}
        while above in told and above not in way:
            told[above].append(row["statement_id"])
            way.add(above)
            above = record.everything[above]["relays_statement_id"]
    return told


def tally(record: Record, rows: list[dict]) -> dict:
    """Statements, documents and publishers of the rows: measures of spread, never of corroboration."""
    sources = {row["source_id"] for row in rows}
    return {
        "n_statements": len(rows),
        "n_sources": len(sources),
        "n_publishers": len({record.sources[source]["publisher_id"] for source in sources}),
    }
