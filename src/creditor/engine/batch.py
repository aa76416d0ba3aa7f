"""Owns rows run by NumPy: a run of rows is one operation over its rows and all paths of a register file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.functions import exponential, logarithm, power
from creditor.engine.fuse import LESS_PRODUCT, MUL, PARTS, SUB
from creditor.engine.loops import runs
from creditor.engine.tape import CALLS, COPY, DIFFERS, LARGER, NEGATIVE, OPERANDS, WORSE, Row

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Ready = list[Callable[[], object]]


def bind(rows: Sequence[Row], registers: Floats, gaps: Floats | None = None) -> Ready:
    """Rows tied to a register file: calling them in order runs them.

    Parameters
    ----------
    rows : sequence of Row
    registers : array [register, path]
    gaps : array [comparison, path], optional
        Where each comparison leaves its gap, in order; without it gaps are added up in the row's result.

    Notes
    -----
    Neighbouring rows of one operation that do not read each other's results are one call over a matrix
    [row, path]; registers that follow each other are taken as they lie, others are gathered first.

    Examples
    --------
    >>> registers = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]])
    >>> execute(bind([(0, 0, 1, 0, 2)], registers))
    >>> registers[2]
    array([4., 6.])
    >>> registers, gaps = np.array([[1.0, 2.0], [1.0, 5.0]]), np.zeros((1, 2))
    >>> execute(bind([(DIFFERS, 0, 1, 0, 1)], registers, gaps))
    >>> gaps
    array([[ 0., -3.]])
    """
    ready: Ready = []
    compared = 0
    for code, first, last in _independent(rows):
        compares = code == DIFFERS or PARTS.get(code, (0, 0))[1] == DIFFERS
        if compares and gaps is None:
            for row in rows[first:last]:
                _tie(ready, code, [registers[x] for x in row[1:4]], registers[row[4]], _differs)
            continue
        columns = list(zip(*rows[first:last], strict=True))
        operands = [_taken(ready, registers, column) for column in columns[1 : 1 + OPERANDS[code]]]
        if compares and gaps is not None:
            _tie(ready, code, operands, gaps[compared : compared + last - first], np.subtract)
            compared += last - first
            continue
        where = _neighbours(columns[4])
        if where is not None:
            _tie(ready, code, operands, registers[where], np.subtract)
            continue
        out = np.empty((last - first, registers.shape[1]))
        _tie(ready, code, operands, out, np.subtract)
        ready.append(partial(registers.__setitem__, np.array(columns[4]), out))
    return ready


def _independent(rows: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Runs, cut before a row that reads or writes what an earlier one of its run has written."""
    for code, begin, last in runs(rows):
        first = begin
        written: set[int] = set()
        for position in range(begin, last):
            _, *operands, result = rows[position]
            if result in written or not written.isdisjoint(operands[: OPERANDS[code]]):
                yield code, first, position
                first, written = position, set()
            written.add(result)
        yield code, first, last


def _neighbours(places: Sequence[int]) -> slice | None:
    """Places that follow each other at one distance, as a slice."""
    step = places[1] - places[0] if len(places) > 1 else 1
    if not step or any(b - a != step for a, b in pairwise(places)):
        return None
    end = places[-1] + step
    return slice(places[0], end if end >= 0 else None, step)


def _taken(ready: Ready, registers: Floats, places: Sequence[int]) -> Floats:
    """Registers as a matrix: as they lie, the same one for every row, or gathered when it is time."""
    if len(set(places)) == 1:
        return registers[places[0] : places[0] + 1]
    where = _neighbours(places)
    if where is not None:
        return registers[where]
    found = np.empty((len(places), registers.shape[1]))
    ready.append(partial(np.take, registers, np.array(places), 0, found, "clip"))
    return found


def _tie(
    ready: Ready, code: int, operands: Sequence[Floats], out: Floats, compare: Callable[..., object]
) -> None:
    """Append the calls of one operation; ``compare`` is what a comparison does."""
    x, y, z = [*operands, operands[0], operands[0]][:3]
    if code == DIFFERS:
        ready.append(partial(compare, x, y, out))
    elif code in _DIRECT:
        ready.append(partial(_DIRECT[code], x, y, out))
    elif code in _UNARY:
        ready.append(partial(_UNARY[code], x, out))
    elif code in PARTS or code == LESS_PRODUCT:
        first, then = PARTS.get(code, (MUL, SUB))
        between = np.empty(out.shape)
        ready.append(partial(_DIRECT[first], x, y, between))
        ends = (z, between) if code == LESS_PRODUCT else (between, z)
        second = compare if then == DIFFERS else _DIRECT[then]
        ready.append(partial(second, *ends, out))
    else:
        ready.append(partial(_OTHER[code], x, y, z, out))


def execute(ready: Ready) -> None:
    """Run bound rows in order."""
    for row in ready:
        row()


def _differs(x: Floats, y: Floats, out: Floats) -> None:
    out += np.abs(x - y)


def _power(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    out[:] = power(x, y)


def _and(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    out[:] = (x != 0) & (y != 0)


def _or(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    out[:] = (x != 0) | (y != 0)


def _smaller(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    """The smaller of two, the first of equal ones (the sign of zero counts); not-a-number is handed on."""
    out[:] = np.where((x <= y) | (x != x), x, y)


def _larger(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    out[:] = np.where((x >= y) | (x != x), x, y)


def _if(x: Floats, y: Floats, z: Floats, out: Floats) -> None:
    out[:] = np.where(x != 0, y, z)


def _size(x: Floats, y: Floats, _: Floats, out: Floats) -> None:
    size = np.abs(y)
    out[:] = np.where((x >= size) | (x != x), x, size)


def _worse(x: Floats, y: Floats, z: Floats, out: Floats) -> None:
    size = np.abs(y)
    ratio = np.where(size == 0, 0.0, size / z)
    out[:] = np.where((x >= ratio) | (x != x), x, ratio)


def _log(x: Floats, _: Floats, __: Floats, out: Floats) -> None:
    out[:] = logarithm(x)


def _exp(x: Floats, _: Floats, __: Floats, out: Floats) -> None:
    out[:] = exponential(x)


_DIRECT: dict[int, Callable[..., object]] = {0: np.add, 1: np.subtract, 2: np.multiply, 3: np.divide}
_DIRECT |= {5: np.equal, 6: np.not_equal, 7: np.less, 8: np.less_equal, 9: np.greater, 10: np.greater_equal}
_UNARY: dict[int, Callable[..., object]] = {
    CALLS["abs"]: np.absolute,
    CALLS["sqrt"]: np.sqrt,
    NEGATIVE: np.negative,
    COPY: np.positive,
}
_OTHER: dict[int, Callable[..., None]] = {
    4: _power,
    11: _and,
    12: _or,
    CALLS["min"]: _smaller,
    CALLS["max"]: _larger,
    CALLS["log"]: _log,
    CALLS["exp"]: _exp,
    CALLS["if"]: _if,
    LARGER: _size,
    WORSE: _worse,
}
