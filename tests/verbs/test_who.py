"""Who answers with holders that add up to the debt, each with source, vintage and grade, in a fixed shape."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import pytest

import creditor
from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.verbs.who import who

KEYS = ["economy", "as_of", "perimeter", "total", "unit", "treatment", "holders", "findings"]
MORE = {
    "as_known_at",
    "depth",
    "loop",
    "through",
    "view",
    "correct",
    "by",
    "story",
    "summary",
    "bridge",
    "command",
    "provenance",
}
THROUGH = {"layers_per_dollar", "assumed", "unallocated", "chains", "sides"}
BOUNDS = {"lo", "hi", "lo_share", "hi_share", "bound"}
HOLDER = {"holder", "amount", "share", "source", "vintage", "grade", "title"} | BOUNDS
PERIODS = {
    "public": ["2022Q4", "2023Q4", "2024Q4", "2025Q3", "2025Q4"],
    "federal-gross": ["2025Q3", "2025Q4"],
    "general-government": ["2025Q3", "2025Q4"],
}
EVERYWHERE = [(name, period) for name, periods in PERIODS.items() for period in periods]


def check(payload) -> None:
    """What holds for every answer."""
    amounts = [entry["amount"] for entry in payload["holders"]]
    assert abs(sum(amounts) - payload["total"]) < 1e-9
    assert abs(math.fsum(amounts) - payload["total"]) < 1e-9
    assert abs(sum(entry["share"] for entry in payload["holders"]) - 1) < 1e-12
    assert abs(math.fsum(payload["summary"].values()) - payload["total"]) < 1e-9
    names = [entry["holder"] for entry in payload["holders"]]
    assert len(set(names)) == len(names)
    for entry in payload["holders"]:
        assert set(entry) == HOLDER
        assert entry["grade"] in ("A", "B", "C") and entry["source"] and entry["amount"] > 0
        assert entry["vintage"] or "assum" in entry["source"]
        assert 0 <= entry["lo"] <= entry["amount"] <= entry["hi"] <= payload["total"] * (1 + 1e-12)
        assert entry["lo_share"] == entry["lo"] / payload["total"]
        told = entry["holder"].startswith(("fund_", "beneficiaries_", "central_bank"))
        assert entry["bound"] == ("outer" if payload["through"] and not told else "exact")


@pytest.mark.parametrize("through", [False, True])
@pytest.mark.parametrize(("perimeter", "period"), EVERYWHERE)
def test_the_shape_and_the_sums(perimeter, period, through):
    payload = who("USA", through=through, perimeter=perimeter, as_of=period).payload
    assert [key for key in payload if key in KEYS] == KEYS
    late = set() if period < "2024Q4" or perimeter == "general-government" else {"corrections"}
    assert set(payload) - {"corrections"} == {*KEYS, *MORE, *(THROUGH if through else ())}
    assert late <= set(payload)
    assert (payload["economy"], payload["as_of"], payload["perimeter"]) == ("USA", period, perimeter)
    assert payload["unit"] == "USD bn"
    assert payload["treatment"] == ("T0,I1,F0,P0" if through else "T2,I1,F0,P0")
    check(payload)


@pytest.mark.parametrize("firms", ["F0", "F1"])
@pytest.mark.parametrize("funds", ["I0", "I1", "I2"])
@pytest.mark.parametrize("bank", ["T0", "T1", "T2"])
def test_every_treatment_adds_up_and_is_printed(bank, funds, firms):
    answer = who("USA", through=True, treatment=f"{bank},{funds},{firms}")
    assert answer.payload["treatment"] == f"{bank},{funds},{firms},P0"
    check(answer.payload)
    names = {entry["holder"] for entry in answer.payload["holders"]}
    assert ("nonfinancial_business" in names) == (firms == "F0")
    assert ("fund_social_security" in names) == (funds == "I1")
    assert ("beneficiaries_social_security" in names) == (funds == "I2")
    assert ("central_bank" in names) == (bank == "T2")
    for code in (bank, firms):
        assert f"{code}: " in answer.sheets[0].note


@pytest.mark.parametrize("treatment", ["T1", "T2", "I0", "I1", "T1,I0", "F0"])
def test_treatments_without_a_look_through(treatment):
    check(who("USA", treatment=treatment).payload)


@pytest.mark.parametrize("by", ["wealth", "age", "instrument", "country"])
@pytest.mark.parametrize("through", [False, True])
def test_a_division_leaves_the_other_holders_unchanged(by, through):
    whole = {h["holder"]: h["amount"] for h in who("USA", through=through).payload["holders"]}
    payload = who("USA", through=through, by=by).payload
    check(payload)
    owner = "rest_of_world" if by == "country" else "households_and_nonprofits"
    found = {h["holder"]: h["amount"] for h in payload["holders"]}
    pieces = [amount for name, amount in found.items() if name.startswith(f"{owner}/")]
    assert pieces and math.fsum(pieces) == pytest.approx(whole.pop(owner), abs=1e-9)
    assert {name: x for name, x in found.items() if not name.startswith(f"{owner}/")} == whole
    assert payload["by"] == by


def test_the_headline_when_nothing_is_said():
    payload = who("usa").payload
    assert (payload["as_of"], payload["perimeter"]) == ("2025Q3", "federal-gross")
    assert payload["total"] == pytest.approx(35388.98705416503, abs=1e-9)
    public = {h["holder"]: h["share"] for h in who("USA", perimeter="public").payload["holders"]}
    assert len(public) == 12
    printed = {name: f"{100 * share:.1f}" for name, share in public.items()}
    assert (printed["pension_funds"], printed["money_market_funds"]) == ("4.1", "11.5")
    assert printed["rest_of_world"] == "33.0"


def test_the_central_bank_adds_to_what_households_have():
    shares = {}
    for code in ("T0", "T1", "T2"):
        payload = who("USA", through=True, treatment=code, perimeter="public").payload
        shares[code] = payload["summary"]["households"] / payload["total"]
    assert shares["T2"] < shares["T0"] < shares["T1"]


def test_the_unallocated_share_is_told_for_the_public_debt_too():
    payload = who("USA", through=True).payload
    assert set(payload["unallocated"]) == {"federal-gross", "public"}
    assert payload["unallocated"]["public"] <= 0.10
    own = {h["holder"]: h["share"] for h in payload["holders"]}["UNALLOCATED"]
    assert payload["unallocated"]["federal-gross"] == pytest.approx(own, abs=1e-15)


def test_the_weight_and_the_effect_of_assumptions_are_told():
    assumed = who("USA", through=True).payload["assumed"]
    assert set(assumed) == {"weight", "divided", "cells"}
    assert 0 < assumed["weight"] < 0.10 and 0.2 < assumed["divided"] < 0.21
    for cell in assumed["cells"]:
        assert set(cell) == {"holder", "issuer", "instrument", "weight", "effect_on_household_share"}
    assert assumed["cells"][0]["effect_on_household_share"] < -0.01


def test_chains_run_from_the_debtor_to_an_owner():
    chains = who("USA", through=True).payload["chains"]
    names = [tuple(chain["names"]) for chain in chains]
    assert len(set(names)) == len(names) and all(n[0] == "central_government" for n in names)
    amounts = [chain["amount"] for chain in chains]
    assert amounts == sorted(amounts, reverse=True)


def test_findings_say_what_a_reader_must_know():
    findings = who("USA", through=True).payload["findings"]
    assert all(set(f) <= {"severity", "place", "sentence", "evidence", "mend", "code"} for f in findings)
    told = " ".join(finding["sentence"] for finding in findings)
    for part in ("hedge funds", "place of custody", "face value", "printed holders add up", "L403"):
        assert part in told or part in {finding.get("code") for finding in findings}
    local = who("USA", perimeter="general-government").payload["findings"]
    assert "face value" not in " ".join(finding["sentence"] for finding in local)


def test_the_story_names_total_kinds_and_what_is_unknown():
    story = who("USA", through=True).story
    assert story.startswith(
        "At the end of 2025Q3 the federal debt including what government funds hold came to"
    )
    for part in ("USD 35,389.0 bn", "households", "not allocated", "intermediaries", "grade C"):
        assert part in story
    direct = who("USA", perimeter="public").story
    assert "Direct holders: rest of the world 33.0 %" in direct or "rest of the world 33.0 %" in direct


@pytest.mark.parametrize(
    "options", [{}, {"through": True, "by": "age", "treatment": "T1", "perimeter": "public"}]
)
def test_the_command_gives_the_same_answer_again(options):
    payload = who("USA", **options).payload
    words = payload["command"].split()
    assert words[:3] == ["creditor", "who", "USA"]
    again = {"through": "--through" in words}
    for name in ("by", "treatment", "as-of", "perimeter"):
        if f"--{name}" in words:
            again[name.replace("-", "_")] = words[words.index(f"--{name}") + 1]
    assert to_json(who("USA", **again).payload) == to_json(payload)


def test_json_is_a_function_of_question_and_library_alone():
    payload = who("USA", through=True, by="wealth").payload
    text = to_json(payload)
    assert to_json(who("United States", through=True, by="wealth").payload) == text
    assert json.loads(text)["provenance"].keys() == {"data_vintage", "library_hash", "version"}
    assert "/" not in payload["command"]
    assert str(Path(creditor.__file__).parents[1]) not in text and str(Path.home()) + "/" not in text


def test_an_answer_that_cannot_be_given_is_an_error():
    for options, kind, code in [
        ({"economy": "USS"}, InputError, "T201"),
        ({"economy": "Austria"}, MissingError, "F303"),
        ({"by": "income"}, InputError, "U501"),
        ({"treatment": "T3"}, InputError, "U501"),
        ({"treatment": "T1,T2", "through": True}, InputError, "U501"),
        ({"treatment": "I2"}, InputError, "U501"),
        ({"perimeter": "net"}, InputError, "U501"),
        ({"as_of": "2025Q5"}, InputError, "T204"),
        ({"as_of": "1812Q1", "perimeter": "public"}, MissingError, "F302"),
    ]:
        with pytest.raises(kind) as caught:
            who(**{"economy": "USA", **options})
        assert caught.value.codes == (code,), options


def test_the_face_gives_the_same_answer():
    assert creditor.who is who
    answer = creditor.who("USA")
    assert isinstance(answer, creditor.Answer) and answer.exit_code == 0
    assert "<table>" in answer._repr_html_() and str(answer) == answer.story
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.story = ""


def test_an_economy_whose_ledger_ends_at_the_sector_says_so():
    direct, through = who("Japan"), who("JPN", through=True)
    assert direct.payload["depth"] == "sector" and "reach to the sector" in direct.story
    assert through.payload["holders"] == direct.payload["holders"] and not through.payload["through"]
    (note,) = [entry for entry in through.findings if entry.place == "look-through"]
    assert note.severity == "warning" and "final groups" in note.sentence
    with pytest.raises(MissingError):
        who("JPN", through=True, treatment="T0")
    with pytest.raises(MissingError):
        who("JPN", by="wealth")


def test_shares_of_a_stock_stay_percent():
    payload = who("GBR", as_of="2021Q1").payload
    assert payload["unit"] == "percent of debt" and payload["total"] == 100
    assert payload["holders"][-1]["holder"] == "UNALLOCATED"


def test_an_economy_without_a_table_of_holders_shows_the_size():
    payload = who("Saudi Arabia").payload
    assert [entry["holder"] for entry in payload["holders"]] == ["UNALLOCATED"]
    assert payload["total"] > 1000 and any(f["place"] == "holders" for f in payload["findings"])


def test_nothing_that_was_published_later_is_used():
    payload = who("JPN", as_known_at="2025-10").payload
    assert payload["as_known_at"] == "2025-10" and payload["as_of"] == "2024-12"
    assert payload["command"].endswith("--as-known-at 2025-10")
    assert all(entry["vintage"] <= "2025-10" for entry in payload["holders"])
    with pytest.raises(MissingError) as caught:
        who("JPN", as_known_at="2010")
    assert "boj-jgb since" in caught.value.troubles[0].mend
    earlier = who("USA", as_known_at="2025-10")
    assert earlier.payload["perimeter"] == "investor-base" and earlier.payload["depth"] == "creditor class"
    assert any("published later than 2025-10" in finding.sentence for finding in earlier.findings)
    with pytest.raises(MissingError) as other:
        who("USA", perimeter="federal-gross", as_known_at="2025-10")
    assert "investor-base: 2019Q4" in other.value.troubles[0].mend
    assert who("USA", perimeter="investor-base", as_known_at="2025-10").payload["as_of"] == "2019Q4"


def test_no_economy_is_answered_with_those_that_there_are():
    with pytest.raises(InputError) as caught:
        who("")
    assert caught.value.codes == ("T201",) and "JPN" in caught.value.troubles[0].mend


def test_a_division_that_an_economy_has_no_figures_for_is_refused():
    for division in ("country", "wealth", "age"):
        with pytest.raises(MissingError) as caught:
            who("ITA", by=division)
        assert caught.value.codes == ("F303",)


@pytest.mark.parametrize("code", ["ARG", "GBR", "GRC", "IND", "KEN", "ROW", "SAU", "XLI", "ZAF"])
def test_every_interval_of_every_perimeter_contains_its_point(code):
    from creditor.verbs.data import data_status

    for perimeter, periods in data_status(code).payload["economies"][code]["perimeters"].items():
        for period in periods:
            payload = who(code, perimeter=perimeter, as_of=period).payload
            check(payload)
            for entry in payload["holders"]:
                slack = 1e-9 * payload["total"]
                assert entry["lo"] - slack <= entry["amount"] <= entry["hi"] + slack
