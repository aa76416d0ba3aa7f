"""Owns the place of the library of plain files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from creditor.errors import InputError, MissingError, Trouble

ROOT = Path(__file__).resolve().parents[1] / "library"


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of the library.

    Raises
    ------
    MissingError
        C101 where it is absent.
    InputError
        C115 where it is no TOML, C114 where ``schema = 1`` is missing.

    Examples
    --------
    >>> read_toml(ROOT / "countries" / "USA" / "country.toml")["schema"]
    1
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise MissingError(Trouble("C101", path.name, f"{path.name} is not there", "", "add the file")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Trouble("C115", path.name, "the file is no valid TOML", str(error), "mend that place")) from None
    if data.get("schema") != 1:
        raise InputError(Trouble("C114", path.name, f"schema is {data.get('schema')!r}", "", "write schema = 1 at the top"))
    return data
