"""Cases: rates of own and foreign money add up, and what is added to a case is added."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability.baseline import baseline
from creditor.sustainability.case import Case, rates


def test_rates_add_up_to_the_effective_rate():
    base = baseline("TUR")
    home, abroad = rates(base)
    share = base.foreign_share
    assert (1 - share) * home + share * abroad == pytest.approx(base.after["rate"])
    assert (1 + abroad) * (1 + base.after["depreciation"]) == pytest.approx(1 + home)


def test_what_is_added_is_added_by_year_and_path_and_nothing_else_moves():
    plain = Case("ITA", 2, {("a",): np.array([1.0, 2.0])})
    wide = np.array([[0.1, 0.2, 0.3], [0.0, 0.0, 0.5]])
    found = plain.add({("a",): wide, ("b",): 0.5})
    assert found.series["a",].tolist() == [[1.1, 1.2, 1.3], [2.0, 2.0, 2.5]]
    assert found.add({("a",): np.array([1.0, 0.0])}).series["a",][:, 0].tolist() == [2.1, 2.0]
    assert found.series["b",].tolist() == [0.5, 0.5] and plain.series["a",].tolist() == [1.0, 2.0]


def test_the_first_years_of_a_case():
    plain = Case("ITA", 3, {("a",): np.arange(3.0), ("b",): np.ones((3, 2))}, {("debt",): 1.0})
    found = plain.begun(2)
    assert (found.periods, found.series["a",].tolist(), found.series["b",].shape) == (2, [0.0, 1.0], (2, 2))
    assert found.starts == plain.starts
