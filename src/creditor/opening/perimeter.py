"""Owns perimeters: which debt is meant, and the bridge of named rows from each to the next."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from creditor.errors import InputError, MissingError, Trouble
from creditor.ledger.claims import Claim
from creditor.opening.country import Country
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """One step between perimeters.

    Parameters
    ----------
    title : str
    amount : Fraction
        Signed; totals stand by themselves.
    total : bool
        Whether it is a total and no step.
    perimeter : str
        The perimeter whose total it is, if any.
    origin : Origin
    note : str
    """

    title: str
    amount: Fraction
    total: bool
    perimeter: str
    origin: Origin
    note: str = ""


def choose_perimeter(country: Country, name: str) -> str:
    """Check the name of a perimeter; empty means the headline of the economy.

    Raises
    ------
    InputError
        U501 with the nearest names.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> choose_perimeter(load_country("USA"), "")
    'federal-gross'
    """
    known = country.settings["perimeters"]
    chosen = name or str(country.settings["headline_perimeter"])
    if chosen not in known:
        raise InputError(
            Trouble(
                "U501", "--perimeter", f"no perimeter {name!r} for {country.code}", "", mend_with(name, known)
            )
        )
    return chosen


def choose_period(country: Country, perimeter: str, text: str) -> str:
    """Check that a perimeter has figures at a period.

    Empty means the headline period, or the newest where the perimeter has no figures at it.

    Raises
    ------
    InputError
        T204 for a text that is no period or one that does not exist.
    MissingError
        F302 for a period without figures, with those that have some.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> choose_period(load_country("USA"), "public", "2024q4")
    '2024Q4'
    """
    wanted = parse_period(text or str(country.settings["headline_period"]), "--as-of")
    known = periods_of(country, perimeter)
    for period in known:
        if parse_period(period).last_day == wanted.last_day:
            return period
    if not text and known:
        return known[-1]
    other = [
        f"{name}: {', '.join(periods_of(country, name))}"
        for name in country.settings["perimeters"]
        if name != perimeter and periods_of(country, name)
    ]
    what = f"{country.code} has no figures for perimeter {perimeter} at {wanted}"
    if "known_at" in country.settings:
        what += f", as known at {country.settings['known_at']}"
    told = [f"use {', '.join(known)}"] if known else []
    told += [f"other perimeters have {'; '.join(other)}"] if other else []
    mend = "; ".join(told)
    raise MissingError(Trouble("F302", "--as-of", what, "sets of two dates are never mixed", mend))


def periods_of(country: Country, perimeter: str) -> list[str]:
    """Periods at which every set of a perimeter has claims."""
    keys = country.settings["perimeters"][perimeter]["sets"]
    return [
        period for period in country.periods(keys[0]) if all(period in country.periods(key) for key in keys)
    ]


def direct_claims(country: Country, perimeter: str, period: str) -> list[Claim]:
    """Claims on the debt of a perimeter at a period, before any netting."""
    names = [country.set_name(key) for key in country.settings["perimeters"][perimeter]["sets"]]
    return [claim for claim in country.claims if claim.set_name in names and claim.period == period]


def bridge(country: Country, period: str) -> list[BridgeRow]:
    """The named rows from each perimeter to the next, as far as there are figures at the period.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> rows = bridge(load_country("USA"), "2025Q3")
    >>> round(float(rows[0].amount), 1)
    37637.6
    """
    rows = []
    for entry in country.settings.get("bridge", []):
        terms = [_term(country, period, term) for term in entry["terms"]]
        if any(term is None for term in terms):
            continue
        known = [term for term in terms if term is not None]
        grade = worst_grade([origin.grade for _, origin in known] + (["B"] if len(known) > 1 else []))
        sources = "; ".join(dict.fromkeys(origin.source for _, origin in known))
        source = (
            sources
            if len(known) == 1
            else f"derived: {' + '.join(entry['terms']).replace('+ -', '- ')}; from {sources}"
        )
        vintages = "; ".join(dict.fromkeys(part for _, o in known for part in o.vintage.split("; ") if part))
        amount = sum((value for value, _ in known), Fraction(0))
        total, named = bool(entry.get("total", False)), str(entry.get("perimeter", ""))
        rows.append(
            BridgeRow(
                str(entry["title"]),
                amount,
                total,
                named,
                Origin(source, vintages, grade),
                str(entry.get("note", "")),
            )
        )
    return rows


def _term(country: Country, period: str, text: str) -> tuple[Fraction, Origin] | None:
    sign = -1 if text.startswith("-") else 1
    kind, _, rest = text.lstrip("-").partition(":")
    name, _, other = rest.partition("/")
    if kind == "fact":
        for fact in country.facts:
            if fact.labels == (name, other) and fact.period == period:
                return sign * fact.value, fact.origin
        return None
    wanted = country.set_name(name if kind == "set" else other)
    claims = [claim for claim in country.claims if claim.set_name == wanted and claim.period == period]
    if kind == "held":
        claims = [claim for claim in claims if claim.holder == name]
    if not claims:
        return None
    grades = {claim.grade for claim in claims}
    vintages = "; ".join(
        dict.fromkeys(part for claim in claims for part in claim.origin.vintage.split("; ") if part)
    )
    source = f"sum of set {wanted}" if kind == "set" else f"{name} in set {wanted}"
    return sign * sum((claim.amount for claim in claims), Fraction(0)), Origin(
        source, vintages, worst_grade([*grades, "B"])
    )
