"""Owns the baseline of a debt path: published projections of one vintage, and graded fills."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from creditor.analysis.carried import carried
from creditor.analysis.common import creditor_split, six_way
from creditor.errors import InputError, MissingError, Trouble
from creditor.opening.country import Country, Weight, load_country
from creditor.sustainability import instruments
from creditor.sustainability.history import (
    FEDERAL,
    GENERAL,
    OPENING,
    PROJECTION,
    VINTAGE,
    economies_with_path,
    history,
    projections,
)
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

HOLDERS = {
    "central_bank": "central_bank",
    "resident_banks": "domestic_banks",
    "resident_nonbanks": "domestic_others",
    "foreign_official": "foreign_official",
    "foreign_banks": "foreign_banks",
    "foreign_nonbanks": "foreign_others",
    "residents": "domestic",  # this and below: where only the split by creditor is published
    "multilateral": "multilateral",
    "bilateral": "bilateral",
    "foreign_private": "foreign_private",
    "foreigners": "foreign_undivided",
}
PUBLISHED = ("real_growth", "deflator", "primary_balance", "interest", "debt", "depreciation")


@dataclass(frozen=True)
class Baseline:
    """What a debt path starts from and follows.

    Parameters
    ----------
    code, perimeter, currency : str
    title : str
        Name of the economy inside a sentence.
    opening : int
        Year at whose end the path begins.
    published : mapping of str to array over years
        Series of `PUBLISHED` from the year after the opening, in shares; ``debt`` and ``interest`` are
        shares of GDP.
    debt, gdp : float
        At the opening: share of GDP, and billions of the currency.
    maturity : float
        Average maturity in years.
    foreign_share : float
        Share of the debt in foreign money.
    after : mapping of str to float
        What holds after the projection: real_growth, deflator, primary_balance, rate, depreciation.
    holders : mapping of holder to share
    facts : mapping of name to (value, unit text, Origin)
        Inputs that are shown, with source, vintage and grade.
    findings : tuple of Finding
    revision : float or None
        Debt of the opening year in the newest vintage less that of the vintage used, as a share of GDP.
    digest : str
        Of the country folder.
    later : mapping of year to float
        Debt in the newest vintage of the World Economic Outlook, a share of GDP.

    Examples
    --------
    >>> base = baseline("ITA")
    >>> base.opening, round(base.debt, 3), len(base.published["debt"])
    (2024, 1.353, 6)
    """

    code: str
    perimeter: str
    currency: str
    title: str
    opening: int
    published: Mapping[str, Floats]
    debt: float
    gdp: float
    maturity: float
    foreign_share: float
    after: Mapping[str, float]
    holders: Mapping[str, float]
    facts: Mapping[str, tuple[float, str, Origin]]
    findings: tuple[Finding, ...] = ()
    revision: float | None = None
    digest: str = ""
    later: Mapping[int, float] = field(default_factory=dict)

    @property
    def followed(self) -> Origin:
        """The projection that the path follows."""
        return PROJECTION[self.perimeter]

    @property
    def anchored(self) -> int:
        """Number of years of the published projection."""
        return len(self.published["debt"])

    @property
    def last_published(self) -> int:
        """Last year of the published projection."""
        return self.opening + self.anchored


def baseline(code: str, perimeter: str = GENERAL) -> Baseline:
    """The baseline of one economy.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    perimeter : str
        ``general-government`` (World Economic Outlook) or, for the USA, ``federal`` (Congressional Budget
        Office, debt held by the public, fiscal years).

    Raises
    ------
    InputError
        U501 for a perimeter that the economy does not have.
    MissingError
        F303 where the economy has no projection.
    """
    country = load_country(code)
    known = [GENERAL, *([FEDERAL] if code == "USA" else [])]
    if perimeter not in known:
        what = f"{country.called} has no perimeter {perimeter!r}"
        raise InputError(
            Trouble("U501", "--perimeter", what, f"known: {', '.join(known)}", mend_with(perimeter, known))
        )
    published, debt, gdp, origin = _federal() if perimeter == FEDERAL else _general(country)
    findings: list[Finding] = []
    after = _after(country, published, debt, findings)
    maturity, maturity_origin = _maturity(country, findings)
    foreign, foreign_origin = _foreign(country, perimeter, findings)
    holders = _holders(country, perimeter, findings)
    findings += instruments.told(country.code)
    revision = _revision(country, debt, findings) if perimeter == GENERAL else None
    facts = {
        "debt at the opening": (debt, "share of GDP", origin),
        "average maturity": (maturity, "years", maturity_origin),
        "share in foreign money": (foreign, "share", foreign_origin),
    }
    return Baseline(
        code=code,
        perimeter=perimeter,
        currency=str(country.settings.get("currency", "")),
        title=country.called,
        opening=OPENING,
        published=published,
        debt=debt,
        gdp=gdp,
        maturity=maturity,
        foreign_share=foreign,
        after=after,
        holders=holders,
        facts=facts,
        findings=tuple(findings),
        revision=revision,
        digest=country.digest,
        later=_later(country) if perimeter == GENERAL else {},
    )


def _later(country: Country) -> dict[int, float]:
    """Debt by year in the newest vintage after the one that the path follows."""
    rows = [f for f in country.facts if f.labels == ("debt_gdp", GENERAL) and f.origin.vintage > VINTAGE]
    newest = max((f.origin.vintage for f in rows), default="")
    return {
        int(f.period): float(f.value) / 100 for f in rows if f.origin.vintage == newest and f.period.isdigit()
    }


def _general(country: Country) -> tuple[dict[str, Floats], float, float, Origin]:
    debt = history(country, "debt_gdp")
    if not debt:
        what = f"{country.called} has no projection of its debt"
        mend = f"use one of: {', '.join(economies_with_path())}"
        raise MissingError(Trouble("F303", country.code, what, "it is a group of economies", mend))
    gdp, dollars = history(country, "gdp_lcu", "economy"), history(country, "gdp_usd", "economy")
    real = history(country, "real_growth", "economy")
    balance, interest = history(country, "primary_balance_gdp"), history(country, "net_interest_gdp")
    last = min(max(known) for known in (gdp, real, balance, interest))
    prices = _prices_abroad()
    years = range(OPENING + 1, last + 1)
    series: dict[str, list[float]] = {name: [] for name in PUBLISHED}
    for year in years:
        growth = 1 + real[year] / 100
        series["real_growth"].append(growth - 1)
        series["deflator"].append(gdp[year] / gdp[year - 1] / growth - 1)
        series["primary_balance"].append(balance[year] / 100)
        series["interest"].append(interest[year] / 100)
        if year in debt:
            series["debt"].append(debt[year] / 100)
        rate = (1 + series["deflator"][-1]) / (1 + prices)  # a constant real exchange rate
        if year in dollars and year - 1 in dollars:
            rate = (gdp[year] / dollars[year]) / (gdp[year - 1] / dollars[year - 1])
        series["depreciation"].append(0.0 if country.code == "USA" else rate - 1)
    first = next(f for f in country.facts if f.labels[0] == "debt_gdp" and f.period == str(OPENING))
    arrays = {name: np.array(values) for name, values in series.items()}
    return arrays, debt[OPENING] / 100, gdp[OPENING], first.origin


def _after(
    country: Country, published: Mapping[str, Floats], debt: float, findings: list[Finding]
) -> dict[str, float]:
    """What is held after the last published year; else medians of the last ten years."""
    if len(published["real_growth"]):
        growth = (1 + published["real_growth"][-1]) * (1 + published["deflator"][-1])
        path = published["debt"]
        if not len(path):
            path = _unpublished(country, published, debt, findings)
        before = path[-2] if len(path) > 1 else debt
        found = {name: float(published[name][-1]) for name in ("real_growth", "deflator", "primary_balance")}
        found["rate"] = float(published["interest"][-1] * growth / before)
    else:
        found = _extended(country)
        sentence = (
            f"No projection of {country.called} is published after {OPENING}: growth and inflation are the "
        )
        sentence += "medians of the last ten years, the primary balance and the rate those of the last "
        sentence += "year (grade C)."
        findings.append(
            Finding("warning", "projection", sentence, mend="an official projection would settle it")
        )
    parity = 0.0 if country.code == "USA" else (1 + found["deflator"]) / (1 + _prices_abroad()) - 1
    return {**found, "depreciation": parity}


def _unpublished(
    country: Country, published: Mapping[str, Floats], debt: float, findings: list[Finding]
) -> Floats:
    """Debt that the published growth, prices, balance and interest give, where debt is not published."""
    last = OPENING + len(published["real_growth"])
    sentence = f"No debt of {country.called} is published after {OPENING}: growth, prices and the primary "
    sentence += f"balance follow the projection to {last}, debt and interest are computed (grade B)."
    mend = "an official projection of debt would settle it"
    findings.append(Finding("warning", "projection", sentence, mend=mend))
    foreign, path = _foreign(country, GENERAL, [])[0], []
    for year, interest in enumerate(published["interest"]):
        growth = (1 + published["real_growth"][year]) * (1 + published["deflator"][year])
        debt = debt * (1 + foreign * published["depreciation"][year]) / growth
        debt += float(interest - published["primary_balance"][year])
        path.append(debt)
    return np.array(path)


@functools.cache
def _prices_abroad() -> float:
    """Rise of the deflator of the United States in the last projected year."""
    country = load_country("USA")
    gdp, real = history(country, "gdp_lcu", "economy"), history(country, "real_growth", "economy")
    last = max(gdp)
    return gdp[last] / gdp[last - 1] / (1 + real[last] / 100) - 1


def _extended(country: Country) -> dict[str, float]:
    gdp, real = history(country, "gdp_lcu", "economy"), history(country, "real_growth", "economy")
    debt, interest = history(country, "debt_gdp"), history(country, "net_interest_gdp")
    years = range(OPENING - 9, OPENING + 1)
    prices = [gdp[y] / gdp[y - 1] / (1 + real[y] / 100) - 1 for y in years]
    return {
        "real_growth": statistics.median(real[y] / 100 for y in years),
        "deflator": statistics.median(prices),
        "primary_balance": history(country, "primary_balance_gdp")[OPENING] / 100,
        "rate": interest[OPENING] / debt[OPENING - 1] * gdp[OPENING] / gdp[OPENING - 1],
    }


def _federal() -> tuple[dict[str, Floats], float, float, Origin]:
    table = projections("USA", FEDERAL)
    gdp, real, debt = table["gdp"], table["real_gdp"], table["debt"]
    years = range(OPENING + 1, max(debt) + 1)
    growth = np.array([real[y] / real[y - 1] - 1 for y in years])
    nominal = np.array([gdp[y] / gdp[y - 1] for y in years])
    arrays = {
        "real_growth": growth,
        "deflator": nominal / (1 + growth) - 1,
        "primary_balance": np.array([table["primary_balance"][y] / gdp[y] for y in years]),
        "interest": np.array([table["net_interest"][y] / gdp[y] for y in years]),
        "debt": np.array([debt[y] / gdp[y] for y in years]),
        "depreciation": np.zeros(len(years)),
    }
    origin = replace(PROJECTION[FEDERAL], source=f"{PROJECTION[FEDERAL].source}, debt held by the public")
    return arrays, debt[OPENING] / gdp[OPENING], gdp[OPENING], origin


def _newest(country: Country, indicator: str) -> Weight | None:
    rows = [f for f in country.facts if f.labels[0] == indicator]
    return max(rows, key=lambda f: (f.period, f.origin.vintage), default=None)


@functools.cache
def _median_maturity() -> float:
    found = [_average_maturity(load_country(code)) for code in economies_with_path()]
    return statistics.median(float(fact.value) for fact in found if fact)


def _average_maturity(country: Country) -> Weight | None:
    """The newest average maturity; of all debt, where that of its parts is published beside it."""
    newest = _newest(country, "avg_maturity")
    rows = [
        f for f in country.facts if newest and (f.labels[0], f.period) == (newest.labels[0], newest.period)
    ]
    return next((f for f in rows if "total" in f.labels[1]), newest)


def _maturity(country: Country, findings: list[Finding]) -> tuple[float, Origin]:
    fact = _average_maturity(country)
    if fact:
        return max(float(fact.value), 1.0), fact.origin
    value = _median_maturity()
    rows = instruments.pools(country.code)
    if rows and all(pool.maturing is not None for pool in rows):
        return value, Origin("not used: what falls due of each instrument is published", "", "A")
    sentence = f"The average maturity of the debt is not in the figures; {value:g} years, the median of the "
    sentence += "economies that have one, stands in its place (grade C)."
    findings.append(
        Finding("warning", "average maturity", sentence, mend="an official figure would settle it")
    )
    return value, Origin("assumption: median of the economies with a figure", "", "C")


def _foreign(country: Country, perimeter: str, findings: list[Finding]) -> tuple[float, Origin]:
    split = instruments.foreign_money(country.code)
    if split:
        return split
    fact = _newest(country, "fx_share") if perimeter == GENERAL else None
    if fact:
        if fact.origin.grade == "C":
            sentence = "The share of debt in foreign money is an approximate assumption (grade C)."
            findings.append(Finding("note", "share in foreign money", sentence, f"{float(fact.value):g} %"))
        return float(fact.value) / 100, fact.origin
    if country.code != "USA":
        sentence = (
            "The share of debt in foreign money is not in the figures and is taken as nothing (grade C)."
        )
        findings.append(Finding("note", "share in foreign money", sentence))
    return 0.0, Origin("assumption: no debt in foreign money", "", "C")


def _holders(country: Country, perimeter: str, findings: list[Finding]) -> dict[str, float]:
    """Shares of the six classes, brought to the newest table, else of the split by creditor."""
    found = (carried(country) or creditor_split(country)) if perimeter == GENERAL else None
    if found is None:
        sentence = "No classes of holders are in the figures of this perimeter; debt is not allocated."
        findings.append(Finding("note", "holders", sentence))
        return {"not_allocated": 1.0}
    sentence = (
        f"Holders are those of {found.period}, with constant shares: who buys new debt is not forecast."
    )
    older = six_way(country)
    if older and older.period != found.period:
        sentence += f" What the table of {found.period} does not tell apart is divided as in older "
        sentence += f"ones, back to {older.period}."
    findings.append(Finding("note", "holders", sentence, "; ".join(found.publishers)))
    shares = {HOLDERS[name]: share for name, share in found.shares.items()}
    rest = 1.0 - sum(shares.values())
    return {**shares, "not_allocated": rest if abs(rest) > 1e-12 else 0.0}


def _revision(country: Country, debt: float, findings: list[Finding]) -> float | None:
    """How a later vintage prints the opening debt; the path keeps its own vintage."""
    rows = [f for f in country.facts if f.labels == ("debt_gdp", GENERAL) and f.period == str(OPENING)]
    newest = max(rows, key=lambda f: f.origin.vintage, default=None)
    if newest is None or newest.origin.vintage <= VINTAGE:
        return None
    gap = float(newest.value) / 100 - debt
    points = format_number(100 * abs(gap), Unit("count", "points"), 1)
    more = "as much to a tenth of a point" if points == "0.0" or "<" in points else ""
    more = more or f"{points} points {'more' if gap > 0 else 'less'} than here"
    share = format_number(float(newest.value), Unit("percent", "GDP"))
    sentence = (
        f"A later vintage ({newest.origin.vintage}) has debt of {share} of GDP at the end of {OPENING}, "
    )
    sentence += f"{more}; stock and path here are of {VINTAGE}."
    findings.append(Finding("warning" if abs(gap) > 0.05 else "note", "vintage revision", sentence))
    return gap
