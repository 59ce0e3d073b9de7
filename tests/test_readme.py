"""README.md: its snippets run on the archive of the latest release, which is what a reader downloads."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from scripts.releases import store
from scripts.schema.table_schema import ROOT, load
from scripts.validation.codes import version_number

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
MARK = "--- next snippet ---"
FIRST = (4, 0, 0)  # the page is written for the tables of this release and later ones
RUNNERS = {
    "python": ([sys.executable, "-c"], f"\nprint('{MARK}')\n"),
    "r": (["Rscript", "-e"], f"\ncat('{MARK}\\n')\n"),
}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    version = store.latest(ROOT)
    if version is None or version_number(version) < FIRST:
        pytest.skip(f"snippets NOT run: they need release 4.0.0, and the latest is {version}")
    (path,) = store.folder(ROOT, version).glob("*.zip")
    folder = tmp_path_factory.mktemp("download")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def snippets(language: str) -> list[tuple[str, list[str]]]:
    """(code, lines it prints as shown) of every snippet in the language."""
    fences = [token for token in MarkdownIt().parse(PAGE) if token.type == "fence"]
    following = [*fences[1:], None]
    found = [(fence, shown) for fence, shown in zip(fences, following, strict=True) if fence.info == language]
    assert found and all(shown is not None and shown.info == "text" for _, shown in found), (
        "a snippet is followed by what it prints"
    )
    return [(fence.content, lines(shown.content)) for fence, shown in found]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def printed(language: str, folder: Path) -> list[list[str]]:
    """What each snippet of the language prints when all are run in the folder, one after the other."""
    command, separator = RUNNERS[language]
    code = separator.join(code for code, _ in snippets(language))
    done = subprocess.run([*command, code], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [lines(part) for part in done.stdout.split(f"{MARK}\n")]


@pytest.mark.slow  # unpacks the latest release and runs every snippet
def test_python_snippets_print_what_the_page_shows(unpacked):
    assert printed("python", unpacked) == [shown for _, shown in snippets("python")]


@pytest.mark.slow  # unpacks the latest release and runs every snippet
@pytest.mark.skipif(
    not shutil.which("Rscript") and "CI" not in os.environ,
    reason="R snippets NOT run: no Rscript here; the Debian packages it needs stand in .ci/packages",
)
def test_r_snippets_print_what_the_page_shows(unpacked):
    assert printed("r", unpacked) == [shown for _, shown in snippets("r")]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", PAGE))
def test_links_lead_somewhere(target):
    assert target.startswith("http") or (ROOT / target).exists()


def test_the_page_is_short():
    assert len(PAGE.split()) <= 900


def test_every_folder_of_tables_is_listed_and_every_table_that_is_read_named():
    listed = dict(re.findall(r"^\| `(\S+)` \| (.+) \|$", PAGE, re.M))
    for name, schema in load().items():
        if schema.record.get("internal"):
            continue
        folder = f"{Path(schema.csv_path).parent}/"
        assert folder in listed, name
        if folder in ("data/", "data/derived/", "data/reference/"):
            assert f"`{name}`" in listed[folder], name
