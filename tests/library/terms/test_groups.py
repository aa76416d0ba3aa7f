"""The group vocabulary cuts all households twice, by wealth and by age, from the top down."""

import csv
import itertools
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"


def read(name):
    lines = (TERMS / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    return list(csv.DictReader(lines[1:], strict=True))


ROWS = read("groups.csv")
BY_NAME = {row["name"]: row for row in ROWS}


def test_header():
    assert list(ROWS[0]) == ["name", "by", "title", "definition"]


def test_every_row_is_filled():
    for row in ROWS:
        assert None not in row and None not in row.values()
        assert all(value and value == value.strip() for value in row.values())
        assert row["by"] in {"wealth", "age"}
        assert row["title"].startswith("Households, ")
        assert row["definition"].endswith(".")


def test_names_and_titles_are_unique_and_differ_from_sectors():
    assert len(BY_NAME) == len(ROWS)
    assert len({row["title"] for row in ROWS}) == len(ROWS)
    assert not BY_NAME.keys() & {row["name"] for row in read("sectors.csv")}
    assert all(re.fullmatch(r"[a-z][a-z0-9_.]*", name) for name in BY_NAME)


def test_groups_by_wealth_are_all_households_from_the_richest_down():
    names = [row["name"] for row in ROWS if row["by"] == "wealth"]
    assert names == ["top_0.1", "next_0.9", "next_9", "next_40", "bottom_50"]
    assert round(sum(float(name.partition("_")[2]) for name in names), 9) == 100


def test_groups_by_age_follow_each_other_from_the_oldest_down():
    names = [row["name"] for row in ROWS if row["by"] == "age"]
    assert names == ["age_70_plus", "age_55_69", "age_40_54", "age_under_40"]
    bounds = [[int(number) for number in re.findall(r"\d+", name)] for name in names]
    for older, younger in itertools.pairwise(bounds[:-1]):
        assert younger[-1] + 1 == older[0]
    assert bounds[-1] == [bounds[-2][0]]


def test_each_dimension_stands_together():
    assert [row["by"] for row in ROWS] == ["wealth"] * 5 + ["age"] * 4
