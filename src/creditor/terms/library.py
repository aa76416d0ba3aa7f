"""Owns the place of the library of plain files."""

from __future__ import annotations

import re
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
        C101 where it cannot be read, C103 where it is not UTF-8, C115 where it is no TOML, C114 where
        ``schema = 1`` is missing.

    Examples
    --------
    >>> read_toml(ROOT / "countries" / "USA" / "country.toml")["schema"]
    1
    """
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        raise MissingError(
            Trouble("C101", path.name, f"{path.name} is not there", "", "add the file")
        ) from None
    except OSError as error:
        trouble = Trouble(
            "C101", path.name, "the file cannot be read", error.strerror or "", "check the path"
        )
        raise InputError(trouble) from None
    except UnicodeDecodeError as error:
        where = f"{path.name}:{error.object[: error.start].count(10) + 1}"
        what = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        raise InputError(Trouble("C103", where, what, "", "save the file as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path.name}:{line[1]}" if line else path.name
        trouble = Trouble("C115", where, "the file is no valid TOML", str(error), "mend that place")
        raise InputError(trouble) from None
    schema = data.get("schema")
    if type(schema) is not int or schema != 1:
        mend = "write schema = 1 at the top"
        raise InputError(Trouble("C114", path.name, f"schema is {schema!r}", "", mend))
    return data


def place_of(path: Path, *texts: str) -> str:
    """File and line of the last of several texts, each looked for from the line of the one before.

    Parameters
    ----------
    path : Path
    *texts : str
        From the outside in: the heading of a table, then a key. What is not found is passed over.

    Returns
    -------
    str
        ``file:line``, or the file alone where none is found.

    Examples
    --------
    >>> place_of(ROOT / "countries" / "USA" / "country.toml", "code =")
    'country.toml:3'
    """
    lines = path.read_text("utf-8-sig").splitlines()
    found = 0
    for text in texts:
        found = next((n for n, line in enumerate(lines, 1) if n >= found and text in line), found)
    return f"{path.name}:{found}" if found else path.name
