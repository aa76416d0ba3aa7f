r"""Equations as people read them: derived ones without inner brackets, with change(x), read back to the same."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.evaluate import scalar
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse, parse_expression
from creditor.equations.readable import DERIVED, equation_text, readable, reads, tidy
from creditor.equations.resolve import Resolver
from creditor.equations.show import to_text


def text_of(model: Model, name: str, *labels: str) -> str:
    return equation_text(model, model.equations[model.slot(name, labels)])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("-a + b", "b - a"),
        ("-a - b", "-a - b"),
        ("a - (b - (c + d)) + e", "a - b + c + d + e"),
        ("a - a(-1) + b", "change(a) + b"),
        ("a(-1) - a", "-change(a)"),
        ("a + a(-1)", "a + a(-1)"),
        ("-(a - a(-1)) * p - (b - b(-1))", "-change(a) * p - change(b)"),
        ("(-a + (b + c)) / d", "(b - a + c) / d"),
        ("a - a(-1) - a(-1)", "change(a) - a(-1)"),
        ("x[N] - x[S](-1)", "x[N] - x[S](-1)"),
        ("max(a - a(-1), 0)", "max(a - a(-1), 0)"),
        ("2 * (a - a(-1)) ^ 2", "2 * change(a) ^ 2"),
    ],
)
def test_sums_are_put_in_order(given: str, told: str) -> None:
    assert to_text(tidy(parse_expression(given))) == told


@pytest.mark.parametrize("name", closed_models())
def test_every_equation_of_the_library_is_read_back_to_the_same_value(name: str) -> None:
    model = load_model(name)
    resolver = Resolver(model)
    numbers = {slot: 0.5 + (slot * 0.618) % 1 for slot in range(len(model.slots))}
    paid = {cell.payment: cell for cell in model.payments}

    def value(slot: int, own: int) -> float:
        def read(other: int, lag: int) -> float:
            if not model.slots[other][0].startswith("payment.") or lag:
                return numbers[other] + 0.25 * lag
            cell = paid.get(other)
            if cell is None or cell.slot == own:  # written out
                return scalar(model.equations[other].tree, read)  # type: ignore[return-value]
            return numbers[cell.slot] * (1.0 if cell.worth is None else numbers[cell.worth])

        return scalar(model.equations[slot].tree, read)  # type: ignore[return-value]

    for slot in model.variables:
        equation = model.equations[slot]
        _, text = equation_text(model, equation).split(" = ", 1)
        if "_of_" in text or equation.kind == "find":
            continue  # auxiliary cells, such as what is written off, have no name of their own
        again = scalar(resolver.tree(parse_expression(text), {}), lambda s, lag: numbers[s] + 0.25 * lag)
        assert again == pytest.approx(value(slot, slot), rel=1e-9, nan_ok=True), text


def test_a_transaction_has_its_name_but_in_its_own_equation() -> None:
    model = load_model("pc")
    assert text_of(model, "wages") == "wages = purchases + consumption"
    assert text_of(model, "saving.households") == (
        "saving[households] = wages - consumption + interest[households] - taxes"
    )


def test_moneys_are_converted_in_the_text() -> None:
    text = text_of(load_model("openflex"), "saving.firms", "UK")
    assert "imports[US, UK] * exchange_rate[US]" in text and text.endswith("/ exchange_rate[UK]")


def test_what_somebody_wrote_stays_as_it_was_written() -> None:
    model = elaborate(draft(parse("given a = 2 let b = -(a - 1) + (a - (1 - a)) start b = 0")))
    assert text_of(model, "b") == "b = -(a - 1) + (a - (1 - a))"


@pytest.mark.parametrize("name", closed_models())
def test_what_is_read_is_what_is_shown(name: str) -> None:
    model = load_model(name)
    for slot in model.variables:
        equation = model.equations[slot]
        shown = readable(model, equation.tree, slot)
        names = {str(node) for node in map(model.read, reads(model, slot))}
        text = to_text(shown)
        for title in names:
            base = title.partition("[")[0].partition("(")[0].replace(" ", "_")
            assert base in text, (title, text)
        if equation.kind in DERIVED:
            assert not any(title.startswith("payment of") for title in names)
