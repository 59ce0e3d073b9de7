"""The yardstick of the build: imports pyarrow, pandas and duckdb, and parses the same YAML with PyYAML's C loader."""

import sys
from pathlib import Path

import duckdb
import pandas
import pyarrow
import yaml

from bench.contenders.answer import give

loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
paths = sorted(Path(sys.argv[1], "records").rglob("*.yaml"))
parsed = [yaml.load(path.read_bytes(), Loader=loader) for path in paths]  # noqa: S506 (a safe loader)
give(
    files=len(parsed),
    with_=[module.__version__ for module in (pyarrow, pandas, duckdb)],
    loader=loader.__name__,
)
