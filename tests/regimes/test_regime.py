"""A regime names its articles, and can do without any provision."""

from __future__ import annotations

from creditor.regimes.regime import ORDER, RANK


def test_the_order_of_verdicts():
    assert ORDER[-1] == "prohibited" and ORDER[0] == "not_covered"
    wanted = ["prohibited", "requires_approval", "requires_filing", "obligation", "civil_risk", "permitted"]
    assert sorted(wanted, key=lambda verdict: -RANK[verdict]) == wanted


def test_articles_are_printed_in_the_order_of_the_text(notice):
    assert notice.sorted_articles(["20a", "5e", "14b", "1e", "5e"]) == [
        "I(e)",
        "V(e)",
        "XIV(b)",
        "closing(a)",
    ]
    assert len(notice.provisions) == 86 and notice.article("0a") == "preamble(a)"


def test_a_dropped_provision_is_gone_everywhere(notice):
    smaller = notice.without("1d")
    assert "1d" not in smaller.provisions and not [rule for rule in smaller.rules if rule.provision == "1d"]
    assert smaller.sorted_articles(["1d", "1e"]) == ["I(e)"] and len(notice.provisions) == 86
