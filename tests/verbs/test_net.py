"""The answer by class of creditor shows what is published of flows, and names what is not."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.opening.country import available, load_country
from creditor.verbs.net import creditors_net, split_of
from creditor.verbs.who import who

HAVE = {"EGY", "GHA", "IDN", "KEN", "LKA", "NGA", "PAK", "XLI", "ZAF", "ZMB"}


def test_low_income_economies_by_class():
    payload = who("XLI", net=True).payload
    told = {entry["class"]: entry for entry in payload["creditors"]}
    assert set(told) == {"multilateral", "bilateral", "private"}
    assert sum(entry["debt"] for entry in told.values()) == pytest.approx(payload["total"]) == 707.9
    assert (
        told["multilateral"]["net_transfer"]["value"] == 51
        and told["private"]["net_transfer"]["value"] == -13
    )
    assert "net_transfer" not in told["bilateral"] and told["bilateral"]["grade"] == "C"
    assert told["private"]["lo"] / 707.9 == pytest.approx(0.37)
    assert told["private"]["hi"] / 707.9 == pytest.approx(0.47)
    flows = {entry["indicator"]: entry["value"] for entry in payload["flows"]}
    assert flows["external_debt_service"] == 96.2
    assert flows["external_interest"] + flows["external_principal"] == pytest.approx(96.2)
    assert "net transfer of bilateral creditors" in payload["missing"]
    assert "debt to domestic creditors" in payload["missing"]
    assert "NaN" not in to_json(payload)


@pytest.mark.parametrize("code", sorted(HAVE))
def test_every_split_adds_up(code):
    payload = creditors_net(code).payload
    assert sum(entry["share"] for entry in payload["creditors"]) == pytest.approx(1)
    assert payload["command"] == f"creditor who {code} --net"
    for entry in payload["creditors"]:
        assert 0 <= entry["lo"] <= entry["debt"] * (1 + 1e-12) and entry["debt"] <= entry["hi"] * (1 + 1e-12)
        assert entry["hi"] <= payload["total"] * (1 + 1e-12)


def test_those_that_have_a_split_are_named_where_there_is_none():
    assert {code for code in available() if split_of(load_country(code))} == HAVE
    with pytest.raises(MissingError) as caught:
        who("JPN", net=True)
    assert "EGY, GHA, IDN, KEN" in caught.value.troubles[0].mend
    with pytest.raises(InputError):
        creditors_net("Atlantis")


def test_what_is_not_allocated_is_no_foreign_creditor():
    (rest,) = [one for one in creditors_net("IDN").payload["creditors"] if one["class"] == "unallocated"]
    assert rest["share"] == pytest.approx(0.708, abs=1e-3) and rest["lo"] == 0
    assert rest["title"] == "Not allocated"


def test_nothing_later_is_known():
    assert creditors_net("KEN", "2025-06").payload["as_of"] == "2024-06"
    with pytest.raises(MissingError):
        creditors_net("XLI", "2025-01")


def test_a_flow_of_another_group_is_not_mixed_with_the_debt():
    answer = creditors_net("XLI")
    (finding,) = [f for f in answer.findings if f.place == "net transfer"]
    assert "IDA-eligible" in finding.evidence and "Africa" in finding.evidence
    assert answer.figures[0]["kind"] == "bars" and answer.grids[0].columns[0] == "flow"
