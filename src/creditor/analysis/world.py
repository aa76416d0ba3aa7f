"""Owns the debt of the world: every economy's debt in one money and year, with its creditors by class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from creditor.analysis.carried import carried
from creditor.analysis.common import Basis, creditor_split
from creditor.analysis.residence import CLASSES, Loop, loop_of
from creditor.opening.country import Country, Weight
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade

REST = "ROW"
WORLD_DEBT = "world_debt"


@dataclass(frozen=True)
class Debtor:
    """One economy's debt, in billions of US dollars.

    Parameters
    ----------
    country : Country
    debt : float
    basis : Basis or None
        The set that its creditors are read from; None where the library has none of the whole debt.
    origin : Origin
        Of the debt; grade C where the holders are of another year or the debt is an approximation.
    """

    country: Country
    debt: float
    basis: Basis | None
    origin: Origin

    @property
    def classes(self) -> dict[str, float]:
        """The debt by class of creditor, adding up to it."""
        if self.basis is None:
            return {"unknown": self.debt}
        return {name: share * self.debt for name, share in self.basis.shares.items()}

    @property
    def loop(self) -> Loop:
        """Share that is owed at home."""
        return loop_of(self.classes)


@dataclass(frozen=True)
class World:
    """The debt of the economies of the library and what the published total leaves.

    Parameters
    ----------
    year : str
    debtors : tuple of Debtor
        The largest debt first.
    absent : tuple of str
        Codes of economies without debt or GDP for the year.
    published : Weight or None
        The published world total, in billions; None where there is none for the year.
    """

    year: str
    debtors: tuple[Debtor, ...]
    absent: tuple[str, ...]
    published: Weight | None

    @property
    def listed(self) -> float:
        """Sum of the debts of the economies."""
        return math.fsum(debtor.debt for debtor in self.debtors)

    @property
    def rest(self) -> float | None:
        """The published total less the sum, None where there is no published total."""
        return None if self.published is None else float(self.published.value) - self.listed

    @property
    def total(self) -> float:
        """The sum with what is left of the published total, which nobody is known to hold."""
        return self.listed + max(0.0, self.rest or 0.0)

    @property
    def classes(self) -> dict[str, float]:
        """The total by class of creditor, adding up to it."""
        sums: dict[str, list[float]] = {}
        for debtor in self.debtors:
            for name, amount in debtor.classes.items():
                sums.setdefault(name, []).append(amount)
        sums.setdefault("unknown", []).append(max(0.0, self.rest or 0.0))
        return {name: math.fsum(sums[name]) for name in CLASSES if name in sums}


def world_of(countries: Sequence[Country], year: str) -> World:
    """Add up the debts of economies in one year.

    Parameters
    ----------
    countries : sequence of Country
        As known at the date of the question; that of the rest of the world holds the published totals.
    year : str

    Returns
    -------
    World
        The debt of each is debt over GDP times GDP in US dollars, both of the latest printing.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> found = world_of([load_country("JPN"), load_country("ROW")], "2024")
    >>> round(found.listed), round(found.total)
    (8988, 102000)
    """
    debtors, absent = [], []
    published = None
    for country in countries:
        if country.code == REST:
            published = _published(country, year)
            continue
        debtor = _debtor(country, year)
        if debtor is None:
            absent.append(country.code)
        else:
            debtors.append(debtor)
    debtors.sort(key=lambda debtor: -debtor.debt)
    return World(year, tuple(debtors), tuple(absent), published)


def _debtor(country: Country, year: str) -> Debtor | None:
    ratio, product = (_fact(country, name, year) for name in ("debt_gdp", "gdp_usd"))
    if ratio is None or product is None:
        return None
    basis = carried(country, year) or creditor_split(country)
    alike = basis is not None and parse_period(basis.period).year == int(year)
    grades = ["B", ratio.origin.grade, product.origin.grade]
    if basis is not None:
        grades.append(basis.origin.grade if alike else "C")
    if any("median" in label for label in ratio.labels):
        grades.append("C")  # a median ratio times a sum
    vintages = dict.fromkeys((ratio.origin.vintage, product.origin.vintage))
    source = (
        f"derived: debt over GDP times GDP in US dollars; from {ratio.origin.source}; {product.origin.source}"
    )
    debt = float(ratio.value * product.value / 100)
    return Debtor(country, debt, basis, Origin(source, "; ".join(vintages), worst_grade(grades)))


def _fact(country: Country, indicator: str, year: str) -> Weight | None:
    found = [fact for fact in country.facts if fact.labels[0] == indicator and fact.period == year]
    return max(found, key=lambda fact: parse_period(fact.origin.vintage).last_day, default=None)


def _published(country: Country, year: str) -> Weight | None:
    """The total of its publisher, else a sum over the economies of a database."""
    found = [fact for fact in country.facts if fact.labels[0] == WORLD_DEBT and fact.period == year]
    return min(found, key=lambda fact: (fact.origin.grade, fact.labels[1]), default=None)
