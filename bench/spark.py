"""The derivation on another engine: sqlglot translates the rules to Spark SQL, Spark runs them, every cell is compared.

    build/bench/spark/bin/python -m bench.spark build/bench/grown/statements-10000

Spark runs in local mode. The tables come from Parquet and must have the declared types there. Each CREATE TABLE of a
rule becomes a table of Spark. DuckDB runs the rules as they are, on the same files. Exit code 1 where a row of any
derived table, or a type, differs.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from pyspark.sql import DataFrame, SparkSession
from sqlglot import expressions as exp

from bench.rule_tables import COMPARED, FILLED, READ, ROOT, rule_files
from bench.run import Case, write

ALL_BUT = re.compile(
    r"(?P<row>ROW\(\*COLUMNS\(\* EXCEPT \((?P<gone>[^)]*)\)\)\)).*?FROM (?P<table>\w+)", re.DOTALL
)
TYPES = {"string": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.spark", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--memory", default="6g")
    folder = parser.parse_args().folder
    memory = parser.parse_args().memory
    with tempfile.TemporaryDirectory(dir=ROOT / "build/bench") as scratch:
        here = in_duckdb(folder, Path(scratch))
        spark = session(Path(scratch), memory)
        start = time.perf_counter()
        mistyped = read_tables(spark, folder)
        translated = run_rules(spark)
        seconds = time.perf_counter() - start
        differing = {name: n for name in COMPARED if (n := rows_differing(spark, name, Path(scratch)))}
        cells = {name: spark.table(name).count() * len(spark.table(name).columns) for name in COMPARED}
    times = {"DuckDB": here["seconds"], "Spark, local mode": seconds}
    outcome = {
        "statements": here["statements"],
        "duckdb_seconds": round(here["seconds"], 2),
        "spark_seconds": round(seconds, 2),
        "python_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "queries": translated,
        "columns_with_another_type": mistyped,
        "cells_compared": sum(cells.values()),
        "rows_differing": differing,
    }
    print(json.dumps(outcome))
    write([result(outcome, name, seconds) for name, seconds in times.items()])
    return 1 if differing or mistyped else 0


def result(outcome: dict[str, Any], name: str, seconds: float) -> Case:
    """The outcome as a row of the results: seconds on the clock, and what was compared."""
    case = Case("spark", name, outcome["statements"], "statements", [sys.executable])
    case.clock = round(seconds, 2)
    n_differing = sum(outcome["rows_differing"].values())
    if name != "DuckDB":
        types = len(outcome["columns_with_another_type"])
        case.value = (
            f"{outcome['queries']} queries; {outcome['cells_compared']} cells compared, {n_differing} rows differ; "
            f"{types} columns of Parquet with another type than declared"
        )
    return case


def in_duckdb(folder: Path, scratch: Path) -> dict[str, float]:
    """Runs the rules as they are, and writes what they derive beside; seconds and number of statements."""
    start = time.perf_counter()
    database = duckdb.connect(config={"threads": 2})
    for name in READ:
        columns = ", ".join(FILLED.get(name, [])) or None
        chosen = f"* EXCLUDE ({columns})" if columns else "*"
        database.execute(f"CREATE TABLE {name} AS SELECT {chosen} FROM '{folder}/{name}.parquet'")
    database.execute(
        "CREATE TABLE record_day AS SELECT max(published_max) AS day FROM sources WHERE extent <> 'not_consulted'"
    )
    for path in rule_files():
        database.execute(path.read_text(encoding="utf-8"))
    seconds = time.perf_counter() - start
    for name in COMPARED:
        database.execute(f"COPY {name} TO '{scratch}/{name}.parquet'")
    (count,) = database.execute("SELECT count(*) FROM statements").fetchone() or (0,)
    return {"seconds": seconds, "statements": count}


def session(scratch: Path, memory: str) -> SparkSession:
    return (
        SparkSession.builder.master("local[2]")
        .appName("derivation")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
        .config("spark.local.dir", str(scratch))
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.cteRecursionRowLimit", "-1")
        .config("spark.sql.cteRecursionLevelLimit", "20")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def read_tables(spark: SparkSession, folder: Path) -> list[str]:
    """Makes the tables that the rules read; gives the columns whose type is not the declared one."""
    mistyped = []
    for name in READ:
        table = spark.read.parquet(str(folder / f"{name}.parquet"))
        place = (
            ROOT / "schemas" / ("rules" if name in ("aspects", "alignments") else "") / f"{name}.schema.json"
        )
        declared = {
            field["name"]: TYPES[field["type"]]
            for field in json.loads(place.read_text(encoding="utf-8"))["fields"]
            if "type" in field
        }
        mistyped += [
            f"{name}.{column}" for column, kind in table.dtypes if declared.get(column, kind) != kind
        ]
        table.drop(*FILLED.get(name, [])).createOrReplaceTempView(name)
    spark.sql(
        "SELECT max(published_max) AS day FROM sources WHERE extent <> 'not_consulted'"
    ).createOrReplaceTempView("record_day")
    return mistyped


def run_rules(spark: SparkSession) -> int:
    """Runs every query of the rules; gives how many."""
    count = 0
    for path in rule_files():
        for statement in sqlglot.parse(path.read_text(encoding="utf-8"), read="duckdb"):
            if statement is not None:
                start = time.perf_counter()
                run_statement(spark, statement)
                count += 1
                print(
                    f"{statement.find(exp.Table).name}: {time.perf_counter() - start:.1f} s", file=sys.stderr
                )
    return count


def run_statement(spark: SparkSession, statement: exp.Expression) -> None:
    """One CREATE TABLE."""
    if not isinstance(statement, exp.Create):
        raise ValueError(f"not translated: {statement.sql(dialect='duckdb')[:200]}")
    name = statement.find(exp.Table).name
    query = least_of_orders(keeping_repeats(statement.expression))
    keep(spark.sql(as_spark(spark, query)), name)


def keeping_repeats(query: exp.Expression) -> exp.Expression:
    """The query with each recursion by UNION, which Spark lacks, as one by UNION ALL that is read without repeats.

    The rows are the same unless one leads back to itself; then Spark ends with an error at its limit of levels.
    """
    for part in list(query.find_all(exp.CTE)):
        union = part.this
        reads = [table for table in query.find_all(exp.Table) if table.name == part.alias]
        outside = [table for table in reads if table.find_ancestor(exp.CTE) is not part]
        if isinstance(union, exp.Union) and union.args["distinct"] and len(outside) < len(reads):
            union.set("distinct", False)
            for table in outside:
                distinct = exp.select("*").distinct().from_(table.name)
                table.replace(distinct.subquery(table.alias_or_name))
    return query


def least_of_orders(query: exp.Expression) -> exp.Expression:
    """The query with each `first(x ORDER BY a, b)`, which Spark lacks, as the x of the least (a, b), blanks last."""
    for first in list(query.find_all(exp.First)):
        order = first.this
        if not isinstance(order, exp.Order):
            continue
        if any(key.args.get("desc") for key in order.expressions):
            raise ValueError(f"not translated: {first.sql(dialect='duckdb')}")
        keys = [part for key in order.expressions for part in (key.this.is_(exp.null()), key.this.copy())]
        first.replace(exp.ArgMin(this=order.this, expression=exp.Struct(expressions=keys)))
    return query


def keep(table: DataFrame, name: str) -> None:
    """Writes the table to disk, so that no query is run twice, and reads it under its name."""
    spark = table.sparkSession
    stored = f"kept_{name}_{len(spark.catalog.listTables())}"
    table.write.saveAsTable(stored)
    spark.table(stored).createOrReplaceTempView(name)


def as_spark(spark: SparkSession, query: exp.Expression) -> str:
    """The query in Spark SQL; of a row of all columns but some, sqlglot leaves the columns to be written out."""
    text = query.sql(dialect="spark")
    while found := ALL_BUT.search(text):
        gone = {word.strip() for word in found["gone"].split(",")}
        columns = [column for column in spark.table(found["table"]).columns if column not in gone]
        start, end = found.span("row")
        text = f"{text[:start]}struct({', '.join(columns)}){text[end:]}"
    return text


def rows_differing(spark: SparkSession, name: str, scratch: Path) -> int:
    """How many rows are in one of the two tables and not in the other, as often; cells compared with their types."""
    theirs = spark.read.parquet(str(scratch / f"{name}.parquet"))
    ours = spark.table(name).select(*[f"`{column}`" for column in theirs.columns])
    ours = ours.select(*[ours[column].cast(kind) for column, kind in theirs.dtypes])
    return ours.exceptAll(theirs).count() + theirs.exceptAll(ours).count()


if __name__ == "__main__":
    sys.exit(main())
