"""Bodies: loops over labels and straight ones; what has no vector form stays on the tape; nothing is lost."""

from __future__ import annotations

from creditor.engine.bodies import FIRST, LONG, POWER, Plan, at_once, shared
from creditor.engine.loops import Packed
from creditor.engine.program import SPARE, compile_model
from creditor.engine.tape import OPERANDS
from creditor.equations.load import load_model

LABELS = ", ".join(f"l{n}" for n in range(12))


def test_labels_of_one_form_are_one_run(laid_out) -> None:
    program = laid_out(f"dimension d = {LABELS} given a[d] = 2, k = 3 let b[d] = a * k + 1")
    plan = Plan(program)
    first, last = plan.put(program.sections[0].rows)
    assert (first, last, len(plan.bodies), plan.rows) == (0, 1, 1, [])
    (body,) = plan.bodies
    assert plan.runs == [(FIRST, 0, 12)] and len(plan.cells) == 12 * body.columns
    assert [source[0] for source in body.rows[-1][1]] == ["cell", "cell", "number"]


def test_a_power_stays_on_the_tape_between_two_bodies(laid_out) -> None:
    program = laid_out("given a = 2, e = 0.3 let b = (a + 1) ^ e * 2 + a")
    plan = Plan(program)
    plan.put(program.sections[0].rows)
    codes = [code for code, _, _ in plan.runs]
    assert codes[1] == POWER and codes[0] >= FIRST and codes[2] >= FIRST
    assert len(plan.rows) == 1
    inner = plan.rows[0][0]
    assert any(kept == ("register", inner) for body in plan.bodies for _, _, kept, _ in body.rows)


def test_a_long_part_is_cut(laid_out) -> None:
    program = laid_out("given a = 1 let b = a + 1")
    pool = program.flag + 1
    rows = [(2, 0, 0, 0, pool), *((0, pool, pool, 0, pool) for _ in range(LONG)), (2, pool, 0, 0, 1)]
    plan = Plan(program)
    plan.put(Packed(rows, [(1, len(rows))]))
    assert [len(body.rows) for body in plan.bodies] == [LONG, 2]
    assert next(iter(plan.bodies)).rows[-1][2] == ("register", pool)


def test_a_register_that_two_labels_write_keeps_the_order_of_the_rows(laid_out) -> None:
    program = laid_out("given a = 1 let b = a + 1")
    live = program.flag + 1
    members = [[(2, 0, 0, 0, live), (0, live, 0, 0, 1)] for _ in range(6)]
    rows = [row for pair in zip(*members, strict=True) for row in pair]
    plan = Plan(program)
    plan.put(Packed(rows, [(6, 2)]), live=frozenset({live}))
    (body,) = plan.bodies
    assert body.columns == 0 and [row[0] for row in body.rows] == [2] * 6 + [0] * 6


def test_what_other_parts_of_a_block_read_is_stored() -> None:
    program = compile_model(load_model("openflex"))
    block = next(section.block for section in program.sections if section.block)
    found = shared(block)
    assert {block.size, block.kappa, *block.steps} <= found
    written: set[int] = set()
    for row in block.slopes:
        assert {x for x in row[1 : 1 + OPERANDS[row[0]]] if x not in written} <= found
        written.add(row[4])


def test_a_linear_block_is_also_laid_out_at_once() -> None:
    program = compile_model(load_model("pc"))
    block = next(section.block for section in program.sections if section.block)
    rows, constants = at_once(block, program, 1e-13)
    assert block.linear and len(rows) == len(block.values) * 2 + len(
        rows[len(block.values) : -len(block.values)]
    )
    assert set(constants.values()) == {1e-13} and max(constants) < program.registers
    assert {row[4] for row in rows if row[4] >= program.registers - SPARE} <= set(range(program.registers))
