"""The kit for a human coder: rows drawn at random, without codes; what the codes mean; and, apart, the key."""

import hashlib
import re
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.reliability import sampling
from scripts.reliability.agreement import as_text, variables, with_subject
from scripts.schema.table_schema import Field, Schema, Schemas

N_ROWS = 300
SHEET, KEY = "sample.csv", "key/key.csv"
GIVEN = {
    "sample": "sample",
    "row": "row",
    "page": "url",
    "archive": "archive_url",
    "title": "title",
    "publisher": "publisher",
    "published": "published",
    "language": "language",
    "read": "extent",
    "locator": "locator",
    "claims_here": "claims_here",
    "anchor_chars": "anchor_chars",
    "anchor_sha256": "anchor_sha256",
    "given": "given",
}
ANSWERS = {
    "coded": "The claim was found and coded.",
    "page_not_found": "The page cannot be had, or shows another text.",
    "passage_not_found": "The page was read; the passage is not there.",
    "no_claim": "The passage was read; it says nothing that could be coded.",
}
NOT_LISTED = "not_listed"
WORDS = Path(__file__).with_name("coder_kit.md")


def kit(
    tables: Tables, schemas: Schemas, citation: str, version: str, manual: str, n: int = N_ROWS
) -> dict[str, bytes]:
    """Every file of the kit, path to bytes: the same for the same tables and version."""
    rows = coded_rows(tables)
    drawn = sampling.draw(rows, n, version)
    given = sampling.given_codes(rows)
    names = variables(schemas)
    drawn["row"] = [str(number) for number in range(1, len(drawn) + 1)]
    drawn["given"] = [" ".join(given[statement]) for statement in drawn["statement_id"]]
    drawn["sample"] = f"{version}-{_digest(drawn[['statement_id', *names]])}"
    return {
        SHEET: csv_bytes(sheet(drawn, names)),
        KEY: csv_bytes(key(drawn, names)),
        "README.md": readme(drawn, rows, citation, version).encode(),
        "codes.md": codes_page(schemas, tables).encode(),
        "coding-manual.md": manual_page(manual).encode(),
        "subjects.csv": csv_bytes(subjects(tables)),
        "actors.csv": csv_bytes(tables["actors"][["actor_id", "name", "kind"]]),
    }


def coded_rows(tables: Tables) -> pd.DataFrame:
    """Every statement as text with `subject`, and of its page what a coder needs to find it."""
    statements = with_subject(as_text(tables["statements"]), {})
    pages = as_text(tables["sources"])
    names = as_text(tables["actors"]).set_index("actor_id")["name"]
    pages["publisher"] = pages["publisher_id"].map(names)
    columns = [
        "source_id", "url", "archive_url", "title", "publisher", "published", "kind", "language", "extent",
    ]  # fmt: skip
    rows = statements.merge(pages[columns], on="source_id").sort_values("statement_id", ignore_index=True)
    n_here = rows.groupby(["source_id", "locator"])["statement_id"].transform("size")
    return rows.assign(claims_here=n_here.astype(str))


def sheet(drawn: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """What the coder fills in: no statement ID, no weight, and no code but those that tell which claim is meant."""
    out = pd.DataFrame({name: drawn[column] for name, column in GIVEN.items()})
    out["answer"] = ""
    told = drawn["given"].str.split()
    for name in names:
        out[name] = [code if name in cells else "" for code, cells in zip(drawn[name], told, strict=True)]
    out["note"] = ""
    return out


def key(drawn: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """What the record has for each row of the sheet, and what a row weighs."""
    columns = ["sample", "row", "statement_id", "source_id", "given", "weight", "url", "locator", *names]
    return drawn.assign(weight=drawn["weight"].round(6))[columns]


def csv_bytes(table: pd.DataFrame) -> bytes:
    """The table as CSV with a byte order mark, without which spreadsheets garble accents."""
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _digest(drawn: pd.DataFrame) -> str:
    return hashlib.sha256(drawn.to_csv(index=False).encode()).hexdigest()[:8]


def subjects(tables: Tables) -> pd.DataFrame:
    """Transfers and systems: what a claim can be about."""
    transfers, systems = as_text(tables["transfers"]), as_text(tables["systems"])
    named = pd.concat(
        [
            pd.DataFrame({"subject": transfers["transfer_id"], "title": transfers["title"]}),
            pd.DataFrame({"subject": systems["system_id"], "title": systems["name"]}),
        ]
    )
    return named.assign(kind=["transfer"] * len(transfers) + ["system"] * len(systems))


def readme(drawn: pd.DataFrame, rows: pd.DataFrame, citation: str, version: str) -> str:
    """What the coder reads first."""
    shares = {
        name.replace("_", " "): f"{int(is_raised.sum())} of {len(drawn)}"
        for name, is_raised in sampling.strata(drawn).items()
        if name not in ("denial", "specification")
    }
    strata = "; ".join(f"{name} {share} rows" for name, share in shares.items())
    return Template(WORDS.read_text(encoding="utf-8")).substitute(
        citation=citation, n_rows=len(drawn), n_all=len(rows), version=version, strata=strata
    )


def manual_page(manual: str) -> str:
    """The coding manual with the links that lead somewhere in this folder."""
    linked = manual.replace("](codebook.md)", "](codes.md)")
    return re.sub(r"\[([^\]]+)\]\((?!codes\.md)[^)]+\)", r"\1", linked)


def codes_page(schemas: Schemas, tables: Tables) -> str:
    """Every column to fill in, with its meaning and its codes."""
    lines = ["# What to fill in", "", "`answer`", ""]
    lines += [f"- `{answer}`: {meaning}" for answer, meaning in ANSWERS.items()]
    for name in variables(schemas):
        field = field_of(name, schemas)
        need = "Always filled in." if is_required(name, schemas) else "Empty where there is none."
        lines += ["", f"## {name}", "", f"{field['description']} {need}", ""]
        lines += [
            f"- `{value}`: {meaning}" for value, meaning in definitions(name, schemas, tables).items()
        ] or [_form(name, field)]
    return "\n".join(lines) + "\n"


def field_of(name: str, schemas: Schemas) -> Field:
    """The definition of a variable; a subject is a transfer or a system."""
    if name == "subject":
        return {
            "name": name,
            "type": "string",
            "description": "The transfer or system spoken of: the one of which something is claimed.",
        }
    return schemas["statements"].field(name)


def is_required(name: str, schemas: Schemas) -> bool:
    """Whether every coded row has a code of this variable."""
    return name == "subject" or bool(field_of(name, schemas).get("constraints", {}).get("required"))


def definitions(name: str, schemas: Schemas, tables: Tables) -> dict[str, str]:
    """The codes of a variable with what each means; none where it takes a number, a date or an ID."""
    field = field_of(name, schemas)
    if "categories" in field:
        return {code["value"]: code["description"] for code in field["categories"]}
    if field["type"] == "boolean":
        return {"true": "Yes.", "false": "No."}
    rule = _table_of(name, schemas["statements"])
    if rule and schemas[rule].is_rule:
        rows = as_text(tables[rule]).to_dict("records")
        said = "example" if rule == "aspects" else "description"
        key = schemas[rule].primary_key[0]
        return {row[key]: _meaning(row, said) for row in sorted(rows, key=lambda row: str(row[key]))}
    return {}


def _meaning(row: dict[Any, Any], said: str) -> str:
    verbs = f"{row['verbs']}. Example: " if row.get("verbs") else ""
    return f"{verbs}{row[said]}"


def _table_of(name: str, schema: Schema) -> str | None:
    """The table whose key a column holds."""
    return next((table for columns, table, _ in schema.foreign_keys if columns == [name]), None)


def _form(name: str, field: Field) -> str:
    if name == "subject":
        return f"An ID of `subjects.csv`, or `{NOT_LISTED}`."
    if field["type"] == "number":
        return "A number in digits, with a point and without separators: `2400`, `0.5`."
    if name in ("said", "event"):
        return "A date in EDTF: `2022`, `2022-11`, `2022-11-02`, `2022-11-02~`, `../2022-11-02`."
    return f"An ID of `actors.csv`, or `{NOT_LISTED}`."


def allowed_codes(name: str, schemas: Schemas, tables: Tables) -> set[str]:
    """Every code that a cell of this variable may hold; empty for numbers and dates."""
    if codes := definitions(name, schemas, tables):
        return set(codes)
    if name == "subject":
        return {*subjects(tables)["subject"], NOT_LISTED}
    if field_of(name, schemas)["type"] == "number" or name in ("said", "event"):
        return set()
    return {*tables["actors"]["actor_id"].astype(str), NOT_LISTED}
