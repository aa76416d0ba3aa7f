"""Owns JSON output: a pure function of the payload, full doubles in shortest form, absent keys left out."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np


def to_json(payload: Mapping[str, Any] | Sequence[Any]) -> str:
    """Write a payload as JSON.

    Parameters
    ----------
    payload : mapping, or list of mappings
        Keys are texts and stay in their order; a key whose value is None is left out.

    Returns
    -------
    str
        Indented by two, UTF-8 letters as they are, with a line end.

    Raises
    ------
    ValueError
        Where a number is not finite; the place is named.
    TypeError
        Where something has no form in JSON; the place is named.

    Examples
    --------
    >>> print(to_json({"debt": 0.1, "note": None}), end="")
    {
      "debt": 0.1
    }
    """
    return json.dumps(_plain(payload, "payload"), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _plain(value: Any, place: str) -> Any:
    """The same in the types that JSON knows; None within a list stays, so that places keep their meaning."""
    if value is None or isinstance(value, bool | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, np.generic | np.ndarray):
        return _plain(value.tolist(), place)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float | Fraction | Decimal):
        return _finite(value, place)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key, place): _plain(v, f"{place}.{key}") for key, v in value.items() if v is not None}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(item, f"{place}[{index}]") for index, item in enumerate(value)]
    raise TypeError(f"{place} is a {type(value).__name__}, which has no form in JSON")


def _finite(value: float | Fraction | Decimal, place: str) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{place} is {number}; an absent number is left out")
    return number


def _key(key: Any, place: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key of {place} is a {type(key).__name__}; keys are texts")
    return str(key)
