"""Runs PC, PCEX, PCEX1 and PCEX2 as chapter 4 writes them, equation by equation, without our engine."""

from __future__ import annotations

from functools import partial

from newton import Values, simulate
from twin import keep

GIVENS = {
    "alpha1": 0.6, "alpha2": 0.4, "theta": 0.2, "lambda0": 0.635, "lambda1": 5, "lambda2": 0.01,
    "G": 20, "Rbar": 0.025, "Ra": 0, "alpha10": 0.7, "iota": 4,
}  # fmt: skip
PUBLISHED = {"Bcb": 21.576, "Bh": 64.865, "Hh": 21.62, "R": 0.025, "YD": 86.486}
ERRORS = {5: 0.05, 6: -0.08, 9: 0.02, 12: -0.03, 13: 0.11, 20: -0.06, 21: 0.04, 30: 0.07, 31: -0.02, 40: -0.1}
SYMBOLS = "Y YD T V C Bh Hh Bs Hs Bcb R"
SHOCKS = {
    "pc": ("Rbar = 0.035 from period 10", 10, {"Rbar": 0.035}),
    "pcex": (f"Ra = {', '.join(f'{v:g} in {k}' for k, v in ERRORS.items())}, else 0", 1, {}),
    "pcex1": ("alpha1 = 0.7 from period 10", 10, {"alpha1": 0.7}),
    "pcex2": ("Rbar = 0.035 from period 16", 16, {"Rbar": 0.035}),
}


def opening() -> dict[str, float]:
    """Published opening: bills in total and wealth are the sums of their parts."""
    v = dict(PUBLISHED)
    v["Bs"], v["Hs"], v["V"] = v["Bh"] + v["Bcb"], v["Hh"], v["Bh"] + v["Hh"]
    return v


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """Equations 4.1 to 4.11, with 4.5E, 4.7E and 4.13 to 4.16 where there are expectations."""
    v = dict(guess)
    alpha1 = g["alpha10"] - g["iota"] * last["R"] if kind == "pcex2" else g["alpha1"]
    expected = {"pc": v["YD"], "pcex": v["YD"] * (1 + g["Ra"])}.get(kind, last["YD"])
    v["R"] = g["Rbar"]
    v["C"] = alpha1 * expected + g["alpha2"] * last["V"]
    v["Y"] = v["C"] + g["G"]
    interest = last["R"] * last["Bh"]
    v["T"] = g["theta"] * (v["Y"] + interest)
    v["YD"] = v["Y"] - v["T"] + interest
    v["V"] = last["V"] + v["YD"] - v["C"]
    wealth = last["V"] + expected - v["C"]
    v["Bh"] = wealth * (g["lambda0"] + g["lambda1"] * v["R"]) - g["lambda2"] * expected
    v["Hh"] = v["V"] - v["Bh"]
    v["Bs"] = last["Bs"] + g["G"] + last["R"] * last["Bs"] - v["T"] - last["R"] * last["Bcb"]
    v["Bcb"] = v["Bs"] - v["Bh"]
    v["Hs"] = last["Hs"] + v["Bcb"] - last["Bcb"]
    if kind != "pc":
        v["YDe"], v["Ve"], v["Bd"], v["Hd"] = expected, wealth, v["Bh"], wealth - v["Bh"]
    if kind == "pcex2":
        v["alpha1"] = alpha1
    return v


def main() -> None:
    """Run the four models, each with the shock of its figures in the book; PCEX with errors of ours."""
    for kind, (shock, first, change) in SHOCKS.items():

        def given(
            number: int, kind: str = kind, first: int = first, change: Values = change
        ) -> dict[str, float]:
            error = ERRORS.get(number, 0) if kind == "pcex" else 0
            return {**GIVENS, "Ra": error, **(change if number >= first else {})}

        rows = simulate(partial(period, kind), opening(), given, ["YD"], 80)
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 4: equations of the book; parameters",
            "and opening as published with the programs for the book (Bh 64.865, Bcb 21.576, Hh and Hs",
            "21.62); bills in total and wealth are the sums of their parts.",
            f"Solved by verify/godley_lavoie/pc.py to 1e-13. Shock: {shock}.",
        ]
        extra = [] if kind == "pc" else ["YDe", "Ve", "Bd", "Hd"]
        keep(kind, rows, SYMBOLS.split() + extra + (["alpha1"] if kind == "pcex2" else []), notes)


if __name__ == "__main__":
    main()
