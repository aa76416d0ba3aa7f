"""Owns Scenario, the one schema of what is run: model, periods, paths, seed, openings and changes."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from creditor.errors import InputError, Trouble
from creditor.terms.periods import parse_period
from creditor.terms.suggest import mend_with

SHOWN = 60  # letters of a wrong value in a message
LARGEST_FILE = 1_000_000  # bytes of a scenario file
_STRICT = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


def _period(value: Any) -> Any:
    """A period as a number from 1 or as a date; what does not look like one is refused here."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 1:
            raise ValueError("a period is a number from 1, or a date")
        return value
    try:
        parse_period(value if isinstance(value, str) else "")
    except InputError:
        raise ValueError("a period is a number from 1, or a date such as 2026Q1") from None
    return value.strip()


When = Annotated[int | str, BeforeValidator(_period)]


class SetChange(BaseModel):
    """A given takes a value from one period to another, both inclusive."""

    model_config = _STRICT

    name: str = Field(
        title="name", description="a given, with brackets where it has dimensions: tax_rate, rate[N]"
    )
    value: float = Field(title="value", description="in the unit of the given")
    first: When = Field(1, alias="from", title="from", description="first period, a number or a date")
    last: When | None = Field(
        None, alias="to", title="to", description="last period, a number or a date; absent: to the end"
    )


class DrawChange(BaseModel):
    """A distribution given to a given: a draw is added to it, independently each period."""

    model_config = _STRICT

    name: str = Field(title="name", description="a given")
    distribution: str = Field(title="distribution", description="normal, uniform or t")
    parameters: tuple[float, ...] = Field(
        title="parameters", description="mean and deviation; low and high; degrees, mean, scale"
    )


class Scenario(BaseModel):
    """What is run.

    Examples
    --------
    >>> Scenario(model="sim", periods=3).paths
    1
    """

    model_config = _STRICT

    name: str = Field("", title="name", description="of the scenario")
    model: str = Field(title="model", description="name in the library, or path of a file")
    periods: int = Field(100, ge=1, le=100_000, title="periods", description="number of periods")
    paths: int = Field(1, ge=1, le=1_000_000, title="paths", description="number of paths")
    seed: int = Field(0, ge=0, lt=2**64, title="seed", description="of the draws")
    set: tuple[SetChange, ...] = Field((), title="changes", description="of givens over time")
    draw: tuple[DrawChange, ...] = Field((), title="draws", description="added to givens, path by path")
    start: dict[str, float] = Field(
        default_factory=dict, title="openings", description="that replace the text's"
    )
    series: dict[str, tuple[float, ...]] = Field(
        default_factory=dict, title="series", description="of givens, from period 1"
    )
    series_from: When = Field(1, title="series from", description="first period of the series: period 1")

    def digest(self, model_digest: str) -> str:
        """Digest of the scenario and of the text of its model."""
        content = self.model_dump(mode="json", by_alias=True, exclude={"series_from"}) | {
            "model": model_digest
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def make_scenario(**fields: Any) -> Scenario:
    """Make a scenario; what is wrong is one error of ours with every field named.

    Raises
    ------
    InputError
        S701, with field, cause and the nearest names.

    Examples
    --------
    >>> make_scenario(model="sim", periods=2).periods
    2
    """
    try:
        return Scenario(**fields)
    except ValidationError as error:
        raise InputError([_trouble(entry) for entry in error.errors(include_url=False)]) from None


def read_scenario(path: str | Path) -> dict[str, Any]:
    """Read the fields of a scenario from a TOML file; `make_scenario` checks them.

    Parameters
    ----------
    path : path
        Of a file with ``[[set]]`` (name, value, from, to), ``[[draw]]``, ``[start]``, ``[series]`` and the
        other fields of `Scenario`.

    Raises
    ------
    InputError
        C101, C103, C105 or C115.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "rise.toml"
    >>> _ = place.write_text('[[set]]\\nname = "tax_rate"\\nvalue = 0.25\\nfrom = 5\\n')
    >>> read_scenario(place)["set"][0]["from"]
    5
    """
    place = Path(path)
    try:
        with place.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            what = f"the file has more than {LARGEST_FILE / 1e6:g} MB"
            raise InputError(Trouble("C105", place.name, what, "", "write series as CSV"))
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (FileNotFoundError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            trouble = Trouble("C103", place.name, "the file is not UTF-8", "", "save it as UTF-8")
        elif isinstance(error, tomllib.TOMLDecodeError):
            line = re.search(r"at line (\d+)", str(error))
            where = f"{place.name}:{line[1]}" if line else place.name
            trouble = Trouble("C115", where, "the file is no valid TOML", str(error), "mend that place")
        else:
            trouble = Trouble("C101", str(path), "no such file", "", "check the path")
    except RecursionError:
        trouble = Trouble("C115", place.name, "the file is nested too deep", "", "write plain tables")
    except OSError as error:
        trouble = Trouble(
            "C101", str(path), "the file cannot be read", error.strerror or "", "check the path"
        )
    raise InputError(trouble)


def _trouble(entry: Any) -> Trouble:
    """One fault that pydantic found, as one of ours."""
    parts = entry["loc"]
    where = "scenario, " + ".".join(str(part) for part in parts)
    name = str(parts[-1])
    if entry["type"] == "extra_forbidden":
        return Trouble("S701", where, f"no field {name!r}", "", mend_with(name, _fields(parts)))
    if entry["type"] == "missing":
        return Trouble("S701", where, f"{name} is missing", "", f"give {name}")
    value = repr(entry.get("input"))
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return Trouble("S701", where, f"{shown}: {entry['msg']}")


def _fields(parts: tuple[int | str, ...]) -> Iterable[str]:
    """Names of the fields that may stand at a place."""
    nested: dict[str, type[BaseModel]] = {"set": SetChange, "draw": DrawChange}
    kind = nested.get(str(parts[0]), Scenario) if len(parts) > 1 else Scenario
    return [field.alias or name for name, field in kind.model_fields.items()]
