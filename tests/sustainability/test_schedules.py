"""Schedules: what loans are and pay, year by year, by any label, adding up to the whole."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.loans import Assumptions, Loan
from creditor.sustainability.path import SIDES
from creditor.sustainability.schedules import (
    balances,
    basket,
    flows_by,
    life_of_new,
    rate_of,
    schedules,
    share_due,
    side_of,
)

COLUMNS = {
    "gdp": 100 * 1.06 ** np.arange(6),
    "real_growth": np.full(6, 0.02),
    "short_rate": np.full(6, 0.07),
    "new_maturity": np.zeros(1),
}
YEARS = Assumptions(tuple(range(2024, 2030)), COLUMNS, {"USD": 100 * 1.1 ** np.arange(6)}, None)


def loan(**other):
    fields = {"name": "a", "currency": "KES", "amount": 12.0, "rate": 0.05, "start": 2020, "maturity": 2028}
    fields |= {"kind": "fixed", "repayment": "bullet", "holder": "banks", "where": ""}
    return Loan(**{**fields, **other})


def test_bullets_and_instalments():
    left, paid, due = balances(loan(), YEARS)
    assert left.tolist() == [12, 12, 12, 12, 0, 0] and paid[4] == 12 and due[1] == pytest.approx(0.6)
    left, paid, due = balances(loan(repayment="equal", kind="floating"), YEARS)
    assert left == pytest.approx([12, 9, 6, 3, 0, 0]) and due[2] == pytest.approx(9 * 0.12)


def test_indexed_loans_grow_with_prices_and_pay_at_them():
    prices = 1.06 / 1.02
    left, paid, due = balances(loan(kind="indexed"), YEARS)
    assert left[1] == pytest.approx(12 * prices) and due[1] == pytest.approx(12 * prices * 0.05)
    assert paid[4] == pytest.approx(12 * prices**4) and left[4] == 0


def test_labels_add_up_to_the_sides():
    loans = [
        loan(),
        loan(kind="indexed", holder="funds"),
        loan(currency="USD", amount=0.1, repayment="equal", holder=""),
    ]
    assert [side_of(one, "KES") for one in loans] == ["home", "linked", "abroad"]
    whole, parts = schedules(loans, YEARS, "KES"), flows_by(loans, YEARS, "KES", lambda one: one.holder)
    for name, field in (
        ("schedule_stock", "stock"),
        ("schedule_redemption", "redemption"),
        ("schedule_interest", "interest"),
    ):
        total = sum(whole[name][side] for side in SIDES)
        assert sum(getattr(one, field) for one in parts.values()) == pytest.approx(total)
    assert (parts["banks"] + parts["funds"]).stock == pytest.approx(
        parts["banks"].stock + parts["funds"].stock
    )


def test_what_is_refixed_is_what_falls_due_next_also_in_the_last_year():
    found = schedules([loan(maturity=2030, repayment="equal")], YEARS, "KES")["refixed"]["all"]
    assert found == pytest.approx([2, 2, 2, 2, 2, 2])
    assert schedules([loan(kind="floating")], YEARS, "KES")["refixed"]["all"][0] == 12
    assert share_due(loan(), 2027) == 1 and share_due(loan(), 2028) == 0


def test_moneys_and_maturity():
    assert rate_of(loan(), YEARS, "KES").tolist() == [1] * 6
    assert basket([loan(currency="USD")], YEARS, "KES") == pytest.approx(np.full(5, 0.1))
    assert life_of_new([loan(), loan(maturity=2024)], YEARS) == 6
