"""Owns Dynare files: declarations, the model block and values; nothing is run, leads are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from creditor.equations.expressions import Name, walk
from creditor.equations.foreign import Foreign
from creditor.equations.foreign_expressions import Dialect, NotUnderstood

DYNARE = Dialect(chained=False)
DECLARED = re.compile(r"(var|varexo|varexo_det|parameters|predetermined_variables)\b", re.IGNORECASE)
BLOCK = re.compile(
    r"(model|initval|histval|shocks|endval|steady_state_model|\w+)\s*(\([^()]*\))?\s*", re.IGNORECASE
)
OPENING = ("model", "initval", "histval")
UNKNOWN = {
    "shocks": "write set NAME = VALUE from PERIOD in the model",
    "endval": "write set NAME = VALUE from PERIOD in the model",
    "mshocks": "write set NAME = VALUE from PERIOD in the model",
}
SKIPPED = ("steady_state_model", "estimated_params", "observation_trends", "priors", "optim_weights")


def read_dynare(text: str) -> Foreign:
    """Read a Dynare file whose equations look back only.

    Parameters
    ----------
    text : str

    Returns
    -------
    Foreign
        Equations of ``model``; numbers of parameters and of ``initval``; openings of ``histval``, and of
        ``initval`` for a variable that ``histval`` does not name.

    Examples
    --------
    >>> foreign = read_dynare("var y; varexo g; model; y = 2 * g; end; initval; g = 20; end;")
    >>> [one.name for one in foreign.said]
    ['y', 'g']
    """
    foreign = Foreign(DYNARE)
    plain = _without_comments(foreign, text)
    statements = _statements(plain)
    told = {m[1] for _, s in statements if (m := re.match(r"\s*(\w+)\s*\(\s*-?\d+\s*\)\s*=", s))}
    block, solved = "", dict[str, None]()
    for line, statement in statements:
        words = " ".join(statement.split())
        if not words:
            continue
        begun = BLOCK.fullmatch(words)
        name = begun[1].lower() if begun else ""
        if block:
            if name == "end":
                block = ""
            elif block in OPENING:
                _inside(foreign, line, words, block, solved, told)
        elif name in OPENING or name in UNKNOWN or name in SKIPPED:
            block = name
            _opened(foreign, line, words, name)
        elif DECLARED.match(words):
            if words[:4].lower() == "var ":
                solved |= dict.fromkeys(re.findall(r"\w+", words)[1:])
        elif "=" in words and re.match(r"\w+\s*=(?!=)", words):
            foreign.split(line, words)
        else:
            foreign.ignore(line, words, "it says how to run or show, not what the model is")
    if block:
        error = NotUnderstood(f"{block} does not end", "a block ends with end;", "write end; after it")
        foreign.refuse(statements[-1][0], block, error)
    _match(foreign, list(solved))
    return foreign


def _match(foreign: Foreign, solved: list[str]) -> None:
    """Give equations whose left variable another decides already to variables that none decides.

    Dynare ties no equation to a variable; such a one is found so that both sides agree.
    """
    decided: set[str] = set()
    spare = []
    for place, one in enumerate(foreign.said):
        if one.back is None and not one.constant:
            if one.name in decided:
                spare.append(place)
            decided.add(one.name)
    waiting = [name for name in solved if name not in decided]
    for place in spare:
        one = foreign.said[place]
        read = {node.name for side in (one.left, one.right) for node in walk(side) if isinstance(node, Name)}
        direct = [name for name in waiting if name in read]
        if len(direct) == 1 or len(waiting) == 1:
            name = (direct or waiting)[0]
            foreign.said[place] = replace(one, name=name)
            waiting.remove(name)


def _opened(foreign: Foreign, line: int, words: str, name: str) -> None:
    """What is said of a block that is not read."""
    if name in UNKNOWN:
        foreign.refuse(line, words, NotUnderstood(f"the block {name} is not read", "", UNKNOWN[name]))
    elif name in SKIPPED:
        foreign.ignore(line, words, f"the block {name} does not change what the model is")


def _inside(
    foreign: Foreign, line: int, words: str, block: str, solved: Iterable[str], told: set[str]
) -> None:
    """One statement of a block that is read."""
    if block == "model":
        words = re.sub(r"^\[[^\]]*\]\s*", "", words)
        foreign.split(line, words.removeprefix("#").strip())
        return
    name = re.match(r"\w+", words)
    if block == "initval" and name and name[0] in solved and name[0] in told:
        foreign.ignore(line, words, "histval states its opening")
    else:
        foreign.split(line, words)


def _without_comments(foreign: Foreign, text: str) -> str:
    """The text with comments blanked; lines of the macro language are told and blanked."""
    rows = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.DOTALL)
    kept = []
    for number, row in enumerate(rows.split("\n"), start=1):
        if row.lstrip().startswith("@#"):
            macro = NotUnderstood("a line of the macro language", "", "write out what it makes")
            foreign.refuse(number, row, macro)
        kept.append(re.sub(r"(//|%|^\s*@#).*", "", row))
    return "\n".join(kept)


def _statements(text: str) -> list[tuple[int, str]]:
    """Statements, which semicolons end, each with its line."""
    found, line = [], 1
    for piece in text.split(";"):
        lead = piece[: len(piece) - len(piece.lstrip())]
        found.append((line + lead.count("\n"), piece))
        line += piece.count("\n")
    return found
