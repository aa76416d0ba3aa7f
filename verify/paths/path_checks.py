"""Holds the JSON of a debt path against identities, publications and a recursion of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import path_library as library
import path_recursion as recursion
from path_library import OPENING, Published
from path_recursion import SLOPE

TOLERANCE = 1e-9
LITTLE = 0.05  # of GDP: a rate on less debt is no rate
OF_INSTRUMENTS = ("average_maturity", "refixing_share", "foreign_money_share")
SLOPES = {"constant_rate": 0.0, "rising_rate": SLOPE}
PARTS = ("interest", "growth", "inflation", "exchange_rate", "primary", "ageing", "stock_flow")
QUANTILES = ("p5", "p25", "p50", "p75", "p95")
ORIGIN = ("source", "grade")
Told = dict[str, Any]


def apart(name: str, found: Sequence[float | None], wanted: Sequence[float], first: int) -> Iterator[str]:
    """The largest difference of two series of years beyond the tolerance, of what both have."""
    if len(found) != len(wanted):
        yield f"{name} has {len(found)} years, not {len(wanted)}"
        return
    if not found:
        return
    pairs = zip(found, wanted, strict=True)
    gaps = [0.0 if a is None else abs(a - b) / max(1.0, abs(b)) for a, b in pairs]
    worst = max(range(len(gaps)), key=lambda place: gaps[place] if gaps[place] == gaps[place] else math.inf)
    if not gaps[worst] <= TOLERANCE:
        yield f"{name} {first + worst}: {found[worst]!r}, not {wanted[worst]!r}"


def runs(told: Told) -> Iterator[tuple[str, Told]]:
    """Every path of the answer by a name."""
    for group in ("paths", "without_ageing"):
        for name, run in told.get(group, {}).items():
            yield f"{group} {name}", run


def identities(told: Told) -> Iterator[str]:
    """Law of motion, one debt in money and in shares, parts of the change, what would hold debt."""
    first = told["opening"]
    for name, run in runs(told):
        d, money, gdp = run["debt_ratio"], run["debt"], run["gdp"]
        i, g, pb, sf = (run[key] for key in ("effective_rate", "growth", "balance_now", "adjustment"))
        years = range(len(g))
        wanted = {
            "law of motion": (d[1:], [d[t] * (1 + i[t]) / (1 + g[t]) - pb[t] + sf[t] for t in years]),
            "debt in money": (
                money[1:],
                [money[t] * (1 + i[t]) + (sf[t] - pb[t]) * gdp[t + 1] for t in years],
            ),
            "change": (run["change_of_debt"], [d[t + 1] - d[t] for t in years]),
            "sum of the parts": (
                run["change_of_debt"],
                [math.fsum(run[f"{part}_part"][t] for part in PARTS) for t in years],
            ),
            "rate less growth": (run["rate_less_growth"], [i[t] - g[t] for t in years]),
            "balance that holds debt": (
                run["stabilising_balance"],
                [d[t] * (i[t] - g[t]) / (1 + g[t]) + sf[t] for t in years],
            ),
            "gap": (run["stabilising_gap"], [pb[t] - run["stabilising_balance"][t] for t in years]),
            "primary part": (run["primary_part"], [-pb[t] - run["ageing_part"][t] for t in years]),
            "overall balance": (run["overall_balance"], [pb[t] - run["interest_ratio"][t] for t in years]),
            "interest": (run["interest"], [run["interest_ratio"][t] * gdp[t + 1] for t in years]),
        }
        for what, (found, expected) in wanted.items():
            yield from apart(f"{name}: {what}", found, expected, first + 1)
        yield from apart(f"{name}: debt", money, [ratio * y for ratio, y in zip(d, gdp, strict=True)], first)


def books(told: Told) -> Iterator[str]:
    """Debt is the sum of its instruments and of its holders; shares of instruments lie within bounds."""
    first = told["opening"]
    for name, run in told["paths"].items():
        split = told["outstanding"][name]
        total = [math.fsum(series[t] for series in split.values()) for t in range(len(run["debt"]))]
        yield from apart(f"{name}: sum of instruments", total, run["debt"], first)
        yield from shares(name, run, split, first)
    if told["holders"]:
        held = [math.fsum(row[t] for row in told["holders"].values()) for t in range(len(told["years"]))]
        yield from apart("sum of holders", held, told["paths"]["rising_rate"]["debt"], first)


def shares(name: str, run: Told, split: dict[str, list[float]], first: int) -> Iterator[str]:
    """Shares of instruments are within bounds, and absent where debt or a part of it is negative."""
    for what in OF_INSTRUMENTS:
        for t, found in enumerate(run[what], 1):
            scale = 1e-12 * run["gdp"][t]
            whole = run["debt"][t] > 0 and min(series[t] for series in split.values()) >= -scale
            if (found is not None) != whole:
                sign = "all positive" if whole else "not all positive"
                yield f"{name}: {what} {first + t} is {found} where debt is {sign}"
            elif whole and not -TOLERANCE <= found <= (1 + TOLERANCE if what.endswith("share") else math.inf):
                yield f"{name}: {what} {first + t} is {found}"


def anchoring(told: Told, known: Published) -> Iterator[str]:
    """Every projected year is the published one; a later vintage is told by name and amount."""
    if told["last_published"] != known.last:
        yield f"the projection ends in {told['last_published']}, not {known.last}"
    count = min(len(told["years"]) - 1, len(known.series["real_growth"]))
    debt = count if known.anchored else 0
    for name, run in runs(told):
        growth = zip(known.series["real_growth"], known.series["deflator"], strict=True)
        nominal = [(1 + real) * (1 + prices) - 1 for real, prices in growth]
        ratios = [known.debt, *known.series["debt"][:debt]]
        real = [-run["growth_part"][t] * (1 + nominal[t]) / run["debt_ratio"][t] for t in range(count)]
        wanted = {
            "published debt": (run["debt_ratio"][: debt + 1], ratios, OPENING),
            "published growth and prices": (run["growth"][:count], nominal[:count], OPENING + 1),
            "published real growth": (real, known.series["real_growth"][:count], OPENING + 1),
            "published balance": (
                run["balance_now"][:count],
                [
                    known.series["primary_balance"][t] - known.cost(OPENING + 1 + t, told["years"][-1])
                    for t in range(count)
                ]
                if name.startswith("paths")
                else known.series["primary_balance"][:count],
                OPENING + 1,
            ),
            "published interest": (
                run["interest_ratio"][:debt],
                known.series["interest"][:debt],
                OPENING + 1,
            ),
        }
        for what, (found, expected, first) in wanted.items():
            yield from apart(f"{name}: {what}", found, expected, first)
    yield from revision(told, known)


def revision(told: Told, known: Published) -> Iterator[str]:
    """The gap to a later vintage is a named row; the vintage of stock and path is one."""
    fact = told["inputs"]["debt at the opening"]
    wanted = "2025-01" if known.perimeter == library.FEDERAL else library.VINTAGE
    if fact["vintage"] != wanted or fact["grade"] != "A":
        yield f"debt at the opening is of {fact['vintage']}, grade {fact['grade']}"
    vintage, newer = library.later(known.code)
    named = [row["sentence"] for row in told["findings"] if row["place"] == "vintage revision"]
    if known.perimeter == library.FEDERAL or OPENING not in newer:
        if named or "vintage_revision" in told:
            yield "a vintage revision is told where there is none"
        return
    gap = newer[OPENING] / 100 - known.debt
    if abs(told.get("vintage_revision", math.nan) - gap) > TOLERANCE or math.isnan(gap):
        yield f"vintage revision {told.get('vintage_revision')}, not {gap}"
    said = f"{abs(100 * gap):.1f} points {'more' if gap > 0 else 'less'} than here"
    if f"{abs(100 * gap):.1f}" == "0.0":
        said = "as much to a tenth of a point"
    if len(named) != 1 or vintage not in named[0] or said not in named[0]:
        yield f"no finding names the vintage revision of {100 * gap:+.1f} points"


def recomputed(told: Told, known: Published) -> Iterator[str]:
    """Every series of every path by a recursion over the instruments."""
    years = len(told["years"]) - 1
    for group, cost in (("paths", recursion.costs(known, years)), ("without_ageing", [0.0] * years)):
        for name, run in told.get(group, {}).items():
            wanted = recursion.project(known, years, SLOPES[name], cost)
            for what, found in run.items():
                yield from apart(f"{group} {name}: {what}", found, wanted[what], told["years"][-len(found)])
            if group == "paths":
                for kind, found in told["outstanding"][name].items():
                    yield from apart(f"{name}: {kind}", found, wanted[f"outstanding {kind}"], OPENING)
    if known.ageing and "without_ageing" not in told:
        yield "a published cost of ageing is not in the path"


def instruments(told: Told, known: Published) -> Iterator[str]:
    """The instruments of the answer are the rows of the library, each with source and vintage."""
    rows = [
        row for row in library.rows(library.LIBRARY / "debt/instruments.csv") if row["economy"] == known.code
    ]
    if [row["instrument"] for row in rows] != [row["instrument"] for row in told["instruments"]]:
        yield "the instruments are not those of the library"
        return
    for row, found in zip(rows, told["instruments"], strict=True):
        named = (found["source"], found["vintage"], found["grade"])
        if found["share"] != float(row["share"]) or named != (row["source"], row["vintage"], row["grade"]):
            yield f"{row['instrument']} is not as in the library"
        if row["maturing_share"] and found.get("maturing_share") != float(row["maturing_share"]):
            yield f"{row['instrument']}: what falls due in a year is not as in the library"
    if rows and abs(math.fsum(float(row["share"]) for row in rows) - 1) > 1e-6:
        yield "shares of instruments do not add up to one"


def ageing(told: Told, known: Published) -> Iterator[str]:
    """What ageing costs by year, and that debt with it less debt without it is that cost compounded."""
    record, years = told["ageing"], len(told["years"]) - 1
    if record["kind"] == "none":
        if known.ageing:
            yield "ageing is left out though its cost is published"
        return
    cost = recursion.costs(known, years)
    yield from apart("cost of ageing", record["cost"], cost, OPENING + 1)
    if record["vintage"] != known.ageing_vintage or any(record["cost"][: known.anchored]):
        yield "the cost of ageing has another vintage, or is counted within the projection"
    with_it, without = (told[group]["rising_rate"]["debt_ratio"] for group in ("paths", "without_ageing"))
    yield from apart(
        "added by ageing",
        record["adds_to_debt"],
        [a - b for a, b in zip(with_it, without, strict=True)],
        OPENING,
    )
    for name in SLOPES:
        yield from apart(f"{name}: compounded cost", *compounded(told, name, cost), OPENING)


def compounded(told: Told, name: str, cost: Sequence[float]) -> tuple[list[float], list[float]]:
    """Debt with ageing less debt without, in money, and the cost with all interest that it brings."""
    run, plain = told["paths"][name], told["without_ageing"][name]
    gdp = run["gdp"]
    added = [0.0]
    for t in range(len(cost)):
        flow = run["interest"][t] - plain["interest"][t]
        dearer = [one["exchange_rate_part"][t] + one["interest_part"][t] for one in (run, plain)]
        flow = (dearer[0] - dearer[1]) * gdp[t + 1]  # interest and what the exchange rate adds
        added.append(added[-1] + cost[t] * gdp[t + 1] + flow)
    found = [(a - b) * y for a, b, y in zip(run["debt_ratio"], plain["debt_ratio"], gdp, strict=True)]
    return [x / y for x, y in zip(found, gdp, strict=True)], [x / y for x, y in zip(added, gdp, strict=True)]


def fans(told: Told) -> Iterator[str]:
    """Quantiles in order, errors above zero, chances with the binomial error, the path inside its fan."""
    fan, errors, debt = told["fan"], told["fan_errors"], told["paths"]["rising_rate"]["debt_ratio"]
    for t, year in enumerate(told["years"]):
        line = [fan[name][t] for name in QUANTILES]
        if line != sorted(line) or any(not math.isfinite(x) for x in line):
            yield f"quantiles of {year} are not in order"
        if t and not all(errors[name][t] > 0 for name in QUANTILES):
            yield f"a line of the fan of {year} has no error"
        if not line[0] - TOLERANCE <= debt[t] <= line[-1] + TOLERANCE:
            yield f"the path of {year} is outside of its fan"
    if [fan[name][0] for name in QUANTILES] != [debt[0]] * 5:
        yield "the fan does not begin at the opening"
    count = told["draws"]["paths"]
    for name, chance in told["chances"].items():
        p = chance["value"]
        wanted = math.sqrt(max(p * (1 - p), 0.25 / count) / count)
        if not 0 <= p <= 1 or abs(p * count - round(p * count)) > 1e-6:
            yield f"{name} is no share of {count} paths: {p}"
        if not abs(chance["standard_error"] - wanted) < TOLERANCE:
            yield f"{name}: standard error {chance['standard_error']}, not {wanted}"


def seeds(one: Told, other: Told) -> Iterator[str]:
    """Two seeds of one path differ, and by no more than five errors of the Monte Carlo."""
    if one["fan"] == other["fan"]:
        yield "two seeds have the same fan"
    for name in QUANTILES:
        for t, year in enumerate(one["years"][1:], 1):
            error = math.hypot(*(told["fan_errors"][name][t] for told in (one, other)))
            if abs(one["fan"][name][t] - other["fan"][name][t]) > 5 * error:
                yield f"{name} of {year} moves by more than five errors with the seed"
    for name, chance in one["chances"].items():
        pair = chance, other["chances"][name]
        error = math.hypot(*(each["standard_error"] for each in pair))
        if abs(pair[0]["value"] - pair[1]["value"]) > 5 * error:
            yield f"{name} moves by more than five errors with the seed"


def error_of_two(error: float, paths: int) -> float:
    """Standard error of the difference of two chances, the second of so many paths."""
    return math.hypot(error, math.sqrt(0.25 / paths))


def stress(told: Told, known: Published) -> Iterator[str]:
    """Every test of the library by the recursion, on the path whose rate rises in debt."""
    years, debt = len(told["years"]) - 1, told["paths"]["rising_rate"]["debt_ratio"]
    tests = {row["name"]: row for row in told["stress"]}
    if list(tests) != [test["name"] for test in library.stress_tests()]:
        yield "the stress tests are not those of the library"
        return
    for test in library.stress_tests():
        shocks = recursion.shocks_of(test, known, years, debt)
        wanted = recursion.project(known, years, SLOPE, recursion.costs(known, years), shocks)
        found = tests[test["name"]]
        yield from apart(f"stress {test['name']}", found["debt_ratio"], wanted["debt_ratio"], OPENING)
        if (found["source"], found["certainty"]) != (test["source"], test["certainty"]):
            yield f"stress {test['name']} has another source or certainty"


def gaps(told: Told, known: Published) -> Iterator[str]:
    """S1 by two runs to 2070, S2 by the budget constraint, refused where the rate is not above growth."""
    periods, horizon = 2070 - OPENING, told["years"][-1]
    for row in told["gaps"]:
        aged = row["ageing"] != "left out"
        far = max([2070, *known.ageing]) - OPENING if aged else periods
        cost = [known.cost(OPENING + t, 9999) if aged else 0.0 for t in range(1, far + 1)]
        plain = recursion.project(known, periods, 0.0)
        t = known.anchored
        rate, growth = plain["effective_rate"][t], plain["growth"][t]
        if row["name"] == "s2" and rate <= growth:
            if "value" in row:
                yield "S2 has a value though the rate is below growth"
            continue
        if row["name"] == "s2":
            rho, discount = (rate - growth) / (1 + growth), (1 + growth) / (1 + rate)
            after = cost[t:] or [0.0]
            due = (
                math.fsum(x * discount**n for n, x in enumerate(after, 1))
                + after[-1] * discount ** len(after) / rho
            )
            wanted = rho * (plain["debt_ratio"][t] + due) - plain["balance_now"][t]
        else:
            steps = {"balance_shock": [0.01 if year >= t else 0.0 for year in range(periods)]}
            ends = [
                recursion.project(known, periods, 0.0, cost[:periods], s)["debt_ratio"][-1]
                for s in ({}, steps)
            ]
            wanted = 0.01 * (ends[0] - 0.60) / (ends[0] - ends[1])
        if not abs(row.get("value", math.nan) - wanted) < TOLERANCE:
            yield f"{row['name']} with ageing {row['ageing']} to {horizon}: {row.get('value')}, not {wanted}"


def beside(told: Told) -> Iterator[str]:
    """Beside others: this path is the path, and the parts with what is not given add up to the gap."""
    debt = dict(zip(told["years"], told["paths"]["constant_rate"]["debt_ratio"], strict=True))
    for row in told["beside"]:
        name = f"beside {row['name']}"
        yield from apart(name, row["this_path"], [debt[year] for year in row["years"]], row["years"][0])
        same = row["compared"] == "levels"
        base = 0.0 if same else row["this_path"][0] - row["other"][0]
        wanted = [a - b - base for a, b in zip(row["this_path"], row["other"], strict=True)]
        yield from apart(f"{name}: gap", row["gap"], wanted, row["years"][0])
        total = math.fsum(part["gap"] for part in row["parts"].values()) + row["rest"]["value"]
        total += row["in_the_first_year"] if same else 0.0
        yield from apart(f"{name}: sum of the parts", [total], [row["gap"][-1]], row["years"][-1])
        yield from (f"{name} has no {key}" for key in (*ORIGIN, "vintage") if not row.get(key))


def graded(told: Told) -> Iterator[str]:
    """Every series has a unit, and in each year a source and a grade; every input and instrument too."""
    names = {*told["paths"]["rising_rate"], "outstanding", "fan", "fan_errors", "chances", "gaps", "stress"}
    for name in sorted(names - set(told["units"])):
        yield f"{name} has no unit"
    for name in sorted(names):
        rows = [row for row in told["origins"] if name in row["of"]]
        years = {year for row in rows for year in range(row["first"], row["last"] + 1)}
        if not set(told["years"][1:]) <= years or not all(row[key] for row in rows for key in ORIGIN):
            yield f"{name} has years without source or grade"
        if any(row["grade"] == "A" and row["last"] > told["last_published"] for row in rows):
            yield f"{name} is called published after the projection"
    for name, row in [*told["inputs"].items(), *((row["instrument"], row) for row in told["instruments"])]:
        for key in ORIGIN:
            if not row.get(key):
                yield f"{name} has no {key}"
        if "vintage" not in row or not (row["vintage"] or row["grade"] == "C" or "not used" in row["source"]):
            yield f"{name} has no vintage"


def warned(told: Told) -> Iterator[str]:
    """A rate below growth is warned of; debt below zero is said to be an asset."""
    places = [(row["place"], row["sentence"]) for row in told["findings"]]
    run = told["paths"]["rising_rate"]
    pairs = zip(run["rate_less_growth"], run["debt_ratio"], strict=False)
    below = any(gap < 0 and debt >= LITTLE for gap, debt in pairs)
    if below != any(place == "rate less growth" and "no safety" in sentence for place, sentence in places):
        yield "a rate below growth is not warned of, or is where there is none"
    negative = any(min(run["debt_ratio"]) < 0 for run in told["paths"].values())
    if negative != any("financial asset" in sentence for _, sentence in places):
        yield "debt below zero is not said to be an asset, or is where there is none"


def everything(told: Told, known: Published) -> list[str]:
    """All breaches of the answer of one economy."""
    found = [*identities(told), *books(told), *anchoring(told, known), *recomputed(told, known)]
    found += [*instruments(told, known), *ageing(told, known), *fans(told), *stress(told, known)]
    return [*found, *gaps(told, known), *beside(told), *graded(told), *warned(told)]
