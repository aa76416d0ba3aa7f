"""Blocks: what is iterated on, what is linear, what cannot be decided."""

from __future__ import annotations

import pytest

from creditor.errors import InputError


def block_of(program):
    (block,) = [section.block for section in program.sections if section.block is not None]
    return block


def test_a_linear_block_takes_one_unknown_and_one_jacobian(laid_out, texts) -> None:
    block = block_of(laid_out(texts["cycle"]))
    assert len(block.tears) == 1
    assert block.linear and not block.is_market


def test_a_market_is_known_by_its_single_find(laid_out, texts) -> None:
    block = block_of(laid_out(texts["market"]))
    assert block.is_market and not block.linear


def test_a_hub_is_iterated_on_so_that_its_spokes_do_not_meet(laid_out) -> None:
    labels = ", ".join(f"c{n}" for n in range(20))
    text = f"""
    dimension country = {labels}
    given share[country] = 0.2
    let trade = sum(share * output over country)
    let output[country] = 1 + 0.5 * output + trade / 20
    """
    program = laid_out(text)
    block = block_of(program)
    assert program.model.slot("trade") in block.tears
    assert len(block.factors) < 100


@pytest.mark.parametrize("text", ["given k = 1 find p so that k = 2", "find p so that if(p > 3, 1, -1) = 0"])
def test_what_no_number_could_decide_is_refused(laid_out, text: str) -> None:
    with pytest.raises(InputError) as error:
        laid_out(text)
    assert error.value.codes == ("E617",)
