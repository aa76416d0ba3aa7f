"""Unknown cells of a user's ledger, filled from its totals."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from creditor.errors import MissingError, NoSolutionError
from creditor.ledger.complete import complete
from creditor.ledger.readclaims import Case, read_cases


@pytest.fixture
def case(tmp_path: Path):
    def read(rows: str, head: str = "holder,issuer,amount") -> Case:
        path = tmp_path / "book.csv"
        path.write_text("\n".join([head, *rows.split()]) + "\n")
        return read_cases(path)[""]

    return read


def amounts(found: Case) -> dict[tuple[str, ...], Fraction]:
    return {tuple(x for x in (c.holder, c.issuer, c.instrument) if x): c.amount for c in found.ledger}


def test_a_cell_that_the_totals_determine_is_exact(case) -> None:
    found, report = complete(case("a,s,0.1 b,s,? a,t,7 total,s,0.3 b,total,0.2"))
    assert amounts(found) == {("a", "s"): Fraction(1, 10), ("b", "s"): Fraction(1, 5), ("a", "t"): 7}
    claim = found.ledger.held_by("b")[0]
    assert claim.grade == "B" and claim.where == "book.csv:3" and "total" in claim.origin.source
    assert found.unknown == [] and report.filled == (("b", "s"),)


def test_cells_determined_one_after_the_other_are_exact(case) -> None:
    found, _ = complete(case("a,s,? a,t,? b,t,? total,s,0.1 a,total,0.3 b,total,5 total,t,5.2"))
    assert amounts(found) == {("a", "s"): Fraction(1, 10), ("a", "t"): Fraction(1, 5), ("b", "t"): 5}


def test_the_others_are_proportional_and_assumptions(case) -> None:
    rows = "a,s,? a,t,? b,s,? b,t,? c,s,1 a,total,3 b,total,1 total,s,3 total,t,2"
    found, report = complete(case(rows))
    assert {key: float(value) for key, value in amounts(found).items()} == pytest.approx(
        {("c", "s"): 1, ("a", "s"): 1.5, ("a", "t"): 1.5, ("b", "s"): 0.5, ("b", "t"): 0.5}
    )
    assert {claim.grade for claim in found.ledger if claim.holder != "c"} == {"C"}
    assert len(report.filled) == 4 and report.gap <= 1e-12


def test_cells_at_the_edge_are_zero(case) -> None:
    found, report = complete(case("a,s,1 a,t,? b,s,? b,t,? a,total,3 b,total,1 total,s,2 total,t,2"))
    assert amounts(found) == {("a", "s"): 1, ("a", "t"): 2, ("b", "s"): 1, ("b", "t"): 0}
    assert report.zero == (("b", "t"),)


def test_totals_by_instrument_are_used_where_given(case) -> None:
    head = "holder,issuer,amount,instrument"
    rows = "a,s,?,bills a,s,?,bonds b,s,4,bonds total,s,3,bills total,s,9,bonds a,total,8,"
    found, report = complete(case(rows, head))
    assert amounts(found) == {("b", "s", "bonds"): 4, ("a", "s", "bills"): 3, ("a", "s", "bonds"): 5}
    assert report.filled == (("a", "s, bills"), ("a", "s, bonds"))
    rows = "a,s,?,bonds a,s,2,bills b,s,4,bonds a,total,2,bills a,total,8, total,s,12,"
    found, _ = complete(case(rows, head))
    assert amounts(found)["a", "s", "bonds"] == 6


def test_each_missing_total_is_named_at_once(case) -> None:
    with pytest.raises(MissingError) as error:
        complete(case("a,s,? b,t,? total,t,3"))
    assert error.value.codes == ("L409", "L409", "L409") and error.value.exit_code == 3
    first, second, third = error.value.troubles
    assert "total of holder 'a' is missing" in first.what and first.where == "book.csv:2"
    assert "total of issuer 's' is missing" in second.what and "holder total" in second.mend
    assert "total of holder 'b' is missing" in third.what and third.where == "book.csv:3"


def test_two_cells_that_only_add_up_are_not_told_apart(case) -> None:
    with pytest.raises(MissingError) as error:
        complete(case("a,s,?,bills a,s,?,bonds total,s,3, a,total,3,", "holder,issuer,amount,instrument"))
    assert error.value.codes == ("L409",) and "for each instrument" in error.value.troubles[0].mend


def test_totals_that_contradict_each_other_are_refused(case) -> None:
    for rows in (
        "a,s,? total,s,3 a,total,4",
        "a,s,? b,s,5 total,s,3 a,total,4",
        "a,s,? b,s,5 total,s,3 a,total,0",
    ):
        with pytest.raises(NoSolutionError) as error:
            complete(case(rows))
        assert error.value.codes == ("L406",) and "total of " in error.value.troubles[0].why


def test_nothing_unknown_changes_nothing(case) -> None:
    before = case("a,s,1 total,s,3")
    after, report = complete(before)
    assert after is before and report.cells == {} and report.filled == ()
