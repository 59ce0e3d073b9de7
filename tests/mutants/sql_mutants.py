"""Mutants of the derivation's SQL, made on the tree that sqlglot parses, tried on the records of the second
implementation: one is killed where a derived cell differs from it, or where the rules cannot run."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import sqlglot
from sqlglot import exp

from scripts.schema.table_schema import ROOT
from tests.mutants.python_mutants import Mutant

SWAPPED = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.And: exp.Or,
    exp.Or: exp.And,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.LogicalOr: exp.LogicalAnd,
    exp.LogicalAnd: exp.LogicalOr,
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
}


def changed(node: exp.Expression) -> Iterator[exp.Expression | None]:
    """What may stand in place of a node; None takes it away."""
    kind = type(node)
    if kind in SWAPPED:
        yield SWAPPED[kind](**{name: part.copy() if part else part for name, part in node.args.items()})
    yield from parts_left(node)
    yield from other_values(node)
    if may_go(node):
        yield None


def parts_left(node: exp.Expression) -> Iterator[exp.Expression]:
    """A part of the node in its place: one side of AND, what is within NOT, an aggregate without its FILTER ..."""
    if isinstance(node, exp.Connector):
        yield node.left.copy()
        yield node.right.copy()
    if isinstance(node, (exp.Not, exp.Coalesce, exp.Filter)):
        yield node.this.copy()
    if isinstance(node, exp.Distinct) and not isinstance(node.parent, exp.Select):
        yield node.expressions[0].copy()


def other_values(node: exp.Expression) -> Iterator[exp.Expression]:
    """The opposite, another number, another order, another kind of join."""
    if isinstance(node, (exp.In, exp.Is, exp.Exists)) and not isinstance(node.parent, exp.Not):
        yield exp.Not(this=node.copy())
    if isinstance(node, exp.Boolean):
        yield exp.Boolean(this=not node.this)
    if isinstance(node, exp.Literal) and not node.is_string and not is_unread(node):
        yield exp.Literal.number(int(node.this) + 1)
    if isinstance(node, exp.Ordered):
        yield exp.Ordered(**{**node.copy().args, "desc": not node.args.get("desc")})
    if isinstance(node, exp.Join) and not node.args.get("using"):
        other = node.copy()
        other.set("side", None if node.side else "LEFT")
        yield other


def is_unread(node: exp.Expression) -> bool:
    """Whether it is what EXISTS selects: only whether there is a row is read."""
    return isinstance(node.parent, exp.Select) and isinstance(node.parent.parent, exp.Exists)


def may_go(node: exp.Expression) -> bool:
    """Whether the query stands without the node: WHERE, DISTINCT, one of several WHENs, a word of a list."""
    if isinstance(node, exp.Distinct):
        return isinstance(node.parent, exp.Select)
    if isinstance(node, exp.If):
        return isinstance(node.parent, exp.Case) and len(node.parent.args["ifs"]) > 1
    is_listed = isinstance(node, exp.Literal) and node.is_string and isinstance(node.parent, exp.In)
    return isinstance(node, exp.Where) or is_listed


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a rule file."""
    statements = sqlglot.parse(path.read_text(encoding="utf-8"), read="duckdb")
    made = {}
    for number, statement in enumerate(statements):
        name = statement.find(exp.Table).sql() if statement.find(exp.Table) else str(number)
        for place, node in enumerate(statement.walk()):
            for new in changed(node):
                old_text, new_text = node.sql("duckdb"), new.sql("duckdb") if new else ""
                code = partial(replaced, statements, number, place, new)
                mutant = Mutant(path.relative_to(ROOT).as_posix(), name, place, old_text, new_text, code)
                made[*mutant.key, place] = mutant
    return list(made.values())


def replaced(statements: list, number: int, place: int, new: exp.Expression | None) -> str:
    """The file with another node at a place of one of its statements."""
    copy = statements[number].copy()
    target = list(copy.walk())[place]
    if new is None:
        target.pop()
    else:
        target.replace(new)
    return rendered([*statements[:number], copy, *statements[number + 1 :]])


def rendered(statements: list[exp.Expression]) -> str:
    return (
        ";\n".join(statement.sql("duckdb", comments=False) for statement in statements if statement) + ";\n"
    )
