"""Owns exp, log and power over arrays: our own polynomials, so that every engine gives the same bits.

The largest error found over millions of arguments is 0.9 ulp for `exponential` and 0.9 ulp for `logarithm`.
`creditor.engine.lanes` performs the same operations in the same order, one number at a time.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LOG2_E = 1.4426950408889634
LN2_HIGH = 0.6931471803691238  # the last 21 bits are zero: a whole multiple up to 2,000 is exact
LN2_LOW = 1.9082149292705877e-10
EXP_TERMS = tuple(1.0 / factorial(n) for n in range(13, 1, -1))  # Taylor: below 1e-17 for |r| <= ln(2) / 2
LOG_TERMS = tuple(2.0 / (2 * n + 1) for n in range(12, 0, -1))  # of 2 artanh(s) / s - 2 in s^2, |s| <= 0.1716
LARGEST, SMALLEST = 709.782712893384, -745.1332191019412
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
ONE_BITS = 0x3FF0000000000000
MANTISSA = 0x000FFFFFFFFFFFFF
WHOLE = 64.0  # exponents that are whole and not larger are repeated multiplications


def exponential(x: Floats) -> Floats:
    """e to the power of each number.

    Parameters
    ----------
    x : array of float

    Returns
    -------
    array of float
        Infinite above 709.78, zero below -745.13; at most 1 ulp from the true value.

    Notes
    -----
    x = k ln 2 + r with |r| <= ln(2) / 2, e^r by its series, then times 2^k in two steps so that numbers near
    the end of the range are reached.

    Examples
    --------
    >>> exponential(np.array([0.0, 1.0]))
    array([1.        , 2.71828183])
    """
    inside = (x >= SMALLEST) & (x <= LARGEST)
    whole_range = inside.all()
    y = x if whole_range else np.where(inside, x, 0.0)
    k = np.floor(y * LOG2_E + 0.5)
    high = y - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    series = EXP_TERMS[0] * r
    series += EXP_TERMS[1]
    for term in EXP_TERMS[2:]:
        series *= r
        series += term
    rest = (high - r) - low
    value = 1.0 + (r + (r * r * series + rest))
    whole = k.astype(np.int64)
    half = whole >> 1
    first = ((half + 1023) << 52).view(np.float64)
    second = ((whole - half + 1023) << 52).view(np.float64)
    value = value * first * second
    if whole_range:
        return value
    return np.where(inside, value, np.where(x > LARGEST, np.inf, np.where(x < SMALLEST, 0.0, np.nan)))


def logarithm(x: Floats) -> Floats:
    """Natural logarithm of each number.

    Parameters
    ----------
    x : array of float

    Returns
    -------
    array of float
        Minus infinity at zero, not-a-number below; at most 1 ulp from the true value.

    Notes
    -----
    x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2); s = f / (2 + f); log(1 + f) = 2 artanh(s) by its
    series, put together from the small terms up.

    Examples
    --------
    >>> logarithm(np.array([1.0, 2.0]))
    array([0.        , 0.69314718])
    """
    inside = (x > 0) & (x < np.inf)
    whole_range = inside.all()
    y = x if whole_range else np.where(inside, x, 1.0)
    tiny = y < 2.2250738585072014e-308
    if tiny.any():
        y = np.where(tiny, np.where(tiny, y, 0.0) * 18014398509481984.0, y)
    bits = np.ascontiguousarray(y).view(np.int64) + (ONE_BITS - SQRT_HALF_BITS)
    k = ((bits >> 52) - 1023).astype(np.float64) - np.where(tiny, 54.0, 0.0)
    f = ((bits & MANTISSA) + SQRT_HALF_BITS).view(np.float64) - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = LOG_TERMS[0] * z
    series += LOG_TERMS[1]
    for term in LOG_TERMS[2:]:
        series *= z
        series += term
    square = 0.5 * f * f
    value = k * LN2_HIGH - ((square - (s * (square + z * series) + k * LN2_LOW)) - f)
    if whole_range:
        return value
    return np.where(inside, value, np.where(x == 0, -np.inf, np.where(x == np.inf, np.inf, np.nan)))


def power(x: Floats, y: Floats) -> Floats:
    """Each number to the power of another.

    Parameters
    ----------
    x, y : array of float

    Returns
    -------
    array of float

    Notes
    -----
    A whole exponent of at most 64 is a repeated multiplication, lowest bit first (its inverse where it is
    negative); a half is the square root; every other is exp(y log x), not a number for x below zero.

    Examples
    --------
    >>> power(np.array([-2.0, 4.0]), np.array([3.0, 0.5]))
    array([-8.,  2.])
    """
    size = np.abs(y)
    whole = (np.floor(y) == y) & (size <= WHOLE)
    repeated = _repeated(x, y, np.where(whole, size, 0.0).astype(np.int64)) if whole.any() else x
    if whole.all():
        return repeated
    general = exponential(y * logarithm(x))
    general = np.where(x == 0, np.where(y > 0, 0.0, np.inf), general)
    general = np.where(y == 0.5, np.sqrt(np.where(x >= 0, x, np.nan)), np.where(y != y, np.nan, general))
    return np.where(whole, repeated, general)


def _repeated(x: Floats, y: Floats, count: npt.NDArray[np.int64]) -> Floats:
    product = np.ones_like(x)
    base = x.copy()
    while count.any():
        product = np.where(count & 1, product * base, product)
        count = count >> 1
        base = base * base
    return np.where(y < 0, 1.0 / product, product)
