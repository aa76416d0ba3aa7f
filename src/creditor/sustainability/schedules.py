"""Owns the schedules of loans of one's own: what is owed and paid year by year, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.loans import Assumptions, Loan
from creditor.sustainability.path import SIDES

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NAMES = ("schedule_stock", "schedule_redemption", "schedule_interest", "schedule_floating")


@dataclass(frozen=True)
class Flows:
    """What some loans are and pay: arrays [year] in own money, the opening in place 0.

    Parameters
    ----------
    stock, redemption, interest : array [year]
        Owed at the end of the year, and paid in it; nothing is paid in the opening.
    """

    stock: Floats
    redemption: Floats
    interest: Floats

    def __add__(self, other: Flows) -> Flows:
        """Of both together."""
        return Flows(
            self.stock + other.stock, self.redemption + other.redemption, self.interest + other.interest
        )


def schedules(loans: Sequence[Loan], years: Assumptions, own: str) -> dict[str, dict[str, Floats]]:
    """What the loans are and pay, in own money at the assumed exchange rates: name, then `SIDES`.

    Arrays have the opening in place 0. Interest is paid on what was owed a year before, in the
    money of the loan; of indexed loans at the prices of the year in which it is paid.

    Examples
    --------
    >>> loan = Loan("a", "EUR", 10.0, 0.05, 2020, 2026, "fixed", "bullet", "", "")
    >>> flat = {"gdp": np.full(4, 100.0), "real_growth": np.zeros(4)}
    >>> years = Assumptions((2024, 2025, 2026, 2027), flat, {}, None)
    >>> schedules([loan], years, "EUR")["schedule_redemption"]["home"]
    array([ 0.,  0., 10.,  0.])
    """
    shape = len(years.years)
    found = {name: {side: np.zeros(shape) for side in SIDES} for name in NAMES}
    found["years"], found["refixed"] = {"all": np.zeros(shape)}, {"all": np.zeros(shape)}
    for loan in loans:
        side, rate = side_of(loan, own), rate_of(loan, years, own)
        left, paid, due = balances(loan, years)
        stock, redemption, interest, floating = (found[name][side] for name in NAMES)
        stock += left * rate
        redemption += paid * rate
        interest += due * rate
        if loan.kind == "floating":
            floating += np.concatenate([[0.0], left[:-1]]) * rate
        runs = np.maximum(loan.maturity - np.array(years.years), 0)
        found["years"]["all"] += left * rate * (runs if loan.repayment == "bullet" else (runs + 1) / 2)
        soon = [1.0 if loan.kind == "floating" else share_due(loan, year) for year in years.years]
        found["refixed"]["all"] += left * rate * np.array(soon)
    return found


def flows_by(
    loans: Sequence[Loan], years: Assumptions, own: str, label: Callable[[Loan], str]
) -> dict[str, Flows]:
    """The same flows by a label of the loans, such as their holder.

    Examples
    --------
    >>> loan = Loan("a", "EUR", 10.0, 0.05, 2020, 2026, "fixed", "equal", "banks", "")
    >>> flat = {"gdp": np.full(3, 100.0), "real_growth": np.zeros(3)}
    >>> years = Assumptions((2024, 2025, 2026), flat, {}, None)
    >>> found = flows_by([loan], years, "EUR", lambda loan: loan.holder)["banks"]
    >>> found.stock, found.redemption, found.interest
    (array([10.,  5.,  0.]), array([0., 5., 5.]), array([0.  , 0.5 , 0.25]))
    """
    found: dict[str, Flows] = {}
    for loan in loans:
        one = Flows(*(part * rate_of(loan, years, own) for part in balances(loan, years)))
        sums = found.get(label(loan))
        found[label(loan)] = one if sums is None else sums + one
    return found


def side_of(loan: Loan, own: str) -> str:
    """Which of `SIDES` a loan is on."""
    return "abroad" if loan.currency != own else "linked" if loan.kind == "indexed" else "home"


def rate_of(loan: Loan, years: Assumptions, own: str) -> Floats:
    """Own money for one of the loan's, by year."""
    return np.ones(len(years.years)) if loan.currency == own else years.rates[loan.currency]


def share_due(loan: Loan, year: int) -> float:
    """Which share of what a loan leaves at the end of a year falls due in the next.

    Examples
    --------
    >>> share_due(Loan("a", "EUR", 10.0, 0.05, 2020, 2028, "fixed", "equal", "", ""), 2024)
    0.25
    """
    runs = loan.maturity - year
    if runs <= 1:
        return float(runs == 1)
    return 1.0 / runs if loan.repayment == "equal" else 0.0


def balances(loan: Loan, years: Assumptions) -> tuple[Floats, Floats, Floats]:
    """Balance at the end of each year, redemption and interest in it, in the money of the loan."""
    shape, gdp, real = len(years.years), years.columns["gdp"], years.columns["real_growth"]
    prices = gdp[1:] / gdp[:-1] / (1 + real[1:])
    short = years.columns.get("short_rate", years.columns.get("market_rate", np.zeros(shape)))
    left, paid, due = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    left[0] = loan.amount
    for t in range(1, shape):
        before = left[t - 1] * (prices[t - 1] if loan.kind == "indexed" else 1.0)
        paid[t] = before * share_due(loan, years.years[t - 1])
        due[t] = before * (loan.rate + (short[t] if loan.kind == "floating" else 0.0))
        left[t] = before - paid[t]
    return left, paid, due


def basket(loans: Sequence[Loan], years: Assumptions, own: str) -> Floats:
    """Yearly rise of the price of foreign money, the moneys weighted as they are owed at the opening.

    Where nothing is owed in foreign money all moneys that have an exchange rate weigh the same.

    Examples
    --------
    >>> flat = {"gdp": np.full(3, 100.0), "real_growth": np.zeros(3)}
    >>> rates = {"USD": np.array([100.0, 110.0, 110.0]), "EUR": np.array([100.0, 100.0, 130.0])}
    >>> basket([], Assumptions((2024, 2025, 2026), flat, rates, None), "KES").round(4).tolist()
    [0.05, 0.1429]
    """
    owed = dict.fromkeys(years.rates, 0.0)
    for loan in loans:
        if loan.currency != own and loan.amount > 0:
            owed[loan.currency] += loan.amount * float(years.rates[loan.currency][0])
    weights = owed if any(owed.values()) else dict.fromkeys(owed, 1.0)
    level = sum(share * years.rates[code] / years.rates[code][0] for code, share in weights.items())
    index = np.asarray(level, dtype=float)
    return np.asarray(index[1:] / index[:-1] - 1)


def life_of_new(loans: Sequence[Loan], years: Assumptions) -> float:
    """Average maturity of new debt in years: as assumed, else the mean of the loans from start to end."""
    given = float(years.columns["new_maturity"][0])
    return max(given or float(np.mean([loan.maturity - loan.start for loan in loans])), 1.0)
