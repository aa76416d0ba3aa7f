"""Asks for the debt path of every economy as a stranger would, and recomputes its JSON from the library."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).with_name("paths")))

import path_checks as checks
import path_draws as draws
import path_effort as effort
import path_library as library
import path_words as words

CLOSELY = ("ITA", "ARG", "JPN")  # also in text, with two seeds, and by the rules
FEW = 200  # paths of rules and efforts
RANKED = {  # column of the rank: series of the single path, place
    "opening": ("rising_rate", "debt_ratio", 0),
    "five": ("rising_rate", "debt_ratio", 5),
    "horizon_constant": ("constant_rate", "debt_ratio", -1),
    "horizon_rising": ("rising_rate", "debt_ratio", -1),
}
AFTER = {"gap": "stabilising_gap", "rate_less_growth": "rate_less_growth", "financing": "financing_ratio"}
Told = dict[str, Any]


def run(*words_: str) -> str:
    """What the command prints; it must answer."""
    command = [sys.executable, "-m", "creditor", *words_]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words_)}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def ask(*words_: str) -> tuple[Told, list[str]]:
    """The JSON that a command prints, and what is wrong in its words and in those of its page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        told = json.loads(run(*words_, "--json", "--html", str(page)))
        return told, [*words.of_json(told), *words.of_page(page.read_text(encoding="utf-8"))]


def single(code: str, perimeter: str = "general-government") -> tuple[Told, list[str]]:
    """The path of one economy and all its breaches."""
    known = library.published(code, perimeter)
    told, found = ask("path", code, "--perimeter", perimeter, "--holders")
    found += checks.everything(told, known)
    found += draws.fan(told, known)
    if code in CLOSELY:
        found += words.of_text(run("path", code, "--no-plot"))
        found += seeds(code, told)
    return told, found


def seeds(code: str, one: Told) -> list[str]:
    """The same seed gives the same digits, another moves nothing by more than five errors."""
    again, other = (
        json.loads(run("path", code, "--holders", "--json", "--seed", seed)) for seed in ("1", "6")
    )
    found = [] if one == again else ["the same seed gives other digits"]
    return [*found, *checks.seeds(one, other)]


def line(told: Told, found: Sequence[str]) -> str:
    """One economy in a line: debt, anchor, grades, what was held against what."""
    run_ = told["paths"]["rising_rate"]
    anchor = f"{told['last_published']}" if told["last_published"] > library.OPENING else "none"
    name = told["economy"] + (" federal" if told["perimeter"] == library.FEDERAL else "")
    grades = "".join(sorted({row["grade"] for row in [*told["instruments"], *told["inputs"].values()]}))
    debt = [100 * run_["debt_ratio"][place] for place in (0, -1)]
    text = f"{name:12} debt {debt[0]:5.1f} % {debt[1]:6.1f} %  anchored to {anchor:4}  "
    text += f"{len(told['instruments'])} instruments  ageing {told['ageing']['kind']:9}  inputs {grades:3}"
    return text + ("" if not found else "  BREACH")


def ranked(told: Told, singles: dict[str, Told]) -> list[str]:
    """The rank holds every economy once, in order, with the numbers of its own path."""
    found: list[str] = []
    rows = {row["economy"]: row for row in told["economies"]}
    if sorted(rows) != sorted(singles) or len(rows) != len(told["economies"]):
        return ["the rank has other economies"]
    values = [row["horizon_rising"] for row in told["economies"]]
    if values != sorted(values, reverse=True):
        found.append("the rank is not in order")
    for code, one in singles.items():
        row = rows[code]
        wanted = {key: one["paths"][run_][name][place] for key, (run_, name, place) in RANKED.items()}
        after = one["last_published"] - one["opening"]
        wanted |= {key: one["paths"]["rising_rate"][name][after] for key, name in AFTER.items()}
        if one["ageing"]["kind"] != "none":
            wanted["ageing"] = one["ageing"]["cost"][-1]
        if ("ageing" in row) != ("ageing" in wanted):
            found.append(f"{code}: the rank and the path do not both count ageing")
        found += [
            f"{code}: {key} is {row.get(key)} in the rank, {value} in the path"
            for key, value in wanted.items()
            if not abs(row.get(key, float("nan")) - value) <= checks.TOLERANCE
        ]
        chance = one["chances"]["debt_higher_in_five_years"]
        if not abs(row["higher"] - chance["value"]) <= 5 * (5 * 0.25 / 2000) ** 0.5:
            found.append(
                f"{code}: the chance of higher debt is {row['higher']} in the rank, {chance['value']}"
            )
    return found


def ruled(told: Told, one: Told) -> list[str]:
    """Criteria of the rules that read a path, against the path at a constant rate."""
    run_, places = one["paths"]["constant_rate"], range(5)
    need, debt = run_["financing_ratio"], run_["debt_ratio"]
    gaps = {(row["name"], row["ageing"]): row.get("value") for row in one["gaps"]}
    aged = one["ageing"]["kind"] if one["ageing"]["kind"] != "none" else "left out"
    wanted = {
        ("ec_dsm", "debt_high"): debt[10],
        ("ec_dsm", "s1_high"): gaps["s1", aged],
        ("ec_dsm", "s2_high"): gaps["s2", aged],
        ("mac_dsa_2013", "debt_burden"): max(debt[place + 1] for place in places),
        ("mac_dsa_2013", "financing_need"): max(need[place] for place in places),
        ("srdsf", "financing_mean"): sum(need[place] for place in places) / 5,
    }
    rows = {(row["pack"], row["criterion"]): row.get("value") for row in told["verdicts"]}
    found = []
    for key, value in wanted.items():
        stated = rows.get(key)
        same = (
            stated is None
            if value is None
            else stated is not None and abs(stated / 100 - value) <= checks.TOLERANCE
        )
        if not same:
            found.append(f"{' '.join(key)} is {stated} by the rules, {value} by the path")
    chance, stated = one["chances"]["debt_higher_in_five_years"], rows["ec_dsm", "higher_in_five_years"]
    if not abs(stated / 100 - chance["value"]) <= 5 * checks.error_of_two(chance["standard_error"], FEW):
        found.append(f"the chance of higher debt is {stated} by the rules, {chance['value']} by the path")
    return found


def modelled(told: Told, one: Told, known: library.Published) -> list[str]:
    """What the plain run of the model shares with the path: the opening, the balance, one debt."""
    code, series, found = known.code, told["variables"], []
    pools = [values for name, values in series.items() if name.startswith("outstanding[")]
    for t, debt in enumerate(series[f"debt[{code}]"]):
        if abs(sum(pool[t] for pool in pools) / debt - 1) > checks.TOLERANCE:
            found.append(f"model run debt: debt of period {t} is not the sum of its instruments")
    shared = {
        "debt": (series[f"debt[{code}]"][0] / 100, known.debt),
        "balance": (series[f"balance_now[{code}]"][-1], known.after["primary_balance"]),
        "debt of the path": (
            series[f"debt[{code}]"][0] / 100,
            one["paths"]["constant_rate"]["debt_ratio"][0],
        ),
    }
    for name, (value, wanted) in shared.items():
        if not abs(value - wanted) <= checks.TOLERANCE:
            found.append(f"model run debt: {name} is {value}, not {wanted}")
    return found


def others(code: str, one: Told) -> list[str]:
    """The rules, the least effort and the plain run of the model, beside the path."""
    told, found = ask("rules", code, "--paths", str(FEW))
    found += ruled(told, one)
    plan, wrong = ask("effort", code, "--paths", str(FEW))
    found += [*wrong, *effort.plan(plan, library.published(code))]
    found += effort.efforts(
        {row["test"]: row.get("total") for row in plan["efforts"]}, library.published(code), 4
    )
    model = json.loads(run("model", "run", "debt", "--economy", code, "--known-at", "2025-12", "--json"))
    return found + modelled(model, one, library.published(code))


def main() -> int:
    """Print a line for each economy; exit 1 where something does not hold."""
    failed, singles = 0, {}
    for code in (*library.economies(), library.FEDERAL):
        perimeter = (library.FEDERAL,) if code == library.FEDERAL else ()
        told, found = single("USA" if perimeter else code, *perimeter)
        if not perimeter:
            singles[code] = told
        failed += told_off(line(told, found), found)
    told, found = ask("path", "--rank")
    found += ranked(told, singles)
    failed += told_off(f"rank         {len(singles)} economies beside their own paths", found)
    told, found = ask("effort", "--rank", "--paths", str(FEW))
    for row in told["economies"]:
        found += effort.efforts(row["efforts"], library.published(row["economy"]), told["years"])
    failed += told_off(
        f"efforts      {len(told['economies'])} economies, {len(effort.TESTS)} tests each", found
    )
    for code in (code for code in CLOSELY if code in singles):
        found = others(code, singles[code])
        failed += told_off(f"{code:12} rules, effort, model run debt", found)
    print(
        f"{len(singles) + 1} paths of {len(singles)} economies, every series by a recursion of its own, ",
        end="",
    )
    print(f"{len(library.stress_tests())} stress tests each, fans beside own draws: ", end="")
    print(f"{failed or 'no'} breach{'' if failed == 1 else 'es'}")
    return 1 if failed else 0


def told_off(text: str, found: Sequence[str]) -> bool:
    """Print a line and what is wrong under it."""
    print(text if not found or text.endswith("BREACH") else f"{text}  BREACH")
    for what in found[:12]:
        print(f"      {what}")
    if len(found) > 12:
        print(f"      and {len(found) - 12} more")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
