"""The path from `records/` to `data/`: one command per file, and the rooms behind them. `python -m scripts --help`."""
