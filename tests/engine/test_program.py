"""Programs: sections, checks and groups cover every equation; registers are few."""

from __future__ import annotations

import pytest

from creditor.engine.program import compile_model
from creditor.equations.expressions import Cell
from creditor.equations.load import load_model


@pytest.mark.parametrize("name", ["sim", "pc", "lp", "openflex"])
def test_every_equation_is_solved_once_and_checked_once(name: str) -> None:
    program = compile_model(load_model(name))
    solved = [slot for section in program.sections for slot in section.slots]
    checked = [check.slot for check in program.checks]
    checked += [slot for group in program.groups for slot in group.slots]
    assert sorted(solved) == sorted(checked) == sorted(program.model.equations)


def test_intermediate_results_share_registers() -> None:
    program = compile_model(load_model("openflex"))
    kept = program.slots + len(program.lagged) + len(program.constants) + 1
    assert program.registers - kept < 300
    assert program.rows > 1000


def test_yesterday_has_a_register_of_its_own(laid_out) -> None:
    program = laid_out("let b = b(-1) + 1 start b = 1")
    assert program.register(Cell(0)) == 0
    assert program.register(Cell(0, 1)) == 1


def test_budgets_know_both_sides() -> None:
    program = compile_model(load_model("sim"))
    signs = [sign for _, _, own in program.budgets for sign in own]
    assert sum(signs) == 0
    assert {party[0] for party, _, _ in program.budgets} == {"households", "firms", "government"}
