"""Owns a debt table of one's own: loans in several moneys, their schedules, and the case they make."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import Troubles
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.path import Case, Key
from creditor.terms.csvfile import CsvFile, Row, parse_number, read_csv
from creditor.terms.finding import Finding
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LOAN = ("name", "currency", "amount", "rate", "start", "maturity")
LOAN_MORE = ("kind", "repayment", "holder")
YEAR = ("year", "gdp", "real_growth", "primary_balance", "market_rate")
YEAR_MORE = ("short_rate", "stock_flow", "ageing_cost", "stated_total", "new_maturity")
LOAN_KINDS, REPAYMENTS = ("fixed", "floating", "indexed"), ("bullet", "equal")
TOLERANCE = 0.001  # of the stated total
CODE = "P802"
UNNAMED = "not named"


@dataclass(frozen=True)
class Loan:
    """One loan or security.

    Parameters
    ----------
    name, currency : str
        The currency as three letters.
    amount : float
        Owed at the opening, billions of its own money.
    rate : float
        A share per year; of floating debt the spread over the short rate.
    start, maturity : int
        Years.
    kind, repayment : str
        One of `LOAN_KINDS`, and of `REPAYMENTS`.
    holder : str
        Empty where nobody is named.
    where : str
        File and line.
    """

    name: str
    currency: str
    amount: float
    rate: float
    start: int
    maturity: int
    kind: str
    repayment: str
    holder: str
    where: str


@dataclass(frozen=True)
class Assumptions:
    """Years of an author's own.

    Parameters
    ----------
    years : tuple of int
        The opening first.
    columns : mapping of str to array [year]
        ``gdp`` in billions of own money; the others are shares of GDP, or a share per year.
    rates : mapping of currency to array [year]
        Own money for one of the foreign money.
    stated_total : float or None
        Debt at the opening, billions of own money.
    """

    years: tuple[int, ...]
    columns: Mapping[str, Floats]
    rates: Mapping[str, Floats]
    stated_total: float | None

    @property
    def periods(self) -> int:
        """Number of projected years."""
        return len(self.years) - 1


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
    troubles = Troubles()
    (loans, amounts), years = _loans(table, troubles), _assumptions(assumptions, troubles)
    own = ""
    if years and amounts:
        own = _own(
            list(dict.fromkeys(money for money, _ in amounts if money)), years, assumptions.name, troubles
        )
        _check_years(loans, years, troubles)
        _check_total(amounts, years, own, assumptions.name, troubles)
    troubles.raise_if_any()
    assert years is not None
    flows = schedules(loans, years, own)
    debt = sum(amounts[0] for amounts in flows["schedule_stock"].values())
    case = _case(code, years, flows, debt, loans)
    money = {c: sum(_own_amount(x, years, own) for x in loans if x.currency == c) for c in _currencies(loans)}
    held: dict[str, float] = {}
    for loan in loans:
        held[loan.holder or UNNAMED] = held.get(loan.holder or UNNAMED, 0.0) + _own_amount(loan, years, own)
    return Book(tuple(loans), years, own, case, debt, money, held, tuple(_findings(loans, debt)))


def _rows(book: CsvFile, troubles: Troubles) -> list[Row]:
    troubles.items.extend(book.troubles.items)
    return book.rows if not any(t.code == "C104" for t in book.troubles.items) else []


def _number(row: Row, column: str, troubles: Troubles) -> float:
    number = parse_number(row[column], row.where, column, troubles)
    return float("nan") if number is None else float(number)


def _year(row: Row, column: str, troubles: Troubles) -> int:
    text = row[column]
    if len(text) == 4 and text.isdigit():
        return int(text)
    troubles.add(CODE, row.where, f"{column} {text!r} is no year", "", "write it as 2031")
    return 0


def _loans(path: Path, troubles: Troubles) -> tuple[list[Loan], list[tuple[str, float]]]:
    """The loans without a fault; and money and amount of every row, not a number where it is unreadable."""
    book, found = read_csv(path, LOAN, LOAN_MORE), []
    amounts: list[tuple[str, float]] = []
    rows = _rows(book, troubles)
    for row in rows:
        before = len(troubles.items)
        amount, rate = (_number(row, name, troubles) for name in ("amount", "rate"))
        start, maturity = (_year(row, name, troubles) for name in ("start", "maturity"))
        kind, repayment = row.get("kind") or "fixed", row.get("repayment") or "bullet"
        for name, word, known in (("kind", kind, LOAN_KINDS), ("repayment", repayment, REPAYMENTS)):
            if word not in known:
                troubles.add(CODE, row.where, f"{name} {word!r} is not known", "", mend_with(word, known))
        if not (len(row["currency"]) == 3 and row["currency"].isupper()):
            troubles.add("T205", row.where, f"currency {row['currency']!r}", "", "write it as EUR")
        else:
            amounts.append((row["currency"], amount))
        if start and maturity and maturity <= start:
            what = f"{row['name']} matures in {maturity} and starts in {start}"
            troubles.add(CODE, row.where, what, "a loan ends after it begins", "correct start or maturity")
        if len(troubles.items) == before:
            names = row["name"], row["currency"], amount, rate / 100, start, maturity
            found.append(Loan(*names, kind, repayment, row.get("holder"), row.where))
    if len(amounts) < len(rows):
        amounts.append(("", math.nan))
    return found, amounts


def _assumptions(path: Path, troubles: Troubles) -> Assumptions | None:
    from creditor.terms.vocabulary import currencies

    moneys = tuple(f"fx_{code.lower()}" for code in currencies())
    rows = _rows(read_csv(path, YEAR, (*YEAR_MORE, *moneys)), troubles)
    years: list[int] = []
    columns: dict[str, list[float]] = {}
    for place, row in enumerate(rows):
        years.append(_year(row, "year", troubles))
        for name in (n for n in row.fields if n not in ("year", "stated_total", "new_maturity")):
            if (
                name in ("real_growth", "primary_balance", "market_rate", *YEAR_MORE)
                and not place
                and not row[name]
            ):
                columns.setdefault(name, []).append(0.0)  # the opening needs its GDP and exchange rates only
                continue
            columns.setdefault(name, []).append(_number(row, name, troubles))
        if years[-1] and place and years[-2] and years[-1] != years[-2] + 1:
            what = f"after {years[-2]} comes {years[-1]}"
            troubles.add(CODE, row.where, what, "years are missing or out of order", "give each year once")
        if columns["gdp"][-1] <= 0:
            troubles.add(CODE, row.where, f"gdp {columns['gdp'][-1]:g}", "it is above zero", "correct it")
        if columns["real_growth"][-1] <= -100:
            what = f"real_growth {columns['real_growth'][-1]:g}"
            troubles.add(CODE, row.where, what, "nothing would be left", "write percent above -100")
        for name in (n for n in columns if n.startswith("fx_") and columns[n][-1] <= 0):
            troubles.add(
                CODE, row.where, f"{name} {columns[name][-1]:g}", "a rate is above zero", "correct it"
            )
    if len(rows) < 2:
        troubles.add(
            CODE, path.name, f"{len(rows)} years", "", "give the opening and at least one year after it"
        )
        return None
    stated = parse_number(rows[0].get("stated_total") or "0", rows[0].where, "stated_total", troubles)
    arrays = {name: np.array(values) for name, values in columns.items()}
    for name in set(arrays) - {"gdp"} - {n for n in arrays if n.startswith("fx_")}:
        arrays[name] = arrays[name] / 100
    life = parse_number(rows[0].get("new_maturity") or "0", rows[0].where, "new_maturity", troubles)
    arrays["new_maturity"] = np.array([float(life or 0)])
    rates = {name[3:].upper(): arrays.pop(name) for name in list(arrays) if name.startswith("fx_")}
    return Assumptions(tuple(years), arrays, rates, float(stated) if stated else None)


def _currencies(loans: Sequence[Loan]) -> list[str]:
    return list(dict.fromkeys(loan.currency for loan in loans))


def _own(moneys: Sequence[str], years: Assumptions, file: str, troubles: Troubles) -> str:
    """The money without an exchange rate is the own one; of two, one lacks its rate."""
    without = [code for code in moneys if code not in years.rates]
    if len(without) > 1:
        what = f"{' and '.join(without)} have no exchange rate"
        mend = (
            f"all but the own money need a column, such as fx_{without[-1]}: own money for one {without[-1]}"
        )
        troubles.add(CODE, file, what, "amounts in two moneys cannot be added", mend)
    return without[0] if without else "own money"


def _check_years(loans: Sequence[Loan], years: Assumptions, troubles: Troubles) -> None:
    opening = years.years[0]
    for loan in loans:
        if loan.start > opening:
            what, why = f"{loan.name} starts in {loan.start}", f"the opening is the end of {opening}"
            troubles.add(
                CODE, loan.where, what, why, "leave it out: new debt follows from the financing need"
            )
        elif loan.maturity <= opening:
            what, why = f"{loan.name} matured in {loan.maturity}", f"the opening is the end of {opening}"
            troubles.add(CODE, loan.where, what, why, "leave it out, or correct its maturity")


def _own_amount(loan: Loan, years: Assumptions, own: str) -> float:
    return loan.amount * (1.0 if loan.currency == own else float(years.rates[loan.currency][0]))


def _check_total(
    amounts: Sequence[tuple[str, float]], years: Assumptions, own: str, file: str, troubles: Troubles
) -> None:
    """Told beside other faults, as soon as each amount can be read and turned into own money."""
    stated = years.stated_total
    rates = [1.0 if money == own else float(years.rates.get(money, [math.nan])[0]) for money, _ in amounts]
    total = sum(amount * rate for (_, amount), rate in zip(amounts, rates, strict=True))
    if (
        stated is not None
        and min(rates) > 0
        and math.isfinite(total)
        and abs(total - stated) > TOLERANCE * abs(stated)
    ):
        what = f"the loans add up to {total:,.4g}, stated_total is {stated:,.4g}"
        why = f"they differ by {total - stated:+,.4g} bn of {own}"
        troubles.add("F304", f"{file}:2", what, why, "add the loans that are missing, or correct the total")


def schedules(loans: Sequence[Loan], years: Assumptions, own: str) -> dict[str, dict[str, Floats]]:
    """What the loans are and pay, in own money at the assumed exchange rates: name, then home or abroad.

    Arrays have the opening in place 0. Interest is paid on what was owed a year before, in
    the money of the loan.

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
