"""Holdings add up to the debt in every division, and dividing one owner leaves the others as they were."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from creditor.analysis.assumed import weight_of_assumptions
from creditor.analysis.creditors import (
    DIVISIONS,
    direct_parts,
    final_parts,
    holding_title,
    holdings,
    is_state,
    rerouted,
    summary,
)
from creditor.errors import InputError
from creditor.ledger.claims import UNALLOCATED, Claim
from creditor.ledger.lookthrough import Part
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import load_country
from creditor.opening.opening import open_economy
from creditor.terms.provenance import Origin

USA = load_country("USA")
HOUSEHOLDS = "households_and_nonprofits"


def opened(codes: str = "", perimeter: str = "public", as_of: str = "", through: bool = True):
    return open_economy(USA, parse_treatment(codes), perimeter, as_of, through)


@pytest.mark.parametrize("by", ["", *DIVISIONS])
@pytest.mark.parametrize("codes", ["T0", "T1", "T2,F1"])
@pytest.mark.parametrize("perimeter", ["public", "federal-gross", "general-government"])
def test_every_division_adds_up_and_leaves_the_others(by, codes, perimeter):
    opening = opened(codes, perimeter)
    parts = final_parts(opening).parts
    whole, _ = holdings(parts, opening)
    found, findings = holdings(parts, opening, by)
    assert math.fsum(h.amount for h in found) == pytest.approx(float(opening.total), abs=1e-9)
    assert all(holding.amount > 0 for holding in found)
    divided = {"country": "rest_of_world", "": ""}.get(by, HOUSEHOLDS)
    kept = {h.name: h.amount for h in found if not h.name.startswith(f"{divided}/")}
    before = {h.name: h.amount for h in whole if h.name != divided}
    assert kept == before
    pieces = [h.amount for h in found if h.name.startswith(f"{divided}/")]
    if by:
        total = next(h.amount for h in whole if h.name == divided)
        assert math.fsum(pieces) == pytest.approx(total, abs=1e-9)
        assert len(pieces) > 3
    assert not any("is not divided" in finding.sentence for finding in findings)


def test_the_largest_comes_first_and_what_is_not_allocated_last():
    opening = opened()
    names = [h.name for h in holdings(final_parts(opening).parts, opening)[0]]
    amounts = {h.name: h.amount for h in holdings(final_parts(opening).parts, opening)[0]}
    assert names[-1] == UNALLOCATED
    assert names[:-1] == sorted(names[:-1], key=lambda name: -amounts[name])


def test_wealth_is_divided_instrument_by_instrument():
    opening = opened()
    parts = [p for p in final_parts(opening).parts if p.owner == HOUSEHOLDS]
    exact = Fraction(0)
    for part in parts:
        key = f"{part.instrument}@{part.last}"
        rows = [r for r in USA.groups if r.labels[0] == "wealth" and r.labels[2] == key]
        rows = rows or [r for r in USA.groups if r.labels[0] == "wealth" and r.labels[2] == part.instrument]
        poor = sum(r.value for r in rows if r.labels[1] == "bottom_50")
        exact += Fraction(part.amount) * poor / sum(r.value for r in rows)
    found = {h.name: h.amount for h in holdings(parts, opening, "wealth")[0]}
    assert found[f"{HOUSEHOLDS}/bottom_50"] == pytest.approx(float(exact), rel=1e-12)
    assert found[f"{HOUSEHOLDS}/bottom_50"] < found[f"{HOUSEHOLDS}/top_0.1"]


def test_a_public_pension_is_divided_by_its_own_shares():
    opening = opened()
    part = Part(HOUSEHOLDS, "public_pension_funds", "pension_entitlements", 100.0, Origin("x"))
    other = Part(HOUSEHOLDS, "private_pension_funds", "pension_entitlements", 100.0, Origin("x"))
    first = {h.name: h.amount for h in holdings([part], opening, "age")[0]}
    second = {h.name: h.amount for h in holdings([other], opening, "age")[0]}
    assert first != second and math.fsum(first.values()) == pytest.approx(math.fsum(second.values()))


def test_wealth_and_age_say_their_date_and_their_proxies():
    opening = opened()
    for by in ("wealth", "age"):
        (finding,) = holdings(final_parts(opening).parts, opening, by)[1]
        assert "2026Q1" in finding.sentence and "municipal securities" in finding.evidence


def test_an_instrument_without_shares_is_left_whole_and_told():
    opening = opened()
    part = Part(HOUSEHOLDS, "dealers", "loans", 5.0, Origin("x", "2026", "A"))
    found, findings = holdings([part], opening, "wealth")
    assert [(h.name, h.amount) for h in found] == [(HOUSEHOLDS, 5.0)]
    assert any("is not divided" in f.sentence and f.evidence == "loans" for f in findings)


def test_foreigners_are_named_only_where_they_hold_directly():
    opening = opened()
    found, (finding,) = holdings(final_parts(opening).parts, opening, "country")
    names = {h.name for h in found}
    assert {"rest_of_world/JPN", "rest_of_world/ROW", "rest_of_world/through intermediaries"} <= names
    direct = math.fsum(
        h.amount for h in found if h.name.startswith("rest_of_world/") and "through" not in h.name
    )
    assert direct == pytest.approx(9248.9, abs=1e-9)
    assert finding.severity == "warning" and "place of custody" in finding.sentence
    assert (
        "2025Q3"
        in holdings(direct_parts(opened("T2", as_of="2022Q4")), opened(as_of="2022Q4"), "country")[1][
            0
        ].evidence
    )


def test_a_division_that_does_not_exist_is_refused():
    with pytest.raises(InputError) as caught:
        holdings([], opened(), "income")
    assert caught.value.codes == ("U501",)


def test_who_is_the_state_itself():
    opening = opened("I1", "federal-gross")
    for name in ("central_government", "central_bank", "fund_medicare", "fund_other"):
        assert is_state(name, opening)
    for name in ("state_and_local_government", "rest_of_world", HOUSEHOLDS, UNALLOCATED):
        assert not is_state(name, opening)
    assert is_state("general_government", opened(perimeter="general-government"))


@pytest.mark.parametrize("codes", ["T0", "T1,I0", "I2", "F1"])
def test_the_summary_by_kind_adds_up(codes):
    opening = opened(codes, "federal-gross")
    kinds = summary(final_parts(opening).parts, opening)
    assert math.fsum(kinds.values()) == pytest.approx(float(opening.total), abs=1e-9)
    assert list(kinds)[-1] == "not allocated"
    assert ("beneficiaries (contingent)" in kinds) == (codes == "I2")
    assert "intermediaries" not in kinds
    assert ("nonfinancial firms" in kinds) == (codes != "F1")


def test_direct_holders_that_are_intermediaries_are_summed_as_such():
    kinds = summary(direct_parts(opened("T2", through=False)), opened("T2", through=False))
    assert kinds["intermediaries"] == pytest.approx(28029.2 - 2889.5 - 220.1 - 1574.1 - 3830.9 - 9248.9)


def test_a_direct_holding_keeps_its_source_and_a_final_one_names_its_largest_inputs():
    opening = opened("T2", through=False)
    direct = {h.name: h for h in holdings(direct_parts(opening), opening)[0]}
    assert direct["rest_of_world"].origin.grade == "A"
    assert direct["rest_of_world"].origin.source.startswith(
        "Federal Reserve Board, Financial Accounts Z.1, table L.210"
    )
    final = {h.name: h for h in holdings(final_parts(opened()).parts, opened())[0]}
    origin = final["rest_of_world"].origin
    assert origin.source.startswith("derived: look-through T0,I1,F0,P0; largest inputs: ")
    assert origin.grade in "BC" and "2026-03-19" in origin.vintage.split("; ")


def test_an_owner_that_rests_on_assumptions_has_grade_c():
    opening = opened()
    parts = final_parts(opening).parts
    foreign = {(p.owner, p.last, p.instrument) for p in parts if p.owner == "rest_of_world"}
    for share, grade in ((0.0499, "B"), (0.0501, "C")):
        found, _ = holdings(parts, opening, "", dict.fromkeys(foreign, share))
        assert {h.name: h.origin.grade for h in found}["rest_of_world"] == grade


def test_only_the_part_that_rests_on_assumptions_has_grade_c():
    opening = opened()
    result = final_parts(opening)
    assumed = weight_of_assumptions(opening, result).by_part
    found, _ = holdings(result.parts, opening, "instrument", assumed)
    grades = {h.name.partition("/")[2]: h.origin.grade for h in found if h.name.startswith(HOUSEHOLDS)}
    assert grades["debt_securities"] == "A" and grades["money_market_fund_shares"] == "B"
    assert grades["exchange_traded_fund_shares"] == grades["currency"] == "C"


def test_titles_that_a_reader_sees():
    opening = opened()
    assert holding_title("central_government", opening) == "The state itself (central government)"
    assert holding_title(HOUSEHOLDS, opening) == "Households and nonprofits"
    assert (
        holding_title(f"{HOUSEHOLDS}/debt_securities", opening)
        == "Households: debt securities, held directly"
    )
    assert holding_title(f"{HOUSEHOLDS}/top_0.1", opening) == "Households, richest 0.1 %"
    assert holding_title("rest_of_world/ROW", opening) == "Other foreign countries"
    assert holding_title("rest_of_world/JPN", opening) == "Japan"


def test_rerouting_moves_the_holder_only():
    claim = Claim("a", "b", Fraction(3), "loans")
    assert rerouted(claim, "c") == Claim("c", "b", Fraction(3), "loans", origin=claim.origin)
