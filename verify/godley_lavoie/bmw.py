"""Runs BMW and BMWK as chapter 7 writes them, equation by equation, without our engine."""

from __future__ import annotations

from functools import partial

from newton import Values, simulate
from twin import keep

GIVENS = {
    "alpha0": 25, "alpha1": 0.75, "alpha1w": 0.75, "alpha1r": 0.5, "alpha2": 0.1, "delta": 0.1, "gamma": 0.15,
    "kappa": 1, "PR": 1, "Rlbar": 0.04,
}  # fmt: skip
SYMBOLS = "Y Cd Cs Id Is K KT AF DA WBd WBs YD Mh Ms Ld Ls Nd Ns W Rl Rm"
RUNS = {
    "bmw": (200, "alpha0 = 28 from period 16", {"alpha0": 28}),
    "bmw_thrift": (200, "alpha1 = 0.74 from period 16", {"alpha1": 0.74}),
    "bmwk": (185.2, "Rlbar = 0.05 from period 16", {"Rlbar": 0.05}),
}


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """Equations 7.1 to 7.21; for BMWK the consumption of section 7.7."""
    v = dict(guess)
    v["Rl"] = g["Rlbar"]
    v["Rm"] = v["Rl"]
    v["DA"] = v["AF"] = g["delta"] * last["K"]
    v["KT"] = g["kappa"] * last["Y"]
    v["Id"] = v["Is"] = g["gamma"] * (v["KT"] - last["K"]) + v["DA"]
    interest = last["Rm"] * last["Mh"]
    if kind == "bmw":
        v["Cd"] = g["alpha0"] + g["alpha1"] * v["YD"] + g["alpha2"] * last["Mh"]
    else:
        v["Cd"] = (
            g["alpha0"]
            + g["alpha1w"] * (v["YD"] - interest)
            + g["alpha1r"] * interest
            + g["alpha2"] * last["Mh"]
        )
    v["Cs"] = v["Cd"]
    v["Y"] = v["Cs"] + v["Is"]
    v["WBd"] = v["Y"] - last["Rl"] * last["Ld"] - v["AF"]
    v["Nd"] = v["Ns"] = v["Y"] / g["PR"]
    v["W"] = v["WBd"] / v["Nd"]
    v["WBs"] = v["W"] * v["Ns"]
    v["YD"] = v["WBs"] + interest
    v["K"] = last["K"] + v["Id"] - v["DA"]
    v["Ld"] = last["Ld"] + v["Id"] - v["AF"]
    v["Ls"] = last["Ls"] + v["Ld"] - last["Ld"]
    v["Ms"] = last["Ms"] + v["Ls"] - last["Ls"]
    v["Mh"] = last["Mh"] + v["YD"] - v["Cd"]
    return v


def main() -> None:
    """Run the models, each with the shock of its figures in the book."""
    for name, (size, shock, change) in RUNS.items():
        opening = dict.fromkeys(["K", "Ld", "Ls", "Mh", "Ms", "Y"], float(size)) | {
            "Rl": 0.04,
            "Rm": 0.04,
            "YD": 0.9 * size,
        }

        def given(number: int, change: Values = change) -> dict[str, float]:
            return {**GIVENS, **(change if number >= 16 else {})}

        rows = simulate(partial(period, name.split("_")[0]), opening, given, ["YD"], 80)
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 7: equations of the book; parameters",
            "and opening as published with the programs for the book (capital, loans, deposits, income:",
            f"{size}).",
            f"Solved by verify/godley_lavoie/bmw.py to 1e-13. Shock: {shock}.",
        ]
        if "_" in name:
            notes.append("The size of the shock is ours.")
        keep(name, rows, SYMBOLS.split(), notes)


if __name__ == "__main__":
    main()
