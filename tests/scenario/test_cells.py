"""Cells of givens by their written names."""

from __future__ import annotations

from creditor.equations.load import load_model
from creditor.errors import Troubles
from creditor.scenario.cells import given_cells


def test_names_stand_for_their_cells_and_others_are_refused(text) -> None:
    model = load_model(text("dimension d = N, S given g[d] = 1, a = 2 let x[d] = a * g"))
    troubles = Troubles()
    titles = [[model.title(s) for s in given_cells(model, n, "set", troubles)] for n in ("g", "g[S]", "a")]
    assert titles == [["g[N]", "g[S]"], ["g[S]"], ["a"]] and not troubles.items
    for name in ("x", "q", "a + 1", "a(-1)"):
        assert given_cells(model, name, "set", troubles) == []
    assert {trouble.code for trouble in troubles.items} == {"S702"} and len(troubles.items) == 4
