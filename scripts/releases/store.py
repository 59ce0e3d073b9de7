"""The releases below `releases/`: what each carries, and whether it still is what it was.

A release is a folder named by its version: the tables (`data/`, CSV and Parquet), their descriptor, the archive of
everything, `manifest.json` (hash of every file in the archive, and of the manifest before) and `SHA256SUMS`.
"""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd

from scripts.export.tables import read_csv
from scripts.schema.table_schema import load
from scripts.validation.issues import Problem

FOLDER, MANIFEST, SUMS, DESCRIPTOR = "releases", "manifest.json", "SHA256SUMS", "datapackage.json"
RESTORE = "take the folder from the repository's history; a release is never changed"


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.removesuffix("-dev").split(".")))


def versions(root: Path) -> list[str]:
    """Versions released, oldest first."""
    found = [path.name for path in (root / FOLDER).glob("*") if re.fullmatch(r"\d+\.\d+\.\d+", path.name)]
    return sorted(found, key=number)


def latest(root: Path) -> str | None:
    return next(reversed(versions(root)), None)


def folder(root: Path, version: str) -> Path:
    return root / FOLDER / version


def manifest(root: Path, version: str) -> dict:
    return json.loads((folder(root, version) / MANIFEST).read_text(encoding="utf-8"))


def descriptor(root: Path, version: str) -> dict:
    return json.loads((folder(root, version) / DESCRIPTOR).read_text(encoding="utf-8"))


def cells(content: bytes) -> pd.DataFrame:
    """A CSV with its cells as they are written, blank ones as empty text."""
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def tables(root: Path, version: str) -> dict[str, pd.DataFrame]:
    """The released tables by name, rule tables among them, cells as text."""
    with zipfile.ZipFile(archive(root, version)) as kept:
        return {
            resource["name"]: cells(kept.read(f"{stem(root, version)}/{resource['path']}"))
            for resource in descriptor(root, version)["resources"]
            if resource["format"] == "csv"
        }


def statements(root: Path, version: str) -> pd.DataFrame:
    """The statements of a release, cells as text."""
    return cells((folder(root, version) / "data/statements.csv").read_bytes())


def changes(root: Path) -> list[dict]:
    """Rows of `changes` as last released, blank cells None; none before the first release."""
    if not (version := latest(root)):
        return []
    return read_csv(folder(root, version) / "data/changes.csv", load()["changes"]).to_pylist()


def key(schema: dict) -> list[str]:
    """The columns by which rows of a table are told apart, from its schema in a descriptor."""
    return schema.get("primaryKey") or schema["uniqueKeys"][0]


def stem(root: Path, version: str) -> str:
    return f"{manifest(root, version)['name']}-{version}"


def archive(root: Path, version: str) -> Path:
    return folder(root, version) / f"{stem(root, version)}.zip"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sums(files: dict[str, bytes]) -> bytes:
    """`SHA256SUMS` of files, path below the release to bytes, in the form that sha256sum -c reads."""
    return "".join(f"{sha256(content)}  {path}\n" for path, content in sorted(files.items())).encode()


def problems(root: Path) -> list[Problem]:
    """Every place where a release is not what its own hashes, or the manifest after it, say."""
    found, before = [], None
    for version in versions(root):
        here = folder(root, version)
        where = f"{FOLDER}/{version}"
        files = {
            str(path.relative_to(here)): path.read_bytes()
            for path in sorted(here.rglob("*"))
            if path.is_file() and path.name != SUMS
        }
        said = (
            dict(
                reversed(line.split("  ", 1))
                for line in (here / SUMS).read_text(encoding="utf-8").splitlines()
            )
            if (here / SUMS).is_file()
            else {}
        )
        for path in sorted({*files, *said}):
            what = sha256(files[path]) if path in files else "no file"
            if said.get(path) != what:
                found.append(
                    Problem(
                        f"{where}/{path}",
                        (),
                        "file",
                        f"the bytes released as {version}",
                        what,
                        said.get(path, "no such file"),
                        RESTORE,
                    )
                )
        if found:
            continue  # what follows would only repeat it
        if (here / SUMS).read_bytes() != sums(files):
            found.append(
                Problem(
                    f"{where}/{SUMS}",
                    (),
                    "file",
                    "one line a file, in the order of their names",
                    "another form",
                    "the form that make release writes",
                    RESTORE,
                )
            )
        found += against_manifest(json.loads(files[MANIFEST]), files, where, before)
        before = {"version": version, "manifest_sha256": sha256(files[MANIFEST])}
    return found


def against_manifest(
    manifest: dict, files: dict[str, bytes], where: str, before: dict | None
) -> list[Problem]:
    """Where the archive, the tables beside it or the release before are not those of the manifest."""
    top = f"{manifest['name']}-{manifest['version']}"
    with zipfile.ZipFile(io.BytesIO(files[f"{top}.zip"])) as kept:
        inside = {name.removeprefix(f"{top}/"): kept.read(name) for name in kept.namelist()}
    said = {path: facts["sha256"] for path, facts in manifest["files"].items()} | {
        MANIFEST: sha256(files[MANIFEST])
    }
    beside = {path: content for path, content in files.items() if path != f"{top}.zip"}
    found = [
        Problem(
            f"{where}/{top}.zip",
            (),
            path,
            "the file that the manifest names",
            sha256(inside[path]) if path in inside else "no file",
            said.get(path, "no such file"),
            RESTORE,
        )
        for path in sorted({*inside, *said})
        if path not in inside or said.get(path) != sha256(inside[path])
    ]
    found += [
        Problem(
            f"{where}/{path}",
            (),
            "file",
            "the file of the archive",
            sha256(content),
            said.get(path, "no such file"),
            RESTORE,
        )
        for path, content in beside.items()
        if said.get(path) != sha256(content)
    ]
    if manifest["previous"] != before:
        found.append(
            Problem(
                f"{where}/{MANIFEST}",
                (),
                "previous",
                "version and hash of the manifest before",
                str(manifest["previous"]),
                str(before),
                RESTORE,
            )
        )
    return found
