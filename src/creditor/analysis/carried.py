"""Owns classes carried on: six classes of an older table, within newer ones that tell fewer classes apart."""

from __future__ import annotations

import math
from collections.abc import Mapping

from creditor.analysis.common import Basis, basis, six_way
from creditor.analysis.residence import COARSE, SIX
from creditor.opening.country import Country
from creditor.opening.perimeter import direct_claims, periods_of
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin

WHOLE = ("general_government", "debt_securities_and_loans")  # issuer and instrument of the whole debt
_WIDE = ("resident_nonbanks", "foreign_nonbanks")  # may also be in a coarser class beside them
_MEMBERS = {
    **{name: (name,) for name in SIX},
    "multilateral": ("foreign_official",),
    "bilateral": ("foreign_official",),
    **{name: tuple(member for member in members if member in SIX) for name, members in COARSE.items()},
}


def carried(country: Country, year: str = "") -> Basis | None:
    """The six classes of an economy, brought to the newest tables of the same whole debt.

    What a newer table tells is taken from it; classes that it does not tell apart keep the proportions that
    they had before.

    Parameters
    ----------
    country : Country
    year : str
        Tables are used that are nearer to its end than the older one; empty uses all.

    Returns
    -------
    Basis or None
        Of grade C where a newer table was used; None where the library has no six classes.

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
    for newer in _later(country, found):
        if not year or _away(newer, year) < _away(found, year):
            found = _within(found, newer)
    return found


def spread(newer: Mapping[str, float], older: Mapping[str, float]) -> dict[str, float]:
    """Six classes that add up to a table with fewer, in the proportions of an older table.

    Examples
    --------
    >>> older = dict(zip(SIX, (0.2, 0.1, 0.1, 0.3, 0.1, 0.2)))
    >>> spread({"central_bank": 0.3, "residents": 0.3, "foreigners": 0.4}, older)["resident_banks"]
    0.15
    """
    told = [name for name in newer if name in SIX and name not in _WIDE]
    parts: dict[str, list[float]] = {name: [] for name in SIX}
    for name, share in newer.items():
        members = [one for one in _MEMBERS[name] if one == name or one not in told] or list(_MEMBERS[name])
        whole = math.fsum(older[one] for one in members)
        for one in members:
            parts[one].append(share * (older[one] / whole if whole > 0 else 1 / len(members)))
    return {name: math.fsum(shares) for name, shares in parts.items()}


def _later(country: Country, first: Basis) -> list[Basis]:
    """Tables of the whole debt after the first one with a part that may be owed at home, the oldest first."""
    found = []
    start = parse_period(first.period).last_day
    for name in country.settings["perimeters"]:
        for period in periods_of(country, name):
            claims = direct_claims(country, name, period)
            if {(claim.issuer, claim.instrument) for claim in claims} != {WHOLE}:
                continue
            one = basis(country, name, period)
            home = one.loop.unknown < 1 and one.loop.foreign < 1  # else it is a table of external debt
            if home and parse_period(period).last_day > start:
                found.append(one)
    return sorted(found, key=lambda one: parse_period(one.period).last_day)


def _away(one: Basis, year: str) -> int:
    """Days from the end of a year."""
    return abs((parse_period(one.period).last_day - parse_period(year).last_day).days)


def _within(older: Basis, newer: Basis) -> Basis:
    shares = spread(newer.shares, older.shares)
    source = (
        f"derived: {newer.origin.source}; classes that it does not tell apart as in {older.origin.source}"
    )
    vintages = dict.fromkeys(
        part for one in (newer, older) for part in one.origin.vintage.split("; ") if part
    )
    publishers = tuple(dict.fromkeys([*newer.publishers, *older.publishers]))
    origin = Origin(source, "; ".join(vintages), "C")
    return Basis(newer.country, newer.perimeter, newer.period, shares, origin, publishers)
