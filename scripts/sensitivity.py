"""Which results rest on a single source: every source left out in turn, with whatever retells it."""

from scripts.history import state, within_reach
from scripts.record import Record


def leave_one_out(record: Record) -> list[dict]:
    """The cells of transfers that move when one source is left out, as rows of `leave_one_out`."""
    told_by = {row["statement_id"]: behind(record, row) for row in record.rows}
    rows = []
    for transfer in record.transfers:
        near, shipped = within_reach(record, transfer), state(record, transfer)
        for source in {source for row in near.rows for source in told_by[row["statement_id"]]}:
            without = state(near.only(lambda row: source not in told_by[row["statement_id"]]), transfer)
            rows += [
                {
                    "source_id": source,
                    "transfer_id": transfer,
                    "column": column,
                    "with_source": shown(shipped[column]),
                    "without_source": shown(cell),
                }
                for column, cell in without.items()
                if cell != shipped[column]
            ]
    return rows


def behind(record: Record, row: dict) -> set[str]:
    """The source of the statement, and those of the statements it retells."""
    found = {row["source_id"]}
    while (
        row["relays_statement_id"] in record.everything
        and record.everything[row["relays_statement_id"]]["source_id"] not in found
    ):
        row = record.everything[row["relays_statement_id"]]
        found.add(row["source_id"])
    return found


def shown(cell) -> str | None:
    """The cell as the CSV shows it."""
    return None if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
