"""Owns the rules of debt sustainability: dated packs, and what a path gives against each."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from creditor.analysis.debt_ageing import NONE, Ageing
from creditor.analysis.debt_baseline import Baseline
from creditor.analysis.debt_effort import ALIASES, FIRST, Effort, efforts, periods_needed
from creditor.analysis.debt_gaps import gaps
from creditor.analysis.debt_path import Paths, case_of, simulate, stochastic
from creditor.errors import InputError, Trouble
from creditor.opening.country import load_country
from creditor.terms.library import ROOT, read_toml
from creditor.terms.numbers import format_number
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit

YEARS, AHEAD = 4, 5
POINTS = Unit("count", "points")
NO_CLASS = "no verdict: which class applies (CPIA, reserves, remittances) and the present value are not "
NO_CLASS += "in the figures"
EFFORT = "effort"  # the value is the least lasting effort over four years, in points of GDP
FOREIGN = ("foreign_official", "foreign_banks", "foreign_others")


@dataclass(frozen=True)
class Criterion:
    """One threshold of a pack; None where none has been seen."""

    pack: str
    name: str
    title: str
    threshold: float | None
    certainty: str


@dataclass(frozen=True)
class Pack:
    """Rules of one framework with the dates of their validity."""

    name: str
    title: str
    valid_from: str
    valid_to: str
    source: str
    economies: tuple[str, ...]
    criteria: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Verdict:
    """What a path gives against a criterion.

    Parameters
    ----------
    criterion : Criterion
    value : float or None
        In the unit of the threshold; None with the reason in ``told``.
    margin : float or None
        How far on the good side: positive holds.
    holds : bool or None
    told : str
        Why there is no value or no verdict, or what the value is.
    """

    criterion: Criterion
    value: float | None
    margin: float | None
    holds: bool | None
    told: str = ""


@functools.cache
def packs() -> dict[str, Pack]:
    """All packs of the library by name.

    Examples
    --------
    >>> packs()["mac_dsa_2013"].valid_to
    '2022-06-30'
    """
    data = read_toml(ROOT / "debt" / "rules.toml")
    found = {}
    for entry in data["pack"]:
        found[entry["name"]] = Pack(
            entry["name"],
            entry["title"],
            entry["valid_from"],
            entry.get("valid_to", ""),
            entry["source"],
            tuple(entry.get("economies", ())),
            tuple(entry["criterion"]),
        )
    return found


def chosen(names: Sequence[str]) -> list[Pack]:
    """Packs by name; all where none is named.

    Raises
    ------
    InputError
        U501 with the nearest names.
    """
    names = [ALIASES.get(name, name) for name in names]
    for name in names:
        if name not in packs():
            mend = mend_with(name, [*packs(), *ALIASES])
            raise InputError(Trouble("U501", "--pack", f"no pack {name!r}", "", mend))
    return [pack for pack in packs().values() if not names or pack.name in names]


def verdicts(
    base: Baseline, wanted: Sequence[Pack], paths: int, seed: int, aged: Ageing | None = None
) -> list[Verdict]:
    """What the path of a baseline, at a constant market rate, gives against the criteria of some packs.

    The cost of ageing is in it where it is given; in efforts as the rule of the European Union counts it.

    Examples
    --------
    >>> from creditor.analysis.debt_baseline import baseline
    >>> found = verdicts(baseline("ITA"), chosen(["mac_dsa_2013"]), 100, 1)
    >>> found[0].criterion.threshold, found[0].holds
    (85.0, False)
    """
    aged = aged or Ageing(NONE, None)
    plain, periods = case_of(base, base.opening + periods_needed(YEARS)), periods_needed(YEARS)
    case = plain.add({("ageing_cost",): aged.costs(base, periods)})
    ruled = plain.add({("ageing_cost",): aged.costs_of_rule(base, periods, base.opening + FIRST + YEARS - 1)})
    run = simulate(case)
    names = ["debt_ratio", "stabilising_gap", "financing_ratio"]
    drawn = stochastic(case, paths, seed, "normal", names)
    advanced = "advanced" in load_country(base.code).settings.get("groups", [])
    made = []
    for pack in wanted:
        found = _values(pack.name, base, run, drawn, aged)
        if pack.name.startswith("eu2024"):
            found |= _efforts(efforts(ruled, pack.name, YEARS, paths, seed))
        for row in pack.criteria:
            threshold = row.get("advanced") if advanced and "advanced" in row else row.get("threshold")
            limit = None if threshold is None else float(str(threshold))
            name, title = str(row["name"]), str(row["title"])
            criterion = Criterion(pack.name, name, title, limit, str(row["certainty"]))
            made.append(_verdict(criterion, *found.get(criterion.name, (None, None, "not in the figures"))))
    return made


def _verdict(criterion: Criterion, value: float | None, margin: float | None, told: str) -> Verdict:
    if margin is None and value is not None and criterion.threshold is not None and told != NO_CLASS:
        margin = criterion.threshold - value
    holds = None if margin is None else margin >= 0
    if holds is None and value is not None:
        told = told or "no verdict: the weights of the index have not been seen"
    return Verdict(criterion, value, margin, holds, told)


Found = dict[str, tuple[float | None, float | None, str]]


def _efforts(found: Sequence[Effort]) -> Found:
    """The least effort in points of GDP; the margin is what is not needed of it."""
    kinds: dict[str, list[Effort]] = {}
    for effort in found:
        name = effort.test.removesuffix("_decline")
        kinds.setdefault(name if name in ("deficit", "stochastic") else "debt", []).append(effort)
    made: Found = {}
    for name, group in kinds.items():
        totals = [100 * e.total for e in group if e.total is not None]
        told = EFFORT
        if len(totals) < len(group):
            made[name] = None, None, "no effort up to 20 points of GDP is enough"
        else:
            made[name] = max(totals), -max(totals), told
    return made


def _values(pack: str, base: Baseline, run: Paths, drawn: Paths, aged: Ageing) -> Found:
    debt, need = 100 * run.one("debt_ratio"), 100 * run.one("financing_ratio")
    end = FIRST + YEARS - 1
    if pack.startswith("eu2024"):
        return _safeguards(debt, 100 * run.one("overall_balance"), end)
    if pack == "mac_dsa_2013":
        foreign = sum(base.holders.get(name, 0.0) for name in FOREIGN)
        none = "holders are not in the figures"
        held = (
            (None, None, none)
            if "not_allocated" in base.holders and foreign == 0
            else (100 * foreign, None, "")
        )
        return {
            "debt_burden": (float(debt[1 : AHEAD + 1].max()), None, ""),
            "financing_need": (float(need[1 : AHEAD + 1].max()), None, ""),
            "foreign_money": (100 * base.foreign_share, None, ""),
            "non_residents": held,
        }
    paths = 100 * drawn["debt_ratio"]
    higher = 100 * float((paths[AHEAD] > paths[0]).mean())
    if pack == "srdsf":
        short = 100 * float((drawn["stabilising_gap"][AHEAD] < 0).mean())
        low, high = np.percentile(paths[AHEAD], [5, 95])
        return {
            "fan_width": (float(high - low), None, ""),
            "not_stabilising_level": (higher, None, ""),
            "not_stabilising_balance": (short, None, ""),
            "financing_mean": (float(need[1 : AHEAD + 1].mean()), None, ""),
        }
    if pack == "ec_dsm":
        last = float(debt[10])
        return {
            "debt_high": (last, None, "in ten years"),
            "debt_medium": (last, None, "in ten years"),
            "higher_in_five_years": (higher, None, ""),
            **_gaps(base, aged),
        }
    told = NO_CLASS
    return {
        name: (float(debt[AHEAD]), None, told)
        for name in ("public_debt_weak", "public_debt_medium", "public_debt_strong")
    }


def _safeguards(debt: np.ndarray, balance: np.ndarray, end: int) -> Found:
    """Average fall of debt from the year before the adjustment to its end; the balance at its end."""
    before = FIRST - 1
    fall = float(debt[before] - debt[end]) / (end - before)
    wanted = 1.0 if debt[before] > 90 else 0.5 if debt[before] > 60 else 0.0
    if wanted == 0:
        found: tuple[float | None, float | None, str] = (fall, None, "debt is below 60: does not apply")
        return {"debt_safeguard": (None, None, found[2]), "deficit_resilience": (None, None, found[2])}
    told = f"points a year without an effort; {wanted:g} is asked for"
    deficit = -float(balance[end])
    return {
        "debt_safeguard": (fall, fall - wanted, told),
        "deficit_resilience": (deficit, 1.5 - deficit, "deficit of the last year of the adjustment"),
    }


def _gaps(base: Baseline, aged: Ageing) -> Found:
    """S1 and S2 in points of GDP, with the cost of ageing where it is counted and without it beside."""
    found: Found = {}
    for gap, plain in zip(gaps(base, aged), gaps(base), strict=True):
        told, value = gap.told, gap.value
        if aged.kind != NONE and value is not None and plain.value is not None:
            told += f"; without it {format_number(100 * plain.value, POINTS, 1)}"
        found[gap.name] = (None if value is None else 100 * value, None, told)
    return {"s1_medium": found["s1"], "s1_high": found["s1"], "s2": found["s2"]}
