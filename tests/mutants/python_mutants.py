"""Mutants of Python functions, by the operators of mutmut.

Left alone is what no test should pin: the text of errors that are raised, `encoding=` and `strict=`, and text in other
cases (one mutant of a text is enough).
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators, operator_string
from mutmut.mutation.pragma_handling import IgnoredCode

from scripts.schema.table_schema import ROOT

LEFT_ALONE = {"encoding", "strict", "ensure_ascii"}


@dataclass(frozen=True)
class Mutant:
    """An edit of a file: `code` gives the whole file with `new` in place of `old`."""

    file: str
    function: str
    line: int
    old: str
    new: str
    code: Callable[[], str] = field(repr=False, compare=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names the mutant as long as its function is not edited."""
        return self.file, self.function, self.old, self.new

    @property
    def place(self) -> tuple[str, ...]:
        """What names the mutant as long as its file is not edited."""
        return self.file, self.function, str(self.line), self.old, self.new


def one_text(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """The first mutant of a text."""
    yield from list(operator_string(node))[:1]


OPERATORS = [
    (kind, one_text if operator is operator_string else operator) for kind, operator in mutation_operators
]


class LeftAlone(cst.CSTVisitor):
    """Collects the nodes that are not mutated."""

    def __init__(self) -> None:
        self.nodes: set[cst.CSTNode] = set()
        self.depth = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        self.depth += self.begins(node)
        if self.depth:
            self.nodes.add(node)
        return True

    def on_leave(self, node: cst.CSTNode) -> None:
        self.depth -= self.begins(node)

    @staticmethod
    def begins(node: cst.CSTNode) -> bool:
        is_named = isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in LEFT_ALONE
        return is_named or isinstance(node, cst.Raise)


def mutants_of(file: str) -> list[Mutant]:
    """Every mutant of the functions and methods of a file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor, alone = MutationVisitor(OPERATORS, IgnoredCode(set(), set(), set())), LeftAlone()
    module = wrapper.visit(visitor)
    wrapper.visit(alone)
    places = wrapper.resolve(PositionProvider)
    names = dict(functions(module))
    made = {}
    for mutation in visitor.mutations:
        function = mutation.contained_by_top_level_function
        if function not in names or mutation.original_node in alone.nodes:
            continue
        drops_alone = isinstance(mutation.original_node, cst.Call) and any(
            arg.keyword and arg.keyword.value in LEFT_ALONE for arg in mutation.original_node.args
        )
        if drops_alone and isinstance(mutation.mutated_node, cst.Call):
            continue
        old, new = (module.code_for_node(n) for n in (mutation.original_node, mutation.mutated_node))
        mutant = Mutant(
            file,
            names[function],
            places[mutation.original_node].start.line,
            " ".join(old.split()),
            " ".join(new.split()),
            partial(replaced, module, mutation.original_node, mutation.mutated_node),
        )
        made.setdefault((*mutant.key, mutant.line), mutant)
    return [mutant for mutant in made.values() if mutant.old != mutant.new]


def replaced(module: cst.Module, old: cst.CSTNode, new: cst.CSTNode) -> str:
    return module.deep_replace(old, new).code


def functions(module: cst.Module) -> Iterator[tuple[cst.CSTNode, str]]:
    """The functions and methods of a module, with their names."""
    for node in module.body:
        if isinstance(node, cst.FunctionDef):
            yield node, node.name.value
        elif isinstance(node, cst.ClassDef):
            yield from (
                (inner, f"{node.name.value}.{inner.name.value}")
                for inner in node.body.body
                if isinstance(inner, cst.FunctionDef)
            )


def found(module: ModuleType, name: str) -> Any:
    """The plain function of this name, whatever is wrapped around it."""
    holder: Any = module
    *outer, last = name.split(".")
    for part in outer:
        holder = getattr(holder, part)
    function = vars(holder)[last]
    function = getattr(function, "fget", None) or getattr(function, "__func__", None) or function
    while hasattr(function, "__wrapped__"):
        if hasattr(function, "cache_clear"):
            function.cache_clear()
        function = function.__wrapped__
    return function


def plant(mutant: Mutant) -> None:
    """Puts the code of the mutated function into the function itself, wherever it is in use."""
    forget()
    name = mutant.file.removesuffix(".py").replace("/", ".")
    original = importlib.import_module(name)
    copy = ModuleType(name)
    copy.__file__ = original.__file__
    sys.modules[f"{name} mutated"] = copy
    exec(compile(mutant.code(), mutant.file, "exec"), vars(copy))  # noqa: S102
    function, new = found(original, mutant.function), found(copy, mutant.function)
    assert isinstance(function, FunctionType)
    function.__code__, function.__defaults__, function.__kwdefaults__ = (
        new.__code__,
        new.__defaults__,
        new.__kwdefaults__,
    )


def forget() -> None:
    """Empties every cache: what was kept was made before the mutant was planted."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("scripts.", "tests.")):
            for thing in list(vars(module).values()):
                if callable(getattr(thing, "cache_clear", None)):
                    thing.cache_clear()


def waited(child: int, seconds: float) -> str:
    """How a child that tries a mutant ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "killed"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed by time"
