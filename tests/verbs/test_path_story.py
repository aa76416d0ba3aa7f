"""The story of a path: chances with errors, a debt limit where there is one, never safety."""

from __future__ import annotations

from creditor.verbs.path import path
from creditor.verbs.path_story import chance, percent, points


def test_pieces():
    assert (
        percent(1.353) == "135.3 %" and points(-0.0123) == "−1.2" and chance((0.25, 0.004)) == "25 % (± 0.4)"
    )


def test_a_rate_below_growth_is_said_to_be_no_safety():
    story = path("JPN", paths=50, stress="none").story
    assert "which is no safety" in story and "changes sign" in story
    above = path("BRA", paths=50, stress="none").story
    assert "which is no safety" not in above and "changes sign" in above


def test_no_projection_is_said():
    assert "On what is held" in path("LKA", paths=50, stress="none").story
