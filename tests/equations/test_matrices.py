"""Matrices: the symbols of every model of the library, put in numbers, add up to zero by row and by column."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import model_names
from creditor.equations.matrices import balance_sheet, transactions
from creditor.equations.model import ClaimCell, Model
from creditor.equations.parse import parse
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

NAMES = model_names()
WORD = r"[A-Za-z_]\w*"
PERIOD = 3


@lru_cache
def outcome(name: str) -> tuple[Model, np.ndarray]:
    result = run_scenario(make_scenario(model=name, periods=PERIOD))
    return result.model, result.result.values[:, :, 0]


class Numbers:
    """Evaluates a symbol of a matrix cell by cell, in the common unit."""

    def __init__(self, model: Model, values: np.ndarray) -> None:
        self.model, self.values = model, values

    def at(self, slot: int | None, period: int = PERIOD) -> float:
        return 1.0 if slot is None else float(self.values[slot, period])

    def cells(self, name: str, end: str, sector: str) -> list:
        found = [c for c in (*self.model.claims, *self.model.payments, *self.model.assets) if c.name == name]
        return [cell for cell in found if getattr(cell, end)[0] == sector]

    def claim(self, cell: ClaimCell, symbol: str) -> float:
        """A symbol such as (change(x) + written_off(x)) * price, in one cell."""
        price = "" if cell.price is None else self.model.slots[cell.price][0]

        def number(match: re.Match[str]) -> str:
            word = match[0]
            if word.startswith("change"):
                value = self.at(cell.slot) - self.at(cell.slot, PERIOD - 1)
            elif word.startswith(("written_off", "redeemed", "redemption_price")):
                value = self.at(getattr(cell, word.partition("(")[0]))
            else:
                assert word.partition("[")[0] in (cell.name, price), word
                value = self.at(cell.price if word == price else cell.slot)
            return f"({value!r})"

        inside = rf"(?:change|written_off|redeemed|redemption_price)\({WORD}(?:\[{WORD}\])?\)|{WORD}(?:\[{WORD}\])?"
        return float(eval(re.sub(inside, number, symbol))) * self.at(cell.worth)

    def entry(self, text: str, sector: str, ends: Callable[[str, bool], str]) -> float:
        """An entry such as ``+bills[households] -bills``: + and - begin its parts."""
        total = 0.0
        for part in re.split(r" (?=[+-]\S)", text) if text else []:
            name = re.search(rf"(?<!\w)(?!change|written_off|redeemed|redemption_price){WORD}", part)
            assert name is not None
            plus = part[0] == "+"
            assert set(re.findall(rf"\[({WORD})\]", part)) <= {sector}
            for cell in self.cells(name[0], ends(name[0], plus), sector):
                if isinstance(cell, ClaimCell):
                    value = self.claim(cell, part[1:])
                else:
                    value = self.other(cell, part[1:])
                total += value if plus else -value
        return total

    def other(self, cell: object, symbol: str) -> float:
        if hasattr(cell, "payment"):
            return self.at(cell.payment)
        price = cell.price  # type: ignore[attr-defined]
        assert ("*" in symbol) == (price is not None)
        own = self.model.worth[cell.owner]  # type: ignore[attr-defined]
        return self.at(cell.slot) * self.at(price) * self.at(own)  # type: ignore[attr-defined]


def close(numbers: list[float]) -> bool:
    return abs(sum(numbers)) <= 1e-9 * max(1.0, *(abs(number) for number in numbers))


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_columns_of_transactions_add_up_to_zero(name: str) -> None:
    model, values = outcome(name)
    grid, numbers = transactions(model), Numbers(model, values)
    columns: dict[str, list[float]] = {sector: [0.0] for sector in model.draft.sectors}
    for title, *entries, total in grid.rows:
        change = title.startswith("change in ")

        def ends(name: str, plus: bool, change: bool = change) -> str:
            return ("issuer" if plus else "holder") if change else ("payee" if plus else "payer")

        row = [numbers.entry(text, sector, ends) for sector, text in zip(columns, entries, strict=True)]
        assert close(row) and total == "0", title
        for sector, number in zip(columns, row, strict=True):
            columns[sector].append(number)
    assert all(close(column) for column in columns.values())
    assert any(any(column) for column in columns.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_of_the_balance_sheet_are_net_worth(name: str) -> None:
    model, values = outcome(name)
    grid, numbers = balance_sheet(model), Numbers(model, values)
    columns: dict[str, list[float]] = {sector: [0.0] for sector in model.draft.sectors}
    for title, *entries, total in grid.rows[:-1]:
        asset = title in model.draft.assets

        def ends(name: str, plus: bool, asset: bool = asset) -> str:
            return "owner" if asset else "holder" if plus else "issuer"

        row = [numbers.entry(text, sector, ends) for sector, text in zip(columns, entries, strict=True)]
        assert total.startswith("+") if asset else (close(row) and total == "0"), title
        for sector, number in zip(columns, row, strict=True):
            columns[sector].append(number)
    title, *entries, _ = grid.rows[-1]
    assert title == "net worth"
    assert entries == [f"-net_worth[{sector}]" for sector in columns]
    for sector, column in columns.items():
        worth = [
            numbers.at(model.slot(f"net_worth.{party[0]}", party[1])) * numbers.at(model.worth[party])
            for party in model.sectors
            if party[0] == sector
        ]
        assert close([*column, *(-amount for amount in worth)]), sector


def test_the_matrices_of_the_simplest_model() -> None:
    model, _ = outcome("sim")
    assert transactions(model).rows == (
        ("purchases", "", "+purchases", "-purchases", "0"),
        ("consumption", "-consumption", "+consumption", "", "0"),
        ("wages", "+wages", "-wages", "", "0"),
        ("taxes", "-taxes", "", "+taxes", "0"),
        ("change in money", "-change(money)", "", "+change(money)", "0"),
    )
    assert "Settled by the budgets: money, wages." in transactions(model).note


def test_prices_write_offs_and_redemptions_are_in_the_symbols() -> None:
    text = "sector a, b, c given p = 2 claim k: a owes b, c at p write off k = 1 redeem k = 2 at 1 asset h: b at p let h = 1"
    text += " claim n: a owes b write off n = 1 hold n by b = 0 hold k by b = 0 transaction t: b -> c"
    model = elaborate(draft(parse(text + " transaction i on k = 1 hold k by c = settled")))
    bought = (
        "((change(k{0}) + written_off(k{0}) + redeemed(k{0})) * p - redeemed(k{0}) * redemption_price(k{0}))"
    )
    rows = {row[0]: row[1:] for row in transactions(model).rows}
    assert rows["change in k"] == (
        f"+{bought.format('')}",
        f"-{bought.format('[b]')}",
        f"-{bought.format('[c]')}",
        "0",
    )
    assert rows["change in n"] == ("+(change(n) + written_off(n))", "-(change(n) + written_off(n))", "", "0")
    assert rows["i"] == ("-i", "+i[b]", "+i[c]", "0")
    rows = {row[0]: row[1:] for row in balance_sheet(model).rows}
    assert rows["k"] == ("-k * p", "+k[b] * p", "+k[c] * p", "0")
    assert rows["h"] == ("", "+h * p", "", "+h * p")
