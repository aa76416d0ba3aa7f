"""Owns the choice among classes that are carried on: those of the table that is nearest to a year."""

from __future__ import annotations

from creditor.analysis.common import Basis, basis, six_way
from creditor.opening.country import Country
from creditor.opening.perimeter import periods_of
from creditor.terms.periods import parse_period


def carried(country: Country, year: str = "") -> Basis | None:
    """The six classes of an economy, brought to the newest tables of the same whole debt.

    What a newer table tells is taken from it; classes that it does not tell apart keep the proportions that
    they had before (`creditor.opening.carry`).

    Parameters
    ----------
    country : Country
    year : str
        The table is taken that is nearest to its end, the older of two; empty takes the newest.

    Returns
    -------
    Basis or None
        Of grade C where classes were carried; None where the library has no six classes.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> belgium = load_country("BEL")
    >>> [round(carried(belgium, year).loop.foreign, 3) for year in ("2019", "2025")]
    [0.557, 0.634]
    """
    found = six_way(country)
    if found is None:
        return None
    for name, settings in country.settings["perimeters"].items():
        for period in periods_of(country, name) if "carried" in settings else ():
            newer = basis(country, name, period)
            if not year or _away(newer, year) < _away(found, year):
                found = newer
    return found


def _away(one: Basis, year: str) -> int:
    """Days from the end of a year."""
    return abs((parse_period(one.period).last_day - parse_period(year).last_day).days)
