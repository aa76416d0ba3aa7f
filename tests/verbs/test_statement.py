"""The verb statement prints claims, promises, taxes and what was bought, and no net amount."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.figures.svg import to_svg
from creditor.verbs.statement import statement

CASES = [{"wealth": "next40"}, {"wealth": "top0.1"}, {"age": "55-69"}, {"person": "teacher_california"}]
KEYS = {"economy", "subject", "per", "unit", "owed", "total", "borne", "promises", "interest", "taxes", "signs",
        "bought", "absent", "findings", "story", "provenance"}  # fmt: skip


@pytest.mark.parametrize("options", CASES)
def test_the_shape_has_no_net_amount(options):
    answer = statement("USA", **options)
    assert set(answer.payload) == KEYS
    text = to_json(answer.payload)
    assert json.loads(text) == json.loads(to_json(statement("United States", **options).payload))
    assert not any(key.startswith("net") for key in answer.payload)
    for key in ("owed", "promises", "taxes", "bought"):
        for line in answer.payload[key]:
            assert line["grade"] in "ABC" and line["source"] and line["title"]
            if "lo" in line and "amount" in line:
                assert line["lo"] <= line["amount"] <= line["hi"]
    assert "Claims, promises and taxes are not added up." in answer.story
    told = to_text(answer, 100)
    for part in ("Owed to you", "Interest and taxes of one year", "What the spending bought"):
        assert part in told
    assert to_svg(answer.figures[0]).startswith("<svg")


def test_the_headline_says_so_where_the_sign_differs():
    story = statement("USA", wealth="next40").story
    assert "depends on who is taxed" in story and "future cohorts: receives more" in story
    teacher = statement("USA", person="teacher_california").story
    assert "no loss on it would fall on you first" in teacher and "cannot be told under any rule" in teacher


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "U501"),
        ({"wealth": "next40", "age": "55-69"}, "U501"),
        ({"wealth": "next41"}, "U501"),
    ],
)
def test_exactly_one_subject_that_exists(options, code):
    with pytest.raises(InputError) as caught:
        statement("USA", **options)
    assert caught.value.codes == (code,)


def test_the_middle_of_an_interval_is_not_told_as_a_figure():
    answer = statement("USA", person="teacher_california")
    row = answer.figures[0]["rows"][0]
    assert " to " in row["text"] and "range_text" not in row and row["full"].startswith("Interest on what")
