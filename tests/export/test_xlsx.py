"""The workbook holds numbers as numbers, texts as texts, and is the same bytes each time."""

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from creditor.errors import InputError
from creditor.export.xlsx import workbook_bytes, write_xlsx
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.table import column
from creditor.terms.units import SHARE, money, parse_unit

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def open_book(data):
    book = zipfile.ZipFile(io.BytesIO(data))
    parts = {
        name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")
    }
    names = [sheet.get("name") for sheet in parts["xl/workbook.xml"].iter(MAIN + "sheet")]
    texts = ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"].iter(MAIN + "si")]
    pages = {}
    for place, name in enumerate(names, start=1):
        cells = {}
        for cell in parts[f"xl/worksheets/sheet{place}.xml"].iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if value is not None:
                cells[cell.get("r")] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
        pages[name] = cells
    return pages, parts


def test_numbers_texts_and_about(answer):
    pages, parts = open_book(workbook_bytes(answer))
    assert list(pages) == ["holders", "final", "about"]
    holders = pages["holders"]
    assert [holders[f"{letter}1"] for letter in "ABCDEF"] == [
        "holder",
        "Amount (USD bn)",
        "Share",
        "grade",
        "source",
        "vintage",
    ]
    sheet = answer.sheets[0]
    for line, label in enumerate(sheet.labels, start=2):
        assert holders[f"A{line}"] == sheet.title_of(label)
        assert holders[f"B{line}"] == sheet.columns[0].at(holder=label)
        assert holders[f"C{line}"] == pytest.approx(sheet.columns[1].at(holder=label), rel=1e-15)
    about = " ".join(str(value) for value in pages["about"].values())
    for words in (answer.story, "Custody chains", "Treasury of Erehwon", "0123456789abcdef"):
        assert words in about
    assert parts["xl/worksheets/sheet1.xml"].find(f".//{MAIN}pane").get("state") == "frozen"


def test_absent_numbers_are_empty_cells(answer):
    pages, _ = open_book(workbook_bytes(answer))
    assert pages["final"]["A7"] == "Not allocated" and "B7" not in pages["final"]


def test_assumptions_are_filled_and_shares_are_percentages(answer):
    _, parts = open_book(workbook_bytes(answer))
    styles = ElementTree.tostring(parts["xl/styles.xml"], encoding="unicode")
    assert "FBE9D0" in styles and "0.0%" in styles and "#,##0.0" in styles


def test_the_same_bytes_and_no_time_of_making(answer):
    data = workbook_bytes(answer)
    assert workbook_bytes(answer) == data
    book = zipfile.ZipFile(io.BytesIO(data))
    assert {item.date_time[0] for item in book.infolist()} == {1980}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT", book.read("docProps/core.xml"))) == {b"1980-01-01T"}


def test_texts_start_no_formula():
    table = column("=1+1", "holder", {"=cmd": 1.0, "http://x": 2.0}, money("USD"))
    pages, parts = open_book(workbook_bytes(Answer("=SUM(A1)", (Sheet("s", "S", (table,)),))))
    assert pages["s"]["A2"] == "=cmd" and pages["s"]["A3"] == "http://x"
    for part in parts.values():
        assert part.find(f".//{MAIN}f") is None and part.find(f".//{MAIN}hyperlink") is None


def test_names_of_sheets_are_made_valid():
    table = column("x", "holder", {"a": 1.0}, SHARE)
    percent = column("x", "holder", {"a": 1.0}, parse_unit("percent of GDP"))
    names = ["about", "a/b:c", "A" * 40, "a" * 40, "History", ""]
    sheets = tuple(Sheet(name, "S", (table, percent)) for name in names)
    pages, _ = open_book(workbook_bytes(Answer("", sheets)))
    assert len(pages) == 7 and all(len(name) <= 31 for name in pages)
    assert len({name.casefold() for name in pages}) == 7


def test_file_is_written_and_trouble_has_a_code(tmp_path, answer):
    write_xlsx(answer, tmp_path / "answer.xlsx")
    assert (tmp_path / "answer.xlsx").read_bytes() == workbook_bytes(answer)
    with pytest.raises(InputError, match="U502"):
        write_xlsx(answer, tmp_path / "none" / "answer.xlsx")


def test_numbers_behind_a_grid_are_numbers_at_full_precision():
    rows = (("a", "1,234.57", "", "–"), ("b", "<0.01", "−2", "1.2e-05"))
    values = ((None, 1234.56789, None, None), (None, 1e-5, -2.0, 1.23e-5))
    grid = Grid("g", "G", ("", "x", "y", "z"), rows, values=values)
    pages, parts = open_book(workbook_bytes(Answer("A story.", grids=(grid,))))
    cells = pages["g"]
    assert (cells["B2"], cells["B3"], cells["C3"], cells["D3"]) == (1234.56789, 1e-5, -2.0, 1.23e-5)
    assert cells["A2"] == "a" and cells["D2"] == "–"
    formats = [entry.get("formatCode") for entry in parts["xl/styles.xml"].iter(MAIN + "numFmt")]
    assert "#,##0.00" in formats or any(
        style.get("numFmtId") == "4" for style in parts["xl/styles.xml"].iter(MAIN + "xf")
    )
