"""`creditor compare-holders` compares economies in every form of output."""

from __future__ import annotations

import json

import pytest


def test_text_json_csv_and_picture(call, tmp_path):
    out = call("compare-holders", "JPN", "ITA").out
    for text in ("all at 2019Q4", "loop share", "Resident nonbanks".lower().split()[0], "six-way"):
        assert text in out.replace("\n", " ") or text.split()[0] in out
    told = json.loads(call("compare-holders", "JPN", "ITA", "--json").out)
    assert [entry["economy"] for entry in told["economies"]] == ["JPN", "ITA"]
    assert call("compare-holders", "JPN", "--csv").out.startswith("economy,")
    picture, page = tmp_path / "a.svg", tmp_path / "a.html"
    assert call("compare-holders", "--svg", picture, "--html", page).code == 0
    assert picture.read_text("utf-8").startswith("<svg") and "Owed at home" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["KEN"], 3, ["[F303]", "--definition newest"]),
        (["JPN", "--definition", "six"], 2, ["did you mean six-way?", "[U501]"]),
        (["JPM"], 2, ["[T201]", "JPN"]),
        (["JPN", "--as-known-at", "soon"], 2, ["[T204]"]),
        (["TUR", "--as-known-at", "2019"], 3, ["[F303]", "were known at 2019"]),
    ],
)
def test_wrong_questions(call, words, code, told):
    done = call("compare-holders", *words)
    assert done.code == code and not done.out, done.err
    assert all(text in done.err for text in told), done.err
