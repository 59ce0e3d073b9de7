"""Seven questions of new readers, walked on desktop and phone: at most three actions each, and the answer on screen.

An action is a touch, or words typed and sent. The answer must stand within the window, with no scrolling. With
WALK_PICTURES set to a folder, what is on screen at the end of each walk is kept there as a picture.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
MOST_ACTIONS = 3


class Reader:
    """Touches and types, and counts it."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.n_actions = page, name, 0

    def touch(self, locator: Locator) -> None:
        self.act()
        locator.click()

    def send(self, field: str, words: str) -> None:
        self.act()
        self.page.locator(field).fill(words)
        self.page.locator(field).press("Enter")

    def act(self) -> None:
        self.n_actions += 1
        assert self.n_actions <= MOST_ACTIONS

    def sees(self, where: str, words: str) -> Locator:
        """The first such element with these words; a fifth of it, or its first lines, must be within the window."""
        found = self.page.locator(where).filter(has_text=re.compile(words, re.S)).first
        expect(found).to_be_in_viewport()
        top, height, window = found.evaluate(
            "one => [one.getBoundingClientRect().top, one.offsetHeight, innerHeight]"
        )
        assert min(top + height, window) - max(top, 0) >= min(height, window) / 5
        return found

    def end(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if folder := os.environ.get("WALK_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{self.name}.png")


@pytest.fixture(params=SIZES)
def reader(request: pytest.FixtureRequest, visit: Callable[..., Visitor]):
    reading = Reader(visit(**SIZES[request.param]).open(), request.node.name)
    yield reading
    reading.end()


def test_what_is_known_today_of_iranian_drones(reader: Reader, content):
    finding = reader.sees(".find > li", "^Drones from Iran to Russia")
    expect(finding).to_contain_text("say the United States, Ukraine")
    expect(finding).to_contain_text(re.compile("Iran (has admitted|admits|denies)"))
    expect(finding).to_contain_text("Russia denies")


def test_who_stands_behind_fath_360_and_what_iran_says(reader: Reader):
    reader.send("#find", "Fath-360")
    reader.touch(reader.page.get_by_role("link", name="Fath-360 missiles from Iran to Russia", exact=True))
    reader.sees(".lead", "says the United States.*Iran denies ballistic missiles as a whole, last on")
    reader.sees(".stage", "Transferred One official voice")


def test_what_officials_said_on_a_day_about_missiles(reader: Reader, content):
    reader.send("#find", "missiles 2022-11-02")
    reader.touch(reader.page.get_by_role("button", name="Officials only"))
    reader.sees("#results", "each may have been said on it")
    reader.touch(reader.page.get_by_role("link", name=re.compile(r"^\d+ statements?$")).last)
    expect(reader.page.locator("#filter-published")).to_have_value("2022-11-02")
    reader.sees(".statement", "Pentagon")
    shown = reader.page.locator(".statement")
    officials = {
        row["summary"]
        for row in content.page["statements"]
        if row["from"] == "2022-11-02" and row["authority"] not in ("none", "former_official")
    }
    assert officials and all(
        any(summary in text for summary in officials) for text in shown.all_inner_texts()
    )


def test_where_450_comes_from(reader: Reader):
    reader.send("#find", "CNN 450 drones")
    item = reader.sees(".statement", "told CNN that some 450 drones")
    expect(item).to_contain_text("Western officials (CNN, 1 November 2022)")
    expect(item).to_contain_text("public from 2022-11-01")


def test_what_moved_between_two_days(reader: Reader):
    reader.touch(reader.page.get_by_role("link", name="Compare days"))
    reader.send("#with", "2024-09-01")
    reader.send("#second", "2024-09-20")
    reader.sees("[role=status]", r"\d+ transfers moved")
    reader.sees(".sides", "2024-09-01.*2024-09-20")
    reader.sees(".change", "moved by")


def test_what_ranges_are_stated_for_the_shahed_136_and_by_whom(reader: Reader):
    reader.touch(reader.page.get_by_role("link", name="Systems", exact=True))
    reader.touch(reader.page.get_by_role("link", name="Shahed-136", exact=True))
    reader.sees("h2", "^Range$")
    row = reader.sees("tbody tr", r"\d km")
    expect(row).to_contain_text(re.compile("person|government|organisation"))


def test_who_says_the_su_35_never_came(reader: Reader):
    reader.touch(reader.page.get_by_role("link", name="Su-35 fighters from Russia to Iran", exact=True))
    reader.touch(reader.page.get_by_role("button", name="Who says it did not happen"))
    reader.sees("h2", "^Who else says it did not happen")
    reader.sees(".position", "Says not")
