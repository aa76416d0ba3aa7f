"""Owns the low-income framework: capacity to carry debt, and present values and service against its marks."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping

from creditor.errors import Troubles
from creditor.opening.country import load_country
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.history import OPENING, economies_with_path, history
from creditor.sustainability.published import Reading, Span, figures, newest

CLASSES, CUTS = ("weak", "medium", "strong"), (2.69, 3.05)
MOST_RESERVES = 4.052 / (2 * 3.990)  # where the term of reserves is highest
YEARS = range(OPENING - 9, OPENING + 1)
SOURCES = {
    "external_pv_gdp": "external_pv_gni",
    "external_pv_exports": "external_pv_exports",
    "external_service_exports": "external_service_exports",
}
LEFT = {
    "external_pv_gdp": ", GNI in place of GDP",
    "external_pv_exports": ", exports with primary income",
    "external_service_exports": ", paid; exports with primary income",
}
ROWS = (
    "external_pv_gdp",
    "external_pv_exports",
    "external_service_exports",
    "external_service_revenue",
    "public_pv_gdp",
)


def composite_indicator(
    cpia: float, growth: float, reserves: float, remittances: float, world: float
) -> float:
    """The composite indicator of 2018 from ten-year averages.

    Parameters
    ----------
    cpia : float
        Score of the World Bank, 1 to 6.
    growth, world : float
        Real growth of the economy and of the world, as fractions.
    reserves : float
        Reserves over a year's imports, a fraction: months are divided by 12 first.
    remittances : float
        Over GDP, a fraction.

    Returns
    -------
    float

    Raises
    ------
    InputError
        U501 for what can only be months or percent, all at once.

    Examples
    --------
    >>> round(composite_indicator(3.5, 0.05, 0.3, 0.05, 0.03), 2)
    2.85
    """
    troubles = Troubles()
    if not 1 <= cpia <= 6:
        troubles.add("U501", "cpia", f"{cpia:g}", "the score is 1 to 6", "use the overall score")
    if not 0 <= reserves <= 1.5:
        why = "reserves are a fraction of a year's imports"
        troubles.add("U501", "reserves", f"{reserves:g}", why, "divide months by 12")
    for name, value in (("growth", growth), ("remittances", remittances), ("world", world)):
        if not -0.5 <= value <= 0.5:
            troubles.add("U501", name, f"{value:g}", "it is a fraction", "divide percent by 100")
    troubles.raise_if_any()
    term = 4.052 * reserves - 3.990 * reserves**2
    return 0.385 * cpia + 2.719 * growth + term + 2.022 * remittances + 13.520 * world


def capacity_class(score: float) -> str:
    """Which class of debt-carrying capacity a composite indicator gives.

    Examples
    --------
    >>> capacity_class(2.68), capacity_class(2.74), capacity_class(3.06)
    ('weak', 'medium', 'strong')
    """
    return CLASSES[(score >= CUTS[0]) + (score > CUTS[1])]


@functools.cache
def world_growth() -> float:
    """Mean growth of ten years of the economies with a projection, by their dollars; a fraction (grade B).

    Examples
    --------
    >>> 0.02 < world_growth() < 0.04
    True
    """
    yearly = []
    for year in YEARS:
        known = [load_country(code) for code in economies_with_path()]
        pairs = [(history(c, "gdp_usd", "economy"), history(c, "real_growth", "economy")) for c in known]
        sizes = [(size[year - 1], growth[year]) for size, growth in pairs if year - 1 in size]
        yearly.append(sum(size * growth for size, growth in sizes) / sum(size for size, _ in sizes) / 100)
    return statistics.mean(yearly)


def indicator_span(economy: str) -> Span | None:
    """The composite indicator without reserves, which are not in the figures, and with the most they can add.

    Examples
    --------
    >>> found = indicator_span("GHA")
    >>> found.low < 2.74 < found.high, indicator_span("ITA")
    (True, None)
    """
    scores, sent = figures(economy, "cpia"), figures(economy, "remittances_gdp")
    if not scores or not sent:
        return None
    real = history(load_country(economy), "real_growth", "economy")
    cpia = statistics.mean(f.number for f in scores.values())
    growth = statistics.mean(real[year] / 100 for year in YEARS)
    remittances = statistics.mean(f.number / 100 for f in sent.values())
    low, high = (
        composite_indicator(cpia, growth, reserves, remittances, world_growth())
        for reserves in (0.0, MOST_RESERVES)
    )
    return Span(low, high)


def capacity(economy: str) -> str:
    """The published class of capacity; empty where there is none.

    Examples
    --------
    >>> capacity("ZMB"), capacity("NGA")
    ('weak', '')
    """
    found = newest(economy, "debt_carrying_capacity")
    return found.text if found else ""


def low_income(base: Baseline, marks: Mapping[str, Mapping[str, float]]) -> dict[str, list[Reading]]:
    """What is published and what is computed here, against the marks of the class.

    Parameters
    ----------
    base : Baseline
    marks : mapping of row to mapping of class to float

    Returns
    -------
    dict of row to list of Reading

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = low_income(baseline("ZMB"), {"external_pv_exports": {"weak": 140.0}})["external_pv_exports"]
    >>> found[0].threshold, found[0].margin > 0
    (140.0, True)
    """
    group = capacity(base.code)
    made = {"composite_indicator": _indicator(base.code, group)}
    for name in ROWS:
        mark = marks.get(name, {}).get(group)
        known = {} if name in SOURCES.values() else figures(base.code, name)
        rows = [_read(mark, f.number, f.period, f.told, "published") for f in known.values()]
        own = _computed(base, name)
        rows += [_read(mark, *own, "computed")] if own else []
        made[name] = rows or ([Reading(told="not in the figures", threshold=mark)] if group else [])
    return made


def _read(mark: float | None, value: float, told: str, source: str, basis: str) -> Reading:
    if mark is None:
        told = f"no verdict: no class of capacity is published ({told})"
        return Reading(value, told=told, basis=basis, source=source)
    if value == mark:
        told += ", the mark is reached in this year"
    return Reading(value, mark - value, told, basis=basis, threshold=mark, source=source)


def _indicator(code: str, group: str) -> list[Reading]:
    made = []
    score, seen = newest(code, "composite_indicator"), newest(code, "debt_carrying_capacity")
    if seen:
        source = f"{seen.told}; {score.told}" if score and score.origin != seen.origin else seen.told
        told = f"{seen.period}: capacity is {group}" + ("" if score else "; the indicator is not printed")
        rated = newest(code, "risk_of_debt_distress")
        if rated:
            told += f"; risk of debt distress is rated {rated.text} in {rated.period}"
            source += f"; {rated.told}"
        value = score.number if score else None
        made.append(Reading(value, told=told, basis="published", source=source))
    span = indicator_span(code)
    if span:
        told = f"between {span.low:.2f} without reserves and {span.high:.2f} with the most they can add: "
        told += " to ".join(dict.fromkeys(map(capacity_class, (span.low, span.high))))
        told += "; reserves over imports of ten years are not in the figures"
        made.append(Reading(told=told, span=span, basis="computed"))
    told = "no class is published: the framework is for those who may borrow at concessional terms"
    return made or [Reading(told=told)]


def _computed(base: Baseline, name: str) -> tuple[float, str, str] | None:
    """A row from figures of the opening year: value, what it is made of, source."""
    if name == "external_service_revenue":
        return _service(base)
    if name == "public_pv_gdp":
        return _public(base)
    found = newest(base.code, SOURCES[name])
    if found is None:
        return None
    return found.number, f"{found.period}{LEFT.get(name, '')}", found.told


def _service(base: Baseline) -> tuple[float, str, str] | None:
    """External service over revenue from service over expenditure."""
    country = load_country(base.code)
    paid = [f for f in country.facts if f.labels[0] == "external_debt_service_gov_exp"]
    if not paid:
        return None
    revenue, balance = (history(country, k)[OPENING] for k in ("revenue_gdp", "overall_balance_gdp"))
    told = f"{OPENING}, paid: what was due and not paid is not in it"
    source = (
        f"{paid[-1].origin.source}; times expenditure over revenue of the World Economic Outlook (grade B)"
    )
    return float(paid[-1].value) * (revenue - balance) / revenue, told, source


def _public(base: Baseline) -> tuple[float, str, str] | None:
    """Debt with its external part at present value."""
    country = load_country(base.code)
    value = newest(base.code, "external_pv_gni")
    owed = [f for f in country.facts if f.labels == ("ppg_external_debt", "public and guaranteed")]
    dollars = history(country, "gdp_usd", "economy")
    if value is None or not owed:
        return None
    nominal = 100 * float(owed[-1].value) / dollars[OPENING]
    told = (
        f"{OPENING}: debt of {100 * base.debt:.1f}, its external part of {nominal:.1f} at a present value of "
    )
    told += f"{value.number:.1f}"
    source = f"{value.told}; World Economic Outlook; GNI in place of GDP, guaranteed debt with it (grade B)"
    return 100 * base.debt - nominal + value.number, told, source
