"""Owns what is told about the shocks of a debt path: where they come from, how far they can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.baseline import Baseline
from creditor.sustainability.federal import projection_errors
from creditor.sustainability.forecast_errors import FIRST
from creditor.sustainability.history import FEDERAL, OPENING
from creditor.sustainability.law import PRIOR, UNANSWERED
from creditor.sustainability.path import RANGE, SLOPE_SOURCE
from creditor.sustainability.shocks import shocks
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

YEARS = 5
FAR = 10  # years ahead that errors of the past reach
FILES = "library/debt/covariance.csv, grade B; scores: docs/verification.md"
ERRORS = "library/debt/projection_errors.csv"


def shocks_told(base: Baseline, horizon: int) -> list[Finding]:
    """Findings on the shocks of a path.

    Parameters
    ----------
    base : Baseline
    horizon : int
        Last year of the path.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> [finding.place for finding in shocks_told(baseline("ITA"), 2030)]
    ['shocks', 'fan']
    """
    told = _federal() if base.perimeter == FEDERAL else _general()
    if horizon > base.opening + FAR:
        told.append(_far(base))
    return told


def _general() -> list[Finding]:
    sentence = f"Shocks are errors of forecasts made from {FIRST} on with what was known, calm and bad years "
    sentence += f"alike: those of this economy, {OPENING - FIRST} years, and of its group, which counts as "
    sentence += f"{PRIOR:g}. The forecasts are this program's own, because few published ones are public."
    error = -projection_errors("general_government_debt")[YEARS]["average_error"]
    bias = "The fan lies around the published path. Such paths were too low: debt of 33 economies rose by "
    bias += f"{error:.1f} points of GDP more in {YEARS} years than was projected in April 2015 (grade B)."
    return [Finding("note", "shocks", sentence, FILES), Finding("warning", "fan", bias, ERRORS)]


def _federal() -> list[Finding]:
    name = "root_mean_square_error"
    plain, laws = projection_errors("debt")[YEARS], projection_errors("debt_with_later_laws")[YEARS]
    sentence = "Shocks are fitted to the errors of the Congressional Budget Office, 1984 to 2025 (grade A), "
    sentence += "which are counted in dollars over the GDP that came; growth and prices, which move the "
    sentence += "ratio too, err as for general government (grade B)."
    warned = (
        "Later laws are no part of the errors that federal shocks are fitted to. With them projections of "
    )
    warned += f"debt missed by {laws[name]:g} points of GDP after {YEARS} years, not by {plain[name]:g}, and "
    warned += f"debt was {-laws['average_error']:g} points higher on average (grade B)."
    return [Finding("note", "shocks", sentence, FILES), Finding("warning", "fan", warned, ERRORS)]


def range_told(years: list[int], debt: Floats, reference: Floats) -> list[Finding]:
    """A finding where debt leaves the range in which it is known to move the rate.

    Parameters
    ----------
    years : list of int
        From the opening on.
    debt : array [period]
        Period 0 the opening, a share of GDP.
    reference : array [period]
        Debt that the market rate belongs to, from the first year after the opening on.

    Examples
    --------
    >>> range_told([2024, 2025, 2026], np.array([1.0, 1.4, 1.5]), np.array([1.0, 1.0]))[0].place
    'rate rising in debt'
    """
    beyond = np.flatnonzero(debt[:-1] > np.maximum(reference, 0.0) + RANGE)
    if not len(beyond):
        return []
    sentence = (
        f"From {years[beyond[0] + 1]} on debt is more than {100 * RANGE:g} points of GDP above the debt "
    )
    sentence += (
        "that the market rate belongs to; the rate then rises with the logarithm of debt, because the "
    )
    sentence += "evidence reaches no farther."
    return [Finding("note", "rate rising in debt", sentence, SLOPE_SOURCE)]


def _far(base: Baseline) -> Finding:
    share = shocks(base.code, base.perimeter).reaction
    sentence = f"Beyond {base.opening + FAR} few past errors can check the fan. "
    if share:
        sentence += f"After {UNANSWERED} years the primary balance takes back {100 * share:.1f} % a "
        sentence += "year of debt that was not expected, which is what changes of debt over ten to twenty "
        sentence += "years, 1990 to 2014, ask for (grade B)."
    else:
        sentence += "Nothing draws the paths back: errors grew with the years up to the eleventh."
    return Finding("warning", "fan", sentence, "library/debt/vintages.csv" if share else ERRORS)
