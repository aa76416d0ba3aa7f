"""Owns the pictures of what a model is: the stages of a period, and what a variable depends on."""

from __future__ import annotations

from typing import Any

from creditor.equations.model import Model
from creditor.equations.stages import LARGE
from creditor.equations.stages import Stage as ModelStage
from creditor.equations.stages import stages as stages_of
from creditor.equations.tree import DEPTH, tree_rows
from creditor.figures.stages import Stage, stages
from creditor.figures.tree import Branch, tree

TOGETHER, AFTER = "household", "state"
_TONES = {"equation": "state", "given": "firm", "before": "unallocated", "again": "neutral"}
_KEYS = {
    "equation": "has an equation",
    "given": "given",
    "before": "of an earlier period",
    "again": "followed elsewhere in the tree",
}


def stages_figure(model: Model) -> dict[str, Any]:
    """Which equations are solved one after the other, which together, and what needs what.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [box["title"] for box in stages_figure(load_model("sim"))["stages"]][:2]
    ['1. One after the other: 2 equations', '2. Together: 6 equations']
    """
    boxes = []
    for stage in stages_of(model):
        count = f"{stage.equations} equation{'' if stage.equations == 1 else 's'}"
        how = "Together" if stage.is_block else "One after the other"
        note = ""
        if stage.is_block:
            note = f"Solved for {', '.join(stage.unknowns)}; the others follow from what these are."
        boxes.append(
            Stage(
                str(stage.number),
                f"{stage.number}. {how}: {count}",
                note,
                stage.lines,
                tuple(map(str, stage.after)),
                TOGETHER if stage.is_block else AFTER,
                _strong(stage),
            )
        )
    blocks = sum(stage.is_block for stage in stages_of(model))
    kinds = {1: "One block is solved together."}.get(blocks, f"{blocks} blocks are solved together.")
    sentence = (kinds if blocks else "Nothing is solved together.") + " What a line needs stands above it."
    sentence += " Equations count payments too, which have no name."
    if len(boxes) > 1:
        sentence += " Arrows lead from what is needed to what needs it."
    if len(model.variables) > LARGE:
        sentence += " (2) behind a name: two of its cells."
    keys = {AFTER: "one after the other", TOGETHER: "together; bold: solved for"} if blocks else {}
    return stages(f"Order of solution of {model.name}", sentence, f"model {model.digest}", boxes, keys)


def tree_figure(model: Model, slot: int, depth: int = DEPTH) -> dict[str, Any]:
    """What a variable depends on, three steps deep.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> [row["title"] for row in tree_figure(model, model.slot("taxes"))["rows"]][:2]
    ['taxes', 'tax_rate']
    """
    rows = tree_rows(model, slot, depth)
    kinds = {row.kind for row in rows}
    branches = [Branch(row.depth, row.title, row.decided, _TONES[row.kind]) for row in rows]
    keys = {_TONES[kind]: text for kind, text in _KEYS.items() if kind in kinds}
    title = f"What {model.title(slot)} depends on"
    sentence = f"{depth} steps deep; what is of an earlier period is named and not followed."
    return tree(title, sentence, f"model {model.name}, {model.digest}", branches, keys)


def _strong(stage: ModelStage) -> tuple[str, ...]:
    """Unknowns as they stand among the names, which in a large model are without labels."""
    whole = {*stage.unknowns, *(name.partition("[")[0] for name in stage.unknowns)}
    return tuple(name for line in stage.lines for name in line if name.partition(" (")[0] in whole)
