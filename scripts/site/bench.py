"""Measures the explorer in Chromium: its size, the first view from disk, and a step of the day."""

import argparse
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

from scripts.schema.table_schema import ROOT
from scripts.site.browser import browser

VIEWS = ("overview", "transfer/irn-rus-uavs", "statements", "systems", "sources")
STEPS = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.site.bench", description=__doc__)
    parser.add_argument(
        "page",
        nargs="?",
        type=Path,
        default=ROOT / "build/site/index.html",
        help="(default: build/site/index.html)",
    )
    path = parser.parse_args().page
    print(f"size: {path.stat().st_size / 1e6:.2f} MB")
    for name, milliseconds in measure(path.resolve().as_uri()).items():
        middle, most = statistics.median(milliseconds), max(milliseconds)
        print(f"{name}: median {middle:.0f} ms, slowest {most:.0f} ms, of {len(milliseconds)}")
    return 0


def measure(address: str) -> dict[str, list[float]]:
    """Milliseconds by what was done."""
    found: dict[str, list[float]] = {"first view": []}
    with browser() as opened:
        for _ in range(5):
            page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(address)
            page.locator("h1").wait_for()
            found["first view"].append(page.evaluate("performance.getEntriesByName('shown')[0].startTime"))
            page.close()
        page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
        for view in VIEWS:
            page.goto("about:blank")
            page.goto(f"{address}#{view}")
            page.locator("h1").wait_for()
            for done in range(STEPS):
                if page.locator("#earlier").is_disabled():
                    break
                page.locator("#earlier").click()
                await_steps(page, done + 1)
            found[f"step of the day, {view}"] = page.evaluate(
                "performance.getEntriesByName('stepped').map(entry => entry.duration)"
            )
    return found


def await_steps(page: Page, count: int) -> None:
    """Waits until so many steps were drawn."""
    end = time.monotonic() + 10
    while page.evaluate("performance.getEntriesByName('stepped').length") < count:
        if time.monotonic() > end:
            raise TimeoutError(f"step {count} was not drawn within 10 s")
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
