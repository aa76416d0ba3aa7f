"""A payoff of the whole debt: solved with books and market held, or refused by name; never silently wrong."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.errors import NoSolutionError
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario

COUNTRY = str(Path(__file__).parent / "data" / "country.model")
PLANS = [0.0, -0.02, -0.035, -0.06, -0.1]  # primary deficit as a share of output; the baseline is 0.026
KINDS = ("household_money", "bank_money", "pension_money", "fund_money", "official_money", "foreign_money")


@lru_cache
def payoff(plan: float, periods: int) -> Run | NoSolutionError:
    change = {"name": "primary_deficit_plan", "value": plan, "from": 2}
    try:
        return run_scenario(make_scenario(model=COUNTRY, periods=periods, set=[change]))
    except NoSolutionError as error:
        return error


def refusal(error: NoSolutionError) -> int:
    """The period that a refusal names, with the market that does not clear."""
    (trouble,) = error.troubles
    assert trouble.code == "E621" and re.fullmatch(r"country\.model:\d+", trouble.where)
    found = re.match(r"period (\d+), path 0: the market that yield clears", trouble.what)
    assert found, trouble.what
    assert "yield = " in trouble.why and "demand[" in trouble.why
    return int(found[1])


def market_gap(run: Run) -> float:
    """Demand less supply over supply, from the numbers of the run, by the text of section 4."""
    series = {name: run.result.series(name)[1:, 0] for name in ("old_bonds", "bond_price", "bond_issue")}
    demand = sum(run.result.series("demand", kind)[1:, 0] for kind in KINDS)
    bought = run.result.series("central_bank_purchases")[1:, 0]
    added = run.result.series("add_bonds")[1:, 0]
    supply = series["old_bonds"] * series["bond_price"] + series["bond_issue"] - bought + added
    size = np.maximum(np.abs(supply), np.abs(series["old_bonds"] * series["bond_price"]))
    return float((np.abs(demand - supply) / size).max())


def test_the_baseline_of_120_quarters_is_certified() -> None:
    run = run_scenario(make_scenario(model=COUNTRY, periods=120))
    certificate = run.result.certificate
    assert certificate.residual <= 1e-10 and certificate.books <= 1e-9
    assert market_gap(run) <= 1e-10
    ratio = run.result.series("debt_ratio")[:, 0]
    assert 0.9 < ratio[1] < 1.1 < ratio[120] < 3


@pytest.mark.parametrize("name", ["country", "three_economies"])
def test_the_models_of_the_library_run_120_quarters_with_a_certificate(name: str) -> None:
    certificate = run_scenario(make_scenario(model=name, periods=120)).result.certificate
    assert certificate.residual <= 1e-10 and certificate.books <= 1e-9


@pytest.mark.parametrize("periods", [60, 120])
@pytest.mark.parametrize("plan", PLANS)
def test_a_payoff_is_solved_with_a_certificate_or_refused_by_name(plan: float, periods: int) -> None:
    found = payoff(plan, periods)
    if isinstance(found, NoSolutionError):
        assert refusal(found) <= periods
        return
    certificate = found.result.certificate
    assert certificate.residual <= 1e-10 and certificate.books <= 1e-9
    assert market_gap(found) <= 1e-9
    assert (found.result.series("bond_price")[1:] > 0).all()
    ratio = found.result.series("debt_ratio")[:, 0]
    assert ratio[-1] < ratio[1]


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan < 0])
def test_debt_is_run_down_within_60_quarters_or_until_the_refusal(plan: float) -> None:
    found = payoff(plan, 60)
    last = 60 if isinstance(found, Run) else refusal(found) - 1
    run = payoff(plan, last)
    assert isinstance(run, Run), "the period before the one that is refused is solved"
    ratio = run.result.series("debt_ratio")[1:, 0]
    assert (np.diff(ratio[8:]) < 0).all() and ratio[-1] < 0.7 * ratio[0]


@pytest.mark.parametrize("plan", PLANS)
def test_claims_that_run_out_on_the_way_are_named(plan: float) -> None:
    found = payoff(plan, 60)
    run = found if isinstance(found, Run) else payoff(plan, refusal(found) - 1)
    assert isinstance(run, Run)
    claims = [cell.slot for cell in run.model.claims]
    below = {slot for slot in claims if (run.result.values[slot, 1:] < -1e-6).any()}
    named = {finding.place for finding in run.findings}
    settled = {run.model.title(slot) for slot in below & set(run.model.settled)}
    decided = {str(run.model.equations[slot].place) for slot in below - set(run.model.settled)}
    assert settled | decided == named
    assert named or not below


def test_some_payoff_is_solved_and_some_is_refused() -> None:
    kinds = {isinstance(payoff(plan, 120), NoSolutionError) for plan in PLANS}
    assert kinds == {True, False}


def test_no_yield_clears_where_a_payoff_is_refused() -> None:
    """More would be bought back than private hands have: supply is below zero at any price, demand is not."""
    error = payoff(-0.02, 120)
    assert isinstance(error, NoSolutionError)
    run = payoff(-0.02, refusal(error) - 1)
    assert isinstance(run, Run)
    last = {
        name: float(run.result.series(name)[-1, 0])
        for name in ("units", "bond_issue", "central_bank_purchases", "decay", "bond_price")
    }
    held = float(run.result.series("bonds", "central_bank")[-1, 0])
    old = (1 - last["decay"]) * (last["units"] - held)
    assert all(float(run.result.series("base", kind)[-1, 0]) > 0 for kind in KINDS)
    for price in (0.1, 1.0, last["bond_price"], 100.0):
        assert old * price + last["bond_issue"] - last["central_bank_purchases"] < -0.4
