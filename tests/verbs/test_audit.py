"""An audit counts claims by verdict, cites what is touched, and leaves ordinary debt alone."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.terms.library import ROOT
from creditor.verbs.audit import audit

BOOK = """holder,issuer,instrument,amount,currency,holder_economy,issuer_economy
households,state,debt_securities,10,CNY,CHN,CHN
households,issuer,stablecoin_tokens,2,USD,CHN,CHN
funds,vehicle,stablecoin_tokens,3,CNY,SGP,HKG
"""


def test_what_is_touched_is_cited(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(BOOK, "utf-8")
    payload = audit(path).payload
    assert payload["claims"] == 3 and payload["verdicts"]["not_covered"] == {"claims": 1, "amount": 10.0}
    kinds = {(kind["verdict"], tuple(kind["articles"])) for kind in payload["kinds"]}
    assert ("prohibited", ("I(d)", "I(i)", "I(m)")) in kinds
    open_ = next(kind for kind in payload["kinds"] if kind["verdict"] == "undetermined")
    assert "I(n)" in open_["articles"] and "consent" in open_["missing"]


def test_the_american_ledger_is_not_the_notices_business():
    payload = audit(ROOT / "countries" / "USA" / "claims.csv").payload
    assert payload["verdicts"]["not_covered"]["claims"] / payload["claims"] > 0.99


def test_a_row_may_say_more_than_the_claim(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(
        "holder,issuer,amount,activity,object,actor_type,actor_place,place,counterparty_place\n"
        "bank,fund,1,collateral,virtual-currency product,financial institution,domestic,domestic,domestic\n",
        "utf-8",
    )
    (kind,) = audit(path).payload["kinds"]
    assert kind["articles"] == ["VI(c)"] and kind["side"] == "holder"


def test_published_totals_are_no_claims(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("holder,issuer,amount\ntotal,state,3\na,state,3\n", "utf-8")
    assert audit(path).payload["claims"] == 1


def test_amounts_and_columns_that_cannot_be_read(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("holder,issuer,amount\na,b,x\n", "utf-8")
    assert [finding.code for finding in audit(path).findings if finding.code] == ["C107"]
    path.write_text("holder,issuer,amount,plase\na,b,1,x\n", "utf-8")
    with pytest.raises(InputError) as caught:
        audit(path)
    assert caught.value.codes == ("C113",) and "place" in str(caught.value)


def test_holders_by_name_share_an_answer_and_a_row(tmp_path):
    path = tmp_path / "book.csv"
    rows = [f"h{n},tokens,stablecoin_tokens,{n},USD,SGP,HKG\n" for n in range(1, 41)]
    path.write_text(
        "holder,issuer,instrument,amount,currency,holder_economy,issuer_economy\n"
        + "".join(rows)
        + "h1,state,debt_securities,5,USD,SGP,HKG\nh2,state,debt_securities,5,USD,SGP,HKG\n",
        "utf-8",
    )
    answer = audit(path)
    assert [kind["holder"] for kind in answer.payload["kinds"]] == [f"h{n}" for n in range(1, 41)]
    assert [kind["amount"] for kind in answer.payload["kinds"]] == list(range(1, 41))
    assert answer.payload["verdicts"]["not_covered"] == {"claims": 2, "amount": 10.0}
    (row,) = next(grid for grid in answer.grids if grid.name == "kinds").rows
    assert row[1] == "40 holders (overseas)" and row[3] == "40"


def test_a_sector_in_the_name_or_behind_a_code_is_one(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(
        "holder,issuer,instrument,amount,currency\n"
        "CHN:households,CHN:x,crypto_assets,1,USD\nCHN:banks,CHN:x,crypto_assets,1,USD\n",
        "utf-8",
    )
    assert [kind["holder"] for kind in audit(path).payload["kinds"]] == ["households", "banks"]
