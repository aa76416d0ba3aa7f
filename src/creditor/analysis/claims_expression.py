"""Owns the reading of a computation: arithmetic, comparisons and look-ups in one line, nothing else."""

from __future__ import annotations

import ast
import functools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NoReturn

from creditor.analysis.claims_figures import Figures, Lack
from creditor.analysis.claims_quantity import PLAIN, Quantity, add, compare, negative, number, over, times
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

LONGEST = 2000  # letters of a computation
Value = Quantity | bool | str | list[str] | None
_OPERATORS: dict[type[ast.operator], Callable[[Quantity, Quantity], Quantity]] = {
    ast.Add: add,
    ast.Sub: functools.partial(add, sign=-1),
    ast.Mult: times,
    ast.Div: over,
}
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
GATHERING = ("count", "all", "any", "min", "max", "sum", "correlation")


@dataclass
class Computation:
    """One computation and what it met on its way.

    Parameters
    ----------
    figures : Figures
    functions : mapping of name to function
        Beside those of the figures.
    steps : list of (text, result)
        Look-ups in their order, for people.
    skipped : list of str
        What was left out of a count or sum because a figure is missing.

    Examples
    --------
    >>> Computation(Figures()).run("6.7 + 7").text
    '13.7'
    """

    figures: Figures
    functions: Mapping[str, Callable[..., Quantity | bool]] = field(default_factory=dict)
    steps: list[tuple[str, Value]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def run(self, text: str, where: str = "computation", names: Mapping[str, Value] | None = None) -> Value:
        """Evaluate a computation.

        Raises
        ------
        InputError
            F310 for what is not part of the language; T206 for units that do not fit.
        Lack
            For a figure that the library does not have.
        """
        if len(text) > LONGEST:
            _refuse(where, f"{len(text)} letters", f"at most {LONGEST} are read")
        try:
            tree = ast.parse(text, mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            _refuse(where, f"{text[:80]!r} cannot be read", str(error))
        return self._value(tree.body, dict(names or {}), where)

    def _value(self, node: ast.expr, names: dict[str, Value], where: str) -> Value:
        if isinstance(node, ast.Constant):
            return self._constant(node, where)
        if isinstance(node, ast.Name):
            return self._named(node.id, names, where)
        if isinstance(node, ast.UnaryOp):
            return self._sign(node, names, where)
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            left, right = (self._quantity(side, names, where) for side in (node.left, node.right))
            return _OPERATORS[type(node.op)](left, right)
        if isinstance(node, ast.Compare):
            return self._compared(node, names, where)
        if isinstance(node, ast.BoolOp):
            found = [self._value(one, names, where) for one in node.values]
            decisive = isinstance(node.op, ast.Or)
            return decisive if decisive in found else (None if None in found else not decisive)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node.func.id, node, names, where)
        _refuse(where, f"{ast.unparse(node)[:60]!r} is not part of a computation", "")

    def _constant(self, node: ast.Constant, where: str) -> Value:
        if isinstance(node.value, (bool, str)):
            return node.value
        if isinstance(node.value, (int, float)):
            return number(repr(node.value))
        _refuse(where, f"{node.value!r} is no number and no text", "")

    def _named(self, name: str, names: dict[str, Value], where: str) -> Value:
        if name in names:
            return names[name]
        group = self.figures.group(name)
        if group is None:
            _refuse(where, f"no name {name!r}", "", mend_with(name, [*names, "LIBRARY", "G7"]))
        return group

    def _sign(self, node: ast.UnaryOp, names: dict[str, Value], where: str) -> Value:
        if isinstance(node.op, ast.Not):
            found = self._value(node.operand, names, where)
            return None if found is None else not found
        one = self._quantity(node.operand, names, where)
        return negative(one) if isinstance(node.op, ast.USub) else one

    def _quantity(self, node: ast.expr, names: dict[str, Value], where: str) -> Quantity:
        found = self._value(node, names, where)
        if not isinstance(found, Quantity):
            _refuse(where, f"{ast.unparse(node)[:60]!r} is no number", "")
        return found

    def _compared(self, node: ast.Compare, names: dict[str, Value], where: str) -> bool | None:
        sides = [self._value(one, names, where) for one in (node.left, *node.comparators)]
        answers: list[bool | None] = []
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            if isinstance(left, str) and isinstance(right, str) and isinstance(operator, ast.Eq | ast.NotEq):
                answers.append((left == right) is isinstance(operator, ast.Eq))
                continue
            sign = _SIGNS.get(type(operator))
            if sign is None or not isinstance(left, Quantity) or not isinstance(right, Quantity):
                _refuse(where, f"{ast.unparse(node)[:60]!r} compares what has no order", "")
            answers.append(compare(left, sign, right))
        return False if False in answers else (None if None in answers else True)

    def _call(self, name: str, node: ast.Call, names: dict[str, Value], where: str) -> Value:
        if name in GATHERING and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            found: Value = self._gather(name, node.args[0], names, where)
            self.steps.append((ast.unparse(node), found))
            return found
        known = {**self.figures.functions(), **self.functions, "min": _least, "max": _greatest}
        if name not in known:
            _refuse(where, f"no function {name!r}", "", mend_with(name, [*known, *GATHERING]))
        given = [self._value(one, names, where) for one in node.args]
        named = {str(one.arg): self._value(one.value, names, where) for one in node.keywords}
        try:
            result: Value = known[name](*given, **named)
        except (TypeError, AttributeError) as error:
            _refuse(where, f"{ast.unparse(node)[:80]!r} does not fit {name}", str(error))
        self.steps.append((_written(name, node, names), result))
        return result

    def _gather(self, name: str, node: ast.GeneratorExp, names: dict[str, Value], where: str) -> Value:
        found = list(self._each(node, names, where))
        if not found:
            raise Lack(f"none of the economies has the figures of {ast.unparse(node.elt)[:60]}")
        if name == "correlation":
            return _correlation([pair for pair in found if isinstance(pair, tuple)], where)
        truths = [one for one in found if isinstance(one, bool)]
        if name in ("all", "any"):
            return all(truths) if name == "all" else any(truths)
        if name == "count":
            return number(sum(truths))
        sizes = [one for one in found if isinstance(one, Quantity)]
        if not sizes:
            _refuse(where, f"{ast.unparse(node.elt)[:60]!r} is no number", "")
        if name == "sum":
            return functools.reduce(add, sizes)
        return _least(*sizes) if name == "min" else _greatest(*sizes)

    def _each(
        self, node: ast.GeneratorExp, names: dict[str, Value], where: str
    ) -> Iterator[Value | tuple[Value, ...]]:
        """The element for each member of a group; those without figures are passed over and remembered."""
        inner = node.generators[0]
        if len(node.generators) != 1 or not isinstance(inner.target, ast.Name):
            _refuse(where, "a count goes over one name", "")
        members = self._value(inner.iter, names, where)
        if not isinstance(members, list):
            _refuse(where, f"{ast.unparse(inner.iter)[:40]!r} is no group of economies", "")
        quiet = Computation(self.figures, self.functions)
        for member in members:
            own = {**names, inner.target.id: member}
            try:
                if not all(quiet._value(test, own, where) for test in inner.ifs):
                    continue
                if isinstance(node.elt, ast.Tuple):
                    yield tuple(quiet._value(part, own, where) for part in node.elt.elts)
                    continue
                found = quiet._value(node.elt, own, where)
            except Lack:
                self.skipped.append(member)
                continue
            if found is not None:
                yield found


def _written(name: str, node: ast.Call, names: dict[str, Value]) -> str:
    """A call as a reader sees it: names that stand for texts replaced."""
    texts = []
    for one in node.args:
        known = names.get(one.id) if isinstance(one, ast.Name) else None
        texts.append(repr(known) if isinstance(known, str) else ast.unparse(one))
    texts += [f"{one.arg}={ast.unparse(one.value)}" for one in node.keywords]
    return f"{name}({', '.join(texts)})"


def _least(*parts: Quantity) -> Quantity:
    return min(parts, key=lambda one: one.spans[0][0])


def _greatest(*parts: Quantity) -> Quantity:
    return max(parts, key=lambda one: one.spans[0][1])


def _correlation(pairs: list[tuple[Value, ...]], where: str) -> Quantity:
    """Pearson's coefficient over the economies that have both figures."""
    known = [pair for pair in pairs if len(pair) == 2 and all(isinstance(one, Quantity) for one in pair)]
    first, second = ([float(pair[place].spans[0][0]) for pair in known] for place in (0, 1))  # type: ignore[union-attr]
    if len(known) < 3:
        raise Lack("fewer than three economies have both figures")
    means = [math.fsum(column) / len(known) for column in (first, second)]
    away = [[x - mean for x in column] for column, mean in zip((first, second), means, strict=True)]
    cross = math.fsum(x * y for x, y in zip(*away, strict=True))
    sizes = [math.sqrt(math.fsum(x * x for x in column)) for column in away]
    if not all(sizes):
        _refuse(where, "one side of a correlation does not vary", "")
    origins = tuple(dict.fromkeys(o for pair in known for one in pair for o in one.origins))  # type: ignore[union-attr]
    value = Fraction(str(round(cross / (sizes[0] * sizes[1]), 6)))
    return Quantity(((value, value),), PLAIN, origins, (f"{len(known)} economies",))


def _refuse(where: str, what: str, why: str, mend: str = "") -> NoReturn:
    mend = mend or "write numbers, + - * /, comparisons, and, or, not, and the functions of docs/check.md"
    raise InputError(Trouble("F310", where, what, why, mend))
