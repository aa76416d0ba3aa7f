"""Owns draws: addressable random numbers, the same for any number of threads, chunks or paths.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011). Key: seed and a hash of the draw's name. Counter: path and
period. So one number can be computed without any other, and adding a draw changes no other draw. Logarithms
are our own (`creditor.engine.functions`), so the digits are the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.functions import logarithm
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Words = npt.NDArray[np.uint32]
    Source = Callable[[tuple[int, int], npt.NDArray[np.int64], npt.NDArray[np.int64], int], Floats]

ROUNDS = 10
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (np.uint32(0x9E3779B9), np.uint32(0xBB67AE85))
_LOW = np.uint64(0xFFFFFFFF)
KINDS = {"normal": ("mean", "deviation"), "uniform": ("low", "high"), "t": ("degrees", "mean", "scale")}


@dataclass(frozen=True, slots=True)
class Draw:
    """A distribution given to a name: added to the given, independently each period.

    Parameters
    ----------
    name : str
        Of the given; part of the key.
    kind : str
        ``normal`` (mean, deviation), ``uniform`` (low, high) or ``t`` (degrees of freedom, mean, scale).
    parameters : tuple of float

    Raises
    ------
    InputError
        S703 for another kind, a wrong number of parameters or values out of bounds.

    Examples
    --------
    >>> Draw("x", "normal", (0.0, 1.0)).numbers(seed=1, paths=np.arange(2), periods=np.arange(1, 4)).shape
    (3, 2)
    """

    name: str
    kind: str
    parameters: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            trouble = Trouble(
                "S703", f"draw {self.name}", f"no distribution {self.kind!r}", "", mend_with(self.kind, KINDS)
            )
            raise InputError(trouble)
        wanted = KINDS[self.kind]
        if len(self.parameters) != len(wanted):
            what = f"{self.kind} has {len(wanted)} parameters, {len(self.parameters)} are given"
            raise InputError(
                Trouble("S703", f"draw {self.name}", what, "", f"write {self.kind}({', '.join(wanted)})")
            )
        if not all(np.isfinite(self.parameters)) or self._spread() < 0 or not self._whole():
            what = f"{self.kind}({', '.join(f'{p:g}' for p in self.parameters)})"
            mend = "a spread is not negative; degrees of freedom are a whole number from 1 to 200"
            if self.kind == "uniform":
                mend = "name the lower bound first"
            raise InputError(Trouble("S703", f"draw {self.name}", what, "out of bounds", mend))

    @property
    def mean(self) -> float:
        """Middle of the distribution."""
        if self.kind == "uniform":
            return sum(self.parameters) / 2
        return self.parameters[0] if self.kind == "normal" else self.parameters[1]

    def _spread(self) -> float:
        if self.kind == "uniform":
            return self.parameters[1] - self.parameters[0]
        return self.parameters[-1]

    def _whole(self) -> bool:
        return self.kind != "t" or (
            self.parameters[0] == int(self.parameters[0]) and 1 <= self.parameters[0] <= 200
        )

    def numbers(
        self,
        seed: int,
        paths: npt.NDArray[np.int64],
        periods: npt.NDArray[np.int64],
        antithetic: bool = False,
        source: Source | None = None,
    ) -> Floats:
        """The numbers of some paths and periods.

        Parameters
        ----------
        seed : int
            From 0 to 2^64 - 1.
        paths, periods : arrays of int
            Which; each number depends on its own path and period only.
        antithetic : bool
            Paths 2k and 2k + 1 share an address, and the second has the mirror image of the first: 1 - u in
            the place of the number u between 0 and 1 (Hammersley and Morton 1956).
        source : callable, optional
            What gives numbers between 0 and 1 in the place of `uniform`, such as Sobol's points.

        Returns
        -------
        array [period, path]
        """
        if not 0 <= seed < 2**64:
            trouble = Trouble("S703", f"draw {self.name}", f"seed {seed}", "", "a seed is from 0 to 2^64 - 1")
            raise InputError(trouble)
        key = (seed, name_key(self.name))
        first = mirrored(source or uniform, key, paths, periods, antithetic)
        if self.kind == "uniform":
            low, high = self.parameters
            return low + (high - low) * first
        if self.kind == "normal":
            return self.parameters[0] + self.parameters[1] * normal(first)
        degrees, mean, scale = self.parameters
        return mean + scale * normal(first) / heavy(key, int(degrees), paths, periods, antithetic)


def mirrored(
    source: Source,
    key: tuple[int, int],
    paths: npt.NDArray[np.int64],
    periods: npt.NDArray[np.int64],
    antithetic: bool,
) -> Floats:
    """Numbers between 0 and 1 for some paths and periods; every second path has the mirror image if asked.

    Examples
    --------
    >>> pair = mirrored(uniform, (1, 2), np.arange(2), np.arange(1, 2), True)
    >>> float(pair.sum())
    1.0
    """
    mirror = (paths % 2 == 1) & antithetic
    first = source(key, paths // 2 if antithetic else paths, periods, 0)
    found: Floats = np.where(mirror[None, :], 1.0 - first, first)
    return found


def heavy(
    key: tuple[int, int],
    degrees: int,
    paths: npt.NDArray[np.int64],
    periods: npt.NDArray[np.int64],
    antithetic: bool = False,
) -> Floats:
    """What a normal number is divided by to become Student's t: the root of a chi-square over its degrees.

    Examples
    --------
    >>> heavy((1, 2), 4, np.arange(3), np.arange(1, 3)).shape
    (2, 3)
    """
    total = np.zeros((len(periods), len(paths)))
    for index in range(1, degrees + 1):
        total += normal(uniform(key, paths // 2 if antithetic else paths, periods, index)) ** 2
    found: Floats = np.sqrt(total / degrees)
    return found


def autocorrelated(numbers: Floats, ar: float, mean: float) -> Floats:
    """Draws of which a share is carried over: x = mean + ar * (x of the last period - mean) + draw - mean.

    Parameters
    ----------
    numbers : array [period, path]
        Independent draws, from period 1.
    ar : float
        Share carried over, between -1 and 1.
    mean : float
        Of the distribution; before period 1 the deviation from it is zero.

    Returns
    -------
    array [period, path]
        With ar = 0 the draws themselves, to the bit.

    Examples
    --------
    >>> autocorrelated(np.array([[1.0], [0.0], [0.0]]), 0.5, 0.0)[:, 0]
    array([1.  , 0.5 , 0.25])
    """
    if ar == 0:
        return numbers
    found = numbers.copy()
    for period in range(1, len(found)):
        found[period] += ar * (found[period - 1] - mean)
    return found


def name_key(name: str) -> int:
    """32 bits of a hash of a name.

    Examples
    --------
    >>> name_key("x") == name_key("x") != name_key("y")
    True
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")


def philox(
    counter: tuple[Words, Words, Words, Words], key: tuple[int, int]
) -> tuple[Words, Words, Words, Words]:
    """Four 32-bit words for each counter, by Philox4x32-10.

    Examples
    --------
    >>> zero = np.zeros(1, np.uint32)
    >>> [hex(int(word[0])) for word in philox((zero, zero, zero, zero), (0, 0))]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    c0, c1, c2, c3 = counter
    k0, k1 = np.uint32(key[0] & 0xFFFFFFFF), np.uint32(key[1] & 0xFFFFFFFF)
    with np.errstate(over="ignore"):
        for _ in range(ROUNDS):
            p0, p1 = _MULTIPLIERS[0] * c0.astype(np.uint64), _MULTIPLIERS[1] * c2.astype(np.uint64)
            high0, low0 = (p0 >> np.uint64(32)).astype(np.uint32), (p0 & _LOW).astype(np.uint32)
            high1, low1 = (p1 >> np.uint64(32)).astype(np.uint32), (p1 & _LOW).astype(np.uint32)
            c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
            k0, k1 = np.uint32(k0 + _WEYL[0]), np.uint32(k1 + _WEYL[1])
    return c0, c1, c2, c3


def uniform(
    key: tuple[int, int], paths: npt.NDArray[np.int64], periods: npt.NDArray[np.int64], index: int
) -> Floats:
    """Numbers strictly between 0 and 1 with 52 bits: array [period, path].

    Parameters
    ----------
    key : (int, int)
        Seed below 2^64, and hash of a name.
    paths, periods : arrays of int
        Below 2^32.
    index : int
        Which number of a place, where a draw needs several.

    Examples
    --------
    >>> numbers = uniform((1, 2), np.arange(1000), np.arange(1, 2), 0)
    >>> bool(((numbers > 0) & (numbers < 1)).all())
    True
    """
    seed, name = key
    path, period = np.broadcast_arrays(paths.astype(np.uint32)[None, :], periods.astype(np.uint32)[:, None])
    high = np.full(path.shape, np.uint32(seed >> 32), dtype=np.uint32)
    which = np.full(path.shape, np.uint32(index), dtype=np.uint32)
    a, b, _, _ = philox((path, high, period, which), (seed & 0xFFFFFFFF, name))
    whole = (a >> np.uint32(6)).astype(np.float64) * 67108864.0 + (b >> np.uint32(6)).astype(np.float64)
    return (whole + 0.5) / 4503599627370496.0  # exact; with 53 bits the largest would be 1


def normal(probability: Floats) -> Floats:
    """Quantiles of the standard normal distribution (Wichura 1988, AS 241), at most 1e-15 of their size away.

    Examples
    --------
    >>> round(float(normal(np.array([0.975]))[0]), 12)
    1.95996398454
    """
    q = probability - 0.5
    r = 0.180625 - q * q
    middle = q * _ratio(r, _A, _B)
    tail = np.minimum(probability, 1.0 - probability)
    s = np.sqrt(-logarithm(tail))
    far = np.where(s <= 5.0, _ratio(s - 1.6, _C, _D), _ratio(s - 5.0, _E, _F))
    return np.where(np.abs(q) <= 0.425, middle, np.where(q < 0, -far, far))


def _ratio(x: Floats, above: tuple[float, ...], below: tuple[float, ...]) -> Floats:
    top, bottom = np.full_like(x, above[-1]), np.full_like(x, below[-1])
    for coefficient in reversed(above[:-1]):
        top = top * x + coefficient
    for coefficient in reversed(below[:-1]):
        bottom = bottom * x + coefficient
    return top / bottom


_A: tuple[float, ...] = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
)
_A += (4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
_B: tuple[float, ...] = (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3)
_B += (2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3)
_C: tuple[float, ...] = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
)
_C += (
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_D: tuple[float, ...] = (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1)
_D += (
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_E: tuple[float, ...] = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
)
_E += (
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_F: tuple[float, ...] = (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2)
_F += (
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)
