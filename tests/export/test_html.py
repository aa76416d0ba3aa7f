"""The page is one self-contained, well-formed document that asks no other host for anything."""

import re
from html.parser import HTMLParser

import pytest

from creditor.export.html import to_html
from creditor.figures.palette import contrast, palette, variables
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin
from creditor.terms.table import column
from creditor.terms.units import money

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Checks nesting and gathers tags, ids, references and headings."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.references, self.headings = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        self.ids += [values["id"]] if "id" in values else []
        self.references += [values[name] for name in ("href", "src", "xlink:href") if name in values]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def page(answer):
    return Page(to_html(answer))


def test_no_other_host_and_no_script(answer, page):
    text = to_html(answer)
    assert not re.search(r"https?:|//[a-z]", text.replace("http://www.w3.org/2000/svg", ""))
    assert not re.search(r"<script|@import|@font-face|<iframe|\son[a-z]+=", text)
    assert all(reference.startswith("#") or reference == "data:," for reference in page.references)
    assert {reference[1:] for reference in page.references if reference[0] == "#"} <= set(page.ids)


def test_ids_are_unique_and_headings_in_order(page):
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    for first, second in zip(page.headings, page.headings[1:], strict=False):
        assert second <= first + 1


def test_language_captions_and_scopes(page):
    assert page.tags[0] == ("html", {"lang": "en"})
    tables = [tag for tag, _ in page.tags if tag == "table"]
    assert len(tables) == 2 == len([tag for tag, _ in page.tags if tag == "caption"])
    assert all(values.get("scope") in ("col", "row") for tag, values in page.tags if tag == "th")
    drawings = [values for tag, values in page.tags if tag == "svg"]
    assert len(drawings) == 6 and all(v["role"] == "img" and v["aria-label"] for v in drawings)


def test_everything_is_shown(answer):
    text = to_html(answer)
    for words in (
        "C*",
        "creditor who ERE --through",
        "Custody chains",
        "(vintage 2031-01)",
        "library 0123456789abcdef",
    ):
        assert words in text
    for sheet in answer.sheets:
        for table in sheet.columns:
            for label in sheet.labels:
                assert table.text(**{table.dims[0]: label}).replace("<", "&lt;") in text
    assert "prefers-color-scheme:dark" in text and "max-width:640px" in text and "@media print" in text


def test_size_and_sameness(answer):
    assert to_html(answer) == to_html(answer)
    assert len(to_html(answer).encode()) < 250_000


def test_links_have_contrast():
    text = to_html(Answer(""))
    links = re.findall(r"--link:(#[0-9a-f]{6})", text)
    for theme, link in zip(("light", "dark"), links, strict=True):
        assert contrast(link, palette(theme)["paper"]) >= 4.5
        assert variables(theme, ["paper", "ink", "muted"]) in text


def test_hostile_texts_are_escaped():
    bad = '"><script>alert(1)</script>'
    table = column(bad, bad, {bad: 1.0}, money("USD"), titles={bad: bad})
    sheet = Sheet(bad, bad, (table,), {bad: Origin(bad, bad, "C")}, bad, bad)
    text = to_html(
        Answer(bad, (sheet,), (), (Finding("fault", bad, bad, bad, bad),), {"command": bad}, title=bad)
    )
    assert "<script" not in text
    Page(text)


def test_a_bare_answer_is_a_page():
    text = to_html(Answer("Nobody."))
    assert "<h1>Answer</h1>" in text and "Sources" not in text and "terminal" not in text
    Page(text)


def test_columns_of_numbers_stand_flush_right_and_no_title_is_said_twice() -> None:
    grid = Grid(
        "run", "Values", ("variable", "period 0", "period 1"), (("x", "–", "-1.5"), ("y", "–", "2e-03"))
    )
    page = to_html(Answer("A run.", grids=(grid,)))
    assert page.count(">Values<") == 1
    assert '<td>–</td><td class="number">-1.5</td>' in page


def test_no_line_ends_before_a_percent_sign():
    page = to_html(Answer("Of USD 12.5 bn 33.0 % is owed at home.", title="Debt"))
    assert "Of USD\u00a012.5 bn 33.0\u00a0% is owed at home." in page
