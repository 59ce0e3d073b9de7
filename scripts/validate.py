"""Validates a package as it is on disk: the one built here, or any copy that was downloaded.

Checked are the descriptor against the official Data Package v2 profile; every file against its hash and size;
every CSV by frictionless and, with the row rules, by pandera; and every Parquet file cell by cell against its CSV.
All issues are printed, each with file, line, field, what was found, what is allowed and the fix; exit code 1 if any.
"""

import argparse
import sys
import time
from pathlib import Path

from scripts._arguments import add_root
from scripts.validation.check import CheckError
from scripts.validation.issues import Issue, ValidationFailed
from scripts.validation.package import check_package


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.validate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_root(parser, "datapackage.json")
    root = parser.parse_args().root.resolve()
    start = time.perf_counter()
    try:
        report = check_package(root)
    except CheckError as error:
        print(error, file=sys.stderr)
        return 1
    if report.issues:
        print(ValidationFailed(report.issues).render(outcome="the package is not valid"), file=sys.stderr)
        return 1
    print(f"valid: {report.checked}; {time.perf_counter() - start:.2f} seconds")
    return 0


def validate(root: Path) -> tuple[list[Issue], str]:
    """The issues of a package, and in words what was checked (for release)."""
    report = check_package(root)
    return report.issues, report.checked


if __name__ == "__main__":
    sys.exit(main())
