"""Burden ranks economies, names its N and its concepts, and never gives a number for what is absent."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.csvfile import to_csv
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.figures.svg import to_svg
from creditor.opening.country import available
from creditor.verbs.burden import burden

KEYS = {
    "by",
    "concept",
    "year",
    "n",
    "economies",
    "beside",
    "aggregates",
    "absent",
    "findings",
    "story",
    "provenance",
}


def test_all_economies_are_ranked_or_named():
    answer = burden()
    payload = answer.payload
    assert set(payload) == KEYS and payload["by"] == "revenue" and payload["n"]["revenue"] == 33
    assert [entry["rank"] for entry in payload["economies"]] == list(range(1, 34))
    told = {entry["economy"] for entry in payload["economies"]} | set(payload["absent"])
    assert told == set(available()) and set(payload["absent"]) == {"XLI", "ROW"}
    assert json.loads(to_json(payload)) == json.loads(to_json(burden().payload))
    assert "N\u00a0=\u00a033" in to_text(answer, 110) and to_svg(answer.figures[0]).startswith("<svg")
    assert to_csv(answer).count("\n") >= 34


def test_chosen_economies_keep_their_rank_among_all():
    answer = burden("USA", "japan")
    assert [(e["economy"], e["rank"]) for e in answer.payload["economies"]] == [("USA", 13), ("JPN", 28)]
    assert "The United States is number 13" in answer.story
    assert answer.payload["n"]["revenue"] == 33
    measures = answer.payload["economies"][0]["measures"]
    assert measures["gdp"]["concept"] == "net" and measures["gross-gdp"]["concept"] == "gross"
    for entry in answer.payload["economies"]:
        for measure in entry["measures"].values():
            assert measure["source"] and measure["vintage"] and measure["grade"] in "AB"


def test_interest_beside_spending():
    payload = burden("USA").payload
    ratios = {row["spending"]: row["ratio"] for row in payload["beside"]}
    assert ratios["defence"] == pytest.approx(969.938 / 892.5)
    assert any("education and health" in finding["sentence"] for finding in payload["findings"])


def test_a_group_of_economies_is_shown_and_not_ranked():
    answer = burden("XLI")
    assert answer.payload["economies"] == [] and answer.payload["absent"] == ["XLI"]
    assert any(row["value"] == 38 for row in answer.payload["aggregates"])
    assert any("not ranked" in finding["sentence"] for finding in answer.payload["findings"])
    assert "Other low-income economies" in to_text(answer, 100)


@pytest.mark.parametrize("by", ["gdp", "gross-revenue", "gross-gdp", "exports", "spending"])
def test_every_measure_has_its_own_ranking(by):
    payload = burden(by=by).payload
    values = [entry["measures"][by]["value"] for entry in payload["economies"]]
    assert values == sorted(values, reverse=True) and len(values) == payload["n"][by]


def test_a_later_year_is_a_projection_and_says_so():
    payload = burden("USA", year="2027").payload
    assert payload["economies"][0]["measures"]["revenue"]["projection"] is True
    assert any("projection" in finding["sentence"] for finding in payload["findings"])


@pytest.mark.parametrize(
    ("arguments", "options", "code"),
    [
        (["USS"], {}, "T201"),
        ([], {"by": "revenu"}, "U501"),
        ([], {"year": "twenty"}, "U501"),
        ([], {"year": "1066"}, "U501"),
    ],
)
def test_what_does_not_exist_is_refused(arguments, options, code):
    with pytest.raises(InputError) as caught:
        burden(*arguments, **options)
    assert caught.value.codes == (code,) and caught.value.troubles[0].mend
