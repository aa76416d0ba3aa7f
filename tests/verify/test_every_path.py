"""The check of debt paths passes what the command says, and fails where one number, word or cell is tampered with."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path

import pytest

import creditor as cr
from creditor.export.json import to_json

VERIFY = Path(__file__).resolve().parents[2] / "verify"
sys.path[:0] = [str(VERIFY), str(VERIFY / "paths")]

import every_path  # noqa: E402
import path_checks as checks  # noqa: E402
import path_draws as draws  # noqa: E402
import path_effort as effort  # noqa: E402
import path_library as library  # noqa: E402
import path_words as words  # noqa: E402


@pytest.fixture(scope="module")
def answers():
    found = {code: cr.path(code, paths=400, holders=True) for code in ("ITA", "ARG", "JPN")}
    found["federal"] = cr.path("USA", perimeter="federal", paths=400)
    return {code: json.loads(to_json(answer.payload)) for code, answer in found.items()}


def known(code):
    return library.published("USA", "federal") if code == "federal" else library.published(code)


@pytest.mark.parametrize("code", ["ITA", "ARG", "JPN", "federal"])
def test_the_command_passes(answers, code):
    assert checks.everything(answers[code], known(code)) == []
    assert list(draws.fan(answers[code], known(code))) == [] and words.of_json(answers[code]) == []


TAMPERED = [
    (("paths", "rising_rate", "debt_ratio", 9), 1e-6, "law of motion"),
    (("paths", "constant_rate", "debt_ratio", 3), 1e-6, "published debt"),
    (("paths", "constant_rate", "growth", 2), 1e-6, "published growth and prices"),
    (("paths", "constant_rate", "interest_ratio", 1), 1e-6, "published interest"),
    (("paths", "rising_rate", "balance_now", 4), 1e-6, "published balance"),
    (("paths", "rising_rate", "debt", 12), 1e-3, "debt in money"),
    (("paths", "rising_rate", "interest_part", 7), 1e-6, "sum of the parts"),
    (("paths", "rising_rate", "stabilising_balance", 7), 1e-6, "balance that holds debt"),
    (("paths", "rising_rate", "stabilising_gap", 7), 1e-6, "gap"),
    (("paths", "rising_rate", "financing_ratio", 0), 1e-6, "financing_ratio"),
    (("paths", "rising_rate", "effective_rate", 0), 1e-6, "effective_rate"),
    (("paths", "rising_rate", "average_maturity", 20), 1e-3, "average_maturity"),
    (("paths", "rising_rate", "refixing_share", 20), 1e-6, "refixing_share"),
    (("paths", "rising_rate", "foreign_money_share", 20), 1e-6, "foreign_money_share"),
    (("outstanding", "rising_rate", "fixed", 5), 1e-2, "sum of instruments"),
    (("holders", "central_bank", 5), 1e-2, "sum of holders"),
    (("without_ageing", "rising_rate", "debt_ratio", 31), 1e-6, "without_ageing"),
    (("ageing", "cost", 25), 1e-6, "cost of ageing"),
    (("ageing", "adds_to_debt", 31), 1e-6, "added by ageing"),
    (("fan", "p50", 8), 2.0, "not in order"),
    (("fan_errors", "p5", 8), -9.0, "has no error"),
    (("chances", "debt_higher_in_five_years", "value"), 1e-4, "no share of 400 paths"),
    (("chances", "debt_higher_in_five_years", "standard_error"), 1e-6, "standard error"),
    (("gaps", 0, "value"), 1e-6, "s1"),
    (("gaps", 3, "value"), 1e-6, "s2"),
    (("stress", 2, "debt_ratio", 31), 1e-6, "stress interest_rate"),
    (("stress", 3, "debt_ratio", 2), 1e-6, "stress exchange_rate"),
    (("stress", 4, "debt_ratio", 2), 1e-6, "stress contingent_liabilities"),
    (("vintage_revision",), 1e-6, "vintage revision"),
    (("instruments", 1, "share"), 1e-6, "not as in the library"),
    (("beside", 0, "gap", 1), 1e-6, "beside ec_2025_spring: gap"),
    (("last_published",), 1, "the projection ends in"),
]


@pytest.mark.parametrize(("place", "change", "told"), TAMPERED, ids=lambda value: str(value)[:40])
def test_one_wrong_number_is_a_breach(answers, place, change, told):
    tampered = copy.deepcopy(answers["ITA"])
    *way, last = place
    inside = tampered
    for step in way:
        inside = inside[step]
    inside[last] += change
    assert any(told in breach for breach in checks.everything(tampered, known("ITA")))


def test_one_wrong_word_is_a_breach(answers):
    for change, told in (
        (lambda a: a["findings"].clear(), "no finding names the vintage revision"),
        (lambda a: a["units"].pop("debt"), "debt has no unit"),
        (lambda a: a["origins"].pop(0), "without source or grade"),
        (lambda a: a["origins"][0].update(last=2055), "called published after the projection"),
        (lambda a: a["inputs"]["average maturity"].update(source=""), "average maturity has no source"),
        (lambda a: a["instruments"][0].update(grade=""), "bills has no grade"),
        (lambda a: a["stress"].pop(), "stress tests are not those"),
        (lambda a: a["ageing"].update(kind="none"), "left out though"),
        (
            lambda a: a["inputs"]["debt at the opening"].update(vintage="2026-04"),
            "debt at the opening is of 2026-04",
        ),
    ):
        tampered = copy.deepcopy(answers["ITA"])
        change(tampered)
        assert any(told in breach for breach in checks.everything(tampered, known("ITA"))), told
    quiet = copy.deepcopy(answers["JPN"])
    quiet["findings"] = [row for row in quiet["findings"] if row["place"] != "rate less growth"]
    assert any("not warned of" in breach for breach in checks.warned(quiet))
    asset = copy.deepcopy(answers["ARG"])
    asset["findings"] = [row for row in asset["findings"] if row["place"] != "debt"]
    assert any("asset" in breach for breach in checks.warned(asset))
    refused = copy.deepcopy(answers["JPN"])
    refused["gaps"][1]["value"] = 0.01
    assert "S2 has a value though the rate is below growth" in list(checks.gaps(refused, known("JPN")))


def test_a_fan_of_other_shocks_and_seeds_that_differ_too_much_are_breaches(answers):
    narrow = copy.deepcopy(answers["ITA"])
    centre = narrow["fan"]["p50"]
    for name, line in narrow["fan"].items():
        narrow["fan"][name] = [m + 0.6 * (x - m) for x, m in zip(line, centre, strict=True)]
    assert len(list(draws.fan(narrow, known("ITA")))) > 4
    sure = copy.deepcopy(answers["ITA"])
    sure["chances"]["debt_higher_in_five_years"]["value"] = 0.05
    assert any("in own draws" in breach for breach in draws.fan(sure, known("ITA")))
    few = [
        json.loads(to_json(cr.path("ITA", horizon=2032, paths=400, seed=seed, stress="none").payload))
        for seed in (1, 2)
    ]
    assert list(checks.seeds(*few)) == [] and "two seeds have the same fan" in list(
        checks.seeds(few[0], few[0])
    )
    few[1]["fan"]["p95"][6] += 1.0
    few[1]["chances"]["debt_higher_at_horizon"]["value"] = 0.0
    few[0]["chances"]["debt_higher_at_horizon"]["value"] = 1.0
    assert [breach.split(" moves")[0] for breach in checks.seeds(*few)] == [
        "p95 of 2030",
        "debt_higher_at_horizon",
    ]


PRAISE = [
    "The interest rate is below growth, so debt is safe.",
    "With r < g the debt is sustainable.",
    "Growth above the rate is reassuring and leaves headroom.",
    "As the rate is under growth there is no risk.",
]
PLAIN = [
    "The rate is below growth in 8 years, which is no safety: the rate depends on debt.",
    "Debt is safe in a vault. The rate is 3 % and growth 2 %.",
    "S2 has no meaning here, because the rate is below growth; a low S1 that rests on it is no safety.",
    "A rate below growth is not safe.",
]


@pytest.mark.parametrize("sentence", PRAISE)
def test_praise_of_a_rate_below_growth_is_a_breach(sentence):
    assert len(words.of_text(f"Debt is high.\n\n{sentence} Another sentence.")) == 1


@pytest.mark.parametrize("sentence", PLAIN)
def test_warnings_are_none(sentence):
    assert words.of_text(sentence) == []


def test_cells_and_numbers_that_are_none_are_breaches():
    page = "<table><caption>{}</caption><tr><th>year</th>{}</tr><tr><th>2024</th><td class='number'>{}</td></tr></table>"
    grade = "<th>grade</th>"
    assert words.of_page(page.format("Percent of GDP", grade, "1.0 %")) == []
    assert words.of_page(page.format("Percent of GDP", grade, "–")) == []
    assert "a cell is empty" in words.of_page(page.format("Percent of GDP", grade, ""))[0]
    assert any("'nan'" in breach for breach in words.of_page(page.format("Percent of GDP", grade, "nan")))
    assert "says no grade" in words.of_page(page.format("Percent of GDP", "", "1.0"))[0]
    assert "says no unit" in words.of_page(page.format("Debt", grade, "1.0"))[0]
    assert words.of_page("<svg><path d='M 1 NaN'/></svg>") == ["a picture has NaN in it"]
    assert (
        words.of_text("value None")
        and words.of_text("inf %")
        and not words.of_text("Infant industry, finance")
    )
    assert list(words.absent({"a": [1.0, None], "b": float("inf")})) == ["a.1 is None", "b is inf"]


def test_a_rank_that_differs_from_its_paths_is_a_breach(answers):
    told = json.loads(to_json(cr.path_rank(2055, 50).payload))
    told["economies"] = [row for row in told["economies"] if row["economy"] in ("ITA", "ARG")]
    singles = {code: answers[code] for code in ("ITA", "ARG")}
    for row in told["economies"]:
        row["higher"] = singles[row["economy"]]["chances"]["debt_higher_in_five_years"]["value"]
    assert every_path.ranked(told, singles) == []
    for key in (
        "opening",
        "five",
        "horizon_constant",
        "horizon_rising",
        "gap",
        "rate_less_growth",
        "financing",
        "ageing",
    ):
        tampered = copy.deepcopy(told)
        tampered["economies"][0][key] += 1e-6
        assert [breach.split()[1] for breach in every_path.ranked(tampered, singles)] == [key]
    told["economies"].reverse()
    assert every_path.ranked(told, singles) == ["the rank is not in order"]
    assert every_path.ranked(told, {"ITA": answers["ITA"]}) == ["the rank has other economies"]


def test_rules_and_a_run_of_the_model_that_differ_from_the_path_are_breaches(answers):
    for code in ("ITA", "JPN"):
        told = json.loads(to_json(cr.rules(code, ("ec_dsm", "mac_dsa_2013", "srdsf"), paths=200).payload))
        assert every_path.ruled(told, answers[code]) == []
    for row in told["verdicts"]:
        if (row["pack"], row["criterion"]) in {("mac_dsa_2013", "debt_burden"), ("ec_dsm", "s2_high")}:
            row["value"] = row.get("value", 0.0) + 1e-6
        if row["criterion"] == "higher_in_five_years":
            row["value"] = 100.0
    breaches = every_path.ruled(told, answers["JPN"])
    assert [breach.split(" is ")[0] for breach in breaches] == [
        "ec_dsm s2_high",
        "mac_dsa_2013 debt_burden",
        "the chance of higher debt",
    ]
    assert breaches[0].endswith("None by the path")
    model = {
        "variables": {
            "debt[ITA]": [135.286, 140.0],
            "balance_now[ITA]": [None, 0.01813],
            "outstanding[ITA, fixed]": [135.286, 139.0],
        }
    }
    assert every_path.modelled(model, answers["ITA"], known("ITA")) == [
        "model run debt: debt of period 1 is not the sum of its instruments"
    ]


@pytest.mark.parametrize("code", ["ITA", "ARG"])
def test_an_effort_that_is_too_small_or_too_large_and_another_plan_are_breaches(code):
    told = json.loads(to_json(cr.effort(code, paths=50).payload))
    found = {row["test"]: row.get("total") for row in told["efforts"]}
    assert list(effort.plan(told, known(code))) == [] and list(effort.efforts(found, known(code), 4)) == []
    for test in effort.TESTS:
        less = list(effort.efforts({test: found[test] - 3e-6}, known(code), 4))
        more = list(effort.efforts({test: found[test] + 3e-6}, known(code), 4))
        assert len(less) == len(more) == 1 and "does not meet" in less[0] and "less than" in more[0], test
    told["plan"][7]["debt"] += 1e-8
    assert [breach.split(" is ")[0] for breach in effort.plan(told, known(code))] == [
        f"plan {code} 2032: debt"
    ]


def test_main_prints_a_line_for_each_economy_and_fails_on_a_breach(answers, monkeypatch, capsys):
    wrong = copy.deepcopy(answers["ITA"])
    wrong["paths"]["rising_rate"]["debt_ratio"][9] += 1e-6

    def single(code, *perimeter):
        told = wrong if code == "ITA" and broken else answers["federal" if perimeter else code]
        return told, checks.everything(told, known("federal" if perimeter else code))

    monkeypatch.setattr(library, "economies", lambda: ["ITA", "ARG"])
    monkeypatch.setattr(every_path, "single", single)
    monkeypatch.setattr(every_path, "ask", lambda *_: ({"economies": [], "years": 4}, []))
    monkeypatch.setattr(every_path, "ranked", lambda *_: [])
    monkeypatch.setattr(every_path, "others", lambda *_: [])
    broken = False
    assert every_path.main() == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[:4]] == [
        "ITA",
        "ARG",
        "USA",
        "rank",
    ]
    broken = True
    assert every_path.main() == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0].endswith("BREACH") and "law of motion" in out and "1 breach" in out


def test_nothing_of_the_package_is_read_but_its_answers():
    for path in [VERIFY / "every_path.py", *sorted((VERIFY / "paths").glob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        assert "import creditor" not in text and "from creditor" not in text


def test_a_share_of_a_debt_that_is_negative_in_part_is_a_breach(answers):
    tampered = copy.deepcopy(answers["ARG"])
    assert tampered["paths"]["rising_rate"]["refixing_share"][-1] is None
    tampered["paths"]["rising_rate"]["refixing_share"][-1] = 0.2
    tampered["paths"]["rising_rate"]["average_maturity"][0] = None
    told = [breach.split(" is ")[0] for breach in checks.books(tampered)]
    assert told == ["rising_rate: average_maturity 2025", "rising_rate: refixing_share 2055"]
