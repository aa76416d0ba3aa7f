"""Runs REG as chapter 6 writes it, equation by equation, without our engine."""

from __future__ import annotations

from newton import Values, simulate
from twin import keep

GIVENS = {
    "alpha1N": 0.6, "alpha1S": 0.7, "alpha2N": 0.4, "alpha2S": 0.3, "lambda0N": 0.635, "lambda0S": 0.67,
    "lambda1N": 5, "lambda1S": 6, "lambda2N": 0.01, "lambda2S": 0.07, "muN": 0.18781, "muS": 0.18781,
    "theta": 0.2, "Rbar": 0.025, "GN": 20, "GS": 20,
}  # fmt: skip
PUBLISHED = {"Bcb": 43.244, "BhN": 64.865, "BhS": 64.865, "VN": 86.487, "VS": 86.487, "R": 0.025}
SYMBOLS = "YN YS CN CS TN TS YDN YDS VN VS BhN BhS HhN HhS IMN IMS XN XS GN GS T G R Bh Bcb Bs Hh Hs"
RUNS: dict[str, tuple[str, Values]] = {
    "reg": ("muS = 0.20781 from period 16", {"muS": 0.20781}),
    "reg_spending": ("GS = 25 from period 16", {"GS": 25}),
    "reg_thrift": ("alpha1S = 0.6 from period 16", {"alpha1S": 0.6}),
    "reg_money": ("lambda0S = 0.57 from period 16", {"lambda0S": 0.57}),
}


def opening() -> dict[str, float]:
    """Published opening; money is what is left of wealth, totals are sums of their parts."""
    v = dict(PUBLISHED)
    for here in "NS":
        v["Hh" + here] = v["V" + here] - v["Bh" + here]
        v["YD" + here], v["Y" + here] = 86.487, 106.487
    v["Bs"] = v["BhN"] + v["BhS"] + v["Bcb"]
    v["Hs"] = v["HhN"] + v["HhS"]
    return v


def region(here: str, last: Values, g: Values, v: dict[str, float]) -> None:
    """Equations 6.1 to 6.18 of one region, once its income is known."""
    interest = last["R"] * last["Bh" + here]
    v["T" + here] = g["theta"] * (v["Y" + here] + interest)
    v["YD" + here] = v["Y" + here] + interest - v["T" + here]
    v["C" + here] = g["alpha1" + here] * v["YD" + here] + g["alpha2" + here] * last["V" + here]
    v["V" + here] = last["V" + here] + v["YD" + here] - v["C" + here]
    wanted = g["lambda0" + here] + g["lambda1" + here] * v["R"]
    v["Bh" + here] = v["V" + here] * wanted - g["lambda2" + here] * v["YD" + here]
    v["Hh" + here] = v["V" + here] - v["Bh" + here]


def period(guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """One period at guesses of both incomes."""
    v = {**guess, "R": g["Rbar"], "GN": g["GN"], "GS": g["GS"]}
    v["IMN"], v["IMS"] = g["muN"] * v["YN"], g["muS"] * v["YS"]
    v["XN"], v["XS"] = v["IMS"], v["IMN"]
    region("N", last, g, v)
    region("S", last, g, v)
    for here in "NS":
        v["Y" + here] = v["C" + here] + v["G" + here] + v["X" + here] - v["IM" + here]
    for total in ("T", "G", "Bh", "Hh"):
        v[total] = v[total + "N"] + v[total + "S"]
    v["Bs"] = last["Bs"] + v["G"] + last["R"] * last["Bs"] - v["T"] - last["R"] * last["Bcb"]
    v["Bcb"] = v["Bs"] - v["Bh"]
    v["Hs"] = last["Hs"] + v["Bcb"] - last["Bcb"]
    return v


def main() -> None:
    """Run the four experiments of the book; the sizes of all but the first are ours."""
    for name, (shock, change) in RUNS.items():

        def given(number: int, change: Values = change) -> dict[str, float]:
            return {**GIVENS, **(change if number >= 16 else {})}

        rows = simulate(period, opening(), given, ["YN", "YS"], 80)
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 6: equations of the book; parameters",
            "and opening as published with the programs for the book (V 86.487 and Bh 64.865 in each,",
            "Bcb 43.244).",
            f"Solved by verify/godley_lavoie/reg.py to 1e-13. Shock: {shock}.",
        ]
        if "_" in name:
            notes.append("The size of the shock is ours.")
        keep(name, rows, SYMBOLS.split(), notes)


if __name__ == "__main__":
    main()
