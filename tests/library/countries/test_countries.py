"""Every country folder gives the numbers of its twin, and an exact computation of its own agrees."""

from __future__ import annotations

import csv
import datetime
import functools
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from creditor.analysis.creditors import direct_parts, final_parts
from creditor.ledger.claims import UNALLOCATED
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import available, load_country
from creditor.opening.opening import open_economy
from creditor.opening.perimeter import bridge, periods_of
from creditor.terms.library import ROOT
from creditor.verbs.data import data_refresh
from creditor.verbs.lint import lint
from creditor.verbs.who import who

HERE = Path(__file__).parent
TWINS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))}
QUARTER_END = {"1": (3, 31), "2": (6, 30), "3": (9, 30), "4": (12, 31)}
TREATMENTS = ("T0", "T1", "T2", "T0,F1", "T2,F1")


DEEP = [code for code, twin in TWINS.items() if "bounds" in twin]  # with owners of intermediaries
PERIMETERS = {code: list(load_country(code).settings["perimeters"]) for code in available()}


def cases(key: str) -> list:
    return [
        pytest.param(code, row, id=f"{code}-{i}")
        for code, t in TWINS.items()
        for i, row in enumerate(t.get(key, []))
    ]


def test_every_folder_has_a_twin():
    assert sorted(TWINS) == available()
    for code, twin in TWINS.items():
        assert twin["economy"] == code and twin["schema"] == 1


@pytest.mark.parametrize(("code", "row"), cases("total"))
def test_totals(code, row):
    opened = open_economy(load_country(code), parse_treatment("T2"), row["perimeter"], row["period"])
    assert abs(float(opened.total) - row["amount"]) <= row["within"]


@pytest.mark.parametrize("code", TWINS)
def test_every_period_of_every_perimeter_has_a_total_in_the_twin(code):
    country = load_country(code)
    held = {(name, period) for name in country.settings["perimeters"] for period in periods_of(country, name)}
    assert held == {(row["perimeter"], row["period"]) for row in TWINS[code]["total"]}


@pytest.mark.parametrize(("code", "row"), cases("share"))
def test_shares_of_direct_holders(code, row):
    payload = who(code, perimeter=row.get("perimeter", "public"), as_of=row["period"]).payload
    shares = {entry["holder"]: entry["share"] for entry in payload["holders"]}
    assert abs(100 * shares[row["holder"]] - row["percent"]) <= row.get("within", 0.05)


@pytest.mark.parametrize(("code", "row"), cases("fact"))
def test_facts_by_vintage(code, row):
    found = {
        float(fact.value)
        for fact in load_country(code).facts
        if (fact.labels[0], fact.period, fact.origin.vintage)
        == (row["indicator"], row["period"], row["vintage"])
    }
    assert any(abs(value - row["value"]) <= 5e-4 * max(1, abs(row["value"])) for value in found), found


@pytest.mark.parametrize("code", TWINS)
def test_every_perimeter_is_a_partition_of_its_total(code):
    country = load_country(code)
    for name in PERIMETERS[code]:
        for period in periods_of(country, name):
            opened = open_economy(country, parse_treatment("T2"), name, period, through=False)
            parts = direct_parts(opened)
            assert abs(sum(part.amount for part in parts) - float(opened.total)) <= 1e-9 * float(opened.total)
            assert all(part.amount >= 0 for part in parts)


def test_the_rest_of_the_world_is_what_the_listed_economies_leave():
    listed = Fraction(0)
    for code in set(TWINS) - {"ROW"}:
        wanted = {"debt_gdp": Fraction(0), "gdp_usd": Fraction(0)}
        for fact in load_country(code).facts:
            if fact.labels[0] in wanted and fact.period == "2024":
                wanted[fact.labels[0]] = fact.value  # the later vintage comes last
        listed += wanted["debt_gdp"] * wanted["gdp_usd"] / 100
    (stated,) = [fact.value for fact in load_country("ROW").facts if fact.labels[0] == "listed_debt"]
    assert abs(listed - stated) < Fraction(1, 1000)


@pytest.mark.parametrize(("code", "row"), cases("bridge"))
def test_steps_of_the_bridge(code, row):
    steps = {step.title: float(step.amount) for step in bridge(load_country(code), row["period"])}
    assert steps[row["title"]] == row["amount"]


@pytest.mark.parametrize("code", DEEP)
def test_the_direct_holders_are_a_partition(code):
    country = load_country(code)
    for period in country.periods("holders"):
        opened = open_economy(country, parse_treatment("T2"), "public", period, through=False)
        parts = direct_parts(opened)
        assert len({part.owner for part in parts}) == len(parts) == TWINS[code]["direct_groups"]
        vintages = {part.origin.vintage for part in parts}
        assert len(vintages) == 1, "one release at each date"


@pytest.mark.parametrize("code", DEEP)
def test_what_is_not_allocated_stays_within_its_bounds(code):
    bounds, country = TWINS[code]["bounds"], load_country(code)
    for period in country.periods("holders"):
        direct = open_economy(country, parse_treatment("T2"), "public", period, through=False)
        missing = sum(part.amount for part in direct_parts(direct) if part.owner == UNALLOCATED)
        assert missing / float(direct.total) <= bounds["unallocated_direct"]
    for treatment in ("T0", "T1", "T2"):
        opened = open_economy(country, parse_treatment(treatment), "public")
        assert 0 < final_parts(opened).share(UNALLOCATED) <= bounds["unallocated_through"]


@pytest.mark.parametrize(("code", "row"), cases("households"))
def test_households_share(code, row):
    opened = open_economy(load_country(code), parse_treatment(row["treatment"]), "public")
    owners = final_parts(opened).owners
    share = sum(owners.get(name, 0.0) for name in opened.households) / float(opened.total)
    assert round(100 * share, 1) == row["percent"]


@pytest.mark.parametrize("code", TWINS)
def test_a_refresh_makes_the_committed_files_byte_for_byte(code):
    answer, files = data_refresh(code)
    assert files and all(path.read_bytes() == text.encode("utf-8") for path, text in files.items())
    assert answer.story.count("unchanged") == len(files)


@pytest.mark.parametrize("code", TWINS)
def test_the_folder_has_no_fault(code):
    answer = lint(code)
    assert answer.exit_code == 0, [str(finding) for finding in answer.findings if finding.severity == "fault"]


# --- the same result by another way: exact fractions, from the files alone
@functools.cache
def rows(code: str, name: str) -> tuple[dict[str, str], ...]:
    lines = (ROOT / "countries" / code / name).read_text("utf-8").splitlines()
    return tuple(csv.DictReader(lines[1:]))


def day(period: str) -> datetime.date:
    if "Q" in period:
        return datetime.date(int(period[:4]), *QUARTER_END[period[-1]])
    return datetime.date.fromisoformat(period if len(period) == 10 else f"{period}-28")


def number(row: dict[str, str], key: str) -> Fraction:
    return Fraction(row[key]) / (1000 if row["unit"] == "USD mn" else 1)


def book(code: str, treatment: str, period: str) -> list[tuple[str, str, Fraction]]:
    """Holder, issuer, amount: the debt held by the public, groups divided, and owners of intermediaries."""
    claims: list[tuple[str, str, Fraction]] = []
    for row in rows(code, "claims.csv"):
        if row["perimeter"] == "public" and row["period"] == period:
            members = [s for s in rows(code, "splits.csv") if s["group"] == row["holder"] and not s["by"]]
            nearest = min((abs(day(s["period"]) - day(period)) for s in members), default=None)
            members = [s for s in members if abs(day(s["period"]) - day(period)) == nearest]
            whole = sum((number(s, "weight") for s in members), Fraction(0))
            amount = number(row, "amount")
            parts = [(s["member"], amount * number(s, "weight") / whole) for s in members]
            claims += [(name, row["issuer"], part) for name, part in parts or [(row["holder"], amount)]]
        elif row["perimeter"] == "owners" or (row["perimeter"] == "owners-firms" and "F1" in treatment):
            claims.append((row["holder"], row["issuer"], number(row, "amount")))
    if "T1" in treatment:
        state = {"central_bank": "central_government"}
        moved = [(state.get(holder, holder), state.get(issuer, issuer), x) for holder, issuer, x in claims]
        claims = [claim for claim in moved if claim[0] != claim[1]]
    return claims


def intermediaries(code: str, claims: list[tuple[str, str, Fraction]], treatment: str) -> list[str]:
    terms = (ROOT / "terms" / "sectors.csv").read_text("utf-8").splitlines()
    roles = {row["name"]: row["role"] for row in csv.DictReader(terms[1:])}
    looked = {
        "intermediary",
        *(["central_bank"] if "T0" in treatment else []),
        *(["firm"] if "F1" in treatment else []),
    }
    names = dict.fromkeys(name for holder, issuer, _ in claims for name in (holder, issuer))
    return [name for name in names if roles[name] in looked]


def exact_owners(code: str, treatment: str, period: str = "2025Q3") -> dict[str, Fraction]:
    """U = D + W (I - M)^-1 R, by elimination in fractions; what has no owners is not allocated."""
    claims = book(code, treatment, period)
    debtor = "central_government"
    owned = {issuer for _, issuer, _ in claims}
    through = [name for name in intermediaries(code, claims, treatment) if name in owned]
    lost = set(intermediaries(code, claims, treatment)) - set(through)
    size = {
        name: sum(x for holder, issuer, x in claims if issuer == name and holder != name) for name in through
    }
    index = {name: i for i, name in enumerate(through)}
    count = len(through)
    system = [[Fraction(int(i == j)) for j in range(count)] + [Fraction(0)] for i in range(count)]
    for holder, issuer, amount in claims:
        if holder in index and issuer == debtor:
            system[index[holder]][count] += amount
        elif holder in index and issuer in index and holder != issuer:
            system[index[holder]][index[issuer]] -= amount / size[issuer]
    for k in range(count):  # every pivot is positive: each intermediary reaches an owner
        for i in range(count):
            if i != k and system[i][k]:
                factor = system[i][k] / system[k][k]
                system[i] = [a - factor * b for a, b in zip(system[i], system[k], strict=True)]
    passing = {name: system[i][count] / system[i][i] for name, i in index.items()}
    found: dict[str, Fraction] = {}
    for holder, issuer, amount in claims:
        if holder not in index and (issuer == debtor or issuer in index):
            part = amount if issuer == debtor else amount * passing[issuer] / size[issuer]
            name = UNALLOCATED if holder in lost else holder
            found[name] = found.get(name, Fraction(0)) + part
    return found


@pytest.mark.parametrize("treatment", TREATMENTS)
@pytest.mark.parametrize("code", ["USA"])
def test_every_owner_agrees_with_exact_fractions(code, treatment):
    exact = exact_owners(code, treatment)
    opened = open_economy(load_country(code), parse_treatment(treatment), "public")
    found = final_parts(opened).owners
    assert sum(exact.values()) == opened.total
    assert {name for name, amount in exact.items() if amount} == {name for name, x in found.items() if x}
    for name, amount in found.items():
        assert abs(amount - float(exact[name])) <= 1e-12 * float(opened.total), name


@pytest.mark.parametrize("treatment", ["T0", "T1", "T2"])
@pytest.mark.parametrize("perimeter", ["public", "federal-gross"])
def test_the_household_share_of_the_answer_agrees_to_nine_digits(treatment, perimeter):
    exact = exact_owners("USA", treatment)
    payload = who("USA", through=True, treatment=treatment, perimeter=perimeter).payload
    funds = Fraction("7359.78705416503") if perimeter == "federal-gross" else 0
    wanted = float(exact["households_and_nonprofits"] / (sum(exact.values()) + funds))
    (share,) = [h["share"] for h in payload["holders"] if h["holder"] == "households_and_nonprofits"]
    assert abs(share - wanted) < 1e-9


def test_another_date_agrees_too():
    exact = exact_owners("USA", "T0", "2022Q4")
    opened = open_economy(load_country("USA"), parse_treatment("T0"), "public", "2022Q4")
    for name, amount in final_parts(opened).owners.items():
        assert abs(amount - float(exact[name])) < 1e-8
