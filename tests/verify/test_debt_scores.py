"""Scores of fans: no look-ahead, near 90 in 100 outcomes inside on the vintages before the pandemic."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

VERIFY = Path(__file__).parents[2] / "verify"
sys.path[:0] = [str(VERIFY), str(VERIFY / "debt")]

import past  # noqa: E402
import rolling  # noqa: E402
import scores  # noqa: E402

from creditor.sustainability.path import case_of, simulate  # noqa: E402


def test_the_score_of_a_normal_sample_is_the_formula():
    sample = np.random.default_rng(0).standard_normal(200_000)
    assert scores.crps(sample, 0.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=2e-3)


def test_the_vintage_of_2015_is_covered_until_the_pandemic():
    found = scores.scores(2014, last=2020)
    assert all(0.85 <= score.inside <= 0.97 for score in found[:5])
    assert all(score.fan <= 1.01 * score.walk and score.fan < score.official for score in found[:5])
    assert found[5].inside < 0.85  # 2020


def test_the_vintage_of_2019_is_told_as_it_is():
    found = scores.scores(2018)
    assert found[0].inside > 0.85 and found[1].inside < 0.5  # 2020
    assert all(score.inside >= score.walk_inside for score in found)


def test_a_year_of_the_newest_vintage():
    found = scores.one_year()
    assert found.count == 31 and 0.9 <= found.inside <= 1 and found.fan < found.walk


def test_the_budget_office():
    found = {score.horizon: score for score in scores.federal_scores()}
    assert found[5].count == 25 and 0.75 < found[5].inside < 0.95 and found[5].fan < found[5].walk
    for _, dollars, error, ratio, _ in scores.federal():
        assert dollars == pytest.approx(error, rel=0.15) and ratio > dollars


def test_a_forecast_of_then_is_anchored_to_its_own_debt():
    base = past.base_at("ITA", 2012)
    run = simulate(case_of(base, 2017))
    assert base.opening == 2012 and run.one("debt_ratio")[1:] == pytest.approx(base.published["debt"])
    flow = run.one("adjustment")[1:]
    assert np.ptp(flow) < 0.01  # the forecast of stock-flow, as far as one pool is not several


def test_even_tenths_are_counted():
    score = scores.gathered({1: [(0.0,) * 9 + (x,) for x in (0.05, 0.15, 0.95, 1.0)]})[0]
    assert rolling.places(score) == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_rows_are_outcomes_of_each_year_and_hindsight_is_wider():
    early = list(rolling.rows("ITA", rolling.How(last=2012)))
    assert [(h, year) for h, year, _ in early] == [
        (1, 2010),
        (2, 2011),
        (3, 2012),
        (1, 2011),
        (2, 2012),
        (1, 2012),
    ]
    late = list(rolling.rows("ITA", rolling.How(last=2016, hindsight=True)))
    plain = list(rolling.rows("ITA", rolling.How(last=2016)))
    width = 5
    assert late[-1][2][width] > plain[-1][2][width]  # the law of today knows 2020
