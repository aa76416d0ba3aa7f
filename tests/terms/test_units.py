"""Units are read and printed back, and only like is added to like."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.terms.units import PERCENT, SHARE, Unit, money, parse_unit

PER = st.sampled_from(["", "year", "quarter", "month"])
BASES = st.sampled_from(["", "GDP", "public debt", "the debt held by the public"])
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
THINGS = ["households", "persons", "years", "months", "layers", "count"]
UNITS = st.one_of(
    st.builds(Unit, st.just("money"), CODES, st.sampled_from([1, 10**3, 10**6, 10**9, 10**12]), PER),
    st.builds(Unit, st.sampled_from(["percent", "share"]), BASES, st.just(1), PER),
    st.builds(Unit, st.just("count"), st.sampled_from(THINGS), st.just(1), PER),
)


@given(UNITS)
def test_a_unit_is_read_back_from_its_text(unit):
    assert parse_unit(str(unit)) == unit
    assert parse_unit("  " + str(unit).replace(" ", "  ")) == unit
    assert unit.is_flow == (unit.per != "")
    assert unit.currency == (unit.of if unit.measure == "money" else "")


@given(UNITS, UNITS)
def test_only_equal_units_are_added(first, second):
    if first == second:
        assert first.check_addable(second) is None
        return
    for one, other in ((first, second), (second, first)):
        with pytest.raises(InputError) as caught:
            one.check_addable(other, "x.csv:2")
        (trouble,) = caught.value.troubles
        assert (trouble.code, trouble.where) == ("T206", "x.csv:2")
        assert trouble.what == f"{one} and {other} cannot be added"
        assert trouble.why and trouble.mend


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("USD bn", "USD bn per year", "a stock and a flow have no common sum"),
        ("USD bn", "share", "money and share have no common sum"),
        ("USD bn", "EUR bn", "USD and EUR are two currencies"),
        ("percent of GDP", "percent", "shares of GDP and of nothing named have other bases"),
        ("households", "persons", "households and persons are two things"),
        ("USD bn per year", "USD bn per quarter", "one is per year, the other per quarter"),
        ("USD bn", "USD mn", "their scales differ"),
    ],
)
def test_the_difference_is_named(first, second, why):
    with pytest.raises(InputError) as caught:
        parse_unit(first).check_addable(parse_unit(second))
    assert caught.value.troubles[0].why == why


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("USD billion", "USD bn"),
        ("EUR  million per year", "EUR mn per year"),
        ("JPY trillion", "JPY tn"),
        ("USD", "USD"),
        ("share of debt per year", "share of debt per year"),
        ("share per year", "share per year"),
        ("households per quarter", "households per quarter"),
    ],
)
def test_spellings(text, printed):
    unit = parse_unit(text)
    assert str(unit) == printed
    assert unit.is_flow == (" per " in text)


@pytest.mark.parametrize(
    "text", ["", "usd bn", "USD zn", "bn USD", "percent of", "share of", "dollars", "USD bn per week", "$"]
)
def test_what_is_no_unit_names_the_forms(text):
    with pytest.raises(InputError) as caught:
        parse_unit(text, "x.csv:2")
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("T207", "x.csv:2")
    assert trouble.what == f"{text!r} is not a unit"
    assert "USD bn" in trouble.mend


def test_units_made_by_name():
    assert money("USD") == parse_unit("USD bn")
    assert money("EUR", "mn", "year") == parse_unit("EUR mn per year")
    assert (str(SHARE), str(PERCENT)) == ("share", "percent")
    assert len({str(unit) for unit in (SHARE, PERCENT, money("USD"), money("USD", "mn"))}) == 4
    for first, second in itertools.combinations(("thousand", "mn", "bn", "tn"), 2):
        assert money("USD", first).scale < money("USD", second).scale
