"""Fits of models: closed-form OLS, parameters recovered from simulated data, bounds, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.fit import fit
from creditor.errors import InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

SIM = make_scenario(model="sim")
TRUE = {"spend_of_income": 0.65, "spend_of_wealth": 0.35}


def simulated(periods: int = 400, seed: int = 1):
    """SIM with other parameters and noise in consumption, as a run of the engine gives it."""
    noise = np.random.default_rng(seed).normal(0, 0.8, periods)
    add = [{"name": "consumption", "value": float(x), "from": t, "to": t} for t, x in enumerate(noise, 1)]
    spending = (
        20 + 3 * np.sin(np.arange(periods) / 5) + np.random.default_rng(seed + 50).normal(0, 2, periods)
    ).tolist()
    sets = [{"name": name, "value": value} for name, value in TRUE.items()]
    done = run_scenario(
        make_scenario(model="sim", periods=periods, set=sets, add=add, series={"public_spending": spending})
    )
    names = ("consumption", "disposable_income", "money", "taxes", "wages")
    return {name: done.result.series(name)[1:, 0].tolist() for name in names}, spending


def test_one_equation_is_ordinary_least_squares() -> None:
    columns, _ = simulated(60)
    found = fit(SIM, columns, list(TRUE))
    y, x = (
        np.array(columns["consumption"])[1:],
        np.c_[columns["disposable_income"][1:], columns["money"][:-1]],
    )
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    e = y - x @ beta
    assert found.estimate.values == pytest.approx(beta, rel=1e-9)
    assert found.estimate.standard_errors == pytest.approx(
        np.sqrt(np.diag(e @ e / (59 - 2) * np.linalg.inv(x.T @ x))), rel=1e-8
    )
    (equation,) = found.equations
    assert (equation.variable, equation.count) == ("consumption", 59) and found.before == (0.6, 0.4)
    assert equation.r_squared == pytest.approx(1 - e @ e / np.sum((y - y.mean()) ** 2), rel=1e-9)
    assert equation.durbin_watson == pytest.approx(np.sum(np.diff(e) ** 2) / (e @ e), rel=1e-6)


@pytest.mark.parametrize("method", ["ls", "ml"])
def test_parameters_of_equations_without_simultaneity_are_recovered(tmp_path, method) -> None:
    text = "given a = 0.1, b = 0.1, x = 1 let y = a * y(-1) + b * x start y = 1"
    path = tmp_path / "small.model"
    path.write_text(text)
    numbers = np.random.default_rng(11)
    x, y = numbers.normal(3, 1, 500), [4.0]
    for t in range(1, 500):
        y.append(0.7 * y[-1] + 0.5 * x[t] + numbers.normal(0, 0.3))
    found = fit(make_scenario(model=str(path)), {"x": x.tolist(), "y": y}, ["a", "b"], method)
    away = np.abs(found.estimate.values - [0.7, 0.5]) / found.estimate.standard_errors
    assert (away < 3).all() and (found.estimate.standard_errors < 0.02).all()


def test_simulation_errors_find_the_parameters_of_a_run() -> None:
    sets = [{"name": name, "value": value} for name, value in TRUE.items()]
    done = run_scenario(make_scenario(model="sim", periods=30, set=sets, start={"money": 60.0}))
    columns = {name: done.result.series(name)[:, 0].tolist() for name in ("money", "wages")}
    columns["wages"][0] = None
    found = fit(SIM, columns, list(TRUE), errors="simulation")
    assert found.estimate.values == pytest.approx(list(TRUE.values()), rel=1e-6)
    assert {equation.variable for equation in found.equations} == {"money", "wages"}


def test_bounds_of_a_given_are_kept(tmp_path) -> None:
    path = tmp_path / "small.model"
    path.write_text("given a = 0.5 in 0 .. 1 given x = 1 let y = a * x")
    found = fit(make_scenario(model=str(path)), {"x": [1.0, 2.0, 3.0, 4.0], "y": [2.0, 4.0, 6.1, 8.0]}, ["a"])
    assert found.estimate.values.tolist() == [1.0] and found.estimate.at_bound.tolist() == [True]


def test_what_cannot_be_fitted_is_named() -> None:
    columns, _ = simulated(20)
    for free, more, words in (
        (["tax_rat"], {}, "did you mean tax_rate"),
        (["tax_rate", "tax_rate"], {}, "named twice"),
        ([], {}, "nothing is free"),
        (["tax_rate"], {"tax_rate": [0.2] * 20}, "is observed"),
        (["tax_rate"], {"wage": [1.0] * 20}, "column wage"),
        (["tax_rate"], {"spend_of_income": [None] * 20}, "rows without a number"),
    ):
        with pytest.raises(InputError, match=words):
            fit(SIM, columns | more, free)
    with pytest.raises(InputError, match="no equation whose left side is observed"):
        fit(SIM, {name: columns[name] for name in ("taxes", "wages")}, ["public_spending"])
    with pytest.raises(InputError, match="disposable_income"):
        fit(SIM, {"consumption": [1.0, 2.0, 3.0]}, ["spend_of_wealth"])
    same = {"consumption": [5.0, 6, 7, 8], "disposable_income": [1.0, 2, 3, 4], "money": [2.0, 3, 4, 5]}
    with pytest.raises(InputError, match="do not decide spend_of_income and spend_of_wealth apart"):
        fit(SIM, same | {"disposable_income": [0.0, 2, 3, 4]}, list(TRUE))
