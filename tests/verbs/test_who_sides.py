"""Owed to and borne by stand side by side; the teacher's pension is owed to her and borne by the sponsor."""

from __future__ import annotations

import math

import pytest

from creditor.errors import InputError, MissingError
from creditor.export.text import to_text
from creditor.ledger.lookthrough import look_through
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import load_country
from creditor.opening.opening import open_economy
from creditor.verbs.who import who


def pension(view):
    """Who has what reaches them through the pension funds of public employees."""
    opening = open_economy(load_country("USA"), parse_treatment("T0"), "public", view=view)
    result = look_through(opening.ledger, opening.debtor, opening.through)
    found = {}
    for part in result.parts:
        if part.last == "public_pension_funds":
            found[part.owner] = found.get(part.owner, 0.0) + part.amount
    return {name: amount / math.fsum(found.values()) for name, amount in found.items()}


def test_the_teacher_is_owed_her_pension_and_her_state_bears_the_loss():
    assert pension("owed_to") == {"households_and_nonprofits": 1.0}
    borne = pension("borne_by")
    assert borne["state_and_local_government"] == pytest.approx(573.9 / 596.1)
    assert borne["households_and_nonprofits"] == pytest.approx(16.1 / 596.1), "the plan of federal employees"
    assert borne["central_government"] == pytest.approx(6.1 / 596.1)


def test_a_loss_of_the_central_bank_is_the_states():
    payload = who("USA", borne_by=True, perimeter="public").payload
    holders = {entry["holder"]: entry["amount"] for entry in payload["holders"]}
    assert holders["central_government"] > 3830.9 and "central_bank" not in holders
    assert payload["view"] == "borne_by"


def test_both_sides_stand_together_and_add_up():
    payload = who("USA", owed_to=True, perimeter="public").payload
    owed, borne = payload["sides"]["owed_to"], payload["sides"]["borne_by"]
    for side in (owed, borne):
        assert math.fsum(entry["amount"] for entry in side) == pytest.approx(payload["total"])
        for entry in side:
            assert entry["lo"] <= entry["amount"] <= entry["hi"] and entry["bound"] == "outer"
    shares = [{entry["owner"]: entry["share"] for entry in side} for side in (owed, borne)]
    assert shares[1]["households"] < shares[0]["households"]
    assert shares[1]["the state itself"] > shares[0]["the state itself"]
    other = who("USA", borne_by=True, perimeter="public").payload
    assert other["sides"] == payload["sides"] and other["holders"] != payload["holders"]


def test_owed_to_is_the_look_through():
    first, second = who("USA", owed_to=True).payload, who("USA", through=True).payload
    assert first == second
    both = who("USA", owed_to=True, borne_by=True).payload
    assert both == first, "both sides are shown either way"


def test_members_of_defined_contribution_plans_are_divided_by_their_own_shares():
    payload = who("USA", borne_by=True, by="instrument", perimeter="public").payload
    names = {entry["holder"] for entry in payload["holders"]}
    assert "households_and_nonprofits/defined_contribution_entitlements" in names
    assert "households_and_nonprofits/pension_entitlements" not in names
    wealth = who("USA", borne_by=True, by="wealth", perimeter="public").payload
    assert not any("not divided" in finding["sentence"] for finding in wealth["findings"])


@pytest.mark.parametrize("options", [{}, {"through": True}, {"borne_by": True}])
def test_the_headline_is_published_with_and_without_the_correction(options):
    plain = who("USA", perimeter="public", **options).payload
    moved = who("USA", perimeter="public", correct="cayman", **options).payload
    assert plain["corrections"] == moved["corrections"]
    for payload, name in ((plain, "as published"), (moved, "cayman")):
        shares = {kind: amount / payload["total"] for kind, amount in payload["summary"].items()}
        assert payload["corrections"][name] == pytest.approx(shares)
    bounds = {entry["holder"]: (entry["lo"], entry["hi"]) for entry in plain["holders"]}
    for entry in moved["holders"]:
        low, high = bounds.get(entry["holder"], (0.0, math.inf))
        assert low - 1e-9 <= entry["amount"] <= high + 1e-9
        if entry["holder"] in bounds:
            assert (entry["lo"], entry["hi"]) == pytest.approx((low, high)), "the interval is the same"
    assert moved["correct"] == "cayman" and "--correct cayman" in moved["command"]
    assert any("Cayman" in finding["sentence"] for finding in moved["findings"])


def test_the_story_names_the_interval_and_the_side():
    story = who("USA", borne_by=True, perimeter="public").story
    assert "A loss on it falls in the first place on" in story
    assert "The share of households lies between" in story and "outer bounds" in story
    answer = who("USA", borne_by=True)
    assert answer.title.startswith("Who bears a loss") and "a loss falls on them with" in answer.story
    loop = next(sheet for sheet in answer.sheets if sheet.name == "loop")
    assert [table.title for table in loop.columns] == ["directly", "of a loss"]


def test_tables_and_bars_have_the_intervals():
    answer = who("USA", through=True, perimeter="public")
    assert [table.title for table in answer.sheets[0].columns] == ["amount", "share", "least", "most"]
    assert [sheet.name for sheet in answer.sheets[:3]] == ["holders", "sides", "corrections"]
    rows = answer.figures[1]["rows"]
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows) and "range_text" in rows[0]
    assert "least" in to_text(answer, 100)


def test_corrections_are_listed_and_a_wrong_name_is_refused():
    answer = who("USA", correct="list")
    assert answer.payload["corrections"][0]["name"] == "cayman"
    assert answer.payload["corrections"][0]["amount"] == 1400
    assert "cayman" in to_text(answer, 100)
    with pytest.raises(InputError) as caught:
        who("USA", correct="caymann")
    assert "did you mean cayman?" in str(caught.value)
    with pytest.raises(MissingError):
        who("USA", correct="cayman", as_of="2023Q4", perimeter="public")
