"""Loops: one for all labels of a statement; cut, ordered and woven without changing what is computed."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine import loops
from creditor.engine.batch import bind, execute
from creditor.engine.loops import Loop, Piece, form, gather, runs, strips, weave
from creditor.engine.program import compile_model
from creditor.equations.load import load_model

FORTY = ", ".join(f"l{n}" for n in range(40))
MANY = f"""
dimension d = {FORTY}
given a[d] = 2
let b[d] = a * b(-1) + exp(a)
let c = sum(b over d)
let e[d] = b / c
start b = 1
"""


def test_form_knows_who_made_what() -> None:
    one = [(2, 0, 1, 0, 9), (0, 9, 2, 0, 3)]
    assert form(one) == form([(2, 4, 4, 0, 8), (0, 8, 4, 0, 7)])
    assert form(one) != form([(2, 0, 1, 0, 9), (0, 2, 9, 0, 3)])
    assert form(one) != form([(2, 0, 1, 0, 9), (1, 9, 2, 0, 3)])


def test_labels_of_a_statement_are_one_loop_and_levels_stay_apart(laid_out) -> None:
    program = laid_out(MANY)
    assert [len(loop.slots) for loop in program.loops] == [40, 1, 40]
    assert program.calls < program.rows / 5


@pytest.mark.parametrize("name", ["three_economies", "openflex", "growth", "pc"])
def test_every_equation_is_in_one_loop(name: str) -> None:
    program = compile_model(load_model(name))
    slots = [slot for loop in program.loops for slot in loop.slots]
    assert sorted(slots) == sorted(program.model.equations)
    for loop in program.loops:
        assert len({form(rows) for rows in loop.members}) == 1


def test_the_gauge_has_few_loops(pytestconfig) -> None:
    program = compile_model(load_model(str(pytestconfig.rootpath / "benchmarks/big.model")))
    assert len(program.loops) <= 150
    assert sum(len(loop.slots) for loop in program.loops) > 4000


def test_the_length_of_a_strip_changes_no_bit(ran, monkeypatch) -> None:
    found = set()
    for length in (1, 7, 16, 64):
        monkeypatch.setattr(loops, "STRIP", length)
        found.add(ran(MANY, 4, paths=3, machine="numpy").values.tobytes())
    assert len(found) == 1


def test_a_strip_follows_what_it_reads() -> None:
    chain = [Piece(n, n, n, [(0, n - 1, n - 1, 0, n)]) for n in range(1, 30)]
    ordered = [strip.slots[0] for strip in strips(reversed(gather(chain)))]
    assert ordered == sorted(ordered)


def test_members_that_were_fused_differently_are_woven_apart() -> None:
    members = [[(24, 0, 1, 2, 3)], [(2, 0, 1, 0, 9), (0, 9, 2, 0, 4)], [(24, 0, 1, 2, 5)]]
    assert [row[0] for row in weave(members)] == [24, 24, 2, 0]


def test_runs_cover_every_row_once() -> None:
    rows = [(code, 0, 0, 0, n) for n, code in enumerate([2, 2, 0, 2, 19, 19])]
    assert runs(rows) == [(2, 0, 2), (0, 2, 3), (2, 3, 4), (19, 4, 6)]
    assert runs([]) == []


def test_rows_that_read_each_other_are_not_taken_as_one() -> None:
    registers = np.array([[1.0], [2.0], [0.0], [0.0]])
    execute(bind([(0, 0, 1, 0, 2), (0, 2, 1, 0, 3), (0, 3, 3, 0, 2)], registers))
    assert registers[:, 0].tolist() == [1.0, 2.0, 10.0, 5.0]


def test_operations_of_a_loop() -> None:
    assert Loop((0,), [[(2, 0, 1, 0, 9), (0, 9, 2, 0, 3)]]).operations == 2
