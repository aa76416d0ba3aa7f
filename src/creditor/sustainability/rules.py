"""Owns the rules of debt sustainability: dated packs, and what a path gives against each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.ageing import NONE, Ageing
from creditor.sustainability.baseline import HOLDERS, Baseline
from creditor.sustainability.gaps import gaps
from creditor.sustainability.law import ADVANCED, group_of
from creditor.sustainability.lic import CLASSES, low_income
from creditor.sustainability.packs import Pack
from creditor.sustainability.path import Paths, case_of, simulate, stochastic
from creditor.sustainability.plan import periods_needed
from creditor.sustainability.published import Reading, Span
from creditor.sustainability.srdsf import medium_term
from creditor.sustainability.union import Found, union
from creditor.terms.numbers import format_number
from creditor.terms.units import POINTS

YEARS = 4  # of the adjustment of the Union
AHEAD, LATER = 5, 10  # years after the opening that the frameworks look at
RECALLED = "the mark is recalled, not seen"
ABROAD = [name for name in HOLDERS.values() if "foreign" in name or "lateral" in name]


@dataclass(frozen=True)
class Criterion:
    """One threshold of a pack, None where there is none, with its dates and source.

    Parameters
    ----------
    pack, name, title : str
    threshold : float or None
    certainty : str
        ``S`` seen in the source, ``S2`` in a secondary account, ``R`` recalled.
    source, valid_from, valid_to : str
        Of the threshold; no end means in force.
    digits : int
        After the point, for people.
    unit : str
        Of the threshold, and of the value where that is no effort.
    """

    pack: str
    name: str
    title: str
    threshold: float | None
    certainty: str
    source: str = ""
    valid_from: str = ""
    valid_to: str = ""
    digits: int = 1
    unit: str = ""


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
    span : Span or None
        Between what the value lies, where it is not exact.
    basis : str
        ``published`` or ``computed``, where both occur.
    source : str
        Of a published value.
    """

    criterion: Criterion
    value: float | None
    margin: float | None
    holds: bool | None
    told: str = ""
    span: Span | None = None
    basis: str = ""
    source: str = ""


def verdicts(
    base: Baseline, wanted: Sequence[Pack], paths: int, seed: int, aged: Ageing | None = None
) -> list[Verdict]:
    """What the path of a baseline, at a constant market rate, gives against the criteria of some packs.

    The cost of ageing is in it where it is given; in efforts as the rule of the European Union counts it.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.packs import chosen
    >>> found = verdicts(baseline("ITA"), chosen(["mac_dsa_2013"]), 100, 1)
    >>> found[0].criterion.threshold, found[0].holds
    (85.0, False)
    """
    aged = aged or Ageing(NONE, None)
    case = aged.borne(case_of(base, base.opening + periods_needed(YEARS)), base)
    run = simulate(case)
    names = ["debt_ratio", "stabilising_gap", "financing_ratio"]
    drawn = stochastic(case, paths, seed, "normal", names)
    advanced = group_of(base.code) == ADVANCED
    made = []
    found: dict[str, list[Reading]]
    for pack in wanted:
        if pack.name.startswith("eu2024"):
            told = union(adjustment(base, YEARS, paths, seed, aged), pack.name == "eu2024")
            found = {name: [reading] for name, reading in told.items()}
        else:
            found = _readings(pack, base, run, drawn, aged)
        for row in pack.criteria:
            for reading in found.get(str(row["name"]), [_absent(row)]):
                made.append(_verdict(_criterion(pack, row, advanced, reading), reading))
    return made


def _criterion(pack: Pack, row: Mapping[str, Any], advanced: bool, reading: Reading) -> Criterion:
    threshold = row.get("advanced") if advanced and "advanced" in row else row.get("threshold")
    if advanced and row.get("only") == "emerging":
        threshold = None
    certainty = row.get("advanced_certainty", row["certainty"]) if advanced else row["certainty"]
    if reading.basis == "computed":
        certainty = row.get("computed_certainty", certainty)
    return Criterion(
        pack.name,
        row["name"],
        row["title"],
        reading.threshold if threshold is None else float(threshold),
        certainty,
        row.get("source", pack.source),
        pack.valid_from,
        pack.valid_to,
        row.get("digits", 1),
        row["unit"],
    )


def _absent(row: Mapping[str, Any]) -> Reading:
    return Reading(told="not in the figures" + (f": it needs {row['needs']}" if "needs" in row else ""))


def _verdict(criterion: Criterion, reading: Reading) -> Verdict:
    margin, told = reading.margin, reading.told
    if margin is None and reading.value is not None and criterion.threshold is not None and not reading.span:
        margin = criterion.threshold - reading.value
    holds = None if margin is None else margin >= 0
    if holds is None and reading.value is not None and not told:
        told = "no mark for advanced economies"
    if holds is not None and criterion.certainty == "R":
        told = f"{told}; {RECALLED}" if told else RECALLED
    return Verdict(criterion, reading.value, margin, holds, told, reading.span, reading.basis, reading.source)


def _readings(pack: Pack, base: Baseline, run: Paths, drawn: Paths, aged: Ageing) -> dict[str, list[Reading]]:
    if pack.name == "lic_dsf_2018":
        marks = {str(row["name"]): {c: row[c] for c in CLASSES if c in row} for row in pack.criteria}
        return low_income(base, marks)
    if pack.name == "srdsf":
        limits = {str(row["name"]): row["threshold"] for row in pack.criteria if "threshold" in row}
        return medium_term(base.code, _fan(run, drawn), limits)
    return {name: [reading] for name, reading in _values(pack.name, base, run, drawn, aged).items()}


def _fan(run: Paths, drawn: Paths) -> dict[str, float]:
    """What the medium-term module reads off a path and its fan, in percent."""
    paths = 100 * drawn["debt_ratio"]
    low, high = np.percentile(paths[AHEAD], [5, 95])
    return {
        "fan_width": float(high - low),
        "not_stabilising_level": _higher(drawn),
        "not_stabilising_balance": 100 * float((drawn["stabilising_gap"][AHEAD] < 0).mean()),
        "financing_mean": 100 * float(run.one("financing_ratio")[1 : AHEAD + 1].mean()),
        "terminal_debt": 100 * float(run.one("debt_ratio")[AHEAD]),
    }


def _higher(drawn: Paths) -> float:
    """Chance that debt is higher in five years, in percent."""
    return 100 * float((drawn["debt_ratio"][AHEAD] > drawn["debt_ratio"][0]).mean())


def _values(pack: str, base: Baseline, run: Paths, drawn: Paths, aged: Ageing) -> Found:
    debt, need = 100 * run.one("debt_ratio"), 100 * run.one("financing_ratio")
    if pack == "mac_dsa_2013":
        foreign = sum(base.holders.get(name, 0.0) for name in ABROAD)
        unknown = "not_allocated" in base.holders and foreign == 0
        held = Reading(told="holders are not in the figures") if unknown else Reading(100 * foreign)
        return {
            "debt_burden": Reading(float(debt[1 : AHEAD + 1].max())),
            "financing_need": Reading(float(need[1 : AHEAD + 1].max())),
            "foreign_money": Reading(100 * base.foreign_share),
            "non_residents": held,
        }
    last, higher = Reading(float(debt[LATER]), told="in ten years"), Reading(_higher(drawn))
    return {
        "debt_high": last,
        "debt_medium": last,
        "higher_in_five_years": higher,
        "higher_medium": higher,
        **_gaps(base, aged),
    }


def _gaps(base: Baseline, aged: Ageing) -> Found:
    """S1 and S2 in points of GDP, with the cost of ageing where it is counted and without it beside."""
    found: Found = {}
    for gap, plain in zip(gaps(base, aged), gaps(base), strict=True):
        told, value = gap.told, gap.value
        if aged.kind != NONE and value is not None and plain.value is not None:
            told += f"; without it {format_number(100 * plain.value, POINTS, 1)}"
        found[gap.name] = Reading(None if value is None else 100 * value, told=told)
    return {"s1_medium": found["s1"], "s1_high": found["s1"], "s2": found["s2"], "s2_high": found["s2"]}
