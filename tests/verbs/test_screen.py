"""The verbs screen and screen_text: one text, a table with line breaks, adverts from a file."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.verbs.screen import screen, screen_text


def test_one_name():
    answer = screen("加谧资产托管行")
    assert answer.payload["result"] == "hit" and answer.payload["term"] == "加密资产/crypto asset"
    assert (answer.payload["start"], answer.payload["end"]) == (0, 4) and "谧" in answer.story
    none = screen("区块链存证")
    assert none.payload == {"result": "no_hit", "term": "", "steps": []} and none.story.startswith("No hit")
    assert screen("数字货币").story.startswith("Review")


def test_a_table_keeps_order_and_line_breaks(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(
        'id,text,field,language,expected\nB,"稳\n定币",scope,zh,hit\nA,Doorway,name,en,\nC,x\n'.encode()
    )
    answer = screen(table=path)
    assert [(row["id"], row["result"]) for row in answer.payload["names"]] == [
        ("B", "hit"),
        ("A", "no_hit"),
        ("C", "no_hit"),
    ]
    assert [finding.code for finding in answer.findings if finding.code] == ["C106"]


@pytest.mark.parametrize(("text", "code"), [("", "C102"), ("id,name\n1,x\n", "C104")])
def test_a_table_that_is_none(tmp_path, text, code):
    path = tmp_path / "names.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        screen(table=path)
    assert caught.value.codes == (code,)


def test_an_advert_from_a_file_or_as_text(tmp_path):
    path = tmp_path / "post.txt"
    path.write_text("新盘上线。\n稳定币预售，扫码进群。\n", "utf-8")
    (clue,) = screen_text(path).payload["clues"]
    assert clue["term"] == "稳定币/stablecoin" and clue["start"] == 6 and clue["cues"]
    assert screen_text("今日天气晴。\n").payload["clues"] == []
