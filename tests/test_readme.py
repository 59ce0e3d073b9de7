"""Every snippet of the pages, in Python and in R, runs, in order, and prints what the page shows; every link leads somewhere."""

import io
import os
import re
import shutil
import subprocess
from contextlib import redirect_stdout

import pytest
from markdown_it import MarkdownIt

from scripts.schema.table_schema import ROOT, load

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")


def snippets(language: str, page: str = "README.md") -> list[tuple[str, list[str]]]:
    """(code, lines it prints as shown) of every snippet of the page in the language."""
    fences = [
        token
        for token in MarkdownIt().parse((ROOT / page).read_text(encoding="utf-8"))
        if token.type == "fence"
    ]
    found = [(fence, shown) for fence, shown in zip(fences, [*fences[1:], None]) if fence.info == language]
    assert found and all(shown is not None and shown.info == "text" for _, shown in found), (
        "a snippet is followed by what it prints"
    )
    return [(fence.content, lines(shown.content)) for fence, shown in found]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("page", ["README.md", "ATTACKS.md"])
def test_python_snippets_print_what_the_page_shows(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    names = {}
    for code, shown in snippets("python", page):
        with redirect_stdout(io.StringIO()) as printed:
            exec(code, names)
        assert lines(printed.getvalue()) == shown


@pytest.mark.skipif(
    not shutil.which("Rscript") and "CI" not in os.environ,
    reason="R snippets NOT run: no Rscript here; the Debian packages it needs stand in .ci/packages",
)
def test_r_snippets_print_what_the_page_shows():
    mark = "--- next ---"
    code = f"\ncat('{mark}\\n')\n".join(code for code, _ in snippets("r"))
    done = subprocess.run(["Rscript", "-e", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert [lines(part) for part in done.stdout.split(f"{mark}\n")] == [shown for _, shown in snippets("r")]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", PAGE))
def test_links_lead_somewhere(target):
    assert target.startswith("http") or (ROOT / target).exists()


def test_every_table_is_listed():
    for name, schema in load().items():
        if not schema.is_rule and not schema.record.get("internal"):
            assert (
                f"`{name}`" in PAGE
                and f"({schema.csv_path})" in PAGE
                and f"({schema.csv_path.replace('.csv', '.parquet')})" in PAGE
            )
