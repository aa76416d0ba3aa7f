"""Ranges are read strictly, contain the figures of their folder, and proxies stay between their two ends."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import available, load_country
from creditor.opening.opening import open_economy
from creditor.opening.ranges import FILE, Proxy, Ranges, missed, proxy_shares, ranges_of, read_ranges, stated
from creditor.terms.provenance import Origin

USA = load_country("USA")


@pytest.mark.parametrize("treatment", ["T0", "T1", "T2"])
def test_the_figures_of_the_folder_lie_in_their_ranges(treatment):
    ranges = ranges_of("USA")
    opening = open_economy(USA, parse_treatment(treatment))
    found = stated(opening, ranges)
    met = 0
    for claim in opening.ledger:
        for entry in ranges.ranges:
            if (claim.holder, claim.instrument) != (entry.holder, entry.instrument):
                continue
            met += 1
            total = sum(
                c.amount
                for c in opening.ledger
                if (c.issuer, c.instrument) == (claim.issuer, claim.instrument)
            )
            scale = float(total) / 100 if entry.percent else 1.0
            assert entry.low * scale <= float(claim.amount) <= entry.high * scale, entry
            assert found[id(claim)] == pytest.approx((entry.low * scale, entry.high * scale))
    assert met >= (11 if treatment != "T2" else 9)


def test_every_range_says_where_it_comes_from():
    for code in available():
        for entry in (*ranges_of(code).ranges, *ranges_of(code).proxies):
            assert entry.origin.source and entry.origin.grade in "ABC"
            assert entry.origin.vintage or entry.origin.grade == "C"


def test_an_economy_without_a_file_has_none():
    assert ranges_of("XXX") == Ranges()


@pytest.mark.parametrize(
    ("first", "inside", "rich", "poor"),
    [
        (("rich",), 50.0, (0.2, 0.6), (0.4, 0.8)),
        (("rich",), 80.0, (0.0, 0.6), (0.4, 1.0)),
        ((), 50.0, (0.2, 1.0), (0.0, 0.8)),
    ],
)
def test_a_proxy_with_something_else_inside(first, inside, rich, poor):
    proxy = Proxy("wealth", "debt_securities", "x/y", first, 0.0, Origin(""))
    shares = proxy_shares(proxy, {"rich": 60.0, "poor": 40.0}, inside)
    assert shares["rich"] == pytest.approx(rich) and shares["poor"] == pytest.approx(poor)


def test_a_proxy_that_nothing_is_known_of_may_be_anything():
    proxy = Proxy("wealth", "debt_securities", "x/y", (), 0.0, Origin(""))
    assert proxy_shares(proxy, {"a": 1.0}, None) == {"a": (0.0, 1.0)}


def test_a_spread_is_in_percent_of_the_share():
    proxy = Proxy("wealth", "equity", "", (), 50.0, Origin(""))
    assert proxy_shares(proxy, {"a": 3.0, "b": 1.0}, None) == {"a": (0.375, 1.0), "b": (0.125, 0.375)}


GOOD = """schema = 1
[[range]]
issuer = "a"
instrument = "b"
unit = "money"
grade = "C"
source = "x"
holders = [{ holder = "c", low = 1, high = 2 }]
"""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('issuer = "a"', 'issuer = ""', "C112"),
        ("low = 1", "low = 3", "L410"),
        ("low = 1, ", "", "C112"),
        ('unit = "money"', 'unit = "dollars"', "U501"),
        ("[[range]]", "[[rang]]", "F306"),
        ("schema = 1", "schema = 2", "C114"),
        (
            "holders",
            'x = 1\n[[proxy]]\nby = "age"\ninstrument = "b"\ngrade = "C"\nsource = "x"\nholders',
            "C112",
        ),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, before, after, code):
    path = tmp_path / FILE
    path.write_text(GOOD)
    assert len(read_ranges(path).ranges) == 1
    path.write_text(GOOD.replace(before, after))
    with pytest.raises(InputError) as caught:
        read_ranges(path)
    assert code in caught.value.codes


def test_figures_outside_their_range_are_told():
    from dataclasses import replace

    ranges = ranges_of("USA")
    assert missed(USA.claims, ranges) == []
    off = replace(ranges.ranges[0], low=90.0, high=95.0)
    absent = replace(ranges.ranges[0], holder="dealers")
    told = missed(USA.claims, Ranges((off, absent)))
    assert len(told) == 2 and "is not in its range" in told[0][1] and "no such claim" in told[1][1]
    assert told[0][0] == "ranges.toml:13"
