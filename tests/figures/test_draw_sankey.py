"""Labels of the flow never collide, whatever the flow; both forms name every box."""

from hypothesis import given, settings
from hypothesis import strategies as st

from creditor.figures.canvas import clean
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.figures.svg import draw
from creditor.terms.table import matrix as table
from creditor.terms.units import money

TITLES = st.text(st.sampled_from("abcdefgh WM债 "), min_size=1, max_size=60)


def overlaps(labels):
    boxes = [label.box for label in labels]
    return [
        (labels[i].pieces, labels[j].pieces)
        for i in range(len(boxes))
        for j in range(i + 1, len(boxes))
        if min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]) > 0.01
        and min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1]) > 0.01
    ]


@st.composite
def flows(drawn):
    counts = drawn(st.lists(st.integers(1, 9), min_size=2, max_size=5))
    nodes = [
        Node(f"{layer}.{place}", drawn(TITLES), layer)
        for layer, count in enumerate([1, *counts])
        for place in range(count)
    ]
    cells = {}
    held = {nodes[0].id: drawn(st.floats(1, 1e6))}
    for node in nodes:
        later = [other for other in nodes if other.layer > node.layer]
        amount = held.get(node.id, 0.0)
        if not later or not amount or (node.layer and drawn(st.booleans())):
            continue
        ends = drawn(st.lists(st.sampled_from(later), min_size=1, max_size=6, unique=True))
        for end in ends:
            cells[(node.id, end.id)] = amount / len(ends)
            held[end.id] = held.get(end.id, 0.0) + amount / len(ends)
    labels = [node.id for node in nodes]
    links = table("flow", ("from", "to"), labels, labels, cells, money("USD"))
    headings = drawn(st.lists(TITLES, max_size=6))
    return sankey("T", "", "Q", nodes, links, layers=headings, untangle=drawn(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(flows(), st.sampled_from([(720, False), (1080, False), (280, True), (390, True)]))
def test_labels_of_any_flow_keep_apart_and_inside(spec, form):
    width, narrow = form
    drawing = draw(spec, width, narrow=narrow)
    assert overlaps(drawing.canvas.labels) == []
    for label in drawing.canvas.labels:
        left, top, right, bottom = label.box
        assert left >= -0.01 and right <= drawing.width + 0.01, label
        assert top >= 0 and bottom <= drawing.height, label
        assert label.size >= 11


def test_narrow_form_lists_every_box_with_its_amount(flow):
    texts = [piece[0] for label in draw(flow, narrow=True).canvas.labels for piece in label.pieces]
    for node in flow["nodes"]:
        assert f"{node['text']} · {node['share_text']}" in texts
    assert [text for text in texts if text.isdigit()].count("27") >= 1


def test_every_ribbon_and_box_has_a_tooltip(flow):
    for narrow in (False, True):
        parts = "".join(draw(flow, narrow=narrow).canvas.parts)
        for item in [*(link["title"] for link in flow["links"]), *(node["full"] for node in flow["nodes"])]:
            assert f"<title>{clean(item)}</title>" in parts


def test_a_long_heading_of_a_layer_is_shortened():
    nodes = [Node("a", "A", 0), Node("b", "B", 1)]
    links = table("flow", ("from", "to"), ["a"], ["b"], {("a", "b"): 1.0}, money("USD"))
    spec = sankey("T", "", "Q", nodes, links, layers=("M" * 60, "W" * 60))
    for width, narrow in ((280, True), (720, False)):
        drawing = draw(spec, width, narrow=narrow)
        assert all(label.box[0] >= 0 and label.box[2] <= width for label in drawing.canvas.labels)


def test_a_heading_of_the_last_layer_is_whole_where_there_is_room():
    nodes = [Node("a", "A", 0), Node("b", "B", 1)]
    links = table("flow", ("from", "to"), ["a"], ["b"], {("a", "b"): 1.0}, money("USD"))
    spec = sankey("T", "", "Q", nodes, links, layers=("Debtor", "Households by wealth"))
    pieces = [piece for label in draw(spec, 960).canvas.labels for piece, *_ in label.pieces]
    assert "Households by wealth" in pieces
