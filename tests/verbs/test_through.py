"""Through answers about a ledger of one's own, exactly, case by case, and refuses what does not add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.verbs.through import through

CHAIN = "holder,issuer,amount\nfund,state,10\nann,fund,3\nbob,fund,1\n"
ARTICLE = "holder,issuer,amount\nFederal Reserve,US,6.7\ntrust funds,US,7\nprivate,US,24\nforeigners,US,8.5\n"
Write = Callable[[str], Path]


@pytest.fixture
def book(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "claims.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def holders(path: Path, **options) -> dict[str, float]:
    return dict(through(path, **{"debt_of": "state", **options}).payload["holders"])


def test_the_payload_is_debt_and_holders_alone(book):
    answer = through(book(CHAIN), debt_of="state")
    assert answer.payload == {"debt": 10.0, "holders": {"ann": 7.5, "bob": 2.5}}
    assert json.loads(to_json(answer.payload)) == answer.payload
    assert answer.exit_code == 0 and not answer.findings


def test_with_cases_there_is_one_payload_for_each(book):
    text = "case,holder,issuer,amount\nnow,fund,state,2\nnow,ann,fund,3\nlater,bob,state,1\n"
    answer = through(book(text), debt_of="state")
    assert answer.payload == {
        "now": {"debt": 2.0, "holders": {"ann": 2.0}},
        "later": {"debt": 1.0, "holders": {"bob": 1.0}},
    }
    assert [sheet.name for sheet in answer.sheets] == ["cases", "holders-now", "chains-now", "holders-later"]
    assert answer.sheets[0].labels == ("now: ann", "later: bob")
    one = through(book("case,holder,issuer,amount\nnow,ann,state,2\n"), debt_of="state").payload
    assert one == {"now": {"debt": 2.0, "holders": {"ann": 2.0}}}


def test_an_empty_case_column_is_no_case(book):
    text = "case,holder,issuer,amount\n,ann,state,2\n"
    assert through(book(text), debt_of="state").payload == {"debt": 2.0, "holders": {"ann": 2.0}}


def test_a_row_without_a_case_beside_others_is_refused(book):
    with pytest.raises(InputError) as caught:
        through(book("case,holder,issuer,amount\nnow,ann,state,2\n,bob,state,2\n"), debt_of="state")
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("C112", "claims.csv:3")


def test_cases_may_have_currencies_of_their_own_and_each_shows_its_own(book):
    text = "case,holder,issuer,amount,currency\na,ann,state,2,USD\nb,bob,state,1,EUR\n"
    answer = through(book(text), debt_of="state")
    assert "USD 2.0" in answer.story and "EUR 1.0" in answer.story
    units = {sheet.name: str(sheet.columns[0].unit) for sheet in answer.sheets}
    assert units == {"cases": "", "holders-a": "USD", "holders-b": "EUR"}


def test_amounts_keep_a_digit_without_a_currency(book):
    answer = through(book(CHAIN), debt_of="state")
    assert answer.sheets[0].columns[0].text(holder="ann") == "7.5"


def test_full_precision(book):
    thirds = "holder,issuer,amount\nfund,state,1\na,fund,1\nb,fund,1\nc,fund,1\n"
    assert holders(book(thirds)) == dict.fromkeys("abc", float(Fraction(1, 3)))
    far = "holder,issuer,amount\nann,state,0.1\nbob,state,0.2\ncarl,state,1e-9\n"
    found = through(book(far), debt_of="state").payload
    assert found["debt"] == float(Fraction("0.1") + Fraction("0.2") + Fraction("1e-9"))


@pytest.mark.parametrize("leak", ["1", "1e-6", "1e-12"])
def test_a_nearly_closed_cycle_is_exact(book, leak):
    text = f"holder,issuer,amount\na,state,1\nb,a,1\na,b,1\nann,b,{leak}\nbob,a,{leak}\n"
    q = Fraction(leak)
    passing_a = 1 / (1 - 1 / (1 + q) ** 2)  # a gives b the share 1 / (1 + q), and so does b to a
    bob = passing_a * q / (1 + q)
    found = holders(book(text))
    assert found["bob"] == pytest.approx(float(bob), rel=1e-12)
    assert found["ann"] == pytest.approx(float(1 - bob), rel=1e-12)


def test_who_is_looked_through(book):
    text = "holder,issuer,amount\nfund,state,4\nfirm,fund,1\nfund,firm,1\nann,firm,1\nbob,fund,1\n"
    path = book(text)
    assert set(holders(path)) == {"ann", "bob"}
    assert holders(path, through=["fund"]) == {"firm": 2.0, "bob": 2.0}
    assert holders(path, final=["firm"]) == {"firm": 2.0, "bob": 2.0}
    assert holders(path, final=["fund"]) == {"fund": 4.0}
    assert holders(path, through=[]) == {"fund": 4.0}


def test_a_closed_group_is_not_allocated_and_told(book):
    answer = through(book("holder,issuer,amount\na,state,3\nb,a,1\na,b,1\nann,state,1\n"), debt_of="state")
    assert answer.payload["holders"] == {"ann": 1.0, "UNALLOCATED": 3.0}
    (finding,) = answer.findings
    assert finding.code == "L403" and {"a", "b"} <= set(finding.place.split(", "))


def test_a_central_bank_is_consolidated_or_looked_through_with_the_same_owners(book):
    text = "holder,issuer,amount\ncb,state,5\nbanks,cb,3\nann,cb,2\nann,banks,1\nbob,banks,3\nbob,state,5\n"
    path = book(text)
    assert holders(path, consolidated="cb") == holders(path)
    assert holders(path, consolidated="cb", through=["banks", "cb"]) == holders(path)
    assert holders(path, consolidated="cb", final=["cb"]) == holders(path)
    assert "cb" in holders(path, final=["cb"])


def test_consolidation_changes_the_debt_by_what_is_netted(book):
    text = "holder,issuer,amount\ncb,state,5\nann,cb,4\nstate,cb,2\nbob,state,5\n"
    answer = through(book(text), debt_of="state", consolidated="cb")
    assert answer.payload == {"debt": 9.0, "holders": {"bob": 5.0, "ann": 4.0}}


def test_negative_equity_needs_a_rule_that_is_known(book):
    text = "holder,issuer,amount\nfund,state,8\nann,fund,10\nfirm,state,2\n"
    path = book(text)
    pro_rata = through(path, debt_of="state", negative_equity=["fund=N-b"])
    assert pro_rata.payload["holders"] == {"ann": 8.0, "firm": 2.0}
    assert "80.0 %" in pro_rata.findings[0].sentence
    liable = through(path, debt_of="state", negative_equity=["fund=N-a:firm"])
    assert liable.payload["holders"] == {"ann": 8.0, "firm": 2.0}, "a sponsor keeps what it holds"
    for rule in ("fund=N-c", "fund=N-a", "fund", "nobody=N-b"):
        with pytest.raises(InputError) as caught:
            through(path, debt_of="state", negative_equity=[rule])
        assert caught.value.codes[0] in ("L405", "L402")


def test_a_declared_total_leaves_a_rest(book):
    answer = through(book(CHAIN), debt_of="state", total="12.5")
    assert answer.payload == {"debt": 12.5, "holders": {"ann": 7.5, "bob": 2.5, "UNALLOCATED": 2.5}}
    assert answer.findings[0].code == "F304"
    row = through(book(CHAIN + "total,state,12.5\n"), debt_of="state")
    assert row.payload == answer.payload
    over = through(book(CHAIN + "total,state,99\n"), debt_of="state", total="12.5")
    assert over.payload == answer.payload, "the option comes first"


@pytest.mark.parametrize("total", ["38", ""])
def test_holders_above_the_total_are_refused_with_what_may_contain_what(book, total):
    path = book(ARTICLE if total else ARTICLE + "total,US,38\n")
    with pytest.raises(InputError) as caught:
        through(path, debt_of="US", total=total)
    (trouble,) = caught.value.troubles
    assert trouble.code == "L401" and trouble.where == ("--total" if total else "claims.csv:6")
    assert "46.2" in trouble.what and "38" in trouble.what
    assert "private (24) contains foreigners (8.5)" in trouble.why
    assert "trust" not in trouble.why  # that reading would still exceed the total


@pytest.mark.parametrize(("total", "code"), [("1,000", "C108"), ("lots", "C107"), ("-5", "C109")])
def test_a_total_that_is_no_amount(book, total, code):
    with pytest.raises(InputError) as caught:
        through(book(CHAIN), debt_of="state", total=total)
    assert caught.value.codes == (code,) and caught.value.troubles[0].where == "--total"


def test_names_that_are_not_there(book):
    path = book(CHAIN)
    with pytest.raises(InputError) as caught:
        through(path, debt_of="states")
    assert caught.value.codes == ("L402",) and "state" in caught.value.troubles[0].mend
    with pytest.raises(MissingError):
        through(path, debt_of="ann")
    with pytest.raises(InputError) as caught:
        through(path, debt_of="state", through=["fnd"], final=["an"])
    assert caught.value.codes == ("L402", "L402")
    with pytest.raises(InputError) as caught:
        through(path, debt_of="state", consolidated="cb")
    assert caught.value.codes == ("L402",)


def test_every_case_that_fails_is_named(book):
    text = "case,holder,issuer,amount\na,ann,state,2\nb,bob,stat,1\nc,state,x,1\n"
    with pytest.raises(InputError) as caught:
        through(book(text), debt_of="state")
    assert [t.where for t in caught.value.troubles] == ["case b, issuer", "case c, issuer"]
    assert caught.value.codes == ("L402", "L404")


def test_a_debt_of_nothing(book):
    answer = through(book("holder,issuer,amount\nann,state,0\n"), debt_of="state")
    assert answer.payload["debt"] == 0.0
    assert answer.story == "The debt of state is 0.0."


def test_the_answer_has_chains_a_picture_and_a_certificate(book):
    answer = through(book(CHAIN), debt_of="state")
    assert answer.sheets[1].labels == ("state → fund → ann", "state → fund → bob")
    assert "2 final owners, the largest ann" in answer.story
    assert answer.figures[0]["title"] == "Final owners of the debt of state"
    assert answer.certificate["ledger"]["conservation"] <= 1e-12
    assert set(answer.provenance.as_dict()) == {"library_hash", "version"}


def test_random_ledgers_agree_with_exact_fractions(book):
    import random

    draw = random.Random(7)
    for _ in range(5):
        names = [f"k{i}" for i in range(6)]
        rows = {(h, i): draw.randint(1, 999) for h in names for i in names if h != i and draw.random() < 0.6}
        rows |= {(f"p{j}", i): draw.randint(1, 99) for i in names for j in range(2)}
        rows |= {(h, "state"): draw.randint(1, 99) for h in [*names, "p0"]}
        text = "holder,issuer,amount\n" + "".join(f"{h},{i},{x}\n" for (h, i), x in rows.items())
        found, exact = holders(book(text)), exactly(rows, names)
        assert set(found) == set(exact)
        for name, amount in exact.items():
            assert found[name] == pytest.approx(float(amount), rel=1e-12)


def exactly(rows: dict[tuple[str, str], int], names: list[str]) -> dict[str, Fraction]:
    """Take the intermediaries out one after the other, in fractions."""
    left = {key: Fraction(amount) for key, amount in rows.items()}
    for name in names:
        owners = {h: x for (h, i), x in left.items() if i == name and h != name}
        whole = sum(owners.values())
        for (holder, issuer), amount in list(left.items()):
            if holder == name and issuer != name:
                for owner, part in owners.items():
                    key = (owner, issuer)
                    left[key] = left.get(key, Fraction(0)) + amount * part / whole
        left = {(h, i): x for (h, i), x in left.items() if name not in (h, i) and h != i}
    return {holder: amount for (holder, issuer), amount in left.items() if issuer == "state"}
