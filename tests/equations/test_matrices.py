"""Matrices: the symbols of every model of the library, put in numbers, are the amounts of the same place."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.equations.amounts import amounts
from creditor.equations.changes import net_worth, other_changes, revaluation
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models
from creditor.equations.matrices import balance_sheet, transactions
from creditor.equations.model import AssetCell, ClaimCell, Model
from creditor.equations.parse import parse
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

EXCHANGE = str(Path(__file__).parents[2] / "docs/examples/language/valid-30-for.model")
NAMES = [*closed_models(), EXCHANGE, str(Path(__file__).with_name("small_world.model"))]
PERIOD = 3
FUNCTIONS = ("change", "written_off", "redeemed", "redemption_price")


@lru_cache
def outcome(name: str) -> tuple[Model, np.ndarray]:
    result = run_scenario(make_scenario(model=name, periods=PERIOD), path=0)
    return result.model, result.result.values[:, :, 0]


@dataclass
class Now:
    """A number of this period and of the last, with the arithmetic of symbols."""

    now: float
    then: float = math.nan

    def __mul__(self, other: Now) -> Now:
        return Now(self.now * other.now, self.then * other.then)

    def __add__(self, other: Now) -> Now:
        return Now(self.now + other.now)

    def __rsub__(self, other: float) -> Now:
        return Now(other - self.now)

    def __sub__(self, other: Now | float) -> Now:
        return Now(self.now - (other.now if isinstance(other, Now) else other))

    def __call__(self, lag: int) -> Now:
        assert lag == -1
        return Now(self.then)


class Symbols:
    """Evaluates what stands in a cell of a grid of symbols, in the common unit."""

    def __init__(self, model: Model, values: np.ndarray, grid: str) -> None:
        self.model, self.values, self.grid = model, values, grid

    def at(self, slot: int | None) -> Now:
        return Now(1.0, 1.0) if slot is None else Now(*self.values[slot, [PERIOD, PERIOD - 1]].tolist())

    def cell(self, text: str, sector: str, row: str, account: str = "") -> float:
        parts = re.split(r" (?=[+-]\S)", text) if text else []
        return sum((1 if part[0] == "+" else -1) * self.part(part, sector, row, account) for part in parts)

    def part(self, part: str, sector: str, row: str, account: str) -> float:
        assert set(re.findall(r"\[(\w+)\]", part)) <= {sector}, part
        expression = re.sub(r"\[\w+\]", "", part[1:])
        names = [word for word in re.findall(r"[A-Za-z_]\w*", expression) if word not in FUNCTIONS]
        return sum(
            self.value(expression, cell) for cell in self.cells(names[0], sector, part[0], row, account)
        )

    def cells(self, name: str, sector: str, sign: str, row: str, account: str) -> list:
        """Cells of a name where a sector stands with a sign."""
        if name in ("net_worth", "saving"):
            return [(name, party) for party in self.model.sectors if party[0] == sector]
        if owned := [cell for cell in self.model.assets if cell.name == name]:
            return [cell for cell in owned if cell.owner[0] == sector]
        if claims := [cell for cell in self.model.claims if cell.name == name]:
            bought = row.startswith("change in ")
            end = "holder" if (sign == "-") == (bought or self.grid == "other-changes") else "issuer"
            return [cell for cell in claims if getattr(cell, end)[0] == sector]
        end = "payee" if sign == "+" else "payer"
        if row.endswith((", not paid for", ", not exchanged")):
            end = "payer" if (sign == "-") == (account == "current") else "payee"
        payments = [cell for cell in self.model.payments if cell.name == name]
        assert payments, name
        return [cell for cell in payments if getattr(cell, end)[0] == sector]

    def value(self, expression: str, cell: object) -> float:
        known: dict[str, object] = {"change": lambda v: Now(v.now - v.then)}
        worth = Now(1.0, 1.0)
        if isinstance(cell, tuple):
            name, party = cell
            slot = self.model.slot(f"{name}.{party[0]}", party[1])
            known[name] = self.at(slot) * self.at(self.model.worth[party])
        elif isinstance(cell, ClaimCell | AssetCell):
            own = cell.worth if isinstance(cell, ClaimCell) else self.model.worth[cell.owner]
            known[cell.name] = self.at(cell.slot)
            for slot in (cell.price, own):
                if slot is not None:
                    known[self.model.slots[slot][0]] = self.at(slot)
            if self.grid not in ("revaluation", "other-changes"):  # these write the exchange rate
                worth = self.at(own)
            for word in FUNCTIONS[1:]:
                known[word] = lambda v, w=word: self.at(getattr(cell, w))
        else:
            known[cell.name] = self.at(cell.payment)  # type: ignore[attr-defined]
        return (eval(expression, {"__builtins__": {}}, known) * worth).now


GRIDS = [balance_sheet, transactions, revaluation, other_changes]


@pytest.mark.parametrize("name", NAMES)
def test_the_symbols_of_every_cell_are_its_amount(name: str) -> None:
    model, values = outcome(name)
    numbers = {matrix.name: matrix for matrix in amounts(model, values, PERIOD)}
    for make in GRIDS:
        grid = make(model)
        matrix, symbols = numbers[grid.name], Symbols(model, values, grid.name)
        assert grid.columns == ("", *matrix.columns, "sum")
        assert [row[0] for row in grid.rows] == [title for title, _ in matrix.rows]
        largest = max((abs(v) for _, row in matrix.rows for v in row if v is not None), default=0.0)
        for texts, (title, row) in zip(grid.rows, matrix.rows, strict=True):
            for column, text, amount in zip(matrix.columns, texts[1:-1], row, strict=True):
                found = symbols.cell(text, column.partition(",")[0], title, column.partition(", ")[2])
                assert (text == "") == (amount is None), (title, column)
                assert abs(found - (amount or 0.0)) <= 1e-12 * largest, (title, column, text)


@pytest.mark.parametrize("name", NAMES)
def test_the_symbols_of_net_worth_are_its_amounts(name: str) -> None:
    model, values = outcome(name)
    matrix, grid = amounts(model, values, PERIOD)[-1], net_worth(model)
    symbols = Symbols(model, values, grid.name)
    assert grid.columns == ("", *matrix.columns)
    rows = {row[0]: row[1:] for row in grid.rows}
    largest = max(abs(v) for _, row in matrix.rows for v in row if v is not None)
    for title, row in matrix.rows:
        for sector, text, amount in zip(matrix.columns, rows[title], row, strict=True):
            if title in ("revaluation", "other changes"):
                assert text == ("" if amount is None else f"+{title.replace(' ', '_')}[{sector}]")
            else:
                assert abs(symbols.cell(text, sector, title) - (amount or 0.0)) <= 1e-12 * largest


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


def test_investment_stands_in_two_accounts_and_saving_carries_over() -> None:
    model, _ = outcome("bmw")
    grid = transactions(model)
    assert grid.columns == ("", "households", "firms, current", "firms, capital", "banks", "sum")
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["investment"] == ("", "+investment", "-investment", "", "0")
    used = "change in capital, not paid for"  # the amortisation of the book, with the other sign
    assert rows[used] == ("", "+change(capital) -investment", "-change(capital) +investment", "", "0")
    saved = ("-saving[firms] -change(capital)", "+saving[firms] +change(capital)")
    assert rows["saving"] == ("", *saved, "", "0")
    assert rows["change in loans"] == ("", "", "+change(loans)", "-change(loans)", "0")


def test_who_buys_capital_without_an_asset_to_show_for_it_has_two_accounts_too() -> None:
    text = "sector a, b claim m: a owes b transaction t: a -> b adds capital = 2 start m = 0"
    rows = {row[0]: row[1:] for row in transactions(elaborate(draft(parse(text)))).rows}
    assert rows["t"] == ("", "-t", "+t", "0")
    assert rows["t, not kept as an asset"] == ("-t", "+t", "", "0")
    assert rows["saving"] == ("-saving[a]", "+saving[a]", "", "0")


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
        "",
        f"-{bought.format('[b]')}",
        f"-{bought.format('[c]')}",
        "0",
    )
    lost = "(change(n) + written_off(n))"
    assert rows["change in n"] == (f"+{lost}", "", f"-{lost}", "", "0")
    assert rows["i"] == ("-i", "+i[b]", "", "+i[c]", "0")
    rows = {row[0]: row[1:] for row in balance_sheet(model).rows}
    assert rows["k"] == ("-k * p", "+k[b] * p", "+k[c] * p", "0")
    assert rows["h"] == ("", "+h * p", "", "+h * p")


def test_an_asset_that_changes_hands_is_paid_for_in_the_capital_accounts() -> None:
    text = (
        "sector a, b claim m: a owes b given p = 2 asset gold: a, b at p transaction g: a -> b for gold = 4"
    )
    text += " transaction w: b -> a = 3 start m = 0, gold = 10"
    model = elaborate(draft(parse(text)))
    grid = transactions(model)
    assert grid.columns == ("", "a, current", "a, capital", "b, current", "b, capital", "sum")
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["g"] == ("", "-g", "", "+g", "0") and rows["w"] == ("+w", "", "-w", "", "0")
    assert rows["change in gold, not exchanged"] == (
        "+change(gold) * p -g",
        "-change(gold) * p +g",
        "+change(gold) * p +g",
        "-change(gold) * p -g",
        "0",
    )
    assert len(rows) == len(grid.rows)
