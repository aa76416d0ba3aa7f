"""Owns the JSON of a debt path, with unit and origin of every number."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.sustainability.ageing import NONE, PUBLISHED
from creditor.sustainability.gaps import Gap
from creditor.sustainability.instruments import Pool, pools
from creditor.sustainability.path import SHOWN, SLOPE, SLOPE_SOURCE, Paths
from creditor.sustainability.stress import Stress
from creditor.terms.provenance import Origin, worst_grade
from creditor.verbs.path_beside import beside_record
from creditor.verbs.path_found import SHARES, Found
from creditor.verbs.path_owed import defaults_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from creditor.terms.finding import Finding
    from creditor.terms.provenance import Provenance

    Floats = npt.NDArray[np.float64]

SHARE_OF_GDP, A_YEAR, SHARE_OF_DEBT = "share of GDP", "share per year", "share of debt"
PROBABILITY = "probability"
AS_PUBLISHED = ("debt_ratio", "gdp", "balance_now", "overall_balance")
OF_INSTRUMENTS = ("average_maturity", "refixing_share", "foreign_money_share")
ROUNDED = 1e-12  # of GDP
BY_INSTRUMENT = (
    "financing_ratio",
    "average_maturity",
    "refixing_share",
    "foreign_money_share",
    "outstanding",
)


def payload_of(
    found: Found, findings: Sequence[Finding], story: str, provenance: Provenance
) -> dict[str, Any]:
    """The whole JSON of a path, as `creditor.verbs.path.path` describes it."""
    base = found.base
    payload: dict[str, Any] = {
        "economy": base.code,
        "perimeter": base.perimeter,
        "currency": base.currency,
        "opening": base.opening,
        "last_published": base.last_published,
        "years": found.years,
        "paths": {"constant_rate": record_of(found.flat), "rising_rate": record_of(found.rising)},
        "outstanding": {
            "constant_rate": outstanding_of(found.flat),
            "rising_rate": outstanding_of(found.rising),
        },
        "units": units_of(base.currency),
        "origins": origins_of(found),
        **_ageing_record(found),
        "slope": {"value": SLOPE, "source": SLOPE_SOURCE, "grade": "A"},
        "fan": {f"p{share}": found.fan[i].tolist() for i, share in enumerate(SHARES)},
        "fan_errors": {f"p{share}": found.fan_errors[i].tolist() for i, share in enumerate(SHARES)},
        "draws": dataclasses.asdict(found.draws),
        "chances": {n: {"value": v, "standard_error": e} for n, (v, e) in found.chances.items()},
        "gaps": [_gap_record(ageing, gap) for ageing, several in found.gaps for gap in several],
        "stress": [_stress_record(stress, debt) for stress, debt in found.stress],
        "inputs": {
            name: {"value": value, "unit": unit, **origin.as_dict()}
            for name, (value, unit, origin) in base.facts.items()
        },
        "instruments": [_pool_record(pool) for pool in pools(base.code)],
        "holders": _holders(found) if found.holders else {},
        "defaults": defaults_record(found.base.code),
        "beside": beside_record(found.beside),
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
        "provenance": provenance.as_dict(),
    }
    if base.revision is not None:
        payload["vintage_revision"] = base.revision
    return payload


def _stress_record(stress: Stress, debt: Floats) -> dict[str, Any]:
    keys = ("name", "menu", "title", "source", "certainty")
    return {**{key: getattr(stress, key) for key in keys}, "debt_ratio": debt.tolist()}


def _pool_record(pool: Pool) -> dict[str, Any]:
    record = {"instrument": pool.kind, "share": pool.share, "refixed_share": pool.refixed}
    if pool.maturing is not None:
        record["maturing_share"] = pool.maturing
    record |= {"money": "abroad" if pool.abroad else "home", "perimeter": pool.perimeter}
    return record | pool.origin.as_dict()


def _gap_record(ageing: str, gap: Gap) -> dict[str, Any]:
    record = {"name": gap.name, "ageing": ageing, "first_year": gap.first_year, "told": gap.told}
    return record if gap.value is None else {**record, "value": gap.value}


def _ageing_record(found: Found) -> dict[str, Any]:
    """What the path has of ageing: cost by year, a share of GDP, its source, the paths without it."""
    aged, source = found.ageing, found.ageing.projection
    record: dict[str, Any] = {"kind": aged.kind}
    if aged.kind == NONE:
        return {"ageing": record}
    cost = found.rising.one("ageing_part")[1:].tolist()
    record |= {
        "years": found.years[1:],
        "cost": cost,
        "unit": "share of GDP",
        "since": found.base.last_published,
    }
    record |= {"adds_to_debt": found.added.tolist()}
    if aged.kind == PUBLISHED and source:
        keys = ("document", "vintage", "grade", "covers", "left_out", "read")
        record |= {key: getattr(source, key) for key in keys}
        record |= {"level": source.net(found.years[1:]).tolist(), "published_years": source.published}
    names = ("constant_rate", "rising_rate")
    plain = {name: record_of(run) for name, run in zip(names, found.without, strict=True)}
    return {"ageing": record, "without_ageing": plain}


def _holders(found: Found) -> dict[str, list[float]]:
    return {
        name: found.rising.one("holding", name).tolist()
        for name, share in found.base.holders.items()
        if share
    }


def units_of(currency: str) -> dict[str, str]:
    """Unit of every number of the answer by name.

    Examples
    --------
    >>> units_of("EUR")["debt"], units_of("EUR")["debt_ratio"], units_of("EUR")["average_maturity"]
    ('EUR bn', 'share of GDP', 'years')
    """
    found = dict.fromkeys(SHOWN, SHARE_OF_GDP)
    found |= dict.fromkeys(("effective_rate", "growth", "rate_less_growth", "correction"), A_YEAR)
    found |= {
        "average_maturity": "years",
        "refixing_share": SHARE_OF_DEBT,
        "foreign_money_share": SHARE_OF_DEBT,
    }
    found |= {
        "debt": f"{currency} bn",
        "gdp": f"{currency} bn per year",
        "interest": f"{currency} bn per year",
    }
    found |= dict.fromkeys(("fan", "fan_errors", "stress", "gaps", "vintage_revision"), SHARE_OF_GDP)
    return found | {"chances": PROBABILITY, **dict.fromkeys(("outstanding", "holders"), f"{currency} bn")}


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
    derived = [name for name in SHOWN if name not in (*AS_PUBLISHED, *BY_INSTRUMENT)]
    drawn = Origin("derived: shocks of library/debt/covariance.csv around the path", published.vintage, "B")
    held = Origin("model DEBT: rate, growth and balance of the last published year held", "", "C")
    rows = [
        (AS_PUBLISHED, first, last, published),
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
