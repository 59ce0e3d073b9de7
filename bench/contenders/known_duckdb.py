"""DuckDB: the same filter."""

import sys
import time

import duckdb

from bench.contenders.answer import give

start = time.process_time()
rows = (
    duckdb.connect(config={"threads": 2})
    .execute(
        """
    SELECT transferred_status, count(*) FROM read_parquet(?)
    WHERE known_from <= CAST(? AS DATE) AND (known_to IS NULL OR known_to > CAST(? AS DATE))
    GROUP BY transferred_status ORDER BY transferred_status
    """,
        [f"{sys.argv[1]}/transfer_history.parquet", sys.argv[2], sys.argv[2]],
    )
    .fetchall()
)
give(rows=sum(count for _, count in rows), counts=dict(rows), after_imports=time.process_time() - start)
