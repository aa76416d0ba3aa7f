"""Pictures of models: every model of the library has one of its order, and trees without overlapping text."""

from __future__ import annotations

import json

import pytest

from creditor.equations.load import closed_models, load_model
from creditor.equations.stages import stages
from creditor.figures.svg import draw, to_svg
from creditor.verbs.model_figures import stages_figure, tree_figure


def overlaps(labels) -> int:
    boxes = sorted((label.box for label in labels), key=lambda box: box[1])
    return sum(
        min(a[2], b[2]) - max(a[0], b[0]) > 0.01 and min(a[3], b[3]) - max(a[1], b[1]) > 0.01
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
        if b[1] < a[3]
    )


@pytest.mark.parametrize("name", closed_models())
def test_pictures_of_every_model(name):
    model = load_model(name)
    deepest = model.variables[len(model.variables) // 2]
    for figure in (
        stages_figure(model),
        tree_figure(model, deepest),
        tree_figure(model, model.variables[-1]),
    ):
        assert json.loads(json.dumps(figure)) == figure
        for width, narrow in ((1344, False), (358, True)):
            drawing = draw(figure, width, narrow=narrow, bare=True)
            assert overlaps(drawing.canvas.labels) == 0
    spec = stages_figure(model)
    assert len(spec["stages"]) == len(stages(model))
    assert to_svg(spec) == to_svg(stages_figure(load_model(name)))


@pytest.mark.parametrize("name", ["sim", "growth", "three_economies"])
def test_what_is_solved_for_is_set_off(name):
    for box, stage in zip(stages_figure(load_model(name))["stages"], stages(load_model(name)), strict=True):
        strong = [entry["text"] for line in box["lines"] for entry in line if entry["strong"]]
        assert bool(strong) == stage.is_block == box["title"].split(". ")[1].startswith("Together")
        assert all(word.split(" (")[0].split("[")[0] in box["note"] for word in strong)


def test_sentences_say_what_is_there():
    assert stages_figure(load_model("insout"))["sentence"].startswith("Nothing is solved together.")
    assert stages_figure(load_model("pc"))["sentence"].startswith("One block is solved together.")
    assert stages_figure(load_model("growth"))["sentence"].startswith("2 blocks are solved together.")
    model = load_model("sim")
    figure = tree_figure(model, model.slot("taxes"))
    assert figure["title"] == "What taxes depends on"
    assert [key["text"] for key in figure["keys"]][:2] == ["has an equation", "given"]
