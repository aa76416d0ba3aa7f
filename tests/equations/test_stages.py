"""Stages: every equation once, blocks apart, and nothing before what it needs, in every model of the library."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, load_model
from creditor.equations.order import needs, order
from creditor.equations.parse import parse
from creditor.equations.stages import LARGE, blocks_grid, stages


def made(text: str):
    return elaborate(draft(parse(text)))


@pytest.mark.parametrize("name", closed_models())
def test_every_equation_stands_once_and_after_what_it_needs(name: str) -> None:
    model = load_model(name)
    found, graph = stages(model), needs(model)
    slots = [slot for stage in found for slot in stage.slots]
    assert sorted(slots) == sorted(model.equations)
    blocks = [step for step in order(model) if step.is_block]
    assert sorted(stage.tears for stage in found if stage.is_block) == sorted(step.tears for step in blocks)
    place = {slot: stage.number for stage in found for slot in stage.slots}
    above: dict[int, set[int]] = {}
    for stage in found:
        above[stage.number] = {other for first in stage.after for other in (first, *above[first])}
        for slot in stage.slots:
            assert {place[other] for other in graph[slot]} <= above[stage.number] | {stage.number}
    assert [stage.number for stage in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("name", closed_models())
def test_names_of_small_models_are_cells_and_of_large_ones_statements(name: str) -> None:
    model = load_model(name)
    names = [word for stage in stages(model) for line in stage.lines for word in line]
    titles = [model.title(slot) for slot in model.variables]
    if len(titles) <= LARGE:
        assert sorted(names) == sorted(titles)
    else:
        counts = [int(name.rpartition(" (")[2][:-1]) if name.endswith(")") else 1 for name in names]
        assert sum(counts) == len(titles)


def test_lines_are_by_depth_and_payments_have_no_name():
    found = stages(made("given a = 1 let b = a let c = b let d = b + c let e = a"))
    assert [stage.lines for stage in found] == [(("b", "e"), ("c",), ("d",))]
    names = [name for stage in stages(load_model("sim")) for line in stage.lines for name in line]
    assert not any(name.startswith("payment") for name in names)


def test_arrows_that_follow_from_others_are_left_out():
    text = "given a = 1 let x = a let b = 0.5 * c + x let c = 0.5 * b let d = b + x let e = 0.5 * f + d + x let f = 0.5 * e"
    found = stages(made(text))
    assert [(stage.is_block, stage.after) for stage in found] == [
        (False, ()),
        (True, (1,)),
        (False, (2,)),
        (True, (3,)),
    ]


def test_equations_that_need_the_same_blocks_are_one_stage():
    text = "let b = 0.5 * c + 1 let c = 0.5 * b let d = 0.5 * e + 1 let e = 0.5 * d let x = b let y = x + 1 let z = b + d"
    found = stages(made(text))
    assert [stage.lines for stage in found if not stage.is_block] == [(("x",), ("y",)), (("z",),)]
    assert found[-1].after == (1, 2)


def test_blocks_as_a_table():
    model = load_model("pc")
    grid = blocks_grid(model)
    assert [row[0] for row in grid.rows] == [str(number + 1) for number in range(len(grid.rows))]
    assert sum(int(row[2]) for row in grid.rows) == len(model.equations)
    together = [row for row in grid.rows if row[1].startswith("together, on ")]
    assert len(together) == sum(step.is_block for step in order(model)) == 1
    assert [row[4] for row in grid.rows] == ["", "1", "2"] and "(2)" not in grid.note
    assert "(2)" in blocks_grid(load_model("growth")).note
