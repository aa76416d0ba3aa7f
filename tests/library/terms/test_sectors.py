"""The sector vocabulary is a tree of uniquely named SNA 2008 sectors, each with one role."""

import csv
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"


def read(name):
    lines = (TERMS / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    return list(csv.DictReader(lines[1:], strict=True))


ROWS = read("sectors.csv")
BY_NAME = {row["name"]: row for row in ROWS}


def test_header():
    assert list(ROWS[0]) == ["name", "code", "standard", "parent", "role", "title", "definition"]


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


def test_codes_and_roles():
    roles = {
        "state",
        "central_bank",
        "intermediary",
        "firm",
        "household",
        "foreign",
        "aggregate",
        "contingent",
        "resident",
        "mixed",
    }
    for row in ROWS:
        assert re.fullmatch(r"[a-z][a-z_]*|UNALLOCATED", row["name"])
        assert row["standard"] in {"SNA 2008", "own"}
        assert row["role"] in roles
        if row["name"] == "UNALLOCATED":
            assert row["code"] == ""
        else:
            assert re.fullmatch(r"S\d{1,4}(\+S\d{1,4})*", row["code"])


def test_known_sectors():
    codes = {name: row["code"] for name, row in BY_NAME.items()}
    assert codes["central_bank"] == "S121"
    assert codes["deposit_takers"] == "S122"
    assert codes["money_market_funds"] == "S123"
    assert codes["pension_funds"] == "S129"
    assert codes["social_security_funds"] == "S1314"
    assert codes["households_and_nonprofits"] == "S14+S15"
    assert codes["rest_of_world"] == "S2"
    assert BY_NAME["dealers"]["parent"] == "other_financial_intermediaries"
    assert BY_NAME["foreign_official"]["role"] == "foreign"
    assert BY_NAME["multilateral_creditors"]["parent"] == "foreign_official"
    assert BY_NAME["private_creditors"]["role"] == "mixed"
    assert BY_NAME["UNALLOCATED"]["title"] == "Not allocated"
