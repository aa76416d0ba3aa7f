"""Switches: found in trees, the way they go, and those that never come to rest."""

from __future__ import annotations

import pytest

from creditor.engine.switches import choices, restless, switches_in


def test_switches_are_found_at_any_depth(laid_out) -> None:
    model = laid_out("given a = 1 let b = 2 * (-max(a, min(a, 3)) + if(a > 2 and a < 5, abs(a), 1))").model
    found = switches_in(model.equations[model.slot("b")].tree)
    names = sorted(getattr(node, "function", "") or node.operator for node in found)
    assert names == ["<", ">", "abs", "max", "min"]


@pytest.mark.parametrize(("value", "ways"), [(1.0, [0, 0]), (4.0, [1, 1])])
def test_the_way_depends_on_the_value(laid_out, value: float, ways: list[int]) -> None:
    model = laid_out("given a = 1 let b = if(a > 3, 1, 2) + max(2, a)").model
    assert list(choices(model, [model.slot("b")], lambda slot, lag: value).values()) == ways


def test_what_comes_to_rest_is_not_restless(laid_out) -> None:
    calm = laid_out("let x = if(y > 0.5, 1, 0) let y = x").model
    wild = laid_out("let x = if(y > 0.5, 0, 1) let y = x").model
    for model, names in ((calm, []), (wild, ["y > 0.5 in x"])):
        slots = [model.slot("y"), model.slot("x")]
        assert restless(model, slots, lambda slot, lag: 0.5) == names


def test_what_is_found_is_not_followed(laid_out) -> None:
    model = laid_out("given k = 1 find p so that max(p - 5, 0) = k start p = 1").model
    assert restless(model, [model.slot("p")], lambda slot, lag: 1.0) == []
