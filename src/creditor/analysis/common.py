"""Owns holders of many economies on one definition: which set stands for each, and its shares by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creditor.analysis.residence import SIX, Loop, classes, loop_of
from creditor.facts.sources import Source
from creditor.ledger.treatments import Treatment
from creditor.opening.country import Country
from creditor.opening.opening import Opening, direct_treatment, open_economy
from creditor.opening.perimeter import choose_perimeter, choose_period, periods_of
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade

SIX_WAY = "six-way"
NEWEST = "newest"
DEFINITIONS = (SIX_WAY, NEWEST)
SPLIT = {"multilateral", "bilateral", "foreign_private", "foreigners", "residents"}


@dataclass(frozen=True)
class Basis:
    """The set of holders that stands for an economy, by class.

    Parameters
    ----------
    country : Country
    perimeter, period : str
        Of the set.
    shares : dict of class to float
        Adding up to one.
    origin : Origin
        Sources, vintages and worst grade of the set.
    publishers : tuple of str
    """

    country: Country
    perimeter: str
    period: str
    shares: dict[str, float]
    origin: Origin
    publishers: tuple[str, ...]

    @property
    def loop(self) -> Loop:
        """Share of the debt that is owed at home."""
        return loop_of(self.shares)

    @property
    def told(self) -> bool:
        """Whether it is known how much is owed at home; a set of foreigners only is one of external debt."""
        return self.loop.unknown < 1 and self.loop.resident > 0

    @property
    def stock(self) -> str:
        """What the debt is, in words."""
        return str(self.country.settings["perimeters"][self.perimeter]["title"])


def basis(country: Country, perimeter: str = "", period: str = "") -> Basis:
    """The holders of one perimeter by class; the headline where nothing is named.

    Raises
    ------
    MissingError
        F302 where there are no figures.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> found = basis(load_country("JPN"), "investor-base")
    >>> round(found.shares["central_bank"], 3)
    0.396
    """
    perimeter = choose_perimeter(country, perimeter)
    period = choose_period(country, perimeter, period)
    opened = open_economy(country, direct_treatment(Treatment(), ""), perimeter, period, through=False)
    claims = opened.ledger.issued_by(opened.debtor)
    total = float(opened.total)
    shares = classes((claim.holder, float(claim.amount) / total) for claim in claims)
    used = _used(opened)
    publishers = tuple(dict.fromkeys(source.publisher for source in used))
    return Basis(country, perimeter, period, shares, _origin(opened, used), publishers)


def six_way(country: Country) -> Basis | None:
    """The published set of six classes of an economy; None where the library has none.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> six_way(load_country("KEN")) is None
    True
    """
    for name, settings in country.settings["perimeters"].items():
        if "carried" in settings:
            continue
        for period in reversed(periods_of(country, name)):
            found = basis(country, name, period)
            if tuple(found.shares) == SIX:
                return found
    return None


def creditor_split(country: Country) -> Basis | None:
    """The newest split of the whole debt by creditor (multilateral, bilateral, private, domestic), or None.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> creditor_split(load_country("KEN")).perimeter
    'total-public-debt'
    """
    found = []
    for name in country.settings["perimeters"]:
        for period in periods_of(country, name):
            one = basis(country, name, period)
            if {"multilateral", "bilateral", "residents"} <= set(one.shares) <= SPLIT:
                found.append(one)
    return max(found, key=lambda one: parse_period(one.period).last_day, default=None)


def _origin(opened: Opening, used: Sequence[Source]) -> Origin:
    claims = opened.ledger.issued_by(opened.debtor)
    keys = opened.country.settings["perimeters"][opened.perimeter]["sets"]
    names = [opened.country.set_name(str(key)) for key in keys]
    vintages = dict.fromkeys(part for c in claims for part in c.origin.vintage.split("; ") if part)
    printed = [f"{source.publisher}, {source.title}" for source in used]
    text = "; ".join([*printed, f"set {', '.join(names)}"])
    return Origin(text, "; ".join(vintages), worst_grade([c.grade for c in claims]))


def _used(opened: Opening) -> list[Source]:
    """The publications that the figures of the claims on the debtor come from."""
    told = " ".join(claim.origin.source for claim in opened.ledger.issued_by(opened.debtor))
    return [s for s in opened.country.sources.values() if f"{s.publisher}, {s.title}" in told]
