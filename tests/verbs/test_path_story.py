"""The story of a path: chances with errors, a debt limit where there is one, never safety."""

from __future__ import annotations

import math
import re

from creditor.export.text import to_text
from creditor.verbs.effort import effort
from creditor.verbs.path import path
from creditor.verbs.path_rank import path_rank
from creditor.verbs.path_story import chance, percent, points
from creditor.verbs.rules import rules


def test_pieces():
    assert (
        percent(1.353) == "135.3 %" and points(-0.0123) == "−1.2" and chance((0.25, 0.004)) == "25 % (± 0.4)"
    )


def test_a_rate_below_growth_is_said_to_be_no_safety():
    story = path("JPN", paths=50, stress="none").story
    assert "which is no safety" in story and "changes sign" in story
    above = path("BRA", paths=50, stress="none").story
    assert "which is no safety" not in above and "changes sign" in above


def test_no_projection_is_said():
    told = path("LKA", paths=50, stress="none").story
    assert (
        "The publication that paths follow projects no debt for it. On assumptions, which are no forecast,"
        in told
    )
    assert "On the published projection debt is" in path("ITA", horizon=2030, paths=20, stress="none").story


def test_the_federal_government_owes_the_public():
    answer = path("USA", perimeter="federal", paths=20, stress="none")
    assert answer.story.startswith("The federal government of the United States owed the public 97.8 %")
    assert answer.title == "Where the federal debt of the United States goes, 2024 to 2055"


def test_a_limit_of_debt_is_told_by_the_side_that_the_rate_is_on():
    above = path("ZAF", paths=20, stress="none").story
    assert re.search(r"Above [\d.]+ % of GDP the balance of 2055 would no longer hold debt\.", above)
    assert "no longer hold" not in path("ESP", paths=20, stress="none").story
    below = path("ESP", paths=20, stress="none").story
    assert re.search(
        r"no safety: .* If it stayed so, the balance of 2055 would bring debt to [\d.]+ %", below
    )


def test_debt_below_zero_is_an_asset_that_nobody_holds_and_has_no_maturity():
    answer = path("EGY", paths=20, holders=True, stress="none")
    assert (
        "(below zero it is a financial asset)" in answer.story
        and "financial asset" not in path("ITA", paths=20).story
    )
    assert (
        "points over 2046 to 2050, the last five years with debt to speak of, which is no safety"
        in answer.story
    )
    (note, _) = [f.sentence for f in answer.findings if f.place == "debt"]
    assert "saves on when its debt is gone" in note
    sheets = {sheet.name: sheet for sheet in answer.sheets}
    assert all(math.isnan(sheets["holders"].columns[-1].at(holder=h)) for h in sheets["holders"].labels)
    assert "nobody holds it" in sheets["holders"].note
    refixed = next(c for c in sheets["financing"].columns if c.title == "refixed in a year")
    assert math.isnan(refixed.at(year="2055")) and refixed.at(year="2030") > 50
    shares = answer.payload["paths"]["rising_rate"]["refixing_share"]
    assert len(shares) == 31 and shares[-1] is None and all(0 < x < 1 for x in shares[:20])


def test_the_fan_is_told_as_far_as_past_errors_reach():
    answer = path("SAU", paths=50, stress="none")
    low, high = (percent(answer.payload["fan"][name][10]) for name in ("p5", "p95"))
    assert (
        f"In 2034, as far as past errors reach, 5 to 95 of 100 paths lie between {low} and {high}."
        in answer.story
    )
    assert "In 2032 5 to 95 of" in path("SAU", horizon=2032, paths=20, stress="none").story


def test_a_bend_of_the_exchange_rate_is_told_where_debt_feels_it():
    told = {
        c: [f.sentence for f in path(c, paths=20, stress="none").findings if f.place == "exchange rate"]
        for c in ("NGA", "EGY", "TUR", "ITA", "ZMB")
    }
    assert "adds 3.3 points a year to the rate on debt" in told["NGA"][0] and told["EGY"]
    assert not told["TUR"] and not told["ITA"] and not told["ZMB"]


def test_a_stock_flow_is_told_with_its_direction():
    told = {
        c: [
            f.sentence
            for f in path(c, paths=20, stress="none").findings
            if f.place == "stock-flow adjustment"
        ]
        for c in ("EGY", "CAN", "GHA")
    }
    assert "takes 1.2 points of GDP a year off debt" in told["EGY"][0]
    assert "adds 1.7 points of GDP a year to debt" in told["CAN"][0] and not told["GHA"]


def test_no_output_calls_anything_safe():
    answers = [path_rank(2035, 20)]
    for code in ("JPN", "FRA"):
        answers += [path(code, paths=20), rules(code, paths=20), effort(code, "debt", paths=20)]
    for answer in answers:
        text = " ".join(to_text(answer, 120).split())
        assert not re.search(r"(?<!no )\bsafe(?:ty|ly)?\b|\bsustainable\b", text), text
        assert "no safety" in text


def test_a_deficit_that_a_low_rate_cannot_carry_is_told():
    told = path("USA", paths=20, stress="none").story
    assert "would bring debt to more than 500 % of GDP in the end." in told
    assert "in the end" not in path("GRC", paths=20, stress="none").story  # a surplus


def test_a_rate_below_inflation_is_warned_of():
    answer = path("CAN", paths=20, stress="none")
    (warned,) = [f for f in answer.findings if f.place == "interest" and f.severity == "warning"]
    assert "debt pays 0.7 % a year, less than prices rise (2.8 %)" in warned.sentence
    assert "The rate that is held, 0.7 %, is below inflation and likely too low for new debt." in answer.story
    plain = path("ITA", paths=20, stress="none")
    assert "below inflation" not in plain.story
    assert not [f for f in plain.findings if f.place == "interest" and f.severity == "warning"]
