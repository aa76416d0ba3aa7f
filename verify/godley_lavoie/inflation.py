"""Runs DIS, DISINF1 and DISINF2 as chapter 9 writes them, equation by equation, without our engine."""

from __future__ import annotations

from functools import partial

from newton import Values, simulate
from twin import keep

COMMON = {"alpha0": 15, "alpha1": 0.8, "alpha2": 0.1, "gamma": 0.25, "ADD": 0.02, "PR": 1}
DIS = {**COMMON, "beta": 0.75, "eps": 0.75, "phi": 0.25, "sigmat": 0.15, "Rlbar": 0.04, "W": 0.86}
INFLATION = {
    **COMMON, "beta": 0.9, "eps": 0.8, "phi": 0.24, "sigmat": 0.2, "RRcbar": 0.04, "omega0": 0.8 - 1 - 1.2,
    "omega1": 1, "omega2": 1.2, "omega3": 0.3,
}  # fmt: skip
COLUMNS = "Yk N WB UC Ck Sk Ske INk INke INkt IN P S F Fb Ld Ls Mh Ms Mhk Rl Rm YD YDkhs YDkhse C"


def production(g: Values, last: Values, v: dict[str, float]) -> None:
    """What firms expect to sell, make and pay."""
    v["Ske"] = g["beta"] * last["Sk"] + (1 - g["beta"]) * last["Ske"]
    v["INkt"] = g["sigmat"] * v["Ske"]
    v["INke"] = last["INk"] + g["gamma"] * (v["INkt"] - last["INk"])
    v["Yk"] = v["Ske"] + v["INke"] - last["INk"]
    v["N"] = v["Yk"] / g["PR"]
    v["WB"] = v["N"] * v["W"]
    v["UC"] = v["WB"] / v["Yk"]


def prices(kind: str, g: Values, last: Values, v: dict[str, float]) -> None:
    """Price and rates of interest: normal historic unit costs in DIS, a constant real rate in the others."""
    if kind == "dis":
        v["Rl"] = g["Rlbar"]
        v["NHUC"] = (1 - g["sigmat"]) * v["UC"] + g["sigmat"] * (1 + last["Rl"]) * last["UC"]
        v["P"] = (1 + g["phi"]) * v["NHUC"]
    else:
        v["RRc"] = g["RRcbar"]
        v["PIC"] = v["UC"] / last["UC"] - 1
        v["Rl"] = (1 + v["RRc"]) * (1 + v["PIC"]) - 1
        v["P"] = (1 + g["phi"]) * (1 + v["RRc"] * g["sigmat"]) * v["UC"]
    v["Rm"] = v["Rl"] - g["ADD"]


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """One period; DISINF2 is solved for consumption, the others are recursive."""
    v = (
        {"W": g["W"]}
        if kind == "dis"
        else {"W": last["W"] * (1 + g["omega3"] * (last["omegat"] - last["W"] / last["P"]))}
    )
    production(g, last, v)
    prices(kind, g, last, v)
    v["YDkhse"] = g["eps"] * last["YDkhs"] + (1 - g["eps"]) * last["YDkhse"]
    v["Ck"] = guess.get("Ck", g["alpha0"] + g["alpha1"] * v["YDkhse"] + g["alpha2"] * last["Mhk"])
    v["Sk"] = v["Ck"]
    v["C"], v["S"] = v["Ck"] * v["P"], v["Sk"] * v["P"]
    v["INk"] = last["INk"] + v["Yk"] - v["Sk"]
    v["IN"] = v["INk"] * v["UC"]
    v["F"] = v["S"] - v["WB"] + v["IN"] - last["IN"] - last["Rl"] * last["IN"]
    v["Ld"] = v["Ls"] = v["Ms"] = v["IN"]
    v["Fb"] = last["Rl"] * last["Ld"] - last["Rm"] * last["Mh"]
    v["YD"] = v["WB"] + v["F"] + v["Fb"] + last["Rm"] * last["Mh"]
    v["YDk"] = v["YD"] / v["P"]
    v["Mh"] = last["Mh"] + v["YD"] - v["C"]
    v["Mhk"] = v["Mh"] / v["P"]
    v["YDkhs"] = v["Ck"] + v["Mhk"] - last["Mhk"]
    if kind == "disinf2":
        v["Ck"] = g["alpha0"] + g["alpha1"] * v["YDk"] + g["alpha2"] * last["Mhk"]
    if kind != "dis":
        v["omegat"] = g["omega0"] + g["omega1"] * g["PR"] + g["omega2"] * (v["N"] / g["Nfe"])
    return v


def opening(kind: str, g: Values) -> dict[str, float]:
    """The stationary state from which the programs for the book start."""
    v = {"W": g.get("W", 1), "Rl": g.get("Rlbar", g.get("RRcbar", 0))}
    v["Rm"] = v["Rl"] - g["ADD"]
    v["UC"] = v["W"] / g["PR"]
    v["P"] = (1 + g["phi"]) * (1 + g["sigmat"] * v["Rl"]) * v["UC"]
    v["YDkhs"] = v["YDkhse"] = g["alpha0"] / (1 - g["alpha1"] - g["alpha2"] * g["sigmat"] * v["UC"] / v["P"])
    v["Ck"] = v["Sk"] = v["Ske"] = v["YDkhs"]
    v["INk"] = g["sigmat"] * v["Sk"]
    v["IN"] = v["Ld"] = v["Ls"] = v["Ms"] = v["Mh"] = v["INk"] * v["UC"]
    v["Mhk"] = v["Mh"] / v["P"]
    v["omegat"] = v["W"] / v["P"]
    return v


def main() -> None:
    """Run the three models, each with the shock of its figures in the book."""
    shocks = {"dis": ("phi", 0.3), "disinf1": ("omega0", -1.35), "disinf2": ("omega0", -1.35)}
    for kind, (name, value) in shocks.items():
        numbers = dict(DIS if kind == "dis" else INFLATION)
        start = opening(kind, numbers)
        numbers["Nfe"] = start["Sk"] / numbers["PR"]

        def given(number: int, numbers: Values = numbers, name: str = name, value: float = value) -> Values:
            return {**numbers, name: value} if number > 15 else numbers

        rows = simulate(partial(period, kind), start, given, ["Ck"] if kind == "disinf2" else [], 70)
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 9: equations of the book,",
            "parameters and opening values as published with the programs for the book;",
            "solved by verify/godley_lavoie/inflation.py to 1e-13.",
            f"Shock of the book: {name} = {value} from period 16.",
            "The published opening is the stationary state and balances.",
        ]
        keep(kind, rows, (COLUMNS + (" NHUC" if kind == "dis" else " W omegat YDk")).split(), notes)


if __name__ == "__main__":
    main()
