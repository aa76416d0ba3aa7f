"""The story of a path: chances with errors, a debt limit where there is one, never safety."""

from __future__ import annotations

import re

from creditor.export.text import to_text
from creditor.verbs.effort import effort
from creditor.verbs.path import path
from creditor.verbs.path_rank import path_rank
from creditor.verbs.path_story import chance, percent, points
from creditor.verbs.rules import rules


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


def test_no_output_calls_anything_safe():
    answers = [path_rank(2035, 20)]
    for code in ("JPN", "FRA"):
        answers += [path(code, paths=20), rules(code, paths=20), effort(code, "debt", paths=20)]
    for answer in answers:
        text = " ".join(to_text(answer, 120).split())
        assert not re.search(r"(?<!no )\bsafe(?:ty|ly)?\b|\bsustainable\b", text), text
        assert "no safety" in text
