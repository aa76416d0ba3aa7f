"""Symbols of revaluation and other changes: prices, moneys, redemptions, write-offs, and models without any."""

from __future__ import annotations

from creditor.equations.changes import net_worth, other_changes, revaluation
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import load_model
from creditor.equations.parse import parse

TEXT = "sector a, b, c given p = 2 claim k: a owes b, c at p write off k = 1 redeem k = 2 at 1 asset h: b at p let h = 1"
TEXT += " claim n: a owes b hold n by b = 0 hold k by b = 0 hold k by c = 0 transaction t: b -> c transaction u: a -> b"


def rows(grid) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in grid.rows}


def test_a_price_and_a_redemption_revalue():
    model = elaborate(draft(parse(TEXT)))
    gain = "k{0}(-1) * change(p)"
    back = "redeemed(k{0}) * (redemption_price(k{0}) - p)"
    found = rows(revaluation(model))
    assert found["k"] == (
        f"-{gain.format('')} -{back.format('')}",
        f"+{gain.format('[b]')} +{back.format('[b]')}",
        f"+{gain.format('[c]')} +{back.format('[c]')}",
        "0",
    )
    assert found["h"] == ("", "+h(-1) * change(p)", "", "+h(-1) * change(p)")
    assert "n" not in found  # its price is one


def test_what_is_written_off_is_lost_at_the_holder():
    found = rows(other_changes(elaborate(draft(parse(TEXT)))))
    lost = "written_off(k{0}) * p"
    assert found == {"k": (f"+{lost.format('')}", f"-{lost.format('[b]')}", f"-{lost.format('[c]')}", "0")}


def test_a_falling_currency_is_a_gain_of_the_issuer():
    found = rows(revaluation(load_model("openflex")))
    assert found["bills"][2] == "-bills(-1) * change(exchange_rate)"
    assert found["gold"][3] == "+gold(-1) * change(gold_price * exchange_rate)"


def test_models_without_prices_or_write_offs_say_so():
    model = load_model("sim")
    assert revaluation(model).rows == () == other_changes(model).rows
    assert revaluation(model).note == "Nothing in it has a price that changes."
    assert other_changes(model).note == "Nothing in it is written off."
    assert [row[1] for row in net_worth(model).rows] == [
        "+net_worth[households](-1)",
        "+saving[households]",
        "",
        "",
        "-net_worth[households]",
    ]
