"""Openings: what is known at period 0, and what is missing."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.openings import opening
from creditor.errors import InputError


def test_definitions_follow_whatever_their_order(laid_out) -> None:
    program = laid_out("let d = c + 1 let c = 2 * b let b = b(-1) + 1 start b = 3")
    found = opening(program, {}, 2)
    assert found[program.model.slot("d")].tolist() == [7.0, 7.0]


def test_starts_may_differ_by_path(laid_out) -> None:
    program = laid_out("let c = 2 * b let b = b(-1) + 1 start b = 3")
    found = opening(program, {program.model.slot("b"): np.array([1.0, 2.0])}, 2)
    assert found[program.model.slot("c")].tolist() == [2.0, 4.0]


def test_what_is_not_finite_is_not_known(laid_out) -> None:
    program = laid_out("given z = 0 let c = 1 / z let d = if(1 > 0, 1, c) let e = e(-1) + z start e = 0")
    found = opening(program, {}, 1)
    assert np.isnan(found[program.model.slot("c")]).all()
    assert np.isnan(found[program.model.slot("d")]).all()


def test_every_missing_opening_is_named_at_once(laid_out) -> None:
    program = laid_out("let a = a(-1) + b(-1) let b = b(-1)")
    with pytest.raises(InputError) as error:
        opening(program, {}, 1)
    assert error.value.codes == ("E615", "E615")
    assert "write start a = ..." in str(error.value)
