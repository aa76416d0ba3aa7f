"""What computations ask of models: values, effects of changes, balanced books."""

from __future__ import annotations

import pytest

from creditor.analysis.claims_models import books, effect, value
from creditor.analysis.claims_quantity import number
from creditor.errors import InputError


def test_a_value_is_that_of_the_run():
    assert value("sim", "money", number(60)).value == pytest.approx(80, abs=1e-4)
    assert value("us_debt", "bonds[foreigners]", number(1)).value > 9000


def test_an_effect_is_the_difference_of_two_runs():
    bought = effect("us_debt", "reserves", number(1), "purchases=500")
    assert bought.value == pytest.approx(500, rel=1e-9)
    both = value("sim", "money", number(10), "tax_rate=0.3").value - value("sim", "money", number(10)).value
    assert effect("sim", "money", number(10), "tax_rate=0.3").value == pytest.approx(both)


def test_books_balance():
    assert 0 <= books("openflex").value < 1e-9


def test_a_wrong_name_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="money"):
        value("sim", "mony", number(1))
    with pytest.raises(InputError, match="tax_rate"):
        effect("sim", "money", number(1), "tax_rat=0.3")
