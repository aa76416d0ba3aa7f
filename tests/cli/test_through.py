"""`creditor through` answers about a user's file, and a bad file gives every trouble at once."""

from __future__ import annotations

import json
import os

import pytest

GOOD = "holder,issuer,amount\nfund,state,10\nann,fund,3\nbob,fund,1\n"


def test_json_is_debt_and_holders(call, book):
    done = call("through", book(GOOD), "--debt-of", "state", "--json")
    assert done.code == 0 and not done.err
    assert json.loads(done.out) == {"debt": 10.0, "holders": {"ann": 7.5, "bob": 2.5}}


def test_json_with_cases(call, book):
    text = "case,holder,issuer,amount\nx,ann,state,1\ny,bob,state,2\n"
    done = call("through", book(text), "--debt-of", "state", "--json")
    assert json.loads(done.out) == {
        "x": {"debt": 1.0, "holders": {"ann": 1.0}},
        "y": {"debt": 2.0, "holders": {"bob": 2.0}},
    }


def test_the_options_reach_the_verb(call, book):
    text = "holder,issuer,amount\ncb,s,5\nfund,cb,4\nann,fund,1\nbob,s,5\nfirm,s,2\nx,firm,1\n"
    path = book(text)

    def owners(*words):
        return json.loads(call("through", path, "--debt-of", "s", "--json", *words).out)["holders"]

    assert set(owners()) == {"ann", "bob", "x"}
    assert set(owners("--final", "firm, fund")) == {"fund", "bob", "firm"}
    assert set(owners("--through", "cb,fund")) == {"ann", "bob", "firm"}
    assert owners("--consolidate", "cb")["ann"] == 4.0
    assert owners("--total", "20")["UNALLOCATED"] == 8.0
    assert owners("--negative-equity", "fund=N-b", "--negative-equity", "cb=N-b") == owners()


def test_a_finding_goes_to_standard_error_beside_json(call, book):
    done = call(
        "through", book(GOOD + "loop,state,1\nloop2,loop,1\nloop,loop2,1\n"), "--debt-of", "state", "--json"
    )
    assert done.code == 0 and "[L403]" in done.err
    assert json.loads(done.out)["holders"]["UNALLOCATED"] == 1.0


def test_all_troubles_come_at_once_with_file_line_cause_and_mend(call, book):
    text = (
        b"holder,issuer,amount,currency,period\n"
        b'ann,state,"1,000",USD,2025Q3\n'
        b"bob,state,-3,USD,2025Q3\n"
        b"carl,state,4,EUR,2025Q3\n"
        b"carl,state,5,USD,2025Q5\n"
        b"carl,state,4,EUR,2025Q3\n"
        b"ren\xe9e,state,6,USD,2025Q3\n"
        b"dan,,7,USX,2025Q3\n"
        b"eve,state,8\n"
        b"fay,state,many,USD,2025Q3\n"
    )
    done = call("through", book(text), "--debt-of", "state", "--json")
    assert done.code == 2 and not done.out
    found = {line.split(": ")[0]: line for line in done.err.splitlines() if line.startswith("book.csv:")}
    wanted = {2: "C108", 3: "C109", 5: "T204", 6: "C110", 7: "C103", 8: "C112", 9: "C106", 10: "C107"}
    for line, code in wanted.items():
        place = f"book.csv:{line}"
        assert any(code in x for x in done.err.splitlines() if x.startswith(f"{place}: ")), (place, code)
    assert "[C111]" in done.err and "[T205]" in done.err
    assert len(found) >= 8 and done.err.count("mend:") >= len(found)
    assert "write 1000" in done.err


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("holder,amount\nann,1\n", "C104", ["'issuer' is missing", "holder,issuer,amount"]),
        ("holder,isuer,amount\nann,s,1\n", "C104", ["rename 'isuer' to 'issuer'"]),
        ("holder;issuer;amount\nann;s;1\n", "C104", ["semicolons"]),
        ('holder,issuer,amount\nann,s,"12,345.5"\n', "C108", ["write 12345.5"]),
        ("holder,issuer,amount\nann,s,12,345.5\n", "C108", ["thousands separator"]),
        (
            "holder,issuer,amount,currency\nann,s,1,USD\nbob,s,1,EUR\n",
            "C111",
            ["book.csv:3", "line 2 has USD"],
        ),
        ("holder,issuer,amount\nann,s,1\nann,s,2\n", "C110", ["book.csv:3", "line 2 has the same key"]),
        ("holder,issuer,amount\nann,s,-1\n", "C109", ["swap holder and issuer"]),
        ("holder,issuer,amount,period\nann,s,1,2025Q5\n", "T204", ["2025Q1 to 2025Q4"]),
        ("", "C102", ["the file is empty", "begin with the header"]),
        ("holder,issuer,amount\n", "C102", ["no row"]),
        ("holder,issuer,amount,colour\nann,s,1,red\n", "C113", ["'colour' is not known"]),
    ],
)
def test_each_bad_file(call, book, text, code, told):
    done = call("through", book(text), "--debt-of", "s")
    assert done.code == 2 and not done.out and f"[{code}]" in done.err
    assert all(part in done.err for part in told), done.err
    assert "book.csv" in done.err and "Traceback" not in done.err


def test_a_file_above_the_limit(call, book):
    path = book("holder,issuer,amount\nann,s,1\n")
    os.truncate(path, 50_000_000)
    done = call("through", path, "--debt-of", "s")
    assert done.code == 2 and "50.0 MB" in done.err and "limit is 32 MB" in done.err and "[C105]" in done.err
    small = book(GOOD, "small.csv")
    assert call("through", small, "--debt-of", "state", "--max-mb", "0.00001").code == 2
    assert call("through", small, "--debt-of", "state", "--max-mb", "1").code == 0
    assert call("through", small, "--debt-of", "state", "--max-mb", "0").code == 2


def test_a_file_that_is_not_there(call, book):
    path = book(GOOD)
    done = call("through", path.with_name("bok.csv"), "--debt-of", "state")
    assert done.code == 2 and "[C101]" in done.err and "book.csv" in done.err


def test_holders_above_the_total_as_in_the_article(call, book):
    text = "holder,issuer,amount\nFed,US,6.7\ntrust funds,US,7\nprivate,US,24\nforeigners,US,8.5\n"
    for words, body in ((["--total", "38"], text), ([], text + "total,US,38\n")):
        done = call("through", book(body), "--debt-of", "US", *words, "--json")
        assert done.code == 2 and not done.out and "[L401]" in done.err
        assert "8.2 too much" in done.err and "private (24) contains foreigners (8.5)" in done.err


def test_names_that_are_not_there(call, book):
    path = book(GOOD)
    assert call("through", path, "--debt-of", "stat").code == 2
    done = call("through", path, "--debt-of", "ann")
    assert done.code == 3 and "[L404]" in done.err
    done = call("through", path, "--debt-of", "state", "--through", "fnd", "--final", "bobb")
    assert done.code == 2 and "2 troubles" in done.err and "did you mean fund" in done.err
    done = call("through", path, "--debt-of", "state", "--through", "fund", "--final", "fund")
    assert done.code == 2 and "[L408]" in done.err


def test_nothing_is_written_half(call, book, tmp_path):
    path = book("holder,issuer,amount\nann,s,-1\n")
    done = call(
        "through", path, "--debt-of", "s", "--html", tmp_path / "x.html", "--xlsx", tmp_path / "x.xlsx"
    )
    assert done.code == 2 and sorted(p.name for p in tmp_path.iterdir()) == ["book.csv"]


def test_an_amount_beyond_floating_point_has_no_solution(call, book):
    done = call("through", book("holder,issuer,amount\nann,s,1e-330\n"), "--debt-of", "s")
    assert done.code in (2, 4) and "Traceback" not in done.err and not done.out
