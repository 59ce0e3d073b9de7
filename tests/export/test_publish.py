"""Files are replaced whole, and nothing is removed that was not asked for."""

import os
import sys

import pytest

from scripts import explorer
from scripts.export.publish import publish, publish_folder


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


def test_the_explorer_removes_nothing_from_the_folder_it_is_given(tmp_path, monkeypatch):
    """In 3.0.0 it deleted everything below --out, recursively."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/other.txt").write_text("other")
    monkeypatch.setattr(explorer, "page", lambda *_: b"<html>")
    monkeypatch.setattr(explorer.site_data, "read", lambda root: {})
    monkeypatch.setattr(explorer.site_data, "label", lambda tables: tables)
    monkeypatch.setattr(explorer.site_data, "head", lambda root: {"version": "9.0.0"})
    monkeypatch.setattr(sys, "argv", ["explorer", "--root", str(tmp_path), "--out", str(tmp_path)])
    assert explorer.main() == 0
    assert (tmp_path / "deep/other.txt").read_text() == "other"
    assert (tmp_path / "index.html").read_bytes() == b"<html>"
