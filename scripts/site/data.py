"""What the explorer holds: the shipped tables, as columns and rows, and the words it shows for their keys.

Nothing is derived here: cells are those of the CSVs, and what is added only names, orders and labels them.
"""

import json
from collections import Counter
from pathlib import Path

from scripts.export import citation, tables
from scripts.schema.table_schema import Schema, load

INDENT = "· "  # Vega trims spaces
SHOWN = (
    "transfers",
    "transfer_history",
    "transfer_links",
    "transfer_families",
    "position_words",
    "page_history",
    "estimates",
    "estimate_history",
    "origin_values",
    "statements",
    "statement_history",
    "sources",
    "systems",
    "system_names",
    "actors",
    "aspects",
    "units",
)
LEFT_OUT = (
    "rule_version",
    "anchor_sha256",
    "anchor_chars",
    "text_sha256",
)  # said once, or for those who hold a copy of the page


def read(root: Path) -> dict[str, list[dict]]:
    """The rows of the tables shown, and of claims_flat, from the CSVs below `root`; dates as ISO text."""
    schemas = load()
    return {
        name: [
            {key: cell.isoformat() if hasattr(cell, "isoformat") else cell for key, cell in row.items()}
            for row in tables.read_csv(root / schemas[name].csv_path, schemas[name]).to_pylist()
        ]
        for name in (*SHOWN, "claims_flat")
    }


def head(root: Path) -> dict:
    """Title, version, date, rule sets, licence and citation of the package."""
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    cited = citation.head_of(package)
    return {
        "title": cited["title"],
        "description": package["description"],
        "version": cited["version"],
        "date": cited["date"].isoformat(),
        "rules": package["ruleVersion"],
        "licence": cited["licence_data"],
        "contact": package["contact"],
        "citation": citation.sentence(cited),
    }


def label(found: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """The tables with the labels and the order that charts and lists show, in columns of their own, and the statements with their names spelt out."""
    systems, names = {row["system_id"]: row for row in found["systems"]}, origin_names(found["actors"])
    order = {key: number for number, key in enumerate(walk(found["systems"]))}
    above = {key: ancestors(key, systems) for key in order}

    def with_origin(row: dict) -> dict:
        return {**row, "origin_name": names[row["origin_id"]] if row["origin_id"] else "no origin told"}

    return {
        **{name: rows for name, rows in found.items() if name != "claims_flat"},
        "systems": [
            {
                **systems[key],
                "line": f"{number:03d}",
                "depth": len(above[key]),
                "above": " ".join(systems[one]["name"] for one in above[key]),
            }
            for key, number in order.items()
        ],
        "transfers": list(placed(found["transfers"], systems, order, above, names)),
        "statements": [
            with_origin({**spelt, **row})
            for spelt, row in zip(found["claims_flat"], found["statements"], strict=True)
        ],
        "origin_values": [with_origin(row) for row in found["origin_values"]],
    }


def placed(transfers: list[dict], systems: dict, order: dict, above: dict, names: dict):
    """The transfers by the two parties, the pair with most first, and there by system; `label` is indented below wider systems moved too."""
    pairs = Counter((row["supplier"], row["recipient"]) for row in transfers)
    moved = {
        pair: {row["system_id"] for row in transfers if (row["supplier"], row["recipient"]) == pair}
        for pair in pairs
    }
    same = Counter((row["supplier"], row["recipient"], row["system_id"], row["mode"]) for row in transfers)

    def place(row: dict) -> tuple:
        pair = (row["supplier"], row["recipient"])
        return (
            -pairs[pair],
            pair,
            order[row["system_id"]],
            row["mode"] != "finished_items",
            row["transfer_id"],
        )

    for number, row in enumerate(sorted(transfers, key=place)):
        pair, name = (row["supplier"], row["recipient"]), systems[row["system_id"]]["name"]
        if same[*pair, row["system_id"], row["mode"]] > 1:
            name = row["title"]
        elif row["mode"] != "finished_items":
            name += f": {row['mode'].replace('_', ' ')}"
        depth = sum(key in moved[pair] for key in above[row["system_id"]])
        yield {
            **row,
            "line": f"{number:03d}",
            "name": name,
            "label": INDENT * depth + name,
            "pair": " to ".join(names.get(party, party) for party in pair),
        }


def origin_names(actors: list[dict]) -> dict[str, str]:
    """The name of each origin key: of the state for its code, else of the actor."""
    return {row["actor_id"]: row["name"] for row in actors} | {
        row["state"]: row["name"] for row in actors if row["kind"] == "state"
    }


def walk(systems: list[dict], above: str | None = None) -> list[str]:
    """The systems depth first, families together."""
    return [
        key
        for row in sorted(systems, key=lambda row: (row["category"], row["name"]))
        if row["parent_system_id"] == above
        for key in (row["system_id"], *walk(systems, row["system_id"]))
    ]


def ancestors(key: str, systems: dict) -> list[str]:
    above = systems[key]["parent_system_id"]
    return [above, *ancestors(above, systems)] if above else []


def packed(found: dict[str, list[dict]]) -> dict:
    """Tables as {column: {values, rows}}: each distinct cell once, and for every row the number of its cell."""
    return {
        name: {column: pack([row[column] for row in rows]) for column in rows[0] if column not in LEFT_OUT}
        if rows
        else {}
        for name, rows in found.items()
    }


def pack(cells: list) -> dict:
    """The distinct cells in the order in which they come, and where each row's cell stands among them."""
    places = {}
    rows = [places.setdefault((type(cell), cell), len(places)) for cell in cells]
    return {"values": [cell for _, cell in places], "rows": rows}


def words(schemas: dict[str, Schema]) -> dict[str, dict[str, str]]:
    """{table.column: {value: what it means}}, from the schemas."""
    return {
        f"{name}.{field['name']}": {item["value"]: item["description"] for item in field["categories"]}
        for name in ("statements", "transfers", "sources", "transfer_links")
        for field in schemas[name].fields
        if "categories" in field
    }
