"""Owns the cost of ageing of a debt path: as published, as assumed, or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, Trouble
from creditor.opening.country import load_country
from creditor.sustainability.ageing_published import Projection, projection
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.case import Case
from creditor.terms.finding import Finding
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PUBLISHED, ASSUMED, NONE = "published", "assumed", "none"
WORDS = (PUBLISHED, NONE)
ADJUSTED = 10  # years after an adjustment in which the rule of the European Union counts ageing


@dataclass(frozen=True)
class Ageing:
    """What a path has of the cost of ageing.

    Parameters
    ----------
    kind : str
        `PUBLISHED`, `ASSUMED` or `NONE`.
    projection : Projection or None
        The published one, also where it is not used.
    value : float
        What is assumed at the horizon, a share of GDP.
    asked : bool
        Whether it was asked to leave it out.
    """

    kind: str
    projection: Projection | None
    value: float = 0.0
    asked: bool = False

    def costs(self, base: Baseline, periods: int, horizon: int = 0) -> Floats:
        """Cost above that of the last projected year, a share of GDP for each year after the opening.

        Nothing within the projection, which has it already.

        Parameters
        ----------
        base : Baseline
        periods : int
        horizon : int
            Year in which what is assumed is reached; the last one where it is left out.

        Examples
        --------
        >>> from creditor.sustainability.baseline import baseline
        >>> base = baseline("ITA")
        >>> (100 * ageing("ITA").costs(base, 31)).round(2)[[5, 6, 20, 30]].tolist()
        [0.0, 0.13, 0.47, -0.76]
        """
        if self.kind == ASSUMED:
            return assumed(base, periods, horizon or base.opening + periods, self.value)
        if self.kind == NONE or self.projection is None:
            return np.zeros(periods)
        return _change(self.projection, base, periods, base.last_published, base.opening + periods)

    def borne(self, case: Case, base: Baseline, horizon: int = 0) -> Case:
        """A case of the baseline with the cost taken off its balance.

        Parameters
        ----------
        case : Case
        base : Baseline
        horizon : int
            As in `costs`.

        Examples
        --------
        >>> from creditor.sustainability.baseline import baseline
        >>> from creditor.sustainability.case import followed
        >>> base = baseline("ITA")
        >>> found = ageing("ITA").borne(followed(base, 16), base)
        >>> round(100 * float(found.series["ageing_cost",][-1]), 4)
        0.6295
        """
        return case.add({("ageing_cost",): self.costs(base, case.periods, horizon)})

    def costs_of_rule(self, base: Baseline, periods: int, end: int) -> Floats:
        """As the rule of the European Union counts it: for ten years after an adjustment, then frozen.

        Methodology of the Debt Sustainability Monitor 2023, annex A3. To the end of the adjustment the plan
        takes the place of the projection, with all that ageing costs there.

        Parameters
        ----------
        base : Baseline
        periods : int
        end : int
            Last year of the adjustment.

        Examples
        --------
        >>> from creditor.sustainability.baseline import baseline
        >>> (100 * ageing("ESP").costs_of_rule(baseline("ESP"), 15, 2029)).round(2)[[4, 5, 14]].tolist()
        [0.0, 0.17, 2.08]
        """
        if self.kind == PUBLISHED and self.projection is not None:
            return _change(self.projection, base, periods, end, end + ADJUSTED)
        costs, at = self.costs(base, periods), end - base.opening
        place = np.minimum(np.arange(periods), at + ADJUSTED - 1)
        return np.where(place >= at, costs[place] - costs[at - 1], 0.0)

    def newest(self, vintage: str) -> str:
        """The newer of a vintage and that of the projection, where it is used."""
        used = self.projection if self.kind == PUBLISHED else None
        return max(vintage, used.vintage) if used else vintage


def _change(found: Projection, base: Baseline, periods: int, since: int, until: int) -> Floats:
    years = [min(max(base.opening + t, since), max(since, until)) for t in range(1, periods + 1)]
    return np.asarray(found.net(years) - found.net([since])[0])


def assumed(base: Baseline, periods: int, horizon: int, cost: float) -> Floats:
    """Cost of ageing above that of the last published year: it grows evenly to the horizon, then is held.

    Parameters
    ----------
    base : Baseline
    periods : int
        Years after the opening.
    horizon : int
        Year in which the cost is reached.
    cost : float
        A share of GDP.

    Returns
    -------
    array of float [period]
        Shares of GDP.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> assumed(baseline("ITA"), 9, 2032, 0.02).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.01, 0.02, 0.02]
    """
    span = horizon - base.last_published
    if span <= 0:
        return np.zeros(periods)
    return cost * np.clip((np.arange(1, periods + 1) - base.anchored) / span, 0.0, 1.0)


def ageing(code: str, asked: str | float = PUBLISHED) -> Ageing:
    """What a path has of the cost of ageing.

    Parameters
    ----------
    code : str
    asked : str or float
        ``published``, where there is a projection; ``none``; or what is assumed at the horizon above the last
        projected year, percent of GDP: it grows evenly.

    Raises
    ------
    InputError
        U501 for another word or a number that is not finite.

    Examples
    --------
    >>> ageing("ITA").kind, ageing("EGY").kind, ageing("ITA", "none").kind, ageing("ITA", "2").value
    ('published', 'none', 'none', 0.02)
    """
    found = projection(code)
    if asked == NONE:
        return Ageing(NONE, found, asked=True)
    if asked == PUBLISHED:
        return Ageing(PUBLISHED if found else NONE, found)
    try:
        value = float(asked)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or abs(value) > 100:
        mend = f"{mend_with(str(asked), WORDS)} or a number of points of GDP, up to 100"
        raise InputError(Trouble("U501", "--ageing", f"{asked!r}", "", mend))
    return Ageing(ASSUMED, found, value / 100)


def told(base: Baseline, found: Ageing, last: int) -> list[Finding]:
    """What is to be known of the cost of ageing in a path to a year.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> told(baseline("EGY"), ageing("EGY"), 2055)[0].severity
    'warning'
    """
    if found.kind == ASSUMED:
        sentence = (
            f"The cost of ageing is assumed to grow evenly to {100 * found.value:g} % of GDP (grade C)."
        )
        return [Finding("note", "ageing", sentence)]
    source = found.projection
    if found.kind == NONE or source is None:
        where = "as asked" if found.asked and source else "it is not in the figures"
        sentence = f"The cost of ageing after {base.last_published} is left out, {where}: "
        sentence += "the primary balance is held."
        mend = "--ageing published takes the published one" if found.asked and source else ASSUME
        return [Finding("warning", "ageing", sentence, _dependency(base), mend)]
    return _published(base, source, last)


ASSUME = "give the cost that you assume with --ageing"


def _published(base: Baseline, source: Projection, last: int) -> list[Finding]:
    sentence = f"The cost of ageing is as in: {source.document}. It covers {source.covers}; its change "
    sentence += f"since {base.last_published} lowers the primary balance (grade {source.grade})."
    found = [Finding("note", "ageing", sentence, f"read in {source.read}")]
    doubts = [f"{source.left_out[:1].upper()}{source.left_out[1:]}."] if source.left_out else []
    known = source.published
    if source.joined:
        years = ", ".join(str(year) for year in known)
        doubts.append(f"Published for {years}; straight lines between them (grade B).")
    if last > known[-1]:
        doubts.append(f"It ends in {known[-1]} and is held to {last} (grade C).")
    if doubts:
        found.append(Finding("warning", "ageing", " ".join(doubts)))
    return found


def _dependency(base: Baseline) -> str:
    country = load_country(base.code)
    ratio = {f.period: float(f.value) for f in country.facts if f.labels[0] == "old_age_dependency"}
    if len(ratio) < 2:
        return ""
    first, then = min(ratio), max(ratio)
    return f"65 and older per 100 of 15 to 64: {ratio[first]:.0f} in {first}, {ratio[then]:.0f} in {then}"
