"""Owns scenario files: read, checked with the line of each fault, found by path or by name in the library."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.scenario.columns import observed_columns, read_series, read_start
from creditor.scenario.scenario import Scenario, make_scenario
from creditor.terms import library
from creditor.terms.suggest import mend_with

LARGEST_FILE = 1_000_000  # bytes of a scenario file
SHOWN = 200  # letters of a wrong name in a message
_TABLES = ("set", "add", "fix", "target", "draw", "regime")
_COLUMNS: dict[str, Callable[[str, Troubles], dict[str, Any]]] = {
    "start_file": lambda path, troubles: {"start": read_start(path, troubles)},
    "series_file": read_series,
}


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file as written.

    Parameters
    ----------
    name : str
        Of the file, for places.
    fields : mapping
        Fields of `Scenario`; what ``start_file`` and ``series_file`` name is read into them.
    lines : tuple of str
        Of the text, for the places of faults.
    """

    name: str
    fields: Mapping[str, Any]
    lines: tuple[str, ...] = ()

    def scenario(self, **more: Any) -> Scenario:
        """The scenario, with further or other fields.

        Raises
        ------
        InputError
            S701 and others, each with the line of the file where it stands.
        """
        try:
            return make_scenario(**{"name": Path(self.name).stem, **self.fields, **more})
        except InputError as error:
            raise self.placed(error) from None

    def placed(self, error: InputError) -> InputError:
        """The same troubles, with file and line in front of what is about this file."""
        return InputError([replace(found, where=self._where(found.where)) for found in error.troubles])

    def _where(self, where: str) -> str:
        """``scenario, set.0.value`` and ``set tax_rate`` become file, line and key."""
        schema = re.fullmatch(r"scenario, (\w+)(?:\.(\d+))?(?:\.(.+))?", where)
        named = re.fullmatch(r"(set|add|fix|target|draw|start|series|regime) (.+)", where)
        if schema:
            key, entry, inner = schema[1], int(schema[2] or 0), schema[3] or ""
            line, told = self._line(key, entry, inner), ".".join(filter(None, (key, inner)))
        elif named:
            line, told = self._line_of_name(named[1], named[2]), where
        else:
            return where
        return f"{self.name}:{line}: {told}" if line else f"{self.name}: {told}"

    def _line(self, key: str, entry: int, inner: str) -> int:
        """Line of a key at the top, or of one inside the table of that name; 0 where it is not written."""
        heads = [n for n, text in enumerate(self.lines, 1) if _is_head(text, key)]
        if not heads:
            wanted = re.compile(rf"\s*{re.escape(key)}\s*=")
            return next((n for n, text in enumerate(self.lines, 1) if wanted.match(text)), 0)
        head = heads[min(entry, len(heads) - 1)] if key in _TABLES else heads[0]
        wanted = re.compile(rf"\s*[\"']?{re.escape(inner.partition('.')[0] or key)}[\"']?\s*=")
        for number, text in enumerate(self.lines[head:], head + 1):
            if text.lstrip().startswith("["):
                break
            if wanted.match(text):
                return number
        return head

    def _line_of_name(self, key: str, name: str) -> int:
        """Line of the `[[set]]` or another table about a name, or of a cell under `[start]` or `[series]`."""
        entries = self.fields.get(key, [])
        if key in _TABLES:
            plain = [entry if isinstance(entry, Mapping) else {} for entry in entries]
            called = "given" if key == "regime" else "name"
            named = [entry.get(called) or ", ".join(entry.get("names", ())) for entry in plain]
            found = named.index(name) if name in named else 0
            return self._line(key, found, called)
        return self._line(key, 0, name)


def find_scenario(name: str) -> Path:
    """Path of a scenario: a file that ends in .toml, or a name of the library.

    Raises
    ------
    InputError
        S705 with the nearest names.

    Examples
    --------
    >>> find_scenario("pc_rate_rise").name
    'pc_rate_rise.toml'
    """
    if name.endswith(".toml"):
        return Path(name)
    path = library.ROOT / "scenarios" / f"{name[:SHOWN]}.toml"
    if name.isidentifier() and path.is_file():
        return path
    mend = mend_with(name[:SHOWN], scenario_names()) + "; a change is written X=v@from[:to]"
    raise InputError(Trouble("S705", name[:SHOWN], "no such scenario", "", mend))


def scenario_names() -> list[str]:
    """Names of the scenarios of the library."""
    return sorted(path.stem for path in (library.ROOT / "scenarios").glob("*.toml"))


def read_scenario(path: str | Path) -> ScenarioFile:
    """Read a scenario file; `ScenarioFile.scenario` checks its fields.

    Parameters
    ----------
    path : path
        Of a TOML file; tables of openings and series that it names stand beside it.

    Raises
    ------
    InputError
        C101, C103, C105 or C115 for a file that cannot be read; faults of the tables it names.

    Examples
    --------
    >>> read_scenario(find_scenario("pc_rate_rise")).fields["set"][0]["from"]
    5
    """
    place = Path(path)
    text = _text(place)
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{place.name}:{line[1]}" if line else place.name
        what = "the file is no valid TOML"
        raise InputError(Trouble("C115", where, what, str(error), "mend that place")) from None
    except RecursionError:
        trouble = Trouble("C115", place.name, "the file is nested too deep", "", "write plain tables")
        raise InputError(trouble) from None
    lines = tuple(text.splitlines())
    if fields.get("schema") != 1 or type(fields["schema"]) is not int:
        what, mend = f"schema is {fields.get('schema')!r}", "write schema = 1 at the top"
        raise InputError(Trouble("C114", place.name, what, "", mend))
    return ScenarioFile(place.name, _with_tables(fields, place), lines)


def _text(place: Path) -> str:
    """The text of a file, with plain line breaks."""
    try:
        with place.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        told = "no such file" if isinstance(error, FileNotFoundError | ValueError) else "it cannot be read"
        why = getattr(error, "strerror", "") or ""
        raise InputError(Trouble("C101", str(place), told, why, "check the path")) from None
    if len(raw) > LARGEST_FILE:
        what, mend = f"the file has more than {LARGEST_FILE / 1e6:g} MB", "write series as CSV: series_file"
        raise InputError(Trouble("C105", place.name, what, "", mend))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        trouble = Trouble("C103", place.name, "the file is not UTF-8", "", "save it as UTF-8")
        raise InputError(trouble) from None


def _with_tables(fields: dict[str, Any], place: Path) -> dict[str, Any]:
    """Fields with the openings and series of the CSV files they name; what the file says itself rules."""
    troubles = Troubles()
    for key, read in _COLUMNS.items():
        name = fields.pop(key, None)
        if name is None:
            continue
        if not isinstance(name, str):
            troubles.add("S701", f"{place.name}: {key}", f"{name!r} is no text", "", "name a CSV file")
            continue
        found, kind = read(str(place.parent / name), troubles), key.partition("_")[0]
        table, own = found.pop(kind, {}), fields.get(kind, {})
        fields[kind] = {**table, **(own if isinstance(own, dict) else {})}
        fields = found | fields
    for entry in fields.get("draw", ()):
        if isinstance(entry, dict) and "history_file" in entry:
            _history(entry, place, troubles)
    troubles.raise_if_any()
    if isinstance(fields.get("regime"), list):
        fields["regime"] = [_with_case(entry, place) for entry in fields["regime"]]
    return fields


def _with_case(entry: Any, place: Path) -> Any:
    """A regime with the facts of the case file that it names, which stands beside the scenario."""
    from creditor.scenario.switches import inlined

    try:
        return inlined(entry, place.parent)
    except InputError as error:
        raise InputError([replace(t, where=f"{place.name}: {t.where}") for t in error.troubles]) from None


def _history(entry: dict[str, Any], place: Path, troubles: Troubles) -> None:
    """The past values of a draw from the CSV that it names: a column for each of its names."""
    name, names = entry.pop("history_file"), entry.get("names") or [entry.get("name", "")]
    if not isinstance(name, str):
        troubles.add("S701", f"{place.name}: history_file", f"{name!r} is no text", "", "name a CSV file")
        return
    try:
        columns, _ = observed_columns(str(place.parent / name))
    except InputError as error:
        troubles.items.extend(error.troubles)
        return
    for missing in [one for one in names if one not in columns]:
        troubles.add(
            "S703", f"{place.name}: {name}", f"no column {missing!r}", "", mend_with(missing, columns)
        )
        return
    rows = [[columns[one][t] for one in names] for t in range(min(len(columns[one]) for one in names))]
    known = [row for row in rows if None not in row]
    if len(known) < len(rows):
        what, why = f"{len(rows) - len(known)} rows have gaps", "blocks are of neighbouring rows"
        troubles.add(
            "S703", f"{place.name}: {name}", what, why, "leave out the periods before or after the gap"
        )
    entry["history"] = [list(column) for column in zip(*known, strict=True)]


def _is_head(text: str, key: str) -> bool:
    return re.match(rf"\s*\[\[?\s*{re.escape(key)}\s*\]", text) is not None
