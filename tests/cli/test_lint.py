"""`creditor lint` ends with 0 where all is well, 1 where there is a fault, 2 where nothing is."""

from __future__ import annotations

import json
import shutil

from creditor.terms.library import ROOT


def test_the_shipped_folder(call):
    done = call("lint", "USA")
    assert done.code == 0 and done.out.startswith("USA: 0 faults, ") and not done.err


def test_a_damaged_folder(call, tmp_path):
    folder = shutil.copytree(ROOT / "countries" / "USA", tmp_path / "USA")
    text = (folder / "claims.csv").read_text("utf-8").replace(",1659,", ",-1659,")
    (folder / "claims.csv").write_text(text, "utf-8")
    done = call("lint", folder)
    assert done.code == 1 and "claims.csv:3" in done.out and "[C109]" in done.out
    told = json.loads(call("lint", folder, "--json").out)
    assert set(told) == {"path", "faults", "findings"} and told["path"] == "USA"
    assert str(tmp_path) not in json.dumps(told)


def test_a_bad_ledger_and_a_good_one(call, book):
    done = call("lint", book("holder,issuer,amount\nann,s,x\n"))
    assert done.code == 1 and "book.csv:2" in done.out
    assert call("lint", book("holder,issuer,amount\nann,s,1\n")).code == 0


def test_nothing_there(call, tmp_path):
    done = call("lint", tmp_path / "none")
    assert done.code == 2 and "[C101]" in done.err
