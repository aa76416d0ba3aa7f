"""Owns the loading of a model: from the library by name, or from a file, with what it extends."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from creditor.equations.cited import check_sources
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.outside import Outside, with_numbers
from creditor.equations.parse import parse, read_model_text
from creditor.equations.spaces import Labels
from creditor.equations.statements import Statement
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.library import ROOT
from creditor.terms.suggest import mend_with

FOLDER = ROOT / "models"
SHOWN = 200  # letters of a wrong name in a message


def model_names() -> list[str]:
    """Names of the models of the library."""
    return sorted(path.stem for path in FOLDER.glob("*.model"))


def closed_models() -> list[str]:
    """Names of the models of the library that can be loaded without labels from a scenario.

    Examples
    --------
    >>> set(model_names()) - set(closed_models())
    {'debt'}
    """
    return [path.stem for path in sorted(FOLDER.glob("*.model")) if not _is_open(path)]


def _is_open(path: Path) -> bool:
    lines = (line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
    return any(line.split()[-3:] == ["=", "from", "scenario"] for line in lines)


def find_model(name: str, beside: Path | None = None) -> Path:
    """Path of a model: a file, a text beside another, or a name of the library.

    Raises
    ------
    InputError
        E618 with the nearest names.

    Examples
    --------
    >>> find_model("sim").name
    'sim.model'
    """
    candidates = (
        [Path(name), Path(f"{name}.model")] if beside is None else [beside / f"{name}.model", beside / name]
    )
    for path in (*candidates, FOLDER / f"{name}.model"):
        try:
            if path.suffix == ".model" and path.is_file():
                return path
        except (OSError, ValueError):  # no name that a file could have
            continue
    mend = mend_with(name[:SHOWN], model_names())
    why = _no_text(name) if beside is None else ""
    raise InputError(Trouble("E618", name[:SHOWN], "no such model or file", why, mend))


def _no_text(name: str) -> str:
    """Why something that is there is no text of a model."""
    try:
        if not name or not os.path.exists(name):
            return ""
        if os.path.isfile(name):
            return "the name of a text ends in .model"
        return "it is a folder, or no plain file"
    except (OSError, ValueError):
        return ""


def load_model(
    name: str, labels: Sequence[str] = (), numbers: Mapping[tuple[str, Labels], Outside] | None = None
) -> Model:
    """Load, check and elaborate a model.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    labels : sequence of str
        Of the dimensions that the text takes from the scenario.
    numbers : mapping of (name, labels) to Outside, optional
        Numbers of givens in the place of the text's, such as published figures.

    Returns
    -------
    Model
        Its ``digest`` covers the text and everything that it extends.

    Raises
    ------
    InputError
        Every trouble of the text at once.

    Examples
    --------
    >>> load_model("sim").name
    'sim'
    """
    path = find_model(name)
    texts = _Texts()
    statements = texts.read(path)
    drafted = draft(statements, texts.load, labels)
    troubles = Troubles()
    check_sources(drafted.givens, troubles, path.parent)
    drafted.givens = with_numbers(drafted.givens, drafted.dims, numbers or {})
    try:
        model = elaborate(drafted, path.stem)
    except InputError as error:
        raise InputError([*error.troubles, *troubles.items]) from None
    troubles.raise_if_any()
    model.digest = hashlib.sha256("\0".join(texts.texts).encode()).hexdigest()[:16]
    return model


class _Texts:
    """The texts of a model, each read once; what one extends is looked for beside it, then in the library."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.paths: dict[str, Path] = {}  # by the name that messages show
        self.read_before: dict[Path, list[Statement]] = {}

    def read(self, path: Path) -> list[Statement]:
        """The statements of a file."""
        path = path.resolve()
        if path not in self.read_before:
            shown = path.name if path.name not in self.paths else f"{path.parent.name}/{path.name}"
            text = read_model_text(path)
            self.texts.append(text)
            self.paths[shown] = path
            self.read_before[path] = parse(text, shown)
        return self.read_before[path]

    def load(self, other: str, file: str) -> list[Statement]:
        """The statements of what the text of a file extends."""
        return self.read(find_model(other, self.paths[file].parent))
