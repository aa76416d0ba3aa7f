"""Owns remarks: what in a model is legal and usually a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditor.equations.declare import DERIVED
from creditor.equations.expressions import Expression, Name, walk
from creditor.equations.model import EARLIER, Model
from creditor.equations.order import cells_in
from creditor.equations.statements import ClaimOf, Given, Let, Statement
from creditor.terms.finding import Finding


def remarks(model: Model) -> list[Finding]:
    """What is legal in a model and usually a slip.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of Finding
        A warning for a given or an early start that nobody reads, for a definition that an extension left
        behind, and for a hold that reads its own cell of today; a note for any other definition that nobody
        reads, and for names that differ only by case.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> model = elaborate(draft(parse("given a = 2, b = 3 let c = b check c = 3")))
    >>> [found.sentence for found in remarks(model)]
    ['given a is read by nobody.']
    """
    return [*_unread(model), *_own_cell(model), *_alike(model), *_too_early(model)]


def _too_early(model: Model) -> Iterator[Finding]:
    """A start of an earlier period than anybody reads."""
    kept = {name for name, _ in model.slots if name.startswith(f"{EARLIER}.")}
    for start in model.draft.starts:
        name = ".".join((start.spot.name, *(start.spot.index[:1] if start.spot.name in DERIVED else ())))
        if start.lag and f"{EARLIER}.{start.lag}.{name}" not in kept:
            sentence = f"start {start.spot.name}(-{start.lag}) is read by nobody."
            mend = f"drop it, or read {start.spot.name}(-{start.lag + 1}) where it was meant"
            yield Finding("warning", str(start.place), sentence, mend=mend)


def _unread(model: Model) -> Iterator[Finding]:
    draft = model.draft
    read = _read_names(model)
    left = set(_mentioned(draft.gone))
    done: set[str] = set()
    stated: list[Given | Let] = [*draft.givens, *draft.lets]
    for statement in stated:
        name = statement.spot.name
        if name in read or name in done or name in draft.assets:
            continue
        done.add(name)
        kind = "given" if isinstance(statement, Given) else "let"
        sentence, mend = f"{kind} {name} is read by nobody.", f"drop it, or read {name} where it was meant"
        if name in left:
            sentence = f"{kind} {name} is read by nobody any more: what read it was replaced."
            mend = f"drop it, or read {name} in what replaces it"
        severity = "warning" if kind == "given" or name in left else "note"
        yield Finding(severity, str(statement.place), sentence, mend=mend)


def _read_names(model: Model) -> set[str]:
    """Names that an equation of another slot reads, and those that other statements mention."""
    read = {
        model.slots[cell.slot][0]
        for slot, equation in model.equations.items()
        for cell in cells_in(equation.tree)
        if cell.slot != slot
    }
    draft = model.draft
    others: list[Statement] = [*draft.checks, *draft.starts, *draft.changes, *draft.givens]
    read |= set(_mentioned(others))
    read |= {spot.name for report in draft.reports for spot in report.spots}
    return read | {currency.worth for currency in draft.currencies}


def _mentioned(statements: Iterable[Statement]) -> Iterator[str]:
    """Names in the expressions of statements."""
    for statement in statements:
        for part in ("value", "left", "right", "price"):
            tree = getattr(statement, part, None)
            if isinstance(statement, ClaimOf) and part == "price":
                yield statement.price
            elif isinstance(tree, Expression):
                yield from (node.name for node in walk(tree) if isinstance(node, Name))


def _own_cell(model: Model) -> Iterator[Finding]:
    """A hold that reads its own cell of the same period (trap 9)."""
    done: set[str] = set()
    for slot, equation in model.equations.items():
        place = str(equation.place)
        if equation.kind != "hold" or place in done:
            continue
        if any(cell.slot == slot and not cell.lag for cell in cells_in(equation.tree)):
            done.add(place)
            title = model.title(slot)
            sentence = f"hold of {title} reads {title} of the same period."
            yield Finding(
                "warning", place, sentence, mend=f"write {title}(-1) where the last period's is meant"
            )


def _alike(model: Model) -> Iterator[Finding]:
    """Names, and labels, that differ only by case."""
    labels = [label for labels in model.draft.dims.labels.values() for label in labels]
    for kind, words in (
        ("names", [*model.draft.sectors, *model.draft.dims.bases, *model.public_names]),
        ("labels", labels),
    ):
        same: dict[str, dict[str, None]] = {}
        for word in words:
            same.setdefault(word.casefold(), {})[word] = None
        for spelled in same.values():
            if len(spelled) > 1:
                sentence = f"The {kind} {' and '.join(spelled)} differ only by case."
                yield Finding("note", model.name, sentence, mend="rename one of them")
