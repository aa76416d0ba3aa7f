"""Which cells of a claim a statement about it means."""

from __future__ import annotations

import pytest

from creditor.equations.declare import Declarations
from creditor.equations.draft import draft
from creditor.equations.held import claim_cells
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError, Troubles

TEXT = """
dimension country = N, S
dimension partner as country
sector states[country], banks[country], funds[country]
claim bonds: states[country] owes banks[partner], funds[partner]
transaction taxes: banks -> states
transaction fees: funds -> banks
transaction aid: states[N] -> states[S]
"""


def cells(hold: str) -> list[tuple[str, ...]]:
    drafted = draft(parse(TEXT + hold, "m.model"))
    troubles = Troubles()
    model = Model("m", drafted)
    declared = Declarations(model, troubles)
    declared.run()
    troubles.raise_if_any()
    return claim_cells(model, declared, drafted.holds[-1])[1]


def test_a_hold_means_the_cells_of_its_holder() -> None:
    found = cells("hold bonds by funds = 2")
    assert len(found) == 4 and all("funds" in cell for cell in found)


def test_brackets_of_the_holder_and_of_the_claim_fix_labels() -> None:
    assert len(cells("hold bonds by funds[S] = 2")) == 2
    assert len(cells("hold bonds[N] by funds[S] = 2")) == 1


def test_a_condition_leaves_cells_out() -> None:
    assert len(cells("hold bonds by funds where partner <> country = 2")) == 2


@pytest.mark.parametrize(
    ("hold", "code"),
    [
        ("hold bond by funds = 2", "E610"),
        ("hold bonds by states = 2", "E616"),
        ("hold bonds by funds[M] = 2", "E616"),
        ("hold bonds[partner] by funds = 2", "E616"),
        ("hold bonds by funds where country == N and country == S = 2", "E616"),
    ],
)
def test_what_is_not_there_is_refused(hold: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        cells(hold)
