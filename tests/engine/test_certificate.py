"""Certificates: what is worst, where it is, and what fails."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from creditor.engine.certificate import NOTHING, worse
from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.errors import NoSolutionError


def test_the_worst_does_not_depend_on_the_order() -> None:
    scores = [(0.1, 3, 1, 0), (0.2, 2, 5, 1), (0.2, 2, 4, 9), (0.2, 3, 0, 0), NOTHING]
    for order in itertools.permutations(scores):
        found = NOTHING
        for score in order:
            found = worse(found, score)
        assert found == (0.2, 2, 4, 9)


def test_a_value_that_is_not_finite_names_where_it_began(ran, laid_out) -> None:
    rest = "let clock = clock(-1) + 1 start clock = -2"
    text = f"given k = 1 let c = b + 1 let b = log(a) let a = k - 1 - clock {rest}"
    with pytest.raises(NoSolutionError) as error:
        ran(text, 5)
    said = str(error.value)
    assert "period 2, path 0: the equation for b has no valid value: the value is -inf" in said
    assert "it reads a = 0" in said and "a log, root or power" in said


def test_an_equation_of_numbers_alone_reads_nothing(ran) -> None:
    with pytest.raises(NoSolutionError) as error:
        ran("let y = 1 + 0 * exp(800)", 1)
    (trouble,) = error.value.troubles
    assert trouble.why == "" and "the value is nan" in trouble.what


def test_a_wrong_machine_is_found_out() -> None:
    program = compile_model(load_model("sim"))
    index = next(n for n, section in enumerate(program.sections) if section.block is None and section.rows)
    section = program.sections[index]
    code, a, b, c, result = section.rows[-1]
    spoilt = dataclasses.replace(section, rows=[*section.rows[:-1], ((code + 1) % 3, a, b, c, result)])
    sections = [*program.sections[:index], spoilt, *program.sections[index + 1 :]]
    with pytest.raises(NoSolutionError, match="does not hold"):
        run(dataclasses.replace(program, sections=sections, flat={}), Inputs(2))


def test_the_certificate_says_where_the_worst_is() -> None:
    program = compile_model(load_model("pc"))
    found = run(program, Inputs(30)).certificate
    assert 0 <= found.residual <= 1e-13 and 0 < found.books <= 1e-12
    assert found.sector in {party[0] for party in program.model.sectors}
    assert set(found.as_dict()) >= {"residual", "equation", "period", "path", "books", "sector"}


def test_books_that_do_not_close_fail() -> None:
    program: Program = compile_model(load_model("pc"))
    party, payments, signs = program.budgets[0]
    broken = [(party, payments, [-signs[0], *signs[1:]]), *program.budgets[1:]]
    with pytest.raises(NoSolutionError, match="do not sum to zero"):
        run(dataclasses.replace(program, budgets=broken, flat={}), Inputs(2))
    assert np.isfinite(run(program, Inputs(2)).values[:, 1:]).all()


def test_a_budget_that_an_explosion_tears_names_its_largest_payment() -> None:
    """After centuries wealth and deposits run apart by 1e39, and 16 digits hold no budget together."""
    with pytest.raises(NoSolutionError) as error:
        run(compile_model(load_model("country")), Inputs(2000))
    said = str(error.value)
    assert "do not sum to zero" in said and "the largest is payment of deposits[households] = 3" in said
    assert "see whether the path explodes" in said
