"""Owns what is told of a debt path beside its numbers: other figures, who is owed in what, past defaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditor.sustainability.baseline import FEDERAL, Baseline
from creditor.sustainability.beside import Comparison
from creditor.sustainability.defaults import defaults
from creditor.sustainability.path import Paths
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.units import POINTS, SHARE

LARGE, LONG = 0.03, 10  # a primary surplus of GDP, and years, that are told
RARE = (
    "Eichengreen and Panizza, A surplus of ambition, Economic Policy 2016: high- and middle-income "
    "countries; its milder measure of a large surplus is 3 percent over five years"
)
FAR = 0.05  # of GDP: a later figure that is so far off is told first
ABROAD = {
    "multilateral": "multilateral lenders",
    "bilateral": "governments",
    "foreign_private": "private creditors",
    "foreign_official": "official holders",
    "foreign_banks": "banks",
    "foreign_others": "others",
    "foreign_undivided": "not divided",
}
ANCHOR = "World Economic Outlook, April 2026"


def _percent(value: float) -> str:
    return format_number(float(value), SHARE)


def story_of(base: Baseline, run: Paths) -> str:
    """Sentences on a later publication that is far off, on foreign money and creditors, on past defaults.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> base = baseline("GHA")
    >>> story_of(base, simulate(case_of(base, 2032)))[:96]
    'A later publication (World Economic Outlook, April 2026) has 48.8 % in 2025, 17.6 points less th'
    """
    return " ".join(part for part in (_later(base, run), _abroad(base), _defaults(base)) if part)


def _later(base: Baseline, run: Paths) -> str:
    """The year in which the newest vintage is farthest from this path: what has become known since."""
    debt = run.one("debt_ratio")
    places = {year: year - base.opening for year in base.later}
    known = [(y, base.later[y], float(debt[p])) for y, p in places.items() if 0 <= p < len(debt)]
    if not known:
        return ""
    year, later, here = max(known, key=lambda row: abs(row[1] - row[2]))
    if abs(later - here) < FAR:
        return ""
    size, way = format_number(100 * abs(later - here), POINTS, 1), "less" if later < here else "more"
    return (
        f"A later publication ({ANCHOR}) has {_percent(later)} in {year}, {size} points {way} than this path."
    )


def longer_of(base: Baseline, found: Sequence[Comparison]) -> str:
    """The newest projection that goes beyond the one followed and is far off at its end, or nothing.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> longer_of(baseline("ITA"), [])
    ''
    """
    beyond = [one for one in found if one.years[-1] > base.last_published + 1 and abs(one.gaps[-1]) >= FAR]
    one = max(beyond, key=lambda one: (one.publication.origin.vintage, abs(one.gaps[-1])), default=None)
    if one is None:
        return ""
    size = format_number(100 * abs(one.gaps[-1]), POINTS, 1)
    way = "lower" if one.gaps[-1] < 0 else "higher"
    told = f"At a constant market rate this path is {size} points {way} in {one.years[-1]} than what "
    told += f"another projection ({one.publication.title}) has"
    return told + ("." if one.publication.same else f", by the change since {one.years[0]}.")


def _abroad(base: Baseline) -> str:
    """How much is owed in foreign money and to foreigners, as far as the figures know."""
    if base.perimeter == FEDERAL:
        return ""
    held = {name: base.holders.get(name, 0.0) for name in ABROAD}
    total = sum(held.values())
    money = f"{_percent(base.foreign_share)} of the debt is in foreign money"
    if base.facts["share in foreign money"][2].grade == "C":
        money += " (grade C)"
    if not total:
        return f"{money[:1].upper()}{money[1:]}; who abroad holds it is not in the figures."
    kinds = [f"{_percent(share)} {ABROAD[name]}" for name, share in held.items() if share]
    parts = f": {', '.join(kinds)}" if len(kinds) > 1 else ""
    return f"Foreigners hold {_percent(total)}{parts}; {money}."


def _defaults(base: Baseline) -> str:
    spells = defaults(base.code)
    if not spells:
        return ""
    return f"It has been in default on private creditors: {'; '.join(spell.told for spell in spells)}."


def defaults_told(base: Baseline) -> list[Finding]:
    """A note with the sources of past defaults.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> defaults_told(baseline("GRC"))[0].sentence
    'In default on private creditors: 2012 (grade A).'
    """
    spells = defaults(base.code)
    if not spells:
        return []
    years = "; ".join(f"{spell.told} (grade {spell.origin.grade})" for spell in spells)
    evidence = "; ".join(dict.fromkeys(spell.origin.source for spell in spells))
    return [Finding("note", "defaults", f"In default on private creditors: {years}.", evidence)]


def surplus_told(base: Baseline, last: int) -> list[Finding]:
    """A warning where a large primary surplus is held for longer than almost anybody has.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> surplus_told(baseline("ARG"), 2055)[0].sentence[:66]
    'By assumption a primary surplus of 3.7 % of GDP is held for 25 yea'
    """
    balance, years = base.after["primary_balance"], last - max(base.last_published, base.opening)
    if balance < LARGE or years < LONG:
        return []
    sentence = (
        f"By assumption a primary surplus of {_percent(balance)} of GDP is held for {years} years. That is "
    )
    sentence += "arithmetic: surpluses of 5 percent or more for ten years happened three times."
    return [Finding("warning", "primary balance", sentence, RARE)]


def defaults_record(code: str) -> list[dict[str, Any]]:
    """Past defaults with their sources, for JSON.

    Examples
    --------
    >>> defaults_record("GRC")[0]["first"]
    2012
    """
    return [{"first": s.first, "last": s.last, **s.origin.as_dict()} for s in defaults(code)]
