"""The opening ledger has the debt of the perimeter under every treatment, with each holder in its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.ledger.treatments import Treatment, parse_treatment
from creditor.opening.country import load_country, read_country
from creditor.opening.opening import (
    direct_treatment,
    final_groups,
    has_owners,
    nearest_rows,
    open_economy,
    split_rows,
)

STATE = "central_government"
FUNDS = Fraction("7359.78705416503")


def opened(codes: str = "", perimeter: str = "public", as_of: str = "", through: bool = True):
    return open_economy(load_country("USA"), parse_treatment(codes), perimeter, as_of, through)


def amounts(opening) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for claim in opening.ledger.issued_by(opening.debtor):
        found[claim.holder] = found.get(claim.holder, Fraction(0)) + claim.amount
    return found


@pytest.mark.parametrize(
    ("period", "total"),
    [
        ("2022Q4", "21526.4"),
        ("2023Q4", "24194.0"),
        ("2024Q4", "25950.7"),
        ("2025Q3", "28029.2"),
        ("2025Q4", "28497.9"),
    ],
)
def test_the_debt_is_the_exact_sum_of_the_printed_holders(period, total):
    assert opened(as_of=period).total == opened(as_of=period, through=False).total == Fraction(total)


def test_government_funds_are_netted_kept_or_passed_on():
    kept = opened("I1", "federal-gross")
    assert kept.total == Fraction("28029.2") + FUNDS
    assert opened("I0", "federal-gross").total == Fraction("28029.2")
    passed = amounts(opened("I2", "federal-gross"))
    assert "fund_social_security" not in passed
    assert passed["beneficiaries_social_security"] == amounts(kept)["fund_social_security"]
    assert passed["fund_other"] == amounts(kept)["fund_other"]
    assert sum(passed.values()) == kept.total


def test_beneficiaries_are_called_contingent_and_a_fund_without_them_is_named():
    findings = opened("I2", "federal-gross").findings
    warning = next(f for f in findings if f.place == "I2" and f.severity == "warning")
    assert "no legal claim" in warning.sentence
    assert any("Other government funds" in f.sentence for f in findings if f.place == "I2")
    late = opened("I2", "federal-gross", "2025Q4").findings
    assert [f.severity for f in late if f.place == "I2"] == ["note"]


def test_pension_funds_insurers_and_funds_are_divided_without_loss():
    whole = amounts(opened(through=False))
    parts = amounts(opened())
    for group, members in {
        "pension_funds": ("private_pension_funds", "public_pension_funds"),
        "insurers": ("life_insurers", "nonlife_insurers"),
        "investment_funds": ("mutual_funds", "exchange_traded_funds"),
    }.items():
        assert group not in parts
        assert sum(parts[name] for name in members) == whole[group]
    origins = {c.holder: c.origin for c in opened().ledger.issued_by(STATE)}
    assert origins["private_pension_funds"].grade in "BC"
    assert "divided by" in origins["private_pension_funds"].source
    assert "L.210" in origins["private_pension_funds"].source


def test_another_date_of_a_split_is_told():
    told = [f.sentence for f in opened(as_of="2022Q4").findings]
    assert any("are divided as at" in sentence and "2022Q4" in sentence for sentence in told)
    assert any("are of other dates than 2022Q4" in sentence for sentence in told)


def test_the_central_bank_is_looked_through_consolidated_or_final():
    assert "central_bank" in opened("T0").through
    final = opened("T2")
    assert "central_bank" not in final.through and "central_bank" in final.final
    state = opened("T1")
    assert "central_bank" not in state.ledger.names
    bank = [claim for claim in load_country("USA").claims if claim.issuer == "central_bank"]
    account = sum(claim.amount for claim in bank if claim.holder == STATE)
    others = sum(claim.amount for claim in bank if claim.holder != STATE)
    held = next(c.amount for c in opened().ledger if c.holder == "central_bank" and c.issuer == STATE)
    assert account > 0
    assert state.total == opened().total - held + others


def test_consolidation_does_not_need_a_look_through():
    direct = opened("T1", through=False)
    assert direct.total == opened("T1").total
    assert direct.through == ()
    assert amounts(direct)["deposit_takers"] > amounts(opened(through=False))["deposit_takers"]


def test_firms_are_final_or_owned_through():
    assert "nonfinancial_business" in opened("F0").final
    assert "nonfinancial_business" in opened("F1").through
    assert not any(c.issuer == "nonfinancial_business" for c in opened("F0").ledger)


def test_local_governments_are_part_of_the_general_government():
    general = opened(perimeter="general-government")
    assert general.debtor == "general_government"
    assert "state_and_local_government" not in general.ledger.holders
    country = load_country("USA")
    wanted = [c for c in country.claims if c.period == "2025Q3" and c.set_name in SETS]
    netted = sum(c.amount for c in wanted if c.holder == "state_and_local_government")
    assert netted > 1574
    assert general.total == sum(c.amount for c in wanted) - netted
    owned = [c for c in general.ledger if c.issuer == "money_market_funds" and c.holder == general.debtor]
    assert owned, "what local governments own of intermediaries is the debtor's own"


SETS = ("z1-2026-03-19", "state-local-debt")


@pytest.mark.parametrize("code", ["T0", "F1", "I2", "t0, i1"])
def test_a_code_that_needs_a_look_through_is_refused_without_one(code):
    with pytest.raises(InputError) as caught:
        direct_treatment(parse_treatment(code), code)
    assert caught.value.codes == ("U501",) and "--through" in caught.value.troubles[0].mend


def test_without_a_look_through_the_central_bank_is_final():
    assert direct_treatment(Treatment(), "").codes == ("T2", "I1", "F0", "P0")
    assert direct_treatment(Treatment("T1"), "T1").central_bank == "T1"
    assert direct_treatment(Treatment(intragovernmental="I0"), "I0").intragovernmental == "I0"


def test_rows_of_the_nearest_date_are_never_of_two_dates():
    country = load_country("USA")
    rows, exact = split_rows(country, "rest_of_world", "country", "2025Q4")
    assert exact and {row.period for row in rows} == {"2025Q4"}
    older, exact = split_rows(country, "rest_of_world", "country", "2022Q4")
    assert not exact and {row.period for row in older} == {"2025Q3"}
    assert nearest_rows([], "2022Q4") == ([], True)


def test_a_group_held_in_two_instruments_names_the_source_of_both(folder):
    path = folder / "claims.csv"
    line = next(row for row in path.read_text("utf-8").splitlines() if row.startswith("insurers,"))
    second = line.replace("debt_securities", "loans").replace("2022Q4", "2025Q3").replace("L.210", "L.999")
    path.write_text(path.read_text("utf-8") + second + "\n", "utf-8")
    opening = open_economy(read_country(folder), Treatment(), "public")
    parts = [c for c in opening.ledger if c.holder == "life_insurers" and c.issuer == STATE]
    assert {claim.instrument for claim in parts} == {"debt_securities", "loans"}
    assert all("divided by" in claim.origin.source for claim in parts)
    assert "L.999" in next(c for c in parts if c.instrument == "loans").origin.source


def test_without_owners_of_intermediaries_holders_are_final_groups():
    japan = load_country("JPN")
    assert has_owners(load_country("USA")) and not has_owners(japan)
    opened = open_economy(japan, Treatment(), through=True)
    assert opened.through == () and "deposit_takers" in opened.final
    treatment, note = final_groups(japan, Treatment(), "I1")
    assert (treatment.central_bank, note.severity) == ("T2", "warning")
    for code in ("T0", "t1", "F1", "I2"):
        with pytest.raises(MissingError) as caught:
            final_groups(japan, Treatment(), code)
        assert caught.value.codes == ("F303",)


def test_the_unit_is_percent_where_the_stock_is_not_given():
    assert (
        str(open_economy(load_country("GBR"), Treatment("T2"), "gilts", "2021Q1").unit) == "percent of debt"
    )
    assert str(open_economy(load_country("GBR"), Treatment("T2"), "gilts", "2025Q2").unit) == "GBP bn"
    assert str(open_economy(load_country("GBR"), Treatment("T2"), "investor-base").unit) == "GBP bn"
    assert str(open_economy(load_country("LKA"), Treatment("T2")).unit) == "USD bn"


def test_a_perimeter_may_have_a_debtor_of_its_own():
    opened = open_economy(load_country("JPN"), Treatment("T2"), "investor-base")
    assert opened.debtor == "general_government" and opened.country.debtor == "central_government"
