"""Units are inferred from the equations; what contradicts is told with place, reason and mend, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.infer import Units, infer_units
from creditor.equations.load import closed_models, load_model
from creditor.equations.parse import parse
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

BIG = Path(__file__).parents[2] / "benchmarks/big.model"
TWO = """
dimension country = N, S
dimension debtor as country
sector people[country], state[country]
currency of country worth rate
claim bonds: state[debtor] owes people[country]
claim money: state owes people
given rate[N] = 1, rate[S] = 0.5, share = 0.1
transaction taxes: people -> state = share * net_worth[people](-1)
hold bonds by people where debtor == country = bonds(-1)
hold bonds[S] by people[N] = bonds(-1)
start bonds = 1, money = 1
"""
BANK = """frequency quarterly from 2025Q4
sector households, firms, banks
claim loans: firms owes banks
claim deposits: banks owes households
transaction wages: firms -> households = spend * loans(-1)
start deposits = 10, loans = 10
given spend = 0.5, rate = 0.05 unit 1/year
"""


def units_of(text):
    model = elaborate(draft(parse(text, "m.model")), "m")
    return model, infer_units(model)


def texts(model, units, *names):
    return [units.text(model.slot(name)) for name in names]


def test_parameters_are_inferred_in_a_model_of_one_money():
    model, units = units_of(
        "sector a, b claim m: a owes b given share = 0.5, level = 3 "
        "transaction pay: a -> b = share * m(-1) + level start m = 1 "
        "let twice = sqrt(pay * m) let ratio = pay / m(-1)"
    )
    assert units.findings == []
    wanted = ["1/period", "money/period", "money/period", "money/period^1/2", "1/period"]
    assert texts(model, units, "share", "level", "pay", "twice", "ratio") == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "sim",
            {"spend_of_wealth": "1/period", "tax_rate": "pure number", "public_spending": "money/period"},
        ),
        ("pc", {"bill_rate": "1/period", "share_per_rate": "period", "money_for_income": "period"}),
        ("insout", {"bond_price": "period", "bonds": "money/period", "inventories": "goods"}),
        ("growth", {"shares": "shares", "share_price": "money/shares", "price": "money/goods"}),
        ("growth", {"real_consumption": "goods/period", "real_wealth": "goods", "liquidity": "pure number"}),
        ("lp", {"target_price": "period", "faith": "1/period", "bonds_on_income": "period"}),
        ("openflex", {"home_share": "pure number", "home_on_home_rate": "period", "tax_rate": "pure number"}),
        ("dis", {"unit_cost": "money/goods", "real_output": "goods/period", "loan_rate": "1/period"}),
    ],
)
def test_units_of_the_gallery_are_those_of_the_book(name, wanted):
    model = load_model(name)
    units = infer_units(model)
    cells = {given: model.slot(given) if (given, ()) in model.slot_of else 0 for given in wanted}
    assert {given: units.text(slot) for given, slot in cells.items()} == wanted


def test_a_price_turns_pieces_into_money():
    model, units = units_of(
        "sector a, b claim shares: a owes b at price claim m: a owes b given price = 2, pieces = 5 "
        "hold shares by b = pieces start shares = 5, m = 0 let value = shares * price"
    )
    assert units.findings == []
    assert texts(model, units, "value", "pieces", "price") == ["money", "shares", "money/shares"]


def test_the_money_of_each_country_and_its_value():
    model, units = units_of(TWO)
    assert units.findings == []
    assert units.text(model.slot("taxes", ("S",))) == "S/period"
    assert units.text(model.slot("taxes", ("N",))) == "common money/period"  # its money is worth one
    assert units.text(model.slot("rate", ("S",))) == "common money/S"
    assert units.text(model.slot("bonds", ("S", "N"))) == "S"


def test_two_moneys_are_not_added():
    _, units = units_of(TWO + "let worth_of_bonds[country] = sum(bonds[debtor, country] over debtor)")
    (finding,) = units.findings  # of both countries
    assert "bonds[N, " in finding.sentence and "bonds[S, " in finding.sentence
    assert "common money/S" in finding.sentence and "and 1 more in this statement" in finding.evidence
    converted = (
        "let worth_of_bonds[country] = sum(bonds[debtor, country] * rate[debtor] over debtor) / rate[country]"
    )
    assert units_of(TWO + converted)[1].findings == []


@pytest.mark.parametrize(
    "equation",
    [
        "let x = max(m, share * m)",
        "let x = if(m > 0, m, 0)",
        "let x = abs(m) - 0",
        "let x = m ^ 2 / m",
        "let x = -m",
    ],
)
def test_functions_keep_units(equation):
    model, units = units_of("sector a, b claim m: a owes b given share = 1 start m = 1 " + equation)
    assert units.findings == [] and units.text(model.slot("x")) == "money"


@pytest.mark.parametrize(
    "equation", ["let x = m + 1", "let x = if(m > share, 1, 2) + m", "let x = log(m / m(-1)) + m"]
)
def test_money_and_pure_numbers_are_not_added(equation):
    _, units = units_of(
        "sector a, b claim m: a owes b given share = 1 let s = share + 1 start m = 1 " + equation
    )
    assert units.findings and "money" in units.findings[0].sentence


def test_a_rate_per_year_in_a_quarterly_model_is_told():
    wrong = BANK + "transaction interest on loans = rate(-1) * loans(-1)"
    _, units = units_of(wrong)
    (finding,) = units.findings
    assert units.declared and finding.place == "m.model:8"
    assert finding.sentence == (
        "in the equation for interest: interest and rate(-1) * loans(-1) differ in unit by year: "
        "something is per year, and a period is a quarter."
    )
    assert finding.evidence == "follows from unit 1/year of rate at m.model:7"
    assert finding.mend == "write per_period(...) around what is per year, or declare it per quarter"


@pytest.mark.parametrize(
    "text",
    [
        BANK + "transaction interest on loans = per_period(rate(-1)) * loans(-1)",
        BANK.replace("quarterly from 2025Q4", "yearly")
        + "transaction interest on loans = rate(-1) * loans(-1)",
        BANK.replace("1/year", "1/quarter") + "transaction interest on loans = rate(-1) * loans(-1)",
        BANK.replace("frequency quarterly from 2025Q4", "")
        + "transaction interest on loans = rate * loans(-1)",
        BANK + "given wish = 0.02 let policy = rate + wish let x = loans(-1) * (1 + rate) ^ per_period(1)",
    ],
)
def test_rates_that_fit_their_period_are_not(text):
    _, units = units_of(text)
    assert units.findings == [] and not units.declared


def test_per_period_says_what_a_parameter_is():
    text = BANK.replace(", rate = 0.05 unit 1/year", ", rate = 0.05")
    model, units = units_of(text + "transaction interest on loans = per_period(rate) * loans(-1)")
    assert texts(model, units, "rate", "spend") == ["1/year", "1/period"]


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ("let x = deposits + wages", "deposits (money) and wages (money/period) differ by period."),
        ("transaction t: banks -> households = loans(-1)", "t (money/period) and loans(-1) (money)"),
        (
            "transaction t: households -> firms = deposits(-1) + wages",
            "wages (money/period) and deposits(-1) (money)",
        ),
        ("let x = if(spend > 0, wages, deposits)", "wages (money/period) and deposits (money)"),
    ],
)
def test_a_stock_is_not_a_flow(line, sides):
    _, units = units_of(BANK + line)
    (finding,) = units.findings
    assert sides in finding.sentence and finding.place == "m.model:8" and finding.mend
    assert not units.declared


@pytest.mark.parametrize(
    "line",
    [
        "let x = deposits(-1) + wages",  # the stock of the period
        "let x = wages + change(deposits)",  # a flow and a change of a stock
        "let x = x(-1) + 0.3 * (deposits - x(-1)) start x = 1",
        "let x = deposits(-1) * (1 + rate_of_growth) given rate_of_growth = 0.01",
        "let x = min(wages, deposits(-1))",  # what is paid is at most what is there
        "let x = 0.02 * loans(-1) + wages",  # a number may be a rate
        "let x = deposits / wages let y = x - 0.6",  # and a ratio in periods
        "let x = net_worth[households](-1) + saving[households]",
        "let old = deposits(-1) let x = old + wages",
        "write off loans = 0.1 * loans(-1)",
    ],
)
def test_the_readings_of_a_step_of_one_period_are_not_complained_of(line):
    assert units_of(BANK + line)[1].findings == []


def test_the_sides_of_a_check_count_the_same():
    (finding,) = units_of(BANK + "check deposits = wages")[1].findings
    assert finding.sentence.startswith("in check deposits = wages: deposits (money) and wages (money/period)")
    for check in (
        "check deposits(-1) + wages = deposits",
        "check deposits >= 0",
        "check net_worth[banks] = 0",
    ):
        assert units_of(BANK + check)[1].findings == []


def test_a_declared_unit_that_contradicts_is_said_to_be_declared():
    text = BANK.replace("spend = 0.5", "spend = 0.5 unit share")
    _, units = units_of(text)
    (finding,) = units.findings
    assert units.declared and "unit share of spend at m.model:7" in finding.evidence
    model, units = units_of(BANK.replace("spend = 0.5", "spend = 0.5 unit 1/period"))
    assert units.findings == [] and units.text(model.slot("spend")) == "1/period"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("let x = log(deposits)", "log(deposits) is the logarithm of something that is counted in money."),
        ("let x = exp(deposits)", "what stands in it has the unit money"),
        ("let x = exp(log(deposits) / 2)", ""),
        ("let x = log(deposits) - log(deposits(-1))", ""),
        ("let x = log(deposits / deposits(-1))", ""),
        ("given z = 2 let x = log(z)", ""),
    ],
)
def test_logarithms_of_what_has_a_unit(line, said):
    found = units_of(BANK + line)[1].findings
    assert [said in finding.sentence for finding in found] == ([True] if said else [])


def test_no_model_of_the_library_contradicts_but_the_published_slip_of_insout():
    found = {name: infer_units(load_model(name)).findings for name in closed_models()}
    told = {name: [finding.place for finding in findings] for name, findings in found.items() if findings}
    # (10.32) of the book divides by the price what is then added to money
    assert told == {"insout": ["insout.model:74"], "insoutb": ["insout.model:74"]}


def test_the_gauge_is_complained_of_where_it_adds_sizes_of_several_moneys():
    findings = infer_units(load_model(str(BIG))).findings
    assert [finding.place for finding in findings] == [
        "big.model:48",
        "big.model:52",
        "big.model:82",
        "big.model:97",
        "big.model:108",
    ]
    assert not any("period" in finding.sentence for finding in findings)


@pytest.mark.parametrize("name", ["sim", "pc", "reg", "simex", "pcex"])
def test_a_model_in_cents_gives_the_same_in_cents(name):
    """Whatever counts money is scaled by the exponent that was inferred for it: the run scales likewise."""
    model, cents = load_model(name), 100.0
    units = infer_units(model)
    scale = {slot: cents ** float(vector.get("money", 0)) for slot, vector in units.of.items()}
    assert set(model.givens) <= set(scale)
    starts = {
        model.title(slot): value * scale[slot]
        for slot, value in model.starts.items()
        if slot not in model.givens
    }
    changes = [
        {"name": model.title(slot), "value": value * scale[slot]} for slot, value in model.givens.items()
    ]
    plain = run_scenario(make_scenario(model=name, periods=12)).result.values
    scaled = run_scenario(make_scenario(model=name, periods=12, set=changes, start=starts)).result.values
    for slot in model.variables:
        assert scaled[slot, 1:, 0] == pytest.approx(plain[slot, 1:, 0] * scale[slot], rel=1e-9, abs=1e-9)


def test_what_is_not_determined_has_no_unit():
    assert Units({}, []).text(3) == ""
