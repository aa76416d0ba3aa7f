"""Control is more than half at every link; circles and shares above a hundred are refused."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.control import Stake, control_of

HOME, ABROAD = "domestic", "overseas"


@pytest.mark.parametrize(
    ("stakes", "value"),
    [
        ([("group", "v", 100, HOME)], "yes"),
        (
            [("hk", "v", 51), ("group", "hk", 60, HOME), ("x", "hk", 40, ABROAD), ("y", "v", 49, ABROAD)],
            "yes",
        ),
        (
            [("hk", "v", 51), ("group", "hk", 50, HOME), ("x", "hk", 50, ABROAD), ("y", "v", 49, ABROAD)],
            "joint",
        ),
        ([("group", "v", 50, HOME), ("y", "v", 50, ABROAD)], "joint"),
        ([("group", "v", 30, HOME, "veto"), ("y", "v", 70, ABROAD)], "joint"),
        ([("a", "v", 30, HOME), ("b", "v", 30, HOME), ("y", "v", 40, ABROAD)], "joint"),
        ([("group", "v", 30, HOME), ("y", "v", 70, ABROAD)], "no"),
        ([("group", "v", 30, HOME)], "unknown"),
        ([("y", "v", 60, ABROAD), ("group", "v", 40, HOME)], "no"),
        ([("y", "v", 60), ("group", "v", 40, HOME)], "unknown"),
        ([], "unknown"),
        ([("hk", "v", 40), ("group", "hk", 100, HOME), ("y", "v", 60, ABROAD)], "no"),
    ],
)
def test_the_test_at_every_link(stakes, value):
    assert control_of("v", [Stake(*stake) for stake in stakes]).value == value


def test_the_chain_is_told():
    found = control_of("v", [Stake("hk", "v", 80), Stake("group", "hk", 70, HOME)])
    assert found.chain == ("v", "hk", "group") and found.value == "yes" and "half" in found.test


def test_a_circle_is_named():
    with pytest.raises(InputError) as caught:
        control_of("v", [Stake("a", "v", 60), Stake("b", "a", 60), Stake("v", "b", 60)])
    assert caught.value.codes == ("R906",) and "v -> a -> b -> v" in str(caught.value)


@pytest.mark.parametrize(
    "stakes",
    [[("a", "v", 101)], [("a", "v", -1)], [("a", "v", 60), ("b", "v", 60)], [("a", "v", 5, HOME, "golden")]],
)
def test_shares_and_rights_that_cannot_be(stakes):
    with pytest.raises(InputError) as caught:
        control_of("v", [Stake(*stake) for stake in stakes])
    assert caught.value.codes == ("R901",)
