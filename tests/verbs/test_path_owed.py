"""The story of a path says what has become known since, who abroad is owed, and what happened before."""

from __future__ import annotations

import json

from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.sustainability.baseline import baseline
from creditor.sustainability.path import case_of, simulate
from creditor.verbs.path import path
from creditor.verbs.path_owed import FAR, story_of, surplus_told


def test_the_farthest_year_of_the_newest_publication_is_told():
    for code in ("ZMB", "NGA", "ITA"):
        base = baseline(code)
        run = simulate(case_of(base, 2032))
        gaps = {y: d - run.one("debt_ratio")[y - 2024] for y, d in base.later.items() if 2024 <= y <= 2032}
        year = max(gaps, key=lambda y: abs(gaps[y]))
        told = story_of(base, run)
        assert ("A later publication" in told) == (abs(gaps[year]) >= FAR)
        assert abs(gaps[year]) < FAR or f"in {year}, " in told


def test_foreign_creditors_add_up_and_defaults_have_sources_on_every_surface():
    answer = path("GHA", paths=20, stress="none")
    assert "Foreigners hold 57.4 %: 17.7 % multilateral lenders, 6.9 % governments" in answer.story
    assert "in default on private creditors: from 2022" in answer.story
    assert json.loads(to_json(answer.payload))["defaults"][0]["first"] == 2022
    assert "Fitch" in to_text(answer, 120)


def test_what_is_not_known_is_not_told():
    assert "in default" not in path("DEU", paths=20, stress="none").story
    saudi = path("SAU", paths=20, stress="none").story
    assert "40.5 % of the debt is in foreign money; who abroad holds it is not in the figures." in saudi
    assert "Foreigners hold" not in path("USA", perimeter="federal", paths=20, stress="none").story


def test_a_longer_projection_that_is_far_off_is_told_with_its_sign():
    answer = path("ITA", paths=20, stress="none")
    last = {row["name"]: row for row in answer.payload["beside"]}
    gap = next(row["gap"][-1] for row in last.values() if row["years"][-1] == 2034)
    assert gap < -0.05
    assert f"this path is {-100 * gap:.1f} points lower in 2034 than what another projection" in answer.story
    assert "another projection" not in path("JPN", paths=20, stress="none").story


def test_a_large_surplus_that_is_held_for_long_is_called_arithmetic():
    told = [f for f in path("EGY", paths=20, stress="none").findings if f.place == "primary balance"]
    assert (
        told and "3.5 % of GDP is held for 25 years" in told[0].sentence and "Eichengreen" in told[0].evidence
    )
    assert surplus_told(baseline("EGY"), 2035) == [] and surplus_told(baseline("ITA"), 2055) == []


def test_of_longer_projections_that_are_far_off_the_newest_is_told():
    story = path("USA", perimeter="federal", paths=20, stress="none").story
    assert "another projection (Congressional Budget Office, February 2026)" in story
