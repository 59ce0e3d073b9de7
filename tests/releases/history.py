"""A small project with a history of three releases, and what tests of releases do with it."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

from scripts.releases import changelog
from scripts.validation.package import Report, check_package
from tests import small
from tests.checking import run

DATES = {"0.1.0": "2026-01-10", "0.1.1": "2026-02-10", "0.2.0": "2026-03-10"}
FIRST, SECOND, THIRD = (f"herald-2022-11-02-kestrels.{number:02}" for number in (1, 2, 3))
MERLINS = "records/sources/2022/herald-2022-12-01-merlins.yaml"


def fingerprint(root: Path) -> dict[str, str]:
    """The hash of every file below the root."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def refused(root: Path, version: str, *words: str) -> None:
    """The release is refused for these words, and nothing at all was written."""
    before, done = fingerprint(root), run("release", root, version)
    assert done.returncode == 1 and "nothing was written" in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    assert fingerprint(root) == before


def rebuild(root: Path) -> None:
    """Builds and commits."""
    done = run("build", root)
    assert done.returncode == 0, done.stderr
    small.commit(root)


def release(root: Path, version: str, date: str | None = None) -> None:
    """Makes the release and commits it; only the last of the history is validated in full, for that takes seconds."""
    validated = check_package if (version, date) == ("0.2.0", None) else lambda folder: Report([], "")
    with patch("scripts.releases.making.check_package", validated):
        done = run("release", root, version, "--date", date or DATES[version])
    assert done.returncode == 0, done.stderr
    small.commit(root)


def give_reason(root: Path, **entry: str) -> None:
    small.edit(root, "records/changes.yaml", lambda entries: [*entries, entry])


def reword(root: Path, old: str, new: str, path: str = small.SOURCE) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def clone(root: Path, target: Path) -> Path:
    subprocess.run(["git", "clone", "-q", str(root), str(target)], check=True)
    return target


def first_release(root: Path) -> None:
    refused(root, "0.1.0", "work tree", "commit it")
    small.commit(root)
    refused(root, "0.1.0", "datapackage.json", "run make data and commit")
    rebuild(root)
    refused(root, "0.2.0", "version", "0.1.0")
    release(root, "0.1.0")


def correction(root: Path) -> None:
    """A number is corrected: its reason is missing, then needless, then right."""
    reword(root, '"40"', '"45"')
    reword(root, "value: 40", "value: 45")
    rebuild(root)
    refused(root, "0.1.1", "records/changes.yaml", f"{FIRST} value", "40.0 → 45.0", "say why")
    give_reason(root, table="statements", row_id=FIRST, reason="The source says 45.")
    give_reason(root, table="statements", row_id=SECOND, reason="Needless.")
    rebuild(root)
    refused(root, "0.1.1", SECOND, "no such change", "delete it")
    small.edit(root, "records/changes.yaml", lambda entries: entries[:1])
    rebuild(root)
    refused(root, "0.2.0", "version", "patch", "0.1.1")
    refused(root, "1.0.0", "version", "patch", "0.1.1")
    release(root, "0.1.1")


def rows_come_and_go(root: Path) -> None:
    """A statement is retired and a source is new."""
    small.edit(root, small.SOURCE, lambda record: {**record, "statements": record["statements"][:2]})
    source = small.RECORDS[small.SOURCE]
    other = {"url": "https://example.org/merlins", "published": "2022-12-01"}
    small.write(root, MERLINS, {**source, **other, "statements": [small.counted(1, 60)]})
    rebuild(root)
    refused(root, "0.2.0", "records/retired_ids.yaml", THIRD, "never silently gone")
    retired = {
        "retired_id": THIRD,
        "table_name": "statements",
        "retired_in": "0.1.2",
        "successor_id": SECOND,
        "reason": "The same claim twice.",
    }
    small.write(root, "records/retired_ids.yaml", [retired])
    rebuild(root)
    refused(root, "0.2.0", "retired_in", "0.1.2", 'write "0.2.0"')
    small.write(root, "records/retired_ids.yaml", [{**retired, "retired_in": "0.2.0"}])
    reword(root, changelog.HINT, "Merlins are in.\n", "CHANGELOG.md")
    rebuild(root)
    refused(root, "0.1.2", "version", "minor", "0.2.0")
    release(root, "0.2.0")


def make_history(root: Path) -> Path:
    """First release; a correction; rows that come and go. Every way of doing it wrong is tried first."""
    small.project(root)
    first_release(root)
    correction(root)
    rows_come_and_go(root)
    return root


def withdraw(root: Path, version: str, note: str) -> None:
    """Takes a release down as docs/releasing.md says."""
    folder = root / "releases" / version
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "WITHDRAWN.md").write_text(note, encoding="utf-8")
