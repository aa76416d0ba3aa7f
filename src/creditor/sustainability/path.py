"""Owns the run of the debt model: anchored to the published projection, with own dynamics after it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.sustainability.baseline import HOLDERS, Baseline
from creditor.sustainability.history import GENERAL
from creditor.sustainability.instruments import INSTRUMENTS, Pool, of_model
from creditor.sustainability.law import UNANSWERED
from creditor.sustainability.shocks import draw, shocks

if TYPE_CHECKING:
    import numpy.typing as npt

    from creditor.engine.certificate import Certificate

    Floats = npt.NDArray[np.float64]

SLOPE = 0.02  # of the market rate for debt higher by all of GDP: 2 basis points for a point of GDP
RANGE = 0.3  # of GDP above the debt that the rate belongs to: beyond it the rate follows the logarithm
SLOPE_SOURCE = (
    "Congressional Budget Office, Working Paper 2024-05: 2 basis points for each point of GDP of debt"
)
PARTS = (
    "interest_part",
    "growth_part",
    "inflation_part",
    "exchange_rate_part",
    "primary_part",
    "ageing_part",
    "stock_flow_part",
)
SHOWN = (
    "debt_ratio",
    "debt",
    "gdp",
    "balance_now",
    "interest_ratio",
    "interest",
    "effective_rate",
    "growth",
    "rate_less_growth",
    "stabilising_balance",
    "stabilising_gap",
    "financing_ratio",
    "average_maturity",
    "refixing_share",
    "foreign_money_share",
    "overall_balance",
    "change_of_debt",
    "correction",
    "adjustment",
    *PARTS,
)
STOCKS = ("debt_ratio", "debt", "gdp", "outstanding", "coupons", "holding", "scheduled")
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


def _sum(one: Floats, other: Floats | float) -> Floats:
    """Two series, of which one may differ by path."""
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if first.ndim == 2 and second.ndim == 1:
        second = second[:, None]
    elif first.ndim == 1 and second.ndim == 2:
        first = first[:, None]
    return np.asarray(first + second)


@dataclass(frozen=True)
class Paths:
    """Variables of the model for one economy: arrays [period, path], period 0 the opening."""

    values: Mapping[Key, Floats]
    certificate: Certificate

    def __getitem__(self, name: str) -> Floats:
        return self.values[(name,)]

    def one(self, name: str, *labels: str) -> Floats:
        """The first path over periods."""
        return self.values[(name, *labels)][:, 0]


@functools.lru_cache(maxsize=64)
def program(codes: tuple[str, ...]) -> Program:
    """The debt model of some economies, compiled."""
    return compile_model(load_model("debt", codes))


def simulate(case: Case, paths: int = 1, keep: Iterable[Key] | None = None) -> Paths:
    """Run a case.

    Parameters
    ----------
    case : Case
    paths : int
    keep : iterable of keys, optional
        What comes back; everything in `SHOWN`, instruments and holders where it is left out.

    Raises
    ------
    NoSolutionError
        E621 where an equation has no finite solution, with its period and path.
    """
    compiled = program((case.code,))
    model = compiled.model

    def slot(key: Key) -> int:
        shared = key[0] in ("foreign_money", "indexed_to_prices")
        return model.slot(key[0], key[1:] if shared else (case.code, *key[1:]))

    wanted = list(keep) if keep is not None else _everything()
    slots = {key: slot(key) for key in wanted}
    givens = {slot(key): np.asarray(values, dtype=float) for key, values in case.series.items()}
    starts = {slot(key): value for key, value in case.starts.items()}
    result = run(compiled, Inputs(case.periods, paths, givens, starts, keep=sorted(set(slots.values()))))
    place = {number: index for index, number in enumerate(result.kept or ())}
    values = {key: result.values[place[number]] for key, number in slots.items()}
    for key, found in values.items():
        if key[0] not in STOCKS:
            found[0] = np.nan  # what happens in a year has no value at the opening
    return Paths(values, result.certificate)


def _everything() -> list[Key]:
    pools = [
        (name, kind) for name in ("outstanding", "coupons", "redemption", "issue") for kind in INSTRUMENTS
    ]
    held = [("holding", name) for name in (*HOLDERS.values(), "not_allocated")]
    own = [("scheduled", "home"), ("scheduled", "abroad")]
    return [*((name,) for name in SHOWN), *pools, *held, *own]


def case_of(base: Baseline, horizon: int, slope: float = 0.0) -> Case:
    """The case of a baseline, anchored to its projection: corrections and stock-flow are found first.

    Parameters
    ----------
    base : Baseline
    horizon : int
        Last year.
    slope : float
        Of the market rate in debt; 0 for a constant rate. It works on what differs from the baseline,
        and on what comes after the projection.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = simulate(case_of(baseline("ITA"), 2055))
    >>> round(float(found.one("debt_ratio")[6]), 5)
    1.37695
    """
    periods = horizon - base.opening
    known = min(base.anchored, periods)
    series = _series(base, periods)
    starts = _starts(base)
    flags = np.zeros(periods)
    flags[:known] = 1.0
    debt = np.ones(periods)
    debt[:known] = base.published["debt"][:known]
    interest = np.zeros(periods)
    interest[:known] = base.published["interest"][:known]
    first = Case(base.code, periods, series, starts, base.perimeter)
    anchor: dict[Key, Floats] = {
        ("anchored",): flags,
        ("debt_published",): debt,
        ("interest_published",): interest,
    }
    found = simulate(first.put(anchor), 1, [("correction",), ("adjustment",)])
    correction, flow = found.one("correction")[1:].copy(), found.one("adjustment")[1:].copy()
    correction[known:], flow[known:] = 0.0, 0.0
    before = np.concatenate([[base.debt], base.published["debt"]])
    reference = np.array([before[min(t, len(before) - 1)] for t in range(periods)])
    return first.put(
        {
            ("correction_given",): correction,
            ("stock_flow",): flow,
            ("premium_slope",): np.full(periods, slope),
            ("premium_range",): np.full(periods, RANGE),
            ("debt_reference",): reference,
        }
    )


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


def stochastic(
    case: Case, paths: int, seed: int, kind: str, keep: Sequence[str], first: int = 0, economy: str = ""
) -> Paths:
    """Run a case on paths of shocks; the balance reacts to debt that is not as in the case without them.

    Parameters
    ----------
    case : Case
    paths, seed : int
    kind : str
        One of `creditor.sustainability.shocks.DISTRIBUTIONS`.
    keep : sequence of str
        Variables that come back.
    first : int
        Periods before the first shock.
    economy : str
        Whose shocks; the case's own where it is left out.
    """
    law = shocks(economy) if economy else shocks(case.code, case.perimeter)
    found = draw(law, case.periods - first, paths, seed, kind)
    shocked: dict[Key, Floats] = {
        (name,): np.concatenate([np.zeros((first, paths)), values]) if first else values
        for name, values in found.items()
    }
    shocked |= answering(case, law.reaction, first)
    return simulate(case.put(shocked), paths, [(name,) for name in keep])


def answering(case: Case, reaction: float, first: int = 0) -> dict[Key, Floats]:
    """The series by which the balance reacts to debt above that of the undisturbed case.

    It does so from the sixth year of shocks on: earlier, errors of the past show no reaction.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = answering(case_of(baseline("ITA"), 2031), 0.03)
    >>> found["balance_reaction",].tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.03, 0.03]
    """
    if not reaction or case.periods <= first + UNANSWERED:
        return {}
    expected = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")[:-1]
    shares = np.where(np.arange(case.periods) >= first + UNANSWERED, reaction, 0.0)
    return {("balance_reaction",): shares, ("debt_expected",): expected}
