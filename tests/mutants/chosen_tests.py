"""Which tests try a mutant of a function: those that name it, and those whose rule leads to it."""

import ast
import inspect
import textwrap
from collections import defaultdict
from collections.abc import Iterable

import pytest
from _pytest.runner import runtestprotocol

from scripts.schema.table_schema import ROOT

FOLDERS = ["scripts/normalise", "scripts/validation", "scripts/schema"]
TESTS = ["tests/normalise", "tests/schema", "tests/validation", "tests/faults"]
MOST = 12  # of each kind
GENERAL = [  # of functions that everything needs
    "test_the_invented_project_holds",
    "test_every_constraint_key_and_rule_runs_on_every_table[statements]",
    "test_every_constraint_and_word_refuses_its_fault[statements]",
    "test_every_key_refuses_its_fault[sources]",
    "test_what_is_built_is_valid",
    "test_the_codebook_is_that_of_the_schemas",
    "test_the_descriptor_is_that_of_the_schemas",
    "test_both_forms_overwritten_are_refused_by_a_build",
    "test_every_derived_column_is_refused_when_it_is_overwritten_by_hand",
]


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


class Chooser:
    """Chooses tests among those collected, and runs them."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self.items, self.users = items, users()
        self.by_rule: dict[str, list[pytest.Item]] = defaultdict(list)
        self.naming: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in items:
            fault = getattr(item, "callspec", None) and item.callspec.params.get("fault")
            if fault:
                self.by_rule[fault["rule"]].append(item)
                continue
            source = textwrap.dedent(inspect.getsource(item.function))
            for name in names_in(ast.parse(source)) & set(self.users):
                self.naming[name].append(item)

    def tests(self, function: str) -> list[pytest.Item]:
        """The tests that name the function, faults of the rules that lead to it, then the general ones."""
        name = function.rpartition(".")[2]
        leading = self.users.get(name, set())
        own = [item for rule in sorted(leading) for item in self.by_rule[rule]]
        own = own or [item for items in self.by_rule.values() for item in items]  # what every rule needs
        faults = own[:: max(1, len(own) // MOST)]
        others = [item for user in sorted(leading - {name}) for item in self.naming[user]]
        general = [item for item in self.items if item.name in GENERAL]
        chosen = [*self.naming[name][: 3 * MOST], *faults[:MOST], *others[:MOST], *general]
        return list(dict.fromkeys(chosen))


def is_quick(item: pytest.Item) -> bool:
    """Whether a test does without a whole build of the invented project."""
    return not {"small_tables", "package", "built_package"} & set(item.fixturenames)


def is_caught(items: Iterable[pytest.Item]) -> bool:
    """Whether one of the tests fails."""
    items = list(items)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.session._setupstate.teardown_exact(item)
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return True
    return False
