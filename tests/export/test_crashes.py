"""Killed before any file operation, or in the middle of any write, a build and a release leave one whole state, or
one that is refused by hash and that the next run heals."""

import datetime
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts import build
from scripts.export.publish import publish, publish_folder
from scripts.releases import making, store
from scripts.validation.issues import ValidationFailed
from scripts.validation.package import missing_or_changed, read_descriptor
from tests import small
from tests.checking import run

pytestmark = pytest.mark.slow  # projects are built and released first

LAST = "datapackage.json"
UAVS = "records/transfers/irn-rus-uavs.yaml"


class Killed(BaseException):
    """What stands for the end of the process: nothing may catch it."""


class Operations:
    """Counts the file operations, and kills at one of them; a write is killed before it begins or half done."""

    def __init__(self, monkeypatch, killed_at: int):
        self.done, self.killed_at = 0, killed_at
        for holder, name in (
            (os, "replace"),
            (os, "rename"),
            (Path, "unlink"),
            (Path, "mkdir"),
            (shutil, "rmtree"),
        ):
            monkeypatch.setattr(holder, name, self._counted(getattr(holder, name)))
        self._write = Path.write_bytes
        monkeypatch.setattr(Path, "write_bytes", lambda path, content: self.write(path, content))

    def count(self) -> None:
        if self.done == self.killed_at:
            raise Killed
        self.done += 1

    def _counted(self, operation: Callable) -> Callable:
        def counted(*arguments, **options):
            self.count()
            return operation(*arguments, **options)

        return counted

    def write(self, path: Path, content: bytes) -> int:
        self.count()
        if self.done == self.killed_at:
            self._write(path, content[: len(content) // 2])
        self.count()
        return self._write(path, content)


def killed_everywhere(monkeypatch, work: Callable[[], object]) -> Iterator[int]:
    """Runs the work killed at each of its operations in turn; ends once it comes through."""
    killed_at = 0
    while True:
        with monkeypatch.context() as patched:
            Operations(patched, killed_at)
            try:
                work()
                return
            except Killed:
                pass
        yield killed_at
        killed_at += 1


def fingerprint(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def is_refused(root: Path) -> bool:
    """Whether validate refuses the package for its hashes: the step that comes before all others."""
    try:
        package = json.loads((root / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return read_descriptor(root)[0] is None
    return bool(missing_or_changed(package, root))


def visible(state: dict[str, str]) -> dict[str, str]:
    """Without what is staged beside its place, which git ignores and the next run replaces."""
    return {
        path: digest
        for path, digest in state.items()
        if not any(part.startswith(".") and part.endswith(".new") for part in path.split("/"))
    }


KEPT = {"transfers", "statements", "sources", "claims_flat"}


def some(files: dict[str, bytes]) -> dict[str, bytes]:
    """The pages and a few tables of a build, with a descriptor of just these: what is killed is the same, and less."""
    descriptor = json.loads(files[LAST])
    tables = [one for one in descriptor["resources"] if one["name"].removesuffix("_parquet") in KEPT]
    dropped = {one["path"] for one in descriptor["resources"] if one not in tables}
    described = json.dumps({**descriptor, "resources": tables}).encode()
    return {**{path: content for path, content in files.items() if path not in dropped}, LAST: described}


@pytest.fixture(scope="module")
def renderings(
    invented_template, small_tables, tmp_path_factory
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files of two builds of the invented project, before and after a correction."""
    root = tmp_path_factory.mktemp("crashes") / "project"
    shutil.copytree(invented_template, root)
    before = build.render(small_tables, root)
    text = (root / UAVS).read_text(encoding="utf-8")
    assert "Drones from" in text
    (root / UAVS).write_text(text.replace("Drones from", "UAVs from"), encoding="utf-8")
    after = build.render(build.build_tables(build.load_inputs(root), root).tables, root)
    return some(before), some(after)


@pytest.mark.parametrize(
    "start",
    [
        "nothing",
        "the build before",
        "the build before and a stray file",
    ],
)
def test_a_build_killed_at_any_operation_is_whole_or_refused_and_healed(
    start, renderings, monkeypatch, tmp_path
):
    before, after = renderings
    wanted = {path: hashlib.sha256(content).hexdigest() for path, content in after.items()}

    def reset() -> dict[str, str]:
        if start == "nothing":
            for path in fingerprint(tmp_path):
                (tmp_path / path).unlink()
        else:
            publish(before, LAST, build.FOLDERS, tmp_path)
        if start.endswith("stray file"):
            (tmp_path / "data/stray.csv").write_text("x\n")
        return fingerprint(tmp_path)

    kills = outcomes = 0
    old = reset()
    for _ in killed_everywhere(monkeypatch, lambda: publish(after, LAST, build.FOLDERS, tmp_path)):
        state = fingerprint(tmp_path)
        is_whole = state in (wanted, old)
        descriptor = state.get(LAST)
        assert (
            is_whole or is_refused(tmp_path) or descriptor == old.get(LAST) and same_data(state, old, before)
        ), state
        outcomes += not is_whole
        publish(after, LAST, build.FOLDERS, tmp_path)
        assert fingerprint(tmp_path) == wanted and not is_refused(tmp_path)
        reset()
        kills += 1
    assert kills >= 20 and outcomes >= 10


def same_data(state: dict[str, str], old: dict[str, str], files: dict[str, bytes]) -> bool:
    """Whether every file that the descriptor speaks of is the one before: only pages and staged files are new."""
    described = {resource["path"] for resource in json.loads(files[LAST])["resources"]}
    return all(state.get(path) == old.get(path) for path in described)


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    """A small project in git that is ready to be released, and the files of its release."""
    root = small.project(tmp_path_factory.mktemp("release"))
    assert run("build", root).returncode == 0
    small.commit(root)
    inputs = build.load_inputs(root)
    tables = making.check_build_current(root, inputs)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(making, "_validate_elsewhere", lambda *_: None)
        plan = making.plan_release(root, inputs)
        commit = making.check_clean_worktree(root)
        release, tree = making.compose(root, tables, plan, datetime.date(2026, 1, 10), commit)
    return root, plan.version, release, tree


def test_a_release_killed_at_any_operation_is_whole_or_no_release(composed, monkeypatch):
    """What is left is refused by the next release, for the work tree is not what is committed; git takes it back."""
    root, version, release, tree = composed
    before = fingerprint(root)

    def write() -> None:
        publish_folder(release, store.folder(root, version))
        publish(tree, LAST, build.FOLDERS, root)

    kills = left = 0
    for _ in killed_everywhere(monkeypatch, write):
        state = fingerprint(root)
        if version in store.versions(root):
            assert store.issues(root) == []
        if visible(state) != before:
            left += 1
            with pytest.raises(ValidationFailed):
                making.check_clean_worktree(root)
        small.git(root, "checkout", "-q", ".")
        small.git(root, "clean", "-fdqx", "-e", ".venv")
        assert fingerprint(root) == before
        kills += 1
    assert kills > 40 and left > 40
    assert store.versions(root) == [version] and store.issues(root) == [] and not is_refused(root)


def test_a_killed_release_is_taken_up_where_a_folder_was_left(composed, monkeypatch, tmp_path):
    """A folder that was left half-written is replaced by the next run, without git."""
    *_, release, _ = composed
    target = tmp_path / "releases/0.1.0"
    target.parent.mkdir()
    for _ in killed_everywhere(monkeypatch, lambda: publish_folder(release, target)):
        assert not target.exists()
        publish_folder(release, target)
        assert {path.name for path in target.iterdir()} == set(release)
        assert [path.name for path in target.parent.iterdir()] == ["0.1.0"]
        shutil.rmtree(target)


def test_the_files_are_written_in_the_order_that_the_release_writes_them():
    """The order above is that of the program: the folder first, then the work tree."""
    code = making.make.__code__
    assert code.co_names.index("publish_folder") < code.co_names.index("FOLDERS")


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")]
)
def test_a_full_disk_or_a_closed_folder_leaves_a_state_that_is_refused_and_healed(
    error, renderings, monkeypatch, tmp_path
):
    before, after = renderings
    publish(before, LAST, build.FOLDERS, tmp_path)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name.startswith(".statements.csv") or path.name.startswith(".transfers.parquet"):
            write(path, content[:100])
            raise error
        return write(path, content)

    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr(Path, "write_bytes", full)
        publish(after, LAST, build.FOLDERS, tmp_path)
    assert is_refused(tmp_path)
    publish(after, LAST, build.FOLDERS, tmp_path)
    assert not is_refused(tmp_path)
