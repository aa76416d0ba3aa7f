"""Independent sources agree, contradict each other, or are one: the same origin counts once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.monitor.verification import Observation, cross_validate


def seen(origin: str, finds: str = "yes", value: float | None = None, source: str = "") -> Observation:
    return Observation(source or origin, origin, "offline", finds, value)


@pytest.mark.parametrize(
    ("observations", "result", "finds"),
    [
        ([seen("a")], "single", "yes"),
        ([seen("a"), seen("A ", source="a paper"), seen("a", source="another")], "single", "yes"),
        ([seen("a"), seen("b")], "agree", "yes"),
        ([seen("a", "no"), seen("b", "no")], "agree", "no"),
        ([seen("a"), seen("b"), seen("c", "no")], "conflict", ""),
        ([seen("a"), seen("a", "no")], "single", "no"),  # an origin may revise its own
        ([seen("a"), seen("b", "no"), seen("b")], "agree", "yes"),
    ],
)
def test_results(observations: list[Observation], result: str, finds: str) -> None:
    found = cross_validate(observations)
    assert (found.result, found.finds) == (result, finds)


def test_values_are_shown_with_their_spread_and_none_is_the_best() -> None:
    found = cross_validate([seen("a", value=12.0), seen("b", value=13.5)])
    assert found.spread == 1.5
    assert [row["value"] for row in found.as_dict()["by_origin"]] == [12.0, 13.5]
    assert cross_validate([seen("a", value=12.0), seen("b")]).spread is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["yes", "no"])), min_size=1, max_size=8))
def test_repeating_what_was_said_changes_nothing(said: list[tuple[str, str]]) -> None:
    once = [seen(origin, finds) for origin, finds in said]
    latest = {o.origin: o for o in once}
    assert cross_validate(once).result == cross_validate([*once, *latest.values()]).result
