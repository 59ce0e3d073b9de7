"""Prints what stands behind a status, position or figure: the statements and the rule, in plain sentences.

ID is a transfer (irn-rus-fath-360), one of its stages (irn-rus-fath-360.transferred), a system (shahed-136), or a
statement (tasr-2024-08-10-fath-360.02).
"""

import argparse
import datetime
import sys

from scripts._arguments import add_root
from scripts.derive import rule_files
from scripts.derive.shipped import read_shipped
from scripts.sentences.describe import Describer
from scripts.sentences.explain import Explainer, UnknownId


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.explain",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", help="a transfer, transfer.stage, system or statement")
    parser.add_argument(
        "--day",
        type=datetime.date.fromisoformat,
        default=datetime.date.max,
        help="as publicly known on this day (default: the record's last)",
    )
    add_root(parser, "data/")
    options = parser.parse_args()
    explainer = Explainer(Describer(read_shipped(options.root)), rule_files(options.root))
    try:
        print("\n".join(explainer.explain(options.id, options.day)))
    except UnknownId as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
