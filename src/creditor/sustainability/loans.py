"""Owns loans of one's own and the years to come, as they are read from two files, with every fault."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import Troubles
from creditor.terms.csvfile import CsvFile, Row, parse_number, read_csv
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


def read_loans(table: Path, assumptions: Path) -> tuple[list[Loan], Assumptions, str]:
    """Loans, years to come, and the money in which debt is counted.

    Parameters
    ----------
    table, assumptions : Path
        As in `creditor.sustainability.table.read_book`.

    Raises
    ------
    InputError
        P802, F304 and those of the CSV reader, all at once with file and line.
    """
    troubles = Troubles()
    (loans, amounts), years, own = _loans(table, troubles), _assumptions(assumptions, troubles), ""
    if years and amounts:
        moneys = list(dict.fromkeys(money for money, _ in amounts if money))
        own = _own(moneys, years, assumptions.name, troubles)
        _check_years(loans, years, troubles)
        _check_total(amounts, years, own, assumptions.name, troubles)
    troubles.raise_if_any()
    assert years is not None
    return loans, years, own


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
