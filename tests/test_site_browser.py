"""The explorer in Chromium, as a new user tries it: what it shows is what the tables say, and nothing leaves the page."""

import csv
import io
import os
import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_site import HOSTILE

from scripts import site
from scripts.schema.table_schema import ROOT, load
from scripts.site import data as site_data
from scripts.site.browser import browser, open_page, wait

OFFICIALS = ("state_position", "official_capacity", "individual_official")
ADDRESSES = {  # every view, and a statement opened
    "transfers": "day=2022-11-02",
    "transfer": "day=2024-10-31&view=transfer&id=irn-rus-fath-360-2024",
    "systems": "day=2024-10-31&view=systems",
    "sources": "day=2022-11-02&view=sources",
    "statements": "day=2022-11-02&view=statements",
    "statement": "day=2022-11-02&statement=egypt-independent-2022-11-01-cnn-additional-weapons.05",
}


def rows_of(name):
    with (ROOT / load()[name].csv_path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def on(name, day):
    return [
        row
        for row in rows_of(name)
        if row["known_from"] <= day and (not row["known_to"] or day < row["known_to"])
    ]


@pytest.fixture(scope="module")
def chromium():
    try:
        with browser() as opened:
            yield opened
    except FileNotFoundError as missing:
        if "CI" in os.environ:
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_bytes(
        site.page(site_data.label(site_data.read(ROOT)), site_data.head(ROOT))
    )
    return (folder / "index.html").as_uri()


class Watched:
    """A context whose pages complain of every console error, exception, and request that leaves them."""

    def __init__(self, chromium, **options):
        self.context, self.complaints = chromium.new_context(**options), []
        self.context.on(
            "console",
            lambda message: message.type in ("error", "warning") and self.complaints.append(message.text),
        )
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on(
            "request",
            lambda request: (
                request.url.startswith(("file:", "blob:", "data:")) or self.complaints.append(request.url)
            ),
        )

    def open(self, address):
        return open_page(self.context, address)


@pytest.fixture
def watched(chromium):
    made = Watched(chromium, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield made
    made.context.close()
    assert made.complaints == []


def turn(page, change):
    """Go to an address of the page and wait until it is shown."""
    page.evaluate(
        "hash => { const was = performance.now(); location.hash = hash; window.turned = was; }", change
    )
    wait(page, "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")


def table(page, caption):
    """The rows of the table whose caption begins so, as {column: text}."""
    return page.evaluate(
        """begin => { const found = [...document.querySelectorAll("table")].find(one => one.caption?.textContent.startsWith(begin));
        if (!found) return []; const heads = [...found.tHead.rows[0].cells].map(cell => cell.textContent);
        return [...found.tBodies[0].rows].map(row => Object.fromEntries([...row.cells].map((cell, i) => [heads[i], cell.textContent]))); }""",
        caption,
    )


def found(page):
    """How many statements are said to be found."""
    return int(re.search(r"of (\d+) statements", page.locator(".dt-info").inner_text().replace(",", ""))[1])


# The day, and the address


def test_the_day_is_dragged_typed_and_stepped(watched, address):
    page = watched.open(address)
    box = page.locator("#slider").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 2, steps=12)
    page.mouse.up()
    wait(page, "document.getElementById('day').value < '2023-06-01'")
    page.locator("#day").fill("2022-11-02")
    wait(page, "location.hash.includes('day=2022-11-02')")
    assert (
        f"{sum(row['known_from'] <= '2022-11-02' for row in rows_of('statements'))} of"
        in page.locator("#known").inner_text()
    )
    page.locator("#slider").press("ArrowRight")
    wait(page, "location.hash.includes('day=2022-11-03')")
    page.locator("#before").press("Enter")
    wait(page, "location.hash.includes('day=2022-11-02')")
    assert "2022-11-02" in page.locator(".chart svg").first.inner_html()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_shared_address_shows_the_same_again(name, watched, address):
    one, two = watched.open(f"{address}#{ADDRESSES[name]}"), watched.open(f"{address}#{ADDRESSES[name]}")
    one.wait_for_timeout(200)
    two.wait_for_timeout(200)
    assert one.locator("body").inner_text() == two.locator("body").inner_text()
    assert not (name == "statement") or one.locator("dialog[open]").count() == 1


def test_a_spoilt_address_shows_the_first_view(watched, address):
    for hash_ in (
        "day=soon&view=nowhere",
        "day=2022-13-45",
        "view=constructor&id=%3Cscript%3E",
        "view=transfer&id=none&statement=none",
    ):
        page = watched.open(f"{address}#{hash_}")
        assert page.locator("h2, .none").count() > 0


# What is shown is what the tables say


def stated(page, transfer, day):
    """What the page says of one transfer on one day, in the words of transfer_history."""
    turn(page, f"day={day}&view=transfer&id={transfer}")
    stages, sides = table(page, f"What stood on {day}"), table(page, "What the parties say")
    out = {f"support_{row['Stage']}": row["Support"].replace(" ", "_") for row in stages}
    for row in stages:
        counts = [int(digits) for digits in re.findall(r"\d+", row["Origins"])] or [0]
        out |= {
            f"{row['Stage']}_n_origins_min": str(counts[0]),
            f"{row['Stage']}_n_origins_max": str(counts[-1]),
        }
    return out | {
        f"{row['Party'].split(',')[0]}_position": row["Position"].replace(" ", "_") for row in sides
    }


def test_thirty_random_states_equal_transfer_history(watched, address):
    page, chance, compared = watched.open(address), random.Random(20221102), 0
    history = rows_of("transfer_history")
    for line in chance.sample(history, 26):
        for day in [line["known_from"]]:
            shown = stated(page, line["transfer_id"], day)
            assert len(shown) == 11 and shown == {column: line[column] for column in shown}
            compared += 1
    for line in chance.sample([row for row in history if row["known_from"] > "2022-07-20"], 4):
        first = min(row["known_from"] for row in history if row["transfer_id"] == line["transfer_id"])
        assert stated(page, line["transfer_id"], "2022-07-01" if first > "2022-07-01" else "2000-01-01") == {}
        compared += 1
    assert compared == 30


def test_a_wrong_state_would_be_seen(chromium, tmp_path):
    """The comparison above fails on a page whose table says something else."""
    spoilt = site_data.label(site_data.read(ROOT))
    line = spoilt["transfer_history"][-1]
    line["support_agreed"] = "documented" if line["support_agreed"] != "documented" else "none"
    (tmp_path / "index.html").write_bytes(site.page(spoilt, site_data.head(ROOT)))
    watching = Watched(chromium)
    shown = stated(watching.open((tmp_path / "index.html").as_uri()), line["transfer_id"], line["known_from"])
    shipped = rows_of("transfer_history")[-1]
    assert (
        shown["support_agreed"] != shipped["support_agreed"]
        and shown["support_shipped"] == shipped["support_shipped"]
    )


def test_the_tables_behind_the_charts_hold_what_stood(watched, address):
    day = "2022-11-02"
    page = watched.open(f"{address}#day={day}")
    for summary in page.locator("figure details summary").all():
        summary.press("Enter")
    wait(page, "[...document.querySelectorAll('figure details')].every(one => one.querySelector('table'))")
    support, titles = (
        table(page, "Support and positions"),
        {row["transfer_id"]: row["title"] for row in rows_of("transfers")},
    )
    assert {row["Transfer"] for row in support} == {
        titles[row["transfer_id"]] for row in on("transfer_history", day)
    }
    assert len(table(page, "Numbers stated")) == sum(
        bool(row["transfer_id"]) for row in on("estimate_history", day)
    )
    turn(page, f"day={day}&view=sources")
    retold = {row["statement_id"] for row in rows_of("statements") if row["relays_statement_id"]}
    assert len(table(page, "As publicly known")) == sum(
        int(row["n_sources"]) > 1 and row["statement_id"] not in retold
        for row in on("statement_history", day)
    )


def test_filtered_rows_are_downloaded_as_they_were_shipped(watched, address):
    page = watched.open(f"{address}#day=2024-10-31&view=statements&stance=deny")
    wait(page, "document.querySelector('.dt-info') !== null")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download these rows").click()
    got = list(csv.DictReader(io.StringIO(open(started.value.path(), encoding="utf-8", newline="").read())))
    want = [
        row for row in rows_of("claims_flat") if row["stance"] == "deny" and row["known_from"] <= "2024-10-31"
    ]
    assert sorted(got, key=lambda row: row["statement_id"]) == want and len(got) == found(page) > 10
    assert "2024-10-31" in started.value.suggested_filename and "version" in started.value.suggested_filename


def test_pictures_are_downloaded_with_their_caveats(watched, address):
    page = watched.open(f"{address}#day=2022-11-02")
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as SVG").first.click()
    svg = open(started.value.path(), encoding="utf-8").read()
    assert "2022-11-02" in svg and "Never add rows" in svg and site_data.head(ROOT)["version"] in svg
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as PNG").first.click()
    assert open(started.value.path(), "rb").read(4) == b"\x89PNG"


# Five questions of a new user, each in three actions at most


def test_what_officials_said_of_missiles_by_2_november_2022(watched, address):
    page = watched.open(address)
    page.locator("#day").fill("2022-11-02")  # 1
    page.locator("#q").fill("missiles")
    page.locator("#q").press("Enter")  # 2
    page.get_by_label("Speaker", exact=True).select_option("officials")  # 3
    wait(page, "document.querySelector('.dt-info')?.textContent.includes('statements')")
    page.wait_for_timeout(100)
    rows = [
        row
        for row in rows_of("claims_flat")
        if row["known_from"] <= "2022-11-02"
        and row["authority"] in OFFICIALS
        and "missile" in f"{row['transfer']} {row['system']} {row['summary']}".lower()
    ]
    assert (
        len(rows)
        <= found(page)
        < sum(
            row["known_from"] <= "2022-11-02" and row["authority"] in OFFICIALS
            for row in rows_of("claims_flat")
        )
    )
    assert page.locator("td.wide a").first.inner_text()


def test_how_many_origins_stood_behind_450(watched, address):
    page = watched.open(f"{address}#day=2022-11-02")
    page.locator("#q").fill("450 drones")
    page.locator("#q").press("Enter")  # 1
    page.get_by_role("link", name=re.compile("^In the latest shipment before")).click()  # 2
    said = page.locator("dialog").inner_text()
    line = next(
        row
        for row in on("statement_history", "2022-11-02")
        if row["statement_id"] == "egypt-independent-2022-11-01-cnn-additional-weapons.05"
    )
    origin = next(row for row in rows_of("statements") if row["statement_id"] == line["statement_id"])[
        "origin_id"
    ]
    assert (
        f"Told on {line['n_sources']} pages by {line['n_publishers']} publishers" in said
        and int(line["n_sources"]) == 3
    )
    assert not origin and "no origin told" in said and "“about 450”" in said


def test_who_denied_what_with_which_limits(watched, address):
    page = watched.open(address)
    page.get_by_role("link", name="Statements").click()  # 1
    page.get_by_label("Stance", exact=True).select_option("deny")  # 2
    page.wait_for_timeout(150)
    denials = [row for row in rows_of("statements") if row["stance"] == "deny"]
    assert found(page) == len(denials)
    says = page.locator("tbody td:nth-child(4)").all_inner_texts()
    assert says and all(re.match(r"denies \(", text) for text in says)


def test_what_is_known_of_fath_360(watched, address):
    page = watched.open(address)
    page.locator("figure details summary").first.click()  # 1
    page.get_by_role("link", name="Fath-360 missiles from Iran to Russia").first.click()  # 2
    last = next(
        row
        for row in rows_of("transfer_history")
        if row["transfer_id"] == "irn-rus-fath-360-2024" and not row["known_to"]
    )
    wait(page, "document.querySelector('h2').textContent.startsWith('Fath-360')")
    assert {row["Stage"]: row["Support"] for row in table(page, "What stood")}["delivered"] == last[
        "support_delivered"
    ].replace("_", " ")


def test_where_a_range_comes_from(watched, address):
    page = watched.open(address)
    page.get_by_role("link", name="Systems").click()  # 1
    page.locator("figure details summary").first.click()  # 2
    page.get_by_role("link", name="“about 75 miles”").first.click()  # 3
    row = next(row for row in rows_of("claims_flat") if row["value_text"] == "about 75 miles")
    said = page.locator("dialog").inner_text()
    assert (
        row["speaker"] in said
        and row["title"] in said
        and f"{row['statement_id']}@{site_data.head(ROOT)['version']}" in said
    )
    assert page.locator("dialog a", has_text=row["title"]).get_attribute("href") == row["url"]
    page.keyboard.press("Escape")
    wait(page, "!location.hash.includes('statement=')")


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(chromium, address, scheme):
    watching = Watched(
        chromium,
        color_scheme=scheme,
        viewport={"width": 390, "height": 844} if scheme == "dark" else {"width": 1280, "height": 900},
        bypass_csp=True,
    )
    for name, hash_ in ADDRESSES.items():
        page = watching.open(f"{address}#{hash_}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.wait_for_timeout(150)
        wrong = Axe().run(page).response["violations"]
        assert wrong == [], (
            name,
            [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in wrong],
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the screen"
        )
        page.close()
    assert watching.complaints == []


def test_the_first_view_on_a_phone_is_drawn_for_its_width(chromium, address):
    """Before any second drawing: the cells of the support chart fill the screen, and their words fit into them."""
    page = Watched(chromium, viewport={"width": 390, "height": 844}).open(address)
    widths = page.evaluate(
        "[...document.querySelectorAll('.chart svg')[0].querySelectorAll('path')].map(one => one.getBoundingClientRect().width).filter(one => one > 3 && one < 100)"
    )
    assert len(widths) > 50 and sum(width > 30 for width in widths) > 0.9 * len(widths)


def test_names_written_from_the_right_stand_so(watched, address):
    page = watched.open(f"{address}#view=systems")
    assert page.evaluate(
        "[...document.querySelectorAll('bdi[lang=fa]')].map(one => getComputedStyle(one).direction).every(one => one === 'rtl')"
    )
    assert page.locator("bdi[lang=fa]").count() > 3


def test_hostile_strings_are_shown_as_text(chromium, tmp_path):
    found = site_data.read(ROOT)
    key = "egypt-independent-2022-11-01-cnn-additional-weapons.05"
    row = next(row for row in found["statements"] if row["statement_id"] == key)
    row |= {"summary": HOSTILE, "value_text": HOSTILE, "speaker_role": HOSTILE, "coder_note": HOSTILE}
    next(one for one in found["sources"] if one["source_id"] == row["source_id"]).update(
        title=HOSTILE, url="javascript:window.taken=3"
    )
    next(one for one in found["claims_flat"] if one["statement_id"] == key).update(
        speaker=HOSTILE, title=HOSTILE, outlet=HOSTILE, url="javascript:window.taken=3"
    )
    next(one for one in found["transfers"] if one["transfer_id"] == row["transfer_id"])["title"] = HOSTILE
    (tmp_path / "index.html").write_bytes(site.page(site_data.label(found), site_data.head(ROOT)))
    watching = Watched(chromium)
    for hash_ in (
        f"day=2022-11-02&view=statements&q=onerror&statement={key}",
        "day=2022-11-02",
        "day=2022-11-02&view=sources",
        f"day=2022-11-02&view=transfer&id={row['transfer_id']}",
    ):
        page = watching.open(f"{(tmp_path / 'index.html').as_uri()}#{hash_}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.wait_for_timeout(200)
        assert page.evaluate(
            "window.taken === undefined && !document.querySelector('img, a[href^=javascript]')"
        )
        assert "<script>window.taken" in page.locator("body").inner_text()
    assert watching.complaints == []


def test_a_request_would_be_seen(chromium, address):
    watching = Watched(chromium)
    page = watching.open(address)
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://example.org/x.png' }))")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in complaint for complaint in watching.complaints)
