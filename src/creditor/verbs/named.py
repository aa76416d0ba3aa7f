"""Owns what models and variables are called: the title of a text, and the slot of a name as it is written."""

from __future__ import annotations

from pathlib import Path

from creditor.equations.load import find_model
from creditor.equations.model import Model
from creditor.equations.parse import read_model_text
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with


def title_of(name: str) -> str:
    """First sentence of the comment at the head of a model text, over as many lines as it has.

    Examples
    --------
    >>> title_of("sim")
    'Model SIM: the simplest model with government money.'
    """
    words: list[str] = []
    for line in read_model_text(find_model(name)).splitlines():
        text = line.strip().lstrip("#").strip()
        if line.strip().startswith("#") and text:
            words.append(text)
            if text.endswith("."):
                break
        elif words:
            break
    text = " ".join(words)
    return (text if text.endswith(".") else text + ".") if text else f"Model {Path(name).stem}."


def slot_of(model: Model, variable: str) -> int:
    """Slot of a variable or given, as it is written; spaces do not count.

    Raises
    ------
    InputError
        S702 with the nearest names; a name without its labels has its cells as the nearest.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("pc")
    >>> model.title(slot_of(model, " bills[ households ]"))
    'bills[households]'
    """
    titles = {model.title(slot): slot for slot in (*model.variables, *model.givens)}
    wanted = variable.replace(" ", "").replace(",", ", ")
    if wanted in titles:
        return titles[wanted]
    cells = [title for title in titles if title.partition("[")[0] == wanted]
    what = f"no variable {variable[:60]!r} in {model.name}"
    mend = f"it has cells: {_some(cells)}" if cells else mend_with(wanted, titles)
    raise InputError(Trouble("S702", variable[:60], what, "", mend))


def _some(cells: list[str]) -> str:
    return ", ".join(cells[:6]) + (f" and {len(cells) - 6} more" if len(cells) > 6 else "")
