"""Owns the sentences, the tables and the picture of an effort."""

from __future__ import annotations

from typing import Any

import numpy as np

from creditor.figures.lines import lines
from creditor.sustainability.adjustment import Adjustment
from creditor.sustainability.ageing import Ageing
from creditor.sustainability.baseline import Baseline
from creditor.sustainability.guidance import TRAJECTORY
from creditor.sustainability.packs import packs
from creditor.sustainability.plan import FIRST
from creditor.sustainability.procedure import BINDS, DEBT, MARGIN, PROCEDURE, TESTS, Procedure
from creditor.sustainability.recursion import ratios
from creditor.terms.answer import Grid
from creditor.terms.numbers import ABSENT, format_number
from creditor.terms.table import matrix
from creditor.terms.units import OF_GDP, PERCENT, POINTS
from creditor.verbs.path_story import percent, points

GUIDANCE = "eu2024_prior_guidance"
TITLES = {
    "main": "debt falls for ten years or ends at 60",
    "lower_balance": "debt falls, with a lower balance",
    "adverse_r_g": "debt falls, with adverse rate and growth",
    "financial_stress": "debt falls, under financial stress",
    "all_decline": "debt falls in all tests",
    "all_below": "debt ends at 60 in all tests",
    "below": "debt ends at 60",
    "deficit": "deficit at 3 percent or below",
    "stochastic": "chance of higher debt, or above 60, at most 30 percent",
    "stochastic_decline": "chance of higher debt at most 30 percent",
    "holding": "debt does not rise the year after",
}
RULES = {
    TESTS: "tests of debt and deficit",
    PROCEDURE: "excessive deficit procedure",
    DEBT: "debt sustainability safeguard",
    MARGIN: "deficit resilience safeguard",
}
NAMES = {
    "eu2024": "the European framework of 2024",
    GUIDANCE: "the European framework of 2024 as the Commission reads it",
}


def two(value: float | None) -> str:
    """A share in percent with two digits, without a sign of percent.

    Examples
    --------
    >>> two(0.01234), two(None)
    ('1.23', '–')
    """
    return ABSENT if value is None or value != value else format_number(100 * float(value), POINTS, 2)


def story_of(base: Baseline, plans: Adjustment, criterion: str, found: Procedure) -> str:
    """What is needed, what asks for it, and what the rules add."""
    owned, name = f"{base.title[:1].upper()}{base.title[1:]}", NAMES.get(criterion, criterion)
    if found.total is None or found.outcome is None:
        return f"{owned}: no effort up to 20 points of GDP meets {name}."
    last, years = plans.first_year + plans.years - 1, plans.years
    error = f" (± {two(found.known_within / years)})" if found.known_within > 5e-5 else ""
    span = f"from {plans.first_year} to {last}" if years > 1 else f"in {last}"
    size = two(abs(found.total))
    told = f"{owned}: {name} "
    if criterion in packs() and base.code not in packs()[criterion].economies:
        told = f"{owned}: {name}, which it is not under, "
    told += (
        f"needs a lasting {size} points of GDP" if found.total > 0 else f"leaves room of {size} points of GDP"
    )
    told += (
        f" {span}, {two(abs(found.total) / years)} a year{error}: the structural primary balance goes from "
    )
    told += f"{percent(plans.start)} of GDP to {percent(plans.start + found.total)}; the projection itself "
    told += f"moves it by {points(plans.already)} points."
    if found.binding:
        asks = "What asks for most of the tests" if len(found.efforts) > 1 else "The test"
        told += f" {asks}: {TITLES[found.binding]}."
    else:
        told += " The tests would leave room; a reference trajectory does not fall below what is there."
    return told + _rules(found)


def _rules(found: Procedure) -> str:
    """What the rules of procedure add to the tests."""
    if len(found.rules) == 1:
        return ""
    before, parts = found.rules[0].total or 0.0, []
    for rule in found.rules[1:]:
        if rule.state == BINDS and rule.total is not None:
            change = rule.total - before
            way = "raises" if change > 5e-7 else "lowers" if change < -5e-7 else "moves"
            much = f" to {two(rule.total)}" if way != "moves" else ""
            parts.append(
                f"the {RULES[rule.name]} {way} it{much}"
                if much
                else f"the {RULES[rule.name]} moves its steps"
            )
        before = rule.total or before
    if not parts:
        return " The deficit procedure and the safeguards add nothing."
    return f" Then {', '.join(parts)}."


def grids_of(base: Baseline, plans: Adjustment, criterion: str, found: Procedure) -> tuple[Grid, ...]:
    """Rules in their order, the plan by year, the tests, and what was put in."""
    made = [_sequence(plans, found)] if len(found.rules) > 1 else []
    made += [_steps(plans, found)] if len(found.rules) > 1 and found.steps is not None else []
    if found.steps is not None:
        made.append(_plan(base, plans, found, criterion))
    return (*made, _tests(plans, found), _inputs(plans))


def _sequence(plans: Adjustment, found: Procedure) -> Grid:
    rows, values = [], []
    before: float | None = None
    for rule in found.rules:
        total = rule.total
        added = None if total is None or before is None else round(total - before, 9) + 0.0
        numbers = (total, added, None if total is None else total / plans.years)
        end = None if total is None else plans.start + total
        state = "" if rule.name == TESTS and rule.state == BINDS else rule.state
        rows.append((RULES[rule.name], *(two(number) for number in (*numbers, end)), state or ABSENT))
        values.append((None, *(None if n is None else 100 * n for n in (*numbers, end)), None))
        before = total
    heads = ("rule, in this order", "effort after it", "adds", "a year", "balance at the end", "what it does")
    note = "Percent of GDP, grade C. Effort: lasting change of the structural primary balance. "
    if found.told:
        note += f"{found.told[:1].upper()}{found.told[1:]}. "
        note += "A constant step, rounded up to 0.01; minimum steps on top."
    else:
        note += (
            "A floor above the planned step is paid for by smaller later steps, and the test that binds is "
        )
        note += "solved again with it."
    return Grid("rules", "What each rule asks", heads, tuple(rows), note, tuple(values))


def _steps(plans: Adjustment, found: Procedure) -> Grid:
    """The plan after each rule, year by year."""
    known = [(rule.name, rule.steps) for rule in found.rules if rule.steps is not None]
    years = [str(plans.first_year + place) for place in range(plans.years)]
    rows = tuple((RULES[name], *(two(step) for step in steps)) for name, steps in known)
    values = tuple((None, *(100 * step for step in steps)) for _, steps in known)
    note = "Percent of GDP, grade C: steps of the structural primary balance in the plan after each rule."
    return Grid("steps", "Steps after each rule", ("after this rule", *years), rows, note, values)


COLUMNS = {
    "step": "step",
    "floor": "procedure asks",
    "resilience": "resilience asks",
    "structural_primary_balance": "structural primary",
    "structural_balance": "structural",
    "balance": "balance",
    "debt": "debt",
    "net_expenditure_growth": "net spending grows",
}


def plan_rows(base: Baseline, plans: Adjustment, found: Procedure) -> list[dict[str, Any]]:
    """The plan by year as shares, from the year before the adjustment to ten years after; absent is left out.

    Net spending grows by nominal growth less the step over spending without interest.
    """
    out = found.outcome
    if out is None or found.steps is None:
        return []
    rows: list[dict[str, Any]] = []
    for place in range(len(out.debt)):
        row: dict[str, Any] = {"year": base.opening + FIRST - 1 + place}
        if 1 <= place <= plans.years:
            step = float(found.steps[place - 1])
            asked = (("floor", found.floors[place - 1]), ("resilience", found.resilience[place - 1]))
            row |= {"step": step, **{name: float(value) for name, value in asked if np.isfinite(value)}}
        parts = (out.primary, out.structural, out.balance, out.debt)
        names = ("structural_primary_balance", "structural_balance", "balance", "debt")
        row |= {name: float(values[place, 0]) for name, values in zip(names, parts, strict=True)}
        spending = plans.structure.expenditure
        if "step" in row and spending:
            row["net_expenditure_growth"] = float(out.growth[place, 0]) - row["step"] / spending
        rows.append(row)
    return rows


def _plan(base: Baseline, plans: Adjustment, found: Procedure, criterion: str) -> Grid:
    records = plan_rows(base, plans, found)
    shown = [name for name in COLUMNS if any(name in record for record in records)]
    rows = tuple((str(r["year"]), *(_cell(name, r.get(name)) for name in shown)) for r in records)
    values = tuple(
        (float(r["year"]), *(None if r.get(name) is None else 100 * r[name] for name in shown))
        for r in records
    )
    note = "Percent of GDP, end of year, grade C; net spending in percent a year"
    note += (
        ": nominal growth less the step over spending without interest. "
        if plans.structure.expenditure
        else ". "
    )
    note += "Multiplier 0.75, fading over three years; the balance has the structural one and "
    note += f"{plans.structure.elasticity:g} of the output gap."
    if plans.structure.expenditure is None:
        note += " Spending without interest is not in the figures: its growth is left out."
    return Grid("plan", "Year by year", ("year", *(COLUMNS[name] for name in shown)), rows, note, values)


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return ABSENT
    return format_number(
        100 * value, POINTS, 1 if name in ("balance", "debt", "net_expenditure_growth") else 2
    )


def _tests(plans: Adjustment, found: Procedure) -> Grid:
    rows, values = [], []
    for e in found.efforts:
        end = None if e.total is None else plans.start + e.total
        numbers = (e.total, None if e.total is None else e.total / plans.years, end, e.error)
        within = "<0.01" if e.error < 5e-5 else two(e.error)
        texts = [two(number) for number in numbers[:3]]
        rows.append((TITLES[e.test], *texts, within, "yes" if e.test == found.binding else ABSENT))
        values.append((None, *(None if n is None else 100 * n for n in numbers), None))
    note = "Percent of GDP, in equal steps, grade C; negative is room."
    if found.told == TRAJECTORY:
        note += " Falls in all tests and by chance, or ends at 60 in all: whichever asks for less; and "
        note += "the deficit."
    heads = ("test", "effort in all", "a year", "balance at the end", "known within", "binds")
    return Grid("tests", "Least effort for each test", heads, tuple(rows), note, tuple(values))


READ = "; read in "
INPUTS = {
    "semi_elasticity": "semi-elasticity of the balance, per point of the output gap",
    "output_gap": "output gap",
    "primary_expenditure": "spending without interest",
    "excessive_deficit_procedure": "excessive deficit procedure",
    "structural_primary_balance": "structural primary balance, as the Commission has it",
}


def _inputs(plans: Adjustment) -> Grid:
    found, before = plans.structure, plans.first_year - 1
    values = {
        "semi_elasticity": f"{found.elasticity:g}",
        "output_gap": f"{two(found.gaps.get(before))} in {before}",
        "primary_expenditure": two(found.expenditure),
        "excessive_deficit_procedure": "open" if found.in_procedure else "none",
        "structural_primary_balance": f"{two(found.official.get(before))} in {before}",
    }
    rows = [
        (INPUTS[name], values[name], origin.grade, origin.vintage or ABSENT, origin.source.split(READ)[0])
        for name, origin in found.origins.items()
        if name in INPUTS
    ]
    source = "derived: primary balance of the projection less semi-elasticity times output gap"
    grade = "B" if found.gaps else "C"
    rows.insert(0, (f"structural primary balance in {before}", two(plans.start), grade, ABSENT, source))
    heads = ("input", "percent of GDP", "grade", "vintage", "source")
    through = {o.source.split(READ)[1] for o in found.origins.values() if READ in o.source}
    note = f"Read in {'; '.join(sorted(through))}." if through else ""
    return Grid("inputs", "What the structural balance rests on", heads, tuple(rows), note)


def figure_of(
    base: Baseline, plans: Adjustment, found: Procedure, aged: Ageing
) -> tuple[dict[str, Any], ...]:
    """Debt under the plan, without an effort, and in the projection; all with the cost of ageing."""
    if found.steps is None or found.outcome is None:
        return ()
    years = [str(base.opening + FIRST - 1 + place) for place in range(len(found.outcome.debt))]
    nothing = plans.project(np.zeros((plans.years, 1))).debt[:, 0]
    projected = ratios(aged.borne(plans.case, base)).debt[FIRST - 1 :, 0]
    series = {
        "with the effort": found.outcome.debt[:, 0],
        "structural balance held": nothing,
        "projection, then held": projected,
    }
    cells = {(y, name): 100 * float(v[i]) for name, v in series.items() for i, y in enumerate(years)}
    table = matrix("debt", ("year", "path"), years, list(series), cells, OF_GDP)
    ends = f"{format_number(100 * float(found.outcome.debt[-1, 0]), PERCENT)} of GDP in {years[-1]}"
    return (lines(f"Debt of {base.title}", f"With the effort debt is {ends}.", "model DEBT", table),)
