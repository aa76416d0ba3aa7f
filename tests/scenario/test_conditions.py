"""Conditions asked of every path: the language of models, by period, and refused where they have no value."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.equations.load import load_model
from creditor.errors import InputError, Troubles
from creditor.scenario.conditions import evaluate, read_conditions
from creditor.scenario.run import carry_out, plan_run
from creditor.scenario.scenario import make_scenario

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}


def test_conditions_are_those_of_numpy_on_every_path():
    scenario = make_scenario(model="sim", periods=5, paths=300, draw=[DRAW])
    asked = ["wages > 100", "money > money(-1) and money >= 79.5", "taxes / wages <> 0.2"]
    run = carry_out(plan_run(scenario, asked=asked))
    wages, money, taxes = (run.result.series(name)[1:] for name in ("wages", "money", "taxes"))
    before = run.result.series("money")[:-1]
    with np.errstate(all="ignore"):
        wanted = [wages > 100, (money > before) & (money >= 79.5), taxes / wages != 0.2]
    found = run.statistics.shares
    assert [one.title for one in run.conditions] == asked
    for row, flags in zip(found, wanted, strict=True):
        assert row[1:] == pytest.approx(flags.mean(axis=1))
        assert row[0] == pytest.approx(flags.any(axis=0).mean())


def test_what_a_condition_reads_is_stored_and_not_shown():
    scenario = make_scenario(model="sim", periods=2, paths=10, keep=["money"], draw=[DRAW])
    run = carry_out(plan_run(scenario, asked=["wages > 100"]))
    assert [run.model.title(slot) for slot in run.shown] == ["money"]
    assert run.statistics.mean.shape == (1, 3)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("money", "U501", "compares nothing"),
        ("money > ", "E602", ""),
        ("mony > 3", "E610", "money"),
        ("money(-2) > 3", "E614", ""),
        ("money > " + "1 + " * 90 + "1", "U501", "at most 200"),
    ],
)
def test_what_is_no_condition_is_named(text: str, code: str, told: str):
    troubles = Troubles()
    assert not read_conditions(load_model("sim"), [text], troubles)
    assert troubles.items[0].code == code and told in str(troubles.items[0])


def test_a_ratio_to_nothing_has_no_answer():
    model = load_model("sim")
    (asked,) = read_conditions(model, ["wages / money > 1"], Troubles())
    values = np.ones((len(model.slots), 3, 80))
    values[model.slot("money"), 2, 70] = 0.0
    with pytest.raises(InputError, match="no value in period 2, path 1094"):
        evaluate(model, [asked], values, first=1024)


def test_one_path_has_no_shares():
    for fields in ({"paths": 1}, {"paths": 9, "draw": [DRAW]}):
        with pytest.raises(InputError, match="one path has no shares"):
            plan_run(make_scenario(model="sim", **fields), path=0, asked=["money > 3"])
