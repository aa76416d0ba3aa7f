"""Owns the verb path_rank: the debt paths of all economies, ranked."""

from __future__ import annotations

from typing import Any

import numpy as np

from creditor.figures.bars import bars
from creditor.sustainability.ageing import NONE, PUBLISHED
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import OPENING, VINTAGE, economies_with_path
from creditor.sustainability.instruments import by_kind
from creditor.sustainability.path import SLOPE, case_of, simulate, stochastic
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import column
from creditor.terms.units import OF_GDP, PERCENT
from creditor.terms.vocabulary import economies
from creditor.verbs.path_record import A_YEAR, PROBABILITY, SHARE_OF_GDP
from creditor.verbs.path_story import rate_told

PATHS = 500
COLUMNS = {
    "opening": "debt at the opening",
    "five": "in five years",
    "horizon_constant": "at the horizon, constant rate",
    "horizon_rising": "at the horizon, rate rising in debt",
    "ageing": "cost of ageing above the projection",
    "gap": "balance less the one that holds debt",
    "rate_less_growth": "rate less growth",
    "financing": "gross financing need",
    "higher": "chance that debt is higher in five years",
}


UNITS = {"rate_less_growth": A_YEAR, "higher": PROBABILITY}


def path_rank(horizon: int = 2055, paths: int = 0, seed: int = 1, ageing: str | float = PUBLISHED) -> Answer:
    """Rank all economies by debt at the horizon, with the rate rising in debt.

    Parameters
    ----------
    horizon, paths, seed : int
        500 paths where none are given.
    ageing : str or float
        As in `creditor.verbs.path.path`.

    Returns
    -------
    Answer
        Payload: horizon, economies (economy, title, and a number for each column; ageing only where it is
        counted), units, findings, story.

    Examples
    --------
    >>> len(path_rank(2032, 50).payload["economies"])
    33
    """
    count = paths or PATHS
    rows = sorted(
        (_row(code, horizon, count, seed, ageing) for code in economies_with_path()), key=_last, reverse=True
    )
    sheet = _sheet(rows, horizon, count)
    rising = sum(row["horizon_rising"] > row["opening"] for row in rows)
    below = sum(row["rate_less_growth"] < 0 for row in rows)
    story = "On published projections to 2030, with rate, growth and primary balance before ageing held from "
    story += "there, which is no forecast, debt is "
    story += f"higher in {horizon} than at the end of {OPENING} in {rising} of "
    story += f"{len(rows)} economies; {rows[0]['title']} has most with "
    story += f"{100 * rows[0]['horizon_rising']:.0f} % of GDP. "
    story += f"The rate is below growth in {below} of them after the projection, which is no safety: "
    story += "rates depend on debt."
    findings = (_ageing(rows), *_rests_on(rows))
    payload: dict[str, Any] = {
        "horizon": horizon,
        "economies": rows,
        "units": {name: UNITS.get(name, SHARE_OF_GDP) for name in COLUMNS},
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    newest = max(ageing_of(row["economy"], ageing).newest(VINTAGE) for row in rows)
    provenance = Provenance(newest, seed=seed)
    payload["provenance"] = provenance.as_dict()
    title = f"Debt paths of {len(rows)} economies"
    return Answer(story, (sheet,), (_figure(rows, horizon),), findings, payload, provenance, title=title)


def _figure(rows: list[dict[str, Any]], horizon: int) -> dict[str, Any]:
    """Debt at the horizon with the rate rising in debt, as bars."""
    titles = {row["economy"]: row["title"] for row in rows}
    risen = {row["economy"]: 100 * row["horizon_rising"] for row in rows}
    values = column("debt", "economy", risen, OF_GDP, {}, titles)
    told = f"Debt in {horizon} where the rate rises with debt. Rate, growth and "
    told += "primary balance before ageing are held after the projection, which is no forecast."
    grades = {row["economy"]: _origin(row["economy"], horizon).grade for row in rows}
    source = baseline(rows[0]["economy"]).followed.source
    return bars(f"Debt in {horizon}", told, source, values, None, grades)


def _rests_on(rows: list[dict[str, Any]]) -> list[Finding]:
    """For whom the financing need is likely too low, and for whom the rate is."""
    found = []
    whole = sorted(row["economy"] for row in rows if not by_kind(row["economy"]))
    if whole:
        sentence = (
            f"For {len(whole)} economies bills, floating and indexed debt are not told apart: their gross "
        )
        sentence += "financing need is likely more than what is shown."
        found.append(Finding("warning", "instruments", sentence, ", ".join(whole)))
    low = sorted(row["economy"] for row in rows if rate_told(baseline(row["economy"])))
    if low:
        sentence = (
            f"For {len(low)} economies the rate that is held is below inflation, because interest is net "
        )
        sentence += "of what the state earns on its assets, or on terms that new debt may not get: rate less "
        sentence += "growth and debt are likely too low."
        found.append(Finding("warning", "interest", sentence, ", ".join(low)))
    return found


def _sheet(rows: list[dict[str, Any]], horizon: int, count: int) -> Sheet:
    titles = {row["economy"]: row["title"] for row in rows}
    origins = {row["economy"]: _origin(row["economy"], horizon) for row in rows}
    columns = []
    for key, title in COLUMNS.items():
        values = {row["economy"]: 100 * row.get(key, float("nan")) for row in rows}
        columns.append(column(title, "economy", values, PERCENT, {}, titles))
    error = 100 * 0.5 / np.sqrt(count)
    note = (
        f"Percent of GDP; chances of {count:,} paths have a Monte Carlo error of at most {error:.1f} points. "
    )
    note += (
        "Rates, balance and gap are of the year after the projection; ageing at the horizon, – where none is "
    )
    note += "published. Debt below zero is a financial asset."
    return Sheet("rank", f"Debt in {horizon}", tuple(columns), origins, note)


def _ageing(rows: list[dict[str, Any]]) -> Finding:
    without = sorted(row["economy"] for row in rows if "ageing" not in row)
    if not without:
        return Finding("note", "ageing", "The cost of ageing is counted everywhere.")
    sentence = f"The cost of ageing is counted for {len(rows) - len(without)} economies and left out for "
    sentence += f"{len(without)}, which look better for it."
    return Finding("warning", "ageing", sentence, ", ".join(without))


def _last(row: dict[str, Any]) -> float:
    return float(row["horizon_rising"])


def _origin(code: str, horizon: int) -> Origin:
    """Of a row, which reaches beyond the projection: the worst of its cells."""
    base = baseline(code)
    published = base.followed
    if base.anchored and horizon <= base.last_published:
        return Origin(f"derived: model DEBT on {published.source}", published.vintage, "B")
    after = f"held after {base.last_published}" if base.anchored else "no debt is projected"
    return Origin(f"model DEBT on {published.source}: {after}", published.vintage, "C")


def _row(code: str, horizon: int, paths: int, seed: int, ageing: str | float) -> dict[str, Any]:
    base = baseline(code)
    aged = ageing_of(code, ageing)
    case = aged.borne(case_of(base, horizon, SLOPE), base)
    flat = simulate(aged.borne(case_of(base, horizon), base), 1, [("debt_ratio",)])
    names = ("debt_ratio", "stabilising_gap", "rate_less_growth", "financing_ratio")
    rising = simulate(case, 1, [(name,) for name in names])
    soon = case_of(base, base.opening + 5, SLOPE)
    drawn = stochastic(soon, paths, seed, "normal", ["debt_ratio"])["debt_ratio"]
    year = min(base.anchored + 1, horizon - base.opening)
    return {
        "economy": code,
        "title": economies()[code].title,
        "opening": base.debt,
        "five": float(rising.one("debt_ratio")[5]),
        "horizon_constant": float(flat.one("debt_ratio")[-1]),
        "horizon_rising": float(rising.one("debt_ratio")[-1]),
        "gap": float(rising.one("stabilising_gap")[year]),
        "rate_less_growth": float(rising.one("rate_less_growth")[year]),
        "financing": float(rising.one("financing_ratio")[year]),
        "higher": float((drawn[5] > drawn[0]).mean()),
        **({} if aged.kind == NONE else {"ageing": float(case.series["ageing_cost",][-1])}),
    }
