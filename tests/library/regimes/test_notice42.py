"""The notice: its own cases, cases written apart from them, and provisions that stand as they are printed."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from creditor.regimes.assess import assess_case
from creditor.regimes.casefile import read_case_file, read_case_table
from creditor.regimes.coverage import cases_of
from creditor.regimes.read import load_regime

HERE = Path(__file__).parent
NOTICE = load_regime("notice42")
APART = HERE / "apart.csv"


@pytest.mark.parametrize("entry", cases_of(NOTICE), ids=lambda entry: entry.case.name)
def test_each_case(entry):
    assert not entry.case.troubles and not entry.differences(assess_case(NOTICE, entry.case))


def apart():
    rows = csv.DictReader(APART.read_text("utf-8").splitlines(keepends=True)[1:])
    return list(zip(read_case_table(APART, NOTICE), rows, strict=True))


@pytest.mark.parametrize(("case", "row"), apart(), ids=lambda value: getattr(value, "name", ""))
def test_each_case_written_apart(case, row):
    """One accepted verdict, or several joined by a semicolon; every article that is named is cited."""
    found = assess_case(NOTICE, case)
    assert not case.troubles and found.verdict in row["accepted"].split(";"), found.reason
    assert set(filter(None, row["articles"].split(";"))) <= {*found.articles, *found.also}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.toml")), ids=lambda path: path.stem)
def test_each_case_file(path):
    case, control = read_case_file(path, NOTICE)
    found = assess_case(NOTICE, case)
    first = path.read_text("utf-8").splitlines()[0]
    verdict, articles = re.fullmatch(r"# (\w+) ?(.*)", first).groups()
    assert (found.verdict, ";".join(found.articles)) == (verdict, articles)
    assert control is None or control.value in ("yes", "no", "joint", "unknown")


def test_numbers_of_the_notice():
    kinds = [provision.modality for provision in NOTICE.provisions.values()]
    assert len(kinds) == 86 and kinds.count("prohibition") == 18 and kinds.count("exception") == 1
    assert (
        NOTICE.about["in_force_from"] == "2026-02-06" and "Chinese text governs" in NOTICE.about["language"]
    )


def test_the_slips_of_the_translation_say_which_text_is_followed():
    slips = [provision for provision in NOTICE.provisions.values() if provision.slip]
    assert {p.id for p in slips} >= {"1d", "1l", "13a", "14b", "14c", "14e", "15g"}
    assert all(provision.follows in ("Chinese", "English") for provision in slips)
