"""Builds the package: records and rules are read, checked, derived from, and written as CSV and Parquet.

Nothing is written unless everything holds: every problem found is printed with its file, line and fix, and the exit
code is 1. Written are data/, schemas/records/, CODEBOOK.md, CITATION.cff and, last of all, datapackage.json.
"""

import time

STARTED = time.perf_counter()

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from scripts.derive import derive_tables, rule_files
from scripts.export import (
    citation,  # noqa: F401 (statement_rules registers)
    flat,  # noqa: F401 (statement_rules registers)
    publish,  # noqa: F401 (statement_rules registers)
    tables,  # noqa: F401 (statement_rules registers)
)
from scripts.normalise.tables import Tables, read_words
from scripts.records.reader import Rows, read
from scripts.releases import store as released  # noqa: F401 (statement_rules registers)
from scripts.reliability import agreement  # noqa: F401 (statement_rules registers)
from scripts.schema import (
    codebook,  # noqa: F401 (statement_rules registers)
    descriptor,  # noqa: F401 (statement_rules registers)
)
from scripts.schema.table_schema import ROOT, Schema, load, record_schema
from scripts.validation import constraints as checks  # noqa: F401 (statement_rules registers)
from scripts.validation import (
    row_rules,  # noqa: F401 (statement_rules registers)
    statement_rules,  # noqa: F401 (statement_rules registers)
)
from scripts.validation.issues import Problem, Refused

FOLDERS = ["data", "schemas/records"]
BELIEVED = [
    "statements",
    "transfers",
    "systems",
    "voices",
    "positions",
    "figures",
    "estimates",
    "transfer_history",
    "agreement",
    "confusions",
    "reading_rates",
]


def main() -> int:
    arguments = argparse.ArgumentParser(
        prog="python -m scripts.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    arguments.add_argument(
        "--root",
        type=Path,
        default=ROOT,
        help="folder that holds records/ and rules/, and gets data/ (default: this project)",
    )
    root = arguments.parse_args().root
    clock = Clock()
    try:
        rows = clock("reading", gather, root)
        built, ran = clock("deriving and checking", prepare, rows)
        files = clock("writing", render, built, root)
        refuse_second_bytes(files, rows.rows["package"][0]["version"], root)
        publish.publish(files, "datapackage.json", FOLDERS, root)
    except Refused as refused:
        print(refused.render(root), file=sys.stderr)
        return 1
    report(built, ran, files, clock)
    return 0


def gather(root: Path) -> Rows:
    """What people wrote, what changed in the releases so far, and the codings in them that others are compared with."""
    rows = read(root)
    rows.rows["changes"] = released.changes(root)
    compared = {row["compared_with"] for row in rows.rows["recodings"]} - {None}
    rows.first = {
        version: released.statements(root, version) for version in compared & {*released.versions(root)}
    }
    rows.problems += [
        Problem(
            "records/quality/recodings.csv",
            (),
            "compared_with",
            "a second coding is compared with a release",
            version,
            ", ".join(released.versions(root)),
            "name the release whose statements are the first coding",
        )
        for version in sorted(compared - rows.first.keys())
    ]
    return rows


def prepare(rows: Rows) -> tuple[Tables, Counter]:
    """All tables, derived and in order, and the number of checks run on each; Refused where anything does not hold."""
    schemas, ran = load(), Counter()
    found = read_words(
        {
            name: tables.frame(rows.rows[name], schema)
            for name, schema in schemas.items()
            if name != "claims_flat"
        }
    )
    refuse(rows, found, ran)
    found = derive_tables(found, rule_files(ROOT))
    found |= {
        name: tables.frame(told, schemas[name])
        for name, told in agreement.measure(found, schemas, rows.first).items()
    }
    refuse(rows, found, ran, BELIEVED)
    found = {name: tables.ordered(table, schemas[name]) for name, table in found.items()}
    found["claims_flat"] = flat.flatten(found, schemas)
    return found, ran


def refuse(rows: Rows, found: Tables, ran: Counter, only: list[str] | None = None):
    """Refused with every problem of the tables people write, and `ran` counted; with `only`, of the derived cells of those tables, or of all where they were not run before.

    A wrong derived cell follows from something written: it is reported only where nothing written is wrong.
    """
    schemas, problems, consequences = load(), list(rows.problems), []
    for name in only or [
        name for name in found if name not in BELIEVED or schemas[name].columns("coded", "keyed")
    ]:
        demanded, derived = checks.schema_checks(schemas[name], schemas), schemas[name].columns("derived")
        wanted = (
            [check for check in demanded if check.field in derived]
            if name in ran
            else demanded + row_rules.rules_of(name)
        )
        failures, n = checks.run(schemas[name], wanted, found)
        ran.setdefault(name, n)
        for failure in failures:
            follows = failure.check in demanded and failure.check.field in derived
            (consequences if follows else problems).append(problem_of(failure, rows, schemas[name]))
    if problems or consequences:
        raise Refused(problems or consequences)


def problem_of(failure: checks.Failure, rows: Rows, schema: Schema) -> Problem:
    where, path = (
        rows.places[schema.name][failure.row]
        if rows.places[schema.name]
        else (f"data/{schema.name}.csv", failure.row + 2)
    )
    field = failure.check.field
    return Problem(
        where,
        path if isinstance(path, int) else (*path, field),
        field,
        failure.check.rule,
        failure.found,
        failure.check.allowed,
        failure.check.fix,
    )


def refuse_second_bytes(files: dict[str, bytes], version: str, root: Path):
    """Refused where a version without -dev would name other bytes than its release, or no release at all."""
    if version.endswith("-dev"):
        return
    kept = released.manifest(root, version)["files"] if version in released.versions(root) else {}
    other = [
        path
        for path, content in files.items()
        if not path.startswith("schemas/") and kept.get(path, {}).get("sha256") != released.sha256(content)
    ]
    if other:
        raise Refused(
            [
                Problem(
                    "records/package.yaml",
                    ("version",),
                    "version",
                    "one version never names two sets of bytes",
                    f"{version}, with another {other[0]} than released"
                    if kept
                    else f"{version}, which was never released",
                    f"{version}-dev",
                    "add -dev; make release takes it away",
                )
            ]
        )


def render(built: Tables, root: Path = ROOT) -> dict[str, bytes]:
    """Every file of the package, path to bytes, the descriptor last."""
    schemas = load()
    head = built["package"].to_dict("records")[0]
    files, package = {}, {}
    for name, schema in schemas.items():
        if schema.record.get("internal"):
            continue
        table = tables.to_arrow(built[name], schema, head)
        if schema.is_rule:
            package[schema.csv_path] = (root / schema.csv_path).read_bytes()
        else:
            package[schema.csv_path] = files[schema.csv_path] = tables.csv_bytes(table)
            parquet = schema.csv_path.replace(".csv", ".parquet")
            package[parquet] = files[parquet] = tables.parquet_bytes(table)
    for name, schema in schemas.items():
        if "files" in schema.record:
            text = json.dumps(record_schema(schema, schemas), ensure_ascii=False, indent=1) + "\n"
            files[f"schemas/records/{name}.json"] = text.encode()
    files["CODEBOOK.md"] = codebook.render(built, schemas).encode()
    files["CITATION.cff"] = citation.cff(head)
    files["datapackage.json"] = descriptor.package(head, schemas, package)
    return files


class Clock:
    """Calls steps by name and keeps their seconds; says so when a step starts after two seconds have gone by."""

    def __init__(self):
        self.seconds = {"imports": time.perf_counter() - STARTED}

    def __call__(self, name: str, step, *arguments):
        if sum(self.seconds.values()) > 2:
            print(f"{name} ...", flush=True)
        start = time.perf_counter()
        result = step(*arguments)
        self.seconds[name] = time.perf_counter() - start
        return result


def report(built: Tables, ran: Counter, files: dict[str, bytes], clock: Clock):
    print(f"{'table':<18}{'rows':>6}{'checks':>8}")
    for name, table in built.items():
        if not load()[name].is_rule and not load()[name].record.get("internal"):
            print(f"{name:<18}{len(table):>6}{ran[name] or '':>8}")
    print(
        f"{'rule tables':<18}{sum(len(built[n]) for n, s in load().items() if s.is_rule):>6}{sum(ran[n] for n, s in load().items() if s.is_rule):>8}"
    )
    for warning in warnings(built):
        print(f"warning: {warning}")
    print(
        f"{len(files)} files; seconds: "
        + ", ".join(f"{name} {seconds:.2f}" for name, seconds in clock.seconds.items())
    )
    print("Look next at data/claims_flat.csv; what a column means stands in CODEBOOK.md.")


def warnings(built: Tables) -> list[str]:
    """What is not wrong but worth a look: rows of the record that nothing uses."""
    used = {
        "actors": set(),
        "systems": set(built["systems"]["parent_system_id"].dropna()),
        "transfers": set(),
        "sources": set(),
    }
    for schema in load().values():
        for own, table, _ in schema.foreign_keys:
            if table in used and schema.name != table and not schema.is_rule:
                used[table] |= set(built[schema.name][own[0]].dropna())
    used["sources"] |= set(built["sources"]["copy_of_source_id"].dropna())
    used["actors"] |= set(built["actors"]["parent_actor_id"].dropna())
    keys = {"actors": "actor_id", "systems": "system_id", "transfers": "transfer_id", "sources": "source_id"}
    classes = set(built["systems"].loc[built["systems"]["kind"] == "class", "system_id"])
    return [
        f"{table}: {row} is used by nothing"
        for table, ids in used.items()
        for row in built[table][keys[table]]
        if row not in ids | classes
    ]


if __name__ == "__main__":
    sys.exit(main())
