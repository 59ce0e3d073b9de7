"""Replaces a set of files so that a build killed at any moment leaves a state that is whole, or is refused by hash.

Every file is first written beside its place and only then renamed into it; the descriptor, whose hashes cover the
others, comes last. Files in the same folders that the set does not name are removed, just before it.
"""

import os
from pathlib import Path


def publish(files: dict[str, bytes], last: str, folders: list[str], root: Path):
    """Writes `files` (path below root to bytes) and removes what else stands in `folders`; `last` is renamed last."""
    staged = {}
    for path, content in files.items():
        target = root / path
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        staged[path] = target.with_name(f".{target.name}.new")
        staged[path].write_bytes(content)
    for path, beside in staged.items():
        if path != last:
            os.replace(beside, root / path)
    for folder in folders:
        for stray in sorted((root / folder).rglob("*")):
            if stray.is_file() and str(stray.relative_to(root)) not in files and stray != staged.get(last):
                stray.unlink()
    if last in staged:
        os.replace(staged[last], root / last)
