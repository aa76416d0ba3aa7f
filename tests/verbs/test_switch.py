"""A debt ceiling as a switch on a textbook model: the debt stops, leaks, or goes on."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.verbs.runs import model_run
from creditor.verbs.switch import regime_switch

SPENDING = {"name": "public_spending", "value": 25, "from": 5}


def debt(*changes):
    return model_run("ceiling", 60, [SPENDING, *changes]).payload["variables"]["money"]


def ceiling(amount, **options):
    facts = {"debt_subject_to_limit": amount}
    return regime_switch(facts, given="allowed_share", regime="debt_ceiling_us", **options).payload["set"]


def test_the_debt_stops_at_the_ceiling_leaks_or_goes_on():
    free, stopped, leaky = debt(), debt(ceiling(41500)), debt(ceiling(41500, leakage=0.3))
    crossed = next(t for t, value in enumerate(free) if value >= 90)
    assert stopped[: crossed + 1] == pytest.approx(free[: crossed + 1])
    assert stopped[crossed:] == pytest.approx([free[crossed]] * (61 - crossed), rel=1e-9)
    assert stopped[30] < leaky[30] < free[30] and free[60] == pytest.approx(100, abs=0.05)
    assert debt(ceiling(30000)) == pytest.approx(free)


def test_a_rule_for_some_periods_only():
    lifted = debt(ceiling(41500, first=1, last=20))
    assert lifted[20] < 92 and lifted[60] > 99
    assert ceiling(41500, first=2, last=20) == {"name": "allowed_share", "value": 0.0, "from": 2, "to": 20}


def test_a_consent_in_the_notice():
    facts = {"activity": "issuing stablecoin", "object": "RMB stablecoin", "actor_type": "company"}
    facts |= {"actor_place": "overseas", "place": "overseas", "counterparty_place": "overseas"}
    facts |= {"controlled_by_domestic": "no", "consent": "none"}
    kept = regime_switch(facts, given="issue_share").payload
    assert (
        kept["verdict"] == "requires_approval"
        and kept["set"]["value"] == 0.0
        and kept["articles"] == ["I(n)"]
    )
    assert regime_switch(facts, given="issue_share", granted=True).payload["set"]["value"] == 1.0


def test_an_open_verdict_names_what_is_missing():
    with pytest.raises(InputError) as caught:
        regime_switch({"limit_suspended": False}, given="x", regime="debt_ceiling_us")
    assert caught.value.codes == ("U501",) and "debt_subject_to_limit" in str(caught.value)
    with pytest.raises(InputError):
        regime_switch({}, given=" ")
