"""Owns the keeping of runs: what is wanted of a run, its answer in the store, a stored run as a side."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.scenario.files import ScenarioFile, scenario_names
from creditor.scenario.store import Keeper, damaged, find_entry
from creditor.scenario.wishes import Wishes
from creditor.terms.answer import Answer
from creditor.verbs.run_files import RunAnswer


def wishes_of(fields: dict[str, Any]) -> Wishes:
    """Take the wishes out of the fields of a call.

    Examples
    --------
    >>> fields = {"store": True, "keep": ["money"]}
    >>> wishes_of(fields).store, fields
    (True, {'keep': ['money']})
    """
    names = ("store", "threads", "listener")
    return Wishes(**{name: fields.pop(name) for name in names if fields.get(name) is not None})


def kept_answer(answer: RunAnswer, wishes: Wishes) -> Answer:
    """Put the answer of a run into the store, where the run is kept; the answer itself.

    Raises
    ------
    InputError
        S733, S735 where the run is to be kept and cannot; otherwise that is said, and nothing is lost.
    """
    try:
        _keep(answer)
    except InputError as error:
        if wishes.store:
            raise
        wishes.listener.warn(str(error))
    return answer


def _keep(answer: RunAnswer) -> None:
    run = answer.run
    if run is None or run.stored is None:
        return
    key, head = run.stored
    record = {
        "story": answer.story,
        "title": answer.title,
        "certificate": dict(answer.certificate),
        "payload": answer.payload,
        "figures": list(answer.figures),
        "grids": [asdict(grid) for grid in answer.grids],
    }
    with Keeper(key, head) as keeper:
        try:
            keeper.load()
        except InputError:  # damaged: what is written now takes its place
            keeper.forget()
        keeper.finish(to_json(record))


def stored_side(name: str) -> ScenarioFile | None:
    """The scenario of a stored run as a side of a comparison; None where no run is meant.

    Raises
    ------
    InputError
        S732, S734

    Examples
    --------
    >>> stored_side("pc_rate_rise") is None
    True
    """
    if name.endswith(".toml") or name in scenario_names():
        return None
    try:
        entry = find_entry(name)
    except InputError as error:
        if error.codes == ("S731",):
            return None
        raise
    if entry.fault:
        raise InputError(damaged(entry.key, entry.fault))
    fields = dict(entry.head["scenario"])
    if fields["model"].endswith(".model"):  # it is compared as the text that the caller names
        del fields["model"]
    return ScenarioFile("", {"name": entry.key, **fields})
