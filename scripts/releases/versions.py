"""Which version the next release must have: it says how much a user has to do.

Changed columns, vocabularies, tables or rules: major. Rows added or gone: minor. Corrected cells, or nothing but words: patch.
"""

from scripts.releases.differences import WHOLE, Change, Package, derived
from scripts.releases.store import number

LEVELS = ["major", "minor", "patch"]


def level(changes: list[Change], old: Package, new: Package) -> str:
    schemas, rules = old.schemas() | new.schemas(), old.rules() | new.rules()
    if any(change.row_id == WHOLE or change.table in rules for change in changes):
        return "major"
    if any(not change.column and not derived(schemas[change.table]) for change in changes):
        return "minor"
    return "patch"


def following(version: str, level: str) -> str:
    """The version after this one at that level: 0.1.2 is followed by 1.0.0, 0.2.0 or 0.1.3."""
    parts = list(number(version))
    place = LEVELS.index(level)
    return ".".join(map(str, [*parts[:place], parts[place] + 1, *[0] * (2 - place)]))
