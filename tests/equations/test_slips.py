"""Slips within expressions: the rules one by one, and that good texts trouble none of them."""

from __future__ import annotations

import pytest

from creditor.equations import slips
from creditor.equations.parse import parse
from creditor.equations.scan import scan
from creditor.equations.stop import Stop
from creditor.errors import InputError

RULES = [
    slips.foreign_sign,
    slips.equality,
    slips.decimal_comma,
    slips.bad_lag,
    slips.arguments,
    slips.operators,
    slips.side_by_side,
]


@pytest.mark.parametrize(("sign", "instead"), slips.INSTEAD.items())
def test_each_foreign_sign_is_named_with_ours(sign: str, instead: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(f"let x = a {sign} b")
    assert f"write {instead}" in caught.value.troubles[0].mend or sign in "&|'"


@pytest.mark.parametrize("name", slips.ALIASES)
def test_functions_of_other_languages(name: str) -> None:
    with pytest.raises(InputError, match=r"did you mean"):
        parse(f"let x = {name}(a)")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_silent_before_the_first_token(rule) -> None:
    assert rule(Stop(scan("let x = 1"), 0)) is None
