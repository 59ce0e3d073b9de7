"""Strict reading and canonical writing of the record files.

`read_document` walks the events of the YAML parser and refuses whatever YAML would turn into something the coder did
not write: anchors, aliases, tags, flow style, duplicate keys, several documents, and words, numbers and dates without
quotes that some reader of YAML takes for something else. It keeps the line of every value. `emit` writes the one
canonical form of a record: text quoted, blank keys left out, two spaces of indent, no comments (a note is a field).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from scripts.records import text as characters

LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the same events; the one in C is ten times as fast
MAX_DEPTH = 8
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
READ_OTHERWISE = re.compile(  # without quotes, some reader of YAML 1.1 or 1.2 takes these for something else
    r"[-+.]?[0-9].*|[-+]?\.(?:inf|nan)|~|null|<<|=|y|n|yes|no|on|off|true|false", re.IGNORECASE
)
TEMPLATE_COMMENT = "#|"
Path = tuple[str | int, ...]


class StrictYamlError(ValueError):
    """The text is not strict YAML: `line` (from 1, or None), what was `found`, and how to `fix` it."""

    def __init__(self, line: int | None, found: str, fix: str):
        super().__init__(f"line {line}: {found}; {fix}")
        self.line, self.found, self.fix = line, found, fix


@dataclass(frozen=True)
class Document:
    """A record as lists, dicts, strings, integers, booleans and None; `lines` has the line of the value at each
    path."""

    value: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Line of the value at `path`, or of its nearest parent that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass
class _Open:
    """A mapping or list that is being read; of a mapping, the key that waits for its value."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = field(default=None)


def parse(text: str) -> Any:
    """The record in a text; StrictYamlError where the text is not strict YAML."""
    return read_document(text).value


def read_document(text: str) -> Document:
    """The record in a text, with the line of every value; StrictYamlError where the text is not strict YAML."""
    _check_characters(text)
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        found = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else None
        raise StrictYamlError(line, f"YAML syntax: {found}", "correct the YAML there") from None
    if () in reader.lines:  # of an empty document the parser gives a line after the last
        reader.lines[()] = min(reader.lines[()], text.count("\n") + 1)
    return Document(reader.value, reader.lines)


def _check_characters(text: str) -> None:
    if text.startswith("\ufeff"):
        raise StrictYamlError(1, "a byte order mark", "save the file as UTF-8 without a byte order mark")
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        raise StrictYamlError(line, "a carriage return", "end lines by a line feed alone (LF)")
    if bad := characters.first_bad_line(text):
        raise StrictYamlError(bad[0], bad[1], "leave the character out, or write a plain space")


class _Reader:
    """Takes the events of one document and builds its value."""

    def __init__(self) -> None:
        self.value: Any = None
        self.lines: dict[Path, int] = {}
        self.stack: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(event, f"*{event.anchor}", "write the value out: aliases are refused")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refused(event, "a second document", "write one record a file")
            if event.version or event.tags:
                raise _refused(event, "a directive", "leave out the lines that begin with %")

    def _open(self, event: Any) -> None:
        _refuse_marks(event)
        if event.flow_style:
            raise _refused(
                event, "flow style, { } or [ ]", "write one key, or one entry after a dash, a line"
            )
        if len(self.stack) >= MAX_DEPTH:
            raise _refused(
                event, f"more than {MAX_DEPTH} levels", "records are not that deep: correct the indent"
            )
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        value: dict[str, Any] | list[Any] = {} if is_mapping else []
        self.stack.append(_Open(value, self._place(value, event)))

    def _scalar(self, event: Any) -> None:
        _refuse_marks(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(event, top)
        else:
            self._place(_value_of(event), event)

    def _key(self, event: Any, top: _Open) -> None:
        if not KEY.fullmatch(event.value):
            raise _refused(event, f"the key {event.value[:60]!r}", "write a key of letters, digits and _")
        if event.value in top.value:
            raise _refused(event, f"duplicate key {event.value}", "write each key once in its mapping")
        top.key = event.value
        self.lines[(*top.path, event.value)] = event.start_mark.line + 1

    def _place(self, value: Any, event: Any) -> Path:
        """Puts a value where it belongs and gives its path."""
        line = event.start_mark.line + 1
        if not self.stack:
            self.value, self.lines[()] = value, line
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
            self.lines[path] = line
        elif top.key is None:
            raise _refused(
                event, "a key that is itself a mapping or list", "write a key of letters, digits and _"
            )
        else:
            path = (*top.path, top.key)
            top.value[top.key], top.key = value, None
        return path


def _refused(event: Any, found: str, fix: str) -> StrictYamlError:
    return StrictYamlError(event.start_mark.line + 1, found, fix)


def _refuse_marks(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(event, f"&{event.anchor}", "leave the anchor out: anchors and aliases are refused")
    if event.tag is not None:
        raise _refused(event, f"the tag {event.tag}", "leave the tag out, or quote the text")


def _value_of(event: Any) -> Any:
    """The value of a scalar; of one without quotes only where every reader of YAML reads it so."""
    text: str = event.value
    if fault := characters.fault_of(text.rstrip("\n") if event.style in ("|", ">") else text):
        raise _refused(event, fault, f"write {characters.ALLOWED}")
    if event.style not in (None, ""):
        return text
    if text == "":
        return None
    if text in ("true", "false"):
        return text == "true"
    if INTEGER.fullmatch(text) and text != "-0":
        return int(text)
    if READ_OTHERWISE.fullmatch(text):
        fix = "write at most 15 digits" if text.isdigit() and text[0] != "0" else f'quote it: "{text[:40]}"'
        raise _refused(event, text[:60], fix)
    return text


def emit(record: dict[str, Any] | list[Any]) -> str:
    """Canonical text of a mapping or a list of mappings; keys in the order given, blank ones left out."""
    return "".join(f"{line}\n" for line in _lines(_without_blanks(record)))


def _without_blanks(value: Any) -> Any:
    """The value without blank keys and without entries in which nothing is written."""
    if isinstance(value, dict):
        kept = {key: _without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None and item not in ([], {})}
    if isinstance(value, list):
        return [item for item in map(_without_blanks, value) if item is not None and item not in ([], {})]
    return value


def _lines(value: dict[str, Any] | list[Any]) -> Iterator[str]:
    """The lines of a mapping or list; what stands within it is two spaces deeper."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        head = f"{key}:" if isinstance(value, dict) else "-"
        if not isinstance(item, (dict, list)):
            yield f"{head} {_scalar(item)}"
        elif isinstance(value, dict):
            yield head
            yield from (f"  {line}" for line in _lines(item))
        else:
            first, *others = _lines(item)
            yield f"{head} {first}"
            yield from (f"  {line}" for line in others)


def _scalar(value: str | int | bool) -> str:
    """Text in double quotes, with the escapes of JSON, which YAML shares; numbers, true and false as they are."""
    return json.dumps(value, ensure_ascii=False)
