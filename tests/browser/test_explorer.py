"""The explorer in Chromium, as a reader tries it, from a folder."""

import copy
import csv
import io
import json
import re
import statistics
from collections.abc import Callable
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from scripts.site.bench import await_steps
from scripts.site.page import index_page
from tests.browser.conftest import CODE, Visitor, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
FATH = "irn-rus-fath-360"
VIEWS = {
    "overview": "",
    "overview on a day": "#overview?day=2022-11-02",
    "transfer": f"#transfer/{FATH}",
    "busiest transfer": "#transfer/irn-rus-uavs",
    "transfer before its day": f"#transfer/{FATH}?day=2022-11-02",
    "systems": "#systems",
    "system": "#system/shahed-136",
    "sources": "#sources",
    "statements": "#statements?q=missiles&use_as=denies",
    "compare": "#compare?day=2024-09-20&with=2024-09-01",
    "words": "#words/status.officials",
    "statement": "#statement/19fortyfive-2022-11-danilov-crimea.01",
}


def shown(page: Page) -> str:
    return page.locator("main").inner_text()


def unfold(page: Page) -> None:
    """Opens every fold, and the folds within."""
    wait_until(
        page,
        """(() => {
          const folds = [...document.querySelectorAll('details')];
          folds.forEach(one => { one.open = true; });
          return folds.every(one => one.children.length > 1);
        })()""",
    )


# The data


def test_the_browser_reads_every_cell_that_was_written(visit: Visit, content, files, tmp_path):
    """The scripts of the page itself, with one line more that shows what they read."""
    shown_last = 'performance.mark("shown");'
    text = files["index.html"].decode()
    assert text.count(shown_last) == 1
    text = text.replace(shown_last, f"{shown_last}\nglobalThis.dataRead = data;")
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    visitor = visit(bypass_csp=True)
    visitor.folder = tmp_path
    read = json.loads(visitor.open().evaluate("JSON.stringify(dataRead)"))
    assert read == {"head": content.head(), "labels": content.labels, "tables": content.page}


def test_a_browser_that_cannot_unpack_is_told_so_and_where_to_read(visit: Visit):
    visitor = visit()
    visitor.context.add_init_script("delete window.DecompressionStream;")
    page = visitor.context.new_page()
    with page.expect_event("pageerror"):
        page.goto((visitor.folder / "index.html").as_uri())
    expect(page.locator("main")).to_contain_text("cannot unpack the data")
    page.locator("main").get_by_role("link", name="all pages").click()
    expect(page.locator("h1")).to_contain_text("all pages")
    assert visitor.complaints == ["This browser has no DecompressionStream."]
    visitor.complaints.clear()


# The opening view


def test_the_opening_view_says_what_is_known_in_five_sentences_linked_to_their_rows(visit: Visit, content):
    page = visit().open()
    sentences = page.locator(".find > li")
    expect(sentences).to_have_count(5)
    for sentence in sentences.all():
        title, rows = sentence.locator("a").first, sentence.locator("a").last
        transfer = next(row for row in content.page["transfers"] if row["title"] == title.inner_text())
        last = [row for row in content.page["moments"] if row["transfer"] == transfer["id"]][-1]
        assert last["long"] in sentence.inner_text()
        count = int(re.match(r"[\d,]+", rows.inner_text())[0].replace(",", ""))
        assert count == sum(row["transfer"] == transfer["id"] for row in content.page["statements"])
    first = sentences.first.locator("a").last
    words = first.inner_text()
    first.click()
    expect(page.locator("#found")).to_contain_text(words)


def test_the_ten_busiest_days_lead_to_what_was_said_on_them(visit: Visit):
    page = visit().open()
    days = page.locator(".days > li")
    expect(days).to_have_count(10)
    day = days.first.locator("a").first.inner_text()
    days.first.locator("a").first.click()
    expect(page.locator("#filter-said")).to_have_value(day)
    assert all(f"said {day}" in text for text in page.locator(".statement .who").all_inner_texts())


def test_transfers_are_folded_by_direction_and_family(visit: Visit):
    page = visit().open()
    drones = page.locator("details", has_text="Drones").first
    link = drones.get_by_role("link", name="Shahed-136 drones from Iran to Russia")
    expect(link).to_be_hidden()
    drones.locator("summary").click()
    link.click()
    expect(page.locator("h1")).to_have_text("Shahed-136 drones from Iran to Russia")
    expect(page).to_have_title(re.compile("^Shahed-136 drones"))


# A transfer


def test_a_transfer_shows_status_with_its_definition_voices_and_parties(visit: Visit, content):
    page = visit().open(f"#transfer/{FATH}?day=2024-09-15")
    text = shown(page)
    history = next(
        row
        for row in content.page["history"]
        if row["transfer"] == FATH and row["from"] <= "2024-09-15" and (row["to"] or "9") > "2024-09-15"
    )
    label, meaning = content.labels["status"][history["transferred_status"]]
    stage = page.locator(".stage").first
    expect(stage.locator(".chip")).to_have_text(label)
    expect(stage).to_contain_text(meaning)
    expect(stage).to_contain_text("United States")
    assert "Iran, the supplier" in text and "Of a wider class, and not counted here" in text
    expect(page.locator(".lane", has_text="Iran, of a wider class").locator(".diamond").first).to_be_visible()
    expect(page.locator(".lane").first).to_be_visible()
    page.locator("summary", has_text="Why").first.click()
    expect(stage.locator(".statement").first).to_be_visible()


def test_what_others_tell_a_party_to_have_said_stands_with_the_party(visit: Visit, content):
    page = visit().open(f"#transfer/{FATH}")
    told = [
        row
        for row in content.page["voices"]
        if row["transfer"] == FATH
        and (row["kind"], row["voice"], row["says"]) == ("second_hand", "Iran", "denies")
        and not row["to"]
    ]
    assert told
    box = page.locator(".box", has_text="Iran, the supplier")
    expect(box).to_contain_text("As others tell it, and not counted here")
    for row in told:
        summary = next(one["summary"] for one in content.page["statements"] if one["id"] == row["statement"])
        expect(box).to_contain_text(summary)
        expect(page.locator("section", has_text="Who else says it did not happen")).not_to_contain_text(
            summary
        )


def test_a_transfer_shows_no_later_words_on_an_earlier_day(visit: Visit, content):
    page = visit().open("#transfer/irn-rus-uavs?day=2022-11-02")
    unfold(page)
    known = {row["id"] for row in content.page["statements"] if row["from"] <= "2022-11-02"}
    cited = page.evaluate(
        "[...document.querySelectorAll('main a')].map(a => a.getAttribute('href').match(/^#statement.([^?]*)/)?.[1])"
        ".filter(Boolean).map(decodeURIComponent)"
    )
    assert cited and set(cited) <= known


def test_figures_stand_with_voice_and_day(visit: Visit):
    page = visit().open(f"#transfer/{FATH}")
    table = page.locator("table", has_text="As stated")
    expect(table.locator("tbody tr").first).to_be_visible()
    assert "200" in table.inner_text()


def test_a_picture_to_embed_says_of_what_day_and_whose_record_it_is(visit: Visit):
    page = visit().open(f"#transfer/{FATH}?day=2024-09-15")
    with page.expect_download() as download:
        page.locator("#picture").click()
    drawn = ElementTree.fromstring(download.value.path().read_text(encoding="utf-8"))
    text = " ".join(drawn.itertext())
    assert "Fath-360 missiles from Iran to Russia" in text and "United States" in text
    assert "as publicly known on 2024-09-15" in text and f"{FATH}@" in text


# The day


def test_the_day_is_typed_stepped_and_kept_in_the_address(visit: Visit):
    page = visit().open()
    day = page.locator("#day")
    day.fill("2022-11-02")
    day.press("Enter")
    expect(page.locator("h2").first).to_have_text("What stands on 2022-11-02")
    assert "day=2022-11-02" in page.url
    page.locator("#later").click()
    expect(page.locator("h2").first).not_to_have_text("What stands on 2022-11-02")
    page.locator("#earlier").click()
    expect(page.locator("h2").first).to_have_text("What stands on 2022-11-02")
    day.fill("never")
    day.press("Enter")
    expect(day).to_have_value("2022-11-02")
    page.locator("#slider").press("Home")
    expect(page.locator("#earlier")).to_be_disabled()
    page.locator("#latest").click()
    expect(page.locator("#later")).to_be_disabled()
    page.go_back()
    expect(page.locator("#earlier")).to_be_disabled()


def test_a_shared_address_shows_the_same_again(visit: Visit):
    for name in ("overview on a day", "transfer", "statements", "compare"):
        view = VIEWS[name]
        assert shown(visit().open(view)) == shown(visit().open(view))


def test_a_spoilt_address_shows_something_sensible(visit: Visit):
    page = visit().open("#nowhere/at/all?day=2022-13-45")
    expect(page.locator(".find > li")).to_have_count(5)
    for view in ("#transfer/none", "#system/none", "#source/none", "#statement/%E0%A4%A"):
        expect(visit().open(view).locator("h1")).to_contain_text("No such")


def test_two_days_side_by_side(visit: Visit):
    page = visit().open("#compare?day=2024-09-20&with=2024-09-01")
    change = page.locator(".change", has_text="Fath-360 missiles")
    expect(change.locator(".sides > div").first).to_contain_text("only foreseen")
    expect(change.locator(".sides > div").last).to_contain_text("says the United States")
    move = change.locator(".move").first
    expect(move).to_contain_text("Transferred: Expected → One official voice on 2024-09-10, moved by")
    expect(move.locator(".statement").first).to_contain_text("for United States")
    change.locator("summary").first.click()
    expect(change.locator("details .statement").first).to_be_visible()
    page.locator("#second").fill("2024-09-01")
    page.locator("#second").press("Enter")
    expect(page.locator("main [role=status]")).to_contain_text("0 transfers moved")


def test_every_status_that_moved_is_told_with_what_moved_it(visit: Visit, content):
    """Between the first day and the last, a transfer at a time, and against the tables."""
    page = visit().open("#compare?with=2022-09-01")
    moved = page.locator(".change", has=page.locator(".move"))
    after = {row["transfer"]: row for row in content.page["history"] if not row["to"]}
    labels = content.labels["status"]
    titles = {row["title"]: row["id"] for row in content.page["transfers"]}
    official = {
        stage: {
            row["statement"]
            for row in content.page["voices"]
            if row["stage"] == stage
            and row["says"] == "asserts"
            and row["kind"] in ("government", "international_body")
        }
        for stage in ("transferred", "agreed", "talks")
    }
    n_checked = n_official = 0
    for change in moved.all():
        history = after[titles[change.locator("h2").inner_text()]]
        for stage in ("transferred", "agreed", "talks"):
            line = change.locator(".move", has_text=f"{content.labels['stage'][stage][0]}: ")
            if line.count():
                chips = line.first.locator("> div .chip").all_inner_texts()
                assert chips[1] == labels[history[f"{stage}_status"]][0]
                n_checked += 1
                if history[f"{stage}_status"] in ("officials", "one_official"):
                    moved_by = line.first.locator("a[href^='#statement/']").evaluate_all(
                        "all => all.map(one => decodeURIComponent(one.hash.match(/statement.([^?]*)/)[1]))"
                    )
                    assert moved_by and set(moved_by) <= official[stage]
                    n_official += 1
    assert n_checked > 20 and n_official > 5


# Statements


def test_a_day_and_a_word_are_searched_together(visit: Visit, content):
    """What officials said on 2 November 2022 about missiles."""
    page = visit().open()
    page.locator("#find").fill("missiles 2022-11-02")
    page.locator("#find").press("Enter")
    expect(page.locator(".statement").first).to_contain_text("2022-11-02")


def test_search_finds_words_of_summaries_and_filters_narrow(visit: Visit, content):
    page = visit().open("#statements")
    page.locator("#search").fill("450")
    expect(page.locator(".statement").first).to_contain_text("450")
    page.locator("#search").fill("")
    page.locator("summary", has_text="Filters").click()
    page.locator("#filter-use_as").select_option("denies")
    denials = sum(row["use_as"] == "denies" for row in content.page["statements"])
    expect(page.locator("#found")).to_contain_text(f"{denials:,} statements")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("#found")).to_contain_text("26 to 50")
    page.locator("#search").fill("no such words anywhere")
    expect(page.locator("#found")).to_have_text("No statement found")
    expect(page.locator("#download")).to_be_disabled()


def test_the_download_holds_what_is_shown_and_no_formula(visit: Visit, content):
    page = visit().open("#statements?use_as=denies")
    with page.expect_download() as download:
        page.locator("#download").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = {row["id"] for row in content.page["statements"] if row["use_as"] == "denies"}
    assert {row["claim_id"] for row in rows} == wanted
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row.values())


def test_statements_are_filtered_by_every_column_offered(visit: Visit, content):
    """One value of each filter, by its address, against the rows of the page."""
    rows = content.page["statements"]
    transfers = {row["id"]: row for row in content.page["transfers"]}
    values = {
        name: next(row[name] for row in rows if row[name])
        for name in ("transfer", "system", "use_as", "stance", "state", "voice_kind", "aspect")
    }
    page = visit().open("#statements")
    for name, value in values.items():
        page.goto(page.url.partition("#")[0] + f"#statements?{name}={quote(value)}")
        expect(page.locator(f"#filter-{name}")).to_have_value(value)
        number = sum(row[name] == value for row in rows)
        expect(page.locator("#found")).to_have_text(re.compile(f"^{number:,} statement"))
    page.goto(page.url.partition("#")[0] + "#statements?direction=Russia%20to%20Iran&published=2024-09")
    wanted = [
        row
        for row in rows
        if row["from"].startswith("2024-09")
        and row["transfer"]
        and transfers[row["transfer"]]["direction"] == "Russia to Iran"
    ]
    expect(page.locator("#found")).to_have_text(re.compile(f"^{len(wanted):,} statement"))


def test_sources_are_filtered_and_downloaded(visit: Visit, content):
    page = visit().open("#sources?language=fa&published=2024")
    wanted = {
        row["id"]
        for row in content.page["sources"]
        if row["language"] == "fa" and row["from"].startswith("2024")
    } & {row["source"] for row in content.page["statements"]}
    with page.expect_download() as download:
        page.locator("#download").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert wanted and {row["source_id"] for row in rows} == wanted
    expect(page.locator("#filter-language")).to_have_value("fa")
    page.locator("#filter-transfer").select_option(FATH)
    assert "transfer=irn-rus-fath-360" in page.url


def test_a_record_is_cited_in_words_and_as_bibtex(visit: Visit, content):
    row = next(row for row in content.page["statements"] if row["use_as"] == "denies")
    visitor = visit()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open(f"#statement/{row['id']}")
    version = content.head()["version"]
    cited = page.locator("p.cite").inner_text()
    assert row["summary"].rstrip(".") in cited and row["speaker"] in cited
    assert f"Record {row['id']}@{version}." in cited
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_text("BibTeX copied")).to_be_visible()
    entry = page.evaluate("navigator.clipboard.readText()")
    assert entry.startswith(f"@misc{{{row['id']}-{version},\n") and entry.endswith("}\n")
    assert entry.count("{") == entry.count("}")
    page.locator("summary", has_text="BibTeX").click()
    expect(page.locator("pre")).to_have_text(entry)


def test_cells_that_a_spreadsheet_would_run_are_guarded(visit: Visit, content, tmp_path):
    hostile = "=HYPERLINK(1)"
    first, *others = content.page["statements"]
    spoilt = copy.copy(content)
    spoilt.page = {**content.page, "statements": [{**first, "summary": hostile}, *others]}
    (tmp_path / "index.html").write_bytes(index_page(spoilt))
    visitor = visit()
    visitor.folder = tmp_path
    page = visitor.open("#statements?q=hyperlink")
    with page.expect_download() as download:
        page.locator("#download").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert [one["summary"] for one in csv.DictReader(io.StringIO(text))] == [f"'{hostile}"]


def test_a_title_from_right_to_left_stands_so(visit: Visit, content):
    source = next(row for row in content.page["sources"] if row["language"] == "fa")
    title = visit().open(f"#source/{source['id']}").locator("h1 bdi")
    expect(title).to_have_attribute("dir", "rtl")
    expect(title).to_have_attribute("lang", "fa")


# Everybody


def test_all_is_reached_by_the_keyboard(visit: Visit):
    page = visit().open()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.find a')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".stage")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_no_barrier(name: str, scheme: str, visit: Visit):
    page = visit(color_scheme=scheme).open(VIEWS[name])
    if name != "busiest transfer":  # unfolded, it is a hundred times the other transfer, which is
        unfold(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", VIEWS)
def test_a_phone_shows_all_of_it_large_enough(name: str, visit: Visit):
    page = visit(**PHONE).open(VIEWS[name])
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    off = page.evaluate(
        """[...document.querySelectorAll('main *, header *')].filter(one => !one.closest('.unseen, .skip, svg'))
        .filter(one => {
          const box = one.getBoundingClientRect();
          return box.width && (box.right > 361 || box.left < -1);
        })
        .map(one => one.outerHTML.slice(0, 200))"""
    )
    assert off == []
    small = page.evaluate(
        """[...document.querySelectorAll('body *')]
        .filter(one => one.firstChild?.nodeType === 3 && one.innerText?.trim())
        .filter(one => parseFloat(getComputedStyle(one).fontSize) < 14).map(one => one.outerHTML.slice(0, 200))"""
    )
    assert small == []


@pytest.mark.parametrize("name", VIEWS)
def test_no_code_of_the_vocabulary_is_on_screen(name: str, visit: Visit):
    page = visit().open(VIEWS[name])
    unfold(page)
    text = re.sub(r"https?://\S+|\S+@\S+", "", page.locator("body").inner_text())
    assert CODE.findall(text) == []


@pytest.mark.parametrize("file", ["transfers/irn-rus-fath-360.html", "systems/shahed-136.html", "pages.html"])
def test_pages_without_script_are_readable_and_free_of_barriers(file: str, visit: Visit):
    page = visit(java_script_enabled=False).open("", file)
    assert len(shown(page)) > 500
    found = Axe().run(visit(**PHONE).open("", file))
    assert found.violations_count == 0, found.generate_report()


def test_a_step_of_the_day_is_quick(visit: Visit):
    page = visit().open()
    for done in range(15):
        page.locator("#earlier").click()
        await_steps(page, done + 1)
    taken = page.evaluate("performance.getEntriesByName('stepped').map(one => one.duration)")
    assert statistics.median(taken) < 120, "60 ms on a machine of its own; twice that on a shared one"
