"""Owns the reference twin: one path in plain Python, each block solved as a whole, readable at one sitting.

It shares the meaning of the operators and the order of the equations with the tape, and nothing else:
blocks are not torn, derivatives are taken by differences, every unknown is iterated on, and `math` computes
exponentials.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from creditor.equations.evaluate import Read, scalar
from creditor.equations.expressions import Binary, Expression, Negative
from creditor.equations.model import Equation, Model
from creditor.equations.order import Step, order
from creditor.errors import NoSolutionError, Trouble

ROUNDS = 60
CLOSE = 1e-14
DUST = 1e-18


def reference(
    model: Model,
    opening: Mapping[int, float],
    periods: int,
    givens: Mapping[int, Sequence[float]] | None = None,
) -> list[dict[int, float]]:
    """Run one path.

    Parameters
    ----------
    model : Model
    opening : mapping of slot to number
        Values at period 0.
    periods : int
    givens : mapping of slot to sequence of numbers, optional
        Values from period 1; others keep the text's number.

    Returns
    -------
    list of dict of slot to number
        One for each period, the opening first.

    Raises
    ------
    NoSolutionError
        E621 where a block is not solved.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> model = elaborate(draft(parse("given a = 2 let b = a + b(-1)")))
    >>> [state[model.slot("b")] for state in reference(model, {model.slot("b"): 1.0}, 2)]
    [1.0, 3.0, 5.0]
    """
    steps = order(model)
    states = [dict(opening)]
    for period in range(1, periods + 1):
        before = states[-1]
        now = {slot: value for slot, value in before.items() if slot in model.equations}
        for slot, value in model.givens.items():
            series = (givens or {}).get(slot)
            now[slot] = value if series is None else float(series[period - 1])
        for step in steps:
            _take(model, step, now, before, period)
        states.append(now)
    return states


def _take(model: Model, step: Step, now: dict[int, float], before: Mapping[int, float], period: int) -> None:
    if not step.is_block:
        equation = model.equations[step.slots[0]]
        now[equation.slot] = _value(equation, now, before)
        return
    slots = [*step.slots, *step.tears]
    for slot in slots:
        if slot not in now or not math.isfinite(now[slot]):
            now[slot] = 1.0
    for attempt in (None, 1.0):
        if attempt is not None:
            now.update({slot: attempt for slot in slots})
        if _newton([model.equations[slot] for slot in slots], now, before):
            return
    names = ", ".join(model.title(slot) for slot in slots[:6])
    raise NoSolutionError(
        Trouble(
            "E621",
            model.name,
            f"period {period}: block {names} is not solved",
            "",
            "start nearer to a solution",
        )
    )


def _value(equation: Equation, now: Mapping[int, float], before: Mapping[int, float]) -> float:
    value = scalar(equation.tree, lambda slot, lag: before.get(slot) if lag else now.get(slot))
    return math.nan if value is None else value


def _residuals(
    equations: Sequence[Equation], now: Mapping[int, float], before: Mapping[int, float]
) -> list[float]:
    """Left less right of each equation."""
    return [_value(e, now, before) - (0.0 if e.kind == "find" else now[e.slot]) for e in equations]


def _scales(
    equations: Sequence[Equation], now: Mapping[int, float], before: Mapping[int, float]
) -> list[float]:
    """What each residual is measured by: the size of what an equation is made of, whatever cancels in it.

    What is nothing beside the rest of its block, by 18 digits, is dust and measured as that.
    """

    def read(slot: int, lag: int) -> float | None:
        return before.get(slot) if lag else now.get(slot)

    own = [0.0 if equation.kind == "find" else abs(now[equation.slot]) for equation in equations]
    sizes = [max(size, uncancelled(e.tree, read)) for size, e in zip(own, equations, strict=True)]
    dust = max(sizes, default=0.0) * DUST or 1.0
    return [max(size, dust) for size in sizes]


def uncancelled(tree: Expression, read: Read) -> float:
    """The value of a tree if nothing in its sums and differences cancelled.

    Examples
    --------
    >>> from creditor.equations.expressions import Cell
    >>> uncancelled(Binary("-", Cell(0), Cell(1)), lambda slot, lag: 5.0)
    10.0
    """
    if isinstance(tree, Negative):
        return uncancelled(tree.operand, read)
    if isinstance(tree, Binary) and tree.operator in "+-*/":
        left = uncancelled(tree.left, read)
        if tree.operator == "/":
            return left / (abs(scalar(tree.right, read) or 0.0) or math.inf)
        right = uncancelled(tree.right, read)
        return left * right if tree.operator == "*" else left + right
    return abs(scalar(tree, read) or 0.0)


def _newton(equations: Sequence[Equation], now: dict[int, float], before: Mapping[int, float]) -> bool:
    """Newton on every unknown of a block, with derivatives by differences; True where it is solved."""
    slots = [equation.slot for equation in equations]
    count, last, worse = len(slots), math.inf, 0
    for _ in range(ROUNDS):
        residuals = _residuals(equations, now, before)
        size = max(abs(r) / s for r, s in zip(residuals, _scales(equations, now, before), strict=True))
        if not math.isfinite(size):
            return False
        worse = worse + 1 if size >= last else 0
        if size <= CLOSE or (worse >= 3 and size <= 1e-11):
            return True
        last = min(size, last)
        columns = []
        for slot in slots:
            kept, nudge = now[slot], 1e-7 * max(abs(now[slot]), 1e-3)
            now[slot] = kept + nudge
            moved = _residuals(equations, now, before)
            now[slot] = kept
            columns.append([(m - r) / nudge for m, r in zip(moved, residuals, strict=True)])
        matrix = [[columns[j][i] for j in range(count)] for i in range(count)]
        for slot, step in zip(slots, _gauss(matrix, [-r for r in residuals]), strict=True):
            now[slot] += step
    return False


def _gauss(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a linear system by elimination with row pivoting."""
    count = len(right)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(matrix[row][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        right[column], right[pivot] = right[pivot], right[column]
        if matrix[column][column] == 0:
            return [math.nan] * count
        for row in range(column + 1, count):
            factor = matrix[row][column] / matrix[column][column]
            if factor:
                for k in range(column, count):
                    matrix[row][k] -= factor * matrix[column][k]
                right[row] -= factor * right[column]
    answer = [0.0] * count
    for row in range(count - 1, -1, -1):
        known = sum(matrix[row][k] * answer[k] for k in range(row + 1, count))
        answer[row] = (right[row] - known) / matrix[row][row]
    return answer
