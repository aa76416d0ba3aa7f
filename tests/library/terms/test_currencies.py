"""The currency vocabulary holds the active national currencies of ISO 4217 with their minor units."""

import csv
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"


def read(name):
    lines = (TERMS / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    return list(csv.DictReader(lines[1:], strict=True))


ROWS = read("currencies.csv")
BY_CODE = {row["code"]: row for row in ROWS}


def test_header():
    assert list(ROWS[0]) == ["code", "numeric", "digits", "name"]


def test_codes_are_unique_and_sorted():
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))
    assert len({row["numeric"] for row in ROWS}) == len(ROWS)
    assert len({row["name"] for row in ROWS}) == len(ROWS)


def test_codes_are_well_formed():
    for row in ROWS:
        assert None not in row and None not in row.values()
        assert all(value == value.strip() for value in row.values())
        assert row["name"]
        assert re.fullmatch(r"[A-Z]{3}", row["code"])
        assert re.fullmatch(r"\d{3}", row["numeric"])


def test_minor_units():
    for row in ROWS:
        if row["code"] in {"XAU", "XDR"}:
            assert row["digits"] == ""
        else:
            assert row["digits"] in {"0", "2", "3"}
    assert BY_CODE["JPY"]["digits"] == "0"
    assert BY_CODE["KRW"]["digits"] == "0"
    assert BY_CODE["EUR"]["digits"] == "2"
    assert BY_CODE["KWD"]["digits"] == "3"


def test_funds_codes_and_withdrawn_codes_are_absent():
    absent = "BOV CHE CHW CLF COU MXV USN UYI UYW XSU XTS XUA XXX BGN HRK SLL ANG CUC ZWL DEM"
    assert not BY_CODE.keys() & set(absent.split())


def test_known_currencies():
    assert BY_CODE["USD"]["numeric"] == "840"
    assert BY_CODE["EUR"]["numeric"] == "978"
    assert BY_CODE["ALL"]["numeric"] == "008"
    assert BY_CODE["GBP"]["name"] == "Pound Sterling"
    assert 150 <= len(ROWS) <= 160
