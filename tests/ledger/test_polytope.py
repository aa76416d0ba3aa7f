"""Ranges of unknown cells are reached by ledgers that meet the totals, and no ledger lies outside."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction as F

import numpy as np
import pytest

from creditor.errors import MissingError
from creditor.ledger import polytope
from creditor.ledger.claims import Claim, Ledger
from creditor.ledger.complete import complete
from creditor.ledger.polytope import cell_ranges, unknown_ranges
from creditor.ledger.readclaims import Case


def random_case(rng, height, width, share):
    """Free cells with whole amounts, and the totals that they give."""
    cells = [cell for cell in itertools.product(range(height), range(width)) if rng.random() < share]
    cells = cells or [(0, 0)]
    amounts = [rng.randint(0, 3) for _ in cells]
    rows, columns = np.zeros(height), np.zeros(width)
    for (row, column), amount in zip(cells, amounts, strict=True):
        rows[row] += amount
        columns[column] += amount
    return np.array(cells), np.array(amounts, dtype=float), rows, columns


def all_ledgers(cells, rows, columns):
    """Every ledger of whole amounts that meets the totals; the ends of a range are among them."""
    count = len(cells)

    def fill(position, left_r, left_c):
        if position == count:
            if not any(left_r) and not any(left_c):
                yield ()
            return
        row, column = cells[position]
        for amount in range(int(min(left_r[row], left_c[column])) + 1):
            left_r[row] -= amount
            left_c[column] -= amount
            for rest in fill(position + 1, left_r, left_c):
                yield (amount, *rest)
            left_r[row] += amount
            left_c[column] += amount

    yield from fill(0, list(rows), list(columns))


@pytest.mark.parametrize("seed", range(25))
def test_the_ends_are_those_of_all_ledgers_of_whole_amounts(seed):
    rng = random.Random(seed)
    cells, amounts, rows, columns = random_case(rng, 3, 3, rng.choice([0.5, 0.8, 1.0]))
    low, high = cell_ranges(cells, rows, columns)
    ledgers = np.array(list(all_ledgers(cells.tolist(), rows, columns)))
    assert low == pytest.approx(ledgers.min(axis=0), abs=1e-7)
    assert high == pytest.approx(ledgers.max(axis=0), abs=1e-7)
    assert (low - 1e-9 <= amounts).all() and (amounts <= high + 1e-9).all()


def test_too_many_cells_get_wider_ranges_that_still_contain(monkeypatch):
    rng = random.Random(3)
    cells, amounts, rows, columns = random_case(rng, 6, 6, 0.5)
    exact = cell_ranges(cells, rows, columns)
    monkeypatch.setattr(polytope, "PROGRAMS", 0)
    wide = cell_ranges(cells, rows, columns)
    assert (wide[0] <= exact[0] + 1e-9).all() and (exact[1] <= wide[1] + 1e-9).all()
    assert (wide[0] <= amounts + 1e-9).all() and (amounts <= wide[1] + 1e-9).all()


def case_of(known=()):
    cells = tuple(
        Claim(h, i, F(0), where=f"book.csv:{n}") for n, (h, i) in enumerate(itertools.product("ab", "xy"))
    )
    return Case(
        Ledger(tuple(known)),
        by_issuer={("x", ""): F(4), ("y", ""): F(6)},
        by_holder={("a", ""): F(7), ("b", ""): F(3)},
        blanks=cells,
    )


def test_what_is_filled_lies_in_its_range():
    case = case_of()
    ranges = unknown_ranges(case)
    filled, _ = complete(case)
    for claim in filled.ledger:
        low, high = ranges[claim.where]
        assert low <= float(claim.amount) <= high and low < high


def test_a_range_shrinks_when_a_cell_becomes_known():
    case = case_of()
    wide = unknown_ranges(case)
    known = Case(Ledger((Claim("a", "x", F(2)),)), {}, {}, case.by_issuer, case.by_holder, case.blanks[1:])
    narrow = unknown_ranges(known)
    for where, (low, high) in narrow.items():
        assert low == pytest.approx(high), "the other three follow"
        assert wide[where][0] - 1e-9 <= low <= wide[where][1] + 1e-9


def test_a_missing_total_is_refused():
    case = case_of()
    with pytest.raises(MissingError) as caught:
        unknown_ranges(Case(case.ledger, {}, {}, {}, case.by_holder, case.blanks))
    assert set(caught.value.codes) == {"L409"}


def test_nothing_unknown_has_no_ranges():
    assert unknown_ranges(Case(Ledger(()))) == {}
