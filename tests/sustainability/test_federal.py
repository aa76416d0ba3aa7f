"""Federal shocks meet the published errors of the Budget Office, with and without later laws kept apart."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.federal import federal_spread, fitted, projection_errors
from creditor.sustainability.history import FEDERAL
from creditor.sustainability.path import case_of, simulate
from creditor.sustainability.shocks import draw, shocks

DATA = Path(__file__).parents[2] / "verify/data/dsa"


def published(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_statistics_are_those_of_the_budget_office():
    rows = published("cbo_debt_projection_error_stats.csv")
    for row in rows:
        found = projection_errors(row["component"])[int(row["projected_year_number"])]
        assert found["root_mean_square_error"] == float(row["RMSE"])
        assert found["two_thirds_spread"] == float(row["two_thirds_spread"])
    assert len(rows) == 22


def test_later_laws_are_put_back_projection_by_projection():
    rows = published("cbo_debt_projection_errors.csv")
    for horizon, found in projection_errors("debt_with_later_laws").items():
        mine = [row for row in rows if int(row["horizon"]) == horizon]
        errors = np.array([float(r["error_pct_gdp"]) - float(r["later_laws_pct_gdp"]) for r in mine])
        assert found["root_mean_square_error"] == pytest.approx(np.sqrt((errors**2).mean()), abs=0.051)
        assert found["average_error"] == pytest.approx(errors.mean(), abs=0.051)
        without = np.array([float(r["error_pct_gdp"]) for r in mine])
        # one projection more, of 2025, is in the published statistics
        assert np.sqrt((without**2).mean()) == pytest.approx(
            projection_errors("debt")[horizon]["root_mean_square_error"], abs=0.4
        )


def test_the_spread_of_the_paths_is_the_published_error():
    law = shocks("USA", FEDERAL)
    assert law.covariance == pytest.approx(fitted().covariance, abs=1e-9)
    deficit, debt = federal_spread(law, 11)
    table = projection_errors("debt")
    for years in range(1, 12):
        assert 100 * debt[years - 1] == pytest.approx(table[years]["root_mean_square_error"], rel=0.15), years
    case = case_of(baseline("USA", FEDERAL), 2034)
    drawn = {(n,): v for n, v in draw(law, case.periods, 4000, 1).items()}
    run = simulate(case.put(drawn), 4000, [("debt",), ("gdp",)])
    plain = simulate(case, 1, [("debt",)])["debt"]
    spread = 100 * np.sqrt((((run["debt"] - plain) / run["gdp"]) ** 2).mean(axis=1))
    for years in (2, 5, 10):
        assert spread[years] == pytest.approx(table[years]["root_mean_square_error"], rel=0.2), years
    assert deficit[0] < deficit[4]
