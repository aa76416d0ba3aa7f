"""Owns the verbs that work on the texts of models: list, check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditor.equations.infer import infer_units
from creditor.equations.load import find_model, load_model, model_names
from creditor.equations.order import order
from creditor.equations.remarks import remarks
from creditor.errors import CreditorError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.verbs.named import title_of

ONE = ("USA",)  # economy, for what has its labels from the scenario


def model_list() -> Answer:
    """List the models of the library.

    Returns
    -------
    Answer
        Payload ``{"models": [{"name", "title", "sectors", "equations", "blocks"}]}``; a model that has its
        labels from the scenario is counted for one economy.

    Examples
    --------
    >>> "sim" in [entry["name"] for entry in model_list().payload["models"]]
    True
    """
    entries: list[dict[str, Any]] = []
    rows = []
    for name in model_names():
        model = load_model(name, ONE)
        blocks = [len(step.slots) + len(step.tears) for step in order(model) if step.is_block]
        counts = {"sectors": len(model.sectors), "equations": len(model.variables)}
        entries.append({"name": name, "title": title_of(name), **counts, "blocks": blocks})
        words = ", ".join(map(str, blocks)) or "none"
        rows.append((name, title_of(name), *map(str, counts.values()), words))
    heads = ("name", "what it is", "sectors", "equations", "simultaneous blocks")
    grid = Grid("models", "Models", heads, tuple(rows))
    return Answer(f"{len(entries)} models in the library.", payload={"models": entries}, grids=(grid,))


def model_check(path: str, economies: Sequence[str] = ()) -> Answer:
    """Check a model text: what is wrong, all at once; what an extension replaced, and what is usually a slip.

    Returns
    -------
    Answer
        Exit code 1 where there is a fault, or a unit that is declared and contradicts the equations.
        Payload ``{"path", "faults", "findings", "units": {given: unit}}``; a text with faults has no units.

    Raises
    ------
    InputError
        E618 where there is no such file.

    Examples
    --------
    >>> model_check("pc").exit_code
    0
    """
    name = find_model(path).name
    try:
        run = run_scenario(make_scenario(model=path, periods=1, economies=tuple(economies)))
        model = run.model
    except CreditorError as error:
        found = [Finding("fault", t.where, t.what, t.why, t.mend, t.code) for t in error.troubles]
        payload = {"path": name, "faults": len(found), "findings": [f.as_dict() for f in found]}
        story = f"{name}: {len(found)} fault{'' if len(found) == 1 else 's'}."
        return Answer(story, findings=tuple(found), payload=payload, exit_code=1)
    units = infer_units(model)
    findings = [*run.findings, *units.findings]
    findings += [Finding("note", model.name, f"Replaced: {text}.") for text in model.draft.replaced]
    findings += remarks(model)
    story = f"{model.name}: {len(model.sectors)} sectors, {len(model.variables)} equations, "
    story += f"{len(model.settled)} settled by the budgets; the first period is solved and the books balance."
    counted = {model.title(slot): units.text(slot) for slot in model.givens if units.text(slot)}
    if model.givens:
        story += f" Units of {len(counted)} of {len(model.givens)} givens follow from the text."
    payload = {"path": name, "faults": 0, "findings": [f.as_dict() for f in findings], "units": counted}
    provenance = Provenance(model_hash=model.digest)
    code = 1 if units.declared else 0
    return Answer(story, findings=tuple(findings), payload=payload, provenance=provenance, exit_code=code)
