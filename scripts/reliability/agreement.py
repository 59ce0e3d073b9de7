"""How far two codings of the same documents agree, and what a further reading changed.

The first coding is the statements of the release that each recoding names, the second the recodings. Rows both coders have
are paired by statement_id; every variable is compared in the pairs, a blank being a value like others.
"""

import functools
from collections import Counter

import numpy as np
import pandas as pd

from scripts.export import tables
from scripts.normalise.tables import Tables
from scripts.releases import store as released
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
ENOUGH_OUTSIDE_MODE, RESAMPLES, WEAKEST, SEED = 20, 1000, 5, 2026


def measure(
    found: Tables, schemas: dict[str, Schema], first: dict[str, pd.DataFrame]
) -> dict[str, list[dict]]:
    """Rows of `agreement`, `confusions` and `reading_rates`; `first` has the statements of each release compared with, cells as text."""
    second = second_codings(found, schemas)
    agreement, confusions = [], []
    for round_name, rows in second.groupby("round"):
        earlier = pd.concat(
            with_subject(first_codings(first[version], own["source_id"]))
            for version, own in rows.groupby("compared_with")
        )
        compared = rows[rows["statement_id"] != ""].merge(
            earlier, on="statement_id", suffixes=("_second", "_first")
        )
        measured = [variable(name, *compared_cells(compared, name)) for name in variables(schemas)]
        agreement += [{"round": round_name, **row} for row in [finding(rows, earlier), *measured]]
        weakest = sorted(
            measured,
            key=lambda row: (row["percent"] / 100 if row["alpha"] is None else row["alpha"], row["variable"]),
        )[:WEAKEST]
        confusions += [
            {
                "round": round_name,
                "variable": row["variable"],
                "first": one or None,
                "second": other or None,
                "n": n,
            }
            for row in weakest
            for (one, other), n in sorted(
                confused(*compared_cells(compared, row["variable"])[:2]).items(),
                key=lambda pair: (-pair[1], pair[0]),
            )
        ]
    return {"agreement": agreement, "confusions": confusions, "reading_rates": rates(found, first)}


def first_codings(statements: pd.DataFrame, sources: pd.Series) -> pd.DataFrame:
    """Those of a release's statements that second codings of these documents are compared with."""
    return statements[statements["source_id"].isin(sources)]


def second_codings(found: Tables, schemas: dict[str, Schema]) -> pd.DataFrame:
    """The recodings with cells as text, as those of the releases they are compared with."""
    return released.cells(tables.csv_bytes(tables.to_arrow(found["recodings"], schemas["recodings"])))


def variables(schemas: dict[str, Schema]) -> list[str]:
    """What is compared in the rows both coders have."""
    return ["subject", *(column for column in schemas["recodings"].columns() if column not in NOT_COMPARED)]


def with_subject(statements: pd.DataFrame) -> pd.DataFrame:
    return statements.assign(
        subject=statements["transfer_id"].where(statements["transfer_id"] != "", statements["system_id"])
    )


def compared_cells(compared: pd.DataFrame, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the first and the second coder have, and the document, of every pair; of speakers only the named, for others have names of our making."""
    if name == "subject":
        second = compared["transfer_id_second"].where(
            compared["transfer_id_second"] != "", compared["system_id_second"]
        )
        return compared["subject"].to_numpy(), second.to_numpy(), compared["source_id_first"].to_numpy()
    if name == "speaker_id":
        compared = compared[
            (compared["anonymity_first"] == "named") & (compared["anonymity_second"] == "named")
        ]
    return (
        compared[f"{name}_first"].to_numpy(),
        compared[f"{name}_second"].to_numpy(),
        compared["source_id_first"].to_numpy(),
    )


def finding(rows: pd.DataFrame, earlier: pd.DataFrame) -> dict:
    """Agreement in finding claims, in the documents coded twice."""
    there = int(earlier["source_id"].isin(rows["source_id"]).sum())
    both = int((rows["statement_id"] != "").sum())
    either = there + len(rows) - both
    return {
        "variable": "finding",
        "n": either,
        "n_agreed": both,
        "percent": round(100 * both / either, 1),
        "precision": round(both / len(rows), 3),
        "recall": round(both / there, 3),
        "f1": round(2 * both / (there + len(rows)), 3),
        "n_outside_mode": None,
        "alpha": None,
        "alpha_low": None,
        "alpha_high": None,
    }


def variable(name: str, first: np.ndarray, second: np.ndarray, documents: np.ndarray) -> dict:
    """Agreement in one variable."""
    codes, _ = pd.factorize(np.concatenate([first, second]), sort=True)
    n, (first, second), mode = len(first), np.split(codes, 2), np.bincount(codes).argmax()
    agreed = int((first == second).sum())
    outside = int(((first != mode) | (second != mode)).sum())
    out = {
        "variable": name,
        "n": n,
        "n_agreed": agreed,
        "percent": round(100 * agreed / n, 1),
        "precision": None,
        "recall": None,
        "f1": None,
        "n_outside_mode": outside,
        "alpha": None,
        "alpha_low": None,
        "alpha_high": None,
    }
    if outside >= ENOUGH_OUTSIDE_MODE:
        here, document = np.unique(documents, return_inverse=True)
        resampled = alpha(first, second, document, resamplings(len(here)))
        out |= {
            "alpha": round(float(alpha(first, second)[0]), 3),
            "alpha_low": round(float(np.nanquantile(resampled, 0.025)), 3),
            "alpha_high": round(float(np.nanquantile(resampled, 0.975)), 3),
        }
    return out


@functools.cache
def resamplings(n: int) -> np.ndarray:
    """How often each of n documents is drawn, in every resampling."""
    return np.random.default_rng(SEED).multinomial(n, [1 / n] * n, RESAMPLES)


def alpha(
    first: np.ndarray, second: np.ndarray, document: np.ndarray | None = None, draws: np.ndarray | None = None
) -> np.ndarray:
    """Krippendorff's alpha of two coders, nominal, without missing values; one value per row of `draws` (times each document is drawn).

    1 - observed / expected disagreement; expected is that of two values drawn from all 2n given, without putting back.
    """
    document, draws = (np.zeros(len(first), int), np.ones((1, 1))) if document is None else (document, draws)
    values, codes = np.unique([*first, *second], return_inverse=True)
    counts = (
        draws
        @ np.histogram2d([*document, *document], codes, [range(draws.shape[1] + 1), range(len(values) + 1)])[
            0
        ]
    )
    total = counts.sum(axis=1)
    observed = 2 * (draws @ np.bincount(document, first != second, draws.shape[1])) / total
    expected = 1 - (counts * (counts - 1)).sum(axis=1) / (total * (total - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - observed / expected


def confused(first: np.ndarray, second: np.ndarray) -> Counter:
    return Counter((one, other) for one, other in zip(first, second) if one != other)


def rates(found: Tables, first: dict[str, pd.DataFrame]) -> list[dict]:
    """Rows added, struck and mended in the documents read again, per hundred rows of their first coding, by kind of source."""
    if found["recodings"].empty:
        return []
    kinds = dict(zip(found["sources"]["source_id"], found["sources"]["kind"]))
    read = dict(zip(found["recodings"]["source_id"], found["recodings"]["compared_with"]))
    there = {version: Counter(statements["source_id"].tolist()) for version, statements in first.items()}
    rows = Counter()
    for source, version in read.items():
        rows[kinds[source]] += there[version][source]
    counted = {"added": Counter(), "struck": Counter(), "mended": Counter()}
    for row in {
        (what, row["source_id"], row["statement_id"])
        for row in found["second_reading"].to_dict("records")
        if (what := consequence(row))
    }:
        counted[row[0]][kinds[row[1]]] += 1
    sources = Counter(kinds[source] for source in read)
    out = []
    for kind in [*sorted(sources), "all"]:
        n = {
            name: counts.total() if kind == "all" else counts[kind]
            for name, counts in {"sources": sources, "rows": rows, **counted}.items()
        }
        out.append(
            {
                "kind": kind,
                **{f"n_{name}": value for name, value in n.items()},
                **{
                    f"{what}_per_100": round(100 * n[what] / n["rows"], 1) if n["rows"] else None
                    for what in counted
                },
            }
        )
    return out


def consequence(row: dict) -> str | None:
    """What a finding changed in the record; None where the first coding stands."""
    if row["kind"] == "missed" or (row["kind"] == "only_second" and row["ruling"] == "second"):
        return "added"
    if row["kind"] == "only_first" and row["ruling"] == "neither":
        return "struck"
    return (
        "mended"
        if row["kind"] == "mended" or (row["kind"] == "differ" and row["ruling"] in ("second", "neither"))
        else None
    )
