"""Resolution: in one cell every name becomes a slot and every sum its terms."""

from __future__ import annotations

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.expressions import Binary, Number
from creditor.equations.model import Model
from creditor.equations.parse import parse, parse_expression
from creditor.equations.readable import equation_text
from creditor.equations.resolve import Resolver, constant
from creditor.errors import InputError

D = "dimension country = N, S dimension debtor as country dimension partner as country "
BANKS = (
    D
    + "sector state[country], banks[country], funds[country] claim bonds: state[debtor] owes banks[country], funds[country] "
)
BANKS += "where debtor == country or debtor == N "
BANKS += "hold bonds by banks = 1 hold bonds by funds = 1 transaction a: state -> banks transaction b: banks -> funds transaction join: state[N] -> state[S] "
BANKS += "transaction interest on bonds = 2 given weight[country] = 1, share[country, partner] = 1 "


def made(text: str) -> Model:
    return elaborate(draft(parse(text, "m.model")), "m")


def equation(model: Model, name: str, *labels: str) -> str:
    return equation_text(model, model.equations[model.slot(name, labels)])


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text)
    return caught.value


@pytest.mark.parametrize(
    ("definition", "text"),
    [
        ("let y[country] = sum(share over partner)", "share[N, N] + share[N, S]"),
        ("let y[country] = sum(share[partner, country] over partner)", "share[N, N] + share[S, N]"),
        ("let y[country] = sum(share over partner where partner <> country)", "share[N, S]"),
        ("let y[country] = sum(share over partner where partner == country and country == S)", "0"),
        ("let y[country] = weight * sum(share over country, partner)", None),
        ("let y[country] = sum(bonds[N, country] over holder)", "bonds[N, banks, N] + bonds[N, funds, N]"),
        (
            "let y[country] = sum(bonds[debtor, banks, country] over debtor where debtor == country)",
            "bonds[N, banks, N]",
        ),
        (
            "let y[country] = sum(interest[N, holder, country] * 2 over holder)",
            "interest[N, banks, N] * 2 + interest[N, funds, N] * 2",
        ),
        ("let y[country] = sum(weight over holder)", "weight[N]"),
        (
            "let y[country] = previous(weight * 2) + change(weight)",
            "weight[N](-1) * 2 + (weight[N] - weight[N](-1))",
        ),
    ],
)
def test_sums_become_their_terms(definition: str, text: str | None) -> None:
    if text is None:
        assert equation(made(BANKS + definition), "y", "N").count("share") == 4
        return
    assert equation(made(BANKS + definition), "y", "N") == f"y[N] = {text}"


def test_a_sum_over_holders_and_labels_walks_the_cells_that_exist() -> None:
    model = made(BANKS + "let y = sum(bonds over debtor, holder, country)")
    text = equation(model, "y")
    assert text.count("bonds") == len(model.spaces["bonds"].cells) == 6
    assert "bonds[S, banks, N]" not in text


def test_a_sum_over_holders_of_one_country() -> None:
    text = equation(made(BANKS + "let y[debtor] = sum(bonds over holder, country)"), "y", "S")
    assert text == "y[S] = bonds[S, banks, S] + bonds[S, funds, S]"


def test_net_worth_and_saving_take_the_label_of_the_range() -> None:
    model = made(BANKS + "let y[country] = net_worth[banks] - saving[funds, N](-1)")
    assert equation(model, "y", "S") == "y[S] = net_worth[banks, S] - saving[funds, N](-1)"


@pytest.mark.parametrize(
    ("definition", "code", "what"),
    [
        ("let y = weigth", "E610", "in the equation for y: no such name 'weigth'"),
        ("let y[country] = weight(-41)", "E614", "in the equation for y[N]: weight is read 41 periods back"),
        (
            "let y[country] = previous(weight(-40))",
            "E614",
            "in the equation for y[N]: weight is read 41 periods back",
        ),
        (
            "let y = net_worth",
            "E611",
            "in the equation for y: net_worth needs a sector: net_worth[households]",
        ),
        (
            "let y = net_worth[bank]",
            "E611",
            "in the equation for y: net_worth needs a sector: net_worth[households]",
        ),
        (
            "let y = sum(weight over region)",
            "E610",
            "in the equation for y[N]: sum over 'region': no such dimension",
        ),
        (
            "let y[country] = bonds[N, country]",
            "E611",
            "in the equation for y[N]: bonds has 2 cells here (bonds[N, banks, N], bonds[N, funds, N])",
        ),
        (
            "let y[country] = sum(share over partner where partner > country)",
            "E619",
            "in the equation for y[N]: a condition after where compares labels only",
        ),
        (
            "let y[country] = bonds[S, banks, N]",
            "E616",
            "in the equation for y[N]: there is no cell bonds[S, banks, N]",
        ),
    ],
)
def test_a_mistake_in_many_cells_is_said_once_with_its_equation(
    definition: str, code: str, what: str
) -> None:
    error = refused(BANKS + "\n" + definition)
    assert error.codes == (code,)
    assert error.troubles[0].what == what
    assert error.troubles[0].where == "m.model:2" and error.troubles[0].mend


def test_the_nearest_names_are_offered() -> None:
    error = refused("given tax_rate = 1 let taxes = tax_rte")
    assert error.troubles[0].mend.startswith("did you mean tax_rate")


def test_a_resolver_reads_expressions_of_others() -> None:
    model = made("given a = 2 let b = a")
    tree = Resolver(model).tree(parse_expression("b(-1) + 3"), {})
    assert isinstance(tree, Binary) and tree.left.slot == model.slot("b") and tree.left.lag == 1


def test_constants() -> None:
    assert constant(Binary("^", Number(2.0), Number(0.5)), lambda slot: None, "x") == 2**0.5
    with pytest.raises(InputError) as caught:
        constant(Binary("/", Number(1.0), Number(0.0)), lambda slot: None, "m:3")
    assert caught.value.codes == ("E620",) and caught.value.troubles[0].where == "m:3"
    assert refused("given a = b let b = 2").codes == ("E615",)


RAGGED = """
dimension region = N, S
sector households[region], government, central_bank
claim bills: government owes households, central_bank
claim money: central_bank owes households
given rate = 0.1, tax[region] = 1
transaction interest on bills = rate * bills(-1)
transaction taxes: households -> government = tax
hold bills by households = bills(-1)
"""


def _text(addition: str, name: str, *cell: str) -> str:
    model = elaborate(draft(parse(RAGGED + addition)))
    return equation_text(model, model.equations[model.slot(name, cell)])


def test_a_sum_counts_a_holder_without_the_dimension_once() -> None:
    whole = "bills[households, N] + bills[households, S] + bills[central_bank]"
    for over in ("holder, region", "region, holder"):
        assert _text(f"let all = sum(bills over {over})", "all") == f"all = {whole}"
    assert _text("let all = sum(bills[holder, region] over holder, region)", "all") == f"all = {whole}"


def test_within_a_label_nobody_without_the_dimension_is_counted() -> None:
    assert _text("let here[region] = sum(bills over holder)", "here", "S") == "here[S] = bills[households, S]"


def test_the_cell_of_a_holder_without_the_dimension_is_read_everywhere() -> None:
    model = elaborate(
        draft(parse(RAGGED + "let one = bills[central_bank] let each[region] = tax + bills[central_bank]"))
    )
    assert model.spaces["one"].dims == ()
    assert (
        equation_text(model, model.equations[model.slot("each", ("N",))])
        == "each[N] = tax[N] + bills[central_bank]"
    )
    assert model.title(model.slot("bills", ("central_bank",))) == "bills[central_bank]"
    assert model.spaces["interest"].cells == model.spaces["bills"].cells


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("let x[region] = bills", "bills has 2 cells here"),
        ("let x = bills[central_bank, N]", r"no cell bills\[central_bank, N\]"),
        ("hold bills by central_bank = tax", "tax has 2 cells here"),
        ("hold bills by central_bank = tax[region]", "does not vary by region"),
        ("let x = sum(tax * bills over holder, region)", "tax has 2 cells here"),
    ],
)
def test_what_varies_by_a_dimension_that_a_holder_lacks_is_named(line: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        elaborate(draft(parse(RAGGED + line)))


def test_all_unknown_names_of_an_equation_are_told_at_once() -> None:
    text = "given tax_rate = 0.2 let z = max(tax_rte * Wage, 1 - tax_rte) / (2 + wage)"
    with pytest.raises(InputError) as caught:
        made(text)
    names = [trouble.what.rpartition(" ")[2] for trouble in caught.value.troubles]
    assert names == ["'tax_rte'", "'Wage'", "'wage'"]
