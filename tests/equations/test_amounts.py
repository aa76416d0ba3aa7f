"""Matrices as numbers: sums and the way from net worth to net worth, in every model, at several periods."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.equations.amounts import TOLERANCE, amounts
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

EXCHANGE = str(Path(__file__).parents[2] / "docs/examples/language/valid-30-for.model")
NAMES = [*closed_models(), EXCHANGE, str(Path(__file__).with_name("small_world.model"))]
PERIODS = 12
KINDS = ["balance-sheet", "transactions", "revaluation", "other-changes", "net-worth"]


@lru_cache
def outcome(name: str) -> tuple[Model, np.ndarray]:
    run = run_scenario(make_scenario(model=name, periods=PERIODS), path=0)
    return run.model, run.result.values[:, :, 0]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_matrix_adds_up_in_every_period(name: str, apart: bool) -> None:
    model, values = outcome(name)
    for period in (0, 1, 2, 7, PERIODS):
        found = amounts(model, values, period, apart)
        assert [matrix.name for matrix in found] == KINDS if period else ["balance-sheet"]
        for matrix in found:
            assert matrix.balanced and matrix.gap <= TOLERANCE, (period, matrix.name, matrix.place)
            assert not matrix.unknown, (period, matrix.name)


@pytest.mark.parametrize("name", NAMES)
def test_net_worth_is_what_it_was_and_what_changed_it(name: str) -> None:
    """The identity from the run's own variables, without the matrices' own sums."""
    model, values = outcome(name)
    for period in (1, 2, 7, PERIODS):
        matrices = {matrix.name: matrix for matrix in amounts(model, values, period, apart=True)}
        rows = dict(matrices["net-worth"].rows)
        for column, party in enumerate(model.sectors):
            slot, worth = model.slot(f"net_worth.{party[0]}", party[1]), model.worth[party]
            then, now = (
                values[slot, t] * (1 if worth is None else values[worth, t]) for t in (period - 1, period)
            )
            assert rows["net worth (-1)"][column] == pytest.approx(then, rel=1e-12)
            changes = [rows[title][column] or 0.0 for title in ("saving", "revaluation", "other changes")]
            size = max(abs(x) for _, row in matrices["balance-sheet"].rows for x in row if x is not None)
            assert abs(then + math.fsum(changes) - now) <= 1e-9 * size
            for title, place in (("revaluation", 1), ("other-changes", 2)):
                assert (matrices[title].totals[column] or 0.0) == pytest.approx(
                    changes[place], abs=1e-12 * size
                )


def test_the_numbers_of_the_simplest_model():
    model, values = outcome("sim")
    sheet, flows, *_ = amounts(model, values, 1)
    assert sheet.columns == ("households", "firms", "government")
    assert dict(sheet.rows)["money"] == (80.0, None, -80.0) and sheet.sums == (0.0, 0.0)
    assert dict(flows.rows)["wages"] == (100.0, -100.0, None)


def test_apart_is_one_column_for_each_label():
    model, values = outcome("openflex")
    together, apart = (amounts(model, values, 1, apart)[1] for apart in (False, True))
    assert "central_bank, capital" in together.columns and "central_bank[UK], capital" in apart.columns
    assert len(apart.columns) == 2 * len(together.columns)
    for (title, row), (_, parts) in zip(together.rows, apart.rows, strict=True):
        for place, amount in enumerate(row):
            sector, _, account = together.columns[place].partition(", ")
            mine = [
                x or 0.0
                for x, column in zip(parts, apart.columns, strict=True)
                if column.partition("[")[0] == sector and column.endswith(account)
            ]
            assert math.fsum(mine) == pytest.approx(amount or 0.0, abs=1e-9), title


def test_books_that_do_not_balance_are_found_with_their_place():
    model, values = outcome("bmw")
    wrong = values.copy()
    cell = next(cell for cell in model.payments if cell.name == "wages")
    wrong[cell.payment, 1] += 1
    flows = amounts(model, wrong, 1)[1]
    assert not flows.balanced and flows.place in ("column households", "column firms, current")
    assert flows.gap == pytest.approx(1 / max(abs(x) for _, row in flows.rows for x in row if x), rel=0.02)
    wrong = values.copy()
    wrong[model.slot("net_worth.firms"), 1] += 1
    assert [m.name for m in amounts(model, wrong, 1) if not m.balanced] == ["balance-sheet", "net-worth"]


def test_what_is_not_known_is_absent_and_named():
    model = elaborate(
        draft(parse("sector a, b given p = 2 claim k: a owes b at p start k = 3 transaction t: a -> b = 1"))
    )
    values = np.full((len(model.slots), 2), 1.0)
    values[model.slot("p"), 0] = math.nan
    sheet = amounts(model, values, 0)[0]
    assert dict(sheet.rows)["k"] == (None, None) and sheet.sums[0] is None
    assert sheet.totals == (None, None) and sheet.unknown == ("k",)
    assert {m.name: m.unknown for m in amounts(model, values, 1)}["revaluation"] == ("k",)


def test_a_model_without_sectors_has_empty_matrices():
    model = elaborate(draft(parse("given a = 1 let b = a")))
    found = amounts(model, np.ones((len(model.slots), 2)), 1)
    assert all(matrix.balanced and not matrix.columns for matrix in found)
    assert load_model("sim").sectors
