"""Plants wrong edits in a project and takes them back. An edit is written as tests/faults/README.md says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.records.strict_yaml import parse
from scripts.schema.table_schema import Schema, load
from tests import invented
from tests.checking import put_back

OTHERS = ("also", "also_put", "rows")


@contextmanager
def planted(fault: dict, root: Path) -> Iterator[None]:
    """The project with the fault; as it was before, afterwards."""
    touched = {fault.get("file", invented.HERALD), *(path for key in OTHERS for path in fault.get(key, {}))}
    with put_back(root, *touched):
        plant(fault, root)
        yield


def plant(fault: dict, root: Path) -> None:
    """Changes the project as the fault says."""
    for other, record in fault.get("also", {}).items():
        invented.write(root, other, record)
    for other, cells in fault.get("also_put", {}).items():
        put({"put": cells}, root / other)
    for other, cells in fault.get("rows", {}).items():
        schema = next(schema for schema in load().values() if schema.written_csv == other)
        add_row(root / other, schema, {"row": cells, "template": "second" in other})
    path = root / fault.get("file", invented.HERALD)
    if "replace" in fault:
        text = path.read_text(encoding="utf-8")
        assert fault["replace"][0] in text
        path.write_text(text.replace(*fault["replace"], 1), encoding="utf-8")
    elif "row" in fault:
        add_row(path, load()[fault["table"]], fault)
    else:
        put(fault, path)


def put(fault: dict, path: Path) -> None:
    record = parse(path.read_text(encoding="utf-8")) if path.exists() else None
    for place, value in fault["put"].items():
        if place == "":
            record = value
            continue
        *steps, last = [int(step) if step.isdigit() else step for step in place.split("/")]
        target = record
        for step in steps:
            target = target[step]
        target[last] = value
    invented.write(path.parent, path.name, record)


def add_row(path: Path, schema: Schema, fault: dict) -> None:
    """Adds a row to a CSV: the cells named, and of a template the examples of the schema."""
    template = {field["name"]: field["example"] for field in schema.fields if fault.get("template")}
    keys = {own[0] for own, _, _ in schema.foreign_keys}
    cells = {name: "" if name in keys else text for name, text in template.items()} | fault["row"]
    line = ",".join(f'"{cells.get(name, "")}"' if cells.get(name) else "" for name in schema.columns())
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
