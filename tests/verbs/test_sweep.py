"""The verb that sweeps: table, picture, CSV, payload and refusals."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.verbs.sweep import model_sweep, sweep_csv


def test_a_grid() -> None:
    answer = model_sweep("sim", ["public_spending=15:30:4", "tax_rate=0.15:0.25:3"], "wages", periods=200)
    payload = json.loads(to_json(answer.payload))
    for x, row in zip(payload["axes"][0]["values"], payload["values"], strict=True):
        for tax, value in zip(payload["axes"][1]["values"], row, strict=True):
            assert value == pytest.approx(x / tax, rel=1e-6), "the stationary state of the book"
    grid = answer.grids[0]
    assert grid.columns == ("public_spending", "tax_rate = 0.15", "tax_rate = 0.2", "tax_rate = 0.25")
    assert grid.rows[1] == ("20", "133.333", "100", "80") and len(answer.figures) == 1
    lines = sweep_csv(answer).splitlines()
    assert lines[0] == "public_spending,tax_rate,wages" and len(lines) == 13
    assert payload["certificate"]["residual"] <= 1e-10 and payload["provenance"]["scenario_hash"]


def test_elasticities_have_the_strongest_first() -> None:
    answer = model_sweep("pc", of="wages", every=True, periods=20)
    rows = answer.payload["elasticities"]
    assert [row["given"] for row in rows[:2]] == ["tax_rate", "public_spending"]
    assert "It answers tax_rate most" in answer.story and answer.figures
    assert sweep_csv(answer).splitlines()[0] == "given,value,slope,elasticity,one_sided"


def test_a_scenario_of_the_library_and_points_without_a_solution(tmp_path) -> None:
    assert model_sweep("pc_rate_rise", ["tax_rate=0.2:0.25:2"], "wages", at=5).payload["period"] == 5
    path = tmp_path / "small.model"
    path.write_text("given a = 1 let b = 1 / a")
    answer = model_sweep(str(path), ["a=-1:1:3"], "b", periods=1)
    assert answer.payload["values"] == [[-1.0], [None], [1.0]]
    assert answer.grids[0].rows[1] == ("0", "–")
    assert "1 of 3 points have no solution, the first at a = 0" in answer.findings[-1].sentence


def test_what_is_asked_wrongly() -> None:
    for axes, of, every in (([], "wages", False), (["a=1:2"], "wages", False), (["a=1:2:3"], "", False)):
        with pytest.raises(InputError, match="U501"):
            model_sweep("sim", axes, of, every=every)
    with pytest.raises(InputError, match="U501"):
        model_sweep("sim", ["tax_rate=0.1:0.2:2"], "wages", every=True)
