"""Every sector has one class of creditor and one residence, and loop shares add up."""

from __future__ import annotations

import pytest

from creditor.analysis.residence import CLASSES, COARSE, SIX, class_bounds, class_of, classes, loop_of
from creditor.ledger.claims import UNALLOCATED
from creditor.terms.vocabulary import sectors


@pytest.mark.parametrize("name", list(sectors()))
def test_the_residence_of_a_sector_is_that_of_its_role(name):
    residence = CLASSES[class_of(name)][1]
    role = sectors()[name].role
    wanted = {"foreign": "foreign", "mixed": "unknown", "aggregate": "unknown"}.get(role, "resident")
    assert residence == wanted


def test_the_six_classes_of_the_investor_base():
    names = ("central_bank", "deposit_takers", "resident_nonbanks")
    names += ("foreign_official", "foreign_banks", "foreign_nonbanks")
    assert tuple(class_of(name) for name in names) == SIX


def test_a_group_of_several_classes_goes_to_the_coarser_one():
    assert class_of("banks_and_other_financial") == "residents"
    assert class_of("multilateral_creditors") == "multilateral"
    assert class_of(UNALLOCATED) == class_of("a holder that does not exist") == "unknown"


def test_shares_add_up_and_the_unknown_is_nobodys():
    amounts = classes(
        [("central_bank", 20.0), ("households", 30.0), ("rest_of_world", 40.0), (UNALLOCATED, 10.0)]
    )
    loop = loop_of(amounts)
    assert (loop.resident, loop.foreign, loop.unknown) == (0.5, 0.4, 0.1)
    assert loop.most == pytest.approx(0.6)


def test_what_is_not_told_apart_may_be_any_of_its_members():
    amounts = {
        "central_bank": 4.0,
        "resident_banks": 2.0,
        "foreign_banks": 1.0,
        "residents": 3.0,
        "foreigners": 5.0,
        "unknown": 2.0,
    }
    bounds = class_bounds(amounts)
    assert bounds["central_bank"] == (4.0, 4.0 + 3.0 + 2.0)
    assert bounds["foreign_banks"] == (1.0, 1.0 + 5.0 + 2.0)
    assert bounds["residents"] == (0.0, 5.0) and bounds["unknown"] == (0.0, 2.0)
    for name, amount in amounts.items():
        assert bounds[name][0] <= amount <= bounds[name][1] <= sum(amounts.values())
    assert set(COARSE) < set(CLASSES)
