"""Owns what is said first of rules: which frameworks apply to an economy, and where it is farthest off."""

from __future__ import annotations

from collections.abc import Sequence

from creditor.sustainability.baseline import Baseline
from creditor.sustainability.packs import Pack, packs
from creditor.sustainability.rules import Verdict
from creditor.sustainability.union import EFFORT
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.units import Unit

LOW_INCOME, MARKET = "lic_dsf_2018", "srdsf"
POINTS = Unit("count", "points")


def applies(pack: Pack, code: str) -> bool:
    """Whether a framework is in force and made for an economy.

    That for market access is for those who are not under that for low incomes.

    Examples
    --------
    >>> [name for name, pack in packs().items() if applies(pack, "GHA")]
    ['lic_dsf_2018']
    >>> [name for name, pack in packs().items() if applies(pack, "BRA")]
    ['srdsf']
    """
    if pack.valid_to:
        return False
    if pack.name == MARKET:
        return code not in packs()[LOW_INCOME].economies
    return not pack.economies or code in pack.economies


def in_order(wanted: Sequence[Pack], code: str) -> list[Pack]:
    """The frameworks that apply first, then others, at last those that are no longer in force.

    Examples
    --------
    >>> [pack.name for pack in in_order(list(packs().values()), "KEN")][::5]
    ['lic_dsf_2018', 'mac_dsa_2013']
    """
    return sorted(wanted, key=lambda pack: (not applies(pack, code), bool(pack.valid_to)))


def story_of(base: Baseline, found: Sequence[Verdict], wanted: Sequence[Pack]) -> str:
    """What the frameworks that apply say, one after the other; the others are counted."""
    owned = f"{base.title[:1].upper()}{base.title[1:]}"
    if not any(v.margin is not None for v in found):
        return f"{owned}: no criterion can be judged; figures or weights are missing, each row says which."
    own = [pack for pack in wanted if applies(pack, base.code)]
    told = [_of_pack(pack, [v for v in found if v.criterion.pack == pack.name]) for pack in own]
    head = f"{owned} is under {'none' if not own else len(own)} of {len(wanted)} frameworks. "
    names = {pack.name for pack in own}
    others = [v for v in found if v.criterion.pack not in names and v.margin is not None]
    if others:
        kept = sum(bool(v.holds) for v in others)
        which = "Frameworks for others, or of the past" if own else "Applied all the same"
        told.append(f"{which}: {kept} of {len(others)} criteria hold.")
    return head + " ".join(told)


def _of_pack(pack: Pack, found: Sequence[Verdict]) -> str:
    """How many criteria hold, the one that is farthest off, and what the makers themselves have published."""
    known = [v for v in found if v.margin is not None]
    open_ = sum(v.margin is None and v.criterion.threshold is not None for v in found)
    name = f"{pack.title[:1].upper()}{pack.title[1:]}"
    if not known:
        return f"{name}: no verdict for want of figures or weights."
    bad = [v for v in known if not v.holds]
    told = f"{name}: {len(known) - len(bad)} of {len(known)} criteria hold"
    told += f", {open_} without a verdict" if open_ else ""
    if bad:
        told += f"; farthest off is {_named(max(bad, key=_off))}"
    told += "."
    rated = [v for v in found if v.criterion.name == "composite_indicator" and v.basis == "published"]
    if rated:
        told += f" Published, {rated[0].told}; that rests on ten projected years under stress, the values "
        told += "here are of single years without it."
    return told


def _off(v: Verdict) -> float:
    """How far a criterion is missed: of its mark, or in points where there is none."""
    margin, mark = abs(v.margin or 0.0), v.criterion.threshold
    return margin / abs(mark) if mark and v.told != EFFORT else margin


def _named(v: Verdict) -> str:
    """A criterion with its value and mark."""
    number = format_number(v.value, POINTS, v.criterion.digits)
    if v.told == EFFORT:
        return f"{v.criterion.title.removesuffix(', in percent')} (needs an effort of {number} points)"
    mark = format_number(v.criterion.threshold, POINTS, v.criterion.digits)
    return f"'{v.criterion.title}' ({number}, mark {mark})"


def findings_of(base: Baseline, wanted: Sequence[Pack]) -> list[Finding]:
    """Notes on frameworks that are applied though they are for others, or no longer in force."""
    owned = f"{base.title[:1].upper()}{base.title[1:]}"
    told = []
    past = [pack for pack in wanted if pack.valid_to]
    outside = [p for p in wanted if not p.valid_to and not applies(p, base.code) and p.name != LOW_INCOME]
    if outside:  # the rows of the framework for low incomes say themselves whether it applies
        sentence = f"{owned} is not under these rules; they are applied all the same."
        told.append(Finding("note", ", ".join(pack.name for pack in outside), sentence))
    for pack in past:
        sentence = f"In force to {pack.valid_to}; applied all the same, for comparison with older reports."
        told.append(Finding("note", pack.name, sentence))
    return told
