"""Bad texts of every kind: named with their place, all at once, quickly, without a number and without running code."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor import model_check, model_run
from creditor.errors import NoSolutionError

BUDGETS = "sector a, b\nclaim m: a owes b\nstart m = 3\n"
CASES = {
    "unknown names, each with the nearest": (
        "given tax_rate = 0.2\nlet a = tax_rat * 2\nlet b = tax_rte",
        [("E610", ":2", "'tax_rat'"), ("E610", ":3", "'tax_rte'")],
    ),
    "a circle without a solution": ("let x = y + 1\nlet y = x", [("E621", ":1", "do not decide x")]),
    "a circle whatever the numbers": (
        "given a = 2\nfind p so that a = 3\nstart p = 1",
        [("E617", ":2", "cannot decide")],
    ),
    "a surplus with nowhere to settle": (
        BUDGETS + "hold m by b = 3\ntransaction t: a -> b = 5",
        [("E613", "", "sector unsettled. b: nothing settles between it and a")],
    ),
    "two things settle one budget": (
        "sector a, b\ntransaction x: a -> b\ntransaction y: b -> a",
        [("E612", "", "cannot tell these apart: x, y")],
    ),
    "a division by zero": (
        "given a = 0\nlet b = 1 / a",
        [("E621", ":2", "period 1, path 0: the equation for b has no valid value: the value is inf")],
    ),
    "an overflow": (
        "given a = 2\nlet b = b(-1) ^ 2 * a\nstart b = 1e200",
        [("E621", ":2", "the value is inf")],
    ),
    "nested 3,000 deep": (
        "let a = " + "(" * 3000 + "1" + ")" * 3000,
        [("E604", ":1", "nested more than 200")],
    ),
    "a chain of 250,000": ("let a = 1" + " + 1" * 250_000, [("E604", ":1", "nested more than 200")]),
    "one megabyte of nothing": ("# " + "x" * 1_000_000, [("C102", "", "is empty")]),
    "three megabytes": ("# " + "x" * 3_000_000, [("C105", "", "")]),
    "an empty file": ("", [("C102", "", "the text is empty")]),
    "a file that is not UTF-8": (b"let a = 1 # caf\xe9", [("C103", ":1", "byte 0xe9 is not UTF-8")]),
    "a file of zeros": (b"\0" * 5000, [("E603", ":1", "")]),
    "a byte order mark and nothing": (b"\xef\xbb\xbf", [("C102", "", "empty")]),
    "five faults at once": (
        "let a = b\nlet c = = 2\nlet d = e\nsector\nlet f = (1",
        [("E602", ":2", "a second '='"), ("E602", ":4", "breaks off"), ("E602", ":5", "never closed")],
    ),
}


@pytest.fixture
def bad(tmp_path: Path):
    def write(content: str | bytes) -> str:
        path = tmp_path / "bad.model"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.mark.parametrize("case", CASES)
def test_bad_texts_are_named_at_their_place(bad, case: str) -> None:
    content, wanted = CASES[case]
    answer = model_check(bad(content))
    assert answer.exit_code == 1 and not answer.figures and "variables" not in answer.payload
    found = [(finding.code, finding.place, finding.sentence) for finding in answer.findings]
    for code, place, words in wanted:
        assert any(c == code and p.endswith(place) and words in s for c, p, s in found), (code, found)


def test_what_is_read_stands_beside_a_division_by_zero(bad) -> None:
    with pytest.raises(NoSolutionError) as error:
        model_run(bad("given a = 0\nlet c = 4\nlet b = c / a"), periods=5)
    said = str(error.value)
    assert "bad.model:3" in said and "period 1, path 0" in said and "it reads c = 4, a = 0" in said


def test_a_block_without_a_solution_names_its_values(bad) -> None:
    with pytest.raises(NoSolutionError) as error:
        model_run(bad("let x = exp(y) + 1\nlet y = x"), periods=1)
    assert "a block of 2 equations is not solved" in str(error.value) and "values y =" in str(error.value)


HOSTILE = [
    "__import__",
    "exec",
    "eval",
    "lambda",
    "open",
    "__class__",
    "self",
    "globals",
    "x" * 200,
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:12])
def test_names_are_names_and_never_code(bad, monkeypatch, name: str) -> None:
    """A name that Python would run is a variable like any other; nothing is called."""
    import builtins

    def never(*_: object) -> None:
        raise AssertionError("code of a text was run")

    monkeypatch.setattr(builtins, "eval", never)
    answer = model_run(bad(f"let {name} = 3\nlet other = {name} + 1"), periods=1)
    assert answer.payload["variables"]["other"][1] == 4.0


@pytest.mark.parametrize(
    "name", ["os.system", "a;b", "../x", "a b", "`id`", "$(id)", "%s", "{0}", "a\\n", "x" * 20_000]
)
def test_what_is_no_name_is_an_error(bad, name: str) -> None:
    answer = model_check(bad(f"let {name} = 3"))
    assert answer.exit_code == 1 and all(finding.code.startswith("E60") for finding in answer.findings)


def test_moneys_that_do_not_add_up_are_warned_of(bad) -> None:
    text = """
dimension country = US, JP
sector buyers[country], sellers[country]
currency of country worth rate
given rate[US] = 1, rate[JP] = 0.01
claim money: buyers owes sellers
given spending[country] = 5
transaction sales: buyers -> sellers = spending
let both = sales[US] + sales[JP]
start money = 1
"""
    answer = model_check(bad(text))
    said = [finding.sentence for finding in answer.findings]
    assert any("both" in sentence or "sales" in sentence for sentence in said), said


def test_a_yearly_rate_in_a_quarterly_model_is_divided_when_it_says_so(bad) -> None:
    text = "frequency quarterly\ngiven rate = 0.04\nlet quarterly_rate = per_period(rate)"
    assert model_run(bad(text), periods=1).payload["variables"]["quarterly_rate"][1] == 0.01
    silent = model_check(bad("given rate = 0.04\nlet quarterly_rate = per_period(rate)"))
    assert silent.exit_code == 1 and "frequency" in silent.findings[0].mend
