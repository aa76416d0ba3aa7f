"""Owns the spread of many paths: fans, statistics with Monte Carlo errors, and shares with a condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.figures.fan import BANDS, Fan, fan
from creditor.scenario.run import Run
from creditor.terms.answer import Grid
from creditor.verbs.trajectories import plain, titled, unit_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PANELS = 6


def spread_payload(run: Run) -> dict[str, Any]:
    """Statistics of a run's paths for JSON; nothing where there is one path.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> found = spread_payload(run_scenario(make_scenario(model="sim", periods=1, paths=2)))
    >>> found["statistics"]["paths"], found["statistics"]["quantiles"]
    (2, 'exact')
    """
    found = run.statistics
    if found is None:
        return {}
    tables = {"mean": found.mean, "standard_deviation": found.deviation}
    tables |= {"minimum": found.low, "maximum": found.high}
    statistics = {"paths": found.paths, "quantiles": found.method}
    return {
        "statistics": statistics | {name: titled(run, table) for name, table in tables.items()},
        "monte_carlo_errors": {name: titled(run, table) for name, table in found.errors.items()},
        "quantiles_within": {f"{q:g}": titled(run, table) for q, table in found.within.items()} or None,
        "shares": _shares(run) or None,
    }


def _shares(run: Run) -> list[dict[str, Any]]:
    """Shares of paths on which conditions hold, by period and in any of them."""
    found = run.statistics
    if found is None:
        return []
    rows = []
    for condition, share, error in zip(
        run.conditions, found.shares.tolist(), found.share_errors.tolist(), strict=True
    ):
        row = {"condition": condition.title, "share": [None, *share[1:]], "error": [None, *error[1:]]}
        rows.append(row | {"any_period": share[0], "any_period_error": error[0]})
    return rows


def spread_grids(run: Run, names: Sequence[str]) -> tuple[Grid, ...]:
    """Tables of the last period and of the shares; nothing where there is one path.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> run = run_scenario(make_scenario(model="sim", periods=1, paths=2))
    >>> spread_grids(run, ["money"])[0].rows[0][:3]
    ('money', '80', '0')
    """
    found = run.statistics
    if found is None:
        return ()
    tables = [found.mean, found.errors["mean"]]
    tables += [found.quantiles[float(share)] for share in BANDS]
    columns = [titled(run, table) for table in tables]
    numbers = tuple((None, *(column[name][-1] for column in columns)) for name in names)
    rows = tuple((name, *map(plain, row[1:])) for name, row in zip(names, numbers, strict=True))
    heads = ("variable", "mean", "its error", *(f"{float(share):.0%}" for share in BANDS))
    last = run.model.calendar.title(run.scenario.periods)
    note = f"{found.paths:,} paths; the error of the mean is one standard error of Monte Carlo."
    if found.within:
        most = max(float(np.nanmax(_relative(found, q), initial=0.0)) for q in found.within)
        note += f" Quantiles are counted on a grid, within {most:.1g} of a standard deviation."
    if run.scenario.antithetic:
        note += " Paths are mirrored in pairs: the error is that of the means of pairs."
    if run.scenario.sobol:
        note += " The points are Sobol's: errors are stated as if paths were independent, rather too large."
    grid = Grid("paths", f"Paths in {last}", heads, rows, note, numbers)
    return (grid, *_share_grid(run))


def _relative(found: Any, share: float) -> Floats:
    """By how much a quantile may be off, in standard deviations; where nothing varies, nothing."""
    with np.errstate(all="ignore"):
        return np.where(found.deviation > 0, found.within[share] / found.deviation, 0.0)


def _share_grid(run: Run) -> tuple[Grid, ...]:
    entries = _shares(run)
    if not entries:
        return ()
    periods = run.scenario.periods
    picks = sorted({t for t in (1, periods // 4, periods // 2, periods) if 1 <= t <= periods})
    heads = ("condition", "ever", "its error", *(run.model.calendar.title(t) for t in picks))
    numbers = tuple(
        (None, e["any_period"], e["any_period_error"], *(e["share"][t] for t in picks)) for e in entries
    )
    rows = tuple(
        (e["condition"], *(f"{value:.4f}" for value in row[1:] if value is not None))
        for e, row in zip(entries, numbers, strict=True)
    )
    return (Grid("shares", "Shares of paths", heads, rows, "From period 1 on.", numbers),)


def spread_figure(run: Run, names: Sequence[str], source: str, dates: Sequence[str]) -> dict[str, Any] | None:
    """Fans of some variables; None where there is one path.

    Examples
    --------
    >>> from creditor.scenario.run import run_scenario
    >>> from creditor.scenario.scenario import make_scenario
    >>> run = run_scenario(make_scenario(model="sim", periods=1, paths=2))
    >>> spread_figure(run, ["money"], "", [])["kind"]
    'fan'
    """
    found = run.statistics
    if found is None or not names:
        return None
    bands: dict[str, Mapping[str, Any]] = {s: titled(run, found.quantiles[float(s)]) for s in BANDS}
    fans = [Fan(name, {share: bands[share][name] for share in BANDS}) for name in names[:PANELS]]
    labels = list(dates) or [str(period) for period in range(run.scenario.periods + 1)]
    sentence = f"{', '.join(names[:PANELS])} on {found.paths:,} paths over {run.scenario.periods} periods."
    return fan(f"Model {run.model.name}", sentence, source, fans, labels, unit_of(run, names[:PANELS]))
