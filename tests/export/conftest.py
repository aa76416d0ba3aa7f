"""An answer made of invented numbers, as rich as answers get."""

import importlib.util
from pathlib import Path

import pytest

from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import column
from creditor.terms.units import SHARE, money


def figures_demo():
    place = Path(__file__).parents[1] / "figures" / "conftest.py"
    spec = importlib.util.spec_from_file_location("creditor_figures_demo", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_answer():
    demo = figures_demo()
    titles = {name: title for name, (title, _, _) in demo.DIRECT.items()} | {"total": "All holders"}
    amounts = {name: amount for name, (_, _, amount) in demo.DIRECT.items()}
    amounts["total"] = sum(amounts.values())
    shares = {name: value / amounts["total"] for name, value in amounts.items()}
    accounts = Origin(
        "Office of Erehwon, Invented accounts, table 4, row 17 and the rows below it", "2031-02-30"
    )
    register = Origin("Treasury of Erehwon, Invented register of holders", "2031-01", "B")
    guess = Origin("Assumed for this demonstration: nobody has counted it", "", "C")
    origins = {name: accounts for name in amounts} | {"banks": register, "firms": guess, "trust_funds": guess}
    del origins["total"]
    direct = Sheet(
        "holders",
        "Who holds the debt",
        (
            column("Amount", "holder", amounts, money("USD"), titles=titles),
            column("Share", "holder", shares, SHARE, titles=titles),
        ),
        origins,
        "Invented numbers at face value, end of 2030.",
        "total",
    )
    names = {name: title for name, (title, _) in demo.FINAL.items()}
    finals = {"top": 4901.9, "next": 6222.7, "middle": 8455.7, "bottom": 3179.4, "abroad": 9210.4}
    finals["unallocated"] = float("nan")
    final = Sheet(
        "final", "Who owns it in the end", (column("Amount", "owner", finals, money("USD"), titles=names),)
    )
    findings = (
        Finding("note", "Households", "They include hedge funds.", "", "a table of funds by owner"),
        Finding(
            "warning",
            "Custody chains",
            "30 % cannot be followed.",
            "2,306.3 USD bn",
            "ask the custodians",
            "L403",
        ),
        Finding("note", "", "All numbers are invented."),
    )
    return Answer(
        "Of the 35,351.0 USD bn that Erehwon owes, 26.1 % is owed abroad and 64.4 % to its own people, most "
        "of it through funds, banks, insurers and pension plans. The owner of 9.6 % cannot be told.",
        (direct, final),
        (demo.flow_specification(), demo.bars_specification(), demo.matrix_specification()),
        findings,
        {"command": "creditor who ERE --through", "total": 35351.0},
        Provenance("2031-02-30", "0123456789abcdef", seed=7),
        {"largest_residual": 2.2e-16, "sums_agree": True},
        "Who owns the debt of Erehwon?",
    )


@pytest.fixture
def answer():
    return make_answer()
