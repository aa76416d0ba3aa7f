"""Owns the shocks of a debt path: forecast errors of the past, their covariance, and draws from them."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.analysis.debt_history import OPENING, economies_with_path, history
from creditor.engine.draws import Draw, name_key, uniform
from creditor.errors import InputError, MissingError, Trouble
from creditor.opening.country import load_country
from creditor.terms import library
from creditor.terms.csvfile import read_csv
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SHOCKS = ("growth", "deflator", "rate", "balance", "depreciation")
KINDS = ("normal", "t", "bootstrap")
WINDOW = 3  # years whose mean is the forecast of the next
LEAST = 10.0  # percent of GDP
DEGREES = 5  # of freedom of the t distribution
BLOCK = 3  # years in a block of the bootstrap
COLUMNS = ("economy", "row", "column", "value", "years", "source", "vintage", "grade")


@dataclass(frozen=True)
class Shocks:
    """The law of the shocks of one economy.

    Parameters
    ----------
    code : str
    covariance : array [shock, shock]
        Of the innovations of a year, in the order of `SHOCKS`: logarithms of growth, deflator and exchange
        rate;
        shares for the rate on debt and the primary balance.
    carry : array [shock]
        Share of an error that is carried over to the next year.
    innovations : array [year, shock]
        Of the past, for the bootstrap.
    """

    code: str
    covariance: Floats
    carry: Floats
    innovations: Floats


@functools.cache
def errors(code: str, last: int = OPENING) -> Floats:
    """Errors of a forecast by the mean of the last three years: array [year, shock].

    Calm and bad years alike; the rate on debt is held against its last value, because debt is renewed slowly.

    Examples
    --------
    >>> errors("ITA").shape
    (16, 5)
    """
    country = load_country(code)
    gdp, dollars = history(country, "gdp_lcu", "economy"), history(country, "gdp_usd", "economy")
    real, debt = history(country, "real_growth", "economy"), history(country, "debt_gdp")
    balance, interest = history(country, "primary_balance_gdp"), history(country, "net_interest_gdp")
    first = min(gdp) + 1
    years = range(first, last + 1)
    growth = {y: math.log1p(real[y] / 100) for y in years if y in real}
    prices = {y: math.log(gdp[y] / gdp[y - 1]) - growth[y] for y in years if y in growth}
    own = code == "USA"
    paired = [y for y in years if y in dollars and y - 1 in dollars]
    money = {y: 0.0 if own else math.log(gdp[y] / dollars[y] * dollars[y - 1] / gdp[y - 1]) for y in paired}
    known = [
        y for y in years if y in interest and debt.get(y - 1, 0.0) >= LEAST
    ]  # a rate on little debt is noise
    rate = {y: interest[y] / debt[y - 1] * gdp[y] / gdp[y - 1] for y in known}
    surplus = {y: balance[y] / 100 for y in years if y in balance}
    table = []
    for year in range(first + WINDOW, last + 1):
        row = []
        for name, series in zip(SHOCKS, (growth, prices, rate, surplus, money), strict=True):
            before = [year - 1] if name == "rate" else range(year - WINDOW, year)
            if year not in series or any(y not in series for y in before):
                break
            row.append(series[year] - sum(series[y] for y in before) / len(before))
        if len(row) == len(SHOCKS):
            table.append(row)
    return np.array(table)


@functools.cache
def carried(last: int = OPENING) -> Floats:
    """Share of an error that is carried over, by least squares over all economies: array [shock].

    Each economy counts alike: its errors are divided by their deviation. Below nothing is nothing.

    Examples
    --------
    >>> bool((carried() >= 0).all() and (carried() < 1).all())
    True
    """
    above, below = np.zeros(len(SHOCKS)), np.zeros(len(SHOCKS))
    for code in economies_with_path():
        found = errors(code, last)
        scaled = found / np.where(found.std(axis=0) > 0, found.std(axis=0), 1.0)
        above += (scaled[1:] * scaled[:-1]).sum(axis=0)
        below += (scaled[:-1] ** 2).sum(axis=0)
    share = np.clip(above / below, 0.0, 0.95)
    share[SHOCKS.index("rate")] = 0.0  # it stays in the debt that bears it
    return np.asarray(share)


def estimated(code: str, last: int = OPENING) -> Shocks:
    """The law of the shocks from the errors of years up to ``last``.

    Examples
    --------
    >>> estimated("ITA").covariance.shape
    (5, 5)
    """
    found, share = errors(code, last), carried(last)
    innovations = found[1:] - share * found[:-1]
    centred = innovations - innovations.mean(axis=0)
    covariance = centred.T @ centred / (len(centred) - 1)
    return Shocks(code, covariance, share, centred)


@functools.cache
def shocks(code: str) -> Shocks:
    """The law of the shocks of an economy, its covariance from ``library/debt/covariance.csv``.

    Raises
    ------
    MissingError
        F303 where the file has no covariance of the economy.

    Examples
    --------
    >>> shocks("ITA").carry.shape
    (5,)
    """
    rows = read_csv(library.ROOT / "debt" / "covariance.csv", COLUMNS, schema=True).finish()
    found = np.full((len(SHOCKS), len(SHOCKS)), np.nan)
    share = np.full(len(SHOCKS), np.nan)
    for row in rows:
        if row["row"] == "carry":
            share[SHOCKS.index(row["column"])] = float(row["value"])
        elif row["economy"] == code:
            one, other = SHOCKS.index(row["row"]), SHOCKS.index(row["column"])
            found[one, other] = found[other, one] = float(row["value"])
    if np.isnan(found).any():
        raise MissingError(Trouble("F303", code, "no covariance of shocks for this economy", "", "give one"))
    return Shocks(code, found, share, estimated(code).innovations)


def draw(law: Shocks, periods: int, paths: int, seed: int, kind: str = "normal") -> dict[str, Floats]:
    """Paths of the shocks that a model takes: arrays [period, path] by name.

    Parameters
    ----------
    law : Shocks
    periods, paths, seed : int
    kind : str
        ``normal``; ``t`` with five degrees of freedom, of the same covariance; ``bootstrap``: blocks of three
        years of the past.

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
    if kind not in KINDS:
        raise InputError(Trouble("S703", "--shocks", f"no distribution {kind!r}", "", mend_with(kind, KINDS)))
    numbers = (
        _blocks(law, periods, paths, seed)
        if kind == "bootstrap"
        else _correlated(law, periods, paths, seed, kind)
    )
    for period in range(1, periods):
        numbers[:, period] += law.carry[:, None] * numbers[:, period - 1]
    logarithmic = ("growth", "deflator", "depreciation")
    return {
        f"{n}_shock": np.expm1(x) if n in logarithmic else x for n, x in zip(SHOCKS, numbers, strict=True)
    }


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


def _blocks(law: Shocks, periods: int, paths: int, seed: int) -> Floats:
    """Blocks of consecutive years of the past, drawn with replacement; the last year is followed by "
    "the first."""
    years = len(law.innovations)
    count = -(-periods // BLOCK)
    key = (seed, name_key(f"debt {law.code} block"))
    begin = (uniform(key, np.arange(paths), np.arange(1, count + 1), 0) * years).astype(int)
    rows = (begin[:, None, :] + np.arange(BLOCK)[None, :, None]) % years
    chosen = law.innovations[rows.reshape(count * BLOCK, paths)[:periods]]
    return np.ascontiguousarray(np.moveaxis(chosen, 2, 0))
