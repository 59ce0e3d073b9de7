"""Replaces a set of files so that a command killed at any moment leaves a state that is whole, or is
refused by hash.

Every file is first written beside its place and only then renamed into it; the descriptor, whose hashes
cover the others, comes last. Files in the same folders that the set does not name are removed, just before
it. A new folder is written beside its place and renamed whole. Of two commands at once the second waits.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: only loading and validation are promised there
    fcntl = None  # type: ignore[assignment]


def publish(files: dict[str, bytes], last: str, folders: list[str], root: Path) -> None:
    """Writes `files` (path below root to bytes) and removes what else stands in `folders`; `last` is renamed last."""
    with _alone(root):
        _publish(files, last, folders, root)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits until no other command publishes below the folder. A lock ends with its process, however that ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _publish(files: dict[str, bytes], last: str, folders: list[str], root: Path) -> None:
    staged = {}
    for path, content in files.items():
        target = root / path
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        staged[path] = target.with_name(f".{target.name}.new")
        staged[path].write_bytes(content)
    for path, temp_path in staged.items():
        if path != last:
            os.replace(temp_path, root / path)
    for folder in folders:
        _remove_orphans(root / folder, {root / path for path in files} | {staged.get(last, root)})
    if last in staged:
        os.replace(staged[last], root / last)


def _remove_orphans(folder: Path, kept: set[Path]) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in kept:
            path.unlink()


def publish_folder(files: dict[str, bytes], target: Path) -> None:
    """Writes `files` (path below target to bytes) as a new folder, which is there whole or not at all.

    What a killed command left in its place is replaced; FileExistsError where any of `files` is there.
    """
    if any((target / path).exists() for path in files):
        raise FileExistsError(f"{target} is there already")
    staged = target.with_name(f".{target.name}.new")
    for folder in (staged, target):
        if folder.exists():
            shutil.rmtree(folder)
    write_files(files, staged)
    os.rename(staged, target)


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Writes `files` (path below folder to bytes)."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
