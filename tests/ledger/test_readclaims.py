"""Reading a user's ledger: what is in it, and every trouble at once with file, line, cause and mend."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import Claim
from creditor.ledger.readclaims import Case, read_cases, read_claim
from creditor.terms.csvfile import read_csv

Read = Callable[..., dict[str, Case]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(text: str | bytes, **options: float) -> dict[str, Case]:
        path = tmp_path / "book.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_cases(path, **options)

    return reading


@pytest.fixture
def troubles(read: Read) -> Callable[..., tuple[Trouble, ...]]:
    def found(text: str | bytes, **options: float) -> tuple[Trouble, ...]:
        with pytest.raises(InputError) as error:
            read(text, **options)
        return error.value.troubles

    return found


def test_claims_keep_what_the_file_says(read) -> None:
    text = (
        "holder,issuer,amount,instrument,currency,period,source,vintage,grade,note\n"
        "# a comment\n"
        'a,state,"0.1",bonds,USD,2025Q4,"Z.1, L.210",2026-03-19,C,hello\n'
        "total,state,0.1,,USD,2025Q4,,,,\n"
    )
    case = read(text)[""]
    (claim,) = case.ledger
    assert (claim.holder, claim.issuer, claim.amount, claim.instrument) == (
        "a",
        "state",
        Fraction(1, 10),
        "bonds",
    )
    assert (claim.currency, claim.period, claim.where) == ("USD", "2025Q4", "book.csv:3")
    assert (claim.origin.source, claim.origin.vintage, claim.grade) == ("Z.1, L.210", "2026-03-19", "C")
    assert case.totals == {"state": ("0.1", Fraction(1, 10), "book.csv:4")}
    assert case.printed == {"state": ["0.1"]} and case.unknown == []


def test_cases_are_ledgers_of_their_own(read) -> None:
    found = read("case,holder,issuer,amount,currency\none,a,s,1,USD\ntwo,a,s,2,JPY\none,b,s,3,USD\n")
    assert {name: case.ledger.debt_of("s") for name, case in found.items()} == {"one": 4, "two": 2}
    assert found["two"].ledger.currency == "JPY"


def test_totals_of_issuers_and_holders_by_instrument(read) -> None:
    case = read(
        "holder,issuer,amount,instrument\na,s,1,bills\nTotal,s,3.25,bills\ntotal,s,4.5,bonds\n"
        "total,t,9,\ntotal,t,5,bonds\na,total,7,\na,TOTAL,2,bills\n"
    )[""]
    assert case.totals == {"s": ("4.5", Fraction(31, 4), "book.csv:3"), "t": ("9", Fraction(9), "book.csv:5")}
    assert case.by_issuer == {("s", "bills"): 3.25, ("s", "bonds"): 4.5, ("t", ""): 9, ("t", "bonds"): 5}
    assert case.by_holder == {("a", ""): 7, ("a", "bills"): 2}
    assert case.ledger.names == ["a", "s"]


def test_unknown_cells_are_collected(read) -> None:
    case = read("holder,issuer,amount,instrument,grade\na,s,?,bonds,B\nb,s,0,bonds,\ntotal,s,3,bonds,\n")[""]
    assert case.unknown == [("a", "s", "bonds")]
    assert [claim.holder for claim in case.ledger] == ["b"]
    assert (case.blanks[0].where, case.blanks[0].grade) == ("book.csv:2", "B")


HEAD = "holder,issuer,amount"
FULL = "case,holder,issuer,amount,currency,period,grade"
WRONG = {
    "no column": ("holder,amount\na,1\n", "C104", "book.csv:1", "issuer"),
    "semicolons": ("holder;issuer;amount\na;s;1\n", "C104", "book.csv:1", "commas"),
    "other column": (f"{HEAD},colour\na,s,1,red\n", "C113", "book.csv:1", "remove"),
    "thousands": (f'{HEAD}\na,s,"1,234"\n', "C108", "book.csv:2", "1234"),
    "thousands, no quotes": (f"{HEAD}\na,s,1,234\n", "C108", "book.csv:2", "thousands"),
    "decimal comma": (f'{HEAD}\na,s,"1,5"\n', "C108", "book.csv:2", "1.5"),
    "a word": (f"{HEAD}\na,s,many\n", "C107", "book.csv:2", "digits"),
    "no amount": (f"{HEAD}\na,s,\n", "C112", "book.csv:2", "unknown is absent"),
    "no holder": (f"{HEAD}\n,s,1\n", "C112", "book.csv:2", "holder"),
    "no issuer": (f"{HEAD}\na,,1\n", "C112", "book.csv:2", "issuer"),
    "negative": (f"{HEAD}\n# c\na,s,-1\n", "C109", "book.csv:3", "swap holder and issuer"),
    "negative total": (f"{HEAD}\na,s,1\ntotal,s,-1\n", "C109", "book.csv:3", "swap"),
    "unknown total": (f"{HEAD}\na,s,1\ntotal,s,?\n", "C107", "book.csv:3", "leave the row out"),
    "total of all": (f"{HEAD}\na,s,1\ntotal,total,1\n", "C112", "book.csv:3", "name the issuer"),
    "two totals": (f"{HEAD}\na,s,1\ntotal,s,1\nTOTAL,s,1\n", "C110", "book.csv:4", "keep one"),
    "repeated": (f"{HEAD}\na,s,1\na,s,2\n", "C110", "book.csv:3", "one row"),
    "known and unknown": (f"{HEAD}\na,s,1\na,s,?\n", "C110", "book.csv:3", "one row"),
    "two currencies": (f"{FULL}\n,a,s,1,USD,,\n,b,s,1,EUR,,\n", "C111", "book.csv:3", "exchange rate"),
    "total in another": (f"{FULL}\n,a,s,1,USD,,\n,total,s,1,EUR,,\n", "C111", "book.csv:3", "exchange rate"),
    "two periods": (f"{FULL}\n,a,s,1,,2024,\n,a,s,1,,2025,\n", "F305", "book.csv:3", "own case"),
    "period": (f"{FULL}\n,a,s,1,,2025Q5,\n", "T204", "book.csv:2", ""),
    "grade": (f"{FULL}\n,a,s,1,,,D\n", "T209", "book.csv:2", "assumption"),
    "grade of the unknown": (f"{FULL}\n,a,s,?,,,D\n", "T209", "book.csv:2", "assumption"),
    "currency": (f"{FULL}\n,a,s,1,USX,,\n", "T205", "book.csv:2", "USD"),
    "nothing": ("", "C102", "book.csv", "header"),
    "only blanks": (" \n\n", "C102", "book.csv", "header"),
    "only a header": (f"{HEAD}\n", "C102", "book.csv", "at least one row"),
    "Latin-1": (f"{HEAD}\nm\xfcller,s,1\n".encode("latin-1"), "C103", "book.csv:2", "UTF-8"),
}


@pytest.mark.parametrize(("text", "code", "where", "mend"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_where_what_and_how_to_mend_it(troubles, text, code, where, mend) -> None:
    (trouble,) = troubles(text)
    assert (trouble.code, trouble.where) == (code, where)
    assert trouble.what and mend in f"{trouble.mend} {trouble.what}"


def test_all_troubles_come_together_in_one_error(troubles) -> None:
    rows = [
        ",a,s,-1,USD,,",
        ',b,s,"1,000",USD,,',
        ",c,s,1,EUR,2025Q9,E",
        ",d,s,1,USD,,",
        ",d,s,1,USD,,",
        ",,s,x,QQQ,,",
    ]
    found = troubles("\n".join([FULL, *rows]).encode("latin-1") + b"\n,\xe9,s,1,,,\n")
    assert sorted(trouble.code for trouble in found) == sorted(
        ["C103", "C109", "C108", "T204", "T209", "C111", "C111", "C110", "C112", "C107", "T205"]
    )
    assert all(
        trouble.where.startswith("book.csv:") and trouble.mend for trouble in found if trouble.code != "T204"
    )


def test_the_size_is_limited_and_can_be_raised(read, troubles) -> None:
    text = f"{HEAD}\n" + "".join(f"holder {i},s,1\n" for i in range(100))
    (trouble,) = troubles(text, limit_mb=0.001)
    assert trouble.code == "C105" and "--max-mb" in trouble.mend
    assert len(read(text, limit_mb=0.01)[""].ledger) == 100


def test_a_folder_and_no_file_are_refused(tmp_path) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(InputError) as error:
            read_cases(path)
        assert error.value.codes == ("C101",)


def test_one_row_can_be_read_alone(tmp_path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("holder,issuer,amount,set\na,s,2,Z1\nb,s,?,Z1\n")
    book = read_csv(path, ["holder", "issuer", "amount"], ["set"])
    first, second = (read_claim(book, row) for row in book.rows)
    assert isinstance(first, Claim) and (first.amount, first.set_name) == (2, "Z1")
    assert second is None and [trouble.code for trouble in book.troubles.items] == ["C107"]
