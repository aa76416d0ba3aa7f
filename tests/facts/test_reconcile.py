"""Totals and parts agree within the printed digits, show a positive gap, or are refused."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.facts.reconcile import Reconciled, check_partition, containments, tolerance_of

# trillions of dollars: listed as if they were a partition of 38
ARTICLE = {"central bank": "6.7", "trust funds": "7", "domestic private": "24", "foreign": "8.5"}
AMOUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 100), max_size=5)


def exact(printed):
    return {name: Fraction(text) for name, text in printed.items()}


def refused(parts, total, tolerance=Fraction(0), where="total"):
    with pytest.raises(InputError) as caught:
        check_partition(parts, total, tolerance, where)
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.mend) == ("L401", "list each amount once; nothing is rescaled")
    return trouble


def test_the_list_of_the_article_is_refused_with_the_double_count_named():
    tolerance = tolerance_of([*ARTICLE.values(), "38"])
    trouble = refused(exact(ARTICLE), Fraction(38), tolerance, "article")
    assert trouble.where == "article"
    assert trouble.what == "the listed holders add up to 46.2, the total is 38: 8.2 too much"
    assert trouble.why.startswith("an item may contain another: ")
    first, *others = trouble.why.removeprefix("an item may contain another: ").split("; or ")
    assert first == (
        "if domestic private (24) contains foreign (8.5), the rest adds up to 37.7 and 0.3 is not allocated"
    )
    assert all("contains foreign" not in other for other in others)


def test_without_the_item_inside_another_the_article_agrees():
    parts = exact(ARTICLE)
    del parts["foreign"]
    result = check_partition(parts, Fraction(38), tolerance_of(["6.7", "7", "24", "38"]))
    assert (result.gap, result.agrees) == (Fraction(3, 10), True)


def test_a_partition_within_the_printed_digits_is_accepted():
    printed = ["33.3", "33.3", "33.3", "100"]
    tolerance = tolerance_of(printed)
    assert tolerance == Fraction(65, 100)
    parts = dict.fromkeys("abc", Fraction("33.3"))
    assert check_partition(parts, Fraction(100), tolerance).agrees
    over = check_partition({"a": Fraction("50.1"), "b": Fraction("50.1")}, Fraction(100), tolerance)
    assert (over.gap, over.agrees) == (Fraction(-1, 5), True)


def test_a_positive_gap_is_shown_not_hidden():
    result = check_partition({"a": Fraction(30), "b": Fraction(20)}, Fraction(60), Fraction(1))
    assert result == Reconciled(Fraction(60), Fraction(50), Fraction(1))
    assert (result.gap, result.agrees) == (Fraction(10), False)
    assert check_partition({}, Fraction(5)).gap == 5


@given(AMOUNTS, st.fractions(0, 500), st.fractions(0, 2))
def test_parts_are_refused_exactly_where_they_exceed_the_total(parts, total, tolerance):
    excess = sum(parts.values()) - total
    if excess > tolerance:
        refused(parts, total, tolerance)
    else:
        result = check_partition(parts, total, tolerance)
        assert result.gap == -excess
        assert result.agrees == (abs(excess) <= tolerance)


@given(AMOUNTS, st.fractions(0, 100))
def test_every_proposed_double_count_explains_the_excess(parts, total):
    assume(sum(parts.values()) > total)
    for text in containments(parts, total):
        outer, _, rest = text.removeprefix("if ").partition(" contains ")
        inside = [item.partition(" (")[0] for item in rest.partition(",")[0].split(" and ")]
        contained = sum(parts[name] for name in inside)
        assert outer.partition(" (")[0] not in inside
        assert parts[outer.partition(" (")[0]] >= contained
        assert sum(parts.values()) - contained <= total


def test_the_smallest_remainder_comes_first_and_pairs_only_where_no_single_item_does():
    parts = {"all": Fraction(10), "much": Fraction(4), "some": Fraction(3)}
    assert [text.partition(",")[0] for text in containments(parts, Fraction(14))] == [
        "if all (10) contains some (3)",
        "if much (4) contains some (3)",
        "if all (10) contains much (4)",
    ]
    assert containments(parts, Fraction(14), count=1) == containments(parts, Fraction(14))[:1]
    (pair,) = containments(parts, Fraction(10))
    assert pair == "if all (10) contains much (4) and some (3), the rest adds up to 10 and 0 is not allocated"


def test_an_excess_that_no_double_count_explains_says_so():
    assert (
        refused({"a": Fraction(9), "b": Fraction(8)}, Fraction(1)).why == "no single double count explains it"
    )
    assert refused({"a": Fraction(9)}, Fraction(1)).why == "no single double count explains it"


def test_many_parts_are_checked():
    parts = {f"holder {number}": Fraction(1) for number in range(20_000)}
    assert "contains" in refused(parts, Fraction(19_999)).why
    assert refused(parts, Fraction(10)).why == "no single double count explains it"


def test_large_amounts_are_written_without_exponents():
    trouble = refused({"a": Fraction(10**15), "b": Fraction(1, 4)}, Fraction(10**15))
    assert trouble.what.startswith("the listed holders add up to 1000000000000000, ")
    assert trouble.what.endswith(": 0.25 too much")


@pytest.mark.parametrize(
    ("printed", "tolerance"),
    [
        ([], "0"),
        (["38"], "1/2"),
        (["6.7", "7", "24"], "21/20"),
        (["6.70"], "1/200"),
        (["-0.5"], "1/20"),
        (["7."], "1/2"),
        (["1.5e3"], "50"),
        (["1e-05"], "1/200000"),
        ({"a": "1", "b": "2.0"}, "11/20"),
    ],
)
def test_the_tolerance_is_half_of_each_last_digit(printed, tolerance):
    assert tolerance_of(printed) == Fraction(tolerance)
