"""Texts read as statements: every form of the language, places, hostile texts, a quick start."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from creditor.equations import statements as s
from creditor.equations.expressions import Binary, Call, Convert, Name, Negative, Number, Place, Sum
from creditor.equations.parse import LIMIT, MOST, parse, parse_expression, read_model_text
from creditor.equations.show import to_text
from creditor.errors import InputError
from creditor.terms.library import ROOT

MODELS = sorted((ROOT / "models").glob("*.model"))
A, B, X = Name("a"), Name("b"), s.Spot("x")


def one(text: str) -> s.Statement:
    (statement,) = parse(text)
    return statement


def codes(text: str) -> tuple[str, ...]:
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value.codes


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_model_of_the_library_is_read_and_written_back(path: Path) -> None:
    statements = parse(read_model_text(path), path.name)
    assert statements
    assert parse("\n".join(map(to_text, statements))) == statements


FORMS = {
    "dimension country = N, S": s.Dimension("country", ("N", "S")),
    "dimension debtor as country": s.Dimension("debtor", (), "country"),
    'sector firms[country] "who produce"': s.Sector(s.Spot("firms", ("country",)), "who produce"),
    "currency of country worth rate": s.Currency("country", "rate"),
    "currency of world = USD": s.Currency("world", "USD"),
    "claim bonds[m]: gov[d] owes banks[c], funds at price where d <> c": s.ClaimOf(
        s.Spot("bonds", ("m",)),
        s.Spot("gov", ("d",)),
        (s.Spot("banks", ("c",)), s.Spot("funds")),
        "price",
        Binary("<>", Name("d"), Name("c")),
    ),
    "asset capital: firms at price": s.Asset(s.Spot("capital"), (s.Spot("firms"),), "price"),
    "asset land: firms, banks[N]": s.Asset(s.Spot("land"), (s.Spot("firms"), s.Spot("banks", ("N",)))),
    "transaction w: a -> b for gold = x": s.Transaction(
        "w", s.Spot("a"), s.Spot("b"), value=Name("x"), asset="gold"
    ),
    "transaction w: a -> b": s.Transaction("w", s.Spot("a"), s.Spot("b")),
    "transaction w: a[c] -> b[d] adds capital where c <> d = b": s.Transaction(
        "w",
        s.Spot("a", ("c",)),
        s.Spot("b", ("d",)),
        "",
        True,
        Binary("<>", Name("c"), Name("d")),
        B,
    ),
    "transaction i on bills = a(-1) * b": s.Transaction(
        "i", claim="bills", value=Binary("*", Name("a", (), 1), B)
    ),
    "hold x by a = b": s.Hold(X, s.Spot("a"), B),
    "hold x by a worth b": s.Hold(X, s.Spot("a"), B, True),
    "hold x by a where d == c = settled": s.Hold(
        X, s.Spot("a"), None, False, Binary("==", Name("d"), Name("c"))
    ),
    "write off x = a": s.WriteOff(X, A),
    "redeem x where a == b = a at 1": s.Redeem(X, A, Number(1), Binary("==", A, B)),
    "let x[N] = a": s.Let(s.Spot("x", ("N",)), A),
    'given x = 0.05 in -1 .. .2 unit 1/year source cbo_2024_05 grade A "rate"': s.Given(
        X, Number(0.05), -1.0, 0.2, "1/year", "cbo_2024_05", "A", "rate"
    ),
    "find x so that a = b": s.Find(X, A, B),
    "start x = -3": s.Start(X, Negative(Number(3))),
    "start total x = 3": s.Start(X, Number(3), True),
    "set x = 2 from 5": s.Change(X, Number(2), 5),
    "set x = 2 from 5 to 9": s.Change(X, Number(2), 5, 9),
    "shock x = 2 from 5 to 9": s.Change(X, Number(2), 5, 9),
    "check a = b": s.Check(A, "=", B),
    "check a[N] >= 0": s.Check(Name("a", ("N",)), ">=", Number(0)),
    "extends pc": s.Extends("pc"),
    "frequency quarterly from 2025Q4": s.Frequency("quarterly", "2025Q4"),
    "frequency yearly": s.Frequency("yearly"),
    "report x, a[N]": s.Report((X, s.Spot("a", ("N",)))),
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_statement(text: str) -> None:
    assert one(text) == FORMS[text]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a - b - 1", Binary("-", Binary("-", A, B), Number(1))),
        ("a + b * 2", Binary("+", A, Binary("*", B, Number(2)))),
        ("-a^2", Negative(Binary("^", A, Number(2)))),
        ("a^b^2", Binary("^", A, Binary("^", B, Number(2)))),
        ("2^-a", Binary("^", Number(2), Negative(A))),
        ("-a * b", Binary("*", Negative(A), B)),
        ("a or b and a", Binary("or", A, Binary("and", B, A))),
        ("a + 1 < b", Binary("<", Binary("+", A, Number(1)), B)),
        ("a(-1)", Name("a", (), 1)),
        ("a[-2]", Name("a", (), 2)),
        ("a[N, b](-1)", Name("a", ("N", "b"), 1)),
        ("abs(-1)", Call("abs", (Negative(Number(1)),))),
        ("max(a, b, 3)", Call("max", (A, B, Number(3)))),
        ("if(a, b, 0)", Call("if", (A, B, Number(0)))),
        ("sum(a over d, e where d <> e)", Sum(A, ("d", "e"), Binary("<>", Name("d"), Name("e")))),
        ("a + a * b in N", Binary("+", A, Convert(Binary("*", A, B), "N"))),
        ("a in # whose\n N in world", Convert(Convert(A, "N"), "world")),
        ("inn - in_a", Binary("-", Name("inn"), Name("in_a"))),
        ("((a))", A),
        ("1e-3 # a remark", Number(0.001)),
        ("source_of + units", Binary("+", Name("source_of"), Name("units"))),
    ],
)
def test_expressions(text: str, tree) -> None:
    assert parse_expression(text) == tree


def test_a_list_gives_one_statement_for_each_item() -> None:
    assert parse("given a = 1, b[N] = 2 'x'".replace("'", '"')) == [
        s.Given(s.Spot("a"), Number(1)),
        s.Given(s.Spot("b", ("N",)), Number(2), text="x"),
    ]
    assert [type(node) for node in parse("sector a, b start x = 1, y = 2")] == [s.Sector] * 2 + [s.Start] * 2
    assert [(c.first, c.last) for c in parse("set a = 1, b = 2 from 5 to 9, c = 3 from 1")] == [
        (5, 9),
        (5, 9),
        (1, None),
    ]


def test_places_are_those_of_the_text() -> None:
    (let,) = parse("# remark\n\nlet x =\n   a +\n   b", "m.model")
    assert (let.place, let.value.place, let.value.right.place) == (
        Place("m.model", 3, 5),
        Place("m.model", 4, 4),
        Place("m.model", 5, 4),
    )
    (let,) = parse("\ufefflet a = 1\r\nlet b = 2".replace("let a = 1\r\n", "\r\n"))
    assert let.place.line == 2


def test_line_breaks_mean_nothing() -> None:
    text = "let x = a let y = b set z = 1 from 2 to 3 check a = b"
    assert parse(text) == parse(text.replace(" ", "\n"))


def test_names_are_only_names() -> None:
    text = "let __class__ = __import__ + eval(-1) + unit_1"
    assert to_text(one(text)) == text


# --- hostile texts
@pytest.mark.parametrize("opening", ["(", "-", "abs(", "a ^ ", "a + ", "if(a, "])
def test_what_is_nested_too_deep_is_refused_by_name(opening: str) -> None:
    closing = {"(": ")", "abs(": ")", "if(a, ": ", b)"}.get(opening, "")
    for depth in (3_000, 100_000):
        assert codes("let x = " + opening * depth + "a" + closing * depth) == ("E604",)
    fine = "let x = " + opening * 90 + "a" + closing * 90
    assert parse(to_text(one(fine))) == parse(fine)


@pytest.mark.parametrize(
    "text",
    [
        "let a=1\n" * 125_000,
        "let " * 250_000,
        "let x = " + "(" * 1_000_000,
        "let x = max(" + "1, " * 330_000 + "1)",
        '"' * 1_000_000,
        "\0" * 1_000_000,
        "let a=*1\n" * 111_000,
    ],
    ids=["good", "unfinished", "brackets", "arguments", "quotes", "nul", "bad"],
)
def test_a_million_letters_take_seconds(text: str) -> None:
    begin = time.perf_counter()
    try:
        parse(text)
    except InputError as error:
        assert len(error.troubles) <= MOST
    assert time.perf_counter() - begin < 30


def test_texts_that_are_no_models() -> None:
    for text in ("", "  \n", "# only a remark"):
        assert codes(text) == ("C102",)
        with pytest.raises(InputError, match="C102"):
            parse_expression(text)
    assert codes("x" * (LIMIT + 1)) == ("C105",)
    assert codes("let x = a\0") == ("E603",)
    assert codes("let x = 1e999") == ("E606",)
    assert codes("let x = \uff11") == ("E603",)
    assert codes("set x = 1 from " + "0" * 9_999) == ("E606",)
    for text in ("a let b", "a = b", "a\nb", "let", "let x = 1", "a;"):
        with pytest.raises(InputError) as caught:
            parse_expression(text)
        assert len(caught.value.troubles) == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.model"
    for content, code in ((b"let x = 1\nlet \xff", "C103"), (b"#" * (LIMIT + 1), "C105"), (None, "C101")):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputError, match=code):
            read_model_text(path)
    with pytest.raises(InputError, match="C101"):
        read_model_text(tmp_path)
    path.write_bytes(b"\xef\xbb\xbflet x = 1\rlet y = 2")
    assert read_model_text(path) == "let x = 1\nlet y = 2"
