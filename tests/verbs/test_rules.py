"""The verbs rules and effort: verdicts with margins, the binding test with its error, faults at once."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.verbs.rules import effort, rules


def test_every_verdict_has_its_margin():
    answer = rules("KEN", paths=100)
    payload = json.loads(to_json(answer.payload))
    assert all(("holds" in v) == ("margin" in v) for v in payload["verdicts"])
    assert len(answer.grids) == 6 and "not under these rules" in to_text(answer, 120)


def test_effort_names_what_binds():
    payload = effort("FRA", paths=100).payload
    assert payload["binding"]["total"] == max(row["total"] for row in payload["efforts"])
    assert payload["first_year"] == 2026 and "France" in payload["story"]


def test_prior_guidance_is_stricter_on_chances():
    paper, guidance = (
        effort("DEU", c, paths=200).payload["efforts"] for c in ("eu2024", "eu2024_prior_guidance")
    )
    assert guidance[-1]["total"] >= paper[-1]["total"] - 1e-9


def test_faults_at_once():
    with pytest.raises(InputError) as wrong:
        effort("ITA", "eu", years=0, paths=1)
    assert wrong.value.codes == ("U501",) * 3
    with pytest.raises(InputError):
        rules("ITA", paths=1)
