"""The tables of docs/reliability.md, written again by the build between their marks."""

from collections.abc import Callable
from pathlib import Path

from scripts.normalise.tables import Tables
from scripts.reliability import copies, cover, floors, proofs, revisions, stress

PAGE = "docs/reliability.md"
BLOCKS: dict[str, Callable[[Tables], str]] = {
    "revisions": revisions.block,
    "floors": floors.block,
    "cover": cover.block,
    "copies": copies.block,
    "stress": stress.block,
}


def with_tables(page: str, tables: Tables, root: Path) -> str:
    """The page with the tables of today; that of the proofs stays as it is where no tests are (an archive)."""
    blocks = dict(BLOCKS)
    if (root / proofs.RESULTS).is_file():
        blocks["proofs"] = lambda _: proofs.block(root)
    for name, block in blocks.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        before, found_start, rest = page.partition(start)
        _, found_end, after = rest.partition(end)
        if found_start and found_end:
            page = f"{before}{start}{block(tables)}{end}{after}"
    return page
