"""Puts record files into their canonical form."""

import re
from pathlib import Path

from scripts.records.reader import canonical, record_files
from scripts.records.strict_yaml import TEMPLATE_COMMENT, StrictYamlError
from scripts.schema.table_schema import Schema, Schemas, load
from scripts.validation.issues import Issue, ValidationFailed

QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")


def format_records(root: Path, write: bool) -> list[Path]:
    """The record files that are not canonical, rewritten if asked.

    ValidationFailed, before any is touched, where one cannot be read or has a comment.
    """
    schemas = load(root)
    changed: dict[Path, str] = {}
    issues: list[Issue] = []
    for schema in schemas.values():
        for path in record_files(schema, root):
            where = path.relative_to(root).as_posix()
            try:
                text, formatted = _formatted(path, schema, schemas)
            except StrictYamlError as error:
                issues.append(
                    Issue(
                        where,
                        error.line,
                        "file",
                        "strict YAML",
                        error.found,
                        "the strict subset of YAML",
                        error.fix,
                    )
                )
                continue
            except (OSError, UnicodeDecodeError) as error:
                issues.append(
                    Issue(
                        where,
                        None,
                        "file",
                        "UTF-8 text",
                        str(error)[:120],
                        "a text file",
                        "save the file as UTF-8",
                    )
                )
                continue
            issues += _comments(where, text)
            if text != formatted:
                changed[path] = formatted
    if issues:
        raise ValidationFailed(issues)
    for path, formatted in changed.items() if write else ():
        path.write_text(formatted, encoding="utf-8", newline="\n")
    return list(changed)


def _formatted(path: Path, schema: Schema, schemas: Schemas) -> tuple[str, str]:
    """The text of a file, and its canonical form."""
    text = path.read_bytes().decode("utf-8")
    return text, canonical(text, schema, schemas)


def _comments(where: str, text: str) -> list[Issue]:
    rule, allowed, fix = "records have no comments", "no comment", "write it into a field: coder_note, reason"
    return [
        Issue(where, number, "file", rule, line.strip()[:80], allowed, fix)
        for number, line in enumerate(text.split("\n"), start=1)
        if has_comment(line)
    ]


def has_comment(line: str) -> bool:
    """Whether the line carries a comment other than a template's."""
    bare = QUOTED.sub("", line)
    return bool(re.search(r"(^|\s)#", bare)) and not bare.strip().startswith(TEMPLATE_COMMENT)
