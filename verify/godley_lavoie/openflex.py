"""Runs OPENFLEX, OPENFIX, OPENFIXR and OPENFIXG as chapter 12 writes them, without our engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import exp, log

from newton import Values, simulate
from twin import keep, largest

GIVENS = {
    "alpha1": 0.75, "alpha2": 0.13333, "eps0": -2.1, "eps1": 0.7, "eps2": 1, "mu0": -2.1, "mu1": 0.7,
    "mu2": 1, "lambda10": 0.7, "lambda11": 5, "lambda12": 5, "lambda20": 0.25, "lambda21": 5, "lambda22": 5,
    "lambda40": 0.7, "lambda41": 5, "lambda42": 5, "lambda50": 0.25, "lambda51": 5, "lambda52": 5,
    "nu0m": -0.00001, "nu1m": 0.7, "nu0x": -0.00001, "nu1x": 0.5, "phi": 0.2381, "theta": 0.2, "GkUK": 16,
    "GkUS": 16, "ORUK": 7, "ORUS": 7, "PGUS": 1, "PR": 1.3333, "W": 1, "RUK": 0.03, "RUS": 0.03,
    "DXREUK": 0, "DXREUS": 0, "XRUK": 1.0003, "BcbsUKUS": 0.02031, "BcbsUKUK": 0.27984,
}  # fmt: skip
PUBLISHED = {
    "BcbdUKUK": 0.27984, "BcbdUSUS": 0.29843, "BcbsUKUS": 0.02031, "BsUK": 138.94, "BsUS": 139.02,
    "HdUK": 7.2987, "HdUS": 7.2995, "BdUKUK": 102.18, "BsUKUS": 36.504, "BdUSUS": 102.19, "BsUSUK": 36.487,
    "VkUK": 152.62, "VkUS": 152.63, "VUK": 145.97, "VUS": 145.99001, "PDSUK": 0.95648, "PDSUS": 0.95649,
    "PMUK": 0.95628, "PYUK": 0.95648, "PYUS": 0.95649, "XRUK": 1.0003, "XRUS": 0.99971, "YDhskUK": 81.394,
    "YDhskUS": 81.402, "YkUK": 97.392, "YkUS": 97.403, "CkUK": 81.393, "CkUS": 81.401, "RUK": 0.03,
    "GkUK": 16,
}  # fmt: skip
CIRCLE = ["YkUK", "YkUS", "PYUK", "PYUS", "CkUK", "CkUS"]
COLUMNS = (
    "XRUK XRUS YkUK YkUS YUK YUS CkUK CkUS CONSUK CONSUS GUK GUS TUK TUS YDrUK YDrUS VUK VUS VkUK VkUS "
    "YDhskUK YDhskUS YDhsekUK YDhsekUS XUK XUS IMUK IMUS XkUK IMkUK PXUK PXUS PMUK PMUS PYUK PYUS PDSUK "
    "PDSUS SUK SUS NUK NUS BsUK BsUS BdUKUK BdUKUS BsUKUS BdUSUS BdUSUK BsUSUK BcbdUKUK BcbdUSUS BcbsUKUS "
    "HdUK HdUS FcbUK FcbUS PGUK"
)


def trade(g: Values, last: Values, v: dict[str, float]) -> None:
    """Equations 12.21 to 12.32."""
    pull = log(v["PYUS"]) - log(v["XRUK"])
    v["PMUK"] = exp(g["nu0m"] + g["nu1m"] * pull + (1 - g["nu1m"]) * log(v["PYUK"]))
    v["PXUK"] = exp(g["nu0x"] + g["nu1x"] * pull + (1 - g["nu1x"]) * log(v["PYUK"]))
    v["PXUS"], v["PMUS"] = v["PMUK"] * v["XRUK"], v["PXUK"] * v["XRUK"]
    v["XkUK"] = exp(g["eps0"] - g["eps1"] * log(v["PMUS"] / v["PYUS"]) + g["eps2"] * log(v["YkUS"]))
    v["IMkUK"] = exp(g["mu0"] - g["mu1"] * log(last["PMUK"] / last["PYUK"]) + g["mu2"] * log(v["YkUK"]))
    v["XkUS"], v["IMkUS"] = v["IMkUK"], v["XkUK"]
    for here in ("UK", "US"):
        v["X" + here] = v["Xk" + here] * v["PX" + here]
        v["IM" + here] = v["IMk" + here] * v["PM" + here]


def country(here: str, there: str, abroad: str, g: Values, last: Values, v: dict[str, float]) -> None:
    """Equations 12.1 to 12.8 and 12.33 to 12.66 of a country; `abroad`: the rate for claims there."""
    own, foreign = f"Bd{here}{here}", f"Bs{here}{there}"
    v["Gk" + here] = v.get("Gk" + here, g["Gk" + here])
    v["Sk" + here] = v["Ck" + here] + v["Gk" + here] + v["Xk" + here]
    v["N" + here] = v["Yk" + here] / g["PR"]
    v["PS" + here] = (1 + g["phi"]) * (g["W"] * v["N" + here] + v["IM" + here]) / v["Sk" + here]
    v["S" + here] = v["Sk" + here] * v["PS" + here]
    v["PDS" + here] = (v["S" + here] - v["X" + here]) / (v["Sk" + here] - v["Xk" + here])
    v["Y" + here] = v["S" + here] - v["IM" + here]
    v["CONS" + here] = v["Ck" + here] * v["PDS" + here]
    v["G" + here] = v["Gk" + here] * v["PDS" + here]
    interest = last["R" + here] * last[own] + v[abroad] * last["R" + there] * last[foreign]
    v["T" + here] = g["theta"] * (v["Y" + here] + interest)
    gains = (v[abroad] - last[abroad]) * last[foreign]
    v["YDr" + here] = v["Y" + here] + interest - v["T" + here] + gains
    v["V" + here] = last["V" + here] + v["YDr" + here] - v["CONS" + here]
    v["Vk" + here] = v["V" + here] / v["PDS" + here]
    lost = last["Vk" + here] * (v["PDS" + here] - last["PDS" + here]) / v["PDS" + here]
    v["YDhsk" + here] = v["YDr" + here] / v["PDS" + here] - lost
    v["YDhsek" + here] = (v["YDhsk" + here] + last["YDhsk" + here]) / 2


def assets(g: Values, last: Values, v: dict[str, float]) -> None:
    """Equations 12.11, 12.12, 12.14 and 12.67 to 12.87 but for those that differ between the models."""
    v["FcbUK"] = last["RUK"] * last["BcbdUKUK"] + last["RUS"] * last["BcbsUKUS"] * v["XRUS"]
    v["FcbUS"] = last["RUS"] * last["BcbdUSUS"]
    v["BsUS"] = last["BsUS"] + v["GUS"] + last["RUS"] * last["BsUS"] - v["TUS"] - v["FcbUS"]
    dollars, pounds = v["RUS"] + g["DXREUS"], v["RUK"] + g["DXREUK"]
    v["BdUKUK"] = v["VUK"] * (g["lambda10"] + g["lambda11"] * v["RUK"] - g["lambda12"] * dollars)
    v["BdUSUS"] = v["VUS"] * (g["lambda40"] + g["lambda41"] * v["RUS"] - g["lambda42"] * pounds)
    v["BdUSUK"] = v["VUS"] * (g["lambda50"] - g["lambda51"] * v["RUS"] + g["lambda52"] * pounds)
    v["BsUSUK"] = v["BdUSUK"] * v["XRUS"]
    v["HdUS"] = v["VUS"] - v["BdUSUS"] - v["BdUSUK"]
    v["BcbdUSUS"] = last["BcbdUSUS"] + v["HdUS"] - last["HdUS"]
    v["PGUK"] = g["PGUS"] / v["XRUK"]


def wanted(g: Values, v: dict[str, float]) -> float:
    """Equation 12.68: the US bills that UK households want."""
    return v["VUK"] * (g["lambda20"] - g["lambda21"] * v["RUK"] + g["lambda22"] * (v["RUS"] + g["DXREUS"]))


def close(kind: str, g: Values, last: Values, v: dict[str, float]) -> None:
    """Equations 12.13, 12.61, 12.68, 12.82, 12.89 and 12.90, which tell the four models apart."""
    left = v["BsUS"] - v["BdUSUS"] - v["BcbdUSUS"]
    if kind in ("openflex", "openfixr"):
        v["BcbsUKUS"] = g["BcbsUKUS"]
        v["BsUKUS"] = left - v["BcbsUKUS"]
    if kind == "openflex":
        v["BdUKUS"] = wanted(g, v)
        v["XRUK"] = v["BsUKUS"] / v["BdUKUS"]
    elif kind == "openfixr":
        v["BdUKUS"] = v["BsUKUS"] * v["XRUS"]
        v["RUK"] = (g["lambda20"] + g["lambda22"] * (v["RUS"] + g["DXREUS"]) - v["BdUKUS"] / v["VUK"]) / g[
            "lambda21"
        ]
    else:
        v["BdUKUS"] = wanted(g, v)
        v["BsUKUS"] = v["XRUK"] * v["BdUKUS"]
        v["BcbsUKUS"] = left - v["BsUKUS"]
    v["HdUK"] = v["VUK"] - v["BdUKUK"] - v["BdUKUS"]
    reserves = (v["BcbsUKUS"] - last["BcbsUKUS"]) * v["XRUS"]
    v["BcbdUKUK"] = last["BcbdUKUK"] + v["HdUK"] - last["HdUK"] - reserves
    spent = last["RUK"] * last["BsUK"] - v["TUK"] - v["FcbUK"]
    if kind == "openfixg":
        v["BsUK"] = v["BdUKUK"] + v["BsUSUK"] + g["BcbsUKUK"]
        v["GUK"] = v["BsUK"] - last["BsUK"] - spent
        v["GkUK"] = v["GUK"] / v["PDSUK"]
    else:
        v["BsUK"] = last["BsUK"] + v["GUK"] + spent


def period(kind: str, guess: Values, last: Values, older: Values, g: Values) -> dict[str, float]:
    """One period: trade at the guesses, then each country, then who holds what."""
    v = {"RUS": g["RUS"], "RUK": g["RUK"], "XRUK": g["XRUK"], **guess}
    v["XRUS"] = 1 / v["XRUK"]
    trade(g, last, v)
    country("UK", "US", "XRUS", g, last, v)
    country("US", "UK", "XRUK", g, last, v)
    assets(g, last, v)
    for here in ("UK", "US"):
        v["Yk" + here] = v["Sk" + here] - v["IMk" + here]
        v["PY" + here] = v["Y" + here] / v["Yk" + here]
        v["Ck" + here] = g["alpha1"] * v["YDhsek" + here] + g["alpha2"] * last["Vk" + here]
    close(kind, g, last, v)
    return v


def opening(published: bool) -> dict[str, float]:
    """Published openings; unless these are wanted as they stand, totals are sums of their parts."""
    v = {**PUBLISHED, "RUS": 0.03}
    if published:
        return v
    v["XRUS"] = 1 / v["XRUK"]
    v["VUK"] = v["BdUKUK"] + v["BsUKUS"] * v["XRUS"] + v["HdUK"]
    v["VUS"] = v["BdUSUS"] + v["BsUSUK"] * v["XRUK"] + v["HdUS"]
    v["BsUK"] = v["BdUKUK"] + v["BsUSUK"] + v["BcbdUKUK"]
    v["BsUS"] = v["BdUSUS"] + v["BsUKUS"] + v["BcbdUSUS"] + v["BcbsUKUS"]
    return v


def main() -> None:
    """Run the four models, each with the shock of its figures in the book."""
    extra = {"openflex": ["XRUK"], "openfix": [], "openfixr": ["RUK"], "openfixg": ["GkUK"]}
    shocks: Mapping[str, tuple[str, float]] = {
        "openflex": ("eps0", -2.2),
        "openfix": ("eps0", -2.0),
        "openfixr": ("mu0", -2.0),
        "openfixg": ("mu0", -2.0),
    }
    for kind, (name, value) in shocks.items():

        def given(number: int, name: str = name, value: float = value) -> dict[str, float]:
            return {**GIVENS, name: value} if number > 10 else GIVENS

        def run(published: bool, kind: str = kind, given: Callable = given) -> list[dict[str, float]]:
            return simulate(partial(period, kind), opening(published), given, CIRCLE + extra[kind], 70)

        rows = run(published=False)
        columns = list(dict.fromkeys([*COLUMNS.split(), *extra[kind]]))
        away, where = largest(rows[1:], run(published=True)[1:], columns)
        notes = [
            "Godley and Lavoie (2007), Monetary Economics, chapter 12: equations of the book,",
            "parameters and opening values as published with the programs for the book;",
            "solved by verify/godley_lavoie/openflex.py to 1e-13.",
            f"Shock of the book: {name} = {value} from period 11.",
            "Opening totals V and Bs are the sums of their published parts, XRUS is 1 / XRUK",
            "(published: VUK 145.97, VUS 145.99001, BsUK 138.94, BsUS 139.02, XRUS 0.99971).",
            f"With the published totals the run differs by at most {away:.1e} of the size",
            f"of a variable ({where}).",
        ]
        keep(kind, rows, columns, notes)


if __name__ == "__main__":
    main()
