"""The verb that compares: common random numbers, quantiles of the difference, sides with interventions."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.verbs.compare import model_compare

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": [0, 2]}
RISE = [{"name": "tax_rate", "value": 0.25, "from": 1}]


def test_the_quantiles_are_those_of_the_difference_path_by_path() -> None:
    answer = model_compare("sim", [], RISE, 10, paths=200, seed=3, draw=[DRAW])
    fields = {"model": "sim", "periods": 10, "paths": 200, "seed": 3, "draw": [DRAW]}
    one, other = (run_scenario(make_scenario(**fields, set=change)) for change in ([], RISE))
    apart = other.result.series("wages")[10] - one.result.series("wages")[10]
    payload = answer.payload
    assert payload["difference"]["wages"][10] == np.median(apart)
    assert payload["quantiles"]["0.05"]["wages"][10] == np.quantile(apart, 0.05)
    own = [np.std(run.result.series("wages")[10]) for run in (one, other)]
    assert np.std(apart) < 0.5 * min(own), "the same luck on both sides"
    assert "quantiles" not in model_compare("sim", [], RISE, 2).payload


def test_draws_of_a_side_and_of_both() -> None:
    side = {"set": RISE, "draw": [{"name": "tax_rate", "distribution": "uniform", "parameters": [0, 0.01]}]}
    answer = model_compare("sim", [], side, 4, paths=20, draw=[DRAW])
    low, high = (answer.payload["quantiles"][q]["taxes"][4] for q in ("0.05", "0.95"))
    assert low < high


def test_different_seeds_are_told() -> None:
    sides = [{"draw": [DRAW], "paths": 5, "seed": seed} for seed in (1, 2)]
    findings = model_compare("sim", *sides, 3).findings
    assert [f.sentence for f in findings if "luck" in f.sentence]
    same = model_compare("sim", sides[0], {**sides[0], "set": RISE}, 3).findings
    assert not [f for f in same if "luck" in f.sentence]


def test_a_side_that_fixes_a_variable() -> None:
    answer = model_compare("pc", [], {"fix": [{"name": "taxes", "value": 25.0}]}, 5)
    assert answer.payload["second"]["taxes"][1:] == [25.0] * 5
    assert answer.payload["certificates"][1]["books"] <= 1e-12
    assert answer.payload["difference"]["taxes"][3] == pytest.approx(25 - answer.payload["first"]["taxes"][3])
