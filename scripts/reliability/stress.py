"""How many codes change with the names and the order of the codes on the coding sheet: the same claims under
five sheets.
"""

from collections.abc import Iterable
from typing import Any

from scripts.normalise.tables import Tables, records

CHANGED = ("again", "reversed", "neutral", "swapped")
CONDITIONS = ("published", *CHANGED, "record")
SWAPS = {  # values that exchange their names in the sheet `swapped`
    "stance": [("assert", "deny"), ("project", "doubt")],
    "polarity": [("affirmed", "negated")],
    "certainty": [("certain", "not_expressed"), ("probable", "possible")],
    "limits": [
        ("purpose_limited", "quantity_limited"),
        ("time_limited", "characterisation"),
        ("unclear", "total"),
    ],
    "aspect": [
        ("delivery", "order"),
        ("negotiation", "agreement"),
        ("training", "shipment"),
        ("local_production", "components"),
        ("use", "interception"),
        ("range", "speed"),
        ("warhead_mass", "length"),
    ],
    "authority": [("state_position", "individual_official"), ("official_capacity", "none")],
    "anonymity": [("named", "anonymous_undescribed"), ("unnamed_spokesperson", "anonymous_described")],
    "attribution": [("explicit", "own_voice")],
    "said_basis": [("stated", "publication")],
    "scope": [("total_to_date", "window"), ("batch", "planned_total")],
    "evidence": [("none_shown", "inspection_reported"), ("image_shown", "physical_shown")],
}
COUNTS = (
    "items",
    *CHANGED,
    "by name",
    "by name alone",
    *(f"record/{name}" for name in CONDITIONS[:-1]),
    "all five",
)
HEAD = (
    "variable | items | again | reversed | neutral | swapped | of 100 items | beyond again | "
    "by the name | by it alone | against the record | all five against it"
)


def block(tables: Tables) -> str:
    """The table, in Markdown: every variable, all."""
    lines = [f"| {HEAD} |", "|---" * (HEAD.count("|") + 1) + "|"]
    for variable, counts in flips(tables).items():
        n = counts["items"]
        changed = [counts[name] for name in CHANGED]
        cells = [
            variable,
            n,
            *changed,
            " / ".join(f"{100 * count / n:.1f}" for count in changed) if n else "",
            " / ".join(f"{count - changed[0]:+d}" for count in changed[1:]),
            counts["by name"],
            counts["by name alone"],
            " / ".join(str(counts[f"record/{name}"]) for name in CONDITIONS[:-1]),
            counts["all five"],
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def flips(tables: Tables) -> dict[str, dict[str, int]]:
    """Per variable, and of all: items that have a code under some sheet; codes that differ from those under
    `published`, by condition; of those under `swapped`, how many are the value whose definition stood beside
    the name of the code under `published`, and how many of these no other sheet gave; codes under each sheet
    that differ from the record; items coded alike under all five and otherwise in the record.
    """
    items = _by_item(records(tables["stress_codings"]))
    counted = {
        variable: _counts(
            [{name: row[variable] for name, row in item.items()} for item in items],
            {(a, b) for pair in pairs for a, b in (pair, pair[::-1])},
        )
        for variable, pairs in SWAPS.items()
    }
    total = {what: sum(counts[what] for counts in counted.values()) for what in COUNTS}
    return counted | {"all": total}


def _by_item(codings: Iterable[dict[str, Any]]) -> list[dict[str, dict[str, Any]]]:
    items: dict[str, dict[str, dict[str, Any]]] = {}
    for row in codings:
        items.setdefault(row["statement_id"], {})[row["condition"]] = row
    return list(items.values())


def _counts(
    items: list[dict[str, str | None]], exchanged: set[tuple[str | None, str | None]]
) -> dict[str, int]:
    sheets = CONDITIONS[:-1]
    coded = [codes for codes in items if any(codes[name] is not None for name in sheets)]
    by_name = [codes for codes in coded if (codes["published"], codes["swapped"]) in exchanged]
    alone = [codes for codes in by_name if codes["swapped"] not in {codes[name] for name in CHANGED[:-1]}]
    alike = [codes for codes in coded if len({codes[name] for name in sheets}) == 1]
    return {
        "items": len(coded),
        **{name: sum(codes[name] != codes["published"] for codes in coded) for name in CHANGED},
        "by name": len(by_name),
        "by name alone": len(alone),
        **{f"record/{name}": sum(codes[name] != codes["record"] for codes in coded) for name in sheets},
        "all five": sum(codes["published"] != codes["record"] for codes in alike),
    }
