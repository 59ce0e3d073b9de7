"""Makes a release: rebuilds, compares with the release before, and sets the new one beside it. Nothing is written unless everything holds.

Refused are an unclean work tree, files that a rebuild would change, an earlier release whose bytes were altered, a version
that does not fit what changed, a correction without a reason, an ID gone without a row in retired_ids, and whatever the
build or validation refuses. Afterwards the version is -dev again; commit what was written, and tag it.
"""

import argparse
import datetime
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from scripts import build
from scripts.export import archive, citation, publish
from scripts.export.datasheet import datasheet
from scripts.records.reader import Rows
from scripts.records.strict_yaml import emit
from scripts.releases import changelog, versions
from scripts.releases import store as released
from scripts.releases.differences import REASONS, Package, compare, reasoned
from scripts.schema.table_schema import ROOT, load
from scripts.validate import validate
from scripts.validation.issues import Problem, Refused

HEAD = "records/package.yaml"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.release",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "version",
        nargs="?",
        help="version to release; without one, say which it must be and what is still missing, and write nothing",
    )
    parser.add_argument(
        "--date",
        type=datetime.date.fromisoformat,
        default=datetime.date.today(),
        help="day of the release (default: today)",
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder that holds records/ (default: this project)"
    )
    arguments = parser.parse_args()
    try:
        return release(arguments.root.resolve(), arguments.version, arguments.date)
    except Refused as refused:
        print(refused.render(arguments.root), file=sys.stderr)
        return 1


def release(root: Path, version: str | None, date: datetime.date) -> int:
    step("is the work tree clean, and what a build gives?")
    rows = build.gather(root)
    if version:
        refuse_unclean(root)
    refuse_drift(root, rows)
    step("are the earlier releases what they were?")
    refuse(released.problems(root))
    before = released.latest(root)
    step(f"what changed since {before}?" if before else "the first release: nothing to compare with")
    level, changes, problems = changed(root, rows, before)
    fitting = (
        versions.following(before, level)
        if before
        else rows.rows["package"][0]["version"].removesuffix("-dev")
    )
    if not version:
        print(
            f"next version: {fitting} ({level or 'the first'}); {len(changes)} changes, {len(problems)} without what they need"
        )
        refuse(problems)
        return 0
    if version != fitting:
        problems.insert(
            0,
            Problem(
                HEAD,
                (),
                "version",
                f"the version says what changed since {before}: {level}"
                if before
                else "the version that the record announces",
                version,
                fitting,
                f"make release VERSION={fitting}",
            ),
        )
    problems += [
        Problem(
            "records/retired_ids.yaml",
            (index,),
            "retired_in",
            "an ID is retired in the release that no longer carries it",
            row["retired_in"],
            version,
            f'write "{version}"',
        )
        for index, row in enumerate(rows.rows["retired_ids"])
        if row["retired_id"] in {c["row_id"] for c in changes if c["kind"] == "retired"}
        and row["retired_in"] != version
    ]
    refuse(problems)
    step(f"build and validate {version}")
    files = compose(
        root,
        rows,
        version,
        date,
        changes,
        changelog_page(root, rows, version, date, before, level, changes),
        before,
    )
    publish.publish(files, "datapackage.json", build.FOLDERS, root)
    print(
        archive.sizes(
            {
                path: content
                for path, content in files.items()
                if path.startswith(f"{released.FOLDER}/{version}/")
            }
            | workbooks(files, version)
        )
    )
    print(f"released {version}; commit what was written and tag it v{version}")
    return 0


def step(words: str):
    print(f"{words} ...", flush=True)


def refuse(problems: list[Problem]):
    if problems:
        raise Refused(problems)


def refuse_unclean(root: Path):
    said = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True)
    if said.returncode or said.stdout:
        raise Refused(
            [
                Problem(
                    ".",
                    (),
                    "work tree",
                    "a release is made from what is committed",
                    (said.stdout or said.stderr).strip().splitlines()[0],
                    "nothing uncommitted",
                    "commit it or take it back",
                )
            ]
        )


def refuse_drift(root: Path, rows: Rows):
    """Refused where the files on disk are not what the records give."""
    files = build.render(build.prepare(rows)[0], root)
    refuse(
        [
            Problem(
                path,
                (),
                "file",
                "what a build of the records gives",
                "another content",
                "the bytes of a fresh build",
                "run make data and commit",
            )
            for path, content in files.items()
            if not (root / path).is_file() or (root / path).read_bytes() != content
        ]
    )


def changed(root: Path, rows: Rows, before: str | None) -> tuple[str, list[dict], list[Problem]]:
    """The level of the change since the release before, rows of `changes`, and what they lack."""
    if not before:
        return "", [], []
    here = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    old = Package(released.descriptor(root, before), released.tables(root, before))
    new = Package(
        here,
        {
            r["name"]: released.cells((root / r["path"]).read_bytes())
            for r in here["resources"]
            if r["format"] == "csv"
        },
    )
    found = compare(old, new, load()["retired_ids"].field("table")["constraints"]["enum"])
    return versions.level(found, old, new), *reasoned(
        found, old, new, rows.rows["reasons"], rows.rows["retired_ids"]
    )


def changelog_page(
    root: Path,
    rows: Rows,
    version: str,
    date: datetime.date,
    before: str | None,
    level: str,
    changes: list[dict],
) -> str:
    head = {**rows.rows["package"][0], "version": version, "date": date}
    return changelog.with_release(
        (root / "CHANGELOG.md").read_text(encoding="utf-8"), changelog.block(head, before, level, changes)
    )


def compose(
    root: Path,
    rows: Rows,
    version: str,
    date: datetime.date,
    changes: list[dict],
    log: str,
    before: str | None,
) -> dict[str, bytes]:
    """Every file that the release writes: its own folder, and the project as it goes on after it."""
    dated = {**rows.rows["package"][0], "date": date}
    pages = {"CHANGELOG.md": log.encode()}
    made, head = state(rows, {**dated, "version": version}, changes, version)
    package = build.render(made, root)
    pages |= {"README.md": cited(root, head), "DATASHEET.md": datasheet(made, head)}
    with tempfile.TemporaryDirectory() as folder:
        copy = {
            **package,
            **{
                path: (root / path).read_bytes()
                for path in (schema.csv_path for schema in load().values() if schema.is_rule)
            },
        }
        for path, content in copy.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        refuse(validate(Path(folder))[0])
    shipped = {path: content for path, content in package.items() if not path.startswith("schemas/")}
    previous = (
        {
            "version": before,
            "manifest_sha256": released.sha256(
                (released.folder(root, before) / released.MANIFEST).read_bytes()
            ),
        }
        if before
        else None
    )
    folder = archive.release(archive.contents(made, load(), head, shipped, pages, root), head, previous)
    onward = versions.following(version, "patch") + "-dev"
    after, head = state(rows, {**dated, "version": onward}, changes, version)
    written = {
        HEAD: emit(
            {key: str(value) if isinstance(value, datetime.date) else value for key, value in head.items()}
        ).encode(),
        REASONS: b"",
    }
    return {
        **{f"{released.FOLDER}/{version}/{path}": content for path, content in folder.items()},
        **pages,
        **written,
        **build.render(after, root),
    }


def state(rows: Rows, head: dict, changes: list[dict], version: str):
    """(tables built, head) with another head, and the changes of this release after the earlier ones."""
    told = rows.rows["changes"] + [{"version": version, **change} for change in changes]
    return build.prepare(
        Rows(
            {**rows.rows, "package": [head], "changes": told, "reasons": []},
            rows.places,
            rows.problems,
            rows.first,
        )
    )[0], head


def cited(root: Path, head: dict) -> bytes:
    """README.md with the citation of this release between its marks."""
    page = (root / "README.md").read_text(encoding="utf-8")
    start, end = "<!-- citation -->\n", "<!-- /citation -->"
    before, _, rest = page.partition(start)
    return f"{before}{start}> {citation.sentence(head)}\n{end}{rest.partition(end)[2]}".encode()


def workbooks(files: dict[str, bytes], version: str) -> dict[str, bytes]:
    """The formats that stand only in the archive."""
    kept = zipfile.ZipFile(
        io.BytesIO(
            next(
                content
                for path, content in files.items()
                if path.startswith(f"{released.FOLDER}/{version}/") and path.endswith(".zip")
            )
        )
    )
    return {name: kept.read(name) for name in kept.namelist() if name.endswith((".sqlite", ".xlsx"))}


if __name__ == "__main__":
    sys.exit(main())
