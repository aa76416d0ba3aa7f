"""Claims are read as activities; ordinary debt is not the notice's business, tokens are."""

from __future__ import annotations

import pytest

from creditor.errors import MissingError
from creditor.regimes.positions import Auditor, Kind, Tally, totals
from creditor.regimes.read import load_regime


@pytest.fixture(scope="module")
def auditor(notice):
    return Auditor(notice)


@pytest.mark.parametrize(
    "instrument", ["debt_securities", "loans", "transferable_deposits", "equity", "unheard_of", ""]
)
@pytest.mark.parametrize("place", ["", "domestic", "overseas"])
def test_most_of_a_ledger_is_not_covered(auditor, instrument, place):
    assert auditor.decide(Kind(instrument, "households", place, place)).assessment.verdict == "not_covered"


def test_a_stablecoin_is_decided_by_its_issuer(auditor):
    home = auditor.decide(Kind("stablecoin_tokens", "households", "domestic", "domestic", "USD"))
    assert home.side == "issuer" and home.assessment.verdict == "prohibited"
    renminbi = auditor.decide(Kind("stablecoin_tokens", "households", "overseas", "overseas", "CNY"))
    assert renminbi.assessment.verdict == "undetermined" and "I(n)" in renminbi.assessment.articles
    to_home = auditor.decide(Kind("stablecoin_tokens", "households", "domestic", "overseas", "USD"))
    assert to_home.assessment.articles == ["I(l)"]


def test_facts_of_a_row_go_before_those_of_the_table(auditor):
    said = (("activity", "collateral"), ("object", "virtual_currency"))
    kind = Kind("loans", "deposit_takers", "domestic", "domestic", "CNY", said)
    assert auditor.decide(kind).assessment.articles == ["VI(c)"]


def test_places_come_from_a_column_or_from_the_code_before_the_colon(auditor):
    assert auditor.place("CHN:households", "") == "domestic" and auditor.place("HKG:banks", "") == "overseas"
    assert auditor.place("x", "CHN") == "domestic" and auditor.place("x", "") == ""


def test_a_regime_of_figures_reads_no_claims():
    with pytest.raises(MissingError) as caught:
        Auditor(load_regime("eu_3_60"))
    assert caught.value.codes == ("R904",) and "creditor assess" in str(caught.value)


def test_totals_by_verdict(auditor):
    kind = Kind("loans", "households", "", "")
    auditor.decide(kind)
    tally = Tally(1, 2.0)
    tally.add(1, 3.0)
    assert totals({kind: tally}, auditor.known) == {"not_covered": Tally(2, 5.0)}


def test_rows_that_say_the_same_have_one_key(auditor):
    auditor.narrow(["holder", "issuer", "instrument"])
    one = {"holder": "a", "issuer": "b", "instrument": "loans", "amount": "1"}
    assert auditor.key(one) == auditor.key({**one, "issuer": "c", "amount": "2"}) == ("", "", "", "loans")
    assert auditor.key({**one, "issuer": "CHN:b"}) != auditor.key(one)
    assert auditor.key({**one, "holder": "b"}) == auditor.key(one) != auditor.key({**one, "holder": "banks"})
    assert auditor.key({**one, "holder": "CHN:a"}) != auditor.key(one)
