"""Measures the explorer in Chromium: the first view from disk, a step of the slider in every view, and its size.

Exit code 1 where one is over its limit.
"""

import argparse
import statistics
import sys
from pathlib import Path

from scripts.schema.table_schema import ROOT
from scripts.site.browser import browser, open_page, wait

LIMITS = {"first view, s": 1.5, "slider step, ms": 100, "size, MB": 3}
VIEWS = ("transfers", "transfer&id=irn-rus-uavs-2022", "systems", "sources", "statements")
STEPS = 40


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.site_bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--site",
        type=Path,
        default=ROOT / "build/site",
        help="folder of the page (default: build/site, as make site leaves it)",
    )
    folder = parser.parse_args().site
    print("Measuring in Chromium, about twenty seconds ...", flush=True)
    found = measure(folder)
    over = False
    for name, value, what in found:
        limit = LIMITS[name]
        over |= value > limit
        print(f"{name:<16}{value:>8.2f}  of {limit:<5}{'OVER' if value > limit else 'ok':<6}{what}")
    return int(over)


def measure(folder: Path) -> list[tuple[str, float, str]]:
    """(what, value, of which) in the units of LIMITS."""
    address = (folder / "index.html").resolve().as_uri()
    with browser() as opened:
        first = statistics.median(opening(opened, address) for _ in range(5))
        steps = [
            (
                "slider step, ms",
                statistics.median(stepping(opened, f"{address}#view={view}")),
                view.partition("&")[0],
            )
            for view in VIEWS
        ]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return [("first view, s", first / 1000, "median of 5 openings"), *steps, ("size, MB", size, "everything")]


def opening(opened, address: str) -> float:
    """Milliseconds from navigation to the first view drawn, in a fresh context."""
    context = opened.new_context()
    shown = open_page(context, address).evaluate("performance.getEntriesByName('shown')[0].startTime")
    context.close()
    return shown


def stepping(opened, address: str) -> list[float]:
    """Milliseconds from a press of the arrow key on the slider to everything drawn, over days spread over the record."""
    page = open_page(opened, address)
    slider = page.locator("#slider")
    least, most = int(slider.get_attribute("min")), int(slider.get_attribute("max"))
    for number in range(STEPS):
        slider.evaluate("(slider, day) => { slider.value = day; }", least + (most - least) * number // STEPS)
        slider.press("ArrowRight")
        wait(page, f"performance.getEntriesByName('step').length > {number}")
    times = page.evaluate("performance.getEntriesByName('step').map(entry => entry.duration)")
    page.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
