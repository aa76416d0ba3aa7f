"""The answer for the world adds up, names its gap, and shows of which date the holders are."""

from __future__ import annotations

import math

import pytest

from creditor.errors import InputError, MissingError
from creditor.export.json import to_json
from creditor.verbs.who import who
from creditor.verbs.world import world


def test_the_sums_and_the_gap():
    payload = who("World").payload
    assert payload["economy"] == "WLD" and payload["as_of"] == "2024" and payload["unit"] == "USD bn"
    assert payload["published"]["amount"] == 102_000 and "UNCTAD" in payload["published"]["source"]
    assert payload["listed"] + payload["rest"] == pytest.approx(payload["total"])
    assert math.fsum(entry["amount"] for entry in payload["holders"]) == pytest.approx(payload["total"])
    for entry in payload["holders"]:
        assert 0 <= entry["lo"] <= entry["amount"] <= entry["hi"] <= payload["total"]
        assert entry["hi_share"] == pytest.approx(entry["hi"] / payload["total"])
    assert math.fsum(entry["debt"] for entry in payload["economies"]) == pytest.approx(payload["listed"])
    assert len(payload["economies"]) == 34
    assert sum(payload["loop"].values()) == pytest.approx(1)
    assert "NaN" not in to_json(payload)


def test_every_row_says_of_which_date_its_holders_are():
    answer = world()
    told = {entry["economy"]: entry["holders_of"] for entry in answer.payload["economies"]}
    assert told["JPN"] == "2019Q4" and told["PAK"] == "2025-06" and told["SAU"] is None
    (finding,) = [f for f in answer.findings if f.place == "six-way"]
    assert "no table of holders: SAU, XLI" in finding.evidence


def test_another_year():
    answer = world("2019")
    assert answer.payload["published"] is None and answer.payload["rest"] is None
    assert any("No published world total for 2019" in finding.sentence for finding in answer.findings)
    assert world("2025").payload["published"]["grade"] == "B"


def test_nothing_later_is_known():
    payload = world(as_known_at="2025-10").payload
    japan = next(entry for entry in payload["economies"] if entry["economy"] == "JPN")
    assert japan["vintage"] == "2025-04" and payload["command"].endswith("--as-known-at 2025-10")


def test_bad_years():
    for text in ("2024Q4", "2024-12"):
        with pytest.raises(InputError) as caught:
            world(text)
        assert caught.value.codes == ("U501",)
    with pytest.raises(InputError):
        world("soon")
    with pytest.raises(MissingError) as missing:
        world("1990")
    assert "2005 to 2031" in missing.value.troubles[0].mend


def test_tables_and_pictures():
    answer = world()
    assert [sheet.name for sheet in answer.sheets] == ["holders", "economies", "matrix", "matrix-split"]
    assert [figure["kind"] for figure in answer.figures] == ["sankey", "bars", "bars"]


def test_questions_to_one_economy_are_refused():
    with pytest.raises(InputError) as caught:
        who("world", through=True, by="wealth")
    assert caught.value.codes == ("U501", "U501")


def test_each_class_of_creditor_has_source_vintage_and_grade():
    answer = world()
    origins = answer.sheets[0].origins
    for row in answer.payload["holders"]:
        origin = origins[row["holder"]]
        assert (row["source"], row["vintage"], row["grade"]) == (origin.source, origin.vintage, origin.grade)
        assert row["source"] and row["vintage"]
