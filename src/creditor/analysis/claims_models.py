"""Owns what a computation asks of a model: a value, an effect of a change, the balance of the books."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from creditor.analysis.claims_quantity import Quantity, number
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario

LONG = 10  # periods, where none are named


@functools.lru_cache(maxsize=32)
def _run(model: str, periods: int, changes: tuple[tuple[str, float], ...]) -> Run:
    fields: dict[str, Any] = {"model": model, "periods": periods}
    if model == "us_debt":
        fields["economies"] = ["USA"]
    if changes:
        fields["set"] = [{"name": name, "value": value} for name, value in changes]
    return run_scenario(make_scenario(**fields))


def value(model: str, variable: str, period: Quantity, changed: str = "") -> Quantity:
    """A variable of a model at a period, with givens changed as in ``"growth=0.02"``.

    Examples
    --------
    >>> round(value("sim", "money", number(60)).value)
    80
    """
    count = int(period.spans[0][0])
    changes = []
    for pair in filter(None, (part.strip() for part in changed.split(";"))):
        name, _, text = pair.partition("=")
        changes.append((name.strip(), float(text)))
    run = _run(model, max(count, LONG), tuple(changes))
    name, _, labels = variable.partition("[")
    cell = tuple(label.strip() for label in labels.rstrip("]").split(",")) if labels else ()
    return number(repr(float(run.result.series(name, *cell)[count, 0])))


def effect(model: str, variable: str, period: Quantity, changed: str) -> Quantity:
    """Change of a variable where givens take other values.

    Examples
    --------
    >>> effect("sim", "money", number(10), "tax_rate=0.3").value < 0
    True
    """
    with_it, without = value(model, variable, period, changed), value(model, variable, period)
    return number(repr(float(with_it.spans[0][0]) - float(without.spans[0][0])))


def books(model: str) -> Quantity:
    """Largest gap of any budget of a run over the sector's largest payment.

    Examples
    --------
    >>> books("sim").value < 1e-9
    True
    """
    return number(repr(float(_run(model, LONG, ()).result.certificate.books)))


FUNCTIONS: dict[str, Callable[..., Quantity | bool]] = {"value": value, "effect": effect, "books": books}
