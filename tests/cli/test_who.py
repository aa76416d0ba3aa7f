"""`creditor who` gives the digits of the Python face, the same in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import creditor
from creditor.export.json import to_json

SRC = Path(__file__).parents[2] / "src"
QUESTION = ["who", "USA", "--through", "--by", "wealth", "--treatment", "T1,I1"]


def test_the_digits_of_the_face(call):
    for words, options in [
        (QUESTION, {"through": True, "by": "wealth", "treatment": "T1,I1"}),
        (
            ["who", "usa", "--as-of", "2024q4", "--perimeter", "public"],
            {"as_of": "2024Q4", "perimeter": "public"},
        ),
        (["who", "United States", "--by", "country"], {"by": "country"}),
    ]:
        done = call(*words, "--json")
        assert done.code == 0 and not done.err
        assert done.out == to_json(creditor.who("USA", **options).payload)


def test_two_processes_give_the_same_bytes(call):
    outs = []
    for seed, columns, zone in (("0", "40", "UTC"), ("4711", "200", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONPATH": str(SRC), "PYTHONHASHSEED": seed, "COLUMNS": columns, "TZ": zone}
        words = [sys.executable, "-m", "creditor", *QUESTION, "--json"]
        done = subprocess.run(words, capture_output=True, check=False, env=env, cwd=Path.home())
        assert done.returncode == 0
        outs.append(done.stdout)
    assert outs[0] == outs[1] == call(*QUESTION, "--json").out.encode("utf-8")


def test_json_has_no_path_and_no_time(call):
    out = call(*QUESTION, "--json").out
    payload = json.loads(out)
    assert not {"time", "date", "duration", "host", "path", "seed"} & set(payload)
    for text in (str(SRC), str(Path.home()), os.sep + "tmp", "NaN", "Infinity"):
        assert text not in out


def test_every_number_of_the_csv_is_in_the_json(call):
    import csv

    rows = list(csv.DictReader(call(*QUESTION, "--csv").out.splitlines()))
    payload = json.loads(call(*QUESTION, "--json").out)
    told = {entry["holder"]: (entry["amount"], entry["share"]) for entry in payload["holders"]}
    assert {r["holder"]: (float(r["amount"]), float(r["share"])) for r in rows[:-1]} == told
    assert rows[-1]["holder"] == "total" and float(rows[-1]["amount"]) == payload["total"]
    assert all(r["grade"] for r in rows[:-1])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["USS"], 2, ["no economy 'USS'", "USA", "[T201]"]),
        (["Untied States"], 2, ["United States"]),
        ([""], 2, ["[T201]"]),
        (["Austria"], 3, ["AUT", "[F303]", "USA"]),
        (["USA", "--as-of", "2025Q5"], 2, ["2025Q5", "2025Q1 to 2025Q4", "[T204]"]),
        (["USA", "--as-of", "yesterday"], 2, ["[T204]"]),
        (["USA", "--as-of", "2019Q4"], 3, ["no figures", "2025Q3, 2025Q4", "[F302]"]),
        (["USA", "--as-of", "2024Q4"], 3, ["public: 2022Q4, 2023Q4, 2024Q4"]),
        (["USA", "--by", "welth"], 2, ["did you mean wealth?", "[U501]"]),
        (["USA", "--perimeter", "gross"], 2, ["federal-gross", "[U501]"]),
        (["USA", "--treatment", "T9,I7"], 2, ["2 troubles", "'T9'", "'I7'"]),
        (["USA", "--through", "--treatment", "T0,T1"], 2, ["T0 and T1 exclude each other"]),
        (["USA", "--treatment", "T0"], 2, ["add --through"]),
        (["USA", "--treatment", "F1,I2"], 2, ["add --through"]),
    ],
)
def test_wrong_questions(call, words, code, told):
    done = call("who", *words)
    assert done.code == code and not done.out
    assert all(text in done.err for text in told), done.err
    assert done.err.startswith("creditor: ") and "Traceback" not in done.err


def test_a_text_for_people_has_numbers_grades_and_sources(call):
    out = call("who", "USA", "--through").out
    for text in ("Households and nonprofits", "31.9 %", "C*", "How large each channel is", "Z.1"):
        assert text in out
