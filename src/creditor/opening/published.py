"""Owns the look-up of a published figure: a fact or cell of a country folder, by period and vintage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from creditor.errors import InputError, MissingError, Trouble
from creditor.facts.vintages import newest
from creditor.ledger.claims import Claim
from creditor.opening.bindings import Pick
from creditor.opening.country import Country, Weight
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit, parse_unit

LENGTHS = {"year": Fraction(1), "quarter": Fraction(1, 4), "month": Fraction(1, 12)}


@dataclass(frozen=True, slots=True)
class Published:
    """A number with its unit, origin and period; of several periods they are joined by ``; ``."""

    value: Fraction
    unit: Unit
    origin: Origin
    period: str


def look_up(country: Country, pick: Pick, as_of: str, known_at: str, where: str) -> Published:
    """The figure that a pick names.

    Parameters
    ----------
    country : Country
    pick : Pick
    as_of : str
        The period that ``opening`` means.
    known_at : str
        Figures of a later vintage are not seen; empty for all.
    where : str
        Place named in errors.

    Returns
    -------
    Published
        Without the sign of the pick. Money is in billions, as in the folder's ledger.

    Raises
    ------
    InputError
        F307 for an indicator, perimeter or cell that the economy has not; F305 where several sets have it;
        F308 for a share where an amount is needed.
    MissingError
        F302 where there is no figure at the period, or none was known.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> pick = Pick({"indicator": "debt", "perimeter": "public, face"}, "2025Q3")
    >>> float(look_up(load_country("USA"), pick, "2025Q3", "", "here").value)
    30277.76644077058
    """
    rows: Sequence[Weight | Claim]
    rows = _facts(country, pick, where) if "indicator" in pick.keys else _claims(country, pick, where)
    known = [row for row in rows if not known_at or _known(row.origin.vintage, known_at)]
    if not known:
        what = f"{country.code} has no vintage of {pick.title} by {known_at}"
        first = min(newest([row.origin.vintage]) for row in rows)
        raise MissingError(Trouble("F302", where, what, f"the first is of {first}", "use a later known_at"))
    chosen = _at(known, pick, as_of, country.code, where)
    best = max(newest([row.origin.vintage]) for row in chosen)
    chosen = [row for row in chosen if newest([row.origin.vintage]) == best]
    if isinstance(chosen[0], Weight):
        return _published_fact(chosen[0])
    return _sum([row for row in chosen if isinstance(row, Claim)], pick, where)


def convert(found: Published, unit: Unit, exchange_rate: float | None, where: str) -> Published:
    """The same figure in another unit.

    Raises
    ------
    InputError
        F308 where the two units measure different things.

    Examples
    --------
    >>> found = Published(Fraction(4), parse_unit("percent per year"), Origin("x"), "2025")
    >>> float(convert(found, parse_unit("share per quarter"), None, "here").value)
    0.01
    """
    have, value = found.unit, found.value
    kinds = [{"percent": "share"}.get(one.measure, one.measure) for one in (have, unit)]
    if kinds[0] != kinds[1] or have.is_flow != unit.is_flow:
        raise _mismatch(have, unit, where, "they measure different things")
    if have.measure == "money" and have.of != unit.of:
        if exchange_rate is None:
            raise _mismatch(have, unit, where, f"{have.of} and {unit.of} are two currencies", "exchange_rate")
        value *= Fraction(repr(float(exchange_rate)))
    elif have.of != unit.of:
        raise _mismatch(have, unit, where, "they are shares of, or count, different things")
    value *= Fraction(have.scale, unit.scale)
    if have.is_flow:
        value *= LENGTHS[unit.per] / LENGTHS[have.per]
    value *= {("percent", "share"): Fraction(1, 100), ("share", "percent"): Fraction(100)}.get(
        (have.measure, unit.measure), Fraction(1)
    )
    return Published(value, unit, found.origin, found.period)


def ratio(above: Published, below: Published, where: str) -> Published:
    """One figure over another, as a share; a flow over a stock is a share per year.

    Raises
    ------
    InputError
        F308 for two currencies, or percentages of two things; F307 for a division by zero.
    """
    one, other = above.unit, below.unit
    if one.measure not in ("money", "percent", "share") or (one.measure, one.of) != (other.measure, other.of):
        raise _mismatch(one, other, where, "only amounts of one money, or shares of one thing, are divided")
    if not below.value:
        raise InputError(Trouble("F307", where, "it is divided by zero", "", "choose another figure"))
    value = above.value * above.unit.scale / (below.value * below.unit.scale)
    per = ""
    if above.unit.is_flow and below.unit.is_flow:
        value *= LENGTHS[below.unit.per] / LENGTHS[above.unit.per]
    else:
        per = above.unit.per
    source = f"derived: {_bare(above.origin.source)} / {_bare(below.origin.source)}"
    origin = Origin(source, _joined([above.origin.vintage, below.origin.vintage]), _grade([above, below]))
    return Published(value, Unit("share", "", 1, per), origin, _joined([above.period, below.period]))


def total(found: Sequence[tuple[int, Published]], where: str) -> Published:
    """The sum of several figures of one unit, with signs; of one figure, the figure itself.

    Raises
    ------
    InputError
        F308 where their units differ.
    """
    first = found[0][1]
    if len(found) == 1 and found[0][0] == 1:
        return first
    for _, other in found:
        if other.unit != first.unit:
            raise _mismatch(first.unit, other.unit, where, "they cannot be added")
    value = sum((sign * one.value for sign, one in found), Fraction(0))
    if len(found) == 1:
        return Published(value, first.unit, first.origin, first.period)
    terms = list(dict.fromkeys((sign, _bare(one.origin.source)) for sign, one in found))
    source = " ".join(("- " if sign < 0 else "+ ") + text for sign, text in terms).removeprefix("+ ")
    parts = [one for _, one in found]
    origin = Origin(f"derived: {source}", _joined([p.origin.vintage for p in parts]), _grade(parts))
    return Published(value, first.unit, origin, _joined([part.period for part in parts]))


def _facts(country: Country, pick: Pick, where: str) -> list[Weight]:
    labels = pick.keys["indicator"], pick.keys["perimeter"]
    rows = [fact for fact in country.facts if fact.labels == labels]
    if not rows:
        known = dict.fromkeys("/".join(fact.labels) for fact in country.facts)
        what = f"{country.code} has no indicator {pick.title}"
        raise InputError(Trouble("F307", where, what, "", mend_with(pick.title, known)))
    return rows


def _claims(country: Country, pick: Pick, where: str) -> list[Claim]:
    rows = list(country.claims)
    for key, wanted in pick.keys.items():
        field = "set_name" if key == "set" else key
        left = [claim for claim in rows if getattr(claim, field) == wanted]
        if not left:
            so_far = ", ".join(value for name, value in pick.keys.items() if name != key)
            what = f"{country.code} has no cell with {key} {wanted} ({so_far})"
            known = dict.fromkeys(str(getattr(claim, field)) for claim in rows)
            raise InputError(Trouble("F307", where, what, "", mend_with(wanted, known)))
        rows = left
    return rows


def _at(
    rows: Sequence[Weight | Claim], pick: Pick, as_of: str, code: str, where: str
) -> list[Weight | Claim]:
    """The rows of the period that the rule of the pick means."""
    days = [parse_period(row.period).last_day for row in rows]
    if pick.period == "latest":
        wanted = max(days)
    else:
        wanted = parse_period(as_of if pick.period == "opening" else pick.period, where).last_day
    found = [row for row, day in zip(rows, days, strict=True) if day == wanted]
    if not found:
        asked = as_of if pick.period == "opening" else pick.period
        periods = dict.fromkeys(row.period for row in sorted(rows, key=lambda r: parse_period(r.period)))
        what = f"{code} has no figure of {pick.title} at {asked}"
        raise MissingError(Trouble("F302", where, what, "", f"there are {', '.join(periods)}"))
    return found


def _sum(claims: Sequence[Claim], pick: Pick, where: str) -> Published:
    """What one cell holds, from its rows in one set."""
    sets = dict.fromkeys(claim.set_name for claim in claims)
    if len(sets) > 1:
        what = f"{pick.title} stands in the sets {', '.join(sets)}"
        raise InputError(Trouble("F305", where, what, "sets are never mixed", "name the set"))
    if any(claim.valuation == "share" for claim in claims):
        what = f"{pick.title} is known as a share only"
        raise InputError(Trouble("F308", where, what, "an amount is needed", "choose another cell, or fill"))
    unit = Unit("money", claims[0].currency, 10**9)
    parts = [(1, Published(claim.amount, unit, claim.origin, claim.period)) for claim in claims]
    return total(parts, where)


def _published_fact(fact: Weight) -> Published:
    """A fact; money is kept in billions, whatever its row is written in."""
    unit = parse_unit(fact.unit, fact.where)
    if unit.measure == "money":
        unit = Unit("money", unit.of, 10**9, unit.per)
    return Published(fact.value, unit, fact.origin, fact.period)


def _known(vintage: str, known_at: str) -> bool:
    """Whether all that a row is made of was known at a date; a row without a vintage always was."""
    last = newest([vintage])
    return not last or parse_period(last).last_day <= parse_period(known_at).last_day


def _grade(parts: Sequence[Published]) -> str:
    return worst_grade(["B", *(part.origin.grade for part in parts)])


def _bare(source: str) -> str:
    """A source as a part of a formula."""
    return f"({source.removeprefix('derived: ')})" if source.startswith("derived: ") else source


def _joined(texts: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(part for text in texts for part in text.split("; ") if part))


def _mismatch(have: Unit, wanted: Unit, where: str, why: str, key: str = "unit") -> InputError:
    what = f"the figure is in {have}, {wanted} is asked for"
    return InputError(Trouble("F308", where, what, why, f"correct {key}, or bind another figure"))
