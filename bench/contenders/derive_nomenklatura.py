"""nomenklatura: its batch store over a relation of statements, aggregated into entities, one per transfer or system."""

import sys

from followthemoney import Dataset, StatementEntity
from nomenklatura import duck
from nomenklatura.resolver import Linker
from nomenklatura.store import DuckDBBatchStore

from bench.contenders.answer import TRAP, give

connection = duck.connect(threads=2)
connection.execute(f"CREATE VIEW statements AS FROM read_parquet('{sys.argv[1]}')")  # noqa: S608
dataset = Dataset.make({"name": "attested", "title": "attested"})
store = DuckDBBatchStore(dataset, Linker[StatementEntity]({}), connection, "statements")
n_entities = n_values = 0
asserting: dict[str, int] = {}
for entity in store.view(dataset).entities():
    n_entities += 1
    values = entity.get("notes")
    n_values += len(values)
    if entity.id.startswith(TRAP):
        speakers = {value.split(" ")[1] for value in values if value.startswith("assert ")}
        asserting[entity.id] = len(speakers)
give(asserting=asserting, ever_asserting=0, rows={"entities": n_entities, "values": n_values})
