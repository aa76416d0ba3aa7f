"""Order of solution: components against reachability by brute force, and tears that leave no circle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.expressions import Binary, Call, Cell, Negative, Number
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.order import cells_in, components, needs, order
from creditor.equations.parse import parse

GRAPHS = st.integers(1, 9).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), max_size=4, unique=True), min_size=size, max_size=size
    )
)


def made(text: str) -> Model:
    return elaborate(draft(parse(text)))


def closure(graph: dict[int, list[int]]) -> dict[int, set[int]]:
    """What each node reaches, by going on until nothing is added."""
    reached = {node: {node, *others} for node, others in graph.items()}
    while True:
        grown = {node: set().union(*(reached[other] for other in found)) for node, found in reached.items()}
        if grown == reached:
            return reached
        reached = grown


def check_steps(model: Model) -> None:
    """Each slot once, in an order in which everything that is read is there."""
    graph = needs(model)
    steps = order(model)
    slots = [slot for step in steps for slot in (*step.slots, *step.tears)]
    assert sorted(slots) == sorted(model.equations)
    done: set[int] = set()
    for step in steps:
        done |= set(step.tears)
        for slot in step.slots:
            assert set(graph[slot]) <= done, model.title(slot)
            done.add(slot)
        for slot in step.tears:
            assert set(graph[slot]) <= done, model.title(slot)
        if not step.is_block:
            assert len(step.slots) == 1


@given(GRAPHS)
def test_components_are_those_of_reachability(lists: list[list[int]]) -> None:
    graph = dict(enumerate(lists))
    reached = closure(graph)
    found = components(graph)
    together = {frozenset(o for o in graph if o in reached[n] and n in reached[o]) for n in graph}
    assert {frozenset(part) for part in found} == together
    assert sum(map(len, found)) == len(graph)
    place = {node: number for number, part in enumerate(found) for node in part}
    assert all(place[other] <= place[node] for node, others in graph.items() for other in others)


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {number: [number + 1] for number in range(20_000)} | {20_000: []}
    assert components(chain)[0] == [20_000]
    assert len(components(chain | {20_000: [0]})) == 1


@given(GRAPHS)
def test_tears_leave_no_circle(lists: list[list[int]]) -> None:
    lines = [
        f"let x{n} = 1 + {' + '.join(f'0.1 * x{o}' for o in others) or '0'}" for n, others in enumerate(lists)
    ]
    model = made("\n".join(lines))
    check_steps(model)
    reached = closure(needs(model))
    for step in order(model):
        slots = (*step.slots, *step.tears)
        circular = len(slots) > 1 or slots[0] in needs(model)[slots[0]]
        assert step.is_block == circular
        assert all(one in reached[other] for one in slots for other in slots)


@pytest.mark.parametrize("name", closed_models())
def test_the_models_of_the_library_are_in_order(name: str) -> None:
    check_steps(load_model(name))


def test_what_is_found_is_always_iterated_on() -> None:
    model = made("given a = 2 find x so that y = a let y = x * z let z = x + 1 let w = y")
    (block, last) = order(model)
    assert [model.title(slot) for slot in block.tears] == ["x"]
    assert [model.title(slot) for slot in block.slots] == ["z", "y"]
    assert not last.is_block
    alone = made("find x so that x ^ 2 = 2")
    assert order(alone)[0].tears == (alone.slot("x"),) and order(alone)[0].slots == ()


def test_lags_make_no_circle() -> None:
    model = made("let a = b(-1) let b = a start b = 1")
    assert [step.is_block for step in order(model)] == [False, False]
    assert needs(model) == {model.slot("a"): [], model.slot("b"): [model.slot("a")]}


def test_every_cell_of_a_tree_from_left_to_right() -> None:
    tree = Call("max", (Binary("+", Cell(1), Negative(Cell(2, 1))), Number(1.0), Cell(1)))
    assert [(cell.slot, cell.lag) for cell in cells_in(tree)] == [(1, 0), (2, 1), (1, 0)]


def test_the_portfolio_is_no_part_of_the_block_of_income() -> None:
    model = load_model("pc")
    blocks = [step for step in order(model) if step.is_block]
    names = {model.title(slot) for step in blocks for slot in (*step.slots, *step.tears)}
    assert len(blocks) == 1
    assert not names & {"wealth", "money", "bills[households]", "bills[central_bank]"}
