"""The nearest valid names come first and are among the valid ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.terms.suggest import mend_with, nearest

NAMES = ["households", "insurers", "pension_funds", "private_pension_funds", "deposit takers"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("housholds", "households"),
        ("HOUSEHOLDS", "households"),
        ("pension-funds", "pension_funds"),
        ("Deposit_Takers", "deposit takers"),
        ("insurer", "insurers"),
        ("private", "private_pension_funds"),
    ],
)
def test_the_nearest_name_comes_first(typed, first):
    assert nearest(typed, NAMES)[0] == first


def test_far_and_empty_names_have_no_neighbour():
    assert nearest("xyzzy", NAMES) == nearest("", NAMES) == nearest("__", NAMES) == []
    assert nearest("a", ["", "_", "-"]) == []
    assert nearest("a", []) == []


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=8), st.integers(1, 4))
def test_suggestions_are_valid_unique_and_few(typed, names, count):
    found = nearest(typed, names, count)
    assert set(found) <= set(names)
    assert len(found) == len(set(found)) <= count


@given(st.lists(st.text("abcde", min_size=4, max_size=8), min_size=1, max_size=8))
def test_a_valid_name_is_its_own_nearest(names):
    assert nearest(names[-1], names)[0] == names[-1]


@pytest.mark.parametrize(
    ("typed", "names", "mend"),
    [
        ("wealt", ["wealth", "age"], "did you mean wealth?"),
        ("pension", NAMES, "did you mean pension_funds or private_pension_funds?"),
        ("x", ["wealth", "age"], "use one of: wealth, age"),
        ("x", [], "there is nothing to choose from"),
        ("x", [str(number) for number in range(13)], "use one of 13 names, for example 0, 1, 2, 3, 4, 5"),
    ],
)
def test_the_mend_line(typed, names, mend):
    assert mend_with(typed, iter(names)) == mend
