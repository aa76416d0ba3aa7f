"""Nodes as text and as LaTeX: what is written is read back as the same tree, for any tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.equations import statements as s
from creditor.equations.expressions import (
    OPERATORS,
    Binary,
    Call,
    Convert,
    Name,
    Negative,
    Number,
    Sum,
    plain,
)
from creditor.equations.parse import parse, parse_expression
from creditor.equations.show import to_latex, to_text
from creditor.equations.words import RESERVED

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name not in RESERVED)
INDEX = st.lists(NAMES, max_size=3).map(tuple)
NUMBERS = st.floats(0, 1e300, allow_nan=False) | st.integers(0, 10**6).map(float)
LEAVES = st.builds(Number, NUMBERS) | st.builds(Name, NAMES, INDEX, st.integers(0, 5))


def grow(inner: st.SearchStrategy) -> st.SearchStrategy:
    dimensions = st.lists(NAMES, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(
            Call, st.sampled_from(["abs", "sqrt", "log", "exp", "previous", "change"]), st.tuples(inner)
        ),
        st.builds(Call, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Call, st.just("if"), st.tuples(inner, inner, inner)),
        st.builds(Sum, inner, dimensions, st.none() | inner),
        st.builds(Convert, inner, NAMES),
    )


TREES = st.recursive(LEAVES, grow, max_leaves=12)
MAYBE = st.none() | TREES
TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters='"'), max_size=9)
SPOTS = st.builds(s.Spot, NAMES, INDEX)
PRICES = st.just("") | NAMES
SOME = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
SOME_SPOTS = st.lists(SPOTS, min_size=1, max_size=3).map(tuple)
UNITS = st.sampled_from(["", "1", "1/year", "USD", "USD/year^2", "goods*USD"])
BOUNDS = st.tuples(st.floats(-1e9, 0), st.floats(0, 1e9)) | st.just((None, None))


def givens(spot, value, bounds, unit, source, grade, text):
    return s.Given(spot, value, *bounds, unit, source, grade, text)


def changes(spot, value, first, more, text):
    return s.Change(spot, value, first, None if more is None else first + more, text)


STATEMENTS = st.one_of(
    st.builds(s.Dimension, NAMES, SOME, st.just(""), TEXTS),
    st.builds(s.Dimension, NAMES, st.just(()), NAMES, TEXTS),
    st.builds(s.Sector, SPOTS, TEXTS),
    st.builds(s.Currency, st.just("world") | NAMES, NAMES, TEXTS),
    st.builds(s.ClaimOf, SPOTS, SPOTS, SOME_SPOTS, PRICES, MAYBE, TEXTS),
    st.builds(s.Asset, SPOTS, SOME_SPOTS, PRICES, TEXTS),
    st.builds(
        s.Transaction, NAMES, SPOTS, SPOTS, st.just(""), st.booleans(), MAYBE, MAYBE, TEXTS, asset=PRICES
    ),
    st.builds(s.Transaction, NAMES, st.none(), st.none(), NAMES, st.just(False), MAYBE, TREES, TEXTS),
    st.builds(s.Hold, SPOTS, SPOTS, MAYBE, st.just(False), MAYBE, TEXTS),
    st.builds(s.Hold, SPOTS, SPOTS, TREES, st.just(True), MAYBE, TEXTS),
    st.builds(s.WriteOff, SPOTS, TREES, MAYBE, TEXTS),
    st.builds(s.Redeem, SPOTS, TREES, TREES, MAYBE, TEXTS),
    st.builds(s.Let, SPOTS, TREES, TEXTS),
    st.builds(givens, SPOTS, TREES, BOUNDS, UNITS, PRICES, st.sampled_from(["", "A", "B", "C"]), TEXTS),
    st.builds(s.Find, SPOTS, TREES, TREES, TEXTS),
    st.builds(s.Start, SPOTS, TREES, st.booleans(), TEXTS),
    st.builds(s.Start, SPOTS, TREES, st.just(False), TEXTS, lag=st.integers(1, 9)),
    st.builds(s.Start, SPOTS, TREES, st.just(False), TEXTS, gap=st.just(True)),
    st.builds(changes, SPOTS, TREES, st.integers(1, 99), st.none() | st.integers(0, 9), TEXTS),
    st.builds(s.Check, TREES, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), TREES, TEXTS),
    st.builds(s.Extends, NAMES, TEXTS),
    st.builds(s.Frequency, NAMES, st.sampled_from(["", "2025Q4", "2025", "1999M12"]), TEXTS),
    st.builds(s.Report, SOME_SPOTS, TEXTS),
)


@given(TREES)
def test_any_expression_is_read_back(tree) -> None:
    assert parse_expression(to_text(tree)) == tree


@given(st.lists(STATEMENTS, min_size=1, max_size=4))
def test_any_statements_are_read_back_in_one_line_or_in_several(statements) -> None:
    lines = [to_text(statement) for statement in statements]
    assert parse("\n".join(lines)) == statements
    assert parse(" ".join(lines)) == statements


@given(TREES)
def test_no_pair_of_brackets_is_superfluous(tree) -> None:
    """Taking out any pair either cannot be read, or means something else."""
    written = to_text(tree)
    for start in (at for at, letter in enumerate(written) if letter == "("):
        if start and (written[start - 1].isalnum() or written[start - 1] in "_]"):
            continue
        depth = 0
        for end in range(start, len(written)):
            depth += (written[end] == "(") - (written[end] == ")")
            if depth == 0:
                break
        without = written[:start] + written[start + 1 : end] + written[end + 1 :]
        try:
            assert parse_expression(without) != tree, without
        except Exception as error:
            assert getattr(error, "troubles", None), error


@pytest.mark.parametrize(
    "text",
    [
        "a - (b - c)",
        "a - b - c",
        "-a^2",
        "(-a)^2",
        "a^b^c",
        "(a^b)^c",
        "a^-b",
        "-(a + b) * c",
        "a / (b * c)",
        "(a < b) == (c < d)",
        "(a or b) and c",
        "x[N, households](-2)",
        "a * b in N + c in country",
        "(a + b) in N in world",
        "(a in N) * b",
        "sum(a * b over d, e where d <> e and e == N)",
    ],
)
def test_the_usual_form_stays_as_it_is(text: str) -> None:
    assert to_text(parse_expression(text)).replace(" ^ ", "^") == text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("bill_rate(-1)", r"\mathit{bill\_rate}_{t-1}"),
        ("x[N](-2)", r"\mathit{x}_{\mathit{N},\,t-2}"),
        ("(a + b) / c", r"\frac{\mathit{a} + \mathit{b}}{\mathit{c}}"),
        ("(a / b)^2", r"\left(\frac{\mathit{a}}{\mathit{b}}\right)^{2}"),
        ("a * (b + 1e-07)", r"\mathit{a} \cdot \left(\mathit{b} + 1 \cdot 10^{-7}\right)"),
        ("x(-1)^2", r"{\mathit{x}_{t-1}}^{2}"),
        ("previous(a + b)", r"\mathit{a}_{t-1} + \mathit{b}_{t-1}"),
        ("a * b in N", r"\mathit{a} \cdot \mathit{b} \text{ in } \mathit{N}"),
        ("previous(a in N)", r"\mathit{a}_{t-1} \text{ in } \mathit{N}_{t-1}"),
        ("change(a)", r"\Delta \mathit{a}"),
        ("change(a + b)", r"\Delta \left(\mathit{a} + \mathit{b}\right)"),
        ("sqrt(abs(a))", r"\sqrt{\left|\mathit{a}\right|}"),
        ("max(a, log(b))", r"\max\left(\mathit{a}, \log\left(\mathit{b}\right)\right)"),
        ("-a <> b and c >= 2", r"-\mathit{a} \neq \mathit{b} \land \mathit{c} \geq 2"),
        (
            "if(a, b, c)",
            r"\begin{cases} \mathit{b} & \text{if } \mathit{a} \\ \mathit{c} & \text{otherwise} \end{cases}",
        ),
        (
            "sum(a + b over d where d <> N)",
            r"\sum_{\mathit{d} \,:\, \mathit{d} \neq \mathit{N}} \left(\mathit{a} + \mathit{b}\right)",
        ),
    ],
)
def test_latex(text: str, latex: str) -> None:
    assert to_latex(parse_expression(text)) == latex


@given(TREES)
def test_latex_has_as_many_opening_as_closing_braces(tree) -> None:
    latex = to_latex(tree)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") == latex.count(r"\right")


def test_a_conversion_at_earlier_rates_stands_inside_previous() -> None:
    assert to_text(plain(parse_expression("previous(previous(a(-1) + b in N))"))) == (
        "a(-3) + previous(previous(b in N))"
    )


def test_what_a_text_cannot_hold_is_replaced() -> None:
    assert to_text(s.Extends("pc", 'so-called "PC"\nmodel')) == "extends pc \"so-called 'PC' model\""
