"""Measures the explorer in Chromium: its size, the first view from disk, and a step of the day.

Milliseconds are those on the clock until the new view stands in the page. Those of processor are of the thread of the
page, with style, layout and painting, and change less with other work on the machine.
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

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
    for name, times in measure(path.resolve().as_uri()).items():
        middle, most = statistics.median(times.clock), max(times.clock)
        print(
            f"{name}: median {middle:.0f} ms, slowest {most:.0f} ms, {times.processor:.0f} ms of processor; "
            f"{len(times.clock)} times"
        )
    return 0


@dataclass
class Times:
    """Milliseconds on the clock, of each time, and of processor, on average."""

    clock: list[float]
    processor: float


def measure(address: str) -> dict[str, Times]:
    """Milliseconds by what was done."""
    with browser() as opened:
        clock, processor = [], []
        for _ in range(5):
            page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
            session = metered(page)
            page.goto(address)
            page.locator("h1").wait_for()
            clock.append(page.evaluate("performance.getEntriesByName('shown')[0].startTime"))
            processor.append(spent(session))
            page.close()
        found = {"first view": Times(clock, statistics.median(processor))}
        page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
        session = metered(page)
        for view in VIEWS:
            page.goto("about:blank")
            page.goto(f"{address}#{view}")
            page.locator("h1").wait_for()
            before = spent(session)
            for done in range(STEPS):
                if page.locator("#earlier").is_disabled():
                    break
                page.locator("#earlier").click()
                await_steps(page, done + 1)
            clock = page.evaluate("performance.getEntriesByName('stepped').map(entry => entry.duration)")
            found[f"step of the day, {view}"] = Times(clock, (spent(session) - before) / len(clock))
    return found


def metered(page: Page) -> CDPSession:
    """A session of the browser's own tools that counts the processor time of the page."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def spent(session: CDPSession) -> float:
    """Milliseconds of processor that the thread of the page has used."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def await_steps(page: Page, count: int) -> None:
    """Waits until so many steps were drawn."""
    end = time.monotonic() + 10
    while page.evaluate("performance.getEntriesByName('stepped').length") < count:
        if time.monotonic() > end:
            raise TimeoutError(f"step {count} was not drawn within 10 s")
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
