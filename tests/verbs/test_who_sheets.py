"""The tables of who: holders with a total, treatments, channels, assumptions, chains and the bridge."""

from __future__ import annotations

import math

import pytest

from creditor.verbs.who import who

ALL = ("holders", "sides", "corrections", "loop", "treatments", "channels", "assumptions", "chains", "bridge")


def tables(**options):
    return {sheet.name: sheet for sheet in who("USA", **options).sheets}


def column(sheet, title):
    (table,) = [table for table in sheet.columns if table.title == title]
    return {label: table.at(**{sheet.dim: label}) for label in sheet.labels}


THROUGH = tables(through=True)


def test_which_tables_an_answer_has():
    assert tuple(THROUGH) == ALL
    assert tuple(tables()) == ("holders", "corrections", "loop", "channels", "bridge")
    public = tuple(tables(perimeter="public"))
    assert public == ("holders", "corrections", "loop", "bridge"), "the holders are the channels"
    assert tuple(tables(perimeter="public", as_of="2022Q4")) == ("holders", "loop", "bridge")


@pytest.mark.parametrize("options", [{}, {"through": True}, {"through": True, "by": "age"}])
def test_holders_add_up_to_the_last_row(options):
    sheet = tables(**options)["holders"]
    assert sheet.total == sheet.labels[-1] == "total"
    for title in ("amount", "share"):
        values = column(sheet, title)
        assert values.pop("total") == pytest.approx(math.fsum(values.values()), abs=1e-9)
    assert set(sheet.origins) == set(sheet.labels) - {"total"}


def test_treatments_stand_beside_each_other_and_agree_with_their_own_answer():
    sheet = THROUGH["treatments"]
    titles = [table.title for table in sheet.columns]
    assert titles == ["T0 I1", "T1 I1", "T2 I1", "T0 I0", "T1 I0", "T2 I0"]
    for title in titles:
        values = column(sheet, title)
        assert math.fsum(v for v in values.values() if v == v) == pytest.approx(1, abs=1e-12)
        payload = who("USA", through=True, treatment=title.replace(" ", ",")).payload
        shares = {kind: amount / payload["total"] for kind, amount in payload["summary"].items()}
        assert {kind: v for kind, v in values.items() if v == v} == pytest.approx(shares)


def test_channels_show_pensions_beside_money_funds_and_foreigners():
    for sheet in (THROUGH["channels"], tables()["channels"]):
        shares = column(sheet, "share of public")
        assert len(shares) == 12 and math.fsum(shares.values()) == pytest.approx(1)
        assert next(iter(shares)) == "rest_of_world"
        assert shares["pension_funds"] < shares["money_market_funds"] < shares["rest_of_world"]
        assert {origin.grade for origin in sheet.origins.values()} == {"A"}


def test_assumptions_are_all_grade_c_with_weight_and_effect():
    sheet = THROUGH["assumptions"]
    assert {origin.grade for origin in sheet.origins.values()} == {"C"}
    weights, effects = column(sheet, "weight"), column(sheet, "effect")
    assert all(weight > 0 for weight in weights.values())
    assert all(effect <= 0 for effect in effects.values())
    told = who("USA", through=True).payload["assumed"]["cells"]
    assert list(weights.values()) == [cell["weight"] for cell in told]
    assert list(effects.values()) == [cell["effect_on_household_share"] for cell in told]


def test_chains_pass_an_intermediary_and_some_end_at_households():
    sheet = THROUGH["chains"]
    amounts = column(sheet, "amount")
    assert all(label.count(" -> ") >= 2 for label in amounts)
    assert any(label.endswith("households_and_nonprofits") for label in amounts)
    assert list(amounts.values()) == sorted(amounts.values(), reverse=True)


def test_the_bridge_shows_each_perimeter_once():
    sheet = THROUGH["bridge"]
    amounts = column(sheet, "amount")
    for name in ("public", "federal-gross", "general-government"):
        (label,) = [
            label for label in amounts if label.endswith(f"perimeter {name}") and " steps" not in label
        ]
        assert amounts[label] == pytest.approx(who("USA", perimeter=name).payload["total"], abs=1e-9)
    assert set(sheet.origins) == set(sheet.labels)


def test_printed_holders_are_held_against_the_published_total():
    for period, gap in (("2025Q3", "-0.1"), ("2025Q4", "+0.0")):
        findings = who("USA", perimeter="public", as_of=period).findings
        (finding,) = [f for f in findings if f.place == "total"]
        assert finding.severity == "note" and f"gap {gap}, tolerance 0.65" in finding.evidence
    assert not [f for f in who("USA", perimeter="public", as_of="2022Q4").findings if f.place == "total"]


def test_shares_are_held_against_their_stock():
    (finding,) = [f for f in who("IND").findings if f.place == "total"]
    assert "99.98 % of the stock" in finding.sentence and "INR 112,700.0 bn" in finding.evidence
    assert not [f for f in who("ESP").findings if f.place == "total"], "closed by a residual"
    assert not [f for f in who("GBR").findings if f.place == "total"]
