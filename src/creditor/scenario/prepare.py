"""Owns the model of a scenario: labels from the scenario, and the published figures that bind to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from creditor.equations.load import find_model, load_model
from creditor.equations.model import Model
from creditor.scenario.scenario import Scenario
from creditor.terms.finding import Finding

if TYPE_CHECKING:
    from creditor.opening.bound import Bound


@dataclass(frozen=True)
class Prepared:
    """A model with its figures.

    Parameters
    ----------
    model : Model
        Its givens and starts are the published figures where they are bound.
    bound : Bound or None
        None where the model has no bindings.
    findings : tuple of Finding
        Fills and numbers of the text, statements that were dropped, fields without effect.
    """

    model: Model
    bound: Bound | None
    findings: tuple[Finding, ...] = ()


def prepare(scenario: Scenario) -> Prepared:
    """Load the model of a scenario with its labels and figures.

    Parameters
    ----------
    scenario : Scenario

    Raises
    ------
    InputError
        Of the text, of its bindings, or of the files of an economy; S704 where labels are missing.

    Examples
    --------
    >>> from creditor.scenario.scenario import make_scenario
    >>> prepared = prepare(make_scenario(model="us_debt"))
    >>> prepared.bound.economies, round(prepared.model.givens[prepared.model.slot("policy_rate")], 4)
    (('USA',), 0.0422)
    """
    path = find_model(scenario.model)
    beside, labels = path.with_suffix(".bindings.toml"), scenario.economies
    if not beside.is_file():
        model = load_model(scenario.model, labels)
        return Prepared(model, None, (*_dropped(model), *_idle(model, scenario), *_switched(scenario)))
    from creditor.opening.bindings import read_bindings
    from creditor.opening.bound import bind

    bindings = read_bindings(beside)
    labels = labels or ((bindings.economy,) if bindings.economy else ())
    model = load_model(scenario.model, labels)
    bound = bind(model, bindings, labels, scenario.as_of, scenario.known_at)
    model = load_model(scenario.model, labels, bound.givens)
    model.starts |= {model.slot_of[cell]: number for cell, number in bound.numbers("start").items()}
    return Prepared(model, bound, (*_dropped(model), *bound.findings, *_switched(scenario)))


def _switched(scenario: Scenario) -> list[Finding]:
    """One note for each regime that the scenario switches on."""
    return [Finding("note", f"regime {one.given}", one.sentence) for one in scenario.switches()]


def _dropped(model: Model) -> list[Finding]:
    """One note for each line that is about economies which are not in the scenario."""
    found: dict[str, Finding] = {}
    for dropped in model.draft.dropped:
        labels = ", ".join(dropped.labels)
        told = f"{dropped.what} is left out: {labels} is not in the scenario."
        finding = Finding("note", str(dropped.place), told[0].upper() + told[1:])
        found.setdefault(f"{dropped.place} {labels}", finding)
    return list(found.values())


def _idle(model: Model, scenario: Scenario) -> list[Finding]:
    """A warning where economies or dates are given to a model that has no use for them."""
    given = [name for name in ("economies", "as_of", "known_at") if getattr(scenario, name)]
    idle = [name for name in given if name != "economies" or not model.draft.dims.open]
    if not idle:
        return []
    sentence = f"The scenario gives {' and '.join(idle)}; the model reads no figures and takes no labels."
    mend = f"write {model.name}.bindings.toml beside the text, or leave it out"
    return [Finding("warning", "scenario", sentence, mend=mend)]
