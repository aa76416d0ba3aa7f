"""Owns the expression tree: numbers, names with brackets and lags, operators, functions and sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

OPERATORS = ("+", "-", "*", "/", "^", "==", "<>", "<", "<=", ">", ">=", "and", "or")
FUNCTIONS = {"abs": 1, "sqrt": 1, "log": 1, "exp": 1, "min": 2, "max": 2, "if": 3, "previous": 1, "change": 1}
FUNCTIONS["per_period"] = 1


@dataclass(frozen=True, slots=True)
class Place:
    """File, line and column of something in a text."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class PeriodsPerYear(Number):
    """How many periods a year has: what `per_period` divides by, in periods per year."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, its bracket entries (labels, dimensions or sectors) and its lag (0 or more periods back)."""

    name: str
    index: tuple[str, ...] = ()
    lag: int = 0
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an expression."""

    operand: Expression
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an operator of `OPERATORS`."""

    operator: str
    left: Expression
    right: Expression
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `FUNCTIONS` and its arguments; min and max take two or more."""

    function: str
    arguments: tuple[Expression, ...]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of an expression over dimensions, with a condition on labels."""

    body: Expression
    dimensions: tuple[str, ...]
    where: Expression | None = None
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A resolved name: the slot it is kept in and how many periods back it is read."""

    slot: int
    lag: int = 0
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Convert:
    """An amount in another money, at the exchange rates of some periods back.

    `target` is written as a label, a dimension, ``world`` or the name of the common unit; in a resolved tree
    it is a label, or nothing for the common unit.
    """

    operand: Expression
    target: str
    lag: int = 0
    place: Place = field(default=Place(), compare=False)


Expression = Number | Name | Negative | Binary | Call | Sum | Cell | Convert


def children(node: Expression) -> tuple[Expression, ...]:
    """The parts of a node, a condition of a sum not included.

    Examples
    --------
    >>> children(Binary("+", Number(1.0), Name("x")))[1].name
    'x'
    """
    if isinstance(node, Negative | Convert):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Sum):
        return (node.body,)
    return ()


def walk(node: Expression) -> Iterator[Expression]:
    """Every node, the given one first; without recursion, so that depth does not matter.

    Examples
    --------
    >>> [type(n).__name__ for n in walk(Negative(Name("x")))]
    ['Negative', 'Name']
    """
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def lagged(node: Expression, periods: int = 1) -> Expression:
    """The same expression some periods earlier: every name is read that much further back.

    Examples
    --------
    >>> lagged(Name("x")).lag
    1
    """
    if isinstance(node, Name):
        return replace(node, lag=node.lag + periods)
    if isinstance(node, Negative):
        return replace(node, operand=lagged(node.operand, periods))
    if isinstance(node, Binary):
        return replace(node, left=lagged(node.left, periods), right=lagged(node.right, periods))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(lagged(argument, periods) for argument in node.arguments))
    if isinstance(node, Sum):
        return replace(node, body=lagged(node.body, periods))
    if isinstance(node, Convert):
        return replace(node, operand=lagged(node.operand, periods), lag=node.lag + periods)
    return node


def plain(node: Expression) -> Expression:
    """The same expression without `previous` and `change`, which are read as lags.

    Examples
    --------
    >>> plain(Call("previous", (Name("x"),))).lag
    1
    """
    if isinstance(node, Call) and node.function in ("previous", "change"):
        inner = plain(node.arguments[0])
        before = lagged(inner)
        return before if node.function == "previous" else Binary("-", inner, before, node.place)
    if isinstance(node, Negative | Convert):
        return replace(node, operand=plain(node.operand))
    if isinstance(node, Binary):
        return replace(node, left=plain(node.left), right=plain(node.right))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(plain(argument) for argument in node.arguments))
    if isinstance(node, Sum):
        return replace(node, body=plain(node.body))
    return node
