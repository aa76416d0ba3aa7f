"""The memo states facts, provisions, licences and limits, and what was not assessed."""

from __future__ import annotations

import pytest

from creditor.export.html import to_html
from creditor.verbs.memo import SENTENCE, memo

ABROAD = {"activity": "RWA tokenization", "object": "rwa external debt", "actor_type": "company"}
ABROAD |= {"actor_place": "overseas", "controlled_by_domestic": "yes", "counterparty_place": "overseas"}
ABROAD |= {"place": "overseas", "consent": "none", "title": "Sugar notes"}


def grid(answer, name):
    return next(grid for grid in answer.grids if grid.name == name)


def test_a_memo_on_tokens_abroad():
    answer = memo(ABROAD)
    assert answer.title == "Sugar notes" and answer.payload["verdict"] == "requires_filing"
    assert [row[0] for row in grid(answer, "licences").rows] == ["mainland China", "host country"]
    assert grid(answer, "licences").rows[0][2] == "not held"
    assert any(finding.sentence == SENTENCE for finding in answer.findings)
    assert "nothing was verified" in grid(answer, "facts").note
    assert ("XIV(e)", "key phrase") in [row[:2] for row in grid(answer, "phrases").rows]
    assert "slip of the translation" in [row[1] for row in grid(answer, "phrases").rows]
    page = to_html(answer)
    assert "Chinese text governs" in page and "境内主体" in page and "XIV(a)" in page


def test_at_home_nothing_is_said_of_hosts_nor_of_the_announcement():
    answer = memo(
        {"activity": "payment", "object": "virtual_currency", "place": "domestic", "actor_place": "domestic"}
    )
    assert not [g for g in answer.grids if g.name == "licences"]
    assert SENTENCE not in [finding.sentence for finding in answer.findings]


def test_the_wording_comes_from_the_file(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("I. First words.\nII. Second.\nXIV. of no order\n", "utf-8")
    answer = memo({"activity": "payment", "object": "virtual_currency", "place": "domestic"}, text=path)
    assert grid(answer, "wording").rows == (("I", "First words."),)
    assert grid(memo(ABROAD, text=path), "wording").rows[0][1] == "not in the text that was supplied"


def test_a_reading_that_is_off_is_said():
    answer = memo(ABROAD, without=["control"])
    assert answer.payload["verdict"] == "undetermined"
    assert any(finding.place == "reading control" for finding in answer.findings)


@pytest.mark.parametrize("word", ["guarantee", "compliant"])
def test_a_memo_promises_nothing(word):
    assert word not in to_html(memo(ABROAD)).lower()
