"""The Commission's reading: a constant rounded step, minimum steps on top, each rule by hand on the path."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.effort import least
from creditor.sustainability.guidance import _Paths, guidance, rounded

EU = ("BEL", "DEU", "ESP", "FRA", "GRC", "ITA", "NLD", "PRT", "SWE")


@pytest.fixture(scope="module")
def solved():
    made = {}
    for code in EU:
        plans = adjustment(baseline(code), 7, 200, 1)
        made[code] = plans, guidance(plans)
    return made


def by_hand(plans, found):
    """The minimum step of each year, from the path before it: plain loops, no arrays of candidates."""
    out, status = found.outcome, [bool(plans.in_procedure)]
    balance = [plans.before, *out.balance[:8, 0]]  # two years before the first step, then year by year
    asked = []
    for place in range(7):
        year, floor = 2026 + place, -1.0
        if status[place] and balance[place + 1] <= -0.0305:
            floor = 0.005
            if year > 2027:
                floor += out.interest[place + 1, 0] - out.interest[place, 0]
        if found.told == "reference trajectory" and out.structural[place, 0] <= -0.0155:
            floor = max(floor, 0.0025)
        asked.append(floor)
        over = balance[place] > -0.0305 and balance[place + 1] > -0.0305
        status.append(status[-1] and not over)
    return np.array(asked), status


def test_minimum_steps_lie_on_a_constant_step(solved):
    for code, (plans, found) in solved.items():
        asked, _ = by_hand(plans, found)
        constant = found.steps.min() if found.told == "reference trajectory" else found.steps[0]
        assert found.steps == pytest.approx(np.maximum(constant, asked), abs=2e-6), code
        assert round(1e4 * constant, 6) % 1 == 0, code


def test_debt_falls_enough_outside_the_procedure(solved):
    for code, (plans, found) in solved.items():
        if found.told != "reference trajectory":
            continue
        _, status = by_hand(plans, found)
        debt, bands = found.outcome.debt[:8, 0], {1.0: [], 0.5: []}
        middle = any(0.6 < level <= 0.9 for level in debt[:7])
        for place in range(7):
            change = 100 * (debt[place + 1] - debt[place])
            if not status[place + 1] and (debt[place] > 0.9 or not middle):
                bands[1.0].append(change)
            elif not status[place + 1] and debt[place] > 0.6:
                bands[0.5].append(change)
        high = any(level > 0.9 for level in debt[:7])
        assert all(np.mean(c) < -w for w, c in bands.items() if c and (w == 0.5 or high)), code


def test_a_hundredth_less_does_not_meet_the_debt_safeguard(solved):
    plans, found = solved["DEU"]
    assert found.rules[-1].state == "binds"
    step = float(found.steps.min())
    assert _Paths(plans, True).falls(np.array([step, step - 1e-4])).tolist() == [True, False]


def test_all_fall_or_all_end_at_sixty_whichever_asks_for_less(solved):
    for code, (_plans, found) in solved.items():
        tests = {e.test: e.total for e in found.efforts}
        if found.told == "reference trajectory":
            falls = max(tests["deficit"], tests["stochastic_decline"], tests["all_decline"])
            wanted = max(min(falls, max(tests["deficit"], tests["all_below"])), 0.0)
        else:
            wanted = max(tests["deficit"], tests["below"], -0.07)
        assert 0 <= found.rules[0].total / 7 - wanted / 7 < 1e-4 + 1e-9, code
    assert {code for code, (_, found) in solved.items() if found.told == "technical information"} == {
        "NLD",
        "SWE",
    }


def test_a_reference_trajectory_does_not_fall(solved):
    plans, found = solved["PRT"]
    assert found.total == 0 and found.binding == "" and least(plans, "deficit").total < 0


def test_up_to_a_hundredth():
    assert rounded(0.00251) == 0.0026 and rounded(0.0025) == 0.0025 and rounded(-0.00251) == -0.0025
