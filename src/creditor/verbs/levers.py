"""Owns how levers are shown that were moved to reach targets: a table, and their part of a payload."""

from __future__ import annotations

from typing import Any

from creditor.scenario.run import Run
from creditor.terms.answer import Grid
from creditor.verbs.trajectories import plain


def levers_grid(run: Run) -> tuple[Grid, ...]:
    """A table of the levers that a run moved; nothing where it has no targets.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> aim = {"name": "wages", "value": 120.0, "from": 40, "by": ["public_spending"]}
    >>> levers_grid(run_scenario(make_scenario(model="sim", periods=40, target=[aim])))[0].rows
    (('public_spending', '1', '40', '20', '24.0036', '4.00365'),)
    """
    if not run.moved:
        return ()
    when = run.model.calendar.dated
    rows = tuple(
        (m.title, str(when(m.first)), str(when(m.last)), plain(m.before), plain(m.after), plain(m.change))
        for m in run.moved
    )
    numbers = tuple((None, None, None, m.before, m.after, m.change) for m in run.moved)
    heads = ("lever", "from", "to", "before", "after", "change")
    note = "Before and after in the first of the periods."
    return (Grid("levers", "Levers moved to reach the targets", heads, rows, note, numbers),)


def levers_payload(run: Run) -> dict[str, Any]:
    """The levers of a run for JSON; nothing where it has no targets."""
    return {"levers": [moved.as_dict() for moved in run.moved]} if run.moved else {}
