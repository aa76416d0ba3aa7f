"""Owns the published projections of what ageing costs a government."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.history import debt_rows
from creditor.terms.library import ROOT, read_toml
from creditor.terms.provenance import Origin, worst_grade

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

COLUMNS = ("economy", "component", "period", "value", "unit", "source", "vintage", "grade")
REVENUE = "pension_revenue"  # counts against the cost


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
