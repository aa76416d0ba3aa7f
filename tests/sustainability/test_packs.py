"""Packs of rules: each threshold has source, date and certainty, and a wrong name is told with the nearest."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.opening.country import available
from creditor.sustainability.packs import chosen, packs


def test_every_threshold_has_source_date_and_certainty():
    for pack in packs().values():
        assert pack.valid_from and pack.source and pack.criteria
        for row in pack.criteria:
            assert row["certainty"] in ("S", "S2", "R") and row["title"] and row["unit"]


def test_dates_are_dates_and_economies_are_of_the_library():
    for pack in packs().values():
        dates = [text for text in (pack.valid_from, pack.valid_to) if text]
        assert dates == sorted(dates) and all(len(text) == 10 and text[4] == text[7] == "-" for text in dates)
        assert set(pack.economies) <= set(available())
        names = [row["name"] for row in pack.criteria]
        assert len(set(names)) == len(names)


def test_packs_by_name_alias_or_all():
    assert chosen([]) == list(packs().values())
    assert [pack.name for pack in chosen(["bruegel_2024"])] == ["eu2024"]
    with pytest.raises(InputError) as wrong:
        chosen(["eu2025", "srdfs"])
    assert wrong.value.codes == ("U501", "U501")
    assert all(name in str(wrong.value) for name in ("eu2024", "srdsf"))
