"""Owns the verb effort: what a debt path needs to meet a criterion, or all rules of the European Union."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from creditor.errors import InputError, Troubles
from creditor.sustainability.adjustment import Adjustment, adjustment
from creditor.sustainability.ageing import PUBLISHED, Ageing, told
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import Baseline, baseline
from creditor.sustainability.effort import HIGHEST, efforts, named
from creditor.sustainability.guidance import guidance
from creditor.sustainability.history import GENERAL
from creditor.sustainability.packs import packs
from creditor.sustainability.path import simulate
from creditor.sustainability.plan import FIRST, equal_steps
from creditor.sustainability.procedure import BINDS, TESTS, UNMET, Procedure, Rule, procedure
from creditor.sustainability.shocks import faults
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.vocabulary import word
from creditor.verbs.effort_sheets import GUIDANCE, figure_of, grids_of, plan_rows, story_of
from creditor.verbs.path_found import standard_error
from creditor.verbs.path_story import below_growth, chance

PATHS = 2000
FRAMEWORK = "eu2024"


@dataclass(frozen=True)
class Asked:
    """What an effort is told from."""

    base: Baseline
    plans: Adjustment
    criterion: str
    found: Procedure
    aged: Ageing


def effort(
    economy: str,
    criterion: str = FRAMEWORK,
    years: int = 4,
    paths: int = PATHS,
    seed: int = 1,
    perimeter: str = GENERAL,
    ageing: str = PUBLISHED,
) -> Answer:
    """Say the least lasting effort with which a debt path meets a criterion.

    An effort is a change of the structural primary balance from the year before the adjustment to its end, in
    place of what the projection has.

    Parameters
    ----------
    economy : str
    criterion : str
        A key of `creditor.sustainability.effort.CRITERIA`, or `bruegel_2024` or `commission_2024`. ``eu2024``
        and ``eu2024_prior_guidance`` are whole frameworks: tests, deficit procedure and both safeguards.
    years : int
        Of the adjustment, 1 to 10.
    paths, seed : int
        For tests of a chance; all candidates share the draws.
    perimeter : str
    ageing : str
        ``published`` counts the cost of ageing where there is a published one, from the end of the adjustment
        for ten years; ``none`` leaves it out.

    Returns
    -------
    Answer
        Payload: economy, criterion, years, first_year, start (structural primary balance of the year before),
        already (what the projection moves it by), efforts (test, total, error, monotone, runs), rules (rule,
        total, steps by year, state) in the order in which they are applied, total, yearly_step, binding, plan
        (year, step, floor, resilience, structural_primary_balance, structural_balance, balance, debt,
        net_expenditure_growth), chances (that debt is higher five years after: method, own), inputs, reading
        (of the Commission), findings, story.

    Raises
    ------
    InputError
        U501 for a criterion, number of years or paths that cannot be.

    Examples
    --------
    >>> effort("ITA", "debt").payload["binding"]["test"]
    'adverse_r_g'
    """
    troubles = Troubles()
    code = troubles.attempt(lambda: word("economies", economy, "economy").name)
    base = troubles.attempt(lambda: baseline(code, perimeter)) if code else None
    name = troubles.attempt(lambda: checked(criterion, years, paths))
    aged = troubles.attempt(lambda: ageing_of(code, ageing)) if code else None
    troubles.raise_if_any(InputError)
    assert base is not None and name is not None and aged is not None
    criterion = name
    plans = adjustment(base, years, paths, seed, aged)
    return _answer(Asked(base, plans, criterion, solved(plans, criterion), aged))


def checked(criterion: str, years: int, paths: int) -> str:
    """The criterion behind a name, or all troubles at once."""
    troubles = Troubles()
    if not 1 <= years <= 10:
        troubles.add("U501", "--years", f"{years}", "", "use 1 to 10")
    troubles.items += faults(paths)
    try:
        criterion = named(criterion)
    except InputError as wrong:
        troubles.items += wrong.troubles
    troubles.raise_if_any()
    return criterion


def solved(plans: Adjustment, criterion: str) -> Procedure:
    """The plan that meets a criterion: the whole sequence of a framework, or equal steps to what binds."""
    if criterion == FRAMEWORK:
        return procedure(plans)
    if criterion == GUIDANCE:
        return guidance(plans)
    found, nothing = tuple(efforts(plans, criterion)), np.full(plans.years, np.nan)
    known = [e for e in found if e.total is not None]
    if len(known) < len(found):
        return Procedure(found, "", (Rule(TESTS, None, UNMET),), None, nothing, nothing, None, HIGHEST)
    most = max(known, key=lambda e: e.total or 0.0)
    steps = equal_steps(np.array([most.total or 0.0]), plans.years)
    rules = (Rule(TESTS, tuple(steps[:, 0].tolist()), BINDS),)
    return Procedure(found, most.test, rules, steps[:, 0], nothing, nothing, plans.project(steps), most.error)


def _answer(asked: Asked) -> Answer:
    base, plans, found = asked.base, asked.plans, asked.found
    run = simulate(plans.case, 1, [("rate_less_growth",)])
    last, chances = base.opening + plans.case.periods, higher(plans, found)
    findings = [*base.findings, *told(base, asked.aged, last), *plans.structure.findings, *_doubts(asked)]
    findings += [*_fans(chances, plans.paths), *below_growth(base.opening, run)]
    story = story_of(base, plans, asked.criterion, found)
    total = found.total
    payload: dict[str, Any] = {
        "economy": base.code,
        "criterion": asked.criterion,
        "years": plans.years,
        "first_year": plans.first_year,
        "start": plans.start,
        "already": plans.already,
        "efforts": _records(found),
        "rules": [_rule(rule) for rule in found.rules],
        **({} if total is None else {"total": total, "yearly_step": total / plans.years}),
        "binding": next((r for r in _records(found) if r["test"] == found.binding), {}),
        "plan": plan_rows(base, plans, found),
        **({"chances": chances} if chances else {}),
        **({"reading": found.told} if found.told else {}),
        "inputs": {name: origin.as_dict() for name, origin in plans.structure.origins.items()},
        "unit": "share of GDP",
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    provenance = Provenance(newest(base, plans, asked.aged), base.digest, seed=plans.seed)
    payload["provenance"] = provenance.as_dict()
    return Answer(
        story,
        (),
        figure_of(base, plans, found, asked.aged),
        tuple(findings),
        payload,
        provenance,
        certificate(plans, found),
        title=f"Effort of {base.title}",
        grids=grids_of(base, plans, asked.criterion, found),
    )


def newest(base: Baseline, plans: Adjustment, aged: Ageing) -> str:
    """The newest vintage among the projection, the cost of ageing and what the structural balance rests on.

    Examples
    --------
    >>> from creditor.sustainability.ageing import ageing
    >>> base = baseline("FRA")
    >>> newest(base, adjustment(base, 4, 2, 1), ageing("FRA"))
    '2025-05'
    """
    structural = [origin.vintage for origin in plans.structure.origins.values()]
    return max(aged.newest(base.followed.vintage), *structural)


def certificate(plans: Adjustment, found: Procedure) -> dict[str, float]:
    """The plan run once more by debt.model: the largest difference of debt, as a share of GDP.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> plans = adjustment(baseline("ITA"), 4, 50, 1)
    >>> certificate(plans, solved(plans, "debt"))["model"] < 1e-12
    True
    """
    if found.steps is None or found.outcome is None:
        return {}
    case, _ = plans.planned(found.steps[:, None])
    run = simulate(case, 1, [("debt_ratio",)])
    gap = run["debt_ratio"][FIRST - 1 :, 0] - found.outcome.debt[:, 0]
    return {"model": float(np.abs(gap).max())}


def higher(plans: Adjustment, found: Procedure) -> dict[str, float]:
    """Chance under a plan that debt is higher five years after: by the method's shocks, and by our own.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> plans = adjustment(baseline("FRA"), 4, 400, 1)
    >>> found = higher(plans, solved(plans, "stochastic"))
    >>> found["method"] <= 0.3 < found["own"]
    True
    """
    if found.steps is None:
        return {}
    steps = found.steps[:, None]
    return {"method": float(plans.chances(steps)[0][0]), "own": float(plans.own_chances(steps)[0][0])}


def _fans(chances: dict[str, float], paths: int) -> list[Finding]:
    if not chances:
        return []
    texts = {name: chance((value, standard_error(value, paths))) for name, value in chances.items()}
    sentence = (
        f"Under the plan debt is higher five years after with a chance of {texts['method']} by shocks as the "
    )
    sentence += (
        f"method has them, independent from year to year, and of {texts['own']} by those of debt paths, "
    )
    sentence += "which are carried over and have stock-flow."
    return [Finding("note", "chance", sentence)]


def _records(found: Procedure) -> list[dict[str, Any]]:
    return [
        {"test": e.test, "error": e.error, "monotone": e.monotone, "runs": e.runs}
        | ({"total": e.total} if e.total is not None else {})
        for e in found.efforts
    ]


def _rule(rule: Rule) -> dict[str, Any]:
    known = {} if rule.steps is None else {"total": rule.total, "steps": list(rule.steps)}
    return {"rule": rule.name, "state": rule.state, **known}


def _doubts(asked: Asked) -> list[Finding]:
    found = asked.found
    doubts: list[Finding] = []
    if any(not e.monotone for e in found.efforts):
        tests = ", ".join(e.test for e in found.efforts if not e.monotone)
        sentence = "A larger effort fails where a smaller one passes; what is given is above all that fail."
        doubts.append(Finding("warning", tests, sentence))
    if asked.criterion in (FRAMEWORK, GUIDANCE) and asked.base.code not in packs()[FRAMEWORK].economies:
        title = f"{asked.base.title[:1].upper()}{asked.base.title[1:]}"
        sentence = f"{title} is not under these rules; they are applied all the same."
        doubts.append(Finding("note", asked.criterion, sentence))
    if asked.criterion in (FRAMEWORK, GUIDANCE):
        sentence = (
            "One-off measures are not taken out of the balance, and the adjustment begins a year later than "
        )
        sentence += "the plans of 2024: what the rules would ask from this projection, not what was agreed."
        doubts.append(Finding("note", "criterion", sentence))
    return doubts
