"""Runs SIM, SIMEX and SIMEXF as chapter 3 writes them, equation by equation, without our engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from newton import Values, simulate
from twin import keep

GIVENS = {"alpha1": 0.6, "alpha2": 0.4, "theta": 0.2, "W": 1, "Gd": 20, "YDebar": 80}
STATIONARY = {"Hh": 80.0, "Hs": 80.0, "Hd": 80.0, "YD": 80.0}
NOTHING = {"Hh": 0.0, "Hs": 0.0, "Hd": 0.0, "YD": 0.0}
SYMBOLS = "Y Cd Cs Gs Td Ts Nd Ns YD Hh Hs"
SOURCE = (
    "Godley and Lavoie (2007), Monetary Economics, chapter 3: equations and parameters of the book; solved by"
)

# Tables 3.4 and 3.6 of the book, to one decimal: the periods after the first spending, from nothing
PRINTED = {
    "sim_from_nothing": [
        {"Y": 38.5, "Ts": 7.7, "YD": 30.8, "Cd": 18.5, "Hh": 12.3},
        {"Y": 47.9, "YD": 38.3, "Hh": 22.7},
    ],
    "simex_from_nothing": [
        {"Y": 29.6, "Ts": 5.9, "YD": 23.7, "Cd": 9.6, "Hh": 14.1, "Hd": 6.4},
        {"YD": 31.9, "Hd": 17.9},
    ],
}


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """Equations 3.1 to 3.11; for SIMEX and SIMEXF 3.7E, 3.18 and 3.20."""
    v = dict(guess)
    expected = {"sim": v["YD"], "simex": last["YD"], "simexf": g["YDebar"]}[kind]
    v["Cd"] = g["alpha1"] * expected + g["alpha2"] * last["Hh"]
    v["Cs"], v["Gs"] = v["Cd"], g["Gd"]
    v["Y"] = v["Cs"] + v["Gs"]
    v["Nd"] = v["Y"] / g["W"]
    v["Ns"] = v["Nd"]
    v["Td"] = g["theta"] * g["W"] * v["Ns"]
    v["Ts"] = v["Td"]
    v["YD"] = g["W"] * v["Ns"] - v["Ts"]
    v["Hs"] = last["Hs"] + g["Gd"] - v["Td"]
    v["Hh"] = last["Hh"] + v["YD"] - v["Cd"]
    if kind != "sim":
        v["YDe"] = expected
        v["Hd"] = last["Hh"] + expected - v["Cd"]
    return v


def agree(name: str, rows: Sequence[Values]) -> None:
    """Hold a run against the tables of the book."""
    for number, printed in enumerate(PRINTED.get(name, []), 1):
        for symbol, value in printed.items():
            if abs(rows[number][symbol] - value) > 0.0501:
                raise SystemExit(
                    f"{name}, period {number}: {symbol} is {rows[number][symbol]:.3f}, printed {value}"
                )


def main() -> None:
    """Run each model with more spending from period 5, and SIM and SIMEX from nothing as the book does."""
    for name in ("sim", "simex", "simexf", "sim_from_nothing", "simex_from_nothing"):
        kind, nothing = name.split("_")[0], "nothing" in name
        more = "none; spending of 20 starts in period 1, wealth is 0" if nothing else "Gd = 25 from period 5"
        opening = {**NOTHING, "YD": 16.0 if kind == "simex" else 0.0} if nothing else STATIONARY

        def given(number: int, nothing: bool = nothing) -> dict[str, float]:
            return {**GIVENS, "Gd": 25} if number >= 5 and not nothing else GIVENS

        rows = simulate(partial(period, kind), opening, given, ["YD"], 80)
        agree(name, rows)
        where = "from nothing, as table 3.4 or 3.6" if nothing else "the stationary state"
        if nothing and kind == "simex":
            where += "; expected income 16"
        notes = [f"{SOURCE}", f"verify/godley_lavoie/sim.py to 1e-13. Opening: {where}. Shock: {more}."]
        keep(name, rows, SYMBOLS.split() + (["YDe", "Hd"] if kind != "sim" else []), notes)


if __name__ == "__main__":
    main()
