"""From which changed row a derived cell may have changed: the nearest one along the keys of the tables.

Derived cells read their own row, the statements of their subject, what these refer to, and transfers joined to theirs.
The walk follows every key forward; backward only from statements, transfers and systems, for an actor or a source is
read by rows but reads none.
"""

from collections import defaultdict

from scripts.releases.store import key

RECORD = "record"
READ_BACKWARD = {"statements", "transfers", "systems"}
READERS = {"statements", "transfers", "transfer_links", "systems"}

Node = tuple[str, str]


class Causes:
    """`nearest(table, row_id)` of the rows in `changed`, over the rows of both versions."""

    def __init__(self, old, new, changed: set[Node]):
        self.changed, self.rules = changed, sorted(node for node in changed if node[0] in new.rules())
        self.edges = defaultdict(set)
        for package in (old, new):
            schemas = package.schemas()
            for table, schema in schemas.items():
                for name, row in package.rows(table).items():
                    self._connect(table, name, row, schema, schemas)

    def _connect(self, table: str, name: str, row: dict, schema: dict, schemas: dict[str, dict]):
        for leads in schema.get("foreignKeys", []):
            own, other = leads["fields"], leads["reference"]["fields"]
            target = leads["reference"]["resource"] or table
            if len(own) == 1 and row[own[0]] and other == key(schemas[target]):
                self.edges[table, name].add((target, row[own[0]]))
                if target in READ_BACKWARD and table in READERS:
                    self.edges[target, row[own[0]]].add((table, name))

    def nearest(self, table: str, row_id: str) -> str:
        """The changed row nearest to this one, ties by name; else a changed rule; else the record as a whole."""
        seen, level = {(table, row_id)}, [(table, row_id)]
        while level:
            if met := sorted(self.changed.intersection(level)):
                return met[0][1]
            level = sorted({node for here in level for node in self.edges[here]} - seen)
            seen.update(level)
        return " ".join(self.rules[0]) if self.rules else RECORD
