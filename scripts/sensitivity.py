"""Which results rest on a single source: every source left out in turn, with whatever retells it."""

from scripts.history import reach, state
from scripts.record import Record


def leave_one_out(record: Record) -> list[dict]:
    """The cells of transfers that move when one source is left out, as rows of `leave_one_out`."""
    shipped = {transfer: state(record, transfer) for transfer in record.transfers}
    touched = {transfer: {source for row in reach(record, transfer) for source in behind(record, row)} for transfer in record.transfers}
    rows = []
    for source in sorted({row["source_id"] for row in record.rows}):
        view = record.only(lambda row: source not in behind(record, row))
        for transfer in record.transfers:
            if source in touched[transfer]:
                rows += [{"source_id": source, "transfer_id": transfer, "column": column, "with_source": shown(shipped[transfer][column]), "without_source": shown(cell)}
                         for column, cell in state(view, transfer).items() if cell != shipped[transfer][column]]
    return rows


def behind(record: Record, row: dict) -> set[str]:
    """The source of the statement, and those of the statements it retells."""
    found = {row["source_id"]}
    while row["relays_statement_id"] in record.everything and record.everything[row["relays_statement_id"]]["source_id"] not in found:
        row = record.everything[row["relays_statement_id"]]
        found.add(row["source_id"])
    return found


def shown(cell) -> str | None:
    """The cell as the CSV shows it."""
    return None if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
