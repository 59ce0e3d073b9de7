"""What a row rule is, and the words in which rules are written.

A rule is a function of one table and all tables that gives for every row whether it holds: True or False, never blank.
What a blank cell means is therefore said in each rule, by the words below: `is_word` and `equal` are False for a blank
cell; `not_after_or_blank` passes it and says so in its name. A rule that gives a blank raises when it is run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from scripts.normalise.tables import Row, Tables, records

Mask: TypeAlias = "pd.Series[bool]"
CHANGED_AFTER_BUILD = "the cell was changed after the build: run make data"
RowTest = Callable[[pd.DataFrame, Tables], "pd.Series[bool]"]


@dataclass(frozen=True)
class Rule:
    """What must hold in every row of a table: `field` is the one to fix, `test` is named for what it demands.

    A warning says what is only unlikely: the build prints it and goes on.
    """

    field: str
    test: RowTest
    allowed: str
    fix: str
    is_warning: bool = False

    @property
    def name(self) -> str:
        return self.test.__name__

    @property
    def message(self) -> str:
        """The rule in one sentence: the first of the test's docstring."""
        line = (self.test.__doc__ or "").strip().splitlines()[0]
        return line.partition(". (")[0].rstrip(".")


def lookup(tables: Tables, table: str, key: str, column: str, keys: "pd.Series[Any]") -> "pd.Series[Any]":
    """The cell of `column` in the row of `table` whose `key` is each of `keys`; blank where there is none."""
    frame = tables[table]
    positions = compute.index_in(_arrow(keys), value_set=_arrow(frame[key]), skip_nulls=True)
    cells = _arrow(frame[column]).take(positions)
    return pd.Series(pd.array(cells, dtype=frame[column].dtype), index=keys.index)


def _arrow(column: "pd.Series[Any]") -> pa.Array:
    array = pa.array(column.array)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def is_word(column: "pd.Series[Any]", *words: Any) -> "pd.Series[bool]":
    """Whether the cell is one of the words; a blank one is none."""
    return column.isin(words).astype(bool)


def is_true(column: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether the cell is true; a blank one is not."""
    return column.fillna(False).astype(bool)


def equal(left: "pd.Series[Any]", right: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether two cells hold the same value; a blank one equals nothing."""
    return (left == right).fillna(False).astype(bool)


def not_after_or_blank(left: "pd.Series[Any]", right: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether the left cell is not above the right one, or one of the two is blank."""
    passed: Mask = (left <= right).fillna(True).astype(bool)
    return passed


def above(left: "pd.Series[Any]", right: Any) -> "pd.Series[bool]":
    """Whether the left cell is above the right one; not where one is blank."""
    outcome: Mask = (left > right).fillna(False).astype(bool)
    return outcome


def acyclic(frame: pd.DataFrame, key: str, parent: str) -> "pd.Series[bool]":
    """Whether following `parent` from each row comes to an end. A row may have several parents (several rows)."""
    up: dict[Any, set[Any]] = {}
    for child, above_it in zip(frame[key], frame[parent], strict=True):
        if not pd.isna(above_it):
            up.setdefault(child, set()).add(above_it)
    in_circle = {start for start in up if start in _reachable(up, start)}
    return mask((child not in in_circle for child in frame[key]), frame)


def _reachable(up: dict[Any, set[Any]], start: Any) -> set[Any]:
    """Everything above `start`, itself only where it is above itself."""
    seen: set[Any] = set()
    ahead = list(up.get(start, ()))
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead += up.get(node, ())
    return seen


def on_one_line(left: "pd.Series[Any]", right: "pd.Series[Any]", tables: Tables) -> "pd.Series[bool]":
    """Whether of two systems the one is the other, or above or below it in the tree."""
    systems = tables["systems"]
    above_it = dict(zip(systems["system_id"], systems["parent_system_id"], strict=True))

    def is_below(low: object, high: object) -> bool:
        seen: set[object] = set()
        while isinstance(low, str) and isinstance(high, str) and low not in seen:
            if low == high:
                return True
            seen.add(low)
            low = above_it.get(low)
        return False

    pairs = zip(left, right, strict=True)
    return mask((is_below(low, high) or is_below(high, low) for low, high in pairs), left.to_frame())


def mask(passed: Iterable[bool], frame: pd.DataFrame) -> "pd.Series[bool]":
    """The outcome of every row, in the order of the frame."""
    return pd.Series(list(passed), index=frame.index, dtype=bool)


def rows_passing(frame: pd.DataFrame, test: Callable[[Row], bool]) -> "pd.Series[bool]":
    """The outcome of `test` for every row as a dict, blank cells None; a ValueError is a row that fails.

    Give it only the columns that the test reads: making dicts costs time.
    """

    def passes(row: Row) -> bool:
        try:
            return bool(test(row))
        except ValueError:
            return False

    return mask(map(passes, records(frame)), frame)


def passing_where(rows: Mask, frame: pd.DataFrame, test: RowTest, tables: Tables) -> Mask:
    """The outcome of `test` in the given rows; the others pass. For tests that are slow and concern few rows."""
    return test(frame[rows], tables).reindex(frame.index, fill_value=True).astype(bool)


def cells_passing(column: "pd.Series[Any]", test: Callable[[Any], bool]) -> "pd.Series[bool]":
    """The outcome of `test` for every cell that is not blank; a blank cell passes."""
    wrong = [value for value in column.dropna().unique() if not test(value)]
    return ~column.isin(wrong).astype(bool)
