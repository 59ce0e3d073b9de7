"""Files are replaced whole, and nothing is removed that was not asked for."""

import os

import pytest

from scripts.export.publish import publish, publish_folder
from scripts.site.folder import FolderRefused, manifest_bytes, write_folder
from tests.checking import run_plain


def test_files_are_replaced_and_orphans_of_the_named_folders_removed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/old.csv").write_text("old")
    (tmp_path / "kept.txt").write_text("kept")
    publish({"data/new.csv": b"new", "last.json": b"{}"}, "last.json", ["data"], tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"data/new.csv", "last.json", "kept.txt"}


def test_a_folder_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "rename", killed)
        publish_folder({"a": b"1", "b/c": b"2"}, tmp_path / "x")
    assert not (tmp_path / "x").exists()
    publish_folder({"a": b"1", "b/c": b"2"}, tmp_path / "x")
    assert (tmp_path / "x/b/c").read_bytes() == b"2" and not (tmp_path / ".x.new").exists()
    with pytest.raises(FileExistsError):
        publish_folder({"a": b"3"}, tmp_path / "x")
    assert (tmp_path / "x/a").read_bytes() == b"1"


def test_the_explorer_is_refused_a_folder_that_is_somebody_elses(tmp_path):
    """In 3.0.0 it deleted everything below --out, recursively."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/other.txt").write_text("other")
    refused = run_plain("explorer", "--out", str(tmp_path))
    assert refused.returncode == 2 and "holds no earlier explorer" in refused.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["deep", "other.txt"]


def test_a_manifest_that_names_a_file_outside_its_folder_is_refused(tmp_path):
    (tmp_path / "kept.txt").write_text("kept")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/manifest.json").write_bytes(manifest_bytes(["../kept.txt"]))
    with pytest.raises(FolderRefused, match="outside its folder"):
        write_folder({"index.html": b"1"}, tmp_path / "site")
    assert (tmp_path / "kept.txt").read_text() == "kept" and not (tmp_path / "site/index.html").exists()
