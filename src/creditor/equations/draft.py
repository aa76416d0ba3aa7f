"""Owns the draft of a model: the statements of a text and of what it extends, sorted by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from creditor.equations.calendar import Calendar, read_calendar
from creditor.equations.expressions import Place
from creditor.equations.outside import Dropped, open_layers
from creditor.equations.spaces import Dimensions
from creditor.equations.statements import (
    Asset,
    Change,
    Check,
    ClaimOf,
    Currency,
    Dimension,
    Extends,
    Find,
    Frequency,
    Given,
    Hold,
    Let,
    Redeem,
    Report,
    Sector,
    Start,
    Statement,
    Transaction,
    WriteOff,
)
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with

Load = Callable[[str, str], list[Statement]]  # from a name, and the file that says it
Text = tuple[str, str]  # the name after extends, and the file of the text
DEEPEST = 20


@dataclass
class Draft:
    """Statements by kind, later ones having replaced earlier ones (``gone``) about the same thing."""

    dims: Dimensions = field(default_factory=Dimensions)
    dimensions: list[Dimension] = field(default_factory=list)
    sectors: dict[str, Sector] = field(default_factory=dict)
    currencies: list[Currency] = field(default_factory=list)
    claims: dict[str, ClaimOf] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    transactions: dict[str, Transaction] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)
    write_offs: list[WriteOff] = field(default_factory=list)
    redeems: list[Redeem] = field(default_factory=list)
    lets: list[Let] = field(default_factory=list)
    givens: list[Given] = field(default_factory=list)
    finds: list[Find] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    frequency: Frequency | None = None
    calendar: Calendar = field(default_factory=Calendar)
    reports: list[Report] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    gone: list[Statement] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    named: dict[Place, int] = field(default_factory=dict)  # labels of the scenario that a statement names


def draft(statements: Iterable[Statement], load: Load | None = None, labels: Sequence[str] = ()) -> Draft:
    """Sort the statements of a text, those of the text it extends first.

    Parameters
    ----------
    statements : iterable of Statement
    load : callable, optional
        From the name after ``extends``, and the file of the text that says it, to its statements.
    labels : sequence of str
        Of the dimensions that the text takes from the scenario.

    Returns
    -------
    Draft

    Raises
    ------
    InputError
        E612 for a thing that is stated twice in one text, E618 for a circle of extensions, E623 for a date
        that does not fit; all at once.

    Examples
    --------
    >>> from creditor.equations.parse import parse
    >>> draft(parse("sector a, b")).sectors["a"].spot.name
    'a'
    """
    result = Draft()
    troubles = Troubles()
    layers = _layers(list(statements), load, {}, set())
    opened = open_layers(layers, labels, result.dims)
    result.dropped, result.named = opened.dropped, opened.named
    for number, layer in enumerate(opened.layers):
        seen: dict[object, Statement] = {}
        for statement in layer:
            _add(result, statement, seen, number > 0, troubles)
    _date(result, troubles)
    troubles.raise_if_any()
    return result


def _date(result: Draft, troubles: Troubles) -> None:
    """The calendar of the text, and its changes from and to numbers of periods."""
    said = result.frequency
    try:
        if said is not None:
            result.calendar = read_calendar(said.name, said.first, str(said.place))
    except InputError as error:
        troubles.items.extend(error.troubles)
        return
    calendar, changes = result.calendar, []
    for change in result.changes:
        where, (begins, ends) = f"{change.place}: set {change.spot.name}", change.dates
        try:
            first = calendar.number(begins or change.first, where)
            last = calendar.number(ends or change.last or 0, where) if ends or change.last else None
        except InputError as error:
            troubles.items.extend(error.troubles)
            continue
        if last is not None and last < first:
            begins, ends = calendar.dated(first), calendar.dated(last)
            what, why = f"from {begins} to {ends} is no period", "the last period comes before the first"
            troubles.add("E606", where, what, why, f"write from {ends} to {begins}")
        changes.append(replace(change, first=first, last=last))
    result.changes = changes


def _layers(
    statements: list[Statement], load: Load | None, path: dict[Text, str], seen: set[Text]
) -> list[list[Statement]]:
    """What a text extends, in order and each once, then the text itself."""
    layers: list[list[Statement]] = []
    for statement in statements:
        if isinstance(statement, Extends):
            loaded = _load(statement, load)
            text = (statement.other, loaded[0].place.file if loaded else "")
            if text in path or len(path) > DEEPEST:
                ring = " -> ".join([*path.values(), statement.other])
                what = f"extends {statement.other} goes round in a circle: {ring}"
                raise InputError(Trouble("E618", str(statement.place), what, "", "take one extends out"))
            if text not in seen:
                layers += _layers(loaded, load, path | {text: statement.other}, seen)
                seen.add(text)
    layers.append([statement for statement in statements if not isinstance(statement, Extends)])
    return layers


def _load(statement: Extends, load: Load | None) -> list[Statement]:
    """The statements of what is extended; where there is no such text, the line that asks for it is named."""
    if load is None:
        what = f"extends {statement.other}"
        raise InputError(Trouble("E618", str(statement.place), what, "nothing to load it with"))
    try:
        return load(statement.other, statement.place.file)
    except InputError as error:
        if error.codes != ("E618",) or error.troubles[0].where != statement.other:
            raise
        what = f"extends {statement.other}: {error.troubles[0].what}"
        raise InputError(replace(error.troubles[0], where=str(statement.place), what=what)) from None


def key_of(statement: Statement, dims: Iterable[str] = ()) -> object:
    """What a statement is about: two statements with the same key are about the same thing.

    Names of dimensions in brackets narrow nothing, so ``x[country]`` and ``x`` are the same thing.
    """
    if isinstance(statement, Let | Given | Find):
        return ("value", statement.spot.name, _labels(statement.spot.index, dims))
    if isinstance(statement, Currency | Frequency):
        return (type(statement).__name__, getattr(statement, "dimension", ""))
    if isinstance(statement, Hold):
        claim, holder = statement.claim, statement.holder
        ends = _labels(claim.index, dims), holder.name, _labels(holder.index, dims)
        return ("hold", claim.name, *ends, statement.where)
    if isinstance(statement, Transaction):
        return ("transaction", statement.name)
    if isinstance(statement, WriteOff | Redeem):
        claim = statement.claim
        return (type(statement).__name__, claim.name, _labels(claim.index, dims), statement.where)
    if isinstance(statement, Start):
        labels = _labels(statement.spot.index, dims)
        kind = statement.total, statement.gap, statement.lag
        return ("start", kind, statement.spot.name, labels)
    if isinstance(statement, Dimension):
        return ("dimension", statement.name)
    if isinstance(statement, Sector | ClaimOf | Asset):
        return ("declared", statement.spot.name)
    return None


def _labels(index: tuple[str, ...], dims: Iterable[str]) -> tuple[str, ...]:
    """Bracket entries, or none where all of them are names of dimensions."""
    return () if set(index) <= set(dims) else index


def _add(
    result: Draft, statement: Statement, seen: dict[object, Statement], later: bool, troubles: Troubles
) -> None:
    key = key_of(statement, result.dims.bases)
    name = _title(statement)
    if key is not None and key in seen:
        first = seen[key]
        what = f"{name} is stated twice (first at line {first.place.line})"
        troubles.add("E612", str(statement.place), what, "", "drop one of them")
        return
    if key is not None:
        seen[key] = statement
        if later:
            old = _remove(result, key)
            if old is not None:
                result.gone.append(old)
                result.replaced.append(f"{name}: {old.place} is replaced at {statement.place}")
    _place(result, statement, troubles)


def _remove(result: Draft, key: object) -> Statement | None:
    lists: list[list[Any]] = [result.holds, result.write_offs, result.redeems, result.lets, result.givens]
    lists += [result.finds, result.starts, result.currencies]
    statement: Statement
    for kept in lists:
        for statement in kept:
            if key_of(statement, result.dims.bases) == key:
                kept.remove(statement)
                return statement
    tables: list[dict[str, Any]] = [result.claims, result.assets, result.transactions, result.sectors]
    for table in tables:
        for name, statement in table.items():
            if key_of(statement) == key:
                del table[name]
                return statement
    others: list[Statement] = [*result.dimensions, *([result.frequency] if result.frequency else [])]
    return next((statement for statement in others if key_of(statement) == key), None)


def _place(result: Draft, statement: Statement, troubles: Troubles) -> None:
    lists: list[tuple[type, list]] = [
        (Currency, result.currencies),
        (Hold, result.holds),
        (WriteOff, result.write_offs),
        (Redeem, result.redeems),
        (Let, result.lets),
        (Given, result.givens),
        (Find, result.finds),
        (Start, result.starts),
        (Change, result.changes),
        (Check, result.checks),
        (Report, result.reports),
    ]
    for kind, kept in lists:
        if isinstance(statement, kind):
            kept.append(statement)
            return
    if isinstance(statement, Dimension):
        result.dimensions = [d for d in result.dimensions if d.name != statement.name] + [statement]
        _dimension(result.dims, statement, troubles)
    elif isinstance(statement, Sector):
        result.sectors[statement.spot.name] = statement
    elif isinstance(statement, ClaimOf):
        result.claims[statement.spot.name] = statement
    elif isinstance(statement, Asset):
        result.assets[statement.spot.name] = statement
    elif isinstance(statement, Transaction):
        result.transactions[statement.name] = statement
    elif isinstance(statement, Frequency):
        result.frequency = statement


def _dimension(dims: Dimensions, statement: Dimension, troubles: Troubles) -> None:
    if statement.base:
        if statement.base not in dims:
            what = f"dimension {statement.name} as {statement.base}: no dimension {statement.base!r}"
            troubles.add("E610", str(statement.place), what, "", mend_with(statement.base, dims.bases))
            return
        dims.bases[statement.name] = dims.base(statement.base)
        return
    dims.bases[statement.name] = statement.name
    dims.labels[statement.name] = statement.labels
    for label in sorted({label for label in statement.labels if statement.labels.count(label) > 1}):
        troubles.add(
            "E612",
            str(statement.place),
            f"label {label} occurs twice in {statement.name}",
            "",
            "give it once",
        )


def _title(statement: Statement) -> str:
    if isinstance(statement, Hold):
        return f"hold {_spot(statement.claim)} by {_spot(statement.holder)}"
    if isinstance(statement, WriteOff | Redeem):
        return (
            f"write off {_spot(statement.claim)}"
            if isinstance(statement, WriteOff)
            else f"redeem {_spot(statement.claim)}"
        )
    if isinstance(statement, Transaction | Dimension):
        return statement.name
    if isinstance(statement, Currency):
        return f"currency of {statement.dimension}"
    if isinstance(statement, Start):
        kind = "gap " if statement.gap else "total " if statement.total else ""
        return f"{kind}{_spot(statement.spot)}" + (f"(-{statement.lag})" if statement.lag else "")
    spot = getattr(statement, "spot", None)
    return _spot(spot) if spot is not None else type(statement).__name__


def _spot(spot: object) -> str:
    index = getattr(spot, "index", ())
    return f"{getattr(spot, 'name', '')}[{', '.join(index)}]" if index else str(getattr(spot, "name", ""))
