"""The page about the derivation: the words at the head of every rule file, as they run."""

from pathlib import Path

INTRO = """# Derivation

How statements become status, positions, figures and history. This page is generated from the heads of the
rules in `rules/derivation/`: the rule you read here is the rule that runs. Copy that folder, edit a copy, and
derive again with
`python -m scripts.rederive --rules FOLDER`.

> A derived cell never says more than somebody said. Who says so is named; nothing is averaged, stretched,
> pooled or handed down.
"""


def derivation_page(rules: list[Path]) -> str:
    """Markdown of the heads of the rule files, in the order in which they run."""
    return INTRO + "".join(_section(path) for path in rules)


def head_of(path: Path) -> tuple[str, str]:
    """The leading comment of one rule file: its first line as title, the rest as written."""
    head = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        head.append(line.removeprefix("--").removeprefix(" ").rstrip())
    return head[0], "\n".join(head[1:]).strip()


def _section(path: Path) -> str:
    title, body = head_of(path)
    return f"\n## {title}\n\n`{path.name}`\n\n```text\n{body}\n```\n"
