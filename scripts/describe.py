"""Puts every status, voice, position and figure of transfers into plain English, as publicly known on a day."""

import argparse
import datetime
import sys

from scripts._arguments import add_root
from scripts.derive.shipped import read_shipped
from scripts.sentences.describe import Describer


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.describe", description=__doc__)
    parser.add_argument("transfer_id", nargs="*", help="transfers to describe (default: all)")
    parser.add_argument(
        "--day",
        type=datetime.date.fromisoformat,
        default=datetime.date.max,
        help="as known on (default: today)",
    )
    add_root(parser, "data/")
    options = parser.parse_args()
    describer = Describer(read_shipped(options.root))
    if unknown := sorted(set(options.transfer_id) - describer.transfers.keys()):
        parser.error(f"no transfer {', '.join(unknown)}; there are: {', '.join(sorted(describer.transfers))}")
    for transfer_id in options.transfer_id or sorted(describer.transfers):
        for sentence in describer.describe(transfer_id, options.day):
            print(f"{sentence.kind:<9} {sentence.text}")
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
