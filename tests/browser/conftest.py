"""The explorer built once, and a browser that complains of everything a page should not do."""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from scripts.explorer import content_of, render
from scripts.schema.table_schema import ROOT
from scripts.site.browser import NoBrowser, browser
from scripts.site.data import Content
from scripts.site.folder import write_folder


@pytest.fixture(scope="session")
def content() -> Content:
    return content_of(ROOT)


@pytest.fixture(scope="session")
def files(content: Content) -> dict[str, bytes]:
    with patch("scripts.explorer.content_of", lambda root: content):
        return render(ROOT)


@pytest.fixture(scope="session")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("explorer") / "site"
    write_folder(files, target)
    return target


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    try:
        with browser() as opened:
            yield opened
    except NoBrowser as missing:
        if "CI" in os.environ:
            raise
        pytest.skip(str(missing))


class Visitor:
    """Opens pages of the explorer and keeps every complaint: errors, and requests that leave the folder."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.context, self.folder = context, folder
        self.complaints: list[str] = []
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self.watch)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def watch(self, request: Request) -> None:
        if not request.url.startswith((self.folder.as_uri(), "blob:", "data:")):
            self.complaints.append(request.url)

    def open(self, view: str = "", file: str = "index.html") -> Page:
        page = self.context.new_page()
        page.goto(f"{(self.folder / file).as_uri()}{view}")
        expect(page.locator("h1")).to_be_visible()
        return page


@pytest.fixture
def visit(chromium: Browser, folder: Path) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors with options of a browser context; complaints fail the test."""
    made: list[Visitor] = []

    def make(**options: object) -> Visitor:
        options = {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True, **options}
        made.append(Visitor(chromium.new_context(**options), folder))
        return made[-1]

    yield make
    for visitor in made:
        visitor.context.close()
        assert visitor.complaints == []


def wait_until(page: Page, expression: str, seconds: float = 10) -> None:
    """Waits until an expression holds. (The page's policy forbids what Playwright's own waiting does.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"not so within {seconds} s: {expression}"
        time.sleep(0.005)


CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
