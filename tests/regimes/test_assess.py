"""Verdicts with articles, questions, exceptions, readings; a consent is never stricter, a customer never laxer."""

from __future__ import annotations

import random

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.cases import read_case
from creditor.regimes.coverage import cases_of
from creditor.regimes.read import machine_of
from creditor.regimes.regime import RANK, UNDETERMINED

RWA = {"activity": "RWA tokenization", "object": "rwa", "actor_type": "company", "actor_place": "domestic"}
RWA |= {"counterparty_place": "domestic", "place": "domestic"}


def test_the_exception_has_two_limbs(ask):
    seen = {
        (consent, infrastructure): ask(**RWA, consent=consent, infrastructure=infrastructure).verdict
        for consent in ("none", "held")
        for infrastructure in ("no", "yes")
    }
    assert seen[("held", "yes")] == "permitted" and seen[("none", "yes")] == "requires_approval"
    assert seen[("none", "no")] == seen[("held", "no")] == "prohibited"


def test_what_each_value_would_give(ask):
    found = ask(**RWA, consent="held")
    (question,) = found.questions
    assert found.missing == ["infrastructure"] and found.verdict == UNDETERMINED
    assert dict((values[0], verdicts) for values, verdicts in question.gives) == {
        "no": ("prohibited",),
        "yes": ("permitted",),
    }
    assert "infrastructure" in found.as_dict()["would_give"]


def test_exceptions_are_shown_with_what_stands_in_their_way(ask):
    found = ask(**RWA, consent="none", infrastructure="no")
    first, half = [tried for tried in found.exceptions if tried.exception == "II(d)"]
    assert first.against == "II(b)" and first.gives == "permitted" and half.gives == "requires_approval"
    assert first.state == half.state == "fails"
    assert {"consent == held", "infrastructure"} <= set(first.lacking)
    assert ask(**RWA, consent="held", infrastructure="yes").exceptions[0].state == "holds"


def test_a_reading_that_is_switched_off_becomes_a_question(notice, ask):
    facts = {"activity": "investing", "object": "virtual_currency", "actor_type": "company"}
    facts |= {"actor_place": "domestic", "place": "overseas", "counterparty_place": "overseas"}
    assert ask(**facts).verdict == "civil_risk"
    off = ask("own_money", **facts)
    assert off.verdict == UNDETERMINED and off.missing == ["reading:own_money"]
    changed = {
        name
        for name in notice.readings
        for entry in cases_of(notice)
        if assess_case(notice, entry.case, [name]).verdict != entry.verdict
    }
    assert changed == set(notice.readings), "every reading decides some case"


def test_the_slip_that_was_followed_is_printed(ask):
    found = ask(activity="fiat-virtual exchange", object="virtual_currency", place="overseas",
                actor_place="overseas", counterparty_place="domestic", actor_type="exchange")  # fmt: skip
    assert found.articles == ["I(l)"] and "I(l): the English" in found.text_followed


def test_a_consent_never_makes_it_stricter_nor_a_domestic_customer_laxer(notice):
    """Over all cases: with the consent the verdict is at most as strict, with the customer at least."""
    for entry in cases_of(notice):
        facts = {key: text for key, text in entry.case.said.items() if key != "term"}
        before, after = (verdicts(notice, {**facts, "consent": value}) for value in ("none", "held"))
        if before and after:
            assert max(after) <= max(before), (entry.case.name, "consent")
        notes = facts.get("extra", "")
        if "domestic" not in notes and "export only" not in notes and facts.get("activity") not in HELPED:
            far, near = (
                verdicts(notice, {**facts, "counterparty_place": p}) for p in ("overseas", "domestic")
            )
            if far and near:
                assert max(near) >= max(far) or min(near) >= min(far), (entry.case.name, "customer")


HELPED = ("technical services", "intermediary services", "promotion", "assisting", "advertising")
"""For these the other side is the client served, not the customer of the business."""


def verdicts(notice, facts):
    found = assess_case(notice, read_case(notice, facts, "case"))
    if found.verdict != UNDETERMINED:
        return {RANK[found.verdict]}
    return {RANK[v] for q in found.questions for _, given in q.gives for v in given if v in RANK}


def notes(notice):
    more = {"term": " 稳定币", "province": " Gansu", "date": " 2026-05"}
    return [
        f"30 {n.text}" if n.kind == "share" else n.text + more.get(n.kind, "")
        for n in notice.vocabulary.notes
    ]


@pytest.mark.parametrize("seed", range(80))
def test_any_row_has_an_answer(notice, seed):
    """Random rows, most of them nonsense: never a crash, and what is open is named."""
    draw, facts = random.Random(seed), notice.vocabulary.facts
    row = {name: draw.choice([*facts[name].values, "unknown", "n/a"]) for name in notice.vocabulary.columns}
    for name in draw.sample(list(row), draw.choice([0, 1, 2, 3])):
        row[name] = ""
    row["activity"] += draw.choice(["", ";holding", ";fiat-virtual exchange"])
    row["extra"] = "; ".join(draw.sample(notes(notice), draw.choice([0, 1, 2, 3])))
    found = assess_case(notice, read_case(notice, row, "row"))
    assert bool(found.missing) == (found.verdict == UNDETERMINED), row
    assert found.as_dict()["id"] == "" and found.reason


def test_a_ban_stands_beside_an_activity_with_too_many_completions(notice, monkeypatch):
    monkeypatch.setattr("creditor.regimes.decide.MOST", 2)
    row = {
        "activity": "fiat-virtual exchange; issuing stablecoin",
        "object": "virtual_currency",
        "place": "domestic",
    }
    machine_of(notice).memory.clear()
    banned = assess_case(notice, read_case(notice, row, "row"))
    open_ = assess_case(notice, read_case(notice, {"activity": "assisting; promotion"}, "row"))
    machine_of(notice).memory.clear()
    assert banned.verdict == "prohibited" and open_.verdict == UNDETERMINED
    assert not open_.complete and open_.missing


def test_the_strictest_part_of_a_compound_stands(ask):
    facts = {"object": "virtual_currency", "actor_type": "company", "actor_place": "domestic"}
    facts |= {"place": "domestic", "counterparty_place": "domestic"}
    found = ask(activity="holding; fiat-virtual exchange; publicity and education", **facts)
    assert found.verdict == "prohibited" and found.articles == ["I(d)", "I(e)"]


def test_every_open_answer_names_what_is_missing(notice):
    for entry in cases_of(notice):
        found = assess_case(notice, entry.case)
        assert bool(found.missing) == (found.verdict == UNDETERMINED), entry.case.name
        assert found.reason and found.confidence in ("high", "medium", "low")


@pytest.mark.parametrize(
    "thing", ["government bond", "bond", "ABS", "equity fund", "receivables register", "none"]
)
@pytest.mark.parametrize(
    "act", ["issuing bond", "buying government bonds", "default", "holding", "investing"]
)
def test_ordinary_debt_is_not_covered_whatever_else_is_unknown(ask, thing, act):
    assert ask(activity=act, object=thing).verdict == "not_covered"


def test_each_authority_is_named_once(ask):
    named = ask(object="virtual_currency").authorities.split("; ")
    assert len(named) == len(set(named)) > 5
