"""A published figure: chosen by period and vintage, converted exactly, or refused with the place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.opening.bindings import Pick
from creditor.opening.country import Country, Weight, load_country
from creditor.opening.published import Published, convert, look_up, ratio, total
from creditor.terms.provenance import Origin
from creditor.terms.units import parse_unit


@pytest.fixture
def usa() -> Country:
    return load_country("USA")


def fact(value, period, vintage, unit="percent of GDP", source="x"):
    origin = Origin(source, vintage, "A")
    return Weight(("debt", "all"), period, Fraction(str(value)), unit, origin, "", "facts.csv:2")


def found(country, keys, period="latest", as_of="2025Q3", known_at=""):
    return look_up(country, Pick(keys, period), as_of, known_at, "here")


DEBT = {"indicator": "debt", "perimeter": "all"}
HELD = {"holder": "rest_of_world", "issuer": "central_government", "instrument": "debt_securities"}


def figure(value, unit, grade="A", source="s", vintage="2025", period="2025"):
    return Published(Fraction(str(value)), parse_unit(unit), Origin(source, vintage, grade), period)


def test_rules_of_periods(usa):
    assert found(usa, HELD).value == Fraction("9224.4")  # 2025Q4, the latest
    assert found(usa, HELD, "opening").value == Fraction("9248.9")
    assert found(usa, HELD, "2025-09-30").value == Fraction("9248.9")  # the same last day
    assert found(usa, HELD, "2024Q4").period == "2024Q4"
    with pytest.raises(MissingError) as caught:
        found(usa, HELD, "2021Q4")
    (trouble,) = caught.value.troubles
    assert trouble.code == "F302" and "2022Q4, 2023Q4, 2024Q4, 2025Q3, 2025Q4" in trouble.mend


def test_vintages_as_they_were_known(usa):
    rows = (fact(236.7, "2024", "2025-04"), fact(214.5, "2024", "2026-04"), fact(220, "2025", "2026-04"))
    country = replace(usa, facts=rows)
    assert found(country, DEBT, "2024").value == Fraction("214.5")
    assert found(country, DEBT, "2024", known_at="2025-12-31").value == Fraction("236.7")
    assert found(country, DEBT, known_at="2025-12-31").period == "2024"
    with pytest.raises(MissingError) as caught:
        found(country, DEBT, known_at="2024")
    assert caught.value.codes == ("F302",) and "2025-04" in caught.value.troubles[0].why


def test_names_that_are_not_there_have_the_nearest(usa):
    for keys, told in (
        ({"indicator": "gdpp", "perimeter": "fiscal year"}, "gdp/fiscal year"),
        (HELD | {"holder": "rest_of_wrld"}, "rest_of_world"),
        (HELD | {"issuer": "central_goverment"}, "central_government"),
        (HELD | {"instrument": "debt_secs"}, "debt_securities"),
    ):
        with pytest.raises(InputError) as caught:
            found(usa, keys)
        assert caught.value.codes == ("F307",) and told in caught.value.troubles[0].mend, keys


def test_sets_are_never_mixed_and_shares_are_no_amounts(usa):
    claims = tuple(claim for claim in usa.claims if claim.holder == "rest_of_world")
    other = tuple(replace(claim, set_name="another") for claim in claims)
    with pytest.raises(InputError) as caught:
        found(replace(usa, claims=(*claims, *other)), HELD, "2025Q3")
    assert caught.value.codes == ("F305",)
    keys = {"holder": "rest_of_world", "issuer": "nonfinancial_business", "instrument": "equity"}
    with pytest.raises(InputError) as caught:
        found(usa, keys)
    assert caught.value.codes == ("F308",)


def test_money_is_in_billions_whatever_the_row_is_written_in(usa):
    worth = found(usa, {"indicator": "net_worth", "perimeter": "bottom_50"})
    assert (worth.value, str(worth.unit)) == (Fraction("4266.359"), "USD bn")


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "rate", "expected"),
    [
        (3, "USD bn", "USD mn", None, 3000),
        (3, "USD bn per year", "USD bn per quarter", None, Fraction(3, 4)),
        (3, "USD bn per quarter", "USD tn per year", None, Fraction(12, 1000)),
        (12, "percent of GDP", "share of GDP", None, Fraction(12, 100)),
        (0.5, "share", "percent", None, 50),
        (4, "percent per year", "share per quarter", None, Fraction(1, 100)),
        (150, "JPY bn", "USD bn", 0.0066, Fraction(99, 100)),
        (7, "households", "households", None, 7),
    ],
)
def test_conversions_are_exact(value, unit, wanted, rate, expected):
    assert convert(figure(value, unit), parse_unit(wanted), rate, "here").value == expected


@pytest.mark.parametrize(
    ("unit", "wanted", "rate"),
    [
        ("USD bn", "USD bn per year", None),
        ("USD bn", "share", None),
        ("JPY bn", "USD bn", None),
        ("percent of GDP", "share", None),
        ("households", "persons", None),
        ("percent per year", "share", None),
    ],
)
def test_units_that_do_not_fit(unit, wanted, rate):
    with pytest.raises(InputError) as caught:
        convert(figure(1, unit), parse_unit(wanted), rate, "here")
    assert caught.value.codes == ("F308",) and caught.value.troubles[0].where == "here"


def test_ratios_and_sums_carry_their_grade_and_sources():
    share = ratio(figure(3, "USD bn per year"), figure(12, "USD tn per year", "C", "t"), "here")
    assert share.value == Fraction(3, 12000) and str(share.unit) == "share"
    assert (share.origin.grade, share.origin.source) == ("C", "derived: s / t")
    assert str(ratio(figure(3, "USD bn per year"), figure(12, "USD bn"), "here").unit) == "share per year"
    assert ratio(figure(3, "USD bn per quarter"), figure(12, "USD bn per year"), "here").value == 1
    part = ratio(figure(3, "percent of GDP"), figure(120, "percent of GDP"), "here")
    assert part.value == Fraction(1, 40) and str(part.unit) == "share"
    added = total([(1, figure(3, "USD bn")), (-1, figure(1, "USD bn", "B", "t", "2026"))], "here")
    assert added.value == 2 and added.origin == Origin("derived: s - t", "2025; 2026", "B")
    one = figure(3, "USD bn")
    assert total([(1, one)], "here") is one
    turned = total([(-1, one)], "here")
    assert (turned.value, turned.origin) == (-3, one.origin)
    for work in (
        lambda: ratio(figure(3, "USD bn"), figure(3, "EUR bn"), "here"),
        lambda: ratio(figure(3, "USD bn"), figure(3, "households"), "here"),
        lambda: ratio(figure(3, "percent of GDP"), figure(3, "percent of revenue"), "here"),
        lambda: ratio(figure(3, "percent of GDP"), figure(3, "share of GDP"), "here"),
        lambda: total([(1, figure(3, "USD bn")), (1, figure(3, "USD mn"))], "here"),
    ):
        with pytest.raises(InputError) as caught:
            work()
        assert caught.value.codes == ("F308",)
    with pytest.raises(InputError, match="divided by zero"):
        ratio(figure(3, "USD bn"), figure(0, "USD bn"), "here")
