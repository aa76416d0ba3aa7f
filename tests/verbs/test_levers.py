"""Levers in an answer: table, payload and command line."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.verbs.compare import model_compare
from creditor.verbs.runs import model_run

AIM = {"name": "wages", "value": 110, "from": 20, "by": ["public_spending"]}


def test_a_run_shows_the_levers_that_it_moved() -> None:
    answer = model_run("sim", periods=20, target=[AIM])
    (lever,) = answer.payload["levers"]
    assert lever["lever"] == "public_spending" and (lever["from"], lever["to"]) == (1, 20)
    assert lever["after"] == lever["before"] + lever["change"]
    assert answer.payload["variables"]["wages"][20] == pytest.approx(110)
    grid = answer.grids[1]
    assert grid.rows[0][:4] == ("public_spending", "1", "20", "20") and grid.values[0][5] == lever["change"]
    assert "levers" not in model_run("sim", periods=2).payload and len(model_run("sim", periods=2).grids) == 1


def test_a_comparison_takes_interventions() -> None:
    more = {"add": [{"name": "purchases", "value": 5.0}]}
    spend = [{"name": "public_spending", "value": 25.0, "from": 1}]
    added, spent = (model_compare("sim", [], side, 10).payload["difference"] for side in (more, spend))
    assert added["wages"][10] == pytest.approx(spent["wages"][10], rel=1e-12)


def test_a_scenario_file_with_interventions_names_its_lines(tmp_path) -> None:
    text = 'schema = 1\nmodel = "sim"\nperiods = 5\n[[add]]\nname = "purchases"\nvalue = 5\n'
    path = tmp_path / "more.toml"
    path.write_text(text)
    assert model_run(str(path)).payload["variables"]["purchases"][1:] == [25.0] * 5
    path.write_text(
        text + '[[fix]]\nname = "wages"\nvalue = 9\n[[target]]\nname = "wages"\nvalue = 9\nfrom = 3\n'
    )
    with pytest.raises(InputError) as caught:
        model_run(str(path))
    assert caught.value.troubles[0].where == "more.toml:10: target.0.by" or "more.toml:10" in str(
        caught.value
    )
    path.write_text(text + '[[fix]]\nname = "wages"\nvalue = 9\n')
    with pytest.raises(InputError, match=r"more\.toml:8: fix wages"):
        model_run(str(path))
