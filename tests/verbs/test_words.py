"""A number and its noun agree."""

import pytest

from creditor.verbs.words import counted


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (0, ("fault",), "0 faults"),
        (1, ("fault",), "1 fault"),
        (2, ("economy", "economies"), "2 economies"),
        (1, ("economy", "economies"), "1 economy"),
        (1234, ("row",), "1,234 rows"),
    ],
)
def test_plural(number, words, text):
    assert counted(number, *words) == text
