"""Lists utterances that several documents tell and the record codes unlike.

One group of rows an utterance, one line a row, with the cells that differ; the module `scripts.reliability.unlike` has
the rule. A group is left out once it is decided: the coder_note of one row names the ID of the other and says why both
stand. Returns 1 where one is not decided.
"""

import argparse
import sys

from scripts._arguments import add_root
from scripts.derive.shipped import read_shipped
from scripts.reliability import unlike


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.unlike",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--all", action="store_true", help="list those that are decided too")
    add_root(parser, "data/")
    options = parser.parse_args()
    pairs = unlike.unlike_pairs(read_shipped(options.root))
    listed = unlike.groups(pair for pair in pairs if options.all or not pair.is_decided)
    for group in listed:
        print("\n".join(unlike.lines(group)), end="\n\n")
    print(f"{len(listed)} listed; {sum(pair.is_decided for pair in pairs)} of {len(pairs)} pairs are decided")
    return 0 if all(pair.is_decided for pair in pairs) else 1


if __name__ == "__main__":
    sys.exit(main())
