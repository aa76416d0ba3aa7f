"""Owns the debt indicators of one economy from published figures: interest, growth, needs, holders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from creditor.analysis.burden import measure_named, ratio
from creditor.analysis.common import Basis, basis
from creditor.analysis.residence import CLASSES, SIX
from creditor.opening.country import Country, Weight
from creditor.opening.known import latest_fact
from creditor.terms.numbers import with_unit
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.units import Unit, parse_unit

STATE = "general-government"
OF_DEBT = parse_unit("percent of debt")
OF_GDP = parse_unit("percent of GDP")
PERCENT = parse_unit("percent")
TOLD_APART = (*SIX, "multilateral", "bilateral")
NAMES = (
    "interest_revenue",
    "rate_less_growth",
    "gross_financing_need",
    "foreign_currency_share",
    "largest_class_share",
    "non_resident_share",
    "not_allocated_share",
)


@dataclass(frozen=True, slots=True)
class Indication:
    """One indicator of one economy.

    Parameters
    ----------
    economy, indicator : str
    value : float
    unit : Unit
    period : str
    origin : Origin
        Sources, vintages and worst grade of what it was computed from.
    evidence : str
        The numbers behind it, in words.
    """

    economy: str
    indicator: str
    value: float
    unit: Unit
    period: str
    origin: Origin
    evidence: str

    @property
    def text(self) -> str:
        """The number with its unit, as a reader sees it."""
        return with_unit(self.value, self.unit)


def indications(country: Country, year: str) -> list[Indication]:
    """All indicators that an economy has figures for.

    Parameters
    ----------
    country : Country
    year : str
        Of the flows, such as ``2024``; holders, maturity and currency are the newest published.

    Returns
    -------
    list of Indication
        One that lacks a figure is absent, never zero.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> [found.indicator for found in indications(load_country("EGY"), "2024")][:2]
    ['interest_revenue', 'rate_less_growth']
    """
    found = [make(country, year) for make in (_interest, _rate_less_growth, _need, _currency)]
    return [one for one in found if one is not None] + list(_holders(country))


def lacking(found: list[Indication]) -> list[str]:
    """Indicators that are not among those found.

    Examples
    --------
    >>> len(lacking([]))
    7
    """
    return [name for name in NAMES if name not in {one.indicator for one in found}]


def _interest(country: Country, year: str) -> Indication | None:
    found = ratio(country, measure_named("revenue"), year)
    if found is None:
        return None
    evidence = f"net interest takes {with_unit(found.value, PERCENT)} of revenue"
    return Indication(country.code, "interest_revenue", found.value, PERCENT, year, found.origin, evidence)


def _rate_less_growth(country: Country, year: str) -> Indication | None:
    """Effective rate less growth of nominal output in own currency, in percent."""
    rate = latest_fact(country, "effective_rate_net", STATE, year)
    output = _output(country, year)
    if rate is None or output is None:
        return None
    growth = 100 * (float(output[1].value / output[0].value) - 1)
    value = float(rate.value) - growth
    evidence = f"net interest over debt {with_unit(rate.value, PERCENT)}, growth {with_unit(growth, PERCENT)}"
    return _made(country, "rate_less_growth", value, PERCENT, year, [rate, *output], evidence)


def _need(country: Country, year: str) -> Indication | None:
    """Gross financing need: debt of the year before over its average maturity, less the overall balance.

    Debt that falls due evenly over its average maturity is an assumption, so the grade is C.
    """
    before = latest_fact(country, "debt_gdp", STATE, str(int(year) - 1))
    balance = latest_fact(country, "overall_balance_gdp", STATE, year)
    maturity = max(
        (f for f in country.facts if f.labels[0] == "avg_maturity"),
        key=lambda fact: parse_period(fact.period).last_day,
        default=None,
    )
    output = _output(country, year)
    if before is None or balance is None or maturity is None or output is None:
        return None
    maturing = float(before.value / maturity.value * output[0].value / output[1].value)
    value = maturing - float(balance.value)
    evidence = f"maturing {with_unit(maturing, OF_GDP)} (average maturity {float(maturity.value):g} years, "
    evidence += (
        f"{maturity.labels[1]}, {maturity.period}), overall balance {with_unit(balance.value, OF_GDP)}"
    )
    used = [before, balance, maturity, *output]
    return _made(country, "gross_financing_need", value, OF_GDP, year, used, evidence, "C")


def _currency(country: Country, _year: str) -> Indication | None:
    found = [fact for fact in country.facts if fact.labels[0] == "fx_share"]
    fact = max(found, key=lambda one: parse_period(one.period).last_day, default=None)
    if fact is None:
        return None
    evidence = f"{with_unit(fact.value, OF_DEBT)} in foreign currency ({fact.labels[1]})"
    value, period = float(fact.value), fact.period
    return Indication(country.code, "foreign_currency_share", value, OF_DEBT, period, fact.origin, evidence)


def _holders(country: Country) -> Iterator[Indication]:
    """What the headline set of direct holders says: the largest class, holders abroad, what is not allocated.

    Classes that are not told apart, such as residents, are no class of holders of their own.
    """
    found = basis(country)
    told = {name: share for name, share in found.shares.items() if name in TOLD_APART}
    if told:
        name = max(told, key=lambda key: told[key])
        yield _share(found, "largest_class_share", told[name], f"{CLASSES[name][0].lower()}:")
    if found.loop.unknown < 1:
        yield _share(found, "non_resident_share", found.loop.foreign, "held abroad:")
    yield _share(found, "not_allocated_share", found.loop.unknown, "no holder is named for")


def _share(found: Basis, name: str, share: float, words: str) -> Indication:
    evidence = f"{words} {with_unit(100 * share, OF_DEBT)} ({found.stock})"
    code, period = found.country.code, found.period
    return Indication(code, name, 100 * share, OF_DEBT, period, found.origin, evidence)


def _output(country: Country, year: str) -> tuple[Weight, Weight] | None:
    """Output in own currency of the year before and of the year, of one publisher's newest printing."""
    pair = [latest_fact(country, "gdp_lcu", "economy", text) for text in (str(int(year) - 1), year)]
    return (pair[0], pair[1]) if pair[0] and pair[1] else None


def _made(
    country: Country,
    name: str,
    value: float,
    unit: Unit,
    period: str,
    used: list[Weight],
    evidence: str,
    grade: str = "B",
) -> Indication:
    sources = "; ".join(dict.fromkeys(fact.origin.source for fact in used))
    vintages = "; ".join(dict.fromkeys(fact.origin.vintage for fact in used if fact.origin.vintage))
    worst = worst_grade([grade, *(fact.origin.grade for fact in used)])
    origin = Origin(f"derived from {sources}", vintages, worst)
    return Indication(country.code, name, value, unit, period, origin, evidence)
