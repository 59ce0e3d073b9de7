"""What is wrong, said so that it can be fixed: file, line, field, rule, found, allowed, fix."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong in one file; `line` is None where the file as a whole is meant."""

    file: str
    line: int | None
    field: str
    rule: str
    found: str
    allowed: str
    fix: str

    def render(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.field}: {self.rule}\n"
            f"    found    {shortened(self.found)}\n"
            f"    allowed  {shortened(self.allowed, 400)}\n"
            f"    fix      {self.fix}"
        )


class ValidationFailed(Exception):
    """Raised with every issue found; nothing was written."""

    def __init__(self, issues: Iterable[Issue], note: str = ""):
        self.issues = list(dict.fromkeys(issues))
        self.note = note
        super().__init__(f"{len(self.issues)} issues")

    def render(self, outcome: str = "nothing was written") -> str:
        count = "1 issue" if len(self.issues) == 1 else f"{len(self.issues)} issues"
        lines = [issue.render() for issue in self.issues]
        return "\n".join([*lines, *([self.note] if self.note else []), f"{count}; {outcome}"])


def shortened(text: str, length: int = 160) -> str:
    """One printable line of the text, cut where it is long."""
    line = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: length + 1])
    return line if len(line) <= length else f"{line[:length]}…"
