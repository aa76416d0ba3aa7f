"""Owns equation texts of ModelFlow and EViews: lines and FRML statements to what they say."""

from __future__ import annotations

import re

from creditor.equations.foreign import Foreign
from creditor.equations.foreign_expressions import Dialect, NotUnderstood

MODELFLOW, EVIEWS = Dialect(fold=True), Dialect(fold=True, coefficients=True, chained=False)
OPTIONS = re.compile(r"\s*<([^<>]*)>")
OWN = re.compile(r"\s*(data|start):\s*(.*)", re.IGNORECASE)
LEADING = re.compile(
    r"(@?identity|series|genr|scalar|frml|[A-Za-z_]\w*\.(?:append|add)\s*(?:@identity)?)\s+", re.I
)
WORDS = re.compile(
    r"(smpl|sample|workfile|wfcreate|wfopen|create|range|model|solve|solveopt|scenario|group|show|freeze|equation|"
    r"load|save|close|for|next|if|else|endif|while|wend|subroutine|endsub|call|include|param|do|enddo|list|end|"
    r"import|fetch|read|write|store|delete|sort|logmode|mode|pagecreate|pageselect|var|system|sspace|graph|table)\b",
    re.IGNORECASE,
)
ACTIONS = (
    "smpl sample workfile wfcreate wfopen create range model solve solveopt show freeze load save close "
    "logmode mode pagecreate pageselect graph table end store write group"
)


def read_modelflow(text: str) -> Foreign:
    """Read ModelFlow equations: ``FRML <options> LEFT = RIGHT $``, or one equation on a line.

    Comments begin with ``!``; those that say ``data: X = 1`` or ``start: X(0) = 1``, as
    `creditor.equations.plain_text.to_modelflow` writes them, are values.

    Examples
    --------
    >>> foreign = read_modelflow("FRML <> y = c + g $\\n! data: G = 20")
    >>> [one.name for one in foreign.said]
    ['Y', 'G']
    """
    foreign = Foreign(MODELFLOW)
    waiting, begun = "", 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line, _, comment = raw.partition("!") if "!=" not in raw else (raw, "", "")
        own = OWN.fullmatch(comment)
        if own:
            _value(foreign, number, own[2], own[1].lower() == "start")
        if not line.strip() and not waiting:
            continue
        begun = begun if waiting else number
        waiting += f"{line} "
        *whole, rest = waiting.split("$")
        for statement in whole:
            _statement(foreign, begun, statement)
        waiting = rest if rest.strip() else ""
        if waiting and not waiting.lstrip().lower().startswith("frml") and _balanced(waiting):
            _statement(foreign, begun, waiting)
            waiting = ""
    if waiting:
        error = NotUnderstood("it does not end", "FRML ends with $", "write $ after it")
        foreign.refuse(begun, waiting, error)
    return foreign


def read_eviews(text: str) -> Foreign:
    """Read EViews-like equations: one on a line, ``'`` begins a comment, `` _`` continues on the next line.

    Examples
    --------
    >>> foreign = read_eviews("series g = 20 ' spending\\nidentity y = c(1) * g")
    >>> [one.name for one in foreign.said]
    ['G', 'Y']
    """
    foreign = Foreign(EVIEWS)
    waiting, begun = "", 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.split("'")[0].rstrip()
        begun = begun if waiting else number
        if line.endswith(" _") or line == "_":
            waiting += line[:-1]
            continue
        _statement(foreign, begun, waiting + line)
        waiting = ""
    if waiting:
        error = NotUnderstood("it does not end", "the last line is continued", "write the rest")
        foreign.refuse(begun, waiting, error)
    return foreign


def _balanced(text: str) -> bool:
    return text.count("(") <= text.count(")")


def _value(foreign: Foreign, line: int, text: str, start: bool) -> None:
    """A value in a comment; that of a start is of the opening, or of a period before it."""
    match = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*(?:\(\s*(0|-\d{1,2})\s*\))?\s*=\s*(\S+)\s*", text)
    if match is None or bool(match[2]) != start:
        mend = "write data: NAME = NUMBER or start: NAME(0) = NUMBER"
        foreign.refuse(line, text, NotUnderstood("it is no value", "", mend))
        return
    foreign.equation(line, match[1], match[3], back=-int(match[2]) if start else None)


def _statement(foreign: Foreign, line: int, text: str) -> None:
    """One statement of either form."""
    text = text.strip()
    if not text:
        return
    rest = text[4:] if text.lower().startswith("frml") else text
    options = OPTIONS.match(rest)
    if options:
        rest = rest[options.end() :]
        if options[1].strip():
            foreign.ignore(line, f"<{options[1].strip()}>", "options of an equation are ignored")
    leading = LEADING.match(rest.strip())
    if leading:
        rest = rest.strip()[leading.end() :]
    if (
        not leading
        and not options
        and WORDS.match(rest)
        and not re.match(r"\w+\s*(\([^()]*\))?\s*=(?!=)", rest)
    ):
        word = rest.split()[0].lower()
        if word in ACTIONS.split():
            foreign.ignore(line, text, f"{word} says how to run or show, not what the model is")
        else:
            mend = "write out the equations that it makes, with numbers"
            foreign.refuse(line, text, NotUnderstood(f"{word} is no equation", "", mend))
        return
    foreign.split(line, rest)
