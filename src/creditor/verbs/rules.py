"""Owns the verb rules: a debt path against the rules of the frameworks."""

from __future__ import annotations

import math
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.sustainability.ageing import PUBLISHED, told
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import baseline
from creditor.sustainability.gaps import TARGET_YEAR
from creditor.sustainability.packs import Pack, chosen
from creditor.sustainability.path import case_of, simulate
from creditor.sustainability.plan import periods_needed
from creditor.sustainability.rules import YEARS, Verdict, verdicts
from creditor.sustainability.shocks import faults
from creditor.sustainability.union import EFFORT, OF_EFFORT
from creditor.terms.answer import Answer, Grid
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Provenance
from creditor.terms.units import POINTS
from creditor.terms.vocabulary import word
from creditor.verbs.path_story import below_growth
from creditor.verbs.rules_story import applies, findings_of, in_order, story_of

PATHS = 2000
WORDS = {True: "holds", False: "does not hold", None: "no verdict"}
NOTES = {
    "srdsf": " An index lies between what all weights that agree with the published tables give; where the "
    "mark is inside, there is no verdict, and the margin is from its nearer end.",
    "lic_dsf_2018": " The framework looks at ten projected years, with stress; here each value is of the "
    "year that is named.",
}


def rules(
    economy: str,
    pack: tuple[str, ...] = (),
    paths: int = PATHS,
    seed: int = 1,
    ageing: str = PUBLISHED,
) -> Answer:
    """Say what the debt path of an economy gives against the rules of each framework.

    Parameters
    ----------
    economy : str
    pack : tuple of str
        Names of packs; all where none is given.
    paths, seed : int
    ageing : str
        ``published`` counts the cost of ageing where there is a published one, ``none`` leaves it out.

    Returns
    -------
    Answer
        Payload: economy, verdicts (pack, criterion, value, low, high, threshold, margin, holds, unit,
        threshold_unit, basis, certainty, value_source, threshold_source, valid_from, valid_to, told), packs
        (with ``applies``), findings, story. Packs that apply come first; every verdict has its margin.

    Examples
    --------
    >>> rules("ITA", ("mac_dsa_2013",), 100).payload["verdicts"][0]["holds"]
    False
    """
    troubles = Troubles()
    code = troubles.attempt(lambda: word("economies", economy, "economy").name)
    troubles.items += faults(paths)
    packs = troubles.attempt(lambda: chosen(pack))
    aged = troubles.attempt(lambda: ageing_of(code, ageing)) if code else None
    troubles.raise_if_any(InputError)
    assert code is not None and packs is not None and aged is not None
    base = baseline(code)
    wanted = in_order(packs, base.code)
    found = verdicts(base, wanted, paths, seed, aged)
    grids = tuple(_grid(one, [v for v in found if v.criterion.pack == one.name]) for one in wanted)
    run = simulate(case_of(base, base.opening + periods_needed(YEARS)), 1, [("rate_less_growth",)])
    last = (
        TARGET_YEAR if any(one.name == "ec_dsm" for one in wanted) else base.opening + periods_needed(YEARS)
    )
    findings = [*base.findings, *told(base, aged, last), *findings_of(base, wanted)]
    findings += below_growth(base.opening, run)
    story = story_of(base, found, wanted)
    payload: dict[str, Any] = {
        "economy": base.code,
        "verdicts": [_record(v) for v in found],
        "packs": [_pack_record(p, base.code) for p in wanted],
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    provenance = Provenance(aged.newest(base.followed.vintage), base.digest, seed=seed)
    payload["provenance"] = provenance.as_dict()
    title = f"Debt of {base.title} against the frameworks"
    return Answer(story, (), (), tuple(findings), payload, provenance, title=title, grids=grids)


def _pack_record(pack: Pack, code: str) -> dict[str, Any]:
    record = {name: getattr(pack, name) for name in ("name", "valid_from", "valid_to", "source")}
    return {**record, "applies": applies(pack, code)}


def _record(v: Verdict) -> dict[str, Any]:
    record = {"pack": v.criterion.pack, "criterion": v.criterion.name, "certainty": v.criterion.certainty}
    more: dict[str, Any] = {
        "value": v.value,
        "threshold": v.criterion.threshold,
        "margin": v.margin,
        "holds": v.holds,
    }
    more |= {"basis": v.basis or None, "value_source": v.source or None}
    if v.span:
        more |= {"low": v.span.low, "high": v.span.high if math.isfinite(v.span.high) else None}
    own = v.criterion
    more |= _units(v)
    more |= {"threshold_source": own.source, "valid_from": own.valid_from, "valid_to": own.valid_to or None}
    return {**record, **{k: x for k, x in more.items() if x is not None}, "told": v.told}


def _units(v: Verdict) -> dict[str, str | None]:
    """Unit of value, margin and span; of the threshold too, where a value is the effort to meet it."""
    if v.value is None and v.criterion.threshold is None:
        return {}
    if v.told != EFFORT:
        return {"unit": v.criterion.unit}
    return {"unit": OF_EFFORT, "threshold_unit": None if v.criterion.threshold is None else v.criterion.unit}


def _number(value: float | None, digits: int = 1) -> str:
    return format_number(value, POINTS, digits)


def _grid(pack: Pack, found: list[Verdict]) -> Grid:
    sources = list(dict.fromkeys(source for v in found for source in _sources(pack, v)))
    rows = tuple(
        (
            v.criterion.title if v.told != EFFORT else v.criterion.title.removesuffix(", in percent"),
            ("effort " if v.told == EFFORT else "") + _number(v.value, v.criterion.digits),
            "–" if v.told == EFFORT else _number(v.criterion.threshold, v.criterion.digits),
            _number(v.margin, v.criterion.digits),
            "–" if v.holds is None and v.criterion.threshold is None else WORDS[v.holds],
            v.criterion.certainty,
            _what(pack, v, sources),
        )
        for v in found
    )
    until = f" to {pack.valid_to}" if pack.valid_to else ""
    note = (
        f"Valid from {pack.valid_from}{until}. {pack.source}. S seen, S2 in a secondary account, R recalled."
    )
    note += " Percent of GDP where nothing else is said; a value that is computed here is grade C."
    if any(v.told == EFFORT for v in found):
        note += " Effort: the least lasting one over four years, points of GDP; the margin is what is "
        note += "not needed of it."
    note += NOTES.get(pack.name, "")
    note += "".join(f" [{place}] {source}." for place, source in enumerate(sources, 1))
    heads = ("criterion", "value", "threshold", "margin", "verdict", "certainty", "what")
    return Grid(pack.name, pack.title, heads, rows, note)


def _sources(pack: Pack, v: Verdict) -> list[str]:
    """Where a value was published, and a mark that has a source of its own."""
    own = v.criterion.source if v.criterion.source != pack.source else ""
    return [source for source in (v.source, own) if source]


def _what(pack: Pack, v: Verdict, sources: list[str]) -> str:
    """What a value is: who made it, what is said of it, the numbers of the sources."""
    words = ": ".join(part for part in (v.basis, v.told) if part)
    places = [f"[{sources.index(source) + 1}]" for source in _sources(pack, v)]
    return " ".join([words, *places]).strip() or "–"
