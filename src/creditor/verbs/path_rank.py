"""Owns the verb path_rank: the debt paths of all economies, ranked."""

from __future__ import annotations

from typing import Any

import numpy as np

from creditor.sustainability.ageing import NONE, PUBLISHED
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import baseline
from creditor.sustainability.history import OPENING, VINTAGE, economies_with_path
from creditor.sustainability.path import SLOPE, case_of, simulate, stochastic
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import column
from creditor.terms.units import PERCENT
from creditor.terms.vocabulary import economies

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
        Payload: horizon, economies (economy, title, and a share of GDP for each column; ageing only where it
        is counted), findings, story.

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
    finding = _ageing(rows)
    payload: dict[str, Any] = {
        "horizon": horizon,
        "economies": rows,
        "findings": [finding.as_dict()],
        "story": story,
    }
    newest = max(ageing_of(row["economy"], ageing).newest(VINTAGE) for row in rows)
    provenance = Provenance(newest, seed=seed)
    payload["provenance"] = provenance.as_dict()
    return Answer(
        story, (sheet,), (), (finding,), payload, provenance, title=f"Debt paths of {len(rows)} economies"
    )


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
