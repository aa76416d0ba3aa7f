"""Traps: ways in which engines like this one have given wrong numbers without a word, each tried here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from creditor import model_check
from creditor.equations.load import load_model
from creditor.equations.remarks import remarks
from creditor.errors import InputError, NoSolutionError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

LOOP = """
let income = spending + given_spending
let spending = 0.6 * kept + 0.4 * wealth(-1)
let kept = 0.8 * income
let wealth = wealth(-1) + kept - spending
"""


def engines() -> list[str]:
    return ["numpy", "numba"]


@pytest.fixture(params=engines())
def machine(request) -> str:
    if request.param == "numba":
        pytest.importorskip("numba")
    return request.param


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1.0, 1e8, 1e15])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_no_absolute_tolerance_and_no_sign_decides(ran, machine: str, scale: float, sign: float) -> None:
    """The same digits at every size of the numbers and either sign: a floor or a sign would end early."""
    size = repr(sign * scale)
    text = f"given given_spending = {size} {LOOP} start wealth = {size}"
    result = ran(text, 40, machine=machine)
    wealth = sign * scale
    for period in range(1, 41):
        income = (sign * scale + 0.4 * wealth) / (1 - 0.48)
        wealth += 0.8 * income - (0.48 * income + 0.4 * wealth)
        assert result.series("income")[period, 0] == pytest.approx(income, rel=1e-13, abs=0)


def test_a_signed_test_would_pass_negative_values_at_once(ran, machine: str) -> None:
    """Three equations with negative solutions far from the guess; one sweep leaves a residual of order one."""
    text = "given k = -10 let a = k + 0.5 * b let b = 0.4 * c - 3 let c = 0.3 * a + 0.2 * b - 7"
    result = ran(f"{text} start a = -1 start b = -1 start c = -1", 1, machine=machine)
    matrix = np.array([[1, -0.5, 0], [0, 1, -0.4], [-0.3, -0.2, 1]])
    found = [result.series(name)[1, 0] for name in "abc"]
    assert found == pytest.approx(np.linalg.solve(matrix, [-10, -3, -7]), rel=1e-14)


def test_values_that_start_at_zero_are_tested_like_others(ran, machine: str) -> None:
    """All of the block begins at nothing, and rates stay below one per cent; nothing is left out of the test."""
    text = "given k = 0.004 let x = k + 0.9 * y let y = 0.9 * z + x * x let z = 0.9 * x - k"
    result = ran(f"{text} start x = 0 start y = 0 start z = 0", 1, machine=machine)
    x, y, z = (result.series(name)[1, 0] for name in "xyz")
    assert x != 0 and abs(x) < 0.05
    assert abs(x - (0.004 + 0.9 * y)) <= 1e-13 * abs(x)
    assert abs(y - (0.9 * z + x * x)) <= 1e-13 * abs(y)
    assert abs(z - (0.9 * x - 0.004)) <= 1e-13 * 0.004


def test_a_solution_of_zero_is_found_and_not_assumed(ran, machine: str) -> None:
    text = "let x = 0.5 * y let y = 0.5 * x start x = 3 start y = 3"
    result = ran(text, 1, machine=machine)
    assert result.series("x")[1, 0] == 0 and result.series("y")[1, 0] == 0


def test_models_of_one_name_share_no_code(ran, laid_out, machine: str) -> None:
    """Two texts under one name, of one shape: each has its own numbers, whichever ran first."""
    texts = ["given a = 2 let b = a + b(-1) start b = 1", "given a = 2 let b = a * b(-1) start b = 1"]
    programs = [laid_out(text) for text in texts]
    assert programs[0].model.name == programs[1].model.name
    for _ in range(2):
        ends = [ran(text, 5, machine=machine).series("b")[5, 0] for text in texts]
        assert ends == [11.0, 32.0]


def test_a_block_with_a_division_starts_from_nothing() -> None:
    """BMW with every stock at zero: the wage rate is the wage bill over employment, nothing over nothing."""
    nothing = {"capital": 0.0, "loans": 0.0, "deposits": 0.0, "output": 0.0}
    run = run_scenario(make_scenario(model="bmw", periods=200, start=nothing))
    output, wage = run.result.series("output")[:, 0], run.result.series("wage_rate")[:, 0]
    assert output[1] == pytest.approx(25 / (1 - 0.75), rel=1e-12) and wage[1] == 1
    assert output[200] == pytest.approx(200, rel=1e-9)
    assert run.result.certificate.residual <= 1e-13


@pytest.mark.parametrize("text", ["let a = b(-1) let b = 1 + a", "let b = b(-1) + 1"])
def test_a_lag_that_reaches_before_the_start_is_an_error_and_not_zero(ran, text: str) -> None:
    with pytest.raises(InputError) as error:
        ran(text, 3)
    assert error.value.codes == ("E615",)
    assert "b is read with a lag and has no opening value" in str(error.value)


def test_names_that_differ_by_case_are_two_names_and_noted(ran, laid_out) -> None:
    text = "given y = 2, Y = 3 let Yd = 10 * Y let yd = 10 * y"
    result = ran(text, 1)
    assert result.series("Yd")[1, 0] == 30 and result.series("yd")[1, 0] == 20
    said = [found.sentence for found in remarks(laid_out(text).model)]
    assert (
        "The names y and Y differ only by case." in said
        and "The names Yd and yd differ only by case." in said
    )


def test_the_slowest_path_changes_no_other(laid_out, ran, same, machine: str) -> None:
    """Paths that need one step, many steps, other pivots and sweeps in one run: each has the bits it has alone."""
    text = "given k = 0.5 let x = min(k * y + 1, 5) + 0.1 * max(k - 2, 0) * x ^ 2 let y = x start x = 0"
    slot = laid_out(text).model.slot("k")
    givens = np.array([[0.0, 0.5, 0.99, 1.0, 1.5, 0.9999, 1.2]])
    together = ran(text, 1, paths=7, givens={slot: givens}, machine=machine).values
    assert together[laid_out(text).model.slot("x"), 1, 3] == 5
    for path in range(7):
        alone = ran(text, 1, givens={slot: givens[:, [path]]}, machine=machine).values
        assert same(alone[:, :, 0], together[:, :, path])


def test_a_switch_that_oscillates_is_an_error_and_no_number(laid_out, ran, machine: str) -> None:
    """Only the path on which it does is without a solution; the error names it, and nothing is returned."""
    text = "given k = 0 let x = if(y > 0.5, k, 1) let y = x"
    slot = laid_out(text).model.slot("k")
    assert ran(text, 1, givens={slot: np.array([[0.7, 0.9]])}, paths=2, machine=machine).series("x")[1].all()
    with pytest.raises(NoSolutionError) as error:
        ran(text, 1, givens={slot: np.array([[0.7, 0.0, 0.9]])}, paths=3, machine=machine)
    said = str(error.value)
    assert "period 1, path 1" in said and "a switch goes back and forth" in said and "y > 0.5 in x" in said


def test_what_an_extension_keeps_and_replaces_is_said(tmp_path: Path) -> None:
    """A parameter that only the replaced equation read is named; what the extension replaced is listed."""
    (tmp_path / "old.model").write_text("given a = 2, b = 3 let c = a * b", "utf-8")
    (tmp_path / "new.model").write_text("extends old let c = 5 * b", "utf-8")
    answer = model_check(str(tmp_path / "new.model"))
    said = " ".join(finding.sentence for finding in answer.findings)
    assert "given a is read by nobody any more: what read it was replaced." in said
    assert "Replaced: c: old.model:1 is replaced at new.model:1." in said
    model = load_model(str(tmp_path / "new.model"))
    assert model.givens[model.slot("b")] == 3  # kept on purpose, and shown by `model show`
