"""The model of the American debt: identities of its accounts from the published opening, with and without draws."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario

DRAWS = [
    {"name": "market_rate", "distribution": "normal", "parameters": [0, 0.004], "ar": 0.8},
    {"name": "primary_deficit_share", "distribution": "normal", "parameters": [0, 0.005]},
]


@pytest.fixture(scope="module")
def run() -> Run:
    fields = {"periods": 20, "paths": 40, "seed": 3, "antithetic": True, "keep": ["all"]}
    return run_scenario(make_scenario(model="us_debt", draw=DRAWS, **fields))


def total(run: Run, name: str) -> np.ndarray:
    slots = [slot for slot in run.model.variables if run.model.slots[slot][0] == name]
    return run.result.values[slots].sum(axis=0)


def test_every_claim_is_a_debt(run: Run) -> None:
    worth = [slot for slot in run.model.variables if run.model.slots[slot][0].startswith("net_worth.")]
    values = run.result.values[worth]
    assert np.abs(values.sum(axis=0)).max() <= 1e-11 * np.abs(values).max()


def test_debt_grows_by_what_is_spent_and_not_received(run: Run) -> None:
    debt, account = run.result.series("debt"), run.result.series("treasury_account")
    paid = run.result.series("interest_bill") + run.result.series("primary_deficit")
    need = (paid - run.result.series("remittances"))[1:] + np.diff(account, axis=0)
    assert np.abs(np.diff(debt, axis=0) - need).max() <= 1e-12 * debt.max()
    assert np.abs(debt - total(run, "bonds")).max() <= 1e-12 * debt.max()


def test_foreigners_gain_the_external_deficit(run: Run) -> None:
    worth, deficit = run.result.series("net_worth.foreigners"), run.result.series("external_deficit")
    assert np.abs(np.diff(worth, axis=0) - deficit[1:]).max() <= 1e-11 * worth.max()


def test_the_central_bank_opens_below_zero_and_pays_on_what_it_earns(run: Run) -> None:
    worth = run.result.series("net_worth.central_bank")
    assert worth[0, 0] == pytest.approx(-659.539)  # at market value; its reports carry bonds at cost
    income = run.result.series("central_bank_income")[1:]
    assert np.array_equal(run.result.series("remittances")[1:], np.maximum(income, 0.0))
    assert (np.diff(worth, axis=0) <= 1e-6).all()


def test_every_path_opens_at_the_published_debt(run: Run) -> None:
    assert (run.result.series("debt")[0] == run.result.series("debt")[0, 0]).all()
    assert run.result.series("debt")[0, 0] == pytest.approx(28029.2, rel=1e-15)
    assert run.result.certificate.residual <= 1e-10 and run.result.certificate.books <= 1e-9
    assert run.result.series("debt")[20].std() > 100
