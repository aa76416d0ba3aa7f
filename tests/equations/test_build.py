"""From rules to nodes: what the grammar lets pass and the language does not."""

from __future__ import annotations

import pytest

from creditor.equations.build import DEPTH, LONGEST_LAG, SIGNATURES
from creditor.equations.expressions import FUNCTIONS
from creditor.equations.parse import parse, parse_expression
from creditor.errors import InputError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("let x = log(a, b)", "E605"),
        ("let x = max(a)", "E605"),
        ("let x = if(a, b)", "E605"),
        ("let x = a(-0)", "E606"),
        ("let x = a(-1.5)", "E606"),
        (f"let x = a(-{LONGEST_LAG + 1})", "E606"),
        ("let x = 1e400", "E606"),
        ("given x = 1 in 2 .. 1", "E606"),
        ("given x = 1 in 0 .. 1e999", "E606"),
        ("set x = 1 from 2.5", "E606"),
        ("set x = 1 from 3 to 2", "E606"),
        ("set x = 1 from 3, y = 2", "E602"),
        ("given x = 1 unit a unit b", "E602"),
        ("given x = 1 grade D", "T209"),
        ("check a == b", "E602"),
        ("currency of country = USD", "E602"),
        ("transaction t: a -> b adds income", "E602"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse("let before = 1\n" + text + "\nlet after = 2", "m")
    assert caught.value.codes == (code,)
    assert caught.value.troubles[0].where == "m:2"


def test_depth_is_counted_and_not_length() -> None:
    parse_expression("max(" + ", ".join(["a * b"] * 1_000) + ")")
    parse_expression("+".join(["a"] * DEPTH))
    with pytest.raises(InputError, match="E604"):
        parse_expression("+".join(["a"] * (DEPTH + 1)))


def test_every_function_has_its_form() -> None:
    assert set(SIGNATURES) == set(FUNCTIONS)
