"""Specificity: cells inside other cells win, whatever the order; equals and overlaps are quarrels."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.expressions import Place
from creditor.equations.special import Stated, decide, quarrel


def stated(cells: str, line: int = 1, file: str = "m") -> Stated[str]:
    return Stated(frozenset((cell,) for cell in cells), Place(file, line), f"{cells}{line}")


def test_a_strict_subset_wins_in_every_order() -> None:
    for order in itertools.permutations([stated("abc", 1), stated("ab", 2), stated("a", 3)]):
        best, rival = decide(order)
        assert (best.payload, rival) == ("a3", None)


def test_equals_of_one_text_quarrel() -> None:
    best, rival = decide([stated("ab", 3), stated("ab", 5)])
    assert rival is not None
    what, place = quarrel(best, rival, "x[a]")
    assert what == "x[a] has two equations (lines 3, 5), equally special"
    assert place.line == 5


def test_equals_of_two_texts_replace() -> None:
    best, rival = decide([stated("ab", 9, "base"), stated("ab", 2, "other")])
    assert (best.payload, rival) == ("ab2", None)
    best, rival = decide([stated("abc", 1, "base"), stated("ab", 9, "base"), stated("ab", 2, "other")])
    assert (best.payload, rival) == ("ab2", None)


def test_overlaps_quarrel_unless_something_narrower_decides() -> None:
    best, rival = decide([stated("ab", 1), stated("ac", 2)])
    assert rival is not None
    assert "overlapping without one inside the other" in quarrel(best, rival, "x")[0]
    for order in itertools.permutations([stated("ab", 1), stated("ac", 2), stated("a", 3)]):
        best, rival = decide(order)
        assert (best.payload, rival) == ("a3", None)


def test_texts_are_named_where_they_differ() -> None:
    best, rival = decide([stated("ab", 1, "base"), stated("ac", 2, "other")])
    assert rival is not None
    assert "(base:1, other:2)" in quarrel(best, rival, "x")[0]


@given(st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=5))
def test_the_winner_is_inside_all_others_or_there_is_a_rival(sets: list[set[str]]) -> None:
    sets = [cells | {"a"} for cells in sets]
    candidates = [stated("".join(sorted(cells)), line) for line, cells in enumerate(sets)]
    best, rival = decide(candidates)
    inside = [c for c in candidates if all(c.cells < o.cells for o in candidates if o is not c)]
    if inside:
        assert (best, rival) == (inside[0], None)
    else:
        assert rival is not None and not best.cells < rival.cells
