"""Owns the law of the shocks of a debt path: what is carried over, how large errors are, what goes together.

Errors of forecasts are those of `creditor.sustainability.forecast_errors`. Within a group of economies an
error is carried over alike and errors go together alike; how large they are is each economy's own, drawn
towards the group: a calm economy's law knows what happened to its peers.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.opening.country import load_country
from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import FIRST, SHOCKS, errors
from creditor.sustainability.history import OPENING, economies_with_path

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

ADVANCED, EMERGING = "advanced", "emerging and developing"
PRIOR = 5.0  # years of figures that the group counts as, beside an economy's own
MOST = 0.95  # of an error that is carried over
UNANSWERED = 5  # years in which the balance does not react to debt above the expected
RATE = SHOCKS.index("rate")


@dataclass(frozen=True)
class Shocks:
    """The law of the shocks of one economy.

    Parameters
    ----------
    code : str
    covariance : array [shock, shock]
        Of the innovations of a year, in the order of `SHOCKS`: logarithms of growth, deflator and exchange
        rate; shares for the rate on debt, the primary balance and stock-flow.
    carry : array [shock]
        Share of an error that is carried over to the next year.
    reaction : float
        Share of the debt above the expected by which the primary balance is raised in the year after, once
        `UNANSWERED` years have gone by.
    group : str
        `ADVANCED` or `EMERGING`, whose past the bootstrap draws from.
    last : int
        The last year whose figures the law knows.
    pool : array [forecast, ahead, shock] or None
        Innovations of unit variance for the bootstrap, in the place of those of the group.
    """

    code: str
    covariance: Floats
    carry: Floats
    reaction: float = 0.0
    group: str = ADVANCED
    last: int = OPENING
    pool: Floats | None = None


@functools.cache
def group_of(code: str) -> str:
    """The group of an economy, as the World Economic Outlook has it.

    Examples
    --------
    >>> group_of("KOR"), group_of("TUR")
    ('advanced', 'emerging and developing')
    """
    return ADVANCED if ADVANCED in load_country(code).settings.get("groups", ()) else EMERGING


@functools.cache
def members(group: str) -> tuple[str, ...]:
    """The economies of a group that have a projection of their debt.

    Examples
    --------
    >>> len(members("advanced"))
    16
    """
    return tuple(code for code in economies_with_path() if group_of(code) == group)


@functools.cache
def carried(group: str, last: int = OPENING) -> Floats:
    """Share of an error that is in the error of the year after, of the same forecast: array [shock].

    Least squares over the years ahead of all forecasts of a group. Each economy counts alike: its errors are
    divided by the root of their mean square one year ahead. Below nothing is nothing.

    Examples
    --------
    >>> bool((carried("advanced") >= 0).all() and (carried("advanced") <= 0.95).all())
    True
    """
    above, below = np.zeros(len(SHOCKS)), np.zeros(len(SHOCKS))
    for code in members(group):
        found = errors(code, last)
        scaled = found / positive(np.sqrt(_mean_square(found[:, 0])))
        both = ~np.isnan(scaled[:, 1:] + scaled[:, :-1])
        above += np.where(both, scaled[:, 1:] * scaled[:, :-1], 0.0).sum(axis=(0, 1))
        below += np.where(both, scaled[:, :-1] ** 2, 0.0).sum(axis=(0, 1))
    return np.clip(above / positive(below), 0.0, MOST)


def _mean_square(table: Floats) -> Floats:
    """Mean square of each column, of what is known; NaN where nothing is."""
    known = ~np.isnan(table)
    total = np.where(known, table, 0.0) ** 2
    count = known.sum(axis=0)
    return np.where(count > 0, total.sum(axis=0) / np.maximum(count, 1), np.nan)


def positive(numbers: Floats) -> Floats:
    """The numbers, with one in the place of what is not above nothing: to divide by.

    Examples
    --------
    >>> positive(np.array([0.5, 0.0])).tolist()
    [0.5, 1.0]
    """
    return np.where(numbers > 0, numbers, 1.0)


@functools.cache
def innovations(code: str, last: int = OPENING) -> Floats:
    """What is new in each year of each forecast: array [forecast, ahead, shock], NaN where it is not known.

    A shock to the rate stays in the debt that bears it until that is renewed, as in `debt.model`.

    Examples
    --------
    >>> innovations("ITA").shape
    (17, 5, 6)
    """
    found = errors(code, last)
    share = carried(group_of(code), last).copy()
    share[RATE] = 1 - 1 / baseline(code).maturity
    new = found.copy()
    new[:, 1:] -= share * found[:, :-1]
    return new


@functools.cache
def _variances(code: str, last: int) -> Floats:
    return _mean_square(innovations(code, last).reshape(-1, len(SHOCKS)))


@functools.cache
def typical(group: str, last: int = OPENING) -> Floats:
    """Geometric mean of the variances of the economies of a group: array [shock].

    Examples
    --------
    >>> bool((typical("emerging and developing")[:2] > typical("advanced")[:2]).all())
    True
    """
    own = np.stack([_variances(code, last) for code in members(group)])
    known = own > 0  # a dollar costs a dollar in the United States; NaN is not above 0
    logs = np.log(np.where(known, own, 1.0)).sum(axis=0)
    return np.where(known.any(axis=0), np.exp(logs / np.maximum(known.sum(axis=0), 1)), 0.0)


def deviations(code: str, last: int = OPENING) -> Floats:
    """Deviation of the innovations of an economy, around nothing: array [shock].

    The logarithm of its own variance and of the group's are weighed by years: those of its figures, and
    `PRIOR`. Errors are not centred: what forecasts got wrong on average is uncertainty too.

    Examples
    --------
    >>> bool(0.01 < deviations("ITA")[0] < 0.05)
    True
    """
    own, group = _variances(code, last), typical(group_of(code), last)
    weight = (last - FIRST) / (last - FIRST + PRIOR)
    both = (own > 0) & (group > 0)
    logs = weight * np.log(np.where(both, own, 1.0)) + (1 - weight) * np.log(np.where(both, group, 1.0))
    return np.sqrt(np.where(both, np.exp(logs), np.where(np.isnan(own), group, own)))


@functools.cache
def pooled(group: str, last: int = OPENING) -> Floats:
    """Innovations of all economies of a group, centred and of unit variance: array [forecast, ahead, shock].

    Each is divided by its economy's own deviation first. Forecasts of which anything is missing in their
    first year are left out; later years may be missing.

    Examples
    --------
    >>> pooled("advanced").shape[1:]
    (5, 6)
    """
    found = np.concatenate(
        [innovations(code, last) / positive(np.sqrt(_variances(code, last))) for code in members(group)]
    )
    found = found[~np.isnan(found[:, 0]).any(axis=1)]
    found = np.where(np.isnan(found).any(axis=2, keepdims=True), np.nan, found)
    found = found - np.nanmean(found, axis=(0, 1))
    return np.asarray(found / positive(np.nanstd(found, axis=(0, 1))))


@functools.cache
def correlations(group: str, last: int = OPENING) -> Floats:
    """How innovations of a year go together in a group: array [shock, shock].

    Examples
    --------
    >>> bool(correlations("advanced")[0, 3] > 0.3)  # in a slump the balance falls
    True
    """
    rows = pooled(group, last).reshape(-1, len(SHOCKS))
    rows = rows[~np.isnan(rows).any(axis=1)]
    return np.asarray(rows.T @ rows / len(rows))


def estimated(code: str, last: int = OPENING) -> Shocks:
    """The law of the shocks from figures of years up to ``last``.

    Examples
    --------
    >>> estimated("ITA").covariance.shape
    (6, 6)
    """
    group = group_of(code)
    size = deviations(code, last)
    share = carried(group, last).copy()
    share[RATE] = 0.0  # the model keeps it in the debt that bears it
    return Shocks(code, np.outer(size, size) * correlations(group, last), share, group=group, last=last)
