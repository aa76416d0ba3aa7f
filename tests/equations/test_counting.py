"""Goods, pieces, years and declared units are bases beside the moneys."""

from __future__ import annotations

from creditor.equations.counting import Counting, declared_units, given_places
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.linear import of_slot, show
from creditor.equations.parse import parse

TEXT = """frequency quarterly
sector a, b
claim shares: a owes b at price
claim m: a owes b
asset stock: a at cost
given price = 2, cost = 3, sold = 1 unit goods/period
given yearly = 0.04 unit 1/year
let stock = stock(-1) + sold
hold shares by b = shares(-1)
transaction t: a -> b = per_period(yearly) * m(-1)
start shares = 1, m = 1, stock = 1
"""


def made(text, track=False):
    model = elaborate(draft(parse(text, "m.model")))
    found = Counting(model, track)
    found.made()
    return model, found


def test_goods_pieces_and_years():
    model, found = made(TEXT)
    assert found.clashes == []
    assert found.reduced(of_slot(model.slot("shares"))).slots  # nothing says what a share is
    found.suppose_pieces()
    names = ("stock", "cost", "shares", "price", "yearly", "t")
    counted = {name: show(found.reduced(of_slot(model.slot(name))).known) for name in names}
    assert counted == {
        "stock": "goods",
        "cost": "money/goods",
        "shares": "shares",
        "price": "money/shares",
        "yearly": "1/year",
        "t": "money",
    }


def test_a_contradiction_is_recorded_with_what_it_follows_from():
    _, found = made(TEXT + "let x = sold + m", track=True)
    (clash,) = found.clashes
    assert show(clash.gap) == "goods/money" and clash.record.place.line == 12
    assert [other.declared for other in clash.others if other.declared] == ["goods/period"]


def test_declared_units_and_their_places():
    model, _ = made(TEXT)
    slot = model.slot("yearly")
    text, unit = declared_units(model)[slot]
    assert (text, show(unit), str(given_places(model)[slot])) == ("1/year", "1/year", "m.model:7")


def test_each_label_may_have_a_unit_of_its_own():
    text = """dimension country = N, S
    currency of country worth rate
    sector a[country], b[country]
    claim m: a owes b
    given rate[N] = 2, rate[S] = 0.5, wage = 3 unit money/period
    given wage[S] = 20 unit S/period, tip[N] = 1 unit N/period, tip[S] = 2
    transaction t: a -> b = wage
    start m = 1
    """
    model, found = made(text)
    assert found.clashes == []
    units = {model.title(slot): text for slot, (text, _) in declared_units(model).items()}
    assert units == {
        "wage[N]": "money/period",
        "wage[S]": "S/period",
        "tip[N]": "N/period",
        "tip[S]": "N/period",
    }
    places = {model.title(slot): place.line for slot, place in given_places(model).items()}
    assert places == {"wage[N]": 5, "wage[S]": 6, "tip[N]": 6, "tip[S]": 6}
