"""Owns what the JSON of a debt path says of its numbers: units, origins by years, and debt by instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.sustainability.instruments import pools
from creditor.sustainability.path import SHOWN, Paths
from creditor.terms.provenance import Origin, worst_grade
from creditor.verbs.path_found import Found

if TYPE_CHECKING:
    import numpy.typing as npt

OF_GDP, A_YEAR, OF_DEBT = "share of GDP", "share per year", "share of debt"
PUBLISHED = ("debt_ratio", "gdp", "balance_now", "overall_balance")
OF_INSTRUMENTS = ("average_maturity", "refixing_share", "foreign_money_share")
ROUNDED = 1e-12  # of GDP
BY_INSTRUMENT = (
    "financing_ratio",
    "average_maturity",
    "refixing_share",
    "foreign_money_share",
    "outstanding",
)


def units_of(currency: str) -> dict[str, str]:
    """Unit of every number of the answer by name.

    Examples
    --------
    >>> units_of("EUR")["debt"], units_of("EUR")["debt_ratio"], units_of("EUR")["average_maturity"]
    ('EUR bn', 'share of GDP', 'years')
    """
    found = dict.fromkeys(SHOWN, OF_GDP)
    found |= dict.fromkeys(("effective_rate", "growth", "rate_less_growth", "correction"), A_YEAR)
    found |= {"average_maturity": "years", "refixing_share": OF_DEBT, "foreign_money_share": OF_DEBT}
    found |= {
        "debt": f"{currency} bn",
        "gdp": f"{currency} bn per year",
        "interest": f"{currency} bn per year",
    }
    found |= dict.fromkeys(("fan", "fan_errors", "stress", "gaps", "vintage_revision"), OF_GDP)
    return found | {"chances": "probability", **dict.fromkeys(("outstanding", "holders"), f"{currency} bn")}


def origins_of(found: Found) -> list[dict[str, Any]]:
    """Where the numbers of the answer come from: names, first and last year, source, vintage, grade.

    Examples
    --------
    >>> from creditor.verbs.path import path
    >>> rows = path("ITA", horizon=2040, paths=20).payload["origins"]
    >>> [(row["of"][0], row["first"], row["last"], row["grade"]) for row in rows][:2]
    [('debt_ratio', 2024, 2030, 'A'), ('debt', 2025, 2030, 'B')]
    """
    base, published = found.base, found.base.followed
    first, last, end = base.opening, min(base.last_published, found.years[-1]), found.years[-1]
    derived = [name for name in SHOWN if name not in (*PUBLISHED, *BY_INSTRUMENT)]
    drawn = Origin("derived: shocks of library/debt/covariance.csv around the path", published.vintage, "B")
    held = Origin("model DEBT: rate, growth and balance of the last published year held", "", "C")
    rows = [
        (PUBLISHED, first, last, published),
        (
            derived,
            first + 1,
            last,
            Origin(f"derived: model DEBT on {published.source}", published.vintage, "B"),
        ),
        (BY_INSTRUMENT, first + 1, last, split_of(found)),
        (("fan", "fan_errors"), first + 1, last, drawn),
        ((*SHOWN, "outstanding", "fan", "fan_errors"), max(last, first) + 1, end, held),
        (("chances", "gaps"), first + 1, end, held),
        (("stress",), first + 1, end, Origin("assumption: tests of library/debt/stress.toml", "", "C")),
    ]
    if found.holders:
        rows.append((("holders",), first, end, Origin("assumption: shares of holders held", "", "C")))
    return [
        {"of": list(names), "first": begin, "last": until, **origin.as_dict()}
        for names, begin, until, origin in rows
        if begin <= until
    ]


def split_of(found: Found) -> Origin:
    """What the numbers rest on that follow from instruments: the worst of split, maturity and projection."""
    base, told = found.base, pools(found.base.code)
    maturity = base.facts["average maturity"][2]
    if not told:
        return Origin("assumption: one pool in own and one in foreign money", "", "C")
    used = [pool.origin.grade for pool in told]
    if any(pool.maturing is None for pool in told):
        used.append(maturity.grade)
    vintage = max(pool.origin.vintage for pool in told)
    return Origin("derived: model DEBT on the instruments", vintage, worst_grade([*used, "B"]))


def known_shares(run: Paths, name: str) -> npt.NDArray[np.float64]:
    """A share or an average of debt by instrument; not a number where debt, or a part of it, is below zero.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> run = simulate(case_of(baseline("EGY"), 2055))
    >>> [bool(np.isfinite(known_shares(run, "refixing_share")[year])) for year in (1, 31)]
    [True, False]
    """
    owed = np.stack([run.one(*key) for key in run.values if key[0] == "outstanding"])
    least = -ROUNDED * np.abs(run.one("gdp"))
    whole = (owed >= least).all(axis=0) & (run.one("debt") > 0)
    return np.where(whole, run.one(name), np.nan)


def record_of(run: Paths) -> dict[str, list[float | None]]:
    """Series from the opening; a variable that has no value at the opening begins a year later."""
    begins = {name: int(not np.isfinite(run.one(name)[0])) for name in SHOWN}
    found = {name: known_shares(run, name) if name in OF_INSTRUMENTS else run.one(name) for name in SHOWN}
    return {
        name: [float(x) if np.isfinite(x) else None for x in series[begins[name] :]]
        for name, series in found.items()
    }


def outstanding_of(run: Paths) -> dict[str, list[float]]:
    """Debt by instrument from the opening on, billions; what is never owed is left out."""
    found = {key[1]: run.one(*key) for key in run.values if key[0] == "outstanding"}
    return {kind: series.tolist() for kind, series in found.items() if np.any(series)}
