"""The folder that holds the explorer: what a build may write to and delete.

A build writes `manifest.json` with the name of every file it wrote. A folder that is not empty is refused
unless it holds such a manifest, and of what is there only files that the manifest names are ever deleted.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

MANIFEST = "manifest.json"
MADE_BY = "attested-arms-transfers explorer"


class FolderRefused(Exception):
    """The folder holds something that no build of the explorer put there."""


def earlier_files(folder: Path) -> list[str]:
    """The files that an earlier build wrote; FolderRefused where the folder is somebody else's."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["made_by"] != MADE_BY:
            raise ValueError(manifest["made_by"])
        files = [str(name) for name in manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderRefused(
            f"{folder} is not empty and holds no earlier explorer; name an empty folder with --out"
        ) from error
    if any(not is_inside(folder, name) for name in files):
        raise FolderRefused(f"{folder / MANIFEST} names a file outside its folder; nothing was written")
    return files


def is_inside(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())


def write_folder(files: dict[str, bytes], folder: Path) -> None:
    """Writes the files and the manifest, and deletes what only the earlier manifest names."""
    earlier = earlier_files(folder)
    taken = [name for name in files if name not in earlier and (folder / name).exists()]
    if taken:
        raise FolderRefused(
            f"{folder / taken[0]} was not written by an earlier explorer; nothing was written"
        )
    folder.mkdir(parents=True, exist_ok=True)
    # Until all is written, both the old and the new names are ours.
    write_whole(folder / MANIFEST, manifest_bytes({*earlier, *files}))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    for name in set(earlier) - set(files):
        (folder / name).unlink(missing_ok=True)
    write_whole(folder / MANIFEST, manifest_bytes(files))


def manifest_bytes(names: Iterable[str]) -> bytes:
    return (json.dumps({"made_by": MADE_BY, "files": sorted(names)}, indent=1) + "\n").encode()


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside and renames, so that a file is never half written."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)
