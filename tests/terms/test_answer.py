"""An answer shows itself as its story, in a notebook with its first table, escaped and with grades."""

from creditor.terms.answer import Answer, Sheet
from creditor.terms.provenance import VERSION, Origin
from creditor.terms.table import column
from creditor.terms.units import SHARE, money


def sheet(origins=None):
    titles = {"a": "A & B", "b": "<Banks>"}
    amounts = column("Amount", "holder", {"a": 1234.5, "b": float("nan")}, money("USD"), titles=titles)
    shares = column("Share", "holder", {"a": 1.0, "b": 0.25}, SHARE)
    return Sheet("holders", "Who <holds>", (amounts, shares), origins or {}, total="a")


def test_a_sheet_takes_its_rows_from_the_first_column():
    assert sheet().labels == ("a", "b")
    assert sheet().dim == "holder"
    assert sheet().title_of("b") == "<Banks>"
    assert sheet().title_of("c") == "c"


def test_an_answer_is_its_story_and_begins_with_nothing_else():
    answer = Answer("Nobody.")
    assert str(answer) == "Nobody."
    assert (answer.sheets, answer.figures, answer.findings, answer.exit_code) == ((), (), (), 0)
    assert dict(answer.payload) == dict(answer.certificate) == {}
    assert answer.provenance.as_dict() == {"version": VERSION}
    assert answer._repr_html_() == "<p>Nobody.</p>"


def test_a_notebook_shows_the_story_and_the_first_table_escaped():
    html = Answer("1 < 2", (sheet(), sheet()))._repr_html_()
    assert html.startswith("<p>1 &lt; 2</p><table><caption>Who &lt;holds&gt;</caption>")
    assert "<th>Amount (USD bn)</th><th>Share</th></tr>" in html
    assert "<tr><th>A &amp; B</th><td>1,234.5</td><td>100.0 %</td></tr>" in html
    assert "<tr><th>&lt;Banks&gt;</th><td>–</td><td>25.0 %</td></tr>" in html
    assert html.count("<table>") == html.count("</table>") == 1


def test_a_notebook_shows_the_grade_of_each_row_that_has_one():
    html = Answer("", (sheet({"a": Origin("x", grade="C")}),))._repr_html_()
    assert "<th>grade</th></tr>" in html
    assert "<td>100.0 %</td><td>C</td></tr>" in html
    assert "<td>25.0 %</td><td></td></tr>" in html
