"""Owns the cost of ageing of a debt path: as published, as assumed, or left out."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, Trouble
from creditor.opening.country import load_country
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.history import debt_rows
from creditor.terms.finding import Finding
from creditor.terms.library import ROOT, read_toml
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

COLUMNS = ("economy", "component", "period", "value", "unit", "source", "vintage", "grade")
REVENUE = "pension_revenue"  # counts against the cost
PUBLISHED, ASSUMED, NONE = "published", "assumed", "none"
WORDS = (PUBLISHED, NONE)
ADJUSTED = 10  # years after an adjustment in which the rule of the European Union counts ageing


@dataclass(frozen=True)
class Projection:
    """A published projection of what ageing costs a government.

    Parameters
    ----------
    code : str
    document, vintage, grade, read, covers, left_out : str
        As in ``library/debt/ageing.toml``; the grade is the worst of its figures, and B at best where years
        between them are joined.
    components : mapping of str to mapping of year to float
        Percent of GDP, as published.
    grades : mapping of year to str
        The worst of the figures of a year.
    """

    code: str
    document: str
    vintage: str
    grade: str
    read: str
    covers: str
    left_out: str
    components: Mapping[str, Mapping[int, float]]
    grades: Mapping[int, str]

    @property
    def published(self) -> list[int]:
        """Years for which every component is published."""
        return sorted(set.intersection(*(set(values) for values in self.components.values())))

    @property
    def joined(self) -> bool:
        """Whether years between published ones are joined by straight lines."""
        years = self.published
        return len(years) < years[-1] - years[0] + 1

    def net(self, years: Sequence[int]) -> Floats:
        """Cost less revenue, a share of GDP: linear between published years, held outside of them.

        Examples
        --------
        >>> found = projection("CHE")
        >>> (100 * found.net([2021, 2060, 2100])).round(1).tolist()
        [17.2, 19.8, 19.8]
        """
        known = self.published
        total = np.zeros(len(known))
        for name, values in self.components.items():
            sign = -1.0 if name == REVENUE else 1.0
            total += sign * np.array([values[year] for year in known])
        return np.asarray(np.interp(np.asarray(years, dtype=float), known, total / 100))

    def origin(self, year: int) -> Origin:
        """Of the level in a year: published, derived between published years, or held."""
        if year in self.published:
            return Origin(self.document, self.vintage, self.grades[year])
        if self.published[0] < year < self.published[-1]:
            text = f"derived: a straight line between published years of {self.document}"
            return Origin(text, self.vintage, worst_grade([self.grade, "B"]))
        return Origin(f"assumption: held outside the years of {self.document}", self.vintage, "C")


@functools.cache
def projection(code: str) -> Projection | None:
    """The published projection of an economy; None where there is none in the figures.

    Examples
    --------
    >>> projection("ITA").document, projection("EGY")
    ('European Commission, 2024 Ageing Report', None)
    """
    rows = [row for row in _rows() if row["economy"] == code]
    if not rows:
        return None
    sheet = next(entry for entry in _documents() if code in entry["economies"])
    components: dict[str, dict[int, float]] = {}
    grades: dict[int, str] = {}
    for row in rows:
        year = int(row["period"])
        components.setdefault(row["component"], {})[year] = float(row["value"])
        grades[year] = worst_grade([grades.get(year, "A"), row["grade"]])
    grade = worst_grade(row["grade"] for row in rows)
    document, read, covers, left_out = (str(sheet[k]) for k in ("document", "read", "covers", "left_out"))
    vintage = max(row["vintage"] for row in rows)
    found = Projection(code, document, vintage, grade, read, covers, left_out, components, grades)
    return replace(found, grade=worst_grade([grade, "B"])) if found.joined else found


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row.fields for row in debt_rows("ageing.csv", COLUMNS))


@functools.cache
def _documents() -> tuple[Mapping[str, list[str] | str], ...]:
    return tuple(read_toml(ROOT / "debt" / "ageing.toml")["projection"])


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
