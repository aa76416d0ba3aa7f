"""Owns the verb regime_switch: a verdict as a change of a given, for a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes.assess import assess_case
from creditor.regimes.read import load_regime
from creditor.regimes.switch import share_of
from creditor.terms.answer import Answer, Grid
from creditor.verbs.assess import answer_of, check_readings, read


def regime_switch(
    case: str | Path | Mapping[str, Any],
    *,
    given: str,
    regime: str = "notice42",
    granted: bool = False,
    leakage: float = 0.0,
    first: int | str = 1,
    last: int | str | None = None,
    without: Sequence[str] = (),
) -> Answer:
    """Turn a verdict into a change of a scenario.

    Parameters
    ----------
    case : path or mapping
        As for `assess`.
    given : str
        The given of a model that scales the flow: 1 lets all of it through, 0 nothing.
    regime : str
    granted : bool
        Whether consent, approval or filing is taken as given.
    leakage : float
        Share that flows in spite of a bar.
    first, last : int or date
        Periods in which the rule holds, both inclusive.
    without : sequence of str
        Readings to switch off.

    Returns
    -------
    Answer
        Payload ``{"verdict", "articles", "granted", "leakage", "set": {"name", "value", "from", "to"}}``; the
        set goes into ``changes`` of `model_run`, or as ``[[set]]`` into a scenario file.

    Raises
    ------
    InputError
        U501 for an undetermined verdict, with what is missing; others as `assess`.

    Examples
    --------
    >>> facts = {"debt_subject_to_limit": 41500}
    >>> regime_switch(facts, given="allowed_share", regime="debt_ceiling_us", leakage=0.1).payload["set"]
    {'name': 'allowed_share', 'value': 0.1, 'from': 1}
    """
    if not given.strip():
        mend = "name the given that scales the flow"
        raise InputError(Trouble("U501", "--given", "no given is named", "", mend))
    rules = load_regime(regime)
    check_readings(rules, without)
    found_case, control = read(rules, case)
    found = assess_case(rules, found_case, without)
    share = share_of(found.verdict, granted, leakage, ", ".join(found.missing))
    change: dict[str, Any] = {"name": given, "value": share, "from": first}
    change |= {"to": last} if last is not None else {}
    return _shown(answer_of(rules, found, control), change, {"granted": granted, "leakage": leakage})


def _shown(answer: Answer, change: dict[str, Any], assumed: dict[str, Any]) -> Answer:
    """The answer of the assessment with the change before it."""
    lines = ["[[set]]", *(f"{key} = {_toml(value)}" for key, value in change.items())]
    grid = Grid("set", "For a scenario file", ("lines",), tuple((line,) for line in lines))
    kept = {key: answer.payload[key] for key in ("regime", "verdict", "articles")}
    return replace(
        answer,
        story=f"{change['name']} = {change['value']:g}. {answer.story}",
        grids=(grid, *answer.grids),
        payload={**kept, **assumed, "set": change},
    )


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
