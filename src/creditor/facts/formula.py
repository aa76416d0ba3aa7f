"""Owns formulas over figures: sums, products and ratios by name, with the source and grade of the result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from creditor.errors import InputError, Trouble
from creditor.facts.read import Figure
from creditor.terms.periods import Period, parse_period
from creditor.terms.provenance import Origin, check_grade, worst_grade
from creditor.terms.suggest import mend_with
from creditor.terms.units import SHARE, Unit

_TERM = re.compile(r"^(-?)([^*/@]+(?:@[^*/]+)?)((?:[*/][^*/]+)*)$")
_RATES = ("percent", "share")


@dataclass(frozen=True, slots=True)
class Derived:
    """Value of a formula.

    Parameters
    ----------
    value : Fraction
    unit : Unit
    period : Period
        Of the first figure.
    origin : Origin
        A published figure keeps its own; several make grade B at best.
    """

    value: Fraction
    unit: Unit
    period: Period
    origin: Origin


def evaluate(
    terms: Sequence[str], figures: Sequence[Figure], period: str, where: str, grade: str = ""
) -> Derived:
    """Evaluate a formula.

    Parameters
    ----------
    terms : sequence of str
        Added up. ``id`` adds, ``-id`` subtracts, ``a*b`` multiplies (a figure in percent counts as
        hundredths), ``a/b`` divides, ``id@period`` chooses a period. Two amounts may be multiplied only where
        a third divides; the ratio of two amounts is a share.
    figures : sequence of Figure
    period : str
        Period preferred where a figure has several; empty for none.
    where : str
        Place named in errors.
    grade : str
        A worse grade than the figures give, if stated.

    Raises
    ------
    InputError
        F306 for a figure that is not there or ambiguous or a division by zero, T206 for terms that cannot be
        added and products that have no unit, T209 for a stated grade that is none.

    Examples
    --------
    >>> from creditor.terms.units import money
    >>> f = [Figure("a", parse_period("2025"), Fraction(5), money("USD"), Origin("x", "2026", "A"))]
    >>> evaluate(["a"], f, "", "recipe").value
    Fraction(5, 1)
    """
    total, unit, first = Fraction(0), None, None
    used: list[Figure] = []
    for term in terms:
        match = _TERM.match(term)
        if not match:
            mend = "write id, -id, a*b, a/b or id@period"
            raise InputError(Trouble("F306", where, f"term {term!r} cannot be read", "", mend))
        figure = _find(match[2], figures, period, where)
        factors = [
            (sign, _find(name, figures, period, where))
            for sign, name in re.findall(r"([*/])([^*/]+)", match[3])
        ]
        used += [figure, *(other for _, other in factors)]
        value, its_unit = _product(figure, factors, f"{where}, {term}")
        if unit is None:
            unit, first = its_unit, figure
        unit.check_addable(its_unit, f"{where}, {term}")
        total += -value if match[1] else value
    if unit is None or first is None:
        raise InputError(Trouble("F306", where, "the formula has no term", "", "name at least one figure"))
    stated = check_grade(grade, where) if grade else "A"
    return Derived(total, unit, first.period, _origin(terms, used, stated))


def _product(figure: Figure, factors: Sequence[tuple[str, Figure]], where: str) -> tuple[Fraction, Unit]:
    """Value and unit of a figure times and over others; amounts cancel in pairs, in one scale."""
    value, above = figure.value, [figure.unit]
    below: list[Unit] = []
    if figure.unit.measure in _RATES and any(other.unit.measure not in _RATES for _, other in factors):
        value, above = _hundredths(figure), []
    for sign, other in factors:
        if sign == "/" and other.value == 0:
            what, mend = f"{other.id!r} at {other.period} is 0", "divide by a figure that is not zero"
            raise InputError(Trouble("F306", where, what, "nothing can be divided by zero", mend))
        value = value * _hundredths(other) if sign == "*" else value / _hundredths(other)
        if other.unit.measure not in _RATES:
            (above if sign == "*" else below).append(other.unit)
    per = ""
    for under in below:
        over = next((unit for unit in reversed(above) if _comparable(unit, under)), None)
        if over is None:
            raise _no_unit(where, f"nothing above the line can be divided by {under}")
        above.remove(over)
        value *= Fraction(over.scale, under.scale)
        per = over.per if not under.per else per
    if len(above) > 1 or (per and above and above[0].per):
        raise _no_unit(where, "the product of " + " and ".join(str(unit) for unit in above) + " has no unit")
    unit = above[0] if above else SHARE
    return value, replace(unit, per=per) if per else unit


def _hundredths(figure: Figure) -> Fraction:
    return figure.value / 100 if figure.unit.measure == "percent" else figure.value


def _comparable(over: Unit, under: Unit) -> bool:
    same = (over.measure, over.of) == (under.measure, under.of)
    return same and (over.per == under.per or not over.per or not under.per)


def _no_unit(where: str, what: str) -> InputError:
    mend = "multiply by percentages, shares and ratios of two figures in the same currency only"
    return InputError(
        Trouble("T206", where, what, "the result would be counted in nothing that exists", mend)
    )


def _find(name: str, figures: Sequence[Figure], period: str, where: str) -> Figure:
    series, _, chosen = (part.strip() for part in name.partition("@"))
    found = [figure for figure in figures if figure.id == series]
    if not found:
        mend = mend_with(series, dict.fromkeys(figure.id for figure in figures))
        raise InputError(Trouble("F306", where, f"no figure {series!r}", "", mend))
    if chosen or len(found) > 1:
        wanted = str(parse_period(chosen or period, where)) if chosen or period else ""
        found = [figure for figure in found if str(figure.period) == wanted]
    if len(found) != 1:
        known = [str(at) for at in sorted(figure.period for figure in figures if figure.id == series)]
        mend = f"write {series}@period with one of " + ", ".join(known)
        if chosen or period:
            what, why = f"no figure {series!r} at {chosen or period}", "it has other periods"
        else:
            what, why = f"figure {series!r} without a period", f"it has {len(known)} periods"
        raise InputError(Trouble("F306", where, what, why, mend))
    return found[0]


def _origin(terms: Sequence[str], used: list[Figure], grade: str) -> Origin:
    worst = worst_grade(figure.origin.grade for figure in used)
    vintages = "; ".join(dict.fromkeys(figure.origin.vintage for figure in used if figure.origin.vintage))
    if len(used) == 1:
        return Origin(used[0].origin.source, vintages, max(worst, grade))
    sources = "; ".join(dict.fromkeys(figure.origin.source for figure in used))
    formula = " + ".join(terms).replace("+ -", "- ")
    return Origin(f"derived: {formula}; from {sources}", vintages, max(worst, grade, "B"))
