"""Elaboration: each cell gets the equation of the most special statement about it, its number, or its settlement."""

from __future__ import annotations

import itertools

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.readable import equation_text
from creditor.errors import InputError

D = "dimension country = N, S dimension debtor as country "
BONDS = D + "sector state[country], banks[country] claim bonds: state[debtor] owes banks[country]\n"


def made(text: str, **others: str) -> Model:
    texts = {name: parse(other, f"{name}.model") for name, other in others.items()}
    return elaborate(draft(parse(text, "m.model"), lambda name, file: texts[name]), "m")


def refused(text: str, **others: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text, **others)
    return caught.value


def holdings(model: Model) -> dict[tuple[str, ...], str]:
    """What is on the right of each cell of bonds."""
    cells = model.spaces["bonds"].cells
    return {
        cell: equation_text(model, model.equations[model.slot("bonds", cell)]).split(" = ")[1]
        for cell in cells
    }


GENERAL = "hold bonds by banks = 1"
AT_HOME = "hold bonds by banks where debtor == country = settled"
OF_NORTH = "hold bonds[N] by banks = 2"
ONE = "hold bonds[N] by banks[S] = 3"


@pytest.mark.parametrize("order", list(itertools.permutations([GENERAL, AT_HOME, ONE])))
def test_a_strict_subset_wins_in_every_order(order: tuple[str, ...]) -> None:
    model = made(BONDS + "\n".join(order) + "\ntransaction t: state[N] -> banks[S]")
    got = holdings(model)
    assert got["N", "S"] == "3" and got["S", "N"] == "1"
    assert set(model.settled.values()) == {"bonds[N, N]", "bonds[S, S]", "t"}


@pytest.mark.parametrize("order", list(itertools.permutations([AT_HOME, OF_NORTH, GENERAL])))
def test_overlap_without_containment_is_a_trouble_in_every_order(order: tuple[str, ...]) -> None:
    error = refused(BONDS + "\n".join(order))
    assert error.codes == ("E612",)
    what = error.troubles[0].what
    first, second = sorted([order.index(AT_HOME) + 2, order.index(OF_NORTH) + 2])
    assert (
        what
        == f"bonds[N, N] has two equations (lines {first}, {second}), overlapping without one inside the other"
    )
    assert error.troubles[0].where == f"m.model:{second}"
    assert error.troubles[0].mend == "add where, or drop one"


@pytest.mark.parametrize(
    "order", list(itertools.permutations([AT_HOME, OF_NORTH, "hold bonds[N] by banks[N] = 5"]))
)
def test_what_is_inside_both_settles_an_overlap(order: tuple[str, ...]) -> None:
    text = (
        BONDS
        + "\n".join(order)
        + "\nhold bonds[S] by banks[N] = settled\ntransaction t: state[N] -> banks[N]"
    )
    got = holdings(made(text))
    assert got["N", "N"] == "5" and got["N", "S"] == "2"


def test_equals_are_a_trouble() -> None:
    error = refused(
        BONDS + "hold bonds[N] by banks[S] = 1\nhold bonds by banks where debtor == N and country == S = 2"
    )
    assert error.troubles[0].what == "bonds[N, S] has two equations (lines 2, 3), equally special"


def test_the_same_cells_in_a_later_text_replace_whatever_the_spelling() -> None:
    base = BONDS + GENERAL + "\n" + "hold bonds[N] by banks[N] = 7 transaction t: state -> banks = 1\n" + ONE
    own = "extends base\nhold bonds by banks where debtor == N and country == S = settled\n"
    own += "hold bonds by banks where debtor == country = settled hold bonds[N] by banks[N] = settled"
    model = made(own, base=base)
    assert set(model.settled.values()) == {"bonds[N, N]", "bonds[S, S]", "bonds[N, S]"}
    assert "bonds[N, S]: base.model:4 is replaced at m.model:2" in model.draft.replaced


def test_definitions_givens_and_finds_of_some_labels_win_too() -> None:
    text = (
        D
        + "given b[country] = 4 let a = b let a[S] = 2 * b given c[country] = 1 given c[S] = 3 let e[country] = 1\n"
    )
    text += "find e[N] so that e[N] ^ 2 = b[N]"
    model = made(text)
    kinds = {model.title(slot): e.kind for slot, e in model.equations.items()}
    assert kinds == {"a[N]": "let", "a[S]": "let", "e[N]": "find", "e[S]": "let"}
    assert equation_text(model, model.equations[model.slot("a", ("S",))]) == "a[S] = 2 * b[S]"
    assert {model.title(slot): value for slot, value in model.givens.items()} == {
        "b[N]": 4.0,
        "b[S]": 4.0,
        "c[N]": 1.0,
        "c[S]": 3.0,
    }


def test_givens_may_be_worked_out_from_givens() -> None:
    model = made("given a = 2 * b + 1, b = 3")
    assert model.givens[model.slot("a")] == 7.0
    assert refused("given a = b, b = a").codes[0] == "E615"


@pytest.mark.parametrize(("text", "fine"), [("0.5", True), ("0", True), ("2", False), ("0 - 1e-9", False)])
def test_a_given_lies_within_its_bounds(text: str, fine: bool) -> None:
    whole = f"given a = {text} in 0 .. 1"
    if fine:
        made(whole)
    else:
        assert refused(whole).codes == ("E620",)


def test_worth_counts_the_holders_money_at_the_claims_price() -> None:
    text = (
        D
        + "sector state[country], banks[country] currency of country worth rate given rate[country] = 1, price[debtor] = 1\n"
    )
    text += "claim bonds: state[debtor] owes banks[country] at price hold bonds by banks worth 10\n"
    text += "hold bonds by banks where debtor == country worth 10 + 0 transaction t: state -> banks\n"
    text += "transaction u: state[N] -> state[S]"
    got = holdings(made(text))
    assert got["N", "S"] == "10 * rate[S] / rate[N] / price[N]"
    assert got["N", "N"] == "(10 + 0) / price[N]"


@pytest.mark.parametrize(
    ("statement", "code", "what"),
    [
        ("hold bnds by banks = 1", "E610", "no claim 'bnds'"),
        ("hold bonds by state = 1", "E616", "state are not declared as holders of bonds"),
        ("hold bonds[W] by banks = 1", "E616", "no label 'W' here"),
        ("hold bonds[country] by banks = 1", "E616", "country is no dimension here"),
        ("hold bonds by banks where debtor == W = 1", "E616", "W is no label or dimension here"),
        ("hold bonds[N] by banks where debtor == S = 1", "E616", "no cell of bonds is meant"),
        ("write off bnds = 1", "E610", "no claim 'bnds'"),
        ("redeem bonds[W] = 1 at 1", "E616", "no label 'W' here"),
    ],
)
def test_holds_and_write_offs_that_mean_no_cell(statement: str, code: str, what: str) -> None:
    error = refused(BONDS + statement)
    assert (error.codes, error.troubles[0].what) == ((code,), what)
    assert error.troubles[0].where == "m.model:2"


def test_prices_and_moneys_are_named_where_they_are_missing() -> None:
    error = refused("sector a, b claim k: a owes b at prise given price = 1")
    assert error.codes == ("E610",) and error.troubles[0].mend == "did you mean price?"
    text = (
        D + "sector a[country], b[country] currency of country worth rate claim k: a owes b given rate[N] = 1"
    )
    assert refused(text).codes[0] == "E616"


def test_an_asset_is_not_settled() -> None:
    error = refused("sector a, b claim k: a owes b asset house: b")
    assert error.codes == ("E613",)
    assert error.troubles[0].what == "house has no equation; an asset is not settled by the budgets"


def test_troubles_of_equations_are_told_together() -> None:
    error = refused("let a = x\nlet b = y\nlet c = a + b")
    assert [trouble.where for trouble in error.troubles] == ["m.model:1", "m.model:2"]


def test_a_text_without_accounts_is_a_model() -> None:
    model = made("given a = 2 let b = a * b(-1) find c so that c ^ 2 = b start b = 1")
    assert not model.sectors and not model.settled
    assert [model.title(slot) for slot in model.variables] == ["c", "b"]
