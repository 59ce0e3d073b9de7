"""What is wrong, said so that it can be mended: file, line, field, found, allowed, fix."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One failure. `where` is the file; `path` leads to the place within a YAML file (keys and positions),
    or is a line number in a CSV file, or empty for the file as a whole."""

    where: str
    path: tuple | int
    field: str
    rule: str
    found: str
    allowed: str
    fix: str

    def render(self, root: Path) -> str:
        line = self.path if isinstance(self.path, int) else line_of(root / self.where, self.path)
        place = f"{self.where}:{line}" if line else self.where
        return f"{place}: {self.field}: {self.rule}\n    found    {self.found}\n    allowed  {self.allowed}\n    fix      {self.fix}"


class Refused(Exception):
    """Raised with every Problem found; nothing was written."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems

    def render(self, root: Path) -> str:
        unique = list(dict.fromkeys(self.problems))
        return "\n".join(
            [*(problem.render(root) for problem in unique), f"{len(unique)} problems; nothing was written"]
        )


def line_of(file: Path, path: tuple) -> int | None:
    """Line of the value at `path` in a YAML file, or of its nearest parent; None where the file cannot be parsed."""
    import yaml  # only on an error: the strict reader keeps no positions

    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line + 1 if mark else None
    line = node.start_mark.line + 1 if node else None
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == step), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line
