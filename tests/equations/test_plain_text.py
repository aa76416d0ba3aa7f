"""Tests of plain equations for other programs."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.plain_text import to_dynare, to_modelflow
from creditor.errors import InputError


def _model(text: str) -> Model:
    return elaborate(draft(parse(text)))


def test_labels_are_spelled_out_and_names_stay_different() -> None:
    model = _model("dimension c = N, S let x[c] = 1 let x_N = 2 let X_n = 3")
    assert "x_N = 1;" in to_dynare(model, {}).text
    assert "x_N_2 = 2;" in to_dynare(model, {}).text
    folded = to_modelflow(model, {}).text
    assert {"FRML <> X_N = 1 $", "FRML <> X_N_2 = 2 $", "FRML <> X_N_3 = 3 $"} <= set(folded.splitlines())
    assert any("Dimensions" in sentence for sentence in to_dynare(model, {}).lost)


def test_long_lags_and_openings_stand_where_dynare_wants_them() -> None:
    model = _model("let x = 0.5 * x(-2) + 1 start x = 3 start x(-1) = 4")
    text = to_dynare(model, dict(model.starts)).text
    assert "x = 0.5 * x(-2) + 1;" in text
    assert "x(0) = 3;" in text
    assert "x(-1) = 4;" in text


def test_brackets_are_kept_where_they_count() -> None:
    model = _model("given a = 2, b = 3 let x = -(a - (b - 1)) ^ 2 / (a * b) - (a - b)")
    assert "FRML <> X = -(A - (B - 1)) ** 2 / (A * B) - (A - B) $" in to_modelflow(model, {}).text


def test_choices_become_sums_and_that_is_said() -> None:
    model = _model("given a = 2 let x = if(a > 1 and a < 3, a, 0)")
    plain = to_dynare(model, {})
    assert "x = (a > 1) * (a < 3) * a + (1 - (a > 1) * (a < 3)) * 0;" in plain.text
    assert any("choice" in sentence for sentence in plain.lost)


def test_a_market_can_be_said_to_dynare_and_not_to_modelflow() -> None:
    model = _model("given k = 1 find p so that 2 * p = k start p = 1")
    assert "  2 * p = k;" in to_dynare(model, {}).text
    with pytest.raises(InputError) as raised:
        to_modelflow(model, {})
    assert raised.value.codes == ("E641",)


def test_every_unknown_has_one_equation() -> None:
    for name in ("pc", "openflex", "growth"):
        model = load_model(name)
        lines = to_dynare(model, {}).text.splitlines()
        first, last = lines.index("model;"), lines.index("end;")
        declared = " ".join(lines[1 : lines.index("")]).split(";")[0].split()[1:]
        assert len(declared) == len(set(declared)) == last - first - 1
