"""CSV keeps full precision, says unit and source, and starts no formula in a spreadsheet."""

import csv
import io

import pytest

from creditor.export.csvfile import safe, snake, to_csv
from creditor.terms.answer import Answer, Sheet
from creditor.terms.provenance import Origin
from creditor.terms.table import column
from creditor.terms.units import SHARE, money


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_full_precision_units_and_sources(answer):
    text = to_csv(answer)
    rows = read(text)
    assert list(rows[0]) == [
        "holder",
        "holder_title",
        "amount",
        "amount_unit",
        "share",
        "share_unit",
        "source",
        "vintage",
        "grade",
    ]
    sheet = answer.sheets[0]
    for row, label in zip(rows, sheet.labels, strict=True):
        assert row["holder"] == label
        for table, name in zip(sheet.columns, ("amount", "share"), strict=True):
            assert float(row[name]) == table.at(holder=label)
    assert rows[1]["grade"] == "C" and rows[0]["vintage"] == "2031-02-30"
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")


def test_one_unit_stands_once_and_absent_is_empty():
    table = column("Amount", "owner", {"a": float("nan"), "b": 1 / 3}, money("USD"))
    text = to_csv(Answer("", (Sheet("s", "S", (table,)),)))
    assert (
        text == "owner,amount,unit,source,vintage,grade\r\na,,USD bn,,,\r\nb,0.3333333333333333,USD bn,,,\r\n"
    )


def test_names_that_clash_are_numbered():
    one = column("Unit", "source", {"a": 1.0}, SHARE)
    header = to_csv(Answer("", (Sheet("s", "S", (one, one)),))).splitlines()[0].split(",")
    assert header == ["source_2", "unit_2", "unit_3", "unit", "source", "vintage", "grade"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_a_formula(start):
    label = start + 'HYPERLINK("x")'
    table = column("Amount", "holder", {label: -1.5}, money("USD"), titles={label: start + "SUM(A1)"})
    origins = {label: Origin(start + "cmd", start + "x", "A")}
    row = read(to_csv(Answer("", (Sheet("s", "S", (table,), origins),))))[0]
    for name in ("holder", "holder_title", "source", "vintage"):
        assert row[name].startswith("'")
    assert row["amount"] == "-1.5"


def test_quotes_and_commas_come_back():
    label = 'Banks, "other"'
    table = column("Amount", "holder", {label: 1.0}, money("USD"))
    assert read(to_csv(Answer("", (Sheet("s", "S", (table,)),))))[0]["holder"] == label


def test_no_sheet_is_no_text():
    assert to_csv(Answer("Nobody.")) == ""


def test_names():
    assert snake("Anteil am Ganzen (%)") == "anteil_am_ganzen"
    assert snake("%") == "value"
    assert safe("Banks") == "Banks"
