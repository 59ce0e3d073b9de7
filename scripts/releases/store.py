"""The releases below `releases/`: what each holds, and whether it still is what it was.

A release is a folder named by its version with three files: the archive of everything, `manifest.json`
(rows of every table, hash of every file in the archive, the commit it was made from, and the hash of the
manifest before) and `SHA256SUMS` of these two. A folder without `SHA256SUMS` is no release: it was left
half-written, or it holds `WITHDRAWN.md`, the note on a release that was taken down. Such a note repeats the
hash of its manifest, so that the chain of manifests is whole without it.
"""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from scripts.validation.codes import version_number
from scripts.validation.issues import Issue

FOLDER, MANIFEST, SUMS, DESCRIPTOR = "releases", "manifest.json", "SHA256SUMS", "datapackage.json"
WITHDRAWN = "WITHDRAWN.md"
PROGRAMS = "rules/derivation/"
RESTORE = "take the folder from the history of the repository; a release is never changed"


class NoRelease(LookupError):
    """There is no release of that version; the message says what there is instead."""


def versions(root: Path) -> list[str]:
    """Versions released and still there, oldest first."""
    return [version for version in _folders(root) if (folder(root, version) / SUMS).is_file()]


def withdrawn(root: Path) -> dict[str, str]:
    """The note of every version taken down."""
    return {
        version: (folder(root, version) / WITHDRAWN).read_text(encoding="utf-8")
        for version in _folders(root)
        if (folder(root, version) / WITHDRAWN).is_file() and not (folder(root, version) / SUMS).is_file()
    }


def half_written(root: Path) -> list[str]:
    """Names of folders that a killed command left behind: they are no releases."""
    complete = {*versions(root), *withdrawn(root)}
    staged = [path.name for path in sorted((root / FOLDER).glob(".*.new"))]
    return [version for version in _folders(root) if version not in complete] + staged


def _folders(root: Path) -> list[str]:
    names = [path.name for path in (root / FOLDER).glob("*") if path.is_dir()]
    return sorted((name for name in names if re.fullmatch(r"\d+\.\d+\.\d+", name)), key=version_number)


def latest(root: Path) -> str | None:
    """The newest version that is still there."""
    return next(reversed(versions(root)), None)


def last_used(root: Path) -> str | None:
    """The newest version ever released, taken down or not: the next one must be higher."""
    return max([*versions(root), *withdrawn(root)], key=version_number, default=None)


def folder(root: Path, version: str) -> Path:
    return root / FOLDER / version


def manifest(root: Path, version: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder(root, version) / MANIFEST).read_text(encoding="utf-8"))
    return content


def manifest_hash(root: Path, version: str) -> str:
    """SHA-256 of the manifest of a release, or the one that the note on a withdrawn release repeats."""
    path = folder(root, version) / MANIFEST
    if path.is_file():
        return sha256(path.read_bytes())
    stated = re.search(r"\b[0-9a-f]{64}\b", withdrawn(root).get(version, ""))
    return stated[0] if stated else ""


def archive(root: Path, version: str) -> Path:
    """The archive of a release."""
    if version not in versions(root):
        note = "it was withdrawn, see " if version in withdrawn(root) else "there is no folder "
        raise NoRelease(f"no release {version}: {note}{FOLDER}/{version}")
    return folder(root, version) / f"{manifest(root, version)['name']}-{version}.zip"


def files(root: Path, version: str, *endings: str) -> dict[str, bytes]:
    """The files in the archive of a release by path, all of them or those whose path ends in one of `endings`."""
    with zipfile.ZipFile(archive(root, version)) as opened:
        return _files(opened, endings)


def _files(opened: zipfile.ZipFile, endings: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Releases up to 3.0.0 have their files in a folder within the archive, later ones at its top.

    Raises ValueError where a name leads out of the archive.
    """
    names = [name for name in opened.namelist() if not name.endswith("/")]
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise ValueError(f"the archive has a file that leads out of it: {name}")
    descriptor_at = min((name for name in names if name.endswith(DESCRIPTOR)), key=len)
    top = descriptor_at.removesuffix(DESCRIPTOR)
    return {
        name.removeprefix(top): opened.read(name)
        for name in names
        if not endings or name.endswith(tuple(endings))
    }


def extract(root: Path, version: str, target: Path) -> Path:
    """Writes the files of a release below `target`, which is then a package like the work tree."""
    for path, content in files(root, version).items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    return target


def descriptor(root: Path, version: str) -> dict[str, Any]:
    """The `datapackage.json` of a release."""
    content: dict[str, Any] = json.loads(files(root, version, DESCRIPTOR)[DESCRIPTOR])
    return content


def tables(root: Path, version: str, *names: str) -> dict[str, pd.DataFrame]:
    """The released tables by name, rule tables among them, cells as text; only those named, if any are."""
    held = files(root, version, DESCRIPTOR, ".csv")
    return {
        resource["name"]: read_text_csv(held[resource["path"]])
        for resource in json.loads(held[DESCRIPTOR])["resources"]
        if resource["format"] == "csv" and (not names or resource["name"] in names)
    }


def programs(held: dict[str, bytes]) -> dict[str, str]:
    """The rules of the derivation among these files (path to bytes): path to text."""
    return {
        path: content.decode()
        for path, content in sorted(held.items())
        if path.startswith(PROGRAMS) and path.endswith(".sql")
    }


def read_text_csv(content: bytes) -> pd.DataFrame:
    """A CSV with its cells as they are written, blank ones as empty text."""
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def key(schema: dict[str, Any]) -> list[str]:
    """The columns by which rows of a table are told apart, from its schema in a descriptor."""
    columns: list[str] = schema.get("primaryKey") or schema["uniqueKeys"][0]
    return columns


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha256sums(contents: dict[str, bytes]) -> bytes:
    """`SHA256SUMS` of files, path below the release to bytes, in the form that sha256sum -c reads."""
    return "".join(f"{sha256(content)}  {path}\n" for path, content in sorted(contents.items())).encode()


def issues(root: Path) -> list[Issue]:
    """Every place where a release is not what its own hashes, or the manifest after it, say."""
    found: list[Issue] = []
    before: str | None = None
    for version in sorted([*versions(root), *withdrawn(root)], key=version_number):
        if version in withdrawn(root):
            found += _note_issues(root, version)
        else:
            altered = _altered_files(root, version)
            found += altered or _against_manifest(root, version, before)
        before = version
    return found


def _note_issues(root: Path, version: str) -> list[Issue]:
    if manifest_hash(root, version):
        return []
    return [
        _issue(
            f"{version}/{WITHDRAWN}",
            "manifest",
            "a note on a withdrawn release repeats the hash of its manifest",
            "no SHA-256",
            "the hash that its SHA256SUMS gave for manifest.json",
            "take it from the history of the repository",
        )
    ]


def _altered_files(root: Path, version: str) -> list[Issue]:
    """Files of a release folder that are missing, were added, or differ from SHA256SUMS."""
    here = folder(root, version)
    contents = {
        path.relative_to(here).as_posix(): path.read_bytes()
        for path in sorted(here.rglob("*"))
        if path.is_file() and path.name != SUMS
    }
    sums = (here / SUMS).read_bytes()
    lines = [line.split("  ", 1) for line in sums.decode("utf-8", "replace").splitlines()]
    stated = {line[1]: line[0] for line in lines if len(line) == 2}
    found = [
        _issue(
            f"{version}/{path}",
            "file",
            f"the bytes released as {version}",
            sha256(contents[path]) if path in contents else "no file",
            stated.get(path, "no such file"),
        )
        for path in sorted({*contents, *stated})
        if path not in contents or stated.get(path) != sha256(contents[path])
    ]
    if not found and sums != sha256sums(contents):
        found.append(
            _issue(
                f"{version}/{SUMS}",
                "file",
                "one line a file, in the order of their names",
                "another form",
                "the form that make release writes",
            )
        )
    return found


def _against_manifest(root: Path, version: str, before: str | None) -> list[Issue]:
    """Where the archive or the release before are not those of the manifest."""
    stated = manifest(root, version)
    where = archive(root, version)
    expected = {path: facts["sha256"] for path, facts in stated["files"].items()}
    expected[MANIFEST] = manifest_hash(root, version)
    try:
        held = files(root, version)
    except (zipfile.BadZipFile, ValueError) as error:
        allowed = "a zip with datapackage.json"
        return [_issue(f"{version}/{where.name}", "file", "a readable archive", str(error), allowed)]
    found = [
        _issue(
            f"{version}/{where.name}",
            path,
            "the file that the manifest names",
            sha256(held[path]) if path in held else "no file",
            expected.get(path, "no such file"),
        )
        for path in sorted({*held, *expected})
        if path not in held or expected.get(path) != sha256(held[path])
    ]
    previous = before and {"version": before, "manifest_sha256": manifest_hash(root, before)}
    if stated["previous"] != previous:
        found.append(
            _issue(
                f"{version}/{MANIFEST}",
                "previous",
                "version and hash of the manifest before",
                str(stated["previous"]),
                str(previous),
            )
        )
    return found


def _issue(path: str, field: str, rule: str, found: str, allowed: str, fix: str = RESTORE) -> Issue:
    return Issue(f"{FOLDER}/{path}", None, field, rule, found, allowed, fix)
