"""Owns the export of a model as C: one file that solves it as the engine does, to the same bits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan

from creditor.engine.blocks import Draft
from creditor.engine.c_bodies import Bodies, Places, Plan, literal
from creditor.engine.c_text import API, HEAD, RUN, functions
from creditor.engine.openings import opening
from creditor.engine.program import Recursive, compile_model, drafts
from creditor.engine.tape import Tape
from creditor.equations.model import Model
from creditor.equations.order import cells_in

FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math")
PARTS = ("values", "slopes", "condition", "solution")


def to_c(model: Model) -> str:
    """Write a model as one C file.

    Parameters
    ----------
    model : Model

    Returns
    -------
    str
        C99 with ``creditor_run`` for programs that link it and ``main`` that writes one path as CSV. Compiled
        with `FLAGS` its results are those of the engine to the last bit; OpenMP runs blocks of 64 paths side
        by side. It has no certificate and no second way for a block that Newton does not solve: it then stops
        and says where.

    Raises
    ------
    InputError
        E615 where an opening is missing.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> text = to_c(load_model("sim"))
    >>> "int creditor_run(" in text
    True
    """
    first = opening(compile_model(model), {}, 1)[:, 0]
    tape = Tape(len(model.slots))
    found = drafts(tape, model)
    read = {cell.slot for e in model.equations.values() for cell in cells_in(e.tree) if cell.lag}
    lagged = sorted(read | {s for draft in found if isinstance(draft, Draft) for s in draft.step.tears})
    places = Places(len(model.slots), lagged, tape.values)
    bodies = Bodies(places)
    blocks: list[str] = []
    steps = [_section(draft, number, bodies, blocks) for number, draft in enumerate(found)]
    most = max((len(d.step.tears) for d in found if isinstance(d, Draft)), default=0)
    title = "".join(letter for letter in model.name if letter.isalnum() or letter in "_- ")
    return "\n".join(
        [
            f"/* {title}: {len(model.variables)} equations, model {model.digest}, by creditor; results",
            f"   with the engine's bits: gcc {' '.join(FLAGS)} [-fopenmp] FILE.c -lm */",
            HEAD,
            *_numbers(model, places, lagged, most),
            *_tables(model, places, lagged, first),
            functions(),
            *bodies.functions,
            RUN if blocks else "",
            *blocks,
            _today(steps),
            API,
        ]
    )


def _numbers(model: Model, places: Places, lagged: Sequence[int], tears: int) -> list[str]:
    """How many there are of everything."""
    found = {
        "SLOTS": len(model.slots),
        "LAGGED": len(lagged),
        "CONSTANT": len(places.constants),
        "GIVENS": len(model.givens),
        "TEARS": max(tears, 1),
        "CONSTANTS": places.length,
        "ROWS": places.length + len(places.constants),
    }
    return [f"#define {name} {value}" for name, value in found.items()]


def _tables(model: Model, places: Places, lagged: Sequence[int], first: Iterable[float]) -> list[str]:
    """Names, opening, constants, lags and givens."""
    return [
        _table("const char *const", "names", (f'"{name}"' for name in _names(model))),
        _table("const double", "opening", (literal(0.0 if isnan(value) else value) for value in first)),
        _table("const char", "opens", (str(int(not isnan(value))) for value in first)),
        _table("const double", "constants", (literal(places.values[x]) for x in places.constants)),
        _table("const int", "lagged", map(str, lagged)),
        _table("const int", "givens_at", map(str, model.givens)),
        _table("const double", "givens_are", map(literal, model.givens.values())),
    ]


def _section(draft: Recursive | Draft, number: int, bodies: Bodies, blocks: list[str]) -> str:
    """Functions of equations that stand between blocks, or of a block; what calls them."""
    plan = Plan()
    plan.add_loops(draft.loops)
    if isinstance(draft, Recursive):
        bodies.places.begin(_shared([plan], ()))
        return f"    {bodies.write(plan, f'step{number}')}(r);"
    plan.add_rows([row for strip in draft.values[-1:] for member in strip for row in member])
    plans = [plan]
    for rows in ((*draft.slopes, *draft.factors), draft.condition, draft.solution):
        plans.append(Plan())
        plans[-1].add_rows(rows)
    bodies.places.begin(_shared(plans, (draft.size, draft.kappa, *draft.steps)))
    names = [bodies.write(one, f"{part}{number}") for part, one in zip(PARTS, plans, strict=True)]
    row, slots, tears = bodies.places.row, bodies.places.rows, draft.step.tears
    for name, of in (
        ("tear", tears),
        ("guess", (slots[len(draft.model.slots) + slot] for slot in tears)),
        ("step", map(row, draft.steps)),
    ):
        blocks.append(_table("const int", f"{name}{number}", map(str, of)))
    numbers = f"{len(tears)}, {int(draft.linear)}, {row(draft.size)}, {row(draft.kappa)}"
    tables = f"tear{number}, guess{number}, step{number}"
    blocks.append(f"static const Block block{number} = {{{numbers}, {tables}, {', '.join(names)}}};")
    return f"    if ((bad = newton(&block{number}, r, guess)) >= 0) return bad;\n    ++*block;"


def _shared(plans: Sequence[Plan], wanted: Iterable[int]) -> set[int]:
    """Intermediate results that are read outside the function, or the label, that makes them."""
    flows = [plan.flows() for plan in plans]
    made = {x for _, own, _ in flows for x in own}
    return (made & {x for _, _, across in flows for x in across}) | set(wanted)


def _today(steps: Sequence[str]) -> str:
    """The function that solves one period."""
    return "\n".join(
        [
            "/* One period of 64 paths; the first path that is not solved, or -1. */",
            "static int today(double (*r)[W], double (*guess)[W], int *block)",
            "{\n    int bad = -1;\n    (void)guess;\n    (void)block;",
            *steps,
            "    return bad;\n}",
        ]
    )


def _table(kind: str, name: str, entries: Iterable[str]) -> str:
    """A constant array; one zero where it would be empty."""
    found = list(entries)
    return f"static {kind} {name}[] = {{{', '.join(found) or '0'}}};"


def _names(model: Model) -> list[str]:
    """What each slot is called; nothing for auxiliary ones."""
    shown = {*model.variables, *model.givens}
    return [model.title(slot) if slot in shown else "" for slot in range(len(model.slots))]
