"""Declarations: which cells each name has, inferred dimensions, holders, conditions on labels."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.parse import parse, parse_expression
from creditor.equations.ranges import holds, value_range
from creditor.equations.spaces import HOLDER, Dimensions
from creditor.equations.statements import Spot
from creditor.errors import InputError

D = "dimension country = N, S dimension debtor as country dimension partner as country dimension maturity = short, long "
WORLD = D + "sector households[country], banks[country], state[country], fund "


def made(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text)
    return caught.value


def cells(text: str, name: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    space = made(text).spaces[name]
    return space.dims, space.cells


def test_sectors_have_a_budget_for_each_label() -> None:
    assert made(WORLD).sectors == [
        *(("households", (label,)) for label in "NS"),
        *(("banks", (label,)) for label in "NS"),
        *(("state", (label,)) for label in "NS"),
        ("fund", ()),
    ]


def test_ends_are_tied_by_name() -> None:
    model = made(WORLD + "claim deposits: banks owes households transaction pay: state -> households")
    assert model.spaces["deposits"].cells == model.spaces["pay"].cells == (("N",), ("S",))
    assert [(c.issuer[1], c.holder[1]) for c in model.claims] == [(("N",), ("N",)), (("S",), ("S",))]


def test_a_holder_without_a_dimension_of_the_others_has_one_cell() -> None:
    dims, found = cells(
        WORLD + "claim k: fund owes banks, state[N], households",
        "k",
    )
    assert dims == (HOLDER, "country")
    assert found == (("banks", "N"), ("banks", "S"), ("state", "N"), ("households", "N"), ("households", "S"))
    dims, found = cells(
        WORLD + "claim k: state[debtor] owes banks, fund hold k by banks = 0 transaction t: state -> banks",
        "k",
    )
    assert dims == ("debtor", HOLDER, "country")
    assert found[-2:] == (("N", "fund", ""), ("S", "fund", ""))


def test_an_asset_of_several_sectors_has_a_cell_for_each() -> None:
    text = (
        WORLD + "asset land[maturity]: households, fund let land = land(-1) let land[fund] = 3 start land = 1"
    )
    dims, found = cells(text, "land")
    assert dims == ("maturity", HOLDER, "country")
    assert found[0] == ("short", "households", "N") and found[-1] == ("long", "fund", "")
    assert cells(WORLD + "asset land[maturity]: banks let land = 1", "land")[0] == ("country", "maturity")


def test_an_alias_makes_every_pair() -> None:
    text = (
        WORLD
        + "claim bonds: state[debtor] owes banks[country] hold bonds by banks = 1 transaction t: state -> banks transaction u: state[N] -> state[S]"
    )
    model = made(text)
    assert model.spaces["bonds"].dims == ("debtor", "country")
    pairs = {(c.issuer[1][0], c.holder[1][0]) for c in model.claims}
    assert pairs == {(a, b) for a in "NS" for b in "NS"}


def test_where_leaves_pairs_out() -> None:
    text = WORLD + "transaction imports: banks[country] -> banks[partner] where partner <> country = 1"
    text += " transaction join: banks -> banks[N] where country <> N"
    model = made(text)
    assert model.spaces["imports"].cells == (("N", "S"), ("S", "N"))
    assert all(p.payer != p.payee for p in model.payments)


def test_own_labels_issuer_holder_in_this_order() -> None:
    text = (
        WORLD
        + "claim bonds[maturity]: state owes banks, households hold bonds by banks = 1 hold bonds by households = 1"
    )
    text += " hold bonds[long] by banks = settled hold bonds[long] by households = settled"
    dims, found = cells(text, "bonds")
    assert dims == ("country", "maturity", HOLDER)
    assert len(found) == 8 and found[0] == ("N", "short", "banks")


def test_one_holder_has_no_dimension_of_holders() -> None:
    assert cells(WORLD + "claim deposits: banks owes households", "deposits")[0] == ("country",)


def test_payments_on_a_claim_have_its_cells_and_go_from_issuer_to_holder() -> None:
    text = (
        WORLD
        + "claim k: state[debtor] owes banks[country], fund2[country] hold k by banks = 1 hold k by fund2 = 1"
    )
    text = text.replace("fund ", "fund, fund2[country] ") + " transaction i on k where debtor <> country = 1"
    text += " transaction a: state -> banks transaction b: banks -> fund2 transaction u: state[N] -> state[S]"
    model = made(text)
    assert model.spaces["i"].cells == tuple(c for c in model.spaces["k"].cells if c[0] != c[2])
    assert all(
        p.payer[0] == "state" and p.payee[0] in ("banks", "fund2") for p in model.payments if p.name == "i"
    )


def test_assets_have_their_owners_labels_and_their_own() -> None:
    text = WORLD + "asset houses[maturity]: households let houses = 2"
    assert cells(text, "houses") == (
        ("country", "maturity"),
        tuple((c, m) for c in "NS" for m in ("short", "long")),
    )


@pytest.mark.parametrize(
    ("definition", "dims"),
    [
        ("let y = x", ("country",)),
        ("let y = x(-1) + 1 start x = 1", ("country",)),
        ("let y = z * x", ("country", "maturity")),
        ("let y = w * 2 let w = v let v = z[long] + y(-1) start y = 1", ("country",)),
        ("let y = sum(x over country)", ()),
        ("let y = sum(x * z over maturity)", ("country",)),
        ("let y = x[N]", ()),
        ("let y = z[N]", ("maturity",)),
        ("let y = p[country, partner]", ("country", "partner")),
        ("let y = p[partner]", ("partner", "country")),
        ("let y = p[N, S]", ()),
        ("let y = p[N, partner]", ("partner",)),
        ("let y = net_worth[banks]", ("country",)),
        ("let y = net_worth[banks, N]", ()),
        ("let y = saving[fund]", ()),
        ("let y[country] = 1", ("country",)),
        ("let y[N] = 1 let y[S] = 2", ("country",)),
        ("let y[debtor] = x", ("debtor",)),
        ("let y = if(x > 1, 2, -x)", ("country",)),
        ("find y so that y = x * y ^ 2", ("country",)),
        ("let y = deposits", ("country",)),
    ],
)
def test_dimensions_of_a_bare_definition_are_inferred(definition: str, dims: tuple[str, ...]) -> None:
    text = WORLD + "given x[country] = 1, z[country, maturity] = 2, p[country, partner] = 3 "
    text += "claim deposits: banks owes households transaction t: state -> banks "
    text = text.replace("state[country]", "state[country]")
    if "y[debtor] = x" in definition:
        assert refused(text + definition).codes == ("E611",)
        return
    assert made(text + definition).spaces["y"].dims == dims


def test_a_label_of_two_dimensions_is_that_of_the_name_that_is_read() -> None:
    text = "dimension a = short, long dimension b = short, ever given x[b] = 1 let y = x[short]"
    assert made(text).spaces["y"].dims == ()


def test_a_label_of_two_dimensions_alone_says_too_little() -> None:
    error = refused("dimension a = short, long dimension b = short, ever given x[short] = 1")
    assert error.codes == ("E611",)
    assert error.troubles[0].what == "short is a label of a and of b"


def test_the_only_cell_of_a_dimension_is_not_a_range() -> None:
    text = (
        D
        + "sector a[country], b claim k: a owes b where country == N transaction t: a -> b where country == S let y = k"
    )
    assert made(text).spaces["y"].dims == ()


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("sector a[nowhere], b claim k: a owes b", "E610", "no dimension 'nowhere'"),
        (WORLD + "claim k: hoseholds owes banks", "E610", "no such sector 'hoseholds'"),
        (WORLD + "transaction t: banks -> bank", "E610", "no such sector 'bank'"),
        (WORLD + "transaction t on bills = 1", "E610", "no claim 'bills'"),
        (WORLD + "claim k: banks[N, S] owes fund", "E616", "banks has 1 dimensions, 2 are given"),
        (WORLD + "claim k: banks[short] owes fund", "E616", "no label 'short' of country"),
        (WORLD + "claim k: state owes banks, banks", "E612", "banks holds k twice"),
        (WORLD + "claim k: fund owes banks[N], banks[S]", "E612", "banks holds k twice"),
        ("let x[nowhere] = 1", "E616", "no label or dimension 'nowhere'"),
        (D + "let x[country] = 1 let x[N, S] = 2", "E616", "x[N, S] has 2 entries, x has 1 dimensions"),
        (D + "let x[country] = 1 let x[long] = 2", "E616", "no label 'long' of country"),
        ("let saving = 1", "E612", "saving is derived, and read as saving[households]"),
        (
            WORLD + "claim deposits: banks owes households let deposits = 1",
            "E612",
            "deposits is stated twice (first at line 1)",
        ),
    ],
)
def test_what_cannot_be_declared(text: str, code: str, what: str) -> None:
    error = refused(text)
    assert error.codes == (code,)
    assert error.troubles[0].what == what
    assert error.troubles[0].where == "m.model:1" and error.troubles[0].mend


def test_the_range_of_a_left_side() -> None:
    known = Dimensions({"c": ("N", "S")}, {"c": "c", "d": "c"})
    assert value_range(Spot("x", ("N", "d")), ("c", "d"), known) == [
        {"c": "N", "d": "N"},
        {"c": "N", "d": "S"},
    ]
    with pytest.raises(InputError, match="no label 'W' of c"):
        value_range(Spot("x", ("W",)), ("c",), known)


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        ("c == N", True),
        ("N == c", True),
        ("c <> N", False),
        ("c == d", False),
        ("c <> d and d == S", True),
        ("c == d or holder == banks", True),
        ("c == S and c == d or d == S", True),
    ],
)
def test_conditions_on_labels(condition: str, true: bool) -> None:
    known = Dimensions({"c": ("N", "S")}, {"c": "c", "d": "c"})
    here = {"c": "N", "d": "S", HOLDER: "banks"}
    assert holds(parse_expression(condition), here, known, ["banks", "firms"]) is true


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("c < N", "E619"),
        ("c + d == 1", "E619"),
        ("1", "E619"),
        ("c(-1) == N", "E619"),
        ("c == W", "E616"),
        ("-c", "E619"),
    ],
)
def test_conditions_that_are_not_about_labels(condition: str, code: str) -> None:
    known = Dimensions({"c": ("N", "S")}, {"c": "c"})
    with pytest.raises(InputError) as caught:
        holds(parse_expression(condition), {"c": "N"}, known, [])
    assert caught.value.codes == (code,)
