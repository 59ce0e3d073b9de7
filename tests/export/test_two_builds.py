"""Two builds at once: both end, and what is left is the whole of one of them."""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import build
from scripts.export.publish import publish
from scripts.schema.table_schema import ROOT

LAST = "datapackage.json"
ROUNDS = 30


def files_of(name: str) -> dict[str, bytes]:
    """A set of files that are told from those of another name, one of them not in the other."""
    own = {f"data/{number}.csv": f"{name} {number}\n".encode() * 2000 for number in range(12)}
    return {**own, f"data/{name}.csv": b"x\n", LAST: name.encode()}


def publish_often(name: str, root: Path, barrier) -> None:
    for _ in range(ROUNDS):
        barrier.wait()
        publish(files_of(name), LAST, ["data"], root)
        barrier.wait()


def held(root: Path) -> dict[str, bytes]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.skipif(sys.platform == "win32", reason="builds are not promised on Windows")
def test_two_at_once_leave_the_whole_of_one(tmp_path):
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3, timeout=60)
    both = [context.Process(target=publish_often, args=(name, tmp_path, barrier)) for name in ("one", "two")]
    for process in both:
        process.start()
    for _ in range(ROUNDS):
        barrier.wait()
        barrier.wait()
        assert held(tmp_path) in (files_of("one"), files_of("two"))
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]


@pytest.mark.slow  # two builds, each in a process of its own
@pytest.mark.skipif(sys.platform == "win32", reason="builds are not promised on Windows")
def test_two_builds_of_one_project_both_end_and_the_package_is_that_of_one(
    invented_template, small_tables, tmp_path
):
    root = tmp_path / "project"
    shutil.copytree(invented_template, root)
    command = [sys.executable, "-m", "scripts.build", "--root", str(root)]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert build.differing(build.render(small_tables, root), root) == []
