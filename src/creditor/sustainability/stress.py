"""Owns the stress tests of debt paths: the menus of the library and what each changes in a case."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import InputError, Trouble
from creditor.sustainability.case import Case, Key
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.path import simulate
from creditor.sustainability.shocks import shocks
from creditor.terms.library import ROOT, read_toml
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MENUS = ("imf", "ec")


@dataclass(frozen=True)
class Stress:
    """One stress test.

    Parameters
    ----------
    name, menu, title, source, certainty : str
        ``certainty``: S seen in the named public source, R recalled.
    changes : tuple of mapping
        As in ``library/debt/stress.toml``.
    """

    name: str
    menu: str
    title: str
    source: str
    certainty: str
    changes: tuple[Mapping[str, Any], ...]


@functools.cache
def stresses() -> dict[str, Stress]:
    """All stress tests by name.

    Examples
    --------
    >>> stresses()["adverse_r_g"].certainty
    'S'
    """
    data = read_toml(ROOT / "debt" / "stress.toml")
    keys = ("name", "menu", "title", "source", "certainty")
    made = [
        Stress(**{key: entry[key] for key in keys}, changes=tuple(entry["change"]))
        for entry in data["stress"]
    ]
    return {stress.name: stress for stress in made}


def chosen(word: str) -> list[Stress]:
    """The stress tests that a word means: one by name, those of a menu, ``all`` or ``none``.

    Raises
    ------
    InputError
        U501 with the nearest names.

    Examples
    --------
    >>> [stress.name for stress in chosen("ec")]
    ['lower_balance', 'adverse_r_g', 'financial_stress', 'lower_inflation']
    """
    known = stresses()
    if word == "none":
        return []
    found = [s for s in known.values() if word in (s.name, s.menu, "all")]
    if not found:
        mend = mend_with(word, [*known, *MENUS, "all", "none"])
        raise InputError(Trouble("U501", "--stress", f"no stress test {word!r}", "", mend))
    return found


def stressed(case: Case, stress: Stress, debt: Floats, first: int = 0) -> Case:
    """The case under a stress test.

    Parameters
    ----------
    case : Case
    stress : Stress
    debt : array [period] or [period, path]
        Debt of the undisturbed path, a share of GDP, period 0 the opening.
    first : int
        Periods before the first year of the test.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of
    >>> case = stressed(case_of(baseline("ITA"), 2030), stresses()["interest_rate"], np.ones(7))
    >>> case.series["market_shock",][:3]
    array([0.  , 0.02, 0.02])
    """
    added: dict[Key, Floats] = {}
    for change in stress.changes:
        begin = first + int(change["from"]) - 1
        end = begin + int(change["years"]) if change["years"] else case.periods
        size = np.asarray(change.get("value", 0.0), dtype=float)
        if "deviations" in change:
            place = SHOCKS.index(change["of"])
            size = size + change["deviations"] * np.sqrt(
                shocks(case.code, case.perimeter).covariance[place, place]
            )
        if "per_debt" in change:
            before = np.asarray(debt)[min(begin, len(debt) - 1)]
            size = size + change["per_debt"] * np.maximum(before - change["above"], 0.0)
        series = np.zeros((case.periods, *np.shape(size)))
        series[begin:end] = size
        key = (change["given"],)
        added[key] = added[key] + series if key in added else series
    return case.add(added)


def under(case: Case, tests: Sequence[Stress], debt: Floats) -> list[tuple[Stress, Floats]]:
    """Debt under each of several tests, which are run together as paths of one case.

    Parameters
    ----------
    case : Case
    tests : sequence of Stress
    debt : array [period]
        Debt of the undisturbed path, a share of GDP, period 0 the opening.

    Returns
    -------
    list of (Stress, array [period])
        Shares of GDP.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of
    >>> case = case_of(baseline("ITA"), 2032)
    >>> ((test, found),) = under(case, chosen("interest_rate"), np.ones(9))
    >>> test.name, bool(found[-1] > simulate(case).one("debt_ratio")[-1])
    ('interest_rate', True)
    """
    if not tests:
        return []
    cases = [stressed(case, test, debt) for test in tests]
    moved = {(change["given"],) for test in tests for change in test.changes}
    zero = np.zeros(case.periods)
    together = case.put(
        {key: np.stack([one.series.get(key, zero) for one in cases], axis=1) for key in moved}
    )
    found = simulate(together, len(tests), [("debt_ratio",)])["debt_ratio"]
    return [(test, found[:, place]) for place, test in enumerate(tests)]
