"""This project's rules in DuckDB alone, as README.md shows: from Parquet, without pandas."""

import sys

import duckdb

from bench.contenders.answer import TRAP, give
from bench.rule_tables import DERIVED, FILLED, READ, rule_files

folder = sys.argv[1]
database = duckdb.connect(config={"threads": 2, "checkpoint_threshold": "1TB"})
for name in READ:
    gone = f"EXCLUDE ({', '.join(FILLED[name])})" if name in FILLED else ""
    database.execute(f"CREATE VIEW {name} AS SELECT * {gone} FROM '{folder}/{name}.parquet'")
database.execute(
    "CREATE TABLE record_day AS SELECT max(published_max) AS day FROM sources WHERE extent <> 'not_consulted'"
)
for path in rule_files():
    database.execute(path.read_text(encoding="utf-8"))
asserting = database.execute(
    "SELECT transfer_id, count(DISTINCT voice_id) FROM voices "
    "WHERE says = 'asserts' AND known_to IS NULL AND starts_with(transfer_id, ?) GROUP BY transfer_id",
    [TRAP],
).fetchall()
ever = database.execute(
    "SELECT count(DISTINCT voice_id) FROM voices WHERE says = 'asserts' AND transfer_id = ?",
    [f"{TRAP}withdrawn"],
).fetchone()
rows = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in DERIVED}
give(asserting=dict(asserting), ever_asserting=ever[0], rows=rows)
