"""Owns the thresholds of debt indicators as a library file: value, group of economies, source, grade."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.analysis.indicators import NAMES, Indication
from creditor.errors import Troubles
from creditor.terms import library
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit, parse_unit

FILE = library.ROOT / "monitor" / "debt.toml"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on a number is a clue, for a group of economies."""

    groups: tuple[str, ...]
    value: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Watched:
    """An indicator that is watched.

    Parameters
    ----------
    name, title, formula : str
    unit : Unit
    side : str
        ``above`` or ``below``: where a clue is.
    thresholds : tuple of Threshold
    """

    name: str
    title: str
    formula: str
    unit: Unit
    side: str
    thresholds: tuple[Threshold, ...]

    def threshold_for(self, groups: Iterable[str]) -> Threshold | None:
        """The threshold for an economy of these groups; None where there is none.

        Examples
        --------
        >>> read_thresholds()["gross_financing_need"].threshold_for(["advanced", "G7"]).value
        20.0
        """
        mine = {ALL, *groups}
        return next((found for found in self.thresholds if mine & set(found.groups)), None)

    def crossed(self, found: Indication, threshold: Threshold) -> bool:
        """Whether a number is a clue."""
        beyond = found.value - threshold.value
        return beyond > 0 if self.side == "above" else beyond < 0


@functools.cache
def read_thresholds(path: Path = FILE) -> Mapping[str, Watched]:
    """Read the watched indicators; every trouble at once.

    Raises
    ------
    InputError
        M909 for an indicator or side that is not known, T207, T209.

    Examples
    --------
    >>> read_thresholds()["interest_revenue"].thresholds[0].origin.grade
    'A'
    """
    troubles, found = Troubles(), {}
    for row in library.read_toml(path)["indicator"]:
        place = library.place_of(path, f'name = "{row["name"]}"')
        if row["name"] not in NAMES:
            mend = mend_with(row["name"], NAMES)
            troubles.add("M909", place, f"no indicator {row['name']!r}", "", mend)
        if row["side"] not in ("above", "below"):
            troubles.add("M909", place, f"no side {row['side']!r}", "", "above or below")
        found[row["name"]] = _watched(row, place)
    troubles.raise_if_any()
    return found


def _watched(row: Mapping[str, Any], place: str) -> Watched:
    thresholds = tuple(
        Threshold(
            tuple(one["groups"]),
            float(one["value"]),
            Origin(one["source"], one["vintage"], check_grade(one["grade"], place)),
        )
        for one in row["threshold"]
    )
    unit = parse_unit(row["unit"], place)
    return Watched(row["name"], row["title"], row["formula"], unit, row["side"], thresholds)
