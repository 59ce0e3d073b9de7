"""This project: every table derived, with its history, from the normalised tables of a folder."""

import argparse
from pathlib import Path

import pyarrow.parquet

from bench.contenders.answer import TRAP, give
from bench.grow import arrow_of, frames
from scripts.derive import derive_tables, rule_files
from scripts.schema.table_schema import ROOT

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", type=Path)
parser.add_argument("--out", type=Path, help="folder for all tables as Parquet")
options = parser.parse_args()
tables = {path.stem: pyarrow.parquet.read_table(path) for path in options.folder.glob("*.parquet")}
derived = derive_tables(frames(tables), rule_files(ROOT))
if options.out:
    options.out.mkdir(parents=True, exist_ok=True)
    for name, table in derived.items():
        pyarrow.parquet.write_table(arrow_of(table), options.out / f"{name}.parquet")
voices = derived["voices"]
standing = voices[(voices["says"] == "asserts") & voices["known_to"].isna()]
counts = standing[standing["transfer_id"].str.startswith(TRAP)].groupby("transfer_id")["voice_id"].nunique()
once = voices[(voices["says"] == "asserts") & (voices["transfer_id"] == f"{TRAP}withdrawn")]
give(
    asserting=counts.to_dict(),
    ever_asserting=once["voice_id"].nunique(),
    rows={
        name: len(derived[name])
        for name in ("voices", "positions", "figures", "estimates", "transfer_history")
    },
)
