"""Computations: arithmetic, conditions, counts over economies; everything else is refused and never run."""

from __future__ import annotations

import pytest

from creditor.analysis.claims_expression import LONGEST, Computation
from creditor.analysis.claims_figures import Figures, Lack
from creditor.errors import InputError

FIGURES = Figures()


def run(text, **names):
    return Computation(FIGURES).run(text, names=names)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6.7 + 7", "13.7"),
        ("-2 * 3 + 10 / 4", "−3.5"),
        ("between(1, 3, 2)", "1 to 3"),
        ("min(3, 1, 2)", "1"),
        ("count(own_currency(e) for e in G7)", "4"),
        ("count(fact(e,'real_growth','economy','2021') > 0 for e in LIBRARY)", "33"),
        ("max(fact(e,'real_growth','economy','2020') for e in G7)", "−2.2 %"),
    ],
)
def test_numbers(text, shown):
    assert run(text).text == shown


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("1 < 2 and not 3 < 2", True),
        ("1 < 2 < 2", False),
        ("between(1, 3) > 2", None),
        ("between(1, 3) > 2 or 5 > 4", True),
        ("between(1, 3) > 2 and 5 < 4", False),
        ("all(own_currency(e) for e in G7)", False),
        ("any(e == 'JPN' for e in G7)", True),
    ],
)
def test_conditions(text, truth):
    assert run(text) is truth


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "(1).__class__",
        "[x for x in G7]",
        "lambda: 1",
        "open('x')",
        "fact.__globals__",
        "2 ** 9",
        "1 if True else 2",
        "fact('USA')",
        "count(1 for e in G7 for f in G7)",
        "sum(e for e in 'abc')",
        "'a' + 1",
        "1 +",
        "nothing > 1",
        "(" * 300,
        "1 + " * LONGEST + "1",
    ],
)
def test_what_is_no_computation_is_refused(text):
    with pytest.raises(InputError) as caught:
        run(text)
    assert caught.value.codes == ("F310",)


def test_a_wrong_function_has_its_nearest_name():
    with pytest.raises(InputError, match="held"):
        run("hold('USA','public','central_bank')")


def test_economies_without_figures_are_remembered_and_none_at_all_is_a_lack():
    work = Computation(FIGURES)
    work.run("count(debt(e,'investor-base') > 0 for e in LIBRARY)")
    assert "KEN" in work.skipped and "JPN" not in work.skipped
    with pytest.raises(Lack):
        run(
            "sum(fact(e,'net_interest','federal') for e in EURO)"
            if FIGURES.group("EURO")
            else "sum(fact(e,'no_such','x') for e in G7)"
        )


def test_a_correlation_is_pearsons():
    import numpy as np

    found = run(
        "correlation((fact(e,'debt_gdp','general-government','2024'), fact(e,'net_interest_gdp','general-government','2024')) for e in G7)"
    )
    pairs = [
        [float(FIGURES.fact(e, name, "general-government", "2024").value) for e in FIGURES.group("G7")]
        for name in ("debt_gdp", "net_interest_gdp")
    ]
    assert found.value == pytest.approx(np.corrcoef(*pairs)[0, 1], abs=1e-6)


def test_steps_tell_what_was_looked_up():
    work = Computation(FIGURES)
    work.run("held('USA','public','central_bank') / debt('USA','public')")
    assert [text.partition("(")[0] for text, _ in work.steps] == ["held", "debt"]
