"""The argument that every command shares."""

import argparse
from pathlib import Path

from scripts.schema.table_schema import ROOT


def add_root(parser: argparse._ActionsContainer, holds: str) -> None:
    """Adds `--root`: the folder that a command works on, which holds what `holds` says."""
    parser.add_argument(
        "--root", type=Path, default=ROOT, help=f"folder that holds {holds} (default: this project)"
    )
