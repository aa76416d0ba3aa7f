"""A path from one's own loans has the tables of an annex, with a fan where an economy is named."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.html import to_html
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.verbs.path_table import path_table

LOANS = (
    "name,currency,amount,rate,start,maturity,holder\na,KES,30,9,2020,2030,banks\nb,USD,0.2,5,2018,2028,\n"
)
YEARS = "year,gdp,real_growth,primary_balance,market_rate,fx_USD\n2024,100,,,,130\n2025,107,4,-1,9,133\n2026,115,4,-1,9,136\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "loans.csv").write_text(LOANS)
    (tmp_path / "years.csv").write_text(YEARS)
    return str(tmp_path / "loans.csv"), str(tmp_path / "years.csv")


def test_annex(files):
    answer = path_table(*files, economy="KEN", paths=100)
    assert [sheet.name for sheet in answer.sheets] == [
        "path",
        "balance",
        "financing",
        "reasons",
        "moneys",
        "holders",
        "holders_by_year",
        "due_by_holder",
        "due_by_money",
        "fan",
        "fan_errors",
        "stress",
    ]
    payload = json.loads(to_json(answer.payload))
    assert payload["debt"] == 56 and payload["by_currency"] == {"KES": 30, "USD": 26}
    assert answer.certificate["books"] < 1e-12 and len(payload["fan"]["p50"]) == 3
    units, words = (
        payload["units"],
        {"currency", "opening", "years", "loans", "findings", "story", "provenance"},
    )
    assert set(units) >= set(payload) - words - {"path", "rising_rate", "units"} | set(payload["path"])
    assert (units["by_holder"], units["due_by_holder"]) == ("KES bn", "KES bn per year")
    change = answer.sheets[3].columns
    assert sum(c.at(year="2026") for c in change[1:]) == pytest.approx(change[0].at(year="2026"), abs=1e-10)


def test_without_an_economy_there_is_no_fan_and_it_says_so(files):
    answer = path_table(*files)
    assert answer.payload["fan"] == {} and "name an economy" in to_text(answer, 100)
    assert not any(row["name"] == "growth" for row in answer.payload["stress"])


def test_holders_stand_in_the_text(files):
    answer = path_table(*files)
    sheet = next(s for s in answer.sheets if s.name == "holders")
    assert sheet.columns[0].at(holder="banks") == 30 and sheet.columns[0].at(holder="not named") == 26
    assert sheet.columns[1].at(holder="banks") + sheet.columns[1].at(holder="not named") == pytest.approx(100)
    assert "Holders at the opening" in to_text(answer, 100)


def test_each_table_says_that_its_numbers_rest_on_own_figures(files):
    answer = path_table(*files, "KEN", paths=50)
    assert len(answer.sheets) == 12
    assert all("Grade C" in sheet.note or sheet.name == "fan_errors" for sheet in answer.sheets)


def plain(loans, plan):
    """Debt, financing need and holders by a recomputation that knows nothing of the package."""
    fields, rows = [line.split(",") for line in plan.split()], [line.split(",") for line in loans.split()[1:]]
    year, gdp, growth, balance, market, dollar = (
        [float(row[n] or 0) for row in fields[1:]] for n in range(6)
    )
    life = sum(float(row[5]) - float(row[4]) for row in rows) / len(rows)
    held, due, paid = {}, [0.0] * len(year), [0.0] * len(year)
    for _, money, amount, rate, _, end, kind, how, holder in rows:
        left, stocks = float(amount), held.setdefault(holder or "not named", [0.0] * len(year))
        stocks[0] += left * (dollar[0] if money == "USD" else 1)
        for t in range(1, len(year)):
            price = dollar[t] if money == "USD" else 1
            left *= gdp[t] / gdp[t - 1] / (1 + growth[t] / 100) if kind == "indexed" else 1
            runs = float(end) - year[t - 1]
            off = 0 if runs < 1 else left if runs == 1 else left / runs if how == "equal" else 0
            paid[t] += left * (float(rate) + (market[t] if kind == "floating" else 0)) / 100 * price
            due[t] += off * price
            left -= off
            stocks[t] += left * price
    new, coupons, needs = [0.0], 0.0, []
    for t in range(1, len(year)):
        needs.append(due[t] + new[-1] / life + paid[t] + coupons - balance[t] / 100 * gdp[t])
        coupons = coupons * (1 - 1 / life) + needs[-1] * market[t] / 100
        new.append(new[-1] * (1 - 1 / life) + needs[-1])
    debt = [sum(h[t] for h in held.values()) + new[t] for t in range(len(year))]
    return debt, [n / g for n, g in zip(needs, gdp[1:], strict=True)], held, new


def test_a_recomputation_by_hand_agrees(tmp_path):
    kinds = [("KES", "fixed"), ("KES", "floating"), ("KES", "indexed"), ("USD", "fixed"), ("USD", "floating")]
    rows = ["name,currency,amount,rate,start,maturity,kind,repayment,holder"]
    for n in range(40):
        money, kind = kinds[n % 5]
        end, how, who = 2025 + n * 7 % 36, ("bullet", "equal")[n % 2], ("banks", "World_Bank", "")[n % 3]
        amount = -0.5 if n == 11 else 1 + n % 4 if money == "KES" else 0.01 * (1 + n % 3)
        rows.append(f"l{n},{money},{amount},{n % 9},2015,{end},{kind},{how},{who}")
    plan = ["year,gdp,real_growth,primary_balance,market_rate,fx_USD"]
    for t in range(40):
        plan.append(f"{2024 + t},{300 * 1.07**t:.6f},{1 + t % 4},{t % 5 - 2},{7 + t % 3},{130 * 1.03**t:.6f}")
    loans, years = "\n".join(rows), "\n".join(plan)
    (tmp_path / "loans.csv").write_text(loans)
    (tmp_path / "years.csv").write_text(years)
    answer = path_table(str(tmp_path / "loans.csv"), str(tmp_path / "years.csv"))
    debt, needs, held, new = plain(loans, years)
    found = answer.payload
    assert found["path"]["debt"] == pytest.approx(debt, abs=1e-9)
    assert found["path"]["financing_ratio"] == pytest.approx(needs, abs=1e-11)
    assert found["holders"].pop("new debt, holder not named") == pytest.approx(new, abs=1e-9)
    assert set(held) == set(found["holders"])
    assert all(found["holders"][name] == pytest.approx(held[name], abs=1e-9) for name in held)
    assert answer.certificate["books"] < 1e-12


def test_an_annex_stands_on_one_page_and_has_chances_from_six_years_on(tmp_path, files):
    (tmp_path / "more.csv").write_text(YEARS + "".join(f"{y},120,4,-1,9,140\n" for y in range(2027, 2031)))
    answer = path_table(files[0], str(tmp_path / "more.csv"), "KEN", paths=50)
    assert set(answer.payload["chances"]) and "debt is higher then with a chance of" in answer.story
    page = to_html(answer)
    assert (
        "Debt by holder" in page and "new debt, holder not named" in page and "Gross financing need" in page
    )


@pytest.mark.parametrize(
    ("paths", "shocks", "codes"), [(1, "normal", ("U501",)), (1, "norml", ("U501", "S703"))]
)
def test_draws_that_cannot_be_are_refused_before_anything_is_run(files, paths, shocks, codes):
    with pytest.raises(InputError) as wrong:
        path_table(*files, economy="KEN", paths=paths, shocks=shocks)
    assert wrong.value.codes == codes
