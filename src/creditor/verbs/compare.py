"""Owns the verb that compares two scenarios of a model on common random numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.scenario.files import ScenarioFile, find_scenario, read_scenario
from creditor.scenario.run import Run
from creditor.scenario.scenario import Scenario
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.verbs.attribute import attributed
from creditor.verbs.kept_runs import stored_side
from creditor.verbs.named import title_of
from creditor.verbs.runs import PERIODS, checked_of, run_source, source_line
from creditor.verbs.trajectories import QUANTILES, dates_of, differences, ends, picture, shown, trajectories

Changes = Sequence[Mapping[str, Any]] | Mapping[str, Any] | str


def model_compare(
    name: str,
    first: Changes,
    second: Changes,
    periods: int | None = None,
    keep: Sequence[str] = (),
    economies: Sequence[str] = (),
    attribute: str = "",
    of: Sequence[str] = (),
    at: int | None = None,
    **fields: Any,
) -> Answer:
    """Run a model twice and show the difference, second less first.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    first, second : sequence of changes, mapping or str
        ``{"name", "value", "from", "to"}`` for givens, the fields of a scenario, or a scenario: the path of
        its file, or its name in the library.
    periods : int, optional
        That of the scenarios, or 60.
    keep : sequence of str
        Variables of both runs; ``all`` for every one.
    economies : sequence of str
        By default those of the scenarios.
    attribute : str
        ``changes`` or ``equations``: split the difference of the variables ``of``; table of period ``at``.
    **fields
        Of both scenarios: ``paths``, ``seed``, ``draw``.

    Returns
    -------
    Answer
        Payload ``{"model", "periods", "first", "second", "difference", "certificates", "findings",
        "provenance"}``; with several paths medians and ``quantiles``, those of the difference path by path.

    Raises
    ------
    InputError, MissingError, NoSolutionError

    Examples
    --------
    >>> rise = [{"name": "public_spending", "value": 25.0, "from": 1}]
    >>> round(model_compare("sim", [], rise, 60).payload["difference"]["wages"][60], 2)
    25.0
    """
    sources = [_side(changes) for changes in (first, second)]
    stated = [source.fields["periods"] for source in sources if "periods" in source.fields]
    periods = periods or (stated[0] if stated else PERIODS)
    economies = economies or next((s.fields["economies"] for s in sources if "economies" in s.fields), ())
    more = {field: value for field, value in fields.items() if value} | (
        {"keep": tuple(keep)} if keep else {}
    )
    scenarios = [_agreed(source, name, periods, economies, more) for source in sources]
    if attribute or of or at is not None:
        return attributed(name, scenarios, attribute, of, at)
    one, other = (run_source(source, scenario) for source, scenario in zip(sources, scenarios, strict=True))
    return _compare_answer(name, one, other)


def _compare_answer(name: str, one: Run, other: Run) -> Answer:
    """Story, picture and table of the difference of two runs."""
    values, periods, dates = differences(one, other), one.scenario.periods, dates_of(one)
    names = shown(values, model=one.model, by_size=True)
    findings, several = _findings(one, other), one.result.values.shape[2] > 1
    payload = {
        "model": one.model.name,
        "periods": periods,
        **({"dates": dates} if dates else {}),
        "first": trajectories(one),
        "second": trajectories(other),
        "difference": values,
        **({"quantiles": {f"{q:g}": differences(one, other, q) for q in QUANTILES}} if several else {}),
        "certificates": [run.result.certificate.as_dict() for run in (one, other)],
        "findings": [finding.as_dict() for finding in findings],
        "provenance": [run.provenance.as_dict() for run in (one, other)],
    }
    title = f"Model {one.model.name}: second less first"
    return Answer(
        f"{title_of(name)} Second run less first.",
        figures=(picture(title, "What the change does.", source_line(one), values, names, periods, dates),),
        findings=tuple(findings),
        payload=payload,
        provenance=other.provenance,
        certificate=checked_of([one, other]),
        title=title,
        grids=(ends(values, names, periods, dates),),
    )


def _findings(one: Run, other: Run) -> list[Finding]:
    """What is said of both runs, once, then what is said of one of them."""
    shared = [finding for finding in one.findings if finding in other.findings]
    parts = [("both", shared)]
    for which, run in (("first", one), ("second", other)):
        parts.append((which, [finding for finding in run.findings if finding not in shared]))
    luck = [one.scenario.seed, one.scenario.antithetic] != [other.scenario.seed, other.scenario.antithetic]
    if luck and one.scenario.draw and other.scenario.draw:
        said = "The two runs have different seeds, so their paths do not have the same luck."
        found_luck = Finding("warning", "seed", said, mend="give both the same seed")
        return [found_luck, *_findings_of(parts)]
    return _findings_of(parts)


def _findings_of(parts: Sequence[tuple[str, Sequence[Finding]]]) -> list[Finding]:
    """Findings, each with the run that it is about."""
    return [replace(f, place=f"{which}: {f.place}") for which, found in parts for f in found]


def _side(changes: Changes) -> ScenarioFile:
    """One side of a comparison."""
    if isinstance(changes, str):
        return stored_side(changes) or read_scenario(find_scenario(changes))
    fields = dict(changes) if isinstance(changes, Mapping) else {"set": tuple(changes)}
    return ScenarioFile("", {"name": "", **fields})


def _agreed(
    source: ScenarioFile, name: str, periods: int, economies: Sequence[str], fields: Mapping[str, Any]
) -> Scenario:
    """The scenario of one side, for the model and the periods of the comparison."""
    troubles = Troubles()
    for field, value in (("model", name), ("periods", periods)):
        stated = source.fields.get(field, value)
        if stated != value:
            what, why = f"{field} is {stated!r}", f"{value!r} is compared"
            troubles.add("S702", f"scenario, {field}", what, why, f"drop the line, or compare {stated}")
    if troubles.items:
        raise source.placed(InputError(troubles.items))
    more: dict[str, Any] = {**fields, "model": name, "periods": periods}
    if "draw" in more:
        more["draw"] = (*source.fields.get("draw", ()), *more["draw"])
    if economies and "economies" not in source.fields:
        more["economies"] = economies
    return source.scenario(**more)
