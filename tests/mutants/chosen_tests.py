"""Which tests try a mutant: of those that reach its line, the faults of its rule, then the quickest."""

import ast
import gc
import json
import os
import shutil
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol

from scripts.schema.table_schema import ROOT

FOLDERS = ["scripts/normalise", "scripts/validation", "scripts/schema"]
TESTS = ["tests/normalise", "tests/schema", "tests/validation", "tests/faults"]
OWN_FAULTS = 8
WITHOUT_A_FAULT = "test_the_invented_project_holds"
OF_ONE_TEST = 3  # as many of the cases of one test that are not quick, faults of other rules among them
QUICK = 0.05  # seconds


def files() -> list[str]:
    """The files whose functions are mutated."""
    return sorted(
        path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).glob("*.py")
    )


def names_in(tree: ast.AST) -> set[str]:
    """Every name that a piece of code uses."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def users() -> dict[str, set[str]]:
    """By function, all functions that lead to it, itself among them."""
    uses: dict[str, set[str]] = {}
    for file in files():
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                uses.setdefault(node.name, set()).update(names_in(node))
    direct: dict[str, set[str]] = defaultdict(set)
    for name, used in uses.items():
        for other in used & set(uses):
            direct[other].add(name)
    found = {}
    for name in uses:
        reached, waiting = {name}, [name]
        while waiting:
            new = direct[waiting.pop()] - reached
            reached |= new
            waiting += new
        found[name] = reached
    return found


def statement_spans(file: str) -> list[range]:
    """The lines of every statement; of one that holds others, its head."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    spans = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            held = [part.lineno for name in ("body", "cases") for part in _parts(node, name)]
            end = min(held) if held else node.end_lineno + 1
            spans.append(range(node.lineno, max(end, node.lineno + 1)))
    return spans


def _parts(node: ast.stmt, name: str) -> Iterable[ast.stmt]:
    return (
        part.pattern if isinstance(part, ast.match_case) else part for part in getattr(node, name, []) or []
    )


class Reached:
    """Which lines of the mutated files each test reaches, and how long it takes."""

    def __init__(self, items: list[pytest.Item], kept: Path) -> None:
        if not kept.is_file():
            kept.parent.mkdir(exist_ok=True)
            in_child(lambda: self._measure(items, kept), items[0].session)
        found = json.loads(kept.read_text(encoding="utf-8"))
        by_id = {item.nodeid: item for item in items}
        self.all = items
        self.seconds = {
            by_id[key]: seconds + needs_a_build(by_id[key])
            for key, seconds in found["seconds"].items()
            if key in by_id
        }
        self.items = {
            (file, int(line)): [by_id[key] for key in tests if key in by_id]
            for file, lines in found["lines"].items()
            for line, tests in lines.items()
        }
        self.spans = {file: statement_spans(file) for file in found["lines"]}

    @staticmethod
    def _measure(items: list[pytest.Item], kept: Path) -> int:
        measured = coverage.Coverage(data_file=None, include=[str(ROOT / file) for file in files()])
        measured.start()
        seconds = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            measured.switch_context(item.nodeid)
            begun = time.process_time()
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                raise RuntimeError(f"{item.nodeid} fails without any mutant")
            seconds[item.nodeid] = time.process_time() - begun
        measured.stop()
        data = measured.get_data()
        lines = {
            Path(file).relative_to(ROOT).as_posix(): {
                line: [test for test in tests if test]
                for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        kept.write_text(json.dumps({"seconds": seconds, "lines": lines}), encoding="utf-8")
        return 0

    def unmeasured(self) -> list[pytest.Item]:
        """Tests that are newer than what was measured."""
        return [item for item in self.all if item not in self.seconds]

    def tests(self, file: str, line: int) -> list[pytest.Item]:
        """The tests that reach the statement of a line, the quickest first."""
        around = [span for span in self.spans.get(file, []) if line in span]
        span = min(around, key=len) if around else range(line, line + 1)
        found = dict.fromkeys(test for number in span for test in self.items.get((file, number), []))
        return sorted(found, key=lambda item: self.seconds[item])


class Chooser:
    """Chooses tests among those collected."""

    def __init__(self, items: list[pytest.Item], kept: Path) -> None:
        self.reached, self.users = Reached(items, kept), users()

    def tests(self, file: str, function: str, line: int, seconds: float) -> list[pytest.Item]:
        """The faults of the rules that lead to the function, the project without one, and the quickest, that long.

        What takes hardly any time comes first, so that most mutants are killed at once.
        """
        leading = self.users.get(function.rpartition(".")[2], set())
        reaching = [*self.reached.unmeasured(), *self.reached.tests(file, line)]
        own = [item for item in reaching if rule_of(item) in leading][:OWN_FAULTS]
        own += [item for item in reaching if item.originalname == WITHOUT_A_FAULT]
        chosen, taken, left = list(own), Counter[str](), seconds
        for item in reaching:
            needed = self.reached.seconds.get(item, 0)
            taken[item.originalname] += needed > QUICK
            if item in own or taken[item.originalname] > OF_ONE_TEST:
                continue
            left -= needed
            if left < 0 and chosen:
                break
            chosen.append(item)
        return sorted(chosen, key=lambda item: self.reached.seconds.get(item, 0) > QUICK)


def needs_a_build(item: pytest.Item) -> float:
    """The seconds in which the invented project is built, where the test needs that."""
    return 4.0 if {"small_tables", "package", "built_package"} & set(item.fixturenames) else 0.0


def rule_of(item: pytest.Item) -> str | None:
    """The rule whose planted fault the test plants."""
    fault = item.callspec.params.get("fault") if hasattr(item, "callspec") else None
    return fault["rule"] if isinstance(fault, dict) else None


def is_caught(items: Iterable[pytest.Item], following: pytest.Item | None = None) -> bool:
    """Whether one of the tests fails; what the following one shares is kept."""
    items = list(items)
    for item, after in zip(items, [*items[1:], following], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            return True
    return False


def in_child(work, session: pytest.Session, seconds: float = 3600) -> str:
    """Does work in a child with a temporary folder of its own: killed, killed by time, or survived (it gave 0)."""
    from tests.mutants.python_mutants import waited

    folder = Path(tempfile.mkdtemp(prefix="mutant-"))
    gc.freeze()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            session.config._tmp_path_factory._basetemp = folder
            code = int(work())
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    try:
        return waited(child, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
