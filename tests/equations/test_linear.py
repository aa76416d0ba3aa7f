"""Linear equations in exponents: solved as they come, contradictions with the equations they follow from."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from creditor.equations.expressions import Place
from creditor.equations.linear import Clash, Echelon, Linear, Record, Recorded, of_base, of_slot, show

MINUS = Fraction(-1)


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=6),
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
def test_equations_of_true_units_never_contradict(rows, units):
    found = Echelon()
    for row in rows:
        exponents = {slot: Fraction(times) for slot, times in enumerate(row) if times}
        total = sum(times * units[slot] for slot, times in enumerate(row))
        rest = found.take(Linear(exponents, {"money": Fraction(-total)} if total else {}))
        assert rest is None or (rest.slots == {} and rest.known == {})
    for slot in range(4):
        reduced = found.reduced(of_slot(slot))
        assert reduced.slots or reduced.known.get("money", 0) == units[slot]


def test_a_contradiction_names_the_equations_from_which_it_follows():
    for track in (True, False):
        found = Recorded(track)
        records = [Record(Place("m.model", line)) for line in range(1, 5)]
        found.state(of_slot(1).plus(of_base("money"), MINUS), records[0])
        found.state(of_slot(9).plus(of_base("goods"), MINUS), records[1])  # has nothing to do with it
        found.state(of_slot(2).plus(of_slot(1), MINUS), records[2])
        found.state(of_slot(2).plus(of_base("goods"), MINUS), records[3])
        (clash,) = found.clashes
        assert isinstance(clash, Clash) and clash.record == records[3]
        assert show(clash.gap) == "money/goods"
        assert clash.others == ((records[0], records[2]) if track else ())


def test_what_is_supposed_never_contradicts():
    found = Recorded()
    assert found.suppose(of_slot(1).plus(of_base("period")))
    assert not found.suppose(of_slot(1))
    assert found.clashes == [] and found.exponent(of_slot(1), "period") == -1
    assert found.exponent(of_slot(2), "period") is None and found.exponent(None, "period") is None


def test_units_as_people_write_them():
    half = Fraction(1, 2)
    assert show({"UK": half, "US": MINUS}) == "UK^1/2/US"
    assert show({"money": Fraction(1), "period": MINUS}) == "money/period"
    assert Linear({1: Fraction(1)}).plus(Linear({1: Fraction(1)}), MINUS).slots == {}
    assert (
        of_slot(1).plus(of_slot(2), Fraction(0)) == of_slot(1)
        and Linear().plus(of_slot(2), Fraction(0)).slots == {}
    )
