"""dataframely: a schema made of the Table Schema of statements; foreign keys are rules."""

import sys
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from bench.contenders.answer import give
from bench.contenders.table_schema import foreign_keys, keys_of, read_statements, schema_of

folder, kind = Path(sys.argv[1]), sys.argv[2]


def column_of(field: dict[str, Any], is_key: bool) -> Any:
    limits = field.get("constraints", {})
    common = {"nullable": not limits.get("required", False) and not is_key, "primary_key": is_key}
    if field["type"] == "string" and "enum" in limits:
        words = limits["enum"]
        return dy.String(**common, check=lambda column: column.is_in(words))
    if field["type"] == "string":
        pattern = limits.get("pattern")
        regex = f"^(?:{pattern})$" if pattern else None
        lengths = {"min_length": limits.get("minLength"), "max_length": limits.get("maxLength")}
        return dy.String(**common, regex=regex, **lengths)
    bounds = {"min": limits.get("minimum"), "max": limits.get("maximum")}
    if field["type"] == "integer":
        return dy.Int64(**common, check=within(**bounds))
    if field["type"] == "number":
        return dy.Float64(**common, check=within(**bounds))
    return dy.Bool(**common) if field["type"] == "boolean" else dy.Date(**common)


def within(min: float | None, max: float | None) -> Any:  # noqa: A002 (names of Table Schema)
    def check(column: pl.Expr) -> pl.Expr:
        lower = column >= min if min is not None else pl.lit(True)
        return lower & (column <= max) if max is not None else lower

    return check if (min, max) != (None, None) else None


try:
    statements = read_statements(folder, kind)
except pl.exceptions.PolarsError:
    give(refused=True, rows=[])
    sys.exit(0)
table = schema_of(folder)
members: dict[str, Any] = {
    field["name"]: column_of(field, field["name"] in table["primaryKey"]) for field in table["fields"]
}
keys = {
    own: keys_of(folder, statements, other, column).unique() for own, other, column in foreign_keys(folder)
}
for own, series in keys.items():

    def exists(cls: Any, own: str = own, series: pl.Series = series) -> pl.Expr:
        return pl.col(own).is_in(series.implode())

    members[f"{own}_exists"] = dy.rule()(exists)
members["position"] = dy.Int64(nullable=True)
Statements = type("Statements", (dy.Schema,), members)
passed, failure = Statements.filter(
    statements.with_row_index("position").with_columns(pl.col("position").cast(pl.Int64))
)
give(refused=False, rows=sorted(failure.invalid()["position"].to_list()))
