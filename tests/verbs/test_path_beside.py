"""Projections of others in an answer: tables whose parts add up, words, lines of the picture, files."""

from __future__ import annotations

import json
import math

import pytest

from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.figures.svg import to_svg
from creditor.verbs.path import path
from creditor.verbs.path_beside import beside_findings, beside_lines, beside_record, beside_sheets


def test_nothing_stands_beside_a_path_without_others():
    assert beside_sheets([]) == [] and beside_record([]) == [] and beside_findings([]) == []
    assert beside_lines([], [2024, 2025]) == {}


@pytest.mark.parametrize(
    ("code", "perimeter"), [("ITA", "general-government"), ("USA", "federal"), ("GBR", "general-government")]
)
def test_parts_add_up_to_the_gap_in_every_column(code, perimeter):
    answer = path(code, perimeter=perimeter, paths=20, stress="none")
    sheets = {sheet.name: sheet for sheet in answer.sheets}
    levels, reasons = sheets["beside"], sheets["beside_reasons"]
    ours, other, gap = levels.columns
    for label in levels.labels:
        value = gap.at(projection=label)
        assert value == pytest.approx(ours.at(projection=label) - other.at(projection=label))
        assert levels.origins[label].source and levels.origins[label].vintage
    assert reasons.total == "gap" == reasons.labels[-1]
    for column in reasons.columns:
        parts = [column.at(part=label) for label in reasons.labels[:-1]]
        known = [value for value in parts if not math.isnan(value)]
        assert sum(known) == pytest.approx(column.at(part="gap"), abs=1e-9)
    assert len(reasons.columns) == len(answer.payload["beside"])


def test_two_years_tell_a_change_and_one_a_level():
    sheet = next(s for s in path("ITA", paths=20, stress="none").sheets if s.name == "beside")
    titles = [sheet.title_of(label) for label in sheet.labels]
    assert "European Commission, spring 2025: 2024 to 2026" in titles
    assert "World Economic Outlook, April 2026: 2031" in titles
    assert not any(title.endswith("2024 to 2024") for title in titles)


def test_the_record_has_both_paths_the_concept_and_the_remainder():
    answer = path("ESP", paths=20, stress="none")
    rows = {row["name"]: row for row in json.loads(to_json(answer.payload))["beside"]}
    monitor = rows["ec_dsm_2024"]
    assert monitor["years"][-1] == 2035 and monitor["other"][-1] == pytest.approx(1.121)
    assert monitor["compared"] == "changes" and not monitor["same"] and monitor["parts"] == {}
    assert monitor["rest"]["is"].startswith("not given") and monitor["rest"]["value"] == monitor["gap"][-1]
    spring = rows["ec_2025_spring"]
    total = sum(part["gap"] for part in spring["parts"].values()) + spring["rest"]["value"]
    assert total == pytest.approx(spring["gap"][-1]) and spring["vintage"] == "2025-05"


def test_what_others_count_is_said():
    answer = path("KOR", paths=20, stress="none")
    said = next(f for f in answer.findings if f.place.startswith("National Assembly Budget Office"))
    for words in ("central and local governments (D1)", "Changes since 2025", "47.8 %", "not given"):
        assert words in said.sentence
    assert "naon.go.kr" in said.evidence
    text = to_text(answer, 100)
    assert "Beside the projections of others" in text and "Why the projections differ" in text


def test_lines_of_another_debt_begin_on_the_path_and_stand_in_the_picture():
    answer = path("GBR", paths=20, stress="none")
    lines = {line["title"]: line["points"] for line in answer.figures[0]["fans"][0]["lines"]}
    first = lines["Office for Budget Responsibility, March 2026, change"][0]
    assert first[0] == 0
    assert first[1] == pytest.approx(100 * answer.payload["paths"]["constant_rate"]["debt_ratio"][0])
    level = lines["World Economic Outlook, April 2026"][0]
    assert level[1] == pytest.approx(99.9, abs=0.1)
    picture = to_svg(answer.figures[0])
    assert "Office for Budget Responsibility, March 2026, change" in picture
