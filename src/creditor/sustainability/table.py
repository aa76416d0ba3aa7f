"""Owns a debt table of one's own: loans in several moneys, who holds them, and the case they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.case import Case, Key
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.loans import Assumptions, Loan, read_loans
from creditor.sustainability.path import SIDES
from creditor.sustainability.schedules import NAMES, Flows, basket, flows_by, life_of_new, schedules
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

UNNAMED = "not named"
LEAST = 0.01  # a year: rates that are all below it were hardly meant as percent


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
    currencies, holders : mapping of str to Flows
        What these loans are and pay, year by year.
    opening : mapping of str to float
        foreign_money_share, refixing_share and average_maturity (years) at the opening, of the debt; empty
        where there is none.
    findings : tuple of Finding
    """

    loans: tuple[Loan, ...]
    assumptions: Assumptions
    own: str
    case: Case
    debt: float
    by_currency: Mapping[str, float]
    by_holder: Mapping[str, float]
    currencies: Mapping[str, Flows]
    holders: Mapping[str, Flows]
    opening: Mapping[str, float]
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
        opening first; may have short_rate, stock_flow, ageing_cost, new_foreign, foreign_rate,
        stated_total, new_maturity, and ``fx_CCC`` for each foreign money.
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
    case = _case(code, years, own, flows, loans)
    money = flows_by(loans, years, own, lambda loan: loan.currency)
    held = flows_by(loans, years, own, lambda loan: loan.holder or UNNAMED)
    at_opening = [{name: float(one.stock[0]) for name, one in found.items()} for found in (money, held)]
    told = tuple(_findings(loans, years, own, debt, case))
    shares = _opening(flows, debt)
    return Book(tuple(loans), years, own, case, debt, at_opening[0], at_opening[1], money, held, shares, told)


def _opening(flows: Mapping[str, Mapping[str, Floats]], debt: float) -> dict[str, float]:
    """What the debt of the opening is like; a share of less than nothing says nothing."""
    sums = {
        "foreign_money_share": flows["schedule_stock"]["abroad"],
        "refixing_share": flows["refixed"]["all"],
        "average_maturity": flows["years"]["all"],
    }
    return {name: float(values[0]) / debt for name, values in sums.items()} if debt > 0 else {}


def _case(
    code: str,
    years: Assumptions,
    own: str,
    flows: Mapping[str, Mapping[str, Floats]],
    loans: Sequence[Loan],
) -> Case:
    periods, columns = years.periods, years.columns
    debt = sum(amounts[0] for amounts in flows["schedule_stock"].values())
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
    for name in NAMES:
        for side in SIDES:
            series[name, side] = flows[name][side][1:]
    abroad = columns.get("new_foreign", np.zeros(periods + 1))[1:]
    for kind in INSTRUMENTS:
        series["market_rate", kind] = columns["market_rate"][1:]
        series["issue_share", kind] = (1 - abroad) if kind == "fixed" else np.zeros(periods)
        series["maturing_share", kind] = np.full(periods, 1.0 / life_of_new(loans, years))
    if "new_foreign" in columns:
        series["market_rate", "foreign"] = columns["foreign_rate"][1:]
        series["issue_share", "foreign"] = abroad
        series["depreciation",] = basket(loans, years, own)
    starts: dict[Key, float] = {("gdp",): gdp[0], ("debt",): debt, ("debt_ratio",): debt / gdp[0]}
    starts |= {("published_debt",): debt, ("holding", "not_allocated"): debt}
    for side in SIDES:
        starts["scheduled", side] = flows["schedule_stock"][side][0]
    for kind in INSTRUMENTS:
        starts["outstanding", kind] = starts["coupons", kind] = 0.0
    return Case(code, periods, series, starts)


def _findings(loans: Sequence[Loan], years: Assumptions, own: str, debt: float, case: Case) -> list[Finding]:
    """What is assumed of new debt, and what looks wrong without being impossible."""
    place, told = "debt table", []
    assets = [loan for loan in loans if loan.amount < 0]
    if assets:
        names = ", ".join(loan.name for loan in assets[:5])
        sentence = "Loans with a negative amount are financial assets of the debtor and lower the debt."
        told.append(Finding("warning", place, sentence, names))
    if debt < 0:
        told.append(Finding("warning", place, "The loans add up to less than nothing: a financial asset."))
    if len(loans) > 1 and 0 < max(abs(loan.rate) for loan in loans) < LEAST:
        sentence = "Every rate of the loans is below 1: rates are read as percent, so 9 is nine percent."
        told.append(Finding("warning", place, sentence))
    if 0 < np.abs(years.columns["market_rate"][1:]).max() < LEAST:
        sentence = "Every market rate is below 1: rates are read as percent, so 9 is nine percent."
        told.append(Finding("warning", "assumptions", sentence))
    prices = case.series["deflator",]
    far = [f"{years.years[t + 1]}: {100 * p:.0f} %" for t, p in enumerate(prices) if not -0.2 < p < 1]
    if far:
        sentence = "GDP and real_growth together say that prices change by a lot."
        told.append(Finding("warning", "assumptions", sentence, ", ".join(far[:5])))
    told.append(Finding("note", "new debt", _new_debt(loans, years, own)))
    sentence = "The cost of ageing is what the assumptions give in ageing_cost."
    if "ageing_cost" not in years.columns:
        sentence = "The cost of ageing is left out: the assumptions have no column ageing_cost."
    told.append(Finding("note", "ageing", sentence))
    return told


def _new_debt(loans: Sequence[Loan], years: Assumptions, own: str) -> str:
    """In what new debt is issued, and how long it runs."""
    money, life = own if len(own) == 3 else "own money", life_of_new(loans, years)
    given = "as assumed" if years.columns["new_maturity"][0] else "the mean of the loans"
    told = f"New debt pays a fixed rate, and each year one part in {life:.1f} of it falls due ({given}). "
    if "new_foreign" in years.columns:
        return f"{told}The share new_foreign is in the foreign moneys of the opening, the rest in {money}."
    return f"{told}All of it is in {money}: new_foreign and foreign_rate would put a part in foreign money."
