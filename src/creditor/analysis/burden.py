"""Owns the burden of interest: what it takes of revenue, output and exports, and beside other spending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from creditor.errors import InputError, MissingError, Trouble
from creditor.opening.country import Country, Weight
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with

STATE = ("general-government",)
AGGREGATES = ("XLI", "ROW")  # groups of economies: their medians and sums are shown, not ranked
TOLD = ("net_interest_gdp", "revenue_gdp", "external_interest_exports")  # of an aggregate
NET = "net: interest paid less interest received (IMF, primary balance less overall balance)"
GROSS = "gross: interest paid, nothing taken off"
SERVICE = "external debt service: principal and interest, of the public and private sector"
PUBLIC_SERVICE = "external public debt service: principal and interest, public and publicly guaranteed"


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio by which economies are compared.

    Parameters
    ----------
    key, title : str
        Name on the command line, and heading.
    concept : str
        Which interest is meant.
    top, bottom : str
        Indicators of which it is the ratio, in percent; `bottom` is empty where `top` is the ratio itself.
    perimeters : tuple of str
        Of the indicators, the first that has a figure.
    """

    key: str
    title: str
    concept: str
    top: str
    bottom: str
    perimeters: tuple[str, ...]


MEASURES = (
    Measure("revenue", "net interest in percent of revenue", NET, "net_interest_gdp", "revenue_gdp", STATE),
    Measure("gdp", "net interest in percent of GDP", NET, "net_interest_gdp", "", STATE),
    Measure(
        "gross-revenue",
        "gross interest in percent of revenue",
        GROSS,
        "gross_interest_gdp",
        "revenue_gdp",
        STATE,
    ),
    Measure("gross-gdp", "gross interest in percent of GDP", GROSS, "gross_interest_gdp", "", STATE),
    Measure(
        "exports",
        "external debt service in percent of exports",
        SERVICE,
        "external_debt_service_exports",
        "",
        ("economy",),
    ),
    Measure(
        "spending",
        "external public debt service in percent of government spending",
        PUBLIC_SERVICE,
        "external_debt_service_gov_exp",
        "",
        ("public and guaranteed",),
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
SPENDING = (
    ("outlays_education", "education"),
    ("outlays_health", "health"),
    ("outlays_defense", "defence"),
    ("outlays_social_security", "Social Security"),
    ("outlays_medicare", "Medicare"),
    ("outlays_medicaid", "Medicaid"),
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure of one economy.

    Parameters
    ----------
    value : float
        Percent.
    period : str
    origin : Origin
    projection : bool
        Whether the period was not over when the figure was published.
    estimate : bool
        Whether the publisher calls a figure of a past year an estimate.
    """

    value: float
    period: str
    origin: Origin
    projection: bool
    estimate: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Interest beside a kind of spending of the same government and year.

    Parameters
    ----------
    spending : str
    interest, amount : float
        In the unit of the folder.
    period, perimeter : str
    origin : Origin
    """

    spending: str
    interest: float
    amount: float
    period: str
    perimeter: str
    origin: Origin


def measure_named(key: str) -> Measure:
    """A measure by its name.

    Raises
    ------
    InputError
        U501 with the nearest names.

    Examples
    --------
    >>> measure_named("gdp").title
    'net interest in percent of GDP'
    """
    if key not in BY_KEY:
        raise InputError(Trouble("U501", "--by", f"no measure {key!r}", "", mend_with(key, BY_KEY)))
    return BY_KEY[key]


def ratio(country: Country, measure: Measure, year: str) -> Ratio | None:
    """One ratio of an economy in a year; None where a figure is missing.

    Parameters
    ----------
    country : Country
    measure : Measure
    year : str

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> round(ratio(load_country("USA"), measure_named("revenue"), "2024").value, 2)
    12.19
    """
    for perimeter in measure.perimeters:
        top = _figure(country, measure.top, perimeter, year)
        bottom = _figure(country, measure.bottom, perimeter, year) if measure.bottom else None
        if top is None or (measure.bottom and (bottom is None or bottom.value <= 0)):
            continue
        if bottom is None:
            return _made(float(top.value), year, [top], measure)
        return _made(float(100 * top.value / bottom.value), year, [top, bottom], measure)
    return None


def _figure(country: Country, indicator: str, perimeter: str, year: str) -> Weight | None:
    found = [f for f in country.facts if f.labels == (indicator, perimeter) and f.period == year]
    return max(found, key=lambda fact: fact.origin.vintage, default=None)


def _made(value: float, year: str, facts: Sequence[Weight], measure: Measure) -> Ratio:
    vintages = list(dict.fromkeys(fact.origin.vintage for fact in facts))
    sources = "; ".join(dict.fromkeys(fact.origin.source for fact in facts))
    if len(facts) > 1:
        sources = f"derived: {measure.top} over {measure.bottom}; from {sources}"
    grade = worst_grade([*(fact.origin.grade for fact in facts), *(["B"] if len(facts) > 1 else [])])
    ahead = any(vintage[:4] <= year for vintage in vintages if vintage)
    guessed = not ahead and any("estimate or projection" in fact.origin.source for fact in facts)
    return Ratio(value, year, Origin(sources, "; ".join(vintages), grade), ahead, guessed)


def newest_year(countries: Iterable[Country], measure: Measure) -> str:
    """The newest year that was over when its figures were published, where most economies have it.

    Raises
    ------
    MissingError
        F303 where no economy has the measure.
    """
    years: dict[str, int] = {}
    for country in countries:
        for fact in country.facts:
            mine = fact.labels[0] == measure.top and fact.labels[1] in measure.perimeters
            if mine and fact.origin.vintage[:4] > fact.period:
                years[fact.period] = years.get(fact.period, 0) + 1
    if not years:
        what = f"no economy has figures for {measure.title}"
        raise MissingError(Trouble("F303", "burden", what, "", "choose another measure with --by"))
    most = max(years.values())
    return max(year for year, count in years.items() if count >= most / 2)


def ranked(countries: Iterable[Country], measure: Measure, year: str) -> dict[str, Ratio]:
    """Economies that have a measure in a year, the heaviest burden first.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> both = [load_country("JPN"), load_country("USA")]
    >>> list(ranked(both, measure_named("revenue"), "2024"))
    ['USA', 'JPN']
    """
    found = {country.code: ratio(country, measure, year) for country in countries}
    known = {code: value for code, value in found.items() if value is not None}
    return dict(sorted(known.items(), key=lambda item: (-item[1].value, item[0])))


def of_aggregate(country: Country) -> list[Weight]:
    """The figures of a group of economies, medians or averages of its members, newest year of each.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> of_aggregate(load_country("USA"))
    []
    """
    if country.code not in AGGREGATES:
        return []
    newest: dict[tuple[str, ...], Weight] = {}
    for fact in country.facts:
        if fact.labels[0] in TOLD and fact.period >= newest.get(fact.labels, fact).period:
            newest[fact.labels] = fact
    return list(newest.values())


def beside(country: Country) -> tuple[list[Beside], list[str]]:
    """Interest beside kinds of spending, of one government and year; and the kinds without figures.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> found, absent = beside(load_country("USA"))
    >>> [(entry.spending, entry.interest > entry.amount) for entry in found][0], absent
    (('defence', True), ['education', 'health'])
    """
    facts: Mapping[tuple[str, ...], list[Weight]] = _by_label(country)
    found, absent = [], []
    for indicator, title in SPENDING:
        match = _same_year(facts, indicator)
        if match is None:
            if indicator in ("outlays_education", "outlays_health", "outlays_defense"):
                absent.append(title)
            continue
        spent, paid = match
        sources = "; ".join(dict.fromkeys([paid.origin.source, spent.origin.source]))
        grade = worst_grade(["B", spent.origin.grade, paid.origin.grade])
        amounts = float(paid.value), float(spent.value)
        origin = Origin(sources, spent.origin.vintage, grade)
        found.append(Beside(title, *amounts, spent.period, spent.labels[1], origin))
    return found, absent


def _by_label(country: Country) -> dict[tuple[str, ...], list[Weight]]:
    facts: dict[tuple[str, ...], list[Weight]] = {}
    for fact in country.facts:
        facts.setdefault(fact.labels, []).append(fact)
    return facts


def _same_year(facts: Mapping[tuple[str, ...], list[Weight]], indicator: str) -> tuple[Weight, Weight] | None:
    """The newest spending that has net interest of the same government and year."""
    for labels, spent in facts.items():
        if labels[0] != indicator:
            continue
        paid = {fact.period: fact for fact in facts.get(("net_interest", labels[1]), [])}
        both = [fact for fact in spent if fact.period in paid]
        if both:
            newest = max(both, key=lambda fact: fact.period)
            return newest, paid[newest.period]
    return None
