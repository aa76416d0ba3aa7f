"""Words of texts: economies by name, demonym and code, and concepts whose patterns and computations are sound."""

from __future__ import annotations

import pytest

from creditor.analysis.claims_expression import Computation
from creditor.analysis.claims_figures import Figures, Lack
from creditor.analysis.text_words import concepts, economies_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Japan's debt and the Italian one", ["JPN", "ITA"]),
        ("The U.S. and the U.K. owe us, and GBR too", ["USA", "GBR", "GBR"]),
        ("the Fed holds Treasuries; the BoJ holds JGBs", ["USA", "USA", "JPN", "JPN"]),
        ("South Korea, not North; Sri Lankan bonds", ["KOR", "LKA"]),
        ("give it to us, or use USAID", []),
        ("gilts rallied. Gilts fell", ["GBR", "GBR"]),
        ("public debt of the world", ["WLD"]),
    ],
)
def test_economies(text, codes):
    assert [code for *_, code in economies_in(text)] == codes


def test_a_concept_is_for_some_economies():
    first = next(one for one in concepts() if one.economies == {"USA"} and one.name == "debt")
    assert first.is_for("USA") and not first.is_for("JPN")
    other = next(one for one in concepts() if "WLD" in one.others)
    assert other.is_for("JPN") and not other.is_for("WLD")


@pytest.mark.parametrize("concept", concepts(), ids=lambda one: f"{one.name}-{one.measure}-{one.base}")
def test_every_computation_can_be_read_and_some_economy_has_it(concept):
    """Nothing in the vocabulary is refused as no computation, and no row is without any figure."""
    work, found = Computation(Figures()), False
    codes = sorted(concept.economies - {"WLD"}) or Figures().group("LIBRARY")
    codes = codes if "custody" not in concept.compute else ["JPN", "GBR"]
    for code in codes:
        for period in ("newest", "FY2035", "2021-Q4".replace("-", ""), "2025"):
            fields = {"e": f"'{code}'", "p": f"'{period}'", "g": "'gdp_usd'", "custody": f"'custody, {code}'"}
            text = concept.compute
            for name, value in fields.items():
                text = text.replace(f"{{{name}}}", value)
            try:
                found = found or bool(work.run(text).spans)
            except Lack:
                continue
        if found:
            return
    assert found, concept.compute
