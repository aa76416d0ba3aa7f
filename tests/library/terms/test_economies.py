"""The economy vocabulary holds ISO 3166-1 and our own aggregates, each with a known currency."""

import csv
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"


def read(name):
    lines = (TERMS / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    return list(csv.DictReader(lines[1:], strict=True))


ROWS = read("economies.csv")
BY_CODE = {row["code"]: row for row in ROWS}
OWN = {"ROW", "WLD", "XKX", "XLI"}


def test_header():
    assert list(ROWS[0]) == ["code", "alpha2", "name", "currency", "note"]


def test_codes_are_unique_and_sorted():
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))
    names = [row["name"] for row in ROWS]
    assert len(set(names)) == len(names)
    alpha2 = [row["alpha2"] for row in ROWS if row["alpha2"]]
    assert len(set(alpha2)) == len(alpha2)


def test_codes_are_well_formed():
    for row in ROWS:
        assert None not in row and None not in row.values()
        assert all(value == value.strip() for value in row.values())
        assert row["name"]
        assert re.fullmatch(r"[A-Z]{3}", row["code"])
        if row["code"] in {"ROW", "WLD", "XLI"}:
            assert row["alpha2"] == ""
        else:
            assert re.fullmatch(r"[A-Z]{2}", row["alpha2"])


def test_iso_list_is_complete():
    assert len(BY_CODE.keys() - OWN) == 249
    assert BY_CODE.keys() >= OWN
    assert all(BY_CODE[code]["note"] for code in OWN)


def test_currencies_exist():
    currencies = {row["code"] for row in read("currencies.csv")}
    for row in ROWS:
        if row["code"] in {"ROW", "WLD", "ATA"}:
            assert row["currency"] == ""
        else:
            assert row["currency"] in currencies


def test_every_national_currency_has_an_economy():
    used = {row["currency"] for row in ROWS}
    unused = {row["code"] for row in read("currencies.csv")} - used
    assert unused == {"SVC", "VED", "XAU", "XDR"}


def test_known_economies():
    assert BY_CODE["USA"]["name"] == "United States"
    assert BY_CODE["GBR"] | {"note": ""} == {
        "code": "GBR",
        "alpha2": "GB",
        "name": "United Kingdom",
        "currency": "GBP",
        "note": "",
    }
    assert BY_CODE["KOR"]["name"] == "South Korea"
    assert BY_CODE["CIV"]["name"] == "Côte d'Ivoire"
    assert BY_CODE["CHE"]["currency"] == "CHF"
    assert BY_CODE["HRV"]["currency"] == "EUR"
    assert BY_CODE["XLI"]["currency"] == "USD"
    assert BY_CODE["XKX"]["alpha2"] == "XK"
