"""Structural balances: each figure has its source and grade, what is not known is said, units are shares."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.baseline import baseline
from creditor.sustainability.packs import packs
from creditor.sustainability.structural import structure


def test_every_economy_of_the_framework_has_its_own_figures():
    for code in packs()["eu2024"].economies:
        found = structure(code)
        assert not found.findings and found.in_procedure is not None and found.before is not None
        assert 0.4 < found.elasticity < 0.7 and 0.35 < found.expenditure < 0.6
        assert found.gaps[2029] == 0 and all(abs(gap) < 0.03 for gap in found.gaps.values())
        for origin in found.origins.values():
            assert origin.source and origin.vintage and origin.grade in ("A", "B"), code
    assert {code for code in packs()["eu2024"].economies if structure(code).in_procedure} == {
        "BEL",
        "FRA",
        "ITA",
    }


def test_the_derived_balance_is_near_the_one_of_the_commission():
    """Both take the same gap and elasticity; forecast and one-off measures differ."""
    for code in packs()["eu2024"].economies:
        plans = adjustment(baseline(code), 4, 2, 1)
        assert plans.start == pytest.approx(structure(code).official[2025], abs=0.014), code


def test_what_is_not_known_is_assumed_and_said():
    found = structure("BRA")
    assert found.elasticity == 0.5 and not found.gaps and found.in_procedure is None
    assert found.origins["semi_elasticity"].grade == "C"
    assert found.origins["primary_expenditure"].grade == "B"
    places = {finding.place: finding.severity for finding in found.findings}
    assert places == {"output gap": "warning", "semi-elasticity": "note"}


def test_gaps_are_as_published_and_close_in_a_line_by_2029():
    """The Commission's forecast of spring 2025 ends in 2026; its method closes the gap in three equal steps."""
    germany = structure("DEU")
    found = germany.gap(2024, 8)
    assert found[:2].tolist() == [germany.gaps[2025], germany.gaps[2026]] and found[1] < 0
    assert found[1:5] == pytest.approx(found[1] * np.array([1, 2 / 3, 1 / 3, 0]), abs=1e-6)
    assert not found[4:].any()


def test_another_perimeter_has_no_spending_of_general_government():
    found = structure("USA", "federal")
    assert found.expenditure is None and found.before is None and "primary_expenditure" not in found.origins
    assert structure("USA").expenditure is not None
