"""The verb model_steady: story, table, picture, payload and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.verbs.steady import model_steady, steady_csv


def test_a_state_of_rest() -> None:
    answer = model_steady("sim", changes=[{"name": "public_spending", "value": 25.0}])
    assert answer.story.startswith("Model sim comes to rest, within 1e-9 after")
    assert answer.story.endswith("A small deviation halves every 4.1 periods.")
    payload = json.loads(to_json(answer.payload))
    assert payload["kind"] == "stationary" and payload["growth"] == payload["steps"] == {}
    assert payload["variables"]["wages"] == pytest.approx(125, rel=1e-9)
    assert payload["certificate"]["residual"] <= 1e-9 and payload["root"] == pytest.approx(0.84615, abs=1e-4)
    (grid,) = answer.grids
    assert grid.columns == ("variable", "value") and dict(grid.rows)["saving[households]"] == "0"
    assert len(grid.rows) == len(payload["variables"])
    assert answer.figures and set(answer.certificate) == {"residual_with_lags_equal_to_today", "books"}


def test_growth() -> None:
    answer = model_steady("growth", variables=["real_output", "price"])
    assert "has no stationary state that its opening leads to" in answer.story
    assert "variables grow 59 at 3.72 %, 16 at 3 %" in answer.story
    (grid,) = answer.grids
    assert [row[0] for row in grid.rows] == ["real_output", "price"]
    assert grid.rows[0][2] == "+3 %"
    assert answer.payload["half_life"] is None and answer.payload["kind"] == "growing"


def test_an_unstable_state_says_so(tmp_path: Path) -> None:
    text = "given a = 1 let b = 1.25 * b(-1) - 0.25 * a start b = 1"
    path = tmp_path / "edge.model"
    path.write_text(text, "utf-8")
    answer = model_steady(str(path))
    assert "It is not stable: a small deviation grows by 25 % a period." in answer.story
    assert answer.payload["half_life"] is None and answer.payload["root"] == pytest.approx(1.25, rel=1e-3)


def test_csv_has_every_variable_in_full() -> None:
    answer = model_steady("pc")
    rows = list(csv.DictReader(io.StringIO(steady_csv(answer))))
    assert [row["variable"] for row in rows] == list(answer.payload["variables"])
    assert all(float(row["value"]) == answer.payload["variables"][row["variable"]] for row in rows)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError) as error:
        model_steady("sim", variables=["wage"])
    assert "wages" in str(error.value)
