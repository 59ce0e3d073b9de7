"""Which rows of two codings of one document speak of the same passage: a proposal, for a reader to confirm.

A pair needs the same paragraph, where both codings count paragraphs (counts may differ by one), and enough else in common;
over a document the pairs are chosen so that they have most in common together.
"""

import re

import numpy as np
from scipy.optimize import linear_sum_assignment

WEIGHTS = {
    "aspect": 3,
    "subject": 3,
    "speaker_id": 2,
    "stance": 2,
    "authority": 1,
    "polarity": 1,
    "value": 2,
    "via_id": 1,
}
SAME_PARAGRAPH, NEXT_PARAGRAPH, ENOUGH = 3, 1, 8


def pairs(first: list[dict], second: list[dict]) -> dict[int, int]:
    """Position in `second` to position in `first`, for the rows that make a pair."""
    if not first or not second:
        return {}
    scores = np.array([[score(one, other) for other in second] for one in first])
    return {
        int(there): int(here)
        for here, there in zip(*linear_sum_assignment(scores, maximize=True))
        if scores[here, there] >= ENOUGH
    }


def score(one: dict, other: dict) -> int:
    here, there = paragraph(one["locator"]), paragraph(other["locator"])
    apart = abs(here - there) if here and there else None
    if apart and apart > 1:
        return 0
    shared = sum(weight for column, weight in WEIGHTS.items() if one[column] and one[column] == other[column])
    return shared + {0: SAME_PARAGRAPH, 1: NEXT_PARAGRAPH, None: 0}[apart]


def paragraph(locator: str) -> int | None:
    found = re.search(r"\d+", locator or "")
    return int(found[0]) if found else None
