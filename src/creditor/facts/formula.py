"""Owns formulas over figures: sums, products and ratios by name, with the source and grade of what they derive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from creditor.errors import InputError, Trouble
from creditor.facts.read import Figure
from creditor.terms.periods import Period, parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit

_TERM = re.compile(r"^(-?)([^*/@]+(?:@[^*/]+)?)((?:[*/][^*/]+)*)$")


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


def evaluate(terms: Sequence[str], figures: Sequence[Figure], period: str, where: str, grade: str = "") -> Derived:
    """Evaluate a formula.

    Parameters
    ----------
    terms : sequence of str
        Added up. ``id`` adds, ``-id`` subtracts, ``a*b`` multiplies (a figure in percent counts as hundredths),
        ``a/b`` divides, ``id@period`` chooses a period.
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
        F306 for a figure that is not there or ambiguous, T206 for terms that cannot be added.

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
        value = figure.value
        used.append(figure)
        for sign, name in re.findall(r"([*/])([^*/]+)", match[3]):
            other = _find(name, figures, period, where)
            used.append(other)
            factor = other.value / 100 if other.unit.measure == "percent" else other.value
            value = value * factor if sign == "*" else value / factor
        if unit is None:
            unit, first = figure.unit, figure
        unit.check_addable(figure.unit, f"{where}, {term}")
        total += -value if match[1] else value
    if unit is None or first is None:
        raise InputError(Trouble("F306", where, "the formula has no term", "", "name at least one figure"))
    return Derived(total, unit, first.period, _origin(terms, used, grade))


def _find(name: str, figures: Sequence[Figure], period: str, where: str) -> Figure:
    series, _, chosen = name.partition("@")
    found = [figure for figure in figures if figure.id == series]
    if not found:
        mend = mend_with(series, {figure.id for figure in figures})
        raise InputError(Trouble("F306", where, f"no figure {series!r}", "", mend))
    if chosen or len(found) > 1:
        wanted = str(parse_period(chosen or period, where)) if chosen or period else ""
        found = [figure for figure in found if str(figure.period) == wanted]
    if len(found) != 1:
        known = sorted(str(figure.period) for figure in figures if figure.id == series)
        mend = "write id@period with one of " + ", ".join(known)
        raise InputError(Trouble("F306", where, f"figure {name!r} at {chosen or period or 'no period'}", "not there", mend))
    return found[0]


def _origin(terms: Sequence[str], used: list[Figure], grade: str) -> Origin:
    different = {figure.id for figure in used}
    worst = worst_grade(figure.origin.grade for figure in used)
    vintages = "; ".join(dict.fromkeys(figure.origin.vintage for figure in used if figure.origin.vintage))
    if len(different) == 1:
        return Origin(used[0].origin.source, vintages, max(worst, grade or "A"))
    sources = "; ".join(dict.fromkeys(figure.origin.source for figure in used))
    formula = " + ".join(terms).replace("+ -", "- ")
    return Origin(f"derived: {formula}; from {sources}", vintages, max(worst, grade or "A", "B"))
