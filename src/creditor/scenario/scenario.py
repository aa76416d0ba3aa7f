"""Owns Scenario, the one schema of what is run: model, periods, paths, seed, openings and changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with


class SetChange(BaseModel):
    """A given takes a value from one period to another, both inclusive."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str = Field(title="name", description="a given, with brackets where it has dimensions: tax_rate, rate[N]")
    value: float = Field(title="value", description="in the unit of the given")
    first: int = Field(1, alias="from", ge=1, title="from", description="first period")
    last: int | None = Field(None, alias="to", ge=1, title="to", description="last period; absent means to the end")


class DrawChange(BaseModel):
    """A distribution given to a given: a draw is added to it, independently each period."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(title="name", description="a given")
    distribution: str = Field(title="distribution", description="normal, uniform or t")
    parameters: tuple[float, ...] = Field(title="parameters", description="mean and deviation; low and high; degrees, mean, scale")


class Scenario(BaseModel):
    """What is run.

    Examples
    --------
    >>> Scenario(model="sim", periods=3).paths
    1
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str = Field("", title="name", description="of the scenario")
    model: str = Field(title="model", description="name in the library, or path of a file")
    periods: int = Field(100, ge=1, le=100_000, title="periods", description="number of periods")
    paths: int = Field(1, ge=1, le=1_000_000, title="paths", description="number of paths")
    seed: int = Field(0, ge=0, title="seed", description="of the draws")
    set: tuple[SetChange, ...] = Field((), title="changes", description="of givens over time")
    draw: tuple[DrawChange, ...] = Field((), title="draws", description="added to givens, path by path")
    start: dict[str, float] = Field(default_factory=dict, title="openings", description="that replace the text's")
    series: dict[str, tuple[float, ...]] = Field(default_factory=dict, title="series", description="of givens, from period 1")

    def digest(self, model_digest: str) -> str:
        """Digest of the scenario and of the text of its model."""
        content = self.model_dump(mode="json", by_alias=True) | {"model": model_digest}
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
        troubles = []
        for entry in error.errors():
            where = ".".join(str(part) for part in entry["loc"])
            mend = mend_with(where.split(".")[-1], Scenario.model_fields) if entry["type"] == "extra_forbidden" else ""
            troubles.append(Trouble("S701", f"scenario, {where}", f"{entry.get('input')!r}: {entry['msg']}", "", mend))
        raise InputError(troubles) from None
