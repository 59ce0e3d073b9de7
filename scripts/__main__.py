"""Lists the commands: `python -m scripts --help`. Each is run by `python -m scripts.<command>`; --help says more."""

import ast
import sys
from pathlib import Path


def commands() -> dict[str, str]:
    """Every command with the first sentence of its docstring, without importing it."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if not path.stem.startswith("_"):
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            found[path.stem] = first_sentence(docstring)
    return found


def first_sentence(text: str) -> str:
    """The first sentence of the first paragraph, on one line."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return sentence.rstrip(".:") if stop else paragraph.rstrip(".")


def main() -> int:
    print("Commands (python -m scripts.<command> --help says more):\n")
    for name, sentence in commands().items():
        print(f"  {name:<12} {sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
