"""Entries: rows and columns cancel as symbols, before any number is known, in every model of the library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.entries import (
    CAPITAL,
    CURRENT,
    balance_lines,
    other_lines,
    revaluation_lines,
    split_sectors,
    transaction_lines,
)
from creditor.equations.expressions import Binary, Cell, Expression, Negative, Number
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse


class Linear:
    """Expands trees into whole multiples of payments and of changes of assets; settled payments are replaced."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.payments = {cell.payment for cell in (*model.claims, *model.payments)}
        cells = (*model.claims, *model.payments)
        self.settled = {cell.payment for cell in cells if cell.slot in model.settled}
        self.saving = {slot for slot, (name, _) in enumerate(model.slots) if name.startswith("saving.")}

    def of(self, tree: Expression, sign: int = 1) -> Counter:
        if isinstance(tree, Binary) and tree.operator in "+-":
            return _sum(
                self.of(tree.left, sign), self.of(tree.right, sign if tree.operator == "+" else -sign)
            )
        if isinstance(tree, Negative):
            return self.of(tree.operand, -sign)
        if isinstance(tree, Number) and tree.value == 0:
            return Counter()
        if isinstance(tree, Cell) and tree.slot in self.settled:
            return self.of(self.model.equations[tree.slot].tree, sign)
        if isinstance(tree, Cell) and tree.slot in self.saving:
            return self.of(self.model.equations[tree.slot].tree, sign)
        if isinstance(tree, Binary) and isinstance(tree.left, Cell) and tree.left.slot in self.saving:
            own = self.model.equations[tree.left.slot].tree  # in its own money: (receipts / worth) * worth
            assert isinstance(own, Binary) and (own.operator, own.right) == ("/", tree.right)
            return self.of(own.left, sign)
        return Counter({tree: sign})


def _sum(one: Counter, other: Counter) -> Counter:
    total = Counter(one)
    for key, number in other.items():
        total[key] += number
    return Counter({key: number for key, number in total.items() if number})


EXCHANGE = str(Path(__file__).parents[2] / "docs/examples/language/valid-30-for.model")
NAMES = [*closed_models(), EXCHANGE, str(Path(__file__).with_name("small_world.model"))]


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_columns_of_transactions_cancel_as_symbols(name: str) -> None:
    model = load_model(name)
    linear = Linear(model)
    columns: dict[object, Counter] = {}
    for line in transaction_lines(model):
        row: Counter = Counter()
        for entry in line.entries:
            row = _sum(row, linear.of(entry.tree, entry.sign))
            key = (entry.party, entry.account)
            columns[key] = _sum(columns.get(key, Counter()), linear.of(entry.tree, entry.sign))
        assert line.closed and not row, line.title
    assert len(columns) > 2 and not any(columns.values())


@pytest.mark.parametrize("name", NAMES)
def test_two_accounts_for_those_who_have_assets(name: str) -> None:
    model = load_model(name)
    split = split_sectors(model)
    for line in transaction_lines(model):
        for entry in line.entries:
            assert (entry.account in (CURRENT, CAPITAL)) == (entry.party[0] in split)
    lines = [*balance_lines(model), *revaluation_lines(model), *other_lines(model)]
    assert not any(entry.account for line in lines for entry in line.entries)


def test_a_wrong_sign_does_not_cancel() -> None:
    model = load_model("bmw")
    linear, line = Linear(model), transaction_lines(model)[0]
    first, second = line.entries
    assert _sum(linear.of(first.tree, first.sign), linear.of(second.tree, -second.sign))


def test_what_is_paid_for_capital_is_in_the_capital_account_of_the_payer_alone() -> None:
    text = "sector a, b claim m: a owes b asset k: b let k = k(-1) + t start k = 1 start m = 0"
    model = elaborate(
        draft(parse(text + " transaction t: b -> a adds capital = 2 transaction w: a -> b = 1"))
    )
    lines = {line.title: line for line in transaction_lines(model)}
    assert [(e.party[0], e.sign, e.account) for e in lines["t"].entries] == [("b", -1, CAPITAL), ("a", 1, "")]
    assert [(e.party[0], e.account) for e in lines["w"].entries] == [("a", ""), ("b", CURRENT)]
    assert set(lines) == {"t", "w", "change in k, not paid for", "saving", "change in m"}
