"""Layouts: scenarios of one model as variants of one program, all misfits at once."""

from __future__ import annotations

import pytest

from creditor.engine.program import compile_model
from creditor.errors import InputError
from creditor.scenario.layout import lay_out
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.scenario.variants import run_variants


def test_scenarios_with_different_interventions_share_one_program() -> None:
    fields = [
        {"add": [{"name": "taxes", "value": 1.0}]},
        {"fix": [{"name": "consumption", "value": 90.0, "from": 2}]},
        {"target": [{"name": "wages", "value": 110.0, "from": 3, "by": ["add taxes"]}]},
        {},
    ]
    scenarios = [make_scenario(model="pc", periods=4, **one) for one in fields]
    laid = lay_out(scenarios)
    wages = laid.plain.slot("wages")
    sides = run_variants(compile_model(laid.prepared.model), 4, 1, laid.variants, [wages])
    for side, scenario in zip(sides, scenarios, strict=True):
        alone = run_scenario(scenario).result.series("wages")[1:, 0]
        assert side.values[0, 1:, 0] == pytest.approx(alone, rel=1e-13)
    assert [len(moved) for moved in laid.moved] == [0, 0, 1, 0]


def test_what_does_not_fit_together_is_told_at_once() -> None:
    one = make_scenario(model="pc", periods=4)
    with pytest.raises(InputError) as caught:
        lay_out([one, make_scenario(model="sim", periods=5, paths=2)])
    assert [t.what.split()[0] for t in caught.value.troubles] == ["model", "periods", "paths"]
    big = make_scenario(model="pc", periods=100, paths=50_000_000)
    with pytest.raises(InputError, match="GB"):
        lay_out([big])
