"""A given may read another given wherever that one stands, as it must where an extension moves it."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError


def numbers(model: Model) -> dict[str, float]:
    return {model.title(slot): number for slot, number in model.givens.items()}


def test_a_given_reads_one_that_an_extension_replaced() -> None:
    base = parse("given a = 1 given b = a + 1 let x = b")
    model = elaborate(draft(parse("extends base given a = 2"), lambda name, file: base))
    assert numbers(model) == {"a": 2.0, "b": 3.0}


def test_givens_that_read_each_other_are_an_error() -> None:
    with pytest.raises(InputError) as caught:
        elaborate(draft(parse("given a = b given b = a let x = a")))
    assert set(caught.value.codes) == {"E615"}
