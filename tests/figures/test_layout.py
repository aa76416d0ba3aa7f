"""Boxes never overlap, stay in their space, and ribbons fill them exactly."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.figures.layout import THINNEST_BOX, lay_out, rows_of, settle


@given(st.lists(st.tuples(st.floats(-50, 300), st.floats(1, 40)), min_size=1, max_size=12), st.floats(0, 9))
def test_settled_rooms_do_not_overlap(items, gap):
    targets, rooms = [a for a, _ in items], [b for _, b in items]
    space = sum(rooms) + gap * (len(rooms) - 1) + 25
    middles = settle(targets, rooms, gap, space)
    assert middles[0] - rooms[0] / 2 >= -1e-9
    assert middles[-1] + rooms[-1] / 2 <= space + 1e-9
    for index in range(len(rooms) - 1):
        upper = middles[index] + rooms[index] / 2
        assert middles[index + 1] - rooms[index + 1] / 2 >= upper + gap - 1e-9


def test_settle_leaves_what_fits():
    assert settle([10.0, 50.0, 90.0], [10.0, 10.0, 10.0], 2.0, 100.0) == [10.0, 50.0, 90.0]


def test_boxes_keep_apart_and_small_ones_stay_visible(flow):
    layout = lay_out(flow, 0.01, lambda name: 17.0, 9.0)
    for layer, row in enumerate(rows_of(flow)):
        boxes = [layout.boxes[slot] for slot in row if isinstance(slot, str)]
        for first, second in itertools.pairwise(boxes):
            room = max(first.size, 17.0) / 2 + max(second.size, 17.0) / 2
            assert second.middle - first.middle >= room + 9.0 - 1e-9
        for box in boxes:
            assert box.layer == layer and box.size >= THINNEST_BOX
            assert box.start >= -1e-9 and box.start + box.size <= layout.extent + 1e-9


def test_padding_goes_to_boxes_only(flow):
    plain, padded = (lay_out(flow, 0.01, lambda name: 17.0, 3.0, padding=padding) for padding in (0.0, 6.0))
    most = max(sum(isinstance(slot, str) for slot in row) for row in rows_of(flow))
    assert plain.extent < padded.extent <= plain.extent + 6.0 * most + 1e-9


def test_ribbons_fill_each_box_without_gaps(flow):
    layout = lay_out(flow, 0.01, lambda name: 17.0, 9.0)
    for name, box in layout.boxes.items():
        for end, at in (("from", 0), ("to", -1)):
            touching = [r for r in layout.ribbons if r.link[end] == name]
            if not touching or box.size <= THINNEST_BOX:
                continue
            edges = sorted((r.stations[at][1], r.thickness) for r in touching)
            assert edges[0][0] == pytest.approx(box.start)
            for (edge, thick), (following, _) in itertools.pairwise(edges):
                assert edge + thick == pytest.approx(following)
            assert sum(edges[-1]) == pytest.approx(box.start + box.size)


def test_ribbons_touch_every_layer_on_their_way(flow):
    layers = {node["id"]: node["layer"] for node in flow["nodes"]}
    for ribbon in lay_out(flow, 0.01, lambda name: 0.0, 2.0).ribbons:
        expected = list(range(layers[ribbon.link["from"]], layers[ribbon.link["to"]] + 1))
        assert [layer for layer, _ in ribbon.stations] == expected
