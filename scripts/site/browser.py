"""Debian's Chromium, by Playwright, for what is tried and measured in a browser."""

import shutil
import time
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def browser() -> Browser:
    """A browser; FileNotFoundError where none is installed."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise FileNotFoundError("no Chromium found: on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def wait(page: Page, expression: str, seconds: float = 10):
    """Waits until the expression holds; TimeoutError after so many seconds. (Playwright's own waiting evaluates strings, which the page forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(f"not so within {seconds} s: {expression}")
        time.sleep(0.005)


def open_page(context, address: str) -> Page:
    """The page at the address, its first view drawn."""
    page = context.new_page()
    page.goto(address)
    wait(page, "performance.getEntriesByName('shown').length > 0")
    return page
