"""Owns the tables of a debt given loan by loan: path, reasons, moneys, holders, fan and stress tests."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.path import PARTS, Paths
from creditor.sustainability.stress import Stress
from creditor.sustainability.table import UNNAMED, Book
from creditor.terms.answer import Sheet
from creditor.terms.table import Table, column
from creditor.terms.units import PERCENT, YEARS, Unit, money
from creditor.verbs.path_found import SHARES, quantile_errors
from creditor.verbs.path_sheets import TITLES, errors_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

OWN = "Grade C: loans and assumptions are one's own."
COUNT = Unit("count", "")


@dataclass(frozen=True)
class Fanned:
    """Debt on paths of shocks.

    Parameters
    ----------
    economy : str
        Whose shocks they are.
    paths, seed : int
    debt : array of float [period, path]
        Shares of GDP.
    """

    economy: str
    paths: int
    seed: int
    debt: Floats

    @property
    def quantiles(self) -> Floats:
        """Array [share, period], shares of GDP."""
        return np.percentile(self.debt, SHARES, axis=1)


@dataclass(frozen=True)
class Annex:
    """What the tables are made of.

    Parameters
    ----------
    book : Book
    run : Paths
    stress : tuple of (Stress, array of float [period])
        Debt under each test, shares of GDP.
    fan : Fanned or None
        None where no economy is named.
    """

    book: Book
    run: Paths
    stress: tuple[tuple[Stress, Floats], ...]
    fan: Fanned | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The opening first."""
        return self.book.assumptions.years

    @property
    def money(self) -> Unit:
        """In which debt is counted; without a name where every money has a rate."""
        return money(self.book.own) if len(self.book.own) == 3 else COUNT


def sheets_of(annex: Annex) -> tuple[Sheet, ...]:
    """Path, reasons, moneys and holders; the fan and stress tests where there are any."""
    sheets = [_path(annex), _reasons(annex), _currencies(annex), _holders(annex)]
    if annex.fan:
        sheets += [_fan(annex.years, annex.fan), errors_of(annex.years, quantile_errors(annex.fan.debt))]
    if annex.stress:
        sheets.append(_stress(annex))
    return tuple(sheets)


def _table(title: str, values: Floats, years: tuple[int, ...], unit: Unit, first: int = 1) -> Table:
    return column(title, "year", {str(y): float(values[i]) for i, y in enumerate(years) if i >= first}, unit)


def _path(annex: Annex) -> Sheet:
    run, years = annex.run, annex.years
    wanted = [
        ("debt", "debt_ratio", PERCENT),
        ("gross financing need", "financing_ratio", PERCENT),
        ("interest", "interest_ratio", PERCENT),
        ("primary balance", "balance_now", PERCENT),
        ("balance that holds debt", "stabilising_balance", PERCENT),
        ("rate less growth", "rate_less_growth", PERCENT),
        ("refixed in a year", "refixing_share", PERCENT),
        ("foreign money", "foreign_money_share", PERCENT),
    ]
    columns = [_table(title, 100 * run.one(name), years, unit) for title, name, unit in wanted]
    columns.append(_table("average maturity", run.one("average_maturity"), years, YEARS))
    columns.insert(0, _table("debt, amount", run.one("debt"), years, annex.money))
    note = f"Percent of GDP; rates in percent a year; refixed and foreign money: percent of the debt. {OWN}"
    return Sheet("path", "Debt and financing", tuple(columns), {}, note)


def _reasons(annex: Annex) -> Sheet:
    run, years = annex.run, annex.years
    columns = [_table("change", 100 * run.one("change_of_debt"), years, PERCENT)]
    columns += [_table(TITLES[name], 100 * run.one(name), years, PERCENT) for name in PARTS]
    note = f"Points of GDP; the parts add up to the change. {OWN}"
    return Sheet("reasons", "Why debt changes", tuple(columns), {}, note)


def _currencies(annex: Annex) -> Sheet:
    book = annex.book
    number = Counter(loan.currency for loan in book.loans)
    note = f"In own money at the exchange rates of the opening. {OWN}"
    return Sheet(
        "moneys", "Moneys at the opening", _split(annex, "money", book.by_currency, number), {}, note
    )


def _holders(annex: Annex) -> Sheet:
    """Who holds the loans at the opening; loans whose table names nobody stand together."""
    book = annex.book
    held = dict(sorted(book.by_holder.items(), key=lambda pair: (pair[0] == UNNAMED, -pair[1])))
    number = Counter(loan.holder or UNNAMED for loan in book.loans)
    note = f"As the table names them, in own money at the exchange rates of the opening. {OWN}"
    return Sheet("holders", "Holders at the opening", _split(annex, "holder", held, number), {}, note)


def _split(
    annex: Annex, by: str, amounts: Mapping[str, float], loans: Mapping[str, int]
) -> tuple[Table, ...]:
    """Amount, share of the debt and number of loans of each part of the debt at the opening."""
    debt = annex.book.debt
    shares = {name: 100 * amount / debt if debt else float("nan") for name, amount in amounts.items()}
    return (
        column("amount", by, dict(amounts), annex.money),
        column("share", by, shares, PERCENT),
        column("loans", by, {name: float(loans[name]) for name in amounts}, COUNT),
    )


def _fan(years: tuple[int, ...], drawn: Fanned) -> Sheet:
    found = 100 * drawn.quantiles
    columns = tuple(_table(f"{s} of 100", found[i], years, PERCENT) for i, s in enumerate(SHARES))
    note = f"Percent of GDP; shocks of {drawn.economy}, {drawn.paths:,} paths, seed {drawn.seed}. {OWN}"
    return Sheet("fan", "Fan", columns, {}, note)


def _stress(annex: Annex) -> Sheet:
    years, run, stress = annex.years, annex.run, annex.stress
    titles = {s.name: f"{s.title} ({s.menu}, {s.certainty})" for s, _ in stress}
    level = {s.name: 100 * float(debt[-1]) for s, debt in stress}
    more = {name: value - 100 * float(run.one("debt_ratio")[-1]) for name, value in level.items()}
    columns = (
        column(f"debt {years[-1]}", "test", level, PERCENT, {}, titles),
        column("more", "test", more, PERCENT, {}, titles),
    )
    return Sheet(
        "stress", "Stress tests", columns, {}, f"Percent of GDP. S seen in the source, R recalled. {OWN}"
    )
