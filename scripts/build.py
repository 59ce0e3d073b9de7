"""Builds the package: records and rules are read, checked, derived from, and written as CSV and Parquet.

Nothing is written unless everything holds: every issue found is printed with its file, line and fix, and the exit code
is 1. Written are data/, schemas/records/, docs/codebook.md, CITATION.cff and, last of all, datapackage.json.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from scripts._arguments import add_root
from scripts.derive import derive_tables, rule_files
from scripts.derive.docs import derivation_page
from scripts.export import citation, flat, publish, tables
from scripts.normalise.tables import Tables, normalise_tables
from scripts.records.reader import Inputs, read
from scripts.releases import store
from scripts.reliability import agreement
from scripts.reliability import page as reliability
from scripts.schema import codebook, descriptor
from scripts.schema.table_schema import ROOT, SchemaError, load, record_schema
from scripts.validation.check import CheckError
from scripts.validation.inputs import check_derived, check_inputs
from scripts.validation.issues import Issue, ValidationFailed
from scripts.validation.row_rules import ROW_RULES
from scripts.validation.unused import by_kind, unused_rows

FOLDERS = ["data", "schemas/records"]
Result = TypeVar("Result")


@dataclass
class Built:
    """All tables, how many checks ran on each, and what is unlikely but not wrong."""

    tables: Tables
    counts: Counter[str]
    warnings: list[Issue] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_root(parser, "records/, rules/ and schemas/, and gets data/")
    root = parser.parse_args().root.resolve()
    timer = StepTimer()
    try:
        inputs = timer("reading", load_inputs, root)
        built = timer("checking and deriving", build_tables, inputs, root)
        files = timer("writing", render, built.tables, root)
        check_version_immutable(files, inputs.rows["package"][0]["version"], root)
        publish.publish(files, "datapackage.json", FOLDERS, root)
    except ValidationFailed as failed:
        print(failed.render(), file=sys.stderr)
        return 1
    except (SchemaError, CheckError) as error:
        print(f"{error}\nnothing was written", file=sys.stderr)
        return 1
    report(built, files, timer, root)
    return 0


def load_inputs(root: Path) -> Inputs:
    """What people wrote. `changes` stays empty until a release fills it."""
    inputs = read(root)
    if not inputs.rows["package"] and "package" not in inputs.unreadable:
        inputs.issues.append(
            Issue(
                "records/package.yaml",
                None,
                "file",
                "a package has a name and a version",
                "nothing",
                "records/package.yaml",
                "restore the file",
            )
        )
        inputs.unreadable.add("package")
    return inputs


def build_tables(inputs: Inputs, root: Path = ROOT) -> Built:
    """All tables, derived and in order; ValidationFailed where anything does not hold."""
    schemas = load(root)
    coded = {
        name: tables.frame(inputs.rows[name], schema)
        for name, schema in schemas.items()
        if name != "claims_flat"
    }
    normalised = normalise_tables(coded)
    checked = check_inputs(inputs, normalised, schemas)
    derived = derive_tables(normalised, rule_files(root))
    derived["agreement"] = tables.frame(agreement.measure(derived, schemas), schemas["agreement"])
    counts = checked.counts + check_derived(inputs, derived, schemas)
    ordered = {name: tables.ordered(table, schemas[name]) for name, table in derived.items()}
    ordered["claims_flat"] = flat.flatten(ordered, schemas)
    counts += check_derived(inputs, ordered, schemas, ["claims_flat"])
    return Built(ordered, counts, [*checked.warnings, *unused_rows(ordered, schemas, inputs)])


def check_version_immutable(files: dict[str, bytes], version: str, root: Path) -> None:
    """ValidationFailed where a version without -dev would name other bytes than its release, or no release at all."""
    if version.endswith("-dev"):
        return
    is_released = version in store.versions(root)
    kept = store.manifest(root, version)["files"] if is_released else {}
    other = [
        path
        for path, content in files.items()
        if not path.startswith("schemas/") and kept.get(path, {}).get("sha256") != store.sha256(content)
    ]
    if other:
        found = f"with another {other[0]} than released" if is_released else "which was never released"
        raise ValidationFailed(
            [
                Issue(
                    "records/package.yaml",
                    None,
                    "version",
                    "one version never names two sets of bytes",
                    f"{version}, {found}",
                    f"{version}-dev",
                    "add -dev; make release takes it away",
                )
            ]
        )


def render(built: Tables, root: Path = ROOT) -> dict[str, bytes]:
    """Every file of the package, path to bytes, the descriptor last."""
    schemas = load(root)
    metadata = tables.first_row(built["package"], schemas["package"])
    files: dict[str, bytes] = {}
    package: dict[str, bytes] = {}
    for name, schema in schemas.items():
        if schema.record.get("internal"):
            continue
        if schema.is_rule:
            package[schema.csv_path] = (root / schema.csv_path).read_bytes()
            continue
        table = tables.to_arrow(built[name], schema, metadata)
        parquet = schema.csv_path.replace(".csv", ".parquet")
        package[schema.csv_path] = files[schema.csv_path] = tables.csv_bytes(table)
        package[parquet] = files[parquet] = tables.parquet_bytes(table)
    for name, schema in schemas.items():
        if "files" in schema.record:
            text = json.dumps(record_schema(schema, schemas), ensure_ascii=False, indent=1) + "\n"
            files[f"schemas/records/{name}.json"] = text.encode()
    files["docs/derivation.md"] = derivation_page(rule_files(root)).encode()
    files["docs/codebook.md"] = codebook.render(built, schemas, ROW_RULES).encode()
    files["CITATION.cff"] = citation.cff(metadata)
    files[".zenodo.json"] = citation.zenodo(metadata)
    if (root / reliability.PAGE).is_file():
        page = (root / reliability.PAGE).read_text(encoding="utf-8")
        files[reliability.PAGE] = reliability.with_tables(page, built, root).encode()
    files["datapackage.json"] = descriptor.package(metadata, schemas, package)
    return files


def differing(files: dict[str, bytes], root: Path) -> list[Issue]:
    """The files on disk that are not what a build gives."""
    return [
        Issue(
            path,
            None,
            "file",
            "what a build of the records gives",
            "another content" if (root / path).is_file() else "no file",
            "the bytes of a fresh build",
            "run make data and commit",
        )
        for path, content in files.items()
        if not (root / path).is_file() or (root / path).read_bytes() != content
    ]


class StepTimer:
    """Calls steps by name and keeps their seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, step: Callable[..., Result], *arguments: Any) -> Result:
        start = time.perf_counter()
        result = step(*arguments)
        self.seconds[name] = time.perf_counter() - start
        return result


def report(built: Built, files: dict[str, bytes], timer: StepTimer, root: Path) -> None:
    """Prints rows and checks by table, warnings by kind, and the seconds of each step."""
    schemas = load(root)
    print(f"{'table':<18}{'rows':>6}{'checks':>8}")
    for name, table in built.tables.items():
        if not schemas[name].is_rule and not schemas[name].record.get("internal"):
            print(f"{name:<18}{len(table):>6}{built.counts[name] or '':>8}")
    rules = [name for name, schema in schemas.items() if schema.is_rule]
    n_rows, n_checks = (
        sum(len(built.tables[name]) for name in rules),
        sum(built.counts[name] for name in rules),
    )
    print(f"{'rule tables':<18}{n_rows:>6}{n_checks:>8}")
    for line in by_kind(built.warnings):
        print(line)
    seconds = ", ".join(f"{name} {taken:.2f}" for name, taken in timer.seconds.items())
    print(f"{len(files)} files; seconds: {seconds}")
    print("Look next at data/claims_flat.csv; what a column means is in docs/codebook.md.")


if __name__ == "__main__":
    sys.exit(main())
