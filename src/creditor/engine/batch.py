"""Owns rows run by NumPy: each row is one operation over all paths of a register file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.functions import exponential, logarithm, power
from creditor.engine.fuse import LESS_PRODUCT, MUL, PARTS, SUB
from creditor.engine.tape import CALLS, COPY, DIFFERS, LARGER, NEGATIVE, WORSE, Row

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Ready = list[Callable[[], object]]


def bind(rows: Iterable[Row], registers: Floats) -> Ready:
    """Rows tied to a register file: calling them in order runs them.

    Parameters
    ----------
    rows : iterable of Row
    registers : array [register, path]

    Examples
    --------
    >>> registers = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]])
    >>> execute(bind([(0, 0, 1, 0, 2)], registers))
    >>> registers[2]
    array([4., 6.])
    """
    views, between = list(registers), np.empty(registers.shape[1])
    ready: Ready = []
    for code, a, b, c, result in rows:
        x, y, out = views[a], views[b], views[result]
        if code == DIFFERS:
            ready.append(partial(_differs, x, y, out))
        elif code in _DIRECT:
            ready.append(partial(_DIRECT[code], x, y, out))
        elif code in _UNARY:
            ready.append(partial(_UNARY[code], x, out))
        elif code in PARTS or code == LESS_PRODUCT:
            first, then = PARTS.get(code, (MUL, SUB))
            ready.append(partial(_DIRECT[first], x, y, between))
            ends = (views[c], between) if code == LESS_PRODUCT else (between, views[c])
            second: Callable[..., object] = _differs if then == DIFFERS else _DIRECT[then]
            ready.append(partial(second, *ends, out))
        else:
            ready.append(partial(_OTHER[code], x, y, views[c], out))
    return ready


def bind_group(rows: Iterable[Row], registers: Floats, gaps: Floats) -> Ready:
    """Rows of a group of equations, as `bind`; each comparison leaves its gap in a row of ``gaps``.

    Examples
    --------
    >>> registers, gaps = np.array([[1.0, 2.0], [1.0, 5.0]]), np.zeros((1, 2))
    >>> execute(bind_group([(DIFFERS, 0, 1, 0, 1)], registers, gaps))
    >>> gaps
    array([[ 0., -3.]])
    """
    ready: Ready = []
    between, free = np.empty(registers.shape[1]), list(gaps[::-1])
    for row in rows:
        code, a, b, c, _ = row
        if code == DIFFERS:
            ready.append(partial(np.subtract, registers[a], registers[b], free.pop()))
        elif code in PARTS and PARTS[code][1] == DIFFERS:
            ready.append(partial(_DIRECT[PARTS[code][0]], registers[a], registers[b], between))
            ready.append(partial(np.subtract, between, registers[c], free.pop()))
        else:
            ready += bind([row], registers)
    return ready


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
