"""The CSV reader reports every trouble of a file at once, each with its code, line, cause and mend."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError, MissingError, Troubles
from creditor.terms.csvfile import library_file, parse_number, read_csv

REQUIRED = ("holder", "issuer", "amount")
HEAD = "holder,issuer,amount\n"


@pytest.fixture
def book(tmp_path):
    """Writes bytes or text to book.csv and reads it."""

    def read(content, required=REQUIRED, optional=("note",), **options):
        path = tmp_path / "book.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_csv(path, required, optional, **options)

    return read


def found(result):
    return [(trouble.code, trouble.where) for trouble in result.troubles.items]


def only(result):
    (trouble,) = result.troubles.items
    return trouble


def read_amounts(result):
    result.numbers("amount", lambda row: parse_number(row["amount"], row.where, "amount", result.troubles))
    return result


def refused(call):
    with pytest.raises(InputError) as caught:
        call()
    (trouble,) = caught.value.troubles
    return trouble


# --- rows and lines
def test_rows_carry_their_fields_and_lines(book):
    result = book("# schema 1\n\n" + HEAD + "a, b ,1\n# between\n\nc,d,2\n", schema=True)
    assert result.columns == REQUIRED
    assert [(row.line, row.where, row["issuer"]) for row in result.finish()] == [
        (4, "book.csv:4", "b"),
        (7, "book.csv:7", "d"),
    ]
    assert result.rows[0].get("note") == ""
    with pytest.raises(KeyError):
        result.rows[0]["nowhere"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(book, end):
    rows = book(end.join(["holder,issuer,amount", "a,b,1", "c,d,2", ""])).finish()
    assert [(row.line, row["amount"]) for row in rows] == [(2, "1"), (3, "2")]


def test_a_byte_order_mark_and_capitals_in_the_header_do_not_matter(book):
    assert book(b"\xef\xbb\xbfHolder,ISSUER,Amount\na,b,1\n").finish()[0]["holder"] == "a"
    assert book(b"\xef\xbb\xbf# schema 1\n" + HEAD.encode() + b"a,b,1\n", schema=True).finish()


def test_quoted_fields_keep_commas_line_ends_and_number_signs(book):
    text = HEAD + '"a\n# not a comment\n\nx",b,1\n"c, d","say ""e""",2\ng, "h, i",3\n'
    rows = book(text).finish()
    assert [(row.line, row["holder"]) for row in rows] == [
        (2, "a\n# not a comment\n\nx"),
        (6, "c, d"),
        (7, "g"),
    ]
    assert [row["issuer"] for row in rows] == ["b", 'say "e"', "h, i"]


def test_a_trouble_below_a_quoted_line_end_has_the_right_line(book):
    result = book(HEAD + '"a\nb",c,1\nd,e\n# x\n"f\r\ng",h,"1,5"\n')
    assert found(read_amounts(result)) == [("C106", "book.csv:4"), ("C108", "book.csv:6")]


@pytest.mark.parametrize("letter", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_only_real_line_ends_end_a_line(book, letter):
    rows = book(f"{HEAD}a{letter}b,c,1\nd,e,2\n").finish()
    assert [(row.line, row["holder"]) for row in rows] == [(2, f"a{letter}b"), (3, "d")]


@given(st.lists(st.lists(st.text(alphabet='ab ,"\n#é', max_size=5), min_size=3, max_size=3), max_size=5))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, table):
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([REQUIRED, *table])
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    result = read_csv(path, REQUIRED)
    wanted = [[cell.strip() for cell in row] for row in table]
    assert [[row[name] for name in REQUIRED] for row in result.rows] == [row for row in wanted if any(row)]
    assert {trouble.code for trouble in result.troubles.items} <= {"C102"}


# --- stray quotation marks
def test_an_open_quotation_mark_does_not_swallow_the_rest_of_the_file(book):
    result = read_amounts(book(HEAD + 'a,b,1\nc,"d,2\ne,f,x\ng,h,4\n'))
    assert found(result) == [("C106", "book.csv:3"), ("C107", "book.csv:4")]
    assert "quotation mark" in result.troubles.items[0].what
    assert [row["holder"] for row in result.rows] == ["a", "e", "g"]


def test_text_after_a_closing_quotation_mark_is_a_trouble(book):
    result = book(HEAD + '"a"x,b,1\nc,d,2\n')
    assert found(result) == [("C106", "book.csv:2")]
    assert [row["holder"] for row in result.rows] == ["c"]


def test_an_endless_field_is_a_trouble_and_the_next_line_is_read(book):
    result = book(HEAD + f"{'a' * 200_000},b,1\nc,d,2\n")
    assert found(result) == [("C106", "book.csv:2")]
    assert only(result).what == "a field is too long"
    assert len(result.rows) == 1


# --- files that cannot be read at all
def test_a_missing_file_names_its_neighbours(tmp_path):
    (tmp_path / "holders.csv").write_text(HEAD)
    (tmp_path / "other.txt").write_text("")
    trouble = refused(lambda: read_csv(tmp_path / "holder.csv", REQUIRED))
    assert (trouble.code, trouble.what) == ("C101", "no such file")
    assert trouble.where == str(tmp_path / "holder.csv")
    assert trouble.mend == "did you mean holders.csv?"
    assert refused(lambda: read_csv(tmp_path / "no" / "x.csv", REQUIRED)).mend == "check the path"


def test_a_folder_and_an_impossible_path_are_refused(tmp_path):
    trouble = refused(lambda: read_csv(tmp_path, REQUIRED))
    assert (trouble.code, trouble.why) == ("C101", "it is a folder")
    assert refused(lambda: read_csv(tmp_path / "a\0b.csv", REQUIRED)).code == "C101"
    (tmp_path / "x.csv").write_text("")
    assert refused(lambda: read_csv(tmp_path / "x.csv" / "y.csv", REQUIRED)).code == "C101"


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_not(book):
    text = HEAD + "a,b,1\n"
    assert book(text, limit_mb=len(text) / 1e6).finish()
    trouble = refused(lambda: book(text + "c,d,2\n" * 200_000, limit_mb=1))
    assert (trouble.code, trouble.where) == ("C105", "book.csv")
    assert (trouble.what, trouble.why) == ("the file has 1.2 MB", "the limit is 1 MB")
    assert "--max-mb" in trouble.mend


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused_with_the_header_to_write(book, content):
    trouble = refused(lambda: book(content))
    assert (trouble.code, trouble.where) == ("C102", "book.csv")
    assert trouble.mend == "begin with the header holder,issuer,amount"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_and_spreadsheets_are_one_trouble(book, codec):
    trouble = refused(lambda: book((HEAD + "a,b,1\n").encode(codec)))
    assert (trouble.code, trouble.where, trouble.mend) == ("C103", "book.csv:1", "save it as CSV in UTF-8")
    assert refused(lambda: book(b"PK\x03\x04\x14\x00\x06\x00")).code == "C103"


def test_only_a_header_and_only_comments_are_told_apart(book):
    assert [only(book(text)).code for text in (HEAD, "# schema 1\n# x\n")] == ["C102", "C102"]
    assert only(book(HEAD)).what == "the file has a header and no row"
    assert only(book("# a\n")).what == "the file has only comments"
    assert found(book(HEAD, schema=True)) == [("C114", "book.csv:1"), ("C102", "book.csv")]


# --- bytes
def test_each_line_that_is_not_utf_8_is_named_and_the_rest_is_still_checked(book):
    content = b"\xef\xbb\xbfholder,issuer,amount\nCura\xe7ao,b,1\nC\xc3\xb4te,b,x\n\xff,b,\xa03\n"
    result = read_amounts(book(content))
    assert found(result) == [("C103", "book.csv:2"), ("C103", "book.csv:4"), ("C107", "book.csv:3")]
    assert result.troubles.items[0].what == "byte 0xe7 at position 5 is not UTF-8"
    assert result.troubles.items[0].why == "in Latin-1 it would be 'ç'"
    assert [row["holder"] for row in result.rows] == ["Curaçao", "Côte", "ÿ"]


def test_a_wrong_byte_beside_a_byte_order_mark_is_the_one_named(book):
    result = book(b"\xef\xbb\xbfholder,issuer,amount,\xe9\na,b,1,x\n")
    assert result.troubles.items[0].what == "byte 0xe9 at position 22 is not UTF-8"


def test_nul_bytes_are_no_text(book):
    result = book(HEAD.encode() + b"a,b,1\nc\0,d,2\n")
    assert found(result) == [("C103", "book.csv:3")]
    assert only(result).what == "byte 0x00 at position 2"


# --- headers
def test_missing_and_unknown_columns_are_matched(book):
    result = book("hodler,amount\na,x\n")
    assert found(read_amounts(result)) == [
        ("C104", "book.csv:1"),
        ("C104", "book.csv:1"),
        ("C113", "book.csv:1"),
        ("C107", "book.csv:2"),
    ]
    holder, issuer, unknown, _ = result.troubles.items
    assert (holder.what, holder.mend) == ("column 'holder' is missing", "rename 'hodler' to 'holder'")
    assert (issuer.why, issuer.mend) == (
        "the header is hodler,amount",
        "begin with the header holder,issuer,amount",
    )
    assert unknown.mend == "did you mean 'holder'? otherwise remove it"
    assert result.rows[0]["issuer"] == ""


def test_a_column_that_is_there_twice_in_two_spellings(book):
    result = book("holder,issuer,amount,Holder\na,b,1,c\n")
    assert (only(result).code, only(result).what) == ("C110", "column 'holder' occurs twice")


def test_columns_without_a_name_are_one_trouble(book):
    result = book("holder,issuer,amount,,\na,b,1,,\n")
    assert (only(result).code, only(result).what) == ("C113", "a column has no name")
    assert only(result).mend == "remove it, or use one of: holder, issuer, amount, note"


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_separator_is_one_trouble(book, sign, name):
    text = (HEAD + "a,b,1\n").replace(",", sign) + f"c{sign}d{sign}1,5\n"
    trouble = only(book(text))
    assert (trouble.code, trouble.where) == ("C104", "book.csv:1")
    assert trouble.what == f"columns holder, issuer, amount are missing: the fields are separated by {name}"
    assert trouble.mend.startswith(f"separate the fields with commas, not {name}")


@pytest.mark.parametrize("first", ["", "# schema 2\n", "# a comment\n", "# schema 1,,,\n"])
def test_the_schema_comes_first(book, first):
    trouble = only(book(first + HEAD + "a,b,1\n", schema=True))
    assert (trouble.code, trouble.where, trouble.mend) == ("C114", "book.csv:1", "write '# schema 1'")


# --- rows
def test_every_trouble_of_a_file_in_one_error(book):
    result = book(HEAD + 'a,b,"1,234.5"\nc,d,1,234.5\ne,f,"1,5"\na,b,2\n,g,x\nh,i\nj,k,l,m\nn,o,\n')
    result.require(("holder", "issuer"))
    result.check_unique(("holder", "issuer", "instrument"))
    with pytest.raises(InputError) as caught:
        read_amounts(result).finish()
    assert {(trouble.where, trouble.code) for trouble in caught.value.troubles} == {
        ("book.csv:2", "C108"),
        ("book.csv:3", "C108"),
        ("book.csv:4", "C108"),
        ("book.csv:5", "C110"),
        ("book.csv:6", "C112"),
        ("book.csv:6", "C107"),
        ("book.csv:7", "C106"),
        ("book.csv:8", "C106"),
        ("book.csv:9", "C112"),
    }


def test_a_row_with_too_few_or_too_many_fields_says_how_many(book):
    short, grouped, long = book(HEAD + "1,234\na,1,234.5,c\na,b,c,d\n").troubles.items
    assert (short.code, short.what, short.why) == ("C106", "2 fields", "the header has 3 fields")
    assert short.mend == "add the missing fields; an empty one is two commas in a row"
    assert (grouped.code, grouped.what) == ("C108", "4 fields; a number may have a thousands separator")
    assert (long.code, long.mend[:35]) == ("C106", "write numbers without thousands sep")


def test_a_repeated_key_names_the_earlier_line(book):
    result = book(HEAD + "a,b,1\nc,b,2\na,b,3\na,b,4\n")
    result.check_unique(("holder", "issuer"))
    assert found(result) == [("C110", "book.csv:4"), ("C110", "book.csv:5")]
    assert result.troubles.items[0].what == "repeats holder 'a', issuer 'b'"
    assert result.troubles.items[1].why == "line 2 has the same key"


def test_a_missing_key_column_does_not_make_every_row_a_repetition(book):
    result = book("holder,amount\na,1\na,2\n")
    result.check_unique(("issuer",))
    result.check_unique(("holder", "issuer"))
    result.require(("issuer",))
    assert {trouble.code for trouble in result.troubles.items} == {"C104"}


def test_required_fields_are_reported_line_by_line(book):
    result = book(HEAD + ",b,1\n,,2\n")
    result.require(("holder", "issuer", "note"))
    assert [(t.where, t.what) for t in result.troubles.items] == [
        ("book.csv:2", "holder is empty"),
        ("book.csv:3", "holder is empty"),
        ("book.csv:3", "issuer is empty"),
    ]
    assert {trouble.code for trouble in result.troubles.items} == {"C112"}


# --- numbers
def number(text):
    troubles = Troubles()
    value = parse_number(text, "x.csv:2", "amount", troubles)
    assert (value is None) == bool(troubles.items)
    return value if value is not None else troubles.items[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("3", 3), ("-3", -3), ("+3.", 3), (".5", Fraction(1, 2)), ("-0", 0), ("0.10", Fraction(1, 10))),
        *(("1e3", 1000), ("1E-2", Fraction(1, 100)), ("37637.55349493561", Fraction("37637.55349493561"))),
    ],
)
def test_numbers_are_read_exactly(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("1,234.5", "write 1234.5"),
        ("1,234", "write 1234, or 1.234 if the comma is the decimal mark"),
        ("1,234,567", "write 1234567"),
        ("-1'234.5", "write -1234.5"),
        ("1\u202f234", "write 1234"),
        ("1.234.567", "write 1234567"),
        ("1,5", "write 1.5"),
        ("1.234,5", "write 1234.5"),
        ("1 234,5", "write 1234.5"),
    ],
)
def test_separators_and_decimal_commas_say_what_to_write(text, mend):
    trouble = number(text)
    assert (trouble.code, trouble.where, trouble.mend) == ("C108", "x.csv:2", mend)
    assert trouble.why


@pytest.mark.parametrize(
    "text", ["x", "1.2.3", "--1", "1e", "nan", "inf", "1_000", "٣", "１２", "1/3", "$5", "1e999", "9" * 5000]
)
def test_what_is_no_number_is_a_trouble(text):
    trouble = number(text)
    assert (trouble.code, trouble.where) == ("C107", "x.csv:2")
    assert len(trouble.what) < 100


def test_an_empty_amount_is_not_zero():
    trouble = number("")
    assert (trouble.code, trouble.why) == ("C112", "an empty field is not zero")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_any_decimal_is_read_exactly(value):
    assert number(f"{value:f}") == Fraction(value)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_one_trouble(text):
    number(text)


def test_a_library_file_must_be_there(tmp_path):
    (tmp_path / "a.csv").write_text("")
    assert library_file(tmp_path, "a.csv") == tmp_path / "a.csv"
    with pytest.raises(MissingError) as caught:
        library_file(tmp_path, "b.csv")
    assert caught.value.troubles[0].where == f"{tmp_path.name}/b.csv"
    assert caught.value.codes == ("C101",)
