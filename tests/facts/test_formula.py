"""Formulas add, multiply and divide figures exactly, with unit, period, sources and grade of the result."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError
from creditor.facts.formula import evaluate
from creditor.facts.read import Figure
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin
from creditor.terms.units import parse_unit


def figure(name, value, unit="USD bn", period="2025Q3", grade="A", source="Treasury", vintage="2026-03"):
    origin = Origin(source, vintage, grade)
    return Figure(name, parse_period(period), Fraction(value), parse_unit(unit), origin)


FIGURES = [
    figure("debt", "100.5"),
    figure("held", "40", vintage="2026-06", source="Fed"),
    figure("part", "30", "percent"),
    figure("half", "0.5", "share"),
    figure("small", "2000", "USD mn"),
    figure("euro", "7", "EUR bn"),
    figure("interest", "5", "USD bn per year"),
    figure("quarterly", "1", "USD bn per quarter"),
    figure("people", "3", "persons"),
    figure("none", "0"),
    figure("series", "1", period="2024"),
    figure("series", "3", period="2025"),
    figure("series", "6", period="2025-09-30"),
    figure("guess", "9", grade="C"),
    figure("derived", "8", grade="B"),
]


def value(*terms, period=""):
    derived = evaluate(terms, FIGURES, period, "recipe")
    return str(derived.value), str(derived.unit)


def refused(*terms, period="", grade=""):
    with pytest.raises(InputError) as caught:
        evaluate(terms, FIGURES, period, "recipe", grade)
    (trouble,) = caught.value.troubles
    return trouble


# --- grammar
@pytest.mark.parametrize(
    ("terms", "result"),
    [
        (["debt"], ("201/2", "USD bn")),
        (["-debt"], ("-201/2", "USD bn")),
        (["debt", "-held", "guess"], ("139/2", "USD bn")),
        (["debt*part"], ("603/20", "USD bn")),
        (["part*debt"], ("603/20", "USD bn")),
        (["debt*half"], ("201/4", "USD bn")),
        (["debt/part"], ("335", "USD bn")),
        (["debt*part*half", "-held*part"], ("123/40", "USD bn")),
        (["held*debt/guess"], ("1340/3", "USD bn")),
        (["part*part"], ("9", "percent")),
        ([" debt ", "- held"], ("121/2", "USD bn")),
        (["debt * part"], ("603/20", "USD bn")),
        (["debt@2025Q3*part@2025-q3"], ("603/20", "USD bn")),
    ],
)
def test_sums_products_and_percentages(terms, result):
    assert value(*terms) == result


@pytest.mark.parametrize(
    ("term", "result"),
    [
        ("held/guess", ("40/9", "share")),
        ("held/small", ("20", "share")),
        ("small/held", ("1/20", "share")),
        ("euro*held/small", ("140", "EUR bn")),
        ("half*held/guess", ("20/9", "share")),
        ("interest/held", ("1/8", "share per year")),
        ("held/interest", ("8", "share")),
        ("guess*interest/held", ("9/8", "USD bn per year")),
        ("interest/interest", ("1", "share")),
        ("people/people", ("1", "share")),
    ],
)
def test_a_ratio_of_amounts_is_a_share_in_one_scale(term, result):
    assert value(term) == result


@pytest.mark.parametrize(
    "term",
    ["debt*held", "debt/euro", "part/debt", "interest/quarterly", "debt/people", "interest*interest/held"],
)
def test_a_product_that_counts_nothing_is_refused(term):
    trouble = refused(term)
    assert (trouble.code, trouble.where) == ("T206", f"recipe, {term}")
    assert trouble.mend.startswith("multiply by percentages, shares")


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (["debt", "interest"], "a stock and a flow have no common sum"),
        (["debt", "-euro"], "USD and EUR are two currencies"),
        (["debt", "small"], "their scales differ"),
        (["debt", "held/guess"], "money and share have no common sum"),
    ],
)
def test_terms_in_different_units_are_not_added(terms, why):
    trouble = refused(*terms)
    assert (trouble.code, trouble.where, trouble.why) == ("T206", f"recipe, {terms[-1]}", why)


def test_nothing_is_divided_by_zero():
    trouble = refused("debt*held/none")
    assert (trouble.code, trouble.what) == ("F306", "'none' at 2025Q3 is 0")
    assert value("none/debt") == ("0", "share")


@pytest.mark.parametrize("term", ["", "*debt", "debt*", "debt/", "debt@", "@2025"])
def test_what_is_no_term_names_the_forms(term):
    trouble = refused(term)
    assert (trouble.code, trouble.where, trouble.what) == ("F306", "recipe", f"term {term!r} cannot be read")
    assert trouble.mend == "write id, -id, a*b, a/b or id@period"


def test_a_formula_has_a_term():
    assert (refused().code, refused().what) == ("F306", "the formula has no term")


@pytest.mark.parametrize("term", ["dept", "debt*dept", "--dept"])
def test_a_figure_that_is_not_there_is_answered_with_the_nearest(term):
    trouble = refused(term)
    assert trouble.code == "F306"
    assert trouble.what.startswith("no figure '")
    assert "debt" in trouble.mend


@given(st.lists(st.tuples(st.booleans(), st.fractions()), min_size=1, max_size=6))
def test_sums_are_exact(parts):
    figures = [figure(f"f{i}", part) for i, (_, part) in enumerate(parts)]
    terms = [("-" if minus else "") + f"f{i}" for i, (minus, _) in enumerate(parts)]
    result = evaluate(terms, figures, "", "x")
    assert result.value == sum(-part if minus else part for minus, part in parts)


# --- periods
@pytest.mark.parametrize(
    ("term", "period", "result"),
    [
        ("series@2024", "", "1"),
        ("series@2024", "2025", "1"),
        ("series", "2025", "3"),
        ("series@2025-09-30", "", "6"),
        ("series@2025", "2024", "3"),
    ],
)
def test_a_period_is_chosen_in_the_term_or_for_all(term, period, result):
    assert value(term, period=period)[0] == result


def test_a_figure_with_one_period_needs_none():
    assert value("series", "debt", period="2025")[0] == "207/2"


def test_the_period_is_that_of_the_first_figure():
    assert str(evaluate(["series@2025", "-series@2024"], FIGURES, "", "x").period) == "2025"


def test_a_series_without_a_period_is_ambiguous():
    trouble = refused("series")
    assert (trouble.code, trouble.where) == ("F306", "recipe")
    assert (trouble.what, trouble.why) == ("figure 'series' without a period", "it has 3 periods")
    assert trouble.mend == "write series@period with one of 2024, 2025-09-30, 2025"


@pytest.mark.parametrize(("term", "period"), [("series@2023", ""), ("series", "2023")])
def test_a_period_that_is_not_there_names_those_that_are(term, period):
    trouble = refused(term, period=period)
    assert (trouble.code, trouble.what) == ("F306", "no figure 'series' at 2023")
    assert trouble.mend.endswith("2024, 2025-09-30, 2025")
    assert refused("debt@2024").mend == "write debt@period with one of 2025Q3"


def test_a_period_that_does_not_exist_is_no_period():
    assert refused("series@2025Q9").code == "T204"


# --- origins
def test_one_published_figure_keeps_its_origin():
    assert evaluate(["debt"], FIGURES, "", "x").origin == Origin("Treasury", "2026-03", "A")
    assert evaluate(["derived"], FIGURES, "", "x").origin.grade == "B"
    assert evaluate(["guess"], FIGURES, "", "x").origin.grade == "C"


@pytest.mark.parametrize(
    ("terms", "grade"),
    [
        (["debt", "held"], "B"),
        (["debt*part"], "B"),
        (["debt/held"], "B"),
        (["series@2025", "-series@2024"], "B"),
        (["debt", "debt"], "B"),
        (["debt", "guess"], "C"),
        (["debt*guess/held"], "C"),
        (["debt", "derived"], "B"),
    ],
)
def test_several_figures_make_b_and_an_assumption_makes_c(terms, grade):
    assert evaluate(terms, FIGURES, "", "x").origin.grade == grade


@pytest.mark.parametrize(
    ("terms", "stated", "grade"),
    [
        *((["debt"], "", "A"), (["debt"], "A", "A"), (["debt"], "B", "B"), (["debt"], "C", "C")),
        *((["debt", "held"], "A", "B"), (["debt", "held"], "C", "C"), (["guess"], "A", "C")),
    ],
)
def test_the_worse_of_stated_and_derived_grade_wins(terms, stated, grade):
    assert evaluate(terms, FIGURES, "", "x", stated).origin.grade == grade


def test_a_stated_grade_is_one_of_three():
    assert (refused("debt", grade="D").code, refused("debt", grade="c").code) == ("T209", "T209")


def test_a_derived_origin_names_formula_sources_and_vintages_once():
    origin = evaluate(["debt", "-held*part", "series@2024"], FIGURES, "", "x").origin
    assert origin.source == "derived: debt - held*part + series@2024; from Treasury; Fed"
    assert origin.vintage == "2026-03; 2026-06"
