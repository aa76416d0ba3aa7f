"""`creditor assess`, `memo`, `ask`, `record`, `reassess` on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from creditor.cli.main import cli

CASE = 'schema = 1\nactivity = "payment"\nobject = "virtual_currency"\nplace = "domestic"\nactor_place = "domestic"\n'


@pytest.fixture
def case(book):
    return book(CASE, "case.toml")


def test_one_case(call, case):
    done = call("assess", case)
    assert (
        done.code == 0
        and "Prohibited." in done.out
        and "I(c)" in done.out
        and "Not legal advice" in " ".join(done.out.split())
    )
    assert json.loads(call("assess", case, "--json").out)["articles"] == ["I(c)"]
    off = json.loads(call("assess", case, "--without", "paying", "--json").out)
    assert off["missing"] == ["reading:paying"]


def test_a_table_is_a_list_in_its_order(call, book):
    table = book("id,activity,object,place\nB,holding,e-CNY,domestic\nA,payment,virtual_currency,domestic\n")
    told = json.loads(call("assess", "--csv", table, "--json").out)
    assert [(row["id"], row["verdict"]) for row in told] == [("B", "not_covered"), ("A", "prohibited")]
    assert "2 cases" in call("assess", "--csv", table).out


def test_bad_input(call, book, case):
    done = call("assess", book('plce = "x"\n', "bad.toml"))
    assert done.code == 2 and "[R901]" in done.err and "place" in done.err
    assert call("assess").code == 2 and call("assess", case, "--regime", "notice41").code == 3


def test_a_memo_as_a_page(call, case, tmp_path):
    page = tmp_path / "memo.html"
    assert call("memo", case, "--html", page).code == 0
    assert "I(c)" in page.read_text("utf-8")


def test_a_memo_as_pdf(call, case, tmp_path, monkeypatch):
    program, made = tmp_path / "chromium", tmp_path / "memo.pdf"
    program.write_text(
        "#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) printf %%PDF-1.4 > ${a#*=};; esac; done\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("CREDITOR_CHROMIUM", str(program))
    done = call("memo", case, "--pdf", made)
    assert done.code == 0 and made.read_bytes() == b"%PDF-1.4" and "memo.pdf" in done.err
    monkeypatch.setenv("CREDITOR_CHROMIUM", str(tmp_path / "none"))
    done = call("memo", case, "--pdf", tmp_path / "other.pdf")
    assert done.code == 3 and "[U504]" in done.err and not (tmp_path / "other.pdf").exists()


def test_a_pack_is_switched_on_by_name(call, case):
    assert "packs" not in json.loads(call("assess", case, "--json").out)
    (told,) = json.loads(call("assess", case, "--pack", "csrc_2026_1", "--json").out)["packs"]
    assert (told["verdict"], told["mark"]) == ("not_covered", "not part of the notice")
    done = call("memo", case, "--pack", "csrc")
    assert done.code == 2 and "csrc_2026_1" in done.err


def test_questions_and_answers():
    runner = CliRunner()
    done = runner.invoke(cli, ["ask"], input="hoding\nholding\ne-CNY\n")
    assert done.exit_code == 0 and "did you mean holding" in done.output and "Not covered" in done.output


def test_a_book_of_decisions(call, case, tmp_path):
    kept = tmp_path / "decisions.jsonl"
    signed = ("--by", "Li", "--second", "Wang", "--book", kept, "--date", "2026-03-02")
    assert call("record", case, *signed).code == 0 and call("reassess", kept).code == 0
    alone = call("record", case, "--by", "Li", "--second", "Li", "--book", kept)
    assert alone.code == 2 and "[R907]" in alone.err and len(kept.read_text().splitlines()) == 1


def test_a_table_says_what_was_meant(book):
    table = book("id,activity,object\nA,minin,mining project\n", "cases.csv")
    done = CliRunner().invoke(cli, ["assess", "--csv", str(table), "--json"])
    assert "[R901] did you mean mining" in done.stderr
