"""Variants: side by side with the digits of runs alone, openings of their own, one failure disturbs no other."""

from __future__ import annotations

import numpy as np

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.scenario.variants import Variant, run_variants


def test_each_variant_has_the_digits_of_its_own_run() -> None:
    model = load_model("pc")
    program, tax, money = compile_model(model), model.slot("tax_rate"), model.slot("money")
    noise = np.random.default_rng(1).uniform(0.15, 0.25, (6, 3))
    tries = [
        Variant({tax: noise}),
        Variant({tax: np.full(6, 0.3)}, {money: 40.0}),
        Variant({}, {model.slot("bills", ("households",)): 50.0}),
    ]
    sides = run_variants(program, 6, 3, tries, range(len(model.slots)))
    for side, variant in zip(sides, tries, strict=True):
        alone = run(program, Inputs(6, 3, variant.givens, variant.starts))
        assert np.array_equal(side.values, alone.values, equal_nan=True)


def test_openings_that_are_computed_follow_their_own_variant(text) -> None:
    model = load_model(text("let b = 2 * a let a = a(-1) + b(-1) start a = 1"))
    program, a, b = compile_model(model), model.slot("a"), model.slot("b")
    sides = run_variants(program, 1, 1, [Variant({}, {a: 3.0}), Variant({}, {b: 7.0})], [a, b])
    assert [side.values[:, 0, 0].tolist() for side in sides] == [[3.0, 6.0], [1.0, 7.0]]


def test_a_variant_without_a_solution_leaves_the_others(text) -> None:
    model = load_model(text("given a = 1 let b = 1 / a"))
    slot, b = model.slot("a"), model.slot("b")
    tries = [Variant({slot: np.full(2, x)}) for x in (1.0, 0.0, 2.0, 4.0, 0.0)]
    sides = run_variants(compile_model(model), 2, 1, tries, [b])
    assert [None if s.values is None else float(s.values[0, 2, 0]) for s in sides] == [
        1.0,
        None,
        0.5,
        0.25,
        None,
    ]
    assert sides[1].error is not None and sides[1].error.codes == ("E621",) and sides[0].error is None
