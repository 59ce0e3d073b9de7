"""Rule R4.3: low, best and high of every measure of a transfer or a system, over origins and never over outlets.

Each origin (the pool being one) has one value: its latest total, and after it the lower bounds of batches and windows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from scripts.origins import count
from scripts.record import Record, in_order

HISTORY = timedelta(days=180)
CONVERTED = 1.01
SCOPES = ("total_to_date", "batch", "window")


@dataclass
class Value:
    """What one origin says: the bounds of its total, raised by later batches, the rows used for it and the one to show for it."""

    low: float | None = None
    total_low: bool = False
    point: float | None = None
    high: float | None = None
    total: dict | None = None
    rows: list[dict] = field(default_factory=list)
    ground: dict | None = None

    @property
    def floor(self) -> float | None:
        """What its total has for `low`: the bound, or the point where it has no bound at all."""
        return self.low if self.total_low else self.alone

    @property
    def alone(self) -> float | None:
        """The point of a total without any bound."""
        return self.point if self.low is None and self.high is None else None


def estimates(record: Record, subject_id: str, rows: list[dict]) -> list[dict]:
    """The estimates of one subject from its own rows, as rows of `estimates` without their rule_version."""
    return [
        {
            "estimate_id": ".".join(filter(None, (subject_id, *group))),
            "transfer_id": rows[0]["transfer_id"],
            "system_id": rows[0]["system_id"],
            "measure": group[0],
            "basis": group[1],
            "unit": group[2],
            **estimate(record, found, told),
        }
        for group, found, told in grouped(record, subject_id, rows)
    ]


def origin_values(record: Record, subject_id: str, rows: list[dict]) -> list[dict]:
    """What each origin says, behind each estimate of the subject, as rows of `origin_values` without days and rule_version."""
    out = []
    for group, found, told in grouped(record, subject_id, rows):
        values, old = values_of(record, found, told)
        out += [
            {
                "estimate_id": ".".join(filter(None, (subject_id, *group))),
                "origin_id": key,
                "statement_id": value.ground["statement_id"],
                "low": value.low,
                "point": None if gone else value.point,
                "high": None if gone else value.high,
                "is_total": value.total is not None,
                "is_old": gone,
            }
            for (key, value), gone in zip(values.items(), old)
        ]
    return out


def grouped(record: Record, subject_id: str, rows: list[dict]) -> list[tuple[tuple, list[dict], date | None]]:
    """The rows that say how much, by (measure, basis, unit), and the last day on which anybody asserted what is measured, of a transfer or its family.

    A specification said of a generic class is of the weapons its document speaks of, never of the class: it bounds nothing.
    """
    groups, told, is_class = (
        defaultdict(list),
        defaultdict(list),
        record.systems.get(subject_id, {}).get("kind") == "class",
    )
    for row in rows:
        aspect = record.aspects[row["aspect"]]
        if not aspect["measure"] or aspect["is_specification"] and is_class or not record.is_counting(row):
            continue
        usable = row["scope"] is None if aspect["is_specification"] else row["scope"] in SCOPES
        if usable and not row["pooled"] and (row["low"], row["point"], row["high"]) != (None, None, None):
            groups[aspect["measure"], row["basis"], row["canonical_unit"]].append(row)
    if not groups:
        return []
    for row in (
        record.counting(subject_id) if subject_id in record.transfers else filter(record.is_counting, rows)
    ):
        told[record.aspects[row["aspect"]]["measure"]].append(row["said_min"] or date.min)
    bounded = [
        (group, found, max(told[group[0]]))
        for group, found in groups.items()
        if lower_bounds(found) or not all(is_partial(row) for row in found)
    ]
    return sorted(bounded, key=lambda item: [part or "" for part in item[0]])


def estimate(record: Record, rows: list[dict], told: date) -> dict:
    """Bounds, points, conflict and origins of one measure in one unit, last asserted on the day `told`."""
    by_key, is_stale = values_of(record, rows, told)
    values = list(by_key.values())
    floors = [value.floor for value in values if value.floor is not None]
    largest = max((row["low"] for row in lower_bounds(rows)), default=None)
    used = rows_used(rows, values)
    highs = [None if old else value.high for value, old in zip(values, is_stale)]
    points = sorted(
        value.point for value, old in zip(values, is_stale) if value.point is not None and not old
    )
    forgotten = any(
        old and (value.high is not None or value.point is not None) for value, old in zip(values, is_stale)
    )
    lows = [value.low for value in values if value.low is not None] + (
        [largest] if largest is not None and not floors else []
    )
    closed = [high for high in highs if high is not None]
    tops = closed + [
        value.alone for value, old in zip(values, is_stale) if value.alone is not None and not old
    ]
    found = [record.origins[row["statement_id"]] for row in rows]
    least, most = count(found, record.actors)
    return {
        "low": min(floors) if floors else largest,
        "low_open": any(value.low is None for value in values),
        "best": points[(len(points) - 1) // 2] if points and not forgotten else None,
        "high": max(tops, default=None),
        "high_open": None in highs,
        "conflict": bool(
            lows
            and closed
            and max(lows)
            > min(closed) * (1 if rows[0]["canonical_unit"] in record.counted_units else CONVERTED)
        ),
        "n_points": len(points),
        "n_origins_min": least,
        "n_origins_max": most,
        "has_pool": None in by_key,
        "oldest_said": min((row["said_min"] for row in used if row["said_min"]), default=None),
        "latest_said": max((row["said_max"] for row in used if row["said_max"]), default=None),
    }


def values_of(record: Record, rows: list[dict], told: date) -> tuple[dict[str | None, Value], list[bool]]:
    """The value of each origin by its key, and which of them are history: counts said long before the day `told`, or on no known day."""
    by_key = defaultdict(list)
    for row in rows:
        by_key[record.origins[row["statement_id"]].key].append(row)
    values = {key: value_of(record, found) for key, found in by_key.items()}
    return values, [
        value.total is not None and is_history(record, value.total, told) for value in values.values()
    ]


def is_history(record: Record, total: dict, told: date) -> bool:
    """A count said more than HISTORY before the day on which it was last asserted, or on no known day."""
    return total["canonical_unit"] in record.counted_units and (
        total["said_min"] is None or told - total["said_min"] > HISTORY
    )


def rows_used(rows: list[dict], values: Iterable[Value]) -> list[dict]:
    """The rows of the values, and, where no total states a lower bound, every batch and window that does."""
    return [row for value in values for row in value.rows] + (
        [] if any(value.floor is not None for value in values) else lower_bounds(rows)
    )


def lower_bounds(rows: list[dict]) -> list[dict]:
    """Batches and windows that state a lower bound."""
    return [row for row in rows if is_partial(row) and row["low"] is not None]


def value_of(record: Record, rows: list[dict]) -> Value:
    """One origin's value: a total of its own before one it only repeats, a specification with a bound before one without; batches said after it raise its low, and open the rest."""
    totals = [row for row in rows if not is_partial(row)]
    own = [row for row in totals if row["rests_on_certainty"] != "certain"]
    partial = [row for row in rows if is_partial(row)]
    if not totals:
        lows = lower_bounds(partial)
        return Value(
            low=max((row["low"] for row in lows), default=None),
            rows=lows,
            ground=max(lows or partial, key=lambda row: (row["low"] or 0, row["statement_id"])),
        )
    plain = [
        row for row in own or totals if row["scope"] is None and (row["low"], row["high"]) != (None, None)
    ]
    total = in_order(plain or own or totals, record.sources)[-1]
    later = [
        row
        for row in partial
        if total["said_min"] and row["said_min"] and row["said_min"] > total["said_min"]
    ]
    lows = [bound for bound in [total["low"], *(row["low"] for row in later)] if bound is not None]
    return Value(
        low=max(lows, default=None),
        total_low=total["low"] is not None,
        point=None if later else total["point"],
        high=None if later else total["high"],
        total=total,
        rows=[total, *later],
        ground=total,
    )


def is_partial(row: dict) -> bool:
    """A batch or a window: it bounds from below only."""
    return row["scope"] in ("batch", "window")


def delivered(found: list[dict]) -> dict:
    """delivered_low, _best, _high and _unit of a transfer, from its estimates: the unit with most origins, ties by name."""
    bounded = [
        row
        for row in found
        if row["measure"] == "delivered" and (row["low"] is not None or row["high"] is not None)
    ]
    chosen = min(bounded, key=lambda row: (-row["n_origins_max"], row["unit"]), default={})
    return {f"delivered_{name}": chosen.get(name) for name in ("low", "best", "high", "unit")}


def stated_range(found: list[dict]) -> dict:
    """The range columns of a system, from its estimates: the basis with most origins, ties assessed, demonstrated, advertised, not_stated."""
    ranges = [row for row in found if row["measure"] == "range" and row["unit"] == "km"]
    order = ("assessed", "demonstrated", "advertised", "not_stated")
    chosen = min(ranges, key=lambda row: (-row["n_origins_max"], order.index(row["basis"])), default={})
    return {
        "range_km_min_stated": chosen.get("low"),
        "range_km_max_stated": chosen.get("high"),
        "range_basis": chosen.get("basis"),
        "range_n_origins": chosen.get("n_origins_max", 0),
    }
