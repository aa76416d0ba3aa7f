"""The claims of the article: 112 of them, each with the verdict of its twin and no verdict written in the table."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from creditor.analysis.claims_check import VERDICTS, Judge
from creditor.analysis.claims_figures import Figures
from creditor.analysis.claims_table import article

TWIN = tomllib.loads((Path(__file__).parent / "article.toml").read_text("utf-8"))
CLAIMS = {claim.id: claim for claim in article()}
EXPECTED = {code: verdict for verdict, codes in TWIN["verdicts"].items() for code in codes}
JUDGE = Judge(Figures())


def test_there_are_112_claims_and_each_has_a_verdict_in_the_twin():
    assert list(CLAIMS) == [f"C{number:03d}" for number in range(1, 113)]
    assert EXPECTED.keys() == CLAIMS.keys() and set(TWIN["verdicts"]) == set(VERDICTS)
    assert set(TWIN["differs"]) | set(TWIN["decided"]) | set(TWIN["shows"]) <= CLAIMS.keys()


@pytest.mark.parametrize("code", CLAIMS)
def test_the_verdict_of_each_claim(code):
    found = JUDGE.judge(CLAIMS[code])
    assert found.verdict == EXPECTED[code], found.sentence
    assert found.sentence.endswith(".") and "  " not in found.sentence
    assert TWIN["shows"].get(code, "") in found.sentence
    for quantity in (found.computed, found.beside):
        if quantity is not None and quantity.origins:
            assert quantity.origin.source and quantity.origin.grade in "ABC"


def test_at_least_all_that_figures_can_decide_is_decided():
    decided = [code for code, verdict in EXPECTED.items() if verdict in ("consistent", "inconsistent")]
    with_number = [code for code in decided if CLAIMS[code].figure]
    assert len(decided) >= 68 and len(with_number) >= 38


def test_the_double_count_is_refused_by_the_ledger_and_quoted():
    found = JUDGE.judge(CLAIMS["C032"])
    assert found.refused and "[L401]" in found.sentence
    assert "46.2" in found.sentence and "private investors (24) contains foreigners (8.5)" in found.sentence


def test_no_claim_carries_its_verdict():
    words = re.compile(r"\b(?:in)?consistent|verdict|wrong|correct\b")
    for claim in CLAIMS.values():
        assert not words.search(" ".join((claim.text, claim.what, claim.lacks))), claim.id


def test_a_verdict_follows_its_figures():
    """Another number in the claim, or another figure in the library, gives another verdict."""
    from dataclasses import replace

    claim = CLAIMS["C019"]
    assert JUDGE.judge(replace(claim, figure="3.8")).verdict == "consistent"
    assert JUDGE.judge(replace(CLAIMS["C012"], figure="48")).verdict == "inconsistent"
    swapped = replace(CLAIMS["C040"], compute=CLAIMS["C040"].compute.replace("JPN", "DEU"))
    assert JUDGE.judge(swapped).verdict == "consistent"


def test_what_was_known_then():
    then = Judge(Figures("2025-10"))
    assert then.judge(CLAIMS["C014"]).verdict == "consistent"
    assert "known at 2025-10" in then.judge(CLAIMS["C066"]).sentence
