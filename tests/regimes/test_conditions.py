"""Conditions have three truth values, and name what is not there."""

from __future__ import annotations

import itertools

import pytest

from creditor.errors import InputError
from creditor.regimes.conditions import Compiler, all_of, any_of, one
from creditor.regimes.vocabulary import EITHER, NO, YES, Fact, Vocabulary

FACTS = {
    "a": Fact("a", ("no", "yes"), "a"),
    "b": Fact("b", ("no", "yes"), "b"),
    "place": Fact("place", ("domestic", "overseas"), "place"),
    "debt": Fact("debt", (), "debt", unit="percent of GDP"),
}


def compiler() -> Compiler:
    return Compiler(Vocabulary(FACTS), {"a": 0, "b": 1, "place": 2})


@pytest.mark.parametrize(("x", "y"), list(itertools.product((NO, YES, EITHER), repeat=2)))
def test_the_tables_of_kleene(x, y):
    """What must come out of unknown facts is what comes out of all their values."""

    def values(bits):
        return [bit for bit in (NO, YES) if bits & bit]

    pairs = list(itertools.product(values(x), values(y)))
    both, either = {YES if p == q == YES else NO for p, q in pairs}, {max(p, q) for p, q in pairs}
    parts = [one(0, YES, NO), one(1, YES, NO)]
    assert all_of(parts)([x, y]) == sum(both) and any_of(parts)([x, y]) == sum(either)


def test_names_values_and_numbers_are_read():
    made = compiler().compile("a and place <> domestic or (b == no and a == no)", "x")
    assert made.test([YES, YES, 2]) == YES and made.test([NO, YES, 1]) == NO
    assert made.test([YES, YES, 3]) == EITHER and made.open([YES, YES, 3]) == ["place <> domestic"]
    assert made.failing([NO, YES, 1]) == ["a", "place <> domestic", "b == no"]


def test_a_comparison_and_its_opposite_are_one_fact():
    made = compiler()
    first, second = made.compile("debt > 60", "x"), made.compile("debt <= 60", "x")
    assert (
        len(made.comparisons) == 1 and first.test([0, 0, 0, YES]) == YES and second.test([0, 0, 0, YES]) == NO
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c", "no fact 'c'"),
        ("place == domestc", "did you mean domestic?"),
        ("place > 3", "'place' is no number"),
        ("a + b", "a condition is made of comparisons"),
        ("place < overseas", "place is no number"),
    ],
)
def test_what_cannot_be_read_is_named(text, said):
    with pytest.raises(InputError) as caught:
        compiler().compile(text, "rules.toml")
    assert caught.value.codes == ("R902",) and said in str(caught.value)
