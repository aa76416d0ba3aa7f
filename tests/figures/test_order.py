"""The order of boxes is the given one unless untangling helps, and it is always the same."""

from creditor.figures.order import arrange, crossing, hops
from creditor.figures.specification import Node

LEFT = [Node(name, name, 0) for name in "abc"]
RIGHT = [Node(name, name, 1) for name in "xyz"]
CROSSED = {("a", "z"): 3.0, ("b", "y"): 2.0, ("c", "x"): 1.0}
LAYER_OF = {node.id: node.layer for node in LEFT + RIGHT}


def test_given_order_is_kept():
    assert arrange(LEFT + RIGHT, CROSSED) == [["a", "b", "c"], ["x", "y", "z"]]


def test_untangling_removes_crossings():
    rows = arrange(LEFT + RIGHT, CROSSED, untangle=True)
    assert crossing(arrange(LEFT + RIGHT, CROSSED), CROSSED, LAYER_OF) == 2 + 1 + 1
    assert crossing(rows, CROSSED, LAYER_OF) == 0


def test_untangling_leaves_what_is_straight():
    straight = {("a", "x"): 1.0, ("b", "y"): 1.0, ("c", "z"): 1.0}
    assert arrange(LEFT + RIGHT, straight, untangle=True) == [["a", "b", "c"], ["x", "y", "z"]]


def test_unallocated_stays_last():
    nodes = [*LEFT, Node("x", "x", 1, "unallocated"), Node("y", "y", 1)]
    links = {("a", "x"): 5.0, ("c", "y"): 1.0, ("b", "y"): 1.0}
    for untangle in (False, True):
        assert arrange(nodes, links, untangle)[1][-1] == "x"


def test_long_links_pass_in_every_layer_between():
    nodes = [Node("a", "A", 0), Node("b", "B", 1), Node("c", "C", 2), Node("d", "D", 3)]
    links = {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "d"): 1.0, ("a", "d"): 1.0}
    rows = arrange(nodes, links)
    assert [("a", "d") in row for row in rows] == [False, True, True, False]
    assert len(hops(("a", "d"), {"a": 0, "d": 3})) == 3


def test_the_same_twice(flow):
    from creditor.figures.layout import rows_of

    assert rows_of(flow) == rows_of(flow)
    assert flow["nodes"][-1]["id"] == "unallocated"
