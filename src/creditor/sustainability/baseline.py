"""Owns the baseline of a debt path: published projections of one vintage, and graded fills."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from creditor.analysis.carried import carried
from creditor.analysis.common import creditor_split, six_way
from creditor.errors import InputError, Trouble
from creditor.opening.country import Country, Weight, load_country
from creditor.sustainability import instruments
from creditor.sustainability.history import (
    FEDERAL,
    GENERAL,
    OPENING,
    PROJECTION,
    VINTAGE,
    economies_with_path,
)
from creditor.sustainability.projection import held_after, projected
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with
from creditor.terms.units import OF_GDP, POINTS

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
    found = projected(country, perimeter)
    findings: list[Finding] = []
    of_foreign: list[Finding] = []
    foreign, foreign_origin = _foreign(country, perimeter, of_foreign)
    after = held_after(country, found, foreign, findings)
    maturity, maturity_origin = _maturity(country, findings)
    findings += of_foreign
    holders = _holders(country, perimeter, findings)
    findings += instruments.told(country.code)
    revision = _revision(country, found.debt, findings) if perimeter == GENERAL else None
    facts = {
        "debt at the opening": (found.debt, "share of GDP", found.origin),
        "average maturity": (maturity, "years", maturity_origin),
        "share in foreign money": (foreign, "share", foreign_origin),
    }
    return Baseline(
        code=code,
        perimeter=perimeter,
        currency=str(country.settings.get("currency", "")),
        title=country.called,
        opening=OPENING,
        published=found.series,
        debt=found.debt,
        gdp=found.gdp,
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
    points = format_number(100 * abs(gap), POINTS, 1)
    more = "as much to a tenth of a point" if points == "0.0" or "<" in points else ""
    more = more or f"{points} points {'more' if gap > 0 else 'less'} than here"
    share = format_number(float(newest.value), OF_GDP)
    sentence = (
        f"A later vintage ({newest.origin.vintage}) has debt of {share} of GDP at the end of {OPENING}, "
    )
    sentence += f"{more}; stock and path here are of {VINTAGE}."
    findings.append(Finding("warning" if abs(gap) > 0.05 else "note", "vintage revision", sentence))
    return gap
