"""Ranges and conditions: what a left side means, what stands after where."""

from __future__ import annotations

import pytest

from creditor.equations.expressions import Binary, Name, Number
from creditor.equations.ranges import holds, value_range
from creditor.equations.spaces import Dimensions
from creditor.equations.statements import Spot
from creditor.errors import InputError

KNOWN = Dimensions(
    {"country": ("N", "S"), "partner": ("N", "S")}, {"country": "country", "partner": "country"}
)


def test_a_name_alone_means_every_cell() -> None:
    assert len(value_range(Spot("x"), ("country", "partner"), KNOWN)) == 4


def test_a_label_fixes_its_dimension() -> None:
    assert value_range(Spot("x", ("S", "partner")), ("country", "partner"), KNOWN) == [
        {"country": "S", "partner": "N"},
        {"country": "S", "partner": "S"},
    ]


def test_too_many_entries_and_unknown_labels_are_refused() -> None:
    with pytest.raises(InputError, match="E616"):
        value_range(Spot("x", ("N", "S")), ("country",), KNOWN)
    with pytest.raises(InputError, match="E616"):
        value_range(Spot("x", ("M",)), ("country",), KNOWN)


def test_conditions_compare_dimensions_with_each_other_and_with_labels() -> None:
    here = {"country": "N", "partner": "S"}
    other = Binary("<>", Name("partner"), Name("country"))
    north = Binary("==", Name("country"), Name("N"))
    assert holds(other, here, KNOWN, [])
    assert holds(Binary("and", other, north), here, KNOWN, [])
    assert not holds(Binary("and", other, north), here | {"partner": "N"}, KNOWN, [])
    assert holds(Binary("or", other, north), here | {"partner": "N"}, KNOWN, [])


def test_a_condition_on_numbers_is_refused() -> None:
    with pytest.raises(InputError, match="E619"):
        holds(Number(1.0), {"country": "N"}, KNOWN, [])
    with pytest.raises(InputError, match="E619"):
        holds(Binary("==", Name("country"), Number(1.0)), {"country": "N"}, KNOWN, [])


def test_an_unknown_word_in_a_condition_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        holds(Binary("==", Name("countri"), Name("N")), {"country": "N"}, KNOWN, [])
    assert "E616" in str(caught.value) and "country" in str(caught.value)
