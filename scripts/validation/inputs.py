"""Whether what people wrote holds: the issues of reading and of checking together, each with file and line.

What cannot be read hides what follows from it: of a record that is partly unreadable only the reading is reported, and
where a file is unreadable as a whole, neither row rules nor keys into its tables are reported, for they would only
repeat it. Of a row with an unknown word or a missing cell no row rule is reported: it would speak of that word.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.normalise.tables import Tables
from scripts.records.placement import misplaced
from scripts.records.reader import Inputs
from scripts.schema.table_schema import Schemas
from scripts.validation.check import Failure, Outcome, check_tables, issues_of
from scripts.validation.issues import Issue, ValidationFailed

UNREAD_NOTE = "Rules between rows are checked once every file can be read."


@dataclass(frozen=True)
class Checked:
    """How many checks ran on each table, and what is unlikely but not wrong."""

    counts: Counter[str]
    warnings: list[Issue]


def coded_tables(tables: Tables, schemas: Schemas) -> list[str]:
    """The tables in which people write."""
    return [name for name in tables if schemas[name].columns("coded", "keyed")]


def check_inputs(
    inputs: Inputs, tables: Tables, schemas: Schemas, names: Iterable[str] | None = None
) -> Checked:
    """Checks what people write (in the tables named), after normalising; ValidationFailed with all that is wrong."""
    outcome = check_tables(tables, schemas, names or coded_tables(tables, schemas), "coded", "keyed")
    return judged(outcome, inputs, tables, schemas)


def judged(outcome: Outcome, inputs: Inputs, tables: Tables, schemas: Schemas) -> Checked:
    """What the outcome of the checks means, with what reading found; ValidationFailed with all that is wrong."""
    issues = [*inputs.issues, *misplaced(inputs)]
    failures = [failure for failure in outcome.failures if not _follows(failure, inputs)]
    invalid = {(f.table, f.row) for f in failures if f.meaning.level in ("constraint", "key")}
    failures = [
        f for f in failures if f.meaning.level in ("constraint", "key") or (f.table, f.row) not in invalid
    ]
    issues += located([f for f in failures if f.meaning.level != "warning"], inputs, tables, schemas)
    if issues:
        raise ValidationFailed(issues, UNREAD_NOTE if inputs.unreadable else "")
    warnings = [failure for failure in failures if failure.meaning.level == "warning"]
    return Checked(outcome.counts(), located(warnings, inputs, tables, schemas))


def check_derived(
    inputs: Inputs, tables: Tables, schemas: Schemas, names: Iterable[str] | None = None
) -> Counter[str]:
    """Checks the derived columns of all tables, or of those named; ValidationFailed where one does not hold.

    Gives the number of checks that ran.
    """
    outcome: Outcome = check_tables(tables, schemas, names or tables, "derived")
    if outcome.failures:
        note = "These cells are derived: where the records are right, the fault is in the derivation."
        raise ValidationFailed(located(outcome.failures, inputs, tables, schemas), note)
    return outcome.counts()


def _follows(failure: Failure, inputs: Inputs) -> bool:
    """Whether the failure follows from something that could not be read."""
    if inputs.unreadable:
        return failure.meaning.level in ("rule", "warning") or failure.meaning.table in inputs.unreadable
    return (failure.table, failure.row) in inputs.rows_in_doubt


def located(failures: list[Failure], inputs: Inputs, tables: Tables, schemas: Schemas) -> list[Issue]:
    """The failures as issues, each with the file and line on which its cell is written."""

    def locate(table: str, row: int, field: str) -> tuple[str, int]:
        places = inputs.places.get(table)
        if not places:
            return schemas[table].csv_path, row + 2
        return places[row].file, places[row].line_of(field)

    return issues_of(failures, locate, tables, schemas)
