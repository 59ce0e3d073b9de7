"""Runs the rules in `rules/derivation/*.sql` over the tables, in the order of their names, with DuckDB."""

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.normalise.tables import Tables

RULES = "rules/derivation"
READ = [
    "statements",
    "sources",
    "actors",
    "actor_members",
    "transfers",
    "transfer_links",
    "systems",
    "aspects",
    "alignments",
]
DERIVED = ["voices", "positions", "figures", "estimates", "transfer_history"]
# The tables that get derived columns: the table of the rules that holds them, and its key.
COLUMNS = {
    "statements": ("statement_columns", "statement_id"),
    "transfers": ("transfer_columns", "transfer_id"),
    "systems": ("system_columns", "system_id"),
}
# A second thread takes more time than it saves where there are fewer statements than this.
FEW = 100_000
# The database stays in memory, up to a limit; what does not fit waits in the folder for temporary files. Checkpoints,
# which make a file small, would only take time.
IN_MEMORY = {
    "memory_limit": "2400MB",
    "temp_directory": tempfile.gettempdir(),
    "checkpoint_threshold": "1TB",
}
# The columns of `statements` and `transfers` that the rules themselves fill or use as names.
FILLED = {
    "statements": ["known_from", "stage", "says", "use_as", "voice_kind", "voice_id", "resolution"],
    "transfers": ["event_min", "event_max"],
}


def rule_files(root: Path) -> list[Path]:
    """The rules below `root`, in the order in which they run."""
    return rules_in(root / RULES)


def rules_in(folder: Path) -> list[Path]:
    """The rules in a folder, in the order in which they run."""
    return sorted(folder.glob("[0-9]*.sql"))


def run_rules(
    tables: Tables, rules: list[Path], day: datetime.date | None = None
) -> duckdb.DuckDBPyConnection:
    """A database in which every rule has run over the tables; its tables are those that the rules name.

    `day` is the last day of the record; without it, the last day on which a page that was read was published.
    A rule that cannot run raises duckdb.Error.
    """
    threads = 1 if len(tables["statements"]) < FEW else 2
    database = duckdb.connect(config={"threads": threads, **IN_MEMORY})
    for name in READ:
        given = tables[name].drop(columns=FILLED.get(name, []), errors="ignore")
        database.register(name, pa.Table.from_pandas(given, preserve_index=False))
    database.execute(
        "CREATE TABLE record_day AS SELECT coalesce(CAST(? AS DATE), max(published_max)) AS day "
        "FROM sources WHERE extent <> 'not_consulted'",
        [day],
    )
    for path in rules:
        database.execute(path.read_text(encoding="utf-8"))
    return database


def derive_tables(
    tables: Tables,
    rules: list[Path],
    day: datetime.date | None = None,
    keep: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> Tables:
    """The tables with everything derived filled in, by `rules` (see `rule_files`).

    `tables` are the normalised tables by name; the frames of derived tables say which columns and types are wanted.
    With `keep`, a mask over statements, only those are read; the others keep blank derived cells.
    """
    statements = tables["statements"]
    read = tables if keep is None else {**tables, "statements": statements[keep(statements)]}
    database = run_rules(read, rules, day)
    filled = read_derived(database, tables)
    database.close()
    return filled


def read_derived(database: duckdb.DuckDBPyConnection, tables: Tables) -> Tables:
    """The tables with what the rules made in the database filled in."""
    derived = {name: _typed(database.table(name), tables[name]) for name in DERIVED}
    filled = {
        name: _fill(tables[name], database.table(columns), key) for name, (columns, key) in COLUMNS.items()
    }
    return {**tables, **derived, **filled}


def _typed(relation: duckdb.DuckDBPyRelation, wanted: pd.DataFrame) -> pd.DataFrame:
    """The relation as a frame with the columns and types of `wanted`, in the order of all its columns."""
    schema = pa.schema([(name, kind.pyarrow_dtype) for name, kind in wanted.dtypes.items()])
    table = relation.order(", ".join(f'"{name}"' for name in wanted.columns)).to_arrow_table()
    return table.select(schema.names).cast(schema).to_pandas(types_mapper=pd.ArrowDtype)


def _fill(frame: pd.DataFrame, relation: duckdb.DuckDBPyRelation, key: str) -> pd.DataFrame:
    """The frame with the columns of the relation set, row by row by the key; blank where the relation has no row."""
    made = relation.to_arrow_table()
    rows = pc.index_in(pa.array(frame[key]), value_set=made[key])
    made = made.drop_columns(key).take(rows).to_pandas(types_mapper=pd.ArrowDtype)
    return frame.assign(**{name: made[name].astype(frame[name].dtype).array for name in made.columns})
