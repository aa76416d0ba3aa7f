"""Moneys: of a dimension that is there, worth one value for each of its labels; the common unit may have a name."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.expressions import Convert, Name, Negative
from creditor.equations.moneys import common_name, money_meant, refuse_conversion
from creditor.equations.parse import parse
from creditor.errors import InputError

TEXT = """dimension country = N, S
sector banks[country], states[country]
claim bonds: states[country] owes banks[country]
given rate[country] = 1, other = 2
"""


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("currency of nation worth rate", "E610", "country"),
        ("currency of country worth rates", "E610", "rate"),
        ("currency of country worth other", "E616", r"other\[country\]"),
    ],
)
def test_what_is_not_there_is_refused_with_its_line(line: str, code: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        elaborate(draft(parse(TEXT + line, "m.model")), "m")
    assert code in str(caught.value) and "m.model:5" in str(caught.value)


def test_every_sector_with_the_dimension_has_the_worth_of_its_label() -> None:
    model = elaborate(draft(parse(TEXT + "currency of country worth rate", "m.model")), "m")
    assert model.worth["banks", ("S",)] == model.slot("rate", ("S",))


def test_the_common_unit_has_the_name_that_the_text_gives_it() -> None:
    named = elaborate(draft(parse(TEXT + "currency of country worth rate currency of world = USD")))
    assert (common_name(named), named.rates["S"]) == ("USD", named.slot("rate", ("S",)))
    node = Convert(Name("x"), "USD")
    assert money_meant(node, {}, named) == money_meant(Convert(Name("x"), "world"), {}, named) == ""
    with pytest.raises(InputError, match="is the name of a label or dimension already"):
        elaborate(draft(parse(TEXT + "currency of world = N")))


def test_nothing_is_converted_where_numbers_are_worked_out_first() -> None:
    refuse_conversion(Name("x"))
    with pytest.raises(InputError, match="E622"):
        refuse_conversion(Negative(Convert(Name("x"), "N")))
