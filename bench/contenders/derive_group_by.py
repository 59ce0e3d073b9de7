"""DuckDB: a plain group-by over statements: who says what of which transfer, how often, since when."""

import sys

import duckdb

from bench.contenders.answer import TRAP, give

database = duckdb.connect(config={"threads": 2})
rows = database.execute(
    """
    CREATE TABLE said AS
    SELECT transfer_id, system_id, aspect, speaker_id, stance, polarity, count(*) AS n, min(said_min) AS first,
        max(said_max) AS latest
    FROM read_parquet(?) GROUP BY ALL
    """,
    [f"{sys.argv[1]}/statements.parquet"],
).fetchall()
counts = database.execute(
    """
    SELECT transfer_id, count(DISTINCT speaker_id) FROM said
    WHERE stance = 'assert' AND polarity = 'affirmed' AND starts_with(transfer_id, ?) GROUP BY transfer_id
    """,
    [TRAP],
).fetchall()
give(asserting=dict(counts), ever_asserting=0, rows=rows[0][0])
