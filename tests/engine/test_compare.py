"""Comparisons of two solutions: sizes that nothing cancels in, differences, and switches that went apart."""

from __future__ import annotations

from creditor.engine.compare import largest_difference, sizes, switched


def test_a_difference_has_the_size_of_what_it_is_made_of(laid_out) -> None:
    model = laid_out("given a = 7, b = 7 let gap = a - b let share = gap / 2 let left = max(gap, -1)").model
    state = {model.slot(n): v for n, v in {"a": 7.0, "b": 7.0, "gap": 0.0, "share": 0.0, "left": 0.0}.items()}
    found = sizes(model, state, state)
    assert found[model.slot("gap")] == 14 and found[model.slot("share")] == 7


def test_what_is_not_cancelled_has_its_own_size(laid_out) -> None:
    model = laid_out("given a = 7, b = 3 let both = a + b let product = a * b").model
    state = {model.slot(n): v for n, v in {"a": 7.0, "b": 3.0, "both": 10.0, "product": 21.0}.items()}
    found = sizes(model, state, state)
    assert found[model.slot("both")] == 10 and found[model.slot("product")] == 21


def test_a_block_is_measured_by_its_values(laid_out, texts) -> None:
    model = laid_out(texts["cycle"]).model
    state = {slot: 2.0 for slot in range(len(model.slots))}
    found = sizes(model, state, state)
    assert found[model.slot("income")] == 4  # spending + g, both 2


def test_the_largest_difference_names_its_place(laid_out) -> None:
    model = laid_out("given a = 1 let b = a let c = 100 * a").model
    one = {model.slot("a"): 1.0, model.slot("b"): 1.0, model.slot("c"): 100.0}
    other = one | {model.slot("b"): 1.001, model.slot("c"): 100.01}
    worst, where = largest_difference(model, one, other, one)
    assert where == "b" and 0.0009 < worst < 0.0011
    assert largest_difference(model, one, one, one) == (0.0, "")
    assert largest_difference(model, one, one | {model.slot("c"): float("nan")}, one)[1] == "c"


def test_each_kind_of_switch_is_seen_and_a_value_is_not_a_switch(laid_out) -> None:
    text = "given a = 1 let b = max(a, 0) let c = abs(a) let d = if(a >= 0, 1, 2) let e = 2 * a"
    model = laid_out(text).model
    one = {slot: 1.0 for slot in range(len(model.slots))}
    other = one | {model.slot("a"): -1.0}
    assert switched(model, one, other, one, other) == ["b", "c", "d"]
    assert switched(model, one, one | {model.slot("a"): 2.0}, one, one) == []
