"""Steady states of scenarios: changes, openings, and what has none."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.scenario.scenario import make_scenario
from creditor.scenario.steady import steady_scenario

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": [0, 1]}


def test_changes_count_to_the_end_and_a_passing_one_does_not() -> None:
    def income(**change: float) -> float:
        found = steady_scenario(make_scenario(model="sim", set=[{"name": "public_spending", **change}]))
        return found.steady.values[found.model.slot("wages")]

    assert income(value=30.0, **{"from": 40}) == pytest.approx(150, rel=1e-9)
    assert income(value=30.0, **{"from": 40, "to": 60}) == pytest.approx(100, rel=1e-9)
    assert income(value=30.0, **{"from": 300}) == pytest.approx(150, rel=1e-9)


def test_the_opening_does_not_matter_where_there_is_one_state() -> None:
    found = steady_scenario(make_scenario(model="sim", start={"money": 0.0}))
    assert found.steady.values[found.model.slot("money")] == pytest.approx(80, rel=1e-9)
    assert 50 < found.steady.periods < 200
    assert found.provenance.scenario_hash and found.provenance.model_hash == found.model.digest


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"draw": [DRAW]}, "S703"),
        ({"paths": 2}, "S703"),
        ({"series": {"tax_rate": [0.2]}}, "S702"),
        ({"set": [{"name": "tax", "value": 0.2}]}, "S702"),
        ({"start": {"muney": 1.0}}, "S702"),
    ],
)
def test_what_has_no_steady_state_is_refused(fields: dict, code: str) -> None:
    with pytest.raises(InputError) as error:
        steady_scenario(make_scenario(model="sim", **fields))
    assert error.value.codes == (code,)
