"""Past defaults: years in order, a source each, and no claim about those who are not in the file."""

from __future__ import annotations

import itertools

import pytest

from creditor.sustainability.defaults import defaults
from creditor.sustainability.history import economies_with_path


@pytest.mark.parametrize("code", economies_with_path())
def test_spells_are_in_order_and_have_sources(code):
    spells = defaults(code)
    assert all(s.origin.source and s.origin.vintage and s.origin.grade in "ABC" for s in spells)
    assert all(s.last is None or 1978 <= s.first <= s.last for s in spells)
    assert all(one.last is not None and one.last < two.first for one, two in itertools.pairwise(spells))


def test_years_are_told():
    assert [s.told for s in defaults("ARG")] == [
        "1983 to 1993",
        "2001 to 2005",
        "from 2020, no end in the figures",
    ]
    assert [s.told for s in defaults("GRC")] == ["2012"]
