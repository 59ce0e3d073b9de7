"""Which version the next release must have: it says how much a user has to do.

Changed columns, vocabularies, tables or rules: major. Rows added or gone: minor. Corrected cells, or
nothing but words: patch.
"""

from scripts.releases.differences import Comparison
from scripts.releases.package import is_derived
from scripts.validation.codes import version_number
from scripts.validation.package_rules import WHOLE

LEVELS = ["major", "minor", "patch"]


def level(comparison: Comparison) -> str:
    """The level of the changes."""
    old, new = comparison.old, comparison.new
    schemas, rules = old.schemas | new.schemas, old.rule_tables | new.rule_tables
    if any(change.row_id == WHOLE or change.table in rules for change in comparison.changes):
        return "major"
    if any(not change.column and not is_derived(schemas[change.table]) for change in comparison.changes):
        return "minor"
    return "patch"


def next_version(version: str, level: str) -> str:
    """The version after this one at that level: 0.1.2 is followed by 1.0.0, 0.2.0 or 0.1.3."""
    parts = list(version_number(version))
    place = LEVELS.index(level)
    return ".".join(map(str, [*parts[:place], parts[place] + 1, *[0] * (2 - place)]))
