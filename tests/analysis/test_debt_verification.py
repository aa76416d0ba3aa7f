"""Published figures that debt paths are held against: targets of 2024, the interest of the United States, scores."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

VERIFY = Path(__file__).parents[2] / "verify"
sys.path[:0] = [str(VERIFY), str(VERIFY / "debt")]

import commission  # noqa: E402
import commission_draws  # noqa: E402
import commission_rules  # noqa: E402
import debt_targets  # noqa: E402
import scores  # noqa: E402
import us_interest  # noqa: E402


@pytest.mark.parametrize("code", commission.countries())
def test_published_targets_to_three_decimals(code):
    country, printed = commission.load(code), debt_targets.published()
    for years in (4, 7):
        for name in debt_targets.CRITERIA:
            found = commission.least(country, years, name) - 1e-4
            assert found == pytest.approx(float(printed[code, years][name]), abs=6e-4), (years, name)


@pytest.mark.parametrize("code", ["ITA", "CYP", "LUX", "SWE"])
def test_stochastic_targets_within_their_noise(code):
    country, printed = commission.load(code), debt_targets.published()
    for years in (4, 7):
        found, error = commission_draws.least_stochastic(country, years, 1, 60_000)
        assert found == pytest.approx(float(printed[code, years]["stochastic"]), abs=0.03)
        assert 0.002 < error < 0.015


def test_the_table_has_every_country_and_hides_no_difference():
    rows = [
        (code, years, name, 1.5, 1.0, error)
        for code in commission.countries()
        for years in (4, 7)
        for name, error in (("main_adjustment", 0.0), ("stochastic", 0.01))
    ]
    rules = [
        (code, years, "binding", 2.5, 2.0, False) for code, years, name, *_ in rows if name != "stochastic"
    ]
    lines = debt_targets.table(rows, rules).splitlines()
    assert len(lines) == 28
    assert lines[1].startswith("AUT  0.5000  +0.500 ± 0.010") and lines[1].endswith(" 2.500 ( 2.000)")


@pytest.mark.parametrize(
    ("code", "years"), [("BEL", 7), ("FRA", 7), ("ITA", 7), ("ESP", 4), ("MLT", 4), ("EST", 4), ("FIN", 7)]
)
def test_rules_of_procedure_give_what_is_printed(code, years):
    found = commission_rules.sequence(commission.load(code), years, 20_000)
    for name in debt_targets.RULES:
        text = debt_targets.published()[code, years][name]
        if not text:
            assert found[name] is None, name
        else:
            assert found[name] == pytest.approx(float(text), abs=1e-3), name


def test_a_target_without_the_slips_is_another_one():
    country = commission.load("HUN")
    right = {
        **country.series,
        "exr_usd": 1 / country.series["exr_usd"],
        "exr_eur": 1 / country.series["exr_eur"],
    }
    other = commission.Inputs("HUN", right, country.params)
    assert (
        abs(commission.least(other, 4, "main_adjustment") - commission.least(country, 4, "main_adjustment"))
        > 0.02
    )


def test_debt_moved_by_shocks_to_a_long_rate_only_where_debt_has_a_life():
    for code, moved in (("EST", False), ("LUX", False), ("SWE", True)):
        country = commission.load(code)
        drawn = commission_draws.shocks(country, 100, 1)
        short = country.params["D_share_st"] * drawn["INTEREST_RATE_ST"]
        assert bool(np.abs(drawn["rate"] - short).max() > 1e-9) is moved, code


def test_only_a_raise_of_the_last_step_moves_the_end():
    planned, least = np.array([[0.5], [0.1], [0.1], [0.1]]), np.array([0.5, np.nan, np.nan, np.nan])
    raised = np.full((4, 1), np.nan)
    raised[1] = 0.3
    found = commission_rules._spread(planned, least, raised)
    assert found[:, 0] == pytest.approx([0.5, 0.3, 0.0, 0.0])
    raised[3] = 0.4
    assert commission_rules._spread(planned, least, raised).sum() == pytest.approx(1.3)


def test_interest_of_the_budget_office_in_2035():
    run, actual = us_interest.from_2025()
    made = run.one("effective_rate")[1:] * run.one("debt")[:-1]
    assert made[-1] == pytest.approx(actual[-1], rel=0.03) and round(actual[-1]) == 1783
    assert np.abs(made / actual - 1).max() < 0.035


def test_interest_from_2021_is_told_as_it_is():
    """The goal is 3 percent a year; two of four years meet it with flows known, the others are said on the page."""
    run, actual = us_interest.from_2021(flows=True)
    off = run.one("effective_rate")[1:] * run.one("debt")[:-1] / actual - 1
    assert (np.abs(off) < 0.03).sum() == 2 and np.abs(off).max() < 0.12


def test_the_score_of_a_normal_sample_is_the_formula():
    sample = np.random.default_rng(0).standard_normal(200_000)
    assert scores.crps(sample, 0.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=2e-3)


def test_scores_have_coverage_and_width():
    found = scores.one_year()
    assert found.economies == 31 and 0.9 <= found.inside <= 1 and found.width > 10 and found.fan < found.walk
    assert all(ratio > 1.5 for _, _, _, ratio in scores.federal())
