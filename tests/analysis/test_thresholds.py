"""Every watched indicator can be computed, and every threshold has a source and a grade."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.analysis.indicators import NAMES, Indication
from creditor.analysis.thresholds import FILE, read_thresholds
from creditor.errors import InputError
from creditor.terms.provenance import Origin
from creditor.terms.units import PERCENT


def test_all_indicators_are_watched() -> None:
    assert set(read_thresholds()) == set(NAMES)
    for watched in read_thresholds().values():
        assert watched.formula and watched.thresholds
        for threshold in watched.thresholds:
            assert threshold.origin.source and threshold.origin.grade in "ABC"


def test_the_threshold_of_a_group() -> None:
    need = read_thresholds()["gross_financing_need"]
    assert need.threshold_for(["emerging and developing", "G20"]).value == 15
    assert need.threshold_for(["advanced"]).value == 20
    assert need.threshold_for([]) is None
    assert read_thresholds()["foreign_currency_share"].threshold_for(["advanced"]) is None


@pytest.mark.parametrize(("value", "crossed"), [(10.0, False), (10.0001, True), (9.0, False)])
def test_a_number_on_the_threshold_is_no_clue(value: float, crossed: bool) -> None:
    watched = read_thresholds()["interest_revenue"]
    one = Indication("X", "interest_revenue", value, PERCENT, "2024", Origin("s", "", "A"), "")
    assert watched.crossed(one, watched.thresholds[0]) == crossed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "interest_revenue"', 'name = "interest_revenu"', "did you mean interest_revenue"),
        ('side = "above"', 'side = "over"', "no side 'over'"),
        ('grade = "A"', 'grade = "D"', "T209"),
        ('unit = "percent"', 'unit = "per cent"', "T207"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "debt.toml"
    text = FILE.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=said):
        read_thresholds(path)
