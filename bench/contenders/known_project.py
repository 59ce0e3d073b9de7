"""This project: the README's filter over a derived table, in pandas."""

import sys
import time

import pandas as pd

from bench.contenders.answer import give

start = time.process_time()
folder, day = sys.argv[1], pd.Timestamp(sys.argv[2]).date()
columns = ["transfer_id", "known_from", "known_to", "transferred_status"]
history = pd.read_parquet(f"{folder}/transfer_history.parquet", columns=columns, dtype_backend="pyarrow")
then = history[(history["known_from"] <= day) & ~(history["known_to"] <= day).fillna(False)]
counts = then["transferred_status"].value_counts().sort_index().to_dict()
give(rows=len(then), counts=counts, after_imports=time.process_time() - start)
