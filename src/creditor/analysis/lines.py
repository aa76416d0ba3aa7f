"""Owns the lines of a statement: an amount with its ends and origin, and the figures they are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from creditor.errors import MissingError, Trouble
from creditor.opening.country import NUMBER, Country, Weight
from creditor.terms.provenance import Origin, worst_grade

BILLION = 1e9
UNKNOWN = float("nan")
INTEREST, REVENUE = ("net_interest", "federal"), ("revenue", "federal")


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a statement.

    Parameters
    ----------
    key, title : str
    amount : float or None
        In the currency of the economy; None where only the ends are known.
    low, high : float
        Not-a-number where no interval is known.
    origin : Origin
    """

    key: str
    title: str
    amount: float | None
    low: float
    high: float
    origin: Origin


def counts_of(country: Country, by: str) -> dict[str, float]:
    rows = [row for row in country.groups if row.labels[0] == by and row.labels[2] == NUMBER]
    return {row.labels[1]: float(row.value) for row in rows}


def interest_of(country: Country) -> tuple[float, Origin]:
    """Net interest of the newest year, and where it is published."""
    fact = fact_of(country, *INTEREST)
    if fact is None:
        what = f"{country.code} has no figure for interest paid"
        raise MissingError(
            Trouble("F303", "statement", what, "taxes service the debt", "add net_interest to its facts")
        )
    return float(fact.value), Origin(
        f"{fact.origin.source}, {fact.period}", fact.origin.vintage, fact.origin.grade
    )


def fact_of(country: Country, indicator: str, perimeter: str, period: str = "") -> Weight | None:
    found = [f for f in country.facts if f.labels == (indicator, perimeter) and period in ("", f.period)]
    return max(found, key=lambda fact: fact.period, default=None)


def merged(origins: Iterable[Origin]) -> Origin:
    listed = list(origins)
    sources = dict.fromkeys(piece for o in listed for piece in o.source.split("; "))
    vintages = dict.fromkeys(piece for o in listed for piece in o.vintage.split("; ") if piece)
    return Origin("; ".join(sources), "; ".join(vintages), worst_grade([*(o.grade for o in listed), "B"]))
