"""Long lags: kept in slots that nobody sees, the same in every engine, and never guessed before the opening."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.explain import equations_grid, explain
from creditor.equations.infer import infer_units
from creditor.equations.parse import parse, parse_expression
from creditor.equations.remarks import remarks
from creditor.equations.resolve import LONGEST_LAG, Resolver
from creditor.equations.stages import blocks_grid
from creditor.equations.tree import tree_grid
from creditor.errors import InputError

FOUR = """
dimension country = N, S
let x[country] = 0.5 * x(-1) + 0.25 * x(-4) + push(-2)
given push[country] = 1
start x = 10, x(-1) = 9, x(-2) = 8, x[N](-3) = 7, x[S](-3) = 6
"""


def model_of(text: str):
    return elaborate(draft(parse(text)))


def test_a_lag_reads_what_was_so_many_periods_ago() -> None:
    model = model_of(FOUR)
    push = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    result = run(compile_model(model), Inputs(6, givens={model.slot("push", ("N",)): push}, machine="numpy"))
    x = [7.0, 8.0, 9.0, 10.0]
    pushed = [1.0, 1.0, *push]  # before the opening and at it a given has the value of the text
    for period in range(6):
        x.append(0.5 * x[-1] + 0.25 * x[-4] + pushed[period])
    assert result.series("x", "N")[:, 0].tolist() == x[3:]
    assert result.series("x", "S")[1, 0] == 5 + 0.25 * 6 + 1


@settings(max_examples=40, deadline=None)
@given(st.integers(1, LONGEST_LAG), st.integers(1, LONGEST_LAG), st.integers(1, 70))
def test_any_two_lags_are_those_of_a_plain_list(one: int, other: int, periods: int) -> None:
    deepest = max(one, other)
    starts = [float(7 * back % 11) for back in range(deepest)]
    text = f"let x = 0.5 * x(-{one}) - 0.25 * x(-{other}) start x = {starts[0]}"
    text += "".join(f" start x(-{back}) = {starts[back]}" for back in range(1, deepest))
    model = model_of(text)
    found = run(compile_model(model), Inputs(periods, machine="numpy")).series("x")[:, 0]
    x = starts[::-1]
    for _ in range(periods):
        x.append(0.5 * x[-one] - 0.25 * x[-other])
    assert found.tolist() == x[deepest - 1 :]


def test_every_engine_and_the_twin_agree() -> None:
    model = model_of(FOUR)
    program = compile_model(model)
    plain = run(program, Inputs(30, machine="numpy"))
    compiled = run(program, Inputs(30, machine="numba"))
    assert plain.values.tobytes() == compiled.values.tobytes()
    opening = {slot: float(v) for slot, v in enumerate(plain.values[:, 0, 0]) if np.isfinite(v)}
    states = reference(model, opening, 30)
    for slot in model.variables:
        assert [state[slot] for state in states] == plain.values[slot, :, 0].tolist()


def test_previous_and_change_may_be_repeated() -> None:
    model = model_of(
        "let x = x(-1) + 1 let bend = change(change(x^2)) let old = previous(previous(x(-1)))"
        "start x = 3, x(-1) = 2, x(-2) = 1"
    )
    result = run(compile_model(model), Inputs(4, machine="numpy"))
    assert result.series("bend")[1:, 0].tolist() == [2.0] * 4
    assert result.series("old")[1:, 0].tolist() == [1.0, 2.0, 3.0, 4.0]


def test_net_worth_opens_by_stocks_and_earlier_by_a_start() -> None:
    text = "sector a, b claim m: a owes b transaction pay: a -> b = 1 let w = net_worth[b](-2) start m = 5"
    model = model_of(text + " start net_worth[b](-1) = 3")
    assert model.stated == []
    result = run(compile_model(model), Inputs(3, machine="numpy"))
    assert result.series("w")[1:, 0].tolist() == [3.0, 5.0, 6.0]


def test_nobody_sees_the_slots_that_keep_them() -> None:
    model = model_of(FOUR + "let y = x[N](-3) report y")
    assert [model.title(slot) for slot in model.variables] == ["x[N]", "x[S]", "y"]
    assert "x" in model.public_names and all("." not in name for name in model.public_names)
    rows = {row[0]: row[1] for row in equations_grid(model).rows}
    assert rows["x[N]"] == "x[N] = 0.5 * x[N](-1) + 0.25 * x[N](-4) + push[N](-2)"
    assert blocks_grid(model).rows[0][3] == "x[N], x[S], y"
    told = dict(explain(model, model.slot("x", ("N",))).rows)
    assert told["reads"] == "x[N](-1), x[N](-4), push[N](-2)"
    assert told["read by"] == "y"
    assert tree_grid(model, model.slot("y")).rows[1] == ("└─ x[N](-3)", "3 periods ago")
    assert [model.title(slot) for slot in model.starts if model.origin(slot)[1]][:2] == [
        "x[N](-1)",
        "x[S](-1)",
    ]
    assert infer_units(model).findings == [] and remarks(model) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("let x = x(-3) start x = 1, x(-2) = 1", ["x(-1)"]),
        ("let x = x(-3) start x = 1", ["x(-1)", "x(-2)"]),
        ("let x = 1 let y = x(-2)", ["x(-1)"]),  # its value at the opening is known, not the one before
        ("dimension c = N, S let x[c] = x(-2) start x = 1, x[S](-1) = 1", ["x[N](-1)"]),
    ],
)
def test_what_lies_before_the_opening_is_never_guessed(text: str, missing: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        run(compile_model(elaborate(draft(parse(text, "m.model")))), Inputs(1, machine="numpy"))
    assert [trouble.mend for trouble in caught.value.troubles] == [
        f"write start {name} = ..." for name in missing
    ]
    assert {trouble.where for trouble in caught.value.troubles} == {"m.model:1"}


def test_an_early_start_that_nobody_reads_is_remarked_upon() -> None:
    found = remarks(model_of("let x = x(-2) start x = 1, x(-1) = 1, x(-2) = 1 report x"))
    assert [finding.sentence for finding in found] == ["start x(-2) is read by nobody."]


def test_a_given_had_the_value_of_the_text_unless_a_start_says_otherwise() -> None:
    model = model_of("given g = 2, h = 3 let y = g(-3) + h(-2) start g(-2) = 5")
    values = run(compile_model(model), Inputs(3, machine="numpy")).series("y")[1:, 0]
    assert values.tolist() == [8.0, 5.0, 5.0]


def test_a_model_that_may_be_run_gets_no_more_slots() -> None:
    model = model_of("let x = x(-2) start x = 1, x(-1) = 1")
    resolver = Resolver(model)
    before = len(model.slots)
    assert model.read(resolver.tree(parse_expression("x(-2)"), {})) == "x(-2)"
    with pytest.raises(InputError, match="x is read 3 periods back"):
        resolver.tree(parse_expression("x(-3)"), {})
    assert len(model.slots) == before


def test_a_later_text_replaces_a_start_of_the_same_period_only() -> None:
    statements = parse("let x = x(-2) start x = 1, x(-1) = 2", "first.model")
    later = parse("extends first start x(-1) = 7", "second.model")
    model = elaborate(draft(later, lambda name, file: statements))
    assert {model.title(slot): value for slot, value in model.starts.items()} == {"x": 1.0, "x(-1)": 7.0}
    assert draft(later, lambda name, file: statements).replaced == [
        "x(-1): first.model:1 is replaced at second.model:1"
    ]
