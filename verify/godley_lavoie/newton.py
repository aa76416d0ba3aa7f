"""Solves a model written as the book writes it: Newton on the few variables that close its circles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Values = Mapping[str, float]
Period = Callable[[Values, Values, Values, Values], dict[str, float]]

SHIFT, STEPS, PATIENCE = 1e-7, 60, 4
GOOD, ACCEPTED = 1e-15, 1e-13


def simulate(
    period: Period,
    opening: Values,
    given: Callable[[int], Values],
    circle: Sequence[str],
    periods: int,
) -> list[dict[str, float]]:
    """Values of every variable from period 0 on.

    Parameters
    ----------
    period : callable
        From guesses of the variables in `circle`, the values one and two periods ago and this period's givens
        to the values of every variable, those of `circle` among them.
    opening : mapping
        Values of period 0; they also stand for the period before it.
    given : callable
        Parameters and exogenous variables of a period.
    circle : sequence of str
        Variables that the others depend on and that depend on them; none if the model is recursive.
    periods : int
    """
    rows = [dict(opening)]
    for number in range(1, periods + 1):
        last, older = rows[-1], rows[max(0, number - 2)]
        numbers = given(number)

        def once(
            guess: Values, last: Values = last, older: Values = older, numbers: Values = numbers
        ) -> dict:
            return period(guess, last, older, numbers)

        rows.append(solve(once, {name: last[name] for name in circle}))
    return rows


def solve(once: Callable[[Values], dict[str, float]], guess: dict[str, float]) -> dict[str, float]:
    """Values at which the guesses come back as they went in, to 1e-13 of their size."""
    names = list(guess)
    found = once(guess)
    best, kept, idle = _gap(guess, found, names), found, 0
    for _ in range(STEPS):
        if best <= GOOD or idle >= PATIENCE:
            break
        guess = _step(once, guess, found, names)
        found = once(guess)
        gap = _gap(guess, found, names)
        idle = 0 if gap < best else idle + 1
        if gap < best:
            best, kept = gap, found
    if not best <= ACCEPTED:
        raise ArithmeticError(f"not solved: gap {best:.1e}")
    return kept


def _gap(guess: Values, found: Values, names: list[str]) -> float:
    return max(
        (abs(found[n] - guess[n]) / max(abs(found[n]), abs(guess[n]), 1e-300) for n in names), default=0.0
    )


def _step(
    once: Callable[[Values], dict[str, float]], guess: dict[str, float], found: Values, names: list[str]
) -> dict:
    """Guesses after a Newton step with derivatives by differences."""
    rows = [[-float(i == j) for j in range(len(names))] for i in range(len(names))]
    for j, name in enumerate(names):
        shift = SHIFT * max(abs(guess[name]), 1e-6)
        other = once({**guess, name: guess[name] + shift})
        for i, of in enumerate(names):
            rows[i][j] += (other[of] - found[of]) / shift
    change = _eliminate(rows, [guess[n] - found[n] for n in names])
    return {name: guess[name] + part for name, part in zip(names, change, strict=True)}


def _eliminate(rows: list[list[float]], right: list[float]) -> list[float]:
    """Solution of a small linear system, with row pivoting."""
    size = len(right)
    work = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(work[i][column]))
        work[column], work[pivot] = work[pivot], work[column]
        for i in range(column + 1, size):
            factor = work[i][column] / work[column][column]
            work[i] = [a - factor * b for a, b in zip(work[i], work[column], strict=True)]
    answer = [0.0] * size
    for i in reversed(range(size)):
        rest = sum(work[i][j] * answer[j] for j in range(i + 1, size))
        answer[i] = (work[i][size] - rest) / work[i][i]
    return answer
