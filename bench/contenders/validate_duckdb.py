"""DuckDB: one query for each constraint and key of the Table Schema of statements."""

import json
import sys
from pathlib import Path

import duckdb

from bench.contenders.answer import give

folder, kind = Path(sys.argv[1]), sys.argv[2]
TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
package = json.loads((folder / "csv.json").read_text(encoding="utf-8"))
table = next(resource["schema"] for resource in package["resources"] if resource["name"] == "statements")
columns = {field["name"]: TYPES[field["type"]] for field in table["fields"]}
database = duckdb.connect(config={"threads": 2})
reader = (
    f"read_csv('{folder}/statements.csv', header = true, quote = '\"', escape = '\"', columns = {columns})"
    if kind == "csv"
    else f"read_parquet('{folder}/statements.parquet')"
)
try:
    database.execute(
        f"CREATE TABLE statements AS SELECT row_number() OVER () - 1 AS position, * FROM {reader}"
    )
except duckdb.Error:
    give(refused=True, rows=[])
    sys.exit(0)


def literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


wrong = []
for field in table["fields"]:
    name, limits = f'"{field["name"]}"', field.get("constraints", {})
    if limits.get("required"):
        wrong.append(f"{name} IS NULL")
    if "enum" in limits:
        wrong.append(f"{name} NOT IN ({', '.join(map(literal, limits['enum']))})")
    if "pattern" in limits:
        wrong.append(f"NOT regexp_full_match({name}, {literal(limits['pattern'])})")
    wrong += [f"{name} < {limits['minimum']}"] if "minimum" in limits else []
    wrong += [f"{name} > {limits['maximum']}"] if "maximum" in limits else []
    wrong += [f"length({name}) < {limits['minLength']}"] if "minLength" in limits else []
    wrong += [f"length({name}) > {limits['maxLength']}"] if "maxLength" in limits else []
for key in table["foreignKeys"]:
    own, other = key["fields"][0], key["reference"]["fields"][0]
    there = key["reference"].get("resource", "")
    source = f"read_parquet('{folder}/{there}.parquet')" if there else "statements"
    wrong.append(f'"{own}" IS NOT NULL AND "{own}" NOT IN (SELECT "{other}" FROM {source})')
queries = [f"SELECT position FROM statements WHERE {condition}" for condition in wrong]
queries.append(
    "SELECT position FROM statements "
    f"QUALIFY row_number() OVER (PARTITION BY {table['primaryKey'][0]} ORDER BY position) > 1"
)
give(refused=False, rows=sorted({row for query in queries for (row,) in database.execute(query).fetchall()}))
