"""The rules of procedure: each rule by hand on the path, and the printed targets of 2024 by our own sequence."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.plan import Outcome
from creditor.sustainability.procedure import RULES, deficit_floors, fall, procedure, resilient, with_floors

VERIFY = Path(__file__).parents[2] / "verify"
sys.path[:0] = [str(VERIFY), str(VERIFY / "debt")]

import commission  # noqa: E402
import debt_targets  # noqa: E402
import own_rules  # noqa: E402


@pytest.fixture(scope="module")
def france():
    return adjustment(baseline("FRA"), 7, 300, 1)


PRINTED = [("BEL", 7), ("CYP", 4), ("DEU", 7), ("EST", 4), ("FRA", 7), ("ITA", 7), ("PRT", 4), ("SVK", 7)]


@pytest.mark.parametrize(("code", "years"), PRINTED)
def test_our_rules_on_the_inputs_of_the_replication_give_what_is_printed(code, years):
    """Ours are solved exactly; the printed ones lie on a grid of 0.001 for each step that is raised."""
    found = own_rules.columns(commission.load(code), years, 2000)
    assert not found["stochastic_binds"]
    for name in ("edp", "deficit_resilience", "binding"):
        text = debt_targets.published()[code, years][name]
        assert (found[name] is None) == (not text), name
        if text:
            assert found[name] == pytest.approx(float(text), abs=1.3e-3), name


def test_floors_while_the_deficit_is_excessive(france):
    """Half a point of the primary balance to 2027, of the structural balance from 2028, by hand."""
    found = procedure(france)
    assert [rule.name for rule in found.rules[1:]] == list(RULES) and found.rules[1].state == "binds"
    out = found.outcome
    for place in range(7):
        step, excessive = found.steps[place], out.balance[place + 1, 0] < -0.03
        if not excessive:
            assert np.isnan(found.floors[place])
        elif 2026 + place <= 2027:
            assert step >= 0.005 - 1e-12
        else:
            # floors are of the first plan; in the second one interest differs by a hair
            assert out.structural[place + 1, 0] - out.structural[place, 0] >= 0.005 - 1e-4
    assert out.debt[0, 0] > 0.6 and found.total == pytest.approx(found.steps.sum())


def test_a_floor_is_paid_for_by_later_steps():
    floors = np.array([0.01, 0.01, np.nan, np.nan])
    made = with_floors(np.array([0.03, 0.06]), floors)
    assert made[:, 0] == pytest.approx([0.01, 0.01, 0.005, 0.005])
    assert made[:, 1] == pytest.approx([0.015, 0.015, 0.015, 0.015])


def test_where_the_deficit_stays_excessive_the_smallest_floors_rise():
    plans = adjustment(baseline("FRA"), 3, 2, 1)
    floors = deficit_floors(plans, 0.0)
    assert np.isfinite(floors).all()
    balance = plans.project(floors[:, None]).balance[3, 0]
    assert balance == pytest.approx(-0.03, abs=1e-7)
    assert np.ptp(np.sort(floors)[:2]) < 1e-12  # raised together


def outcome(debt, balance):
    """An outcome of which only debt and balance matter."""
    columns = [np.array(values)[:, None] for values in (debt, balance)]
    return Outcome(*columns, *(np.zeros_like(columns[0]) for _ in range(4)))


@pytest.mark.parametrize(
    ("debt", "balance", "fallen", "wanted"),
    [
        ([1.0, 0.99, 0.98, 0.97], [-0.02] * 4, 0.01, 0.01),  # from the year before
        ([0.8, 0.79, 0.78, 0.77], [-0.02] * 4, 0.01, 0.005),
        ([0.5, 0.49, 0.48, 0.47], [-0.02] * 4, 0.01, 0.0),  # below 60
        ([1.0, 1.02, 1.01, 0.99], [-0.04, -0.03, -0.03, -0.02], 0.02, 0.01),  # second year at 3 is year 2
        ([1.0, 1.02, 1.03, 1.01], [-0.04, -0.04, -0.035, -0.02], 0.0, 0.0),  # still excessive
    ],
)
def test_the_fall_of_debt_counts_from_the_end_of_the_procedure(debt, balance, fallen, wanted):
    found = fall(outcome(debt, balance), 3)
    assert found[0][0] == pytest.approx(fallen) and found[1][0] == pytest.approx(wanted)


def test_without_a_procedure_nothing_is_asked_and_the_fall_counts_from_the_start():
    spain = adjustment(baseline("ESP"), 4, 2, 1)
    held = spain.project(np.full((4, 1), -0.01))
    assert held.balance[1, 0] < -0.03 and np.isnan(deficit_floors(spain, -0.04)).all()
    steep = outcome([1.0, 1.02, 1.01, 0.99], [-0.04, -0.03, -0.03, -0.02])
    assert fall(steep, 3, in_procedure=False)[0][0] == pytest.approx(0.01 / 3)


def test_the_debt_safeguard_is_met_and_a_little_less_is_not():
    germany = adjustment(baseline("DEU"), 4, 300, 1)
    found = procedure(germany)
    rule = {r.name: r for r in found.rules}["debt_safeguard"]
    assert rule.state == "binds" and rule.total > found.rules[1].total
    for gap, wanted in ((0.0, True), (-1e-6, False)):
        steps = with_floors(np.array([rule.total + gap]), found.floors)
        fallen, asked = fall(germany.project(steps), 4, False)
        assert (fallen[0] >= asked[0]) == wanted


def test_resilience_raises_a_step_no_further_than_is_asked_and_later_steps_pay():
    plans, nothing = adjustment(baseline("ITA"), 4, 2, 1), np.full(4, np.nan)
    raised, asked, state = resilient(plans, np.zeros(4), nothing)
    assert state == "binds" and np.nanmax(asked) <= 0.004 + 1e-12
    structural = plans.project(raised[:, None]).structural[1:5, 0]
    for step, wanted, value in zip(raised, asked, structural, strict=True):
        if np.isfinite(wanted):
            assert step == wanted and (
                step == pytest.approx(0.004) or value == pytest.approx(-0.015, abs=1e-7)
            )
    first = np.array([0.002, 0.002, 0.002, 0.006])
    raised, asked, _ = resilient(adjustment(baseline("GRC"), 4, 2, 1), first, nothing)
    assert np.isfinite(asked).tolist() == [True, False, False, False]
    assert raised.sum() == pytest.approx(first.sum())
    assert raised[1:] == pytest.approx(first[1:] - (raised[0] - 0.002) / 3)
    none, _, state = resilient(adjustment(baseline("NLD"), 4, 2, 1), np.zeros(4), nothing)
    assert state == "does not apply" and not none.any()


def test_no_effort_is_enough_where_a_test_cannot_be_met():
    class Hopeless:
        years, first_year, start, before, in_procedure, paths = 4, 2026, 0.0, None, None, 10

        def project(self, steps, test="main"):
            rising = np.repeat(np.arange(15.0)[:, None], steps.shape[1], axis=1)
            return Outcome(1 + rising, *(np.zeros_like(rising) for _ in range(5)))

        def chances(self, steps):
            return np.ones(steps.shape[1]), np.ones(steps.shape[1])

    found = procedure(Hopeless())
    assert found.total is None and found.rules[0].state == "not met" and found.outcome is None


def test_an_open_procedure_that_asks_nothing_applies_all_the_same():
    italy = procedure(adjustment(baseline("ITA"), 4, 200, 1))
    assert italy.rules[1].name == "deficit_procedure" and italy.rules[1].state == "adds nothing"
    portugal = procedure(adjustment(baseline("PRT"), 4, 200, 1))
    assert portugal.rules[1].state == "does not apply"
