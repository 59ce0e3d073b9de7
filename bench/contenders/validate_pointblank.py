"""pointblank: one step for each constraint and key of the Table Schema of statements, on polars."""

import sys
from pathlib import Path

import pointblank as pb
import polars as pl

from bench.contenders.answer import give
from bench.contenders.table_schema import foreign_keys, keys_of, read_statements, schema_of

folder, kind = Path(sys.argv[1]), sys.argv[2]
try:
    statements = read_statements(folder, kind)
except pl.exceptions.PolarsError:
    give(refused=True, rows=[])
    sys.exit(0)
table = schema_of(folder)
plan = pb.Validate(statements)
for field in table["fields"]:
    name, limits = field["name"], field.get("constraints", {})
    if limits.get("required"):
        plan = plan.col_vals_not_null(name)
    if "enum" in limits:
        plan = plan.col_vals_in_set(name, set=[*limits["enum"], None])
    if "pattern" in limits:
        plan = plan.col_vals_regex(name, pattern=f"^(?:{limits['pattern']})$", na_pass=True)
    if "minimum" in limits:
        plan = plan.col_vals_ge(name, value=limits["minimum"], na_pass=True)
    if "maximum" in limits:
        plan = plan.col_vals_le(name, value=limits["maximum"], na_pass=True)
    if "minLength" in limits or "maxLength" in limits:
        length = pl.col(name).str.len_chars()
        least, most = limits.get("minLength", 0), limits.get("maxLength", 10**9)
        plan = plan.col_vals_expr(length.is_between(least, most).fill_null(True))
plan = plan.rows_distinct(table["primaryKey"])
for own, other, column in foreign_keys(folder):
    keys = keys_of(folder, statements, other, column).unique().implode()
    plan = plan.col_vals_expr(pl.col(own).is_in(keys).fill_null(True))
plan = plan.interrogate(extract_limit=1_000_000)
extracts = plan.get_data_extracts()
rows = {row for extract in extracts.values() if extract is not None for row in extract["_row_num_"].to_list()}
give(refused=False, rows=sorted(row - 1 for row in rows))
