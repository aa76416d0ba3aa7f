"""Owns the verbs rules and effort: a debt path against the frameworks, and what would meet them."""

from __future__ import annotations

import math
from typing import Any

from creditor.analysis.debt_ageing import PUBLISHED, Ageing, told
from creditor.analysis.debt_ageing import ageing as ageing_of
from creditor.analysis.debt_baseline import Baseline, baseline
from creditor.analysis.debt_effort import ALIASES, CRITERIA, FIRST, Effort, efforts, periods_needed
from creditor.analysis.debt_gaps import TARGET_YEAR
from creditor.analysis.debt_history import GENERAL
from creditor.analysis.debt_path import Case, case_of, simulate
from creditor.analysis.debt_rules import EFFORT, Pack, Verdict, chosen, verdicts
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with
from creditor.terms.table import column
from creditor.terms.units import PERCENT, Unit
from creditor.terms.vocabulary import word
from creditor.verbs.path_story import below_growth, points

PATHS = 2000
GUIDANCE = "eu2024_prior_guidance"
WORDS = {True: "holds", False: "does not hold", None: "no verdict"}
POINTS = Unit("count", "points")
NOTES = {
    "srdsf": " An index lies between what all weights that agree with the published tables give; where the "
    "mark is inside, there is no verdict, and the margin is from its nearer end.",
    "lic_dsf_2018": " The framework looks at ten projected years, with stress; here each value is of the "
    "year that is named.",
}
TESTS = {
    "main": "debt falls for ten years or ends at 60",
    "lower_balance": "the same with a lower balance",
    "adverse_r_g": "the same with adverse rate and growth",
    "financial_stress": "the same under financial stress",
    "all_tests": "debt falls in all tests, or ends at 60 in all",
    "deficit": "deficit at 3 percent or below",
    "stochastic": "chance of higher debt, or above 60, at most 30 percent",
    "stochastic_decline": "chance of higher debt at most 30 percent",
    "holding": "the balance holds debt the year after",
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
        Payload: economy, verdicts (pack, criterion, value, low, high, threshold, margin, holds, basis,
        certainty, value_source, threshold_source, valid_from, valid_to, told), packs, findings, story. Every
        verdict has its margin.

    Examples
    --------
    >>> rules("ITA", ("mac_dsa_2013",), 100).payload["verdicts"][0]["holds"]
    False
    """
    base = baseline(word("economies", economy, "economy").name)
    if paths < 2:
        raise InputError(Trouble("U501", "--paths", f"{paths}", "", "use 2 or more"))
    wanted = chosen(pack)
    aged = ageing_of(base.code, ageing)
    found = verdicts(base, wanted, paths, seed, aged)
    grids = tuple(_grid(one, [v for v in found if v.criterion.pack == one.name]) for one in wanted)
    run = simulate(case_of(base, base.opening + periods_needed(4)), 1, [("rate_less_growth",)])
    last = TARGET_YEAR if any(one.name == "ec_dsm" for one in wanted) else base.opening + periods_needed(4)
    findings = [*base.findings, *told(base, aged, last), *_applies(base, wanted)]
    findings += below_growth(base.opening, run)
    story = _story(base, found)
    payload: dict[str, Any] = {
        "economy": base.code,
        "verdicts": [_record(v) for v in found],
        "packs": [
            {"name": p.name, "valid_from": p.valid_from, "valid_to": p.valid_to, "source": p.source}
            for p in wanted
        ],
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    provenance = Provenance(aged.newest("2025-04"), base.digest, seed=seed)
    payload["provenance"] = provenance.as_dict()
    title = f"Debt of {base.title} against the frameworks"
    return Answer(story, (), (), tuple(findings), payload, provenance, title=title, grids=grids)


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
    more |= {"threshold_source": own.source, "valid_from": own.valid_from, "valid_to": own.valid_to or None}
    return {**record, **{k: x for k, x in more.items() if x is not None}, "told": v.told}


def _number(value: float | None, digits: int = 1) -> str:
    return format_number(value, POINTS, digits)


def _grid(pack: Pack, found: list[Verdict]) -> Grid:
    sources = list(dict.fromkeys(source for v in found for source in _sources(pack, v)))
    rows = tuple(
        (
            v.criterion.title,
            _number(v.value, v.criterion.digits),
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


def _applies(base: Baseline, wanted: list[Pack]) -> list[Finding]:
    fixed = [p for p in wanted if p.economies and p.name != "lic_dsf_2018"]  # its rows say whether it applies
    outside = [p.name for p in fixed if base.code not in p.economies]
    if not outside:
        return []
    sentence = (
        f"{base.title[:1].upper()}{base.title[1:]} is not under these rules; they are applied all the same."
    )
    return [Finding("note", ", ".join(outside), sentence)]


def _story(base: Baseline, found: list[Verdict]) -> str:
    known = [v for v in found if v.margin is not None]
    bad = [v for v in known if not v.holds]
    owned = f"{base.title[:1].upper()}{base.title[1:]}"
    if not known:
        return f"{owned}: no criterion can be judged; figures or weights are missing, each row says which."
    words = f"{owned} meets {len(known) - len(bad)} of {len(known)} criteria that can be judged; "
    open_ = [v for v in found if v.margin is None and v.criterion.threshold is not None]
    words += f"{len(open_)} have no verdict for want of figures or weights."
    near = min(known, key=lambda v: abs(v.margin or 0.0), default=None)
    if near is not None:
        words += f" The nearest is {near.criterion.name} of {near.criterion.pack} with a margin of "
        words += f"{_number(near.margin, near.criterion.digits)}."
    return words


def effort(
    economy: str,
    criterion: str = "eu2024",
    years: int = 4,
    paths: int = PATHS,
    seed: int = 1,
    perimeter: str = GENERAL,
    ageing: str = PUBLISHED,
) -> Answer:
    """Say the least lasting effort with which a debt path meets a criterion.

    Parameters
    ----------
    economy : str
    criterion : str
        A key of `creditor.analysis.debt_effort.CRITERIA`, or `bruegel_2024` or `commission_2024`.
    years : int
        Of the adjustment, 1 to 10.
    paths, seed : int
        For tests of a chance; all candidates share the draws.
    perimeter : str
    ageing : str
        As in `rules`; the European criteria count it for ten years from the end of the adjustment.

    Returns
    -------
    Answer
        Payload: economy, criterion, years, first_year, efforts (test, total, error, monotone, runs),
        yearly_step (rounded up, in the Commission's reading), binding, findings, story.

    Raises
    ------
    InputError
        U501 for a criterion, number of years or paths that cannot be.

    Examples
    --------
    >>> effort("ITA", "debt").payload["binding"]["test"]
    'adverse_r_g'
    """
    base = baseline(word("economies", economy, "economy").name, perimeter)
    troubles = Troubles()
    if not 1 <= years <= 10:
        troubles.add("U501", "--years", f"{years}", "", "use 1 to 10")
    if paths < 2:
        troubles.add("U501", "--paths", f"{paths}", "", "use 2 or more")
    criterion = ALIASES.get(criterion, criterion)
    if criterion not in CRITERIA:
        mend = mend_with(criterion, [*CRITERIA, *ALIASES])
        troubles.add("U501", "--criterion", f"no criterion {criterion!r}", "", mend)
    troubles.raise_if_any()
    periods, aged = periods_needed(years), ageing_of(base.code, ageing)
    costs = aged.costs(base, periods)
    if criterion.startswith("eu2024"):
        costs = aged.costs_of_rule(base, periods, base.opening + FIRST + years - 1)
    case = case_of(base, base.opening + periods).add({("ageing_cost",): costs})
    found = efforts(case, criterion, years, paths, seed)
    return _effort(base, case, (criterion, years, seed), found, aged)


def rounded(total: float, years: int) -> float:
    """The yearly step as the Commission's sheets round it: up to a hundredth of a point of GDP.

    Examples
    --------
    >>> rounded(0.0101, 4), rounded(0.02, 4)
    (0.0026, 0.005)
    """
    return math.ceil(1e4 * total / years - 1e-6) / 1e4


def _effort(
    base: Baseline, case: Case, asked: tuple[str, int, int], found: list[Effort], aged: Ageing
) -> Answer:
    criterion, years, seed = asked
    known = [e for e in found if e.total is not None]
    binding = max(known, key=lambda e: e.total or 0.0) if len(known) == len(found) else None
    first = base.opening + FIRST
    titles = {e.test: TESTS[e.test] for e in found}
    totals = {e.test: float("nan") if e.total is None else 100 * e.total for e in found}
    unit = Unit("percent", "GDP")
    columns = (
        column("effort in all", "test", totals, PERCENT, {}, titles),
        column("a year", "test", {k: v / years for k, v in totals.items()}, PERCENT, {}, titles),
        column("known within", "test", {e.test: 100 * e.error for e in found}, PERCENT, {}, titles),
    )
    note = f"Percent of GDP against the projection, in equal steps from {first} to {first + years - 1}, "
    note += "then kept; "
    note += "negative is room. Multiplier 0.75, fading over three years; half of the gap in the balance."
    run = simulate(case, 1, [("rate_less_growth",)])
    findings = [*base.findings, *told(base, aged, base.opening + case.periods), *_doubts(found, years)]
    findings += below_growth(base.opening, run)
    story = f"{base.title[:1].upper()}{base.title[1:]}: "
    if binding is None or binding.total is None:
        story += f"no effort up to 20 points of GDP meets {criterion}."
    else:
        story += f"{criterion} needs a lasting {points(binding.total)} points of GDP over {years} years, "
        story += f"{points(binding.total / years)} a year (± {100 * binding.error / years:.2f}); "
        story += f"what binds: {TESTS[binding.test]}."
        if criterion == GUIDANCE:
            step = f"{100 * rounded(binding.total, years):.2f}".replace("-", "−")
            story += f" The Commission rounds the yearly step up to {step}."
    rows = [
        {"test": e.test, "error": e.error, "monotone": e.monotone, "runs": e.runs}
        | ({"total": e.total} if e.total is not None else {})
        for e in found
    ]
    payload: dict[str, Any] = {
        "economy": base.code,
        "criterion": criterion,
        "years": years,
        "first_year": first,
        "efforts": rows,
        **(
            {"yearly_step": rounded(binding.total or 0.0, years)} if binding and criterion == GUIDANCE else {}
        ),
        "binding": next((r for r in rows if binding and r["test"] == binding.test), {}),
        "unit": str(unit),
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    vintage = aged.newest("2025-04" if base.perimeter == GENERAL else "2025-01")
    provenance = Provenance(vintage, base.digest, seed=seed)
    payload["provenance"] = provenance.as_dict()
    sheet = Sheet("efforts", f"Least effort for {criterion}", columns, {}, note)
    return Answer(story, (sheet,), (), tuple(findings), payload, provenance, title=f"Effort of {base.title}")


def _doubts(found: list[Effort], years: int) -> list[Finding]:
    seen = []
    if any(not e.monotone for e in found):
        tests = ", ".join(e.test for e in found if not e.monotone)
        sentence = "A larger effort fails where a smaller one passes; what is given is above all that fail."
        seen.append(Finding("warning", tests, sentence))
    sentence = "The rules of procedure (excessive deficit, safeguards) are not part of the "
    sentence += "search, and the "
    sentence += "balance is the whole primary balance, not the structural one."
    seen.append(Finding("note", "criterion", sentence))
    return seen
