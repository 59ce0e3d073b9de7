"""How far two codings of the same documents agree.

The first coding is `first_codings`: the statements of the release that each second coding names. Rows both
coders have are paired by statement_id; every variable is compared in the pairs, a blank being a value like
others. Both codings keep the IDs of their day; a retired one counts as its successor.
"""

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scripts.normalise.tables import Tables
from scripts.schema.table_schema import Schema

NOT_COMPARED = {
    "recoding_id",
    "round",
    "compared_with",
    "source_id",
    "statement_id",
    "locator",
    "transfer_id",
    "system_id",
    "value_text",
    "summary",
}
NAMES_OF_OURS = "speaker_id"
ENOUGH_OUTSIDE_MODE, RESAMPLES, SEED = 20, 1000, 2026
BLANK_ROW: dict[str, Any] = dict.fromkeys(
    [
        "percent",
        "precision",
        "recall",
        "f1",
        "n_outside_mode",
        "alpha",
        "alpha_low",
        "alpha_high",
        "commonest_first",
        "commonest_second",
        "n_commonest",
    ]
)

Codes = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]


def measure(tables: Tables, schemas: dict[str, Schema]) -> list[dict[str, Any]]:
    """Rows of `agreement`: per round one of finding passages, and one of every variable compared."""
    first, second = coded_twice(tables)
    rows = []
    for round_name, of_round in second.groupby("round"):
        firsts = first_codings_of(first, of_round)
        pairs = paired(firsts, of_round)
        measured = [unitising_agreement(of_round, firsts)]
        measured += [variable_agreement(name, *compared_cells(pairs, name)) for name in variables(schemas)]
        rows += [{"round": round_name, **row} for row in measured]
    return rows


def coded_twice(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """First and second codings as plain text, blank cells "", with their subject under its ID of today."""
    successors = successor_ids(tables["retired_ids"])
    return (
        with_subject(as_text(tables["first_codings"]), successors),
        with_subject(as_text(tables["second_codings"]), successors),
    )


def successor_ids(retired: pd.DataFrame) -> dict[str, str]:
    """The ID of today for every retired ID that has a successor."""
    follows = {
        old: new
        for old, new in zip(retired["retired_id"], retired["successor_id"], strict=True)
        if isinstance(new, str)
    }
    return {old: _last_of(old, follows) for old in follows}


def _last_of(retired_id: str, follows: dict[str, str]) -> str:
    visited = [retired_id]
    while (successor := follows.get(visited[-1])) and successor not in visited:
        visited.append(successor)
    return visited[-1]


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Every cell as text, 40 and 40.0 alike, blank cells ""."""
    return table.astype(object).map(text_of)


def text_of(cell: Any) -> str:
    """A cell as text: 40 and 40.0 alike, true and false in small letters, a blank cell ""."""
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def with_subject(codings: pd.DataFrame, successors: dict[str, str]) -> pd.DataFrame:
    """The codings with the column `subject`: the transfer or the system, under its ID of today."""
    subject = codings["transfer_id"].where(codings["transfer_id"] != "", codings["system_id"])
    return codings.assign(subject=[successors.get(cell, cell) for cell in subject])


def first_codings_of(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The first codings of the documents coded again, each of the release that its second coding names."""
    documents = {*zip(second["compared_with"], second["source_id"], strict=True)}
    places = zip(first["compared_with"], first["source_id"], strict=True)
    return first[pd.Series([place in documents for place in places], index=first.index, dtype=bool)]


def paired(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The rows that both coders have, one row a pair, with columns `…_first` and `…_second`."""
    return second[second["statement_id"] != ""].merge(
        first, on=["compared_with", "statement_id"], suffixes=("_second", "_first")
    )


def variables(schemas: dict[str, Schema]) -> list[str]:
    """What is compared in the rows both coders have."""
    columns = schemas["first_codings"].columns()
    return ["subject", *(column for column in columns if column not in NOT_COMPARED)]


def compared_cells(pairs: pd.DataFrame, name: str) -> tuple[Codes, Codes, Codes]:
    """What the first and the second coder have, and the document, of every pair.

    Speakers are compared only where both name one: others have names of our making.
    """
    if name == NAMES_OF_OURS:
        both_named = (pairs["anonymity_first"] == "named") & (pairs["anonymity_second"] == "named")
        pairs = pairs[both_named]
    return (
        pairs[f"{name}_first"].to_numpy(dtype=object),
        pairs[f"{name}_second"].to_numpy(dtype=object),
        pairs["source_id_first"].to_numpy(dtype=object),
    )


def unitising_agreement(second: pd.DataFrame, first: pd.DataFrame) -> dict[str, Any]:
    """Agreement in finding claims, in the documents coded twice."""
    both = int((second["statement_id"] != "").sum())
    either = len(first) + len(second) - both
    return {
        **BLANK_ROW,
        "variable": "finding",
        "n": either,
        "n_agreed": both,
        "percent": _share(100 * both, either, 1),
        "precision": _share(both, len(second), 3),
        "recall": _share(both, len(first), 3),
        "f1": _share(2 * both, len(first) + len(second), 3),
    }


def _share(part: int, whole: int, digits: int) -> float | None:
    """Blank where there is nothing to have a share of."""
    return round(part / whole, digits) if whole else None


def variable_agreement(name: str, first: Codes, second: Codes, documents: Codes) -> dict[str, Any]:
    """Agreement in one variable; everything but the counts is blank where there is no pair."""
    n = len(first)
    agreed = int((first == second).sum())
    out = {
        **BLANK_ROW,
        "variable": name,
        "n": n,
        "n_agreed": agreed,
        "percent": _share(100 * agreed, n, 1),
        "n_outside_mode": 0,
        **commonest_disagreement(first, second),
    }
    if not n:
        return out
    codes, _ = pd.factorize(np.concatenate([first, second]), sort=True)
    here, there = np.split(codes, 2)
    mode = np.bincount(codes).argmax()
    out["n_outside_mode"] = int(((here != mode) | (there != mode)).sum())
    if out["n_outside_mode"] >= ENOUGH_OUTSIDE_MODE:
        names, document = np.unique(documents.astype(str), return_inverse=True)
        resampled = alpha(here, there, document, bootstrap_weights(len(names)))
        out["alpha"] = round(float(alpha(here, there)[0]), 3)
        out["alpha_low"] = round(float(np.nanquantile(resampled, 0.025)), 3)
        out["alpha_high"] = round(float(np.nanquantile(resampled, 0.975)), 3)
    return out


def commonest_disagreement(first: Iterable[str], second: Iterable[str]) -> dict[str, Any]:
    """The commonest pair of values that the two coders gave one claim, ties by name."""
    counts = Counter((one, other) for one, other in zip(first, second, strict=True) if one != other)
    if not counts:
        return {}
    (one, other), n = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"commonest_first": one or None, "commonest_second": other or None, "n_commonest": n}


@functools.cache
def bootstrap_weights(n: int) -> Floats:
    """How often each of n documents is drawn, in every resampling."""
    drawn: Floats = np.random.default_rng(SEED).multinomial(n, [1 / n] * n, RESAMPLES).astype(float)
    return drawn


def alpha(
    first: Codes, second: Codes, document: Codes | None = None, weights: Floats | None = None
) -> Floats:
    """Krippendorff's alpha of two coders, nominal, without missing values; one value per row of `weights`.

    A weight says how often each document is drawn. Alpha is 1 - observed / expected disagreement; expected is that of
    two values drawn from all 2n given, without putting back.
    """
    if document is None or weights is None:
        document, weights = np.zeros(len(first), int), np.ones((1, 1))
    n_documents = weights.shape[1]
    values, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    bins = [np.arange(n_documents + 1), np.arange(len(values) + 1)]
    per_document, _, _ = np.histogram2d(np.concatenate([document, document]), codes, bins)
    counts = weights @ per_document
    total = counts.sum(axis=1)
    observed = 2 * (weights @ np.bincount(document, first != second, n_documents)) / total
    expected = 1 - (counts * (counts - 1)).sum(axis=1) / (total * (total - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        out: Floats = 1 - observed / expected
    return out
