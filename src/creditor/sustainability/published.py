"""Owns published figures that the frameworks of debt ask for, and how a value is read against a mark."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from creditor.sustainability.history import debt_rows
from creditor.terms.provenance import Origin

COLUMNS = ("economy", "indicator", "period", "value", "unit", "source", "vintage", "grade")


@dataclass(frozen=True)
class Figure:
    """One published figure, or a class as a word.

    Parameters
    ----------
    text : str
        As it is published.
    period, unit : str
    origin : Origin
    """

    text: str
    period: str
    unit: str
    origin: Origin

    @property
    def number(self) -> float:
        """The figure as a number."""
        return float(self.text)

    @property
    def told(self) -> str:
        """Source, vintage and grade in one phrase."""
        return f"{self.origin.source}, {self.origin.vintage} (grade {self.origin.grade})"


@dataclass(frozen=True)
class Span:
    """Between what two numbers a figure lies.

    Examples
    --------
    >>> Span(1.0, 2.0).middle
    1.5
    """

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way; the lower end where there is no upper one."""
        return (self.low + self.high) / 2 if math.isfinite(self.high) else self.low


@dataclass(frozen=True)
class Reading:
    """A value against a mark.

    Parameters
    ----------
    value : float or None
    margin : float or None
        How far on the good side.
    told : str
        What the value is, or why there is no verdict.
    span : Span or None
        Between what the value lies, where it is not exact.
    basis : str
        ``published`` by who keeps the framework, or ``computed`` here; empty where that is plain.
    threshold : float or None
        Mark that is in force here, where it depends on a class.
    source : str
        Where a value was published.
    """

    value: float | None = None
    margin: float | None = None
    told: str = ""
    span: Span | None = None
    basis: str = ""
    threshold: float | None = None
    source: str = ""


@functools.cache
def _table() -> dict[tuple[str, str], dict[str, Figure]]:
    found: dict[tuple[str, str], dict[str, Figure]] = {}
    for row in debt_rows("assessments.csv", COLUMNS):
        origin = Origin(row["source"], row["vintage"], row["grade"])
        figure = Figure(row["value"], row["period"], row["unit"], origin)
        found.setdefault((row["economy"], row["indicator"]), {})[row["period"]] = figure
    return found


def figures(economy: str, indicator: str) -> dict[str, Figure]:
    """Figures of ``library/debt/assessments.csv`` by period; empty where there is none.

    Examples
    --------
    >>> figures("GHA", "composite_indicator")["2025"].number
    2.74
    """
    return _table().get((economy, indicator), {})


def newest(economy: str, indicator: str) -> Figure | None:
    """The figure of the last period.

    Examples
    --------
    >>> newest("KEN", "debt_carrying_capacity").text, newest("ITA", "debt_carrying_capacity")
    ('medium', None)
    """
    known = figures(economy, indicator)
    return known[max(known)] if known else None


def judged(span: Span, mark: float, told: str) -> Reading:
    """Where a figure lies against an upper mark: no margin where the mark is inside its span.

    Examples
    --------
    >>> judged(Span(1.0, 1.1), 2.0, "").margin, judged(Span(1.0, 3.0), 2.0, "").margin
    (0.8999999999999999, None)
    """
    margin = mark - span.high if span.high <= mark else mark - span.low if span.low > mark else None
    said = f"the mark is inside its span, {told}" if margin is None else told
    return Reading(span.middle, margin, said, span=span, basis="computed")
