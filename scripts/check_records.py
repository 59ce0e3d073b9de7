"""Checks the records as written, derives nothing: a quick look while coding."""

import sys
from collections import Counter
from pathlib import Path

from scripts.build import gather, refuse
from scripts.export import tables  # noqa: F401
from scripts.normalise.tables import read_words
from scripts.schema.table_schema import ROOT, load
from scripts.validation import (
    row_rules,  # noqa: F401
    statement_rules,  # noqa: F401
)
from scripts.validation.issues import Refused


def main() -> int:
    rows = gather(ROOT)
    schemas = load()
    try:
        frames = read_words(
            {
                name: tables.frame(rows.rows[name], schema)
                for name, schema in schemas.items()
                if name != "claims_flat"
            }
        )
        names = [
            n
            for n, s in schemas.items()
            if n in frames and s.columns("coded", "keyed") and n not in ("changes",)
        ]
        refuse(rows, frames, Counter(), names)
    except Refused as refused:
        text = refused.render(ROOT)
        print(text)
        return 1
    print("records hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
