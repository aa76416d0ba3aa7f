"""Owns the case of a debt path: what debt.model is given for one economy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.baseline import HOLDERS, Baseline
from creditor.sustainability.history import GENERAL
from creditor.sustainability.instruments import INSTRUMENTS, Pool, of_model

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Key = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What the model is given for one economy.

    Parameters
    ----------
    code : str
    periods : int
    series : mapping of (name, *labels after the country) to array [period] or [period, path]
    starts : mapping of the same keys to float or array [path]
    perimeter : str
        Whose shocks are drawn.
    """

    code: str
    periods: int
    series: Mapping[Key, Floats]
    starts: Mapping[Key, float | Floats] = field(default_factory=dict)
    perimeter: str = GENERAL

    def add(self, changes: Mapping[Key, Floats | float]) -> Case:
        """The case with something added to series; what has no series yet is nothing."""
        zero = np.zeros(self.periods)
        added = {key: _sum(self.series.get(key, zero), value) for key, value in changes.items()}
        return replace(self, series={**self.series, **added})

    def put(self, changes: Mapping[Key, Floats]) -> Case:
        """The case with other series in their place."""
        return replace(self, series={**self.series, **changes})

    def begun(self, periods: int) -> Case:
        """The first years of the case."""
        return replace(self, periods=periods, series={k: v[:periods] for k, v in self.series.items()})


def _sum(one: Floats, other: Floats | float) -> Floats:
    """Two series, of which one may differ by path."""
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if first.ndim == 2 and second.ndim == 1:
        second = second[:, None]
    elif first.ndim == 1 and second.ndim == 2:
        first = first[:, None]
    return np.asarray(first + second)


def followed(base: Baseline, periods: int) -> Case:
    """The case of a baseline before it is anchored: its projection, then what is held, and its instruments.

    Parameters
    ----------
    base : Baseline
    periods : int
        Years after the opening.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = followed(baseline("ITA"), 8)
    >>> found.series["primary_balance",].round(3).tolist()
    [0.006, 0.011, 0.014, 0.017, 0.018, 0.018, 0.018, 0.018]
    """
    return Case(base.code, periods, _series(base, periods), _starts(base), base.perimeter)


def _series(base: Baseline, periods: int) -> dict[Key, Floats]:
    series: dict[Key, Floats] = {}
    for name in ("real_growth", "deflator", "primary_balance", "depreciation"):
        values = np.full(periods, base.after[name])
        found = base.published[name][:periods]  # also where debt itself is not published
        values[: len(found)] = found
        series[name,] = values
    home, _ = rates(base)
    pools, policy, paid = _pools(base), _policy(base), _coupons(base)
    for kind in INSTRUMENTS:
        pool = pools.get(kind)
        series["market_rate", kind] = np.full(periods, paid.get(kind, home))
        series["maturing_share", kind] = np.full(periods, pool.maturing if pool else 1.0 / base.maturity)
        series["refixed_share", kind] = np.full(periods, pool.refixed if pool else 0.0)
        series["issue_share", kind] = np.full(periods, policy.get(kind, 0.0))
    if "official" in pools:
        series["foreign_money", "official"] = np.full(periods, float(pools["official"].abroad))
    for holder in (*HOLDERS.values(), "not_allocated"):
        series["holder_share", holder] = np.full(periods, base.holders.get(holder, 0.0))
    return series


def _pools(base: Baseline) -> dict[str, Pool]:
    """The pools of the baseline: those that are published, else one in own and one in foreign money."""
    return of_model(base.code, base.foreign_share, base.maturity)


def _policy(base: Baseline) -> dict[str, float]:
    """Shares of new debt that keep the split as it is while debt grows with output."""
    growth = (1 + base.after["real_growth"]) * (1 + base.after["deflator"]) - 1
    wanted = {
        kind: pool.share * ((pool.maturing or 0.0) + max(growth, 0.0)) for kind, pool in _pools(base).items()
    }
    return {kind: share / sum(wanted.values()) for kind, share in wanted.items()}


def rates(base: Baseline) -> tuple[float, float]:
    """Rates at which debt in own and in foreign money is renewed after the projection.

    Together they are the effective rate of the last published year; they differ by the expected depreciation.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> home, abroad = rates(baseline("ITA"))
    >>> round(home, 4)
    0.0325
    """
    rate, share, z = base.after["rate"], base.foreign_share, base.after["depreciation"]
    home = (rate + share * (1 - 1 / (1 + z))) / (1 - share + share / (1 + z))
    return home, (1 + home) / (1 + z) - 1


def _coupons(base: Baseline) -> dict[str, float]:
    """Rate of each pool at which it costs as much as the others; in real terms for indexed debt."""
    home, abroad = rates(base)
    linked = (1 + home) / (1 + base.after["deflator"]) - 1
    return {
        kind: abroad if pool.abroad else linked if kind == "indexed" else home
        for kind, pool in _pools(base).items()
    }


def _starts(base: Baseline) -> dict[Key, float]:
    debt = base.debt * base.gdp
    pools, paid = _pools(base), _coupons(base)
    starts: dict[Key, float] = {
        ("gdp",): base.gdp,
        ("debt",): debt,
        ("debt_ratio",): base.debt,
        ("published_debt",): debt,
    }
    for kind in INSTRUMENTS:
        amount = debt * pools[kind].share if kind in pools else 0.0
        starts["outstanding", kind] = amount
        starts["coupons", kind] = amount * paid.get(kind, 0.0)
    for holder in (*HOLDERS.values(), "not_allocated"):
        starts["holding", holder] = debt * base.holders.get(holder, 0.0)
    return starts
