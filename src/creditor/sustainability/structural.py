"""Owns the structural balance of an economy: semi-elasticity, output gap, spending, procedure."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.opening.country import load_country
from creditor.sustainability.history import GENERAL, OPENING, PROJECTION, debt_rows, history
from creditor.sustainability.published import COLUMNS
from creditor.terms.csvfile import Row
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

DEFAULT = 0.5  # points of GDP per percent of the gap, where no estimate is in the figures
NO_ELASTICITY = Origin("assumption: half of the output gap in the balance", "", "C")


@dataclass(frozen=True)
class Structure:
    """What turns a balance into a structural one.

    Parameters
    ----------
    code : str
    elasticity : float
        Points of GDP of the balance for a percent of the output gap.
    gaps : mapping of year to float
        Output gap, a share of potential output; nothing after the last year, or everywhere.
    expenditure : float or None
        Spending without interest in the year before an adjustment, a share of GDP.
    in_procedure : bool or None
        Whether an excessive deficit procedure is open; None where that is not known.
    before : float or None
        Overall balance of the opening year, a share of GDP.
    official : mapping of year to float
        The structural primary balance as the Commission has it, a share of potential output.
    origins : mapping of str to Origin
        Of elasticity, gaps, expenditure, in_procedure.
    findings : tuple of Finding
        What is assumed.

    Examples
    --------
    >>> found = structure("ITA")
    >>> found.elasticity, round(found.gaps[2025], 4), found.in_procedure
    (0.544, 0.0061, True)
    """

    code: str
    elasticity: float
    gaps: Mapping[int, float]
    expenditure: float | None
    in_procedure: bool | None
    before: float | None
    official: Mapping[int, float]
    origins: Mapping[str, Origin]
    findings: tuple[Finding, ...]

    def gap(self, opening: int, periods: int) -> Floats:
        """Output gap by period, the first the year after the opening: array [period].

        Examples
        --------
        >>> structure("ITA").gap(2024, 6).round(4).tolist()
        [0.0061, 0.0066, 0.0044, 0.0022, 0.0, 0.0]
        """
        return np.array([self.gaps.get(opening + 1 + place, 0.0) for place in range(periods)])


@functools.cache
def structure(code: str, perimeter: str = GENERAL) -> Structure:
    """The structure of one economy, from ``library/debt/structural.csv`` and the country folder.

    Where nothing is published the gap is nothing, half of a gap that an effort opens is in the balance, and
    spending without interest is revenue less the primary balance of the World Economic Outlook. Spending and
    the balance of the opening year are of general government: another perimeter has none.
    """
    rows = [row for row in _rows() if row["economy"] == code]
    origins = {row["indicator"]: Origin(row["source"], row["vintage"], row["grade"]) for row in rows}

    def years(indicator: str) -> dict[int, float]:
        mine = [row for row in rows if row["indicator"] == indicator]
        return {int(row["period"][:4]): float(row["value"]) for row in mine}

    elasticities, spending = years("semi_elasticity"), years("primary_expenditure")
    procedure = years("excessive_deficit_procedure")
    general = perimeter == GENERAL
    expenditure = next(iter(spending.values()), None)
    if expenditure is None:
        expenditure = _spending(code) if general else None
        published = PROJECTION[GENERAL]
        derived = Origin(
            f"derived: revenue less primary balance; from {published.source}", published.vintage, "B"
        )
        origins |= {"primary_expenditure": derived} if expenditure is not None else {}
    balance = history(load_country(code), "overall_balance_gdp").get(OPENING) if general else None
    gaps = {year: value / 100 for year, value in years("output_gap").items()}
    return Structure(
        code,
        next(iter(elasticities.values()), DEFAULT),
        gaps,
        None if expenditure is None else expenditure / 100,
        bool(next(iter(procedure.values()))) if procedure else None,
        None if balance is None else balance / 100,
        {year: value / 100 for year, value in years("structural_primary_balance").items()},
        {"semi_elasticity": NO_ELASTICITY, **origins},
        _findings(bool(elasticities), bool(gaps)),
    )


@functools.cache
def _rows() -> list[Row]:
    return debt_rows("structural.csv", COLUMNS)


def _spending(code: str) -> float | None:
    """Revenue less the primary balance in the year after the opening, percent of GDP."""
    country = load_country(code)
    revenue, balance = history(country, "revenue_gdp", GENERAL), history(country, "primary_balance_gdp")
    year = OPENING + 1
    return revenue[year] - balance[year] if year in revenue and year in balance else None


def _findings(elasticity: bool, gap: bool) -> tuple[Finding, ...]:
    found = []
    if not gap:
        sentence = "The output gap is not in the figures and is taken as nothing: the structural primary "
        sentence += "balance is the whole primary balance before an effort (grade C)."
        found.append(Finding("warning", "output gap", sentence, mend="an official estimate would settle it"))
    if not elasticity:
        sentence = (
            "The semi-elasticity of the balance is not in the figures and is taken as one half (grade C)."
        )
        found.append(Finding("note", "semi-elasticity", sentence))
    return tuple(found)
