"""Owns the layout of several scenarios of one model: resolved together, as variants of one program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from creditor.engine.run import LARGEST, size_of, too_large
from creditor.equations.model import Model
from creditor.errors import Troubles
from creditor.scenario.dated import in_numbers
from creditor.scenario.givens import resolve_givens, resolve_starts
from creditor.scenario.policy import read_policies
from creditor.scenario.prepare import Prepared, prepare
from creditor.scenario.scenario import Scenario
from creditor.scenario.targets import Moved, with_policy
from creditor.scenario.variants import Variant


@dataclass(frozen=True)
class Layout:
    """Scenarios of one model as variants of one program.

    Parameters
    ----------
    prepared : Prepared
        With the model as it is run: slots for the add-factors and fixes of all scenarios.
    plain : Model
        The model without them; its slots have the same numbers.
    variants : list of Variant
    moved : list of tuple of Moved
        Levers that were moved for the targets of each.
    """

    prepared: Prepared
    plain: Model
    variants: list[Variant]
    moved: list[tuple[Moved, ...]]


def lay_out(scenarios: Sequence[Scenario]) -> Layout:
    """Resolve several scenarios of one model together.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Of one model, one horizon, one number of paths and one set of figures.

    Raises
    ------
    InputError
        S702 where they differ in one of these; faults of any of them, all at once.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> spend = {"name": "public_spending", "value": 25.0}
    >>> laid = lay_out([make_scenario(model="sim"), make_scenario(model="sim", set=[spend])])
    >>> [len(variant.givens) for variant in laid.variants]
    [0, 1]
    """
    troubles, first = Troubles(), scenarios[0]
    for name in ("model", "economies", "as_of", "known_at", "periods", "paths"):
        said = list(dict.fromkeys(getattr(scenario, name) for scenario in scenarios))
        if len(said) > 1:
            what = f"{name} is {' against '.join(repr(one) for one in said[:2])}"
            troubles.add("S702", "compare", what, "the scenarios must agree on it", "give both the same")
    size = size_of(1, first.periods, first.paths, max(scenario.drawn for scenario in scenarios))
    if size > LARGEST:
        troubles.items.append(too_large(size, first.periods, first.paths, "scenario"))
    troubles.raise_if_any()
    prepared = prepare(first)
    model = prepared.model
    numbered = [in_numbers(scenario, model.calendar, Troubles()) for scenario in scenarios]
    policies = read_policies(model, numbered, troubles)
    paths = range(first.paths)
    givens = [resolve_givens(model, scenario, troubles, paths) for scenario in scenarios]
    starts = [resolve_starts(model, scenario, troubles) for scenario in scenarios]
    troubles.raise_if_any()
    variants, moved = [], []
    for policy, own, opens, scenario in zip(policies, givens, starts, scenarios, strict=True):
        made, levers = with_policy(policy, own, opens, scenario)
        variants.append(Variant(made(), opens))
        moved.append(levers)
    notes = dict.fromkeys(note for policy in policies for note in policy.notes)
    prepared = replace(prepared, model=policies[0].model, findings=(*prepared.findings, *notes))
    return Layout(prepared, model, variants, moved)
