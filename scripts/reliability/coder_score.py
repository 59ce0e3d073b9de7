"""How far a human coder and the record agree, and every difference, for ruling.

Measured by the functions that measure two codings of a blind round. The weighted per cent takes out the greater chance
that some rows had, and so speaks of the whole record; its interval comes from drawing documents again.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scripts.reliability.agreement import (
    NAMES_OF_OURS,
    bootstrap_weights,
    compared_cells,
    variable_agreement,
)
from scripts.reliability.coder_kit import ANSWERS

Floats = npt.NDArray[np.float64]
FOR_RULING = ["row", "statement_id", "source_id", "url", "locator", "variable", "coder", "record", "weight"]


def pairs_of(filled: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Every answered row beside that of the record: columns `…_first` are the record's, `…_second` the coder's."""
    first = key.rename(columns={name: f"{name}_first" for name in filled.columns if name in key})
    first = first.rename(columns={"row_first": "row"}).assign(source_id_first=key["source_id"])
    second = filled.rename(columns={name: f"{name}_second" for name in filled.columns})
    pairs = first.merge(second, left_on="row", right_on="row_second")
    return pairs.assign(weight=pairs["weight"].astype(float))


def score(filled: pd.DataFrame, key: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a variable that the coder coded: those of `agreement`, and the weighted per cent with its interval."""
    coded = pairs_of(filled, key)
    coded = coded[coded["answer_second"] == "coded"]
    return [_measured(name, coded) for name in filled.columns if name not in ("row", "answer")]


def _measured(name: str, coded: pd.DataFrame) -> dict[str, Any]:
    pairs = _compared(name, coded)
    first, second, documents = compared_cells(pairs, name)
    low, weighted, high = weighted_percent(first == second, pairs["weight"].to_numpy(), documents)
    return {
        **variable_agreement(name, first, second, documents),
        "weighted": weighted,
        "weighted_low": low,
        "weighted_high": high,
    }


def _compared(name: str, coded: pd.DataFrame) -> pd.DataFrame:
    """The rows in which a variable is compared: not those that were given it, nor speakers not named by both."""
    pairs = coded[[name not in given.split() for given in coded["given"]]]
    if name == NAMES_OF_OURS and {"anonymity_first", "anonymity_second"} <= {*pairs.columns}:
        is_named = (pairs["anonymity_first"] == "named") & (pairs["anonymity_second"] == "named")
        pairs = pairs[is_named]
    return pairs


def weighted_percent(
    is_alike: npt.NDArray[Any], weight: Floats, documents: npt.NDArray[Any]
) -> tuple[float | None, float | None, float | None]:
    """(low, weighted per cent, high), the ends 2.5 and 97.5 of 100 drawings of the documents; blank without rows."""
    if not len(weight):
        return None, None, None
    names, document = np.unique(documents.astype(str), return_inverse=True)
    alike = np.bincount(document, weight * is_alike.astype(float), len(names))
    whole = np.bincount(document, weight, len(names))
    drawn = bootstrap_weights(len(names))
    low, high = np.quantile(100 * (drawn @ alike) / (drawn @ whole), [0.025, 0.975])
    share = 100 * alike.sum() / whole.sum()
    return round(float(low), 1), round(float(share), 1), round(float(high), 1)


def differences(filled: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Every cell on which the two differ, and every row that the coder did not find, with room for a ruling."""
    pairs = pairs_of(filled, key)
    rows = [
        {**_place(row), "variable": "answer", "coder": row["answer_second"], "record": "coded"}
        for row in pairs[pairs["answer_second"] != "coded"].to_dict("records")
    ]
    coded = pairs[pairs["answer_second"] == "coded"]
    for name in filled.columns:
        if name in ("row", "answer"):
            continue
        unlike = _compared(name, coded)
        unlike = unlike[unlike[f"{name}_first"] != unlike[f"{name}_second"]]
        rows += [
            {
                **_place(row),
                "variable": name,
                "coder": row[f"{name}_second"],
                "record": row[f"{name}_first"],
            }
            for row in unlike.to_dict("records")
        ]
    listed = pd.DataFrame(rows, columns=FOR_RULING).assign(ruling="", reason="")
    order = listed["row"].astype(int) if len(listed) else listed["row"]
    return listed.iloc[np.argsort(order.to_numpy(), kind="stable")]


def _place(row: dict[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("row", "statement_id", "source_id", "url", "locator", "weight")}


def report(filled: pd.DataFrame, key: pd.DataFrame, names: list[str]) -> list[str]:
    """The lines that the command prints; `names` are the variables that a sheet of the kit has."""
    counts = filled["answer"].value_counts()
    lines = [
        f"sample {key['sample'].iloc[0]}: {len(filled)} of {len(key)} rows answered, "
        f"{len(key) - len(filled)} not answered",
        *(f"  {answer:<18}{counts.get(answer, 0):>5}" for answer in ANSWERS),
        *_found(filled, key),
        "",
        f"{'variable':<16}{'rows':>5}{'alike':>6}{'per cent':>9}{'alpha':>7}  {'(95 of 100)':<15}"
        f"{'weighted':>9}  (95 of 100)",
    ]
    lines += [_line(row) for row in score(filled, key)]
    if missing := [name for name in names if name not in filled]:
        lines.append(f"not coded, since the sheet has no column of it: {', '.join(missing)}")
    lines += [
        "",
        "alpha: Krippendorff's, nominal; blank where fewer than 20 rows lie outside the commonest value.",
        "weighted: per cent projected to the whole record. Cells that the sheet gave are not compared.",
    ]
    return lines


def _found(filled: pd.DataFrame, key: pd.DataFrame) -> list[str]:
    """How often the claim is there, where the page was read."""
    pairs = pairs_of(filled, key)
    read = pairs[pairs["answer_second"] != "page_not_found"]
    if read.empty:
        return []
    is_there = (read["answer_second"] == "coded").to_numpy()
    low, share, high = weighted_percent(
        is_there, read["weight"].to_numpy(), read["source_id_first"].to_numpy()
    )
    return [
        f"claim found where the page was read: {is_there.sum()} of {len(read)}; weighted {share} ({low} to {high})"
    ]


def _line(row: dict[str, Any]) -> str:
    cells = {name: "" if value is None else value for name, value in row.items()}
    alpha = f"{cells['alpha']:.3f}" if cells["alpha"] != "" else ""
    spread = f"({cells['alpha_low']:.2f} to {cells['alpha_high']:.2f})" if alpha else ""
    weighted = f"({cells['weighted_low']} to {cells['weighted_high']})" if cells["weighted"] != "" else ""
    return (
        f"{cells['variable']:<16}{cells['n']:>5}{cells['n_agreed']:>6}{cells['percent']:>9}{alpha:>7}  {spread:<15}"
        f"{cells['weighted']:>9}  {weighted}"
    ).rstrip()
