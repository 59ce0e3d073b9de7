"""A file of a release that is altered, removed, truncated or swapped is refused: in the archive, whoever corrects the
sums beside it, and in a folder where the archive was unpacked."""

import io
import zipfile
from pathlib import Path

import pytest

from scripts.releases import store
from scripts.validation.package import changed_since_release, check_package
from tests.checking import put_back
from tests.releases.history import clone

pytestmark = pytest.mark.slow  # three releases are made first

VERSION = "0.2.0"
WAYS = ["altered", "removed", "truncated", "swapped"]


def spoilt(files: dict[str, bytes], way: str) -> dict[str, bytes]:
    """Every file spoilt in this way; an empty one cannot be truncated and gets a byte."""
    paths = sorted(files)
    others = dict(zip(paths, [*paths[1:], paths[0]], strict=True))
    if way == "removed":
        return {}
    made = {
        "altered": lambda path: bytes([files[path][0] ^ 1]) + files[path][1:] if files[path] else b"x",
        "truncated": lambda path: files[path][:-1] or b"x",
        "swapped": lambda path: files[others[path]],
    }[way]
    return {path: made(path) for path in paths}


@pytest.fixture(scope="module")
def released(history) -> dict[str, bytes]:
    return store.files(history, VERSION)


@pytest.fixture(scope="module")
def unpacked(history, tmp_path_factory) -> Path:
    return store.extract(history, VERSION, tmp_path_factory.mktemp("unpacked"))


@pytest.mark.parametrize("way", WAYS)
def test_every_file_of_an_unpacked_archive_is_refused_when_it_is_another(way, released, unpacked):
    """Each alone; pages, workbook and database too, which datapackage.json does not describe."""
    files = {path: content for path, content in released.items() if path != store.MANIFEST}
    refused = 0
    for path, content in spoilt(files, "altered" if way == "removed" else way).items():
        with put_back(unpacked, path):
            if way == "removed":
                (unpacked / path).unlink()
            else:
                (unpacked / path).write_bytes(content)
            same = content == released[path] and way != "removed"
            assert [issue.file for issue in changed_since_release(unpacked)] == ([] if same else [path])
            refused += not same
    assert refused > 60 and changed_since_release(unpacked) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 3}', b'{"files": {"a": {}}}'])
def test_a_spoilt_manifest_is_refused(content, unpacked):
    with put_back(unpacked, store.MANIFEST):
        (unpacked / store.MANIFEST).write_bytes(content)
        assert [issue.file for issue in changed_since_release(unpacked)] == [store.MANIFEST]


def test_validate_asks_the_manifest(unpacked):
    assert check_package(unpacked).issues == []
    page = unpacked / "docs/codebook.md"
    with put_back(unpacked, "docs/codebook.md"):
        page.write_bytes(page.read_bytes() + b"More.\n")
        assert [issue.file for issue in check_package(unpacked).issues] == ["docs/codebook.md"]


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for path, content in files.items():
            opened.writestr(path, content)
    return out.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_every_file_in_an_archive_is_refused_when_it_is_another(way, history, released, tmp_path):
    """All at once, in an archive packed anew whose sum is corrected: each is named."""
    root = clone(history, tmp_path / "copy")
    here = root / "releases" / VERSION
    name = store.archive(root, VERSION).name
    kept = {path: content for path, content in released.items() if path == store.DESCRIPTOR}
    others = {path: content for path, content in released.items() if path not in kept}
    (here / name).write_bytes(zip_of({**kept, **spoilt(others, way)}))
    sums = {path.name: path.read_bytes() for path in here.iterdir() if path.name != store.SUMS}
    (here / store.SUMS).write_bytes(store.sha256sums(sums))
    named = {issue.field for issue in store.issues(root) if issue.file == f"releases/{VERSION}/{name}"}
    same = {path for path, content in spoilt(others, way).items() if content == others[path]}
    assert named == set(others) - same and len(named) > 60


@pytest.mark.parametrize("name", ["../x", "data/../../x", "/x", "C:/x", "data\\x"])
def test_an_archive_with_a_name_that_leads_out_of_it_is_refused_unread(name, history, released, tmp_path):
    root = clone(history, tmp_path / "copy")
    archive = store.archive(root, VERSION)
    archive.write_bytes(zip_of({**released, name: b"x"}))
    assert f"releases/{VERSION}/{archive.name}" in {issue.file for issue in store.issues(root)}
    with pytest.raises(ValueError, match="leads out of it"):
        store.extract(root, VERSION, tmp_path / "there")
    assert not (tmp_path / "there").exists() and not (tmp_path / "x").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_archive_is_refused(share, history, tmp_path):
    root = clone(history, tmp_path / "copy")
    archive = store.archive(root, VERSION)
    archive.write_bytes(archive.read_bytes()[: int(share * archive.stat().st_size)])
    assert f"releases/{VERSION}/{archive.name}" in {issue.file for issue in store.issues(root)}
