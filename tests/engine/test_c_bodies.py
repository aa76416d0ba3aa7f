"""Tests of C bodies."""

from __future__ import annotations

import math

from creditor.engine.c_bodies import Bodies, Places, Plan, literal, operation
from creditor.engine.loops import Loop

ADD, MUL = 0, 2


def test_numbers_are_written_to_their_last_bit() -> None:
    for value in (0.1, -2.5e-300, 1 / 3, 5e-324, 1.7976931348623157e308):
        assert float(literal(value).strip("()")) == value
    assert literal(math.nan) == "NAN"
    assert literal(-math.inf) == "(-INFINITY)"


def test_operations_that_hand_on_not_a_number_are_functions() -> None:
    assert operation(13, ["x", "y"]) == "smaller(x, y)"
    assert operation(23, ["x", "y", "z"]) == "worse(x, y, z)"
    assert operation(7, ["x", "y"]) == "x < y ? 1.0 : 0.0"


def test_rows_written_out_keep_what_others_read() -> None:
    plan = Plan()
    plan.add_rows([(ADD, 0, 1, 0, 9), (MUL, 9, 9, 0, 2)])
    bodies = Bodies(Places(3, [0], {}))
    bodies.write(plan, "step")
    text = "".join(bodies.functions)
    assert "const double v0 = r[0][i] + r[1][i];" in text
    assert "r[2][i] = v1;" in text
    assert "= v0;" not in text


def test_a_loop_has_a_table_where_operands_differ_by_label() -> None:
    loop = Loop(
        (2, 3, 4),
        [
            [
                (MUL, 0, 9, 0, slot),
            ]
            for slot in (2, 3, 4)
        ],
    )
    loop = Loop(
        loop.slots,
        [[(MUL, 0, constant, 0, slot)] for slot, constant in zip((2, 3, 4), (9, 10, 1), strict=True)],
    )
    places = Places(5, [], {9: 0.5, 10: 0.25})
    plan = Plan()
    plan.add_loops([loop])
    bodies = Bodies(places)
    bodies.write(plan, "step")
    text = "".join(bodies.functions)
    assert "{CONSTANTS + 0, 2}" in text
    assert "{1, 4}" in text
    assert "r[0][i] * x0[i]" in text
    assert "(r, 0, 3);" in text
    assert places.constants == {9: 0, 10: 1}


def test_results_that_another_part_reads_are_found() -> None:
    plan = Plan()
    plan.add_rows([(ADD, 0, 1, 0, 9)])
    plan.parts.append([(MUL, 9, 9, 0, 2)])
    read, made, across = plan.flows()
    assert 9 in made & across
    places = Places(3, [], {})
    places.begin(made & across)
    assert places.kept(9)
    places.begin(())
    assert not places.kept(9)
    assert read == {0, 1, 9}
