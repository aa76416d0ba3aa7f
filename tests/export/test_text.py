"""The terminal text is readable at any width: numbers whole and right-aligned, sources listed once."""

import re

import pytest

from creditor.export.text import SHOWN, provenance_line, to_text
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin
from creditor.terms.table import column
from creditor.terms.units import SHARE, money


def test_parts_come_in_order(answer):
    text = to_text(answer)
    marks = [
        "Who owns the debt of Erehwon?",
        "Of the 35,351.0",
        "Who holds the debt",
        "Who owns it in the end",
    ]
    marks += ["Grades:", "Sources", "Warnings", "Notes", "Checked:", "creditor 0.1.0"]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert text.splitlines()[-1] == provenance_line(answer)


@pytest.mark.parametrize("width", [60, 72, 80, 100, 140, 200])
def test_lines_fit_and_numbers_stay_whole(answer, width):
    text = to_text(answer, width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert not re.search(r"^\s*%", text, re.M)
    for sheet in answer.sheets:
        for table in sheet.columns:
            for label in sheet.labels:
                assert table.text(**{table.dims[0]: label}) in text


def test_numbers_end_in_line(answer):
    lines = to_text(answer, 100).splitlines()
    ends = {re.search(r"[\d,]+\.\d(?=\s+<?[\d.]+ %)", line).end() for line in lines if line.endswith("…")}
    assert len(ends) == 1


def test_headings_carry_units_and_assumptions_a_star(answer):
    lines = to_text(answer).splitlines()
    assert any("USD bn" in line and "holder" in line for line in lines)
    row = next(line for line in lines if line.startswith("Nonfinancial business"))
    assert "C*" in row
    assert "C* assumption" in to_text(answer)


def test_total_row_is_set_off(answer):
    lines = to_text(answer).splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("All holders"))
    assert set(lines[place - 1].strip()) == {"─"}


def test_full_sources_are_printed_once(answer):
    text = to_text(answer)
    full = (
        "[1] Office of Erehwon, Invented accounts, table 4, row 17 and the rows below it (vintage 2031-02-30)"
    )
    assert text.count(full) == 1


def test_colour_only_when_asked(answer, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    plain, coloured = to_text(answer), to_text(answer, colour=True)
    assert "\x1b" not in plain and "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()
    row = next(line for line in coloured.splitlines() if "Nonfinancial business" in line)
    assert "\x1b[2;3m" in row


def test_many_columns_are_split_and_not_squeezed():
    tables = tuple(
        column(f"Amount at the end of {2000 + i}", "holder", {"a": 123456.7 + i}, money("USD"))
        for i in range(14)
    )
    text = to_text(Answer("", (Sheet("s", "S", tables, {"a": Origin("T")}),)), 80)
    for i in range(14):
        assert f"{123456.7 + i:,.1f}" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_markup_and_control_letters_do_nothing():
    bad = "[bold]x[/bold] \x1b[31mred\x07"
    table = column("Amount", "holder", {"a": 0.5}, SHARE, titles={"a": bad})
    text = to_text(Answer(bad, (Sheet("s", bad, (table,), note=bad),), findings=(Finding("note", bad, bad),)))
    assert "\x1b" not in text and "\x07" not in text and "[bold]x[/bold] [31mred" in text


def test_faults_come_before_warnings_and_notes():
    findings = (Finding("note", "", "one."), Finding("fault", "", "two."), Finding("warning", "", "three."))
    text = to_text(Answer("", findings=findings))
    assert text.index("two.") < text.index("three.") < text.index("one.")


def test_wide_letters_fit():
    titles = {"a": "中央银行与其他存款性公司" * 3}
    table = column("金额", "holder", {"a": 1234.5}, money("CNY"), titles=titles)
    text = to_text(Answer("谁是债权人？" * 20, (Sheet("s", "持有人", (table,)),)), 60)
    assert "1,234.5" in text
    assert all(sum(2 if ord(c) > 0x2E7F else 1 for c in line) <= 60 for line in text.splitlines())


def test_grids_may_come_first():
    from creditor.verbs.runs import model_run

    text = to_text(model_run("us_debt", periods=1), 100)
    assert text.index("Values") < text.index("Where the run starts, USD bn") < text.index("Sources")


def test_later_parts_repeat_neither_sources_nor_empty_rows():
    nothing = float("nan")
    values = {"a": 123456.7, "b": 234567.8}
    names = [f"Amount at the end of {2000 + i}" for i in range(8)]
    tables = [column(name, "holder", values, money("USD")) for name in names[:4]]
    tables += [column(name, "holder", {"a": nothing, "b": 1.5}, money("USD")) for name in names[4:]]
    origins = {"a": Origin("Treasury of Erehwon"), "b": Origin("Treasury of Erehwon")}
    lines = to_text(Answer("", (Sheet("s", "S", tuple(tables), origins),)), 60).splitlines()
    assert sum("grade" in line and "source" in line for line in lines) == 1
    heads = [place for place, line in enumerate(lines) if line.startswith("holder")]
    assert len(heads) > 2 and not any(line.startswith("a ") for line in lines[heads[-1] :])
    assert any(line.startswith("b ") and "1.5" in line for line in lines[heads[-1] :])


def test_sources_shrink_to_numbers_before_a_table_is_split():
    tables = tuple(column(f"part {i}", "who", {"a": 0.5}, SHARE) for i in range(7))
    lines = to_text(
        Answer("", (Sheet("s", "S", tables, {"a": Origin("Treasury of Erehwon")}),)), 74
    ).splitlines()
    (row,) = [line for line in lines if line.startswith("a ")]
    assert row.endswith("[1]") and row.count("50.0 %") == 7


def test_a_certificate_is_told_in_two_digits():
    text = to_text(Answer("", certificate={"method": "elimination", "conservation": 1.433987698276008e-16}))
    assert "Checked: method elimination; conservation 1.4e-16." in text


def test_of_very_many_notes_the_rest_is_counted():
    findings = tuple(Finding("note", "", f"note {i}.") for i in range(SHOWN + 1_500))
    findings += tuple(Finding("fault", "", f"fault {i}.") for i in range(SHOWN + 5))
    text = to_text(Answer("story", findings=findings))
    assert f"note {SHOWN - 1}." in text and f"note {SHOWN}." not in text
    assert "and 1,500 more, which --json gives in full" in text
    assert f"fault {SHOWN + 4}." in text
