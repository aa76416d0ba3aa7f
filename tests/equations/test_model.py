"""The model: slots of cells and back, titles, and which of them are variables."""

from __future__ import annotations

import pytest

from creditor.equations.draft import Draft, draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.spaces import Space
from creditor.errors import InputError

TEXT = """
dimension c = N, S
sector a[c], b[c]
claim k: a owes b
write off k = 1
redeem k = 2 at 1
transaction t: b -> a = 3
given g[N] = 1, g[S] = 2
let x = g * 2
"""


def made(text: str = TEXT) -> Model:
    return elaborate(draft(parse(text)), "m")


def test_each_cell_has_its_slot() -> None:
    model = made()
    for slot, (name, cell) in enumerate(model.slots):
        assert model.slot(name, cell) == slot == model.slot_of[name, cell]
        assert model.spaces[name].cells[model.spaces[name].index[cell]] == cell


def test_titles_are_as_people_write_them() -> None:
    model = made()
    titles = [model.title(slot) for slot in range(len(model.slots))]
    assert {
        "k[N]",
        "g[S]",
        "net_worth[a, N]",
        "saving[b, S]",
        "written off of k[N]",
        "payment of t[S]",
    } <= set(titles)
    assert len(set(titles)) == len(titles)
    assert load_model("sim").title(load_model("sim").slot("net_worth.firms")) == "net_worth[firms]"


def test_variables_are_what_is_solved_and_shown() -> None:
    model = made()
    shown = {model.title(slot) for slot in model.variables}
    assert shown == {f"{name}[{c}]" for name in ("k", "t", "x") for c in "NS"} | {
        f"{derived}[{sector}, {c}]" for derived in ("net_worth", "saving") for sector in "ab" for c in "NS"
    }
    assert model.public_names == ["k", "t", "g", "x"]


def test_names_and_cells_that_are_not_there() -> None:
    model = made()
    with pytest.raises(InputError) as caught:
        model.slot("kk")
    assert caught.value.codes == ("E610",) and caught.value.troubles[0].mend == "did you mean k?"
    with pytest.raises(InputError) as caught:
        model.slot("k", ("W",))
    assert caught.value.codes == ("E616",)
    assert (caught.value.troubles[0].what, caught.value.troubles[0].mend) == (
        "no cell k[W]",
        "cells are k[N], k[S]",
    )


def test_spaces_are_added_in_order() -> None:
    model = Model("m", Draft())
    model.add_space(Space("x", ("c",), (("N",), ("S",))))
    model.add_space(Space("y", (), ((),)))
    assert model.slots == [("x", ("N",)), ("x", ("S",)), ("y", ())]


@pytest.mark.parametrize("name", closed_models())
def test_every_slot_of_the_library_has_an_equation_or_a_number(name: str) -> None:
    model = load_model(name)
    assert set(model.equations) | set(model.givens) == set(range(len(model.slots)))
    assert not set(model.equations) & set(model.givens)
    assert set(model.settled) <= set(model.equations)
