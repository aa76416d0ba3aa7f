"""The weight of assumptions is what no longer reaches its owner once every grade C cell is taken out."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from creditor.analysis.assumed import (
    effects_of_assumptions,
    household_share,
    unallocated_share,
    weight_of_assumptions,
)
from creditor.analysis.creditors import by_part, final_parts
from creditor.ledger.claims import UNALLOCATED, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import load_country
from creditor.opening.opening import open_economy

USA = load_country("USA")
NOWHERE = "NOWHERE"


def opened(codes: str = "", perimeter: str = "federal-gross"):
    return open_economy(USA, parse_treatment(codes), perimeter)


def without(opening, chosen):
    """The look-through with some claims sent nowhere."""
    claims = tuple(replace(c, holder=NOWHERE) if chosen(c) else c for c in opening.ledger)
    names = {name for claim in claims for name in (claim.holder, claim.issuer)}
    return look_through(Ledger(claims), opening.debtor, [name for name in opening.through if name in names])


@pytest.mark.parametrize("codes", ["T0", "T1", "T2", "F1", "I2"])
def test_taking_every_assumption_out_reproduces_the_weight(codes):
    opening = opened(codes)
    result = final_parts(opening)
    assumed = weight_of_assumptions(opening, result)
    left = without(opening, lambda claim: claim.grade == "C")
    assert assumed.weight + assumed.divided == pytest.approx(left.share(NOWHERE), abs=1e-12)
    assert 0 < assumed.weight < 1 and 0 <= assumed.divided < 1
    for name, amount in result.owners.items():
        kept = left.owners.get(name, 0.0)
        assert assumed.by_owner[name] == pytest.approx(1 - kept / amount, abs=1e-12)
        mine = {key: value for key, value in by_part(result.parts).items() if key[0] == name}
        sure = math.fsum(value * (1 - assumed.by_part[key]) for key, value in mine.items())
        assert sure == pytest.approx(kept, abs=1e-9)


@pytest.mark.parametrize("codes", ["T0", "T2", "F1"])
def test_taking_one_cell_out_reproduces_its_effect(codes):
    opening = opened(codes)
    result = final_parts(opening)
    cells = effects_of_assumptions(opening, result)
    assert {id(cell.claim) for cell in cells} == {id(c) for c in opening.ledger if c.grade == "C"}
    before = household_share(opening, result)
    for cell in cells:
        left = without(opening, lambda claim, one=cell.claim: claim is one)
        assert cell.passing == pytest.approx(left.share(NOWHERE), abs=1e-12)
        assert cell.effect == pytest.approx(household_share(opening, left) - before, abs=1e-12)
        assert -cell.passing - 1e-12 <= cell.effect <= 1e-12
    assert [cell.effect for cell in cells] == sorted(cell.effect for cell in cells)


def test_each_cell_weighs_no_more_than_all_together():
    opening = opened("T0", "public")
    result = final_parts(opening)
    weight = weight_of_assumptions(opening, result).weight
    passing = [cell.passing for cell in effects_of_assumptions(opening, result)]
    assert max(passing) <= weight <= math.fsum(passing) + 1e-12


def test_government_funds_are_divided_by_assumption_but_their_kind_is_published():
    opening = opened("I1")
    assumed = weight_of_assumptions(opening, final_parts(opening))
    assert assumed.divided == pytest.approx(7359.78705416503 / float(opening.total), abs=1e-12)
    assert weight_of_assumptions(opened("I0"), final_parts(opened("I0"))).divided == 0
    named = open_economy(USA, parse_treatment("I1"), "federal-gross", "2025Q4")
    assert weight_of_assumptions(named, final_parts(named)).divided == 0, "the total alone is published"


def test_shares():
    opening = opened("T0", "public")
    result = final_parts(opening)
    assert household_share(opening, result) == pytest.approx(result.share("households_and_nonprofits"))
    assert unallocated_share(result) == result.owners[UNALLOCATED] / float(result.debt)
