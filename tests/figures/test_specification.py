"""The common part of specifications is plain and refuses what is not known."""

import pytest

from creditor.figures.specification import Node, check_tone, grade_of, specification
from creditor.terms.units import money


def test_fields_come_first_and_body_follows():
    spec = specification("bars", "T", "S", "Q", money("USD"), rows=[1])
    assert list(spec) == ["kind", "title", "sentence", "source", "unit", "rows"]


def test_unknown_kind_and_missing_title():
    with pytest.raises(ValueError, match="pie"):
        specification("pie", "T", "", "", money("USD"))
    with pytest.raises(ValueError, match="title"):
        specification("bars", "", "", "", money("USD"))


def test_node_checks_tone_and_layer():
    with pytest.raises(ValueError, match="purple"):
        Node("a", "A", 0, "purple")
    with pytest.raises(ValueError, match="layers begin at 0"):
        Node("a", "A", -1)
    assert check_tone("firm") == "firm"


def test_grade_is_checked():
    assert grade_of({}, "x") == "A"
    with pytest.raises(ValueError, match="'D'"):
        grade_of({"x": "D"}, "x")
