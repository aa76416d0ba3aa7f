"""Owns the plain evaluation of a resolved tree with numbers, one at a time: the meaning of every operator."""

from __future__ import annotations

import math
from collections.abc import Callable

from creditor.equations.expressions import Binary, Call, Cell, Expression, Negative, Number

Read = Callable[[int, int], float | None]


def scalar(tree: Expression, read: Read) -> float | None:
    """Value of a resolved tree.

    Parameters
    ----------
    tree : resolved expression
    read : callable
        From slot and lag to a number, or None where it is not known.

    Returns
    -------
    float or None
        None where something read is not known; infinities and not-a-number as IEEE arithmetic gives them.

    Examples
    --------
    >>> scalar(Binary("/", Number(1.0), Number(0.0)), lambda slot, lag: None)
    inf
    """
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Cell):
        return read(tree.slot, tree.lag)
    if isinstance(tree, Negative):
        value = scalar(tree.operand, read)
        return None if value is None else -value
    if isinstance(tree, Binary):
        left, right = scalar(tree.left, read), scalar(tree.right, read)
        return None if left is None or right is None else operate(tree.operator, left, right)
    if isinstance(tree, Call):
        values = [scalar(argument, read) for argument in tree.arguments]
        return None if any(value is None for value in values) else apply(tree.function, values)  # type: ignore[arg-type]
    raise TypeError(f"{type(tree).__name__} is not resolved")


def operate(operator: str, left: float, right: float) -> float:
    """One operator on two numbers, as IEEE arithmetic has it.

    Examples
    --------
    >>> operate("^", 2.0, 3.0), operate("<=", 1.0, 2.0)
    (8.0, 1.0)
    """
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return _divide(left, right)
    if operator == "^":
        return _power(left, right)
    truth = {
        "==": left == right,
        "<>": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "and": left != 0 and right != 0,
        "or": left != 0 or right != 0,
    }
    return float(truth[operator])


def apply(function: str, values: list[float]) -> float:
    """One function on numbers.

    Examples
    --------
    >>> apply("if", [1.0, 2.0, 3.0]), apply("max", [1.0, 5.0, 2.0])
    (2.0, 5.0)
    """
    if function == "if":
        return values[1] if values[0] != 0 else values[2]
    if function == "min":
        return min(values) if not any(map(math.isnan, values)) else math.nan
    if function == "max":
        return max(values) if not any(map(math.isnan, values)) else math.nan
    x = values[0]
    if function == "abs":
        return abs(x)
    if function == "sqrt":
        return math.sqrt(x) if x >= 0 else math.nan
    if function == "log":
        return math.log(x) if x > 0 else (-math.inf if x == 0 else math.nan)
    if function == "exp":
        try:
            return math.exp(x)
        except OverflowError:
            return math.inf
    raise KeyError(function)


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _power(left: float, right: float) -> float:
    try:
        value = left**right
    except (ZeroDivisionError, OverflowError):
        odd = right % 2 == 1  # a whole odd power keeps the sign, that of a zero too
        return math.copysign(math.inf, left) if odd else math.inf
    return value if isinstance(value, float) else math.nan
