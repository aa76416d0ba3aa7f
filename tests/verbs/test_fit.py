"""The verb that fits: table, payload with grade and source, CSV, files with faults."""

from __future__ import annotations

import csv
import io
import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.verbs.fit import fit_csv, model_fit

ROWS = (
    "# schema 1\n# source: Invented Office\nt,taxes,wages\n5,20,100\n6,21,104\n7,22,112\n8,26,128\n9,,130\n"
)


@pytest.fixture
def book(tmp_path):
    def write(text: str):
        path = tmp_path / "seen.csv"
        path.write_text(text)
        return path

    return write


def test_a_file_gives_parameters_with_grade_and_source(book) -> None:
    answer = model_fit("sim", book(ROWS), ["tax_rate"])
    payload = json.loads(to_json(answer.payload))
    (row,) = payload["parameters"]
    assert row["value"] == pytest.approx(7976 / 39744, rel=1e-12), (
        "by hand: sum of products over sum of squares"
    )
    assert row["grade"] == "B" and row["source"] == "Invented Office" and row["before"] == 0.2
    assert row["t"] == pytest.approx(row["value"] / row["standard_error"])
    assert payload["observations"] == 3 and payload["covariance"][0][0] == pytest.approx(
        row["standard_error"] ** 2
    )
    assert payload["series"]["rows"] == 5 and len(payload["series"]["hash"]) == 16
    assert "Grade B: computed from Invented Office." in answer.story
    lines = {line["title"] for line in answer.figures[0]["series"]}
    assert lines == {"observed", "computed"}
    (read,) = csv.DictReader(io.StringIO(fit_csv(answer)))
    assert float(read["value"]) == row["value"] and read["at_bound"] == "False"


def test_method_and_errors_are_told(book) -> None:
    ls, ml = (
        model_fit("sim", book(ROWS), ["tax_rate"], way).payload["parameters"][0] for way in ("ls", "ml")
    )
    assert ls["value"] == ml["value"] and ml["standard_error"] ** 2 * 3 == pytest.approx(
        ls["standard_error"] ** 2 * 2
    )
    for fields in ({"method": "gmm"}, {"errors": "all"}):
        with pytest.raises(InputError, match="U501"):
            model_fit("sim", book(ROWS), ["tax_rate"], **fields)


def test_a_file_with_faults_is_refused(book) -> None:
    for text, words in (
        (ROWS.replace("7,22", "8,22"), "leaves out a period"),
        (ROWS.replace("22", "x"), "C107"),
        (ROWS.replace("wages", "wage"), "column wage"),
    ):
        with pytest.raises(InputError, match=words):
            model_fit("sim", book(text), ["tax_rate"])
