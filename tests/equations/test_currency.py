"""Currencies: of a dimension that is there, worth one value for each of its labels."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
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
