"""The instrument vocabulary is a tree of uniquely named SNA 2008 financial instruments."""

import csv
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"


def read(name):
    lines = (TERMS / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    return list(csv.DictReader(lines[1:], strict=True))


ROWS = read("instruments.csv")
BY_NAME = {row["name"]: row for row in ROWS}


def test_header():
    assert list(ROWS[0]) == ["name", "code", "standard", "parent", "title", "definition"]


def test_every_row_is_filled():
    for row in ROWS:
        assert None not in row and None not in row.values()
        assert all(value == value.strip() for value in row.values())
        assert row["name"] and row["title"]
        assert row["definition"].endswith(".")


def test_names_and_titles_are_unique():
    assert len(BY_NAME) == len(ROWS)
    assert len({row["title"] for row in ROWS}) == len(ROWS)


def test_standard_codes_are_unique():
    codes = [row["code"] for row in ROWS if row["standard"] == "SNA 2008"]
    assert len(set(codes)) == len(codes)


def test_parents_exist_without_a_cycle():
    for start in BY_NAME:
        name, seen = start, []
        while name not in seen and BY_NAME[name]["parent"]:
            seen.append(name)
            name = BY_NAME[name]["parent"]
        assert name not in seen


def test_standard_codes_lie_under_the_code_of_their_parent():
    for row in ROWS:
        parent = BY_NAME.get(row["parent"])
        if parent and row["standard"] == parent["standard"] == "SNA 2008":
            assert row["code"].startswith(parent["code"])
            assert row["code"] != parent["code"]


def test_codes():
    for row in ROWS:
        assert re.fullmatch(r"[a-z][a-z_]*", row["name"])
        assert row["standard"] in {"SNA 2008", "own"}
        assert re.fullmatch(r"F\d{1,3}(\+F\d{1,3})*", row["code"])


def test_own_instruments_keep_the_code_of_their_parent():
    for row in ROWS:
        if row["standard"] == "own" and row["parent"]:
            assert row["code"] == BY_NAME[row["parent"]]["code"]


def test_known_instruments():
    codes = {name: row["code"] for name, row in BY_NAME.items()}
    assert {codes[row["name"]] for row in ROWS if not row["parent"] and row["standard"] != "own"} == {
        f"F{n}" for n in range(1, 9)
    }
    assert codes["transferable_deposits"] == "F22"
    assert codes["other_deposits"] == "F29"
    assert codes["long_term_debt_securities"] == "F32"
    assert codes["money_market_fund_shares"] == "F521"
    assert codes["pension_entitlements"] == "F63"
    assert codes["standardised_guarantees"] == "F66"
    assert BY_NAME["reserve_balances"]["parent"] == "transferable_deposits"
    assert BY_NAME["other_fund_shares"]["title"] == "Investment fund shares"
