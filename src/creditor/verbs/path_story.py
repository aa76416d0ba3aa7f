"""Owns the sentences of a debt path: where debt goes, what holds it, and how sure that is."""

from __future__ import annotations

import numpy as np

from creditor.sustainability.ageing import NONE, PUBLISHED
from creditor.sustainability.baseline import FEDERAL, Baseline
from creditor.sustainability.path import Paths
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.units import POINTS, SHARE
from creditor.verbs.path_found import AHEAD, Found, with_debt
from creditor.verbs.path_instruments import story_of as instruments_of
from creditor.verbs.path_owed import longer_of
from creditor.verbs.path_owed import story_of as owed_of
from creditor.verbs.path_shocks import FAR

LARGEST = 5.0  # of GDP: beyond it a limit says nothing
FLOW = 0.005  # of GDP a year that is told


def percent(value: float) -> str:
    """A share in percent, for sentences."""
    return format_number(float(value), SHARE)


def points(value: float) -> str:
    """A difference of shares in points, with one digit."""
    return format_number(100 * float(value), POINTS, 1)


def chance(pair: tuple[float, float]) -> str:
    """A probability with its standard error, in percent.

    Examples
    --------
    >>> chance((0.5, 0.01))
    '50 % (± 1.0)'
    """
    value, error = pair
    return f"{100 * value:.0f} % (± {100 * error:.1f})"


def story_of(found: Found) -> str:
    """A few sentences; an interest rate below growth is never called safety."""
    base, flat, rising, last = found.base, found.flat, found.rising, found.years[-1]
    owned = f"{base.title[:1].upper()}{base.title[1:]}"
    debt, risen = flat.one("debt_ratio"), rising.one("debt_ratio")
    head = f"{owned} owed {percent(base.debt)} of GDP at the end of {base.opening}. "
    if base.perimeter == FEDERAL:
        head = f"The federal government of {base.title} owed the public {percent(base.debt)} of GDP at the "
        head += f"end of fiscal {base.opening}. "
    if not base.anchored:
        head += "The publication that paths follow projects no debt for it. "
        head += "On assumptions, which are no forecast, "
    elif base.last_published < last:
        head += f"The published projection has {percent(debt[base.anchored])} in {base.last_published}; "
        head += "with rate, growth and primary balance "
        head += "held" if found.ageing.kind == NONE else "before ageing held"
        head += " from there, which is no forecast, "
    else:
        head += "On the published projection "
    head += f"debt is {percent(debt[-1])} in {last} at a constant market rate and {percent(risen[-1])} "
    head += "if the rate rises with debt"
    head += " (below zero it is a financial asset)" if min(debt[-1], risen[-1]) < 0 else ""
    far = min(FAR, len(found.years) - 1)
    reach = ", as far as past errors reach," if far == FAR else ""
    head += f". In {found.years[far]}{reach} 5 to 95 of 100 paths lie between {percent(found.fan[0, far])} "
    head += f"and {percent(found.fan[-1, far])}."
    told = (longer_of(base, found.beside), owed_of(base, flat), instruments_of(base, rising))
    more = (*told, _ageing(found), _balance(found), _rate(found))
    return " ".join(part for part in (head, *more) if part)


def _ageing(found: Found) -> str:
    """What ageing adds by the end, and who says so; nothing where the path is all projection."""
    base, aged, last = found.base, found.ageing, found.years[-1]
    if last <= base.last_published:
        return ""
    if aged.kind == NONE:
        return "" if aged.asked else "The cost of ageing is not in it for want of a published figure."
    cost = float(found.rising.one("ageing_part")[-1])
    owed = float(found.added[-1])
    way = "costs" if cost >= 0 else "saves"
    told = f"By {last} ageing {way} {points(abs(cost))} points of GDP a year against {base.last_published}"
    if cost * owed < 0:
        told += ", after costing more before," if owed > 0 else ", after costing less before,"
    side = (
        f"has added {points(owed)} points to debt"
        if owed >= 0
        else f"has taken {points(-owed)} points off debt"
    )
    who = aged.projection.document if aged.kind == PUBLISHED and aged.projection else "one's own assumption"
    return f"{told} and {side} ({who})."


def _balance(found: Found) -> str:
    year = min(found.base.anchored + 1, len(found.years) - 1)
    balance, holding = (float(found.rising.one(n)[year]) for n in ("balance_now", "stabilising_balance"))
    gap = balance - holding
    way = "short of" if gap < 0 else "above"
    told = f"In {found.years[year]} a primary balance of {percent(holding)} of GDP would hold debt; "
    told += f"the one assumed is {percent(balance)}, {points(abs(gap))} points {way} it. "
    soon = chance(found.chances["debt_higher_in_five_years"])
    first = found.base.opening
    return f"{told}Debt is higher in {first + AHEAD} than in {first} with a chance of {soon}."


def _rate(found: Found) -> str:
    run, first = found.rising, found.base.opening
    owed = with_debt(run.one("debt_ratio"))
    ends = [t for t in range(AHEAD, len(owed)) if owed[t - AHEAD + 1 : t + 1].all()]
    changes = chance(found.chances["rate_less_growth_changes_sign_in_ten_years"])
    if not ends:
        return ""
    end = ends[-1]
    width = float(np.mean(run.one("rate_less_growth")[end - AHEAD + 1 : end + 1]))
    when = f"{first + end - AHEAD + 1} to {first + end}"
    if end < len(owed) - 1:
        when += ", the last five years with debt to speak of"
    told = f"The rate less growth is {points(width)} points over {when}"
    if width > 0:
        told += f"; its five-year mean changes sign within ten years on {changes} of the paths."
    else:
        told += ", which is no safety: the rate depends on debt, and its five-year mean changes sign "
        told += f"within ten years on {changes} of the paths."
    if rate_told(found.base):
        told += f" The rate that is held, {percent(found.base.after['rate'])}, is below inflation and likely "
        told += "too low for new debt."
    limit = carried(found) if owed[-1] else None
    if limit is None:
        return told + (_without_end(found) if owed[-1] else "")
    if run.one("rate_less_growth")[-1] > 0:
        told += f" Above {percent(limit)} of GDP the balance of {found.years[-1]} would no longer hold debt."
    else:
        told += f" If it stayed so, the balance of {found.years[-1]} would bring debt to {percent(limit)} of "
        told += "GDP in the end."
    return told


def _without_end(found: Found) -> str:
    """That a rate below growth does not hold debt where the deficit before interest is large."""
    run = found.rising
    width, balance = (float(run.one(name)[-1]) for name in ("rate_less_growth", "balance_now"))
    if width >= 0 or balance >= 0:
        return ""
    told = f" If it stayed so, the balance of {found.years[-1]} would bring debt to more than "
    return f"{told}{100 * LARGEST:.0f} % of GDP in the end."


def rate_told(base: Baseline) -> list[Finding]:
    """A warning where the rate that is held is below inflation: it is hardly what new debt would cost.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> rate_told(baseline("CAN"))[0].sentence[:69]
    'After 2030 debt pays 0.7 % a year, less than prices rise (2.8 %): int'
    >>> rate_told(baseline("ITA"))
    []
    """
    rate, prices = base.after["rate"], base.after["deflator"]
    if not base.anchored or rate >= prices:
        return []
    sentence = f"After {base.last_published} debt pays {percent(rate)} a year, less than prices rise "
    sentence += (
        f"({percent(prices)}): interest is net of what the state earns on its assets, or on terms that "
    )
    sentence += "new debt may not get. New debt bears the same rate here, so the rate less growth and the "
    sentence += "debt are likely too low (grade C)."
    return [Finding("warning", "interest", sentence)]


def below_growth(opening: int, run: Paths) -> list[Finding]:
    """A warning where the rate on debt is below growth in some year: it is no safety.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> run = simulate(case_of(baseline("JPN"), 2032), 1, [("rate_less_growth",)])
    >>> below_growth(2024, run)[0].sentence[:58]
    'The rate is below growth in 8 of the years 2025 to 2032, w'
    """
    width = run.one("rate_less_growth")[1:]
    owed = (
        with_debt(run.one("debt_ratio"))[1:] if ("debt_ratio",) in run.values else np.full(len(width), True)
    )
    count = int(((width < 0) & owed).sum())
    if not count:
        return []
    sentence = f"The rate is below growth in {count} of the years {opening + 1} to {opening + len(width)}, "
    sentence += "which is no safety: the rate depends on debt, and states have defaulted from it."
    return [Finding("warning", "rate less growth", sentence)]


def flow_told(base: Baseline, run: Paths) -> list[Finding]:
    """A warning where the projection changes debt by more than half a point a year beside the balance.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> base = baseline("EGY")
    >>> flow_told(base, simulate(case_of(base, 2032), 1, [("adjustment",)]))[0].sentence[:64]
    'The projection takes 1.2 points of GDP a year off debt that the '
    """
    flow = run.one("adjustment")[1 : base.anchored + 1]
    if not len(flow) or abs(flow.mean()) <= FLOW:
        return []
    size = points(abs(flow.mean()))
    way = (
        f"adds {size} points of GDP a year to debt"
        if flow.mean() > 0
        else f"takes {size} points of GDP a year off debt"
    )
    sentence = f"The projection {way} that the balance does not explain; after "
    sentence += f"{base.last_published} there is nothing of the kind, which bends the path."
    return [Finding("warning", "stock-flow adjustment", sentence)]


def money_told(base: Baseline) -> list[Finding]:
    """A warning where the price of foreign money moves otherwise after the projection, and debt feels it.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> money_told(baseline("NGA"))[0].sentence[:74]
    'In 2030 the projection has foreign money dearer by 1.9 %; afterwards its p'
    >>> money_told(baseline("ITA"))
    []
    """
    if not base.anchored:
        return []
    last, after = float(base.published["depreciation"][-1]), base.after["depreciation"]
    moved = base.foreign_share * (after - last)
    if abs(moved) <= FLOW:
        return []
    change = f"dearer by {percent(last)}" if last >= 0 else f"cheaper by {percent(-last)}"
    sentence = (
        f"In {base.last_published} the projection has foreign money {change}; afterwards its price follows "
    )
    sentence += f"prices at home and abroad ({percent(after)} a year), which "
    sentence += f"{'adds' if moved > 0 else 'takes'} {points(abs(moved))} points a year "
    sentence += f"{'to' if moved > 0 else 'off'} the rate on debt and bends the path (grade C)."
    return [Finding("warning", "exchange rate", sentence)]


def assets_told(found: Found) -> list[Finding]:
    """A note where debt falls below zero."""
    seen = []
    for name, run in (("constant rate", found.flat), ("rate rising in debt", found.rising)):
        debt = run.one("debt_ratio")
        below = [year for year, value in zip(found.years, debt, strict=True) if value < 0]
        if below:
            sentence = (
                f"With a {name} the debt turns negative in {below[0]}: it is then a financial asset. The "
            )
            sentence += "balance is held by assumption; hardly a government saves on when its debt is gone."
            seen.append(Finding("note", "debt", sentence))
    return seen


def carried(found: Found) -> float | None:
    """The debt that the balance of the last year holds at the last rate: pb0 / (G - 1), a share of GDP.

    None where the rate less growth and the balance have not the same sign, and where the limit is beyond use.
    """
    run = found.rising
    ratio = float(run.one("rate_less_growth")[-1] / (1 + run.one("growth")[-1]))
    balance = float(run.one("balance_now")[-1])
    if ratio == 0 or balance / ratio <= 0 or balance / ratio > LARGEST:
        return None
    return balance / ratio
