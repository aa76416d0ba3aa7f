"""An invented flow of 12 direct holders, 8 intermediaries and 6 final owners, and other invented figures."""

import pytest

from creditor.figures.bars import bars
from creditor.figures.matrix import matrix
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.terms.table import column
from creditor.terms.table import matrix as table
from creditor.terms.units import money, parse_unit

INVENTED = "invented numbers, made for the tests of this program; they describe no country"
DIRECT = {
    "central_bank": ("Central bank", "central_bank", 4211.0),
    "trust_funds": ("Government trust and special funds", "state", 7104.3),
    "foreign_official": ("Foreign official holders", "foreign", 3902.7),
    "foreign_private": ("Foreign private holders", "foreign", 5180.4),
    "mutual_funds": ("Mutual funds", "intermediary", 3755.2),
    "money_market_funds": ("Money market funds", "intermediary", 2988.6),
    "banks": ("Banks and other deposit takers", "intermediary", 1790.1),
    "insurers": ("Insurers", "intermediary", 612.9),
    "pension_funds": ("Private pension funds", "intermediary", 1138.3),
    "local_government": ("State and local government", "state", 1701.8),
    "households": ("Households and nonprofits", "household", 2961.5),
    "firms": ("Nonfinancial business", "firm", 4.2),
}
SECOND = {
    "second_central_bank": ("Bank deposits at it", "central_bank"),
    "second_funds": ("Fund shares", "intermediary"),
    "second_deposits": ("Deposits", "intermediary"),
    "second_pensions": ("Pension claims on defined-benefit plans", "intermediary"),
    "second_life": ("Life insurance", "intermediary"),
    "second_equity": ("Equity", "firm"),
    "second_taxpayers": ("Future beneficiaries", "state"),
    "second_custody": ("Custody chains", "foreign"),
}
FINAL = {
    "top": ("Wealthiest 1 %", "household"),
    "next": ("Next 9 %", "household"),
    "middle": ("Middle 40 %", "household"),
    "bottom": ("Poorest 50 %", "household"),
    "abroad": ("Rest of the world", "foreign"),
    "unallocated": ("Not allocated", "unallocated"),
}
THROUGH = {
    "central_bank": {"second_central_bank": 0.7, "second_taxpayers": 0.3},
    "trust_funds": {"second_taxpayers": 1.0},
    "foreign_official": {"abroad": 0.94, "second_custody": 0.06},
    "foreign_private": {"abroad": 0.6, "second_custody": 0.4},
    "mutual_funds": {"second_funds": 0.55, "second_pensions": 0.3, "second_life": 0.15},
    "money_market_funds": {"second_funds": 0.6, "second_equity": 0.4},
    "banks": {"second_deposits": 0.88, "second_equity": 0.12},
    "insurers": {"second_life": 0.85, "second_equity": 0.15},
    "pension_funds": {"second_pensions": 1.0},
    "local_government": {"second_taxpayers": 0.35, "second_pensions": 0.65},
    "households": {"top": 0.41, "next": 0.33, "middle": 0.22, "bottom": 0.04},
    "firms": {"second_equity": 1.0},
    "second_central_bank": {"top": 0.2, "next": 0.3, "middle": 0.3, "abroad": 0.2},
    "second_funds": {"top": 0.4, "next": 0.35, "middle": 0.2, "bottom": 0.01, "abroad": 0.04},
    "second_deposits": {"top": 0.2, "next": 0.3, "middle": 0.4, "bottom": 0.1},
    "second_pensions": {"top": 0.08, "next": 0.5, "middle": 0.4, "bottom": 0.02},
    "second_life": {"top": 0.2, "next": 0.3, "middle": 0.4, "bottom": 0.1},
    "second_equity": {"top": 0.5, "next": 0.35, "middle": 0.1, "abroad": 0.05},
    "second_taxpayers": {"bottom": 0.3, "middle": 0.4, "unallocated": 0.3},
    "second_custody": {"abroad": 0.7, "unallocated": 0.3},
}
ASSUMED = {"second_custody", "second_taxpayers"}


def flow_nodes():
    nodes = [Node("debt", "Debt of Erehwon", 0, "state")]
    nodes += [Node(name, title, 1, tone) for name, (title, tone, _) in DIRECT.items()]
    nodes += [Node(name, title, 2, tone) for name, (title, tone) in SECOND.items()]
    return nodes + [Node(name, title, 3, tone) for name, (title, tone) in FINAL.items()]


def flow_cells():
    cells = {("debt", name): amount for name, (_, _, amount) in DIRECT.items()}
    for names in (DIRECT, SECOND):
        for name in names:
            held = sum(value for (_, end), value in cells.items() if end == name)
            cells |= {(name, end): held * part for end, part in THROUGH[name].items()}
    return cells


def flow_table(cells=None):
    labels = ["debt", *DIRECT, *SECOND, *FINAL]
    return table("debt by way", ("from", "to"), labels, labels, cells or flow_cells(), money("USD"))


def flow_specification(untangle=True):
    cells = flow_cells()
    grades = {link: "C" if link[0] in ASSUMED else "B" for link in cells}
    return sankey(
        "Who owns the debt of Erehwon, in the end?",
        "Of 35,351.0 USD bn, households own a third through funds, banks, insurers and pension plans; "
        "a tenth can be allocated to nobody.",
        INVENTED,
        flow_nodes(),
        flow_table(cells),
        grades,
        layers=("Issuer", "Direct holders", "Through", "Final owners"),
        untangle=untangle,
    )


def holder_table():
    titles = {name: title for name, (title, _, _) in DIRECT.items()}
    values = {name: amount for name, (_, _, amount) in DIRECT.items()}
    return column("Amount", "holder", values, money("USD"), titles=titles)


def bars_specification():
    values = holder_table()
    low = column("low", "holder", {n: v * 0.9 for n, (_, _, v) in DIRECT.items()}, values.unit)
    high = column("high", "holder", {n: v * 1.15 for n, (_, _, v) in DIRECT.items()}, values.unit)
    tones = {name: tone for name, (_, tone, _) in DIRECT.items()}
    grades = {"trust_funds": "C", "firms": "C"}
    return bars("Direct holders", "", INVENTED, values, tones, grades, low, high, order="descending")


def matrix_specification(rows=6, columns=6):
    names = list(FINAL)
    holders, issuers = list(DIRECT)[:rows], [*SECOND][:columns]
    cells = {
        (holder, issuer): 900.0 * (i + 1) / (j + 1) - 700.0
        for i, holder in enumerate(holders)
        for j, issuer in enumerate(issuers)
        if (i * 7 + j * 3) % 5
    }
    assert names
    made = table("claims", ("holder", "issuer"), holders, issuers, cells, money("USD"))
    titles = {n: t[0] for n, t in {**DIRECT, **SECOND}.items()}
    object.__setattr__(made, "titles", titles)
    return matrix("Who owes whom", "", INVENTED, made)


def signed_bars():
    values = {"a": -4.25, "b": 11.5, "c": float("nan"), "d": 0.0, "e": 1e-9}
    table_ = column("Change", "holder", values, parse_unit("percent of GDP"))
    return bars("Change of claims", "", INVENTED, table_)


@pytest.fixture
def flow():
    return flow_specification()


@pytest.fixture(params=["sankey", "given sankey", "bars", "signed bars", "matrix", "wide matrix"])
def any_figure(request):
    return {
        "sankey": flow_specification,
        "given sankey": lambda: flow_specification(untangle=False),
        "bars": bars_specification,
        "signed bars": signed_bars,
        "matrix": matrix_specification,
        "wide matrix": lambda: matrix_specification(12, 8),
    }[request.param]()
