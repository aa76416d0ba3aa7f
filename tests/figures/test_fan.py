"""Fans: every band of every period, absent ones left out."""

from __future__ import annotations

import pytest

from creditor.figures.fan import BANDS, Fan, fan
from creditor.terms.units import parse_unit

COUNT = parse_unit("count")


def made(**series: list[float | None]) -> dict:
    fans = [
        Fan(name, {b: [None if v is None else v * (1 + float(b)) for v in values] for b in BANDS})
        for name, values in series.items()
    ]
    return fan("Title", "A sentence.", "the source", fans, ["0", "1", "2"], COUNT)


def test_points_have_all_bands_with_texts() -> None:
    spec = made(x=[None, 100.0, 2000.0])
    place, values, texts = spec["fans"][0]["points"][1]
    assert spec["kind"] == "fan" and spec["bands"] == list(BANDS)
    assert place == 2 and values == [2100.0, 2500.0, 3000.0, 3500.0, 3900.0]
    assert texts[0] == "2,100"
    assert [point[0] for point in spec["fans"][0]["points"]] == [1, 2]


def test_a_fan_without_a_band_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lacks 0\.5"):
        fan("x", "", "", [Fan("x", {b: [1.0] for b in BANDS if b != "0.5"})], ["0"], COUNT)
    with pytest.raises(ValueError, match="needs a fan"):
        fan("x", "", "", [], ["0"], COUNT)


def test_lines_over_the_bands_are_there_where_they_are_given() -> None:
    bands = {b: [1.0, 2.0] for b in BANDS}
    plain = fan("t", "", "", [Fan("x", bands)], ["0", "1"], COUNT)
    assert "lines" not in plain["fans"][0]
    drawn = fan("t", "", "", [Fan("x", bands, {"other": [None, 3.0]})], ["0", "1"], COUNT)
    assert drawn["fans"][0]["lines"] == [{"title": "other", "points": [[1, 3.0, "3"]]}]
