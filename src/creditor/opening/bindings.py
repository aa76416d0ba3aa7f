"""Owns the reading of a bindings file: which published figure each given and opening of a model is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.terms.library import read_toml
from creditor.terms.periods import parse_period
from creditor.terms.provenance import check_grade, digest
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit, parse_unit
from creditor.terms.vocabulary import word

KINDS = ("given", "start")
RULES = ("latest", "opening")
TOP = ("schema", "economy", *KINDS)
FACT = ("indicator", "perimeter", "period")
CELL = ("holder", "issuer", "instrument", "perimeter", "valuation", "set", "period", "sign")
NEEDED = ("holder", "issuer", "instrument")
_FIGURE = ("indicator", "perimeter", "cells", "period", "sign", "over", "exchange_rate")
ENTRY = ("name", "unit", *_FIGURE, "fill", "grade", "source", "note")


@dataclass(frozen=True, slots=True)
class Pick:
    """One published number: a fact, or a cell of the ledger.

    Parameters
    ----------
    keys : mapping of str to str
        ``indicator`` and ``perimeter`` of a fact; ``holder``, ``issuer``, ``instrument`` and what else tells
        cells of a ledger apart.
    period : str
        ``latest``, ``opening``, or a period.
    sign : int
        1 or -1.
    """

    keys: Mapping[str, str]
    period: str = "latest"
    sign: int = 1

    @property
    def title(self) -> str:
        """As it is told to people."""
        return "/".join(self.keys.values())


@dataclass(frozen=True, slots=True)
class Binding:
    """What one given or opening is.

    Parameters
    ----------
    kind : str
        ``given`` or ``start``.
    name : str
        As in the text, with brackets: ``growth``, ``bonds[foreigners]``.
    unit : Unit
        In which the model counts it.
    picks : tuple of Pick
        They are added up, with their signs; none where the number is stated.
    over : tuple of Pick
        What the sum is divided by.
    exchange_rate : float or None
        Units of the model's money for one of the figure's.
    fill : float or None
        The number where a figure is absent, in `unit`.
    grade : str
        Of the fill; a worse grade than the figures give.
    source, note : str
        Why the fill is what it is; what a reader must know.
    where : str
        File, line and key.
    """

    kind: str
    name: str
    unit: Unit
    picks: tuple[Pick, ...] = ()
    over: tuple[Pick, ...] = ()
    exchange_rate: float | None = None
    fill: float | None = None
    grade: str = ""
    source: str = ""
    note: str = ""
    where: str = ""


@dataclass(frozen=True)
class Bindings:
    """A bindings file: whose figures are taken where nobody is asked for, and the bindings in order."""

    file: str
    economy: str
    entries: tuple[Binding, ...]
    digest: str = field(default="")


def bindings_beside(model: Path) -> Path | None:
    """The bindings file of a model, where there is one.

    Examples
    --------
    >>> from creditor.equations.load import find_model
    >>> bindings_beside(find_model("sim")) is None
    True
    """
    path = model.with_suffix(".bindings.toml")
    return path if path.is_file() else None


def read_bindings(path: Path) -> Bindings:
    """Read a bindings file.

    Parameters
    ----------
    path : Path
        ``NAME.bindings.toml`` beside ``NAME.model``.

    Returns
    -------
    Bindings

    Raises
    ------
    InputError
        C112 for what is missing, F306 for keys and values that are not known, T201, T204, T207, T209; every
        trouble at once, with file, line and key.

    Examples
    --------
    >>> from creditor.terms.library import ROOT
    >>> bound = read_bindings(ROOT / "models" / "us_debt.bindings.toml")
    >>> (bound.economy, bound.entries[0].kind)
    ('USA', 'given')
    """
    tables = read_toml(path)
    reader = _Reader(path)
    for key in tables:
        if key not in TOP:
            reader.troubles.add("F306", path.name, f"key {key!r} is not known", "", mend_with(key, TOP))
    economy = tables.get("economy", "")
    if economy:
        economy = reader.checked(lambda: word("economies", str(economy), f"{path.name}: economy").name) or ""
    entries = [entry for kind in KINDS for entry in reader.entries(kind, tables.get(kind, []))]
    reader.troubles.raise_if_any()
    return Bindings(path.name, economy, tuple(entries), digest([path.read_bytes()]))


class _Reader:
    """Reads entries and collects what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self.file, self.lines = path.name, path.read_text("utf-8-sig").splitlines()
        self.troubles = Troubles()

    def checked(self, make: Any) -> Any:
        """What a function makes, or None with its troubles kept."""
        try:
            return make()
        except InputError as error:
            self.troubles.items.extend(error.troubles)
            return None

    def entries(self, kind: str, rows: Any) -> Iterator[Binding]:
        """The bindings of one kind that can be read."""
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.troubles.add("F306", self.file, f"{kind} is no list of tables", "", f"write [[{kind}]]")
            return
        heads = [n for n, text in enumerate(self.lines, 1) if text.strip() == f"[[{kind}]]"]
        for number, row in enumerate(rows):
            line = f":{heads[number]}" if number < len(heads) else ""
            where = f"{self.file}{line}: {kind} {row.get('name', '')}".rstrip()
            before = len(self.troubles.items)
            entry = self._entry(kind, row, where)
            if len(self.troubles.items) == before and entry is not None:
                yield entry

    def _entry(self, kind: str, row: dict[str, Any], where: str) -> Binding | None:
        self._keys(row, ENTRY, where)
        for key in ("name", "unit"):
            if not row.get(key):
                self.troubles.add("C112", where, f"{key} is missing", "it is needed", f"give {key}")
        for key in ("name", "unit", "indicator", "perimeter", "period", "grade", "source", "note"):
            self._kind(row, key, str, where)
        for key in ("exchange_rate", "fill"):
            self._kind(row, key, int | float, where)
        before = len(self.troubles.items)
        picks = self._picks(row, row.get("sign", 1), row.get("period", "latest"), where)
        over = row.get("over", {})
        if not isinstance(over, dict):
            mend = 'write over = { indicator = "...", perimeter = "..." }'
            self.troubles.add("F306", where, "over is no table", "", mend)
            over = {}
        self._keys(over, (*FACT, "cells"), f"{where}, over")
        divisor = self._picks(over, 1, row.get("period", "latest"), f"{where}, over")
        if not picks and "fill" not in row and len(self.troubles.items) == before:
            mend = "give indicator and perimeter, cells, or fill"
            self.troubles.add("C112", where, "nothing is bound", "", mend)
        if "grade" in row:
            self.checked(lambda: check_grade(str(row["grade"]), where))
        unit = self.checked(lambda: parse_unit(str(row["unit"]), where)) if row.get("unit") else None
        if unit is None or not isinstance(row.get("name"), str):
            return None
        texts = {key: str(row.get(key, "")) for key in ("grade", "source", "note")}
        rate, fill = row.get("exchange_rate"), row.get("fill")
        return Binding(kind, row["name"], unit, picks, divisor, rate, fill, **texts, where=where)

    def _picks(self, row: dict[str, Any], sign: Any, period: Any, where: str) -> tuple[Pick, ...]:
        """The figures that an entry, or what it is divided by, names."""
        self._sign(sign, where)
        self._rule(row.get("period", period), where)
        if "indicator" in row and "cells" in row:
            self.troubles.add("F306", where, "both an indicator and cells", "", "keep one of them")
        if "indicator" in row:
            if not row.get("perimeter"):
                self.troubles.add("C112", where, "perimeter is missing", "an indicator needs it", "add it")
            keys = {key: str(row.get(key, "")) for key in FACT[:2]}
            return (Pick(keys, str(row.get("period", period)), -1 if sign == -1 else 1),)
        cells = row.get("cells", [])
        if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
            mend = 'write cells = [{ holder = "...", issuer = "...", instrument = "..." }]'
            self.troubles.add("F306", where, "cells is no list of tables", "", mend)
            return ()
        return tuple(self._cell(cell, sign, row.get("period", period), where) for cell in cells)

    def _cell(self, cell: dict[str, Any], sign: Any, period: Any, where: str) -> Pick:
        self._keys(cell, CELL, where)
        for key in NEEDED:
            if not cell.get(key):
                self.troubles.add("C112", where, f"{key} of a cell is missing", "it is needed", "add it")
        for key in CELL[:-1]:
            self._kind(cell, key, str, where)
        self._sign(cell.get("sign", 1), where)
        self._rule(cell.get("period", period), where)
        keys = {key: str(cell[key]) for key in CELL[:6] if key in cell}
        signs = [number == -1 for number in (sign, cell.get("sign", 1))]
        return Pick(keys, str(cell.get("period", period)), -1 if signs[0] != signs[1] else 1)

    def _keys(self, row: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in row:
            if key not in known:
                self.troubles.add("F306", where, f"key {key!r} is not known", "", mend_with(key, known))

    def _kind(self, row: Mapping[str, Any], key: str, kind: Any, where: str) -> None:
        value = row.get(key)
        if key in row and (not isinstance(value, kind) or isinstance(value, bool) or value != value):
            told = "a text" if kind is str else "a number"
            self.troubles.add("F306", where, f"{key} = {value!r} is not {told}", "", f"give {told}")

    def _sign(self, sign: Any, where: str) -> None:
        if sign not in (1, -1) or isinstance(sign, bool):
            self.troubles.add("F306", where, f"sign is {sign!r}", "", "write 1 or -1")

    def _rule(self, period: Any, where: str) -> None:
        if period not in RULES:
            self.checked(lambda: parse_period(str(period), where))
