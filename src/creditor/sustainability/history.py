"""Owns the published series that debt paths are made of, of one vintage each."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from creditor.errors import InputError, Trouble
from creditor.opening.country import Country, available, load_country
from creditor.terms import library
from creditor.terms.csvfile import Row, read_csv
from creditor.terms.provenance import Origin

OPENING = 2024  # the year at whose end debt paths begin
GENERAL, FEDERAL = "general-government", "federal"
PROJECTION = {  # which a path follows, by perimeter
    GENERAL: Origin("International Monetary Fund, World Economic Outlook, April 2025", "2025-04", "A"),
    FEDERAL: Origin("Congressional Budget Office, Ten-year budget projections, January 2025", "2025-01", "A"),
}
VINTAGE = PROJECTION[GENERAL].vintage
COLUMNS = ("economy", "indicator", "perimeter", "period", "value", "unit", "source", "vintage", "grade")


def history(country: Country, indicator: str, perimeter: str = GENERAL) -> dict[int, float]:
    """A series of the World Economic Outlook, April 2025, by year, as it is published.

    Examples
    --------
    >>> history(load_country("ITA"), "debt_gdp")[2024]
    135.286
    """
    found = {}
    for fact in country.facts:
        if fact.labels == (indicator, perimeter) and fact.origin.vintage == VINTAGE and fact.period.isdigit():
            found[int(fact.period)] = float(fact.value)
    return found


def economies_with_path() -> list[str]:
    """Codes of all economies that have a projection of their debt.

    Examples
    --------
    >>> len(economies_with_path())
    33
    """
    return [code for code in available() if history(load_country(code), "debt_gdp")]


@functools.cache
def projections(economy: str, perimeter: str) -> dict[str, dict[int, float]]:
    """Projections of ``library/debt/projections.csv``: indicator, then year.

    Examples
    --------
    >>> projections("USA", "federal")["debt"][2035]
    52055.866
    """
    found: dict[str, dict[int, float]] = {}
    for row in debt_rows("projections.csv"):
        if (row["economy"], row["perimeter"]) == (economy, perimeter):
            found.setdefault(row["indicator"], {})[int(row["period"])] = float(row["value"])
    return found


def debt_rows(file: str, columns: Sequence[str] = COLUMNS, more: Sequence[str] = ()) -> list[Row]:
    """Rows of a CSV file of ``library/debt``.

    Parameters
    ----------
    file : str
    columns, more : sequence of str
        Which it must have, and which it may have.

    Raises
    ------
    InputError
        Those of the CSV reader, all at once.

    Examples
    --------
    >>> debt_rows("projections.csv")[0]["economy"]
    'USA'
    """
    return read_csv(library.ROOT / "debt" / file, columns, more, schema=True).finish()


def whole(shares: Sequence[float], where: str) -> None:
    """Refuse shares that are not a whole.

    Raises
    ------
    InputError
        F304 where they do not add up to one.

    Examples
    --------
    >>> whole([0.25, 0.75], "a list")
    """
    total = sum(shares)
    if abs(total - 1.0) > 1e-6 or any(share < 0 for share in shares):
        why = "a part would be lost or counted twice"
        mend = "add the part that is missing, or say how much is not allocated"
        raise InputError(Trouble("F304", where, f"shares add up to {total:g}", why, mend))
