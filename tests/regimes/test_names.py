"""The screen as a whole: meaning from what stands around, spans, limits, and the bars on a list of names."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.regimes.names import finds, screen
from creditor.regimes.names_normal import normalise
from creditor.regimes.names_tables import tables

LIST = Path(__file__).parents[1] / "library" / "regimes" / "names.csv"
ROWS = list(csv.DictReader(LIST.read_text("utf-8").splitlines(keepends=True)[1:]))


def test_recall_and_precision_on_the_list():
    hits = [row for row in ROWS if row["expected"] == "hit"]
    flagged = [row for row in ROWS if screen(row["text"]).result == "hit"]
    right = [row for row in flagged if row["expected"] == "hit"]
    assert len(ROWS) >= 150 and len(right) / len(hits) >= 0.90 and len(right) / len(flagged) >= 0.95


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_name(row):
    found = screen(row["text"])
    assert found.result == row["expected"], found
    if row["printed_term"]:
        assert found.term == row["printed_term"]
    if found.result != "no_hit":
        assert row["text"][found.start : found.end].strip() and found.steps


@pytest.mark.parametrize(
    "text",
    [
        "RWA risk-weighted asset tools",
        "银行RWA计量系统",
        "Rural Women's Association (RWA)",
        "RWA（风险加权资产）软件",
    ],
)
def test_rwa_with_another_meaning_goes_to_a_person(text):
    assert screen(text).result == "review" and screen(text).term == "RWA"


@pytest.mark.parametrize(
    "text", ["Doorway", "Sherwani", "Solar Wafer", "Norway Rwandan", "Marwari", "Harwal", "Kurwa"]
)
def test_no_alarm_on_ordinary_words(text):
    assert screen(text).result == "no_hit"


def test_every_find_is_judged():
    text = "不含稳定币；虚拟货币"
    assert [find.result for find in finds(text, normalise(text))] == ["review", "hit"]
    assert screen(text).term == "虚拟货币/virtual currency"


def test_spans_survive_hidden_letters():
    text = "烟台加密\u200c货币有限公司"
    found = screen(text)
    assert text[found.start : found.end] == "加密\u200c货币" and "hidden characters dropped" in found.steps


def test_a_text_of_ten_megabytes_is_refused_and_one_of_a_megabyte_is_not():
    with pytest.raises(InputError) as caught:
        screen("名" * 3_400_000)
    assert caught.value.codes == ("C105",)
    assert screen("x " * 2000 + "稳定币").result == "hit"


SIGNS = ("", " ", "·", "-", "\n", "\u200b", "\u00ad", "💎", "／", "_")
TRADITIONAL = dict(zip("拟货币资产稳现实", "擬貨幣資產穩現實", strict=True))
FULL = {ord(c): ord(c) + 0xFEE0 for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@pytest.mark.parametrize("seed", range(120))
def test_any_disguise_of_a_chinese_term_is_a_hit(seed):
    draw = random.Random(seed)
    form = draw.choice([f for term in tables().words["term"] for f in term["chinese"]])
    letters = [TRADITIONAL.get(c, c) if draw.random() < 0.4 else c for c in form]
    text = "".join(c + draw.choice(SIGNS) for c in letters[:-1]) + letters[-1]
    before, after = draw.choice(["", "杭州", "ABC "]), draw.choice(["", "服务部", " Ltd"])
    found = screen(before + text + after)
    assert found.result == "hit" and (found.start, found.end) == (len(before), len(before) + len(text)), text


@pytest.mark.parametrize("seed", range(120))
def test_any_disguise_of_an_english_term_is_a_hit(seed):
    draw = random.Random(seed)
    form = draw.choice([f for term in tables().words["term"] for f in term["english"]])
    text = draw.choice([form, form.title(), form.upper()]) + draw.choice(
        ["", "s"] if "token" not in form else [""]
    )
    text = text.replace(" ", draw.choice([" ", "-", "_", "/", "  "]))
    text = text.translate(FULL) if draw.random() < 0.3 else text
    assert screen(f"Blue {text} House").result == "hit", text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("RWA running walking association", "review"),
        ("Retail Water Authority RWA", "review"),
        ("RWA World Assets Ltd", "hit"),
        ("RWA real world assets", "hit"),
    ],
)
def test_another_expansion_of_rwa_goes_to_a_person(text, result):
    assert screen(text).result == result
