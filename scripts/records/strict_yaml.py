"""Strict reading and canonical writing of the record files.

`parse` refuses whatever YAML would turn into something the coder did not write: duplicate keys, tags, aliases,
numbers in other notations, bare decimals and dates. `emit` writes the one canonical form of a record: every scalar that
is not an integer or a boolean is quoted, blank keys are left out, two spaces of indent, no comments (a note is a field).
"""

import json
import re

import yaml_rs

INDICATOR = re.compile(r"^\s*(?:- +)*(?:[\w.-]+: +)?(?:- +)*(?P<mark>[&*!]\S*)")
ODD_NUMBER = re.compile(
    r"^\s*(?:- +)*(?:[\w.-]+: +|- +)(?P<mark>[+-]?(?:0[0-9xob]|[0-9.]*[0-9][_.:eE-]|\.\d|\.inf|\.nan)[\w.:+-]*)\s*(?:#.*)?$",
    re.I,
)
TEMPLATE_COMMENT = "#|"


class YamlProblem(ValueError):
    """The text is not strict YAML: `line` (from 1, or None), what was `found`, and how to `fix` it."""

    def __init__(self, line: int | None, found: str, fix: str):
        super().__init__(f"line {line}: {found}; {fix}")
        self.line, self.found, self.fix = line, found, fix


def parse(text: str):
    """The record as Python lists, dicts, strings, integers, booleans and None; raises YamlProblem."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := INDICATOR.match(line):
            raise YamlProblem(
                number,
                match["mark"],
                "tags, anchors and aliases are refused: write the value out, or quote it",
            )
        if match := ODD_NUMBER.match(line):
            raise YamlProblem(number, match["mark"], f'write plain digits, or quote it: "{match["mark"]}"')
    try:
        return yaml_rs.loads(text, parse_datetime=False) if text.strip() else None
    except yaml_rs.YAMLDecodeError as error:
        found = " ".join(str(error).split())
        duplicate = re.search(r"duplicate mapping key: '(.+)'", found)
        line = re.search(r"line (\d+)", found)
        where = _second_line_with_key(text, duplicate[1]) if duplicate else int(line[1]) if line else None
        raise YamlProblem(
            where, found, "write each key once in its mapping" if duplicate else "mend the YAML syntax there"
        ) from None


def _second_line_with_key(text: str, key: str) -> int | None:
    """Line of the repeated key, found by walking the composed document; several may repeat, the first counts."""
    import yaml

    def walk(node):
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for name, value in node.value:
                if name.value in seen:
                    yield name.start_mark.line + 1
                seen.add(name.value)
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from walk(value)

    return next(walk(yaml.compose(text, Loader=yaml.SafeLoader)), None)


def emit(record, indent: int = 0) -> str:
    """Canonical text of a mapping or a list of mappings; keys in the order given, blank ones left out."""
    if isinstance(record, list):
        blocks = [emit(item, indent + 2) for item in record]
        return "".join(" " * indent + "- " + block[indent + 2 :] for block in blocks)
    lines = []
    for key, value in record.items():
        if value is None or value == []:
            continue
        if isinstance(value, list):
            lines.append(f"{' ' * indent}{key}:\n{emit(value, indent + 2)}")
        else:
            lines.append(f"{' ' * indent}{key}: {_scalar(value)}\n")
    return "".join(lines)


def _scalar(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value).lower()
