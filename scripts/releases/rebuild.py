"""Makes a release once more from the commit it was made from, and compares the bytes."""

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from scripts.releases import store
from scripts.schema.table_schema import ROOT


class NotRebuilt(Exception):
    """The release cannot be made again; the message says why."""


def differing_files(root: Path, version: str) -> list[str]:
    """The files of the release that a rebuild gives other bytes for; empty where every checksum is the same."""
    if version not in store.versions(root):
        raise NotRebuilt(f"no release {version}; released: {', '.join(store.versions(root)) or 'none'}")
    stated = store.manifest(root, version)
    if "commit" not in stated:
        raise NotRebuilt(
            f"{version} cannot be rebuilt: its manifest does not name the commit it was made from; "
            "releases up to 3.0.0 do not"
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        _check_out(root, stated["commit"], copy)
        _release(copy, version, stated["date"])
        return _differences(store.folder(root, version), store.folder(copy, version))


def _check_out(root: Path, commit: str, target: Path) -> None:
    for command in (
        ["git", "clone", "--quiet", "--shared", "--no-checkout", str(root), str(target)],
        ["git", "-C", str(target), "checkout", "--quiet", "--detach", commit],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotRebuilt(f"commit {commit} cannot be checked out: {done.stderr.strip()}")


def _release(copy: Path, version: str, date: str) -> None:
    """Runs the release command as it was at that commit, in the copy."""
    scripts = copy if (copy / "scripts/release.py").is_file() else ROOT
    command = [sys.executable, "-m", "scripts.release", version, "--date", date, "--root", str(copy)]
    done = subprocess.run(command, cwd=scripts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRebuilt(
            f"the release could not be made again:\n{done.stderr.strip() or done.stdout.strip()}"
        )


def _differences(there: Path, here: Path) -> list[str]:
    if (there / store.SUMS).read_bytes() == (here / store.SUMS).read_bytes():
        return []
    old, new = (
        json.loads((folder / store.MANIFEST).read_text(encoding="utf-8"))["files"] for folder in (there, here)
    )
    differing = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return differing or [_container(there, here)]


def _container(there: Path, here: Path) -> str:
    """What differs where every file within is the same."""
    if (there / store.MANIFEST).read_bytes() != (here / store.MANIFEST).read_bytes():
        return store.MANIFEST
    name = next(path.name for path in there.glob("*.zip"))
    with zipfile.ZipFile(there / name) as old, zipfile.ZipFile(here / name) as new:
        same = [(i.filename, i.CRC) for i in old.infolist()] == [(i.filename, i.CRC) for i in new.infolist()]
    return f"{name}{' (the files within are the same, compressed by another zlib)' if same else ''}"
