"""Owns debt.model written out in shares of GDP, for many candidates and paths at a time.

The model text stays the authority: tests hold this recursion to it at 1e-12 in every economy and stress test.
It has every instrument and given of a baseline and no checks, holders or schedules of single loans.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.case import Case, Key
from creditor.sustainability.instruments import INSTRUMENTS

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Row = float | Floats

DEFAULTS = {
    "real_growth": 0.02,
    "deflator": 0.02,
    "market_rate": 0.03,
    "maturing_share": 0.15,
    "debt_reference": 1.0,
    "premium_range": 0.3,
    "debt_expected": 1.0,
}
FOREIGN, INDEXED = "foreign", "indexed"
LEFT_OUT = ("schedule", "anchored")
BLOCK = 4096  # paths at a time, so that the pools stay in the cache


@dataclass(frozen=True)
class Ratios:
    """Shares of GDP: arrays [period, path], period 0 the opening, where flows of a year are not-a-number.

    Parameters
    ----------
    debt, interest, balance, growth, stabilising_gap : array [period, path]
        Balance is the primary one; growth is nominal.
    """

    debt: Floats
    interest: Floats
    balance: Floats
    growth: Floats
    stabilising_gap: Floats


def ratios(case: Case, paths: int = 1) -> Ratios:
    """Debt, interest, balance and growth of a case.

    Parameters
    ----------
    case : Case
        Of a baseline: no schedules of single loans, not anchored.
    paths : int
        Columns of the series that differ by path, and of the openings that do.

    Raises
    ------
    ValueError
        For a case with givens that this recursion does not have.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of
    >>> round(float(ratios(case_of(baseline("ITA"), 2055)).debt[6, 0]), 5)
    1.37695
    """
    strange = sorted({key[0] for key in case.series if key[0].startswith(LEFT_OUT)})
    if strange:
        raise ValueError(f"the recursion has no {', '.join(strange)}; use simulate")
    found = np.full((5, case.periods + 1, paths), np.nan)
    for begin in range(0, paths, BLOCK):
        part = slice(begin, min(begin + BLOCK, paths))
        _run(case, part, found[:, :, part])
    return Ratios(*found)


def closing(case: Case, paths: int = 1) -> dict[Key, Floats]:
    """Where a case ends, as openings of a later one in shares of GDP: arrays [path] by key; GDP is 1.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of
    >>> found = closing(case_of(baseline("ITA"), 2030))
    >>> round(float(found["debt_ratio",][0]), 5), sorted({key[0] for key in found})
    (1.37695, ['coupons', 'debt_ratio', 'gdp', 'outstanding'])
    """
    pools, paying, debt = _run(case, slice(0, paths), np.empty((5, case.periods + 1, paths)))
    found: dict[Key, Floats] = {("gdp",): np.ones(paths), ("debt_ratio",): debt}
    for place, kind in enumerate(_kinds(case)):
        found["outstanding", kind], found["coupons", kind] = pools[place], paying[place]
    return found


def _run(case: Case, part: slice, out: Floats) -> tuple[Floats, Floats, Floats]:
    """Fill [ratio, period, path] for some of the paths; the pools, what they pay and debt at the end."""

    def cut(values: Floats | float) -> Floats:
        found = np.asarray(values, dtype=float)
        if not found.ndim:
            return found
        return found[..., part] if found.shape[-1] > 1 else found[..., :1]

    def given(name: str) -> list[Row]:
        values = np.asarray(case.series.get((name,), np.full(case.periods, DEFAULTS.get(name, 0.0))))
        return values.tolist() if values.ndim == 1 else list(cut(values))

    def pooled(name: str) -> Floats:
        usual = np.full(case.periods, DEFAULTS.get(name, 0.0))
        found = [np.asarray(case.series.get((name, kind), usual), dtype=float) for kind in kinds]
        wide = [cut(values) if values.ndim == 2 else values[:, None] for values in found]
        return np.stack(np.broadcast_arrays(*wide), axis=1)

    kinds = _kinds(case)
    state = _opening(case, kinds, cut, out.shape[2])
    out[0, 0] = state[2]
    step = _Step({name: given(name) for name in NAMES}, {name: pooled(name) for name in POOLED}, case, kinds)
    for period in range(case.periods):
        state, row = step(period, *state)
        for place, values in enumerate(row):
            out[place, period + 1] = values
    return state


NAMES = (
    "real_growth",
    "growth_shock",
    "deflator",
    "deflator_shock",
    "depreciation",
    "depreciation_shock",
    "primary_balance",
    "ageing_cost",
    "balance_shock",
    "balance_reaction",
    "debt_expected",
    "stock_flow",
    "stock_flow_shock",
    "recognised_liabilities",
    "asset_sales",
    "deposits_drawn",
    "premium_slope",
    "debt_reference",
    "premium_range",
    "market_shock",
    "rate_shock",
    "correction_given",
    "within_year",
)
POOLED = ("market_rate", "maturing_share", "refixed_share", "issue_share")


def _kinds(case: Case) -> list[str]:
    """The instruments that a case has, or issues."""
    return [kind for kind in INSTRUMENTS if _used(case, kind)]


def _used(case: Case, kind: str) -> bool:
    starts = (case.starts.get((name, kind), 0.0) for name in ("outstanding", "coupons"))
    shares = np.asarray(case.series.get(("issue_share", kind), 0.0))
    return any(bool(np.any(np.asarray(value) != 0)) for value in starts) or bool(np.any(shares != 0))


def _opening(
    case: Case, kinds: list[str], cut: Callable[[Floats | float], Floats], paths: int
) -> tuple[Floats, Floats, Floats]:
    """Pools and the interest that they pay, and debt, as shares of GDP: [pool, path] twice, [path]."""

    def start(*key: str) -> Floats:
        return np.broadcast_to(np.asarray(cut(case.starts.get(key, 0.0))), (paths,))

    gdp = start("gdp")
    pools = [np.stack([start(name, kind) / gdp for kind in kinds]) for name in ("outstanding", "coupons")]
    return pools[0], pools[1], np.array(start("debt_ratio"))


class _Step:
    """One year of debt.model in shares of GDP; the names are those of the model text."""

    def __init__(
        self, plain: dict[str, list[Row]], pools: dict[str, Floats], case: Case, kinds: list[str]
    ) -> None:
        self.plain, self.pools = plain, pools
        self.foreign = _flags(case, kinds, "foreign_money", FOREIGN)
        self.indexed = _flags(case, kinds, "indexed_to_prices", INDEXED)

    def __call__(
        self, period: int, outstanding: Floats, coupons: Floats, debt_ratio: Floats
    ) -> tuple[tuple[Floats, Floats, Floats], tuple[Row, ...]]:
        now = {name: values[period] for name, values in self.plain.items()}
        real_growth_now = (1 + now["real_growth"]) * (1 + now["growth_shock"]) - 1
        deflator_now = (1 + now["deflator"]) * (1 + now["deflator_shock"]) - 1
        depreciation_now = (1 + now["depreciation"]) * (1 + now["depreciation_shock"]) - 1
        gdp = (1 + real_growth_now) * (1 + deflator_now)  # over that of the year before
        reaction = now["balance_reaction"] * (debt_ratio - now["debt_expected"])
        balance_now = now["primary_balance"] - now["ageing_cost"] + now["balance_shock"] + reaction
        issue_rate = self.pools["market_rate"][period] + (_premium(now, debt_ratio) + now["market_shock"])
        maturing_share, refixed_share, issue_share = (self.pools[name][period] for name in POOLED[1:])
        uplift = (1 + self.foreign * depreciation_now + self.indexed * deflator_now) / gdp
        carried, coupons = outstanding * uplift, coupons * uplift
        refixed = coupons + refixed_share * (issue_rate * carried - coupons)
        flow_now = now["stock_flow"] + now["stock_flow_shock"]
        adjustment = flow_now + now["recognised_liabilities"] - now["asset_sales"] - now["deposits_drawn"]
        owed, within_year = carried.sum(axis=0), now["within_year"]
        redemption = maturing_share * carried
        interest_carried = refixed.sum(axis=0) - within_year * (redemption * issue_rate).sum(axis=0)
        within_rate = within_year * (issue_share * issue_rate).sum(axis=0)
        borrowed = flow_now - balance_now + redemption.sum(axis=0)
        own_interest = (interest_carried + within_rate * borrowed) / (1 - within_rate)
        correction = now["correction_given"] + now["rate_shock"]
        interest_paid = own_interest + correction * owed
        indexation = (self.indexed * deflator_now / gdp * outstanding).sum(axis=0)
        issue = issue_share * (redemption.sum(axis=0) + interest_paid - balance_now + adjustment)
        coupons = (1 - maturing_share) * (refixed + correction * carried) + issue_rate * issue
        later = owed + interest_paid - balance_now + adjustment
        stabilising_gap = balance_now - (owed + interest_paid - debt_ratio + adjustment)
        row = later, interest_paid + indexation, balance_now, gdp - 1, stabilising_gap
        return ((1 - maturing_share) * carried + issue, coupons, later), row


def _premium(now: dict[str, Row], debt: Floats) -> Row:
    """What debt adds to the market rate: in a line up to the range, then with its logarithm."""
    if not np.any(now["premium_slope"]):
        return 0.0
    edge = np.maximum(now["debt_reference"], 0.0) + now["premium_range"]
    far = edge * np.log(np.maximum(debt, edge) / edge)
    return np.asarray(now["premium_slope"] * (np.minimum(debt, edge) - now["debt_reference"] + far))


def _flags(case: Case, kinds: list[str], name: str, usual: str) -> Floats:
    """1 for the pools that are in foreign money, or indexed: [pool, 1]."""
    found = []
    for kind in kinds:
        key: Key = (name, kind)
        values = case.series.get(key)
        found.append(float(kind == usual) if values is None else float(np.asarray(values).flat[0]))
    return np.array(found)[:, None]
