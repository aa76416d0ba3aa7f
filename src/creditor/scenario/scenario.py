"""Owns Scenario, the one schema of what is run: model, periods, paths, seed, openings and changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from creditor.errors import InputError, Trouble
from creditor.terms.periods import parse_period
from creditor.terms.suggest import mend_with
from creditor.terms.vocabulary import word

if TYPE_CHECKING:
    from creditor.scenario.switches import Switched

DRAWN = ("name", "names", "covariance", "history", "block", "times")  # of a draw, left out where not written
NEWER = (
    "add",
    "fix",
    "target",
    "sobol",
    "regime",
)  # fields that decide something only where they are written
UNSEEN = {"name", "title", "keep", "series_from"}  # fields that decide no number
MOST_PATHS = 1_000_000_000
SHOWN = 60  # letters of a wrong value in a message
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
    kind: ClassVar[str] = "set"

    name: str = Field(
        title="name", description="a given, with brackets where it has dimensions: tax_rate, rate[N]"
    )
    value: float = Field(title="value", description="in the unit of the given")
    first: When = Field(1, alias="from", title="from", description="first period, a number or a date")
    last: When | None = Field(
        None, alias="to", title="to", description="last period, a number or a date; absent: to the end"
    )


class SwitchChange(SetChange):
    """What a regime makes of a given; places name the regime and not a change."""

    kind: ClassVar[str] = "regime"


class AddChange(BaseModel):
    """A number is added to the right side of an equation from one period to another: an add-factor."""

    model_config = _STRICT

    name: str = Field(title="name", description="a variable, with brackets where it has dimensions")
    value: float = Field(title="value", description="in the unit of the variable; several of one name add up")
    first: When = Field(1, alias="from", title="from", description="first period, a number or a date")
    last: When | None = Field(
        None, alias="to", title="to", description="last period, a number or a date; absent: to the end"
    )


class FixChange(BaseModel):
    """A variable takes a value from one period to another, and its equation is suspended there."""

    model_config = _STRICT

    name: str = Field(title="name", description="a variable that has an equation of its own")
    value: float = Field(title="value", description="in the unit of the variable")
    first: When = Field(1, alias="from", title="from", description="first period, a number or a date")
    last: When | None = Field(
        None, alias="to", title="to", description="last period, a number or a date; absent: to the end"
    )


class TargetChange(BaseModel):
    """A variable is to have a value, and levers are moved until it has."""

    model_config = _STRICT

    name: str = Field(title="name", description="one cell of a variable")
    value: float = Field(
        title="value", description="in the unit of the variable; the median of several paths"
    )
    first: When = Field(alias="from", title="from", description="period in which it is to have the value")
    last: When | None = Field(
        None, alias="to", title="to", description="last of several periods; absent: that period alone"
    )
    by: tuple[str, ...] = Field(
        min_length=1,
        title="levers",
        description="givens, or add-factors written add X; each may have its periods: tax_rate@5:9",
    )


class DrawChange(BaseModel):
    """A distribution given to givens: a draw is added to each, independently each period."""

    model_config = _STRICT

    name: str = Field("", title="name", description="a given")
    names: tuple[str, ...] = Field(
        (), title="names", description="givens that are drawn together, one cell each, in the place of name"
    )
    distribution: str = Field(title="distribution", description="normal, uniform, t or bootstrap")
    parameters: tuple[float, ...] = Field(
        (),
        title="parameters",
        description="mean and deviation; low and high; degrees, mean, scale; "
        "with a covariance the means, and for t the degrees before them",
    )
    covariance: tuple[tuple[float, ...], ...] = Field(
        (), title="covariance", description="of names, row by row; for t the matrix of scales"
    )
    history: tuple[tuple[float, ...], ...] = Field(
        (), title="history", description="for bootstrap: past values of each name; their mean is taken off"
    )
    block: int = Field(1, ge=1, title="block", description="for bootstrap: periods that are taken together")
    times: bool = Field(
        False, title="times", description="true: the given is multiplied by one plus the draw"
    )
    ar: float = Field(
        0.0,
        gt=-1,
        lt=1,
        title="autocorrelation",
        description="share of the last period's deviation that is carried over; 0 draws anew each period",
    )


class RegimeChange(BaseModel):
    """A regime as a switch: its verdict on a case scales a flow, through a given between 0 and 1."""

    model_config = _STRICT

    regime: str = Field(title="regime", description="a name of the library, or a folder")
    given: str = Field(
        min_length=1, title="given", description="that scales the flow: 1 all of it, 0 nothing"
    )
    case: str = Field(
        "", title="case", description="a case file beside this file, in the place of facts; never both"
    )
    facts: dict[str, Any] = Field(
        default_factory=dict, title="facts", description="of the case, by the names of the regime"
    )
    granted: bool = Field(
        False, title="granted", description="consent, approval or filing is taken as given; lifts no ban"
    )
    leakage: float = Field(0.0, ge=0, le=1, title="leakage", description="share that flows in spite of a bar")
    first: When = Field(1, alias="from", title="from", description="first period, a number or a date")
    last: When | None = Field(
        None, alias="to", title="to", description="last period, a number or a date; absent: to the end"
    )


class Scenario(BaseModel):
    """What is run.

    Examples
    --------
    >>> Scenario(model="sim", periods=3).paths
    1
    """

    model_config = _STRICT

    schema_number: Literal[1] = Field(1, alias="schema", title="schema", description="of the file: 1")
    name: str = Field("", title="name", description="of the scenario")
    title: str = Field("", title="title", description="one sentence that says what it is about")
    model: str = Field(title="model", description="name in the library, or path of a file")
    economies: tuple[str, ...] = Field(
        (), title="economies", description="ISO 3166-1 alpha-3; labels of dimensions, and whose figures bind"
    )
    as_of: str = Field(
        "", title="as of", description="period of the opening figures; the headline of the economy"
    )
    known_at: str = Field(
        "", title="known at", description="figures of a later vintage are not used; absent means the newest"
    )
    periods: int = Field(100, ge=1, le=100_000, title="periods", description="number of periods")
    paths: int = Field(1, ge=1, le=MOST_PATHS, title="paths", description="number of paths")
    seed: int = Field(0, ge=0, lt=2**64, title="seed", description="of the draws")
    sobol: bool = Field(False, title="Sobol", description="draws from Sobol's points")
    antithetic: bool = Field(False, title="antithetic", description="paths 2k and 2k + 1 have mirrored draws")
    set: tuple[SetChange, ...] = Field((), title="changes", description="of givens over time")
    add: tuple[AddChange, ...] = Field((), title="add-factors", description="added to equations over time")
    fix: tuple[FixChange, ...] = Field((), title="fixes", description="variables set, equations suspended")
    target: tuple[TargetChange, ...] = Field((), title="targets", description="reached by moving levers")
    regime: tuple[RegimeChange, ...] = Field(
        (), title="regimes", description="as switches: verdicts that scale flows, after the changes of givens"
    )
    draw: tuple[DrawChange, ...] = Field((), title="draws", description="added to givens, path by path")
    start: dict[str, float] = Field(
        default_factory=dict, title="openings", description="that replace the text's"
    )
    series: dict[str, tuple[float, ...]] = Field(
        default_factory=dict, title="series", description="of givens, from period 1"
    )
    series_from: When = Field(1, title="series from", description="first period of the series: period 1")
    keep: tuple[str, ...] = Field(
        (), title="keep", description="variables that the answer holds; all, or those that the text reports"
    )

    @field_validator("economies")
    @classmethod
    def _codes(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Economies by code, each once."""
        codes = tuple(_ours(partial(word, "economies", name, "")).name for name in names)
        if len(set(codes)) < len(codes):
            raise ValueError("an economy is given twice")
        return codes

    @field_validator("as_of", "known_at")
    @classmethod
    def _period(cls, text: str) -> str:
        """A period as it is written in files, or nothing."""
        return str(_ours(partial(parse_period, text, ""))) if text else ""

    @property
    def drawn(self) -> int:
        """How many names are drawn."""
        return sum(max(1, len(entry.names)) for entry in self.draw)

    def switches(self) -> list[Switched]:
        """What the regimes of the scenario say, see `creditor.scenario.switches.resolve_switches`."""
        if not self.regime:
            return []
        from creditor.scenario.switches import resolve_switches

        return resolve_switches(self.regime)

    def digest(self, model_digest: str, data_digest: str = "") -> str:
        """Digest of what decides the numbers: neither names and titles nor what is kept of the run.

        Parameters
        ----------
        model_digest, data_digest : str
            Of the text of the model, and of the bindings and the files that they read.
        """
        content = self.model_dump(mode="json", by_alias=True, exclude=UNSEEN)
        content = {name: value for name, value in content.items() if value or name not in NEWER}
        defaults = {key: DrawChange.model_fields[key].default for key in DRAWN}
        plain = {key: list(x) if isinstance(x, tuple) else x for key, x in defaults.items()}
        content["draw"] = [
            {key: value for key, value in draw.items() if key not in DRAWN or value != plain[key]}
            for draw in content["draw"]
        ]
        if self.regime:  # the numbers that follow from the rules of today, not how their case is written
            content["regime"] = [[s.given, s.share, s.first, s.last] for s in self.switches()]
        content |= {"model": model_digest, "data": data_digest}
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
    if isinstance(fields.get("regime"), list | tuple):
        from creditor.scenario.switches import inlined

        fields = {**fields, "regime": [inlined(entry, Path()) for entry in fields["regime"]]}
    try:
        return Scenario(**fields)
    except ValidationError as error:
        raise InputError([_trouble(entry) for entry in error.errors(include_url=False)]) from None


def _ours(make: Callable[[], Any]) -> Any:
    """What a function of ours makes; its trouble becomes one that pydantic collects."""
    try:
        return make()
    except InputError as error:
        found = error.troubles[0]
        parts = {"code": found.code, "what": found.what, "why": found.why, "mend": found.mend}
        raise PydanticCustomError("trouble", "{what}", parts) from None


def _trouble(entry: Any) -> Trouble:
    """One fault that pydantic found, as one of ours."""
    parts = entry["loc"]
    where = "scenario, " + ".".join(str(part) for part in parts)
    name = str(parts[-1])
    if entry["type"] == "trouble":
        return Trouble(entry["ctx"]["code"], where, *(entry["ctx"][key] for key in ("what", "why", "mend")))
    if entry["type"] == "extra_forbidden":
        return Trouble("S701", where, f"no field {name!r}", "", mend_with(name, _fields(parts)))
    if entry["type"] == "missing":
        return Trouble("S701", where, f"{name} is missing", "", f"give {name}")
    value = repr(entry.get("input"))
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return Trouble("S701", where, f"{shown}: {entry['msg']}")


def _fields(parts: tuple[int | str, ...]) -> list[str]:
    """Names of the fields that may stand at a place."""
    nested: dict[str, type[BaseModel]] = {"set": SetChange, "draw": DrawChange, "add": AddChange}
    nested |= {"fix": FixChange, "target": TargetChange, "regime": RegimeChange}
    kind = nested.get(str(parts[0]), Scenario) if len(parts) > 1 else Scenario
    return [field.alias or name for name, field in kind.model_fields.items()]
