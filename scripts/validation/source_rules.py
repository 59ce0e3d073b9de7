"""What must hold of sources, beyond their schema. Each rule has a planted fault in `tests/faults/sources.yaml`."""

import datetime
import re
from typing import Any

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Row, Tables
from scripts.validation.codes import (
    address_is_sound,
    archived_address,
    date_in,
    host_of,
    is_in_letters_of,
    language_exists,
    mixes_scripts,
    normal_address,
)
from scripts.validation.rules import (
    CHANGED_AFTER_BUILD,
    Mask,
    Rule,
    acyclic,
    cells_passing,
    equal,
    is_true,
    is_word,
    lookup,
    mask,
    not_after_or_blank,
    rows_passing,
)

BEGUN = datetime.date(2026, 11, 1)
SLACK = pd.Timedelta(days=366)
DAYS_FROM_ADDRESS = datetime.timedelta(days=31)
DATE_IN_ID = re.compile(r"-([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:-|$)")


def publication_day_is_edtf(sources: pd.DataFrame, tables: Tables) -> Mask:
    """The day of publication is EDTF. (A blank day fails as required.)"""
    return sources["published"].isna() | sources["published_max"].notna()


def read_text_has_day_of_reading(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A text that was read has a day of reading; a text that was not read has neither day nor hash."""
    unread = is_word(sources["extent"], "not_consulted")
    return (sources["consulted_on"].isna() == unread) & (sources["text_sha256"].isna() | ~unread)


def copies_form_no_circle(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A copy is of another document, and not in a circle."""
    return acyclic(sources, "source_id", "copy_of_source_id")


def copy_is_not_older_than_original(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A document is not published before the one it copies. (An open or blank day passes.)"""
    original = lookup(tables, "sources", "source_id", "published_min", sources["copy_of_source_id"])
    return not_after_or_blank(original, sources["published_max"])


def published_days_are_in_order(sources: pd.DataFrame, tables: Tables) -> Mask:
    """The earliest day of publication is not after the latest. (An open or blank day passes.)"""
    return not_after_or_blank(sources["published_min"], sources["published_max"])


def published_before_it_was_read(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A document is published before it is read. (A document that was not read passes.)"""
    return not_after_or_blank(sources["published_min"], sources["consulted_on"])


def days_are_not_in_the_future(sources: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing is published or read long after the date of the package. (A blank day passes.)"""
    return before_package_date(sources["published_min"], tables) & before_package_date(
        sources["consulted_on"], tables
    )


def read_after_the_record_was_begun(sources: pd.DataFrame, tables: Tables) -> Mask:
    """Nothing was read before this record was begun, in November 2026. (A blank day passes.)"""
    return since_the_record_was_begun(sources["consulted_on"])


def since_the_record_was_begun(column: "pd.Series[Any]") -> Mask:
    """Whether the day is no earlier than the record itself; blank passes."""
    return cells_passing(column, lambda day: bool(day >= BEGUN))


def before_package_date(column: "pd.Series[Any]", tables: Tables) -> Mask:
    """Whether the day is at most a year after the date of the package, which no clock says; blank passes."""
    dates_of_package = tables["package"]["date"].dropna()
    if dates_of_package.empty:
        return mask((True for _ in column), column.to_frame())
    last = (pd.Timestamp(dates_of_package.iloc[0]) + SLACK).date()
    return mask((pd.isna(day) or day <= last for day in column), column.to_frame())


def publisher_publishes(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A publisher is an outlet, body, state or company, no person and no anonymous group. (An unknown one passes.)"""
    kind = lookup(tables, "actors", "actor_id", "kind", sources["publisher_id"])
    return ~is_word(kind, "person", "anonymous_group")


def language_is_registered(table: pd.DataFrame, tables: Tables) -> Mask:
    """The language is a registered one. (A blank one passes: required says so.)"""
    return cells_passing(table["language"], language_exists)


def addresses_are_sound(sources: pd.DataFrame, tables: Tables) -> Mask:
    """An address is a plain web address. (A blank one passes.)"""
    return cells_passing(sources["url"], address_is_sound) & cells_passing(
        sources["archive_url"], address_is_sound
    )


def page_is_entered_once(sources: pd.DataFrame, tables: Tables) -> Mask:
    """No page is entered twice, whatever http, www, slashes and tracking its address carries. (A blank one passes.)"""
    normal = sources["url"].map(normal_address, na_action="ignore")
    return sources["url"].isna() | ~normal.duplicated()


def title_is_in_one_script_a_word(sources: pd.DataFrame, tables: Tables) -> Mask:
    """No word of a title mixes letters of two scripts that look alike. (A blank one passes.)"""
    return cells_passing(sources["title"], lambda title: not mixes_scripts(title))


def original_has_an_address_or_a_copy(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A document that was read has an address."""
    return is_word(sources["extent"], "not_consulted") | sources["url"].notna()


def own_copy_has_other_url_kind(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A copy of a document by the same publisher is probably the same page. (A document that copies nothing passes.)"""
    publisher = lookup(tables, "sources", "source_id", "publisher_id", sources["copy_of_source_id"])
    return ~equal(publisher, sources["publisher_id"])


def id_carries_the_day_of_publication(sources: pd.DataFrame, tables: Tables) -> Mask:
    """The date in the ID is that of publication. (An ID without a date, or a blank day, passes.)"""

    def test(row: Row) -> bool:
        match = row["source_id"] and DATE_IN_ID.search(row["source_id"])
        if not match or row["published_min"] is None or row["published_max"] is None:
            return True
        first, last = dates.parse(match[1])
        return bool(first and last and first <= row["published_max"] and last >= row["published_min"])

    return rows_passing(sources[["source_id", "published_min", "published_max"]], test)


def text_is_of_one_document(sources: pd.DataFrame, tables: Tables) -> Mask:
    """Two documents have different texts, unless one is a copy. (A blank hash passes.)"""
    digest = sources["text_sha256"]
    return digest.isna() | sources["copy_of_source_id"].notna() | ~digest.duplicated()


def archived_page_is_the_page(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A page in a web archive is that of the address. (Blank, or an archive that does not say, passes.)"""

    def test(row: Row) -> bool:
        page = row["archive_url"] and archived_address(row["archive_url"])
        return not page or row["url"] is None or normal_address(page) == normal_address(row["url"])

    return rows_passing(sources[["url", "archive_url"]], test)


def day_from_address_is_in_the_address(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A day that is taken from the address needs digits there."""
    digits = is_true(sources["url"].str.contains("[0-9]"))
    return ~is_word(sources["published_basis"], "from_address") | digits


def published_near_the_day_in_its_address(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A day in the address a month from publication is probably a mistake. (An address without one passes.)"""

    def test(row: Row) -> bool:
        day = row["url"] and date_in(row["url"])
        first, last = row["published_min"], row["published_max"]
        if not day or first is None or last is None:
            return True
        return bool(first - DAYS_FROM_ADDRESS <= day <= last + DAYS_FROM_ADDRESS)

    return rows_passing(sources[["url", "published_min", "published_max"]], test)


def state_medium_is_controlled(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A publisher of state_media is probably controlled by a state. (An unknown publisher passes.)"""
    controlled = lookup(tables, "actors", "actor_id", "state_controlled", sources["publisher_id"])
    return ~is_word(sources["kind"], "state_media") | controlled.isna() | is_true(controlled)


def host_is_of_one_publisher(sources: pd.DataFrame, tables: Tables) -> Mask:
    """Pages of one host probably have one publisher. (Copies, and pages without an address, pass.)"""
    originals = sources[is_word(sources["url_kind"], "original") & sources["url"].notna()]
    hosts = originals["url"].map(host_of)
    first = originals.groupby(hosts)["publisher_id"].transform("first")
    other = originals.index[(originals["publisher_id"] != first).fillna(False)]
    return mask(~sources.index.isin(other), sources)


def title_is_in_letters_of_its_language(sources: pd.DataFrame, tables: Tables) -> Mask:
    """A title in letters of another language is probably misread. (One in brackets, made by the coder, passes.)"""

    def test(row: Row) -> bool:
        title, language = row["title"], row["language"]
        return title is None or language is None or title[0] in "[(" or is_in_letters_of(title, language)

    return rows_passing(sources[["title", "language"]], test)


SOURCE_RULES = [
    Rule(
        "published",
        publication_day_is_edtf,
        allowed=dates.ALLOWED,
        fix="write the day that the document or its address gives",
    ),
    Rule(
        "published",
        published_days_are_in_order,
        allowed="published_min on or before published_max",
        fix=CHANGED_AFTER_BUILD,
    ),
    Rule(
        "published",
        published_before_it_was_read,
        allowed="a day on or before consulted_on",
        fix="correct published or consulted_on",
    ),
    Rule(
        "consulted_on",
        days_are_not_in_the_future,
        allowed="a day at most a year after date in records/package.yaml",
        fix="correct the day; if it is right, bring date in records/package.yaml up to date",
    ),
    Rule(
        "consulted_on",
        read_after_the_record_was_begun,
        allowed="a day from November 2026 on",
        fix="correct the day",
    ),
    Rule(
        "extent",
        read_text_has_day_of_reading,
        allowed="consulted_on, or not_consulted without consulted_on and text_sha256",
        fix="write the day of reading, or set extent to not_consulted",
    ),
    Rule(
        "copy_of_source_id",
        copies_form_no_circle,
        allowed="a document that is no copy of this one",
        fix="name the document that was first",
    ),
    Rule(
        "copy_of_source_id",
        copy_is_not_older_than_original,
        allowed="a document published no later than this one",
        fix="name the document that was first, or correct its day",
    ),
    Rule(
        "publisher_id",
        publisher_publishes,
        allowed="an actor of the kind medium, body, state, company or joint_body",
        fix="name who published the page",
    ),
    Rule(
        "language",
        language_is_registered,
        allowed="a BCP 47 tag of registered parts: en, fa, zh-Hant, pt-BR",
        fix="look the code up",
    ),
    Rule(
        "url",
        addresses_are_sound,
        allowed="http or https, a host with a point in ASCII, no user, quotes or spaces",
        fix="copy the address of the page; write a host in other letters as xn--",
    ),
    Rule(
        "url",
        page_is_entered_once,
        allowed="each page once",
        fix="put the rows into the existing record of that page",
    ),
    Rule(
        "url",
        original_has_an_address_or_a_copy,
        allowed="url, where extent is not not_consulted",
        fix="write the address of the page read",
    ),
    Rule(
        "title",
        title_is_in_one_script_a_word,
        allowed="words of letters of one script",
        fix="copy the title from the page",
    ),
    Rule(
        "published",
        id_carries_the_day_of_publication,
        allowed="the date in the ID, or a day in it",
        fix="correct published, or rename the file",
    ),
    Rule(
        "text_sha256",
        text_is_of_one_document,
        allowed="each text once, or copy_of_source_id with the later one",
        fix="merge the two records, or correct the hash",
    ),
    Rule(
        "archive_url",
        archived_page_is_the_page,
        allowed="an archived copy of url",
        fix="archive the page read, or correct url",
    ),
    Rule(
        "published_basis",
        day_from_address_is_in_the_address,
        allowed="from_address with an address that holds a date",
        fix="write stated or inferred",
    ),
    Rule(
        "published",
        published_near_the_day_in_its_address,
        allowed="a day within a month of that in url",
        fix="check whether published is right",
        is_warning=True,
    ),
    Rule(
        "kind",
        state_medium_is_controlled,
        allowed="state_media by a publisher with state_controlled true",
        fix="check whether kind or the publisher's state_controlled is right",
        is_warning=True,
    ),
    Rule(
        "publisher_id",
        host_is_of_one_publisher,
        allowed="the publisher of the other pages of that host",
        fix="check whether the publisher is right",
        is_warning=True,
    ),
    Rule(
        "title",
        title_is_in_letters_of_its_language,
        allowed="letters of the language, or a title of your own in square brackets",
        fix="check whether language or title is right",
        is_warning=True,
    ),
    Rule(
        "copy_of_source_id",
        own_copy_has_other_url_kind,
        allowed="a copy by another publisher",
        fix="check whether both records are one page",
        is_warning=True,
    ),
]
