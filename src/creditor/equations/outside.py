"""Owns what comes to a text from outside: labels of the scenario, and numbers in the place of the text's."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from creditor.equations.expressions import Binary, Expression, Name, Number, Place, walk
from creditor.equations.spaces import Dimensions, Labels
from creditor.equations.statements import (
    Check,
    ClaimOf,
    Dimension,
    Given,
    Report,
    Sector,
    Spot,
    Statement,
)
from creditor.errors import InputError, Trouble
from creditor.terms.vocabulary import economies

PARTS = ("spot", "claim", "holder", "issuer", "payer", "payee", "owner")  # of statements that have brackets


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement, or a holder in one, about a label that the scenario does not have."""

    place: Place
    labels: Labels
    what: str = "the statement"


@dataclass(frozen=True, slots=True)
class Outside:
    """A number in the place of that of a given, where it comes from, and how sure it is."""

    value: float
    source: str = ""
    grade: str = ""


@dataclass
class Opened:
    """Statements of a text and of what it extends, with the labels of the scenario.

    Parameters
    ----------
    layers : list of lists of Statement
    dropped : list of Dropped
        What is left out, since it is about economies that are absent.
    named : dict of Place to int
        How many labels of the scenario a statement names.
    """

    layers: list[list[Statement]]
    dropped: list[Dropped] = field(default_factory=list)
    named: dict[Place, int] = field(default_factory=dict)


def open_layers(layers: list[list[Statement]], labels: Sequence[str], dims: Dimensions) -> Opened:
    """Give the scenario's labels to the dimensions that ask for them.

    Parameters
    ----------
    layers : list of lists of Statement
        A text and what it extends.
    labels : sequence of str
        Of the scenario: codes of economies.
    dims : Dimensions
        Learns which dimensions are open, and which economies are absent.

    Returns
    -------
    Opened

    Raises
    ------
    InputError
        S704 where the text asks for labels and the scenario has none.

    Examples
    --------
    >>> from creditor.equations.parse import parse
    >>> text = "dimension country = from scenario given a[country] = 1, a[JPN] = 2"
    >>> found = open_layers([parse(text)], ["USA", "ITA"], Dimensions())
    >>> found.layers[0][0].labels, len(found.layers[0]), found.dropped[0].labels
    (('USA', 'ITA'), 2, ('JPN',))
    """
    declared = [s for layer in layers for s in layer if isinstance(s, Dimension)]
    asking = [dimension for dimension in declared if dimension.from_scenario]
    if not asking:
        return Opened(layers)
    if not labels:
        raise InputError([_no_labels(dimension) for dimension in asking])
    own = {label for dimension in declared for label in dimension.labels}
    names = {dimension.name for dimension in declared}
    names |= {s.spot.name for layer in layers for s in layer if isinstance(s, Sector)}
    dims.open |= {dimension.name for dimension in asking}
    dims.absent = frozenset(economies()) - own - names - set(labels)
    opened = Opened([])
    opened.layers = [list(_kept(layer, tuple(labels), dims.absent, opened.dropped)) for layer in layers]
    for statement in (statement for layer in opened.layers for statement in layer):
        named = sum(label in labels for label in _said(statement))
        if named and not isinstance(statement, Dimension):
            opened.named[statement.place] = named
    return opened


def with_numbers(
    givens: Sequence[Given], dims: Dimensions, numbers: Mapping[tuple[str, Labels], Outside]
) -> list[Given]:
    """Put numbers in the place of those that a text gives, cell by cell; bounds stay.

    Parameters
    ----------
    givens : sequence of Given
    dims : Dimensions
    numbers : mapping of (name, labels) to Outside

    Examples
    --------
    >>> from creditor.equations.parse import parse
    >>> with_numbers(parse("given a = 1 in 0 .. 3"), Dimensions(), {("a", ()): Outside(2.0)})[0].value.value
    2.0
    """
    found = list(givens)
    wholly = [given for given in givens if given.spot.index and set(_cells(given, dims)) <= set(numbers)]
    for (name, labels), outside in numbers.items():
        changed: dict[str, Any] = {"source": outside.source, "grade": outside.grade}
        stated = [given for given in found if given.spot.name == name]
        exact = next((given for given in stated if given.spot.index == labels), None)
        if exact is not None:
            number = Number(outside.value, exact.place)
            found[found.index(exact)] = replace(exact, value=number, **changed)
        elif stated:
            widest = min(stated, key=lambda given: sum(entry not in dims for entry in given.spot.index))
            spot = Spot(name, labels, widest.spot.place)
            number = Number(outside.value, widest.place)
            found.append(replace(widest, spot=spot, value=number, **changed))
    return [given for given in found if not any(given is one for one in wholly)]


def _cells(given: Given, dims: Dimensions) -> Iterator[tuple[str, Labels]]:
    """The cells that a given with brackets is about."""
    choices = [dims.of(entry) if entry in dims else (entry,) for entry in given.spot.index]
    for labels in itertools.product(*choices):
        yield given.spot.name, labels


def _kept(
    layer: Sequence[Statement], labels: Labels, absent: frozenset[str], dropped: list[Dropped]
) -> Iterator[Statement]:
    """The statements of a layer that are about labels which are there."""
    for statement in layer:
        if isinstance(statement, Dimension):
            yield replace(statement, labels=labels) if statement.from_scenario else statement
            continue
        missing = tuple(label for label in dict.fromkeys(_said(statement)) if label in absent)
        if missing:
            dropped.append(Dropped(statement.place, missing))
        elif isinstance(statement, ClaimOf | Report):
            thinned = _thinned(statement, absent, dropped)
            if thinned is not None:
                yield thinned
        else:
            yield statement


def _thinned(
    statement: ClaimOf | Report, absent: frozenset[str], dropped: list[Dropped]
) -> ClaimOf | Report | None:
    """A claim without holders, a report without names, that are about absent labels."""
    part = "holders" if isinstance(statement, ClaimOf) else "spots"
    spots: tuple[Spot, ...] = getattr(statement, part)
    kept = tuple(spot for spot in spots if not set(spot.index) & absent)
    for spot in spots:
        if spot not in kept:
            missing = tuple(label for label in spot.index if label in absent)
            dropped.append(Dropped(statement.place, missing, f"{spot.name} of a list"))
    changed: Any = {part: kept}
    return replace(statement, **changed) if kept else None


def _said(statement: Statement) -> Iterator[str]:
    """Labels that a statement is about: in its brackets, in its condition, and all that a check reads."""
    for part in PARTS:
        spot = getattr(statement, part, None)
        yield from spot.index if isinstance(spot, Spot) else ()
    where = getattr(statement, "where", None)
    if where is not None:
        yield from _equal_to(where)
    if isinstance(statement, Check):
        for side in (statement.left, statement.right):
            for node in walk(side):
                yield from node.index if isinstance(node, Name) else ()


def _equal_to(condition: Expression) -> Iterator[str]:
    """Names that must be met for a condition to hold: ``country == JPN``, and what is joined to it by and."""
    if isinstance(condition, Binary) and condition.operator == "and":
        yield from _equal_to(condition.left)
        yield from _equal_to(condition.right)
    elif isinstance(condition, Binary) and condition.operator == "==":
        for side in (condition.left, condition.right):
            if isinstance(side, Name):
                yield side.name


def _no_labels(dimension: Dimension) -> Trouble:
    what = f"dimension {dimension.name} has its labels from the scenario, which names no economies"
    mend = 'run it with --economy USA --economy JPN, or write economies = ["USA", "JPN"] in a scenario file'
    return Trouble("S704", str(dimension.place), what, "", mend)
