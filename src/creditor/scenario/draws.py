"""Owns the draws of a scenario: resolved to the cells they are about, checked, and made for some paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.bootstrap import rows_drawn
from creditor.engine.draws import Draw, autocorrelated, heavy, name_key
from creditor.engine.joint import factor, joined
from creditor.engine.sobol import Points
from creditor.equations.model import Model
from creditor.errors import InputError, Troubles
from creditor.scenario.cells import given_cells
from creditor.scenario.scenario import DrawChange, Scenario

if TYPE_CHECKING:
    import numpy.typing as npt

    from creditor.engine.draws import Source

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

JOINT = ("normal", "t")


@dataclass(frozen=True)
class Drawn:
    """What is drawn together.

    Parameters
    ----------
    slots : tuple of int
        Of givens.
    titles : tuple of str
        Keys of their numbers.
    entry : DrawChange
    means : tuple of float
    lower : array [name, name] or None
        Factor of the covariance, where there is one.
    """

    slots: tuple[int, ...]
    titles: tuple[str, ...]
    entry: DrawChange
    means: tuple[float, ...]
    lower: Floats | None = None


def resolve_draws(model: Model, scenario: Scenario, troubles: Troubles) -> list[Drawn]:
    """Resolve and check the draws of a scenario.

    Parameters
    ----------
    model : Model
    scenario : Scenario
    troubles : Troubles
        S702 for names, S703 for distributions, S713 for a covariance.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> both = {"names": ["tax_rate", "public_spending"], "distribution": "normal"}
    >>> scenario = make_scenario(model="sim", draw=[{**both, "covariance": [[1e-4, 0], [0, 4.0]]}])
    >>> [drawn.titles for drawn in resolve_draws(load_model("sim"), scenario, Troubles())]
    [('tax_rate', 'public_spending')]
    """
    found: list[Drawn] = []
    taken: set[int] = set()
    for entry in scenario.draw:
        where = f"draw {entry.name or ', '.join(entry.names)}"
        if bool(entry.name) == bool(entry.names):
            troubles.add("S703", where.strip(), "a draw has either name or names", "", "write one of them")
            continue
        groups = _groups(model, entry, where, troubles)
        for slots in groups:
            twice = [model.title(slot) for slot in slots if slot in taken or slots.count(slot) > 1]
            if twice:
                why = "both would have the same numbers"
                troubles.add("S703", where, f"{twice[0]} is drawn twice", why, "keep one of them")
                continue
            taken.update(slots)
            try:
                found.append(_drawn(model, entry, slots, where))
            except InputError as error:
                troubles.items.extend(error.troubles)
                break
    heavy_tails = [one for one in found if one.entry.distribution == "t"]
    if scenario.sobol and heavy_tails:
        what, why = f"{heavy_tails[0].titles[0]} is drawn from t", "it takes several numbers for each place"
        troubles.add("S703", "sobol", what, why, "draw it from normal, or leave sobol out")
    return found


def _groups(model: Model, entry: DrawChange, where: str, troubles: Troubles) -> list[list[int]]:
    """Cells that are drawn together: all of names, or each cell of a name by itself."""
    if entry.name:
        return [[slot] for slot in given_cells(model, entry.name, where, troubles)]
    slots = []
    for name in entry.names:
        own = given_cells(model, name, where, troubles)
        if len(own) > 1:
            what, mend = f"{name} has {len(own)} cells", f"name one, such as {model.title(own[0])}"
            troubles.add("S703", where, what, "each of names is one cell", mend)
        slots += own[:1]
    return [slots] if len(slots) == len(entry.names) else []


def _drawn(model: Model, entry: DrawChange, slots: Sequence[int], where: str) -> Drawn:
    """One group; what its distribution needs is checked here."""
    titles = tuple(model.title(slot) for slot in slots)
    count, given = len(slots), entry.parameters
    troubles = Troubles()
    if entry.distribution == "bootstrap":
        lengths = {len(row) for row in entry.history}
        if len(entry.history) != count or len(lengths) != 1 or lengths == {0}:
            what = f"{len(entry.history)} rows of history for {count} name{'s' if count > 1 else ''}"
            troubles.add("S703", where, what, "", "give past values of each name, all for the same periods")
        elif entry.block > min(lengths):
            what = f"a block of {entry.block} periods, {min(lengths)} are known"
            troubles.add("S703", where, what, "", "take a shorter block")
        if given or entry.covariance:
            what = "a bootstrap has neither parameters nor a covariance"
            troubles.add("S703", where, what, "its numbers are its history", "leave them out")
        troubles.raise_if_any()
        return Drawn(tuple(slots), titles, entry, (0.0,) * count)
    if entry.history or entry.block > 1:
        mend = 'write distribution = "bootstrap"'
        troubles.add("S703", where, f"{entry.distribution} has no history", "", mend)
        troubles.raise_if_any()
    if not entry.covariance:
        if count > 1:
            mend = "give a covariance, or a [[draw]] for each name"
            troubles.add("S703", where, f"{count} names have no covariance", "", mend)
            troubles.raise_if_any()
        return Drawn(tuple(slots), titles, entry, (Draw(titles[0], entry.distribution, given).mean,))
    degrees = 1 if entry.distribution == "t" else 0
    if entry.distribution not in JOINT:
        troubles.add(
            "S703", where, f"{entry.distribution} has no covariance", "", f"use {' or '.join(JOINT)}"
        )
    elif len(given) not in (degrees, degrees + count):
        what = f"{len(given)} parameters for {count} names"
        first = "the degrees of freedom, then " if degrees else ""
        troubles.add("S703", where, what, "", f"give {first}a mean for each name, or none")
    troubles.raise_if_any()
    if degrees:
        Draw(titles[0], "t", (given[0], 0.0, 1.0))  # the degrees are checked there
    means = given[degrees:] or (0.0,) * count
    return Drawn(tuple(slots), titles, entry, means, factor(entry.covariance, titles, where))


def draw_numbers(
    scenario: Scenario, draws: Sequence[Drawn], paths: Whole, periods: Whole
) -> dict[int, tuple[Floats, bool]]:
    """Numbers of some paths by slot, with whether the given is multiplied by one plus them.

    Parameters
    ----------
    scenario : Scenario
        Seed, pairs and points.
    draws : sequence of Drawn
    paths, periods : arrays of int
        Each number depends on its own path and period only.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> wide = {"name": "tax_rate", "distribution": "uniform", "parameters": [0, 0.1]}
    >>> scenario = make_scenario(model="sim", draw=[wide], paths=8)
    >>> draws = resolve_draws(load_model("sim"), scenario, Troubles())
    >>> found = draw_numbers(scenario, draws, np.arange(8), np.arange(1, 4))
    >>> [numbers.shape for numbers, _ in found.values()]
    [(3, 8)]
    """
    sources = _sources(scenario, draws, paths, periods)
    found = {}
    for drawn in draws:
        numbers = _numbers(scenario, drawn, paths, periods, sources)
        for slot, mean, own in zip(drawn.slots, drawn.means, numbers, strict=True):
            found[slot] = autocorrelated(own, drawn.entry.ar, mean), drawn.entry.times
    return found


def _sources(scenario: Scenario, draws: Sequence[Drawn], paths: Whole, periods: Whole) -> dict[str, Source]:
    """Where numbers between 0 and 1 come from, by key; nothing where they are random."""
    keys = [key for drawn in draws for key in _keys(drawn)]
    if not scenario.sobol or not keys or not len(paths):
        return {}
    points = Points(len(keys), len(periods), paths // 2 if scenario.antithetic else paths)
    return {key: points.of(position) for position, key in enumerate(keys)}


def _keys(drawn: Drawn) -> tuple[str, ...]:
    """Names under which numbers are drawn: one for all rows of a bootstrap."""
    return (", ".join(drawn.titles),) if drawn.entry.distribution == "bootstrap" else drawn.titles


def _numbers(
    scenario: Scenario, drawn: Drawn, paths: Whole, periods: Whole, sources: dict[str, Source]
) -> list[Floats]:
    """Independent over periods, one for each name."""
    entry, seed, pairs = drawn.entry, scenario.seed, scenario.antithetic
    if entry.distribution == "bootstrap":
        (key,) = _keys(drawn)
        past = np.array(entry.history)
        past = past - past.mean(axis=1)[:, None]
        rows = rows_drawn(key, seed, past.shape[1], entry.block, paths, periods, pairs, sources.get(key))
        return [column[rows] for column in past]
    if drawn.lower is None:
        (title,) = drawn.titles
        draw = Draw(title, entry.distribution, entry.parameters)
        return [draw.numbers(seed, paths, periods, pairs, sources.get(title))]
    plain = [
        Draw(title, "normal", (0.0, 1.0)).numbers(seed, paths, periods, pairs, sources.get(title))
        for title in drawn.titles
    ]
    together = joined(drawn.lower, plain)
    if entry.distribution == "t":
        key_of = seed, name_key(", ".join(drawn.titles))
        tails = heavy(key_of, int(entry.parameters[0]), paths, periods, pairs)
        together = [numbers / tails for numbers in together]
    return [mean + numbers for mean, numbers in zip(drawn.means, together, strict=True)]
