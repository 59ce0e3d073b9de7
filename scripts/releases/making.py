"""Makes a release: what it must be called, what it still lacks, and every file that it writes."""

import datetime
import json
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import build
from scripts.export import archive, citation, publish
from scripts.export.datasheet import datasheet
from scripts.export.tables import first_row, frame, ordered
from scripts.normalise.tables import Tables
from scripts.records.reader import Inputs
from scripts.records.strict_yaml import emit
from scripts.releases import changelog, store, versions
from scripts.releases.differences import Retired, compare
from scripts.releases.package import Package
from scripts.releases.reasons import REASONS, RETIRED, renames, with_reasons
from scripts.schema.table_schema import Schemas, load
from scripts.site.data import Content
from scripts.site.files import explorer_files
from scripts.validation.codes import version_number
from scripts.validation.issues import Issue, ValidationFailed
from scripts.validation.package import check_package

METADATA = "records/package.yaml"
DATASHEET = "docs/datasheet.md"


@dataclass(frozen=True)
class Plan:
    """What the next release must be called and holds, and what it still lacks."""

    before: str | None
    level: str
    version: str
    changes: list[dict[str, Any]]
    issues: list[Issue]


def make(
    root: Path, version: str, date: datetime.date, log_step: Callable[[str], None] = lambda _: None
) -> str:
    """Makes the release and says what was written; ValidationFailed, and nothing written, if anything does not hold."""
    log_step("is the work tree clean, and what a build gives?")
    commit = check_clean_worktree(root)
    inputs = build.load_inputs(root)
    tables = check_build_current(root, inputs)
    log_step("are the earlier releases what they were?")
    raise_on_issues(store.issues(root))
    before = store.latest(root)
    log_step(f"what changed since {before}?" if before else "the first release: nothing to compare with")
    plan = plan_release(root, inputs)
    raise_on_issues(
        [*_wrong_version(plan, version), *plan.issues, *_wrong_retirements(root, inputs, plan, version)]
    )
    log_step(f"build and validate {version}")
    release, tree = compose(root, tables, plan, date, commit)
    # The release comes first: what follows can be made again from it.
    publish.publish_folder(release, store.folder(root, version))
    publish.publish(tree, "datapackage.json", build.FOLDERS, root)
    return archive.sizes(release)


def propose(root: Path) -> tuple[str, list[Issue]]:
    """What the next release must be called, in words, and what it still lacks; nothing is written."""
    inputs = build.load_inputs(root)
    check_build_current(root, inputs)
    raise_on_issues(store.issues(root))
    plan = plan_release(root, inputs)
    level = plan.level or "the first"
    lacking = f"{len(plan.issues)} kinds of change without what they need"
    return f"next version: {plan.version} ({level}); {len(plan.changes)} changes, {lacking}", plan.issues


def plan_release(root: Path, inputs: Inputs) -> Plan:
    """The plan, from what is built on disk and the latest release still there."""
    before, used = store.latest(root), store.last_used(root)
    if before is None or used is None:
        return Plan(None, "", inputs.rows["package"][0]["version"].removesuffix("-dev"), [], [])
    retired = inputs.rows["retired_ids"]
    comparison = compare(
        released_package(root, before),
        built_package(root),
        load(root)["retired_ids"].field("table_name")["constraints"]["enum"],
        [Retired(row["table_name"], row["retired_id"], row["successor_id"] or "") for row in retired],
        renames(inputs.rows["reasons"]),
    )
    level = versions.level(comparison)
    changes, issues = with_reasons(comparison, inputs.rows["reasons"], retired)
    issues += _lost_retirements(root, before, {row["retired_id"] for row in retired})
    return Plan(before, level, versions.next_version(used, level), changes, issues)


def _lost_retirements(root: Path, before: str, kept: set[str]) -> list[Issue]:
    """IDs that the release before lists as retired and the record no longer does: they could be used again."""
    released = store.tables(root, before, "retired_ids")
    return [
        Issue(
            RETIRED,
            None,
            "retired_id",
            "an ID once retired stays retired",
            f"no row for {key}",
            f"the row of release {before}",
            "take the row back from the history of the repository",
        )
        for key in (released["retired_ids"]["retired_id"] if "retired_ids" in released else [])
        if key not in kept
    ]


def released_package(root: Path, version: str) -> Package:
    """A release, for comparison."""
    held = store.files(root, version, store.DESCRIPTOR, ".csv", ".sql")
    return _package(held)


def built_package(root: Path) -> Package:
    """The package on disk, for comparison."""
    paths = [store.DESCRIPTOR, *(path.as_posix() for path in _derivation(root))]
    held = {path: (root / path).read_bytes() for path in paths}
    for resource in json.loads(held[store.DESCRIPTOR])["resources"]:
        if resource["format"] == "csv":
            held[resource["path"]] = (root / resource["path"]).read_bytes()
    return _package(held)


def _package(held: dict[str, bytes]) -> Package:
    descriptor = json.loads(held[store.DESCRIPTOR])
    tables = {
        resource["name"]: store.read_text_csv(held[resource["path"]])
        for resource in descriptor["resources"]
        if resource["format"] == "csv"
    }
    return Package(descriptor, tables, store.programs(held))


def _derivation(root: Path) -> list[Path]:
    """The rules of the derivation, as paths below the root."""
    return sorted(path.relative_to(root) for path in (root / store.PROGRAMS).glob("*.sql"))


def _wrong_version(plan: Plan, version: str) -> list[Issue]:
    if version == plan.version:
        return []
    rule = f"the version says what changed since {plan.before}: {plan.level}"
    if plan.before is None:
        rule = "the version that the record announces"
    fix = f"make release VERSION={plan.version}"
    return [Issue(METADATA, None, "version", rule, version, plan.version, fix)]


def _wrong_retirements(root: Path, inputs: Inputs, plan: Plan, version: str) -> list[Issue]:
    """IDs retired since the release before whose `retired_in` is neither this version nor one withdrawn since."""
    since = {
        name
        for name in store.withdrawn(root)
        if plan.before and version_number(name) > version_number(plan.before)
    }
    gone = {
        (change["table_name"], change["row_id"]) for change in plan.changes if change["kind"] == "retired"
    }
    return [
        Issue(
            RETIRED,
            inputs.places["retired_ids"][index].line_of("retired_in"),
            "retired_in",
            "an ID is retired in the release that no longer carries it",
            row["retired_in"],
            version,
            f'write "{version}"',
        )
        for index, row in enumerate(inputs.rows["retired_ids"])
        if (row["table_name"], row["retired_id"]) in gone and row["retired_in"] not in {version, *since}
    ]


def raise_on_issues(issues: list[Issue]) -> None:
    """ValidationFailed, if there are any."""
    if issues:
        raise ValidationFailed(issues)


def check_clean_worktree(root: Path) -> str:
    """The commit that the work tree is; ValidationFailed where it holds anything else."""
    status = _git(root, "status", "--porcelain")
    head = _git(root, "rev-parse", "HEAD")
    trouble = status.stdout or status.stderr or (head.returncode and head.stderr)
    if trouble:
        first = trouble.strip().splitlines()[0]
        raise ValidationFailed(
            [
                Issue(
                    ".",
                    None,
                    "work tree",
                    "a release is made from what is committed",
                    first,
                    "nothing uncommitted",
                    "commit it or take it back",
                )
            ]
        )
    return head.stdout.strip()


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)


def check_build_current(root: Path, inputs: Inputs) -> Tables:
    """The tables built; ValidationFailed where the files on disk are not what the records give."""
    tables = build.build_tables(inputs, root).tables
    files = build.render(tables, root)
    raise_on_issues(build.differing(files, root))
    return tables


def compose(
    root: Path, built: Tables, plan: Plan, date: datetime.date, commit: str
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of the release folder, and those of the project as it goes on after it."""
    schemas = load(root)
    metadata = {**first_row(built["package"], schemas["package"]), "version": plan.version, "date": date}
    tables = with_metadata(built, metadata, plan.changes, schemas)
    package = build.render(tables, root)
    log = changelog.with_release(
        (root / "CHANGELOG.md").read_text(encoding="utf-8"),
        changelog.block(metadata, plan.before, plan.level, plan.changes),
    )
    pages = {
        "CHANGELOG.md": log.encode(),
        "README.md": readme_with_citation(root, metadata),
        DATASHEET: datasheet(tables, metadata),
    }
    _validate_elsewhere(root, package)
    shipped = {path: content for path, content in package.items() if not path.startswith("schemas/")}
    explorer = explorer_files(Content(tables, json.loads(package[store.DESCRIPTOR])), log)
    contents = archive.contents(tables, schemas, metadata, shipped, pages | explorer, root)
    n_rows = {
        name: len(tables[name]) for name, schema in schemas.items() if not schema.record.get("internal")
    }
    release = release_files(contents, metadata, n_rows, commit, _previous(root))
    onward = {**metadata, "version": versions.next_version(plan.version, "patch") + "-dev"}
    plain = {key: str(value) if isinstance(value, datetime.date) else value for key, value in onward.items()}
    tree = {
        **pages,
        METADATA: emit({key: value for key, value in plain.items() if value is not None}).encode(),
        REASONS: b"",
        **build.render(with_metadata(built, onward, [], schemas), root),
    }
    return release, tree


def with_metadata(
    built: Tables, metadata: dict[str, Any], changes: list[dict[str, Any]], schemas: Schemas
) -> Tables:
    """The tables under another version and date, with the changes of that release; nothing is derived from these."""
    log = frame([{"version": metadata["version"], **change} for change in changes], schemas["changes"])
    return {
        **built,
        "package": frame([metadata], schemas["package"]),
        "changes": ordered(log, schemas["changes"]),
        "reasons": frame([], schemas["reasons"]),
    }


def _validate_elsewhere(root: Path, package: dict[str, bytes]) -> None:
    """ValidationFailed where the package, written to a folder of its own, is not valid."""
    rules = [schema.csv_path for schema in load(root).values() if schema.is_rule]
    copy = {**package, **{path: (root / path).read_bytes() for path in rules}}
    with tempfile.TemporaryDirectory() as folder:
        publish.write_files(copy, Path(folder))
        raise_on_issues(check_package(Path(folder)).issues)


def _previous(root: Path) -> dict[str, str] | None:
    """The release before, taken down or not, with the hash of its manifest."""
    version = store.last_used(root)
    return version and {"version": version, "manifest_sha256": store.manifest_hash(root, version)}  # type: ignore[return-value]


def release_files(
    contents: dict[str, bytes],
    metadata: dict[str, Any],
    n_rows: dict[str, int],
    commit: str,
    previous: dict[str, str] | None,
) -> dict[str, bytes]:
    """The files of releases/<version>/: archive, manifest and checksums."""
    manifest = {
        "name": metadata["name"],
        "version": metadata["version"],
        "date": metadata["date"].isoformat(),
        "commit": commit,
        "previous": previous,
        "rows": dict(sorted(n_rows.items())),
        "files": {
            path: {"sha256": store.sha256(content), "bytes": len(content)}
            for path, content in sorted(contents.items())
        },
    }
    manifest_bytes = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    zipped = archive.zip_bytes({**contents, store.MANIFEST: manifest_bytes}, metadata["date"])
    files = {store.MANIFEST: manifest_bytes, f"{metadata['name']}-{metadata['version']}.zip": zipped}
    return {**files, store.SUMS: store.sha256sums(files)}


def readme_with_citation(root: Path, metadata: dict[str, Any]) -> bytes:
    """README.md with the citation of this release between its marks."""
    page = (root / "README.md").read_text(encoding="utf-8")
    start, end = "<!-- citation -->\n", "<!-- /citation -->"
    before, is_marked, rest = page.partition(start)
    if not is_marked or end not in rest:
        return page.encode()
    return f"{before}{start}> {citation.sentence(metadata)}\n{end}{rest.partition(end)[2]}".encode()
