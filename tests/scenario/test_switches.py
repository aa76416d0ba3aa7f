"""Regimes as switches of a scenario: verdicts become givens, with articles; what decides nothing is refused."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from creditor.errors import CreditorError, InputError
from creditor.scenario.files import read_scenario
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import RegimeChange, make_scenario
from creditor.scenario.steady import steady_scenario
from creditor.scenario.switches import inlined, resolve_switches

ABOVE, BELOW = {"debt_subject_to_limit": 41500}, {"debt_subject_to_limit": 30000}
SPENDING = {"name": "public_spending", "value": 25, "from": 5}
CONSENT = {"activity": "issuing stablecoin", "object": "RMB stablecoin", "actor_type": "company"}
CONSENT |= {"actor_place": "overseas", "place": "overseas", "counterparty_place": "overseas"}
CONSENT |= {"controlled_by_domestic": "no", "consent": "none"}


def rule(facts=ABOVE, **fields):
    return {"regime": "debt_ceiling_us", "given": "allowed_share", "facts": facts} | fields


def debt(*rules, **fields):
    scenario = make_scenario(model="ceiling", periods=40, **({"set": [SPENDING], "regime": rules} | fields))
    return run_scenario(scenario).result.series("money")[:, 0]


def by_hand(share, **fields):
    return debt(set=[SPENDING, {"name": "allowed_share", "value": share, **fields}])


@pytest.mark.parametrize(
    ("made", "hand"),
    [
        (rule(), {"share": 0}),
        (rule(leakage=0.3), {"share": 0.3}),
        (rule(BELOW, leakage=0.3), {"share": 1}),
        (rule(**{"from": 3, "to": 20}), {"share": 0, "from": 3, "to": 20}),
    ],
)
def test_a_verdict_is_the_change_that_it_stands_for(made, hand):
    assert debt(made).tolist() == by_hand(**hand).tolist()


def test_a_ban_stops_the_debt_and_a_rule_below_its_limit_does_not():
    free, stopped = debt(), debt(rule())
    assert stopped[40] < 92 < 98 < free[40] and debt(rule(BELOW)).tolist() == free.tolist()


@pytest.mark.parametrize(("granted", "share"), [(False, 0.0), (True, 1.0)])
def test_consent_is_granted_by_the_scenario_and_a_ban_is_not(granted, share):
    entries = [rule(CONSENT, regime="notice42", granted=granted), rule(granted=granted)]
    consent, ban = (one for e in entries for one in resolve_switches([RegimeChange.model_validate(e)]))
    assert (consent.found.verdict, consent.share) == ("requires_approval", share)
    assert (ban.found.verdict, ban.share) == ("prohibited", 0)


def test_of_several_rules_on_one_given_the_strictest_stands_and_rules_over_a_set():
    for order in ([rule(), rule(BELOW)], [rule(BELOW), rule()]):
        assert debt(*order).tolist() == by_hand(0).tolist()
    opened = {"name": "allowed_share", "value": 1.0}
    assert debt(rule(), set=[SPENDING, opened]).tolist() == by_hand(0).tolist()


def test_the_run_says_which_articles():
    scenario = make_scenario(model="ceiling", periods=3, regime=[rule(leakage=0.3)])
    told = [
        finding.sentence for finding in run_scenario(scenario).findings if finding.place.startswith("regime")
    ]
    assert told == [
        "debt_ceiling_us says prohibited (31 U.S.C. 3101(b)): allowed_share = 0.3 from period 1, leakage 0.3. "
        "Debt subject to limit is above 41,100 billion US dollars."
    ]


def test_a_pack_says_what_it_is_not():
    facts = {"activity": "RWA tokenization", "object": "rwa ABS-like on domestic rights", "place": "overseas"}
    (one,) = make_scenario(
        model="ceiling", regime=[rule(facts | {"negative_list": True}, regime="csrc_2026_1")]
    ).switches()
    assert "csrc_2026_1, not part of the notice, says prohibited (3(6))" in one.sentence
    assert one.as_dict()["mark"] == "not part of the notice"


def test_the_steady_state_knows_the_rule():
    fields = {"model": "ceiling", "set": [{"name": "public_spending", "value": 25}]}
    free, bound = (
        steady_scenario(make_scenario(**fields)),
        steady_scenario(make_scenario(**fields, regime=[rule()])),
    )
    slot = free.model.slot("money")
    assert free.steady.values[slot] == pytest.approx(100) and bound.steady.values[slot] < 93


def test_the_digest_follows_the_numbers_and_not_how_the_case_is_written():
    def digest(*rules):
        return make_scenario(model="ceiling", regime=rules).digest("m")

    assert digest() == make_scenario(model="ceiling").digest("m") != digest(rule())
    assert digest(rule()) == digest(rule({"debt_subject_to_limit": 50000})) != digest(rule(leakage=0.1))


def test_a_case_file_stands_beside_the_scenario(tmp_path):
    (tmp_path / "case.toml").write_text("schema = 1\ndebt_subject_to_limit = 41500\n", "utf-8")
    path = tmp_path / "s.toml"
    text = 'schema = 1\nmodel = "ceiling"\n[[regime]]\nregime = "debt_ceiling_us"\ngiven = "allowed_share"\n'
    path.write_text(text + 'case = "case.toml"\n', "utf-8")
    scenario = read_scenario(path).scenario()
    assert scenario.switches()[0].share == 0 and not scenario.regime[0].case
    path.write_text(text + 'case = "case.toml"\nfacts = { debt_subject_to_limit = 1 }\n', "utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    assert caught.value.codes == ("S701",) and "s.toml" in str(caught.value)
    (tmp_path / "case.toml").write_text("debt = = 1", "utf-8")
    with pytest.raises(InputError) as caught:
        inlined({"given": "x", "case": "case.toml"}, tmp_path)
    assert caught.value.codes == ("C115",)


@pytest.mark.parametrize(
    ("made", "code", "word"),
    [
        (rule({"limit_suspended": False}), "S701", "debt_subject_to_limit"),
        (rule(regime="debt_ceiling"), "R904", "debt_ceiling_us"),
        (rule({"debt_subject_to_limt": 1}), "R901", "debt_subject_to_limit"),
        (rule(given="alowed_share"), "S702", "allowed_share"),
        (rule(**{"from": 9, "to": 3}), "S702", "allowed_share"),
        (rule(leakage=1.5), "S701", "leakage"),
        (rule(leek=1), "S701", "leakage"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(made, code, word, tmp_path):
    path = tmp_path / "s.toml"
    lines = ["schema = 1", 'model = "ceiling"', "periods = 9", "[[regime]]"]
    for key, value in made.items():
        shown = (
            value
            if not isinstance(value, dict)
            else "{ " + ", ".join(f"{k} = {str(v).lower()}" for k, v in value.items()) + " }"
        )
        lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {shown}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    source = read_scenario(path)
    with pytest.raises(CreditorError) as caught:
        try:
            run_scenario(source.scenario())
        except InputError as error:
            raise source.placed(error) from None
    assert caught.value.codes == (code,) and word in str(caught.value) and "s.toml:" in str(caught.value)


def test_each_entry_has_its_own_line_and_all_are_told_at_once(tmp_path):
    path = tmp_path / "s.toml"
    entry = '[[regime]]\nregime = "{}"\ngiven = "allowed_share"\nfacts = {{ {} }}\n'
    text = 'schema = 1\nmodel = "ceiling"\n' + entry.format("debt_ceiling_us", "limit_suspended = false")
    path.write_text(text + entry.format("debt_ceiling_uk", "debt_subject_to_limit = 1"), "utf-8")
    source = read_scenario(path)
    with pytest.raises(InputError) as caught:
        try:
            run_scenario(source.scenario())
        except InputError as error:
            raise source.placed(error) from None
    places = [trouble.where for trouble in caught.value.troubles]
    assert places == ["s.toml:6: regime.facts", "s.toml:8: regime.regime"]


@pytest.mark.parametrize("value", [3, ["x"], "x", {"regime": "eu_3_60"}])
def test_what_is_no_list_of_tables(value):
    with pytest.raises(InputError) as caught:
        make_scenario(model="sim", regime=value)
    assert set(caught.value.codes) == {"S701"}


def test_a_scenario_that_was_kept_is_made_anew():
    made = make_scenario(model="ceiling", regime=[rule(leakage=0.3, **{"from": 2})])
    kept = json.loads(made.model_dump_json(by_alias=True, exclude_defaults=True))
    assert make_scenario(**kept) == made


def test_a_wrong_field_is_not_accepted():
    with pytest.raises(ValidationError):
        RegimeChange.model_validate(rule(share=1))
