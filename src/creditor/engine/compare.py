"""Owns the comparison of two solutions: what a difference is measured by, and switches that went apart."""

from __future__ import annotations

import math
from collections.abc import Mapping

from creditor.engine.reference import uncancelled
from creditor.engine.switches import choices
from creditor.equations.evaluate import scalar
from creditor.equations.model import Model
from creditor.equations.order import order

State = Mapping[int, float]  # slot to value


def sizes(model: Model, now: State, before: State) -> dict[int, float]:
    """What the value of each equation is made of, whatever cancels in it.

    A difference of two large numbers, such as what one country pays another on balance, is known no better
    than they are: its size is theirs. Sizes are followed through the equations in the order of solution, so
    that what reads a difference inherits its size; inside a simultaneous block values stand as they are.

    Parameters
    ----------
    model : Model
    now, before : mapping of slot to number
        Values of a period and of the one before.

    Returns
    -------
    dict of slot to float
        At least the size of the value itself.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> model = elaborate(draft(parse("given a = 5, b = 5 let gap = a - b let twice = 2 * gap")))
    >>> found = sizes(model, dict.fromkeys(range(4), 0.0) | dict.fromkeys(model.givens, 5.0), {})
    >>> [found[model.slot(name)] for name in ("gap", "twice")]
    [10.0, 20.0]
    """
    found: dict[int, float] = {}

    def read(slot: int, lag: int) -> float | None:
        return before.get(slot) if lag else found.get(slot, now.get(slot))

    for step in order(model):
        slots = (*step.slots, *step.tears)
        found.update(
            {slot: max(uncancelled(model.equations[slot].tree, read), abs(now[slot])) for slot in slots}
        )
    return found


def largest_difference(model: Model, one: State, other: State, before: State) -> tuple[float, str]:
    """The largest difference of two solutions of a period from the same state, over its size; and where.

    Where the size is nothing, the difference counts as it stands.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> state = dict.fromkeys(range(len(model.slots)), 1.0)
    >>> largest_difference(model, state, {**state, model.slot("taxes"): 1.5}, state)
    (0.5, 'taxes')
    """
    measured = sizes(model, one, before)
    worst, where = 0.0, ""
    for slot, size in measured.items():
        gap = abs(one[slot] - other[slot])
        share = gap / size if gap and size else gap
        if not share <= worst:
            worst, where = share, model.title(slot)
    return worst, where


def switched(model: Model, one: State, other: State, before_one: State, before_other: State) -> list[str]:
    """Equations with a switch that goes one way in one solution of a period and another way in the other.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> model = elaborate(draft(parse("given a = 1 let b = if(a > 1, 5, 6)")))
    >>> switched(model, {0: 1.0, 1: 6.0}, {0: 1.0000001, 1: 5.0}, {}, {})
    ['b']
    """
    slots = list(model.equations)
    first = choices(model, slots, lambda s, lag: (before_one if lag else one).get(s))
    second = choices(model, slots, lambda s, lag: (before_other if lag else other).get(s))
    return list(dict.fromkeys(model.title(key[0]) for key in first if first[key] != second[key]))


def residuals(model: Model, now: State, before: State) -> tuple[float, str]:
    """The largest residual of any equation, over what the equation is made of; and where it is.

    Parameters
    ----------
    model : Model
    now, before : mapping of slot to number
        The same twice for a state that is to repeat itself.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> state = dict.fromkeys(range(len(model.slots)), 0.0) | model.givens
    >>> residuals(model, state, state)
    (1.0, 'consumption')
    """
    measured = sizes(model, now, before)
    worst, where = 0.0, ""
    for slot, equation in model.equations.items():
        value = scalar(equation.tree, lambda s, lag: (before if lag else now).get(s))
        gap = abs((math.nan if value is None else value) - (0.0 if equation.kind == "find" else now[slot]))
        share = gap / measured[slot] if gap and measured[slot] else gap
        if not share <= worst:
            worst, where = share, model.title(slot)
    return worst, where
