"""Owns the shocks of a debt path as they are drawn: the laws of the library, and draws from them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.draws import Draw, name_key, uniform
from creditor.errors import InputError, MissingError, Trouble
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.history import GENERAL, debt_rows
from creditor.sustainability.law import Shocks, group_of, pooled
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

DISTRIBUTIONS = ("normal", "t", "bootstrap")
LOGARITHMS = ("growth", "deflator", "depreciation")
MOST = 1_000_000  # paths that are drawn at once
DEGREES = 5  # of freedom of the t distribution
BLOCK = 1  # years in a block of the bootstrap: longer ones covered less before 2019
COLUMNS = ("economy", "perimeter", "row", "column", "value", "years", "source", "vintage", "grade")


@functools.cache
def _table() -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    """Numbers of ``library/debt/covariance.csv`` by economy and perimeter, then row and column."""
    found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for row in debt_rows("covariance.csv", COLUMNS):
        key = (row["economy"], row["perimeter"])
        found.setdefault(key, {})[row["row"], row["column"]] = float(row["value"])
    return found


@functools.cache
def shocks(code: str, perimeter: str = GENERAL) -> Shocks:
    """The law of the shocks of an economy, as it stands in ``library/debt/covariance.csv``.

    Raises
    ------
    MissingError
        F303 where the file has no covariance of the economy.

    Examples
    --------
    >>> shocks("ITA").carry.shape
    (6,)
    """
    rows = _table().get((code, perimeter))
    if rows is None:
        raise MissingError(Trouble("F303", code, "no covariance of shocks for this economy", "", "give one"))
    covariance = np.zeros((len(SHOCKS), len(SHOCKS)))
    for i, one in enumerate(SHOCKS):
        for j, other in enumerate(SHOCKS[i:], i):
            covariance[i, j] = covariance[j, i] = rows[one, other]
    share = np.array([rows["carry", name] for name in SHOCKS])
    return Shocks(code, covariance, share, rows["reaction", "balance"], group_of(code))


def faults(paths: int, kind: str = DISTRIBUTIONS[0]) -> list[Trouble]:
    """What is wrong with a number of paths and a distribution: U501, S703, or nothing.

    Examples
    --------
    >>> [trouble.code for trouble in faults(1, "norml")], faults(2000)
    (['U501', 'S703'], [])
    """
    found = []
    if not 2 <= paths <= MOST:
        found.append(Trouble("U501", "--paths", f"{paths}", "", f"use 2 to {MOST:,}"))
    if kind not in DISTRIBUTIONS:
        mend = mend_with(kind, DISTRIBUTIONS)
        found.append(Trouble("S703", "--shocks", f"no distribution {kind!r}", "", mend))
    return found


def draw(
    law: Shocks, periods: int, paths: int, seed: int, kind: str = "normal", block: int = BLOCK
) -> dict[str, Floats]:
    """Paths of the shocks that a model takes: arrays [period, path] by name.

    Parameters
    ----------
    law : Shocks
    periods, paths, seed : int
    kind : str
        ``normal``; ``t`` with five degrees of freedom, of the same covariance; ``bootstrap``: years of the
        past of any economy of the group, all shocks of a year together, at the size of this economy's.
    block : int
        Years in a row that the bootstrap takes from one forecast.

    Raises
    ------
    InputError
        S703 for another kind.

    Examples
    --------
    >>> found = draw(shocks("ITA"), 5, 1000, 1)
    >>> found["growth_shock"].shape, bool((found["growth_shock"] > -1).all())
    ((5, 1000), True)
    """
    wrong = faults(MOST, kind)
    if wrong:
        raise InputError(wrong)
    numbers = (
        _blocks(law, periods, paths, seed, block)
        if kind == "bootstrap"
        else _correlated(law, periods, paths, seed, kind)
    )
    for period in range(1, periods):
        numbers[:, period] += law.carry[:, None] * numbers[:, period - 1]
    return {f"{n}_shock": np.expm1(x) if n in LOGARITHMS else x for n, x in zip(SHOCKS, numbers, strict=True)}


def _correlated(law: Shocks, periods: int, paths: int, seed: int, kind: str) -> Floats:
    """Independent numbers times a root of the covariance; economies of one run share nothing but the seed."""
    who, when = np.arange(paths), np.arange(1, periods + 1)
    plain = [Draw(f"debt {law.code} {n}", "normal", (0.0, 1.0)).numbers(seed, who, when) for n in SHOCKS]
    values, vectors = np.linalg.eigh(law.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    found = np.einsum("ij,jtp->itp", root, np.stack(plain))
    if kind == "t":
        squares = np.zeros((periods, paths))
        for index in range(DEGREES):
            name = f"debt {law.code} spread {index}"
            squares += Draw(name, "normal", (0.0, 1.0)).numbers(seed, who, when) ** 2
        found *= np.sqrt((DEGREES - 2) / squares)
    return np.asarray(found)


def _blocks(law: Shocks, periods: int, paths: int, seed: int, length: int) -> Floats:
    """Blocks of years in a row of one forecast of the past, with replacement, in the size of the law."""
    past = pooled(law.group, law.last) if law.pool is None else law.pool
    known = ~np.isnan(past).any(axis=2)
    length = min(length, int(known.sum(axis=1).max()))  # a law of few years has no long blocks
    windows = np.concatenate([past[:, i : i + length] for i in range(past.shape[1] - length + 1)])
    windows = windows[~np.isnan(windows).any(axis=(1, 2))]
    count = -(-periods // length)
    key = (seed, name_key(f"debt {law.code} block"))
    which = uniform(key, np.arange(paths), np.arange(1, count + 1), 0) * len(windows)
    chosen = windows[which.astype(int)]  # [block, path, year, shock]
    years = np.moveaxis(chosen, 2, 1).reshape(count * length, paths, len(SHOCKS))[:periods]
    size = np.sqrt(np.diag(law.covariance))
    return np.ascontiguousarray(np.moveaxis(years * size, 2, 0))
