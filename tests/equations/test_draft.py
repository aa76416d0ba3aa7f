"""Drafts: statements sorted by kind, what an extension replaces, and what is stated twice."""

from __future__ import annotations

import pytest

from creditor.equations.draft import Draft, draft, key_of
from creditor.equations.parse import parse
from creditor.errors import InputError


def made(text: str, **others: str) -> Draft:
    texts = {name: parse(other, f"{name}.model") for name, other in others.items()}
    return draft(parse(text, "m.model"), lambda name, file: texts[name])


def refused(text: str, **others: str) -> InputError:
    with pytest.raises(InputError) as caught:
        made(text, **others)
    return caught.value


def test_every_kind_of_statement_has_its_place() -> None:
    got = made(
        "dimension c = N, S dimension d as c sector a[c], b[c] currency of c worth e claim k: a owes b at p "
        "asset h: b transaction t: a -> b hold k by b = 1 write off k = 0 redeem k = 0 at 1 let x = 1 given e[c] = 1 "
        "find p[c] so that p = 1 start x = 1 set e = 2 from 3 check x = 1 frequency quarterly report x"
    )
    assert got.dims.bases == {"c": "c", "d": "c"} and got.dims.labels == {"c": ("N", "S")}
    assert list(got.sectors) == ["a", "b"] and list(got.claims) == ["k"] and list(got.assets) == ["h"]
    assert list(got.transactions) == ["t"] and got.frequency is not None
    lists = (got.currencies, got.holds, got.write_offs, got.redeems, got.lets, got.givens, got.finds)
    assert [len(kept) for kept in (*lists, got.starts, got.changes, got.checks, got.reports)] == [1] * 11


@pytest.mark.parametrize(
    "twice",
    [
        "let x = 1\nlet x = 2",
        "let x = 1\ngiven x = 2",
        "given x = 1\nfind x so that x = 2",
        "dimension c = N, S given x[c] = 1\ngiven x = 2",
        "sector a\nclaim a: b owes c",
        "transaction t: a -> b\ntransaction t: b -> a",
        "hold k by b = 1\nhold k by b = 2",
        "hold k by b where c == d = 1\nhold k by b where c == d = 2",
        "write off k = 1\nwrite off k = 2",
        "redeem k = 1 at 2\nredeem k = 1 at 3",
        "start x = 1\nstart x = 2",
        "start total x = 1\nstart total x = 2",
        "dimension c = N\ndimension c = S",
        "dimension c = N currency of c worth e\ncurrency of c worth f",
        "frequency quarterly\nfrequency annual",
    ],
)
def test_what_is_stated_twice_in_one_text(twice: str) -> None:
    error = refused(twice)
    assert error.codes == ("E612",)
    assert error.troubles[0].where == "m.model:2"
    assert error.troubles[0].what.endswith("is stated twice (first at line 1)")


@pytest.mark.parametrize(
    "text",
    [
        "let x[N] = 1 let x[S] = 1",
        "start x = 1 start total x = 1",
        "write off k = 1 redeem k = 1 at 1",
        "hold k by a = 1 hold k by b = 2",
        "hold k by a = 1 hold k by a where c == N = 2",
        "check x = 1 check x = 1",
        "set x = 1 from 2 set x = 1 from 3",
    ],
)
def test_what_is_about_different_things(text: str) -> None:
    made(text)


def test_all_troubles_are_told_at_once() -> None:
    error = refused("let x = 1 let x = 2 dimension c = N, N let y = 1 let y = 2 dimension d as e")
    assert error.codes == ("E612", "E612", "E612", "E610")


def test_a_later_text_replaces_and_says_so() -> None:
    base = (
        "given a = 1\nlet b = a\ntransaction t: x -> y = b\nhold k by y = 1\nstart k = 1\nclaim k: x owes y"
    )
    own = "extends base\nlet a = 2\ngiven b = 3\ntransaction t: y -> x\nhold k by y = 2\nstart k = 2\nclaim k: y owes x"
    got = made(own, base=base)
    assert got.replaced == [
        "a: base.model:1 is replaced at m.model:2",
        "b: base.model:2 is replaced at m.model:3",
        "t: base.model:3 is replaced at m.model:4",
        "hold k by y: base.model:4 is replaced at m.model:5",
        "k: base.model:5 is replaced at m.model:6",
        "k: base.model:6 is replaced at m.model:7",
    ]
    assert [statement.spot.name for statement in (*got.givens, *got.lets)] == ["b", "a"]
    assert len(got.gone) == 6 and len(got.holds) == len(got.starts) == 1
    assert got.transactions["t"].value is None and got.claims["k"].issuer.name == "y"


def test_labels_currencies_and_frequencies_are_replaced_aloud_too() -> None:
    base = "dimension c = N, S\ncurrency of c worth e\nfrequency annual"
    got = made("extends base\ndimension c = N, S, W\ncurrency of c worth f\nfrequency quarterly", base=base)
    assert [text.split(":")[0] for text in got.replaced] == ["c", "currency of c", "Frequency"]
    assert got.dims.of("c") == ("N", "S", "W")
    assert [currency.worth for currency in got.currencies] == ["f"]
    assert got.frequency is not None and got.frequency.name == "quarterly"


def test_names_of_dimensions_in_brackets_narrow_nothing() -> None:
    got = made("extends base\nlet x = 2\nlet x[N] = 3", base="dimension c = N, S\nlet x[c] = 1")
    assert got.replaced == ["x: base.model:2 is replaced at m.model:2"]


def test_layers_stand_in_order_and_the_text_itself_last() -> None:
    got = made(
        "let x = 9 extends one extends two", one="let x = 1 let y = 1", two="let x = 2 let y = 2 let z = 2"
    )
    values = {let.spot.name: let.value.value for let in got.lets}
    assert values == {"x": 9.0, "y": 2.0, "z": 2.0}


def test_what_two_texts_extend_is_read_once_and_undoes_nothing() -> None:
    got = made(
        "extends one extends two",
        one="extends base let x = 1",
        two="extends base let y = 2",
        base="let x = 0 let y = 0",
    )
    assert {let.spot.name: let.value.value for let in got.lets} == {"x": 1.0, "y": 2.0}
    assert len(got.replaced) == 2


def test_a_circle_of_extensions_is_named() -> None:
    error = refused("extends one", one="let x = 1\nextends two", two="extends one")
    assert error.codes == ("E618",)
    assert error.troubles[0].where == "two.model:1"
    assert error.troubles[0].what == "extends one goes round in a circle: one -> two -> one"


def test_extends_needs_something_to_load_with() -> None:
    with pytest.raises(InputError, match="E618"):
        draft(parse("extends one"))


def test_statements_without_a_thing_have_no_key() -> None:
    check, change = parse("check x = 1 set x = 1 from 2")
    assert key_of(check) is key_of(change) is None
