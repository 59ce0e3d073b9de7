"""Derives the shipped tables again, from fewer statements or by other rules, and prints every cell that moves.

Everything is read from the shipped data/ and rules/. To try other rules, copy rules/derivation, edit the copy, and give
it with --rules. Options combine. Without any, nothing may move: the shipped tables are what the rules give.
"""

import argparse
import datetime
import sys
from pathlib import Path

from scripts._arguments import add_root
from scripts.derive import derive_tables, variants
from scripts.derive.run import rule_files, rules_in
from scripts.derive.shipped import read_shipped


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.rederive",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--day", type=datetime.date.fromisoformat, help="only what was public by this day")
    parser.add_argument(
        "--without-voice", action="append", default=[], metavar="ID", help="a voice, such as USA"
    )
    parser.add_argument(
        "--without-source", action="append", default=[], metavar="ID", help="and what retells it"
    )
    parser.add_argument("--without-unnamed", action="store_true", help="without unnamed speakers")
    parser.add_argument(
        "--rules", type=Path, metavar="FOLDER", help="folder with the .sql files (default: ours)"
    )
    add_root(parser, "data/ and rules/")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write the tables to this new folder, as CSV"
    )
    options = parser.parse_args()
    shipped = read_shipped(options.root)
    for given, known, what in (
        (
            options.without_voice,
            set(shipped["voices"]["voice_id"]) | set(shipped["statements"]["voice_id"]),
            "voice",
        ),
        (options.without_source, set(shipped["sources"]["source_id"]), "source"),
    ):
        if unknown := sorted(set(given) - known):
            parser.error(f"no {what} {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    rules = rules_in(options.rules) if options.rules else rule_files(options.root)
    if not rules:
        parser.error(f"no rules such as 1_voices.sql in {options.rules or options.root}")
    if options.out and options.out.exists():
        parser.error(f"{options.out} exists already; name a new folder")
    derived = derive_tables(
        shipped, rules, options.day, lambda statements: kept(statements, shipped, options)
    )
    print("\n".join(variants.moved(shipped, derived)))
    if options.out:
        variants.write(derived, options.out)
    return 0


def kept(statements, shipped, options):
    """Which statements the options leave in."""
    keep = variants.without_source(statements, set(options.without_source))
    if options.without_voice:
        keep &= variants.without_voice(statements, shipped["voices"], set(options.without_voice))
    if options.without_unnamed:
        keep &= variants.without_unnamed(statements)
    if options.day:
        keep &= statements["known_from"] <= options.day
    return keep


if __name__ == "__main__":
    sys.exit(main())
