"""`creditor audit` on the command line."""

from __future__ import annotations

import json


def test_a_ledger(call, book):
    ledger = book("holder,issuer,instrument,amount\nhouseholds,state,debt_securities,3\n")
    done = call("audit", ledger, "--regime", "notice42")
    assert done.code == 0 and "1 claim of 1 is not covered" in " ".join(done.out.split())
    assert json.loads(call("audit", ledger, "--json").out)["claims"] == 1


def test_a_file_that_is_too_large(call, book):
    ledger = book("holder,issuer,amount\n" + "a,b,1\n" * 300)
    done = call("audit", ledger, "--max-mb", 0.001)
    assert done.code == 2 and "[C105]" in done.err
