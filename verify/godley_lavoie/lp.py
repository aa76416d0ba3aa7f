"""Runs LP, LP1, LP2 and LP3 as chapter 5 writes them, equation by equation, without our engine."""

from __future__ import annotations

from functools import partial

from newton import Values, simulate
from twin import keep

GIVENS = {
    "alpha1": 0.8, "alpha2": 0.2, "chi": 0.1, "theta": 0.1938, "G": 20, "Rbar": 0.03, "Pblbar": 20,
    "lambda20": 0.44196, "lambda22": 1.1, "lambda23": 1, "lambda24": 0.03,
    "lambda30": 0.3997, "lambda32": 1, "lambda33": 1.1, "lambda34": 0.03,
    "top": 0.505, "bot": 0.495, "beta": 0.02, "betae": 0.5, "add": 0, "betag": 1, "add2": 0,
}  # fmt: skip
PUBLISHED = {
    "V": 95.803, "Bh": 37.839, "Bs": 57.964, "Bcb": 20.125, "BLh": 1.892, "BLs": 1.892, "Hs": 20.125,
    "Hh": 20.124, "YDr": 95.803, "Rb": 0.03, "Pbl": 20, "Pble": 20, "G": 20, "PSBR": 0, "Y": 115.8,
}  # fmt: skip
SYMBOLS = "Y C T YDr YDre V Ve CG CGe Bh Bd Bcb Bs BLh BLd BLs Hh Hs Hd Rb Rbl Pbl Pble ERrbl"
MARKET, BUDGET = ["TP", "z1", "z2"], ["PSBR", "G", "z3", "z4"]
RATES = {"Rbar": 0.04, "Pblbar": 15}
RUNS: dict[str, tuple[str, list[str], str, int, int, Values]] = {
    "lp": ("lp", [], "Rbar = 0.04 and Pblbar = 15 from period 16", 16, 999, RATES),
    "lp1": ("lp", [], "Rbar = 0.04 and Pblbar = 15 from period 16", 16, 999, RATES),
    "lp2": ("lp2", MARKET, "Rbar = 0.035 from period 10", 10, 999, {"Rbar": 0.035}),
    "lp2_expectation": ("lp2", MARKET, "add = -3 in period 10", 10, 10, {"add": -3}),
    "lp3": ("lp3", MARKET + BUDGET, "alpha1 = 0.7 from period 10", 10, 999, {"alpha1": 0.7}),
}


def stationary() -> dict[str, float]:
    """The stationary state of LP: wealth is one year's income, so that all is linear in it."""
    g = GIVENS
    rate, yields = g["Rbar"], 1 / g["Pblbar"]
    bills = g["lambda20"] + g["lambda22"] * rate - g["lambda23"] * yields - g["lambda24"]
    bonds = g["lambda30"] - g["lambda32"] * rate + g["lambda33"] * yields - g["lambda34"]
    kept = 1 - g["theta"]
    income = kept * g["G"] / (1 - kept * (1 + rate * bills + yields * bonds))
    money = income * (1 - bills - bonds)
    v = {
        **PUBLISHED,
        "V": income,
        "YDr": income,
        "Bh": bills * income,
        "Hh": money,
        "Hs": money,
        "Bcb": money,
    }
    v["BLh"] = v["BLs"] = bonds * income * yields
    v["Bs"] = v["Bh"] + v["Bcb"]
    return v


def prices(kind: str, last: Values, g: Values, v: dict[str, float]) -> None:
    """Rates and prices: given, or moved by the Treasury while the share of bonds lies outside the band."""
    v["Rb"] = g["Rbar"]
    if kind == "lp":
        v["Pbl"] = v["Pble"] = g["Pblbar"]
    else:
        bonds = last["BLh"] * last["Pbl"]
        v["TP"] = bonds / (bonds + last["Bh"])
        v["z1"], v["z2"] = float(v["TP"] > g["top"]), float(v["TP"] < g["bot"])
        v["Pbl"] = (1 + v["z1"] * g["beta"] - v["z2"] * g["beta"]) * last["Pbl"]
        v["Pble"] = last["Pble"] - g["betae"] * (last["Pble"] - v["Pbl"]) + g["add"]
    v["Rbl"] = 1 / v["Pbl"]
    v["ERrbl"] = v["Rbl"] + g["chi"] * (v["Pble"] - v["Pbl"]) / v["Pbl"]


def spending(kind: str, last: Values, g: Values, v: dict[str, float]) -> None:
    """Public spending: given, or cut by a deficit above the limit."""
    v["G"] = g["G"]
    if kind == "lp3":
        ratio = last["PSBR"] / last["Y"]
        v["z3"], v["z4"] = float(ratio > 0.03), float(ratio < -0.03)
        v["G"] = last["G"] - (v["z3"] + v["z4"]) * g["betag"] * last["PSBR"] + g["add2"]


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """Equations of LP, with those of LP2 and LP3; recursive."""
    v: dict[str, float] = {}
    prices(kind, last, g, v)
    spending(kind, last, g, v)
    v["YDre"] = last["YDr"]
    v["C"] = g["alpha1"] * v["YDre"] + g["alpha2"] * last["V"]
    v["Y"] = v["C"] + v["G"]
    interest = last["Rb"] * last["Bh"] + last["BLh"]
    v["T"] = g["theta"] * (v["Y"] + interest)
    v["YDr"] = v["Y"] - v["T"] + interest
    v["CG"] = (v["Pbl"] - last["Pbl"]) * last["BLh"]
    v["V"] = last["V"] + v["YDr"] - v["C"] + v["CG"]
    v["Ve"] = last["V"] + v["YDre"] - v["C"] + v["CG"]
    bills = g["lambda20"] + g["lambda22"] * v["Rb"] - g["lambda23"] * v["ERrbl"]
    bonds = g["lambda30"] - g["lambda32"] * v["Rb"] + g["lambda33"] * v["ERrbl"]
    v["Bd"] = v["Bh"] = bills * v["Ve"] - g["lambda24"] * v["YDre"]
    v["BLd"] = v["BLh"] = v["BLs"] = (bonds * v["Ve"] - g["lambda34"] * v["YDre"]) / v["Pbl"]
    v["Hh"] = v["V"] - v["Bh"] - v["Pbl"] * v["BLh"]
    v["Hd"] = v["Ve"] - v["Bd"] - v["Pbl"] * v["BLd"]
    v["CGe"] = g["chi"] * (v["Pble"] - v["Pbl"]) * v["BLh"]
    v["PSBR"] = v["G"] + last["Rb"] * last["Bs"] + last["BLs"] - v["T"] - last["Rb"] * last["Bcb"]
    v["Bs"] = last["Bs"] + v["PSBR"] - (v["BLs"] - last["BLs"]) * v["Pbl"]
    v["Bcb"] = v["Bs"] - v["Bh"]
    v["Hs"] = last["Hs"] + v["Bcb"] - last["Bcb"]
    return v


def main() -> None:
    """Run the models, each with the shock of its figures in the book."""
    for name, (kind, extra, shock, first, end, change) in RUNS.items():

        def given(
            number: int, first: int = first, end: int = end, change: Values = change
        ) -> dict[str, float]:
            return {**GIVENS, **(change if first <= number <= end else {})}

        rows = simulate(partial(period, kind), stationary() if name == "lp1" else PUBLISHED, given, [], 80)
        where = (
            "the stationary state of the parameters, exactly."
            if name == "lp1"
            else "as published (V 95.803, Bh 37.839, Bs 57.964, BLh 1.892, Hs 20.125); Hh is 20.124."
        )
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 5: equations of the book; parameters as",
            f"published with the programs for the book; opening: {where}",
            f"Solved by verify/godley_lavoie/lp.py. Shock: {shock}.",
        ]
        if name == "lp2_expectation":
            notes.append("The size of the expected fall is ours.")
        keep(name, rows, SYMBOLS.split() + extra, notes)


if __name__ == "__main__":
    main()
