"""Owns the tables and pictures of the annex that is made of one's own loans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.figures.fan import Fan, fan
from creditor.figures.lines import lines
from creditor.sustainability.path import PARTS, SLOPE_SOURCE
from creditor.sustainability.table import UNNAMED, Book
from creditor.terms.answer import Sheet
from creditor.terms.table import Table, column, matrix
from creditor.terms.units import OF_GDP, PERCENT, YEARS, Unit
from creditor.verbs.path_found import SHARES, quantile_errors
from creditor.verbs.path_sheets import CHANCES, TITLES, errors_of
from creditor.verbs.path_story import percent
from creditor.verbs.path_table_found import TableFound, by_size

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

OWN = "Grade C: loans and assumptions are one's own."
COUNT = Unit("count", "")
MOST = 7  # holders or moneys with a column of their own
OTHERS = "others"
LINES = 8  # in a picture


def sheets_of(found: TableFound) -> tuple[Sheet, ...]:
    """Debt, balance, financing need, reasons, moneys, holders, fan, chances and stress tests."""
    sheets = [_path(found), _balance(found), _need(found), _reasons(found)]
    sheets += [_opening(found.book, "moneys"), _opening(found.book, "holders")]
    sheets += [_held(found), _due(found, "holder"), _due(found, "money")]
    if found.drawn is not None:
        sheets += [_fan(found), errors_of(found.years, quantile_errors(found.drawn["debt_ratio"]))]
    if found.chances:
        sheets.insert(-1, _chances(found))
    if found.stress:
        sheets.append(_stress(found))
    return tuple(sheets)


def money_of(book: Book) -> Unit:
    """Billions of the own money; numbers alone where it has no code."""
    return Unit("money", book.own, 10**9) if len(book.own) == 3 else COUNT


def _column(found: TableFound, title: str, values: Floats, unit: Unit, first: int = 1) -> Table:
    cells = {str(y): float(values[i]) for i, y in enumerate(found.years) if i >= first}
    return column(title, "year", cells, unit)


def _path(found: TableFound) -> Sheet:
    run, rising = found.run, found.rising
    columns = [
        _column(found, "amount", run.one("debt"), money_of(found.book), 0),
        _column(found, "debt", 100 * run.one("debt_ratio"), PERCENT, 0),
        _column(found, "rate rising in debt", 100 * rising.one("debt_ratio"), PERCENT, 0),
        _column(found, "foreign money", 100 * _from_opening(found, "foreign_money_share"), PERCENT, 0),
        _column(found, "refixed in a year", 100 * _from_opening(found, "refixing_share"), PERCENT, 0),
        _column(found, "average maturity", _from_opening(found, "average_maturity"), YEARS, 0),
    ]
    note = "Percent of GDP, end of year; foreign money and refixed: percent of the debt. Rising: "
    note += f"{SLOPE_SOURCE}. "
    return Sheet("path", "Debt", tuple(columns), {}, note + OWN)


def _from_opening(found: TableFound, name: str) -> Floats:
    """A variable of the run, with what the loans are like at the opening in its first place."""
    values = found.run.one(name).copy()
    values[0] = found.book.opening.get(name, np.nan)
    return np.asarray(values)


def _balance(found: TableFound) -> Sheet:
    wanted = [
        ("primary balance", "balance_now"),
        ("balance that holds debt", "stabilising_balance"),
        ("gap", "stabilising_gap"),
        ("interest", "interest_ratio"),
        ("effective rate", "effective_rate"),
        ("rate less growth", "rate_less_growth"),
        ("gross financing need", "financing_ratio"),
    ]
    columns = tuple(_column(found, title, 100 * found.run.one(name), PERCENT) for title, name in wanted)
    note = (
        "Percent of GDP; rates in percent a year, the effective one with what exchange rates and prices add "
    )
    return Sheet("balance", "Balance, rate and financing", columns, {}, f"{note}to the debt. {OWN}")


def _need(found: TableFound) -> Sheet:
    columns = [_column(found, "need", 100 * found.run.one("financing_ratio"), PERCENT)]
    columns += [_column(found, title, 100 * values, PERCENT) for title, values in found.need.items()]
    note = "Percent of GDP; the parts add up to the need. The first three fall due. "
    return Sheet("financing", "Gross financing need", tuple(columns), {}, f"{note}{OWN}")


def _reasons(found: TableFound) -> Sheet:
    columns = [_column(found, "change", 100 * found.run.one("change_of_debt"), PERCENT)]
    columns += [_column(found, TITLES[name], 100 * found.run.one(name), PERCENT) for name in PARTS]
    note = f"Points of GDP; the parts add up to the change. {OWN}"
    return Sheet("reasons", "Why debt changes", tuple(columns), {}, note)


def _opening(book: Book, what: str) -> Sheet:
    """The debt of the opening by money or by holder; loans that name nobody stand together."""
    money = what == "moneys"
    amounts = dict(book.by_currency) if money else {n: book.by_holder[n] for n in by_size(book)}
    labels = [loan.currency if money else loan.holder or UNNAMED for loan in book.loans]
    dim = "money" if money else "holder"
    shares = {name: 100 * v / book.debt if book.debt else float("nan") for name, v in amounts.items()}
    columns = (
        column("amount", dim, amounts, money_of(book)),
        column("share", dim, shares, PERCENT),
        column("loans", dim, {name: float(labels.count(name)) for name in amounts}, COUNT),
    )
    note = "In own money at the exchange rates of the opening. " + (
        "" if money else "As the table names them. "
    )
    return Sheet(what, f"{what[:1].upper()}{what[1:]} at the opening", columns, {}, note + OWN)


def _few(values: Mapping[str, Floats]) -> dict[str, Floats]:
    """The first of many series, and the rest added up."""
    if len(values) <= MOST + 1:
        return dict(values)
    names = list(values)
    rest = np.sum([values[name] for name in names[MOST:]], axis=0)
    return {**{name: values[name] for name in names[:MOST]}, OTHERS: rest}


def _held(found: TableFound) -> Sheet:
    """Debt by holder: own loans follow their schedules, new debt stands apart."""
    held = found.held
    new, money = held.popitem(), money_of(found.book)
    columns = [_column(found, "debt", found.run.one("debt"), money, 0)]
    columns += [_column(found, name, values, money, 0) for name, values in _few(held).items()]
    columns.append(_column(found, new[0], new[1], money, 0))
    note = (
        "End of year, in own money at the assumed prices and exchange rates; the holders add up to the debt. "
    )
    note += "Loans are taken to stay with whom the table names; who buys new debt is not assumed. "
    if (new[1] < 0).any():
        note += "New debt below zero is a financial asset. "
    return Sheet("holders_by_year", "Debt by holder", tuple(columns), {}, note + OWN)


def _due(found: TableFound, what: str) -> Sheet:
    """What falls due of the loans of the opening, by holder or by money."""
    book, money = found.book, money_of(found.book)
    flows = by_size(book) if what == "holder" else book.currencies
    due = {name: one.redemption for name, one in flows.items()}
    columns = [_column(found, "total", np.sum(list(due.values()), axis=0), money)]
    columns += [_column(found, name, values, money) for name, values in _few(due).items()]
    note = f"In own money at the assumed prices and exchange rates; interest is not in it. {OWN}"
    title = f"Loans falling due, by {what}"
    return Sheet(f"due_by_{what}", title, tuple(columns), {}, note)


def _fan(found: TableFound) -> Sheet:
    quantiles = found.fan
    assert quantiles is not None
    wanted = zip(SHARES, quantiles, strict=True)
    columns = tuple(_column(found, f"{s} of 100", 100 * values, PERCENT, 0) for s, values in wanted)
    note = f"Percent of GDP; {found.kind} shocks of {found.economy}, {found.paths:,} paths, seed "
    note += f"{found.seed}. {OWN}"
    return Sheet("fan", "Fan", columns, {}, note)


def _chances(found: TableFound) -> Sheet:
    values = {name: 100 * value for name, (value, _) in found.chances.items()}
    errors = {name: 100 * error for name, (_, error) in found.chances.items()}
    columns = (
        column("chance", "event", values, PERCENT, {}, CHANCES),
        column("Monte Carlo error", "event", errors, PERCENT, {}, CHANCES),
    )
    return Sheet("chances", "Chances", columns, {}, f"Of {found.paths:,} paths, seed {found.seed}. {OWN}")


def _stress(found: TableFound) -> Sheet:
    titles = {s.name: f"{s.title} ({s.menu}, {s.certainty})" for s, _ in found.stress}
    base, columns = found.run.one("debt_ratio"), []
    for place in sorted({min(5, len(base) - 1), len(base) - 1}):
        level = {s.name: 100 * float(debt[place]) for s, debt in found.stress}
        more = {name: value - 100 * float(base[place]) for name, value in level.items()}
        columns.append(column(f"debt {found.years[place]}", "test", level, PERCENT, {}, titles))
        columns.append(column(f"more by {found.years[place]}", "test", more, PERCENT, {}, titles))
    note = f"Percent of GDP. S seen in the source, R recalled. {OWN}"
    return Sheet("stress", "Stress tests", tuple(columns), {}, note)


def figures_of(found: TableFound) -> tuple[dict[str, Any], ...]:
    """The fan or the path, the path under stress, and debt by holder."""
    debt, periods = 100 * found.run.one("debt_ratio"), [str(year) for year in found.years]
    told = f"On the assumptions debt is {percent(debt[-1] / 100)} of GDP in {periods[-1]}"
    quantiles, pictures = found.fan, []
    if quantiles is not None:
        told += f"; half of the paths of shocks end between {percent(quantiles[1, -1])} and "
        told += f"{percent(quantiles[3, -1])}."
        lines_ = {f"{s / 100:g}": (100 * quantiles[i]).tolist() for i, s in enumerate(SHARES)}
        pictures.append(fan("Debt", told, "own figures", [Fan("debt", lines_)], periods, OF_GDP))
    series = {"as assumed": debt, "rate rising in debt": 100 * found.rising.one("debt_ratio")}
    series |= {s.name.replace("_", " "): 100 * d for s, d in found.stress[: LINES - len(series)]}
    told = (
        "Each line is the path under one test." if found.stress else f"{told.partition(';')[0].rstrip('.')}."
    )
    title = "Debt under stress" if found.stress else "Debt"
    pictures.append(lines(title, told, "own figures", _matrix(periods, series, OF_GDP)))
    held = found.held
    new = held.popitem()
    gdp, series = found.run.one("gdp"), {**_few(held), new[0]: new[1]}
    shown = {name: 100 * values / gdp for name, values in series.items()}
    told = "Own loans follow their schedules; who buys new debt is not assumed."
    pictures.append(lines("Debt by holder", told, "own figures", _matrix(periods, shown, OF_GDP)))
    return tuple(pictures)


def _matrix(periods: list[str], series: Mapping[str, Floats], unit: Unit) -> Table:
    cells = {(p, name): float(v[i]) for name, v in series.items() for i, p in enumerate(periods)}
    return matrix("debt", ("year", "series"), periods, list(series), cells, unit)
