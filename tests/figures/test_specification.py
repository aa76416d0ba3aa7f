"""The common part of specifications is plain and refuses what is not known."""

import pytest

from creditor.figures.specification import Node, check_tone, grade_of, specification, with_unit
from creditor.terms.units import money, parse_unit


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


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1138.3, "USD bn", "1,138.3 USD bn"),
        (0.33, "share", "33.0 %"),
        (0.33, "share of holdings", "33.0 % of holdings"),
        (60.0, "percent of GDP", "60.0 % of GDP"),
        (-1.5, "EUR bn per year", "−1.5 EUR bn per year"),
        (12.0, "households", "12 households"),
    ],
)
def test_with_unit(value, unit, text):
    assert with_unit(value, parse_unit(unit)) == text
