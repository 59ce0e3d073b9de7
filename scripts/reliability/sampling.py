"""Draws rows of the record for a human coder: seeded by the version, with a greater chance for what is rare and hard.

Every row has a size: 1, times 3 in an official text, times 3 if it is a denial, times 2 if it is a specification, times
2 if its page is not in English. The chance of a row is its share of all sizes times the number of rows drawn, at most
1; its weight is 1 divided by that chance, so that a weighted share speaks of the whole record. Rows are drawn by one
random start and equal steps through the rows in random order, and are handed out in random order: the first n of a
sample are a sample too.
"""

import hashlib
from collections import defaultdict
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

RAISED = {"official_text": 3, "denial": 3, "specification": 2, "not_english": 2}
TELLING = ("subject", "speaker_id", "aspect", "event", "said", "value", "stance", "limits", "polarity")
Floats = npt.NDArray[np.float64]


def seed_of(version: str) -> int:
    """A seed that follows from the version alone."""
    return int.from_bytes(hashlib.sha256(version.encode()).digest()[:8])


def sizes(rows: pd.DataFrame) -> Floats:
    """The size of every row; `rows` has `kind` and `language` of the page and the codes, all as text."""
    size = np.ones(len(rows))
    for name, is_raised in strata(rows).items():
        size *= np.where(is_raised, RAISED[name], 1)
    return size


def strata(rows: pd.DataFrame) -> dict[str, "pd.Series[bool]"]:
    """Which rows are of each kind that is raised."""
    return {
        "official_text": rows["kind"] == "official_text",
        "denial": rows["stance"] == "deny",
        "specification": rows["basis"] != "",
        "not_english": rows["language"] != "en",
    }


def chances(size: Floats, n: int) -> Floats:
    """The chance of every row to be among the n drawn; rows that would have more than 1 have 1."""
    chance = np.ones(len(size))
    is_certain = np.zeros(len(size), dtype=bool)
    while len(size) > n:
        chance[~is_certain] = (n - is_certain.sum()) * size[~is_certain] / size[~is_certain].sum()
        if (chance <= 1).all():
            break
        is_certain |= chance >= 1
        chance[is_certain] = 1
    return chance


def draw(rows: pd.DataFrame, n: int, version: str) -> pd.DataFrame:
    """n of the rows (all of them, where there are fewer) in random order, with `weight`."""
    random = np.random.default_rng(seed_of(version))
    shuffled = rows.iloc[random.permutation(len(rows))]
    chance = chances(sizes(shuffled), n)
    steps = np.floor(np.cumsum(chance) + random.random() + 1e-9)
    drawn = shuffled[np.diff(steps, prepend=0) > 0].assign(weight=1 / chance[np.diff(steps, prepend=0) > 0])
    return drawn.iloc[random.permutation(len(drawn))].reset_index(drop=True)


def given_codes(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The fewest codes that tell a row from others anchored in the same passage, by statement; none where it is alone.

    A coder who is asked about one of several claims in a passage must be told which one is meant.
    """
    passages = defaultdict(list)
    for claim in rows[["source_id", "anchor_sha256", "statement_id", *TELLING]].to_dict("records"):
        passages[claim["source_id"], claim["anchor_sha256"]].append(claim)
    given = {}
    for claims in passages.values():
        for claim in claims:
            others = [other for other in claims if other is not claim]
            given[claim["statement_id"]] = _telling(claim, others) if others else []
    return given


def _telling(claim: dict[Any, Any], others: list[dict[Any, Any]]) -> list[str]:
    for n in (1, 2, 3):
        for names in combinations(TELLING, n):
            if all(any(claim[name] != other[name] for name in names) for other in others):
                return list(names)
    return list(TELLING)
