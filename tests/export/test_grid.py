"""Tables of words on every surface: whole words, escaped, and taken for a formula by no spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from creditor.export.csvfile import to_csv
from creditor.export.html import to_html
from creditor.export.text import to_text
from creditor.export.xlsx import workbook_bytes
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.table import column
from creditor.terms.units import money

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "a & b",
    "[bold]no markup[/bold]",
    ":smile:",
    "\x1b[31mred\x07",
]
PLAIN = Grid("names", "Names", ("name", "what"), (("a", "first"), ("b", "second thing")), "Two of them.")
EVIL = Grid("evil", "<b>Evil</b>", ("=name", "what"), tuple((text, text) for text in HOSTILE), "<i>note</i>")
WIDE = Grid(
    "wide",
    "Wide",
    ("", *(f"sector_number_{i}" for i in range(12))),
    tuple((f"row_{r}", *(f"+claim_{r}_{i}[sector_number_{i}]" for i in range(12))) for r in range(4)),
)


def answer(*grids: Grid, **more) -> Answer:
    return Answer("A story.", grids=grids, **more)


def pages(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def words_of(page: str, shared: str) -> list[str]:
    """Texts of a worksheet in order."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    strings = ["".join(t.text or "" for t in si.iter(f"{space}t")) for si in ElementTree.fromstring(shared)]
    cells = ElementTree.fromstring(page).iter(f"{space}c")
    return [strings[int(cell.find(f"{space}v").text)] for cell in cells if cell.get("t") == "s"]


# --- text
def test_text_shows_title_note_headings_and_rows():
    lines = to_text(answer(PLAIN), 80).splitlines()
    place = lines.index("Names")
    assert lines[place + 1] == "Two of them."
    assert re.fullmatch(r" name +what", lines[place + 3])
    assert [line.split() for line in lines[place + 5 : place + 7]] == [
        ["a", "first"],
        ["b", "second", "thing"],
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 400])
def test_text_fits_and_loses_no_word(width):
    text = to_text(answer(WIDE), width)
    assert max(len(line) for line in text.splitlines()) <= width
    for row in (WIDE.columns, *WIDE.rows):
        for cell in row:
            assert cell in text or width < 60, cell
    assert len(re.findall(r"^ row_3", text, re.M)) == len(re.findall(r"^ row_0", text, re.M)) >= 1


@pytest.mark.parametrize("width", [40, 60, 80])
def test_long_sentences_are_wrapped_between_words(width):
    sentence = "every word of this sentence stays whole because there is room for each of them"
    grid = Grid("s", "S", ("name", "text", "place"), (("a_name", sentence, "model:12"),))
    text = to_text(answer(grid), width)
    found = re.sub(r"\s+", " ", text)
    assert all(word in found.split(" ") for word in [*sentence.split(), "a_name", "model:12"])
    assert max(len(line) for line in text.splitlines()) <= width


def test_indentation_is_kept():
    rows = (("a", "x"), ("├─ b", "x"), ("│  └─ c", "x"))
    lines = to_text(answer(Grid("t", "T", ("name", "what"), rows)), 80).splitlines()
    assert [line[1:9].rstrip() for line in lines if line.endswith("x")] == ["a", "├─ b", "│  └─ c"]


def test_text_has_no_control_characters_and_no_markup():
    text = to_text(answer(EVIL), 100)
    assert "\x1b" not in text and "\x07" not in text
    assert "[bold]no markup[/bold]" in text and ":smile:" in text


def test_empty_grids_are_no_failure():
    empty = Grid("e", "Empty", ("a", "b"), ())
    nothing = Grid("n", "Nothing", (), ())
    assert "Empty" in to_text(answer(empty, nothing), 60)
    assert to_csv(answer(empty)) == "a,b\r\n"
    assert "Empty" in to_html(answer(empty, nothing)) and workbook_bytes(answer(empty, nothing))[:2] == b"PK"


# --- HTML
def test_html_is_escaped():
    page = to_html(answer(EVIL, title="T"))
    assert "<script" not in page and "<img" not in page and "<b>Evil" not in page and "<i>note" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "{{ 7 * 7 }}" in page and "a &amp; b" in page


def test_html_rows_headings_and_indentation():
    page = to_html(answer(PLAIN, Grid("t", "T", ("n",), (("│  └─ c",),))))
    assert '<th scope="col">name</th><th scope="col">what</th>' in page
    assert '<th scope="row">b</th><td>second thing</td>' in page
    assert "│  └─ c" in page and ".words th,.words td{white-space:pre-wrap}" in page
    assert page.count('<table class="words') == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


# --- XLSX
def test_xlsx_has_texts_only():
    parts = pages(workbook_bytes(answer(EVIL)))
    sheets = [text for name, text in parts.items() if "worksheets/" in name]
    assert not any("<f>" in text or "<hyperlink" in text for text in sheets)
    assert "<f>" not in parts["xl/sharedStrings.xml"]


def test_xlsx_has_a_page_for_each_grid_and_names_it_in_about():
    parts = pages(workbook_bytes(answer(PLAIN, Grid("names", "Others", ("x",), (("y",),)))))
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    assert names == ["names", "names_2", "about"]
    shared = parts["xl/sharedStrings.xml"]
    words = words_of(parts["xl/worksheets/sheet1.xml"], shared)
    assert words == ["name", "what", "a", "first", "b", "second thing"]
    about = words_of(parts["xl/worksheets/sheet3.xml"], shared)
    assert "table names" in about and "Names. Two of them." in about


def test_xlsx_is_the_same_each_time():
    assert workbook_bytes(answer(PLAIN, EVIL)) == workbook_bytes(answer(PLAIN, EVIL))


# --- CSV
def test_csv_is_formula_safe_and_reads_back():
    rows = list(csv.reader(io.StringIO(to_csv(answer(EVIL)), newline="")))
    assert rows[0] == ["name", "what"]
    for (found, again), text in zip(rows[1:], HOSTILE, strict=True):
        assert found == again == ("'" + text if text[0] in "=+-@\t\r" else text)


def test_csv_has_a_name_for_each_column():
    grid = Grid("g", "G", ("", "a b", "a_b", "unit", "A B"), (("1", "2", "3", "4", "5"),))
    assert to_csv(answer(grid)).splitlines()[0] == "value,a_b,a_b_2,unit,a_b_3"


def test_csv_writes_the_first_sheet_where_there_is_one():
    sheet = Sheet("s", "S", (column("Amount", "holder", {"a": 1.0}, money("USD")),))
    assert to_csv(Answer("", (sheet,), grids=(PLAIN,))).startswith("holder,amount")
    assert to_csv(answer(PLAIN, EVIL)).splitlines() == ["name,what", "a,first", "b,second thing"]
    assert to_csv(Answer("")) == ""


def test_columns_shrink_before_a_grid_is_split_and_rows_get_room_before_headings():
    row = ("Interest on external debt over exports", "economies, average", "6.0 % of exports", "World Bank")
    text = to_text(Answer("", grids=(Grid("g", "G", ("flow", "of whom", "amount", "source"), (row,)),)), 70)
    assert sum("flow" in line for line in text.splitlines()) == 1
    wide = Grid("g", "G", ("name", "a heading of many words"), (("a text that needs this room", "5"),))
    lines = to_text(Answer("", grids=(wide,)), 44).splitlines()
    assert any("a text that needs this room" in line for line in lines)
