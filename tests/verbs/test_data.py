"""Data status tells coverage, age and grade of every set; data refresh makes the files of a folder again."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from creditor.errors import InputError, MissingError
from creditor.opening.country import load_country
from creditor.terms.library import ROOT
from creditor.verbs.data import data_refresh, data_status

USA = ROOT / "countries" / "USA"


def test_the_shape():
    payload = data_status().payload
    assert set(payload) == {"economies", "findings"}
    entry = payload["economies"]["USA"]
    assert set(entry) == {"perimeters", "newest_vintage", "sets"}
    assert set(entry["perimeters"]) == {"federal-gross", "public", "general-government", "investor-base"}
    for one in entry["sets"]:
        assert set(one) == {"set", "periods", "rows", "vintage", "grades"}
        assert sum(one["grades"].values()) == one["rows"] > 0


def test_every_row_of_the_folder_is_counted_once():
    country = load_country("USA")
    entry = data_status("usa").payload["economies"]["USA"]
    rows = [*country.claims, *country.splits, *country.groups, *country.facts]
    assert sum(one["rows"] for one in entry["sets"]) == len(rows)
    grades = Counter(row.origin.grade for row in rows)
    told = Counter()
    for one in entry["sets"]:
        told.update(one["grades"])
    assert told == grades
    assert f"{grades['C']} of grade C" in data_status("USA").story


def test_age_is_counted_from_the_newest_vintage_of_the_library():
    (sheet,) = data_status("USA").sheets
    (age,) = [table for table in sheet.columns if table.title.startswith("days")]
    days = {label: age.at(set=label) for label in sheet.labels}
    present = [value for value in days.values() if value == value]
    assert min(present) == 0 and all(value >= 0 for value in present)
    assert days["owners-etf-assumed"] != days["owners-etf-assumed"], "an assumption has no date"
    gap = datetime.date(2025, 4, 30) - datetime.date(2024, 6, 7)
    assert days["owners-mutual-funds-2024Q1"] - days["owners-stablecoins-2024"] == gap.days


def test_holes_and_assumptions_are_told():
    findings = data_status().findings
    told = [finding.sentence for finding in findings]
    assert any("dealers are not in the sources" in sentence for sentence in told)
    assert any("claims are assumptions (grade C)" in sentence for sentence in told)
    assert not any("Money market funds" in sentence for sentence in told)


def test_an_economy_that_is_not_there():
    with pytest.raises(InputError):
        data_status("Atlantis")
    with pytest.raises(MissingError):
        data_status("AUT")


def test_a_refresh_changes_nothing_that_is_committed():
    answer, files = data_refresh("United States")
    assert answer.payload["economy"] == "USA" and len(answer.payload["files"]) == 4
    assert all("unchanged" in line for line in answer.payload["files"])
    for path, text in files.items():
        assert path.parent == USA and path.read_bytes() == text.encode()


def test_another_figures_file_into_another_folder(folder, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text((USA / "figures.csv").read_text("utf-8").replace(",2889.5,", ",2900.5,"))
    out = tmp_path / "out"
    answer, files = data_refresh("USA", figures, out)
    assert {path.parent for path in files} == {out} and not out.exists()
    again, files = data_refresh(str(folder), figures)
    assert {path.parent for path in files} == {folder}
    assert "claims.csv 165 rows, 1 line new, 1 gone" in again.story
    assert again.story.count("unchanged") == 3
    assert "167 lines new, 0 gone" in answer.story


def test_another_order_of_rows_is_no_change_of_numbers(folder):
    lines = (folder / "splits.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "splits.csv").write_text("".join([*lines[:2], lines[3], lines[2], *lines[4:]]), "utf-8")
    assert "splits.csv 50 rows, in another order" in data_refresh(str(folder))[0].story


def test_a_refresh_of_what_has_no_folder():
    with pytest.raises(MissingError) as caught:
        data_refresh("AUT")
    assert caught.value.codes == ("F303",)
    with pytest.raises(InputError) as wrong:
        data_refresh("Atlantis")
    assert wrong.value.codes == ("T201",)
    with pytest.raises(InputError) as none:
        data_refresh("USA", "nothing.csv")
    assert none.value.codes == ("C101",)
