"""`creditor screen` and `creditor screen-text` on the command line."""

from __future__ import annotations

import json


def test_one_text_and_a_table(call, book):
    assert call("screen", "唐山虚拟货币工作室").out.startswith("Hit:")
    told = json.loads(call("screen", "--csv", book("id,text\nA,稳定币\nB,Doorway\n"), "--json").out)
    assert [(row["id"], row["result"]) for row in told] == [("A", "hit"), ("B", "no_hit")]
    assert set(told[0]) == {"id", "result", "term", "start", "end", "steps"}


def test_neither_or_both(call, book):
    assert call("screen").code == 2 and call("screen", "x", "--csv", book("id,text\nA,x\n")).code == 2


def test_an_advert(call, book):
    done = call("screen-text", book("稳定币预售，扫码进群。\n", "post.txt"))
    assert done.code == 0 and "1 clue" in done.out and "VII(a)" in done.out
    assert call("screen-text", "none.txt").code == 2
