"""No row of a table is lost, whatever is wrong with it."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.records import records_of


def test_rows_with_line_breaks_comments_and_blank_lines():
    header, rows = records_of('# schema 1\nID,Text\r\n1,"a\nb"\r\n\r\n2,c\r\n', "x.csv")
    assert header == ("id", "text") and [row.fields for row in rows] == [("1", "a\nb"), ("2", "c")]
    assert [row.line for row in rows] == [3, 6] and not any(row.trouble for row in rows)


@pytest.mark.parametrize(
    "bad", ['2,"open', '2,a"b"c,"', "2", "2,a,b", "2," + "x" * 200_000, '2,"a" b'], ids=range(6)
)
def test_a_broken_row_costs_itself_only(bad):
    _, rows = records_of(f"id,text\n1,a\n{bad}\n3,c\n4,d\n", "x.csv")
    assert [row.fields[0] for row in rows] == ["1", "2", "3", "4"]
    assert [bool(row.trouble) for row in rows] == [False, True, False, False]
    assert rows[1].trouble.code == "C106" and rows[1].trouble.where == "x.csv:3"


def test_separators_of_other_kinds_stay_in_their_field():
    _, rows = records_of("id,text\n1,a\u2028b\x0bc\x85d\n2,e\n", "x.csv")
    assert [row.fields for row in rows] == [("1", "a\u2028b\x0bc\x85d"), ("2", "e")]


def test_a_file_without_header():
    for text in ("", "\n\n", "# only a comment\n"):
        with pytest.raises(InputError) as caught:
            records_of(text, "x.csv")
        assert caught.value.codes == ("C102",)


def test_ten_megabytes_on_one_line_are_one_row():
    _, rows = records_of("id,text\n1," + "x" * 10_000_000 + "\n2,b\n", "x.csv")
    assert [row.fields[0] for row in rows] == ["1", "2"] and rows[0].trouble
