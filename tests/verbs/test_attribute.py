"""The verb that splits a difference: table, payload, CSV, refusals."""

from __future__ import annotations

import csv
import io
import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.verbs.attribute import attribution_csv
from creditor.verbs.compare import model_compare

CHANGES = [
    {"name": "tax_rate", "value": 0.25, "from": 1},
    {"name": "public_spending", "value": 25.0, "from": 1},
]


@pytest.mark.parametrize("way", ["changes", "equations"])
def test_table_payload_and_csv_agree(way: str) -> None:
    answer = model_compare("sim", [], CHANGES, 20, attribute=way, of=["wages", "money"], at=5)
    payload = json.loads(to_json(answer.payload))
    assert payload["by"] == way and set(payload["attribution"]) == {"wages", "money"}
    split = payload["attribution"]["wages"]
    total = sum(part["alone"][5] for part in split["parts"]) + split["interaction"][5]
    assert total == pytest.approx(split["difference"][5], rel=1e-12)
    plain = model_compare("sim", [], CHANGES, 20)
    assert split["difference"] == plain.payload["difference"]["wages"]
    grid = answer.grids[0]
    assert grid.title == "wages in period 5" and grid.values[-1][1] == split["difference"][5]
    rows = list(csv.DictReader(io.StringIO(attribution_csv(answer))))
    assert len(rows) == 2 * (len(split["parts"]) + 2) * 21
    kept = [r for r in rows if r["variable"] == "wages" and r["part"] == "difference" and r["t"] == "5"]
    assert float(kept[0]["alone"]) == split["difference"][5] and kept[0]["last"] == ""
    assert answer.figures and len(payload["provenance"]) == 2


def test_what_is_asked_wrongly() -> None:
    for fields, code in (
        ({"attribute": "chance", "of": ["wages"]}, "U501"),
        ({"attribute": "changes"}, "U501"),
        ({"of": ["wages"]}, "U501"),
        ({"attribute": "changes", "of": ["wages"], "at": 99}, "S702"),
    ):
        with pytest.raises(InputError) as caught:
            model_compare("sim", [], CHANGES, 20, **fields)
        assert caught.value.codes == (code,)
