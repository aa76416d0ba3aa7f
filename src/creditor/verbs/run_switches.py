"""Owns the regimes of a run in its answer: verdict, articles, and what they make of a given."""

from __future__ import annotations

from typing import Any

from creditor.scenario.run import Run
from creditor.terms.answer import Grid


def switches_grid(run: Run) -> tuple[Grid, ...]:
    """A table of the regimes that a scenario switches on; nothing where there are none.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> rule = {"regime": "debt_ceiling_us", "given": "allowed_share"}
    >>> rule |= {"facts": {"debt_subject_to_limit": 41500}}
    >>> switches_grid(run_scenario(make_scenario(model="ceiling", periods=2, regime=[rule])))[0].rows[0][:3]
    ('debt_ceiling_us', 'prohibited', '31 U.S.C. 3101(b)')
    """
    rows = tuple(
        (
            one.regime.name,
            one.found.verdict,
            ", ".join(one.found.articles),
            f"{one.given} = {one.share:g}",
            str(one.first),
            "the end" if one.last is None else str(one.last),
            "; ".join([f"leakage {one.leakage:g}", *(["consent granted"] if one.granted else [])]),
        )
        for one in run.scenario.switches()
    )
    heads = ("regime", "verdict", "articles", "in the model", "from", "to", "assumed")
    note = "The regime was asked about the case that the scenario states, not about the numbers of the run."
    return (Grid("regimes", "Regimes as switches", heads, rows, note),) if rows else ()


def switches_payload(run: Run) -> dict[str, Any]:
    """The regimes of a run for JSON; nothing where there are none."""
    found = [one.as_dict() for one in run.scenario.switches()]
    return {"regimes": found} if found else {}
