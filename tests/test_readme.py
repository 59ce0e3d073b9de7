"""Every Python snippet of the README runs, in order, and prints what the page shows; every link leads somewhere."""

import io
import re
from contextlib import redirect_stdout

import pytest
from markdown_it import MarkdownIt

from scripts.schemas import ROOT, load

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = [token for token in MarkdownIt().parse(PAGE) if token.type == "fence"]


def test_python_snippets_print_what_the_page_shows(monkeypatch):
    monkeypatch.chdir(ROOT)
    names, ran = {}, 0
    for fence, shown in zip(FENCES, [*FENCES[1:], None]):
        if fence.info == "python":
            with redirect_stdout(io.StringIO()) as printed:
                exec(fence.content, names)
            assert shown is not None and shown.info == "text", "a snippet is followed by what it prints"
            assert [line.rstrip() for line in printed.getvalue().splitlines()] == [line.rstrip() for line in shown.content.splitlines()]
            ran += 1
    assert ran == sum(fence.info == "python" for fence in FENCES) >= 2


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", PAGE))
def test_links_lead_somewhere(target):
    assert target.startswith("http") or (ROOT / target).exists()


def test_every_table_is_listed():
    for name, schema in load().items():
        if not schema.is_rule and not schema.record.get("internal"):
            assert f"`{name}`" in PAGE and f"({schema.csv_path})" in PAGE and f"({schema.csv_path.replace('.csv', '.parquet')})" in PAGE
