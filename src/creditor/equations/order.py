"""Owns the order of solution: recursive steps, simultaneous blocks, and the unknowns of each block."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.equations.expressions import Binary, Call, Cell, Expression, Negative
from creditor.equations.model import Model


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a period.

    Parameters
    ----------
    slots : tuple of int
        Decided here, in order of evaluation once the tears are known; one slot for a recursive step.
    tears : tuple of int
        Unknowns that are iterated on; empty for a recursive step.
    """

    slots: tuple[int, ...]
    tears: tuple[int, ...] = ()

    @property
    def is_block(self) -> bool:
        """Whether the step is a simultaneous block."""
        return bool(self.tears)


def cells_in(tree: Expression) -> list[Cell]:
    """Every resolved name of a tree; without recursion.

    Examples
    --------
    >>> [cell.slot for cell in cells_in(Negative(Cell(3)))]
    [3]
    """
    found, stack = [], [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Cell):
            found.append(node)
        elif isinstance(node, Negative):
            stack.append(node.operand)
        elif isinstance(node, Binary):
            stack += [node.right, node.left]
        elif isinstance(node, Call):
            stack += reversed(node.arguments)
    return found


def needs(model: Model) -> dict[int, list[int]]:
    """For each slot with an equation, the slots of the same period that it reads and that have equations."""
    found = {}
    for slot, equation in model.equations.items():
        read = [
            cell.slot for cell in cells_in(equation.tree) if cell.lag == 0 and cell.slot in model.equations
        ]
        found[slot] = list(dict.fromkeys(read))
    return found


def order(model: Model) -> list[Step]:
    """Order the equations of a model.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of Step
        What is needed first comes first; strongly connected components are blocks (Tarjan 1972).
    """
    graph = needs(model)
    steps = []
    for component in components(graph):
        alone = len(component) == 1
        slot = component[0]
        if alone and slot not in graph[slot] and model.equations[slot].kind != "find":
            steps.append(Step((slot,)))
        else:
            steps.append(_block(model, graph, component))
    return steps


def components(graph: dict[int, list[int]]) -> list[list[int]]:
    """Strongly connected components, those that are needed first; without recursion.

    Examples
    --------
    >>> components({1: [2], 2: [1], 3: [1]})
    [[2, 1], [3]]
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    inside: set[int] = set()
    found: list[list[int]] = []
    for root, others in graph.items():
        if root in index:
            continue
        work = [(root, iter(others))]
        index[root] = low[root] = len(index)
        stack.append(root)
        inside.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    inside.add(other)
                    work.append((other, iter(graph[other])))
                    break
                if other in inside:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        top = stack.pop()
                        inside.discard(top)
                        component.append(top)
                        if top == node:
                            break
                    found.append(component)
    return found


def _block(model: Model, graph: dict[int, list[int]], component: list[int]) -> Step:
    """Choose tears (what is found, then the busiest slot of what is left of the circle), order the rest."""
    members = set(component)
    tears = [slot for slot in component if model.equations[slot].kind == "find"]
    while True:
        rest = {
            s: [o for o in graph[s] if o in members and o not in tears] for s in component if s not in tears
        }
        circles = [part for part in components(rest) if len(part) > 1 or part[0] in rest[part[0]]]
        if not circles:
            break
        for circle in circles:
            tears.append(_busiest(rest, circle))
    ordered = [part[0] for part in components(rest)]
    return Step(tuple(ordered), tuple(tears))


def _busiest(graph: dict[int, list[int]], circle: list[int]) -> int:
    """The slot of a circle with most ways through it."""
    inside = set(circle)
    out = {slot: sum(other in inside for other in graph[slot]) for slot in circle}
    into = {slot: 0 for slot in circle}
    for slot in circle:
        for other in graph[slot]:
            if other in inside:
                into[other] += 1
    return max(circle, key=lambda slot: (slot in graph[slot], out[slot] * into[slot], -slot))
