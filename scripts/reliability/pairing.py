"""Which passage of a document a row of a coding speaks of."""

import re


def paragraph(locator: str | None) -> int | None:
    """The first number in a locator; None where it has none."""
    found = re.search(r"\d+", locator or "")
    return int(found[0]) if found else None
