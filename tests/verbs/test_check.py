"""creditor check: 112 claims with verdicts, one in detail, wrong ids, what was known then."""

from __future__ import annotations

import csv
import io
import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.verbs.check import check, check_csv, quantity_record

EVERY = check()


def test_every_claim_has_a_verdict_a_sentence_and_counts_that_add_up():
    payload = EVERY.payload
    assert len(payload["claims"]) == sum(payload["counts"].values()) == 112
    assert payload["counts"]["consistent"] + payload["counts"]["inconsistent"] >= 68
    for record in payload["claims"]:
        assert record["sentence"] and record["verdict"] in payload["counts"]
        computed = record.get("computed")
        if computed and "source" in computed:
            assert computed["grade"] in "ABC" and computed["text"]
    assert "112 claims" in EVERY.story and EVERY.exit_code == 0


def test_the_table_has_a_row_per_claim_and_the_pictures_their_numbers():
    assert [len(grid.rows) for grid in EVERY.grids] == [112, 112]
    verdicts, ratios = EVERY.figures
    assert sum(row["value"] for row in verdicts["rows"]) == 112
    (fed,) = [row for row in ratios["rows"] if row["id"] == "C019"]
    assert fed["value"] == pytest.approx(100 * 3.8309 / 6.7)


def test_one_claim_in_detail():
    answer = check("c19")
    assert [grid.name for grid in answer.grids] == ["C019", "C019-steps"]
    rows = dict(answer.grids[0].rows)
    assert rows["computation"] == "held('USA','federal-gross','central_bank')" and rows["grade"] == "A"
    assert "L.210" in rows["source"] and answer.payload["claims"][0]["steps"]


def test_the_refusal_of_the_ledger_is_a_finding():
    assert any("L401" in finding.sentence for finding in check("C032").findings)


def test_wrong_ids_are_told_all_at_once_with_the_nearest():
    with pytest.raises(InputError) as caught:
        check("C019", "C1999", "D01")
    assert caught.value.codes == ("F311", "F311")
    assert "C" in caught.value.troubles[0].mend and "C112" in caught.value.troubles[0].mend


def test_as_known_at_decides_less_and_never_uses_what_came_later():
    then = check(as_known_at="2025-10")
    assert then.payload["counts"]["cannot say"] > EVERY.payload["counts"]["cannot say"]
    vintages = [
        record["computed"].get("vintage", "") for record in then.payload["claims"] if "computed" in record
    ]
    assert all(part <= "2025-10-31" for text in vintages for part in text.split("; ") if part)
    with pytest.raises(InputError, match="T204"):
        check(as_known_at="soon")


def test_csv_and_json_carry_the_same_numbers():
    rows = list(csv.DictReader(io.StringIO(check_csv(EVERY))))
    assert len(rows) == 112 and rows[18]["figure"] == "6.7" and rows[18]["grade"] == "A"
    assert json.loads(to_json(EVERY.payload))["claims"][18]["computed"]["value"] == pytest.approx(3.8309)
    assert to_json(check("C019").payload) == to_json(check("C019").payload)
    assert quantity_record(None) is None
