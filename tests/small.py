"""A project small enough to release many times: one source, three statements, in a git repository of its own."""

import shutil
import subprocess
from pathlib import Path

from scripts.records.strict_yaml import emit, parse
from scripts.releases import changelog
from scripts.schema.table_schema import ROOT, load

ANCHOR = {"anchor_chars": 40, "anchor_sha256": "0" * 64}
SOURCE = "records/sources/2022/herald-2022-11-02-kestrels.yaml"
TRANSFER = "records/transfers/irn-rus-arms.yaml"


def statement(number: int, **other) -> dict:
    return {
        "number": number,
        "locator": f"paragraph {number}",
        **ANCHOR,
        "speaker_id": "pat-ryder",
        "speaks_for_id": "united-states",
        "authority": "state_position",
        "anonymity": "named",
        "attribution": "explicit",
        "coded_from": "original",
        "chain_complete": True,
        "stance": "assert",
        "polarity": "affirmed",
        "certainty": "not_expressed",
        "aspect": "delivery",
        "transfer_id": "irn-rus-arms",
        "explicitness": "explicit",
        "evidence": "none_shown",
        "summary": f"The spokesman makes claim {number}.",
        "said_basis": "publication",
        **other,
    }


def counted(number: int, value: int, **other) -> dict:
    return statement(
        number,
        value_text=str(value),
        value_language="en",
        value_modifier="exact",
        value=value,
        unit="item",
        scope="total_to_date",
        pooled=False,
        **other,
    )


RECORDS = {
    "records/actors/media.yaml": [
        {
            "actor_id": "the-herald",
            "name": "The Herald",
            "kind": "medium",
            "state": "GBR",
            "state_controlled": False,
        }
    ],
    "records/actors/states.yaml": [
        {
            "actor_id": "united-states",
            "name": "United States",
            "kind": "state",
            "state": "USA",
            "state_controlled": True,
        }
    ],
    "records/actors/persons.yaml": [
        {
            "actor_id": "pat-ryder",
            "name": "Pat Ryder",
            "kind": "person",
            "state": "USA",
            "parent_actor_id": "united-states",
            "state_controlled": False,
        }
    ],
    "records/actors/international_bodies.yaml": [
        {
            "actor_id": "european-union",
            "name": "European Union",
            "kind": "body",
            "state_controlled": False,
        }
    ],
    "records/systems/arms.yaml": {
        "category": "mixed",
        "kind": "class",
        "names": [{"name": "Arms", "language": "en", "script": "Latn", "kind": "designation"}],
    },
    TRANSFER: {
        "title": "Arms from Iran to Russia",
        "supplier": "IRN",
        "recipient": "RUS",
        "system_id": "arms",
        "mode": "finished_items",
    },
    SOURCE: {
        "title": "Kestrels",
        "publisher_id": "the-herald",
        "url_kind": "original",
        "url": "https://example.org/kestrels",
        "kind": "newspaper",
        "language": "en",
        "published": "2022-11-02",
        "published_basis": "stated",
        "consulted_on": "2026-11-22",
        "extent": "full",
        "statements": [counted(1, 40), statement(2, aspect="shipment"), statement(3, aspect="agreement")],
    },
}


def write(root: Path, path: str, record):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(emit(record), encoding="utf-8")


def edit(root: Path, path: str, change):
    """Applies `change` to the parsed record of a file and writes it back."""
    record = parse((root / path).read_text(encoding="utf-8")) or []
    write(root, path, change(record) or record)


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def commit(root: Path):
    git(root, "add", "-A")
    git(root, "commit", "-qm", "state", "--allow-empty")


def project(root: Path) -> Path:
    """The small project below `root`, nothing built or committed yet."""
    for folder in ("rules", "schemas"):
        shutil.copytree(ROOT / folder, root / folder)
    for path, record in RECORDS.items():
        write(root, path, record)
    for path in ("records/changes.yaml", "records/retired_ids.yaml"):
        (root / path).touch()
    (root / "records/quality").mkdir()
    for schema in load().values():
        if "csv" in schema.record:
            (root / "records" / schema.record["csv"]).write_text(
                ",".join(schema.columns()) + "\n", encoding="utf-8"
            )
    package = parse((ROOT / "records/package.yaml").read_text(encoding="utf-8"))
    write(root, "records/package.yaml", {**package, "version": "0.1.0-dev"})
    for page in ("README.md", "LICENSE", "LICENSE-DATA", "load.py", "load.R", ".gitignore"):
        shutil.copy(ROOT / page, root / page)
    (root / "CHANGELOG.md").write_text(
        f"{changelog.HEAD}\n{changelog.UNRELEASED}\n{changelog.HINT}",
        encoding="utf-8",
    )
    git(root, "init", "-q")
    return root
