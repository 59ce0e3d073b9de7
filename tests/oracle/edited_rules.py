"""The rules with one file edited, on records of which the second implementation has said what follows."""

import threading

import duckdb

from scripts.derive import rule_files
from scripts.derive.run import read_derived, run_rules
from scripts.normalise.tables import Tables, records
from scripts.schema.table_schema import ROOT

SECONDS = 60.0  # for one record; an edit that takes longer hangs
Case = tuple[Tables, dict[str, list[dict]]]

KEYS = {
    "statements": ["statement_id"],
    "transfers": ["transfer_id"],
    "systems": ["system_id"],
    "voices": ["transfer_id", "stage", "voice_kind", "voice_id", "says", "statement_id", "known_from"],
    "positions": ["transfer_id", "party", "stage", "word", "is_wider", "statement_id", "known_from"],
    "figures": ["statement_id", "voice_kind", "voice_id", "known_from"],
    "estimates": ["estimate_id"],
    "transfer_history": ["transfer_id", "known_from"],
}


def differences(tables: Tables, derived: Tables, expected: dict[str, list[dict]]) -> list[str]:
    """Every cell in which the derived tables and the second implementation differ."""
    found = []
    for table, key in KEYS.items():
        rules, oracle = (
            {tuple(str(row[name]) for name in key): row for row in rows}
            for rows in (records(derived[table]), expected[table])
        )
        for row_id in sorted(rules.keys() | oracle.keys()):
            if row_id not in rules or row_id not in oracle:
                found.append(f"{table} {row_id}: only {'the oracle' if row_id in oracle else 'the rules'}")
                continue
            columns = oracle[row_id].keys() & rules[row_id].keys()
            found += [
                f"{table} {row_id} {name}: rules {rules[row_id][name]}, oracle {oracle[row_id][name]}"
                for name in sorted(columns)
                if rules[row_id][name] != oracle[row_id][name]
            ]
    return found


class EditedRules:
    """Of each record and file, a database is kept in which the files before it have run.

    The edited file and those after it run in a transaction that is rolled back.
    """

    def __init__(self, cases: list[Case]) -> None:
        self.cases, self.rules = cases, rule_files(ROOT)
        self.kept: dict[tuple[int, str], duckdb.DuckDBPyConnection] = {}

    def differ(self, name: str, text: str) -> bool:
        """Whether a cell of any record becomes another with this text in the file of this name."""
        return any(self._differ_on(number, name, text) for number in range(len(self.cases)))

    def _differ_on(self, number: int, name: str, text: str) -> bool:
        record, expected = self.cases[number]
        database = self._before(number, name)
        hang = threading.Timer(SECONDS, database.interrupt)
        hang.start()
        database.begin()
        try:
            database.execute(text)
            for path in self.rules:
                if path.name > name:
                    database.execute(path.read_text(encoding="utf-8"))
            return bool(differences(record, read_derived(database, record), expected))
        except (duckdb.Error, ValueError, KeyError):
            return True
        finally:
            hang.cancel()
            database.rollback()

    def _before(self, number: int, name: str) -> duckdb.DuckDBPyConnection:
        if (number, name) not in self.kept:
            rules = [path for path in self.rules if path.name < name]
            self.kept[number, name] = run_rules(self.cases[number][0], rules)
        return self.kept[number, name]
