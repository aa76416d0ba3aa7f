"""Owns a debt path beside the projections of others: the gap, and what makes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from creditor.sustainability.baseline import Baseline
from creditor.sustainability.path import Paths
from creditor.sustainability.publications import (
    FLOW,
    GROWTH,
    INFLATION,
    INTEREST,
    NOMINAL,
    PRIMARY,
    Publication,
    named,
    publications,
)
from creditor.terms.provenance import Origin

OURS = {  # which parts of the model belong to which part here
    INTEREST: ("interest_part",),
    GROWTH: ("growth_part",),
    INFLATION: ("inflation_part",),
    NOMINAL: ("growth_part", "inflation_part"),
    PRIMARY: ("primary_part", "ageing_part"),
    FLOW: ("stock_flow_part", "exchange_rate_part"),
}
WORDS = {
    INTEREST: "interest",
    GROWTH: "real growth",
    INFLATION: "inflation",
    NOMINAL: "growth and inflation",
    PRIMARY: "primary balance",
    FLOW: "stock-flow and exchange rate",
}
NOTHING = 1e-12  # of GDP: what sums in floating point leave
ROUNDED = "rounding of the published figures"
WORLD = "weo_2026_04"  # its debt is in the country folder, with its other vintages
OUTLOOK = Origin("International Monetary Fund, World Economic Outlook, April 2026", "2026-04", "A")


@dataclass(frozen=True)
class Comparison:
    """A path beside a projection of others, from the first year that both have.

    Parameters
    ----------
    publication : Publication
    years : tuple of int
        Years that both have, the common one first.
    ours, theirs : tuple of float
        Debt in these years, a share of GDP, as each counts it.
    parts : mapping of str to tuple of float
        What changed debt from the first to the last year: here and there, a share of GDP.
    """

    publication: Publication
    years: tuple[int, ...]
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    parts: Mapping[str, tuple[float, float]]

    @property
    def gaps(self) -> tuple[float, ...]:
        """This path less the other: of levels where both count the same debt, else of changes."""
        found = [ours - theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return tuple(found if self.publication.same else [gap - found[0] for gap in found])

    @property
    def opening(self) -> float:
        """What differs in the common year; no part of the gap where changes are compared."""
        return self.ours[0] - self.theirs[0]

    @property
    def missing(self) -> list[str]:
        """Parts that the other does not give."""
        covered = {GROWTH, INFLATION} if NOMINAL in self.parts else {NOMINAL}
        return [name for name in OURS if name not in self.parts and name not in covered]

    @property
    def rest(self) -> float:
        """What is left of the last gap: parts that are not given, in one, or rounding."""
        opening = self.opening if self.publication.same else 0.0
        known = math.fsum(ours - theirs for ours, theirs in self.parts.values())
        found = self.gaps[-1] - opening - known
        return found if abs(found) > NOTHING else 0.0

    @property
    def rest_told(self) -> str:
        """What the rest is."""
        return f"not given: {', '.join(WORDS[n] for n in self.missing)}" if self.missing else ROUNDED


def comparisons(base: Baseline, run: Paths) -> tuple[Comparison, ...]:
    """A path beside every projection of others of its perimeter, the longest last.

    Parameters
    ----------
    base : Baseline
    run : Paths
        The path, as `creditor.sustainability.path.simulate` gives it.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> base = baseline("ITA")
    >>> found = comparisons(base, simulate(case_of(base, 2040)))
    >>> [(c.publication.name, c.years[0], c.years[-1]) for c in found][:2]
    [('ec_2025_spring', 2024, 2026), ('ec_2025_autumn', 2025, 2027)]
    """
    others = [*publications(base.code, base.perimeter), *_world(base)]
    found = [one for other in others if (one := _compare(base.opening, run, other))]
    return tuple(sorted(found, key=lambda one: (one.years[-1], one.publication.origin.vintage)))


def _compare(opening: int, run: Paths, other: Publication) -> Comparison | None:
    """None where there is no year, or but one and no level, to be compared."""
    debt = run.one("debt_ratio")
    years = sorted(year for year in other.series["debt"] if opening <= year < opening + len(debt))
    if not years or (len(years) == 1 and not other.same):
        return None
    first, last = years[0], years[-1]
    parts = {
        name: (math.fsum(_over(run, opening, part, first, last) for part in OURS[name]), theirs)
        for name, theirs in (other.parts(first, last) if last > first else {}).items()
    }
    ours = tuple(float(debt[year - opening]) for year in years)
    return Comparison(other, tuple(years), ours, tuple(other.series["debt"][y] for y in years), parts)


def _over(run: Paths, opening: int, part: str, first: int, last: int) -> float:
    return math.fsum(float(x) for x in run.one(part)[first - opening + 1 : last - opening + 1])


def _world(base: Baseline) -> list[Publication]:
    """The newest World Economic Outlook: debt of the country folder, with the primary balances of its day."""
    if not base.later:
        return []
    found = named(WORLD, base.code)
    return [replace(found, origin=OUTLOOK, series={**found.series, "debt": base.later})]
