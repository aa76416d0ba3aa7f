"""Owns the verb path: where the debt of a government goes, what it rests on, its fan and stress tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from creditor.errors import InputError, Troubles
from creditor.sustainability.ageing import NONE, PUBLISHED, Ageing, told
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import FEDERAL, Baseline, baseline
from creditor.sustainability.beside import comparisons
from creditor.sustainability.gaps import gaps
from creditor.sustainability.history import GENERAL, OPENING
from creditor.sustainability.path import SLOPE, Paths, case_of, simulate, stochastic
from creditor.sustainability.shocks import faults
from creditor.sustainability.stress import chosen, under
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.vocabulary import word
from creditor.verbs.path_beside import beside_findings
from creditor.verbs.path_figures import figures_of
from creditor.verbs.path_found import AHEAD, SHARES, Draws, Found, chances_of, quantile_errors
from creditor.verbs.path_instruments import maturity_told
from creditor.verbs.path_owed import defaults_told, surplus_told
from creditor.verbs.path_record import payload_of
from creditor.verbs.path_sheets import sheets_of
from creditor.verbs.path_shocks import range_told, shocks_told
from creditor.verbs.path_story import (
    assets_told,
    below_growth,
    flow_told,
    money_told,
    rate_told,
    story_of,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

HORIZON, LAST, PATHS = 2055, 2100, 2000


def path(
    economy: str,
    horizon: int = HORIZON,
    paths: int = PATHS,
    seed: int = 1,
    perimeter: str = GENERAL,
    stress: str = "all",
    shocks: str = "normal",
    holders: bool = False,
    ageing: str | float = PUBLISHED,
) -> Answer:
    """Say where the debt of a government goes.

    The path follows one published projection (World Economic Outlook, April 2025; federal debt: Congressional
    Budget Office, January 2025), then rate, growth and primary balance of its last year are held. It is shown
    with a constant market rate and with one that rises in debt.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name.
    horizon : int
        Last year, up to 2100.
    paths, seed : int
        Of the shocks.
    perimeter : str
        ``general-government`` or, for the USA, ``federal``.
    stress : str
        A stress test, a menu (``imf``, ``ec``), ``all`` or ``none``.
    shocks : str
        ``normal``, ``t`` or ``bootstrap``.
    holders : bool
        Whether to show who holds the debt.
    ageing : str or float
        As in `creditor.sustainability.ageing.ageing`.

    Returns
    -------
    Answer
        Payload: economy, perimeter, currency, opening, last_published, years, paths (by variable, for
        ``constant_rate`` and ``rising_rate``), outstanding (by instrument), units, origins (by variables and
        years), without_ageing (the paths without it), ageing, fan, fan_errors, chances, gaps (S1 and S2),
        stress, instruments, holders, beside (others), findings, story.

    Raises
    ------
    InputError
        T201, U501, S703.
    MissingError
        F303 for an economy without a projection.

    Examples
    --------
    >>> path("ITA", horizon=2032, paths=100).payload["last_published"]
    2030
    """
    code = word("economies", economy, "economy").name
    base, aged = _checked(code, perimeter, ageing, stress, (horizon, paths, shocks))
    return _answer(_found(base, horizon, Draws(paths, seed, shocks), stress, holders, aged))


def _found(
    base: Baseline,
    horizon: int,
    draws: Draws,
    stress: str,
    holders: bool,
    ageing: Ageing,
) -> Found:
    plain = [case_of(base, horizon, slope) for slope in (0.0, SLOPE)]
    flat_case, case = (ageing.borne(one, base) for one in plain)
    flat, rising = simulate(flat_case), simulate(case)
    without = () if ageing.kind == NONE else tuple(simulate(one) for one in plain)
    drawn = stochastic(case, draws.paths, draws.seed, draws.shocks, ["debt_ratio", "rate_less_growth"])
    fan = np.percentile(drawn["debt_ratio"], SHARES, axis=1)
    debt = rising.one("debt_ratio")
    tests = under(case, chosen(stress), debt)
    chances, errors = chances_of(drawn), quantile_errors(drawn["debt_ratio"])
    far = [("left out", gaps(base))]
    if ageing.kind != NONE:
        far.append((ageing.kind, gaps(base, ageing, horizon)))
    return Found(
        base=base,
        case=case,
        flat=flat,
        rising=rising,
        fan=fan,
        fan_errors=errors,
        draws=draws,
        chances=chances,
        stress=tuple(tests),
        holders=holders,
        ageing=ageing,
        gaps=tuple(far),
        without=without,
        beside=comparisons(base, flat),
    )


def _checked(
    code: str, perimeter: str, ageing: str | float, stress: str, draws: tuple[int, int, str]
) -> tuple[Baseline, Ageing]:
    """The baseline and the cost of ageing; all that is wrong with what is asked is told at once."""
    troubles = Troubles()
    base = troubles.attempt(lambda: baseline(code, perimeter))
    aged = troubles.attempt(lambda: ageing_of(code, ageing))
    troubles.attempt(lambda: chosen(stress))
    horizon, paths, kind = draws
    least = (base.opening if base else OPENING) + AHEAD + 1
    if not least <= horizon <= LAST:
        troubles.add("U501", "--horizon", f"{horizon}", "", f"use a year from {least} to {LAST}")
    troubles.items += faults(paths, kind)
    troubles.raise_if_any(InputError)
    assert base is not None and aged is not None
    return base, aged


def _answer(found: Found) -> Answer:
    base = found.base
    others = beside_findings(found.beside)
    findings = (*base.findings, *told(base, found.ageing, found.years[-1]), *_findings(found), *others)
    vintage = found.ageing.newest(base.followed.vintage)
    provenance = Provenance(vintage, base.digest, seed=found.draws.seed)
    story = story_of(found)
    payload = payload_of(found, findings, story, provenance)
    sheets = sheets_of(found)
    certificate = {"residual": found.rising.certificate.residual, "books": _books(found.rising)}
    debt = "federal debt" if base.perimeter == FEDERAL else "debt"
    title = f"Where the {debt} of {base.title} goes, {base.opening} to {found.years[-1]}"
    return Answer(story, sheets, figures_of(found), findings, payload, provenance, certificate, title)


def _books(run: Paths) -> float:
    """Largest gap between debt, its ratio times GDP, its instruments and its holders, as a share of debt."""
    debt = run.one("debt")
    pools = sum(series[:, 0] for key, series in run.values.items() if key[0] == "outstanding")
    held = sum(series[:, 0] for key, series in run.values.items() if key[0] == "holding")
    scale = np.abs(run.one("gdp"))
    gaps = (pools - debt, held - debt, run.one("debt_ratio") * run.one("gdp") - debt)
    return float(max(np.nanmax(np.abs(gap) / scale) for gap in gaps))


def _findings(found: Found) -> list[Finding]:
    years, base = found.years, found.base
    seen = [*below_growth(base.opening, found.rising), *maturity_told(base, found.rising)]
    seen += [*defaults_told(base), *flow_told(base, found.flat), *money_told(base), *rate_told(base)]
    seen += [*surplus_told(base, years[-1]), *assets_told(found)]
    if base.anchored:
        sentence = "Interest is net of interest received and divided by gross debt, as published; the "
        sentence += "market rate after "
        sentence += f"{base.last_published} is the effective rate of that year (grade C)."
        seen.append(Finding("note", "interest", sentence))
    seen += range_told(years, found.rising.one("debt_ratio"), found.case.series["debt_reference",])
    seen += shocks_told(base, years[-1])
    return seen
