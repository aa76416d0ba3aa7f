"""Owns loans of one's own and the years to come, as they are read from two files, with every fault."""

from __future__ import annotations

import math
import re
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
FIRST = ("stated_total", "new_maturity")  # of the first row only
YEAR_MORE = ("short_rate", "stock_flow", "ageing_cost", "new_foreign", "foreign_rate", *FIRST)
LOAN_KINDS, REPAYMENTS = ("fixed", "floating", "indexed"), ("bullet", "equal")
_DATE = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
NOTHING = 1e-12  # of GDP
MOST = 10.0  # of GDP: more debt can only be an error of the unit
TOLERANCE = 0.001  # of the stated total
CODE = "P802"
UNKNOWN = "own money"  # in whose place no loan has a code


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
        _check_loans(loans, years, own, troubles)
        _check_total(amounts, years, own, assumptions.name, troubles)
    troubles.raise_if_any()
    assert years is not None
    return loans, years, own


def _rows(book: CsvFile, troubles: Troubles) -> list[Row]:
    troubles.items.extend(book.troubles.items)
    return book.rows if not any(t.code == "C104" for t in book.troubles.items) else []


def _number(row: Row, column: str, troubles: Troubles) -> float:
    text = row[column]
    if text.endswith("%") and text[:-1].strip():
        what, why = f"{column} {text!r} has a percent sign", "the column is in percent already"
        troubles.add(CODE, row.where, what, why, f"write {text[:-1].strip()}")
        return math.nan
    number = parse_number(text, row.where, column, troubles)
    return math.nan if number is None else float(number)


def _year(row: Row, column: str, troubles: Troubles) -> int:
    """The year of a field: four digits, or the year of a date as ISO 8601 writes it."""
    text = row[column]
    if _DATE.fullmatch(text):
        return int(text[:4])
    year = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", text)
    mend = f"write {year[0]}" if len(year) == 1 else "write it as 2031"
    troubles.add(CODE, row.where, f"{column} {text!r} is no year", "", f"{mend}, or a date as 2031-06-30")
    return 0


def _loans(path: Path, troubles: Troubles) -> tuple[list[Loan], list[tuple[str, float]]]:
    """The loans without a fault; and money and amount of every row, not a number where it is unreadable."""
    book, found = read_csv(path, LOAN, LOAN_MORE), []
    amounts: list[tuple[str, float]] = []
    rows = _rows(book, troubles)
    _check_repeated(rows, troubles)
    for row in rows:
        before = len(troubles.items)
        loan = _loan(row, troubles)
        if _money(row["currency"], row.where, troubles):
            amounts.append((loan.currency, loan.amount))
        if len(troubles.items) == before:
            found.append(loan)
    if len(amounts) < len(rows):
        amounts.append(("", math.nan))
    return found, amounts


def _loan(row: Row, troubles: Troubles) -> Loan:
    """A row as a loan; its faults are collected."""
    if not row["name"]:
        troubles.add(CODE, row.where, "name is empty", "messages and tables name a loan", "give it a name")
    amount, rate = (_number(row, name, troubles) for name in ("amount", "rate"))
    start, maturity = (_year(row, name, troubles) for name in ("start", "maturity"))
    kind, repayment = row.get("kind") or "fixed", row.get("repayment") or "bullet"
    for name, word, known in (("kind", kind, LOAN_KINDS), ("repayment", repayment, REPAYMENTS)):
        if word not in known:
            troubles.add(CODE, row.where, f"{name} {word!r} is not known", "", mend_with(word, known))
    if start and maturity and maturity <= start:
        what = f"{row['name'] or 'the loan'} matures in {maturity} and starts in {start}"
        troubles.add(CODE, row.where, what, "a loan ends after it begins", "correct start or maturity")
    names = row["name"], row["currency"], amount, rate / 100, start, maturity
    return Loan(*names, kind, repayment, row.get("holder"), row.where)


def _money(text: str, where: str, troubles: Troubles) -> bool:
    """Whether a text is a currency; told where it is none."""
    from creditor.terms.vocabulary import currencies

    if text in currencies():
        return True
    code = text.strip().upper()
    mend = f"write {code}" if code in currencies() else mend_with(code, currencies())
    troubles.add("T205", where, f"currency {text!r}", "it is no code of ISO 4217", mend)
    return False


def _check_repeated(rows: Sequence[Row], troubles: Troubles) -> None:
    """Rows that are alike in every field would count the same loan twice."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.fields.values())
        if key in seen:
            what, why = f"{row['name']} is there twice", f"line {seen[key]} is alike in every field"
            troubles.add("C110", row.where, what, why, "remove one, or tell the two apart by their names")
        seen.setdefault(key, row.line)


def _assumptions(path: Path, troubles: Troubles) -> Assumptions | None:
    from creditor.terms.vocabulary import currencies

    known = (*YEAR, *YEAR_MORE, *(f"fx_{code.lower()}" for code in currencies()))
    book = read_csv(path, YEAR, known[len(YEAR) :])
    rows = _rows(book, troubles)
    if len(rows) < 2:
        if not any(t.code in ("C102", "C104") for t in book.troubles.items):
            mend = "give the opening and at least one year after it"
            troubles.add(CODE, path.name, f"{len(rows)} years", "", mend)
        return None
    names = [name for name in rows[0].fields if name in known and name not in ("year", *FIRST)]
    years: list[int] = []
    columns: dict[str, list[float]] = {name: [] for name in names}
    for place, row in enumerate(rows):
        years.append(_year(row, "year", troubles))
        for name in names:
            later = name not in ("gdp",) and not name.startswith("fx_")
            absent = (
                later and not place and not row[name]
            )  # the opening needs its GDP and exchange rates only
            columns[name].append(0.0 if absent else _number(row, name, troubles))
        if years[-1] and place and years[-2] and years[-1] != years[-2] + 1:
            what = f"after {years[-2]} comes {years[-1]}"
            troubles.add(CODE, row.where, what, "years are missing or out of order", "give each year once")
        _check_year(row, {name: values[-1] for name, values in columns.items()}, troubles)
    first = {name: _first(rows[0], name, troubles) for name in FIRST}
    if first["new_maturity"] and first["new_maturity"] < 1:
        what = f"new_maturity {first['new_maturity']:g}"
        troubles.add(CODE, rows[0].where, what, "new debt runs for a year at least", "write years, such as 8")
    if ("new_foreign" in names) != ("foreign_rate" in names):
        what = "new_foreign and foreign_rate are given together"
        why = "new debt in foreign money needs its share and its rate"
        troubles.add(CODE, f"{path.name}:1", what, why, "add the other column, or remove both")
    if "new_foreign" in names and not any(name.startswith("fx_") for name in names):
        what, why = (
            "new_foreign without an exchange rate",
            "new debt in foreign money has to be turned into own",
        )
        troubles.add(CODE, f"{path.name}:1", what, why, "add a column such as fx_USD")
    arrays = {name: np.array(columns[name]) / (1 if _is_level(name) else 100) for name in names}
    arrays["new_maturity"] = np.array([first["new_maturity"]])
    rates = {name[3:].upper(): arrays.pop(name) for name in names if name.startswith("fx_")}
    return Assumptions(tuple(years), arrays, rates, first["stated_total"] or None)


def _first(row: Row, name: str, troubles: Troubles) -> float:
    """What only the first row has; nothing where it is left out."""
    number = parse_number(row.get(name) or "0", row.where, name, troubles)
    return float(number or 0)


def _is_level(name: str) -> bool:
    return name == "gdp" or name.startswith("fx_")


def _check_year(row: Row, values: Mapping[str, float], troubles: Troubles) -> None:
    """What a year of the assumptions cannot have."""
    if values.get("gdp", 1.0) <= 0:
        troubles.add(CODE, row.where, f"gdp {values['gdp']:g}", "it is above zero", "correct it")
    if values.get("real_growth", 0.0) <= -100:
        what = f"real_growth {values['real_growth']:g}"
        troubles.add(CODE, row.where, what, "nothing would be left", "write percent above -100")
    if not 0 <= values.get("new_foreign", 0.0) <= 100 and math.isfinite(values["new_foreign"]):
        what = f"new_foreign {values['new_foreign']:g}"
        troubles.add(CODE, row.where, what, "it is a share of new debt", "write 0 to 100")
    for name in (n for n in values if n.startswith("fx_") and values[n] <= 0):
        troubles.add(CODE, row.where, f"{name} {values[name]:g}", "a rate is above zero", "correct it")


def _own(moneys: Sequence[str], years: Assumptions, file: str, troubles: Troubles) -> str:
    """The money without an exchange rate is the own one; of two, one lacks its rate."""
    without = [code for code in moneys if code not in years.rates]
    if len(without) > 1:
        what = f"{', '.join(without[:-1])} and {without[-1]} have no exchange rate"
        named = ", ".join(f"fx_{code}" for code in without)
        mend = f"give all but the own money its column ({named}): own money for one unit of the foreign"
        troubles.add(CODE, file, what, "amounts in two moneys cannot be added", mend)
    return without[0] if without else UNKNOWN


def _check_loans(loans: Sequence[Loan], years: Assumptions, own: str, troubles: Troubles) -> None:
    opening = years.years[0]
    for loan in loans:
        if loan.kind == "indexed" and loan.currency != own and own != UNKNOWN:
            what = f"{loan.name} is indexed and in {loan.currency}"
            why = f"loans are indexed to the prices of the GDP, which is in {own}"
            troubles.add(CODE, loan.where, what, why, "write it as fixed or floating")
        if not opening:  # told already: the year of the opening cannot be read
            continue
        if loan.start > opening:
            what, why = f"{loan.name} starts in {loan.start}", f"the opening is the end of {opening}"
            mend = "leave it out: new debt follows from the financing need"
            troubles.add(CODE, loan.where, what, why, mend)
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
    gdp = float(years.columns["gdp"][0])
    if min(rates) > 0 and gdp > 0 and abs(total) < NOTHING * gdp:
        what, why = "the loans add up to nothing", "no debt has a rate, a maturity or a share"
        troubles.add(CODE, f"{file}:2", what, why, "leave out what cancels, or the loans that are repaid")
    if min(rates) > 0 and gdp > 0 and math.isfinite(total) and abs(total) > MOST * gdp:
        what, why = f"the loans add up to {total / gdp:,.4g} times GDP", "amounts and gdp are in billions"
        troubles.add(CODE, f"{file}:2", what, why, "write amounts, or gdp, in billions of its money")
