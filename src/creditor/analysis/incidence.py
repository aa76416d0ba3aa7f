"""Owns the incidence of taxes: who pays the interest of a year under four rules, in figures or intervals."""

from __future__ import annotations

from collections.abc import Sequence

from creditor.analysis.lines import BILLION, REVENUE, Line, counts_of, fact_of, merged
from creditor.analysis.person import Person
from creditor.opening.country import Country
from creditor.terms.provenance import Origin, worst_grade

TOGETHER = {"top_0.1": ("top_1", "next_0.9"), "next_0.9": ("top_1", "top_0.1")}  # published as one
RULES = ("per head", "income tax", "all taxes", "future cohorts")


def group_taxes(
    country: Country, interest: float, origin: Origin, group: str, number: float, everyone: float
) -> tuple[tuple[Line, ...], list[str]]:
    """Per household and year under each rule that there are figures for; and the rules without."""
    head = number / everyone
    lines = [_tax("per head", head, head, head, interest, number, [origin])]
    shares = _income_shares(country, group)
    absent: list[str] = []
    if shares is None:
        absent.append("the rules income tax and all taxes: no shares of this group are in the figures")
    else:
        low, high, origins = shares
        middle = low if low == high else None
        lines.append(_tax("income tax", middle, low, high, interest, number, [origin, *origins]))
        weight = _income_weight(country)
        if weight is not None:
            part, other = weight
            ends = [part * s + (1 - part) * x for s in (low, high) for x in (head, s)]
            lines.append(
                _tax("all taxes", None, min(ends), max(ends), interest, number, [origin, *origins, other])
            )
    lines.append(_tax("future cohorts", 0.0, 0.0, 0.0, interest, number, [origin]))
    return tuple(lines), absent


def _tax(
    rule: str,
    share: float | None,
    low: float,
    high: float,
    interest: float,
    number: float,
    origins: Sequence[Origin],
) -> Line:
    scale = interest * BILLION / number
    titles = {
        "per head": "each household the same",
        "income tax": "in proportion to the income tax",
        "all taxes": "in proportion to all federal taxes",
        "future cohorts": "not by taxes now: borrowed, and left to those who come later",
    }
    grade = "B" if rule in ("per head", "future cohorts") else "C"
    source = "derived: interest of a year times the share of the group under the rule; from "
    inputs = merged(origins)
    how = Origin(source + inputs.source, inputs.vintage, worst_grade([grade, inputs.grade]))
    point = None if share is None else share * scale
    return Line(rule, f"{rule}: {titles[rule]}", point, low * scale, high * scale, how)


def _income_shares(country: Country, group: str) -> tuple[float, float, list[Origin]] | None:
    """Share of a group in the income tax: income groups of the same size stand for wealth groups ."""
    fact = fact_of(country, "income_tax_share", group)
    if fact is not None:
        return float(fact.value) / 100, float(fact.value) / 100, [_proxy(fact.origin)]
    if group not in TOGETHER:
        return None
    whole = fact_of(country, "income_tax_share", TOGETHER[group][0])
    counts = counts_of(country, "wealth")
    if whole is None or group not in counts:
        return None
    both = counts[group] + counts[TOGETHER[group][1]]
    share, even = float(whole.value) / 100, counts[group] / both
    ends = (share * even, share) if group == "top_0.1" else (0.0, share * even)
    return (*ends, [_proxy(whole.origin)])


def _proxy(origin: Origin) -> Origin:
    return Origin(
        f"assumption: groups by income stand for groups by wealth; {origin.source}", origin.vintage, "C"
    )


def _income_weight(country: Country) -> tuple[float, Origin] | None:
    """Part of the income tax in all revenue of the same year."""
    tax = fact_of(country, "income_tax", "federal")
    revenue = fact_of(country, *REVENUE, f"FY{tax.period}") if tax else None
    if tax is None or revenue is None:
        return None
    source = "assumption: other taxes fall between per head and as the income tax"
    return float(tax.value / revenue.value), Origin(source, tax.origin.vintage, "C")


def person_taxes(
    country: Country, person: Person, interest: float, origin: Origin, everyone: float
) -> tuple[tuple[Line, ...], list[str]]:
    lines = [_tax("per head", 1 / everyone, 1 / everyone, 1 / everyone, interest, 1.0, [origin])]
    absent = []
    for rule, paid, indicator in (
        ("income tax", person.income_tax, ("income_tax", "federal")),
        ("all taxes", person.all_taxes, REVENUE),
    ):
        base = fact_of(country, *indicator)
        if paid is None or base is None:
            absent.append(f"the rule {rule}: the file does not say what this person pays")
            continue
        share = paid / (float(base.value) * BILLION)
        lines.append(_tax(rule, share, share, share, interest, 1.0, [origin, base.origin, person.origin]))
    lines.append(_tax("future cohorts", 0.0, 0.0, 0.0, interest, 1.0, [origin]))
    return tuple(lines), absent
