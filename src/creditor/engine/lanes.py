"""Owns runs of rows by compiled code over 64 paths at once, each as `creditor.engine.batch` has it."""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from creditor.engine.functions import (
    EXP_TERMS,
    LARGEST,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_TERMS,
    MANTISSA,
    ONE_BITS,
    SMALLEST,
    SQRT_HALF_BITS,
    WHOLE,
)

WIDTH = 64
BODIES = 64  # operations from here on are machine functions, called by address
SHIFT = ONE_BITS - SQRT_HALF_BITS


@intrinsic
def call(typing, address, cells, first, count, registers):
    """Call a machine function by its address."""
    signature = types.void(types.int64, cells, types.int64, types.int64, registers)

    def generate(context, builder, signed, values):
        pointers = [
            context.make_array(kind)(context, builder, value).data
            for kind, value in ((signed.args[1], values[1]), (signed.args[4], values[4]))
        ]
        whole = ir.IntType(64)
        kinds = [pointers[0].type, whole, whole, pointers[1].type]
        function = builder.inttoptr(values[0], ir.FunctionType(ir.VoidType(), kinds).as_pointer())
        builder.call(function, [pointers[0], values[2], values[3], pointers[1]])
        return context.get_dummy_value()

    return signature, generate


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def exponential(x):
    """As `creditor.engine.functions.exponential`, for one number."""
    inside = (x >= SMALLEST) and (x <= LARGEST)
    y = x if inside else 0.0
    k = np.floor(y * LOG2_E + 0.5)
    high = y - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    series = EXP_TERMS[0]
    for term in EXP_TERMS[1:]:
        series = series * r + term
    rest = (high - r) - low
    value = 1.0 + (r + (r * r * series + rest))
    whole = np.int64(k)
    half = whole >> 1
    first = np.int64((half + 1023) << 52).view(np.float64)
    second = np.int64((whole - half + 1023) << 52).view(np.float64)
    value = value * first * second
    if inside:
        return value
    return np.inf if x > LARGEST else (0.0 if x < SMALLEST else np.nan)


@njit(nogil=True, cache=True, error_model="numpy", inline="always")
def logarithm(x):
    """As `creditor.engine.functions.logarithm`, for one number."""
    inside = (x > 0.0) and (x < np.inf)
    y = x if inside else 1.0
    tiny = y < 2.2250738585072014e-308
    y = y * 18014398509481984.0 if tiny else y
    bits = np.float64(y).view(np.int64) + SHIFT
    k = np.float64((bits >> 52) - 1023) - (54.0 if tiny else 0.0)
    f = np.int64((bits & MANTISSA) + SQRT_HALF_BITS).view(np.float64) - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = LOG_TERMS[0]
    for term in LOG_TERMS[1:]:
        series = series * z + term
    square = 0.5 * f * f
    value = k * LN2_HIGH - ((square - (s * (square + z * series) + k * LN2_LOW)) - f)
    if inside:
        return value
    return -np.inf if x == 0.0 else (np.inf if x == np.inf else np.nan)


@njit(nogil=True, cache=True, error_model="numpy")
def power(x, y):
    """As `creditor.engine.functions.power`, for one number."""
    size = abs(y)
    if np.floor(y) == y and size <= WHOLE:
        count = np.int64(size)
        product, base = 1.0, x
        while count:
            if count & 1:
                product = product * base
            count >>= 1
            base = base * base
        return 1.0 / product if y < 0 else product
    if y == 0.5:
        return np.sqrt(x)
    if y != y:
        return np.nan
    if x == 0.0:
        return 0.0 if y > 0 else np.inf
    return exponential(y * logarithm(x))


@njit(nogil=True, cache=True, error_model="numpy")
def _compare(code, a, b, o, r):
    if code == 5:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] == r[b, i] else 0.0
    elif code == 6:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] != r[b, i] else 0.0
    elif code == 7:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] < r[b, i] else 0.0
    elif code == 8:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] <= r[b, i] else 0.0
    elif code == 9:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] > r[b, i] else 0.0
    elif code == 10:
        for i in range(WIDTH):
            r[o, i] = 1.0 if r[a, i] >= r[b, i] else 0.0
    elif code == 11:
        for i in range(WIDTH):
            r[o, i] = 1.0 if (r[a, i] != 0.0) & (r[b, i] != 0.0) else 0.0
    elif code == 12:
        for i in range(WIDTH):
            r[o, i] = 1.0 if (r[a, i] != 0.0) | (r[b, i] != 0.0) else 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def _seldom(code, a, b, c, o, r):
    if code == 4:
        for i in range(WIDTH):
            r[o, i] = power(r[a, i], r[b, i])
    elif code == 16:
        for i in range(WIDTH):
            r[o, i] = np.sqrt(r[a, i])
    elif code == 17:
        for i in range(WIDTH):
            r[o, i] = logarithm(r[a, i])
    elif code == 18:
        for i in range(WIDTH):
            r[o, i] = exponential(r[a, i])
    elif code == 21:
        for i in range(WIDTH):
            r[o, i] = r[a, i]
    elif code == 23:
        for i in range(WIDTH):
            size = abs(r[b, i])
            ratio = 0.0 if size == 0.0 else size / r[c, i]
            r[o, i] = r[a, i] if (r[a, i] >= ratio) | (r[a, i] != r[a, i]) else ratio


@njit(nogil=True, cache=True, error_model="numpy")
def _gauge(code, a, b, c, o, r):
    """Distances of a checked equation, added up in a register."""
    if code == 33:
        for i in range(WIDTH):
            r[o, i] = r[o, i] + abs(r[a, i] - r[b, i])
    elif code == 34:
        for i in range(WIDTH):
            r[o, i] = r[o, i] + abs((r[a, i] + r[b, i]) - r[c, i])
    elif code == 35:
        for i in range(WIDTH):
            r[o, i] = r[o, i] + abs((r[a, i] - r[b, i]) - r[c, i])
    elif code == 36:
        for i in range(WIDTH):
            r[o, i] = r[o, i] + abs(r[a, i] * r[b, i] - r[c, i])
    elif code == 37:
        for i in range(WIDTH):
            r[o, i] = r[o, i] + abs(r[a, i] / r[b, i] - r[c, i])


@njit(nogil=True, cache=True, error_model="numpy")
def _choose(code, a, b, o, r):
    """The lower, the higher, the size, the other sign."""
    if code == 13:
        for i in range(WIDTH):
            r[o, i] = r[a, i] if (r[a, i] <= r[b, i]) | (r[a, i] != r[a, i]) else r[b, i]
    elif code == 14:
        for i in range(WIDTH):
            r[o, i] = r[a, i] if (r[a, i] >= r[b, i]) | (r[a, i] != r[a, i]) else r[b, i]
    elif code == 15:
        for i in range(WIDTH):
            r[o, i] = abs(r[a, i])
    elif code == 20:
        for i in range(WIDTH):
            r[o, i] = -r[a, i]
    elif code == 22:
        for i in range(WIDTH):
            size = abs(r[b, i])
            r[o, i] = r[a, i] if (r[a, i] >= size) | (r[a, i] != r[a, i]) else size


@njit(nogil=True, cache=True, error_model="numpy")
def _one(code, a, b, c, o, r):
    """One row of a rarer operation."""
    if 33 <= code <= 37:
        _gauge(code, a, b, c, o, r)
    elif code in (13, 14, 15, 20, 22):
        _choose(code, a, b, o, r)
    elif 5 <= code <= 12:
        _compare(code, a, b, o, r)
    else:
        _seldom(code, a, b, c, o, r)


@njit(nogil=True, cache=True, error_model="numpy")
def _plain(code, rows, first, last, r):
    """One of the four operations over the rows of a run."""
    if code == 2:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            o = np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] * r[b, i]
    elif code == 0:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            o = np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] + r[b, i]
    elif code == 1:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            o = np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] - r[b, i]
    elif code == 3:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            o = np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] / r[b, i]


@njit(nogil=True, cache=True, error_model="numpy")
def _fused(code, rows, first, last, r):
    """Two operations in one, over the rows of a run."""
    if code == 24:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] * r[b, i] + r[c, i]
    elif code == 26:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] + r[b, i]) + r[c, i]
    elif code == 28:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] - r[b, i]) + r[c, i]
    elif code == 29:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] - r[b, i]) - r[c, i]
    elif code == 27:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] + r[b, i]) - r[c, i]


@njit(nogil=True, cache=True, error_model="numpy")
def _fused_too(code, rows, first, last, r):
    """The others of two in one, and the choice by a condition."""
    if code == 25:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[a, i] * r[b, i] - r[c, i]
    elif code == 32:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[c, i] - r[a, i] * r[b, i]
    elif code == 30:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] * r[b, i]) * r[c, i]
    elif code == 31:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = (r[a, i] * r[b, i]) / r[c, i]
    elif code == 19:
        for row in range(first, last):
            a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
            c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
            for i in range(WIDTH):
                r[o, i] = r[b, i] if r[a, i] != 0.0 else r[c, i]


@njit(nogil=True, cache=True, error_model="numpy")
def execute(tape, first, last, r):
    """Run runs from one position to another over a register file [register, 64].

    Parameters
    ----------
    tape : (array [run, 3], array [row, 4], array [cell], array [body])
        Of each run its operation, its first row and the one after its last; of each row three operands and
        the result. The operation is decided once for all rows of a run. An operation from 64 on is a body of
        `creditor.engine.machine`: its first cell and its count of labels stand in place of rows.
    """
    runs, rows, cells, addresses = tape
    for run in range(first, last):
        code, begin, end = runs[run, 0], runs[run, 1], runs[run, 2]
        if code >= BODIES:
            call(addresses[code - BODIES], cells, np.int64(begin), np.int64(end), r)
        elif code < 4:
            _plain(code, rows, begin, end, r)
        elif code == 19 or code == 25 or 30 <= code <= 32:
            _fused_too(code, rows, begin, end, r)
        elif 24 <= code <= 29:
            _fused(code, rows, begin, end, r)
        else:
            for row in range(begin, end):
                a, b = np.uint64(rows[row, 0]), np.uint64(rows[row, 1])
                c, o = np.uint64(rows[row, 2]), np.uint64(rows[row, 3])
                _one(code, a, b, c, o, r)
