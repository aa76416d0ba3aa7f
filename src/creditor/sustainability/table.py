"""Owns a debt table of one's own: loans in several moneys, their schedules, and the case they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.case import Case, Key
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.loans import Assumptions, Loan, read_loans
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

UNNAMED = "not named"


@dataclass(frozen=True)
class Book:
    """A debt table with its assumptions, ready to be run.

    Parameters
    ----------
    loans : tuple of Loan
    assumptions : Assumptions
    own : str
        The money in which debt is counted.
    case : Case
    debt : float
        At the opening, billions of own money.
    by_currency, by_holder : mapping of str to float
        The same debt by the money in which it is owed, and by holder.
    findings : tuple of Finding
    """

    loans: tuple[Loan, ...]
    assumptions: Assumptions
    own: str
    case: Case
    debt: float
    by_currency: Mapping[str, float]
    by_holder: Mapping[str, float]
    findings: tuple[Finding, ...]


def read_book(table: Path, assumptions: Path, code: str = "ROW") -> Book:
    """Read a debt table and its assumptions.

    Parameters
    ----------
    table : Path
        Columns name, currency, amount, rate, start, maturity; may have kind, repayment, holder. Amounts
        are in billions of the loan's own money, rates in percent a year, start and maturity are years.
    assumptions : Path
        Columns year, gdp, real_growth, primary_balance, market_rate, a row per year without a gap, the
        opening first; may have short_rate, stock_flow, ageing_cost, stated_total, new_maturity, and
        ``fx_CCC`` for each foreign money.
    code : str
        Label of the economy in the model.

    Raises
    ------
    InputError
        P802, F304 and those of the CSV reader, all at once with file and line.
    """
    loans, years, own = read_loans(table, assumptions)
    flows = schedules(loans, years, own)
    debt = sum(amounts[0] for amounts in flows["schedule_stock"].values())
    case = _case(code, years, flows, debt, loans)
    money = {c: sum(_own_amount(x, years, own) for x in loans if x.currency == c) for c in _currencies(loans)}
    held: dict[str, float] = {}
    for loan in loans:
        held[loan.holder or UNNAMED] = held.get(loan.holder or UNNAMED, 0.0) + _own_amount(loan, years, own)
    return Book(tuple(loans), years, own, case, debt, money, held, tuple(_findings(loans, debt)))


def _currencies(loans: Sequence[Loan]) -> list[str]:
    return list(dict.fromkeys(loan.currency for loan in loans))


def _own_amount(loan: Loan, years: Assumptions, own: str) -> float:
    return loan.amount * (1.0 if loan.currency == own else float(years.rates[loan.currency][0]))


def schedules(loans: Sequence[Loan], years: Assumptions, own: str) -> dict[str, dict[str, Floats]]:
    """What the loans are and pay, in own money at the assumed exchange rates: name, then home or abroad.

    Arrays have the opening in place 0. Interest is paid on what was owed a year before, in the
    money of the loan.

    Examples
    --------
    >>> loan = Loan("a", "EUR", 10.0, 0.05, 2020, 2026, "fixed", "bullet", "", "")
    >>> flat = {"gdp": np.full(4, 100.0), "real_growth": np.zeros(4)}
    >>> years = Assumptions((2024, 2025, 2026, 2027), flat, {}, None)
    >>> schedules([loan], years, "EUR")["schedule_redemption"]["home"]
    array([ 0.,  0., 10.,  0.])
    """
    names = ("schedule_stock", "schedule_redemption", "schedule_interest", "schedule_floating")
    shape = len(years.years)
    found = {name: {"home": np.zeros(shape), "abroad": np.zeros(shape)} for name in names}
    found["years"], found["refixed"] = {"all": np.zeros(shape)}, {"all": np.zeros(shape)}
    gdp, real = years.columns["gdp"], years.columns["real_growth"]
    prices = np.concatenate([[0.0], gdp[1:] / gdp[:-1] / (1 + real[1:]) - 1])
    for loan in loans:
        side = "home" if loan.currency == own else "abroad"
        rate = np.ones(shape) if side == "home" else years.rates[loan.currency]
        left, paid, due = _balances(loan, years, prices)
        stock, redemption, interest, floating = (found[name][side] for name in names)
        stock += left * rate
        redemption += paid * rate
        interest += due * rate
        before = np.concatenate([[0.0], left[:-1]])
        if loan.kind == "floating":
            floating += before * rate
        runs = np.maximum(loan.maturity - np.array(years.years), 0)
        found["years"]["all"] += left * rate * (runs if loan.repayment == "bullet" else (runs + 1) / 2)
        soon = left if loan.kind == "floating" else np.concatenate([paid[1:], paid[-1:]])
        found["refixed"]["all"] += np.minimum(soon, left) * rate if loan.amount > 0 else soon * rate
    return found


def _balances(loan: Loan, years: Assumptions, prices: Floats) -> tuple[Floats, Floats, Floats]:
    """Balance at the end of each year, redemption and interest in it, in the money of the loan."""
    shape = len(years.years)
    left, paid, due = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    left[0] = loan.amount
    short = years.columns.get("short_rate", years.columns.get("market_rate", np.zeros(shape)))
    for t in range(1, shape):
        before = left[t - 1] * (1 + prices[t] if loan.kind == "indexed" else 1.0)
        runs = loan.maturity - years.years[t - 1]
        share = 0.0 if runs <= 0 else 1.0 if runs == 1 else 1.0 / runs if loan.repayment == "equal" else 0.0
        paid[t] = before * share
        due[t] = left[t - 1] * (loan.rate + (short[t] if loan.kind == "floating" else 0.0))
        left[t] = before - paid[t]
    return left, paid, due


def _case(
    code: str,
    years: Assumptions,
    flows: Mapping[str, Mapping[str, Floats]],
    debt: float,
    loans: Sequence[Loan],
) -> Case:
    periods, columns = years.periods, years.columns
    gdp, real = columns["gdp"], columns["real_growth"]
    series: dict[Key, Floats] = {
        ("real_growth",): real[1:],
        ("deflator",): gdp[1:] / gdp[:-1] / (1 + real[1:]) - 1,
        ("holder_share", "not_allocated"): np.ones(periods),
        ("schedule_years",): flows["years"]["all"][1:],
        ("schedule_refixed",): flows["refixed"]["all"][1:],
        ("debt_reference",): np.full(periods, debt / gdp[0]),
    }
    for name in ("primary_balance", "stock_flow", "ageing_cost"):
        series[name,] = columns.get(name, np.zeros(periods + 1))[1:]
    for name in ("schedule_stock", "schedule_redemption", "schedule_interest", "schedule_floating"):
        for side in ("home", "abroad"):
            series[name, side] = flows[name][side][1:]
    life = float(columns["new_maturity"][0]) or float(np.mean([x.maturity - x.start for x in loans]))
    for kind in INSTRUMENTS:
        series["market_rate", kind] = columns["market_rate"][1:]
        series["issue_share", kind] = np.full(periods, float(kind == "fixed"))
        series["maturing_share", kind] = np.full(periods, 1.0 / max(life, 1.0))
    starts: dict[Key, float] = {("gdp",): gdp[0], ("debt",): debt, ("debt_ratio",): debt / gdp[0]}
    starts |= {("published_debt",): debt, ("holding", "not_allocated"): debt}
    for side in ("home", "abroad"):
        starts["scheduled", side] = flows["schedule_stock"][side][0]
    for kind in INSTRUMENTS:
        starts["outstanding", kind] = starts["coupons", kind] = 0.0
    return Case(code, periods, series, starts)


def _findings(loans: Sequence[Loan], debt: float) -> list[Finding]:
    told = []
    assets = [loan for loan in loans if loan.amount < 0]
    if assets:
        names = ", ".join(loan.name for loan in assets[:5])
        sentence = "Loans with a negative amount are financial assets of the debtor and lower the debt."
        told.append(Finding("warning", "debt table", sentence, names))
    if debt < 0:
        told.append(
            Finding("warning", "debt table", "The loans add up to less than nothing: a financial asset.")
        )
    sentence = (
        "The cost of ageing is what the assumptions give in ageing_cost; where they do not, it is left out."
    )
    told.append(Finding("note", "ageing", sentence))
    return told
