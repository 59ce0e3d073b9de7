"""From which changed row a derived cell may have changed: the nearest one along the keys of the tables.

Derived cells read their own row, the statements of their subject, what these refer to, and transfers joined
to theirs. The walk follows every key forward; backward only from statements, transfers and systems, for an
actor or a source is read by rows but reads none.
"""

from collections import defaultdict
from collections.abc import Iterable

from scripts.releases.package import Package, keys_to_rows, row_id

RECORD = "record"
READ_BACKWARD = {"statements", "transfers", "systems"}
READERS = {"statements", "transfers", "transfer_links", "systems"}

Node = tuple[str, str]


def nearest_changes(packages: Iterable[Package], changed: set[Node]) -> dict[Node, str]:
    """For every row that reads a changed one, the ID of the nearest changed row, ties by name.

    One walk from all changed rows at once: at each step the rows one key further away take the first name among
    their neighbours.
    """
    readers = _readers(packages)
    causes = {node: node for node in changed}
    level = causes
    while level:
        reached: dict[Node, Node] = {}
        for node, cause in level.items():
            for reader in readers[node]:
                if reader not in causes:
                    reached[reader] = min(cause, reached.get(reader, cause))
        causes |= reached
        level = reached
    return {node: cause[1] for node, cause in causes.items()}


def _readers(packages: Iterable[Package]) -> dict[Node, set[Node]]:
    """The rows that read each row, over all packages."""
    readers: dict[Node, set[Node]] = defaultdict(set)
    for package in packages:
        for table, schema in package.schemas.items():
            for own, target in keys_to_rows(table, schema):
                for row in package.rows(table).values():
                    if not row[own]:
                        continue
                    here, there = (table, row_id(row, schema)), (target, row[own])
                    readers[there].add(here)
                    if target in READ_BACKWARD and table in READERS:
                        readers[here].add(there)
    return readers
