"""The tables of docs/reliability.md, written again by the build between their marks."""

from collections.abc import Callable

from scripts.normalise.tables import Tables
from scripts.reliability import copies, cover, floors, revisions, stress

PAGE = "docs/reliability.md"
BLOCKS: dict[str, Callable[[Tables], str]] = {
    "revisions": revisions.block,
    "floors": floors.block,
    "cover": cover.block,
    "copies": copies.block,
    "stress": stress.block,
}


def with_tables(page: str, tables: Tables) -> str:
    """The page with the tables of today; a table whose marks the page lacks is left out."""
    for name, block in BLOCKS.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        before, found_start, rest = page.partition(start)
        _, found_end, after = rest.partition(end)
        if found_start and found_end:
            page = f"{before}{start}{block(tables)}{end}{after}"
    return page
